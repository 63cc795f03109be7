//! A bounded part of the trade-off: the counts at so many thresholds that a slider needs no rows.

use serde::{Deserialize, Serialize};

use crate::binary_counts::BinaryCounts;
use crate::hull::roc_hull;
use crate::scores::{ScoreCollector, ScoreGroups};
use crate::threshold::{Cut, ThresholdInterval, counts_at, cuts};

/// A place where the slider stops: the thresholds that all decide the same, and what they do.
///
/// ```
/// use greenlight_metrics::{BinaryCounts, Stop, ThresholdInterval};
/// let interval = ThresholdInterval { above: Some(0.4), up_to: Some(0.6) };
/// let stop = Stop { interval, counts: BinaryCounts { tp: 1, fp: 0, fn_: 0, tn: 1 } };
/// assert!(stop.holds(0.6) && stop.holds(0.5) && !stop.holds(0.4));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    /// The thresholds.
    pub interval: ThresholdInterval,
    /// The counts at each of them.
    pub counts: BinaryCounts,
}

impl Stop {
    /// Whether `threshold` decides as this stop does.
    ///
    /// ```
    /// # use greenlight_metrics::{ScoreGroups, ThresholdStops};
    /// let groups = ScoreGroups::from_rows([(0.9, true), (0.1, false)])?;
    /// let stops = ThresholdStops::of(&groups, 10);
    /// assert!(stops.stops()[0].holds(0.95), "above every score nothing is flagged");
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn holds(&self, threshold: f64) -> bool {
        self.interval.contains(threshold)
    }
}

/// What is known of a threshold.
///
/// ```
/// use greenlight_metrics::{BinaryCounts, Located};
/// let counts = BinaryCounts { tp: 1, fp: 0, fn_: 0, tn: 1 };
/// assert_eq!(Located::Exact(counts).range(), (counts, counts));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Located {
    /// The counts there.
    Exact(BinaryCounts),
    /// It lies between two stops: it flags at least as many rows as the one and at most as many as the other.
    Between {
        /// The counts at the next higher stop.
        fewer: BinaryCounts,
        /// The counts at the next lower stop.
        more: BinaryCounts,
    },
}

impl Located {
    /// The counts that flag the fewest and the most rows; the same twice where they are exact.
    ///
    /// ```
    /// # use greenlight_metrics::{BinaryCounts, Located};
    /// let fewer = BinaryCounts { tp: 0, fp: 0, fn_: 1, tn: 1 };
    /// let more = BinaryCounts { tp: 1, fp: 1, fn_: 0, tn: 0 };
    /// assert_eq!(Located::Between { fewer, more }.range(), (fewer, more));
    /// ```
    pub fn range(&self) -> (BinaryCounts, BinaryCounts) {
        match *self {
            Self::Exact(counts) => (counts, counts),
            Self::Between { fewer, more } => (fewer, more),
        }
    }
}

/// Stops of some rows from "flag nothing" to "flag all": evenly spread over the rows, at every vertex of
/// the ROC curve's upper hull, and wherever else they were asked for.
///
/// ```
/// use greenlight_metrics::{BinaryCounts, Located, ScoreGroups, ThresholdStops};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.5, false), (0.1, false)])?;
/// let stops = ThresholdStops::of(&groups, 1_024);
/// assert!(stops.is_complete());
/// let counts = BinaryCounts { tp: 1, fp: 1, fn_: 0, tn: 1 };
/// assert_eq!(stops.at(0.3), Some(Located::Exact(counts)));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ThresholdStops {
    stops: Vec<Stop>,
    complete: bool,
}

impl ThresholdStops {
    /// The stops of `groups`: all of its candidates where there are no more than `most`, else about `most`
    /// of them and the hull's, of which there are few hundred for a million rows. One pass over the
    /// distinct scores.
    ///
    /// ```
    /// # use greenlight_metrics::{ScoreGroups, ThresholdStops};
    /// let rows = (0..5_000).map(|row| (f64::from(row), row % 7 == 0));
    /// let stops = ThresholdStops::of(&ScoreGroups::from_rows(rows)?, 64);
    /// assert!(!stops.is_complete() && (64..256).contains(&stops.stops().len()));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn of(groups: &ScoreGroups, most: usize) -> Self {
        Self::with(groups, most, &[])
    }

    /// As [`of`](Self::of), with a stop that decides as each of the thresholds `wanted` does, so that those are
    /// known exactly.
    ///
    /// ```
    /// # use greenlight_metrics::{Located, ScoreGroups, ThresholdStops};
    /// let rows = (0..5_000).map(|row| (f64::from(row), row % 7 == 0));
    /// let stops = ThresholdStops::with(&ScoreGroups::from_rows(rows)?, 16, &[1_233.5]);
    /// assert!(matches!(stops.at(1_233.5), Some(Located::Exact(_))));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn with(groups: &ScoreGroups, most: usize, wanted: &[f64]) -> Self {
        // Without both classes there is no hull, and no trade-off to keep its corners.
        Self::at_vertices(groups, most, wanted, &roc_hull(groups).unwrap_or_default())
    }

    /// As [`with`](Self::with), without the hull's stops: for many small sets of rows, where room matters more
    /// than the corners of the curve.
    ///
    /// ```
    /// # use greenlight_metrics::{ScoreGroups, ThresholdStops};
    /// let rows = (0..5_000).map(|row| (f64::from(row), row % 7 == 0));
    /// let stops = ThresholdStops::evenly(&ScoreGroups::from_rows(rows)?, 64, &[1_233.5]);
    /// assert!((64..=68).contains(&stops.stops().len()));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn evenly(groups: &ScoreGroups, most: usize, wanted: &[f64]) -> Self {
        Self::at_vertices(groups, most, wanted, &[])
    }

    /// The counts of `groups` at the very stops of other rows, among which they are: so the counts of several parts of those rows
    /// can be added up. Bisection for each stop.
    ///
    /// ```
    /// # use greenlight_metrics::{ScoreGroups, ThresholdStops};
    /// let rows = [(0.9, true), (0.5, false), (0.1, false)];
    /// let all = ThresholdStops::of(&ScoreGroups::from_rows(rows)?, 64);
    /// let parts = [&rows[..1], &rows[1..]].map(|part| {
    ///     let groups = ScoreGroups::from_rows(part.iter().copied()).unwrap();
    ///     ThresholdStops::at_stops_of(&all, &groups)
    /// });
    /// assert_eq!(ThresholdStops::summed(&parts), Some(all));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn at_stops_of(whole: &Self, groups: &ScoreGroups) -> Self {
        let stop = |stop: &Stop| {
            let threshold = stop.interval.up_to.unwrap_or(f64::INFINITY);
            Stop {
                interval: stop.interval,
                counts: counts_at(groups, threshold),
            }
        };
        Self {
            stops: whole.stops.iter().map(stop).collect(),
            complete: whole.complete,
        }
    }

    /// The counts of several parts together, which have the same stops; `None` where they have not, and where there is no part.
    ///
    /// ```
    /// # use greenlight_metrics::ThresholdStops;
    /// assert_eq!(ThresholdStops::summed([]), None);
    /// ```
    pub fn summed<'s>(parts: impl IntoIterator<Item = &'s Self>) -> Option<Self> {
        let mut parts = parts.into_iter();
        let mut sum = parts.next()?.clone();
        for part in parts {
            if part.stops.len() != sum.stops.len() {
                return None;
            }
            for (sum, stop) in sum.stops.iter_mut().zip(&part.stops) {
                if sum.interval != stop.interval {
                    return None;
                }
                sum.counts.merge(&stop.counts);
            }
        }
        Some(sum)
    }

    /// The rows as if each had the lowest score that is flagged at the highest of the stops that flag it: decided alike at every
    /// stop, and nearly alike between two.
    ///
    /// ```
    /// # use greenlight_metrics::{ScoreGroups, ThresholdStops};
    /// let groups = ScoreGroups::from_rows([(0.9, true), (0.5, false)])?;
    /// assert_eq!(ThresholdStops::of(&groups, 64).groups(), groups);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn groups(&self) -> ScoreGroups {
        let mut collector = ScoreCollector::default();
        let mut before = BinaryCounts::default();
        for stop in &self.stops {
            let BinaryCounts { tp, fp, .. } = stop.counts;
            if let Some(score) = stop.interval.up_to {
                // Cannot fail: thresholds are scores, which are finite.
                let _ = collector.push(score, true, tp.saturating_sub(before.tp));
                let _ = collector.push(score, false, fp.saturating_sub(before.fp));
            }
            before = stop.counts;
        }
        collector.finish()
    }

    fn at_vertices(groups: &ScoreGroups, most: usize, wanted: &[f64], hull: &[Cut]) -> Self {
        if groups.is_empty() {
            return Self::default();
        }
        let complete = groups.len() < most;
        let mut hull = hull.iter().map(|cut| cut.threshold).peekable();
        // The candidates that decide as they do, by their number; few, so that no sort is needed.
        let flagged_at = |threshold: &f64| {
            let scores = groups.cumulative();
            scores.partition_point(|at| at.score >= *threshold)
        };
        let mut wanted_at: Vec<usize> = Vec::with_capacity(wanted.len());
        for threshold in wanted {
            let at = flagged_at(threshold);
            let place = wanted_at.partition_point(|before| *before <= at);
            wanted_at.insert(place, at);
        }
        let mut wanted = wanted_at.into_iter().peekable();
        let step = groups.rows().div_ceil(most.max(2) as u64).max(1);
        let mut next_quantile = 0;
        let last = groups.len();
        let mut stops = Vec::new();
        for (index, cut) in cuts(groups).enumerate() {
            let at_vertex = hull.next_if(|vertex| *vertex == cut.threshold).is_some();
            let flagged = cut.counts.predicted_positives();
            let at_quantile = flagged >= next_quantile;
            let mut at_wanted = false;
            while wanted.next_if_eq(&index).is_some() {
                at_wanted = true;
            }
            if complete || at_vertex || at_quantile || at_wanted || index == last {
                stops.push(stop(groups, index, cut));
            }
            if at_quantile {
                next_quantile = (flagged / step).saturating_add(1).saturating_mul(step);
            }
        }
        Self { stops, complete }
    }

    /// The numbers of at most about `most` stops: the first and the last, those that decide as the thresholds `wanted` do, the hull's
    /// where there is room, and others evenly spread over the rows. But for the first three, no two are closer than `apart` rows.
    ///
    /// ```
    /// # use greenlight_metrics::{ScoreGroups, ThresholdStops};
    /// let rows = (0..5_000).map(|row| (f64::from(row), row % 7 == 0));
    /// let stops = ThresholdStops::of(&ScoreGroups::from_rows(rows)?, 8_192);
    /// let few = stops.only(&stops.fewer(32, 5, &[1_234.0]));
    /// assert!((16..40).contains(&few.stops().len()) && !few.is_complete());
    /// assert!(few.place(1_234.0).is_some_and(|(_, is_exact)| is_exact));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn fewer(&self, most: usize, apart: u64, wanted: &[f64]) -> Vec<usize> {
        let mut fixed = vec![0, self.stops.len().saturating_sub(1)];
        let exact = wanted.iter().filter_map(|threshold| self.place(*threshold));
        fixed.extend(exact.filter(|(_, is_exact)| *is_exact).map(|(at, _)| at));
        fixed.sort_unstable();
        fixed.dedup();
        let hull = roc_hull(&self.groups()).unwrap_or_default();
        let rows = self.stops.last().map_or(0, |last| last.counts.total());
        let mut evenly = most.saturating_sub(fixed.len()).max(2) as u64;
        loop {
            let step = rows.div_ceil(evenly).max(apart);
            let kept = self.spread(step, apart, &fixed, &hull);
            if kept.len() <= most || evenly <= 2 {
                return kept;
            }
            evenly = evenly * 7 / 8;
        }
    }

    /// The numbers of the stops that are `fixed`, and of others at least a `step` of rows apart; the hull's may be half as near.
    fn spread(&self, step: u64, apart: u64, fixed: &[usize], hull: &[Cut]) -> Vec<usize> {
        let mut vertices = hull.iter().peekable();
        let mut coming = fixed.iter().copied().peekable();
        let mut last = None::<u64>;
        let mut kept = Vec::new();
        for (at, stop) in self.stops.iter().enumerate() {
            let flagged = stop.counts.predicted_positives();
            let is_vertex = vertices.next_if(|cut| cut.counts == stop.counts).is_some();
            let is_fixed = coming.next_if_eq(&at).is_some();
            let next = coming.peek().and_then(|next| self.stops.get(*next));
            let until = next.map_or(u64::MAX, |next| {
                next.counts.predicted_positives().saturating_sub(flagged)
            });
            let since = last.map_or(u64::MAX, |last| flagged.saturating_sub(last));
            let wished = if is_vertex {
                (step / 2).max(apart)
            } else {
                step
            };
            if is_fixed || (since >= wished && until >= apart) {
                kept.push(at);
                last = Some(flagged);
            }
        }
        kept
    }

    /// These stops alone, by their numbers in order. What lies between two of them is known no more.
    ///
    /// ```
    /// # use greenlight_metrics::{ScoreGroups, ThresholdStops};
    /// let stops = ThresholdStops::of(&ScoreGroups::from_rows([(0.9, true), (0.1, false)])?, 8);
    /// assert_eq!(stops.only(&[0, 1, 2]), stops);
    /// assert_eq!(stops.only(&[0, 2]).at(0.1), stops.at(0.1));
    /// assert_ne!(stops.only(&[0, 2]).at(0.5), stops.at(0.5));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn only(&self, numbers: &[usize]) -> Self {
        let stops = numbers.iter().filter_map(|at| self.stops.get(*at).copied());
        let stops: Vec<Stop> = stops.collect();
        Self {
            complete: self.complete && stops.len() == self.stops.len(),
            stops,
        }
    }

    /// The same stops with thresholds of few digits, each interval within its former: every threshold that is known is so still, and some
    /// are known no more. Those `wanted` stay known.
    ///
    /// ```
    /// # use greenlight_metrics::{ScoreGroups, ThresholdStops};
    /// let rows = [(0.912_345_678, true), (0.512_345_678, false)];
    /// let stops = ThresholdStops::of(&ScoreGroups::from_rows(rows)?, 8).in_short(&[0.512_345_678]);
    /// let up_to: Vec<_> = stops.stops().iter().map(|stop| stop.interval.up_to).collect();
    /// assert_eq!(up_to, [None, Some(0.9), Some(0.512_345_678)]);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn in_short(&self, wanted: &[f64]) -> Self {
        let shorten = |stop: &Stop| Stop {
            interval: stop.interval.in_short(wanted),
            ..*stop
        };
        Self {
            stops: self.stops.iter().map(shorten).collect(),
            complete: self.complete && self.stops.iter().all(|stop| shorten(stop) == *stop),
        }
    }

    /// The stops, from the one that flags nothing to the one that flags all.
    ///
    /// ```
    /// # use greenlight_metrics::{ScoreGroups, ThresholdStops};
    /// let stops = ThresholdStops::of(&ScoreGroups::from_rows([(0.5, true)])?, 8);
    /// assert_eq!(stops.stops().len(), 2);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn stops(&self) -> &[Stop] {
        &self.stops
    }

    /// Whether every threshold is known exactly.
    ///
    /// ```
    /// # use greenlight_metrics::{ScoreGroups, ThresholdStops};
    /// assert!(ThresholdStops::of(&ScoreGroups::from_rows([(0.5, true)])?, 8).is_complete());
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The number of the highest stop that flags at least as many rows as `threshold`, found by bisection, and
    /// whether it decides as that does; `None` without scores. NaN flags nothing.
    ///
    /// ```
    /// # use greenlight_metrics::{ScoreGroups, ThresholdStops};
    /// let stops = ThresholdStops::of(&ScoreGroups::from_rows([(0.9, true), (0.1, false)])?, 8);
    /// assert_eq!(stops.place(0.5), Some((1, true)));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn place(&self, threshold: f64) -> Option<(usize, bool)> {
        // Stops whose thresholds all lie above this one.
        let higher = self.stops.partition_point(|stop| {
            let above = stop.interval.above;
            !threshold.is_nan() && above.is_some_and(|above| threshold <= above)
        });
        // Every stop but the last has a next lower score, so there is none only without scores.
        let stop = self.stops.get(higher)?;
        Some((higher, higher == 0 || stop.holds(threshold)))
    }

    /// What is known of `threshold`, found by bisection; `None` without scores. NaN flags nothing.
    ///
    /// ```
    /// # use greenlight_metrics::ThresholdStops;
    /// assert_eq!(ThresholdStops::default().at(0.5), None);
    /// ```
    pub fn at(&self, threshold: f64) -> Option<Located> {
        let (place, is_exact) = self.place(threshold)?;
        let stop = self.stops.get(place)?;
        let before = place
            .checked_sub(1)
            .and_then(|before| self.stops.get(before));
        Some(match before.filter(|_| !is_exact) {
            Some(before) => Located::Between {
                fewer: before.counts,
                more: stop.counts,
            },
            None => Located::Exact(stop.counts),
        })
    }
}

/// The stop at candidate number `index`, "flag nothing" being 0: so its next lower score has the same index.
fn stop(groups: &ScoreGroups, index: usize, cut: Cut) -> Stop {
    Stop {
        interval: ThresholdInterval {
            above: groups.cumulative().get(index).map(|at| at.score),
            up_to: cut.threshold,
        },
        counts: cut.counts,
    }
}

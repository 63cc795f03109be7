//! Between which windows a number changed: a scan over all places, and binary segmentation.
//!
//! At each place between two windows those before are held against those after: shares by Fisher's exact test of their rows,
//! other numbers by the rank sum of the windows (Wilcoxon). The strongest contrast is then held against the strongest that chance
//! makes of so many places: for shares those of Brownian bridges at the same shares of rows, for other numbers those of
//! the same ranks in random order; 1,999 draws from a seed that follows from the series. Where it is too strong for chance, both sides are searched in turn, each
//! at a level that is its share of the windows (Meinshausen 2008), so that the chance of any false find is at most the level for the
//! whole series. Each place found is then sought once more between its neighbours, and goes where chance explains it there: an incident that begins and
//! ends may first be cut in its middle.
//!
//! What is asked is whether every row has the same chance of success (shares) or every order of the windows was as likely
//! (other numbers). Of windows with few rows numbers vary more, and where windows grow not every order is as likely; so what is ranked is how far
//! a number lies from the middle, in units of the spread of its window: τ² + σ²/rows, whose proportion the differences between
//! neighbours tell. They tell it roughly, so a change has to be one also if the spread came from rows alone, and if it had nothing to do with them. `cargo run --release -p greenlight-metrics --example change_points` measures how often it is wrong, and what it finds.

mod contrasts;
mod spread;

use serde::{Deserialize, Serialize};

use crate::order::{median, sorted};
use crate::random::Random;
use crate::undefined::Undefined;

use contrasts::{bridge, contrast_of_shares, contrasts_of_ranks, doubled_ranks, shuffle};
use spread::{away, parts_of_chance};

/// Series that chance makes, for each search.
const DRAWS: usize = 1_999;
/// Twice the logarithm of the likelihood may be so much lower at the true place than at the one found, in 95 % of cases (Hansen
/// 2000: −2 ln(1 − √0.95)).
const HANSEN_95: f64 = 7.352_276_694_155_739;

/// A number for each window, in the order of time.
#[derive(Clone, Copy, Debug)]
pub enum Series<'s> {
    /// Shares, as successes and rows.
    Shares(&'s [(u64, u64)]),
    /// Any other numbers, each with the rows it comes from; 1 where that means nothing, as for the number of rows itself.
    Values(&'s [(f64, u64)]),
}

/// A place where a series changed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangePoint {
    /// The first window of the new level.
    pub at: usize,
    /// The first window at which the new level may have begun, at 95 %.
    pub earliest: usize,
    /// The last one.
    pub latest: usize,
    /// The level since the change before: the share of all its rows, or the median of its windows.
    pub before: f64,
    /// The level until the next change, likewise.
    pub after: f64,
    /// The chance of so strong a contrast anywhere in an unchanged series, for all searches together.
    pub p_value: f64,
}

/// Where a series changed, in the order of time; any false find has a chance of at most `level`. Of values that are no shares, fewer
/// than eight windows never change: there are too few orders of them.
///
/// O(k) tests and 1,999 · k draws for k windows and each place found: some milliseconds for 60 windows.
///
/// # Errors
/// Of fewer than two windows, more successes than rows, values that are not finite, and a level outside 0 to 1.
///
/// ```
/// use greenlight_metrics::{Series, change_points};
/// let accuracy = [(94, 100), (470, 500), (188, 200), (265, 300), (430, 500), (440, 500)];
/// let changes = change_points(Series::Shares(&accuracy), 0.05)?;
/// assert_eq!((changes.len(), changes[0].at), (1, 3));
/// assert_eq!((changes[0].before, changes[0].after), (752.0 / 800.0, 1135.0 / 1300.0));
/// let unchanged = [(94, 100), (470, 500), (188, 200), (283, 300)];
/// assert!(change_points(Series::Shares(&unchanged), 0.05)?.is_empty());
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
pub fn change_points(series: Series<'_>, level: f64) -> Result<Vec<ChangePoint>, Undefined> {
    if !(level > 0.0 && level < 1.0) {
        return Err(Undefined::InvalidParameter);
    }
    let series = Summed::of(series)?;
    let windows = series.windows();
    if windows < 2 {
        return Err(Undefined::TooFewWindows { needed: 2 });
    }
    let mut found: Vec<(usize, f64)> = Vec::new();
    let mut todo = vec![(0, windows, 0.0)];
    while let Some((from, to, above)) = todo.pop() {
        let part = (to - from) as f64 / windows as f64;
        let scan = series.scan(from, to);
        if let Some(strongest) = strongest(&scan)
            && let Some(p_value) = series.p_value(from, to, strongest.contrast, level * part)
        {
            // What is found within a side cannot be surer than that there are sides.
            let p_value = (p_value / part).max(above).min(1.0);
            found.push((strongest.at, p_value));
            todo.extend([(from, strongest.at, p_value), (strongest.at, to, p_value)]);
        }
    }
    found.sort_unstable_by_key(|(at, _)| *at);
    series.settle(&mut found, level);
    Ok(series.described(&found))
}

/// A place and how strongly those before it differ from those after.
#[derive(Clone, Copy)]
struct Split {
    at: usize,
    contrast: f64,
}

fn strongest(scan: &[Split]) -> Option<Split> {
    let mut strongest: Option<Split> = None;
    for split in scan {
        if strongest.is_none_or(|most| split.contrast > most.contrast) {
            strongest = Some(*split);
        }
    }
    strongest
}

/// A series whose windows can be added up at once.
enum Summed {
    /// Successes and rows of the windows before each place.
    Shares(Vec<(u64, u64)>),
    /// The numbers, and how far each lies from the middle, for the spread of its window: as is likely, and, where windows differ in their
    /// rows, if rows had nothing to do with it and if nothing else had.
    Values {
        values: Vec<f64>,
        away: Vec<Vec<f64>>,
    },
}

impl Summed {
    fn of(series: Series<'_>) -> Result<Self, Undefined> {
        match series {
            Series::Shares(windows) => {
                let (mut successes, mut rows) = (0_u64, 0_u64);
                let mut before = vec![(0, 0)];
                for (of_window, rows_of_window) in windows {
                    if of_window > rows_of_window {
                        return Err(Undefined::InvalidParameter);
                    }
                    successes = successes.saturating_add(*of_window);
                    rows = rows.saturating_add(*rows_of_window);
                    before.push((successes, rows));
                }
                Ok(Self::Shares(before))
            }
            Series::Values(windows) => {
                if !windows
                    .iter()
                    .all(|(value, rows)| value.is_finite() && *rows > 0)
                {
                    return Err(Undefined::InvalidParameter);
                }
                Ok(Self::Values {
                    values: windows.iter().map(|window| window.0).collect(),
                    away: parts_of_chance(windows)
                        .into_iter()
                        .map(|part| away(windows, part))
                        .collect(),
                })
            }
        }
    }

    fn windows(&self) -> usize {
        match self {
            Self::Shares(before) => before.len().saturating_sub(1),
            Self::Values { values, .. } => values.len(),
        }
    }

    /// The contrast at each place within a range of windows.
    fn scan(&self, from: usize, to: usize) -> Vec<Split> {
        match self {
            Self::Shares(before) => {
                let sums = |from: usize, to: usize| {
                    let at = |place: usize| before.get(place).copied().unwrap_or_default();
                    let (start, end) = (at(from), at(to));
                    (end.0 - start.0, end.1 - start.1)
                };
                let split = |at: usize| Split {
                    at,
                    contrast: contrast_of_shares(sums(from, at), sums(at, to)),
                };
                (from + 1..to).map(split).collect()
            }
            Self::Values { away, .. } => {
                let likely = away.first().and_then(|likely| likely.get(from..to));
                let ranks = doubled_ranks(likely.unwrap_or_default());
                let contrasts = contrasts_of_ranks(&ranks);
                let splits = contrasts.enumerate();
                splits
                    .map(|(place, contrast)| Split {
                        at: from + 1 + place,
                        contrast,
                    })
                    .collect()
            }
        }
    }

    /// The chance of so strong a contrast in an unchanged range; `None` where it is above the level.
    fn p_value(&self, from: usize, to: usize, observed: f64, level: f64) -> Option<f64> {
        match self {
            Self::Shares(before) => {
                let rows = |place: usize| before.get(place).map_or(0, |sums| sums.1);
                let all = rows(to) - rows(from);
                let parts = (from..to).map(|place| rows(place + 1) - rows(place));
                let parts: Vec<f64> = parts.map(|part| part as f64 / all as f64).collect();
                let mut walk = vec![0.0; parts.len()];
                let sums = before.get(from..=to).unwrap_or_default();
                let mut random = seeded(sums.iter().map(|sums| sums.0));
                share_as_strong(level, || bridge(&parts, &mut walk, &mut random) >= observed)
            }
            Self::Values { away, .. } => {
                let mut most = 0.0_f64;
                for away in away {
                    let mut ranks = doubled_ranks(away.get(from..to).unwrap_or_default());
                    let observed = contrasts_of_ranks(&ranks).fold(0.0, f64::max);
                    let mut random = seeded(ranks.iter().copied());
                    let p_value = share_as_strong(level, || {
                        shuffle(&mut ranks, &mut random);
                        contrasts_of_ranks(&ranks).fold(0.0, f64::max) >= observed
                    });
                    most = most.max(p_value?);
                }
                Some(most)
            }
        }
    }

    /// Seeks each place once more between its neighbours, and takes out the one that chance explains best there, until there is none.
    fn settle(&self, found: &mut Vec<(usize, f64)>, level: f64) {
        loop {
            let mut weakest: Option<(usize, f64)> = None;
            for place in 0..found.len() {
                let (from, to) = self.around(found, place);
                let Some(split) = strongest(&self.scan(from, to)) else {
                    continue;
                };
                if let Some((at, _)) = found.get_mut(place) {
                    *at = split.at;
                }
                let part = (to - from) as f64 / self.windows() as f64;
                let is_chance = self
                    .p_value(from, to, split.contrast, level * part)
                    .is_none();
                if is_chance && weakest.is_none_or(|(_, contrast)| split.contrast < contrast) {
                    weakest = Some((place, split.contrast));
                }
            }
            match weakest {
                Some((place, _)) => found.remove(place),
                None => return,
            };
        }
    }

    /// The windows from the change before to the one after.
    fn around(&self, found: &[(usize, f64)], place: usize) -> (usize, usize) {
        let at = |place: Option<usize>| found.get(place?).map(|(at, _)| *at);
        let from = at(place.checked_sub(1)).unwrap_or(0);
        (from, at(place.checked_add(1)).unwrap_or(self.windows()))
    }

    fn described(&self, found: &[(usize, f64)]) -> Vec<ChangePoint> {
        let describe = |(place, &(at, p_value)): (usize, &(usize, f64))| {
            let (from, to) = self.around(found, place);
            let scan = self.scan(from, to);
            let most = strongest(&scan).map_or(0.0, |split| split.contrast);
            let least = most * most - HANSEN_95;
            let mut may_be = scan
                .iter()
                .filter(|split| split.contrast * split.contrast >= least)
                .map(|split| split.at);
            let earliest = may_be.next().unwrap_or(at);
            ChangePoint {
                at,
                earliest,
                latest: may_be.next_back().unwrap_or(earliest),
                before: self.level(from, at),
                after: self.level(at, to),
                p_value,
            }
        };
        found.iter().enumerate().map(describe).collect()
    }

    fn level(&self, from: usize, to: usize) -> f64 {
        match self {
            Self::Shares(before) => {
                let at = |place: usize| before.get(place).copied().unwrap_or_default();
                let (start, end) = (at(from), at(to));
                // A change has rows on both sides.
                (end.0 - start.0) as f64 / (end.1 - start.1).max(1) as f64
            }
            Self::Values { values, .. } => {
                median(&sorted(values.get(from..to).unwrap_or_default()))
            }
        }
    }
}

/// The share of unchanged series that are as strong, the observed one among them; `None` once it is above the level.
fn share_as_strong(level: f64, mut is_as_strong: impl FnMut() -> bool) -> Option<f64> {
    let all = (DRAWS + 1) as f64;
    let mut as_strong = 1_u32;
    for _ in 0..DRAWS {
        as_strong += u32::from(is_as_strong());
        if f64::from(as_strong) > level * all {
            return None;
        }
    }
    (f64::from(as_strong) <= level * all).then(|| f64::from(as_strong) / all)
}

/// As good as drawn for each series, so that the error of so many draws is not the same for all; the same series, the same draws.
fn seeded(series: impl Iterator<Item = u64>) -> Random {
    let mix = |seed: u64, number: u64| Random::new(seed ^ number).next();
    Random::new(series.fold(0x5EED_C4A6, mix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(series: &[(u64, u64)]) -> Vec<ChangePoint> {
        change_points(Series::Shares(series), 0.05).unwrap()
    }

    fn values(series: &[f64]) -> Vec<ChangePoint> {
        let series: Vec<(f64, u64)> = series.iter().map(|&value| (value, 1)).collect();
        change_points(Series::Values(&series), 0.05).unwrap()
    }

    #[test]
    fn an_incident_begins_and_ends() {
        let mut series = vec![(270, 300); 20];
        series[7..11].fill((225, 300));
        let found = shares(&series);
        let places: Vec<usize> = found.iter().map(|change| change.at).collect();
        assert_eq!(places, [7, 11]);
        assert_eq!((found[0].before, found[0].after), (0.9, 0.75));
        assert_eq!((found[1].before, found[1].after), (0.75, 0.9));
        assert!(found[0].earliest <= 7 && found[0].latest >= 7);
    }

    #[test]
    fn values_change_by_their_ranks() {
        let latency = |window: usize| [101.0, 103.0, 99.0, 100.5][window % 4];
        let series: Vec<f64> = (0..24)
            .map(|window| latency(window) + if window < 13 { 0.0 } else { 30.0 })
            .collect();
        let found = values(&series);
        assert_eq!((found.len(), found[0].at), (1, 13));
        assert_eq!(found[0].before, 101.0);
        // Ranks do not know how large an outlier is.
        assert!(values(&[1.0, 1.1, 1.0, 1.2, 1.1, 900.0, 1.0, 1.1, 1.2, 1.0, 1.1]).is_empty());
        assert!(values(&[0.5; 30]).is_empty());
        // Any rise of the numbers that keeps their order.
        let cubes: Vec<f64> = series.iter().map(|value| value * value * value).collect();
        let places = |found: &[ChangePoint]| {
            found
                .iter()
                .map(|change| (change.at, change.p_value))
                .collect::<Vec<_>>()
        };
        assert_eq!(places(&values(&cubes)), places(&found));
    }

    /// Small windows vary more, and they come first.
    #[test]
    fn windows_that_grow_are_no_change() {
        let (mut random, mut found) = (Random::new(5), 0);
        for _ in 0..200 {
            let window = |window: u64| {
                (
                    0.8 + random.normal() / (30.0 + 84.0 * window as f64).sqrt(),
                    30 + 84 * window,
                )
            };
            let windows: Vec<(f64, u64)> = (0..60).map(window).collect();
            found += u32::from(
                !change_points(Series::Values(&windows), 0.05)
                    .unwrap()
                    .is_empty(),
            );
        }
        assert!(found <= 18, "{found} of 200");
    }

    #[test]
    fn success_and_failure_are_alike_and_time_has_no_direction() {
        let series: Vec<(u64, u64)> = (0..30)
            .map(|window| (if window < 18 { 93 } else { 80 } - window % 3, 100))
            .collect();
        let failures: Vec<(u64, u64)> = series
            .iter()
            .map(|(right, rows)| (rows - right, *rows))
            .collect();
        let backwards: Vec<(u64, u64)> = series.iter().rev().copied().collect();
        let (found, of_failures, back) = (shares(&series), shares(&failures), shares(&backwards));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].at, of_failures[0].at);
        assert_eq!(found[0].at, 30 - back[0].at);
        assert!((found[0].before - (1.0 - of_failures[0].before)).abs() < 1e-12);
    }

    #[test]
    fn windows_without_rows_and_hopeless_input_find_nothing() {
        assert!(shares(&[(0, 0), (0, 0), (0, 0)]).is_empty());
        assert!(shares(&[(5, 5), (0, 0), (7, 7)]).is_empty());
        let far = shares(&[(0, 0), (900_000, 1_000_000), (0, 0), (100_000, 1_000_000)]);
        assert_eq!((far.len(), far[0].before, far[0].after), (1, 0.9, 0.1));
        let of = |series| change_points(series, 0.05);
        assert_eq!(
            of(Series::Shares(&[(1, 1)])),
            Err(Undefined::TooFewWindows { needed: 2 })
        );
        assert_eq!(
            of(Series::Shares(&[(2, 1), (1, 1)])),
            Err(Undefined::InvalidParameter)
        );
        assert_eq!(
            of(Series::Values(&[(1.0, 1), (f64::NAN, 1)])),
            Err(Undefined::InvalidParameter)
        );
        assert!(change_points(Series::Values(&[(1.0, 1), (2.0, 1)]), 0.0).is_err());
    }
}

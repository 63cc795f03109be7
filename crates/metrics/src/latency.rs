//! Latencies: mean, percentiles with intervals, share over a budget. Units are those of the input.

use serde::{Deserialize, Serialize};

use crate::binomial::lower_tail_count;
use crate::order::{NotFinite, interpolated, value_of};
use crate::sum::CompensatedSum;
use crate::tally::Tally;
use crate::undefined::{Undefined, Value, finite, ratio};

/// The share that a 95 % interval leaves out on each side.
const TAIL_95: f64 = 0.025;

/// Collects latencies in any order and in any number of parts; [`finish`](Self::finish) sorts them once.
///
/// A row takes 8 bytes, a row that stands for several 16.
///
/// ```
/// use greenlight_metrics::LatencyCollector;
/// let (mut left, mut right) = (LatencyCollector::default(), LatencyCollector::default());
/// left.push(12.0, 1)?;
/// right.push(30.0, 3)?;
/// left.merge(right);
/// assert_eq!(left.finish().mean(), Ok(25.5));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct LatencyCollector(Tally);

impl LatencyCollector {
    /// Adds a row, or `count` equal rows; 0 adds none.
    ///
    /// ```
    /// # use greenlight_metrics::LatencyCollector;
    /// let mut collector = LatencyCollector::default();
    /// assert!(collector.push(12.0, 1).is_ok());
    /// assert!(collector.push(f64::NAN, 1).is_err());
    /// ```
    pub fn push(&mut self, latency: f64, count: u64) -> Result<(), NotFinite> {
        self.0.push(latency, count)
    }

    /// Adds all that another collector holds.
    ///
    /// ```
    /// # use greenlight_metrics::LatencyCollector;
    /// let mut whole = LatencyCollector::default();
    /// whole.merge(LatencyCollector::default());
    /// assert_eq!(whole.finish().rows(), 0);
    /// ```
    pub fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
    }

    /// Sorts and groups.
    ///
    /// ```
    /// # use greenlight_metrics::LatencyCollector;
    /// let mut collector = LatencyCollector::default();
    /// collector.push(12.0, 4)?;
    /// assert_eq!(collector.finish().rows(), 4);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn finish(self) -> Latencies {
        let mut sorted = self.0.sorted();
        let mut groups = Vec::with_capacity(sorted.distinct());
        while let Some(key) = sorted.highest() {
            groups.push(AtMost {
                latency: value_of(key),
                rows: sorted.take(key),
            });
        }
        groups.reverse();
        let mut rows = 0_u64;
        for group in &mut groups {
            rows = rows.saturating_add(group.rows);
            group.rows = rows;
        }
        groups.shrink_to_fit();
        Latencies { groups }
    }
}

/// A distinct latency and the rows with at most that.
#[derive(Clone, Copy, Debug, PartialEq)]
struct AtMost {
    latency: f64,
    rows: u64,
}

/// The distinct latencies, ascending, with their counts. Counts stop at `u64::MAX`.
///
/// ```
/// use greenlight_metrics::Latencies;
/// let latencies = Latencies::from_rows([30.0, 10.0, 20.0])?;
/// assert_eq!(latencies.percentile(50.0), Ok(20.0));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Latencies {
    groups: Vec<AtMost>,
}

impl Latencies {
    /// Sorts and groups the latencies of rows.
    ///
    /// ```
    /// # use greenlight_metrics::Latencies;
    /// assert_eq!(Latencies::from_rows([30.0, 10.0])?.rows(), 2);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn from_rows(rows: impl IntoIterator<Item = f64>) -> Result<Self, NotFinite> {
        let mut collector = LatencyCollector::default();
        for latency in rows {
            collector.push(latency, 1)?;
        }
        Ok(collector.finish())
    }

    /// The latencies of all parts together, without sorting again.
    ///
    /// ```
    /// # use greenlight_metrics::Latencies;
    /// let parts = [Latencies::from_rows([30.0, 10.0])?, Latencies::from_rows([10.0])?];
    /// assert_eq!(Latencies::merged(&parts), Latencies::from_rows([10.0, 30.0, 10.0])?);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    #[inline(never)]
    pub fn merged<'l>(parts: impl IntoIterator<Item = &'l Self>) -> Self {
        let mut parts: Vec<&[AtMost]> = parts
            .into_iter()
            .map(|part| part.groups.as_slice())
            .filter(|part| !part.is_empty())
            .collect();
        let mut below = vec![0; parts.len()];
        let mut groups = Vec::with_capacity(parts.iter().map(|part| part.len()).sum());
        let mut rows = 0_u64;
        loop {
            let heads = parts.iter().filter_map(|part| part.first());
            let Some(latency) = heads.map(|head| head.latency).reduce(f64::min) else {
                groups.shrink_to_fit();
                return Self { groups };
            };
            for (part, below) in parts.iter_mut().zip(&mut below) {
                if let [head, rest @ ..] = part
                    && head.latency == latency
                {
                    rows = rows.saturating_add(head.rows - *below);
                    *below = head.rows;
                    *part = rest;
                }
            }
            groups.push(AtMost { latency, rows });
        }
    }

    /// The number of rows.
    ///
    /// ```
    /// assert_eq!(greenlight_metrics::Latencies::default().rows(), 0);
    /// ```
    pub fn rows(&self) -> u64 {
        self.groups.last().map_or(0, |all| all.rows)
    }

    /// The distinct latencies with their numbers of rows, lowest first.
    ///
    /// ```
    /// # use greenlight_metrics::Latencies;
    /// let latencies = Latencies::from_rows([30.0, 10.0, 30.0])?;
    /// assert!(latencies.groups().eq([(10.0, 1), (30.0, 2)]));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn groups(&self) -> impl Iterator<Item = (f64, u64)> + '_ {
        self.groups.iter().scan(0, |below, at| {
            Some((at.latency, at.rows - std::mem::replace(below, at.rows)))
        })
    }

    /// As [`groups`](Self::groups), highest first.
    ///
    /// ```
    /// # use greenlight_metrics::Latencies;
    /// let latencies = Latencies::from_rows([30.0, 10.0, 30.0])?;
    /// assert!(latencies.groups_from_highest().eq([(30.0, 2), (10.0, 1)]));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn groups_from_highest(&self) -> impl Iterator<Item = (f64, u64)> + '_ {
        let below = self.groups.iter().rev().skip(1).map(|at| at.rows);
        let groups = self.groups.iter().rev().zip(below.chain([0]));
        groups.map(|(at, below)| (at.latency, at.rows - below))
    }

    /// The mean (numpy: `mean`, but with a compensated sum).
    ///
    /// ```
    /// # use greenlight_metrics::Latencies;
    /// assert_eq!(Latencies::from_rows([10.0, 20.0])?.mean(), Ok(15.0));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn mean(&self) -> Value {
        if self.groups.is_empty() {
            return Err(Undefined::NoLatencies);
        }
        let mut sum = CompensatedSum::default();
        for (latency, rows) in self.groups() {
            sum.add_times(latency, rows);
        }
        finite(sum.value() / self.rows() as f64)
    }

    /// The highest latency.
    ///
    /// ```
    /// # use greenlight_metrics::Latencies;
    /// assert_eq!(Latencies::from_rows([10.0, 20.0])?.max(), Ok(20.0));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn max(&self) -> Value {
        self.groups
            .last()
            .map(|at| at.latency)
            .ok_or(Undefined::NoLatencies)
    }

    /// The latency of rank `rank`, counted from 0 for the lowest.
    ///
    /// ```
    /// # use greenlight_metrics::Latencies;
    /// assert_eq!(Latencies::from_rows([30.0, 10.0])?.order_statistic(1), Some(30.0));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn order_statistic(&self, rank: u64) -> Option<f64> {
        let index = self.groups.partition_point(|at| at.rows <= rank);
        self.groups.get(index).map(|at| at.latency)
    }

    /// The `percent`-th percentile, 0 to 100, by linear interpolation (type 7; numpy:
    /// `percentile(method="linear")`, with its arithmetic).
    ///
    /// ```
    /// # use greenlight_metrics::Latencies;
    /// assert_eq!(Latencies::from_rows([10.0, 20.0, 40.0])?.percentile(75.0), Ok(30.0));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn percentile(&self, percent: f64) -> Value {
        let Some(last) = self.rows().checked_sub(1) else {
            return Err(Undefined::NoLatencies);
        };
        if !(0.0..=100.0).contains(&percent) {
            return Err(Undefined::InvalidParameter);
        }
        let rank = last as f64 * (percent / 100.0);
        let below = rank.floor();
        let at = |rank: u64| {
            self.order_statistic(rank.min(last))
                .ok_or(Undefined::NoLatencies)
        };
        let (low, high) = (at(below as u64)?, at((below as u64).saturating_add(1))?);
        finite(interpolated(low, high, rank - below))
    }

    /// The 95 % interval of a percentile from the binomial distribution of the rank: two order statistics
    /// such that the percentile lies below the one, and above the other, with a chance of at most 2.5 %
    /// each. An end for which there are too few rows is `None` (scipy: `binom.cdf`).
    ///
    /// ```
    /// # use greenlight_metrics::Latencies;
    /// let rows = |n: u32| Latencies::from_rows((0..n).map(f64::from));
    /// assert_eq!(rows(367)?.percentile_interval(99.0)?.high, None);
    /// assert_eq!(rows(368)?.percentile_interval(99.0)?.high, Some(367.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn percentile_interval(&self, percent: f64) -> Result<PercentileInterval, Undefined> {
        let rows = self.rows();
        if rows == 0 {
            return Err(Undefined::NoLatencies);
        } else if !(percent > 0.0 && percent < 100.0) {
            return Err(Undefined::InvalidParameter);
        }
        let share = percent / 100.0;
        // Ranks from 1: the low end has `rank − 1` of all below it, the high end `rank − 1` of all above.
        let low = lower_tail_count(rows, share, TAIL_95).checked_sub(1);
        let high = lower_tail_count(rows, 1.0 - share, TAIL_95);
        Ok(PercentileInterval {
            low: low.and_then(|rank| self.order_statistic(rank)),
            high: if high == 0 {
                None
            } else {
                self.order_statistic(rows - high)
            },
        })
    }

    /// How many rows took longer than `budget`.
    ///
    /// ```
    /// # use greenlight_metrics::Latencies;
    /// assert_eq!(Latencies::from_rows([10.0, 20.0, 30.0])?.count_over(20.0), 1);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn count_over(&self, budget: f64) -> u64 {
        let within = self.groups.partition_point(|at| at.latency <= budget);
        let rows_within = within
            .checked_sub(1)
            .and_then(|last| self.groups.get(last))
            .map_or(0, |at| at.rows);
        self.rows() - rows_within
    }

    /// The share of rows that took longer than `budget`, which is not NaN.
    ///
    /// ```
    /// # use greenlight_metrics::Latencies;
    /// assert_eq!(Latencies::from_rows([10.0, 20.0])?.over_budget_share(10.0), Ok(0.5));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn over_budget_share(&self, budget: f64) -> Value {
        if budget.is_nan() {
            return Err(Undefined::InvalidParameter);
        }
        ratio(
            self.count_over(budget).into(),
            self.rows().into(),
            Undefined::NoLatencies,
        )
    }
}

/// The fewest rows for which [`Latencies::percentile_interval`] has an upper end: with fewer, more than 2.5 % of all samples have the
/// `percent`-th percentile above their highest value. That is the least n with (percent/100)ⁿ ≤ 0.025.
///
/// ```
/// use greenlight_metrics::latency::rows_for_upper_end;
/// assert_eq!([50.0, 95.0, 99.0].map(rows_for_upper_end), [Ok(6), Ok(72), Ok(368)]);
/// assert!(rows_for_upper_end(100.0).is_err());
/// ```
pub fn rows_for_upper_end(percent: f64) -> Result<u64, Undefined> {
    if !(percent > 0.0 && percent < 100.0) {
        return Err(Undefined::InvalidParameter);
    }
    Ok((libm::log(TAIL_95) / libm::log(percent / 100.0)).ceil() as u64)
}

/// A 95 % interval whose ends may be missing for want of rows. Serialises as `[low, high]`.
///
/// ```
/// use greenlight_metrics::PercentileInterval;
/// let interval = PercentileInterval { low: Some(10.0), high: None };
/// assert_eq!(<[Option<f64>; 2]>::from(interval), [Some(10.0), None]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "[Option<f64>; 2]", from = "[Option<f64>; 2]")]
pub struct PercentileInterval {
    /// The lower end.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

impl From<PercentileInterval> for [Option<f64>; 2] {
    fn from(interval: PercentileInterval) -> Self {
        [interval.low, interval.high]
    }
}

impl From<[Option<f64>; 2]> for PercentileInterval {
    fn from([low, high]: [Option<f64>; 2]) -> Self {
        Self { low, high }
    }
}

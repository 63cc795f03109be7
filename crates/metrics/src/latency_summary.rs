//! The latency of a set of rows in the few numbers that a report holds.

use serde::{Deserialize, Serialize};

use crate::latency::{Latencies, PercentileInterval};
use crate::undefined::Undefined;

impl Latencies {
    /// The numbers that a report holds.
    ///
    /// ```
    /// # use greenlight_metrics::Latencies;
    /// let summary = Latencies::from_rows([10.0, 20.0])?.summary(Some(15.0))?;
    /// assert_eq!((summary.p50, summary.over_budget_share), (15.0, Some(0.5)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn summary(&self, budget: Option<f64>) -> Result<LatencySummary, Undefined> {
        Ok(LatencySummary {
            rows: self.rows(),
            mean: self.mean()?,
            p50: self.percentile(50.0)?,
            p90: self.percentile(90.0)?,
            p95: self.percentile(95.0)?,
            p99: self.percentile(99.0)?,
            p99_9: self.percentile(99.9)?,
            max: self.max()?,
            over_budget_share: budget
                .map(|budget| self.over_budget_share(budget))
                .transpose()?,
            intervals: LatencyIntervals {
                p50: self.percentile_interval(50.0)?,
                p90: self.percentile_interval(90.0)?,
                p95: self.percentile_interval(95.0)?,
                p99: self.percentile_interval(99.0)?,
                p99_9: self.percentile_interval(99.9)?,
            },
        })
    }
}

/// The latency of a set of rows in numbers, all in the unit of the input but `rows` and the share.
///
/// ```
/// # use greenlight_metrics::{Latencies, Undefined};
/// assert_eq!(Latencies::default().summary(None), Err(Undefined::NoLatencies));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LatencySummary {
    /// The number of rows.
    pub rows: u64,
    /// [`Latencies::mean`].
    pub mean: f64,
    /// The median.
    pub p50: f64,
    /// The 90th percentile.
    pub p90: f64,
    /// The 95th percentile.
    pub p95: f64,
    /// The 99th percentile.
    pub p99: f64,
    /// The 99.9th percentile.
    pub p99_9: f64,
    /// The highest.
    pub max: f64,
    /// [`Latencies::over_budget_share`], where there is a budget.
    pub over_budget_share: Option<f64>,
    /// The percentiles' 95 % intervals.
    pub intervals: LatencyIntervals,
}

/// The 95 % intervals of the percentiles of a [`LatencySummary`].
///
/// ```
/// # use greenlight_metrics::Latencies;
/// let summary = Latencies::from_rows((0..100).map(f64::from))?.summary(None)?;
/// assert_eq!(summary.intervals.p50.low, Some(39.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LatencyIntervals {
    /// Of the median.
    pub p50: PercentileInterval,
    /// Of the 90th percentile.
    pub p90: PercentileInterval,
    /// Of the 95th percentile.
    pub p95: PercentileInterval,
    /// Of the 99th percentile.
    pub p99: PercentileInterval,
    /// Of the 99.9th percentile.
    pub p99_9: PercentileInterval,
}

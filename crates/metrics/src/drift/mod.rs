//! Drift: how far the values of a column have moved between a reference and the rows that are judged.
//!
//! | module | what it holds |
//! | --- | --- |
//! | [`bins`] | the bins in which both sides are counted, from the reference |
//! | [`bin_counts`] | PSI, Jensen–Shannon distance, chi-square and L∞, of the counts in these bins |
//! | [`two_samples`] | Kolmogorov–Smirnov and Wasserstein, of the values themselves |
//! | [`ks_exact`] | the exact p-value of Kolmogorov–Smirnov's statistic |
//! | [`noise_floor`] | what each of them reaches by chance |
//! | [`false_discovery`] | which of many p-values still count |
//! | [`evidently`] | the tests that Evidently chooses by default |
//!
//! A row that stands for several counts as often. Missing values are in no bin: [`missing_change`] says what became of them.

pub mod bin_counts;
pub mod bins;
pub mod evidently;
pub mod false_discovery;
pub mod ks_exact;
pub mod noise_floor;
pub mod two_samples;

pub use bin_counts::BinCounts;
pub use bins::{BinRange, DriftBins};
pub use false_discovery::{Decided, Measured, benjamini_hochberg, decide};
pub use two_samples::TwoSamples;

use crate::undefined::{Undefined, Value};

/// How the share of missing values has changed: that of the current rows less that of the reference, each as (missing, all rows).
///
/// # Errors
/// Where a side has no rows.
///
/// ```
/// use greenlight_metrics::drift::missing_change;
/// assert_eq!(missing_change((0, 10), (5, 20)), Ok(0.25));
/// assert!(missing_change((0, 0), (5, 20)).is_err());
/// ```
pub fn missing_change(reference: (u64, u64), current: (u64, u64)) -> Value {
    let share = |(missing, rows): (u64, u64)| match rows {
        0 => Err(Undefined::NoRows),
        rows => Ok(missing as f64 / rows as f64),
    };
    Ok(share(current)? - share(reference)?)
}

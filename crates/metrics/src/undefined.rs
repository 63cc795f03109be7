//! Why a number does not exist.

use serde::{Deserialize, Serialize};

/// A metric: the number, or the reason why there is none.
///
/// ```
/// use greenlight_metrics::{BinaryCounts, Undefined, Value};
/// let never_alarms = BinaryCounts { tp: 0, fp: 0, fn_: 3, tn: 7 };
/// let precision: Value = never_alarms.precision();
/// assert_eq!(precision, Err(Undefined::NoPredictedPositives));
/// ```
pub type Value = Result<f64, Undefined>;

/// The reason why a metric does not exist for the given data, in plain words through `Display`.
///
/// Where scikit-learn has a parameter `zero_division`, these are the cases that it governs.
///
/// ```
/// use greenlight_metrics::Undefined;
/// assert_eq!(Undefined::OneClass.to_string(), "only one class is present");
/// ```
#[derive(
    thiserror::Error,
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Undefined {
    /// Nothing was counted.
    #[error("there are no rows")]
    NoRows,
    /// No row has a score.
    #[error("there are no scores")]
    NoScores,
    /// No row has a latency.
    #[error("there are no latencies")]
    NoLatencies,
    /// No row has a cost.
    #[error("there are no costs")]
    NoCosts,
    /// No id has several answers.
    #[error("no id has several answers")]
    NoRepeats,
    /// No answer is right.
    #[error("no answer is right")]
    NoneRight,
    /// All rows have the same actual class.
    #[error("only one class is present")]
    OneClass,
    /// All rows have the same predicted class.
    #[error("only one class was predicted")]
    OnePredictedClass,
    /// No row is actually positive.
    #[error("no row is actually positive")]
    NoActualPositives,
    /// No row is actually negative.
    #[error("no row is actually negative")]
    NoActualNegatives,
    /// No row was predicted positive.
    #[error("nothing was predicted positive")]
    NoPredictedPositives,
    /// No row was predicted negative.
    #[error("nothing was predicted negative")]
    NoPredictedNegatives,
    /// No row is positive, neither actually nor as predicted.
    #[error("no row is positive and nothing was predicted positive")]
    NoPositives,
    /// A division by zero with no more telling reason.
    #[error("the denominator is zero")]
    ZeroDenominator,
    /// A probability metric met a score that is not a probability.
    #[error("some scores lie outside 0 to 1")]
    ScoresOutsideUnitInterval,
    /// A metric of two classes met another number of classes.
    #[error("this needs exactly two classes")]
    NotBinary,
    /// The interval has no meaning because every positive scores above every negative, or below.
    #[error("the scores separate the classes completely")]
    PerfectSeparation,
    /// Fewer rows than the method is good for.
    #[error("this needs at least {needed} rows of each class")]
    TooFewRows {
        /// The least number of rows of each class.
        needed: u64,
    },
    /// All values are alike, as far as they are told apart.
    #[error("all rows of both sides have the same value")]
    OneBin,
    /// All values but those in one bin are too rare to be compared.
    #[error("all values but one are too rare to be compared")]
    RareBins,
    /// Fewer windows than the method is good for.
    #[error("this needs at least {needed} windows")]
    TooFewWindows {
        /// The least number of windows.
        needed: u64,
    },
    /// A parameter lies outside the range in which the metric is defined.
    #[error("a parameter lies outside its range")]
    InvalidParameter,
    /// The result is too large for a double.
    #[error("the result is too large to represent")]
    Overflow,
}

/// `numerator / denominator`, or `reason` where the denominator is 0.
pub(crate) fn ratio(numerator: u128, denominator: u128, reason: Undefined) -> Value {
    if denominator == 0 {
        Err(reason)
    } else {
        Ok(numerator as f64 / denominator as f64)
    }
}

/// `a - b` as a double, rounded once.
pub(crate) fn difference(a: u128, b: u128) -> f64 {
    if a >= b {
        (a - b) as f64
    } else {
        -((b - a) as f64)
    }
}

/// `value` where it is finite.
pub(crate) fn finite(value: f64) -> Value {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Undefined::Overflow)
    }
}

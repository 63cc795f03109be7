//! Why a statistic does not exist.

use greenlight_metrics::Undefined;
use serde::{Deserialize, Serialize};

/// The data lacks something, or the metric is undefined for it.
///
/// ```
/// use greenlight_readiness::Absent;
/// assert_eq!(Absent::NoLabel.to_string(), "no column holds the true class");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absent {
    /// No column plays the label.
    #[error("no column holds the true class")]
    NoLabel,
    /// There are two classes, and it is not known which is positive.
    #[error("it is not known which of the two classes is positive")]
    NoPositiveClass,
    /// A class of the label has no column of scores, where others have one.
    #[error("no column holds the scores of class “{class}”")]
    UnscoredClass {
        /// The class.
        class: String,
    },
    /// No column plays the error.
    #[error("no column says which calls failed")]
    NoErrorColumn,
    /// The column of errors says where the model erred, not which calls failed.
    #[error("“{column}” marks exactly the wrong answers, not calls that failed")]
    MarksWrongAnswers {
        /// The column.
        column: String,
    },
    /// No column plays the cost.
    #[error("no column says what a prediction costs")]
    NoCostColumn,
    /// The metric is undefined for these rows.
    #[error(transparent)]
    Undefined(#[from] Undefined),
}

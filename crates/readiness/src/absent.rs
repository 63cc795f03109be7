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
    /// No column plays the prediction.
    #[error("no column holds a prediction")]
    NoPrediction,
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
    /// No column grades the answers.
    #[error("no column grades the answers")]
    NoGrades,
    /// Label and prediction have names of any classifier.
    #[error("label and prediction are not known to be grades of answers: give a pass mark")]
    NotGraded,
    /// No person graded one of them.
    #[error("no person graded these answers")]
    NoHumanGrades,
    /// No judge graded one of them.
    #[error("no judge graded these answers")]
    NoJudgeGrades,
    /// Which grades accept an answer is neither said nor to be told.
    #[error("it is not known which grades accept an answer: give a pass mark")]
    NoPassMark,
    /// The pass mark that was chosen is no grade.
    #[error("“{chosen}” is none of the grades")]
    UnknownPassMark {
        /// What was chosen.
        chosen: String,
    },
    /// No column plays the id.
    #[error("no column says which answers are to the same question")]
    NoIdColumn,
    /// No id occurs twice.
    #[error("no id has more than one answer")]
    NoRepeats,
    /// Rows with a count are one where they are equal.
    #[error("rows stand for several answers")]
    CountedRows,
    /// The second look is yet to come.
    #[error("the rows have yet to be looked at once more")]
    NotExamined,
    /// No answer is accepted.
    #[error("no answer is accepted")]
    NoneAccepted,
    /// The metric is undefined for these rows.
    #[error(transparent)]
    Undefined(#[from] Undefined),
}

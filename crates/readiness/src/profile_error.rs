//! Why there is no Profile.

use crate::amounts::AmountError;
use crate::choices::ChoicesError;
use crate::observations_error::ObservationsError;

/// Why there is no Profile.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ProfileError {
    /// A choice that the table cannot honour.
    #[error(transparent)]
    Choices(#[from] ChoicesError),
    /// The roles do not make observations.
    #[error(transparent)]
    Observations(#[from] ObservationsError),
    /// The chosen positive class is none of the classes.
    #[error("there is no class “{chosen}” to be the positive one; the classes are {classes}")]
    UnknownPositive {
        /// What was chosen.
        chosen: String,
        /// What there is.
        classes: String,
    },
    /// The chosen split does not occur.
    #[error("there is no split “{chosen}”; the splits are {splits}")]
    UnknownSplit {
        /// What was chosen.
        chosen: String,
        /// What there is.
        splits: String,
    },
    /// One split was chosen to be compared with itself.
    #[error("“{split}” cannot be both the reference and the current split")]
    SameSplit {
        /// The split.
        split: String,
    },
    /// A threshold was chosen that cannot decide.
    #[error("a threshold of {threshold} cannot decide: {reason}")]
    Threshold {
        /// What was chosen.
        threshold: f64,
        /// Why it cannot.
        reason: &'static str,
    },
    /// The chosen pass mark is no grade.
    #[error("“{chosen}” cannot be the pass mark: the grades are {grades}")]
    PassMark {
        /// What was chosen.
        chosen: String,
        /// What there is.
        grades: String,
    },
    /// A cost or a demand on the threshold that means nothing.
    #[error("{problem}")]
    Demand {
        /// What is wrong.
        problem: &'static str,
    },
    /// Costs by an amount that no column gives.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// No row could be used.
    #[error("none of the {rows} rows can be used: {reason} (first in row {first_row}){advice}")]
    NoUsableRows {
        /// Rows of the file.
        rows: u64,
        /// The most frequent reason.
        reason: String,
        /// Where it occurs first.
        first_row: u64,
        /// What to do about it, where that can be said, after a semicolon.
        advice: &'static str,
    },
}

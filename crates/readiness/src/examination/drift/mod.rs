//! How far the values of each column have moved between the reference and the rows that are judged.
//!
//! Both sides of a column are counted in the same bins, and so is each window of time; nearly every measure follows from these
//! counts. What needs the values themselves is measured while the rows are at hand, so that a method can be chosen afterwards.

mod column;
mod count;
mod rows;
mod verdict;
mod within;

pub use column::{ColumnDrift, DealtFloors, DriftBin, DriftPart, OfValues, SideCounts, Unseen};
pub use verdict::DriftVerdict;

pub(super) use count::{Counter, Outputs};
pub(super) use rows::DriftRows;

use serde::{Deserialize, Serialize};

/// What was found of every column that is compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// Rows of the reference, with or without a label; failed calls left out.
    pub reference_rows: u64,
    /// As many of the rows that are judged, within the range that is looked at.
    pub current_rows: u64,
    /// Score, label, prediction, features and segments, in this order.
    pub columns: Vec<ColumnDrift>,
    /// Columns of times, which are not compared: time always moves.
    pub times: Vec<String>,
}

impl Drift {
    /// The column that plays a part: the first one where several do.
    pub fn part(&self, part: DriftPart) -> Option<&ColumnDrift> {
        self.columns.iter().find(|column| column.part == part)
    }

    /// A feature or segment by its name.
    pub fn input(&self, name: &str) -> Option<&ColumnDrift> {
        let mut columns = self.columns.iter();
        columns.find(|column| column.part.is_input() && column.column == name)
    }
}

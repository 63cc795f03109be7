//! Rows that cannot be used, counted by reason: nothing is dropped in silence.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Rows that were rejected for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// Why, in plain words.
    pub reason: String,
    /// How many rows.
    pub rows: u64,
    /// The first such data row, counted from 1.
    pub first_row: u64,
    /// The text of that row, or of its offending cell.
    pub example: String,
}

/// Rejected rows by reason. Adding and merging give the same whole in any order.
///
/// ```
/// # use greenlight_data::Rejections;
/// let mut rejections = Rejections::default();
/// rejections.add("the label is missing", 7, 1, || "7,,0.3".into());
/// rejections.add("the label is missing", 2, 10, || "2,,0.9".into());
/// let first = rejections.iter().next().unwrap();
/// assert_eq!((first.rows, first.first_row, first.example.as_str()), (11, 2, "2,,0.9"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rejections {
    by_reason: BTreeMap<String, Rejection>,
}

impl Rejections {
    /// Counts a data row (from 1) that stands for `count` rows; the example is asked for only where it will be kept.
    /// A row that stands for none rejects none.
    pub fn add(&mut self, reason: &str, row: u64, count: u64, example: impl FnOnce() -> String) {
        if count == 0 {
            return;
        }
        match self.by_reason.get_mut(reason) {
            Some(known) => {
                known.rows = known.rows.saturating_add(count);
                if row < known.first_row {
                    known.first_row = row;
                    known.example = example();
                }
            }
            None => {
                let rejection = Rejection {
                    reason: reason.to_owned(),
                    rows: count,
                    first_row: row,
                    example: example(),
                };
                self.by_reason.insert(reason.to_owned(), rejection);
            }
        }
    }

    /// Adds what another pass over other rows rejected.
    pub fn merge(&mut self, other: &Rejections) {
        for (reason, theirs) in &other.by_reason {
            match self.by_reason.get_mut(reason) {
                Some(ours) => {
                    ours.rows = ours.rows.saturating_add(theirs.rows);
                    if (theirs.first_row, &theirs.example) < (ours.first_row, &ours.example) {
                        ours.first_row = theirs.first_row;
                        ours.example.clone_from(&theirs.example);
                    }
                }
                None => {
                    self.by_reason.insert(reason.clone(), theirs.clone());
                }
            }
        }
    }

    /// The same rows counted from elsewhere: `by` is added to each number.
    pub fn moved(&self, by: i64) -> Self {
        let mut moved = self.clone();
        for rejection in moved.by_reason.values_mut() {
            rejection.first_row = rejection.first_row.saturating_add_signed(by);
        }
        moved
    }

    /// The rejections, sorted by reason.
    pub fn iter(&self) -> impl Iterator<Item = &Rejection> {
        self.by_reason.values()
    }

    /// Rejected rows in all.
    pub fn rows(&self) -> u64 {
        self.iter()
            .fold(0, |rows, rejection| rows.saturating_add(rejection.rows))
    }

    /// Whether no row was rejected.
    pub fn is_empty(&self) -> bool {
        self.by_reason.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[(u64, &str)]) -> Rejections {
        let mut rejections = Rejections::default();
        for (row, reason) in rows {
            // Row 3 stands for 30, and so on.
            rejections.add(reason, *row, 10 * row, || format!("row {row}"));
        }
        rejections
    }

    #[test]
    fn parts_merge_to_the_whole_in_any_order() {
        let whole = of(&[(1, "a"), (2, "b"), (3, "a"), (9, "c")]);
        for (first, second) in [
            ([(1, "a"), (2, "b")], [(3, "a"), (9, "c")]),
            ([(9, "c"), (3, "a")], [(2, "b"), (1, "a")]),
        ] {
            let mut merged = of(&first);
            merged.merge(&of(&second));
            assert_eq!(merged, whole);
        }
        assert_eq!(whole.rows(), 150);
        assert_eq!(
            whole.iter().map(|r| r.reason.as_str()).collect::<Vec<_>>(),
            ["a", "b", "c"]
        );
    }

    #[test]
    fn a_row_that_stands_for_none_is_not_missed() {
        let mut rejections = Rejections::default();
        rejections.add("a", 1, 0, String::new);
        assert!(rejections.is_empty());
    }
}

//! The search for what wrong answers have in common, step by step.

use greenlight_data::{ColumnId, Roles, Table};
use serde::{Deserialize, Serialize};

use super::coded_column::CodedColumn;
use super::error_tree::{ErrorTree, TreeGrowth};
use super::judged_rows::JudgedRows;
use super::weak_segments::{WeakSearch, WeakSegments};

/// Where the answers are wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorFindings {
    /// Single values and pairs of them with more wrong answers than the rest.
    pub weak: WeakSegments,
    /// Questions that tell wrong answers from right ones.
    pub tree: ErrorTree,
}

/// A step of the search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ErrorStep {
    /// Code a column by its values: its place among the columns.
    Values(usize, ColumnId),
    /// Code a column by its ranges.
    Ranges(usize, ColumnId),
    /// Look at single values.
    Singles,
    /// Look at the pairs of one column with those that follow it.
    Pairs(usize),
    /// Keep those that hold at the level of all.
    Weak,
    /// Ask a question in the tree.
    Grow,
    /// The tree is done.
    Tree,
}

impl ErrorStep {
    /// The column that it codes.
    pub fn column(self) -> Option<ColumnId> {
        match self {
            Self::Values(_, column) | Self::Ranges(_, column) => Some(column),
            _ => None,
        }
    }
}

/// The search. A judged row takes a byte for each column.
#[derive(Debug, Default)]
pub(crate) struct ErrorSearch {
    columns: Vec<CodedColumn>,
    /// The places of those that are coded, among all.
    places: Vec<usize>,
    /// Bytes that codes may take; `None` where they fit as long as the columns themselves do.
    room: Option<u64>,
    /// Columns whose codes would have taken more.
    passed_over: u64,
    search: WeakSearch,
    weak: WeakSegments,
    tree: TreeGrowth,
}

impl ErrorSearch {
    /// A search whose codes may take so many bytes.
    pub fn within(room: Option<u64>) -> Self {
        Self {
            room,
            ..Self::default()
        }
    }

    /// What there is to do; nothing without a column to look at.
    pub fn steps(roles: &Roles) -> Vec<ErrorStep> {
        let is_feature = |column: &&ColumnId| !roles.segments.contains(column);
        let features = roles.features.iter().filter(is_feature);
        let mut steps = Vec::new();
        let segments = roles.segments.iter().enumerate();
        steps.extend(segments.map(|(place, &column)| ErrorStep::Values(place, column)));
        let features = (roles.segments.len()..).zip(features);
        steps.extend(features.map(|(place, &column)| ErrorStep::Ranges(place, column)));
        if steps.is_empty() {
            return steps;
        }
        let pairs = WeakSearch::steps(steps.len());
        steps.push(ErrorStep::Singles);
        steps.extend((0..pairs).map(ErrorStep::Pairs));
        steps.push(ErrorStep::Weak);
        steps.extend([ErrorStep::Grow; TreeGrowth::STEPS]);
        steps.push(ErrorStep::Tree);
        steps
    }

    /// Takes a step; what was found, once it is the last.
    pub fn take(
        &mut self,
        step: ErrorStep,
        table: &Table,
        rows: &mut JudgedRows,
        binary: bool,
    ) -> Option<ErrorFindings> {
        match step {
            ErrorStep::Values(place, column) | ErrorStep::Ranges(place, column) => {
                rows.retain_answered();
                let column = table.column(column)?;
                let codes = (self.columns.len() as u64 + 1) * rows.rows.len() as u64;
                if self.room.is_some_and(|room| codes > room) {
                    self.passed_over += 1;
                    return None;
                }
                let code = match step {
                    ErrorStep::Values(..) => CodedColumn::by_value,
                    _ => CodedColumn::by_range,
                };
                // Columns that are read later stand where they would if all were read at once.
                let at = self.places.partition_point(|known| *known < place);
                self.places.insert(at, place);
                self.columns.insert(at, code(column, rows));
            }
            ErrorStep::Singles => {
                self.search = WeakSearch::new(&self.columns, rows);
                rows.halve(&self.columns);
                self.tree = TreeGrowth::new(rows);
            }
            ErrorStep::Pairs(first) => self.search.look_at_pairs(first, &self.columns, rows),
            ErrorStep::Weak => {
                let search = std::mem::take(&mut self.search);
                self.weak = search.finish(&self.columns, rows, binary);
                self.weak.passed_over = self.passed_over;
            }
            ErrorStep::Grow => self.tree.grow(&self.columns, rows),
            ErrorStep::Tree => {
                return Some(ErrorFindings {
                    weak: std::mem::take(&mut self.weak),
                    tree: std::mem::take(&mut self.tree).finish(rows),
                });
            }
        }
        None
    }
}

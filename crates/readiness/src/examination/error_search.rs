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
    /// Code a column by its values.
    Values(ColumnId),
    /// Code a column by its ranges.
    Ranges(ColumnId),
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

/// The search. A judged row takes a byte for each column.
#[derive(Debug, Default)]
pub(crate) struct ErrorSearch {
    columns: Vec<CodedColumn>,
    search: WeakSearch,
    weak: WeakSegments,
    tree: TreeGrowth,
}

impl ErrorSearch {
    /// What there is to do; nothing without a column to look at.
    pub fn steps(roles: &Roles) -> Vec<ErrorStep> {
        let is_feature = |column: &&ColumnId| !roles.segments.contains(column);
        let features = roles.features.iter().filter(is_feature);
        let mut steps = Vec::new();
        steps.extend(
            roles
                .segments
                .iter()
                .map(|&column| ErrorStep::Values(column)),
        );
        steps.extend(features.map(|&column| ErrorStep::Ranges(column)));
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
            ErrorStep::Values(column) | ErrorStep::Ranges(column) => {
                rows.retain_answered();
                let column = table.column(column)?;
                let code = match step {
                    ErrorStep::Values(_) => CodedColumn::by_value,
                    _ => CodedColumn::by_range,
                };
                self.columns.push(code(column, rows));
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

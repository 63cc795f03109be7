//! Whether labels are missing by chance.

use greenlight_data::{ColumnId, Table};
use greenlight_metrics::homogeneity_p_value;
use serde::{Deserialize, Serialize};

use super::labelled::{Cell, cell, words};
use crate::observations::{Observation, Observations};

/// Numbers with more different values than this do not group rows here.
const MOST_VALUES: usize = 50;
/// Equal parts of the file.
const PARTS: usize = 10;

/// How labels are missing in the groups of a column, or along the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MissingLabels {
    /// The column that groups the rows; `None` for ten equal parts of the file.
    pub column: Option<String>,
    /// Rows that were read.
    pub rows: u64,
    /// Those without a label.
    pub missing: u64,
    /// How likely such differences between the groups are by chance (chi-square).
    pub p_value: f64,
    /// The group of at least 20 rows with the largest share of missing labels.
    pub worst: String,
    /// Its rows.
    pub worst_rows: u64,
    /// Those of them without a label.
    pub worst_missing: u64,
}

/// The least rows of a group that is named.
const FEWEST_NAMED: u64 = 20;

/// One pass over the rows, failed calls left out. `None` where no label is missing, or there is nothing to compare. Of words beyond the
/// first 50 the rest are one group, and numbers of more than 50 values are not looked at.
pub(super) fn look(
    table: &Table,
    observations: &Observations<'_>,
    label: ColumnId,
    by: Option<ColumnId>,
) -> Option<MissingLabels> {
    let mut numbers: Vec<f64> = Vec::new();
    // Rows with and without a label by group.
    let mut groups = vec![(0_u64, 0_u64); MOST_VALUES + 2];
    for row in 0..table.rows() {
        let count = match observations.row(row) {
            // A call that failed has no answer that a label could be held against.
            None | Some(Ok(Observation { error: true, .. })) => continue,
            Some(Ok(observation)) => observation.count,
            Some(Err(problem)) => problem.count,
        };
        let group = match by {
            None => row * PARTS / table.rows(),
            Some(by) => match cell(table, by, row) {
                Cell::Missing => MOST_VALUES + 1,
                Cell::Code(code) => (code as usize).min(MOST_VALUES),
                Cell::Number(number) => match numbers.iter().position(|known| *known == number) {
                    Some(group) => group,
                    None if numbers.len() == MOST_VALUES => return None,
                    None => {
                        numbers.push(number);
                        numbers.len() - 1
                    }
                },
            },
        };
        let counts = groups.get_mut(group)?;
        match cell(table, label, row) {
            Cell::Missing => counts.1 = counts.1.saturating_add(count),
            _ => counts.0 = counts.0.saturating_add(count),
        }
    }
    let missing: u64 = groups.iter().map(|group| group.1).sum();
    let rows = missing + groups.iter().map(|group| group.0).sum::<u64>();
    if missing == 0 || missing == rows {
        return None;
    }
    let share = |group: &(u64, u64)| group.1 as f64 / (group.0 + group.1) as f64;
    let (worst, counts) = groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.0 + group.1 >= FEWEST_NAMED)
        .max_by(|a, b| share(a.1).total_cmp(&share(b.1)))?;
    let worst_name = match by {
        None => format!("part {} of {PARTS}", worst + 1),
        Some(_) if worst == MOST_VALUES + 1 => "missing".to_owned(),
        Some(by) => match words(table, by) {
            Some(_) if worst == MOST_VALUES => "other".to_owned(),
            Some(words) => words.get(worst)?.clone(),
            None => greenlight_data::canonical_number(*numbers.get(worst)?),
        },
    };
    Some(MissingLabels {
        column: match by {
            None => None,
            Some(by) => Some(table.column(by)?.name.clone()),
        },
        rows,
        missing,
        p_value: homogeneity_p_value(&groups).ok()?,
        worst: worst_name,
        worst_rows: counts.0 + counts.1,
        worst_missing: counts.1,
    })
}

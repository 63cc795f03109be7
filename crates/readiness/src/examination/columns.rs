//! How well each column alone tells the classes apart.

use greenlight_data::{ColumnId, Role, Table};
use greenlight_metrics::separability::HalvedCategory;
use greenlight_metrics::{
    LatencyCollector, ScoreCollector, ScoreGroups, held_out_separability, separability,
};
use serde::{Deserialize, Serialize};

use super::fingerprint::half;
use super::labelled::{Cell, Labelled, cell, words};
use crate::schema::Schema;

/// Of more classes than this the most frequent are looked at.
pub const MOST_CLASSES: usize = 12;
/// Numbers are put into so many bins at most where there are more than two classes, and into fewer where a bin would hold
/// fewer rows than this: the smaller a bin, the more its share of a class is chance.
const BINS: (usize, u64) = (64, 20);

/// How well a column alone tells the classes apart, on all rows that can be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnSeparability {
    /// The column.
    pub column: String,
    /// The part it plays: a feature, segment, id or timestamp.
    pub role: Role,
    /// |2·AUC − 1|: of two classes, else of the class that it tells best from the rest.
    pub largest: f64,
    /// As [`largest`](Self::largest), of the class that it tells worst.
    pub least: f64,
    /// The class that it tells best.
    pub class: String,
    /// Rows of the rarest of the classes that were looked at, and of those that it is told from, whichever are fewer.
    pub fewest: u64,
    /// Whether numbers are ranked; categories, and the bins of numbers where there are more than two classes, are
    /// learnt on one half and measured on the other.
    pub ranked: bool,
    /// How many classes were looked at, [`MOST_CLASSES`] at most.
    pub classes: usize,
}

/// The classes to look at, the most frequent first, with their rows; the positive one of two. No pass over the rows.
fn classes_to_tell(schema: &Schema, supports: &[u64]) -> Vec<usize> {
    if schema.classes.len() == 2 {
        return vec![schema.classes.positive().unwrap_or(1)];
    }
    let mut classes: Vec<usize> = Vec::new();
    while classes.len() < MOST_CLASSES {
        let left = supports
            .iter()
            .enumerate()
            .filter(|(class, rows)| **rows > 0 && !classes.contains(class));
        // Of equally frequent ones the first.
        let Some((next, _)) = left.max_by_key(|(class, rows)| (**rows, usize::MAX - class)) else {
            break;
        };
        classes.push(next);
    }
    classes
}

/// Looks at one column. Numbers of two classes: one pass over the rows and a sort. Else one pass for each class
/// that is looked at, and for numbers one sort; beside that, 32 bytes for each distinct word or bin.
pub(super) fn look(
    table: &Table,
    id: ColumnId,
    role: Role,
    labelled: &Labelled,
    schema: &Schema,
    supports: &[u64],
) -> Option<ColumnSeparability> {
    let column = table.column(id)?;
    let classes = classes_to_tell(schema, supports);
    let all = supports.iter().sum::<u64>();
    let support = |class: usize| supports.get(class).copied().unwrap_or(0);
    let distinct_words = words(table, id).map(<[String]>::len);
    let mut told: Vec<(usize, f64)> = Vec::with_capacity(classes.len());
    let ranked = distinct_words.is_none() && schema.classes.len() == 2;
    if ranked {
        let class = *classes.first()?;
        told.push((class, of_numbers(table, id, labelled, class)?));
    } else {
        let edges = match distinct_words {
            Some(_) => Vec::new(),
            None => edges(table, id, labelled, schema.classes.len()),
        };
        let categories = distinct_words.unwrap_or(edges.len() + 1);
        let category = |row| match cell(table, id, row) {
            Cell::Missing => categories,
            Cell::Code(code) => code as usize,
            Cell::Number(number) => edges.partition_point(|edge| *edge <= number),
        };
        for &class in &classes {
            let mut counts = vec![HalvedCategory::default(); categories + 1];
            for row in labelled.rows() {
                let of_half = counts
                    .get_mut(category(row.row))
                    .and_then(|counts| counts.halves.get_mut(half(row.row)));
                if let Some([positives, negatives]) = of_half {
                    let count = match row.class == class {
                        true => positives,
                        false => negatives,
                    };
                    *count = count.saturating_add(row.count);
                }
            }
            if let Ok(value) = held_out_separability(&counts) {
                told.push((class, value));
            }
        }
    }
    let best = told.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(ColumnSeparability {
        column: column.name.clone(),
        role,
        largest: best.1,
        least: told.iter().map(|(_, value)| *value).fold(1.0, f64::min),
        class: schema.classes.names().get(best.0)?.clone(),
        fewest: classes
            .iter()
            .map(|&class| support(class).min(all - support(class)))
            .min()?,
        ranked,
        classes: classes.len(),
    })
}

/// Of numbers and times, by rank.
fn of_numbers(table: &Table, id: ColumnId, labelled: &Labelled, class: usize) -> Option<f64> {
    let mut collector = ScoreCollector::default();
    let (mut positives, mut negatives) = (0_u64, 0_u64);
    for row in labelled.rows() {
        let is_positive = row.class == class;
        match cell(table, id, row.row) {
            // Cannot fail: tables hold finite numbers.
            Cell::Number(number) => {
                let _ = collector.push(number, is_positive, row.count);
            }
            _ if is_positive => positives = positives.saturating_add(row.count),
            _ => negatives = negatives.saturating_add(row.count),
        }
    }
    let groups: ScoreGroups = collector.finish();
    separability(&groups, positives, negatives).ok()
}

/// Where bins of about as many rows each begin, but the first; at each number where there are hardly more than classes.
fn edges(table: &Table, id: ColumnId, labelled: &Labelled, classes: usize) -> Vec<f64> {
    let mut collector = LatencyCollector::default();
    for row in labelled.rows() {
        if let Cell::Number(number) = cell(table, id, row.row) {
            // Cannot fail, as above.
            let _ = collector.push(number, row.count);
        }
    }
    let numbers = collector.finish();
    let most = 2 * classes.min(BINS.0);
    if numbers.groups().take(most + 1).count() <= most {
        return numbers.groups().map(|(number, _)| number).collect();
    }
    let bins = (numbers.rows() / BINS.1).clamp(2, BINS.0 as u64);
    let at = |bin: u64| {
        numbers
            .percentile(100.0 * bin as f64 / bins as f64)
            .unwrap_or(f64::NAN)
    };
    let mut edges: Vec<f64> = (1..bins).map(at).filter(|edge| !edge.is_nan()).collect();
    edges.dedup();
    edges
}

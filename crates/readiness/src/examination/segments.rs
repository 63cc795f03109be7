//! The rows that are judged, by the values of each segment column.

use greenlight_data::Column;
use serde::{Deserialize, Serialize};

use crate::accumulator::Part as RowsOf;
use crate::decision::Certainty;
use crate::observations::Observations;
use crate::profile::Settings;
use crate::schema::Schema;
use crate::statistics::{Statistics, of_segment};

use super::coded_column::CodedColumn;
use super::condition::Part;
use super::judged_rows::JudgedRows;

/// The segments of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Segments {
    /// Each segment column, as in the file.
    pub columns: Vec<SegmentColumn>,
    /// How sure the counts of right and wrong answers are, as they are decided.
    pub certainty: Certainty,
}

/// The rows that are judged, by the values of one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentColumn {
    /// Its name.
    pub column: String,
    /// The values that most rows have, most first.
    pub segments: Vec<Segment>,
    /// The rows of all other values.
    pub other: Option<Statistics>,
    /// How many other values there are.
    pub folded: u64,
    /// Rows that have no value. They are in none of the segments.
    pub missing: u64,
}

/// The rows of one value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// The value.
    pub value: String,
    /// Its rows.
    pub statistics: Statistics,
}

impl Segments {
    /// Decides by another threshold, as well as the stops allow.
    pub(crate) fn decide(&mut self, threshold: f64) {
        let rows = self
            .columns
            .iter_mut()
            .flat_map(SegmentColumn::statistics_mut);
        self.certainty = rows.map(|rows| rows.decide_at(threshold, None)).collect();
    }
}

impl SegmentColumn {
    /// The statistics of each value of `column`, whose stops know the thresholds `wanted` exactly. Two passes over the rows
    /// and a sort of their scores; the memory of a profile while it lasts.
    pub(crate) fn of(
        column: &Column,
        rows: &JudgedRows,
        observations: &Observations<'_>,
        schema: &Schema,
        settings: &Settings,
        wanted: &[f64],
    ) -> Self {
        let coded = CodedColumn::by_value(column, rows);
        let mut parts = vec![RowsOf::new(schema); coded.parts.len()];
        let positive = schema.classes.positive();
        for (&row, &code) in rows.rows.iter().zip(&coded.codes) {
            let row = row as usize;
            if let Some(Ok(observation)) = observations.row(row)
                && let Some(part) = parts.get_mut(usize::from(code))
            {
                part.add_row(observations, row, &observation, positive);
            }
        }
        let mut found = Self {
            column: coded.name,
            segments: Vec::new(),
            other: None,
            folded: 0,
            missing: 0,
        };
        for (part, rows) in coded.parts.into_iter().zip(parts) {
            let statistics = |rows| of_segment(rows, schema, settings, wanted);
            match part {
                Part::Missing => found.missing = rows.rows,
                Part::Other(folded) => {
                    found.folded = folded;
                    found.other = Some(statistics(rows));
                }
                Part::Value(value) => found.segments.push(Segment {
                    value,
                    statistics: statistics(rows),
                }),
                // Values are never put into ranges.
                _ => {}
            }
        }
        found
    }

    /// Every value with its statistics, the others last.
    pub fn values(&self) -> impl Iterator<Item = (&str, &Statistics)> {
        let segments = self.segments.iter();
        let segments = segments.map(|segment| (segment.value.as_str(), &segment.statistics));
        let other = self
            .other
            .iter()
            .map(|rows| (super::coded_column::OTHER, rows));
        segments.chain(other)
    }

    /// All statistics, to decide anew.
    pub(crate) fn statistics_mut(&mut self) -> impl Iterator<Item = &mut Statistics> {
        let segments = self.segments.iter_mut();
        let segments = segments.map(|segment| &mut segment.statistics);
        segments.chain(&mut self.other)
    }
}

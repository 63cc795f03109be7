//! Whether the same id gets the same answer each time.

use greenlight_data::{ColumnId, Table};
use greenlight_metrics::{AnswerSequences, RepeatedAnswers, RepeatedIds, TimedAnswer};
use serde::{Deserialize, Serialize};

use crate::observations::Observations;
use crate::schema::Schema;

use super::fingerprint;
use super::judged_rows::{Decider, JudgedRows};
use super::labelled::{Cell, cell};

/// So many unstable ids are named.
const MOST_UNSTABLE: usize = 20;

/// What became of ids that have several answers among the rows that are judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repetition {
    /// The column of ids.
    pub column: String,
    /// What they were answered.
    pub answers: RepeatedAnswers,
    /// The ids of [`RepeatedAnswers::unstable`], one for one.
    pub unstable: Vec<String>,
    /// Whether answers follow each other by time; else by row.
    pub by_time: bool,
}

impl Repetition {
    /// Of rows with an id and an answer. Where a column tells models apart, each model's answers are a matter of their own. Three passes
    /// over the rows, a sort of 8 bytes for each, and sorts of 40 bytes for each row whose id has several answers.
    pub(super) fn of(
        table: &Table,
        (id, model): (ColumnId, Option<ColumnId>),
        rows: &JudgedRows,
        observations: &Observations<'_>,
        schema: &Schema,
        decider: &Decider,
    ) -> Self {
        let mut prints = vec![fingerprint::SEED; table.rows()];
        fingerprint::add(&mut prints, table, id);
        if let Some(model) = model {
            fingerprint::add(&mut prints, table, model);
        }
        let answered = || {
            rows.iter().filter_map(|(row, count)| {
                let class = decider.predicted(&observations.row(row)?.ok()?)?;
                let id = prints
                    .get(row)
                    .filter(|_| cell(table, id, row) != Cell::Missing)?;
                Some(TimedAnswer {
                    id: *id,
                    time: observations.times().key(row),
                    row,
                    class,
                    count,
                })
            })
        };
        let repeated = RepeatedIds::of(answered().map(|answer| (answer.id, answer.count)));
        let mut sequences = AnswerSequences::new(schema.classes.len());
        if !repeated.is_empty() {
            for answer in answered().filter(|answer| repeated.contain(answer.id)) {
                sequences.push(answer);
            }
        }
        let answers = sequences.finish(MOST_UNSTABLE);
        let column = table.column(id);
        let text = |row: usize| column.and_then(|column| column.values.text(row));
        let name = |row: usize| text(row).unwrap_or_default().into_owned();
        Self {
            column: column.map_or_else(String::new, |column| column.name.clone()),
            unstable: answers.unstable.iter().map(|id| name(id.row)).collect(),
            answers,
            by_time: observations.times().are_ordered(),
        }
    }
}

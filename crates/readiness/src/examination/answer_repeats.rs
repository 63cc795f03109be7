//! Several answers to the same id, as where each question was asked several times.

use greenlight_data::{ColumnId, Table};
use greenlight_metrics::{Consistency, ConsistencyCounter};

use super::fingerprint;
use super::labelled::{Cell, cell};
use crate::acceptance::Acceptance;
use crate::observations::{Observation, Observations};
use crate::profile::Settings;
use crate::schema::Schema;

/// Compares the answers of each id among the rows that are judged, by the judge's grade where there is one, else by the
/// person's: accepted or not, or by the grade itself where it is not known what accepts. Rows without an id are left out.
/// `None` where rows stand for several. Two passes over the rows, a sort, and 16 bytes for each row.
pub(super) fn count(
    table: &Table,
    id: ColumnId,
    observations: &Observations<'_>,
    schema: &Schema,
    settings: &Settings,
    acceptance: Option<&Acceptance>,
) -> Option<Consistency> {
    let current = settings.current.as_ref();
    let current = current.and_then(|name| schema.splits.iter().position(|split| split == name));
    let mut prints = vec![fingerprint::SEED; table.rows()];
    fingerprint::add(&mut prints, table, id);
    let mut counter = ConsistencyCounter::new(match acceptance {
        Some(_) => 2,
        None => schema.classes.len(),
    });
    for (row, &print) in prints.iter().enumerate() {
        let Some(Ok(observation)) = observations.row(row) else {
            continue;
        };
        let Observation { count, split, .. } = observation;
        if count == 0 || current.is_some() && split != current {
            continue;
        }
        if count > 1 {
            return None;
        }
        let human = observation.actual.map(|class| class.0);
        let judge = observation.predicted.map(|class| class.0);
        if let Some(grade) = judge.or(human)
            && cell(table, id, row) != Cell::Missing
        {
            counter.push(
                print,
                match acceptance {
                    Some(acceptance) => usize::from(acceptance.accepts(grade)),
                    None => grade,
                },
            );
        }
    }
    Some(counter.finish())
}

//! Rows and ids that occur more than once.

use greenlight_data::{ColumnId, Table};
use greenlight_metrics::{RepeatCounter, Repeats};
use serde::{Deserialize, Serialize};

use super::fingerprint;
use super::labelled::{Cell, Labelled, Side, cell};
use crate::schema::Schema;

/// Ids that reference and current rows share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharedIds {
    /// As of inputs, by id alone.
    pub repeats: Repeats,
    /// Whether the ids are numbers that count both sides from the same start, so that equal ones mean nothing.
    pub count_up: bool,
}

/// Rows of the same fingerprint; `None` where rows stand for several, as equal ones then are one. One pass over
/// the rows and a sort of 8 bytes for each.
pub(super) fn count(prints: &[u64], labelled: &Labelled, schema: &Schema) -> Option<Repeats> {
    if labelled.are_counted() {
        return None;
    }
    let mut counter = RepeatCounter::new(schema.classes.len());
    for row in labelled.rows() {
        let print = prints.get(row.row).copied();
        if let (Some(print), Side::Reference | Side::Current) = (print, row.side) {
            counter.push(print, row.class, row.side == Side::Current);
        }
    }
    Some(counter.finish())
}

/// Ids on both sides; rows without an id are left out. Three passes over the rows, a sort, and 8 bytes for each row.
pub(super) fn of_ids(
    table: &Table,
    id: ColumnId,
    labelled: &Labelled,
    schema: &Schema,
) -> Option<SharedIds> {
    if labelled.are_counted() {
        return None;
    }
    let mut prints = vec![fingerprint::SEED; table.rows()];
    fingerprint::add(&mut prints, table, id);
    let mut counter = RepeatCounter::new(schema.classes.len());
    let mut ranges = [Range::default(), Range::default()];
    let [reference, current] = &mut ranges;
    for row in labelled.rows() {
        let (is_current, range) = match row.side {
            Side::Reference => (false, &mut *reference),
            Side::Current => (true, &mut *current),
            Side::Neither => continue,
        };
        match cell(table, id, row.row) {
            Cell::Missing => continue,
            Cell::Number(number) => range.add(number),
            Cell::Code(_) => {}
        }
        let print = prints.get(row.row).copied().unwrap_or_default();
        counter.push(print, row.class, is_current);
    }
    Some(SharedIds {
        repeats: counter.finish(),
        count_up: reference.counts_up() && current.counts_up() && reference.least == current.least,
    })
}

/// The numbers of one side.
#[derive(Clone, Copy, Default)]
struct Range {
    rows: u64,
    least: f64,
    most: f64,
}

impl Range {
    fn add(&mut self, number: f64) {
        if self.rows == 0 {
            (self.least, self.most) = (number, number);
        }
        self.rows += 1;
        self.least = self.least.min(number);
        self.most = self.most.max(number);
    }

    /// Whether hardly a number between the least and the most can be missing.
    fn counts_up(&self) -> bool {
        self.rows > 0 && self.most - self.least + 1.0 <= 1.1 * self.rows as f64
    }
}

//! The rows that can be used, with what every step asks of them.

use greenlight_data::{ColumnId, Table, Values};

use crate::observations::Observations;
use crate::profile::Settings;
use crate::schema::Schema;

/// Which of the rows that are compared a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// To the reference.
    Reference,
    /// To the rows that are judged.
    Current,
    /// To neither.
    Neither,
}

/// A row that can be used and has a true class.
#[derive(Clone, Copy, Debug)]
pub(super) struct LabelledRow {
    pub row: usize,
    pub class: usize,
    pub side: Side,
    /// How many observations it stands for.
    pub count: u64,
}

/// The class and the side of each row: 4 bytes a row, and 8 more where rows are counted.
#[derive(Default)]
pub(super) struct Labelled {
    packed: Vec<u32>,
    /// Empty where each row stands for itself.
    counts: Vec<u64>,
}

/// A row that cannot be used.
const NONE: u32 = u32::MAX;

impl Labelled {
    /// One pass over the rows.
    pub fn of(observations: &Observations<'_>, schema: &Schema, settings: &Settings) -> Self {
        let position = |name: &Option<String>| {
            let name = name.as_ref()?;
            schema.splits.iter().position(|split| split == name)
        };
        let reference = position(&settings.reference);
        let current = position(&settings.current);
        let side = |split: Option<usize>| match split {
            _ if current.is_none() => Side::Current,
            None => Side::Neither,
            split if split == current => Side::Current,
            split if split == reference => Side::Reference,
            _ => Side::Neither,
        };
        let mut labelled = Self {
            packed: Vec::with_capacity(observations.rows()),
            counts: Vec::new(),
        };
        for row in 0..observations.rows() {
            let observation = observations.row(row).and_then(Result::ok);
            let packed = observation.and_then(|observation| {
                let class = observation.actual?.0 as u32;
                Some(class << 2 | side(observation.split) as u32)
            });
            labelled.packed.push(packed.unwrap_or(NONE));
            let count = observation.map_or(1, |observation| observation.count);
            if count != 1 && labelled.counts.is_empty() {
                labelled.counts.resize(row, 1);
            }
            if count != 1 || !labelled.counts.is_empty() {
                labelled.counts.push(count);
            }
        }
        labelled
    }

    /// Whether some row stands for other than one observation.
    pub fn are_counted(&self) -> bool {
        !self.counts.is_empty()
    }

    /// Rows by class, of so many classes. One pass over the rows.
    pub fn supports(&self, classes: usize) -> Vec<u64> {
        let mut supports = vec![0_u64; classes];
        for row in self.rows() {
            if let Some(support) = supports.get_mut(row.class) {
                *support = support.saturating_add(row.count);
            }
        }
        supports
    }

    /// The rows, in the order of the table.
    pub fn rows(&self) -> impl Iterator<Item = LabelledRow> + '_ {
        let packed = self.packed.iter().enumerate();
        packed
            .filter(|(_, packed)| **packed != NONE)
            .map(|(row, packed)| LabelledRow {
                row,
                class: (packed >> 2) as usize,
                side: match packed & 3 {
                    0 => Side::Reference,
                    1 => Side::Current,
                    _ => Side::Neither,
                },
                count: self.counts.get(row).copied().unwrap_or(1),
            })
    }
}

/// A cell as what it can be compared by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    /// Neither number, time nor word; also a text in a column of numbers.
    Missing,
    /// A number, or milliseconds.
    Number(f64),
    /// The code of a word.
    Code(u32),
}

/// Every cell of a column, by row.
pub(super) fn cell(table: &Table, column: ColumnId, row: usize) -> Cell {
    let found = table
        .column(column)
        .and_then(|column| match &column.values {
            Values::Number(numbers) => numbers
                .get(row)
                .filter(|number| !number.is_nan())
                .map(|&number| Cell::Number(number)),
            Values::Timestamp(times) => times
                .get(row)
                .filter(|time| **time != i64::MIN)
                .map(|&time| Cell::Number(time as f64)),
            Values::Category(categories) => {
                let code = categories.codes().get(row).copied();
                code.filter(|code| *code != greenlight_data::Categories::MISSING)
                    .map(Cell::Code)
            }
            _ => None,
        });
    found.unwrap_or(Cell::Missing)
}

/// How many different words a column has; `None` for numbers and times.
pub(super) fn words(table: &Table, column: ColumnId) -> Option<&[String]> {
    match &table.column(column)?.values {
        Values::Category(categories) => Some(categories.dictionary()),
        _ => None,
    }
}

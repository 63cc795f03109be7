//! Records to the columns of a table: the union of their keys, in order of first appearance.

use super::value::{Cell, Pairs, cell};
use crate::error::DataError;
use crate::limits::Limits;
use crate::rejections::Rejections;
use crate::row_set::RowSet;
use crate::table::{Table, check_names};
use crate::text::{excerpt, trim};
use crate::typing::{ColumnBuilder, Customs, Doubts};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The rows so far.
#[derive(Debug)]
pub(super) struct Records {
    limits: Limits,
    names: Vec<String>,
    positions: BTreeMap<String, usize>,
    columns: Vec<ColumnBuilder>,
    /// The last row, counted from 1, in which each column has a value.
    last_rows: Vec<u32>,
    /// Where the next key is expected, because records are mostly alike.
    expected: usize,
    rows: u32,
    /// Cells that are missing because a record lacks their key.
    lacking: u64,
    rejections: Rejections,
    rejected: RowSet,
    notes: Vec<String>,
}

/// Why a record cannot be a row.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is no JSON.
    Json(serde_json::Error),
    /// What is wrong.
    Problem(String),
    Data(DataError),
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

impl Records {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            names: Vec::new(),
            positions: BTreeMap::new(),
            columns: Vec::new(),
            last_rows: Vec::new(),
            expected: 0,
            rows: 0,
            lacking: 0,
            rejections: Rejections::default(),
            rejected: RowSet::default(),
            notes: Vec::new(),
        }
    }

    pub(super) fn count(&self) -> u64 {
        u64::from(self.rows)
    }

    /// Whether there are neither rows nor names.
    pub(super) fn is_empty(&self) -> bool {
        self.rows == 0 && self.names.is_empty()
    }

    /// Adds a record.
    pub(super) fn push(&mut self, record: &str) -> Result<(), Fault> {
        let Pairs(pairs) = serde_json::from_str(record)?;
        self.check_rows()?;
        self.expected = 0;
        for (key, value) in pairs {
            self.push_value(&key, value)?;
        }
        self.end_row()
    }

    /// Adds a row given as a list, below a first one that may hold the names.
    pub(super) fn push_list(&mut self, list: &str) -> Result<(), Fault> {
        let values: Vec<&RawValue> = serde_json::from_str(list)?;
        self.check_rows()?;
        if self.names.is_empty() {
            let texts = values.iter().map(|value| match cell(value.get())? {
                Cell::Text(text) if value.get().starts_with('"') => Ok(Some(text)),
                _ => Ok(None),
            });
            let texts: serde_json::Result<Option<Vec<_>>> = texts.collect();
            let names = texts?.filter(|names| !names.is_empty());
            let is_header = names.is_some();
            let names: Vec<String> = match names {
                Some(names) => names.into_iter().map(|name| name.into_owned()).collect(),
                None => crate::csv::numbered(values.len()),
            };
            self.set_names(names)?;
            if is_header {
                return Ok(());
            }
            let note = "the lists have no names, so the columns are called column_1 and so on";
            self.notes.push(note.to_owned());
        }
        if values.len() == self.names.len() {
            for (position, value) in values.into_iter().enumerate() {
                self.push_cell(position, value.get())?;
            }
        } else {
            let reason = format!(
                "the list has length {}, the names {}",
                values.len(),
                self.names.len()
            );
            self.rejections
                .add(&reason, self.count() + 1, 1, || excerpt(list));
            self.rejected
                .insert_text(self.rows as usize, &reason, || list.to_owned());
        }
        self.end_row()
    }

    /// Names the columns before the first row.
    pub(super) fn set_names(&mut self, names: Vec<String>) -> Result<(), Fault> {
        check_names(names.iter().map(String::as_str)).map_err(Fault::Data)?;
        for name in names {
            self.position(&name)?;
        }
        Ok(())
    }

    pub(super) fn finish(self, notes: Vec<String>) -> Result<Table, DataError> {
        if self.columns.is_empty() {
            return Err(DataError::Empty);
        }
        if self.rows == 0 {
            return Err(DataError::NoRows {
                columns: excerpt(&self.names.join(", ")),
            });
        }
        let mut doubts = Doubts::default();
        let columns = self
            .columns
            .into_iter()
            .zip(self.names)
            .map(|(column, name)| column.finish(name, Customs::default(), &mut doubts));
        let columns = columns.collect();
        let notes = self.notes.into_iter().chain(notes);
        let notes = notes.chain(doubts.into_notes()).collect();
        let rows = self.rows as usize;
        Ok(Table::new(
            columns,
            rows,
            self.rejections,
            self.rejected,
            notes,
        ))
    }

    /// Adds a value of the row under way; an object becomes a column for each of its keys.
    fn push_value(&mut self, key: &str, value: &RawValue) -> Result<(), Fault> {
        if value.get().starts_with('{') {
            let Pairs(pairs) = serde_json::from_str(value.get())?;
            for (inner, value) in pairs {
                let position = self.position(&format!("{}.{}", trim(key), trim(&inner)))?;
                self.push_cell(position, value.get())?;
            }
            return Ok(());
        }
        let position = self.position(trim(key))?;
        self.push_cell(position, value.get())
    }

    fn push_cell(&mut self, position: usize, value: &str) -> Result<(), Fault> {
        let row = self.rows + 1;
        let (Some(column), Some(last_row)) = (
            self.columns.get_mut(position),
            self.last_rows.get_mut(position),
        ) else {
            return Ok(());
        };
        if *last_row == row {
            let name = self.names.get(position).map_or("", String::as_str);
            let problem = format!("the key \"{}\" comes twice in one record", excerpt(name));
            return Err(Fault::Problem(problem));
        }
        *last_row = row;
        match cell(value)? {
            Cell::Missing => column.push_missing(),
            Cell::Text(text) => column.push(&text),
        }
        Ok(())
    }

    /// Fills in what the row lacks.
    fn end_row(&mut self) -> Result<(), Fault> {
        self.rows += 1;
        for (column, last_row) in self.columns.iter_mut().zip(&mut self.last_rows) {
            if *last_row != self.rows {
                *last_row = self.rows;
                column.push_missing();
                self.lacking += 1;
            }
        }
        self.check_lacking(self.count())
    }

    /// The position of a column, a new one if its name was never seen.
    fn position(&mut self, name: &str) -> Result<usize, Fault> {
        let is_expected = self
            .names
            .get(self.expected)
            .is_some_and(|known| known == name);
        let known = if is_expected {
            Some(self.expected)
        } else {
            self.positions.get(name).copied()
        };
        let position = match known {
            Some(position) => position,
            None => self.add(name)?,
        };
        self.expected = position + 1;
        Ok(position)
    }

    fn add(&mut self, name: &str) -> Result<usize, Fault> {
        let position = self.names.len();
        if position >= self.limits.columns {
            let problem = format!("there are more than {} different keys", self.limits.columns);
            return Err(Fault::Problem(problem));
        }
        self.lacking += u64::from(self.rows);
        self.check_lacking(self.count() + 1)?;
        self.names.push(name.to_owned());
        self.positions.insert(name.to_owned(), position);
        self.columns.push(ColumnBuilder::after(self.rows as usize));
        self.last_rows.push(0);
        Ok(position)
    }

    fn check_rows(&self) -> Result<(), Fault> {
        let limit = self.limits.rows;
        if self.rows < limit {
            return Ok(());
        }
        Err(Fault::Data(DataError::TooManyRows { limit }))
    }

    fn check_lacking(&self, row: u64) -> Result<(), Fault> {
        if self.lacking <= self.limits.lacking {
            return Ok(());
        }
        Err(Fault::Data(DataError::TooSparse {
            row,
            columns: self.columns.len(),
        }))
    }
}

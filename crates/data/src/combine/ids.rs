//! The ids of a column, and where each stands.

use super::Whole;
use crate::dictionary::Dictionary;
use crate::error::DataError;
use crate::number::{canonical_number, parse_number};
use crate::table::{Column, Table};
use crate::text::excerpt;
use crate::values::{Stray, Values};
use std::borrow::Cow;

/// The ids of a column, with one text for 1, "1" and 1.0.
pub(super) struct Ids<'t> {
    column: &'t Column,
    /// The texts of a column of texts, by code.
    texts: Vec<Cow<'t, str>>,
}

impl<'t> Ids<'t> {
    pub(super) fn new(column: &'t Column) -> Self {
        let texts = match &column.values {
            Values::Category(categories) => categories
                .dictionary()
                .iter()
                .map(|text| canonical(text))
                .collect(),
            _ => Vec::new(),
        };
        Self { column, texts }
    }

    /// The id in a row, counted from 0; `None` where it is missing.
    pub(super) fn of(&self, row: usize) -> Option<Cow<'_, str>> {
        match &self.column.values {
            Values::Category(categories) => {
                let code = *categories.codes().get(row)?;
                self.texts.get(code as usize).map(|text| (&**text).into())
            }
            values => {
                let stray = || stray(self.column, row).map(|stray| canonical(&stray.text));
                values.text(row).or_else(stray)
            }
        }
    }

    /// The first id there is.
    pub(super) fn first(&self) -> Option<Cow<'_, str>> {
        (0..self.column.values.len()).find_map(|row| self.of(row))
    }
}

fn canonical(text: &str) -> Cow<'_, str> {
    match parse_number(text) {
        Some(number) => canonical_number(number).into(),
        None => text.into(),
    }
}

pub(super) fn stray(column: &Column, row: usize) -> Option<&Stray> {
    let position = column.strays.binary_search_by_key(&row, |stray| stray.row);
    column.strays.get(position.ok()?)
}

/// Where each id stands.
pub(super) struct Index {
    pub ids: Dictionary,
    /// The first row of each id, by its code.
    pub rows: Vec<u32>,
}

impl Index {
    pub(super) fn new(ids: &Ids<'_>, whole: &Whole, on: &str) -> Result<Self, DataError> {
        let mut index = Self {
            ids: Dictionary::default(),
            rows: Vec::new(),
        };
        for row in 0..whole.table.rows() {
            let Some(id) = ids.of(row).filter(|_| !whole.table.is_rejected(row)) else {
                continue;
            };
            let code = index.ids.code(&id) as usize;
            match index.rows.get(code) {
                None => index.rows.push(row as u32),
                Some(&first) => {
                    let first = first as usize;
                    if !are_equal(&whole.table, first, row, on) {
                        return Err(ambiguous(whole, on, &id, first, row));
                    }
                }
            }
        }
        Ok(index)
    }
}

/// Whether two rows say the same, apart from their ids, which are written as they may be.
fn are_equal(table: &Table, first: usize, second: usize, on: &str) -> bool {
    let text = |column, row| stray(column, row).map(|stray| stray.text.as_str());
    table
        .columns()
        .iter()
        .filter(|column| column.name != on)
        .all(|column| {
            column.values.text(first) == column.values.text(second)
                && text(column, first) == text(column, second)
        })
}

fn ambiguous(whole: &Whole, on: &str, id: &str, first: usize, second: usize) -> DataError {
    let place = |row: usize| {
        let mut parts = whole.parts.iter().map(|(_, part)| part);
        let part = parts.find(|part| part.rows.contains(&row));
        part.map_or_else(Default::default, |part| {
            (part.name.clone(), (row - part.rows.start) as u64 + 1)
        })
    };
    let ((first, first_row), (second, second_row)) = (place(first), place(second));
    DataError::AmbiguousId {
        column: on.to_owned(),
        id: excerpt(id),
        first,
        first_row,
        second,
        second_row,
    }
}

//! Columns as read. A table knows nothing of models.

use crate::boolean::boolean_of;
use crate::error::DataError;
use crate::latency_unit::LatencyUnit;
use crate::rejections::Rejections;
use crate::row_set::{RowSet, UnreadRow};
use crate::values::{Categories, Deferred, Stray, Values};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The position of a column in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ColumnId(usize);

impl ColumnId {
    /// The column at a position, counted from 0.
    pub fn new(position: usize) -> Self {
        Self(position)
    }

    /// The position, counted from 0.
    pub fn position(self) -> usize {
        self.0
    }
}

/// A column: its name, its values, and the cells that did not fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// As in the header, trimmed.
    pub name: String,
    /// One value a row.
    pub values: Values,
    /// In a column of numbers or times, the cells that are neither that nor missing, by row; otherwise empty.
    pub strays: Vec<Stray>,
    /// How the values were written.
    pub format: CellFormat,
}

/// How the values of a column were written in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum CellFormat {
    /// Numbers with a decimal point, or texts.
    #[default]
    Plain,
    /// Numbers with a decimal comma, or with signs between thousands.
    Localised,
    /// Numbers with a percent sign; the values are shares: `95 %` is 0.95.
    Percent,
    /// Numbers with a unit of time each; the values are in this unit. Milliseconds where the units differ.
    Duration(LatencyUnit),
    /// Points in time.
    Time {
        /// Whether the text of each says its offset from UTC, or counts from an epoch; otherwise it was taken for UTC.
        has_offset: bool,
    },
}

/// What a column holds, for display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ColumnKind {
    /// Numbers.
    Number,
    /// Words.
    Category,
    /// Words for yes and no.
    Boolean,
    /// Points in time.
    Timestamp,
}

impl Column {
    /// A column of numbers; NaN is missing.
    pub fn numbers(name: impl Into<String>, numbers: Vec<f64>) -> Self {
        Self {
            name: name.into(),
            values: Values::Number(numbers),
            strays: Vec::new(),
            format: CellFormat::Plain,
        }
    }

    /// A column of texts; `None` is missing.
    pub fn categories<'a>(
        name: impl Into<String>,
        texts: impl IntoIterator<Item = Option<&'a str>>,
    ) -> Self {
        Self {
            name: name.into(),
            values: Values::Category(Categories::from_texts(texts)),
            strays: Vec::new(),
            format: CellFormat::Plain,
        }
    }

    /// A column of points in time in milliseconds since 1970 began in UTC; `i64::MIN` is missing.
    pub fn times(name: impl Into<String>, times: Vec<i64>) -> Self {
        Self {
            name: name.into(),
            values: Values::Timestamp(times),
            strays: Vec::new(),
            format: CellFormat::Time { has_offset: true },
        }
    }

    /// The same column of so many rows, of which only these cells are in memory.
    pub(crate) fn deferred(self, rows: usize) -> Self {
        Self {
            name: self.name.clone(),
            strays: Vec::new(),
            format: self.format,
            values: Values::Deferred(Box::new(Deferred { rows, sample: self })),
        }
    }

    /// Whether its cells were left in the file, to be read when they are needed.
    pub fn is_deferred(&self) -> bool {
        matches!(self.values, Values::Deferred(_))
    }

    /// What it holds.
    ///
    /// ```
    /// # use greenlight_data::{Column, ColumnKind};
    /// let column = Column::categories("fraud", [Some("yes"), None, Some("no")]);
    /// assert_eq!(column.kind(), ColumnKind::Boolean);
    /// ```
    pub fn kind(&self) -> ColumnKind {
        match &self.values {
            Values::Number(_) => ColumnKind::Number,
            Values::Timestamp(_) => ColumnKind::Timestamp,
            Values::Category(categories) => {
                let texts = categories.dictionary();
                let is_boolean = |text: &String| boolean_of(text).is_some();
                if !texts.is_empty() && texts.iter().all(is_boolean) {
                    ColumnKind::Boolean
                } else {
                    ColumnKind::Category
                }
            }
            Values::Deferred(deferred) => deferred.sample.kind(),
        }
    }
}

/// Columns of equal length. Row *i* is data row *i + 1* of the file, also where the row is unusable.
///
/// ```
/// # use greenlight_data::{Column, Table};
/// let table = Table::from_columns(vec![
///     Column::numbers("score", vec![0.2, 0.9]),
///     Column::categories("label", [Some("ham"), Some("spam")]),
/// ])?;
/// let label = table.column_named("label").unwrap();
/// assert_eq!(table.column(label).unwrap().values.text(1).as_deref(), Some("spam"));
/// # Ok::<(), greenlight_data::DataError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    columns: Vec<Column>,
    rows: usize,
    rejections: Rejections,
    rejected: RowSet,
    notes: Vec<String>,
}

impl Table {
    /// A table of columns that have the same length and different names.
    pub fn from_columns(columns: Vec<Column>) -> Result<Self, DataError> {
        let rows = columns.first().map_or(0, |column| column.values.len());
        if let Some(column) = columns.iter().find(|column| column.values.len() != rows) {
            let column_rows = column.values.len();
            return Err(DataError::UnequalColumns {
                column: column.name.clone(),
                rows: column_rows,
                expected: rows,
            });
        }
        check_names(columns.iter().map(|column| column.name.as_str()))?;
        Ok(Self::new(
            columns,
            rows,
            Rejections::default(),
            RowSet::default(),
            Vec::new(),
        ))
    }

    pub(crate) fn new(
        columns: Vec<Column>,
        rows: usize,
        rejections: Rejections,
        rejected: RowSet,
        notes: Vec<String>,
    ) -> Self {
        Self {
            columns,
            rows,
            rejections,
            rejected,
            notes,
        }
    }

    /// All columns, in the order of the file.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// All columns with their ids, in the order of the file.
    pub fn columns_with_ids(&self) -> impl Iterator<Item = (ColumnId, &Column)> {
        self.columns
            .iter()
            .enumerate()
            .map(|(position, column)| (ColumnId(position), column))
    }

    /// The column with this id.
    pub fn column(&self, id: ColumnId) -> Option<&Column> {
        self.columns.get(id.0)
    }

    /// The column with exactly this name.
    pub fn column_named(&self, name: &str) -> Option<ColumnId> {
        self.columns
            .iter()
            .position(|column| column.name == name)
            .map(ColumnId)
    }

    /// How many rows there are, unusable ones included.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The rows that could not be used as they are, counted by reason. Every cell of a row that could not be read is
    /// missing.
    pub fn rejected(&self) -> &Rejections {
        &self.rejections
    }

    /// What a person should know about how the file was read: choices that it left open, and what was passed over.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Whether this row, counted from 0, could not be read, or found no partner in another file.
    pub fn is_rejected(&self, row: usize) -> bool {
        self.rejected.contains(row)
    }

    /// The text of a row, counted from 0, that could not be read; `None` too past the first mebibyte of such rows.
    pub fn unread(&self, row: usize) -> Option<&UnreadRow> {
        self.rejected.text(row)
    }

    /// Gives a column another name, which no other one has.
    pub(crate) fn rename(&mut self, column: ColumnId, name: &str) {
        if let Some(column) = self.columns.get_mut(column.0) {
            name.clone_into(&mut column.name);
        }
    }

    /// Adds a column with a value for each row, of a name that no other one has.
    pub(crate) fn push(&mut self, column: Column) {
        self.columns.push(column);
    }

    /// Rejects a row, counted from 0, that could be read.
    pub(crate) fn reject(&mut self, row: usize, reason: &str, example: &str) {
        self.rejected.insert_text(row, reason, String::new);
        self.rejections
            .add(reason, row as u64 + 1, 1, || example.to_owned());
    }

    /// Everything it is made of.
    pub(crate) fn into_pieces(self) -> Pieces {
        Pieces {
            columns: self.columns,
            rows: self.rows,
            rejections: self.rejections,
            rejected: self.rejected,
            notes: self.notes,
        }
    }
}

/// What a [`Table`] is made of.
pub(crate) struct Pieces {
    pub columns: Vec<Column>,
    pub rows: usize,
    pub rejections: Rejections,
    pub rejected: RowSet,
    pub notes: Vec<String>,
}

/// Whether all names differ.
pub(crate) fn check_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<(), DataError> {
    let mut positions = BTreeMap::new();
    for (name, second) in names.into_iter().zip(1..) {
        if let Some(first) = positions.insert(name, second) {
            return Err(DataError::DuplicateColumn {
                name: name.to_owned(),
                first,
                second,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_must_agree() {
        let unequal = vec![
            Column::numbers("a", vec![1.0]),
            Column::numbers("b", vec![]),
        ];
        let error = Table::from_columns(unequal).unwrap_err();
        assert_eq!(
            error.to_string(),
            "column \"b\" has 0 rows, the columns before it have 1"
        );
        let twins = vec![
            Column::numbers("a", vec![1.0]),
            Column::numbers("a", vec![2.0]),
        ];
        assert!(matches!(
            Table::from_columns(twins),
            Err(DataError::DuplicateColumn {
                first: 1,
                second: 2,
                ..
            })
        ));
        assert_eq!(Table::from_columns(vec![]).unwrap().rows(), 0);
    }
}

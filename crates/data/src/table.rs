//! Columns as read. A table knows nothing of models.

use crate::error::DataError;
use crate::rejections::Rejections;
use crate::row_set::RowSet;
use crate::values::{Categories, Stray, Values};
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
    /// In a column of numbers, the cells that are neither a number nor missing, by row; otherwise empty.
    pub strays: Vec<Stray>,
}

impl Column {
    /// A column of numbers; NaN is missing.
    pub fn numbers(name: impl Into<String>, numbers: Vec<f64>) -> Self {
        Self {
            name: name.into(),
            values: Values::Number(numbers),
            strays: Vec::new(),
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
        ))
    }

    pub(crate) fn new(
        columns: Vec<Column>,
        rows: usize,
        rejections: Rejections,
        rejected: RowSet,
    ) -> Self {
        Self {
            columns,
            rows,
            rejections,
            rejected,
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

    /// The rows that could not be read, counted by reason. Every cell of such a row is missing.
    pub fn rejected(&self) -> &Rejections {
        &self.rejections
    }

    /// Whether this row, counted from 0, could not be read.
    pub fn is_rejected(&self, row: usize) -> bool {
        self.rejected.contains(row)
    }
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

//! Records to the columns of a table.

use super::record::{Limit, Overflow, Record};
use crate::error::{DataError, Place};
use crate::limits::Limits;
use crate::reader::Outlook;
use crate::rejections::Rejections;
use crate::row_set::RowSet;
use crate::table::{Table, check_names};
use crate::text::{excerpt, excerpt_of_bytes, trim};
use crate::typing::{ColumnBuilder, Customs, Doubts};
use std::collections::BTreeSet;

/// The header, once it came, and the rows below it.
#[derive(Debug)]
pub(crate) struct Rows {
    delimiter: u8,
    limits: Limits,
    /// Empty until the header came.
    names: Vec<String>,
    columns: Vec<ColumnBuilder>,
    /// Positions of the columns whose cells are stored: of all unless some stay in the file.
    stored: Vec<usize>,
    /// Names of the only columns to store, where not all are.
    only: Option<BTreeSet<String>>,
    rows: u32,
    rejections: Rejections,
    rejected: RowSet,
}

impl Rows {
    /// Rows below these names, or, without them, below the first record.
    pub(crate) fn new(
        delimiter: u8,
        names: Vec<String>,
        limits: Limits,
        only: Option<BTreeSet<String>>,
    ) -> Self {
        let mut rows = Self {
            delimiter,
            limits,
            names: Vec::new(),
            columns: Vec::new(),
            stored: Vec::new(),
            only,
            rows: 0,
            rejections: Rejections::default(),
            rejected: RowSet::default(),
        };
        rows.begin_columns(names);
        rows
    }

    fn begin_columns(&mut self, names: Vec<String>) {
        self.columns = names.iter().map(|_| ColumnBuilder::new()).collect();
        self.names = names;
        // Taken aside, so that it can be asked while columns change.
        let only = self.only.take();
        self.defer(|_, name| only.as_ref().is_some_and(|only| !only.contains(name)));
        self.only = only;
    }

    /// Leaves the cells of columns in the file from here on.
    pub(crate) fn defer(&mut self, is_deferred: impl Fn(usize, &str) -> bool) {
        let customs = self.customs();
        let columns = self.columns.iter_mut().zip(&self.names).enumerate();
        for (position, (column, name)) in columns {
            if is_deferred(position, name) {
                column.defer(name, customs);
            }
        }
        let columns = self.columns.iter().enumerate();
        let stored = columns.filter(|(_, column)| column.is_stored());
        self.stored = stored.map(|(position, _)| position).collect();
    }

    /// The rows so far, and about what each column will take once there are so many as `rows`.
    pub(crate) fn outlook(&self, rows: u64) -> Outlook {
        let mut doubts = Doubts::default();
        let columns = self.columns.iter().zip(&self.names);
        let finished = columns.map(|(column, name)| {
            let column = column.clone();
            column.finish(name.clone(), self.customs(), &mut doubts)
        });
        Outlook {
            sample: Table::new(
                finished.collect(),
                self.rows as usize,
                self.rejections.clone(),
                RowSet::default(),
                Vec::new(),
            ),
            rows,
            memory: self
                .columns
                .iter()
                .map(|column| column.expected_memory(rows))
                .collect(),
        }
    }

    /// About how many bytes the columns take so far.
    pub(crate) fn memory(&self) -> u64 {
        let columns = self.columns.iter();
        columns
            .map(|column| column.expected_memory(self.count()))
            .sum()
    }

    fn customs(&self) -> Customs {
        Customs {
            decimal_comma: matches!(self.delimiter, b';' | b'\t'),
        }
    }

    /// How many data rows there are.
    pub(crate) fn count(&self) -> u64 {
        u64::from(self.rows)
    }

    /// Makes room for so many rows in all.
    pub(crate) fn expect(&mut self, rows: u64) {
        for column in &mut self.columns {
            column.expect(rows as usize);
        }
    }

    /// Adds the header or the next row.
    pub(crate) fn push(&mut self, record: Record<'_>) -> Result<(), DataError> {
        // Bytes come decoded, so this cannot fail; nor can a cell end within a character.
        let text = str::from_utf8(record.bytes).unwrap_or_default();
        if record.ends.len() == 1 && self.columns.len() != 1 && trim(text).is_empty() {
            return Ok(());
        }
        if self.columns.is_empty() {
            return self.set_header(record);
        }
        if self.rows >= self.limits.rows {
            return Err(DataError::TooManyRows {
                limit: self.limits.rows,
            });
        }
        if record.ends.len() == self.columns.len() {
            self.push_cells(text, record);
        } else {
            self.reject(record);
        }
        self.rows += 1;
        Ok(())
    }

    pub(crate) fn finish(self, mut notes: Vec<String>) -> Result<Table, DataError> {
        if self.columns.is_empty() {
            return Err(DataError::Empty);
        }
        if self.rows == 0 {
            return Err(DataError::NoRows {
                columns: excerpt(&self.names.join(", ")),
            });
        }
        let (customs, rows) = (self.customs(), self.rows as usize);
        let mut doubts = Doubts::default();
        let columns = self
            .columns
            .into_iter()
            .zip(self.names)
            .map(|(mut column, name)| {
                column.pass(rows);
                column.finish(name, customs, &mut doubts)
            })
            .collect();
        notes.extend(doubts.into_notes());
        Ok(Table::new(
            columns,
            rows,
            self.rejections,
            self.rejected,
            notes,
        ))
    }

    fn set_header(&mut self, record: Record<'_>) -> Result<(), DataError> {
        let utf8 = |cell| trim(str::from_utf8(cell).unwrap_or_default());
        let cells: Vec<&str> = record.cells().map(utf8).collect();
        let name = |(cell, position): (&&str, usize)| {
            if cell.is_empty() {
                format!("column {position}")
            } else {
                (*cell).to_owned()
            }
        };
        let names: Vec<String> = cells.iter().zip(1..).map(name).collect();
        check_names(names.iter().map(String::as_str))?;
        self.begin_columns(names);
        Ok(())
    }

    /// Adds a row of as many cells as there are columns. `text` is all of the record.
    fn push_cells(&mut self, text: &str, record: Record<'_>) {
        if self.stored.len() == self.columns.len() {
            let mut start = 0;
            for (column, &end) in self.columns.iter_mut().zip(record.ends) {
                column.push(text.get(start..end).unwrap_or_default());
                start = end + record.gap;
            }
            return;
        }
        for &position in &self.stored {
            let end_of = |position: usize| record.ends.get(position).copied();
            let before = position.checked_sub(1).and_then(end_of);
            let start = before.map_or(0, |end| end + record.gap);
            let cell = end_of(position).and_then(|end| text.get(start..end));
            if let Some(column) = self.columns.get_mut(position) {
                column.push(cell.unwrap_or_default());
            }
        }
    }

    /// Adds a row with too few or too many fields.
    fn reject(&mut self, record: Record<'_>) {
        let fields = |count: usize| {
            if count == 1 {
                "1 field".to_owned()
            } else {
                format!("{count} fields")
            }
        };
        let reason = format!(
            "the row has {}, the header has {}",
            fields(record.ends.len()),
            self.columns.len()
        );
        let line = || line(record, self.delimiter);
        self.rejections.add(&reason, self.count() + 1, 1, line);
        let whole = || whole_line(record, self.delimiter);
        self.rejected
            .insert_text(self.rows as usize, &reason, whole);
        for column in &mut self.columns {
            column.push_missing();
        }
    }
}

/// What is wrong, and where.
impl Rows {
    pub(crate) fn overflow(&self, overflow: Overflow<'_>) -> DataError {
        let place = self.place(overflow.field);
        let text = excerpt_of_bytes(overflow.text);
        match overflow.limit {
            Limit::Cell => DataError::CellTooLong {
                place,
                text,
                limit: self.limits.cell,
            },
            Limit::Row => DataError::RowTooLong {
                place,
                text,
                limit: self.limits.row,
            },
            Limit::Columns => DataError::TooManyColumns {
                place,
                text,
                limit: self.limits.columns,
            },
        }
    }

    /// The file ended inside the last cell of this record.
    pub(crate) fn unclosed_quote(&self, record: Record<'_>) -> DataError {
        let text = excerpt_of_bytes(record.cells_and_rest().last().unwrap_or_default());
        DataError::UnclosedQuote {
            place: self.place(record.ends.len()),
            text: text.trim_end().to_owned(),
        }
    }

    /// The row that comes next; `None` is the header.
    pub(crate) fn next_row(&self) -> Option<u64> {
        (!self.columns.is_empty()).then(|| self.count() + 1)
    }

    /// A cell of the record that comes next.
    fn place(&self, field: usize) -> Place {
        let row = self.next_row();
        let column = self
            .names
            .get(field)
            .cloned()
            .unwrap_or_else(|| format!("column {}", field + 1));
        Place { row, column }
    }
}

/// All of a record, with its quotes gone.
fn whole_line(record: Record<'_>, delimiter: u8) -> String {
    let mut text = String::new();
    for (position, cell) in record.cells().enumerate() {
        if position > 0 {
            text.push(char::from(delimiter));
        }
        text.push_str(str::from_utf8(cell).unwrap_or_default());
    }
    text
}

/// A record on one line, short enough to quote.
fn line(record: Record<'_>, delimiter: u8) -> String {
    // So many cells are longer than what is quoted.
    let cells: Vec<String> = record.cells().take(100).map(excerpt_of_bytes).collect();
    excerpt(&cells.join(&char::from(delimiter).to_string()))
}

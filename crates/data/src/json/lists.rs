//! An object of columns: a list of cells, or an object of cells by row, for each name.

use super::parts::left_out;
use super::records::Fault;
use super::value::{Cell, cell};
use crate::error::DataError;
use crate::limits::Limits;
use crate::rejections::Rejections;
use crate::row_set::RowSet;
use crate::table::{Table, check_names};
use crate::text::{excerpt, trim};
use crate::typing::{ColumnBuilder, Customs, Doubts};

/// The columns so far.
#[derive(Debug)]
pub(super) struct Lists {
    limits: Limits,
    columns: Vec<List>,
}

#[derive(Debug)]
struct List {
    name: String,
    cells: ColumnBuilder,
    rows: u32,
    /// Whether it is an object, of which there may be others beside the lists.
    is_object: bool,
}

impl Lists {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            columns: Vec::new(),
        }
    }

    /// Rows of the column under way.
    pub(super) fn count(&self) -> u64 {
        self.columns.last().map_or(0, |list| u64::from(list.rows))
    }

    /// Begins a column.
    pub(super) fn begin(&mut self, name: &str, is_object: bool) -> Result<(), Fault> {
        if self.columns.len() >= self.limits.columns {
            let problem = format!("there are more than {} keys", self.limits.columns);
            return Err(Fault::Problem(problem));
        }
        self.columns.push(List {
            name: trim(name).to_owned(),
            cells: ColumnBuilder::new(),
            rows: 0,
            is_object,
        });
        Ok(())
    }

    /// Adds a cell to the column under way.
    pub(super) fn push(&mut self, value: &str) -> Result<(), Fault> {
        let limit = self.limits.rows;
        let Some(list) = self.columns.last_mut() else {
            return Ok(());
        };
        if list.rows >= limit {
            return Err(Fault::Data(DataError::TooManyRows { limit }));
        }
        list.rows += 1;
        match cell(value)? {
            Cell::Missing => list.cells.push_missing(),
            Cell::Text(text) => list.cells.push(&text),
        }
        Ok(())
    }

    /// Takes back the column under way.
    pub(super) fn drop_last(&mut self) {
        self.columns.pop();
    }

    /// Gives up all columns for records beside them; their names.
    pub(super) fn take_names(&mut self) -> Vec<String> {
        self.columns.drain(..).map(|list| list.name).collect()
    }

    /// Gives up the column with this name; its texts.
    pub(super) fn take_texts(&mut self, name: &str) -> Option<Vec<String>> {
        let position = self.columns.iter().position(|list| list.name == name)?;
        let list = self.columns.remove(position);
        let column = list
            .cells
            .finish(list.name, Customs::default(), &mut Doubts::default());
        let text = |row| column.values.text(row).map(|text| text.into_owned());
        (0..column.values.len()).map(text).collect()
    }

    pub(super) fn finish(
        mut self,
        mut aside: Vec<String>,
        mut notes: Vec<String>,
    ) -> Result<Table, DataError> {
        if self.columns.iter().any(|list| !list.is_object) {
            let objects = self.columns.extract_if(.., |list| list.is_object);
            aside.extend(objects.map(|list| list.name));
        }
        notes.extend(left_out(&aside));
        check_names(self.columns.iter().map(|list| list.name.as_str()))?;
        let Some(first) = self.columns.first() else {
            return Err(DataError::Empty);
        };
        let rows = first.rows;
        if let Some(other) = self.columns.iter().find(|list| list.rows != rows) {
            return Err(DataError::UnequalColumns {
                column: other.name.clone(),
                rows: other.rows as usize,
                expected: rows as usize,
            });
        }
        if rows == 0 {
            let names: Vec<&str> = self.columns.iter().map(|list| list.name.as_str()).collect();
            return Err(DataError::NoRows {
                columns: excerpt(&names.join(", ")),
            });
        }
        let mut doubts = Doubts::default();
        let finish = |list: List| {
            list.cells
                .finish(list.name, Customs::default(), &mut doubts)
        };
        let columns = self.columns.into_iter().map(finish).collect();
        notes.extend(doubts.into_notes());
        Ok(Table::new(
            columns,
            rows as usize,
            Rejections::default(),
            RowSet::default(),
            notes,
        ))
    }
}

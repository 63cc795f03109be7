//! When each row happened, and the order that follows from it.

use greenlight_data::{CellFormat, Roles, Table, Values};

const MS_PER_MINUTE: i64 = 60_000;

/// When each row of a table happened, as its column of times says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RowTimes<'t> {
    cells: Cells<'t>,
    /// What is added to a cell to make it a time in UTC.
    to_utc_ms: i64,
}

#[derive(Clone, Copy, Debug, Default)]
enum Cells<'t> {
    /// No column tells: rows follow each other as in the file.
    #[default]
    None,
    /// Milliseconds since 1970 began.
    Times(&'t [i64]),
    /// Numbers that say the order, such as steps of a simulation.
    Numbers(&'t [f64]),
}

impl<'t> RowTimes<'t> {
    /// Times without an offset are those of a clock that is so many minutes ahead of UTC.
    pub fn new(table: &'t Table, roles: &Roles, minutes_ahead: i32) -> Self {
        let Some(column) = roles.timestamp.and_then(|id| table.column(id)) else {
            return Self::default();
        };
        let is_local = column.format == CellFormat::Time { has_offset: false };
        Self {
            cells: match &column.values {
                Values::Timestamp(times) => Cells::Times(times),
                Values::Number(numbers) => Cells::Numbers(numbers),
                _ => Cells::None,
            },
            to_utc_ms: match is_local {
                true => -i64::from(minutes_ahead) * MS_PER_MINUTE,
                false => 0,
            },
        }
    }

    /// Whether a column holds points in time.
    pub fn are_times(&self) -> bool {
        matches!(self.cells, Cells::Times(_))
    }

    /// Whether a column says which row comes before which.
    pub fn are_ordered(&self) -> bool {
        !matches!(self.cells, Cells::None)
    }

    /// When a row happened, in milliseconds since 1970 began in UTC.
    #[inline]
    pub fn ms(&self, row: usize) -> Option<i64> {
        match self.cells {
            Cells::Times(times) => {
                let time = times.get(row).filter(|&&time| time != i64::MIN);
                time.map(|time| time.saturating_add(self.to_utc_ms))
            }
            _ => None,
        }
    }

    /// What the order of rows goes by before it goes by their numbers; `None` where a row has no time and others have.
    #[inline]
    pub fn key(&self, row: usize) -> Option<f64> {
        match self.cells {
            Cells::None => Some(0.0),
            // Milliseconds of moments that people write are exact in a double.
            Cells::Times(_) => self.ms(row).map(|ms| ms as f64),
            Cells::Numbers(numbers) => {
                let number = numbers.get(row).copied();
                number.filter(|number| !number.is_nan())
            }
        }
    }
}

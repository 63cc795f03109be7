//! CSV of any delimiter to a [`Table`], fed in chunks.

mod preamble;
mod record;
mod rows;
mod sniff;

use crate::error::DataError;
use crate::limits::Limits;
use crate::table::Table;
use csv_core::Terminator;
use preamble::Preamble;
pub(crate) use preamble::{is_run, numbered};
use record::{RecordBuffer, Step};
use rows::Rows;
use std::collections::BTreeSet;

/// Reads CSV that is UTF-8 in chunks of any size, cut anywhere.
#[derive(Debug)]
pub(crate) struct CsvText {
    buffer: RecordBuffer,
    rows: Rows,
    notes: Vec<String>,
}

impl CsvText {
    /// Begins with the first bytes, which may be all: they tell the delimiter and whether there is a header.
    ///
    /// Returns how many of them are done with.
    pub(crate) fn new(
        sample: &[u8],
        is_all: bool,
        limits: Limits,
        only: Option<BTreeSet<String>>,
    ) -> Result<(Self, usize), DataError> {
        let Preamble {
            length,
            delimiter,
            names,
            notes,
        } = preamble::read(sample, is_all)?;
        let csv = Self {
            buffer: RecordBuffer::new(delimiter, limits),
            rows: Rows::new(delimiter, names, limits, only),
            notes,
        };
        Ok((csv, length))
    }

    pub(crate) fn feed(&mut self, mut input: &[u8]) -> Result<(), DataError> {
        // The parser takes an empty input as the end of the file, so it never gets one.
        while !input.is_empty() {
            if let Some((read, record)) = self.buffer.plain_line(input) {
                self.rows.push(record)?;
                input = input.get(read..).unwrap_or_default();
                continue;
            }
            let (read, step) = self
                .buffer
                .read(input)
                .map_err(|overflow| self.rows.overflow(overflow))?;
            input = input.get(read..).unwrap_or_default();
            if step == Step::Record {
                self.rows.push(self.buffer.record())?;
                self.buffer.clear();
            }
        }
        Ok(())
    }

    pub(crate) fn finish(mut self, notes: Vec<String>) -> Result<Table, DataError> {
        // A line end completes a last line that lacks one, and is a blank line otherwise; a quote that is open stays open.
        self.feed(b"\n")?;
        if !self.buffer.is_empty() {
            return Err(self.rows.unclosed_quote(self.buffer.record()));
        }
        self.notes.extend(notes);
        self.rows.finish(self.notes)
    }

    /// How many data rows have been read so far.
    pub(crate) fn rows(&self) -> u64 {
        self.rows.count()
    }

    /// The rows and columns so far.
    pub(crate) fn rows_so_far(&mut self) -> &mut Rows {
        &mut self.rows
    }

    /// Makes room for so many rows in all.
    pub(crate) fn expect(&mut self, rows: u64) {
        self.rows.expect(rows);
    }

    /// The row that is under way; `None` is the header.
    pub(crate) fn next_row(&self) -> Option<u64> {
        self.rows.next_row()
    }
}

/// The parser of this crate's CSV.
fn parser(delimiter: u8) -> csv_core::Reader {
    csv_core::ReaderBuilder::new()
        .delimiter(delimiter)
        .terminator(Terminator::CRLF)
        .build()
}

#[cfg(test)]
mod tests;

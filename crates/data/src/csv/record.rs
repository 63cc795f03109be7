//! One record at a time out of the streaming parser, within limits.

use super::parser;
use crate::limits::Limits;
use csv_core::ReadRecordResult;

/// Gathers the bytes of a record, however many chunks they come in.
#[derive(Debug)]
pub(crate) struct RecordBuffer {
    parser: csv_core::Reader,
    limits: Limits,
    /// The cells' bytes one after the other, the first `used` of them valid.
    bytes: Vec<u8>,
    used: usize,
    /// Where each cell ends in `bytes`, the first `fields` of them valid.
    ends: Vec<usize>,
    fields: usize,
    /// Whether the parser is within a record.
    is_within: bool,
    /// What each byte means outside quotes.
    meanings: [Meaning; 256],
    /// Where each cell of a line ends that was taken apart without the parser.
    plain_ends: Vec<usize>,
}

/// What a byte means outside quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Text,
    Delimiter,
    LineEnd,
    Quote,
}

/// What reading some input came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The record goes on.
    More,
    /// The record is complete.
    Record,
}

/// A record's cells, unquoted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    pub bytes: &'a [u8],
    pub ends: &'a [usize],
    /// Bytes between two cells.
    pub gap: usize,
}

/// A limit that a record exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    Cell,
    Row,
    Columns,
}

/// A limit, and where it was exceeded.
#[derive(Debug)]
pub(crate) struct Overflow<'a> {
    pub limit: Limit,
    pub field: usize,
    /// How the cell starts if it is too long, else how the row starts; the same however the input is cut.
    pub text: &'a [u8],
}

impl RecordBuffer {
    pub(crate) fn new(delimiter: u8, limits: Limits) -> Self {
        let mut meanings = [Meaning::Text; 256];
        for (byte, meaning) in [
            (delimiter, Meaning::Delimiter),
            (b'\r', Meaning::LineEnd),
            (b'\n', Meaning::LineEnd),
            (b'"', Meaning::Quote),
        ] {
            if let Some(place) = meanings.get_mut(usize::from(byte)) {
                *place = meaning;
            }
        }
        Self {
            parser: parser(delimiter),
            limits,
            bytes: vec![0; 4096],
            used: 0,
            ends: vec![0; 64],
            fields: 0,
            is_within: false,
            meanings,
            plain_ends: Vec::new(),
        }
    }

    /// The record that a line without quotes is, and how many bytes it took, where the input begins with a whole one. Most
    /// lines are that plain, and quicker to take apart than by the parser, which does the same.
    pub(crate) fn plain_line<'a>(&'a mut self, input: &'a [u8]) -> Option<(usize, Record<'a>)> {
        if self.is_within {
            return None;
        }
        let is_line_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let start = input.iter().position(|byte| !is_line_end(byte))?;
        let line = input.get(start..)?;
        self.plain_ends.clear();
        for (position, &byte) in line.iter().enumerate() {
            match self.meanings.get(usize::from(byte)) {
                Some(Meaning::Delimiter) => self.plain_ends.push(position),
                Some(Meaning::LineEnd) => {
                    self.plain_ends.push(position);
                    let exceeds =
                        position > self.limits.cell || self.plain_ends.len() > self.limits.columns;
                    let record = Record {
                        bytes: line.get(..position)?,
                        ends: &self.plain_ends,
                        gap: 1,
                    };
                    return (!exceeds).then_some((start + position + 1, record));
                }
                Some(Meaning::Quote) => return None,
                _ => {}
            }
        }
        None
    }

    /// Reads from input that is not empty up to the end of the record; how many bytes that took, and what it came to.
    pub(crate) fn read(&mut self, input: &[u8]) -> Result<(usize, Step), Overflow<'_>> {
        let bytes = self.bytes.get_mut(self.used..).unwrap_or_default();
        let ends = self.ends.get_mut(self.fields..).unwrap_or_default();
        let (result, read, written, ended) = self.parser.read_record(input, bytes, ends);
        self.used += written;
        self.fields += ended;
        let step = match result {
            ReadRecordResult::Record => Step::Record,
            ReadRecordResult::OutputFull => {
                self.bytes.resize(self.bytes.len() * 2, 0);
                Step::More
            }
            ReadRecordResult::OutputEndsFull => {
                self.ends.resize(self.ends.len() * 2, 0);
                Step::More
            }
            ReadRecordResult::InputEmpty | ReadRecordResult::End => Step::More,
        };
        self.is_within = step == Step::More;
        if self.used > self.limits.cell || self.fields > self.limits.columns {
            self.check_limits()?;
        }
        Ok((read, step))
    }

    /// The record so far. What follows the last end belongs to a cell that goes on.
    pub(crate) fn record(&self) -> Record<'_> {
        Record {
            bytes: self.bytes.get(..self.used).unwrap_or_default(),
            ends: self.ends.get(..self.fields).unwrap_or_default(),
            gap: 0,
        }
    }

    /// Whether no record is under way.
    pub(crate) fn is_empty(&self) -> bool {
        self.used == 0 && self.fields == 0
    }

    /// Makes room for the next record.
    pub(crate) fn clear(&mut self) {
        self.used = 0;
        self.fields = 0;
    }

    /// The first limit exceeded in the order of the bytes, so that it is the same one however the input is cut.
    fn check_limits(&self) -> Result<(), Overflow<'_>> {
        let record = self.record();
        let mut start = 0;
        for (field, end) in record
            .ends
            .iter()
            .copied()
            .chain([record.bytes.len()])
            .enumerate()
        {
            let cell = record.bytes.get(start..end).unwrap_or_default();
            let limit = if field >= self.limits.columns
                && (field < record.ends.len() || !cell.is_empty())
            {
                Limit::Columns
            } else if cell.len() > self.limits.cell && start + self.limits.cell < self.limits.row {
                Limit::Cell
            } else if end > self.limits.row {
                Limit::Row
            } else {
                start = end;
                continue;
            };
            let text = if limit == Limit::Cell {
                cell.get(..self.limits.cell)
            } else {
                record.cells().next()
            };
            return Err(Overflow {
                limit,
                field,
                text: text.unwrap_or_default(),
            });
        }
        Ok(())
    }
}

impl<'a> Record<'a> {
    /// The cells, and at last what follows the last end.
    pub(crate) fn cells_and_rest(self) -> impl Iterator<Item = &'a [u8]> {
        let mut start = 0;
        self.ends
            .iter()
            .copied()
            .chain([self.bytes.len()])
            .map(move |end| {
                let cell = self.bytes.get(start..end).unwrap_or_default();
                start = end + self.gap;
                cell
            })
    }

    /// The complete cells.
    pub(crate) fn cells(self) -> impl Iterator<Item = &'a [u8]> {
        self.cells_and_rest().take(self.ends.len())
    }
}

//! CSV of any delimiter to a [`Table`], fed in chunks.

mod content;
mod record;
mod rows;
mod sniff;

use crate::error::DataError;
use crate::table::Table;
use csv_core::Terminator;
use record::{Limits, RecordBuffer, Step};
use rows::Rows;

/// Reads CSV in chunks of any size, cut anywhere: inside a quote, a line end or a character.
///
/// The delimiter (`,` `;` tab or `|`) is recognised from the first 64 KiB. The first record is the header. Lines that
/// are blank are skipped and do not count as rows. A row with too few or too many fields is kept as a row of missing
/// values and marked as rejected. Cells are trimmed. A column with at most a tenth of texts among its values is one of
/// numbers, any other one of categories.
///
/// ```
/// # use greenlight_data::CsvReader;
/// let mut reader = CsvReader::new();
/// for byte in "město;score\r\nPlzeň;1\r\nBrno;0\r\n".bytes() {
///     reader.feed(&[byte])?;
/// }
/// let table = reader.finish()?;
/// assert_eq!(table.columns()[0].name, "město");
/// assert_eq!(table.columns()[0].values.text(0).as_deref(), Some("Plzeň"));
/// # Ok::<(), greenlight_data::DataError>(())
/// ```
#[derive(Debug)]
pub struct CsvReader {
    state: State,
    limits: Limits,
}

#[derive(Debug)]
enum State {
    /// Not enough has come to tell what it is.
    Sampling(Vec<u8>),
    Reading(Box<Reading>),
    /// What went wrong; more bytes do not mend it.
    Failed(DataError),
}

/// What is known once the delimiter is.
#[derive(Debug)]
struct Reading {
    buffer: RecordBuffer,
    rows: Rows,
}

/// How many bytes tell what a file is.
const SAMPLE: usize = 64 << 10;

impl CsvReader {
    /// A reader that has seen nothing.
    pub fn new() -> Self {
        Self::with_limits(Limits::default())
    }

    fn with_limits(limits: Limits) -> Self {
        Self {
            state: State::Sampling(Vec::new()),
            limits,
        }
    }

    /// Reads the next bytes. After an error, every further call returns that error.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), DataError> {
        let result = self.advance(chunk);
        if let Err(error) = &result {
            self.state = State::Failed(error.clone());
        }
        result
    }

    /// The table, now that all bytes have come.
    pub fn finish(mut self) -> Result<Table, DataError> {
        if let State::Sampling(sample) = &mut self.state {
            let sample = std::mem::take(sample);
            self.start(&sample, true)?;
        }
        match self.state {
            State::Reading(reading) => reading.finish(),
            State::Failed(error) => Err(error),
            State::Sampling(_) => Err(DataError::Empty),
        }
    }

    /// How many data rows have been read so far.
    pub fn rows(&self) -> u64 {
        match &self.state {
            State::Reading(reading) => reading.rows.count(),
            State::Sampling(_) | State::Failed(_) => 0,
        }
    }

    fn advance(&mut self, chunk: &[u8]) -> Result<(), DataError> {
        match &mut self.state {
            State::Failed(error) => Err(error.clone()),
            State::Reading(reading) => reading.feed(chunk),
            State::Sampling(sample) => {
                let wanted = SAMPLE.saturating_sub(sample.len()).min(chunk.len());
                let (head, rest) = chunk.split_at_checked(wanted).unwrap_or((chunk, &[]));
                sample.extend_from_slice(head);
                if sample.len() < SAMPLE {
                    return Ok(());
                }
                let sample = std::mem::take(sample);
                self.start(&sample, false)?;
                self.advance(rest)
            }
        }
    }

    /// From the first bytes, which may be all, to reading.
    fn start(&mut self, sample: &[u8], is_all: bool) -> Result<(), DataError> {
        let text = content::check(sample)?;
        let delimiter = sniff::delimiter(text, is_all);
        let mut reading = Reading {
            buffer: RecordBuffer::new(delimiter, self.limits),
            rows: Rows::new(delimiter, self.limits),
        };
        reading.feed(text)?;
        self.state = State::Reading(Box::new(reading));
        Ok(())
    }
}

impl Default for CsvReader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reading {
    fn feed(&mut self, mut input: &[u8]) -> Result<(), DataError> {
        // The parser takes an empty input as the end of the file, so it never gets one.
        while !input.is_empty() {
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

    fn finish(mut self) -> Result<Table, DataError> {
        // A line end completes a last line that lacks one, and is a blank line otherwise; a quote that is open stays open.
        self.feed(b"\n")?;
        if !self.buffer.is_empty() {
            return Err(self.rows.unclosed_quote(self.buffer.record()));
        }
        self.rows.finish()
    }
}

/// The table in bytes that are all there.
///
/// ```
/// # use greenlight_data::read_csv;
/// assert_eq!(read_csv(b"a|b\n1|2\n")?.columns().len(), 2);
/// # Ok::<(), greenlight_data::DataError>(())
/// ```
pub fn read_csv(bytes: &[u8]) -> Result<Table, DataError> {
    let mut reader = CsvReader::new();
    reader.feed(bytes)?;
    reader.finish()
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

//! A file on its way in: its bytes become a [`Table`] with guessed roles, and what is said of
//! it in the report.

use greenlight_data::{DataError, Guesses, Rejection, Table, TableReader, guess_roles};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Files are fingerprinted up to this size; beyond it hashing would cost more than reading.
pub const LARGEST_HASHED_BYTES: u64 = 64 * 1024 * 1024;

/// A file that was read.
#[derive(Debug)]
pub struct Source {
    /// Its name, as the person knows it.
    pub name: String,
    /// How long it was.
    pub bytes: u64,
    /// SHA-256 in hexadecimal; `None` past [`LARGEST_HASHED_BYTES`].
    pub sha256: Option<String>,
    /// Its columns.
    pub table: Table,
    /// What its columns seem to be.
    pub guesses: Guesses,
}

/// What the report says of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceSummary {
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 in hexadecimal, where it was computed.
    pub sha256: Option<String>,
    /// Data records in the file; the header is none.
    pub lines: u64,
    /// Observations they stand for.
    pub rows: u64,
    /// Observations that could be used.
    pub rows_used: u64,
    /// Those that could not, by reason.
    pub rejected: Vec<Rejection>,
    /// What a person should know about how the file was read, such as a date format that was guessed.
    pub notes: Vec<String>,
}

/// Reads one file from chunks of any size.
pub struct SourceReader {
    name: String,
    bytes: u64,
    hasher: Option<Sha256>,
    table: TableReader,
}

impl SourceReader {
    /// Begins a file called `name`.
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            bytes: 0,
            hasher: Some(Sha256::new()),
            table: TableReader::named(&name),
            name,
        }
    }

    /// Begins a file called `name` in a program that reads no JSON.
    pub fn without_json(name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            bytes: 0,
            hasher: Some(Sha256::new()),
            table: TableReader::without_json(&name),
            name,
        }
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// When they cannot be part of a table; the error says where and why.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), DataError> {
        self.bytes += chunk.len() as u64;
        if self.bytes > LARGEST_HASHED_BYTES {
            self.hasher = None;
        } else if let Some(hasher) = &mut self.hasher {
            hasher.update(chunk);
        }
        self.table.feed(chunk)
    }

    /// Data records read so far.
    pub fn rows(&self) -> u64 {
        self.table.rows()
    }

    /// Ends the file and guesses the roles of its columns.
    ///
    /// # Errors
    /// When what was read is no table.
    pub fn finish(self) -> Result<Source, DataError> {
        let table = self.table.finish()?;
        let guesses = guess_roles(&table);
        let sha256 = self.hasher.map(|hasher| hexadecimal(&hasher.finalize()));
        Ok(Source {
            name: self.name,
            bytes: self.bytes,
            sha256,
            table,
            guesses,
        })
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_named_measured_and_fingerprinted() {
        let mut reader = SourceReader::new("a.csv");
        for chunk in b"label,score\n1,0.5\n".chunks(4) {
            reader.feed(chunk).unwrap();
        }
        let source = reader.finish().unwrap();
        assert_eq!(source.bytes, 18);
        assert_eq!(source.table.rows(), 1);
        let sha256 = "5ca826172a70e14929147a462b52912428e078166df847fcc4c4d2972f9f8874";
        assert_eq!(source.sha256.unwrap(), sha256);
    }
}

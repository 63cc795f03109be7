//! What a person brings, on its way in: files, pasted text or lists become one [`Table`] with guessed roles, and what is
//! said of each in the report.

use std::ops::Range;

use greenlight_data::{
    DataError, Guesses, How, Rejection, Rejections, Role, Table, TableReader, certain_matrix,
    combine, table_of_lists,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::wide::{Room, Wide};

/// Files are fingerprinted up to this size; beyond it hashing would cost more than reading.
pub const LARGEST_HASHED_BYTES: u64 = 64 * 1024 * 1024;

/// One table, whatever it was made of.
///
/// ```
/// use greenlight_data::Role;
/// use greenlight_readiness::{ReadFile, Source};
///
/// let lists = [(Role::Label, "1 0 1".to_owned()), (Role::Prediction, "1 0 0".to_owned())];
/// let source = Source::of(vec![ReadFile::of_lists(&lists)?])?;
/// assert_eq!((source.name.as_str(), source.table.rows()), ("pasted lists", 3));
/// # Ok::<(), greenlight_data::DataError>(())
/// ```
#[derive(Debug)]
pub struct Source {
    /// What to call it: the name of the file, or of the first one and how many more there are.
    pub name: String,
    /// The files, in the order in which they were given.
    pub files: Vec<SourceFile>,
    /// How they were put together.
    pub how: How,
    /// The columns of all files.
    pub table: Table,
    /// What the columns seem to be.
    pub guesses: Guesses,
    /// Where some of them stayed in the file: what is known of their sizes.
    pub wide: Option<Wide>,
}

/// A file and its part of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceFile {
    /// Its name, as the person knows it.
    pub name: String,
    /// How long it was.
    pub bytes: u64,
    /// SHA-256 in hexadecimal; `None` past [`LARGEST_HASHED_BYTES`].
    pub sha256: Option<String>,
    /// Its data rows, unusable ones included.
    pub lines: u64,
    /// The rows of the table that are its own; none where it was only looked up in.
    pub rows: Range<usize>,
    /// Its rows that did not get into the table, or found no partner in another file; numbered as in the file.
    pub rejected: Rejections,
    /// What a person should know about how it was read.
    pub notes: Vec<String>,
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

impl Source {
    /// Puts files together, as [`combine`] says, and guesses the roles of the columns.
    ///
    /// # Errors
    /// When the files do not belong together.
    pub fn of(files: Vec<ReadFile>) -> Result<Self, DataError> {
        let name = name_of_all(files.iter().map(|file| file.name.as_str()));
        let mut tables = Vec::with_capacity(files.len());
        let mut known = Vec::with_capacity(files.len());
        let mut wide = None;
        for file in files {
            wide = wide.or(file.wide);
            tables.push((file.name, file.table));
            known.push((file.bytes, file.sha256));
        }
        let combined = combine(tables)?;
        let guesses = combined.guess_roles();
        let file = |(part, (bytes, sha256)): (greenlight_data::Part, _)| SourceFile {
            name: part.name,
            bytes,
            sha256,
            lines: part.lines as u64,
            rows: part.rows,
            rejected: part.rejected,
            notes: part.notes,
        };
        let mut files: Vec<SourceFile> = combined.parts.into_iter().zip(known).map(file).collect();
        if let Some(first) = files.first_mut() {
            first.notes.extend(guesses.notes.iter().cloned());
        }
        Ok(Self {
            name,
            files,
            how: combined.how,
            table: combined.table,
            guesses,
            wide,
        })
    }

    /// The file of a row of the table, by its position in [`files`](Self::files), and its data row there, counted from 1.
    pub fn place(&self, row: usize) -> (usize, u64) {
        let mut files = self.files.iter().enumerate();
        match files.find(|(_, file)| file.rows.contains(&row)) {
            Some((index, file)) => (index, (row - file.rows.start) as u64 + 1),
            None => (0, row as u64 + 1),
        }
    }
}

/// What several files are called where there is room for one name: "a.csv and 2 more".
///
/// ```
/// use greenlight_readiness::source::name_of_all;
///
/// assert_eq!(name_of_all(["a.csv"]), "a.csv");
/// assert_eq!(name_of_all(["a.csv", "b.csv", "c.csv"]), "a.csv and 2 more");
/// ```
pub fn name_of_all<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names = names.into_iter();
    let first = names.next().unwrap_or_default();
    match names.count() {
        0 => first.to_owned(),
        more => format!("{first} and {more} more"),
    }
}

/// A file that was read.
#[derive(Debug)]
pub struct ReadFile {
    /// Its name, as the person knows it.
    pub name: String,
    /// How long it was.
    pub bytes: u64,
    /// SHA-256 in hexadecimal; `None` past [`LARGEST_HASHED_BYTES`].
    pub sha256: Option<String>,
    /// Its columns.
    pub table: Table,
    /// Where some of them stayed in the file: what is known of their sizes.
    pub wide: Option<Wide>,
}

impl ReadFile {
    /// Text that was pasted: a matrix of counts where it can be nothing else, otherwise what a file may hold. What
    /// `reader` was to be called is not asked.
    ///
    /// # Errors
    /// When it is no table.
    ///
    /// ```
    /// use greenlight_readiness::{ReadFile, SourceReader};
    ///
    /// let matrix = ReadFile::pasted("90 10\n5 95", SourceReader::new("pasted text"))?;
    /// assert_eq!(matrix.name, "matrix of counts");
    /// # Ok::<(), greenlight_data::DataError>(())
    /// ```
    pub fn pasted(text: &str, mut reader: SourceReader) -> Result<Self, DataError> {
        match certain_matrix(text) {
            Some(table) => Ok(Self {
                name: "matrix of counts".to_owned(),
                bytes: text.len() as u64,
                sha256: Some(hexadecimal(&Sha256::digest(text))),
                table,
                wide: None,
            }),
            None => {
                reader.feed(text.as_bytes())?;
                reader.finish()
            }
        }
    }

    /// Lists that belong together, each with the part that it plays. Their fingerprint is that of the roles' names and
    /// the texts, a line break after each.
    ///
    /// # Errors
    /// When they differ in length, or there is no value in them.
    pub fn of_lists(lists: &[(Role, String)]) -> Result<Self, DataError> {
        let table = table_of_lists(lists.iter().map(|(role, text)| (*role, text.as_str())))?;
        let mut hasher = Sha256::new();
        for (role, text) in lists {
            for part in [role.name(), "\n", text, "\n"] {
                hasher.update(part);
            }
        }
        Ok(Self {
            name: "pasted lists".to_owned(),
            bytes: lists.iter().map(|(_, text)| text.len() as u64).sum(),
            sha256: Some(hexadecimal(&hasher.finalize())),
            table,
            wide: None,
        })
    }
}

/// Reads one file from chunks of any size.
pub struct SourceReader {
    name: String,
    bytes: u64,
    hasher: Option<Sha256>,
    table: TableReader,
    wide: Option<Wide>,
}

impl SourceReader {
    /// Begins a file called `name`.
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            bytes: 0,
            hasher: Some(Sha256::new()),
            table: TableReader::named(&name),
            wide: None,
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
            wide: None,
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

    /// Stores these columns alone, as [`TableReader::only`] does: to read a file again.
    #[must_use]
    pub fn only(self, names: impl IntoIterator<Item = String>) -> Self {
        Self {
            table: self.table.only(names),
            hasher: None,
            ..self
        }
    }

    /// Makes room for a file of so many bytes, judging by what was read of it so far.
    pub fn expect_bytes(&mut self, bytes: u64) {
        self.table.expect_bytes(bytes, self.bytes);
    }

    /// About how many bytes the columns take so far; 0 of JSON.
    pub fn memory(&mut self) -> u64 {
        self.table.memory()
    }

    /// As [`Self::expect_bytes`], of a file that can be read again: where its columns do not fit, features stay in it.
    pub fn fit(&mut self, bytes: u64, room: &Room) {
        let outlook = self.table.outlook(bytes, self.bytes);
        if let Some((deferred, wide)) = outlook.and_then(|outlook| room.plan(outlook)) {
            self.table.defer(|column| deferred.contains(&column));
            self.wide = Some(wide);
        }
        self.expect_bytes(bytes);
    }

    /// Data records read so far.
    pub fn rows(&self) -> u64 {
        self.table.rows()
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When what was read is no table.
    pub fn finish(self) -> Result<ReadFile, DataError> {
        Ok(ReadFile {
            table: self.table.finish()?,
            wide: self.wide,
            sha256: self.hasher.map(|hasher| hexadecimal(&hasher.finalize())),
            name: self.name,
            bytes: self.bytes,
        })
    }

    /// Ends the file, which is all there is.
    ///
    /// # Errors
    /// When what was read is no table.
    pub fn finish_alone(self) -> Result<Source, DataError> {
        Source::of(vec![self.finish()?])
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
        let source = reader.finish_alone().unwrap();
        assert_eq!(source.name, "a.csv");
        assert_eq!(source.table.rows(), 1);
        let file = &source.files[0];
        assert_eq!((file.bytes, file.lines, file.rows.clone()), (18, 1, 0..1));
        let sha256 = "5ca826172a70e14929147a462b52912428e078166df847fcc4c4d2972f9f8874";
        assert_eq!(file.sha256.as_deref(), Some(sha256));
    }
}

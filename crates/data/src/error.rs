//! Why bytes cannot become a table: what is wrong, where, and what to do about it.

use std::fmt;

/// A cell, as a person would find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The data row, counted from 1; `None` is the header.
    pub row: Option<u64>,
    /// The column's name; in the header its position, as "column 3".
    pub column: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Some(row) => write!(f, "row {row}, column \"{}\"", self.column),
            None => write!(f, "the header, {}", self.column),
        }
    }
}

/// Bytes that cannot become a table. The message is a sentence for the person who brought the file.
///
/// ```
/// # use greenlight_data::read_csv;
/// let error = read_csv(b"id,score,id\n1,0.5,2\n").unwrap_err();
/// assert_eq!(error.to_string(), "two columns are called \"id\": column 1 and column 3; give each its own name");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// No bytes, or nothing but white space.
    #[error(
        "the file is empty; it needs a header row with the columns' names, and one row per prediction"
    )]
    Empty,
    /// A header without a single row.
    #[error("the file has a header but no rows; the columns are: {columns}")]
    NoRows {
        /// The columns' names.
        columns: String,
    },
    /// The first row holds nothing but numbers.
    #[error(
        "the first row looks like data, not like the columns' names: \"{text}\"; add a header row such as label,score"
    )]
    NoHeader {
        /// The row.
        text: String,
    },
    /// Not text at all.
    #[error(
        "this looks like a binary file ({kind}), not like a table; export it as CSV and load that"
    )]
    Binary {
        /// What it seems to be.
        kind: &'static str,
    },
    /// Text in UTF-16.
    #[error("this file is in UTF-16; save it as UTF-8 (in Excel: \"CSV UTF-8\") and load it again")]
    Utf16,
    /// A page, document or other text that is no table.
    #[error(
        "this looks like {kind}, not like a table: it starts with \"{text}\"; export the data as CSV and load that"
    )]
    NotATable {
        /// What it seems to be.
        kind: &'static str,
        /// How it starts.
        text: String,
    },
    /// A cell whose bytes are not UTF-8.
    #[error(
        "{place}: \"{text}\" is not UTF-8; save the file as UTF-8 (in Excel: \"CSV UTF-8\") and load it again"
    )]
    NotUtf8 {
        /// Where.
        place: Place,
        /// The cell, with � for what cannot be read.
        text: String,
    },
    /// A cell longer than any value.
    #[error(
        "{place}: the cell is longer than {limit} bytes, probably because a quote is opened and never closed; it starts with \"{text}\""
    )]
    CellTooLong {
        /// Where.
        place: Place,
        /// How it starts.
        text: String,
        /// The most a cell may have.
        limit: usize,
    },
    /// A row longer than any record.
    #[error("{place}: the row is longer than {limit} bytes; it starts with \"{text}\"")]
    RowTooLong {
        /// Where the limit was reached.
        place: Place,
        /// How the row starts.
        text: String,
        /// The most a row may have.
        limit: usize,
    },
    /// The file ends inside a quoted cell.
    #[error(
        "{place}: a quote is opened here and never closed, so the rest of the file is part of it: \"{text}\"; close it with a \" or, if the file was cut off, save it again"
    )]
    UnclosedQuote {
        /// Where.
        place: Place,
        /// How the cell starts.
        text: String,
    },
    /// Two columns share a name.
    #[error("two columns are called \"{name}\": column {first} and column {second}; give each its own name{hint}", hint = header_hint(name))]
    DuplicateColumn {
        /// The name.
        name: String,
        /// The first one's position, counted from 1.
        first: usize,
        /// The second one's position, counted from 1.
        second: usize,
    },
    /// More columns than a table of predictions can have.
    #[error("{place}: there are more than {limit} columns here; it starts with \"{text}\"")]
    TooManyColumns {
        /// Where the limit was reached.
        place: Place,
        /// How the row starts.
        text: String,
        /// The most there may be.
        limit: usize,
    },
    /// More rows than can be numbered.
    #[error("the file has more than {limit} rows; split it into smaller files")]
    TooManyRows {
        /// The most there may be.
        limit: u32,
    },
    /// Columns put together by hand differ in length.
    #[error("column \"{column}\" has {rows} rows, the columns before it have {expected}")]
    UnequalColumns {
        /// The column.
        column: String,
        /// Its rows.
        rows: usize,
        /// The rows of the first column.
        expected: usize,
    },
}

/// A name that is a number is often a first row of data.
fn header_hint(name: &str) -> &'static str {
    if crate::number::parse_number(name).is_some() {
        " (is the first row a header?)"
    } else {
        ""
    }
}

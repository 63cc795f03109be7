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
/// # use greenlight_data::read_table;
/// let error = read_table(b"id,score,id\n1,0.5,2\n").unwrap_err();
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
    /// The first row may be data or names.
    #[error(
        "the first row may be data or the columns' names: \"{text}\"; add a header row such as label,score, or use words for names"
    )]
    NoHeader {
        /// The row.
        text: String,
    },
    /// JSON, given to a reader [`without_json`](crate::TableReader::without_json).
    #[error("this is JSON, which this program does not read; save the table as CSV")]
    JsonRefused,
    /// Not text at all.
    #[error("this looks like a binary file ({kind}), not like a table; {advice}")]
    Binary {
        /// What it seems to be.
        kind: &'static str,
        /// What to do about it.
        advice: &'static str,
    },
    /// A page, document or other text that is no table.
    #[error(
        "this looks like {kind}, not like a table: it starts with \"{text}\"; export the data as CSV or JSON and load that"
    )]
    NotATable {
        /// What it seems to be.
        kind: &'static str,
        /// How it starts.
        text: String,
    },
    /// Bytes that are not UTF-8 below characters that are.
    #[error(
        "{}: not UTF-8, although what stands before it is, so the file mixes encodings or is cut off; save it as UTF-8 (in Excel: \"CSV UTF-8\") and load it again",
        row.map_or("the header".to_owned(), |row| format!("row {row}"))
    )]
    MixedEncodings {
        /// The data row, counted from 1; `None` is the header.
        row: Option<u64>,
    },
    /// JSON that is none, or none of a table.
    #[error("row {row} (line {line}, byte {byte}): {problem}: \"{text}\"")]
    Json {
        /// The data row that is under way, counted from 1.
        row: u64,
        /// The line, counted from 1.
        line: u64,
        /// The position in the text as UTF-8, counted from 0.
        byte: u64,
        /// What is wrong, and what to do about it.
        problem: String,
        /// How the offending part starts.
        text: String,
    },
    /// JSON whose records have hardly a key in common.
    #[error(
        "the records have {columns} different keys by row {row}, and most rows lack most of them; keep the keys of predictions alone"
    )]
    TooSparse {
        /// The data row, counted from 1.
        row: u64,
        /// The columns so far.
        columns: usize,
    },
    /// Lists that should go together differ in length.
    #[error(
        "the {second} has {second_values} values, the {first} has {first_values}; give one value per prediction to each"
    )]
    UnequalLists {
        /// What the first list is.
        first: &'static str,
        /// Its values.
        first_values: usize,
        /// What the list of another length is.
        second: &'static str,
        /// Its values.
        second_values: usize,
    },
    /// A list of numbers with something else among them.
    #[error(
        "value {row} of the {role}, “{text}”, is not a number; write numbers with a decimal point, one a line, and leave \
         a line empty where one is missing"
    )]
    NotANumber {
        /// What the list is.
        role: &'static str,
        /// Which value, counted from 1.
        row: usize,
        /// What it says.
        text: String,
    },
    /// Two lists that play the same part.
    #[error("there are two lists for the {role}; give one")]
    DuplicateList {
        /// What both are.
        role: &'static str,
    },
    /// A matrix of counts that is none.
    #[error(
        "{problem}; write a row per actual class with a count per predicted class, such as 90 10 and below it 5 95"
    )]
    NotAMatrix {
        /// What is wrong.
        problem: String,
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
    /// Files that have nothing to be put together by.
    #[error(
        "{first} and {second} do not belong together as they are: their columns differ ({first_columns}; {second_columns}), \
         and none that both have tells their rows apart; give both a column of ids with the same name, or load one at a time"
    )]
    NoSharedId {
        /// The files whose rows are judged.
        first: String,
        /// Their columns.
        first_columns: String,
        /// The files that should go with them.
        second: String,
        /// Their columns.
        second_columns: String,
    },
    /// Files whose ids have none in common.
    #[error(
        "no {column} of {first} is in {second}: the one has \"{first_id}\" and the like, the other \"{second_id}\"; \
         write the ids the same way in both"
    )]
    NoCommonId {
        /// The column of the ids.
        column: String,
        /// The files whose rows are judged.
        first: String,
        /// An id of theirs.
        first_id: String,
        /// The files that were looked up in.
        second: String,
        /// An id of theirs.
        second_id: String,
    },
    /// Two rows for one id that say different things.
    #[error(
        "the {column} \"{id}\" stands twice and means two things: row {first_row} of {first} and row {second_row} of {second} \
         differ; keep one of them"
    )]
    AmbiguousId {
        /// The column of the ids.
        column: String,
        /// The id.
        id: String,
        /// The file of the first row.
        first: String,
        /// The data row, counted from 1.
        first_row: u64,
        /// The file of the second row.
        second: String,
        /// The data row, counted from 1.
        second_row: u64,
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

//! What stands before the rows: comments, a line that names the delimiter, and the columns' names or none.

use super::{parser, sniff};
use crate::error::DataError;
use crate::number::parse_number;
use crate::table::check_names;
use crate::text::{excerpt, is_missing, trim};
use crate::time::{DateOrder, parse_instant};
use csv_core::ReadRecordResult;
use std::collections::BTreeSet;

/// What the first bytes tell.
#[derive(Debug)]
pub(super) struct Preamble {
    /// The bytes before the header or, where `names` stand for it, before the first row.
    pub length: usize,
    pub delimiter: u8,
    /// The columns' names, if the first record does not hold them.
    pub names: Vec<String>,
    pub notes: Vec<String>,
}

/// Reads the first bytes, which may be all.
///
/// Lines at the top that start with `#` are comments, unless they are all there is, or the last one holds the names of
/// the columns below it. `sep=;` at the top says the delimiter.
pub(super) fn read(sample: &[u8], is_all: bool) -> Result<Preamble, DataError> {
    let mut top = Top::read(sample, is_all);
    let rest = sample.get(top.length..).unwrap_or_default();
    if is_all && rest.trim_ascii().is_empty() && !top.comment.is_empty() {
        // A header without a row.
        top.length = top.comment_start + 1;
        top.comments -= 1;
    }
    let rest = sample.get(top.length..).unwrap_or_default();
    let delimiter = top
        .delimiter
        .unwrap_or_else(|| sniff::delimiter(rest, is_all));
    let mut preamble = Preamble {
        length: top.length,
        delimiter,
        names: Vec::new(),
        notes: Vec::new(),
    };
    let records = records(rest, is_all, delimiter);
    if let Some(first) = records.first() {
        let quoted = excerpt(&line(first, delimiter));
        if is_prose(&records) {
            return Err(DataError::NotATable {
                kind: "plain text without columns",
                text: quoted,
            });
        }
        let names = names_in(top.comment, delimiter, first.len());
        match first_row(&records) {
            FirstRow::Names if is_run(first) => preamble.notes.push(format!(
                "the first row was taken for the columns' names: \"{quoted}\""
            )),
            FirstRow::Names => {}
            _ if !names.is_empty() => {
                preamble.names = names;
                top.comments -= 1;
            }
            FirstRow::Values => {
                preamble.names = numbered(first.len());
                preamble.notes.push(format!(
                    "the first row holds values, not names (\"{quoted}\"), so the columns are called column_1 and so on"
                ));
            }
            FirstRow::Unclear => return Err(DataError::NoHeader { text: quoted }),
        }
    }
    match top.comments {
        0 => {}
        1 => preamble
            .notes
            .push("a comment line at the top was passed over".to_owned()),
        lines => preamble
            .notes
            .push(format!("{lines} comment lines at the top were passed over")),
    }
    Ok(preamble)
}

/// The lines before the first record.
struct Top<'a> {
    length: usize,
    delimiter: Option<u8>,
    comments: usize,
    /// The last comment, without its sign, and where it starts.
    comment: &'a str,
    comment_start: usize,
}

impl<'a> Top<'a> {
    fn read(sample: &'a [u8], is_all: bool) -> Self {
        let mut top = Self {
            length: 0,
            delimiter: None,
            comments: 0,
            comment: "",
            comment_start: 0,
        };
        loop {
            let rest = sample.get(top.length..).unwrap_or_default();
            let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
            let Some(end) = end.or((is_all && !rest.is_empty()).then_some(rest.len())) else {
                return top;
            };
            let text = str::from_utf8(rest.get(..end).unwrap_or_default()).unwrap_or_default();
            let line = text.trim();
            if let Some(comment) = line.strip_prefix('#') {
                top.comments += 1;
                top.comment = comment;
                top.comment_start = top.length + text.len() - text.trim_start().len();
            } else if let Some(delimiter) =
                named_delimiter(text).filter(|_| top.delimiter.is_none() && top.comments == 0)
            {
                top.delimiter = Some(delimiter);
            } else if !line.is_empty() {
                return top;
            }
            top.length += (end + 1).min(rest.len());
        }
    }
}

/// The delimiter in a line such as `sep=;`.
fn named_delimiter(line: &str) -> Option<u8> {
    let line = line.trim_matches(' ').trim_matches('"');
    let (start, delimiter) = line.split_at_checked(4)?;
    match delimiter.as_bytes() {
        &[delimiter] if start.eq_ignore_ascii_case("sep=") && delimiter.is_ascii() => {
            Some(delimiter)
        }
        _ => None,
    }
}

/// The names in a comment, if they are as many as there are columns, and differ.
fn names_in(comment: &str, delimiter: u8, columns: usize) -> Vec<String> {
    let names: Vec<String> = records(comment.as_bytes(), true, delimiter)
        .into_iter()
        .next()
        .unwrap_or_default();
    let differ = check_names(names.iter().map(String::as_str)).is_ok();
    let are_names = names
        .iter()
        .all(|name| !name.is_empty() && parse_number(name).is_none());
    if names.len() == columns && differ && are_names {
        names
    } else {
        Vec::new()
    }
}

/// So many words in one cell are a sentence rather than a name.
const SENTENCE: usize = 4;

/// Whether lines are sentences that do not fall into columns: one column, or lines that mostly fall apart otherwise than the first. Where
/// a line comes again they are answers.
fn is_prose(records: &[Vec<String>]) -> bool {
    let [first, others @ ..] = records else {
        return false;
    };
    let (mut sentences, mut alike, mut again) = (0, 0, 0);
    for other in others {
        sentences += usize::from(is_sentence(other));
        alike += usize::from(other.len() == first.len());
        again += usize::from(Some(other) == others.first());
    }
    let fall_apart = first.len() == 1 || 2 * alike <= others.len();
    2 * sentences > others.len() && fall_apart && again < 2 && is_sentence(first)
}

fn is_sentence(record: &[String]) -> bool {
    let is_word =
        |word: &&str| word.starts_with(|c: char| c.is_ascii_alphabetic() || !c.is_ascii());
    let mut cells = record.iter();
    cells.any(|cell| cell.split(' ').filter(is_word).count() >= SENTENCE)
}

/// What the first record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FirstRow {
    Names,
    Values,
    Unclear,
}

/// Names are rarely fractions, times, or numbers that repeat; and a word of the first row that its column repeats is
/// a value.
fn first_row(records: &[Vec<String>]) -> FirstRow {
    let Some((first, others)) = records.split_first() else {
        return FirstRow::Names;
    };
    let is_number = |cell: &String| parse_number(cell).is_some();
    let is_fraction = |cell: &String| parse_number(cell).is_some_and(|n| n.fract() != 0.0);
    let is_time = |cell: &String| parse_instant(cell, DateOrder::MonthFirst).is_some();
    let has_value = first.iter().any(|cell| is_fraction(cell) || is_time(cell));
    let no_name = |cell: &String| is_number(cell) || is_time(cell) || is_missing(cell);
    if first.iter().all(no_name) {
        let count = first.iter().filter(|cell| is_number(cell)).count();
        let mut distinct = BTreeSet::new();
        for cell in first.iter().filter(|cell| is_number(cell)) {
            // Owned, as in every other such set: one set in the program is smaller than two.
            distinct.insert(cell.clone());
        }
        let repeats = distinct.len() < count;
        let are_values = has_value || repeats || (count == first.len() && !is_run(first));
        return if are_values {
            FirstRow::Values
        } else {
            FirstRow::Names
        };
    }
    // A header may come again where files were put together.
    let others: Vec<&Vec<String>> = others.iter().filter(|other| *other != first).collect();
    let repeats = |(column, cell): (usize, &String)| {
        let mut below = others.iter().filter_map(|record| record.get(column));
        below.any(|other| other == cell)
    };
    let mut words = first.iter().enumerate().filter(|(_, cell)| !no_name(cell));
    let mut repeated = words.clone().filter(|&word| repeats(word));
    if words.all(repeats) || (has_value && repeated.next().is_some()) {
        FirstRow::Values
    } else if has_value {
        FirstRow::Unclear
    } else {
        FirstRow::Names
    }
}

/// Names for columns that have none.
pub(crate) fn numbered(columns: usize) -> Vec<String> {
    (1..=columns).map(|i| format!("column_{i}")).collect()
}

/// Whether these are the numbers from 0 or 1 on: positions, or the names of classes.
pub(crate) fn is_run(cells: &[String]) -> bool {
    let is_run_from = |start: usize| {
        let mut numbered = cells.iter().zip(start..);
        numbered.all(|(cell, number)| *cell == number.to_string())
    };
    is_run_from(0) || is_run_from(1)
}

fn line(cells: &[String], delimiter: u8) -> String {
    cells.join(&char::from(delimiter).to_string())
}

/// So many records tell what the first one is.
const RECORDS: usize = 200;

/// The trimmed cells of the first records; blank lines and a last record that is cut off do not count.
fn records(sample: &[u8], is_all: bool, delimiter: u8) -> Vec<Vec<String>> {
    let mut parser = parser(delimiter);
    let mut bytes = vec![0; sample.len() + 1];
    let mut ends = vec![0; sample.len() + 1];
    let (mut used, mut fields) = (0, 0);
    let mut records = Vec::new();
    let mut tail: &[u8] = if is_all { b"\n" } else { b"" };
    let mut input = sample;
    while records.len() < RECORDS {
        if input.is_empty() {
            if tail.is_empty() {
                break;
            }
            input = std::mem::take(&mut tail);
        }
        let free_bytes = bytes.get_mut(used..).unwrap_or_default();
        let free_ends = ends.get_mut(fields..).unwrap_or_default();
        let (result, read, written, ended) = parser.read_record(input, free_bytes, free_ends);
        input = input.get(read..).unwrap_or_default();
        used += written;
        fields += ended;
        match result {
            ReadRecordResult::Record => {
                let mut start = 0;
                let cell = |&end: &usize| {
                    let cell = bytes.get(start..end).unwrap_or_default();
                    start = end;
                    trim(str::from_utf8(cell).unwrap_or_default()).to_owned()
                };
                let cells: Vec<String> = ends.iter().take(fields).map(cell).collect();
                if cells.iter().any(|cell| !cell.is_empty()) {
                    records.push(cells);
                }
                (used, fields) = (0, 0);
            }
            ReadRecordResult::InputEmpty => {}
            // There is room for all; were there none, what was read would have to do.
            _ => break,
        }
    }
    records
}

//! A column of which each cell is one of few parts.

use greenlight_data::{Categories, Column, Values, canonical_number, iso_time};
use greenlight_metrics::{NumberCollector, QuantileBins};

use super::condition::{Part, Range};
use super::judged_rows::JudgedRows;

/// So many values of a column are looked at one by one; the others together.
pub const MOST_VALUES: usize = 50;
/// So many ranges of a column of numbers.
const MOST_RANGES: usize = 10;
/// What values that are not looked at one by one are called.
pub(crate) const OTHER: &str = "other";

/// The parts of a column, and which of them each of the judged rows is in: a byte a row.
#[derive(Debug)]
pub(crate) struct CodedColumn {
    pub name: String,
    pub parts: Vec<Part>,
    pub codes: Vec<u8>,
    /// Where the parts are ranges, the lowest value of each but the first, and whether these are moments.
    pub edges: Vec<f64>,
    pub is_time: bool,
}

/// A number for each cell, NaN where there is none.
type NumberOf<'c> = Box<dyn Fn(usize) -> f64 + 'c>;

impl CodedColumn {
    /// The most frequent values, each a part, then the others and the missing ones, where there are any.
    pub fn by_value(column: &Column, rows: &JudgedRows) -> Self {
        match numbers(column) {
            Some((number, is_time)) => Self::by_number(column, &number, is_time, rows),
            None => Self::by_text(column, rows),
        }
    }

    /// Ranges of about as many rows each for numbers and moments, values otherwise.
    pub fn by_range(column: &Column, rows: &JudgedRows) -> Self {
        let Some((number, is_time)) = numbers(column) else {
            return Self::by_text(column, rows);
        };
        let mut collector = NumberCollector::default();
        for (row, count) in rows.iter() {
            // Missing numbers are not finite, and have a part of their own.
            let _ = collector.push(number(row), count);
        }
        let bins = collector.bins(MOST_RANGES);
        let parts = range_parts(&bins, is_time);
        let missing = parts.len() as u8;
        let code = |row: usize| match number(row) {
            value if value.is_nan() => missing,
            value => bins.bin_of(value) as u8,
        };
        Self {
            edges: bins.bins().iter().skip(1).map(|bin| bin.low).collect(),
            is_time,
            ..Self::new(column, parts, rows, 0, code)
        }
    }

    fn by_text(column: &Column, rows: &JudgedRows) -> Self {
        let empty = Categories::default();
        let categories = match &column.values {
            Values::Category(categories) => categories,
            _ => &empty,
        };
        let (codes, texts) = (categories.codes(), categories.dictionary());
        let code_of = |row: usize| codes.get(row).copied().unwrap_or(Categories::MISSING) as usize;
        let mut counts = vec![0_u64; texts.len()];
        for (row, count) in rows.iter() {
            if let Some(rows) = counts.get_mut(code_of(row)) {
                *rows = rows.saturating_add(count);
            }
        }
        let text = |value: usize| texts.get(value).map_or("", String::as_str);
        let is_before = |a: usize, b: usize| text(a) < text(b);
        let (top, folded) = most_frequent(&counts, is_before, |value| text(value) == OTHER);
        let parts: Vec<Part> = top
            .iter()
            .map(|&value| Part::Value(text(value).to_owned()))
            .collect();
        let other = parts.len() as u8;
        let missing = other + u8::from(folded > 0);
        let mut part_of = vec![other; texts.len()];
        for (part, &value) in top.iter().enumerate() {
            if let Some(place) = part_of.get_mut(value) {
                *place = part as u8;
            }
        }
        let code = |row: usize| part_of.get(code_of(row)).copied().unwrap_or(missing);
        Self::new(column, parts, rows, folded, code)
    }

    fn by_number(column: &Column, number: &NumberOf<'_>, is_time: bool, rows: &JudgedRows) -> Self {
        let mut collector = NumberCollector::default();
        for (row, count) in rows.iter() {
            // As above.
            let _ = collector.push(number(row), count);
        }
        // The highest comes first, so of equals the lower one is further on.
        let distinct = collector.distinct();
        let counts: Vec<u64> = distinct.iter().map(|(_, rows)| *rows).collect();
        let (top, folded) = most_frequent(&counts, |a, b| a > b, |_| false);
        let top: Vec<f64> = top
            .iter()
            .filter_map(|&at| distinct.get(at))
            .map(|(value, _)| *value)
            .collect();
        let parts: Vec<Part> = top
            .iter()
            .map(|&value| value_part(value, is_time))
            .collect();
        let other = parts.len() as u8;
        let missing = other + u8::from(folded > 0);
        let code = |row: usize| match number(row) {
            value if value.is_nan() => missing,
            value => top
                .iter()
                .position(|top| *top == value)
                .map_or(other, |part| part as u8),
        };
        Self::new(column, parts, rows, folded, code)
    }

    /// Adds the parts for folded and for missing values, and codes the rows.
    fn new(
        column: &Column,
        mut parts: Vec<Part>,
        rows: &JudgedRows,
        folded: u64,
        code: impl Fn(usize) -> u8,
    ) -> Self {
        if folded > 0 {
            parts.push(Part::Other(folded));
        }
        let codes: Vec<u8> = rows.rows.iter().map(|&row| code(row as usize)).collect();
        if codes.contains(&(parts.len() as u8)) {
            parts.push(Part::Missing);
        }
        Self {
            name: column.name.clone(),
            parts,
            codes,
            edges: Vec::new(),
            is_time: false,
        }
    }

    /// Its codes and how many there are.
    pub fn coded(&self) -> (&[u8], usize) {
        (&self.codes, self.parts.len())
    }
}

/// The cells of a column as numbers, and whether they are moments; `None` for words.
fn numbers(column: &Column) -> Option<(NumberOf<'_>, bool)> {
    match &column.values {
        Values::Number(values) => Some((
            Box::new(|row| values.get(row).copied().unwrap_or(f64::NAN)),
            false,
        )),
        Values::Timestamp(times) => Some((
            Box::new(|row| match times.get(row) {
                // Milliseconds of moments that people write are exact in a double.
                Some(&time) if time != i64::MIN => time as f64,
                _ => f64::NAN,
            }),
            true,
        )),
        _ => None,
    }
}

fn value_part(value: f64, is_time: bool) -> Part {
    Part::Value(match is_time {
        true => iso_time(value as i64),
        false => canonical_number(value),
    })
}

/// A bin of one value is that value; outer ones are open.
fn range_parts(bins: &QuantileBins, is_time: bool) -> Vec<Part> {
    let bins = bins.bins();
    let part = |(index, bin): (usize, &greenlight_metrics::QuantileBin)| {
        if bin.low == bin.high {
            return value_part(bin.low, is_time);
        }
        Part::Range(Range {
            at_least: (index > 0).then_some(bin.low),
            below: bins.get(index + 1).map(|next| next.low),
            or_missing: false,
            is_time,
        })
    };
    bins.iter().enumerate().map(part).collect()
}

/// The values that most rows have, most first, and how many further ones there are. Where there are any, a value for which
/// `is_folded` says so is among them.
pub(super) fn most_frequent(
    counts: &[u64],
    is_before: impl Fn(usize, usize) -> bool,
    is_folded: impl Fn(usize) -> bool,
) -> (Vec<usize>, u64) {
    let distinct = counts.iter().filter(|count| **count > 0).count();
    let folds = distinct > MOST_VALUES;
    let mut top: Vec<usize> = Vec::with_capacity(MOST_VALUES + 1);
    for (value, &count) in counts.iter().enumerate() {
        if count == 0 || folds && is_folded(value) {
            continue;
        }
        let place = top.partition_point(|&known| {
            let known_count = counts.get(known).copied().unwrap_or(0);
            known_count > count || known_count == count && is_before(known, value)
        });
        if place < MOST_VALUES {
            top.insert(place, value);
            top.truncate(MOST_VALUES);
        }
    }
    let folded = (distinct - top.len()) as u64;
    (top, folded)
}

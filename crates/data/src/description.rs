//! What a column holds, in a few words: for a person who checks how it was read.

use crate::table::{Column, ColumnKind};
use crate::time::{MISSING, iso_time};
use crate::values::{Categories, Values};
use serde::{Deserialize, Serialize};

/// So many distinct numbers or points in time are told apart.
pub const MOST_DISTINCT: usize = 50;
/// So many values stand for the others.
const EXAMPLES: usize = 5;
/// So many characters of each are shown.
const EXAMPLE_CHARACTERS: usize = 40;

/// What a column holds, of a size that does not grow with its rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// What its cells are.
    pub kind: ColumnKind,
    /// Rows without a value.
    pub missing: u64,
    /// Rows whose value is not of the column's kind; they do not count as missing.
    pub strays: u64,
    /// How many different values there are; `None` for more than [`MOST_DISTINCT`] numbers or points in time.
    pub distinct: Option<u64>,
    /// The least and the largest, where there is one.
    pub range: Option<ValueRange>,
    /// The first different values, each shortened to 40 characters.
    pub examples: Vec<String>,
    /// Where the cells were left in the file: how many of the first rows this was told from.
    pub told_from: Option<u64>,
}

/// The least and the largest value of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ValueRange {
    /// Of numbers.
    Numbers(f64, f64),
    /// Of points in time, in ISO 8601.
    Times(String, String),
}

impl Column {
    /// Describes the column. One pass over its rows.
    ///
    /// ```
    /// # use greenlight_data::Column;
    /// let column = Column::numbers("age", vec![31.0, f64::NAN, 47.0, 31.0]);
    /// let description = column.describe();
    /// assert_eq!((description.missing, description.distinct), (1, Some(2)));
    /// assert_eq!(description.examples, ["31", "47"]);
    /// ```
    pub fn describe(&self) -> Description {
        let (found, range) = match &self.values {
            Values::Deferred(deferred) => {
                return Description {
                    told_from: Some(deferred.sample.values.len() as u64),
                    ..deferred.sample.describe()
                };
            }
            Values::Number(numbers) => of_numbers(numbers),
            Values::Timestamp(times) => of_times(times),
            Values::Category(categories) => (of_categories(categories), None),
        };
        let strays = self.strays.len();
        Description {
            kind: self.kind(),
            missing: found.empty.saturating_sub(strays) as u64,
            strays: strays as u64,
            distinct: found.distinct.map(|distinct| distinct as u64),
            range,
            examples: found
                .examples
                .iter()
                .filter_map(|&row| Some(shortened(&self.values.text(row)?)))
                .collect(),
            told_from: None,
        }
    }
}

/// What a pass over the rows finds.
struct Found {
    /// Rows without a value of the column's kind.
    empty: usize,
    distinct: Option<usize>,
    /// The rows of the first different values.
    examples: Vec<usize>,
}

fn of_numbers(numbers: &[f64]) -> (Found, Option<ValueRange>) {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut seen = Seen::default();
    let mut empty = 0;
    for (row, &number) in numbers.iter().enumerate() {
        if number.is_nan() {
            empty += 1;
            continue;
        }
        (least, most) = (least.min(number), most.max(number));
        // The two zeros are one number.
        seen.add(row, (number + 0.0).to_bits());
    }
    let range = (least <= most).then_some(ValueRange::Numbers(least, most));
    (seen.found(empty), range)
}

fn of_times(times: &[i64]) -> (Found, Option<ValueRange>) {
    let (mut least, mut most) = (i64::MAX, i64::MIN);
    let mut seen = Seen::default();
    let mut empty = 0;
    for (row, &time) in times.iter().enumerate() {
        if time == MISSING {
            empty += 1;
            continue;
        }
        (least, most) = (least.min(time), most.max(time));
        seen.add(row, time as u64);
    }
    let range = (least <= most).then(|| ValueRange::Times(iso_time(least), iso_time(most)));
    (seen.found(empty), range)
}

/// Texts are told apart already, and coded in the order in which they first appear.
fn of_categories(categories: &Categories) -> Found {
    let mut examples = Vec::new();
    let mut empty = 0;
    for (row, &code) in categories.codes().iter().enumerate() {
        if code == Categories::MISSING {
            empty += 1;
        } else if code as usize == examples.len() && examples.len() < EXAMPLES {
            examples.push(row);
        }
    }
    Found {
        empty,
        distinct: Some(categories.dictionary().len()),
        examples,
    }
}

/// Tells values apart until there are too many.
#[derive(Default)]
struct Seen {
    /// In order, for a search by halves.
    values: Vec<u64>,
    latest: Option<u64>,
    examples: Vec<usize>,
}

impl Seen {
    #[inline]
    fn add(&mut self, row: usize, value: u64) {
        if self.latest != Some(value) && self.values.len() <= MOST_DISTINCT {
            self.latest = Some(value);
            if let Err(place) = self.values.binary_search(&value) {
                self.values.insert(place, value);
                if self.examples.len() < EXAMPLES {
                    self.examples.push(row);
                }
            }
        }
    }

    fn found(self, empty: usize) -> Found {
        let distinct = self.values.len();
        Found {
            empty,
            distinct: (distinct <= MOST_DISTINCT).then_some(distinct),
            examples: self.examples,
        }
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(EXAMPLE_CHARACTERS) {
        None => text.to_owned(),
        // The sign is one of the characters.
        Some(_) => text
            .chars()
            .take(EXAMPLE_CHARACTERS - 1)
            .chain(['…'])
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::read_table;

    #[test]
    fn each_kind_of_column_is_described() {
        let csv = b"score,label,at,fraud\n0.5,ham,2024-01-02T00:00:00Z,yes\n-0.0,spam,2024-01-01T00:00:00Z,no\n0,ham,,yes\n,,2024-01-03T00:00:00Z,\n";
        let table = read_table(csv).unwrap();
        let [score, label, at, fraud] = [0, 1, 2, 3].map(|i| table.columns()[i].describe());
        assert_eq!(score.kind, ColumnKind::Number);
        assert_eq!((score.missing, score.distinct), (1, Some(2)));
        assert_eq!(score.range, Some(ValueRange::Numbers(0.0, 0.5)));
        assert_eq!(score.examples, ["0.5", "0"]);
        assert_eq!((label.missing, label.distinct), (1, Some(2)));
        assert_eq!(label.examples, ["ham", "spam"]);
        assert_eq!(label.range, None);
        assert_eq!((at.kind, at.missing), (ColumnKind::Timestamp, 1));
        let Some(ValueRange::Times(first, last)) = at.range else {
            panic!("times have a range")
        };
        assert!(first.starts_with("2024-01-01") && last.starts_with("2024-01-03"));
        assert_eq!(fraud.kind, ColumnKind::Boolean);
    }

    #[test]
    fn strays_are_not_missing() {
        let mut csv = "latency\n".to_owned();
        csv += &"12\n".repeat(30);
        csv += "timeout\n\n";
        let table = read_table(csv.as_bytes()).unwrap();
        let latency = table.columns()[0].describe();
        assert_eq!((latency.strays, latency.kind), (1, ColumnKind::Number));
        assert_eq!(latency.missing, table.rows() as u64 - 31);
        assert_eq!(latency.distinct, Some(1));
    }

    #[test]
    fn many_values_are_not_told_apart_and_long_ones_are_shortened() {
        let distinct = |count: u32| {
            let numbers = (0..count).chain(0..count).map(f64::from).collect();
            Column::numbers("n", numbers).describe().distinct
        };
        assert_eq!((distinct(50), distinct(51)), (Some(50), None));
        let long = "é".repeat(41);
        let just = "é".repeat(40);
        let column = Column::categories("c", [Some(long.as_str()), Some(just.as_str())]);
        let examples = column.describe().examples;
        assert_eq!(examples, [format!("{}…", "é".repeat(39)), just]);
    }

    #[test]
    fn a_column_without_values_has_neither_range_nor_examples() {
        let description = Column::numbers("n", vec![f64::NAN, f64::NAN]).describe();
        assert_eq!((description.missing, description.distinct), (2, Some(0)));
        assert_eq!(description.range, None);
        assert!(description.examples.is_empty());
    }
}

//! What rows have in common, in a form that speaks.

use std::fmt;

use greenlight_data::iso_time;
use greenlight_format as format;
use serde::{Deserialize, Serialize};

/// What holds for one column of some rows.
///
/// ```
/// use greenlight_readiness::examination::{Condition, Part, Range};
///
/// let part = Part::Range(Range { at_least: Some(1_200.0), ..Range::default() });
/// let far = Condition { column: "distance".into(), part };
/// assert_eq!(far.to_string().replace('\u{202f}', ","), "distance ≥ 1,200");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// The column.
    pub column: String,
    /// Which of its cells.
    pub part: Part,
}

/// Some of the cells of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Part {
    /// Those of one value.
    Value(String),
    /// Those of all others, empty ones among them.
    Except(String),
    /// Those of a range of numbers or times.
    Range(Range),
    /// Those of so many values that are too rare to be looked at one by one.
    Other(u64),
    /// Empty ones.
    Missing,
    /// Those that are not empty.
    Present,
}

/// From one number, or moment in milliseconds since 1970, up to but without another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The lower end.
    pub at_least: Option<f64>,
    /// The upper end, which is not in it.
    pub below: Option<f64>,
    /// Whether empty cells are in it as well.
    pub or_missing: bool,
    /// Whether the ends are moments.
    pub is_time: bool,
}

impl Range {
    /// An end in words.
    pub fn end(&self, value: f64) -> String {
        match self.is_time {
            true => iso_time(value as i64),
            false => number(value),
        }
    }

    /// What lies in both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let tighter = |a: Option<f64>, b: Option<f64>, of: fn(f64, f64) -> f64| match (a, b) {
            (Some(a), Some(b)) => Some(of(a, b)),
            (a, b) => a.or(b),
        };
        Self {
            at_least: tighter(self.at_least, other.at_least, f64::max),
            below: tighter(self.below, other.below, f64::min),
            or_missing: self.or_missing && other.or_missing,
            is_time: self.is_time,
        }
    }
}

/// Whole numbers in full; others with as many figures as tell them from their neighbours.
fn number(value: f64) -> String {
    const SHORT: usize = 8;
    let exact = format::exact(value);
    match value.fract() == 0.0 {
        true => format::significant(value, 1),
        false if exact.chars().count() <= SHORT => exact,
        false => format::significant(value, 5),
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = &self.column;
        match &self.part {
            Part::Value(value) => write!(f, "{column} is “{value}”"),
            Part::Except(value) => write!(f, "{column} is not “{value}”"),
            Part::Other(values) => {
                let values = format::count(*values);
                write!(f, "{column} is one of its {values} rare values")
            }
            Part::Missing => write!(f, "{column} is missing"),
            Part::Present => write!(f, "{column} is there"),
            Part::Range(range) => {
                let end = |value: f64| range.end(value);
                match (range.at_least, range.below) {
                    (Some(low), Some(high)) => {
                        write!(f, "{} ≤ {column} < {}", end(low), end(high))?;
                    }
                    (Some(low), None) => write!(f, "{column} ≥ {}", end(low))?,
                    (None, Some(high)) => write!(f, "{column} < {}", end(high))?,
                    (None, None) => write!(f, "{column} is any number")?,
                }
                match range.or_missing {
                    true => f.write_str(" or missing"),
                    false => Ok(()),
                }
            }
        }
    }
}

/// Conditions that hold together, in words.
///
/// ```
/// use greenlight_readiness::examination::{Condition, Part, in_words};
///
/// let is = |column: &str, value: &str| Condition { column: column.into(), part: Part::Value(value.into()) };
/// let both = in_words(&[is("carrier", "MQ"), is("origin", "JFK")]);
/// assert_eq!(both, "carrier is “MQ” and origin is “JFK”");
/// ```
pub fn in_words(conditions: &[Condition]) -> String {
    if conditions.is_empty() {
        return "all rows".to_owned();
    }
    let words: Vec<String> = conditions.iter().map(ToString::to_string).collect();
    words.join(" and ")
}

//! What the cells of a column hold, one entry a row.

use crate::dictionary::Dictionary;
use crate::number::canonical_number;
use crate::table::Column;
use crate::time::{MISSING, iso_time};
use std::borrow::Cow;

/// The values of a column, one a row of the table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Values {
    /// Numbers; NaN where the cell is missing or a [`Stray`].
    Number(Vec<f64>),
    /// Texts, each distinct one stored once.
    Category(Categories),
    /// Milliseconds since 1970 began in UTC; `i64::MIN` where the cell is missing or a [`Stray`].
    Timestamp(Vec<i64>),
    /// Cells that were left in the file, to be read when they are needed.
    Deferred(Box<Deferred>),
}

/// A column of which only the first cells are in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Deferred {
    /// How many rows there are.
    pub rows: usize,
    /// The column as the first of them have it.
    pub sample: Column,
}

impl Values {
    /// How many rows there are, missing ones included.
    pub fn len(&self) -> usize {
        match self {
            Values::Number(numbers) => numbers.len(),
            Values::Category(categories) => categories.codes.len(),
            Values::Timestamp(times) => times.len(),
            Values::Deferred(deferred) => deferred.rows,
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a row as text, numbers in their canonical form, times in ISO 8601; `None` where it is missing,
    /// or was left in the file.
    ///
    /// ```
    /// # use greenlight_data::Values;
    /// let values = Values::Number(vec![1.0, f64::NAN]);
    /// assert_eq!(values.text(0).as_deref(), Some("1"));
    /// assert_eq!(values.text(1), None);
    /// ```
    pub fn text(&self, row: usize) -> Option<Cow<'_, str>> {
        match self {
            Values::Number(numbers) => numbers
                .get(row)
                .filter(|number| !number.is_nan())
                .map(|&number| canonical_number(number).into()),
            Values::Category(categories) => categories.text(row).map(Cow::Borrowed),
            Values::Timestamp(times) => times
                .get(row)
                .filter(|&&time| time != MISSING)
                .map(|&time| iso_time(time).into()),
            Values::Deferred(_) => None,
        }
    }
}

/// Texts by code: a small number a row, and each distinct text once, in order of first appearance.
///
/// ```
/// # use greenlight_data::Categories;
/// let animals = Categories::from_texts([Some("cat"), Some("dog"), None, Some("cat")]);
/// assert_eq!(animals.dictionary(), ["cat", "dog"]);
/// assert_eq!(animals.codes(), [0, 1, Categories::MISSING, 0]);
/// assert_eq!(animals.text(1), Some("dog"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Categories {
    codes: Vec<u32>,
    dictionary: Vec<String>,
}

impl Categories {
    /// The code of a row without a value.
    pub const MISSING: u32 = u32::MAX;

    /// Codes the texts of all rows; `None` is missing.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> Self {
        let mut dictionary = Dictionary::default();
        let codes = texts
            .into_iter()
            .map(|text| text.map_or(Self::MISSING, |text| dictionary.code(text)))
            .collect();
        Self {
            codes,
            dictionary: dictionary.into_texts(),
        }
    }

    pub(crate) fn new(codes: Vec<u32>, dictionary: Vec<String>) -> Self {
        Self { codes, dictionary }
    }

    /// One code a row: a position in the dictionary, or [`Categories::MISSING`].
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The distinct texts in order of first appearance.
    pub fn dictionary(&self) -> &[String] {
        &self.dictionary
    }

    /// The text of a row; `None` where it is missing.
    pub fn text(&self, row: usize) -> Option<&str> {
        let code = *self.codes.get(row)?;
        self.dictionary.get(code as usize).map(String::as_str)
    }
}

/// A cell of a column of numbers or times that is neither that nor missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// The row, counted from 0.
    pub row: usize,
    /// What it says, trimmed.
    pub text: String,
}

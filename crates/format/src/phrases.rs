//! What numbers and words need to stand in a sentence.

use crate::significant;

/// Below this a p-value says no more.
pub(crate) const SMALLEST_P: f64 = 0.001;

/// A p-value to two figures, or that it is below 0.001: what stands in a table.
///
/// ```
/// use greenlight_format::p_value;
/// assert_eq!(p_value(0.0312), "0.031");
/// assert_eq!(p_value(0.0002), "< 0.001");
/// ```
#[must_use]
pub fn p_value(p: f64) -> String {
    match p < SMALLEST_P {
        true => String::from("< 0.001"),
        false => significant(p, 2),
    }
}

/// A p-value with its name: what stands in a sentence.
///
/// ```
/// use greenlight_format::p_equals;
/// assert_eq!(p_equals(0.0312), "p = 0.031");
/// assert_eq!(p_equals(0.0002), "p < 0.001");
/// ```
#[must_use]
pub fn p_equals(p: f64) -> String {
    match p < SMALLEST_P {
        true => format!("p {}", p_value(p)),
        false => format!("p = {}", p_value(p)),
    }
}

/// With its first letter in upper case: a part of a sentence that stands at the beginning of one.
///
/// ```
/// use greenlight_format::capitalised;
/// assert_eq!(capitalised("écart of recall"), "Écart of recall");
/// ```
#[must_use]
pub fn capitalised(text: &str) -> String {
    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    first.to_uppercase() + rest
}

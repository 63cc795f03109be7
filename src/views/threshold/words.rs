//! Words that several parts of the view use.

use greenlight_format as format;

/// An amount with its currency, where it has one.
pub fn amount(value: f64, currency: &str) -> String {
    let number = format::significant(value, 4);
    match currency {
        "" => number,
        currency => format!("{number}{}{currency}", format::SPACE),
    }
}

/// Some rows in a sentence.
pub fn split(name: Option<&str>) -> String {
    name.map_or_else(|| "all rows".to_owned(), |name| format!("“{name}”"))
}

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

/// A total told by the row, since rows differ in number from split to split.
pub fn a_row(total: f64, rows: u64, currency: &str) -> String {
    format!("{} a row", amount(total / rows.max(1) as f64, currency))
}

/// What costs are counted in where a false alert costs 1 and right answers nothing.
pub const FALSE_ALERTS: &str = "false alerts";

/// What all answers cost together.
pub fn in_all(total: f64, currency: &str) -> String {
    match currency {
        // Not to be taken for their number.
        FALSE_ALERTS => format!("as much as {}", amount(total, currency)),
        _ => format!("{} in all", amount(total, currency)),
    }
}

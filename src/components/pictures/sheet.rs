//! The numbers of a picture as a table: for people, and as CSV.

use greenlight_charts::Unit;
use greenlight_format::{self as format, Told, csv::push_record};

/// A cell: as people read it, and in full.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// For people.
    pub shown: String,
    /// For programs.
    pub exact: String,
    /// Whether it is a number, which stands at the right.
    pub is_number: bool,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Column names: for people, and for programs.
    pub head: Vec<(String, String)>,
    /// The rows; the first cell names each.
    pub rows: Vec<Vec<Cell>>,
}

impl Cell {
    /// Words.
    pub fn words(text: impl Into<String>) -> Self {
        let shown: String = text.into();
        let exact = shown.replace(format::SPACE, " ");
        Self {
            shown,
            exact,
            is_number: false,
        }
    }

    /// A number; one that does not exist is empty for programs.
    pub fn number(value: f64, unit: Unit) -> Self {
        Self {
            shown: shown(value, unit),
            exact: match value.is_finite() {
                true => value.to_string(),
                false => String::new(),
            },
            is_number: true,
        }
    }

    /// The same with ≈ before it for people, where it was rounded.
    pub fn told(self, told: Told) -> Self {
        Self {
            shown: told.mark(self.shown),
            ..self
        }
    }

    /// A count.
    pub fn count(count: u64) -> Self {
        Self {
            shown: format::count(count),
            exact: count.to_string(),
            is_number: true,
        }
    }
}

impl Sheet {
    /// Adds a column name.
    pub fn column(&mut self, shown: impl Into<String>, name: impl Into<String>) {
        self.head.push((shown.into(), name.into()));
    }

    /// All of it as CSV.
    pub fn csv(&self) -> String {
        let mut text = String::new();
        let head: Vec<&str> = self.head.iter().map(|(_, name)| name.as_str()).collect();
        push_record(&mut text, &head);
        for row in &self.rows {
            let row: Vec<&str> = row.iter().map(|cell| cell.exact.as_str()).collect();
            push_record(&mut text, &row);
        }
        text
    }
}

/// A number of that unit for people.
pub fn shown(value: f64, unit: Unit) -> String {
    match unit {
        _ if !value.is_finite() => format::undefined(),
        Unit::Share => format::percent(value),
        Unit::Milliseconds => format::duration_ms(value),
        Unit::Count if value >= 0.0 => format::count(value.round() as u64),
        Unit::Count | Unit::Plain => format::significant(value, 3),
    }
}

/// An interval of that unit for people; `None` where neither end exists.
pub fn shown_interval((low, high): (f64, f64), unit: Unit, told: Told) -> Option<String> {
    let shown = |end| told.mark(shown(end, unit));
    match (low.is_finite(), high.is_finite()) {
        (false, false) => None,
        _ if unit == Unit::Share => Some(told.mark(format::percent_interval(low, high))),
        (true, true) => Some(format!("{} to {}", shown(low), shown(high))),
        (true, false) => Some(format!("≥{}{}", format::SPACE, shown(low))),
        (false, true) => Some(format!("≤{}{}", format::SPACE, shown(high))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_exist_is_empty_for_programs() {
        let mut sheet = Sheet::default();
        sheet.column("Week", "week");
        sheet.column("Accuracy", "accuracy");
        sheet.rows.push(vec![
            Cell::words(format!("3{}Mar", format::SPACE)),
            Cell::number(f64::NAN, Unit::Share),
        ]);
        sheet
            .rows
            .push(vec![Cell::words("=x"), Cell::number(0.925, Unit::Share)]);
        assert_eq!(sheet.csv(), "week,accuracy\r\n3 Mar,\r\n'=x,0.925\r\n");
        assert_eq!(sheet.rows[0][1].shown, "–");
        assert_eq!(
            shown_interval((f64::NAN, f64::NAN), Unit::Share, Told::Exactly),
            None
        );
    }
}

//! Which calls failed, told from a column of error codes, messages or words for yes and no.

use greenlight_data::{
    Categories, Column, ColumnId, Roles, Table, Values, boolean_of, parse_number,
};

use crate::absent::Absent;
use crate::classes::{ClassCell, ClassColumn, Classes, stray};

/// A column read as "failed" or "fine".
///
/// | a cell that | is |
/// | --- | --- |
/// | is missing or empty | fine |
/// | is a number | fine for 0, and for 100 to 399, as HTTP has it; else an error |
/// | says no: `false`, `no` … | fine |
/// | says yes: `true`, `yes` … | an error |
/// | says `ok`, `success` or `none`, whatever its case | fine |
/// | says anything else | an error |
#[derive(Clone, Debug)]
pub enum ErrorColumn<'t> {
    /// Dictionary codes, and whether each is an error.
    Coded {
        /// The column.
        categories: &'t Categories,
        /// By code.
        is_error: Vec<bool>,
    },
    /// Numbers, with words here and there, or times of failure.
    Other {
        /// The column.
        column: &'t Column,
    },
}

impl<'t> ErrorColumn<'t> {
    /// Reads `column`.
    pub fn new(column: &'t Column) -> Self {
        match &column.values {
            Values::Category(categories) => Self::Coded {
                categories,
                is_error: categories
                    .dictionary()
                    .iter()
                    .map(|text| is_error_text(text))
                    .collect(),
            },
            _ => Self::Other { column },
        }
    }

    /// Whether the call in `row` failed.
    pub fn is_error(&self, row: usize) -> bool {
        match self {
            Self::Coded {
                categories,
                is_error,
            } => {
                let code = categories.codes().get(row);
                let known = code.and_then(|&code| is_error.get(code as usize));
                known.copied().unwrap_or(false)
            }
            Self::Other { column } => match &column.values {
                Values::Number(values) => match values.get(row) {
                    Some(&value) if !value.is_nan() => is_error_code(value),
                    _ => stray(column, row).is_some_and(is_error_text),
                },
                Values::Timestamp(times) => times.get(row).is_some_and(|&time| time != i64::MIN),
                _ => false,
            },
        }
    }
}

/// The column that says which calls failed.
///
/// # Errors
/// When there is none, or when it marks exactly the wrong answers: a column called `error` may well
/// say that the model erred, and leaving out those rows would make every model perfect.
pub(crate) fn error_column(
    table: &Table,
    roles: &Roles,
    classes: &Classes,
) -> Result<ColumnId, Absent> {
    let id = roles.error.ok_or(Absent::NoErrorColumn)?;
    let column = table.column(id).ok_or(Absent::NoErrorColumn)?;
    match marks_wrong_answers(table, roles, classes, &ErrorColumn::new(column)) {
        true => Err(Absent::MarksWrongAnswers {
            column: column.name.clone(),
        }),
        false => Ok(id),
    }
}

/// Whether the rows that `errors` marks are those whose prediction is not their label, and all have
/// both. Looks no further than the first row that says otherwise.
fn marks_wrong_answers(
    table: &Table,
    roles: &Roles,
    classes: &Classes,
    errors: &ErrorColumn<'_>,
) -> bool {
    let class_column = |id: Option<ColumnId>| ClassColumn::new(table.column(id?)?, classes.names());
    let (Some(label), Some(prediction)) =
        (class_column(roles.label), class_column(roles.prediction))
    else {
        return false;
    };
    let mut has_wrong = false;
    let mut rows = (0..table.rows()).filter(|&row| !table.is_rejected(row));
    let marks_all = rows.all(|row| match (label.class(row), prediction.class(row)) {
        (ClassCell::Class(actual), ClassCell::Class(predicted)) => {
            has_wrong |= actual != predicted;
            errors.is_error(row) == (actual != predicted)
        }
        _ => !errors.is_error(row),
    });
    marks_all && has_wrong
}

fn is_error_text(text: &str) -> bool {
    const FINE: [&str; 4] = ["ok", "success", "none", ""];
    if let Some(code) = parse_number(text) {
        return is_error_code(code);
    }
    boolean_of(text).unwrap_or_else(|| {
        !FINE
            .iter()
            .any(|fine| fine.eq_ignore_ascii_case(text.trim()))
    })
}

fn is_error_code(code: f64) -> bool {
    code != 0.0 && !(100.0..400.0).contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_as_an_error() {
        for (text, is_error) in [
            ("", false),
            ("0", false),
            ("0.0", false),
            ("100", false),
            ("200", false),
            ("302", false),
            ("399", false),
            ("400", true),
            ("404", true),
            ("503", true),
            ("1", true),
            ("-1", true),
            ("99", true),
            ("0.5", true),
            ("false", false),
            ("No", false),
            ("TRUE", true),
            ("yes", true),
            ("OK", false),
            ("Success", false),
            ("none", false),
            ("timeout", true),
            ("ok, but late", true),
        ] {
            assert_eq!(is_error_text(text), is_error, "{text:?}");
        }
    }

    #[test]
    fn columns_of_every_kind_can_say_so() {
        let words = Column::categories("error", [Some("ok"), None, Some("timeout")]);
        let codes = Column::numbers("status", vec![200.0, f64::NAN, 500.0]);
        let times = Column::times("failed_at", vec![i64::MIN, i64::MIN, 0]);
        for column in [words, codes, times] {
            let errors = ErrorColumn::new(&column);
            let rows = [0, 1, 2, 3].map(|row| errors.is_error(row));
            assert_eq!(rows, [false, false, true, false], "{}", column.name);
        }
    }
}

//! What people paste or type: a whole table, lists that belong together, or a matrix of counts.

mod matrix;

pub use matrix::{certain_matrix, table_of_matrix};

use crate::error::DataError;
use crate::number::parse_number;
use crate::number_format::split_suffix;
use crate::reader::read_table;
use crate::rejections::Rejections;
use crate::roles::Role;
use crate::row_set::RowSet;
use crate::table::{Column, Table};
use crate::text::{excerpt, is_missing, is_missing_among_numbers, trim};
use crate::typing::{ColumnBuilder, Customs, Doubts};
use crate::values::Values;

/// The table in a text that was pasted: anything that a file may hold, or a matrix of counts that is beyond doubt one
/// (see [`certain_matrix`]).
///
/// ```
/// # use greenlight_data::read_pasted;
/// assert_eq!(read_pasted("label\tscore\n1\t0.9\n0\t0.2")?.rows(), 2);
/// assert_eq!(read_pasted("90 10\n5 95")?.columns()[2].name, "count");
/// # Ok::<(), greenlight_data::DataError>(())
/// ```
pub fn read_pasted(text: &str) -> Result<Table, DataError> {
    match certain_matrix(text) {
        Some(table) => Ok(table),
        None => read_table(text.as_bytes()),
    }
}

/// The table of lists that belong together, each with the part that it plays: a value a line, or values between commas,
/// semicolons, tabs or spaces. Columns are named after their roles; lists without a value do not count.
///
/// A blank line between others is a missing value. A first line above numbers that is none is passed over in all lists.
///
/// ```
/// # use greenlight_data::{Role, table_of_lists};
/// let lists = [(Role::Label, "1, 0, 1"), (Role::Score, "0.9\n0.2\n0.8")];
/// assert_eq!(table_of_lists(lists)?.rows(), 3);
/// let error = table_of_lists([(Role::Label, "1 0 1"), (Role::Score, "0.9")]).unwrap_err();
/// assert_eq!(error.to_string(), "the score has 1 values, the label has 3; give one value per prediction to each");
/// # Ok::<(), greenlight_data::DataError>(())
/// ```
pub fn table_of_lists<'a>(
    lists: impl IntoIterator<Item = (Role, &'a str)>,
) -> Result<Table, DataError> {
    let mut lists: Vec<(Role, Vec<&str>)> = lists
        .into_iter()
        .map(|(role, text)| (role, values(role, text)))
        .filter(|(_, values)| !values.is_empty())
        .collect();
    if lists
        .iter()
        .any(|(role, values)| is_measured(*role) && has_title(values))
    {
        for (_, values) in &mut lists {
            values.remove(0);
        }
    }
    let Some((first, first_values)) = lists.first() else {
        return Err(DataError::Empty);
    };
    for (position, (role, values)) in lists.iter().enumerate() {
        if values.len() != first_values.len() {
            return Err(DataError::UnequalLists {
                first: first.name(),
                first_values: first_values.len(),
                second: role.name(),
                second_values: values.len(),
            });
        }
        if lists.iter().take(position).any(|(other, _)| other == role) {
            return Err(DataError::DuplicateList { role: role.name() });
        }
    }
    let rows = first_values.len();
    if rows == 0 {
        return Err(DataError::Empty);
    }
    let mut doubts = Doubts::default();
    let column = |(role, values): &(Role, Vec<&str>)| {
        let mut column = ColumnBuilder::new();
        values.iter().for_each(|value| column.push(value));
        let customs = Customs {
            decimal_comma: is_measured(*role),
        };
        column.finish(role.name().to_owned(), customs, &mut doubts)
    };
    let columns: Vec<Column> = lists.iter().map(column).collect();
    for ((role, values), column) in lists.iter().zip(&columns) {
        if is_measured(*role) && !matches!(column.values, Values::Number(_)) {
            return Err(not_a_number(*role, values));
        }
    }
    Ok(Table::new(
        columns,
        rows,
        Rejections::default(),
        RowSet::default(),
        doubts.into_notes().collect(),
    ))
}

/// The first value that keeps a list from being numbers.
fn not_a_number(role: Role, values: &[&str]) -> DataError {
    let is_odd = |value: &&str| {
        !is_missing(value) && !is_missing_among_numbers(value) && parse_number(value).is_none()
    };
    let row = values.iter().position(is_odd).unwrap_or_default();
    DataError::NotANumber {
        role: role.name(),
        row: row + 1,
        text: excerpt(values.get(row).unwrap_or(&"")),
    }
}

/// Whether a role's values are numbers with fractions.
fn is_measured(role: Role) -> bool {
    matches!(role, Role::Score | Role::Latency | Role::Cost)
}

/// The values of a list.
fn values(role: Role, text: &str) -> Vec<&str> {
    let is_bracket = |c: char| matches!(c, '[' | ']' | '(' | ')');
    let text = text.trim().trim_matches(is_bracket).trim();
    if text.is_empty() {
        return Vec::new();
    }
    let lines: Vec<&str> = text
        .lines()
        .map(|line| trim(line).trim_end_matches([',', ';']))
        .collect();
    let separator = [';', '\t', ',', '|']
        .into_iter()
        .find(|&separator| lines.iter().any(|line| line.contains(separator)));
    // The first line may be a title.
    let has_decimal_commas = || lines.iter().skip(1).all(|line| is_decimal(line));
    let values: Vec<&str> = match separator {
        Some(',') if is_measured(role) && lines.len() > 1 && has_decimal_commas() => lines,
        Some(separator) => lines
            .iter()
            .flat_map(|line| line.split(separator))
            .collect(),
        None if lines.len() == 1 && !has_unit(text) => text.split_whitespace().collect(),
        None => lines,
    };
    values.into_iter().map(unquoted).collect()
}

/// Whether a line can be one number with a decimal comma.
fn is_decimal(line: &str) -> bool {
    let mut parts = line.split(',');
    let is_digits =
        |part: Option<&str>| part.is_none_or(|part| part.bytes().any(|b| b.is_ascii_digit()));
    is_digits(parts.next())
        && !line.contains(", ")
        && is_digits(parts.next())
        && parts.next().is_none()
}

/// Whether a line is one number with its unit: `120 ms`.
fn has_unit(line: &str) -> bool {
    split_suffix(line).is_some_and(|(number, _)| !number.contains(char::is_whitespace))
}

fn unquoted(value: &str) -> &str {
    let value = trim(value);
    let inner = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

/// Whether the first of several values is a title: no number above a number.
fn has_title(values: &[&str]) -> bool {
    let is_number = |text: &str| split_suffix(text).is_some();
    match values {
        [first, second, ..] => !is_number(first) && !is_missing(first) && is_number(second),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::Values;

    fn read(role: Role, text: &str) -> Vec<&str> {
        values(role, text)
    }

    #[test]
    fn a_value_that_is_no_number_is_named() {
        let lists = [(Role::Label, "1\n0\n1"), (Role::Score, "0.9\nn/a\nhigh")];
        let error = table_of_lists(lists).unwrap_err().to_string();
        assert!(
            error.starts_with("value 3 of the score, “high”, is not a number"),
            "{error}"
        );
        let lists = [(Role::Label, "1\n0\n1"), (Role::Score, "0.9\n0,7\n0.8")];
        let error = table_of_lists(lists).unwrap_err().to_string();
        assert!(error.starts_with("value 2 of the score, “0,7”"), "{error}");
    }

    #[test]
    fn lists_come_in_many_forms() {
        for (role, text, expected) in [
            (Role::Label, "1\n0\n\n1\n", &["1", "0", "", "1"][..]),
            (Role::Label, "1,0,,1", &["1", "0", "", "1"]),
            (Role::Label, "1 0  1", &["1", "0", "1"]),
            (Role::Label, "[1, 0, 1]", &["1", "0", "1"]),
            (Role::Label, "['not spam', \"spam\"]", &["not spam", "spam"]),
            (Role::Label, "not spam\r\nspam\r\n", &["not spam", "spam"]),
            (Role::Label, "1,0,\n0,1,\n", &["1", "0", "0", "1"]),
            (Role::Label, "1,0\n0,1", &["1", "0", "0", "1"]),
            (Role::Score, "0,5\n1\n0,25", &["0,5", "1", "0,25"]),
            (Role::Score, "0,5;0,25", &["0,5", "0,25"]),
            (Role::Score, "0.5, 0.25", &["0.5", "0.25"]),
            (Role::Latency, "120 ms\n85 us", &["120 ms", "85 us"]),
            (Role::Latency, "120 ms", &["120 ms"]),
            (Role::Latency, "  \n", &[]),
        ] {
            assert_eq!(read(role, text), expected, "{text:?}");
        }
    }

    #[test]
    fn lists_make_a_table() {
        let lists = [
            (Role::Label, "y\nspam\nham"),
            (Role::Prediction, ""),
            (Role::Score, "p\n0,9\n0,1"),
            (Role::Latency, "ms\n1 s\n20 ms"),
        ];
        let table = table_of_lists(lists).unwrap();
        let names: Vec<&str> = table
            .columns()
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        assert_eq!(names, ["label", "score", "latency"]);
        assert_eq!(table.columns()[1].values, Values::Number(vec![0.9, 0.1]));
        assert_eq!(
            table.columns()[2].values,
            Values::Number(vec![1000.0, 20.0])
        );
        for (lists, message) in [
            (&[(Role::Label, " ")][..], "the file is empty"),
            (
                &[(Role::Label, "1 0"), (Role::Label, "1 0")],
                "there are two lists for the label; give one",
            ),
            (&[(Role::Score, "0.5")], ""),
        ] {
            let error = table_of_lists(lists.iter().copied()).err();
            let error = error.map_or(String::new(), |error| error.to_string());
            assert!(
                error.starts_with(message) && error.is_empty() == message.is_empty(),
                "{error}"
            );
        }
    }
}

//! A confusion matrix of counts to a table with a row per cell.

use crate::error::DataError;
use crate::number::parse_number;
use crate::number_format::{DecimalMark, parse_marked};
use crate::table::{Column, Table, check_names};
use crate::text::{excerpt, trim};

/// The table of a matrix of counts: columns `label`, `prediction` and `count`, with a row per cell of the matrix. Rows of
/// the matrix are actual classes, its columns predicted ones.
///
/// Counts stand between tabs, semicolons, commas or spaces, or in brackets. Classes may be named in a first row, a first
/// column, or both; otherwise they are `negative` and `positive`, in this order, as scikit-learn prints a matrix, or, of more
/// than two, `1`, `2` ….
///
/// ```
/// # use greenlight_data::table_of_matrix;
/// let table = table_of_matrix("[[90, 10], [5, 95]]")?;
/// let texts = |row| table.columns().iter().map(move |column| column.values.text(row).unwrap());
/// assert!(texts(1).eq(["negative", "positive", "10"]));
/// # Ok::<(), greenlight_data::DataError>(())
/// ```
pub fn table_of_matrix(text: &str) -> Result<Table, DataError> {
    read(text)?.into_table()
}

/// The table of a text that can only be a matrix of counts: a square of numbers, not only of 0 and 1, or one between
/// equal names. See [`table_of_matrix`].
///
/// ```
/// # use greenlight_data::certain_matrix;
/// assert_eq!(certain_matrix("90 10\n5 95").map(|table| table.rows()), Some(4));
/// assert!(certain_matrix("label,score\n1,0.5").is_none());
/// ```
pub fn certain_matrix(text: &str) -> Option<Table> {
    // Larger ones are no confusion matrices; telling so is quick.
    if text.len() > 1 << 16 {
        return None;
    }
    let matrix = read(text).ok()?;
    let is_certain = match matrix.names {
        Names::None => matrix.counts.iter().flatten().any(|&count| count > 1.0),
        Names::Both => true,
        Names::Columns | Names::Rows => false,
    };
    matrix.into_table().ok().filter(|_| is_certain)
}

/// Where the classes are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    None,
    Both,
    Columns,
    Rows,
}

struct Matrix {
    names: Names,
    /// The actual class of each row.
    labels: Vec<String>,
    /// The predicted class of each column.
    predictions: Vec<String>,
    counts: Vec<Vec<f64>>,
}

/// So many classes are a matrix; more are something else.
const MOST_CLASSES: usize = 1000;

fn read(text: &str) -> Result<Matrix, DataError> {
    let cells = cells(text);
    let forms = [Names::None, Names::Both, Names::Columns, Names::Rows];
    let matrix = forms
        .into_iter()
        .find_map(|names| Matrix::of(&cells, names));
    matrix.ok_or_else(|| DataError::NotAMatrix {
        problem: problem(&cells),
    })
}

/// The cells of each row.
fn cells(text: &str) -> Vec<Vec<&str>> {
    let text = text.trim_matches(['\r', '\n']);
    let spaced = |line| str::split_whitespace(line).collect();
    if text.trim_start().starts_with('[') {
        let is_filler = |c: char| matches!(c, '[' | ',' | ';') || c.is_whitespace();
        let rows = text.split(']').map(|row| row.trim_matches(is_filler));
        let split = |row: &'_ str| row.contains(',');
        return rows
            .filter(|row| !row.is_empty())
            .map(|row| match split(row) {
                true => row.split(',').map(unquoted).collect(),
                false => spaced(row),
            })
            .collect();
    }
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let separator = ['\t', ';', ',', '|']
        .into_iter()
        .find(|&separator| lines.iter().any(|line| line.contains(separator)));
    lines
        .into_iter()
        .map(|line| match separator {
            Some(separator) => line.split(separator).map(unquoted).collect(),
            None => spaced(line),
        })
        .collect()
}

fn unquoted(cell: &str) -> &str {
    super::unquoted(trim(cell))
}

/// A count: a whole number, which may have its thousands parted.
fn count(cell: &str) -> Option<f64> {
    let number = parse_number(cell).or_else(|| parse_marked(cell, DecimalMark::Point, 0))?;
    let is_count = number >= 0.0 && number.fract() == 0.0 && number < 9e15;
    is_count.then_some(number)
}

impl Matrix {
    /// The matrix in these cells, if its classes are named there.
    fn of(cells: &[Vec<&str>], names: Names) -> Option<Self> {
        let has_columns = matches!(names, Names::Both | Names::Columns);
        let has_rows = matches!(names, Names::Both | Names::Rows);
        let (header, rows) = match cells.split_first() {
            Some((header, rows)) if has_columns => (header.as_slice(), rows),
            _ => (&[][..], cells),
        };
        let classes = rows.len();
        if !(2..=MOST_CLASSES).contains(&classes) {
            return None;
        }
        let skipped = usize::from(has_rows);
        let is_square = rows.iter().all(|row| row.len() == classes + skipped);
        let counts = |row: &Vec<&str>| row.iter().skip(skipped).map(|cell| count(cell)).collect();
        let counts: Vec<Vec<f64>> = rows.iter().map(counts).collect::<Option<_>>()?;
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let column_names: Vec<String> = match header.len().checked_sub(classes) {
            Some(0) => own(header),
            // What stands above the names of the rows.
            Some(1) if has_rows => own(header.get(1..)?),
            _ => Vec::new(),
        };
        let firsts: Vec<&str> = rows.iter().filter_map(|row| row.first().copied()).collect();
        let (labels, predictions) = match names {
            Names::None => (default_names(classes), default_names(classes)),
            Names::Columns => (column_names.clone(), column_names),
            Names::Rows => (own(&firsts), own(&firsts)),
            Names::Both => (own(&firsts), column_names),
        };
        let are_names =
            |names: &[String]| names.len() == classes && names.iter().all(|name| !name.is_empty());
        // Numbers on one side alone are counts, unless they count the classes.
        let is_one_sided = matches!(names, Names::Columns | Names::Rows);
        let are_counts = is_one_sided
            && labels.iter().all(|name| parse_number(name).is_some())
            && !crate::csv::is_run(&labels);
        let is_named = are_names(&labels)
            && !are_counts
            && check_names(labels.iter().map(String::as_str)).is_ok()
            && predictions.len() == classes
            && labels.iter().all(|label| predictions.contains(label));
        (is_square && is_named).then_some(Self {
            names,
            labels,
            predictions,
            counts,
        })
    }

    fn into_table(self) -> Result<Table, DataError> {
        let classes = self.labels.len();
        let labels = self
            .labels
            .iter()
            .flat_map(|label| std::iter::repeat_n(Some(label.as_str()), classes));
        let predictions = self
            .predictions
            .iter()
            .map(|name| Some(name.as_str()))
            .cycle();
        let counts: Vec<f64> = self.counts.into_iter().flatten().collect();
        if counts.iter().all(|&count| count == 0.0) {
            let problem = "all counts of the matrix are 0".to_owned();
            return Err(DataError::NotAMatrix { problem });
        }
        Table::from_columns(vec![
            Column::categories("label", labels),
            Column::categories("prediction", predictions.take(counts.len())),
            Column::numbers("count", counts),
        ])
    }
}

fn default_names(classes: usize) -> Vec<String> {
    if classes == 2 {
        return ["negative", "positive"].map(str::to_owned).to_vec();
    }
    (1..=classes).map(|class| class.to_string()).collect()
}

/// Why these cells are no matrix.
fn problem(cells: &[Vec<&str>]) -> String {
    let numbers = |row: &&Vec<&str>| row.iter().any(|cell| count(cell).is_some());
    let rows: Vec<&Vec<&str>> = cells.iter().filter(numbers).collect();
    let Some(first) = rows.first() else {
        return "there is no matrix of counts here".to_owned();
    };
    if let Some(bad) = cells
        .iter()
        .skip(1)
        .flat_map(|row| row.iter().skip(1))
        .find(|cell| count(cell).is_none())
    {
        return format!("\"{}\" is no count", excerpt(bad));
    }
    if let Some(row) = rows.iter().find(|row| row.len() != first.len()) {
        return format!(
            "a row of the matrix has {} cells and another one {}",
            first.len(),
            row.len()
        );
    }
    format!(
        "the matrix is not square, or its rows and columns are named differently: it has {} rows of {} cells",
        cells.len(),
        first.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "label>prediction=count" of each cell.
    fn shown(text: &str) -> Result<String, String> {
        let table = table_of_matrix(text).map_err(|error| error.to_string())?;
        let cell = |row| {
            let text = |column: usize| table.columns()[column].values.text(row).unwrap();
            format!("{}>{}={}", text(0), text(1), text(2))
        };
        Ok((0..table.rows()).map(cell).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn matrices() {
        let unnamed =
            "negative>negative=90 negative>positive=10 positive>negative=5 positive>positive=95";
        let named = "cat>cat=90 cat>dog=10 dog>cat=5 dog>dog=95";
        let numbered = "0>0=90 0>1=10 1>0=5 1>1=95";
        for (text, expected) in [
            ("90 10\n5 95", unnamed),
            ("\n 90\t10 \n5\t95\n\n", unnamed),
            ("90,10\r\n5,95", unnamed),
            ("90;10\n5;95", unnamed),
            ("[[90, 10], [5, 95]]", unnamed),
            ("[[90 10]\n [ 5 95]]", unnamed),
            ("cat,dog\n90,10\n5,95", named),
            ("cat,90,10\ndog,5,95", named),
            ("\tcat\tdog\ncat\t90\t10\ndog\t5\t95", named),
            ("true\\pred,cat,dog\ncat,90,10\ndog,5,95", named),
            ("  cat dog\ncat 90 10\ndog 5 95", named),
            (
                "\tdog\tcat\ncat\t10\t90\ndog\t95\t5",
                "cat>dog=10 cat>cat=90 dog>dog=95 dog>cat=5",
            ),
            ("0 1\n0 90 10\n1 5 95", numbered),
            (",0,1\n0,90,10\n1,5,95", numbered),
        ] {
            assert_eq!(shown(text).as_deref(), Ok(expected), "{text:?}");
        }
        assert!(
            shown("1\t2\t3\n4\t5\t6\n7\t8\t9,000")
                .unwrap()
                .ends_with("3>3=9000")
        );
    }

    #[test]
    fn no_matrices() {
        for (text, message) in [
            ("", "there is no matrix"),
            ("5", "the matrix is not square"),
            ("1 2 3\n4 5 6", "the matrix is not square"),
            (
                "1 2\n3",
                "a row of the matrix has 2 cells and another one 1",
            ),
            ("1 2\n3 -4", "\"-4\" is no count"),
            ("1 2\n3 0.5", "\"0.5\" is no count"),
            ("0 0\n0 0", "all counts of the matrix are 0"),
            (
                ",a,b\nc,1,2\nd,3,4",
                "the matrix is not square, or its rows and columns are named differently",
            ),
        ] {
            let error = shown(text).unwrap_err();
            assert!(error.starts_with(message), "{text:?}: {error}");
        }
    }

    #[test]
    fn only_what_is_certain_is_taken_for_a_matrix_unasked() {
        for (text, is_matrix) in [
            ("90 10\n5 95", true),
            ("\tcat\tdog\ncat\t1\t0\ndog\t0\t1", true),
            ("1,0\n0,1", false),
            ("cat,dog\n90,10\n5,95", false),
            ("a,90,10\nb,5,95", false),
            ("label,score\n1,0.5", false),
        ] {
            assert_eq!(certain_matrix(text).is_some(), is_matrix, "{text:?}");
        }
    }
}

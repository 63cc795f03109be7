//! Cells to a column: whether it holds numbers or categories is decided by its cells, whatever their order.
//!
//! A column is one of numbers if at most a tenth of its values are texts. While reading, it is kept as numbers until
//! it has too many texts, then as categories; what it finally is, is decided at the end by counting, so the switch
//! in between saves memory and changes no result.

use crate::dictionary::Dictionary;
use crate::number::{canonical_number, parse_number};
use crate::table::Column;
use crate::text::{DOUBTFUL, is_missing, is_missing_among_numbers, trim};
use crate::values::{Categories, Stray, Values};

/// Reads the cells of one column, a row at a time.
#[derive(Debug)]
pub(crate) struct ColumnBuilder {
    /// How many cells hold a number.
    numbers: u64,
    /// How many cells hold a text that is not missing, not even among numbers.
    texts: u64,
    cells: Cells,
}

/// The cells so far, in either form. Both hold all that was read.
#[derive(Debug)]
enum Cells {
    Numbers(Numbers),
    Texts {
        codes: Vec<u32>,
        dictionary: Dictionary,
    },
}

#[derive(Debug, Default)]
struct Numbers {
    values: Vec<f64>,
    strays: Vec<Stray>,
    /// Rows with a text that is missing only among numbers, and its position in [`DOUBTFUL`].
    doubtful: Vec<(u32, u8)>,
}

/// Before so many values were seen, nothing is said about a column.
const ENOUGH: u64 = 100;

impl ColumnBuilder {
    pub(crate) fn new() -> Self {
        Self {
            numbers: 0,
            texts: 0,
            cells: Cells::Numbers(Numbers::default()),
        }
    }

    /// Adds the next row's cell.
    pub(crate) fn push(&mut self, cell: &str) {
        let text = trim(cell);
        match &mut self.cells {
            Cells::Numbers(numbers) => {
                if let Some(number) = parse_number(text) {
                    self.numbers += 1;
                    numbers.values.push(number);
                } else if numbers.push_text(text) {
                    self.texts += 1;
                    if self.numbers + self.texts >= ENOUGH && !is_numeric(self.numbers, self.texts)
                    {
                        self.cells = numbers.to_texts();
                    }
                }
            }
            Cells::Texts { codes, dictionary } => {
                let code = if is_missing(text) {
                    Categories::MISSING
                } else if let Some(number) = parse_number(text) {
                    self.numbers += 1;
                    dictionary.code(&canonical_number(number))
                } else {
                    self.texts += u64::from(!is_missing_among_numbers(text));
                    dictionary.code(text)
                };
                codes.push(code);
            }
        }
    }

    /// Adds a row without a value.
    pub(crate) fn push_missing(&mut self) {
        match &mut self.cells {
            Cells::Numbers(numbers) => numbers.values.push(f64::NAN),
            Cells::Texts { codes, .. } => codes.push(Categories::MISSING),
        }
    }

    /// The column, in the form that its cells call for.
    pub(crate) fn finish(self, name: String) -> Column {
        let numeric = is_numeric(self.numbers, self.texts);
        let mut cells = match self.cells {
            Cells::Numbers(numbers) if !(numeric || numbers.has_no_texts()) => numbers.to_texts(),
            Cells::Texts { codes, dictionary } if numeric => {
                Cells::Numbers(to_numbers(&codes, dictionary.texts()))
            }
            cells => cells,
        };
        let (values, strays) = match &mut cells {
            Cells::Numbers(Numbers { values, strays, .. }) => {
                values.shrink_to_fit();
                (
                    Values::Number(std::mem::take(values)),
                    std::mem::take(strays),
                )
            }
            Cells::Texts { codes, dictionary } => {
                codes.shrink_to_fit();
                let texts = std::mem::take(dictionary).into_texts();
                (
                    Values::Category(Categories::new(std::mem::take(codes), texts)),
                    Vec::new(),
                )
            }
        };
        Column {
            name,
            values,
            strays,
        }
    }
}

/// Whether there are numbers, and at most a tenth of the values are texts.
fn is_numeric(numbers: u64, texts: u64) -> bool {
    numbers > 0 && texts * 10 <= numbers + texts
}

impl Numbers {
    /// Adds a cell that is no number; whether it is a stray.
    fn push_text(&mut self, text: &str) -> bool {
        let row = self.values.len();
        self.values.push(f64::NAN);
        if is_missing(text) {
            return false;
        }
        if let Some(kind) = DOUBTFUL.iter().position(|&doubtful| doubtful == text) {
            self.doubtful.push((row as u32, kind as u8));
            return false;
        }
        self.strays.push(Stray {
            row,
            text: text.to_owned(),
        });
        true
    }

    fn has_no_texts(&self) -> bool {
        self.strays.is_empty() && self.doubtful.is_empty()
    }

    /// The same cells as categories.
    fn to_texts(&self) -> Cells {
        let mut dictionary = Dictionary::default();
        let mut strays = self.strays.iter().peekable();
        let mut doubtful = self.doubtful.iter().peekable();
        let code_of = |(row, &number): (usize, &f64)| {
            if !number.is_nan() {
                dictionary.code(&canonical_number(number))
            } else if let Some(stray) = strays.next_if(|stray| stray.row == row) {
                dictionary.code(&stray.text)
            } else if let Some((_, kind)) =
                doubtful.next_if(|(doubtful_row, _)| *doubtful_row as usize == row)
            {
                dictionary.code(DOUBTFUL.get(usize::from(*kind)).unwrap_or(&""))
            } else {
                Categories::MISSING
            }
        };
        let codes = self.values.iter().enumerate().map(code_of).collect();
        Cells::Texts { codes, dictionary }
    }
}

/// The same cells as numbers: the way back of [`Numbers::to_texts`].
fn to_numbers(codes: &[u32], texts: &[String]) -> Numbers {
    let parsed: Vec<Option<f64>> = texts.iter().map(|text| parse_number(text)).collect();
    let mut numbers = Numbers::default();
    numbers.values.reserve_exact(codes.len());
    for &code in codes {
        match (texts.get(code as usize), parsed.get(code as usize)) {
            (Some(_), Some(Some(number))) => numbers.values.push(*number),
            (Some(text), _) => _ = numbers.push_text(text),
            (None, _) => numbers.values.push(f64::NAN),
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn column(cells: &[impl AsRef<str>]) -> Column {
        let mut builder = ColumnBuilder::new();
        cells.iter().for_each(|cell| builder.push(cell.as_ref()));
        builder.finish("x".to_owned())
    }

    /// Each row as text, and what kind of column it is.
    fn shown(cells: &[impl AsRef<str>]) -> (char, Vec<String>) {
        let column = column(cells);
        let kind = if matches!(column.values, Values::Number(_)) {
            'n'
        } else {
            'c'
        };
        let mut texts: Vec<String> = (0..column.values.len())
            .map(|row| column.values.text(row).unwrap_or_default().into_owned())
            .collect();
        column
            .strays
            .iter()
            .for_each(|stray| texts[stray.row] = format!("!{}", stray.text));
        (kind, texts)
    }

    #[test]
    fn small_columns() {
        for (cells, kind, texts) in [
            ("1 2.50 -3e2", 'n', "1 2.5 -300"),
            ("1 NA NaN null None - ? none 4", 'n', "1        4"),
            ("NA NaN", 'n', " "),
            ("none none NA", 'c', "none none "),
            ("- + - ?", 'c', "- + - ?"),
            ("007 012", 'c', "007 012"),
            ("true False TRUE", 'c', "true False TRUE"),
            ("1.0 a 1 1e3 none NA", 'c', "1 a 1 1000 none "),
            ("1 2 3 4 5 6 7 8 9 inf", 'n', "1 2 3 4 5 6 7 8 9 !inf"),
            ("1 2 3 4 5 6 7 8 inf", 'c', "1 2 3 4 5 6 7 8 inf"),
        ] {
            let cells: Vec<&str> = cells.split(' ').collect();
            let texts: Vec<&str> = texts.split(' ').collect();
            assert_eq!(
                shown(&cells),
                (kind, texts.iter().map(|text| (*text).to_owned()).collect()),
                "{cells:?}"
            );
        }
    }

    #[test]
    fn a_column_that_starts_with_texts_is_one_of_numbers_all_the_same() {
        let texts = vec!["unknown"; 150];
        let numbers: Vec<String> = (0..2000).map(|number| number.to_string()).collect();
        let mut cells: Vec<&str> = texts.clone();
        cells.extend(numbers.iter().map(String::as_str));
        let texts_first = column(&cells);
        assert_eq!(texts_first.strays.len(), 150);
        assert_eq!(
            texts_first.strays[149],
            Stray {
                row: 149,
                text: "unknown".to_owned()
            }
        );
        assert_eq!(texts_first.values.text(150).as_deref(), Some("0"));

        cells.rotate_left(150);
        assert_eq!(column(&cells).strays.len(), 150);
    }

    const CELLS: &[&str] = &["1", "2.0", "", "NA", "-", "none", "a", "3", "4", "5", "6e2"];

    proptest! {
        #[test]
        fn the_order_of_rows_does_not_change_what_a_column_is(
            (cells, shuffled) in (prop::collection::vec(prop::sample::select(CELLS), 0..400), 0_usize..600)
                .prop_map(|(cells, numbers)| [cells, vec!["7.50"; numbers]].concat())
                .prop_flat_map(|cells| (Just(cells.clone()), Just(cells).prop_shuffle()))
        ) {
            let ((kind, mut texts), (shuffled_kind, mut shuffled)) = (shown(&cells), shown(&shuffled));
            texts.sort();
            shuffled.sort();
            prop_assert_eq!((kind, texts), (shuffled_kind, shuffled));
        }
    }
}

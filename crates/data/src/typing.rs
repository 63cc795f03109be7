//! Cells to a column: what it holds is decided by its cells, whatever their order.
//!
//! A column is one of numbers if at most a tenth of its values are texts, or half of them where it is named like a latency. While reading, it is kept as plain numbers until
//! it has too many texts, then as categories; what it finally is, is decided at the end by counting, so the switch
//! in between saves memory and changes no result. Only a column with texts can hold numbers in another format, or times
//! (see [`choice`]); plain numbers never wait for that.

mod choice;
mod doubts;
mod epoch;

use crate::dictionary::Dictionary;
use crate::guess::{Name, is_latency_name};
use crate::number::{canonical_number, parse_number};
use crate::table::{CellFormat, Column};
use crate::text::{DOUBTFUL, is_missing, is_missing_among_numbers, trim};
use crate::values::{Categories, Stray, Values};
use choice::Choice;
pub(crate) use doubts::Doubts;

/// What besides its cells a column's meaning may depend on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Customs {
    /// Whether `1,234` is rather 1.234 than 1234, as in files whose delimiter is a semicolon.
    pub decimal_comma: bool,
}

/// Reads the cells of one column, a row at a time.
#[derive(Debug, Clone)]
pub(crate) struct ColumnBuilder {
    /// How many cells hold a number.
    numbers: u64,
    /// How many cells hold a text that is not missing, not even among numbers.
    texts: u64,
    cells: Cells,
}

/// The cells so far, in either form. Both hold all that was read.
#[derive(Debug, Clone)]
enum Cells {
    Numbers(Numbers),
    Texts {
        codes: Vec<u32>,
        dictionary: Dictionary,
    },
    /// They stay in the file: the first of them, and how many there are.
    Deferred(Box<Column>, usize),
}

#[derive(Debug, Clone, Default)]
struct Numbers {
    values: Vec<f64>,
    strays: Vec<Stray>,
    /// Rows with a text that is missing only among numbers, and its position in [`DOUBTFUL`].
    doubtful: Vec<(u32, u8)>,
}

/// Bytes that a distinct text takes beside its own.
const TEXT: usize = 48;

/// Before so many values were seen, nothing is said about a column.
const ENOUGH: u64 = 100;

impl ColumnBuilder {
    pub(crate) fn new() -> Self {
        Self::after(0)
    }

    /// The cells of a column that so many rows lack.
    pub(crate) fn after(rows: usize) -> Self {
        Self {
            numbers: 0,
            texts: 0,
            cells: Cells::Numbers(Numbers {
                values: vec![f64::NAN; rows],
                ..Numbers::default()
            }),
        }
    }

    /// Makes room for so many rows in all. Where there is none, it is sought again as they come.
    pub(crate) fn expect(&mut self, rows: usize) {
        // Whether it worked does not matter: see above.
        let _ = match &mut self.cells {
            Cells::Numbers(Numbers { values, .. }) => {
                values.try_reserve_exact(rows.saturating_sub(values.len()))
            }
            Cells::Texts { codes, .. } => codes.try_reserve_exact(rows.saturating_sub(codes.len())),
            Cells::Deferred(..) => Ok(()),
        };
    }

    /// Whether cells are stored.
    pub(crate) fn is_stored(&self) -> bool {
        !matches!(self.cells, Cells::Deferred(..))
    }

    /// Leaves the further cells in the file, and all but a sample of those that were read.
    pub(crate) fn defer(&mut self, name: &str, customs: Customs) {
        let read = std::mem::replace(self, Self::new());
        let sample = read.finish(name.to_owned(), customs, &mut Doubts::default());
        let rows = sample.values.len();
        self.cells = Cells::Deferred(Box::new(sample), rows);
    }

    /// Passes over cells that stay in the file, up to so many rows.
    pub(crate) fn pass(&mut self, rows: usize) {
        if let Cells::Deferred(_, passed) = &mut self.cells {
            *passed = rows;
        }
    }

    /// About how many bytes it will take once there are so many rows, judging by those there are.
    pub(crate) fn expected_memory(&self, rows: u64) -> u64 {
        match &self.cells {
            Cells::Numbers(_) => rows.saturating_mul(size_of::<f64>() as u64),
            Cells::Texts { codes, dictionary } => {
                let so_far = codes.len().max(1) as u64;
                let texts = dictionary.texts();
                let length: usize = texts.iter().map(|text| text.len() + TEXT).sum();
                // Where half the texts are new, they go on being so.
                let times = match texts.len() as u64 * 2 > so_far {
                    true => rows.div_ceil(so_far),
                    false => 1,
                };
                let codes = rows.saturating_mul(size_of::<u32>() as u64);
                codes.saturating_add((length as u64).saturating_mul(times))
            }
            Cells::Deferred(..) => 0,
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
                        let (codes, dictionary) = numbers.to_texts();
                        self.cells = Cells::Texts { codes, dictionary };
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
            Cells::Deferred(_, passed) => *passed += 1,
        }
    }

    /// Adds a row without a value.
    pub(crate) fn push_missing(&mut self) {
        match &mut self.cells {
            Cells::Numbers(numbers) => numbers.values.push(f64::NAN),
            Cells::Texts { codes, .. } => codes.push(Categories::MISSING),
            Cells::Deferred(_, passed) => *passed += 1,
        }
    }

    /// The column, in the form that its cells call for; what its cells leave open is added to the doubts.
    pub(crate) fn finish(self, name: String, customs: Customs, doubts: &mut Doubts) -> Column {
        let numeric = is_numeric_as(&name, self.numbers, self.texts);
        let (values, strays, format) = match self.cells {
            Cells::Numbers(numbers) if numbers.needs_no_choice(numeric) => numbers.finish(),
            Cells::Numbers(numbers) => {
                let (codes, dictionary) = numbers.to_texts();
                choose(codes, dictionary, &name, customs, doubts)
            }
            Cells::Texts { codes, dictionary } => choose(codes, dictionary, &name, customs, doubts),
            Cells::Deferred(sample, rows) => return sample.deferred(rows),
        };
        epoch::date(Column {
            name,
            values,
            strays,
            format,
        })
    }
}

/// What a column holds, and how it was written.
type Finished = (Values, Vec<Stray>, CellFormat);

/// The column of these texts, read as most of them can be.
fn choose(
    mut codes: Vec<u32>,
    dictionary: Dictionary,
    name: &str,
    customs: Customs,
    doubts: &mut Doubts,
) -> Finished {
    let texts = dictionary.texts();
    match choice::choose(&codes, texts, name, customs, doubts) {
        Choice::Categories => {
            codes.shrink_to_fit();
            let categories = Categories::new(codes, dictionary.into_texts());
            (Values::Category(categories), Vec::new(), CellFormat::Plain)
        }
        Choice::Numbers(parsed, format) => {
            let (numbers, strays) = decode(&codes, texts, &parsed, f64::NAN);
            (Values::Number(numbers), strays, format)
        }
        Choice::Times(parsed, format) => {
            let (times, strays) = decode(&codes, texts, &parsed, crate::time::MISSING);
            (Values::Timestamp(times), strays, format)
        }
    }
}

/// The values behind the codes, and the strays among them.
fn decode<T: Copy>(
    codes: &[u32],
    texts: &[String],
    parsed: &[Option<T>],
    missing: T,
) -> (Vec<T>, Vec<Stray>) {
    let mut strays = Vec::new();
    let value_of = |(row, &code): (usize, &u32)| {
        let position = code as usize;
        if let Some(Some(value)) = parsed.get(position) {
            return *value;
        }
        if let Some(text) = texts
            .get(position)
            .filter(|text| !is_missing_among_numbers(text))
        {
            let text = text.clone();
            strays.push(Stray { row, text });
        }
        missing
    };
    let values = codes.iter().enumerate().map(value_of).collect();
    (values, strays)
}

/// Whether there are numbers, and at most a tenth of the values are texts.
fn is_numeric(numbers: u64, texts: u64) -> bool {
    numbers > 0 && texts * 10 <= numbers + texts
}

/// The same of a column of that name: up to half of the latencies may be a word for none, such as “timeout”.
fn is_numeric_as(name: &str, numbers: u64, texts: u64) -> bool {
    is_numeric(numbers, texts)
        || texts <= numbers && numbers > 0 && is_latency_name(&Name::new(name))
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

    /// Whether these are plain numbers: no stray could mean something else.
    fn needs_no_choice(&self, numeric: bool) -> bool {
        let is_plain = |stray: &Stray| !choice::may_be_formatted(&stray.text);
        match numeric {
            true => self.strays.iter().all(is_plain),
            false => self.strays.is_empty() && self.doubtful.is_empty(),
        }
    }

    fn finish(mut self) -> Finished {
        self.values.shrink_to_fit();
        (Values::Number(self.values), self.strays, CellFormat::Plain)
    }

    /// The same cells as categories.
    fn to_texts(&self) -> (Vec<u32>, Dictionary) {
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
        (codes, dictionary)
    }
}

#[cfg(test)]
mod tests;

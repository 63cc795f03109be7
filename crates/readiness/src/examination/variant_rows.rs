//! Clean rows told from perturbed ones, and put beside them.

use greenlight_data::{ColumnId, Table};
use greenlight_metrics::{Answer, ErrorCount, Found, KnownAnswers, count_distinct};

use crate::observations::Observations;
use crate::schema::Schema;

use super::coded_column::CodedColumn;
use super::condition::Part;
use super::fingerprint;
use super::judged_rows::{Decider, JudgedRows};
use super::labelled::{Cell, cell, words};
use super::variants::{Clean, Comparison, Perturbation, Variants};

/// What rows that are not perturbed are called, in any case of letters: the first of these that occurs. The last three answer
/// "perturbed?", or say how strongly.
const CLEAN_NAMES: [&str; 12] = [
    "clean",
    "original",
    "unperturbed",
    "unmodified",
    "unaltered",
    "none",
    "baseline",
    "identity",
    "plain",
    "no",
    "false",
    "0",
];

/// The rows that are judged, clean and perturbed ones apart. 6 bytes a row; 14 where rows stand for several.
pub(super) struct VariantRows {
    clean: Clean,
    clean_rows: JudgedRows,
    perturbed: JudgedRows,
    /// What the perturbed rows are.
    coded: CodedColumn,
}

impl VariantRows {
    /// A few passes over the rows; `None` where there are none.
    pub fn of(table: &Table, id: ColumnId, rows: &JudgedRows) -> Option<Self> {
        let column = table.column(id)?;
        let (clean, is_clean) = match Names::of(table, id, rows).clean() {
            Some((clean, cells)) => {
                let is_clean = |row: usize| cells.hold(cell(table, id, row));
                let is_clean = rows.iter().map(|(row, _)| is_clean(row)).collect();
                (clean, is_clean)
            }
            None => {
                let coded = CodedColumn::by_value(column, rows);
                let Some(Part::Value(value)) = coded.parts.first() else {
                    return None;
                };
                let is_clean: Vec<bool> = coded.codes.iter().map(|code| *code == 0).collect();
                (Clean::MostFrequent(value.clone()), is_clean)
            }
        };
        let is_clean = |position: usize| is_clean.get(position).copied().unwrap_or(false);
        let perturbed = rows.part(|position| !is_clean(position));
        Some(Self {
            clean,
            clean_rows: rows.part(is_clean),
            coded: CodedColumn::by_value(column, &perturbed),
            perturbed,
        })
    }

    /// Puts perturbed rows beside the clean ones of the same id. Two passes over the rows, a sort of 8 bytes for each clean
    /// row, and a search among them for each perturbed one.
    pub fn compare(
        self,
        table: &Table,
        id: Option<ColumnId>,
        observations: &Observations<'_>,
        schema: &Schema,
        decider: &Decider,
    ) -> Variants {
        let Self {
            clean,
            clean_rows,
            perturbed,
            coded,
        } = self;
        let answer = |row: usize| {
            let observation = observations.row(row)?.ok()?;
            let class = decider.predicted(&observation)?;
            let is_right = observation.actual.is_some_and(|actual| actual.0 == class);
            Some(Answer { class, is_right })
        };
        let mut prints = Vec::new();
        if let Some(id) = id {
            prints.resize(table.rows(), fingerprint::SEED);
            fingerprint::add(&mut prints, table, id);
        }
        let example = |row: usize| match cell(table, id?, row) {
            Cell::Missing => None,
            _ => prints.get(row).copied(),
        };

        let mut known = KnownAnswers::new(schema.classes.len());
        let (mut clean_count, mut clean_answers) = (0_u64, ErrorCount::default());
        for (row, count) in clean_rows.iter() {
            clean_count = clean_count.saturating_add(count);
            if let Some(answer) = answer(row) {
                clean_answers.add(counted(answer, count));
                if let Some(example) = example(row) {
                    known.push(example, answer);
                }
            }
        }
        known.sort();

        let mut found = Copies::new(known.len(), coded.parts.len());
        let mut alone = Vec::new();
        for (position, (row, count)) in perturbed.iter().enumerate() {
            let code = usize::from(coded.codes.get(position).copied().unwrap_or(0));
            let is_missing = coded.parts.get(code) == Some(&Part::Missing);
            found.add_rows(code, is_missing, count);
            let Some(answer) = answer(row).filter(|_| !is_missing) else {
                continue;
            };
            found.add_answer(code, answer, count);
            let Some(example) = example(row) else {
                continue;
            };
            match known.find(example) {
                Found::One {
                    place,
                    answer: clean,
                } => found.add_pair(code, place, (clean, answer), (position, count)),
                Found::None | Found::Several => alone.push(example),
            }
        }
        found.count_copies(&perturbed);
        let comparison = match id {
            None => Comparison::NoId,
            Some(_) if found.all.pairs.pairs == 0 => Comparison::NoPairs,
            Some(_) => Comparison::ById,
        };
        let mut variants = Variants {
            column: coded.name,
            clean,
            clean_rows: clean_count,
            clean_answers,
            perturbations: Vec::new(),
            all: found.all,
            folded: 0,
            missing: 0,
            comparison,
            examples_without_clean: count_distinct(alone),
            has_labels: schema.has_label,
        };
        for (part, rows) in coded.parts.into_iter().zip(found.by_code) {
            match part {
                Part::Missing => variants.missing = rows.rows,
                Part::Other(folded) => variants.folded = folded,
                Part::Value(value) => variants.perturbations.push(Perturbation { value, ..rows }),
                // Values are never put into ranges.
                _ => {}
            }
        }
        variants
    }
}

fn counted(answer: Answer, rows: u64) -> ErrorCount {
    ErrorCount {
        rows,
        errors: if answer.is_right { 0 } else { rows },
    }
}

/// What the cells of the rows say of which value is clean.
struct Names<'t> {
    /// The words that rows have; empty for numbers and times.
    words: Vec<&'t str>,
    has_zero: bool,
    has_missing: bool,
}

/// The cells that are clean.
enum CleanCells {
    Missing,
    Zero,
    /// Whether the word of a code is.
    Words(Vec<bool>),
}

impl<'t> Names<'t> {
    fn of(table: &'t Table, id: ColumnId, rows: &JudgedRows) -> Self {
        let all = words(table, id).unwrap_or_default();
        let mut found = Self {
            words: vec![""; all.len()],
            has_zero: false,
            has_missing: false,
        };
        for (row, _) in rows.iter() {
            match cell(table, id, row) {
                Cell::Missing => found.has_missing = true,
                Cell::Number(number) => found.has_zero |= number == 0.0,
                Cell::Code(code) => {
                    let code = code as usize;
                    if let (Some(word), Some(text)) = (found.words.get_mut(code), all.get(code)) {
                        *word = text;
                    }
                }
            }
        }
        found
    }

    /// The value that is called clean, else that of cells without one.
    fn clean(&self) -> Option<(Clean, CleanCells)> {
        for name in CLEAN_NAMES {
            let is_name = |word: &&str| word.trim().eq_ignore_ascii_case(name);
            // Of two spellings the first by code point is shown; both are clean.
            if let Some(word) = self.words.iter().copied().filter(is_name).min() {
                let is_clean = self.words.iter().map(is_name).collect();
                let clean = Clean::Named(word.to_owned());
                return Some((clean, CleanCells::Words(is_clean)));
            }
        }
        if self.has_zero {
            return Some((Clean::Named("0".to_owned()), CleanCells::Zero));
        }
        let missing = (Clean::Missing, CleanCells::Missing);
        self.has_missing.then_some(missing)
    }
}

impl CleanCells {
    fn hold(&self, cell: Cell) -> bool {
        match (self, cell) {
            (Self::Missing, Cell::Missing) => true,
            (Self::Zero, Cell::Number(number)) => number == 0.0,
            (Self::Words(is_clean), Cell::Code(code)) => {
                is_clean.get(code as usize).copied().unwrap_or(false)
            }
            _ => false,
        }
    }
}

/// Perturbed rows and pairs so far, by perturbation and in all.
struct Copies {
    by_code: Vec<Perturbation>,
    all: Perturbation,
    /// How many pairs an example has so far.
    of_example: Vec<u64>,
    /// The place of the example and the position of the row of each pair, by perturbation. 8 bytes a pair.
    pairs: Vec<Vec<(u32, u32)>>,
}

impl Copies {
    fn new(examples: usize, parts: usize) -> Self {
        Self {
            by_code: vec![Perturbation::default(); parts],
            all: Perturbation::default(),
            of_example: vec![0; examples],
            pairs: vec![Vec::new(); parts],
        }
    }

    /// Rows without a value are of no perturbation.
    fn add_rows(&mut self, code: usize, is_missing: bool, count: u64) {
        let all = (!is_missing).then_some(&mut self.all);
        for rows in self.by_code.get_mut(code).into_iter().chain(all) {
            rows.rows = rows.rows.saturating_add(count);
        }
    }

    fn add_answer(&mut self, code: usize, answer: Answer, count: u64) {
        for rows in self
            .by_code
            .get_mut(code)
            .into_iter()
            .chain([&mut self.all])
        {
            rows.answers.add(counted(answer, count));
        }
    }

    fn add_pair(
        &mut self,
        code: usize,
        place: usize,
        (clean, perturbed): (Answer, Answer),
        (position, count): (usize, u64),
    ) {
        for rows in self
            .by_code
            .get_mut(code)
            .into_iter()
            .chain([&mut self.all])
        {
            rows.pairs.add(clean, perturbed, count);
        }
        if let Some(before) = self.of_example.get_mut(place) {
            self.all.pairs.add_copies(count, *before);
            *before = before.saturating_add(count);
        }
        if let Some(pairs) = self.pairs.get_mut(code) {
            pairs.push((place as u32, position as u32));
        }
    }

    /// Says of each perturbation which pairs are of the same example. One pass over the pairs.
    fn count_copies(&mut self, perturbed: &JudgedRows) {
        self.of_example.fill(0);
        for (pairs, rows) in self.pairs.iter().zip(&mut self.by_code) {
            for &(place, position) in pairs {
                if let Some(before) = self.of_example.get_mut(place as usize) {
                    let count = perturbed.count(position as usize);
                    rows.pairs.add_copies(count, *before);
                    *before = before.saturating_add(count);
                }
            }
            // Back to none, for the next perturbation.
            for &(place, _) in pairs {
                if let Some(before) = self.of_example.get_mut(place as usize) {
                    *before = 0;
                }
            }
        }
    }
}

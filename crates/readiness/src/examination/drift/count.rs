//! Both sides of a column, counted in the same bins.

use std::cmp::Reverse;

use greenlight_data::{Categories, Column, ColumnKind, Roles, Table, Values, canonical_number};
use greenlight_metrics::NumberCollector;
use greenlight_metrics::Undefined;
use greenlight_metrics::drift::evidently::{self, Tested};
use greenlight_metrics::drift::{BinCounts, BinRange, DriftBins, TwoSamples};

use super::column::{ColumnDrift, DealtFloors, DriftBin, DriftPart, OfValues, SideCounts, Unseen};
use super::rows::DriftRows;
use crate::classes::{ClassCell, ClassColumn, stray};
use crate::examination::coded_column::{OTHER, most_frequent};
use crate::observations::Observations;
use crate::schema::{DecisionRule, Schema};

/// So many values that the reference lacks are named.
const MOST_EXAMPLES: usize = 10;

/// What the model said, and what was true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::examination) enum Outputs {
    Score,
    Label,
    Prediction,
}

impl Outputs {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Score, Self::Label, Self::Prediction];
}

/// Counts columns one by one.
pub(in crate::examination) struct Counter<'t> {
    table: &'t Table,
    rows: &'t DriftRows,
}

/// The sides of a column while it is counted.
struct Sides {
    reference: SideCounts,
    current: SideCounts,
    windows: Vec<SideCounts>,
    reference_windows: Vec<SideCounts>,
}

impl<'t> Counter<'t> {
    pub fn new(table: &'t Table, rows: &'t DriftRows) -> Self {
        Self { table, rows }
    }

    /// A feature or segment; `None` of times. For numbers two passes over the rows and a sort of both sides, 16 bytes a row while it
    /// lasts; for categories two passes.
    pub fn input(&self, column: &Column, part: DriftPart) -> Option<ColumnDrift> {
        match &column.values {
            Values::Number(values) => Some(self.numbers(column, part, values)),
            Values::Category(categories) => {
                let codes = categories.codes();
                let code = |row: usize| match codes.get(row) {
                    None | Some(&Categories::MISSING) => None,
                    Some(&code) => Some(code as usize),
                };
                Some(self.categories(
                    &column.name,
                    part,
                    column.kind(),
                    categories.dictionary(),
                    &code,
                ))
            }
            // Times always move.
            _ => None,
        }
    }

    /// Score, label or prediction, where there is one.
    pub fn output(
        &self,
        which: Outputs,
        roles: &Roles,
        schema: &Schema,
        observations: &Observations<'_>,
    ) -> Option<ColumnDrift> {
        let top = |row| observations.top_class(row);
        let decides = schema.decision == Some(DecisionRule::Argmax);
        let names = schema.classes.names();
        let kind = ColumnKind::Category;
        let (id, part) = match which {
            Outputs::Score => {
                let Some(id) = schema.score else {
                    let score = |row| top(row).map_or(f64::NAN, |top| top.score);
                    return decides.then(|| {
                        self.of_numbers("highest class score", DriftPart::Score, &score, &|_| false)
                    });
                };
                let column = self.table.column(id)?;
                let Values::Number(values) = &column.values else {
                    return None;
                };
                return Some(self.numbers(column, DriftPart::Score, values));
            }
            Outputs::Label => (roles.label?, DriftPart::Label),
            Outputs::Prediction => match roles.prediction {
                Some(id) => (id, DriftPart::Prediction),
                None => {
                    let class = |row| top(row).map(|top| top.class);
                    return decides.then(|| {
                        self.categories(
                            "class with the highest score",
                            DriftPart::Prediction,
                            kind,
                            names,
                            &class,
                        )
                    });
                }
            },
        };
        let column = self.table.column(id)?;
        let classes = ClassColumn::new(column, names)?;
        let class = |row| match classes.class(row) {
            ClassCell::Class(class) => Some(class),
            ClassCell::Missing | ClassCell::Unknown => None,
        };
        Some(self.categories(&column.name, part, kind, names, &class))
    }

    fn numbers(&self, column: &Column, part: DriftPart, values: &[f64]) -> ColumnDrift {
        let number = |row: usize| values.get(row).copied().unwrap_or(f64::NAN);
        let is_stray = |row: usize| stray(column, row).is_some();
        self.of_numbers(&column.name, part, &number, &is_stray)
    }

    fn of_numbers(
        &self,
        name: &str,
        part: DriftPart,
        number: &dyn Fn(usize) -> f64,
        is_stray: &dyn Fn(usize) -> bool,
    ) -> ColumnDrift {
        let (mut reference, mut current) = (NumberCollector::default(), NumberCollector::default());
        let mut strays = (0_u64, 0_u64);
        for (row, place, count) in self.rows.iter() {
            let (side, strays) = match (place.is_reference, place.is_within) {
                (true, _) => (&mut reference, &mut strays.0),
                (false, true) => (&mut current, &mut strays.1),
                (false, false) => continue,
            };
            // What is missing is not finite.
            if side.push(number(row), count).is_err() && is_stray(row) {
                *strays = strays.saturating_add(count);
            }
        }
        let (reference, current) = (reference.distinct(), current.distinct());
        let bins = DriftBins::of(&reference);
        let sides = self.count(bins.bins(), &|row| {
            let number = number(row);
            number.is_finite().then(|| bins.bin_of(number))
        });
        let samples = TwoSamples::new(&reference, &current);
        let unseen = match &bins {
            DriftBins::Edges(_) => Unseen::default(),
            DriftBins::Values(values) => unseen(
                current
                    .iter()
                    .filter(|(value, _)| bins.bin_of(*value) == values.len())
                    .map(|&(value, rows)| (canonical_number(value), rows)),
            ),
        };
        let of_values = OfValues {
            ks_statistic: samples.ks_statistic(),
            ks_p_value: samples.ks_p_value(),
            ks_noise_floor: samples.ks_noise_floor(),
            wasserstein_normed: samples.wasserstein_normed(),
            wasserstein_noise_floor: samples.wasserstein_normed_noise_floor(),
        };
        let shown = (0..bins.bins()).map(|bin| match bins.range(bin) {
            BinRange::Value(value) => DriftBin::Number(value),
            BinRange::Unseen => DriftBin::Unseen,
            BinRange::Numbers { at_least, below } => DriftBin::Numbers { at_least, below },
        });
        ColumnDrift {
            values: Some(of_values),
            strays,
            ..sides.column(
                (name, part, ColumnKind::Number),
                shown.collect(),
                unseen,
                evidently::of_numbers(&samples),
            )
        }
    }

    fn categories(
        &self,
        name: &str,
        part: DriftPart,
        kind: ColumnKind,
        names: &[String],
        code: &dyn Fn(usize) -> Option<usize>,
    ) -> ColumnDrift {
        // Every category first, to know which are frequent: on either side, whatever range is looked at.
        let mut both = vec![0_u64; names.len()];
        let (mut reference, mut current) = (both.clone(), both.clone());
        for (row, place, count) in self.rows.iter() {
            let Some(code) = code(row) else {
                continue;
            };
            let add = |counts: &mut Vec<u64>| {
                if let Some(rows) = counts.get_mut(code) {
                    *rows = rows.saturating_add(count);
                }
            };
            match (place.is_reference, place.is_within) {
                (true, _) => add(&mut reference),
                (false, true) => add(&mut current),
                (false, false) => {}
            }
            if !place.is_again {
                add(&mut both);
            }
        }
        let text = |code: usize| names.get(code).map_or("", String::as_str);
        let is_before = |a: usize, b: usize| text(a) < text(b);
        let (top, folded) = most_frequent(&both, is_before, |code| text(code) == OTHER);
        let mut bin_of = vec![top.len(); names.len()];
        for (bin, &code) in top.iter().enumerate() {
            if let Some(place) = bin_of.get_mut(code) {
                *place = bin;
            }
        }
        let mut bins: Vec<DriftBin> = top
            .iter()
            .map(|&code| DriftBin::Category(text(code).to_owned()))
            .collect();
        if folded > 0 {
            bins.push(DriftBin::Other(folded));
        }
        let sides = self.count(bins.len(), &|row| bin_of.get(code(row)?).copied());
        let only_current = reference.iter().zip(&current).zip(names);
        let unseen = unseen(
            only_current
                .filter(|((r, c), _)| **r == 0 && **c > 0)
                .map(|((_, rows), name)| (name.clone(), *rows)),
        );
        let tested = evidently::of_categories(&BinCounts::new(&reference, &current));
        sides.column((name, part, kind), bins, unseen, tested)
    }

    /// One pass over the rows.
    fn count(&self, bins: usize, bin_of: &dyn Fn(usize) -> Option<usize>) -> Sides {
        let none = || SideCounts::none(bins);
        let mut sides = Sides {
            reference: none(),
            current: none(),
            windows: vec![none(); self.rows.windows],
            reference_windows: vec![none(); self.rows.reference_windows],
        };
        for (row, place, count) in self.rows.iter() {
            let bin = bin_of(row);
            let (side, windows) = match place.is_reference {
                true => (&mut sides.reference, &mut sides.reference_windows),
                false => (&mut sides.current, &mut sides.windows),
            };
            if place.is_reference || place.is_within {
                side.push(bin, count);
            }
            if let Some(window) = place.window.and_then(|window| windows.get_mut(window)) {
                window.push(bin, count);
            }
        }
        sides
    }
}

impl Sides {
    fn column(
        self,
        (name, part, kind): (&str, DriftPart, ColumnKind),
        bins: Vec<DriftBin>,
        unseen: Unseen,
        evidently: Result<Tested, Undefined>,
    ) -> ColumnDrift {
        let counts = BinCounts::new(&self.reference.bins, &self.current.bins);
        let floors = DealtFloors {
            chi_square: counts.chi_square_noise_floor(),
            l_infinity: counts.l_infinity_noise_floor(),
        };
        ColumnDrift {
            column: name.to_owned(),
            part,
            kind,
            bins,
            reference: self.reference,
            current: self.current,
            windows: self.windows,
            reference_windows: self.reference_windows,
            strays: (0, 0),
            unseen,
            values: None,
            floors,
            evidently,
            is_merged: false,
        }
    }
}

/// Those that most rows have are named; of equals those that come first.
fn unseen(values: impl Iterator<Item = (String, u64)>) -> Unseen {
    let mut found = Unseen::default();
    let mut named: Vec<(String, u64)> = Vec::with_capacity(MOST_EXAMPLES + 1);
    for (value, rows) in values {
        found.values += 1;
        found.rows = found.rows.saturating_add(rows);
        let place =
            named.partition_point(|known| (Reverse(known.1), &known.0) < (Reverse(rows), &value));
        if place < MOST_EXAMPLES {
            named.insert(place, (value, rows));
            named.truncate(MOST_EXAMPLES);
        }
    }
    found.examples = named.into_iter().map(|(value, _)| value).collect();
    found
}

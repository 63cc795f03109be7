//! A column's shares on both sides, bin by bin.

use greenlight_charts::{BinNames, OverlaidHistogram, Unit};
use greenlight_format::{self as format, Told};

use super::sheet::shown;
use super::{Above, Cell, Pictured, Sheet};
use crate::canvas::{CanvasError, Frame, Pointer};

/// What the bins of a column are.
#[derive(Clone, Debug, PartialEq)]
pub enum Bins {
    /// Stretches of numbers: the edges between neighbours, one fewer than there are bins. The outer bins are open.
    Edges(Vec<f64>),
    /// Values, one or several of them to a bin.
    Values(Vec<String>),
}

/// A column's shares on both sides: what is drawn, and what it says.
#[derive(Clone, Debug)]
pub struct SharesData {
    /// What the picture shows: "amount: train and production".
    pub title: String,
    /// What the column is called.
    pub column: String,
    /// What both sides are called: reference, current.
    pub names: (String, String),
    /// What the bins are.
    pub bins: Bins,
    /// The shares of the reference.
    pub reference: Vec<f64>,
    /// The shares of the current rows.
    pub current: Vec<f64>,
    /// What each bin adds to the statistic; empty for none.
    pub contributions: Vec<f64>,
    /// What that statistic is called: "PSI".
    pub statistic: String,
    /// How well the edges of bins are known.
    pub told: Told,
    /// What stands below the picture while nothing is pointed at.
    pub hint: String,
}

const HEIGHT: u32 = 280;

impl SharesData {
    fn with<T>(&self, act: impl FnOnce(&OverlaidHistogram<'_>) -> T) -> T {
        let edges: Vec<String>;
        let bins = match &self.bins {
            Bins::Edges(numbers) => {
                edges = numbers.iter().map(|edge| edge_name(*edge)).collect();
                BinNames::Edges(&edges)
            }
            Bins::Values(names) => BinNames::Values(names),
        };
        act(&OverlaidHistogram {
            reference: &self.reference,
            current: &self.current,
            names: (&self.names.0, &self.names.1),
            bins,
            title: &self.column,
            contributions: &self.contributions,
            contributions_name: &self.statistic,
        })
    }

    /// What a bin is called.
    fn bin(&self, bin: usize) -> String {
        match &self.bins {
            Bins::Values(names) => names.get(bin).cloned().unwrap_or_default(),
            Bins::Edges(edges) => {
                let before = bin.checked_sub(1).and_then(|before| edges.get(before));
                match (
                    before.map(|edge| self.told.mark(edge_name(*edge))),
                    edges.get(bin).map(|edge| self.told.mark(edge_name(*edge))),
                ) {
                    (Some(low), Some(high)) => format!("{low} to below {high}"),
                    (Some(low), None) => format!("{low} or more"),
                    (None, Some(high)) => format!("below {high}"),
                    (None, None) => "all".to_owned(),
                }
            }
        }
    }

    fn share(shares: &[f64], bin: usize) -> f64 {
        shares.get(bin).copied().unwrap_or(0.0)
    }
}

/// Whole numbers in full, others to four figures.
fn edge_name(edge: f64) -> String {
    match edge.fract() == 0.0 && edge.abs() < 1e9 {
        true => format::tick(edge, 1.0),
        false => format::significant(edge, 4),
    }
}

impl Pictured for SharesData {
    fn title(&self) -> &str {
        &self.title
    }

    fn place(&self) -> &'static str {
        "bin"
    }

    fn hint(&self) -> &str {
        &self.hint
    }

    fn marks(&self) -> usize {
        self.reference.len().max(self.current.len())
    }

    fn height(&self, _width: f64) -> u32 {
        HEIGHT
    }

    fn draw(&self, frame: &mut Frame) -> Result<(), CanvasError> {
        self.with(|picture| picture.draw(&mut frame.canvas, &frame.theme))?;
        Ok(())
    }

    fn draw_above(&self, frame: &mut Frame, above: &Above) -> Result<(), CanvasError> {
        if let Some(bin) = above.mark {
            self.with(|picture| picture.draw_highlight(&mut frame.canvas, &frame.theme, bin))?;
        }
        Ok(())
    }

    fn mark_at(&self, Pointer { x, size, .. }: Pointer) -> Option<usize> {
        self.with(|picture| picture.layout(size)?.bin_at(x))
    }

    fn said(&self, mark: usize) -> String {
        let share = |shares| format::percent(Self::share(shares, mark));
        let mut said = format!(
            "{}: {} of {}, {} of {}",
            self.bin(mark),
            share(&self.reference),
            self.names.0,
            share(&self.current),
            self.names.1
        );
        if let Some(contribution) = self.contributions.get(mark) {
            let added = shown(*contribution, Unit::Plain);
            said += &format!("; adds {added} to {}", self.statistic);
        }
        said + "."
    }

    fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::default();
        sheet.column(self.column.clone(), "bin");
        for name in [&self.names.0, &self.names.1] {
            sheet.column(name.clone(), name.clone());
        }
        if !self.contributions.is_empty() {
            sheet.column(self.statistic.clone(), self.statistic.to_lowercase());
        }
        for bin in 0..self.marks() {
            let mut row = vec![Cell::words(self.bin(bin))];
            for shares in [&self.reference, &self.current] {
                row.push(Cell::number(Self::share(shares, bin), Unit::Share));
            }
            if !self.contributions.is_empty() {
                let contribution = self.contributions.get(bin).copied();
                row.push(Cell::number(contribution.unwrap_or(f64::NAN), Unit::Plain));
            }
            sheet.rows.push(row);
        }
        sheet
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bin_says_from_where_to_where_and_both_shares() {
        let data = SharesData {
            title: String::new(),
            column: "amount".to_owned(),
            names: ("train".to_owned(), "production".to_owned()),
            bins: Bins::Edges(vec![10.0, 1.0 / 3.0]),
            reference: vec![0.5, 0.25, 0.25],
            current: vec![0.4, 0.35],
            contributions: vec![0.0223],
            statistic: "PSI".to_owned(),
            told: Told::Exactly,
            hint: String::new(),
        };
        let plain = |bin| data.said(bin).replace(format::SPACE, " ");
        assert_eq!(
            plain(0),
            "below 10: 50.0 % of train, 40.0 % of production; adds 0.0223 to PSI."
        );
        assert_eq!(
            plain(1),
            "10 to below 0.3333: 25.0 % of train, 35.0 % of production."
        );
        assert_eq!(
            plain(2),
            "0.3333 or more: 25.0 % of train, 0 % of production."
        );
        assert_eq!(data.sheet().rows.len(), 3);
    }
}

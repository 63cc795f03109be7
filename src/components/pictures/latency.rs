//! How long answers take.

use greenlight_charts::{LatencyBin, LatencyHistogram, LatencyMark, Unit};
use greenlight_format::{self as format, Told};

use super::{Above, Cell, Pictured, Sheet};
use crate::canvas::{CanvasError, Frame, Pointer};

/// A percentile.
#[derive(Clone, Debug, PartialEq)]
pub struct LatencyMarkData {
    /// What it is called: "p95". Its number is put behind it.
    pub name: String,
    /// Where it is, in milliseconds.
    pub ms: f64,
}

/// A histogram of latencies: what is drawn, and what it says.
#[derive(Clone, Debug)]
pub struct LatencyData {
    /// What the picture shows.
    pub title: String,
    /// The bins with rows, from the fastest, in milliseconds.
    pub bins: Vec<LatencyBin>,
    /// The same of the reference; empty for none.
    pub reference: Vec<LatencyBin>,
    /// What the rows and those of the reference are called.
    pub names: (String, String),
    /// The percentiles, in order.
    pub marks: Vec<LatencyMarkData>,
    /// The most that an answer may take, in milliseconds; NaN for nothing.
    pub budget_ms: f64,
    /// How well the percentiles are known; edges of bins are exact.
    pub told: Told,
    /// What stands below the picture while nothing is pointed at.
    pub hint: String,
}

const HEIGHT: u32 = 300;

impl LatencyData {
    fn with<T>(&self, act: impl FnOnce(&LatencyHistogram<'_>) -> T) -> T {
        let named = |LatencyMarkData { name, ms }: &LatencyMarkData| {
            let shown = self.told.mark(format::duration_ms(*ms));
            (format!("{name} {shown}"), *ms)
        };
        let names: Vec<(String, f64)> = self.marks.iter().map(named).collect();
        let marks: Vec<LatencyMark<'_>> = names
            .iter()
            .map(|(name, ms)| LatencyMark { name, ms: *ms })
            .collect();
        let both = match self.reference.is_empty() {
            true => ("", ""),
            false => (self.names.0.as_str(), self.names.1.as_str()),
        };
        act(&LatencyHistogram {
            bins: &self.bins,
            reference: &self.reference,
            names: both,
            marks: &marks,
            budget_ms: self.budget_ms,
            budget_name: &format!("budget {}", format::duration_ms(self.budget_ms)),
        })
    }
}

fn all(bins: &[LatencyBin]) -> f64 {
    bins.iter().map(|bin| bin.rows as f64).sum()
}

impl Pictured for LatencyData {
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
        self.bins.len()
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
        self.with(|picture| picture.bin_at(&picture.layout(size)?, x))
    }

    fn said(&self, mark: usize) -> String {
        let Some(LatencyBin { low, high, rows }) = self.bins.get(mark).copied() else {
            return String::new();
        };
        let share = format::percent(rows as f64 / all(&self.bins));
        let (low, high) = (format::duration_ms(low), format::duration_ms(high));
        let plural = if rows == 1 { "" } else { "s" };
        format!(
            "{low} to below {high}: {} row{plural}, {share}.",
            format::count(rows)
        )
    }

    fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::default();
        sheet.column("From", "from_ms");
        sheet.column("To below", "to_ms");
        sheet.column("Rows", "rows");
        let has_reference = !self.reference.is_empty();
        if has_reference {
            sheet.column(format!("Rows of {}", self.names.1), "reference_rows");
        }
        let rows_at = |bins: &[LatencyBin], low: f64| {
            let bin = bins.iter().find(|bin| bin.low.total_cmp(&low).is_eq());
            bin.map_or(0, |bin| bin.rows)
        };
        let mut bins: Vec<LatencyBin> = self.bins.iter().chain(&self.reference).copied().collect();
        bins.sort_by(|one, other| one.low.total_cmp(&other.low));
        bins.dedup_by(|one, other| one.low.total_cmp(&other.low).is_eq());
        for LatencyBin { low, high, .. } in bins {
            let ms = |ms| Cell::number(ms, Unit::Milliseconds);
            let mut row = vec![ms(low), ms(high), Cell::count(rows_at(&self.bins, low))];
            if has_reference {
                row.push(Cell::count(rows_at(&self.reference, low)));
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
    fn the_table_joins_both_sides_by_their_bins() {
        let bin = |low, high, rows| LatencyBin { low, high, rows };
        let data = LatencyData {
            title: String::new(),
            bins: vec![bin(8.0, 9.0, 3), bin(10.0, 11.0, 1)],
            reference: vec![bin(9.0, 10.0, 2), bin(10.0, 11.0, 5)],
            names: ("production".to_owned(), "train".to_owned()),
            marks: Vec::new(),
            budget_ms: f64::NAN,
            told: Told::Exactly,
            hint: String::new(),
        };
        assert_eq!(
            data.sheet().csv(),
            "from_ms,to_ms,rows,reference_rows\r\n8,9,3,0\r\n9,10,0,2\r\n10,11,1,5\r\n"
        );
        let said = data.said(0).replace(format::SPACE, " ");
        assert_eq!(said, "8.00 ms to below 9.00 ms: 3 rows, 75.0 %.");
    }
}

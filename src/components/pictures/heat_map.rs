//! Many columns over windows, a page of them at a time.

use greenlight_charts::{HeatMap, Unit};
use greenlight_format::{self as format, Told};

use super::sheet::shown;
use super::timeline::windows;
use super::{Above, Cell, Pictured, Sheet};
use crate::canvas::{CanvasError, Frame, Pointer};

/// A number for each row and window: what is drawn, and what it says. A mark is `row * windows + window`.
///
/// It shows all its rows: who has many gives a page of them at a time.
#[derive(Clone, Debug)]
pub struct HeatMapData {
    /// What the picture shows: "PSI of each column by week".
    pub title: String,
    /// What the rows are: "Column".
    pub row: String,
    /// The names of the rows, from the top.
    pub rows: Vec<String>,
    /// What a window is called: "Week".
    pub window: String,
    /// The windows as people say them.
    pub names: Vec<String>,
    /// From when to when each is, in milliseconds on the clock that is shown; `None` where they are not of time.
    pub times: Option<Vec<(i64, i64)>>,
    /// The numbers, row by row; NaN where there is none.
    pub values: Vec<f64>,
    /// How well the numbers of each row are known.
    pub told: Vec<Told>,
    /// What the numbers are: "PSI".
    pub value: String,
    /// What they are held against; NaN for nothing.
    pub limit: f64,
    /// The number of the strongest colour.
    pub top: f64,
    /// What stands below the picture while nothing is pointed at.
    pub hint: String,
}

impl HeatMapData {
    fn with<T>(&self, act: impl FnOnce(&HeatMap<'_>) -> T) -> T {
        let number = |value| format::significant(value, 2);
        act(&HeatMap {
            rows: &self.rows,
            windows: windows(self.times.as_deref(), self.names.len(), &self.window),
            values: &self.values,
            title: &self.value,
            limit: self.limit,
            limit_name: &format!("limit {}", number(self.limit)),
            top: self.top,
            top_name: &number(self.top),
            first: 0,
        })
    }

    /// The row and the window of a mark.
    pub fn place_of(&self, mark: usize) -> (usize, usize) {
        let windows = self.names.len().max(1);
        (mark / windows, mark % windows)
    }

    fn value(&self, mark: usize) -> f64 {
        self.values.get(mark).copied().unwrap_or(f64::NAN)
    }

    fn told(&self, row: usize) -> Told {
        self.told.get(row).copied().unwrap_or_default()
    }
}

impl Pictured for HeatMapData {
    fn title(&self) -> &str {
        &self.title
    }

    fn place(&self) -> &'static str {
        "cell"
    }

    fn hint(&self) -> &str {
        &self.hint
    }

    fn marks(&self) -> usize {
        self.rows.len().saturating_mul(self.names.len())
    }

    fn height(&self, _width: f64) -> u32 {
        HeatMap::height(self.rows.len())
    }

    fn draw(&self, frame: &mut Frame) -> Result<(), CanvasError> {
        self.with(|picture| picture.draw(&mut frame.canvas, &frame.theme))?;
        Ok(())
    }

    fn draw_above(&self, frame: &mut Frame, above: &Above) -> Result<(), CanvasError> {
        if let Some(mark) = above.mark {
            let cell = self.place_of(mark);
            self.with(|picture| picture.draw_highlight(&mut frame.canvas, &frame.theme, cell))?;
        }
        Ok(())
    }

    fn mark_at(&self, Pointer { x, y, size }: Pointer) -> Option<usize> {
        let (row, window) = self.with(|picture| picture.layout(size)?.cell_at(x, y))?;
        Some(row * self.names.len() + window)
    }

    fn said(&self, mark: usize) -> String {
        let (row, window) = self.place_of(mark);
        let name = |names: &[String], index: usize| names.get(index).cloned().unwrap_or_default();
        let (value, told) = (self.value(mark), self.told(row));
        let number = match value.is_nan() {
            true => format!("no {}: too few rows", self.value),
            false => format!("{} {}", self.value, told.mark(shown(value, Unit::Plain))),
        };
        let above = match value > self.limit {
            true => format!(
                ", above the limit of {}",
                format::significant(self.limit, 2)
            ),
            false => String::new(),
        };
        let (row, window) = (name(&self.rows, row), name(&self.names, window));
        format!("{row}, {window}: {number}{above}.")
    }

    fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::default();
        sheet.column(self.row.clone(), self.row.to_lowercase());
        for name in &self.names {
            sheet.column(name.clone(), name.replace(format::SPACE, " "));
        }
        let windows = self.names.len();
        for (row, name) in self.rows.iter().enumerate() {
            let values = (0..windows).map(|window| self.value(row * windows + window));
            let mut cells = vec![Cell::words(name.clone())];
            cells.extend(values.map(|value| Cell::number(value, Unit::Plain).told(self.told(row))));
            sheet.rows.push(cells);
        }
        sheet
    }

    /// In two directions.
    fn step(&self, mark: Option<usize>, key: &str) -> Option<usize> {
        let windows = self.names.len();
        let last = self.marks().checked_sub(1)?;
        let mark = mark.filter(|mark| *mark <= last);
        let (row, window) = self.place_of(mark.unwrap_or(0));
        match (key, mark) {
            ("ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown", None) => Some(0),
            ("ArrowLeft", Some(mark)) if window > 0 => Some(mark - 1),
            ("ArrowRight", Some(mark)) if window + 1 < windows => Some(mark + 1),
            ("ArrowUp", Some(mark)) if row > 0 => Some(mark - windows),
            ("ArrowDown", Some(mark)) if row + 1 < self.rows.len() => Some(mark + windows),
            ("Home", _) => Some(row * windows),
            ("End", _) => Some(row * windows + windows - 1),
            ("ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown", mark) => mark,
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> HeatMapData {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        HeatMapData {
            title: "PSI".to_owned(),
            row: "Column".to_owned(),
            rows: names(&["age", "plan"]),
            window: "Week".to_owned(),
            names: names(&["a", "b", "c"]),
            times: None,
            values: vec![0.01, 0.2, f64::NAN, 0.0, 0.0, 0.1],
            told: vec![Told::Exactly, Told::Rounded],
            value: "PSI".to_owned(),
            limit: 0.1,
            top: 0.4,
            hint: String::new(),
        }
    }

    #[test]
    fn keys_walk_in_two_directions_and_stop_at_the_edges() {
        let data = data();
        assert_eq!(data.step(None, "ArrowDown"), Some(0));
        assert_eq!(data.step(Some(0), "ArrowLeft"), Some(0));
        assert_eq!(data.step(Some(1), "ArrowDown"), Some(4));
        assert_eq!(data.step(Some(4), "ArrowDown"), Some(4));
        assert_eq!(data.step(Some(2), "ArrowRight"), Some(2));
        assert_eq!(data.step(Some(4), "End"), Some(5));
        assert_eq!(data.step(Some(4), "x"), None);
    }

    #[test]
    fn a_cell_says_its_number_and_whether_it_is_above_the_limit() {
        let data = data();
        assert_eq!(data.said(1), "age, b: PSI 0.200, above the limit of 0.10.");
        assert_eq!(data.said(2), "age, c: no PSI: too few rows.");
        assert_eq!(data.said(5), "plan, c: PSI ≈\u{202f}0.100.");
        assert_eq!(
            data.sheet().csv(),
            "column,a,b,c\r\nage,0.01,0.2,\r\nplan,0,0,0.1\r\n"
        );
    }
}

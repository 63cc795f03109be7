//! A metric over windows.

use std::ops::Range;

use greenlight_charts::{
    Alert, Change, Level, LevelKind, Stroke, Timeline, TimelineSeries, Unit, WindowState, Windows,
};
use greenlight_format::{self as format, Told};

use super::sheet::{shown, shown_interval};
use super::{Above, Cell, Key, Pictured, Sheet};
use crate::canvas::{CanvasError, Frame, Pointer};

/// A metric over the windows.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesData {
    /// Its name in sentences and beside its line: "accuracy".
    pub name: String,
    /// Its name in files: `accuracy`.
    pub key: String,
    /// A value for each window; NaN where there is none.
    pub values: Vec<f64>,
    /// The 95 % intervals; empty for none.
    pub intervals: Vec<(f64, f64)>,
    /// How well they are known.
    pub told: Told,
    /// What it stands for.
    pub stroke: Stroke,
}

/// A number that the metric is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelData {
    /// Where it is.
    pub value: f64,
    /// What it is called, with its number.
    pub name: String,
    /// What it stands for.
    pub kind: LevelKind,
}

/// A change that was found before a window.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeData {
    /// The first window after it.
    pub window: usize,
    /// What changed, in few words.
    pub name: String,
}

/// A metric over windows: what is drawn, and what it says.
#[derive(Clone, Debug)]
pub struct TimelineData {
    /// What the picture shows: "Accuracy by week".
    pub title: String,
    /// What goes up: "Accuracy".
    pub axis: String,
    /// How its numbers read.
    pub unit: Unit,
    /// Whether the axis starts at zero.
    pub from_zero: bool,
    /// What a window is called in the table: "Week".
    pub window: String,
    /// The windows as people say them: "3–9 Mar 2025".
    pub names: Vec<String>,
    /// From when to when each is, in milliseconds on the clock that is shown; `None` where they are not of time.
    pub times: Option<Vec<(i64, i64)>>,
    /// What can be said of each.
    pub states: Vec<WindowState>,
    /// The rows of each; empty where no strip shall show them.
    pub rows: Vec<u64>,
    /// The metric, last, and what stands beside it.
    pub series: Vec<SeriesData>,
    /// What it is held against.
    pub levels: Vec<LevelData>,
    /// Changes that were found.
    pub changes: Vec<ChangeData>,
    /// The alerts.
    pub alerts: Vec<Alert>,
    /// A sentence more for some windows: what was alerted there, why it is not judged.
    pub notes: Vec<(usize, String)>,
    /// What stands below the picture while nothing is pointed at.
    pub hint: String,
    /// How tall it is, in CSS pixels.
    pub height: u32,
}

impl Default for TimelineData {
    fn default() -> Self {
        Self {
            title: String::new(),
            axis: String::new(),
            unit: Unit::Share,
            from_zero: false,
            window: "Window".to_owned(),
            names: Vec::new(),
            times: None,
            states: Vec::new(),
            rows: Vec::new(),
            series: Vec::new(),
            levels: Vec::new(),
            changes: Vec::new(),
            alerts: Vec::new(),
            notes: Vec::new(),
            hint: String::new(),
            height: 280,
        }
    }
}

impl TimelineData {
    fn with<T>(&self, act: impl FnOnce(&Timeline<'_>) -> T) -> T {
        let series: Vec<TimelineSeries<'_>> = self
            .series
            .iter()
            .map(|series| TimelineSeries {
                // One line alone needs no name.
                name: if self.series.len() > 1 {
                    &series.name
                } else {
                    ""
                },
                values: &series.values,
                intervals: &series.intervals,
                stroke: series.stroke,
            })
            .collect();
        let levels: Vec<Level<'_>> = self
            .levels
            .iter()
            .map(|LevelData { value, name, kind }| Level {
                value: *value,
                name,
                kind: *kind,
            })
            .collect();
        let changes: Vec<Change<'_>> = self
            .changes
            .iter()
            .map(|ChangeData { window, name }| Change {
                window: *window,
                name,
            })
            .collect();
        act(&Timeline {
            windows: windows(self.times.as_deref(), self.names.len(), &self.window),
            states: &self.states,
            series: &series,
            title: &self.axis,
            unit: self.unit,
            from_zero: self.from_zero,
            levels: &levels,
            changes: &changes,
            alerts: &self.alerts,
            rows: &self.rows,
        })
    }

    fn state(&self, window: usize) -> WindowState {
        let state = self.states.get(window).copied();
        state.unwrap_or(WindowState::Full)
    }
}

/// Windows of time, or numbered ones.
pub fn windows<'a>(times: Option<&'a [(i64, i64)]>, count: usize, title: &'a str) -> Windows<'a> {
    match times {
        Some(times) => Windows::Times(times),
        None => Windows::Parts { count, title },
    }
}

impl Pictured for TimelineData {
    fn title(&self) -> &str {
        &self.title
    }

    fn place(&self) -> &'static str {
        "window"
    }

    fn hint(&self) -> &str {
        &self.hint
    }

    fn keys(&self) -> Vec<(Key, &'static str)> {
        let mut keys = Vec::new();
        if self.alerts.iter().any(|alert| alert.is_first) {
            keys.push((Key::Pointer, "an alert was raised here"));
        }
        if !self.alerts.is_empty() {
            keys.push((Key::Diamond, "beyond the limit"));
        }
        keys
    }

    fn marks(&self) -> usize {
        self.names.len()
    }

    fn height(&self, _width: f64) -> u32 {
        self.height
    }

    fn draw(&self, frame: &mut Frame) -> Result<(), CanvasError> {
        self.with(|picture| picture.draw(&mut frame.canvas, &frame.theme))?;
        Ok(())
    }

    fn draw_above(&self, frame: &mut Frame, above: &Above) -> Result<(), CanvasError> {
        let Frame { canvas, theme } = frame;
        self.with(|picture| {
            if let Some(chosen) = &above.chosen {
                picture.draw_selection(canvas, theme, chosen)?;
            }
            if let Some(seen) = above.seen {
                picture.draw_now(canvas, theme, seen)?;
            }
            match above.mark {
                Some(mark) => picture.draw_mark(canvas, theme, mark),
                None => Ok(()),
            }
        })?;
        Ok(())
    }

    fn mark_at(&self, Pointer { x, size, .. }: Pointer) -> Option<usize> {
        self.with(|picture| picture.layout(size)?.nearest(x))
    }

    fn said(&self, mark: usize) -> String {
        let value = |series: &SeriesData| {
            let value = series.values.get(mark).copied().unwrap_or(f64::NAN);
            let interval = series.intervals.get(mark).copied();
            let told = series.told;
            let interval = interval.and_then(|interval| shown_interval(interval, self.unit, told));
            let value_shown = told.mark(shown(value, self.unit));
            match interval.filter(|_| value.is_finite()) {
                Some(interval) => {
                    format!("{} {value_shown} ({interval})", series.name)
                }
                None => format!("{} {value_shown}", series.name),
            }
        };
        let name = self.names.get(mark).map_or("", String::as_str);
        let mut said = match self.state(mark) {
            WindowState::Empty => format!("{name}: no rows"),
            WindowState::Unlabelled => format!("{name}: no row has its label yet"),
            // The metric first.
            _ => {
                let values: Vec<String> = self.series.iter().rev().map(value).collect();
                format!("{name}: {}", values.join(", "))
            }
        };
        if let Some(rows) = self.rows.get(mark).filter(|rows| **rows > 0) {
            let plural = if *rows == 1 { "" } else { "s" };
            said += &format!("; {} row{plural}", format::count(*rows));
        }
        said.push('.');
        let of_mark = |window: usize| window == mark;
        for change in self.changes.iter().filter(|change| of_mark(change.window)) {
            said += &format!(" Changed here: {}.", change.name);
        }
        for (_, note) in self.notes.iter().filter(|(window, _)| of_mark(*window)) {
            said.push(' ');
            said += note;
        }
        said
    }

    fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::default();
        sheet.column(self.window.clone(), "window");
        if !self.rows.is_empty() {
            sheet.column("Rows", "rows");
        }
        for series in self.series.iter().rev() {
            sheet.column(format::capitalised(&series.name), series.key.clone());
            if !series.intervals.is_empty() {
                sheet.column("95 % from", format!("{}_low", series.key));
                sheet.column("to", format!("{}_high", series.key));
            }
        }
        let has_alerts = !self.alerts.is_empty();
        if has_alerts {
            sheet.column("Alert", "alert");
        }
        for (window, name) in self.names.iter().enumerate() {
            let mut row = vec![Cell::words(name.clone())];
            if !self.rows.is_empty() {
                row.push(Cell::count(self.rows.get(window).copied().unwrap_or(0)));
            }
            for series in self.series.iter().rev() {
                let number = |value| Cell::number(value, self.unit).told(series.told);
                let value = series.values.get(window).copied().unwrap_or(f64::NAN);
                row.push(number(value));
                if !series.intervals.is_empty() {
                    let none = (f64::NAN, f64::NAN);
                    let (low, high) = series.intervals.get(window).copied().unwrap_or(none);
                    row.extend([number(low), number(high)]);
                }
            }
            if has_alerts {
                let mut alerts = self.alerts.iter().filter(|alert| alert.window == window);
                let alert = match (alerts.clone().any(|alert| alert.is_first), alerts.next()) {
                    (true, _) => "raised",
                    (false, Some(_)) => "offends",
                    (false, None) => "",
                };
                row.push(Cell::words(alert));
            }
            sheet.rows.push(row);
        }
        sheet
    }

    fn ends(&self, range: &Range<usize>, size: (u32, u32)) -> Option<(f64, f64)> {
        let (left, right) = self.with(|picture| picture.layout(size)?.columns(range))?;
        Some((f64::from(left), f64::from(right)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> TimelineData {
        TimelineData {
            title: "Accuracy by day".to_owned(),
            window: "Day".to_owned(),
            names: vec!["1 May".to_owned(), "2 May".to_owned()],
            states: vec![WindowState::Full, WindowState::Empty],
            rows: vec![1_200, 0],
            series: vec![SeriesData {
                name: "accuracy".to_owned(),
                key: "accuracy".to_owned(),
                values: vec![0.9, f64::NAN],
                intervals: vec![(0.88, 0.92), (f64::NAN, f64::NAN)],
                told: Told::Exactly,
                stroke: Stroke::Main,
            }],
            alerts: vec![Alert {
                window: 0,
                is_first: true,
            }],
            notes: vec![(0, "Below the limit.".to_owned())],
            ..TimelineData::default()
        }
    }

    #[test]
    fn a_window_says_its_numbers_or_that_it_has_none() {
        let plain = |mark| data().said(mark).replace(format::SPACE, " ");
        assert_eq!(
            plain(0),
            "1 May: accuracy 90.0 % (88.0–92.0 %); 1 200 rows. Below the limit."
        );
        assert_eq!(plain(1), "2 May: no rows.");
        assert_eq!(plain(7), ": accuracy –.");
    }

    #[test]
    fn signs_are_explained_where_they_are_drawn() {
        let mut data = data();
        let keys = |data: &TimelineData| data.keys().into_iter().map(|(key, _)| key).collect();
        let shown: Vec<Key> = keys(&data);
        assert_eq!(shown, [Key::Pointer, Key::Diamond]);
        data.alerts
            .iter_mut()
            .for_each(|alert| alert.is_first = false);
        let shown: Vec<Key> = keys(&data);
        assert_eq!(shown, [Key::Diamond]);
        data.alerts.clear();
        assert_eq!(data.keys(), []);
    }

    #[test]
    fn the_table_has_a_row_for_each_window() {
        assert_eq!(
            data().sheet().csv(),
            "window,rows,accuracy,accuracy_low,accuracy_high,alert\r\n\
             1 May,1200,0.9,0.88,0.92,raised\r\n2 May,0,,,,\r\n"
        );
    }
}

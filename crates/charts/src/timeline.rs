//! A metric from window to window, with everything that is held against it.

mod layout;
mod marks;
mod overlay;

use plotters::{
    backend::DrawingBackend,
    style::{Color, RGBColor},
};

use crate::{
    Axis, Drawn, Rect, Stroke, Text, Theme, Unit, Windows,
    curve::{dashed, runs, simplified, within},
    labels::{Labels, along, closely, distance_to},
    line_plot::colour,
    pen::Pen,
    theme::mix,
};

pub use layout::TimelineLayout;

/// What can be said of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowState {
    /// It is judged.
    Full,
    /// It is partial, or has too few rows to be judged: drawn hollow.
    Light,
    /// It has no rows: hatched on the axis.
    Empty,
    /// None of its rows has a label yet: hatched on the axis.
    Unlabelled,
}

/// A metric over the windows.
#[derive(Clone, Copy, Debug)]
pub struct TimelineSeries<'a> {
    /// Its name, written beside it; empty for none.
    pub name: &'a str,
    /// A value for each window. NaN leaves a gap.
    pub values: &'a [f64],
    /// The 95 % intervals, low and high; empty for none.
    pub intervals: &'a [(f64, f64)],
    /// What it stands for.
    pub stroke: Stroke,
}

/// What a level stands for; decides how it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelKind {
    /// What the policy or a rule asks for.
    Limit,
    /// What the reference has; dashed.
    Reference,
}

/// A number that the metric is held against.
#[derive(Clone, Copy, Debug)]
pub struct Level<'a> {
    /// Where it is.
    pub value: f64,
    /// What it is called, with its number: "limit 90 %".
    pub name: &'a str,
    /// What it stands for.
    pub kind: LevelKind,
}

/// A change that was found between two windows.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The first window after it.
    pub window: usize,
    /// What changed, in few words.
    pub name: &'a str,
}

/// An alert at a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The offending window.
    pub window: usize,
    /// Whether the alert was raised here.
    pub is_first: bool,
}

/// A metric over windows, with its 95 % interval as a band.
#[derive(Clone, Copy, Debug)]
pub struct Timeline<'a> {
    /// The windows.
    pub windows: Windows<'a>,
    /// What can be said of each; those that are missing here are full.
    pub states: &'a [WindowState],
    /// The metric and what stands beside it; later ones lie above earlier ones.
    pub series: &'a [TimelineSeries<'a>],
    /// What goes up.
    pub title: &'a str,
    /// How its numbers read.
    pub unit: Unit,
    /// Whether the axis starts at zero, or where the numbers are.
    pub from_zero: bool,
    /// What the metric is held against.
    pub levels: &'a [Level<'a>],
    /// Changes that were found.
    pub changes: &'a [Change<'a>],
    /// The alerts.
    pub alerts: &'a [Alert],
    /// The rows of each window, drawn as a strip of bars below; empty for no strip.
    pub rows: &'a [u64],
}

const LABEL_SIZE: f64 = 12.0;
const LABEL_HEIGHT: i32 = 16;
/// Points are drawn where windows are so many pixels apart.
const POINT_ROOM: f64 = 7.0;
const BAND_OPACITY: f64 = 0.2;

impl<'a> Timeline<'a> {
    /// Where everything lies in a picture of `size`; `None` where there is no room or nothing to show.
    #[must_use]
    pub fn layout(&self, size: (u32, u32)) -> Option<TimelineLayout<'a>> {
        TimelineLayout::new(size, self.windows, &self.y(), !self.rows.is_empty())
    }

    /// Draws the picture over the whole backend; nothing where there is no room for it.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB, theme: &Theme) -> Drawn<DB> {
        let Some(layout) = self.layout(backend.get_size()) else {
            return Ok(());
        };
        let mut pen = Pen(backend);
        for series in self.series {
            self.draw_band(&mut pen, &layout, theme, series)?;
        }
        layout.draw_axes(&mut pen, theme, &self.y())?;
        layout.draw_rows(&mut pen, theme, self.rows)?;
        self.draw_empty(&mut pen, &layout, theme)?;
        for level in self.levels {
            draw_level(&mut pen, &layout, theme, level)?;
        }
        for series in self.series {
            self.draw_series(&mut pen, &layout, theme, series)?;
        }
        let mut labels = Labels::new(layout.area());
        self.draw_alerts(&mut pen, &layout, theme, &mut labels)?;
        self.draw_changes(&mut pen, &layout, theme, &mut labels)?;
        self.draw_names(&mut pen, &layout, theme, &mut labels)
    }

    fn state(&self, window: usize) -> WindowState {
        let state = self.states.get(window);
        state.copied().unwrap_or(WindowState::Full)
    }

    fn is_light(&self, window: usize) -> bool {
        self.state(window) == WindowState::Light
    }

    /// Whether the line goes from neighbour to neighbour of a window, because it is not judged as they are.
    fn passed_by(&self) -> impl Fn(usize) -> bool {
        let mut windows = 0..self.windows.len();
        let is_any_full = windows.any(|window| self.state(window) == WindowState::Full);
        move |window| is_any_full && self.is_light(window)
    }

    /// The axis that goes up: as far as what is judged goes, with its levels; else as far as anything goes.
    fn y(&self) -> Axis<'a> {
        let (low, high) = self.ends(|window| self.state(window) == WindowState::Full);
        let (low, high) = match low <= high {
            true => (low, high),
            false => self.ends(|_| true),
        };
        let (low, high) = match low <= high {
            true => (low, high),
            false => (0.0, 1.0),
        };
        let least = match self.unit {
            Unit::Share => 0.04,
            _ => high.abs().max(1e-9) * 0.04,
        };
        let margin = 0.06 * (high - low) + (least - (high - low)).max(0.0) / 2.0;
        let (mut from, mut to) = (low - margin, high + margin);
        if self.from_zero && low >= 0.0 {
            (from, to) = (0.0, high.max(least) * 1.08);
        }
        if self.unit == Unit::Share && low >= 0.0 && high <= 1.0 {
            (from, to) = (from.max(0.0), to.min(1.0));
        }
        Axis {
            range: (from, to),
            title: self.title,
            unit: self.unit,
        }
    }

    /// The lowest and the highest number of those windows and of all levels.
    fn ends(&self, is_shown: impl Fn(usize) -> bool) -> (f64, f64) {
        let of_series = |series: &TimelineSeries<'a>| {
            let values = series.values.iter().map(|value| (*value, *value));
            let intervals = series.intervals.iter().copied();
            values.enumerate().chain(intervals.enumerate())
        };
        let numbers = self.series.iter().flat_map(of_series);
        let shown = numbers
            .filter(|(window, _)| is_shown(*window))
            .flat_map(|(_, (low, high))| [low, high]);
        let levels = || self.levels.iter().map(|level| level.value);
        let fold = |(low, high): (f64, f64), value: f64| match value.is_finite() {
            true => (low.min(value), high.max(value)),
            false => (low, high),
        };
        let ends = shown.fold((f64::INFINITY, f64::NEG_INFINITY), fold);
        match ends.0 <= ends.1 {
            true => levels().fold(ends, fold),
            false => ends,
        }
    }

    /// The 95 % interval, where there is one.
    fn draw_band<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &TimelineLayout<'_>,
        theme: &Theme,
        series: &TimelineSeries<'_>,
    ) -> Drawn<DB> {
        let colour = colour(series.stroke, theme);
        let count = series.intervals.len().min(self.windows.len());
        let ends = |window: usize| {
            let (low, high) = series.intervals.get(window)?;
            // An end that does not exist is the value's own.
            let value = series.values.get(window).copied().unwrap_or(f64::NAN);
            let or_value = |end: f64| if end.is_finite() { end } else { value };
            let place = |end: f64| layout.place(window, or_value(end));
            place(*low).zip(place(*high))
        };
        let is_passed_by = self.passed_by();
        let joined: Vec<_> = (0..count)
            .filter(|window| !is_passed_by(*window))
            .map(ends)
            .collect();
        for run in joined.split(Option::is_none) {
            let (low, high): (Vec<_>, Vec<_>) = run.iter().flatten().copied().unzip();
            match (low.as_slice(), high.as_slice()) {
                ([], _) => {}
                // One window alone has no breadth.
                ([(x, bottom)], [(_, top)]) => {
                    let bar = Rect {
                        x: x - 3,
                        y: *top,
                        width: 7,
                        height: bottom - top,
                    };
                    pen.veil(bar, colour, BAND_OPACITY)?;
                }
                _ => {
                    let (low, high) = (envelope(&low, i32::max), envelope(&high, i32::min));
                    let outline = high.into_iter().chain(low.into_iter().rev());
                    pen.0.fill_polygon(outline, &colour.mix(BAND_OPACITY))?;
                }
            }
        }
        Ok(())
    }

    fn draw_series<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &TimelineLayout<'_>,
        theme: &Theme,
        series: &TimelineSeries<'_>,
    ) -> Drawn<DB> {
        let colour = colour(series.stroke, theme);
        let count = series.values.len().min(self.windows.len());
        let is_passed_by = self.passed_by();
        let joined: Vec<(f64, f64)> = (0..count)
            .filter(|window| !is_passed_by(*window))
            .map(|window| layout.position(window, series.values[window]))
            .collect();
        for run in runs(&joined) {
            let pixels = within(&simplified(&columns(run)), &layout.area());
            match series.stroke {
                Stroke::Comparison => dashed(pen, &pixels, colour)?,
                _ => pen.path(&pixels, 2, colour)?,
            }
        }
        let exists = |window: usize| series.values.get(window).is_some_and(|v| v.is_finite());
        let is_roomy = layout.pitch() >= POINT_ROOM && series.stroke != Stroke::Comparison;
        let radius = match series.stroke {
            Stroke::Main if layout.pitch() >= 2.0 * POINT_ROOM => 4,
            _ if is_roomy => 3,
            _ => 2,
        };
        let mut last = None;
        for window in (0..count).filter(|window| exists(*window)) {
            let has_before = window > 0 && exists(window - 1);
            let is_alone = !has_before && !exists(window + 1);
            let passed_by = is_passed_by(window);
            let place = layout.place(window, series.values[window]);
            let Some(place) = place.filter(|_| is_roomy || is_alone || passed_by) else {
                continue;
            };
            if last.replace(place) == Some(place) {
                continue;
            }
            if passed_by {
                self.draw_whisker(pen, layout, mix(theme.surface, colour, 0.5), series, window)?;
            }
            pen.dot(place, radius + 1, theme.surface)?;
            pen.dot(place, radius, colour)?;
            if self.is_light(window) {
                pen.dot(place, radius - 1, theme.surface)?;
            }
        }
        Ok(())
    }

    /// The interval of a window that the line and its band pass by.
    fn draw_whisker<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &TimelineLayout<'_>,
        colour: RGBColor,
        series: &TimelineSeries<'_>,
        window: usize,
    ) -> Drawn<DB> {
        let place = |end: f64| layout.place(window, end);
        // What lies beyond the axis would only stripe it.
        let value = series.values.get(window).copied();
        let is_inside = value.is_some_and(|value| layout.place_at(value).is_some());
        let ends = series.intervals.get(window).filter(|_| is_inside);
        match ends.and_then(|(low, high)| place(*low).zip(place(*high))) {
            Some((low, high)) => pen.path(&[low, high], 1, colour),
            None => Ok(()),
        }
    }

    /// The names of levels and series, where least is in their way.
    fn draw_names<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &TimelineLayout<'_>,
        theme: &Theme,
        labels: &mut Labels,
    ) -> Drawn<DB> {
        let area = layout.area();
        let curves: Vec<Vec<(f64, f64)>> = self
            .series
            .iter()
            .map(|series| {
                let windows = 0..series.values.len().min(self.windows.len());
                let points: Vec<_> = windows
                    .map(|window| layout.position(window, series.values[window]))
                    .collect();
                closely(&points)
            })
            .collect();
        let levels: Vec<f64> = self
            .levels
            .iter()
            .map(|level| layout.height(level.value))
            .collect();
        let level_clearance = |rect: &Rect, own: Option<usize>| {
            let middle = f64::from(rect.y + rect.height / 2);
            let others = levels.iter().enumerate();
            others
                .filter(|(index, _)| Some(*index) != own)
                .map(|(_, at)| ((at - middle).abs() - f64::from(rect.height / 2)).max(0.0))
                .fold(40.0, f64::min)
        };
        for (index, level) in self.levels.iter().enumerate() {
            let style = Text::new(LABEL_SIZE, level_colour(level.kind, theme));
            let width = pen.width(level.name, &style)?;
            let Some((_, y)) = layout.place_at(level.value) else {
                continue;
            };
            let ends = [area.x + area.width - width - 2, area.x + 4];
            let steps = (0..8).map(|step| area.x + 4 + step * (area.width - width - 6) / 8);
            let candidates = ends
                .into_iter()
                .chain(steps)
                .flat_map(|x| [y - LABEL_HEIGHT - 1, y + 2].map(|y| rect_of(x, y, width)));
            let best = labels.best(candidates, |rect| {
                // At the right end where nothing speaks against it.
                let side = f64::from(rect.x - area.x) / f64::from(area.width.max(1));
                let curves = curves.iter().flatten().copied();
                distance_to(rect, curves)
                    .min(14.0)
                    .min(level_clearance(rect, Some(index)))
                    + side
            });
            if let Some(rect) = best {
                pen.name(level.name, &style, rect, theme.surface)?;
            }
        }
        for (index, series) in self.series.iter().enumerate() {
            if series.name.is_empty() {
                continue;
            }
            let style = Text::new(LABEL_SIZE, name_colour(series.stroke, theme));
            let width = pen.width(series.name, &style)?;
            let Some(own) = curves.get(index) else {
                continue;
            };
            let candidates = along(own).flat_map(|(x, y)| {
                let (x, y) = (x.round() as i32, y.round() as i32);
                [
                    (x - width / 2, y - LABEL_HEIGHT - 6),
                    (x - width / 2, y + 6),
                ]
                .map(|(x, y)| rect_of(x, y, width))
            });
            let best = labels.best(candidates, |rect| {
                let others = curves.iter().enumerate();
                let others = others
                    .filter(|(other, _)| *other != index)
                    .flat_map(|(_, curve)| curve.iter().copied());
                let near_own = distance_to(rect, own.iter().copied()).min(5.0);
                distance_to(rect, others).min(level_clearance(rect, None)) + 6.0 * near_own
            });
            if let Some(rect) = best {
                pen.name(series.name, &style, rect, theme.surface)?;
            }
        }
        Ok(())
    }
}

const fn rect_of(x: i32, y: i32, width: i32) -> Rect {
    Rect {
        x,
        y,
        width,
        height: LABEL_HEIGHT,
    }
}

fn draw_level<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    layout: &TimelineLayout<'_>,
    theme: &Theme,
    level: &Level<'_>,
) -> Drawn<DB> {
    let Some((_, y)) = layout.place_at(level.value) else {
        return Ok(());
    };
    let Rect { x, width, .. } = layout.area();
    match level.kind {
        LevelKind::Limit => {
            let line = Rect {
                x,
                y,
                width,
                height: 1,
            };
            pen.fill(line, theme.ink)
        }
        LevelKind::Reference => dashed(pen, &[(x, y), (x + width, y)], theme.reference),
    }
}

const fn level_colour(kind: LevelKind, theme: &Theme) -> RGBColor {
    match kind {
        LevelKind::Limit => theme.ink,
        LevelKind::Reference => theme.muted,
    }
}

/// Grey lines are strong enough, grey words are not.
fn name_colour(stroke: Stroke, theme: &Theme) -> RGBColor {
    match stroke {
        Stroke::Reference | Stroke::Comparison => theme.muted,
        Stroke::Main | Stroke::Second | Stroke::Third => colour(stroke, theme),
    }
}

/// Of many points in one column of pixels those that show: the first, the lowest, the highest and the last.
fn columns(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::with_capacity(points.len().min(1 << 13));
    for column in points.chunk_by(|one, other| one.0.floor() == other.0.floor()) {
        if column.len() <= 4 {
            kept.extend(column);
            continue;
        }
        let by_height = |a: &&(f64, f64), b: &&(f64, f64)| a.1.total_cmp(&b.1);
        let ends = [
            column.first(),
            column.iter().min_by(by_height),
            column.iter().max_by(by_height),
            column.last(),
        ];
        kept.extend(ends.into_iter().flatten());
    }
    kept
}

/// One place for each column of pixels: the one furthest out.
fn envelope(places: &[(i32, i32)], further: fn(i32, i32) -> i32) -> Vec<(i32, i32)> {
    let columns = places.chunk_by(|one, other| one.0 == other.0);
    let outermost = columns.filter_map(|column| {
        let height = column.iter().map(|(_, y)| *y).reduce(further)?;
        Some((column.first()?.0, height))
    });
    outermost.collect()
}

//! The frame of a picture with two axes: where it lies, its ticks, its grid, and the way from numbers to places and back.

use greenlight_format as format;
use plotters::backend::DrawingBackend;

use crate::{Drawn, Rect, Text, Theme, estimate_width, pen::Pen};

/// What the numbers of an axis are; decides how its ticks read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Shares: 0.5 reads 50 %.
    Share,
    /// Rows and other whole things.
    Count,
    /// Milliseconds: 1500 reads 1.5 s.
    Milliseconds,
    /// Any other number.
    Plain,
}

impl Unit {
    fn tick(self, value: f64, step: f64) -> String {
        match self {
            Self::Share => {
                // 2.5 % between ticks has to be read as that.
                let is_whole = |scale: f64| {
                    let steps = step * scale;
                    (steps - steps.round()).abs() < 1e-6 * steps
                };
                let decimals = match () {
                    () if is_whole(100.0) => 0,
                    () if is_whole(1_000.0) => 1,
                    () => 2,
                };
                format::percent_to(value, decimals)
            }
            Self::Count if value >= 0.0 => format::count_short(value.round() as u64),
            Self::Milliseconds => format::duration_tick(value, step),
            Self::Count | Self::Plain => format::tick(value, step),
        }
    }
}

/// One axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis<'a> {
    /// The numbers at both ends; the second is the larger one.
    pub range: (f64, f64),
    /// What they are, with the unit where ticks do not say it.
    pub title: &'a str,
    /// How they read.
    pub unit: Unit,
}

impl<'a> Axis<'a> {
    /// Shares from 0 to 1.
    #[must_use]
    pub const fn share(title: &'a str) -> Self {
        Self {
            range: (0.0, 1.0),
            title,
            unit: Unit::Share,
        }
    }

    /// Round numbers on the axis, no more than `most` of them.
    pub(crate) fn ticks(&self, most: usize) -> Vec<(f64, String)> {
        let (from, to) = self.range;
        let room = to - from;
        if !(room.is_finite() && room > 0.0) || most == 0 {
            return Vec::new();
        }
        let rough = room / most as f64;
        let magnitude = 10_f64.powi(rough.log10().floor() as i32);
        let step = [1.0, 2.0, 2.5, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * magnitude)
            .find(|step| *step >= rough * 0.999)
            .unwrap_or(rough);
        let step = if self.unit == Unit::Count {
            step.max(1.0).ceil()
        } else {
            step
        };
        let first = (from / step - 1e-9).ceil() as i64;
        let last = (to / step + 1e-9).floor() as i64;
        (first..=last.min(first + 50))
            .map(|index| {
                let value = index as f64 * step;
                (value, self.unit.tick(value, step))
            })
            .collect()
    }
}

const TICK_SIZE: f64 = 11.0;
const TITLE_SIZE: f64 = 12.0;
const GAP: i32 = 6;
/// Room above the plot for what stands on its upper edge.
const TOP: i32 = 10;
/// Room at the right for half of the last tick.
const RIGHT: i32 = 18;
const LEAST_SIDE: i32 = 40;
/// Pixels that a tick takes up, across and down.
const TICK_ROOM: (i32, i32) = (64, 40);

/// Where the plot lies in the picture, and where numbers lie in the plot.
///
/// ```
/// use greenlight_charts::{Axis, PlotLayout};
///
/// let layout = PlotLayout::new((400, 300), &Axis::share("Recall"), &Axis::share("Precision")).unwrap();
/// let (x, y) = layout.place(0.25, 0.75);
/// let (recall, precision) = layout.value_at(f64::from(x), f64::from(y));
/// assert!((recall - 0.25).abs() < 0.01 && (precision - 0.75).abs() < 0.01);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotLayout {
    /// The plot without its labels.
    pub area: Rect,
    x: (f64, f64),
    y: (f64, f64),
}

impl PlotLayout {
    /// The layout of a picture of `size`; `None` where it is too small, or an axis has no length.
    #[must_use]
    pub fn new(size: (u32, u32), x: &Axis<'_>, y: &Axis<'_>) -> Option<Self> {
        let bottom = 2 * GAP + (TICK_SIZE * 1.3) as i32 + (TITLE_SIZE * 1.4) as i32;
        Self::above(size, x, y, bottom)
    }

    /// The layout with so much room below the plot.
    pub(crate) fn above(size: (u32, u32), x: &Axis<'_>, y: &Axis<'_>, bottom: i32) -> Option<Self> {
        let has_length = |(from, to): (f64, f64)| (to - from).is_finite() && to > from;
        let (width, height) = (size.0.min(1 << 16) as i32, size.1.min(1 << 16) as i32);
        let tick_count = ((height - bottom - TOP) / TICK_ROOM.1).max(2) as usize;
        let widest = y
            .ticks(tick_count)
            .iter()
            .map(|(_, text)| estimate_width(text, TICK_SIZE))
            .fold(0.0, f64::max);
        let left = (TITLE_SIZE * 1.4) as i32 + 2 * GAP + widest.ceil() as i32;
        let area = Rect {
            x: left,
            y: TOP,
            width: width - left - RIGHT,
            height: height - TOP - bottom,
        };
        let fits = area.width >= LEAST_SIDE && area.height >= LEAST_SIDE;
        (fits && has_length(x.range) && has_length(y.range)).then_some(Self {
            area,
            x: x.range,
            y: y.range,
        })
    }

    /// Where a pair of numbers lies, in pixels with fractions; beyond the plot where they are beyond its axes.
    #[must_use]
    pub fn position(&self, x: f64, y: f64) -> (f64, f64) {
        let part = |value: f64, (from, to): (f64, f64)| (value - from) / (to - from);
        let Rect {
            x: left,
            y: top,
            width,
            height,
        } = self.area;
        (
            f64::from(left) + part(x, self.x) * f64::from(width),
            f64::from(top) + (1.0 - part(y, self.y)) * f64::from(height),
        )
    }

    /// The nearest whole pixel inside the plot.
    #[must_use]
    pub fn place(&self, x: f64, y: f64) -> (i32, i32) {
        let (x, y) = self.position(x, y);
        let Rect {
            x: left,
            y: top,
            width,
            height,
        } = self.area;
        let inside = |value: f64, from: i32, room: i32| {
            value.clamp(f64::from(from), f64::from(from + room)).round() as i32
        };
        (inside(x, left, width), inside(y, top, height))
    }

    /// The numbers at a pixel, within the axes.
    #[must_use]
    pub fn value_at(&self, x: f64, y: f64) -> (f64, f64) {
        let Rect {
            x: left,
            y: top,
            width,
            height,
        } = self.area;
        let part = |at: f64, from: i32, room: i32| {
            ((at - f64::from(from)) / f64::from(room)).clamp(0.0, 1.0)
        };
        let (across, down) = (part(x, left, width), part(y, top, height));
        let between = |(from, to): (f64, f64), part: f64| from + (to - from) * part;
        (between(self.x, across), between(self.y, 1.0 - down))
    }

    /// The grid, the ticks and the titles.
    pub(crate) fn draw<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        theme: &Theme,
        x: &Axis<'_>,
        y: &Axis<'_>,
    ) -> Drawn<DB> {
        self.draw_grid(pen, theme, y)?;
        self.draw_across(pen, theme, x, y)
    }

    /// The title, grid and ticks of the axis that goes up.
    pub(crate) fn draw_up<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        theme: &Theme,
        y: &Axis<'_>,
    ) -> Drawn<DB> {
        self.draw_grid(pen, theme, y)?;
        self.draw_title_up(pen, theme, y.title)
    }

    fn draw_grid<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        theme: &Theme,
        y: &Axis<'_>,
    ) -> Drawn<DB> {
        let Rect {
            x: left,
            width,
            height,
            ..
        } = self.area;
        let style = Text::new(TICK_SIZE, theme.muted);
        for (value, text) in y.ticks((height / TICK_ROOM.1).max(2) as usize) {
            let (_, at) = self.place(self.x.0, value);
            let line = Rect {
                x: left,
                y: at,
                width,
                height: 1,
            };
            pen.fill(line, theme.hairline)?;
            pen.text(&text, &style.ending(), (left - GAP, at))?;
        }
        Ok(())
    }

    pub(crate) fn draw_title_up<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        theme: &Theme,
        title: &str,
    ) -> Drawn<DB> {
        let style = Text::new(TITLE_SIZE, theme.muted).centred().upwards();
        let Rect { y, height, .. } = self.area;
        pen.text(title, &style, ((TITLE_SIZE * 0.7) as i32, y + height / 2))
    }

    /// As [`draw`](Self::draw), without ticks and grid for the axis that goes up.
    pub(crate) fn draw_across<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        theme: &Theme,
        x: &Axis<'_>,
        y: &Axis<'_>,
    ) -> Drawn<DB> {
        let Rect {
            x: left,
            y: top,
            width,
            height,
        } = self.area;
        let style = Text::new(TICK_SIZE, theme.muted);
        for (value, text) in x.ticks((width / TICK_ROOM.0).max(2) as usize) {
            let (at, _) = self.place(value, self.y.0);
            let tick = Rect {
                x: at,
                y: top + height,
                width: 1,
                height: 4,
            };
            pen.fill(tick, theme.muted)?;
            pen.text(&text, &style.centred().below(), (at, top + height + GAP))?;
        }
        let axis = Rect {
            x: left,
            y: top + height,
            width,
            height: 1,
        };
        pen.fill(axis, theme.muted)?;
        let title = Text::new(TITLE_SIZE, theme.muted).centred();
        let under = top + height + 2 * GAP + (TICK_SIZE * 1.3) as i32;
        pen.text_within(x.title, &title.below(), (left + width / 2, under), width)?;
        self.draw_title_up(pen, theme, y.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(range: (f64, f64), unit: Unit, most: usize) -> Vec<String> {
        let axis = Axis {
            range,
            title: "",
            unit,
        };
        axis.ticks(most).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(texts((0.0, 1.0), Unit::Share, 5).len(), 6);
        assert_eq!(texts((0.0, 3.0), Unit::Count, 10), ["0", "1", "2", "3"]);
        assert_eq!(texts((-2.0, 2.0), Unit::Plain, 5).len(), 5);
        assert_eq!(texts((0.0, 1e-300), Unit::Plain, 5).len(), 6);
        for range in [
            (1.0, 1.0),
            (2.0, 1.0),
            (f64::NAN, 1.0),
            (0.0, f64::INFINITY),
        ] {
            assert!(texts(range, Unit::Plain, 5).is_empty(), "{range:?}");
        }
    }
}

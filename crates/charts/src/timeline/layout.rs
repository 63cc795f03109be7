//! Where a timeline lies, and which window is pointed at.

use std::ops::Range;

use plotters::backend::DrawingBackend;

use crate::{Axis, Drawn, PlotLayout, Rect, Text, Theme, Unit, Windows, pen::Pen};

/// Where everything lies in a picture of windows.
///
/// ```
/// use greenlight_charts::{Timeline, TimelineSeries, Stroke, Unit, Windows};
///
/// let days: Vec<(i64, i64)> = (0..10).map(|day| (day * 86_400_000, (day + 1) * 86_400_000)).collect();
/// let accuracy = TimelineSeries { name: "", values: &[0.9; 10], intervals: &[], stroke: Stroke::Main };
/// let picture = Timeline {
///     windows: Windows::Times(&days), states: &[], series: &[accuracy], title: "Accuracy", unit: Unit::Share,
///     from_zero: false, levels: &[], changes: &[], alerts: &[], rows: &[],
/// };
/// let layout = picture.layout((600, 300)).unwrap();
/// assert_eq!((layout.nearest(0.0), layout.nearest(600.0)), (Some(0), Some(9)));
/// assert_eq!(layout.between(600.0, 0.0), Some(0..10));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimelineLayout<'a> {
    plot: PlotLayout,
    /// The bars of rows; no height where there are none.
    strip: Rect,
    windows: Windows<'a>,
}

/// How tall the bars of rows are, and how far below the plot.
const STRIP: i32 = 24;
const STRIP_GAP: i32 = 8;
const TICK_SIZE: f64 = 11.0;
const GAP: i32 = 6;
/// Room below for ticks and what stands below them.
const BELOW: i32 = 40;
/// Pixels that a tick takes up.
const TICK_ROOM: i32 = 80;

impl<'a> TimelineLayout<'a> {
    pub(super) fn new(
        size: (u32, u32),
        windows: Windows<'a>,
        y: &Axis<'_>,
        has_rows: bool,
    ) -> Option<Self> {
        let x = Axis {
            range: windows.range(),
            title: "",
            unit: Unit::Plain,
        };
        let strip = if has_rows { STRIP + STRIP_GAP } else { 0 };
        let plot = PlotLayout::above(size, &x, y, BELOW + strip)?;
        let strip = Rect {
            y: plot.area.y + plot.area.height + STRIP_GAP,
            height: if has_rows { STRIP } else { 0 },
            ..plot.area
        };
        Some(Self {
            plot,
            strip,
            windows,
        })
    }

    /// The plot without its labels.
    #[must_use]
    pub const fn area(&self) -> Rect {
        self.plot.area
    }

    /// The window at a place across the picture, or the nearest.
    #[must_use]
    pub fn nearest(&self, x: f64) -> Option<usize> {
        self.windows.at(self.plot.value_at(x, 0.0).0)
    }

    /// The windows that a drag from one place across the picture to another touches.
    #[must_use]
    pub fn between(&self, one: f64, other: f64) -> Option<Range<usize>> {
        let at = |x| self.plot.value_at(x, 0.0).0;
        self.windows.between(at(one), at(other))
    }

    /// The windows' mean width in pixels.
    pub(super) fn pitch(&self) -> f64 {
        f64::from(self.plot.area.width) / self.windows.len().max(1) as f64
    }

    /// Where a value of a window lies, in pixels with fractions; NaN where there is none.
    pub(super) fn position(&self, window: usize, value: f64) -> (f64, f64) {
        self.plot.position(self.windows.middle(window), value)
    }

    /// The nearest whole pixel inside the plot.
    pub(super) fn place(&self, window: usize, value: f64) -> Option<(i32, i32)> {
        let middle = self.windows.middle(window);
        (middle.is_finite() && value.is_finite()).then(|| self.plot.place(middle, value))
    }

    /// The left end of a level, inside the plot.
    pub(super) fn place_at(&self, value: f64) -> Option<(i32, i32)> {
        let y = self.height(value);
        let Rect {
            x, y: top, height, ..
        } = self.plot.area;
        let inside = y >= f64::from(top) - 0.5 && y <= f64::from(top + height) + 0.5;
        inside.then(|| (x, y.round() as i32))
    }

    /// How far down a value lies, in pixels with fractions.
    pub(super) fn height(&self, value: f64) -> f64 {
        self.plot.position(0.0, value).1
    }

    /// From where to where some windows reach across the picture, in pixels; `None` where there are none.
    #[must_use]
    pub fn columns(&self, windows: &Range<usize>) -> Option<(i32, i32)> {
        let (start, _) = self.windows.span(windows.start)?;
        let last = windows.end.min(self.windows.len()).checked_sub(1)?;
        let (_, end) = self.windows.span(last)?;
        let (left, _) = self.plot.place(start, 0.0);
        let (right, _) = self.plot.place(end, 0.0);
        Some((left, right.max(left + 1)))
    }

    /// From the top of the plot to the bottom of the strip.
    pub(super) fn column(&self, x: i32, width: i32) -> Rect {
        let area = self.plot.area;
        let bottom = match self.strip.height {
            0 => area.y + area.height,
            height => self.strip.y + height,
        };
        Rect {
            x,
            y: area.y,
            width,
            height: bottom - area.y,
        }
    }

    pub(super) fn draw_axes<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        theme: &Theme,
        y: &Axis<'_>,
    ) -> Drawn<DB> {
        self.plot.draw_up(pen, theme, y)?;
        let area = self.plot.area;
        let column = self.column(area.x, area.width);
        let bottom = column.y + column.height;
        for y in [area.y + area.height, bottom] {
            let line = Rect {
                x: area.x,
                y,
                width: area.width,
                height: 1,
            };
            pen.fill(line, theme.muted)?;
        }
        self.draw_ticks(pen, theme, bottom)
    }

    fn draw_ticks<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        theme: &Theme,
        bottom: i32,
    ) -> Drawn<DB> {
        let area = self.plot.area;
        let room = (area.x, area.x + area.width + 16);
        let most = (area.width / TICK_ROOM).max(2) as usize;
        let across = |at| self.plot.place(at, 0.0).0;
        self.windows
            .draw_ticks(pen, theme, across, bottom, room, most)
    }

    /// How many rows each window has, as bars.
    pub(super) fn draw_rows<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        theme: &Theme,
        rows: &[u64],
    ) -> Drawn<DB> {
        let most = rows.iter().copied().max().unwrap_or(0);
        if self.strip.height == 0 || most == 0 {
            return Ok(());
        }
        let bars = rows.iter().enumerate().filter_map(|(window, rows)| {
            let (left, right) = self.columns(&(window..window + 1))?;
            Some((left, right, *rows))
        });
        let bars: Vec<(i32, i32, u64)> = bars.collect();
        let gap = i32::from(self.pitch() >= 4.0);
        // Of many windows in one column of pixels the tallest shows.
        for column in bars.chunk_by(|one, other| one.0 == other.0) {
            let (Some((left, right, _)), Some(rows)) =
                (column.last(), column.iter().map(|bar| bar.2).max())
            else {
                continue;
            };
            let height =
                (f64::from(self.strip.height) * (rows as f64 / most as f64)).round() as i32;
            // One row is still there.
            let height = height.max(i32::from(rows > 0));
            let bar = Rect {
                x: *left,
                y: self.strip.y + self.strip.height - height,
                width: (right - left - gap).max(1),
                height,
            };
            pen.fill(bar, crate::theme::mix(theme.surface, theme.reference, 0.55))?;
        }
        let style = Text::new(TICK_SIZE, theme.muted).ending();
        let at = (self.strip.x - GAP, self.strip.y + self.strip.height / 2);
        pen.text_within("rows", &style, at, self.strip.x - GAP)
    }
}

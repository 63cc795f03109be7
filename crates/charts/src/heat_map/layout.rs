//! Where a heat map lies, and which cell is pointed at.

use std::ops::Range;

use plotters::backend::DrawingBackend;

use crate::{Drawn, Rect, Theme, Windows, estimate_width, pen::Pen};

/// Where everything lies in a picture of rows and windows.
///
/// ```
/// use greenlight_charts::{HeatMap, Windows};
///
/// let rows = ["age".to_owned(), "income".to_owned()];
/// let picture = HeatMap {
///     rows: &rows, windows: Windows::Parts { count: 3, title: "Part" }, values: &[0.0, 0.1, 0.3, 0.0, 0.0, 0.0],
///     title: "PSI", limit: 0.1, limit_name: "0.1", top: 0.5, top_name: "0.5", first: 0,
/// };
/// let layout = picture.layout((400, HeatMap::height(2))).unwrap();
/// assert_eq!(layout.cell_at(399.0, 1e9), Some((1, 2)));
/// assert_eq!(layout.rows(), 0..2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeatMapLayout<'a> {
    /// The cells.
    area: Rect,
    windows: Windows<'a>,
    range: (f64, f64),
    first: usize,
    shown: usize,
}

pub(super) const TICK_SIZE: f64 = 11.0;
pub(super) const GAP: i32 = 6;
/// How long the colour scale is, where there is room and where there is less.
pub(super) const LEGEND_BAR: (i32, i32) = (96, 56);
const NAME_SIZE: f64 = 12.0;
/// Pixels for a row.
const PITCH: i32 = 18;
/// Room above the cells for the legend, and below them for ticks.
const TOP: i32 = 28;
const BOTTOM: i32 = 38;
const RIGHT: i32 = 18;
const TICK_ROOM: i32 = 80;
/// Names take no more than this part of the width, and no more pixels than this.
const MOST_NAME: (f64, f64) = (0.36, 260.0);
/// Cells from this width on have a gap between them and room for a dot.
const ROOMY: f64 = 7.0;

pub(super) fn height(rows: usize) -> u32 {
    (TOP + BOTTOM + PITCH * rows.clamp(1, 1 << 16) as i32) as u32
}

impl<'a> HeatMapLayout<'a> {
    pub(super) fn new(
        size: (u32, u32),
        rows: &[String],
        windows: Windows<'a>,
        first: usize,
    ) -> Option<Self> {
        let (width, height) = (size.0.min(1 << 16) as i32, size.1.min(1 << 16) as i32);
        // All names, not only those that are shown: cells stay where they are while rows scroll.
        let widest = rows
            .iter()
            .map(|name| estimate_width(name, NAME_SIZE))
            .fold(0.0, f64::max);
        let left = widest
            .min(f64::from(width) * MOST_NAME.0)
            .min(MOST_NAME.1)
            .ceil() as i32
            + 2 * GAP;
        let area = Rect {
            x: left,
            y: TOP,
            width: width - left - RIGHT,
            height: height - TOP - BOTTOM,
        };
        let range = windows.range();
        let has_length = (range.1 - range.0).is_finite() && range.1 > range.0;
        let first = first.min(rows.len());
        let shown = ((area.height / PITCH).max(0) as usize).min(rows.len() - first);
        (area.width >= 40 && shown > 0 && has_length).then_some(Self {
            area,
            windows,
            range,
            first,
            shown,
        })
    }

    /// The rows that are shown.
    #[must_use]
    pub const fn rows(&self) -> Range<usize> {
        self.first..self.first + self.shown
    }

    /// The row and the window at a place in the picture, or the nearest.
    #[must_use]
    pub fn cell_at(&self, x: f64, y: f64) -> Option<(usize, usize)> {
        if y.is_nan() {
            return None;
        }
        let part = ((x - f64::from(self.area.x)) / f64::from(self.area.width)).clamp(0.0, 1.0);
        let window = self
            .windows
            .at(self.range.0 + part * (self.range.1 - self.range.0))?;
        let down = ((y - f64::from(self.area.y)) / f64::from(PITCH)).max(0.0);
        let row = (down as usize).min(self.shown.checked_sub(1)?);
        Some((self.first + row, window))
    }

    /// Where the rows begin, how far apart they are: for who scrolls.
    #[must_use]
    pub const fn pitch() -> u32 {
        PITCH as u32
    }

    pub(super) fn is_roomy(&self) -> bool {
        f64::from(self.area.width) / self.windows.len().max(1) as f64 >= ROOMY
    }

    /// The cells of a row that is shown.
    pub(super) fn row(&self, row: usize) -> Rect {
        let down = row.saturating_sub(self.first).min(self.shown) as i32;
        Rect {
            y: self.area.y + down * PITCH,
            height: PITCH - 1,
            ..self.area
        }
    }

    pub(super) fn cell(&self, row: usize, window: usize) -> Option<Rect> {
        let (start, end) = self.windows.span(window)?;
        let (left, right) = (self.across(start), self.across(end));
        let gap = i32::from(self.is_roomy());
        Some(Rect {
            x: left,
            width: (right - left - gap).max(1),
            ..self.row(row)
        })
    }

    fn across(&self, place: f64) -> i32 {
        let part = ((place - self.range.0) / (self.range.1 - self.range.0)).clamp(0.0, 1.0);
        self.area.x + (part * f64::from(self.area.width)).round() as i32
    }

    /// Above the cells, over the whole width.
    pub(super) const fn legend(&self) -> Rect {
        Rect {
            x: GAP,
            y: 0,
            width: self.area.x + self.area.width - GAP,
            height: TOP - 4,
        }
    }

    pub(super) fn draw_ticks<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        theme: &Theme,
    ) -> Drawn<DB> {
        let bottom = self.area.y + self.shown as i32 * PITCH;
        let room = (self.area.x, self.area.x + self.area.width + RIGHT);
        let most = (self.area.width / TICK_ROOM).max(2) as usize;
        let across = |at| self.across(at);
        self.windows
            .draw_ticks(pen, theme, across, bottom, room, most)
    }
}

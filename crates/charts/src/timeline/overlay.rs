//! What moves over a timeline: the window that is pointed at, the range that is chosen, the moment of a replay.

use std::ops::Range;

use plotters::backend::DrawingBackend;

use super::{Timeline, WindowState};
use crate::{Drawn, Rect, Theme, line_plot::colour, pen::Pen, theme::mix};

/// How much of what is outside a range is covered.
const VEIL: f64 = 0.6;
const HANDLE: (i32, i32) = (6, 22);

impl Timeline<'_> {
    /// Marks a window with a line and its points. For the layer above.
    pub fn draw_mark<DB: DrawingBackend>(
        &self,
        backend: &mut DB,
        theme: &Theme,
        window: usize,
    ) -> Drawn<DB> {
        let Some(layout) = self.layout(backend.get_size()) else {
            return Ok(());
        };
        let Some((left, right)) = layout.columns(&(window..window.saturating_add(1))) else {
            return Ok(());
        };
        let mut pen = Pen(backend);
        let middle = layout
            .place(window, 0.0)
            .map_or((left + right) / 2, |(x, _)| x);
        let line = mix(theme.surface, theme.ink, 0.45);
        pen.fill(layout.column(middle, 1), line)?;
        for series in self.series {
            let value = series.values.get(window).copied().unwrap_or(f64::NAN);
            if let Some(place) = layout.place(window, value) {
                pen.dot(place, 7, theme.surface)?;
                pen.dot(place, 5, colour(series.stroke, theme))?;
                if self.states.get(window) == Some(&WindowState::Light) {
                    pen.dot(place, 3, theme.surface)?;
                }
            }
        }
        Ok(())
    }

    /// Dims what is outside the chosen windows, and puts handles at both ends. For the layer above.
    pub fn draw_selection<DB: DrawingBackend>(
        &self,
        backend: &mut DB,
        theme: &Theme,
        windows: &Range<usize>,
    ) -> Drawn<DB> {
        let Some(layout) = self.layout(backend.get_size()) else {
            return Ok(());
        };
        let Some((left, right)) = layout.columns(windows) else {
            return Ok(());
        };
        let area = layout.area();
        let mut pen = Pen(backend);
        let before = layout.column(area.x, left - area.x);
        let after = layout.column(right, area.x + area.width - right);
        for outside in [before, after] {
            pen.veil(outside, theme.surface, VEIL)?;
        }
        for x in [left, right] {
            pen.fill(layout.column(x - 1, 2), theme.accent)?;
            let handle = Rect {
                x: x - HANDLE.0 / 2,
                y: area.y + (area.height - HANDLE.1) / 2,
                width: HANDLE.0,
                height: HANDLE.1,
            };
            pen.fill(handle, theme.accent)?;
        }
        Ok(())
    }

    /// Dims the windows that a replay has not seen yet: all but the first `seen`. For the layer above.
    pub fn draw_now<DB: DrawingBackend>(
        &self,
        backend: &mut DB,
        theme: &Theme,
        seen: usize,
    ) -> Drawn<DB> {
        let Some(layout) = self.layout(backend.get_size()) else {
            return Ok(());
        };
        let area = layout.area();
        let now = match seen {
            0 => Some(area.x),
            seen => layout.columns(&(0..seen)).map(|(_, right)| right),
        };
        let Some(now) = now else {
            return Ok(());
        };
        let mut pen = Pen(backend);
        let future = layout.column(now, area.x + area.width - now);
        pen.veil(future, theme.surface, 0.85)?;
        pen.fill(layout.column(now - 1, 2), theme.ink)?;
        pen.dot((now, area.y), 5, theme.ink)
    }
}

//! What stands out on a timeline: windows without rows, changes, alerts.

use plotters::{backend::DrawingBackend, style::Color};

use super::{LABEL_SIZE, Timeline, TimelineLayout, WindowState, rect_of};
use crate::{Drawn, Rect, Text, Theme, curve::dashed, labels::Labels, pen::Pen};

/// How tall the hatch of windows without rows is.
const HATCH: i32 = 7;
/// What is hatched, and what is written there.
const HATCHED: [(WindowState, &str); 2] = [
    (WindowState::Empty, "no rows"),
    (WindowState::Unlabelled, "no labels yet"),
];
const MARK: i32 = 5;

impl Timeline<'_> {
    /// Windows without rows, and those without labels, are hatched on the axis.
    pub(super) fn draw_empty<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &TimelineLayout<'_>,
        theme: &Theme,
    ) -> Drawn<DB> {
        for hatched in HATCHED {
            self.draw_hatched(pen, layout, theme, hatched)?;
        }
        Ok(())
    }

    fn draw_hatched<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &TimelineLayout<'_>,
        theme: &Theme,
        (state, words): (WindowState, &str),
    ) -> Drawn<DB> {
        let area = layout.area();
        let style = Text::new(LABEL_SIZE - 1.0, theme.muted).centred();
        let mut last = i32::MIN;
        let mut from = 0;
        while from < self.states.len().min(self.windows.len()) {
            let is_empty = |other: &&WindowState| **other == state;
            let count = self.states.iter().skip(from).take_while(is_empty).count();
            let columns = match count {
                0 => None,
                _ => layout.columns(&(from..from + count)),
            };
            from += count + 1;
            // In one column of pixels once.
            let Some((left, right)) = columns.filter(|(left, _)| *left > last) else {
                continue;
            };
            last = left;
            let hatch = Rect {
                x: left,
                y: area.y + area.height - HATCH,
                width: (right - left).max(2),
                height: HATCH,
            };
            pen.hatch(hatch, theme.muted)?;
            pen.frame(hatch, 1, theme.muted)?;
            if pen.width(words, &style)? + 4 <= right - left {
                let at = ((left + right) / 2, hatch.y - 8);
                pen.text(words, &style, at)?;
            }
        }
        Ok(())
    }

    /// Dashed lines between windows, with what changed there.
    pub(super) fn draw_changes<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &TimelineLayout<'_>,
        theme: &Theme,
        labels: &mut Labels,
    ) -> Drawn<DB> {
        let area = layout.area();
        let style = Text::new(LABEL_SIZE, theme.ink);
        let bottom = area.y + area.height;
        for change in self.changes {
            let Some((x, _)) = layout.columns(&(change.window..change.window + 1)) else {
                continue;
            };
            dashed(pen, &[(x, area.y), (x, bottom)], theme.ink)?;
            let line = Rect {
                x,
                y: area.y,
                width: 1,
                height: area.height,
            };
            labels.keep_off(line);
            let width = pen.width(change.name, &style)?;
            let sides = [x + 5, x - width - 5];
            let heights = [area.y, bottom - HATCH - 18];
            let mut places = heights
                .into_iter()
                .flat_map(|y| sides.map(|x| rect_of(x, y, width)));
            if let Some(rect) = places.find(|rect| labels.is_free(rect)) {
                labels.keep_off(rect);
                pen.name(change.name, &style, rect, theme.surface)?;
            }
        }
        Ok(())
    }

    /// A diamond at each offender; where the alert was raised also a line with a pointer at its top.
    pub(super) fn draw_alerts<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &TimelineLayout<'_>,
        theme: &Theme,
        labels: &mut Labels,
    ) -> Drawn<DB> {
        let area = layout.area();
        let main = self.series.last();
        let mut last = None;
        let firsts = self.alerts.iter().filter(|alert| alert.is_first);
        let others = self.alerts.iter().filter(|alert| !alert.is_first);
        // The first ones lie above all others.
        for alert in others.chain(firsts) {
            let value = main.and_then(|series| series.values.get(alert.window).copied());
            let at = layout.place(alert.window, value.unwrap_or(f64::NAN));
            // What has no value is marked at the top.
            let top = || layout.columns(&(alert.window..alert.window + 1));
            let Some((x, y)) =
                at.or_else(|| top().map(|(left, right)| ((left + right) / 2, area.y + MARK)))
            else {
                continue;
            };
            if alert.is_first {
                let line = Rect {
                    x,
                    y: area.y,
                    width: 1,
                    height: y - area.y,
                };
                pen.fill(line, theme.fail)?;
                let pointer = [
                    (x - MARK - 1, area.y - 7),
                    (x + MARK + 2, area.y - 7),
                    (x, area.y + 2),
                ];
                pen.0.fill_polygon(pointer, &theme.fail.to_rgba())?;
                labels.keep_off(line);
            } else if last == Some((x, y)) {
                continue;
            }
            last = Some((x, y));
            for (half, colour) in [(MARK + 2, theme.surface), (MARK, theme.fail)] {
                let diamond = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)];
                pen.0.fill_polygon(diamond, &colour.to_rgba())?;
            }
        }
        Ok(())
    }
}

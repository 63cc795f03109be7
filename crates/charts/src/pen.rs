//! The few strokes that charts are made of.

use std::borrow::Cow;

use plotters::{
    backend::DrawingBackend,
    style::{Color, RGBColor, ShapeStyle},
};

use crate::{Drawn, Rect, Text, text::joins_previous};

/// A backend with strokes in our own terms. Whatever has no area draws nothing.
pub(crate) struct Pen<'a, DB>(pub(crate) &'a mut DB);

impl<DB: DrawingBackend> Pen<'_, DB> {
    pub(crate) fn fill(&mut self, area: Rect, colour: RGBColor) -> Drawn<DB> {
        if area.width <= 0 || area.height <= 0 {
            return Ok(());
        }
        self.0.draw_rect(
            (area.x, area.y),
            (area.x + area.width, area.y + area.height),
            &colour,
            true,
        )
    }

    /// Covers an area in part: with so much of the colour, from 0 to 1.
    pub(crate) fn veil(&mut self, area: Rect, colour: RGBColor, opacity: f64) -> Drawn<DB> {
        if area.width <= 0 || area.height <= 0 {
            return Ok(());
        }
        let corner = (area.x + area.width, area.y + area.height);
        self.0
            .draw_rect((area.x, area.y), corner, &colour.mix(opacity), true)
    }

    /// Slanting lines over an area.
    pub(crate) fn hatch(&mut self, area: Rect, colour: RGBColor) -> Drawn<DB> {
        const STEP: i32 = 5;
        let Rect {
            x,
            y,
            width,
            height,
        } = area;
        let (right, bottom) = (x + width, y + height);
        let mut from = x - height;
        while from < right {
            // From the bottom up to the right, cut at both sides.
            let (left, end) = (from.max(x), (from + height).min(right));
            if left < end {
                let stroke = [(left, bottom - (left - from)), (end, bottom - (end - from))];
                self.path(&stroke, 1, colour)?;
            }
            from += STEP;
        }
        Ok(())
    }

    /// A frame of so many pixels just inside the rectangle.
    pub(crate) fn frame(&mut self, area: Rect, thickness: i32, colour: RGBColor) -> Drawn<DB> {
        let Rect {
            x,
            y,
            width,
            height,
        } = area;
        let side = (height - 2 * thickness).max(0);
        self.fill(
            Rect {
                height: thickness,
                ..area
            },
            colour,
        )?;
        self.fill(
            Rect {
                y: y + height - thickness,
                height: thickness,
                ..area
            },
            colour,
        )?;
        self.fill(
            Rect {
                x,
                y: y + thickness,
                width: thickness,
                height: side,
            },
            colour,
        )?;
        self.fill(
            Rect {
                x: x + width - thickness,
                y: y + thickness,
                width: thickness,
                height: side,
            },
            colour,
        )
    }

    pub(crate) fn dot(&mut self, centre: (i32, i32), radius: u32, colour: RGBColor) -> Drawn<DB> {
        self.0.draw_circle(
            centre,
            radius,
            &ShapeStyle::from(&colour.to_rgba()).filled(),
            true,
        )
    }

    pub(crate) fn text(&mut self, text: &str, style: &Text, at: (i32, i32)) -> Drawn<DB> {
        self.0.draw_text(text, style, at)
    }

    /// A name in its place, on ground that dims whatever lies below it, so that it can be read across a line.
    pub(crate) fn name(
        &mut self,
        name: &str,
        style: &Text,
        place: Rect,
        surface: RGBColor,
    ) -> Drawn<DB> {
        self.veil(place, surface, 0.75)?;
        self.text(name, style, (place.x, place.y + place.height / 2))
    }

    /// Text cut with "…" to a width. Too little room for one letter draws nothing.
    pub(crate) fn text_within(
        &mut self,
        text: &str,
        style: &Text,
        at: (i32, i32),
        width: i32,
    ) -> Drawn<DB> {
        let text = self.fit(text, style, width)?;
        if text.is_empty() {
            Ok(())
        } else {
            self.text(&text, style, at)
        }
    }

    pub(crate) fn width(
        &self,
        text: &str,
        style: &Text,
    ) -> Result<i32, plotters_backend::DrawingErrorKind<DB::ErrorType>> {
        Ok(self
            .0
            .estimate_text_size(text, style)?
            .0
            .min(i32::MAX as u32) as i32)
    }

    fn fit<'t>(
        &self,
        text: &'t str,
        style: &Text,
        width: i32,
    ) -> Result<Cow<'t, str>, plotters_backend::DrawingErrorKind<DB::ErrorType>> {
        // No visible text needs more than this many characters; measuring them all would.
        let start: String = text.chars().take(200).collect();
        if start.len() == text.len() && self.width(text, style)? <= width {
            return Ok(Cow::Borrowed(text));
        }
        let ends: Vec<usize> = start
            .char_indices()
            .filter(|&(at, character)| {
                at > 0 && !joins_previous(character) && !start[..at].ends_with('\u{200D}')
            })
            .map(|(at, _)| at)
            .collect();
        let shortened = |end: usize| format!("{}…", start[..end].trim_end());
        // The longest start that fits, by halving: widths grow with the length.
        let (mut fitting, mut open) = (0, ends.len());
        while fitting < open {
            let middle = fitting + (open - fitting).div_ceil(2);
            if self.width(&shortened(ends[middle - 1]), style)? <= width {
                fitting = middle;
            } else {
                open = middle - 1;
            }
        }
        Ok(if fitting == 0 {
            Cow::Borrowed("")
        } else {
            Cow::Owned(shortened(ends[fitting - 1]))
        })
    }
}

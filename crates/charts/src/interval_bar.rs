//! A value with its 95 % interval, drawn against a limit: one row of the verdict.

use plotters::{backend::DrawingBackend, style::RGBColor};

use crate::{Drawn, Rect, Theme, pen::Pen, theme::mix};

/// How a criterion came out; decides the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// It holds, but the interval crosses the limit.
    AtRisk,
    /// It could not be judged.
    NoEvidence,
}

/// A value as a dot, its interval as a band and the limit as a line, on one horizontal axis.
///
/// What does not exist is NaN and is not drawn. What lies outside the axis is drawn at its end.
#[derive(Clone, Copy, Debug)]
pub struct IntervalBar {
    /// The measured value.
    pub value: f64,
    /// Its interval: low, high.
    pub interval: (f64, f64),
    /// What the value is held against.
    pub limit: f64,
    /// The ends of the axis; (0, 1) for shares.
    pub domain: (f64, f64),
    /// How the comparison came out.
    pub outcome: Outcome,
}

/// Room at both ends for a dot that lies on the end.
const MARGIN: i32 = 6;
const DOT_RADIUS: u32 = 4;
const BAND_HEIGHT: i32 = 8;

impl IntervalBar {
    /// Draws the bar over the whole width of the backend, at half its height.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB, theme: &Theme) -> Drawn<DB> {
        let (width, height) = backend.get_size();
        let (width, height) = (width.min(1 << 16) as i32, height.min(1 << 16) as i32);
        let middle = height / 2;
        let colour = self.colour(theme);
        let mut pen = Pen(backend);

        // Everything is of even thickness, so that the dot's centre is everything's centre.
        pen.fill(
            Rect {
                x: MARGIN,
                y: middle - 1,
                width: width - 2 * MARGIN,
                height: 2,
            },
            theme.hairline,
        )?;
        let (low, high) = self.interval;
        if let (Some(low), Some(high)) = (self.position(low, width), self.position(high, width)) {
            let band = Rect {
                x: low,
                y: middle - BAND_HEIGHT / 2,
                // A narrow interval is still there.
                width: (high - low).max(2),
                height: BAND_HEIGHT,
            };
            pen.fill(band, mix(theme.surface, colour, 0.3))?;
        }
        if let Some(limit) = self.position(self.limit, width) {
            let half = (height / 2 - 2).clamp(0, 9);
            pen.fill(
                Rect {
                    x: limit - 1,
                    y: middle - half,
                    width: 2,
                    height: 2 * half,
                },
                theme.ink,
            )?;
        }
        if let Some(value) = self.position(self.value, width) {
            pen.dot((value, middle), DOT_RADIUS + 1, theme.surface)?;
            pen.dot((value, middle), DOT_RADIUS, colour)?;
        }
        Ok(())
    }

    fn colour(&self, theme: &Theme) -> RGBColor {
        match self.outcome {
            Outcome::Pass => theme.pass,
            Outcome::Fail => theme.fail,
            Outcome::AtRisk => theme.at_risk,
            Outcome::NoEvidence => theme.no_evidence,
        }
    }

    /// Where a value lies on the axis; `None` where there is none, or no axis.
    fn position(&self, value: f64, width: i32) -> Option<i32> {
        let (from, to) = self.domain;
        let room = width - 2 * MARGIN;
        let part = ((value - from) / (to - from)).clamp(0.0, 1.0);
        (room > 0 && from < to && !part.is_nan())
            .then(|| MARGIN + (part * f64::from(room)).round() as i32)
    }
}

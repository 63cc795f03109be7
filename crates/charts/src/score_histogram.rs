//! How the scores of both classes are spread: positives above the axis, negatives below it.

use plotters::backend::DrawingBackend;

use crate::{Axis, Drawn, PlotLayout, Rect, Text, Theme, Unit, pen::Pen};

/// Scores by class in bins of equal width.
///
/// Each class is drawn as shares of its own rows, so that a rare class is as visible as a frequent one.
#[derive(Clone, Copy, Debug)]
pub struct ScoreHistogram<'a> {
    /// The lowest and the highest score of the bins.
    pub range: (f64, f64),
    /// Rows of the positive class in each bin.
    pub positives: &'a [u64],
    /// Rows of the negative class in each bin.
    pub negatives: &'a [u64],
    /// What the positive class is called.
    pub positive: &'a str,
    /// What the negative class is called.
    pub negative: &'a str,
}

const LABEL_SIZE: f64 = 12.0;

impl ScoreHistogram<'_> {
    /// Where everything lies in a picture of `size`.
    #[must_use]
    pub fn layout(&self, size: (u32, u32)) -> Option<PlotLayout> {
        let (x, y) = self.axes();
        PlotLayout::new(size, &x, &y)
    }

    fn axes(&self) -> (Axis<'static>, Axis<'static>) {
        let x = Axis {
            range: self.range,
            title: "Score",
            unit: Unit::Plain,
        };
        let y = Axis {
            range: (-1.0, 1.0),
            title: "Share of its class",
            unit: Unit::Plain,
        };
        (x, y)
    }

    /// Draws the histogram over the whole backend; nothing where there is no room for it.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB, theme: &Theme) -> Drawn<DB> {
        let (x, y) = self.axes();
        let Some(layout) = self.layout(backend.get_size()) else {
            return Ok(());
        };
        let mut pen = Pen(backend);
        layout.draw_across(&mut pen, theme, &x, &y)?;
        let bins = self.positives.len().max(self.negatives.len()).max(1);
        let width = (self.range.1 - self.range.0) / bins as f64;
        let highest = [self.positives, self.negatives]
            .into_iter()
            .map(tallest_share)
            .fold(0.0, f64::max);
        for (counts, direction, colour) in [
            (self.positives, 1.0, theme.accent),
            (self.negatives, -1.0, theme.negative),
        ] {
            let all = counts.iter().sum::<u64>().max(1) as f64;
            for (bin, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let from = self.range.0 + width * bin as f64;
                let share = count as f64 / all / highest;
                let (left, middle) = layout.place(from, 0.0);
                let (right, end) = layout.place(from + width, direction * share);
                // One row is still there.
                let height = (end - middle).abs().max(1);
                let bar = Rect {
                    x: left,
                    y: if direction > 0.0 {
                        middle - height
                    } else {
                        middle + 1
                    },
                    width: (right - left - 1).max(1),
                    height,
                };
                pen.fill(bar, colour)?;
            }
        }
        let (_, middle) = layout.place(self.range.0, 0.0);
        let Rect {
            x,
            y,
            width,
            height,
        } = layout.area;
        pen.fill(
            Rect {
                x,
                y: middle,
                width,
                height: 1,
            },
            theme.muted,
        )?;
        let style = Text::new(LABEL_SIZE, theme.accent);
        pen.text_within(self.positive, &style, (x + 4, y + 8), width - 8)?;
        let style = style.colour(theme.negative);
        pen.text_within(
            self.negative,
            &style.ending(),
            (x + width - 4, y + height - 10),
            width - 8,
        )
    }
}

fn tallest_share(counts: &[u64]) -> f64 {
    let all = counts.iter().sum::<u64>().max(1) as f64;
    counts.iter().copied().max().unwrap_or(0) as f64 / all
}

//! Whether scores work as probabilities: what they say against what happens.

use plotters::backend::DrawingBackend;

use crate::{Axis, Drawn, LinePlot, PlotLayout, Rect, Series, Stroke, Theme, pen::Pen, theme::mix};

/// One bin of the reliability curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliabilityPoint {
    /// The mean score in the bin.
    pub mean_score: f64,
    /// The share of positives in it.
    pub share: f64,
    /// The 95 % interval of that share.
    pub interval: (f64, f64),
    /// How many rows it holds.
    pub rows: u64,
}

/// The reliability curve with its intervals, how many rows are behind each point, and the diagonal of perfect calibration.
#[derive(Clone, Copy, Debug)]
pub struct Reliability<'a> {
    /// The bins that hold rows, from the lowest.
    pub points: &'a [ReliabilityPoint],
    /// What would make the scores right: a non-decreasing curve, as (score, share). Empty for none.
    pub fit: &'a [(f64, f64)],
}

/// How tall the bars of row counts are at most, in shares of the plot.
const BARS: f64 = 0.12;

impl Reliability<'_> {
    /// Where everything lies in a picture of `size`.
    #[must_use]
    pub fn layout(&self, size: (u32, u32)) -> Option<PlotLayout> {
        let (x, y) = axes();
        PlotLayout::new(size, &x, &y)
    }

    /// The point nearest to a place in the picture, as its position among the points.
    #[must_use]
    pub fn nearest(&self, layout: &PlotLayout, x: f64) -> Option<usize> {
        let distance =
            |point: &ReliabilityPoint| (layout.position(point.mean_score, 0.0).0 - x).abs();
        let with_distance = self.points.iter().map(distance).enumerate();
        with_distance
            .min_by(|(_, a), (_, b)| a.total_cmp(b))
            .map(|(index, _)| index)
    }

    /// Draws the curve over the whole backend; nothing where there is no room for it.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB, theme: &Theme) -> Drawn<DB> {
        let Some(layout) = self.layout(backend.get_size()) else {
            return Ok(());
        };
        self.draw_row_counts(&mut Pen(&mut *backend), &layout, theme)?;
        let (x, y) = axes();
        let curve: Vec<(f64, f64)> = self
            .points
            .iter()
            .map(|point| (point.mean_score, point.share))
            .collect();
        let plot = LinePlot {
            x,
            y,
            series: &[
                Series {
                    name: "perfect",
                    points: &[(0.0, 0.0), (1.0, 1.0)],
                    stroke: Stroke::Comparison,
                },
                Series {
                    name: if self.fit.is_empty() {
                        ""
                    } else {
                        "isotonic fit"
                    },
                    points: self.fit,
                    stroke: Stroke::Second,
                },
                Series {
                    name: "",
                    points: &curve,
                    stroke: Stroke::Main,
                },
            ],
        };
        plot.draw(backend, theme)?;
        let mut pen = Pen(backend);
        for point in self.points {
            let (at, middle) = layout.place(point.mean_score, point.share);
            let (low, high) = point.interval;
            let ((_, bottom), (_, top)) = (layout.place(0.0, low), layout.place(0.0, high));
            let bar = |x: i32, y: i32, width: i32, height: i32| Rect {
                x,
                y,
                width,
                height,
            };
            pen.fill(bar(at, top, 1, bottom - top), theme.accent)?;
            for end in [top, bottom] {
                pen.fill(bar(at - 3, end, 7, 1), theme.accent)?;
            }
            pen.dot((at, middle), 5, theme.surface)?;
            pen.dot((at, middle), 4, theme.accent)?;
        }
        Ok(())
    }

    /// How many rows are behind each point, as bars on the axis.
    fn draw_row_counts<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &PlotLayout,
        theme: &Theme,
    ) -> Drawn<DB> {
        let most = self
            .points
            .iter()
            .map(|point| point.rows)
            .max()
            .unwrap_or(1)
            .max(1);
        for point in self.points {
            let height = BARS * point.rows as f64 / most as f64;
            let (at, top) = layout.place(point.mean_score, height);
            let (_, bottom) = layout.place(0.0, 0.0);
            let bar = Rect {
                x: at - 6,
                y: top.min(bottom - 1),
                width: 13,
                height: (bottom - top).max(1),
            };
            pen.fill(bar, mix(theme.surface, theme.reference, 0.4))?;
        }
        Ok(())
    }
}

fn axes() -> (Axis<'static>, Axis<'static>) {
    (
        Axis::share("What the model says"),
        Axis::share("What happens"),
    )
}

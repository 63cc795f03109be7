//! Whether scores work as probabilities: what they say against what happens.

use plotters::{backend::DrawingBackend, style::RGBColor};

use crate::{
    Axis, Drawn, LinePlot, PlotLayout, Rect, Series, Stroke, Theme, line_plot::draw_point,
    pen::Pen, theme::mix,
};

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
#[derive(Clone, Copy, Debug, Default)]
pub struct Reliability<'a> {
    /// The bins that hold rows, from the lowest.
    pub points: &'a [ReliabilityPoint],
    /// What the rows are called, written beside the curve; empty for nothing.
    pub name: &'a str,
    /// The same of the reference data. Empty for none.
    pub reference: &'a [ReliabilityPoint],
    /// What those are called.
    pub reference_name: &'a str,
    /// What would make the scores right: a non-decreasing curve, as (score, share). Empty for none.
    pub fit: &'a [(f64, f64)],
}

/// How tall the bars of row counts are at most, in shares of the plot.
const BARS: f64 = 0.12;
/// Where axes may end: rare positives would else fill a corner.
const ENDS: [f64; 9] = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0];

impl Reliability<'_> {
    /// Where everything lies in a picture of `size`.
    #[must_use]
    pub fn layout(&self, size: (u32, u32)) -> Option<PlotLayout> {
        let (x, y) = self.axes();
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
        let (x, y) = self.axes();
        let (curve, reference) = (curve(self.points), curve(self.reference));
        let fit = self.fit_within(x.range.1);
        let intervals: Vec<(f64, f64)> = self.points.iter().flat_map(interval).collect();
        let named = |name, points: &[_]| if points.is_empty() { "" } else { name };
        let plot = LinePlot {
            x,
            y,
            series: &[
                Series {
                    name: "perfect",
                    points: &[(0.0, 0.0), (x.range.1, y.range.1)],
                    stroke: Stroke::Comparison,
                },
                Series {
                    name: named(self.reference_name, &reference),
                    points: &reference,
                    stroke: Stroke::Reference,
                },
                // As curves of their own, so that names stay off them.
                Series {
                    name: "",
                    points: &intervals,
                    stroke: Stroke::Main,
                },
                Series {
                    name: named("isotonic fit", &fit),
                    points: &fit,
                    stroke: Stroke::Second,
                },
                Series {
                    name: named(self.name, &curve),
                    points: &curve,
                    stroke: Stroke::Main,
                },
            ],
        };
        plot.draw(backend, theme)?;
        let mut pen = Pen(backend);
        for point in self.reference {
            let place = layout.place(point.mean_score, point.share);
            pen.dot(place, 4, theme.surface)?;
            pen.dot(place, 3, theme.reference)?;
        }
        for point in self.points {
            draw_ends(&mut pen, &layout, point, theme.accent)?;
            let place = layout.place(point.mean_score, point.share);
            pen.dot(place, 5, theme.surface)?;
            pen.dot(place, 4, theme.accent)?;
        }
        Ok(())
    }

    /// Marks a point, with hairlines to both axes. For the layer above.
    pub fn draw_highlight<DB: DrawingBackend>(
        &self,
        backend: &mut DB,
        theme: &Theme,
        point: usize,
    ) -> Drawn<DB> {
        match (self.layout(backend.get_size()), self.points.get(point)) {
            (Some(layout), Some(point)) => {
                draw_point(backend, theme, &layout, (point.mean_score, point.share))
            }
            _ => Ok(()),
        }
    }

    /// How many rows are behind each point, as bars on the axis.
    fn draw_row_counts<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &PlotLayout,
        theme: &Theme,
    ) -> Drawn<DB> {
        let most = self.points.iter().map(|point| point.rows).max();
        let most = most.unwrap_or(1).max(1) as f64;
        let (x, y) = self.axes();
        for point in self.points {
            let height = y.range.1 * BARS * point.rows as f64 / most;
            let (at, top) = layout.place(point.mean_score.min(x.range.1), height);
            let (_, bottom) = layout.place(0.0, 0.0);
            let left = (at - 6).max(layout.area.x);
            let bar = Rect {
                x: left,
                y: top.min(bottom - 1),
                width: at + 7 - left,
                height: (bottom - top).max(1),
            };
            pen.fill(bar, mix(theme.surface, theme.reference, 0.4))?;
        }
        Ok(())
    }

    /// Both axes end where all points and their intervals are in.
    fn axes(&self) -> (Axis<'static>, Axis<'static>) {
        let ends = |point: &ReliabilityPoint| [point.mean_score, point.share, point.interval.1];
        let highest = self
            .points
            .iter()
            .flat_map(ends)
            .chain(
                self.reference
                    .iter()
                    .flat_map(|at| [at.mean_score, at.share]),
            )
            .fold(0.0, f64::max);
        let end = ENDS.into_iter().find(|end| highest <= *end).unwrap_or(1.0);
        let axis = |title| Axis {
            range: (0.0, end),
            ..Axis::share(title)
        };
        (axis("What the model says"), axis("What happens"))
    }

    /// The fit as far as the axes go.
    fn fit_within(&self, end: f64) -> Vec<(f64, f64)> {
        let inside = |&&(score, share): &&(f64, f64)| score <= end && share <= end;
        self.fit.iter().take_while(inside).copied().collect()
    }
}

fn curve(points: &[ReliabilityPoint]) -> Vec<(f64, f64)> {
    let points = points.iter();
    points
        .map(|point| (point.mean_score, point.share))
        .collect()
}

/// An interval from end to end, and the gap to the next.
fn interval(point: &ReliabilityPoint) -> [(f64, f64); 3] {
    let (low, high) = point.interval;
    [
        (point.mean_score, low),
        (point.mean_score, high),
        (f64::NAN, f64::NAN),
    ]
}

/// The strokes at both ends of an interval.
fn draw_ends<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    layout: &PlotLayout,
    point: &ReliabilityPoint,
    colour: RGBColor,
) -> Drawn<DB> {
    let (low, high) = point.interval;
    for end in [low, high] {
        let (at, y) = layout.place(point.mean_score, end);
        let stroke = Rect {
            x: at - 3,
            y,
            width: 7,
            height: 1,
        };
        pen.fill(stroke, colour)?;
    }
    Ok(())
}

//! Curves over two axes: precision and recall, ROC, metrics or costs over the threshold, gain and lift.

use plotters::{backend::DrawingBackend, style::RGBColor};

use crate::{
    Axis, Drawn, PlotLayout, Rect, Text, Theme,
    curve::{dashed, runs, simplified, within},
    labels::{FAR, Labels, along, distance_to},
    pen::Pen,
    theme::mix,
};

/// What a curve stands for; decides its colour and stroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// What the picture is about.
    Main,
    /// A second curve beside it.
    Second,
    /// A third one.
    Third,
    /// The same of the reference data.
    Reference,
    /// What the others are held against: chance, perfection; dashed.
    Comparison,
}

/// One curve.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a> {
    /// Its name, written beside it; empty for none.
    pub name: &'a str,
    /// Its points in the order in which they are joined. NaN leaves a gap.
    pub points: &'a [(f64, f64)],
    /// What it stands for.
    pub stroke: Stroke,
}

/// Curves over two axes.
#[derive(Clone, Copy, Debug)]
pub struct LinePlot<'a> {
    /// Across.
    pub x: Axis<'a>,
    /// Up.
    pub y: Axis<'a>,
    /// The curves; later ones lie above earlier ones.
    pub series: &'a [Series<'a>],
}

const LABEL_SIZE: f64 = 12.0;

impl LinePlot<'_> {
    /// Where everything lies in a picture of `size`.
    #[must_use]
    pub fn layout(&self, size: (u32, u32)) -> Option<PlotLayout> {
        PlotLayout::new(size, &self.x, &self.y)
    }

    /// Draws the plot over the whole backend; nothing where there is no room for it.
    pub fn draw<DB: DrawingBackend>(&self, backend: &mut DB, theme: &Theme) -> Drawn<DB> {
        let Some(layout) = self.layout(backend.get_size()) else {
            return Ok(());
        };
        let mut pen = Pen(backend);
        layout.draw(&mut pen, theme, &self.x, &self.y)?;
        for series in self.series {
            let colour = colour(series.stroke, theme);
            for run in runs(series.points) {
                let pixels: Vec<(f64, f64)> =
                    run.iter().map(|&(x, y)| layout.position(x, y)).collect();
                let pixels = within(&simplified(&pixels), &layout.area);
                if series.stroke == Stroke::Comparison {
                    dashed(&mut pen, &pixels, colour)?;
                } else {
                    pen.path(&pixels, 2, colour)?;
                }
            }
        }
        self.draw_names(&mut pen, &layout, theme)
    }

    /// Names stand where their curves end at the right, moved apart where they would overlap.
    fn draw_names<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        layout: &PlotLayout,
        theme: &Theme,
    ) -> Drawn<DB> {
        let mut labels = Labels::new(layout.area);
        for series in self.series.iter().filter(|series| !series.name.is_empty()) {
            let style = Text::new(LABEL_SIZE, colour(series.stroke, theme));
            let (width, height) = (pen.width(series.name, &style)?, (LABEL_SIZE * 1.3) as i32);
            // Of the places along the curve the one that is furthest from the other curves.
            let candidates = along(series.points)
                .map(|(x, y)| layout.place(x, y))
                .flat_map(|(x, y)| {
                    [
                        (x + 6, y - height - 3),
                        (x - width - 6, y - height - 3),
                        (x + 6, y + 3),
                    ]
                })
                .map(|(x, y)| Rect {
                    x,
                    y,
                    width,
                    height,
                });
            let best = labels.best(candidates, |rect| self.clearance(rect, layout, series));
            if let Some(rect) = best {
                pen.name(series.name, &style, rect, theme.surface)?;
            }
        }
        Ok(())
    }

    /// How well a name stands here: how far it is from the other curves, in pixels to 40; less where it lies on its own.
    fn clearance(&self, rect: &Rect, layout: &PlotLayout, own: &Series<'_>) -> f64 {
        let distance = |series: &Series<'_>| {
            let places = along(series.points).map(|(x, y)| layout.position(x, y));
            distance_to(rect, places)
        };
        let others = self
            .series
            .iter()
            .filter(|series| !std::ptr::eq(*series, own))
            .map(distance)
            .fold(FAR, f64::min);
        others + 10.0 * distance(own).min(2.0)
    }
}

/// A vertical line at a number of the x axis, with a handle at its top: the threshold. For the layer above a plot.
pub fn draw_threshold<DB: DrawingBackend>(
    backend: &mut DB,
    theme: &Theme,
    layout: &PlotLayout,
    threshold: f64,
) -> Drawn<DB> {
    let (x, _) = layout.place(threshold, 0.0);
    let Rect { y, height, .. } = layout.area;
    let mut pen = Pen(backend);
    pen.fill(
        Rect {
            x: x - 1,
            y,
            width: 2,
            height,
        },
        theme.ink,
    )?;
    pen.dot((x, y), 6, theme.surface)?;
    pen.dot((x, y), 5, theme.ink)
}

/// A point on a curve, with hairlines to both axes. For the layer above a plot.
pub fn draw_point<DB: DrawingBackend>(
    backend: &mut DB,
    theme: &Theme,
    layout: &PlotLayout,
    (x, y): (f64, f64),
) -> Drawn<DB> {
    if !(x.is_finite() && y.is_finite()) {
        return Ok(());
    }
    let (across, down) = layout.place(x, y);
    let Rect {
        x: left,
        y: top,
        height,
        ..
    } = layout.area;
    let mut pen = Pen(backend);
    let hairline = mix(theme.surface, theme.ink, 0.35);
    pen.fill(
        Rect {
            x: left,
            y: down,
            width: across - left,
            height: 1,
        },
        hairline,
    )?;
    pen.fill(
        Rect {
            x: across,
            y: down,
            width: 1,
            height: top + height - down,
        },
        hairline,
    )?;
    pen.dot((across, down), 7, theme.surface)?;
    pen.dot((across, down), 5, theme.ink)
}

pub(crate) fn colour(stroke: Stroke, theme: &Theme) -> RGBColor {
    match stroke {
        Stroke::Main => theme.accent,
        Stroke::Second => theme.at_risk,
        Stroke::Third => theme.pass,
        Stroke::Reference | Stroke::Comparison => theme.reference,
    }
}

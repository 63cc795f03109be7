//! Curves over two axes: precision and recall, ROC, metrics or costs over the threshold, gain and lift.

use plotters::{
    backend::DrawingBackend,
    style::{Color, RGBColor, ShapeStyle},
};

use crate::{Axis, Drawn, PlotLayout, Rect, Text, Theme, pen::Pen, theme::mix};

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
/// Curves are simplified by no more than this many pixels.
const TOLERANCE: f64 = 0.35;
const DASH: f64 = 5.0;

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
                let pixels = within(&simplified(&pixels), &layout);
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
        let mut taken: Vec<Rect> = Vec::new();
        for series in self.series.iter().filter(|series| !series.name.is_empty()) {
            let style = Text::new(LABEL_SIZE, colour(series.stroke, theme));
            let (width, height) = (pen.width(series.name, &style)?, (LABEL_SIZE * 1.3) as i32);
            // Of the places along the curve the one that is furthest from the other curves.
            let best = along(series.points)
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
                })
                .filter(|rect| {
                    inside(rect, &layout.area) && !taken.iter().any(|other| overlap(rect, other))
                })
                .map(|rect| (self.clearance(&rect, layout, series), rect))
                .max_by(|(a, _), (b, _)| a.total_cmp(b));
            if let Some((_, rect)) = best {
                pen.text(series.name, &style, (rect.x, rect.y + height / 2))?;
                taken.push(rect);
            }
        }
        Ok(())
    }

    /// How well a name stands here: how far it is from the other curves, in pixels to 40; less where it lies on its own.
    fn clearance(&self, rect: &Rect, layout: &PlotLayout, own: &Series<'_>) -> f64 {
        let distance = |series: &Series<'_>| {
            along(series.points)
                .map(|(x, y)| layout.position(x, y))
                .map(|(x, y)| {
                    let beyond = |at: f64, from: i32, room: i32| {
                        let (before, after) = (f64::from(from) - at, at - f64::from(from + room));
                        before.max(after).max(0.0)
                    };
                    length(
                        beyond(x, rect.x, rect.width),
                        beyond(y, rect.y, rect.height),
                    )
                })
                .fold(40.0, f64::min)
        };
        let others = self
            .series
            .iter()
            .filter(|series| !std::ptr::eq(*series, own))
            .map(distance)
            .fold(40.0, f64::min);
        others + 10.0 * distance(own).min(2.0)
    }
}

/// About a hundred places along a curve, gaps left out: enough to keep text off it.
fn along(points: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> + '_ {
    let step = points.len().div_ceil(100).max(1);
    // Of a curve with few points also the places between them.
    let parts = (100 / points.len().max(1)).max(1);
    let places = (0..points.len()).step_by(step).flat_map(move |index| {
        let (from, to) = (points[index], points[(index + step).min(points.len() - 1)]);
        (0..parts).map(move |part| {
            let part = part as f64 / parts as f64;
            (
                from.0 + (to.0 - from.0) * part,
                from.1 + (to.1 - from.1) * part,
            )
        })
    });
    places.filter(|(x, y)| x.is_finite() && y.is_finite())
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

fn colour(stroke: Stroke, theme: &Theme) -> RGBColor {
    match stroke {
        Stroke::Main => theme.accent,
        Stroke::Second => theme.at_risk,
        Stroke::Third => theme.pass,
        Stroke::Reference | Stroke::Comparison => theme.reference,
    }
}

/// The stretches without gaps.
fn runs(points: &[(f64, f64)]) -> impl Iterator<Item = &[(f64, f64)]> {
    points
        .split(|(x, y)| !(x.is_finite() && y.is_finite()))
        .filter(|run| !run.is_empty())
}

/// The fewest of these points whose path is never further than [`TOLERANCE`] from theirs (Ramer 1972, Douglas and
/// Peucker 1973). Pixels are whole: without this a shallow line would be drawn as stairs.
fn simplified(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let Some(last) = points.len().checked_sub(1) else {
        return Vec::new();
    };
    let mut kept = vec![false; points.len()];
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        kept[from] = true;
        kept[to] = true;
        let furthest = (from + 1..to)
            .map(|index| (distance(points[index], points[from], points[to]), index))
            .max_by(|(a, _), (b, _)| a.total_cmp(b));
        if let Some((distance, index)) = furthest
            && distance > TOLERANCE
        {
            open.extend([(from, index), (index, to)]);
        }
    }
    let kept = points.iter().zip(kept).filter(|(_, kept)| *kept);
    kept.map(|(point, _)| *point).collect()
}

/// How far a point is from the stretch between two others.
fn distance(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let squared = dx * dx + dy * dy;
    let along = if squared > 0.0 {
        (((point.0 - from.0) * dx + (point.1 - from.1) * dy) / squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    length(point.0 - from.0 - along * dx, point.1 - from.1 - along * dy)
}

fn length(dx: f64, dy: f64) -> f64 {
    (dx * dx + dy * dy).sqrt()
}

/// Whole pixels, none beyond the plot.
fn within(points: &[(f64, f64)], layout: &PlotLayout) -> Vec<(i32, i32)> {
    let Rect {
        x,
        y,
        width,
        height,
    } = layout.area;
    let clamp = |value: f64, from: i32, room: i32| {
        value.round().clamp(f64::from(from), f64::from(from + room)) as i32
    };
    points
        .iter()
        .map(|point| (clamp(point.0, x, width), clamp(point.1, y, height)))
        .collect()
}

fn dashed<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    pixels: &[(i32, i32)],
    colour: RGBColor,
) -> Drawn<DB> {
    for pair in pixels.windows(2) {
        let &[(x0, y0), (x1, y1)] = pair else {
            continue;
        };
        let (dx, dy) = (f64::from(x1 - x0), f64::from(y1 - y0));
        let dashes = (length(dx, dy) / DASH / 2.0).ceil().max(1.0);
        let at = |part: f64| {
            let along = |from: i32, by: f64| (f64::from(from) + by * part).round() as i32;
            (along(x0, dx), along(y0, dy))
        };
        for dash in 0..dashes as u32 {
            let (from, to) = (f64::from(dash) / dashes, (f64::from(dash) + 0.5) / dashes);
            pen.path(&[at(from), at(to)], 1, colour)?;
        }
    }
    Ok(())
}

fn inside(rect: &Rect, area: &Rect) -> bool {
    rect.x >= area.x
        && rect.y >= area.y
        && rect.x + rect.width <= area.x + area.width
        && rect.y + rect.height <= area.y + area.height
}

fn overlap(one: &Rect, other: &Rect) -> bool {
    one.x < other.x + other.width
        && other.x < one.x + one.width
        && one.y < other.y + other.height
        && other.y < one.y + one.height
}

impl<DB: DrawingBackend> Pen<'_, DB> {
    /// A line through all points.
    pub(crate) fn path(
        &mut self,
        points: &[(i32, i32)],
        width: u32,
        colour: RGBColor,
    ) -> Drawn<DB> {
        if points.len() < 2 {
            return Ok(());
        }
        let style = ShapeStyle::from(&colour.to_rgba()).stroke_width(width);
        self.0.draw_path(points.iter().copied(), &style)
    }
}

//! Curves in pixels: their stretches without gaps, as few points as show them, and how they are stroked.

use plotters::{
    backend::DrawingBackend,
    style::{Color, RGBColor, ShapeStyle},
};

use crate::{Drawn, Rect, pen::Pen};

/// Curves are simplified by no more than this many pixels.
const TOLERANCE: f64 = 0.35;
const DASH: f64 = 5.0;

/// The stretches without gaps.
pub(crate) fn runs(points: &[(f64, f64)]) -> impl Iterator<Item = &[(f64, f64)]> {
    points
        .split(|(x, y)| !(x.is_finite() && y.is_finite()))
        .filter(|run| !run.is_empty())
}

/// The fewest of these points whose path is never further than [`TOLERANCE`] from theirs (Ramer 1972, Douglas and
/// Peucker 1973). Pixels are whole: without this a shallow line would be drawn as stairs.
pub(crate) fn simplified(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
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

/// Whole pixels, none beyond the area.
pub(crate) fn within(points: &[(f64, f64)], area: &Rect) -> Vec<(i32, i32)> {
    let Rect {
        x,
        y,
        width,
        height,
    } = *area;
    let clamp = |value: f64, from: i32, room: i32| {
        value.round().clamp(f64::from(from), f64::from(from + room)) as i32
    };
    points
        .iter()
        .map(|point| (clamp(point.0, x, width), clamp(point.1, y, height)))
        .collect()
}

pub(crate) fn dashed<DB: DrawingBackend>(
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

//! Where words stand in a plot: of all places that are allowed, the one that is furthest from what is drawn.

use crate::Rect;

/// Further away than this is far enough.
pub(crate) const FAR: f64 = 40.0;

/// Words that stand in an area already.
pub(crate) struct Labels {
    area: Rect,
    taken: Vec<Rect>,
}

impl Labels {
    pub(crate) fn new(area: Rect) -> Self {
        Self {
            area,
            taken: Vec::new(),
        }
    }

    /// Keeps a place free.
    pub(crate) fn keep_off(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Whether words may stand here.
    pub(crate) fn is_free(&self, rect: &Rect) -> bool {
        inside(rect, &self.area) && !self.taken.iter().any(|other| overlap(rect, other))
    }

    /// The free place with the highest clearance, which is then taken.
    pub(crate) fn best(
        &mut self,
        candidates: impl Iterator<Item = Rect>,
        clearance: impl Fn(&Rect) -> f64,
    ) -> Option<Rect> {
        let (_, best) = candidates
            .filter(|rect| self.is_free(rect))
            .map(|rect| (clearance(&rect), rect))
            .max_by(|(a, _), (b, _)| a.total_cmp(b))?;
        self.taken.push(best);
        Some(best)
    }
}

/// How far the nearest of some points is from a rectangle, up to [`FAR`].
pub(crate) fn distance_to(rect: &Rect, points: impl Iterator<Item = (f64, f64)>) -> f64 {
    points
        .map(|(x, y)| {
            let beyond = |at: f64, from: i32, room: i32| {
                let (before, after) = (f64::from(from) - at, at - f64::from(from + room));
                before.max(after).max(0.0)
            };
            let (dx, dy) = (
                beyond(x, rect.x, rect.width),
                beyond(y, rect.y, rect.height),
            );
            (dx * dx + dy * dy).sqrt()
        })
        .fold(FAR, f64::min)
}

/// About a hundred places along a curve, gaps left out: enough to keep text off it.
pub(crate) fn along(points: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> + '_ {
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

/// Places along a curve of pixels, close enough that no words slip between them, gaps left out.
pub(crate) fn closely(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    const STEP: f64 = 4.0;
    const MOST: f64 = 800.0;
    const BEYOND: f64 = 1e6;
    let lengths = points.windows(2).map(|pair| match pair {
        [from, to] => (to.0 - from.0).abs().max((to.1 - from.1).abs()),
        _ => 0.0,
    });
    let length: f64 = lengths.clone().filter(|length| length.is_finite()).sum();
    let step = STEP.max(length / MOST);
    let mut places: Vec<(f64, f64)> = Vec::new();
    // What is left to go until the next place.
    let mut left = 0.0;
    for (pair, length) in points.windows(2).zip(lengths) {
        let (&[from, to], true) = (pair, length.is_finite()) else {
            continue;
        };
        while left <= length {
            let part = if length > 0.0 { left / length } else { 0.0 };
            let between = |from: f64, to: f64| from + (to - from) * part;
            let place = (between(from.0, to.0), between(from.1, to.1));
            // No words go there, and no pixel has such a number.
            if place.0.abs() < BEYOND && place.1.abs() < BEYOND {
                places.push(place);
            }
            left += step;
        }
        left -= length;
    }
    match points {
        // One point alone has no way to go.
        [(x, y)] if x.abs() < BEYOND && y.abs() < BEYOND => vec![(*x, *y)],
        _ => places,
    }
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

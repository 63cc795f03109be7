//! The points that the pictures' lines go through, from the stops of the slider.

use greenlight_metrics::{BinaryAmounts, Stop, Value};

use super::range::Range;
use super::subject::Subject;

/// The two numbers of a subject at each stop.
pub fn pairs(stops: &[Stop], subject: Subject) -> Vec<(f64, f64)> {
    let pair = |stop: &Stop| match subject.values(&stop.counts, &NO_AMOUNTS).as_slice() {
        [Ok(x), Ok(y)] => (*x, *y),
        _ => GAP,
    };
    stops.iter().map(pair).collect()
}

const GAP: (f64, f64) = (f64::NAN, f64::NAN);

/// For subjects that do not ask for them.
pub const NO_AMOUNTS: BinaryAmounts = BinaryAmounts {
    tp: 0.0,
    fp: 0.0,
    fn_: 0.0,
    tn: 0.0,
};

/// In steps, as average precision adds them up: no threshold lies between two.
pub fn precision_recall(stops: &[Stop]) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for (recall, precision) in pairs(stops, Subject::PrecisionRecall) {
        if let Some(&(before, _)) = points.last()
            && before.is_finite()
        {
            points.push((before, precision));
        }
        points.push((recall, precision));
    }
    points
}

pub fn prevalence(stops: &[Stop]) -> Vec<(f64, f64)> {
    let share = stops.first().map(|stop| stop.counts.prevalence());
    match share {
        Some(Ok(share)) => vec![(0.0, share), (1.0, share)],
        _ => Vec::new(),
    }
}

/// The cases come first, all of them.
pub fn perfect_gain(stops: &[Stop]) -> Vec<(f64, f64)> {
    let share = stops.first().map(|stop| stop.counts.prevalence());
    match share {
        Some(Ok(share)) => vec![(0.0, 0.0), (share, 1.0), (1.0, 1.0)],
        _ => Vec::new(),
    }
}

/// Lift by the share of rows flagged. Flagging nothing has none.
pub fn lift(stops: &[Stop]) -> Vec<(f64, f64)> {
    let mut points = pairs(stops, Subject::Lift);
    points.retain(|point| point.1.is_finite());
    points
}

/// A metric over the threshold: the same for all thresholds of a stop.
pub fn steps(range: Range, values: &mut dyn Iterator<Item = (&Stop, Value)>) -> Vec<(f64, f64)> {
    let mut points = Vec::with_capacity(2 * values.size_hint().0);
    for (stop, value) in values {
        let value = value.unwrap_or(f64::NAN);
        let (above, up_to) = (stop.interval.above, stop.interval.up_to);
        points.push((up_to.unwrap_or(range.high).min(range.high), value));
        points.push((above.unwrap_or(range.low).max(range.low), value));
    }
    points
}

/// A little more room than the points take, and 0 within.
pub fn around(points: &[(f64, f64)]) -> (f64, f64) {
    let finite = points.iter().map(|point| point.1);
    let finite = finite.filter(|value| value.is_finite());
    let (low, high) = finite.fold((0.0_f64, 0.0_f64), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let room = if high > low { 0.05 * (high - low) } else { 1.0 };
    let below = if low < 0.0 { room } else { 0.0 };
    (low - below, high + room)
}

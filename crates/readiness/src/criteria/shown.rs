//! Values, intervals and limits of criteria as people read them.

use greenlight_format as format;

use super::CriterionResult;
use crate::policy::{Metric, Unit};

/// The value of a criterion as a person reads it: with the digits that tell it from the limit.
pub fn shown_beside_limit(criterion: &CriterionResult) -> String {
    match (criterion.metric.unit(), criterion.value) {
        (Unit::Share, Some(value)) => format::percent_beside(value, criterion.limit),
        // How much better it has become, the interval beside it says.
        (Unit::Fall, Some(value)) if value < 0.0 => "none".to_owned(),
        (_, value) => shown_value(criterion.metric, value),
    }
}

/// A value or limit of `metric` as a person reads it.
pub fn shown_value(metric: Metric, value: Option<f64>) -> String {
    let Some(value) = value else {
        return format::undefined();
    };
    match metric.unit() {
        Unit::Milliseconds => format::duration_ms(value),
        Unit::Points => format::difference(value),
        Unit::Fall => format::fall(value),
        Unit::Coefficient | Unit::Cost => format::significant(value, 3),
        Unit::Share => format::percent(value),
        Unit::Count => format::count(value.max(0.0) as u64),
    }
}

/// A limit of `metric` as a person reads it: with no more digits than it has.
pub fn shown_limit(metric: Metric, limit: f64) -> String {
    match metric.unit() {
        Unit::Points | Unit::Fall => points(limit),
        Unit::Share => format::percent_exact(limit),
        Unit::Coefficient | Unit::Cost => format::exact(limit),
        Unit::Count => format::count(limit.ceil().max(0.0) as u64),
        Unit::Milliseconds => shown_value(metric, Some(limit)),
    }
}

/// Percentage points, with a sign only below 0.
fn points(difference: f64) -> String {
    let points = format::difference(difference);
    points.trim_start_matches('+').to_owned()
}

/// The 95 % interval of a criterion as a person reads it; empty where there is none.
pub fn shown_interval(criterion: &CriterionResult) -> String {
    let end = |value: f64| match criterion.metric.unit() {
        // From a gain, which is below 0, to a fall.
        Unit::Fall => points(value),
        _ => shown_value(criterion.metric, Some(value)),
    };
    let Some((low, high)) = criterion.interval else {
        return String::new();
    };
    match (low, high, criterion.metric.unit()) {
        (Some(low), Some(high), Unit::Share) => format::percent_interval(low, high),
        (Some(low), Some(high), _) => {
            let (low, high) = (end(low), end(high));
            // A unit that both ends have is said once.
            match (
                low.rsplit_once(format::SPACE),
                high.rsplit_once(format::SPACE),
            ) {
                (Some((number, unit)), Some((_, other))) if unit == other => {
                    format!("{number} to {high}")
                }
                _ => format!("{low} to {high}"),
            }
        }
        (Some(low), None, _) => format!("at least {}", end(low)),
        (None, Some(high), _) => format!("at most {}", end(high)),
        (None, None, _) => String::new(),
    }
}

/// So far the axis of a difference reaches at least.
const LEAST_REACH: f64 = 0.1;

/// The value and the ends of its interval as they are drawn: an end that does not exist lies at the value.
pub fn shown_on_axis(criterion: &CriterionResult) -> (f64, (f64, f64)) {
    let value = criterion.value.unwrap_or(f64::NAN);
    let (low, high) = criterion.interval.unwrap_or_default();
    (value, (low.unwrap_or(value), high.unwrap_or(value)))
}

/// The ends of the axis on which a criterion is drawn.
pub fn shown_axis(criterion: &CriterionResult) -> (f64, f64) {
    let (_, (low, high)) = shown_on_axis(criterion);
    let (least, most) = criterion.metric.range();
    match criterion.metric.unit() {
        // Differences are small: as far as they reach, to both sides.
        Unit::Points | Unit::Fall => {
            let ends = [low, high, criterion.limit, LEAST_REACH];
            let reach = ends.into_iter().map(f64::abs).fold(0.0, f64::max);
            (-1.1 * reach, 1.1 * reach)
        }
        _ if most.is_finite() => (least, most),
        // Latencies have no upper end of their own: the limit stands in the middle, or the value near the right.
        _ => (0.0, (2.0 * criterion.limit).max(1.1 * high)),
    }
}

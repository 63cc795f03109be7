//! Numbers on axes: as many decimals as the distance between two of them needs.

use crate::decimal::{decimals_for, scientific, signed};
use crate::{SCIENTIFIC_FROM, undefined};

/// A multiple of a round `step`, with the decimals of the step.
///
/// ```
/// use greenlight_format::tick;
/// assert_eq!(tick(0.2 + 0.1, 0.1), "0.3");
/// assert_eq!(tick(-0.25, 0.25), "−0.25");
/// assert_eq!(tick(1500.0, 500.0).replace('\u{202F}', " "), "1 500");
/// assert_eq!(tick(0.0, 0.5), "0");
/// assert_eq!(tick(f64::NAN, 1.0), "–");
/// ```
#[must_use]
pub fn tick(value: f64, step: f64) -> String {
    if !value.is_finite() || !step.is_finite() {
        return undefined();
    }
    let step = step.abs();
    if value.abs() < step / 2.0 {
        return String::from("0");
    }
    if !(1e-6..SCIENTIFIC_FROM).contains(&step) || value.abs() >= SCIENTIFIC_FROM {
        return scientific(value, 3);
    }
    // A step of 0.25 needs a digit more than one of 0.2.
    let one = decimals_for(step, 1);
    let rounded = format!("{step:.one$}").parse().unwrap_or(step);
    let decimals = if (rounded - step).abs() > step * 1e-6 {
        one + 1
    } else {
        one
    };
    signed(value, decimals)
}

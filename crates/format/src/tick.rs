//! Numbers on axes: as many decimals as the distance between two of them needs.

use crate::decimal::{decimals_for, scientific, signed};
use crate::{SCIENTIFIC_FROM, SPACE, undefined};

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

/// A multiple of a round step of milliseconds, in milliseconds or, from one second on, in seconds.
///
/// ```
/// use greenlight_format::duration_tick;
/// let plain = |value, step| duration_tick(value, step).replace('\u{202F}', " ");
/// assert_eq!(plain(0.0, 500.0), "0");
/// assert_eq!(plain(500.0, 500.0), "500 ms");
/// assert_eq!(plain(1_500.0, 500.0), "1.5 s");
/// assert_eq!(plain(0.25, 0.25), "0.25 ms");
/// assert_eq!(duration_tick(f64::NAN, 1.0), "–");
/// ```
#[must_use]
pub fn duration_tick(milliseconds: f64, step: f64) -> String {
    let text = match milliseconds.abs() >= 1_000.0 {
        true => tick(milliseconds / 1_000.0, step / 1_000.0) + &format!("{SPACE}s"),
        false => tick(milliseconds, step) + &format!("{SPACE}ms"),
    };
    match tick(milliseconds, step).as_str() {
        // Nothing needs no unit, and what is no number has none.
        plain @ ("0" | "–") => plain.to_owned(),
        _ => text,
    }
}

//! The standard normal distribution, without tables of constants.
//!
//! Near the centre a power series with positive terms, in the tail the continued fraction of Mills'
//! ratio; quantiles by Newton's method on the logarithm of the tail, which cannot overshoot. The
//! cumulative share is good to about 1e-14 relative, quantiles to about 1e-14 absolute.

use std::f64::consts::PI;

use libm::{exp, log};

use crate::undefined::{Undefined, Value};

/// From here outwards the tail is computed directly, so that it keeps its relative accuracy.
const TAIL: f64 = 2.0;

/// Density at `x` (scipy: `norm.pdf`).
///
/// ```
/// assert!((greenlight_metrics::normal::pdf(0.0) - 0.3989422804014327).abs() < 1e-16);
/// ```
pub fn pdf(x: f64) -> f64 {
    exp(-0.5 * x * x) / (2.0 * PI).sqrt()
}

/// Share below `x` (scipy: `norm.cdf`).
///
/// ```
/// assert!((greenlight_metrics::normal::cdf(1.959963984540054) - 0.975).abs() < 1e-15);
/// ```
pub fn cdf(x: f64) -> f64 {
    if x.is_nan() {
        x
    } else if x > 0.0 {
        1.0 - upper_tail(x)
    } else {
        upper_tail(-x)
    }
}

/// The point with share `p` below it, for `p` strictly between 0 and 1 (scipy: `norm.ppf`).
///
/// ```
/// use greenlight_metrics::normal::quantile;
/// assert!((quantile(0.975)? - greenlight_metrics::Z_95).abs() < 1e-14);
/// assert!(quantile(1.0).is_err());
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
pub fn quantile(p: f64) -> Value {
    if !(p > 0.0 && p < 1.0) {
        return Err(Undefined::InvalidParameter);
    }
    let (tail, sign) = if p < 0.5 { (p, -1.0) } else { (1.0 - p, 1.0) };
    if tail == 0.5 {
        return Ok(0.0);
    }
    let goal = log(tail);
    // Out there the tail is at most half of what is sought; the logarithm of the tail is concave, so
    // from the outside Newton's steps only ever come nearer.
    let mut x = (-2.0 * goal).sqrt();
    for _ in 0..64 {
        let (ln_tail, mills) = ln_upper_tail(x);
        let step = (ln_tail - goal) * mills;
        x += step;
        if step.abs() <= 1e-16 * x.abs() {
            break;
        }
    }
    Ok(sign * x.max(0.0))
}

/// Share above `x`, for `x >= 0`.
fn upper_tail(x: f64) -> f64 {
    if x < TAIL {
        0.5 - pdf(x) * centre_series(x)
    } else {
        pdf(x) * mills_ratio(x)
    }
}

/// The logarithm of the share above `x >= 0`, and that share over the density.
fn ln_upper_tail(x: f64) -> (f64, f64) {
    if x < TAIL {
        let tail = upper_tail(x);
        (log(tail), tail / pdf(x))
    } else {
        let mills = mills_ratio(x);
        (-0.5 * x * x - 0.5 * log(2.0 * PI) + log(mills), mills)
    }
}

/// (Φ(x) − ½) / φ(x) = x + x³/3 + x⁵/(3·5) + …
fn centre_series(x: f64) -> f64 {
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    while term.abs() > 1e-18 * sum.abs() {
        odd += 2.0;
        term *= x * x / odd;
        sum += term;
    }
    sum
}

/// (1 − Φ(x)) / φ(x) = 1/(x + 1/(x + 2/(x + 3/(x + …)))), from the inside out.
fn mills_ratio(x: f64) -> f64 {
    let denominator = (1..=160_u32)
        .rev()
        .fold(x, |inner, n| x + f64::from(n) / inner);
    1.0 / denominator
}

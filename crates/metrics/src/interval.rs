//! Confidence intervals of proportions and of differences of proportions.

use serde::{Deserialize, Serialize};

use crate::undefined::{Undefined, Value};

/// The standard normal quantile at 0.975, which gives two-sided 95 % (scipy: `norm.ppf(0.975)`).
///
/// ```
/// # use greenlight_metrics::Z_95;
/// assert!((greenlight_metrics::normal::cdf(Z_95) - 0.975).abs() < 1e-15);
/// ```
pub const Z_95: f64 = 1.959963984540054;

/// A confidence interval, in the unit of its metric. Serialises as `[low, high]`.
///
/// ```
/// use greenlight_metrics::Interval;
/// let interval = Interval { low: 0.25, high: 0.75 };
/// assert!(interval.contains(0.5) && !interval.contains(0.8));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "[f64; 2]", from = "[f64; 2]")]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether `value` lies between the ends or on one of them.
    ///
    /// ```
    /// # use greenlight_metrics::Interval;
    /// assert!(Interval { low: 0.0, high: 1.0 }.contains(1.0));
    /// ```
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// The distance between the ends.
    ///
    /// ```
    /// # use greenlight_metrics::Interval;
    /// assert_eq!(Interval { low: 0.25, high: 0.75 }.width(), 0.5);
    /// ```
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}

impl From<Interval> for [f64; 2] {
    fn from(interval: Interval) -> Self {
        [interval.low, interval.high]
    }
}

impl From<[f64; 2]> for Interval {
    fn from([low, high]: [f64; 2]) -> Self {
        Self { low, high }
    }
}

/// The 95 % Wilson score interval of `successes` out of `n` (scipy:
/// `binomtest(successes, n).proportion_ci(method="wilson")`).
///
/// ```
/// let interval = greenlight_metrics::wilson(8, 10)?;
/// assert!((interval.low - 0.49016).abs() < 1e-5 && (interval.high - 0.94332).abs() < 1e-5);
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
pub fn wilson(successes: u64, n: u64) -> Result<Interval, Undefined> {
    wilson_at(successes, n, Z_95)
}

/// The Wilson score interval at another level; `z` is the standard normal quantile at
/// 1 − (1 − level)/2, which [`crate::normal::quantile`] gives.
///
/// ```
/// use greenlight_metrics::{Z_95, wilson, wilson_at};
/// assert_eq!(wilson_at(8, 10, Z_95), wilson(8, 10));
/// ```
pub fn wilson_at(successes: u64, n: u64, z: f64) -> Result<Interval, Undefined> {
    if n == 0 {
        return Err(Undefined::NoRows);
    } else if successes > n || !(z.is_finite() && z >= 0.0) {
        return Err(Undefined::InvalidParameter);
    }
    let (k, rows, squared) = (successes as f64, n as f64, z * z);
    let root = z * (squared + 4.0 * k * ((n - successes) as f64 / rows)).sqrt();
    let doubled = 2.0 * k + squared + root;
    // The lower end as the product of both ends over the upper one: nothing cancels.
    let low = if successes == 0 {
        0.0
    } else {
        2.0 * k * (k / rows) / doubled
    };
    let high = if successes == n {
        1.0
    } else {
        doubled / (2.0 * (rows + squared))
    };
    Ok(Interval { low, high })
}

/// The difference of two proportions, `k1/n1 − k2/n2`.
///
/// ```
/// assert_eq!(greenlight_metrics::interval::difference(3, 4, 1, 4), Ok(0.5));
/// ```
pub fn difference(k1: u64, n1: u64, k2: u64, n2: u64) -> Value {
    if n1 == 0 || n2 == 0 {
        return Err(Undefined::NoRows);
    } else if k1 > n1 || k2 > n2 {
        return Err(Undefined::InvalidParameter);
    }
    Ok(k1 as f64 / n1 as f64 - k2 as f64 / n2 as f64)
}

/// The 95 % interval of `k1/n1 − k2/n2` for two independent samples: Newcombe's hybrid of two Wilson
/// score intervals, without continuity correction (his method 10).
///
/// ```
/// let interval = greenlight_metrics::newcombe_difference(56, 70, 48, 80)?;
/// assert!((interval.low - 0.0524).abs() < 1e-4 && (interval.high - 0.3339).abs() < 1e-4);
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
pub fn newcombe_difference(k1: u64, n1: u64, k2: u64, n2: u64) -> Result<Interval, Undefined> {
    let (one, two) = (wilson(k1, n1)?, wilson(k2, n2)?);
    let (p1, p2) = (k1 as f64 / n1 as f64, k2 as f64 / n2 as f64);
    let centre = p1 - p2;
    // Not `hypot`, whose last bit differs between machines; differences of shares need none of its care.
    let length = |x: f64, y: f64| (x * x + y * y).sqrt();
    let down = length(p1 - one.low, two.high - p2);
    let up = length(one.high - p1, p2 - two.low);
    Ok(Interval {
        low: (centre - down).max(-1.0),
        high: (centre + up).min(1.0),
    })
}

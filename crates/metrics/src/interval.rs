//! Confidence intervals of proportions and of differences of proportions.

use serde::{Deserialize, Serialize};

use crate::binary_counts::BinaryCounts;
use crate::confusion::ConfusionMatrix;
use crate::normal::quantile;
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

/// The Wilson score interval of a share of so many rows that need not be a whole number, as of an effective sample size.
///
/// ```
/// use greenlight_metrics::{Z_95, wilson, wilson_share_at};
/// let (whole, share) = (wilson(8, 10)?, wilson_share_at(0.8, 10.0, Z_95)?);
/// assert!((whole.low - share.low).abs() < 1e-15 && (whole.high - share.high).abs() < 1e-15);
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
pub fn wilson_share_at(share: f64, rows: f64, z: f64) -> Result<Interval, Undefined> {
    if !(rows.is_finite() && rows > 0.0) {
        return Err(Undefined::NoRows);
    } else if !((0.0..=1.0).contains(&share) && z.is_finite() && z >= 0.0) {
        return Err(Undefined::InvalidParameter);
    }
    let squared = z * z;
    let centre = share + squared / (2.0 * rows);
    let root = z * (share * (1.0 - share) / rows + squared / (4.0 * rows * rows)).sqrt();
    let scale = 1.0 + squared / rows;
    let low = if share == 0.0 {
        0.0
    } else {
        (centre - root) / scale
    };
    let high = if share == 1.0 {
        1.0
    } else {
        (centre + root) / scale
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
    newcombe_difference_at(k1, n1, k2, n2, Z_95)
}

/// As [`newcombe_difference`], at another level; `z` is as for [`wilson_at`].
///
/// ```
/// use greenlight_metrics::{Z_95, newcombe_difference, newcombe_difference_at};
/// assert_eq!(newcombe_difference_at(56, 70, 48, 80, Z_95), newcombe_difference(56, 70, 48, 80));
/// ```
pub fn newcombe_difference_at(
    k1: u64,
    n1: u64,
    k2: u64,
    n2: u64,
    z: f64,
) -> Result<Interval, Undefined> {
    let (one, two) = (wilson_at(k1, n1, z)?, wilson_at(k2, n2, z)?);
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

/// The standard normal quantile for `k` two-sided intervals of which all hold together in 95 % of the cases: at
/// 1 − 0.025/`k` (Bonferroni). None counts as one. Rounded to nine decimals, so that logarithms that differ in
/// their last bit between machines cannot show.
///
/// ```
/// use greenlight_metrics::{Z_95, simultaneous_z};
/// assert!((simultaneous_z(1) - Z_95).abs() < 1e-9);
/// assert!((simultaneous_z(20) - 3.023341).abs() < 1e-6);
/// ```
pub fn simultaneous_z(k: u64) -> f64 {
    // The share always lies between 0 and 1, so there is a quantile.
    let z = quantile(0.025 / k.max(1) as f64).map_or(Z_95, f64::abs);
    (z * 1e9).round() / 1e9
}

/// The 95 % interval of F1. Of the rows that are positive or flagged, those that are both are a proportion, the
/// Jaccard index J, and F1 = 2J/(1 + J): so it is Wilson's interval of J, carried over.
///
/// ```
/// use greenlight_metrics::{BinaryCounts, f1_interval};
/// let counts = BinaryCounts { tp: 30, fp: 10, fn_: 20, tn: 940 };
/// assert!(f1_interval(&counts)?.contains(counts.f1()?));
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
pub fn f1_interval(counts: &BinaryCounts) -> Result<Interval, Undefined> {
    let &BinaryCounts { tp, fp, fn_, .. } = counts;
    let n = tp.checked_add(fp).and_then(|sum| sum.checked_add(fn_));
    let Interval { low, high } = wilson(tp, n.ok_or(Undefined::Overflow)?)?;
    let f1 = |jaccard: f64| 2.0 * jaccard / (1.0 + jaccard);
    Ok(Interval {
        low: f1(low),
        high: f1(high),
    })
}

/// The 95 % interval of balanced accuracy, the mean of the recalls of the classes that occur: from Wilson's interval
/// of each by the method of Newcombe's difference (MOVER, Zou and Donner 2008), for the classes are independent samples.
///
/// ```
/// use greenlight_metrics::{ConfusionMatrix, balanced_accuracy_interval};
/// let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![20, 30]])?;
/// assert!(balanced_accuracy_interval(&matrix)?.contains(0.75));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn balanced_accuracy_interval(matrix: &ConfusionMatrix) -> Result<Interval, Undefined> {
    let recalls = (0..matrix.classes()).map(|class| matrix.binary(class));
    let recalls = recalls.map(|counts| (counts.tp, counts.actual_positives()));
    mean_interval(matrix.balanced_accuracy()?, recalls)
}

/// The 95 % interval of macro precision, the mean of the precisions of the classes that are predicted, in the same way:
/// the rows predicted as one class and as another are independent samples.
///
/// ```
/// use greenlight_metrics::{ConfusionMatrix, macro_precision_interval};
/// let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![20, 30]])?;
/// assert!(macro_precision_interval(&matrix)?.contains(matrix.macro_averages().precision?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn macro_precision_interval(matrix: &ConfusionMatrix) -> Result<Interval, Undefined> {
    let precisions = (0..matrix.classes()).map(|class| matrix.binary(class));
    let precisions = precisions.map(|counts| (counts.tp, counts.predicted_positives()));
    mean_interval(matrix.macro_averages().precision?, precisions)
}

/// The interval of the mean of proportions, each of rows of its own; those of no rows are left out.
fn mean_interval(
    mean: f64,
    proportions: impl Iterator<Item = (u64, u64)>,
) -> Result<Interval, Undefined> {
    let (mut down, mut up, mut count) = (0.0, 0.0, 0.0);
    for (part, whole) in proportions.filter(|(_, whole)| *whole > 0) {
        let (ends, share) = (wilson(part, whole)?, part as f64 / whole as f64);
        let (below, above) = (share - ends.low, ends.high - share);
        down += below * below;
        up += above * above;
        count += 1.0;
    }
    Ok(Interval {
        low: (mean - f64::sqrt(down) / count).max(0.0),
        high: (mean + f64::sqrt(up) / count).min(1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// How often the intervals hold what the counts come from, over samples of Poisson counts.
    #[test]
    fn intervals_of_f1_and_means_over_classes_hold_the_truth_as_often_as_they_say() {
        for (tp, fp, fn_, tn) in [
            (30, 10, 20, 940),
            (5, 5, 10, 980),
            (400, 100, 100, 400),
            (3, 40, 2, 60),
        ] {
            let truth = BinaryCounts { tp, fp, fn_, tn };
            let matrix = |counts: &BinaryCounts| {
                ConfusionMatrix::from_rows(&counts.rows().map(|row| row.to_vec())).unwrap()
            };
            let f1 = truth.f1().unwrap();
            let balanced = matrix(&truth).balanced_accuracy().unwrap();
            let precision = matrix(&truth).macro_averages().precision.unwrap();
            let mut random = Random::new(3);
            let (mut held, samples) = ([0; 3], 4_000);
            for _ in 0..samples {
                let sample = BinaryCounts {
                    tp: random.poisson(tp),
                    fp: random.poisson(fp),
                    fn_: random.poisson(fn_),
                    tn: random.poisson(tn),
                };
                let holds = |interval: Result<Interval, Undefined>, value| {
                    i32::from(interval.is_ok_and(|interval| interval.contains(value)))
                };
                held[0] += holds(f1_interval(&sample), f1);
                held[1] += holds(balanced_accuracy_interval(&matrix(&sample)), balanced);
                held[2] += holds(macro_precision_interval(&matrix(&sample)), precision);
            }
            for held in held {
                let share = f64::from(held) / f64::from(samples);
                assert!((0.935..=0.985).contains(&share), "{share} with {truth:?}");
            }
        }
    }
}

//! Measures of drift that need the values themselves.

use std::f64::consts::PI;

use crate::sum::CompensatedSum;
use crate::undefined::{Undefined, Value, finite};

/// A column's standard deviation counts as no smaller than this where distances are put in its units.
const LEAST_DEVIATION: f64 = 0.001;

/// The different values of both sides with the rows of each, the highest first, as [`NumberCollector::distinct`] gives them.
///
/// [`NumberCollector::distinct`]: crate::NumberCollector::distinct
///
/// ```
/// use greenlight_metrics::drift::TwoSamples;
/// let moved = TwoSamples::new(&[(1.0, 2), (0.0, 2)], &[(2.0, 2), (1.0, 2)]);
/// assert_eq!(moved.ks_statistic(), Ok(0.5));
/// assert_eq!(moved.wasserstein_normed(), Ok(2.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoSamples<'s> {
    pub(crate) reference: &'s [(f64, u64)],
    pub(crate) current: &'s [(f64, u64)],
}

/// One of the values of either side, with how many rows of each have it or a higher one.
struct Level {
    value: f64,
    reference: u64,
    current: u64,
}

impl<'s> TwoSamples<'s> {
    /// Both sides.
    ///
    /// ```
    /// # use greenlight_metrics::drift::TwoSamples;
    /// assert_eq!(TwoSamples::new(&[(1.0, 2)], &[(1.0, 3)]).rows(), (2, 3));
    /// ```
    pub fn new(reference: &'s [(f64, u64)], current: &'s [(f64, u64)]) -> Self {
        Self { reference, current }
    }

    /// Rows of the reference and of the current rows.
    ///
    /// ```
    /// # use greenlight_metrics::drift::TwoSamples;
    /// assert_eq!(TwoSamples::new(&[], &[]).rows(), (0, 0));
    /// ```
    pub fn rows(&self) -> (u64, u64) {
        let sum = |side: &[(f64, u64)]| {
            side.iter()
                .fold(0_u64, |sum, (_, rows)| sum.saturating_add(*rows))
        };
        (sum(self.reference), sum(self.current))
    }

    /// The Kolmogorov–Smirnov statistic: the largest distance of the two cumulative shares (scipy: `ks_2samp`). One pass.
    ///
    /// # Errors
    /// Where a side has no rows.
    ///
    /// ```
    /// # use greenlight_metrics::drift::TwoSamples;
    /// assert!(TwoSamples::new(&[], &[(1.0, 1)]).ks_statistic().is_err());
    /// ```
    pub fn ks_statistic(&self) -> Value {
        let (n, m) = self.compared()?;
        Ok(self.ks_gap(n, m) as f64 / (u128::from(n) * u128::from(m)) as f64)
    }

    /// The p-value of that statistic from Kolmogorov's limit (scipy: `kstwobign.sf` at √(nm/(n + m))·D). Of few rows, and of values that
    /// many share, it is larger than the exact one.
    ///
    /// # Errors
    /// As for the statistic.
    ///
    /// ```
    /// # use greenlight_metrics::drift::TwoSamples;
    /// assert_eq!(TwoSamples::new(&[(1.0, 9)], &[(1.0, 9)]).ks_p_value(), Ok(1.0));
    /// ```
    pub fn ks_p_value(&self) -> Value {
        let (n, m) = self.rows();
        let (n, m) = (n as f64, m as f64);
        Ok(kolmogorov_upper_tail(
            (n * m / (n + m)).sqrt() * self.ks_statistic()?,
        ))
    }

    /// The Wasserstein distance W₁: how far a row has moved on average, in the column's unit (scipy: `wasserstein_distance`). One pass.
    ///
    /// # Errors
    /// Where a side has no rows, or the distance is too large for a double.
    ///
    /// ```
    /// # use greenlight_metrics::drift::TwoSamples;
    /// assert_eq!(TwoSamples::new(&[(3.0, 1)], &[(5.5, 4)]).wasserstein(), Ok(2.5));
    /// ```
    pub fn wasserstein(&self) -> Value {
        let (n, m) = self.compared()?;
        let (n, m) = (n as f64, m as f64);
        let mut sum = CompensatedSum::default();
        let mut before: Option<Level> = None;
        for level in self.levels() {
            if let Some(above) = before {
                let apart = (above.reference as f64 / n - above.current as f64 / m).abs();
                sum.add(apart * (above.value - level.value));
            }
            before = Some(level);
        }
        finite(sum.value())
    }

    /// [`wasserstein`](Self::wasserstein) in standard deviations of the reference (ddof 0), which count as no smaller than 0.001.
    ///
    /// # Errors
    /// As for the distance.
    ///
    /// ```
    /// # use greenlight_metrics::drift::TwoSamples;
    /// assert_eq!(TwoSamples::new(&[(3.0, 1)], &[(3.5, 4)]).wasserstein_normed(), Ok(500.0));
    /// ```
    pub fn wasserstein_normed(&self) -> Value {
        let distance = self.wasserstein()?;
        finite(distance / self.unit()?)
    }

    /// The standard deviation of the reference, or 0.001 where it is smaller.
    pub(crate) fn unit(&self) -> Value {
        let (n, _) = self.compared()?;
        let mean = |of: &dyn Fn(f64) -> f64| {
            let mut sum = CompensatedSum::default();
            for &(value, rows) in self.reference {
                sum.add_times(of(value), rows);
            }
            finite(sum.value() / n as f64)
        };
        let centre = mean(&|value| value)?;
        let variance = mean(&|value| (value - centre) * (value - centre))?;
        Ok(variance.sqrt().max(LEAST_DEVIATION))
    }

    /// The statistic times n·m: a whole number, so that equal distances are equal.
    pub(crate) fn ks_gap(&self, n: u64, m: u64) -> u128 {
        let (n, m) = (u128::from(n), u128::from(m));
        let gap = |level: Level| {
            (u128::from(level.reference) * m).abs_diff(u128::from(level.current) * n)
        };
        self.levels().map(gap).max().unwrap_or(0)
    }

    /// The rows of both sides at each value, from the highest down.
    pub(crate) fn by_value(&self) -> (Vec<u64>, Vec<u64>) {
        let (mut above, mut reference, mut current) = ((0, 0), Vec::new(), Vec::new());
        for level in self.levels() {
            reference.push(level.reference - above.0);
            current.push(level.current - above.1);
            above = (level.reference, level.current);
        }
        (reference, current)
    }

    /// The values of both sides together with the rows of each, from the highest down.
    pub(crate) fn pooled(&self) -> impl Iterator<Item = (f64, u64)> + 's {
        let mut before = 0;
        self.levels().map(move |level| {
            let up_to = level.reference.saturating_add(level.current);
            let rows = up_to.saturating_sub(before);
            before = up_to;
            (level.value, rows)
        })
    }

    /// The rows of both sides, where there are any.
    pub(crate) fn compared(&self) -> Result<(u64, u64), Undefined> {
        match self.rows() {
            (0, _) | (_, 0) => Err(Undefined::NoRows),
            rows => Ok(rows),
        }
    }

    /// Every value of either side, from the highest down.
    fn levels(&self) -> impl Iterator<Item = Level> + 's {
        let (mut reference, mut current) = (self.reference, self.current);
        let (mut of_reference, mut of_current) = (0_u64, 0_u64);
        std::iter::from_fn(move || {
            let value = match (reference.first(), current.first()) {
                (None, None) => return None,
                (Some((value, _)), None) | (None, Some((value, _))) => *value,
                (Some((one, _)), Some((other, _))) => one.max(*other),
            };
            of_reference = of_reference.saturating_add(take(&mut reference, value));
            of_current = of_current.saturating_add(take(&mut current, value));
            Some(Level {
                value,
                reference: of_reference,
                current: of_current,
            })
        })
    }
}

/// The rows of a side that have the value, which is its highest or higher; they leave it.
fn take(side: &mut &[(f64, u64)], value: f64) -> u64 {
    match side.split_first() {
        Some((&(highest, rows), others)) if highest == value => {
            *side = others;
            rows
        }
        _ => 0,
    }
}

/// The share of Kolmogorov's limiting distribution above `x` (scipy: `kstwobign.sf`).
///
/// ```
/// use greenlight_metrics::drift::two_samples::kolmogorov_upper_tail;
/// assert!((kolmogorov_upper_tail(1.3580986393225505) - 0.05).abs() < 1e-15);
/// assert_eq!(kolmogorov_upper_tail(0.0), 1.0);
/// ```
pub fn kolmogorov_upper_tail(x: f64) -> f64 {
    /// Below it one series needs few terms, above it the other.
    const BETWEEN: f64 = 0.8;
    if x <= 0.0 {
        return 1.0;
    }
    let mut sum = 0.0;
    if x < BETWEEN {
        // 1 − √(2π)/x · Σ e^(−(2k − 1)²π²/(8x²))
        for odd in [7.0, 5.0, 3.0, 1.0] {
            sum += libm::exp(-odd * odd * PI * PI / (8.0 * x * x));
        }
        return 1.0 - (2.0 * PI).sqrt() / x * sum;
    }
    // 2 Σ (−1)^(k − 1) e^(−2k²x²)
    for k in [6.0_f64, 5.0, 4.0, 3.0, 2.0, 1.0] {
        sum = libm::exp(-2.0 * k * k * x * x) - sum;
    }
    2.0 * sum
}

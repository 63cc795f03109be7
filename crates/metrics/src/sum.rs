//! Compensated sums: long sums of doubles that lose almost nothing.

use serde::{Deserialize, Serialize};

/// A running sum that also carries the rounding errors of its additions (Neumaier's variant of
/// Kahan summation; the counterpart of Python's `math.fsum`, to about one rounding).
///
/// [`merge`](Self::merge) of two parts equals the sum over all terms to about 1e-16 relative to the
/// sum of their sizes, not necessarily in the last bit.
///
/// ```
/// use greenlight_metrics::CompensatedSum;
/// let mut sum = CompensatedSum::default();
/// for term in [1.0, 1e100, 1.0, -1e100] {
///     sum.add(term);
/// }
/// assert_eq!(sum.value(), 2.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CompensatedSum {
    sum: f64,
    compensation: f64,
}

impl CompensatedSum {
    /// Adds one term.
    ///
    /// ```
    /// # use greenlight_metrics::CompensatedSum;
    /// let mut sum = CompensatedSum::default();
    /// sum.add(0.5);
    /// assert_eq!(sum.value(), 0.5);
    /// ```
    pub fn add(&mut self, term: f64) {
        let sum = self.sum + term;
        self.compensation += if self.sum.abs() >= term.abs() {
            (self.sum - sum) + term
        } else {
            (term - sum) + self.sum
        };
        self.sum = sum;
    }

    /// Adds `term` as often as `count` says, in one step. The product is exact to one rounding.
    ///
    /// ```
    /// # use greenlight_metrics::CompensatedSum;
    /// let mut sum = CompensatedSum::default();
    /// sum.add_times(0.25, 8);
    /// assert_eq!(sum.value(), 2.0);
    /// ```
    pub fn add_times(&mut self, term: f64, count: u64) {
        self.add(term * count as f64);
    }

    /// Adds all that another sum holds.
    ///
    /// ```
    /// # use greenlight_metrics::CompensatedSum;
    /// let (mut left, right) = (CompensatedSum::from_iter([0.1, 0.2]), CompensatedSum::from_iter([0.3]));
    /// left.merge(&right);
    /// assert_eq!(left.value(), 0.6);
    /// ```
    pub fn merge(&mut self, other: &Self) {
        self.add(other.sum);
        self.compensation += other.compensation;
    }

    /// The sum. Not finite only where a term or the sum itself is too large for a double.
    ///
    /// ```
    /// # use greenlight_metrics::CompensatedSum;
    /// assert_eq!(CompensatedSum::default().value(), 0.0);
    /// ```
    pub fn value(&self) -> f64 {
        self.sum + self.compensation
    }
}

impl FromIterator<f64> for CompensatedSum {
    fn from_iter<I: IntoIterator<Item = f64>>(terms: I) -> Self {
        let mut sum = Self::default();
        for term in terms {
            sum.add(term);
        }
        sum
    }
}

//! Measures of drift that follow from the counts of both sides in the same bins.

use std::f64::consts::LN_2;

use crate::chi_square::{chi_square, pooled_p_value};
use crate::undefined::{Undefined, Value};

/// How many rows of the reference and of the current rows lie in each bin. Bins that are empty on both sides count for nothing.
///
/// ```
/// use greenlight_metrics::drift::BinCounts;
/// let same = BinCounts::new(&[50, 50], &[5, 5]);
/// assert_eq!((same.psi(), same.jensen_shannon(), same.l_infinity()), (Ok(0.0), Ok(0.0), Ok(0.0)));
/// assert_eq!(same.chi_square_p_value(), Ok(1.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinCounts<'c> {
    reference: &'c [u64],
    current: &'c [u64],
}

impl<'c> BinCounts<'c> {
    /// The counts of the same bins on both sides.
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// assert_eq!(BinCounts::new(&[3, 0, 4], &[1, 0, 0]).bins(), 2);
    /// ```
    pub fn new(reference: &'c [u64], current: &'c [u64]) -> Self {
        Self { reference, current }
    }

    /// Bins that are not empty on both sides.
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// assert_eq!(BinCounts::new(&[0], &[0]).bins(), 0);
    /// ```
    pub fn bins(&self) -> usize {
        self.pairs().filter(|pair| *pair != (0, 0)).count()
    }

    /// Rows of the reference and of the current rows.
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// assert_eq!(BinCounts::new(&[3, 4], &[1, 0]).rows(), (7, 1));
    /// ```
    pub fn rows(&self) -> (u64, u64) {
        self.pairs().fold((0, 0), |(n, m), (r, c)| {
            (n.saturating_add(r), m.saturating_add(c))
        })
    }

    /// The population stability index, Σ (c − r)·ln(c/r) over the shares r and c of the bins. A share of 0 becomes half a row's, so
    /// that a bin which one side lacks counts for what that is worth.
    ///
    /// # Errors
    /// Where a side has no rows, or all rows lie in one bin.
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// let psi = BinCounts::new(&[50, 50], &[25, 75]).psi()?;
    /// assert!((psi - 0.25 * 3.0_f64.ln()).abs() < 1e-15);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn psi(&self) -> Value {
        Ok(self.psi_parts()?.iter().sum())
    }

    /// What each bin adds to the [`psi`](Self::psi), in the order of the bins; an empty one nothing.
    ///
    /// # Errors
    /// As for the sum.
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// let parts = BinCounts::new(&[50, 0, 50], &[75, 0, 25]).psi_parts()?;
    /// assert!(parts[0] > 0.0 && parts[1] == 0.0 && parts[2] > parts[0]);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn psi_parts(&self) -> Result<Vec<f64>, Undefined> {
        let (n, m) = self.compared()?;
        let share = |count: u64, rows: f64| match count {
            0 => 0.5 / rows,
            count => count as f64 / rows,
        };
        let part = |(r, c): (u64, u64)| match (r, c) {
            (0, 0) => 0.0,
            (r, c) => {
                let (r, c) = (share(r, n), share(c, m));
                (c - r) * libm::log(c / r)
            }
        };
        Ok(self.pairs().map(part).collect())
    }

    /// The Jensen–Shannon distance to base 2, from 0 to 1 (scipy: `distance.jensenshannon(r, c, base=2)`).
    ///
    /// # Errors
    /// As for the [`psi`](Self::psi).
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// assert_eq!(BinCounts::new(&[7, 0], &[0, 3]).jensen_shannon(), Ok(1.0));
    /// ```
    pub fn jensen_shannon(&self) -> Value {
        let (n, m) = self.compared()?;
        let divergence: f64 = self
            .pairs()
            .map(|(r, c)| {
                let (r, c) = (r as f64 / n, c as f64 / m);
                let middle = (r + c) / 2.0;
                relative_entropy(r, middle) + relative_entropy(c, middle)
            })
            .sum();
        // What is 0 may come out as less by a rounding.
        Ok((divergence.max(0.0) / LN_2 / 2.0).sqrt().min(1.0))
    }

    /// Pearson's statistic that both sides are alike (scipy: `chi2_contingency(correction=False)`). It grows with the rows.
    ///
    /// # Errors
    /// As for the [`psi`](Self::psi).
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// let found = BinCounts::new(&[50, 50], &[60, 40]).chi_square()?;
    /// assert!((found - 2.0202020202020203).abs() < 1e-14);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn chi_square(&self) -> Value {
        self.compared()?;
        chi_square(self.pairs())
    }

    /// The p-value of that test. Bins in which fewer than 5 rows of a side are expected are pooled into one.
    ///
    /// # Errors
    /// As for the [`psi`](Self::psi), and where pooling leaves one bin.
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// // The last two bins are one.
    /// let rare = BinCounts::new(&[90, 8, 1, 1], &[80, 14, 6, 0]).chi_square_p_value();
    /// assert_eq!(rare, BinCounts::new(&[90, 8, 2], &[80, 14, 6]).chi_square_p_value());
    /// ```
    pub fn chi_square_p_value(&self) -> Value {
        self.compared()?;
        pooled_p_value(self.pairs())
    }

    /// The largest change of a bin's share.
    ///
    /// # Errors
    /// As for the [`psi`](Self::psi).
    ///
    /// ```
    /// # use greenlight_metrics::drift::BinCounts;
    /// assert_eq!(BinCounts::new(&[50, 50], &[25, 75]).l_infinity(), Ok(0.25));
    /// ```
    pub fn l_infinity(&self) -> Value {
        let (n, m) = self.compared()?;
        let change = |(r, c): (u64, u64)| (c as f64 / m - r as f64 / n).abs();
        Ok(self.pairs().map(change).fold(0.0, f64::max))
    }

    pub(crate) fn pairs(&self) -> impl Iterator<Item = (u64, u64)> + Clone + 'c {
        self.reference
            .iter()
            .copied()
            .zip(self.current.iter().copied())
    }

    /// The rows of both sides, where there is something to compare.
    pub(crate) fn compared(&self) -> Result<(f64, f64), Undefined> {
        match (self.rows(), self.bins()) {
            ((0, _) | (_, 0), _) => Err(Undefined::NoRows),
            (_, 0 | 1) => Err(Undefined::OneBin),
            ((n, m), _) => Ok((n as f64, m as f64)),
        }
    }
}

/// p·ln(p/q), 0 where p is.
fn relative_entropy(p: f64, q: f64) -> f64 {
    if p > 0.0 { p * libm::log(p / q) } else { 0.0 }
}

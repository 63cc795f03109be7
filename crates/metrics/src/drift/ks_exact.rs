//! The exact p-value of the two-sample Kolmogorov–Smirnov statistic.

use super::two_samples::{TwoSamples, kolmogorov_upper_tail};
use crate::undefined::Value;

/// Up to so many rows a side the p-value is exact, as in scipy.
const MOST_EXACT: u64 = 10_000;

impl TwoSamples<'_> {
    /// The p-value of [`ks_statistic`](Self::ks_statistic) as scipy's `ks_2samp` gives it by default: up to 10,000 rows a side the share of
    /// all orders of the rows in which the statistic is as large, as if no values tied; beyond that Kolmogorov's limit with Vrbik's
    /// correction for the sizes (2018), within 2 % of scipy's p-value down to a millionth.
    ///
    /// Exact, it takes as many steps as there are pairs of ranks within the statistic's reach of each other, and memory for the
    /// smaller side's rows; of sides alike in size only as many steps as there are rows.
    ///
    /// # Errors
    /// As for the statistic.
    ///
    /// ```
    /// # use greenlight_metrics::drift::TwoSamples;
    /// // 2 of the 20 orders of three and three rows keep them apart.
    /// let apart = TwoSamples::new(&[(3.0, 1), (2.0, 1), (1.0, 1)], &[(0.0, 3)]);
    /// assert!((apart.ks_exact_p_value()? - 0.1).abs() < 1e-15);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn ks_exact_p_value(&self) -> Value {
        let (n, m) = self.compared()?;
        let gap = self.ks_gap(n, m);
        Ok(if gap == 0 {
            1.0
        } else if n.max(m) > MOST_EXACT {
            corrected_limit(gap, n, m)
        } else if n == m {
            of_equal_sizes(n, (gap / u128::from(n)) as u64)
        } else {
            share_of_paths(n.min(m), n.max(m), gap as u64)
        })
    }
}

fn corrected_limit(gap: u128, n: u64, m: u64) -> f64 {
    let (n, m) = (n as f64, m as f64);
    let rows = n * m / (n + m);
    let z = rows.sqrt() * gap as f64 / (n * m);
    kolmogorov_upper_tail(z + 1.0 / (6.0 * rows.sqrt()) + (z - 1.0) / (4.0 * rows))
}

/// 2 Σᵢ (−1)^(i − 1) C(2n, n − ih) / C(2n, n): of so many rows on each side, at `step` rows apart (Gnedenko and Korolyuk 1951). From the
/// last term inwards, each as a factor of the one before.
fn of_equal_sizes(rows: u64, step: u64) -> f64 {
    let n = rows as f64;
    let mut sum = 0.0;
    for term in (0..rows / step.max(1)).rev() {
        let from = (term * step) as f64;
        let factor = |j: u64| (n - from - j as f64) / (n + from + j as f64 + 1.0);
        sum = (0..step).map(factor).product::<f64>() * (1.0 - sum);
    }
    (2.0 * sum).clamp(0.0, 1.0)
}

/// Of all paths from (0, 0) to (fewer, more) by single steps, the share that at some point (i, j) has |i·more − j·fewer| ≥ gap. A path
/// to a point that is not such came from the left or from below, as often as it has steps of either kind.
fn share_of_paths(fewer: u64, more: u64, gap: u64) -> f64 {
    let mut shares = vec![1.0; fewer as usize + 1];
    // The first and the last i that lie within the gap of a point's j.
    let mut first = 0_u64;
    for j in 0..=more {
        let along = j * fewer;
        let left_behind = first;
        first = along.saturating_sub(gap - 1).div_ceil(more);
        let last = ((along + gap - 1) / more).min(fewer);
        for i in left_behind..first {
            if let Some(share) = shares.get_mut(i as usize) {
                *share = 1.0;
            }
        }
        let mut left = 1.0;
        for i in first..=last {
            if let Some(share) = shares.get_mut(i as usize) {
                let below = *share;
                *share = match i + j {
                    0 => 0.0,
                    steps => (i as f64 * left + j as f64 * below) / steps as f64,
                };
                left = *share;
            }
        }
    }
    shares.last().copied().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_agree_with_the_closed_form_of_equal_sizes() {
        for (rows, step) in [(1, 1), (5, 2), (5, 5), (30, 8), (200, 31), (200, 120)] {
            let closed = of_equal_sizes(rows, step);
            let counted = share_of_paths(rows, rows, step * rows);
            assert!(
                (counted / closed - 1.0).abs() < 1e-12,
                "{rows} {step}: {counted} {closed}"
            );
        }
    }
}

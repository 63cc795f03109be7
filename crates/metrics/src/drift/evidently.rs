//! The tests that Evidently (0.7) chooses where nobody says otherwise, to the numbers of that package.
//!
//! They judge each column alone and without regard to how many rows or columns there are, so that of many unchanged columns some are
//! called drifted. They are here for who has to reproduce such a report.

use serde::{Deserialize, Serialize};

use super::bin_counts::BinCounts;
use super::two_samples::TwoSamples;
use crate::chi_square::chi_square_upper_tail;
use crate::normal;
use crate::undefined::{Undefined, Value};

/// Up to so many rows of the reference significance decides, beyond that a distance.
const MOST_FOR_SIGNIFICANCE: u64 = 1_000;
/// Numbers with no more different values than this are taken for categories.
const MOST_CATEGORIES: usize = 5;
/// Numbers of which the reference has no more different values are counted by value.
const MOST_SINGLE_VALUES: usize = 20;
/// A p-value below it, or a distance from [`DISTANCE`] on, is drift.
const SIGNIFICANCE: f64 = 0.05;
const DISTANCE: f64 = 0.1;
/// From so large a share of drifted columns on, the data set has drifted.
const DRIFTED_SHARE: f64 = 0.5;

/// A test that Evidently chooses.
///
/// ```
/// use greenlight_metrics::drift::evidently::Test;
/// assert!(Test::ChiSquare.is_p_value() && !Test::JensenShannon.is_p_value());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// The exact p-value of the two-sample Kolmogorov–Smirnov statistic.
    KolmogorovSmirnov,
    /// The p-value of Pearson's statistic of the current rows, where the shares of the reference are taken to be the true ones. So a
    /// value that the reference lacks makes it 0.
    ChiSquare,
    /// The p-value of the difference of two shares, by the normal distribution.
    Proportions,
    /// The Wasserstein distance in standard deviations of the reference.
    Wasserstein,
    /// The Jensen–Shannon distance to base e.
    JensenShannon,
}

impl Test {
    /// Whether it gives a p-value, which is small where there is drift, and not a distance.
    ///
    /// ```
    /// # use greenlight_metrics::drift::evidently::Test;
    /// assert!(Test::KolmogorovSmirnov.is_p_value());
    /// ```
    pub fn is_p_value(self) -> bool {
        !matches!(self, Self::Wasserstein | Self::JensenShannon)
    }

    /// Where drift begins.
    ///
    /// ```
    /// # use greenlight_metrics::drift::evidently::Test;
    /// assert_eq!((Test::Proportions.limit(), Test::Wasserstein.limit()), (0.05, 0.1));
    /// ```
    pub fn limit(self) -> f64 {
        if self.is_p_value() {
            SIGNIFICANCE
        } else {
            DISTANCE
        }
    }

    /// Whether the value is drift.
    ///
    /// ```
    /// # use greenlight_metrics::drift::evidently::Test;
    /// // Only of this test the limit itself is drift, as in the package.
    /// assert!(Test::KolmogorovSmirnov.has_drifted(0.05) && !Test::ChiSquare.has_drifted(0.05));
    /// ```
    pub fn has_drifted(self, value: f64) -> bool {
        match self {
            Self::KolmogorovSmirnov => value <= self.limit(),
            Self::ChiSquare | Self::Proportions => value < self.limit(),
            Self::Wasserstein | Self::JensenShannon => value >= self.limit(),
        }
    }
}

/// The test that was chosen for a column, and what it gave.
///
/// ```
/// use greenlight_metrics::drift::{BinCounts, evidently};
/// let found = evidently::of_categories(&BinCounts::new(&[40, 60], &[80, 20]))?;
/// assert_eq!(found.test, evidently::Test::Proportions);
/// assert!(found.drifted());
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tested {
    /// The test.
    pub test: Test,
    /// Its p-value or distance.
    pub value: f64,
}

impl Tested {
    /// Whether that is drift.
    ///
    /// ```
    /// # use greenlight_metrics::drift::evidently::{Test, Tested};
    /// assert!(Tested { test: Test::Wasserstein, value: 0.3 }.drifted());
    /// ```
    pub fn drifted(self) -> bool {
        self.test.has_drifted(self.value)
    }
}

/// Whether a data set has drifted of which so many columns have.
///
/// ```
/// use greenlight_metrics::drift::evidently::has_data_set_drifted;
/// assert!(has_data_set_drifted(2, 4) && !has_data_set_drifted(1, 4));
/// ```
pub fn has_data_set_drifted(drifted: usize, columns: usize) -> bool {
    columns > 0 && drifted as f64 / columns as f64 >= DRIFTED_SHARE
}

/// The test of a column of numbers.
///
/// # Errors
/// Where a side has no rows, or a distance is too large for a double.
///
/// ```
/// use greenlight_metrics::drift::{TwoSamples, evidently};
/// let values: Vec<(f64, u64)> = (0..20).rev().map(|value| (f64::from(value), 1)).collect();
/// let found = evidently::of_numbers(&TwoSamples::new(&values, &values))?;
/// assert_eq!((found.test, found.value), (evidently::Test::KolmogorovSmirnov, 1.0));
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
pub fn of_numbers(samples: &TwoSamples<'_>) -> Result<Tested, Undefined> {
    let (reference_rows, _) = samples.compared()?;
    let is_number = samples.pooled().take(MOST_CATEGORIES + 1).count() > MOST_CATEGORIES;
    let (test, value) = match (is_number, reference_rows <= MOST_FOR_SIGNIFICANCE) {
        (true, true) => (Test::KolmogorovSmirnov, samples.ks_exact_p_value()?),
        (true, false) => (Test::Wasserstein, samples.wasserstein_normed()?),
        _ => {
            let (reference, current) = samples.by_value();
            return of_categories(&BinCounts::new(&reference, &current));
        }
    };
    Ok(Tested { test, value })
}

/// The test of a column of categories, from the counts of each.
///
/// # Errors
/// Where a side has no rows.
///
/// ```
/// use greenlight_metrics::drift::{BinCounts, evidently};
/// // One row of a category that the reference lacks is enough.
/// let found = evidently::of_categories(&BinCounts::new(&[50, 50, 0], &[50, 50, 1]))?;
/// assert_eq!((found.test, found.value), (evidently::Test::ChiSquare, 0.0));
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
pub fn of_categories(counts: &BinCounts<'_>) -> Result<Tested, Undefined> {
    let (n, m) = counts.rows();
    if n == 0 || m == 0 {
        return Err(Undefined::NoRows);
    }
    let (test, value) = match (n <= MOST_FOR_SIGNIFICANCE, counts.bins()) {
        (false, _) => (Test::JensenShannon, jensen_shannon(counts)?),
        (true, 0..=2) => (Test::Proportions, proportions_p_value(counts)),
        (true, _) => (Test::ChiSquare, exact_reference_p_value(counts)),
    };
    Ok(Tested { test, value })
}

/// The Jensen–Shannon distance to base e; 0 where all rows are alike.
///
/// # Errors
/// Where a side has no rows.
///
/// ```
/// use greenlight_metrics::drift::{BinCounts, evidently};
/// let most = evidently::jensen_shannon(&BinCounts::new(&[1, 0], &[0, 1]))?;
/// assert!((most - 2.0_f64.ln().sqrt()).abs() < 1e-15);
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
pub fn jensen_shannon(counts: &BinCounts<'_>) -> Value {
    match counts.jensen_shannon() {
        Err(Undefined::OneBin) => Ok(0.0),
        distance => Ok(distance? * std::f64::consts::LN_2.sqrt()),
    }
}

/// The population stability index as Evidently has it: a share of 0 becomes 0.0001, or a millionth of the side's smallest share
/// where that is no larger than 0.0001.
///
/// # Errors
/// Where a side has no rows.
///
/// ```
/// use greenlight_metrics::drift::{BinCounts, evidently};
/// let index = evidently::psi(&BinCounts::new(&[5, 5], &[10, 0]))?;
/// let expected = 0.5 * 2.0_f64.ln() + (0.0001 - 0.5) * (0.0001_f64 / 0.5).ln();
/// assert!((index - expected).abs() < 1e-14);
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
pub fn psi(counts: &BinCounts<'_>) -> Value {
    /// What an empty bin's share becomes.
    const LEAST: f64 = 0.0001;
    let (n, m) = counts.rows();
    let least = |side: fn((u64, u64)) -> u64, rows: u64| {
        let smallest = counts.pairs().map(side).filter(|count| *count > 0).min();
        match smallest.ok_or(Undefined::NoRows)? as f64 / rows as f64 {
            share if share <= LEAST => Ok(share / 1e6),
            _ => Ok(LEAST),
        }
    };
    let (least_r, least_c) = (least(|(r, _)| r, n)?, least(|(_, c)| c, m)?);
    let share = |count: u64, rows: u64, least: f64| match count {
        0 => least,
        count => count as f64 / rows as f64,
    };
    let part = |(r, c): (u64, u64)| {
        let (r, c) = (share(r, n, least_r), share(c, m, least_c));
        (c - r) * libm::log(c / r)
    };
    Ok(counts.pairs().map(part).sum())
}

/// The counts of both sides in Evidently's bins of numbers: by value where the reference has at most 20, else in
/// ⌈log₂(n + m)⌉ + 1 bins of equal width over both sides together (Sturges).
///
/// ```
/// use greenlight_metrics::drift::{TwoSamples, evidently};
/// let values: Vec<(f64, u64)> = (0..32).rev().map(|value| (f64::from(value), 1)).collect();
/// let (reference, _) = evidently::bin_counts(&TwoSamples::new(&values, &values));
/// assert_eq!(reference.len(), 7);
/// ```
pub fn bin_counts(samples: &TwoSamples<'_>) -> (Vec<u64>, Vec<u64>) {
    let (reference, current) = (samples.reference, samples.current);
    let ends = samples.pooled().fold(None, |ends, (value, _)| match ends {
        None => Some((value, value)),
        Some((highest, _)) => Some((highest, value)),
    });
    let (Some((highest, lowest)), true) = (ends, reference.len() > MOST_SINGLE_VALUES) else {
        return samples.by_value();
    };
    let (n, m) = samples.rows();
    let bins = libm::ceil(libm::log2((n + m) as f64) + 1.0);
    let step = (highest - lowest) / bins;
    let edges: Vec<f64> = (1..bins as u64)
        .map(|bin| bin as f64 * step + lowest)
        .collect();
    let count = |side: &[(f64, u64)]| {
        let mut counts = vec![0_u64; edges.len() + 1];
        for &(value, rows) in side {
            if let Some(count) = counts.get_mut(edges.partition_point(|edge| *edge <= value)) {
                *count = count.saturating_add(rows);
            }
        }
        counts
    };
    (count(reference), count(current))
}

/// Of one or two values.
fn proportions_p_value(counts: &BinCounts<'_>) -> f64 {
    let (n, m) = counts.rows();
    let (n, m) = (n as f64, m as f64);
    let first = counts.pairs().find(|pair| *pair != (0, 0));
    let (r, c) = first.map_or((0.0, 0.0), |(r, c)| (r as f64, c as f64));
    let both = (r + c) / (n + m);
    let variance = both * (1.0 - both) * (1.0 / n + 1.0 / m);
    if variance <= 0.0 {
        return 1.0;
    }
    2.0 * normal::cdf(-(r / n - c / m).abs() / variance.sqrt())
}

fn exact_reference_p_value(counts: &BinCounts<'_>) -> f64 {
    let (n, m) = counts.rows();
    let mut statistic = 0.0;
    for (r, c) in counts.pairs() {
        match (r, c) {
            (0, 0) => {}
            (0, _) => return 0.0,
            (r, c) => {
                let expected = r as f64 / n as f64 * m as f64;
                statistic += (c as f64 - expected) * (c as f64 - expected) / expected;
            }
        }
    }
    let degrees = counts.bins().saturating_sub(1);
    chi_square_upper_tail(statistic, u32::try_from(degrees).unwrap_or(u32::MAX))
}

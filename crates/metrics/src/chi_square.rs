//! Pearson's chi-square test that groups share one rate.

use crate::normal;
use crate::undefined::{Undefined, Value};

/// A cell with a smaller expectation is too small for the chi-square distribution (Cochran 1954).
const LEAST_EXPECTED: f64 = 5.0;

/// The p-value of Pearson's test that all groups have the same share, from each group's counts of yes and no
/// (scipy: `chi2_contingency(correction=False)`). Groups in which fewer than 5 of either are expected are
/// pooled into one.
///
/// # Errors
/// Where fewer than two groups are left.
///
/// ```
/// use greenlight_metrics::homogeneity_p_value;
/// let even = homogeneity_p_value(&[(50, 50), (51, 49)])?;
/// assert!(even > 0.8);
/// assert!(homogeneity_p_value(&[(90, 10), (50, 50)])? < 1e-9);
/// assert!(homogeneity_p_value(&[(1, 1), (2, 0)]).is_err());
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
pub fn homogeneity_p_value(groups: &[(u64, u64)]) -> Value {
    let mut pooled = Pooled::of(groups.iter().copied())?;
    if !pooled.table.is_rare(pooled.rare) {
        pooled.add(pooled.rare);
    }
    let needed = Undefined::TooFewRows { needed: 5 };
    pooled.p_value().ok_or(needed)
}

/// Pearson's statistic that all groups have the same share (scipy: `chi2_contingency(correction=False)`). Groups without rows count
/// for nothing.
pub(crate) fn chi_square(groups: impl Iterator<Item = (u64, u64)> + Clone) -> Value {
    let table = Table::of(groups.clone())?;
    Ok(Table::groups(groups).map(|group| table.apart(group)).sum())
}

/// The p-value of that statistic, where groups in which fewer than 5 of either are expected are pooled into one. That one stands
/// however few rows it has.
pub(crate) fn pooled_p_value(groups: impl Iterator<Item = (u64, u64)> + Clone) -> Value {
    let mut pooled = Pooled::of(groups)?;
    if pooled.rare != (0.0, 0.0) {
        pooled.add(pooled.rare);
    }
    pooled.p_value().ok_or(Undefined::RareBins)
}

/// The groups that are large enough, and what is in the others together.
struct Pooled {
    table: Table,
    statistic: f64,
    kept: u32,
    rare: (f64, f64),
}

impl Pooled {
    fn of(groups: impl Iterator<Item = (u64, u64)> + Clone) -> Result<Self, Undefined> {
        let table = Table::of(groups.clone())?;
        let mut pooled = Self {
            table,
            statistic: 0.0,
            kept: 0,
            rare: (0.0, 0.0),
        };
        for group in Table::groups(groups) {
            if pooled.table.is_rare(group) {
                pooled.rare.0 += group.0;
                pooled.rare.1 += group.1;
            } else {
                pooled.add(group);
            }
        }
        Ok(pooled)
    }

    fn add(&mut self, group: (f64, f64)) {
        self.statistic += self.table.apart(group);
        self.kept += 1;
    }

    fn p_value(&self) -> Option<f64> {
        let degrees = self.kept.checked_sub(1).filter(|degrees| *degrees > 0)?;
        Some(chi_square_upper_tail(self.statistic, degrees))
    }
}

/// How many there are of both kinds in all.
struct Table {
    yes: f64,
    no: f64,
}

impl Table {
    fn of(groups: impl Iterator<Item = (u64, u64)>) -> Result<Self, Undefined> {
        let (yes, no) = groups.fold((0.0, 0.0), |(yes, no), group| {
            (yes + group.0 as f64, no + group.1 as f64)
        });
        match yes == 0.0 || no == 0.0 {
            true => Err(Undefined::OneClass),
            false => Ok(Self { yes, no }),
        }
    }

    /// Those with rows.
    fn groups(groups: impl Iterator<Item = (u64, u64)>) -> impl Iterator<Item = (f64, f64)> {
        let groups = groups.filter(|group| *group != (0, 0));
        groups.map(|(yes, no)| (yes as f64, no as f64))
    }

    /// Whether too few of either are expected in a group, or it has no rows.
    fn is_rare(&self, (yes, no): (f64, f64)) -> bool {
        (yes + no) * self.yes.min(self.no) < LEAST_EXPECTED * (self.yes + self.no)
    }

    /// What a group adds to the statistic.
    fn apart(&self, (yes, no): (f64, f64)) -> f64 {
        let (rows, all) = (yes + no, self.yes + self.no);
        let apart = yes - rows * self.yes / all;
        apart * apart * all * all / (rows * self.yes * self.no)
    }
}

/// The share of the chi-square distribution above `x` (scipy: `chi2.sf`), for whole degrees of freedom: from
/// the closed forms for 1 and 2 upwards, every term positive. Good to about 1e-13 relative.
///
/// ```
/// use greenlight_metrics::chi_square::chi_square_upper_tail;
/// assert!((chi_square_upper_tail(3.841458820694124, 1) - 0.05).abs() < 1e-14);
/// assert!((chi_square_upper_tail(18.307038053275146, 10) - 0.05).abs() < 1e-14);
/// ```
pub fn chi_square_upper_tail(x: f64, degrees: u32) -> f64 {
    if x <= 0.0 || degrees == 0 {
        return 1.0;
    }
    let half = x / 2.0;
    // Q(a + 1, h) = Q(a, h) + hᵃ·e⁻ʰ / Γ(a + 1), from a = ½ or 1 on.
    let (mut sum, mut term, mut a) = match degrees % 2 {
        1 => (
            2.0 * normal::cdf(-x.sqrt()),
            2.0 * half.sqrt() * libm::exp(-half) / std::f64::consts::PI.sqrt(),
            0.5,
        ),
        _ => (libm::exp(-half), half * libm::exp(-half), 1.0),
    };
    for _ in 0..degrees.saturating_sub(1) / 2 {
        sum += term;
        a += 1.0;
        term *= half / a;
    }
    sum.min(1.0)
}

/// The point of the chi-square distribution with the share `tail` above it (scipy: `chi2.isf`), for a `tail` strictly between 0 and
/// 1 and whole degrees of freedom from 1 on. By Newton's method from Wilson and Hilferty's approximation (1931), kept between bounds.
///
/// # Errors
/// Where either is outside its range.
///
/// ```
/// use greenlight_metrics::chi_square::chi_square_upper_quantile;
/// assert!((chi_square_upper_quantile(0.05, 9)? - 16.918977604620448).abs() < 1e-12);
/// assert!(chi_square_upper_quantile(0.0, 9).is_err());
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
pub fn chi_square_upper_quantile(tail: f64, degrees: u32) -> Value {
    if degrees == 0 {
        return Err(Undefined::InvalidParameter);
    }
    let k = f64::from(degrees);
    let spread = 2.0 / (9.0 * k);
    let root = 1.0 - spread - normal::quantile(tail)? * spread.sqrt();
    let mut x = if root > 0.0 {
        k * root * root * root
    } else {
        k / 2.0
    };
    let (mut low, mut high) = (0.0, f64::INFINITY);
    for _ in 0..200 {
        let apart = chi_square_upper_tail(x, degrees) - tail;
        match apart > 0.0 {
            true => low = x,
            false => high = x,
        }
        let ln_density = (k / 2.0 - 1.0) * libm::log(x / 2.0) - x / 2.0 - libm::lgamma(k / 2.0);
        let step = apart / (libm::exp(ln_density) / 2.0);
        let next = match x + step {
            next if next > low && next < high => next,
            _ if high.is_finite() => low + (high - low) / 2.0,
            _ => 2.0 * x,
        };
        if (next - x).abs() <= 1e-15 * x {
            return Ok(next);
        }
        x = next;
    }
    Ok(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_scipys() {
        // scipy.stats.chi2.sf
        for (x, degrees, tail) in [
            (0.5, 1, 0.479_500_122_186_953_37),
            (10.0, 2, 0.006_737_946_999_085_467),
            (2.5, 3, 0.475_291_083_343_020_5),
            (40.0, 7, 1.258_790_387_371_308e-06),
            (60.0, 49, 0.134_864_346_525_320_9),
        ] {
            let found = chi_square_upper_tail(x, degrees);
            assert!((found / tail - 1.0).abs() < 1e-12, "{x} {degrees}: {found}");
        }
    }
}

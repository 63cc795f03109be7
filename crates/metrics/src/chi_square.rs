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
    let total = |of: fn(&(u64, u64)) -> u64| groups.iter().map(|group| of(group) as f64).sum();
    let (yes, no): (f64, f64) = (total(|group| group.0), total(|group| group.1));
    let all = yes + no;
    if yes == 0.0 || no == 0.0 {
        return Err(Undefined::OneClass);
    }
    let (mut statistic, mut kept) = (0.0, 0_u32);
    let mut add = |(group_yes, group_no): (f64, f64)| {
        let rows = group_yes + group_no;
        if rows * yes.min(no) < LEAST_EXPECTED * all {
            return false;
        }
        let apart = group_yes - rows * yes / all;
        statistic += apart * apart * all * all / (rows * yes * no);
        kept += 1;
        true
    };
    let mut rare = (0.0, 0.0);
    for &(group_yes, group_no) in groups {
        let group = (group_yes as f64, group_no as f64);
        if !add(group) {
            rare = (rare.0 + group.0, rare.1 + group.1);
        }
    }
    add(rare);
    match kept {
        0 | 1 => Err(Undefined::TooFewRows { needed: 5 }),
        kept => Ok(chi_square_upper_tail(statistic, kept - 1)),
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

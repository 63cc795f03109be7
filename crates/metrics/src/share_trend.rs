//! Whether a share rises or falls along groups that have an order.

use serde::{Deserialize, Serialize};

use crate::normal;
use crate::undefined::Undefined;

/// A share along ordered groups, held against one that is the same in all of them.
///
/// ```
/// use greenlight_metrics::ShareTrend;
/// // One in ten, two in ten, three in ten.
/// let trend = ShareTrend::of(&[(10, 90), (20, 80), (30, 70)])?;
/// assert!(trend.z > 3.0 && trend.p_value < 0.001);
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShareTrend {
    /// How many standard deviations the slope is from none: above 0 where the share rises.
    pub z: f64,
    /// How likely a slope at least as steep, up or down, is by chance alone.
    pub p_value: f64,
}

impl ShareTrend {
    /// The Cochran–Armitage test for a linear trend, two-sided, of each group's counts of yes and no. The groups stand at 0, 1, 2, …;
    /// given the totals the variance is that of sampling without replacement, as in Mantel's extension (1963), so
    /// z² = (n − 1)·r² (statsmodels: `Table.test_ordinal_association`). The normal approximation wants some ten of either in all.
    ///
    /// # Errors
    /// Without rows, where all are yes or all are no, and where all are in one group.
    ///
    /// ```
    /// # use greenlight_metrics::{ShareTrend, Undefined};
    /// assert_eq!(ShareTrend::of(&[(0, 5), (0, 9)]), Err(Undefined::OneClass));
    /// assert_eq!(ShareTrend::of(&[(3, 3), (4, 4)])?.p_value, 1.0);
    /// # Ok::<(), Undefined>(())
    /// ```
    pub fn of(groups: &[(u64, u64)]) -> Result<Self, Undefined> {
        let total = |of: fn(&(u64, u64)) -> u64| groups.iter().map(|group| of(group) as f64).sum();
        let (yes, no): (f64, f64) = (total(|group| group.0), total(|group| group.1));
        let n = yes + no;
        if n == 0.0 {
            return Err(Undefined::NoRows);
        } else if yes == 0.0 || no == 0.0 {
            return Err(Undefined::OneClass);
        }
        let at = |place: usize| place as f64;
        let size = |&(yes, no): &(u64, u64)| yes as f64 + no as f64;
        let placed = || groups.iter().enumerate();
        let middle = placed()
            .map(|(place, group)| at(place) * size(group))
            .sum::<f64>()
            / n;
        let spread: f64 = placed()
            .map(|(place, group)| (at(place) - middle) * (at(place) - middle) * size(group))
            .sum();
        if spread == 0.0 {
            return Err(Undefined::ZeroDenominator);
        }
        // What each group has beyond its share of all that are yes.
        let slope: f64 = placed()
            .map(|(place, &(group_yes, group_no))| {
                (at(place) - middle) * (group_yes as f64 * no - group_no as f64 * yes) / n
            })
            .sum();
        let variance = (yes / n) * (no / n) * spread * n / (n - 1.0);
        let z = slope / variance.sqrt();
        Ok(Self {
            z,
            p_value: (2.0 * normal::cdf(-z.abs())).min(1.0),
        })
    }
}

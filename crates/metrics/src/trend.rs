//! Whether a number falls or rises from window to window: a slope that outliers cannot bend, and whether chance explains it.

use serde::{Deserialize, Serialize};

use crate::interval::{Interval, Z_95};
use crate::normal;
use crate::order::{median, sorted};
use crate::undefined::Undefined;

/// Fewer points have no trend.
const FEWEST_POINTS: usize = 3;
/// Up to so many points without ties the significance is counted out, as scipy does.
const MOST_EXACT: usize = 33;

/// The straight line through some points by Theil and Sen, and its significance by Mann and Kendall.
///
/// ```
/// use greenlight_metrics::Trend;
/// // One window of five is an outlier; the others fall by a hundredth each.
/// let trend = Trend::of(&[(0.0, 0.95), (1.0, 0.94), (2.0, 0.2), (4.0, 0.91), (5.0, 0.90)])?;
/// assert!((trend.slope + 0.01).abs() < 1e-12 && trend.is_exact);
/// assert!(!trend.is_significant());
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    /// How many points.
    pub points: usize,
    /// By how much y grows where x grows by one: the median of the slopes between all pairs of points.
    pub slope: f64,
    /// y at x = 0, of the line through the medians of x and y.
    pub intercept: f64,
    /// The 95 % interval of the slope, by Sen (1968).
    pub slope_interval: Interval,
    /// The chance of a y that goes as much along with x, up or down, where neither has to do with the other.
    pub p_value: f64,
    /// Whether the p-value is counted out; else it is that of the normal distribution.
    pub is_exact: bool,
}

impl Trend {
    /// Of points (x, y) whose x differ (scipy: `theilslopes(y, x, 0.95)` and `kendalltau(x, y)`, whose exact p-value is that of
    /// Kendall 1970). The p-value is exact up to 33 points none of whose y are equal, and beyond where at most one pair goes
    /// against the others; else that of the normal distribution with the correction for ties. It is 1 where all y are equal.
    ///
    /// All pairs of points are looked at and sorted: O(k² log k) time and 8·k²/2 bytes for k points.
    ///
    /// # Errors
    /// Of fewer than three points, and where a number is not finite or two x are equal.
    ///
    /// ```
    /// use greenlight_metrics::{Trend, Undefined};
    /// let two = Trend::of(&[(0.0, 1.0), (1.0, 2.0)]);
    /// assert_eq!(two, Err(Undefined::TooFewWindows { needed: 3 }));
    /// ```
    pub fn of(points: &[(f64, f64)]) -> Result<Self, Undefined> {
        if points.len() < FEWEST_POINTS {
            let needed = FEWEST_POINTS as u64;
            return Err(Undefined::TooFewWindows { needed });
        }
        let is_finite = |(x, y): &(f64, f64)| x.is_finite() && y.is_finite();
        if !points.iter().all(is_finite) {
            return Err(Undefined::InvalidParameter);
        }
        let pairs = Pairs::of(points)?;
        let slope = median(&pairs.slopes);
        let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
        let (xs, ys) = (sorted(&xs), sorted(&ys));
        let variance = variance_of_score(&ys);
        let (p_value, is_exact) = pairs.significance(points.len(), variance);
        Ok(Self {
            points: points.len(),
            slope,
            intercept: median(&ys) - slope * median(&xs),
            slope_interval: pairs.interval(variance),
            p_value,
            is_exact,
        })
    }

    /// Whether chance explains the slope in fewer than one case in twenty.
    ///
    /// ```
    /// # use greenlight_metrics::Trend;
    /// let falls: Vec<(f64, f64)> = (0..6).map(|x| (f64::from(x), 1.0 - f64::from(x) / 50.0)).collect();
    /// assert!(Trend::of(&falls)?.is_significant());
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn is_significant(&self) -> bool {
        self.p_value < 0.05
    }
}

/// All pairs of points.
struct Pairs {
    /// In order.
    slopes: Vec<f64>,
    /// Pairs of which y rises with x, and of which it falls.
    rising: u64,
    falling: u64,
}

impl Pairs {
    fn of(points: &[(f64, f64)]) -> Result<Self, Undefined> {
        let mut slopes = Vec::with_capacity(points.len() * (points.len() - 1) / 2);
        let (mut rising, mut falling) = (0, 0);
        let mut rest = points;
        while let Some((&(x, y), others)) = rest.split_first() {
            for &(other_x, other_y) in others {
                let slope = (other_y - y) / (other_x - x);
                if other_x == x || !slope.is_finite() {
                    return Err(Undefined::InvalidParameter);
                }
                // Not by the slope, which may be too small to represent.
                let rises = (other_y > y) == (other_x > x);
                rising += u64::from(other_y != y && rises);
                falling += u64::from(other_y != y && !rises);
                slopes.push(slope + 0.0);
            }
            rest = others;
        }
        Ok(Self {
            slopes: sorted(&slopes),
            rising,
            falling,
        })
    }

    /// Equation 2.6 of Sen (1968).
    fn interval(&self, variance: f64) -> Interval {
        let (pairs, reach) = (self.slopes.len() as f64, Z_95 * variance.sqrt());
        let last = self.slopes.len().saturating_sub(1);
        let low = ((pairs - reach) / 2.0).round_ties_even() - 1.0;
        let high = ((pairs + reach) / 2.0).round_ties_even();
        let at = |rank: f64| {
            let rank = (rank.max(0.0) as usize).min(last);
            self.slopes.get(rank).copied().unwrap_or(0.0)
        };
        Interval {
            low: at(low),
            high: at(high),
        }
    }

    fn significance(&self, points: usize, variance: f64) -> (f64, bool) {
        let Self {
            rising, falling, ..
        } = *self;
        let has_ties = rising + falling < self.slopes.len() as u64;
        let fewer = rising.min(falling);
        if !has_ties && (points <= MOST_EXACT || fewer <= 1) {
            return (exact_p_value(points, fewer as usize), true);
        }
        let score = rising.abs_diff(falling) as f64;
        match variance > 0.0 {
            true => {
                let tail = 2.0 * normal::cdf(-score / variance.sqrt());
                (tail.min(1.0), false)
            }
            false => (1.0, false),
        }
    }
}

/// The variance of the number of rising less falling pairs, from y in order.
fn variance_of_score(sorted: &[f64]) -> f64 {
    let of = |rows: usize| {
        let rows = rows as f64;
        rows * (rows - 1.0) * (2.0 * rows + 5.0)
    };
    let ties: f64 = sorted
        .chunk_by(|a, b| a == b)
        .map(|tie| of(tie.len()))
        .sum();
    (of(sorted.len()) - ties) / 18.0
}

/// The share of orders of so many points with at most `fewer` pairs the wrong way round, or at most as many the right way: by
/// counting orders of one point more and one more.
fn exact_p_value(points: usize, fewer: usize) -> f64 {
    if 4 * fewer == points * (points - 1) {
        return 1.0;
    }
    // Shares of orders with so many pairs the wrong way round.
    let mut shares = vec![0.0; fewer + 1];
    if let Some(first) = shares.first_mut() {
        *first = 1.0;
    }
    for placed in 2..=points {
        let before = shares.clone();
        let mut sum = 0.0;
        for (wrong, share) in shares.iter_mut().enumerate() {
            sum += before.get(wrong).copied().unwrap_or(0.0);
            if let Some(gone) = wrong.checked_sub(placed) {
                sum -= before.get(gone).copied().unwrap_or(0.0);
            }
            *share = sum / placed as f64;
        }
    }
    (2.0 * shares.iter().sum::<f64>()).min(1.0)
}

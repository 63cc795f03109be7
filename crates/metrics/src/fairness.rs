//! How differently a binary decision treats groups.

use serde::{Deserialize, Serialize};

use crate::binary_counts::BinaryCounts;
use crate::interval::{Interval, newcombe_difference, wilson};
use crate::undefined::{Undefined, Value};

/// A share with its 95 % Wilson interval.
///
/// ```
/// use greenlight_metrics::fairness::Rate;
/// assert_eq!(Rate::of(3, 4)?.value, 0.75);
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// The share.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
    /// What it is a share of.
    pub of: u64,
}

impl Rate {
    /// `cases` of so many rows.
    ///
    /// ```
    /// # use greenlight_metrics::{Undefined, fairness::Rate};
    /// assert_eq!(Rate::of(0, 0), Err(Undefined::NoRows));
    /// ```
    pub fn of(cases: u64, of: u64) -> Result<Self, Undefined> {
        let interval = wilson(cases, of)?;
        Ok(Self {
            value: cases as f64 / of as f64,
            interval,
            of,
        })
    }
}

/// What a decision does to one group.
///
/// ```
/// use greenlight_metrics::{BinaryCounts, Undefined, fairness::GroupRates};
/// let rates = GroupRates::of(&BinaryCounts { tp: 3, fp: 1, fn_: 1, tn: 5 });
/// assert_eq!(rates.selection_rate?.value, 0.4);
/// assert_eq!(rates.true_positive_rate?.value, 0.75);
/// # Ok::<(), Undefined>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupRates {
    /// Rows predicted positive, of all.
    pub selection_rate: Result<Rate, Undefined>,
    /// Of the rows that are actually positive.
    pub true_positive_rate: Result<Rate, Undefined>,
    /// Of the rows that are actually negative.
    pub false_positive_rate: Result<Rate, Undefined>,
}

impl GroupRates {
    /// The rates of a group.
    ///
    /// ```
    /// # use greenlight_metrics::{BinaryCounts, Undefined, fairness::GroupRates};
    /// let rates = GroupRates::of(&BinaryCounts { tp: 0, fp: 1, fn_: 0, tn: 5 });
    /// assert_eq!(rates.true_positive_rate, Err(Undefined::NoActualPositives));
    /// ```
    pub fn of(counts: &BinaryCounts) -> Self {
        let rate = |cases, of, reason| match of {
            0 => Err(reason),
            of => Rate::of(cases, of),
        };
        let (positives, negatives) = (counts.actual_positives(), counts.actual_negatives());
        Self {
            selection_rate: Rate::of(counts.predicted_positives(), counts.total()),
            true_positive_rate: rate(counts.tp, positives, Undefined::NoActualPositives),
            false_positive_rate: rate(counts.fp, negatives, Undefined::NoActualNegatives),
        }
    }
}

/// The lowest and the highest share of any group, and how far apart they are.
///
/// ```
/// use greenlight_metrics::fairness::Spread;
/// let spread = Spread::of([(0, 30, 100), (1, 60, 100)])?;
/// assert_eq!((spread.lowest, spread.highest), (0, 1));
/// assert!((spread.difference - 0.3).abs() < 1e-12 && spread.ratio == Ok(0.5));
/// # Ok::<(), greenlight_metrics::Undefined>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The group of the lowest share.
    pub lowest: usize,
    /// The group of the highest share.
    pub highest: usize,
    /// Highest less lowest.
    pub difference: f64,
    /// Newcombe's 95 % interval of the difference of these two groups.
    pub difference_interval: Interval,
    /// Lowest over highest; does not exist where every share is 0.
    pub ratio: Value,
}

impl Spread {
    /// Of groups by index, each with cases and rows; those without rows are passed over. Of equals the first.
    ///
    /// # Errors
    /// [`Undefined::NoRows`] where no group has any.
    ///
    /// ```
    /// # use greenlight_metrics::{Undefined, fairness::Spread};
    /// assert_eq!(Spread::of([(0, 0, 0)]), Err(Undefined::NoRows));
    /// ```
    pub fn of(groups: impl IntoIterator<Item = (usize, u64, u64)>) -> Result<Self, Undefined> {
        type Group = (usize, u64, u64);
        let share = |(_, cases, rows): Group| cases as f64 / rows as f64;
        let mut ends: Option<(Group, Group)> = None;
        for group in groups.into_iter().filter(|(_, _, rows)| *rows > 0) {
            let (lowest, highest) = ends.get_or_insert((group, group));
            if share(group) < share(*lowest) {
                *lowest = group;
            }
            if share(group) > share(*highest) {
                *highest = group;
            }
        }
        let (lowest, highest) = ends.ok_or(Undefined::NoRows)?;
        let (low, high) = (share(lowest), share(highest));
        Ok(Self {
            lowest: lowest.0,
            highest: highest.0,
            difference: high - low,
            difference_interval: newcombe_difference(highest.1, highest.2, lowest.1, lowest.2)?,
            ratio: match high > 0.0 {
                true => Ok(low / high),
                false => Err(Undefined::ZeroDenominator),
            },
        })
    }
}

/// By the four-fifths rule a group is selected too seldom where its rate is below this share of the highest.
pub const FOUR_FIFTHS: f64 = 0.8;

/// How differently a decision treats groups, by the usual definitions (those of Fairlearn: between the extreme groups).
///
/// ```
/// use greenlight_metrics::{BinaryCounts, Undefined, fairness::Disparity};
/// let groups = [
///     BinaryCounts { tp: 40, fp: 10, fn_: 10, tn: 40 },
///     BinaryCounts { tp: 20, fp: 5, fn_: 30, tn: 45 },
/// ];
/// let disparity = Disparity::of(&groups);
/// assert_eq!(disparity.selection?.ratio, Ok(0.5));
/// assert!((disparity.equalized_odds_difference()? - 0.4).abs() < 1e-12);
/// assert_eq!(disparity.passes_four_fifths(), Ok(false));
/// # Ok::<(), Undefined>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Disparity {
    /// Of selection rates: the demographic parity difference and ratio.
    pub selection: Result<Spread, Undefined>,
    /// Of true positive rates: the equal opportunity difference.
    pub true_positive: Result<Spread, Undefined>,
    /// Of false positive rates.
    pub false_positive: Result<Spread, Undefined>,
}

impl Disparity {
    /// Between these groups, which are counted from 0.
    ///
    /// ```
    /// # use greenlight_metrics::{Undefined, fairness::Disparity};
    /// assert_eq!(Disparity::of(&[]).selection, Err(Undefined::NoRows));
    /// ```
    pub fn of(groups: &[BinaryCounts]) -> Self {
        let spread = |of: fn(&BinaryCounts) -> (u64, u64)| {
            Spread::of(groups.iter().enumerate().map(|(index, counts)| {
                let (cases, rows) = of(counts);
                (index, cases, rows)
            }))
        };
        Self {
            selection: spread(|counts| (counts.predicted_positives(), counts.total())),
            true_positive: spread(|counts| (counts.tp, counts.actual_positives())),
            false_positive: spread(|counts| (counts.fp, counts.actual_negatives())),
        }
    }

    /// The larger of the differences of true and of false positive rates.
    ///
    /// ```
    /// # use greenlight_metrics::{Undefined, fairness::Disparity};
    /// assert_eq!(Disparity::of(&[]).equalized_odds_difference(), Err(Undefined::NoRows));
    /// ```
    pub fn equalized_odds_difference(&self) -> Value {
        Ok(self
            .true_positive?
            .difference
            .max(self.false_positive?.difference))
    }

    /// Whether no group is selected less than four fifths as often as the one that is most often.
    ///
    /// ```
    /// # use greenlight_metrics::{BinaryCounts, fairness::Disparity};
    /// let alike = [BinaryCounts { tp: 1, fp: 0, fn_: 0, tn: 1 }; 2];
    /// assert_eq!(Disparity::of(&alike).passes_four_fifths(), Ok(true));
    /// ```
    pub fn passes_four_fifths(&self) -> Result<bool, Undefined> {
        Ok(self.selection?.ratio? >= FOUR_FIFTHS)
    }
}

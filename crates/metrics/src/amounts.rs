//! Costs that depend on an amount in each row: a missed case of fraud costs what was stolen.
//!
//! Such a cost is linear in eight numbers: the counts of the four kinds of answer, and the sums of the amounts
//! behind each. So next to the sorted scores only the amounts at or above each of them are needed.

use serde::{Deserialize, Serialize};

use crate::binary_counts::BinaryCounts;
use crate::order::{NotFinite, key_of, value_of};
use crate::scores::ScoreGroups;
use crate::tally::sort_pairs;
use crate::threshold::{CostMatrix, Objective, ThresholdPoint, cuts, point};
use crate::undefined::{Undefined, Value, finite};

/// The sum of the amounts of the rows behind each of the four counts, in the unit of the amounts.
///
/// ```
/// use greenlight_metrics::BinaryAmounts;
/// let amounts = BinaryAmounts { tp: 120.0, fp: 15.0, fn_: 80.0, tn: 4_000.0 };
/// assert_eq!(amounts.tp + amounts.fn_, 200.0, "what all cases amount to");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BinaryAmounts {
    /// Of the true positives.
    pub tp: f64,
    /// Of the false positives.
    pub fp: f64,
    /// Of the false negatives; `fn` where serialised.
    #[serde(rename = "fn")]
    pub fn_: f64,
    /// Of the true negatives.
    pub tn: f64,
}

impl BinaryAmounts {
    /// What the same rows amount to where nothing is flagged.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryAmounts;
    /// let amounts = BinaryAmounts { tp: 120.0, fp: 15.0, fn_: 80.0, tn: 4_000.0 };
    /// assert_eq!(amounts.flagging_nothing(), BinaryAmounts { fn_: 200.0, tn: 4_015.0, ..Default::default() });
    /// ```
    pub fn flagging_nothing(&self) -> Self {
        Self {
            fn_: self.tp + self.fn_,
            tn: self.fp + self.tn,
            ..Self::default()
        }
    }

    /// What they amount to where everything is.
    ///
    /// ```
    /// # use greenlight_metrics::BinaryAmounts;
    /// let amounts = BinaryAmounts { tp: 120.0, fp: 15.0, fn_: 80.0, tn: 4_000.0 };
    /// assert_eq!(amounts.flagging_everything(), BinaryAmounts { tp: 200.0, fp: 4_015.0, ..Default::default() });
    /// ```
    pub fn flagging_everything(&self) -> Self {
        Self {
            tp: self.tp + self.fn_,
            fp: self.fp + self.tn,
            ..Self::default()
        }
    }
}

/// What a row costs: a fixed part and a factor times its amount, both by the kind of answer.
///
/// ```
/// use greenlight_metrics::{BinaryAmounts, BinaryCounts, CostMatrix, RowCosts};
/// let review = CostMatrix { fp: 5.0, ..CostMatrix::default() };
/// let loss = CostMatrix { fn_: 1.0, ..CostMatrix::default() };
/// let costs = RowCosts { fixed: review, factors: loss };
/// let counts = BinaryCounts { tp: 2, fp: 3, fn_: 1, tn: 90 };
/// let amounts = BinaryAmounts { tp: 120.0, fp: 15.0, fn_: 80.0, tn: 4_000.0 };
/// assert_eq!(costs.total(&counts, &amounts), Ok(95.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowCosts {
    /// What a row costs whatever its amount.
    pub fixed: CostMatrix,
    /// What it costs for each unit of its amount.
    pub factors: CostMatrix,
}

impl RowCosts {
    /// The cost of all rows together (scikit-learn: a metric with the amounts as `sample_weight`, cell by cell).
    ///
    /// ```
    /// # use greenlight_metrics::{BinaryAmounts, BinaryCounts, CostMatrix, RowCosts, Undefined};
    /// let factors = CostMatrix { fn_: f64::NAN, ..CostMatrix::default() };
    /// let costs = RowCosts { fixed: CostMatrix::default(), factors };
    /// let total = costs.total(&BinaryCounts::default(), &BinaryAmounts::default());
    /// assert_eq!(total, Err(Undefined::InvalidParameter));
    /// ```
    pub fn total(&self, counts: &BinaryCounts, amounts: &BinaryAmounts) -> Value {
        let CostMatrix { tp, fp, fn_, tn } = self.factors;
        if [tp, fp, fn_, tn].iter().any(|factor| !factor.is_finite()) {
            return Err(Undefined::InvalidParameter);
        }
        let by_amount = tp * amounts.tp + fp * amounts.fp + fn_ * amounts.fn_ + tn * amounts.tn;
        finite(self.fixed.total(counts)? + by_amount)
    }
}

/// Adds up the amounts of rows in any order and in any number of parts, next to their sorted scores.
///
/// Amounts are added as whole multiples of a unit that is so small that it does not matter: of *n* rows, each is
/// off by at most *n* · 2⁻¹²⁵ of the largest. Sums of whole numbers are exact, so neither the order of the rows
/// nor parts can change them, and a row that stands for several counts as if they were written out.
///
/// A row takes 16 bytes until [`finish`](Self::finish) sorts them, a distinct score 32.
///
/// ```
/// use greenlight_metrics::{AmountCollector, ScoreGroups, amounts_at};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.5, false), (0.1, true)])?;
/// let (mut left, mut right) = (AmountCollector::new(&groups, 80.0), AmountCollector::new(&groups, 80.0));
/// left.push(0.9, true, 1, 80.0)?;
/// right.push(0.5, false, 1, 12.5)?;
/// right.push(0.1, true, 1, 30.0)?;
/// left.merge(&right);
/// assert_eq!(amounts_at(&groups, &left.finish(), 0.5).fn_, 30.0);
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Debug)]
pub struct AmountCollector<'g> {
    groups: &'g ScoreGroups,
    /// How many units an amount of 1 has: a power of two.
    units: f64,
    /// The positives and the negatives that stand for one row each, by score and amount: both as [`key_of`] has them.
    ones: [Vec<(u64, u64)>; 2],
    /// The positives and the negatives of each distinct score, in units, of those that stand for several.
    sums: Vec<[i128; 2]>,
    /// Those of rows whose score is below all of these.
    below: [i128; 2],
}

/// The sign takes a bit, and the last a rounding.
const BITS: i32 = 126;
/// From here on a power of two is no finite double.
const MOST_BITS: i32 = 1_000;

impl<'g> AmountCollector<'g> {
    /// To add up the amounts of the rows of `groups`, the `largest` of which, regardless of sign, is known. Parts that
    /// are to be merged must agree on both. Sums beyond 2¹²⁶ units stop there, which larger amounts or more rows
    /// may reach.
    ///
    /// ```
    /// # use greenlight_metrics::{AmountCollector, BinaryAmounts, ScoreGroups, amounts_at};
    /// let groups = ScoreGroups::default();
    /// let sums = AmountCollector::new(&groups, 0.0).finish();
    /// assert_eq!(amounts_at(&groups, &sums, 0.5), BinaryAmounts::default());
    /// ```
    pub fn new(groups: &'g ScoreGroups, largest: f64) -> Self {
        let bits_of_rows = (u64::BITS - groups.rows().leading_zeros()) as i32;
        let bits = BITS - bits_of_rows - exponent_above(largest);
        Self {
            groups,
            units: 2.0_f64.powi(bits.min(MOST_BITS)),
            ones: Default::default(),
            sums: vec![[0; 2]; groups.len()],
            below: [0; 2],
        }
    }

    /// Adds the amount of a row, or of `count` rows with the same amount each; 0 adds none.
    ///
    /// ```
    /// # use greenlight_metrics::{AmountCollector, ScoreGroups};
    /// let groups = ScoreGroups::from_rows([(0.5, true)])?;
    /// assert!(AmountCollector::new(&groups, 1.0).push(0.5, true, 1, f64::NAN).is_err());
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn push(
        &mut self,
        score: f64,
        positive: bool,
        count: u64,
        amount: f64,
    ) -> Result<(), NotFinite> {
        let row = (key_of(score)?, key_of(amount)?);
        if count == 1 {
            let [positives, negatives] = &mut self.ones;
            if positive { positives } else { negatives }.push(row);
            return Ok(());
        }
        let scores = self.groups.cumulative();
        let place = scores.partition_point(|at| at.score > score);
        let units = in_units(amount, self.units).saturating_mul(count.into());
        self.add(place, positive, units);
        Ok(())
    }

    /// Adds to the sum of a class at the distinct score in this place.
    fn add(&mut self, place: usize, positive: bool, units: i128) {
        let [positives, negatives] = self.sums.get_mut(place).unwrap_or(&mut self.below);
        let sum = if positive { positives } else { negatives };
        *sum = sum.saturating_add(units);
    }

    /// Adds all that another collector of the same groups holds.
    ///
    /// ```
    /// # use greenlight_metrics::{AmountCollector, ScoreGroups, amounts_at};
    /// let groups = ScoreGroups::from_rows([(0.5, true), (0.5, true)])?;
    /// let mut whole = AmountCollector::new(&groups, 2.0);
    /// whole.push(0.5, true, 1, 2.0)?;
    /// whole.merge(&whole.clone());
    /// assert_eq!(amounts_at(&groups, &whole.finish(), 0.5).tp, 4.0);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn merge(&mut self, other: &Self) {
        for (rows, other) in self.ones.iter_mut().zip(&other.ones) {
            rows.extend_from_slice(other);
        }
        for (sums, other) in self.sums.iter_mut().zip(&other.sums) {
            add(sums, other);
        }
        add(&mut self.below, &other.below);
    }

    /// Sorts the rows by their scores and adds up from the highest.
    ///
    /// ```
    /// # use greenlight_metrics::{AmountCollector, ScoreGroups, amounts_at};
    /// let groups = ScoreGroups::from_rows([(0.5, false)])?;
    /// let mut collector = AmountCollector::new(&groups, 2.0);
    /// collector.push(0.5, false, 1, 2.0)?;
    /// assert_eq!(amounts_at(&groups, &collector.finish(), 0.6).tn, 2.0);
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn finish(mut self) -> AmountSums {
        let scores = self.groups.cumulative();
        for (positive, mut rows) in [true, false]
            .into_iter()
            .zip(std::mem::take(&mut self.ones))
        {
            // One walk down both finds each row its place; a bisection for each would be slow.
            sort_pairs(&mut rows);
            let mut place = 0;
            while let Some((score, amount)) = rows.pop() {
                let score = value_of(score);
                while scores.get(place).is_some_and(|at| at.score > score) {
                    place += 1;
                }
                self.add(place, positive, in_units(value_of(amount), self.units));
            }
        }
        let mut flagged = self.sums;
        let mut all = [0; 2];
        for sums in &mut flagged {
            add(&mut all, sums);
            *sums = all;
        }
        add(&mut all, &self.below);
        AmountSums {
            units: self.units,
            flagged,
            all,
        }
    }
}

/// The nearest whole number of units.
fn in_units(amount: f64, units: f64) -> i128 {
    (amount * units).round_ties_even() as i128
}

fn add(sums: &mut [i128; 2], more: &[i128; 2]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum = sum.saturating_add(*more);
    }
}

/// A whole number of which the power of two exceeds `number`, regardless of its sign: the least one, but for
/// subnormal numbers.
fn exponent_above(number: f64) -> i32 {
    let biased = (number.to_bits() >> 52) & 0x7ff;
    biased as i32 - 1_022
}

/// The amounts at or above each distinct score of some [`ScoreGroups`], which go with it wherever it is asked.
///
/// ```
/// use greenlight_metrics::{AmountCollector, ScoreGroups, amounts_at};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.1, true)])?;
/// let mut collector = AmountCollector::new(&groups, 80.0);
/// collector.push(0.9, true, 1, 80.0)?;
/// collector.push(0.1, true, 1, 30.0)?;
/// let amounts = amounts_at(&groups, &collector.finish(), 0.9);
/// assert_eq!((amounts.tp, amounts.fn_), (80.0, 30.0));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AmountSums {
    units: f64,
    /// The positives and the negatives that are flagged at each distinct score, in units.
    flagged: Vec<[i128; 2]>,
    /// Those of all rows.
    all: [i128; 2],
}

impl AmountSums {
    /// The amounts where so many distinct scores are flagged, the highest first. Each is rounded once.
    fn where_flagged(&self, scores: usize) -> BinaryAmounts {
        let flagged = scores
            .checked_sub(1)
            .and_then(|last| self.flagged.get(last));
        let [tp, fp] = *flagged.unwrap_or(&[0; 2]);
        let [positives, negatives] = self.all;
        let sum = |units: i128| units as f64 / self.units;
        BinaryAmounts {
            tp: sum(tp),
            fp: sum(fp),
            fn_: sum(positives.saturating_sub(tp)),
            tn: sum(negatives.saturating_sub(fp)),
        }
    }
}

/// The amounts where every row with `score >= threshold` is flagged, as [`counts_at`](crate::counts_at) counts them.
/// `sums` are those of the same groups.
///
/// ```
/// use greenlight_metrics::{AmountCollector, ScoreGroups, amounts_at};
/// let groups = ScoreGroups::from_rows([(0.5, false)])?;
/// let mut collector = AmountCollector::new(&groups, 7.0);
/// collector.push(0.5, false, 1, 7.0)?;
/// let sums = collector.finish();
/// assert_eq!((amounts_at(&groups, &sums, 0.5).fp, amounts_at(&groups, &sums, 0.6).tn), (7.0, 7.0));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn amounts_at(groups: &ScoreGroups, sums: &AmountSums, threshold: f64) -> BinaryAmounts {
    let scores = groups.cumulative();
    sums.where_flagged(scores.partition_point(|at| at.score >= threshold))
}

/// The threshold at which rows cost the least, as [`best_threshold`](crate::best_threshold) finds it: among all
/// candidates, and of several that cost the same the one with the fewest alerts. `sums` are those of the same groups.
///
/// ```
/// use greenlight_metrics::{AmountCollector, CostMatrix, RowCosts, ScoreGroups, cheapest_threshold};
/// // One case of 900 and one of 2; an alert that turns out false costs 5.
/// let rows = [(0.8, true, 900.0), (0.6, false, 40.0), (0.4, true, 2.0)];
/// let groups = ScoreGroups::from_rows(rows.map(|(score, positive, _)| (score, positive)))?;
/// let mut collector = AmountCollector::new(&groups, 900.0);
/// for (score, positive, amount) in rows {
///     collector.push(score, positive, 1, amount)?;
/// }
/// let fixed = CostMatrix { fp: 5.0, ..CostMatrix::default() };
/// let factors = CostMatrix { fn_: 1.0, ..CostMatrix::default() };
/// let point = cheapest_threshold(&groups, &collector.finish(), &RowCosts { fixed, factors }).ok_or("none")?;
/// assert_eq!((point.threshold, point.value), (Some(0.8), 2.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn cheapest_threshold(
    groups: &ScoreGroups,
    sums: &AmountSums,
    costs: &RowCosts,
) -> Option<ThresholdPoint> {
    if groups.is_empty() {
        return None;
    }
    let objective = Objective::Cost(costs.fixed);
    let mut best = None;
    for (index, cut) in cuts(groups).enumerate() {
        let Ok(value) = costs.total(&cut.counts, &sums.where_flagged(index)) else {
            continue;
        };
        if best.is_none_or(|(_, so_far, _)| objective.prefers(value, so_far)) {
            best = Some((cut, value, index));
        }
    }
    // The candidate after "flag nothing" is the first score, so the indexes of the next lower agree.
    best.map(|(cut, value, next)| point(groups, cut, value, next))
}

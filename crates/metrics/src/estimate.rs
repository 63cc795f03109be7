//! What accuracy is to be expected where labels are missing: confidence-based performance estimation.
//!
//! Where a score is worth p, a flagged row is a true positive with chance p and a false one with chance 1 − p, and a row that is not
//! flagged a false negative with chance p: adding up gives the confusion matrix to be expected, and every metric of it (NannyML's CBPE).
//! It holds where the worth is right, so it needs calibrated scores, and an outcome that depends on the inputs as it did
//! when they were calibrated (no concept drift). No label can show here that either has failed.

mod calibrator;

pub use calibrator::Calibrator;

use serde::{Deserialize, Serialize};

use crate::interval::{Interval, Z_95};
use crate::scores::ScoreGroups;
use crate::sum::CompensatedSum;
use crate::undefined::{Undefined, Value};

/// An estimate and what chance does to it.
///
/// ```
/// use greenlight_metrics::Estimated;
/// let accuracy = Estimated { value: 0.9, standard_error: 0.01 };
/// assert!(accuracy.interval().contains(0.885) && !accuracy.interval().contains(0.87));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimated {
    /// The metric of the counts that are to be expected.
    pub value: f64,
    /// How far the metric of the labels, once they come, lies from it: the standard deviation over outcomes that are drawn row by row
    /// with the chances that the scores are worth (the delta method, where the metric is a ratio). It knows nothing of
    /// scores that are worth something else.
    pub standard_error: f64,
}

impl Estimated {
    /// The value and 1.96 standard errors on both sides, within 0 to 1: where the metric of the labels is to be expected in
    /// 95 % of cases *if the scores are worth what is assumed*.
    ///
    /// ```
    /// # use greenlight_metrics::Estimated;
    /// assert_eq!(Estimated { value: 1.0, standard_error: 0.1 }.interval().high, 1.0);
    /// ```
    pub fn interval(&self) -> Interval {
        let reach = Z_95 * self.standard_error;
        Interval {
            low: (self.value - reach).max(0.0),
            high: (self.value + reach).min(1.0),
        }
    }
}

/// The four counts that are to be expected, with their variances.
///
/// ```
/// use greenlight_metrics::{Calibrator, ExpectedCounts, ScoreGroups};
/// // Rows with their score, and whether they are flagged.
/// let rows = [0.1, 0.4, 0.35, 0.8, 0.65, 0.2, 0.9, 0.55].map(|score| (score, score >= 0.5));
/// let counts = ExpectedCounts::of(&ScoreGroups::from_rows(rows)?, &Calibrator::as_given())?;
/// assert!((counts.tp - 2.9).abs() < 1e-12 && (counts.fn_ - 1.05).abs() < 1e-12);
/// assert!((counts.accuracy()?.value - 0.73125).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExpectedCounts {
    /// True positives.
    pub tp: f64,
    /// False positives.
    pub fp: f64,
    /// False negatives; `fn` where serialised.
    #[serde(rename = "fn")]
    pub fn_: f64,
    /// True negatives.
    pub tn: f64,
    /// Of the true positives, and so of the false ones: Σ p (1 − p) over flagged rows.
    pub flagged_variance: f64,
    /// Of the false negatives, and so of the true ones.
    pub unflagged_variance: f64,
}

impl ExpectedCounts {
    /// Of rows with a score each; those that are *flagged* are the positives of the groups here, for nobody knows which rows are. One
    /// pass over the distinct scores.
    ///
    /// # Errors
    /// Without scores, and where it is not known what they are worth.
    ///
    /// ```
    /// use greenlight_metrics::{Calibrator, ExpectedCounts, ScoreGroups, Undefined};
    /// let logits = ScoreGroups::from_rows([(2.5, true)])?;
    /// let counts = ExpectedCounts::of(&logits, &Calibrator::as_given());
    /// assert_eq!(counts, Err(Undefined::ScoresOutsideUnitInterval));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn of(flagged: &ScoreGroups, calibrator: &Calibrator) -> Result<Self, Undefined> {
        check(flagged, calibrator)?;
        let mut sums = [CompensatedSum::default(); 6];
        for group in flagged.groups() {
            let p = calibrator.worth(group.score);
            let (yes, no) = (group.positives, group.negatives);
            let terms = [p, 1.0 - p, p, 1.0 - p, p * (1.0 - p), p * (1.0 - p)];
            for (sum, (term, rows)) in sums
                .iter_mut()
                .zip(terms.into_iter().zip([yes, yes, no, no, yes, no]))
            {
                sum.add_times(term, rows);
            }
        }
        let [tp, fp, fn_, tn, flagged_variance, unflagged_variance] = sums.map(|sum| sum.value());
        Ok(Self {
            tp,
            fp,
            fn_,
            tn,
            flagged_variance,
            unflagged_variance,
        })
    }

    /// The share of right answers.
    ///
    /// ```
    /// # use greenlight_metrics::{ExpectedCounts, Undefined};
    /// assert_eq!(ExpectedCounts::default().accuracy(), Err(Undefined::NoRows));
    /// ```
    pub fn accuracy(&self) -> Result<Estimated, Undefined> {
        let rows = self.tp + self.fp + self.fn_ + self.tn;
        self.estimated(
            self.tp + self.tn,
            rows,
            Undefined::NoRows,
            1.0 / rows,
            -1.0 / rows,
        )
    }

    /// TP / (TP + FP).
    ///
    /// ```
    /// # use greenlight_metrics::ExpectedCounts;
    /// let counts = ExpectedCounts { tp: 2.9, fp: 1.1, fn_: 1.05, tn: 2.95, ..Default::default() };
    /// assert_eq!(counts.precision()?.value, 0.725);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn precision(&self) -> Result<Estimated, Undefined> {
        let flagged = self.tp + self.fp;
        self.estimated(
            self.tp,
            flagged,
            Undefined::NoPredictedPositives,
            1.0 / flagged,
            0.0,
        )
    }

    /// TP / (TP + FN).
    ///
    /// ```
    /// # use greenlight_metrics::ExpectedCounts;
    /// let counts = ExpectedCounts { tp: 3.0, fn_: 1.0, flagged_variance: 1.0, ..Default::default() };
    /// let recall = counts.recall()?;
    /// assert_eq!((recall.value, recall.standard_error), (0.75, 1.0 / 16.0));
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn recall(&self) -> Result<Estimated, Undefined> {
        let positives = self.tp + self.fn_;
        let squared = positives * positives;
        self.estimated(
            self.tp,
            positives,
            Undefined::NoActualPositives,
            self.fn_ / squared,
            -self.tp / squared,
        )
    }

    /// TN / (TN + FP).
    ///
    /// ```
    /// # use greenlight_metrics::ExpectedCounts;
    /// let counts = ExpectedCounts { tn: 8.0, fp: 2.0, ..Default::default() };
    /// assert_eq!(counts.specificity()?.value, 0.8);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn specificity(&self) -> Result<Estimated, Undefined> {
        let negatives = self.tn + self.fp;
        let squared = negatives * negatives;
        self.estimated(
            self.tn,
            negatives,
            Undefined::NoActualNegatives,
            self.tn / squared,
            -self.fp / squared,
        )
    }

    /// 2 TP / (2 TP + FP + FN).
    ///
    /// ```
    /// # use greenlight_metrics::ExpectedCounts;
    /// let counts = ExpectedCounts { tp: 2.0, fp: 1.0, fn_: 1.0, ..Default::default() };
    /// assert_eq!(counts.f1()?.value, 2.0 / 3.0);
    /// # Ok::<(), greenlight_metrics::Undefined>(())
    /// ```
    pub fn f1(&self) -> Result<Estimated, Undefined> {
        let all = 2.0 * self.tp + self.fp + self.fn_;
        let squared = all * all;
        // Flagged rows and positives: the first are known, the second grow with every positive.
        self.estimated(
            2.0 * self.tp,
            all,
            Undefined::NoPositives,
            2.0 * (all - self.tp) / squared,
            -2.0 * self.tp / squared,
        )
    }

    /// A ratio, which grows by so much for each flagged row and each other one that turns out positive.
    fn estimated(
        &self,
        numerator: f64,
        denominator: f64,
        reason: Undefined,
        by_flagged: f64,
        by_unflagged: f64,
    ) -> Result<Estimated, Undefined> {
        if denominator <= 0.0 {
            return Err(reason);
        }
        let variance = by_flagged * by_flagged * self.flagged_variance
            + by_unflagged * by_unflagged * self.unflagged_variance;
        Ok(Estimated {
            value: numerator / denominator,
            standard_error: variance.sqrt(),
        })
    }
}

/// The ROC AUC to be expected of rows with these scores, whatever class the groups put them in: sorted by the score as it is, and each
/// weighing as much for either class as it is worth. Two passes over the distinct scores.
///
/// # Errors
/// Without scores, where it is not known what they are worth, and where they are worth one class alone.
///
/// ```
/// use greenlight_metrics::{Calibrator, ScoreGroups, estimate::expected_roc_auc};
/// let scores = ScoreGroups::from_rows([0.1, 0.4, 0.35, 0.8, 0.65, 0.2, 0.9, 0.55].map(|score| (score, true)))?;
/// let auc = expected_roc_auc(&scores, &Calibrator::as_given())?;
/// assert!((auc.value - 0.8016096265041412).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn expected_roc_auc(
    scores: &ScoreGroups,
    calibrator: &Calibrator,
) -> Result<Estimated, Undefined> {
    let (positives, negatives) = expected_classes(scores, calibrator)?;
    if positives <= 0.0 || negatives <= 0.0 {
        return Err(Undefined::OneClass);
    }
    let pairs = positives * negatives;
    let mut won = CompensatedSum::default();
    for ranked in ranked(scores, calibrator) {
        won.add_times(ranked.p * (negatives - ranked.negatives_above), ranked.rows);
    }
    let area = won.value() / pairs;
    let mut variance = CompensatedSum::default();
    let by_class = area * (1.0 / positives - 1.0 / negatives);
    for Ranked {
        p,
        rows,
        positives_above,
        negatives_above,
    } in ranked(scores, calibrator)
    {
        // By how much the area grows where a row of this score turns out positive.
        let grows = (negatives - negatives_above - positives_above) / pairs - by_class;
        variance.add_times(p * (1.0 - p) * grows * grows, rows);
    }
    Ok(Estimated {
        value: area,
        standard_error: variance.value().max(0.0).sqrt(),
    })
}

/// The average precision to be expected, likewise.
///
/// # Errors
/// As for [`expected_roc_auc`]; positives are enough.
///
/// ```
/// use greenlight_metrics::{Calibrator, ScoreGroups, estimate::expected_average_precision};
/// let scores = ScoreGroups::from_rows([0.1, 0.4, 0.35, 0.8, 0.65, 0.2, 0.9, 0.55].map(|score| (score, true)))?;
/// let precision = expected_average_precision(&scores, &Calibrator::as_given())?;
/// assert!((precision - 0.7681540084388186).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn expected_average_precision(scores: &ScoreGroups, calibrator: &Calibrator) -> Value {
    let (positives, _) = expected_classes(scores, calibrator)?;
    if positives <= 0.0 {
        return Err(Undefined::NoActualPositives);
    }
    let (mut sum, mut above, mut flagged) =
        (CompensatedSum::default(), CompensatedSum::default(), 0.0);
    for Ranked { p, rows, .. } in ranked(scores, calibrator) {
        above.add_times(p, rows);
        flagged += rows as f64;
        sum.add_times(p * (above.value() / flagged), rows);
    }
    Ok(sum.value() / positives)
}

/// Rows of one score among the others.
struct Ranked {
    /// What the score is worth.
    p: f64,
    rows: u64,
    /// Expected positives above, equal scores counting half.
    positives_above: f64,
    negatives_above: f64,
}

fn ranked<'g>(
    scores: &'g ScoreGroups,
    calibrator: &'g Calibrator,
) -> impl Iterator<Item = Ranked> + 'g {
    let (mut positives, mut negatives) = (CompensatedSum::default(), CompensatedSum::default());
    scores.groups().map(move |group| {
        let (p, rows) = (
            calibrator.worth(group.score),
            group.positives.saturating_add(group.negatives),
        );
        let with_half = |sum: &mut CompensatedSum, share: f64| {
            let half = 0.5 * share * rows as f64;
            let above = sum.value() + half;
            sum.add_times(share, rows);
            above
        };
        Ranked {
            p,
            rows,
            positives_above: with_half(&mut positives, p),
            negatives_above: with_half(&mut negatives, 1.0 - p),
        }
    })
}

fn expected_classes(
    scores: &ScoreGroups,
    calibrator: &Calibrator,
) -> Result<(f64, f64), Undefined> {
    check(scores, calibrator)?;
    let mut positives = CompensatedSum::default();
    for group in scores.groups() {
        let rows = group.positives.saturating_add(group.negatives);
        positives.add_times(calibrator.worth(group.score), rows);
    }
    let positives = positives.value();
    Ok((positives, scores.rows() as f64 - positives))
}

fn check(scores: &ScoreGroups, calibrator: &Calibrator) -> Result<(), Undefined> {
    match calibrator.knows(scores) {
        _ if scores.is_empty() => Err(Undefined::NoScores),
        true => Ok(()),
        false => Err(Undefined::ScoresOutsideUnitInterval),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn unit(random: &mut Random) -> f64 {
        (random.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Rows whose scores are worth what `worth` says.
    pub(super) fn rows(
        random: &mut Random,
        rows: usize,
        worth: fn(f64) -> f64,
    ) -> Vec<(f64, bool)> {
        let row = |_| {
            let score = (unit(random) * 200.0).round() / 200.0;
            (score, unit(random) < worth(score))
        };
        (0..rows).map(row).collect()
    }

    /// Where scores are worth what is assumed, the metrics of the labels lie within the interval in 95 % of cases.
    #[test]
    fn standard_errors_are_those_of_outcomes_drawn_by_the_scores() {
        let mut random = Random::new(4);
        let samples = 1_000;
        let mut held = [0_u32; 6];
        for _ in 0..samples {
            let rows = rows(&mut random, 300, |score| score);
            let labels = ScoreGroups::from_rows(rows.iter().copied()).unwrap();
            let flagged = ScoreGroups::from_rows(rows.iter().map(|row| (row.0, row.0 >= 0.6)));
            let (flagged, given) = (flagged.unwrap(), Calibrator::as_given());
            let expected = ExpectedCounts::of(&flagged, &given).unwrap();
            let seen = crate::threshold::counts_at(&labels, 0.6);
            let pairs = [
                (expected.accuracy(), seen.accuracy()),
                (expected.precision(), seen.precision()),
                (expected.recall(), seen.recall()),
                (expected.specificity(), seen.specificity()),
                (expected.f1(), seen.f1()),
                (
                    expected_roc_auc(&flagged, &given),
                    crate::ranking::roc_auc(&labels),
                ),
            ];
            for (held, (expected, seen)) in held.iter_mut().zip(pairs) {
                *held += u32::from(expected.unwrap().interval().contains(seen.unwrap()));
            }
        }
        for held in held {
            let share = f64::from(held) / f64::from(samples);
            assert!((0.93..=0.97).contains(&share), "{share}");
        }
    }
}

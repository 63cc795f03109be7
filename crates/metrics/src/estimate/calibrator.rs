//! What scores are worth, as rows with labels tell.

use serde::{Deserialize, Serialize};

use crate::calibration::expected_calibration_error;
use crate::halves::heads;
use crate::random::Random;
use crate::recalibration::{IsotonicStep, isotonic_fit, isotonic_value};
use crate::scores::{ScoreGroup, ScoreGroups};
use crate::undefined::{Undefined, Value};

/// What scores are worth: the chance that a row is positive.
///
/// ```
/// use greenlight_metrics::{Calibrator, ScoreGroups};
/// // Scores that are all too high: of those at 0.9 half are positive, of those at 0.5 a tenth.
/// let rows = (0..400).flat_map(|row| [(0.9, row % 2 == 0), (0.5, row % 10 == 0)]);
/// let calibrator = Calibrator::choose(&ScoreGroups::from_rows(rows)?);
/// assert!(calibrator.is_isotonic());
/// assert_eq!((calibrator.worth(0.9), calibrator.worth(0.2)), (0.5, 0.1));
/// assert_eq!(Calibrator::as_given().worth(0.9), 0.9);
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibrator {
    /// The isotonic fit of the reference; empty where scores are taken as they are.
    pub fit: Vec<IsotonicStep>,
    /// The expected calibration error of the scores as they are, on the folds of the reference.
    pub error_as_given: Value,
    /// That of the isotonic fit of the other fold.
    pub error_isotonic: Value,
}

impl Calibrator {
    /// Takes scores as they are.
    ///
    /// ```
    /// assert!(!greenlight_metrics::Calibrator::as_given().is_isotonic());
    /// ```
    pub fn as_given() -> Self {
        Self {
            fit: Vec::new(),
            error_as_given: Err(Undefined::NoScores),
            error_isotonic: Err(Undefined::NoScores),
        }
    }

    /// The isotonic fit of rows with labels where it lowers the [`expected_calibration_error`] on rows that it has not seen, else
    /// the scores as they are. Rows are put into two folds by throwing coins from a fixed seed for each distinct score and
    /// class, so neither order nor counts can matter; each fold is judged by the fit of the other. Scores outside
    /// 0 to 1 are worth nothing as they are, so the fit is taken. Some passes over the distinct scores.
    ///
    /// ```
    /// use greenlight_metrics::{Calibrator, ScoreGroups, Undefined};
    /// let one_class = ScoreGroups::from_rows([(0.9, true)])?;
    /// assert_eq!(Calibrator::choose(&one_class).error_isotonic, Err(Undefined::OneClass));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn choose(reference: &ScoreGroups) -> Self {
        let error_isotonic = held_out_error(reference);
        let error_as_given = expected_calibration_error_of_folds(reference);
        let lowers = match (error_isotonic, error_as_given) {
            (Ok(isotonic), Ok(as_given)) => isotonic < as_given,
            (Ok(_), Err(_)) => true,
            (Err(_), _) => false,
        };
        Self {
            fit: match lowers {
                true => isotonic_fit(reference),
                false => Vec::new(),
            },
            error_as_given,
            error_isotonic,
        }
    }

    /// Whether the isotonic fit is taken.
    ///
    /// ```
    /// # use greenlight_metrics::{Calibrator, ScoreGroups};
    /// assert!(!Calibrator::choose(&ScoreGroups::default()).is_isotonic());
    /// ```
    pub fn is_isotonic(&self) -> bool {
        !self.fit.is_empty()
    }

    /// What a score is worth, from 0 to 1; beyond the scores of the fit as much as the nearest.
    ///
    /// ```
    /// assert_eq!(greenlight_metrics::Calibrator::as_given().worth(0.25), 0.25);
    /// ```
    pub fn worth(&self, score: f64) -> f64 {
        match self.is_isotonic() {
            true => clipped(&self.fit, score),
            false => score.clamp(0.0, 1.0),
        }
    }

    /// Whether it says what all these scores are worth: as they are, they have to lie from 0 to 1.
    ///
    /// ```
    /// # use greenlight_metrics::{Calibrator, ScoreGroups};
    /// let logits = ScoreGroups::from_rows([(-2.5, true)])?;
    /// assert!(!Calibrator::as_given().knows(&logits));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn knows(&self, scores: &ScoreGroups) -> bool {
        self.is_isotonic() || scores.in_unit_interval()
    }
}

/// [`isotonic_value`], beyond the fit that of its nearest end; 0 without steps.
fn clipped(fit: &[IsotonicStep], score: f64) -> f64 {
    let (Some(first), Some(last)) = (fit.first(), fit.last()) else {
        return 0.0;
    };
    isotonic_value(fit, score.clamp(first.low, last.high)).unwrap_or(0.0)
}

/// Two folds of the rows.
pub(super) fn folds(reference: &ScoreGroups) -> [ScoreGroups; 2] {
    let mut random = Random::new(0x5EED_CA1B);
    let mut heads = |rows: u64| heads(random.next(), rows);
    let mut rest = Vec::with_capacity(reference.len());
    let first: Vec<ScoreGroup> = reference
        .groups()
        .map(|group| {
            let (positives, negatives) = (heads(group.positives), heads(group.negatives));
            rest.push(ScoreGroup {
                positives: group.positives - positives,
                negatives: group.negatives - negatives,
                ..group
            });
            ScoreGroup {
                positives,
                negatives,
                ..group
            }
        })
        .collect();
    [first, rest].map(ScoreGroups::from_descending)
}

fn expected_calibration_error_of_folds(reference: &ScoreGroups) -> Value {
    let [one, other] = folds(reference);
    Ok((expected_calibration_error(&one)? + expected_calibration_error(&other)?) / 2.0)
}

fn held_out_error(reference: &ScoreGroups) -> Value {
    reference.both_classes()?;
    let [one, other] = folds(reference);
    let error = |fitted: &ScoreGroups, judged: &ScoreGroups| {
        fitted.both_classes()?;
        let fit = isotonic_fit(fitted);
        let worth = judged.groups().map(|group| ScoreGroup {
            score: clipped(&fit, group.score),
            ..group
        });
        expected_calibration_error(&ScoreGroups::from_descending(worth))
    };
    Ok((error(&one, &other)? + error(&other, &one)?) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::tests::rows;
    use super::*;

    #[test]
    fn calibrated_scores_are_mostly_taken_as_they_are_and_others_recalibrated() {
        let mut random = Random::new(3);
        let mut isotonic = |worth: fn(f64) -> f64| {
            let mut chosen = 0;
            for _ in 0..40 {
                let groups = ScoreGroups::from_rows(rows(&mut random, 2_000, worth)).unwrap();
                chosen += u32::from(Calibrator::choose(&groups).is_isotonic());
            }
            chosen
        };
        assert!(isotonic(|score| score) <= 12);
        assert_eq!(isotonic(|score| score * score), 40);
    }

    #[test]
    fn folds_are_the_same_in_any_order_and_make_up_the_whole() {
        let mut all = rows(&mut Random::new(5), 500, |score| score);
        let groups = ScoreGroups::from_rows(all.iter().copied()).unwrap();
        let [one, other] = folds(&groups);
        assert_eq!(ScoreGroups::merged([&one, &other]), groups);
        assert!(one.rows().abs_diff(250) < 60);
        all.reverse();
        assert_eq!(folds(&ScoreGroups::from_rows(all).unwrap()), [one, other]);
    }
}

//! Outputs that are no decision, no probability, or do not belong together.

use greenlight_format as format;

use super::{Pitfall, PitfallSeverity, share};
use crate::calibration_words::CalibrationWords;
use crate::profile::Profile;
use crate::schema::DecisionRule;

/// With fewer rows of another class a constant answer may be chance.
const FEWEST_OF_ANOTHER_CLASS: u64 = 10;

/// Every judged row gets the same answer, though at least ten rows of another class are among them. *Serious*: that is
/// no model.
pub(super) fn constant_prediction(profile: &Profile) -> Option<Pitfall> {
    let matrix = profile.current().confusion.as_ref().ok()?;
    let total = matrix.total();
    let class = (0..profile.classes.len()).find(|&class| matrix.predicted(class) == total)?;
    let others = total - matrix.support(class);
    if others < FEWEST_OF_ANOTHER_CLASS {
        return None;
    }
    let reason = format!(
        "The model says “{}” to every one of {} rows, also to the {} that are something else.",
        profile.classes.names().get(class)?,
        format::count(total),
        format::count(others),
    );
    Some(Pitfall::new(
        "constant_prediction",
        PitfallSeverity::Serious,
        reason,
        match profile.settings.decision {
            Some(DecisionRule::Threshold) => {
                "Choose another threshold: the present one lies beyond all scores. If scores hardly differ, look for \
                 what is broken on the way to the model."
            }
            _ => {
                "Look for what is broken on the way to the model (missing features, a wrong scale, a default answer)."
            }
        },
        &[
            ("rows", Some(total as f64)),
            ("other_class_rows", Some(others as f64)),
        ],
    ))
}

/// Every judged row of two classes has the same score, though at least ten rows of each class are among them.
/// *Serious*.
pub(super) fn constant_score(profile: &Profile) -> Option<Pitfall> {
    let outputs = profile.examination.as_ref()?.outputs.as_ref()?;
    let matrix = profile.current().confusion.as_ref().ok()?;
    let fewest = matrix.support(0).min(matrix.support(1));
    if outputs.distinct_scores != 1 || fewest < FEWEST_OF_ANOTHER_CLASS {
        return None;
    }
    Some(Pitfall::new(
        "constant_score",
        PitfallSeverity::Serious,
        format!(
            "All {} rows have the same score: it cannot tell one from another.",
            format::count(matrix.total())
        ),
        "Check that the column holds the model's score, and that the model got its inputs.",
        &[
            ("distinct_scores", Some(1.0)),
            ("rows", Some(matrix.total() as f64)),
        ],
    ))
}

/// Scores that are further from what happens than this on average mislead; of a rare class, than this part of its share.
const MISLEADING: (f64, f64) = (0.05, 0.5);

/// Scores that cannot be taken at their word: what [`CalibrationWords`] finds off by more than chance allows (one chance of
/// error of 5 % for all that it asks) and by enough to matter. *Warning* where the expected calibration error is at least 5
/// points, or half the share of the rarer of two classes; else *info*, as scores of most models are a little off. Ranking and
/// decisions may be fine all the same.
pub(super) fn miscalibration(profile: &Profile) -> Option<Pitfall> {
    let words = CalibrationWords::of(profile)
        .ok()
        .filter(|words| words.is_off)?;
    let current = profile.current();
    let scores = current.scores.as_ref().ok()?;
    let line = scores.calibration.line.ok();
    let error = scores.expected_calibration_error.ok()?;
    let matrix = current.confusion.as_ref().ok();
    let baseline = matrix.and_then(|matrix| matrix.majority_baseline_accuracy().ok());
    let rarer = baseline.filter(|_| profile.classes.len() == 2);
    let of_rarer = rarer.map_or(1.0, |baseline| MISLEADING.1 * (1.0 - baseline));
    Some(Pitfall::new(
        "miscalibration",
        match error >= MISLEADING.0.min(of_rarer) {
            true => PitfallSeverity::Warning,
            false => PitfallSeverity::Info,
        },
        format!("{}.", words.finding),
        "Do not show scores as probabilities or weigh costs by them. Fit a logistic or isotonic curve to the scores on \
         rows of their own (in scikit-learn: CalibratedClassifierCV), and choose the threshold anew.",
        &[
            ("expected_calibration_error", Some(error)),
            ("brier_score", scores.brier_score.ok()),
            ("slope", line.as_ref().map(|line| line.slope)),
            ("intercept", line.as_ref().map(|line| line.intercept)),
        ],
    ))
}

/// Predictions differ from what any threshold of the score says in more than this share of the rows.
const DIFFERING: f64 = 0.01;
/// Fewer rows may be roundings.
const FEWEST_DIFFERING: u64 = 5;

/// The prediction column does not follow the score, of two classes.
///
/// *Warning* where even the threshold that agrees with most predictions disagrees with at least 5 judged rows and more than
/// 1 % of them; if fewer disagree where *low* scores are positive, the score seems to be that of the other class.
/// *Info* where a threshold was chosen to decide, and the predictions follow another one.
pub(super) fn threshold_mismatch(profile: &Profile) -> Option<Pitfall> {
    const NAME: &str = "threshold_mismatch";
    let followed = profile.examination.as_ref()?.outputs.as_ref()?.followed?;
    let differing = share(followed.differing, followed.rows);
    let evidence = [
        ("rows", Some(followed.rows as f64)),
        ("differing_rows", Some(followed.differing as f64)),
        ("best_threshold", followed.threshold),
        ("chosen_threshold", profile.settings.threshold),
        (
            "differing_rows_reversed",
            Some(followed.differing_reversed as f64),
        ),
    ];
    if differing > DIFFERING && followed.differing >= FEWEST_DIFFERING {
        let reversed = followed.differing_reversed < followed.differing / 2;
        let column = |name: &Option<String>| name.clone().unwrap_or_default();
        let (score, prediction) = (
            column(&profile.roles.score),
            column(&profile.roles.prediction),
        );
        let (reason, advice) = match reversed {
            true => (
                format!(
                    "The lower “{score}”, the more often “{prediction}” is “{}”: the score seems to be that of the other \
                     class.",
                    profile.settings.positive.as_deref().unwrap_or_default(),
                ),
                "Say which class the score is for, or give the column with the score of the positive class.",
            ),
            false => (
                format!(
                    "“{prediction}” does not follow “{score}”: whatever the threshold, it says otherwise in at least {} of \
                     {} rows ({}).",
                    format::count(followed.differing),
                    format::count(followed.rows),
                    format::percent(differing),
                ),
                "Check that both columns come from the same model and the same run. Where groups of rows have thresholds of \
                 their own, this is expected, and the threshold view does not show what is in force.",
            ),
        };
        return Some(Pitfall::new(
            NAME,
            PitfallSeverity::Warning,
            reason,
            advice,
            &evidence,
        ));
    }
    let (chosen, best) = (profile.settings.threshold?, followed.threshold?);
    let same = chosen <= best && followed.above.is_none_or(|above| chosen > above);
    if same || profile.settings.decision != Some(DecisionRule::Threshold) {
        return None;
    }
    Some(Pitfall::new(
        NAME,
        PitfallSeverity::Info,
        format!(
            "The file's predictions were made at a threshold of about {}; the numbers here are those at {}.",
            format::significant(best, 3),
            format::significant(chosen, 3),
        ),
        "Set the threshold that will be in force in production.",
        &evidence,
    ))
}

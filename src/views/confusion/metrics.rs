//! The numbers that follow from the whole matrix.

use greenlight_readiness::{Evaluation, Metric as Asked, Report};
use yew::prelude::*;

use crate::components::Metric;
use crate::session::Loaded;
use crate::words::Term;

/// Each metric of the rows that are judged, or why it is undefined.
pub fn metrics(loaded: &Loaded) -> Html {
    let Report {
        settings, roles, ..
    } = &loaded.report;
    let evaluation = loaded.report.current();
    let Evaluation { intervals, .. } = evaluation;
    let mut terms = if settings.positive.is_some() {
        vec![
            (Term::Accuracy, evaluation.accuracy, intervals.accuracy),
            (Term::Precision, evaluation.precision, intervals.precision),
            (Term::Recall, evaluation.recall, intervals.recall),
            (
                Term::Specificity,
                evaluation.specificity,
                intervals.specificity,
            ),
            (Term::F1, evaluation.f1, intervals.f1),
            (
                Term::BalancedAccuracy,
                evaluation.balanced_accuracy,
                intervals.balanced_accuracy,
            ),
            (Term::MatthewsCorrcoef, evaluation.matthews_corrcoef, None),
            (Term::CohenKappa, evaluation.cohen_kappa, None),
        ]
    } else {
        let mean = &evaluation.macro_average;
        vec![
            (Term::Accuracy, evaluation.accuracy, intervals.accuracy),
            (
                Term::BalancedAccuracy,
                evaluation.balanced_accuracy,
                intervals.balanced_accuracy,
            ),
            (Term::MacroPrecision, mean.precision, None),
            (Term::MacroRecall, mean.recall, None),
            (Term::MacroF1, mean.f1, None),
            (Term::MatthewsCorrcoef, evaluation.matthews_corrcoef, None),
            (Term::CohenKappa, evaluation.cohen_kappa, None),
        ]
    };
    // With more than two classes these take a score of each.
    if settings.positive.is_some() || !roles.class_scores.is_empty() {
        terms.extend([
            (Term::RocAuc, evaluation.roc_auc, intervals.roc_auc),
            (Term::AveragePrecision, evaluation.average_precision, None),
            (Term::LogLoss, evaluation.log_loss, None),
            (Term::BrierScore, evaluation.brier_score, None),
            (
                Term::ExpectedCalibrationError,
                evaluation.expected_calibration_error,
                None,
            ),
        ]);
    }
    let shown = terms.into_iter().map(|(term, value, interval)| {
        let key = term.name().replace('-', "/");
        let why = loaded
            .report
            .why_absent(&key)
            .map(|why| AttrValue::from(why.to_owned()));
        let about = match term {
            Term::RocAuc => Some(Asked::RocAuc),
            Term::AveragePrecision => Some(Asked::AveragePrecision),
            Term::LogLoss => Some(Asked::LogLoss),
            Term::BrierScore => Some(Asked::BrierScore),
            Term::ExpectedCalibrationError => Some(Asked::ExpectedCalibrationError),
            _ => None,
        };
        let about = about.map_or_else(|| loaded.about_counts(), |metric| loaded.about(metric));
        let about = if value.is_some() { about } else { "" };
        html! { <Metric key={term.name()} {term} {value} {interval} {why} {about} /> }
    });
    html! { <dl class="metrics">{ for shown }</dl> }
}

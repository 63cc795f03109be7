//! Calibration in single numbers.

use greenlight_readiness::CalibrationMetrics;
use yew::prelude::*;

use crate::components::Metric;
use crate::session::Loaded;
use crate::words::Term;

/// Each number of the rows that are judged, or why it is undefined.
pub fn metrics(loaded: &Loaded) -> Html {
    let report = &loaded.report;
    let evaluation = report.current();
    let none = CalibrationMetrics::default();
    let calibration = report.current_calibration().unwrap_or(&none);
    let of_evaluation = |term: Term, value| (term, value, None, report.why_absent(term.name()));
    let of_calibration =
        |term: Term, key, value, interval| (term, value, interval, report.why_uncalibrated(key));
    let shown = [
        of_evaluation(
            Term::ExpectedCalibrationError,
            evaluation.expected_calibration_error,
        ),
        of_calibration(
            Term::MaximumCalibrationError,
            "maximum_calibration_error",
            calibration.maximum_calibration_error,
            None,
        ),
        of_evaluation(Term::BrierScore, evaluation.brier_score),
        of_calibration(
            Term::BrierSkillScore,
            "brier_skill_score",
            calibration.brier_skill_score,
            None,
        ),
        of_evaluation(Term::LogLoss, evaluation.log_loss),
        of_calibration(
            Term::CalibrationSlope,
            "slope",
            calibration.slope,
            calibration.intervals.slope,
        ),
        of_calibration(
            Term::CalibrationIntercept,
            "intercept",
            calibration.intercept,
            calibration.intervals.intercept,
        ),
    ];
    let about = loaded.profile.told.about();
    let shown = shown.into_iter().map(|(term, value, interval, why)| {
        let why = why.map(|why| AttrValue::from(why.to_owned()));
        html! { <Metric key={term.name()} {term} {value} {interval} {why} {about} /> }
    });
    html! { <dl class="metrics">{ for shown }</dl> }
}

//! What the scores of the samples are worth as probabilities is what scikit-learn says, as `reference.py` wrote it down.

use greenlight_metrics::isotonic_value;
use greenlight_readiness::{Calibration, CalibrationMetrics, CalibrationWords, Choices, Profile};
use serde_json::{Value, json};

use crate::compare::compare;
use crate::{SAMPLES, report, root, source};

#[test]
fn calibration_is_that_of_scikit_learn() {
    let json = std::fs::read_to_string(root().join("tests/reference/samples.json")).unwrap();
    let reference: Value = serde_json::from_str(&json).unwrap();
    let mut compared = 0;
    for name in SAMPLES {
        let profile = Profile::of(&source(name), &Choices::default()).unwrap();
        let Some(calibration) = report(name).calibration else {
            assert_eq!(
                reference[name]["overall"]["calibration"],
                Value::Null,
                "{name}"
            );
            continue;
        };
        let splits = profile.splits.iter().map(|(split, rows)| {
            let expected = &reference[name]["splits"][split]["calibration"];
            (split.as_str(), rows, &calibration.splits[split], expected)
        });
        let expected = &reference[name]["overall"]["calibration"];
        let overall = ("all rows", &profile.overall, &calibration.overall, expected);
        for (part, rows, metrics, expected) in splits.chain([overall]) {
            let scores = rows.scores.as_ref().unwrap();
            let computed = numbers(
                metrics,
                &scores.calibration,
                scores.expected_calibration_error.ok(),
            );
            compare(&computed, expected, &format!("{name}, {part}"));
            compared += 1;
        }
    }
    assert_eq!(compared, 12);
}

/// In the form of the reference.
fn numbers(metrics: &CalibrationMetrics, calibration: &Calibration, error: Option<f64>) -> Value {
    let bins = metrics.bins.as_ref().unwrap().iter().enumerate();
    let bins = bins.filter(|(_, bin)| bin.rows > 0).map(|(index, bin)| {
        let interval = bin.interval.unwrap();
        json!([
            index,
            bin.rows,
            bin.mean_score,
            bin.share,
            interval.low,
            interval.high
        ])
    });
    let quantile = calibration.quantile.as_ref().unwrap().iter();
    let quantile =
        quantile.map(|bin| json!([bin.mean_score().unwrap(), bin.positive_share().unwrap()]));
    let read = |score| isotonic_value(&calibration.isotonic, score);
    let readings = [0.1, 0.25, 0.5, 0.75, 0.9].map(read);
    json!({
        "expected_calibration_error": error,
        "maximum_calibration_error": metrics.maximum_calibration_error,
        "brier_skill_score": metrics.brier_skill_score,
        "slope": metrics.slope,
        "intercept": metrics.intercept,
        "intervals": metrics.intervals,
        "bins": bins.collect::<Vec<Value>>(),
        "quantile": quantile.collect::<Vec<Value>>(),
        "isotonic": readings,
    })
}

#[test]
fn the_samples_have_these_findings() {
    for (name, finding) in [
        (
            "flights",
            "On the whole the scores are too high: they say 2.5 % “cancelled”, and 1.8 % of the rows are",
        ),
        (
            "bicycles",
            "When the model says 15 %, it happens 64 % of the time",
        ),
        (
            "breast_cancer",
            "The scores can be read as probabilities: no bin is off by more than chance allows",
        ),
        (
            "digits",
            "On the whole the scores are too low: they say 94.2 % right, and 96.3 % of the answers are",
        ),
    ] {
        let profile = Profile::of(&source(name), &Choices::default()).unwrap();
        let words = CalibrationWords::of(&profile).unwrap();
        assert_eq!(words.finding.replace('\u{202F}', " "), finding, "{name}");
    }
}

//! What is said of the bicycles over time is what pandas, scipy and scikit-learn say, as `over_time.py` wrote it down.

use greenlight_readiness::{Choices, Policy, Profile, judge};
use serde_json::Value;

use crate::compare::compare;
use crate::{root, source};

#[test]
fn weeks_drift_and_what_to_expect_are_those_of_pandas_and_scipy() {
    let json = std::fs::read_to_string(root().join("tests/reference/over_time.json")).unwrap();
    let reference: Value = serde_json::from_str(&json).unwrap();
    let (source, choices) = (source("bicycles"), Choices::default());
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    let report = judge(&profile, &Policy::balanced()).to_json().unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["settings"]["window"], "1w");
    for key in ["windows", "drift", "estimate"] {
        compare(&report[key], &reference[key], key);
    }
}

#[test]
fn the_verdict_says_since_when_the_model_is_worse_and_which_input_has_moved() {
    let (source, choices) = (source("bicycles"), Choices::default());
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    let report = judge(&profile, &Policy::balanced());
    let mut steps = report.next_steps.iter();
    let step = steps.find(|step| step.name == "retrain_on_newer_rows");
    let because = step.unwrap().because.replace('\u{202f}', " ");
    assert!(
        because.contains("Accuracy fell from 91.3 % to 81.3 % as of 23–29 Jan 2012. Of the inputs “bicycles_week_before” has moved most"),
        "{because}"
    );
}

//! A model that learnt by heart, is too good, too sure, or no model.

use super::*;

#[test]
fn training_rows_known_by_heart_are_overfitting() {
    let known = |row: &mut Row| row.prediction.clone_from(&row.label);
    let by_heart = changed(|_, row| {
        if row.split == "train" {
            known(row)
        }
    });
    assert_eq!(severity(&by_heart, "overfitting"), Some(Serious));
    let some = changed(|at, row| {
        if row.split == "train" && at % 10 < 4 {
            known(row)
        }
    });
    assert_eq!(severity(&some, "overfitting"), Some(Warning));
    assert_eq!(
        severity(&by_heart.replace(",train,", ",reference,"), "overfitting"),
        Some(Warning)
    );
    assert_eq!(
        severity(&by_heart.replace(",train,", ",validation,"), "overfitting"),
        None
    );
}

#[test]
fn a_rare_class_known_by_heart_is_overfitting_although_accuracy_hides_it() {
    let file = |known: bool| {
        let mut csv = "split,is_fraud,prediction,score\n".to_owned();
        for row in 0..8_000 {
            let split = if row % 2 == 0 { "train" } else { "test" };
            let label = u8::from(random(row, 1) < 0.04);
            let caught = known && split == "train" || random(row, 2) < 0.5;
            let prediction = if caught { label } else { 0 };
            let score = 0.1 + 0.8 * f64::from(prediction) * random(row, 3);
            csv.push_str(&format!("{split},{label},{prediction},{score}\n"));
        }
        csv
    };
    let found = raised(&file(true), "overfitting").unwrap();
    assert_eq!(found.severity, Warning);
    assert!(found.reason.starts_with("F1"), "{}", found.reason);
    assert_eq!(severity(&file(false), "overfitting"), None);
}

#[test]
fn results_that_are_too_good_are_suspicious() {
    let perfect = changed(|_, row| row.prediction.clone_from(&row.label));
    assert_eq!(severity(&perfect, "suspiciously_perfect"), Some(Warning));
    // 99.9 % accurate by rarity alone.
    let mut rare = "is_fraud,prediction\n".to_owned();
    rare.push_str(&"0,0\n".repeat(9_980));
    rare.push_str(&"1,1\n".repeat(12));
    rare.push_str(&"1,0\n".repeat(8));
    assert_eq!(severity(&rare, "suspiciously_perfect"), None);
}

#[test]
fn scores_that_are_too_sure_are_miscalibrated() {
    let sure = changed(|_, row| {
        let score: f64 = row.score.parse().unwrap();
        row.score = (score * score * score / (score.powi(3) + (1.0 - score).powi(3))).to_string();
    });
    let found = raised(&sure, "miscalibration").unwrap();
    assert_eq!(found.severity, Warning);
    assert!(found.evidence["slope"] < 0.5);
}

#[test]
fn one_answer_for_all_is_no_model() {
    let never = changed(|_, row| row.prediction = "0".to_owned());
    assert_eq!(severity(&never, "constant_prediction"), Some(Serious));
    let same = changed(|_, row| row.score = "0.5".to_owned());
    assert_eq!(severity(&same, "constant_score"), Some(Serious));
    let honest = csv(&honest(2_000));
    assert_eq!(severity(&honest, "constant_prediction"), None);
    assert_eq!(severity(&honest, "constant_score"), None);
}

#[test]
fn predictions_follow_some_threshold_of_the_score() {
    let other_run = changed(|at, row| {
        if at % 10 < 3 {
            row.prediction = u8::from(random(at, 9) < 0.5).to_string();
        }
    });
    let found = raised(&other_run, "threshold_mismatch").unwrap();
    assert_eq!(found.severity, Warning);
    assert!(found.evidence["differing_rows"] > 100.0);
    let other_class = changed(|_, row| {
        row.score = (1.0 - row.score.parse::<f64>().unwrap()).to_string();
    });
    let found = raised(&other_class, "threshold_mismatch").unwrap();
    assert!(found.reason.contains("other class"), "{}", found.reason);
    // Any threshold will do.
    let at_30 = changed(|_, row| {
        row.prediction = u8::from(row.score.parse::<f64>().unwrap() >= 0.3).to_string();
    });
    assert_eq!(severity(&at_30, "threshold_mismatch"), None);
    let chosen = |threshold| Choices {
        threshold: Some(threshold),
        ..Choices::default()
    };
    let raised_at = |threshold| {
        let (report, _) = judged(&at_30, &chosen(threshold));
        let found = report
            .pitfalls
            .into_iter()
            .find(|p| p.name == "threshold_mismatch");
        found.map(|pitfall| pitfall.severity)
    };
    assert_eq!(raised_at(0.6), Some(Info));
    assert_eq!(raised_at(0.3), None);
}

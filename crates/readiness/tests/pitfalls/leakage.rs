//! What the model may know of the answers that it is judged by.

use greenlight_readiness::Verdict;

use super::*;

#[test]
fn a_feature_that_holds_the_label_is_leakage() {
    for value in ["number", "word", "gap"] {
        let leaking = changed(|at, row| {
            row.extra = match value {
                "number" => format!(
                    "{}",
                    row.label.parse::<f64>().unwrap() * 3.0 - random(at, 6)
                ),
                "word" => format!("desk {}", row.label),
                _ if row.label == "1" => random(at, 6).to_string(),
                _ => String::new(),
            };
        });
        let (report, _) = judged(&leaking, &Choices::default());
        assert_eq!(report.verdict, Verdict::NotReady, "{value}");
        assert_eq!(report.pitfalls[0].name, "leakage");
        assert!(report.pitfalls[0].reason.contains("“extra”"), "{value}");
        assert!(report.pitfalls[0].evidence["separability"] >= 0.99);
    }
    // Nine in ten: strong, but not alone with it.
    let strong = changed(|at, row| {
        let told = row.label.parse::<f64>().unwrap();
        row.feature = told + 1.2 * random(at, 6);
        row.extra = (told + 1.2 * random(at, 7)).to_string();
    });
    assert_eq!(severity(&strong, "leakage"), None);
    // An easy problem: several features tell all but everything.
    let easy = changed(|at, row| {
        let told = row.label.parse::<f64>().unwrap();
        row.feature = told + 1.05 * random(at, 6);
        row.extra = (told + 1.2 * random(at, 7)).to_string();
    });
    assert_eq!(severity(&easy, "leakage"), None);
    // A second form of the score is no feature.
    let logit = changed(|_, row| {
        let score: f64 = row.score.parse().unwrap();
        row.extra = libm::log(score / (1.0 - score)).to_string();
    });
    assert_eq!(severity(&logit, "leakage"), None);
}

#[test]
fn with_several_classes_a_leak_tells_each_of_them() {
    let file = |leak: bool| {
        let mut csv = "split,label,prediction,x,y\n".to_owned();
        for row in 0..1_500 {
            let class = row % 3;
            // Tells class 0 for sure and nothing of the others, as many an honest feature does.
            let x = f64::from(u8::from(class == 0)) * 2.0 + random(row, 1);
            let y = if leak {
                class as f64
            } else {
                random(row, 2) * 3.0
            };
            csv.push_str(&format!(
                "test,{},{},{x},{y}\n",
                ["a", "b", "c"][class],
                ["a", "b", "c"][(row / 3 % 9 == 0) as usize * ((class + 1) % 3)
                    + (row / 3 % 9 != 0) as usize * class]
            ));
        }
        csv
    };
    assert_eq!(severity(&file(true), "leakage"), Some(Serious));
    assert_eq!(severity(&file(false), "leakage"), None);
}

#[test]
fn rows_of_the_training_data_among_the_judged_ones_are_leakage() {
    let mut rows = honest(2_000);
    for at in (1..800).step_by(2) {
        let (split, id) = (rows[at].split, rows[at].id.clone());
        rows[at] = Row {
            split,
            id,
            ..rows[at - 1].clone()
        };
    }
    let found = raised(&csv(&rows), "leakage").unwrap();
    assert_eq!(found.severity, Serious);
    assert_eq!(found.evidence["identical_rows"], 400.0);
    assert_eq!(found.evidence["expected_identical_share"], 0.0);
    // The same rows, between splits that the model has not learnt from.
    let validation = csv(&rows).replace(",train,", ",validation,");
    assert_eq!(severity(&validation, "leakage"), None);
}

#[test]
fn coarse_inputs_that_repeat_everywhere_are_no_leakage() {
    let coarse = changed(|at, row| {
        row.feature = row.feature.round();
        row.noise = row.noise.round();
        row.extra = ["north", "south"][at / 2 % 2].to_owned();
    });
    assert_eq!(severity(&coarse, "leakage"), None);
    assert_eq!(severity(&coarse, "repeated_rows"), Some(Info));
    assert_eq!(severity(&coarse, "conflicting_labels"), Some(Info));
    assert_eq!(severity(&csv(&honest(2_000)), "repeated_rows"), None);
}

#[test]
fn ids_on_both_sides_are_leakage_unless_they_count_the_rows() {
    let shared = changed(|at, row| row.id = format!("case {}", at - at % 2));
    assert_eq!(severity(&shared, "leakage"), Some(Warning));
    let counted = changed(|at, row| row.id = (at / 2).to_string());
    assert_eq!(severity(&counted, "leakage"), None);
}

#[test]
fn an_id_that_predicts_the_label_is_leakage() {
    let mut rows = honest(2_000);
    for (at, row) in rows.iter_mut().enumerate() {
        let first = if row.label == "1" { 50_000 } else { 10_000 };
        row.id = (first + at * 7 % 2_000).to_string();
    }
    assert_eq!(severity(&csv(&rows), "leakage"), Some(Warning));
}

#[test]
fn training_on_the_future_is_leakage() {
    let file = |train: fn(usize) -> bool| {
        let mut csv = "timestamp,split,label,prediction\n".to_owned();
        for row in 0..1_000 {
            let (day, hour) = (row / 40 + 1, row % 24);
            let split = if train(row) { "train" } else { "test" };
            let label = u8::from(random(row, 1) < 0.5);
            let prediction = if random(row, 2) < 0.9 {
                label
            } else {
                1 - label
            };
            csv.push_str(&format!(
                "2026-03-{day:02}T{hour:02}:00:00Z,{split},{label},{prediction}\n"
            ));
        }
        csv
    };
    assert_eq!(
        severity(&file(|row| row % 2 == 0), "leakage"),
        Some(Warning)
    );
    assert_eq!(severity(&file(|row| row < 480), "leakage"), None);
}

#[test]
fn a_score_that_is_the_label_is_leakage() {
    let copied = changed(|_, row| row.score.clone_from(&row.label));
    assert_eq!(severity(&copied, "leakage"), Some(Serious));
    let answers = changed(|_, row| row.score.clone_from(&row.prediction));
    assert_eq!(severity(&answers, "leakage"), None);
}

//! Each pitfall is raised where it is, and not where it is not.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use greenlight_readiness::{
    Choices, Examination, Examiner, Pitfall, PitfallSeverity, Policy, Profile, Report,
    SourceReader, Verdict, judge,
};

use PitfallSeverity::{Info, Serious, Warning};

fn judged(csv: &str, choices: &Choices) -> (Report, Examination) {
    let mut reader = SourceReader::new("test.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, choices).unwrap();
    let mut examiner = Examiner::new(&source, choices, &profile).unwrap();
    let (_, steps) = examiner.progress();
    let mut done = 0;
    while examiner.step() {
        done += 1;
        assert_eq!(examiner.progress(), (done, steps));
    }
    let examination = examiner.finish();
    profile.examination = Some(examination.clone());
    (judge(&profile, &Policy::balanced()), examination)
}

fn raised(csv: &str, name: &str) -> Option<Pitfall> {
    let (report, _) = judged(csv, &Choices::default());
    for pitfall in &report.pitfalls {
        assert!(pitfall.reason.ends_with(['.', '?']), "{}", pitfall.reason);
        assert!(pitfall.advice.ends_with(['.', '?']), "{}", pitfall.advice);
    }
    report
        .pitfalls
        .into_iter()
        .find(|pitfall| pitfall.name == name)
}

fn severity(csv: &str, name: &str) -> Option<PitfallSeverity> {
    raised(csv, name).map(|pitfall| pitfall.severity)
}

/// A number in [0, 1) for a row and a purpose: the same every time, and unrelated to others.
fn random(row: usize, purpose: u64) -> f64 {
    let mut bits = (row as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ purpose.wrapping_mul(0xD1B5_4A32_D192_ED03);
    bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((bits ^ bits >> 31) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A row of an honest file of 2,000: half train, half test; one informative feature and one of noise; calibrated scores.
#[derive(Clone)]
struct Row {
    id: String,
    split: &'static str,
    label: String,
    prediction: String,
    score: String,
    feature: f64,
    noise: f64,
    extra: String,
}

fn honest(rows: usize) -> Vec<Row> {
    (0..rows)
        .map(|row| {
            let score = random(row, 1);
            let label = u8::from(random(row, 2) < score);
            Row {
                id: format!("case {row}"),
                split: if row % 2 == 0 { "train" } else { "test" },
                label: label.to_string(),
                prediction: u8::from(score >= 0.5).to_string(),
                score: score.to_string(),
                feature: score + random(row, 3),
                noise: random(row, 4),
                extra: random(row, 5).to_string(),
            }
        })
        .collect()
}

fn csv(rows: &[Row]) -> String {
    let mut csv = "id,split,label,prediction,score,feature,noise,extra,latency_ms\n".to_owned();
    for row in rows {
        csv.push_str(&format!(
            "{},{},{},{},{},{},{},{},5\n",
            row.id,
            row.split,
            row.label,
            row.prediction,
            row.score,
            row.feature,
            row.noise,
            row.extra
        ));
    }
    csv
}

fn changed(change: impl Fn(usize, &mut Row)) -> String {
    let mut rows = honest(2_000);
    for (at, row) in rows.iter_mut().enumerate() {
        change(at, row);
    }
    csv(&rows)
}

#[test]
fn an_honest_file_has_no_pitfall_but_what_it_does_not_measure() {
    let (report, examination) = judged(&csv(&honest(2_000)), &Choices::default());
    let names: Vec<&str> = report.pitfalls.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["cost_not_measured"]);
    let feature = &examination.columns[0];
    assert_eq!(feature.column, "feature");
    assert!((0.3..0.8).contains(&feature.largest), "{feature:?}");
    let id = examination
        .columns
        .iter()
        .find(|at| at.column == "id")
        .unwrap();
    assert!(!id.ranked && id.largest == 0.0, "{id:?}");
    assert_eq!(examination.repeats.unwrap().current_in_reference, 0);
}

#[test]
fn nothing_that_needs_the_second_look_is_raised_before_it() {
    let leaking = changed(|_, row| row.extra = row.label.clone());
    let mut reader = SourceReader::new("test.csv");
    reader.feed(leaking.as_bytes()).unwrap();
    let profile = Profile::of(&reader.finish_alone().unwrap(), &Choices::default()).unwrap();
    assert!(
        judge(&profile, &Policy::balanced())
            .pitfalls
            .iter()
            .all(|p| p.name != "leakage")
    );
    assert_eq!(severity(&leaking, "leakage"), Some(Serious));
}

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

#[test]
fn labels_that_are_missing_for_a_reason_are_told_from_those_that_are_not() {
    let missing = |is_missing: fn(usize, &Row) -> bool| {
        changed(move |at, row| {
            if is_missing(at, row) {
                row.label.clear();
            }
        })
    };
    const NAME: &str = "labels_missing_not_at_random";
    let by_chance = missing(|at, _| random(at, 8) < 0.3);
    assert_eq!(severity(&by_chance, NAME), None);
    let where_flagged = missing(|at, row| row.prediction == "0" && random(at, 8) < 0.3);
    let found = raised(&where_flagged, NAME).unwrap();
    assert_eq!(found.severity, Warning);
    assert!(
        found.reason.contains("“prediction” is “0”"),
        "{}",
        found.reason
    );
    let at_the_end = missing(|at, _| at > 1_700);
    let found = raised(&at_the_end, NAME).unwrap();
    assert!(found.reason.contains("part 10 of 10"), "{}", found.reason);
    // Labels of live data come late.
    let live = missing(|at, row| row.split == "test" && random(at, 8) < 0.4);
    assert_eq!(severity(&live, NAME), Some(Info));
}

#[test]
fn cases_that_were_labelled_twice_conflict() {
    let mut rows = honest(2_000);
    let again: Vec<Row> = (0..25)
        .map(|at| {
            let mut row = rows[2 * at + 1].clone();
            row.label = (1 - row.label.parse::<u8>().unwrap()).to_string();
            row.id.push_str(" again");
            row
        })
        .collect();
    rows.extend(again);
    let found = raised(&csv(&rows), "conflicting_labels").unwrap();
    assert_eq!(found.severity, Warning);
    assert_eq!(found.evidence["conflicting_rows"], 50.0);
    assert_eq!(severity(&csv(&honest(2_000)), "conflicting_labels"), None);
}

#[test]
fn rare_classes_and_few_cases_are_said() {
    let file = |cases: usize, others: usize| {
        format!(
            "is_fraud,prediction\n{}{}",
            "1,1\n".repeat(cases),
            "0,0\n".repeat(others)
        )
    };
    assert_eq!(severity(&file(8, 100), "too_few_positives"), Some(Warning));
    assert_eq!(severity(&file(20, 100), "too_few_positives"), Some(Info));
    assert_eq!(severity(&file(30, 100), "too_few_positives"), None);
    assert_eq!(severity(&file(100, 900), "imbalance"), Some(Info));
    assert_eq!(severity(&file(101, 900), "imbalance"), None);
}

#[test]
fn what_is_not_measured_is_said() {
    let file = |columns: &str, cells: &str| {
        format!(
            "label,prediction{columns}\n{}",
            format!("1,1{cells}\n0,0{cells}\n").repeat(20)
        )
    };
    for (columns, cells, latency, cost) in [
        ("", "", Some(Info), Some(Info)),
        (",latency_ms", ",5", None, Some(Info)),
        (",latency_ms,cost", ",5,0.01", None, None),
    ] {
        let csv = file(columns, cells);
        assert_eq!(severity(&csv, "latency_not_measured"), latency);
        assert_eq!(severity(&csv, "cost_not_measured"), cost);
    }
}

#[test]
fn rows_that_stand_for_several_are_not_compared() {
    let csv = "label,prediction,region,count\n1,1,north,40\n0,0,north,50\n0,1,south,10\n";
    let (report, examination) = judged(csv, &Choices::default());
    assert_eq!(examination.repeats, None);
    assert!(
        report
            .pitfalls
            .iter()
            .all(|pitfall| pitfall.name != "conflicting_labels")
    );
}

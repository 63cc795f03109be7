//! What to do next: each rule on both sides of its trigger.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use greenlight_readiness::{
    Choices, NextStep, Policy, Profile, Report, SourceReader, Verdict, judge,
};

fn report(csv: &str, policy: &Policy) -> Report {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let choices = Choices::default();
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    judge(&profile, policy)
}

fn step<'r>(report: &'r Report, name: &str) -> Option<&'r NextStep> {
    report.next_steps.iter().find(|step| step.name == name)
}

fn names(report: &Report) -> Vec<&str> {
    report
        .next_steps
        .iter()
        .map(|step| step.name.as_str())
        .collect()
}

/// So many rows of each kind: label, prediction, then as often as given.
fn rows(header: &str, kinds: &[(&str, usize)]) -> String {
    let mut csv = header.to_owned() + "\n";
    for (kind, times) in kinds {
        for _ in 0..*times {
            csv.push_str(kind);
            csv.push('\n');
        }
    }
    csv
}

/// Scores of 1,000 rows, half of them positive: those of the positives lie around `centre`, the others' around 0.2.
/// What is flagged at 0.5 is what is predicted.
fn scored(centre: f64, spread: f64) -> String {
    let mut csv = "label,score,latency_ms\n".to_owned();
    for row in 0..1_000_u64 {
        let label = row % 2;
        // Evenly spread, in an order that has nothing to do with anything.
        let noise = ((row / 2 * 331) % 500) as f64 / 500.0 - 0.5;
        let score = if label == 1 { centre } else { 0.2 } + spread * noise;
        csv.push_str(&format!(
            "{label},{:.4},{}\n",
            score.clamp(0.0, 1.0),
            10 + row % 5
        ));
    }
    csv
}

#[test]
fn a_threshold_that_meets_what_is_required_is_named() {
    // All positives lie between 0.3 and 0.4: at 0.5 none is caught.
    let report = report(&scored(0.35, 0.1), &Policy::balanced());
    assert_eq!(report.verdict, Verdict::NotReady);
    let step = step(&report, "move_threshold").expect("one is named");
    let threshold = step.threshold.unwrap();
    assert!((0.25..=0.31).contains(&threshold), "{threshold}");
    assert!(
        step.advice.contains(&threshold.to_string()),
        "{}",
        step.advice
    );
    assert!(
        step.because.contains("recall would be 100"),
        "{}",
        step.because
    );
    assert!(step.because.contains("new ones"), "{}", step.because);
    assert_eq!(self::step(&report, "retrain"), None);
}

#[test]
fn where_no_threshold_does_the_advice_is_to_retrain() {
    // The scores of both classes overlap almost wholly.
    let report = report(&scored(0.22, 0.3), &Policy::balanced());
    let step = step(&report, "retrain").expect("no threshold will do");
    assert!(step.because.contains("recall would be"), "{}", step.because);
    assert!(
        step.because.contains("precision would be"),
        "{}",
        step.because
    );
    assert_eq!(self::step(&report, "move_threshold"), None);
}

#[test]
fn nothing_is_said_of_the_threshold_where_it_is_right() {
    let report = report(&scored(0.8, 0.1), &Policy::balanced());
    assert_eq!(step(&report, "move_threshold"), None);
    assert_eq!(step(&report, "retrain"), None);
}

#[test]
fn without_scores_the_advice_is_to_add_them() {
    let kinds = [("1,1", 50), ("1,0", 50), ("0,0", 100)];
    let missed = report(&rows("label,prediction", &kinds), &Policy::balanced());
    assert!(
        step(&missed, "add_scores").is_some(),
        "{:?}",
        names(&missed)
    );
    let kinds = [("1,1", 95), ("1,0", 5), ("0,0", 100)];
    let met = report(&rows("label,prediction", &kinds), &Policy::balanced());
    assert_eq!(step(&met, "add_scores"), None);
}

#[test]
fn of_several_classes_the_one_that_is_recognised_least_is_named() {
    let header = "label,prediction,latency_ms";
    let weak = [
        ("ant,ant,5", 100),
        ("bee,bee,5", 40),
        ("bee,ant,5", 60),
        ("cat,cat,5", 100),
    ];
    let weak = report(&rows(header, &weak), &Policy::classification());
    let step = step(&weak, "weakest_class").expect("accuracy is too low");
    assert!(step.advice.contains("“bee”"), "{}", step.advice);
    assert!(step.because.contains("100 rows"), "{}", step.because);
    let good = [
        ("ant,ant,5", 100),
        ("bee,bee,5", 98),
        ("bee,ant,5", 2),
        ("cat,cat,5", 100),
    ];
    let good = report(&rows(header, &good), &Policy::classification());
    assert_eq!(self::step(&good, "weakest_class"), None);
}

#[test]
fn slow_failing_and_dear_answers_each_have_their_step() {
    let csv = |latency: u32, failed: usize| {
        let good = format!("1,1,{latency},0");
        let other = format!("0,0,{latency},0");
        let kinds = [
            (good.as_str(), 500),
            (other.as_str(), 500),
            ("1,,5,1", failed),
        ];
        rows("label,prediction,latency_ms,error", &kinds)
    };
    let quick = report(&csv(50, 0), &Policy::balanced());
    assert_eq!(step(&quick, "speed_up"), None);
    assert_eq!(step(&quick, "mend_calls"), None);
    let slow = report(&csv(5_000, 0), &Policy::balanced());
    assert!(step(&slow, "speed_up").unwrap().because.contains("5.00"));
    let failing = report(&csv(50, 60), &Policy::balanced());
    assert!(
        step(&failing, "mend_calls").is_some(),
        "{:?}",
        names(&failing)
    );

    let dear = |cost: &str| {
        let kinds = [
            (format!("1,1,5,{cost}"), 200),
            (format!("0,0,5,{cost}"), 200),
        ];
        let kinds = kinds
            .each_ref()
            .map(|(kind, times)| (kind.as_str(), *times));
        rows("label,prediction,latency_ms,cost", &kinds)
    };
    let policy = r#"{"name": "cheap", "criteria": [
        {"name": "accuracy", "metric": "accuracy", "operator": ">=", "limit": 0.9, "severity": "must"},
        {"name": "cost", "metric": "cost_per_prediction", "operator": "<=", "limit": 0.05, "severity": "should"}]}"#;
    let policy = Policy::from_json(policy).unwrap();
    assert!(step(&report(&dear("0.10"), &policy), "cut_cost").is_some());
    assert_eq!(step(&report(&dear("0.01"), &policy), "cut_cost"), None);
}

#[test]
fn a_column_that_the_policy_cannot_do_without_is_asked_for() {
    let kinds = [("1,1", 500), ("0,0", 500)];
    let without = report(&rows("label,prediction", &kinds), &Policy::balanced());
    assert!(
        step(&without, "add_latency").is_some(),
        "{:?}",
        names(&without)
    );
    // Errors are asked for only where they are measured.
    assert_eq!(step(&without, "add_error"), None);
    let kinds = [("1,1,5", 500), ("0,0,5", 500)];
    let with = report(
        &rows("label,prediction,latency_ms", &kinds),
        &Policy::balanced(),
    );
    assert_eq!(step(&with, "add_latency"), None);
    let latencies = report(
        &rows("latency_ms", &[("5", 100), ("6", 100)]),
        &Policy::balanced(),
    );
    assert!(
        step(&latencies, "add_label").is_some(),
        "{:?}",
        names(&latencies)
    );
}

#[test]
fn the_positive_class_is_asked_for_where_names_do_not_tell() {
    let kinds = [("A,A", 100), ("B,B", 100)];
    let unknown = report(&rows("label,prediction", &kinds), &Policy::balanced());
    assert_eq!(names(&unknown)[0], "choose_positive_class");
    let kinds = [("yes,yes", 100), ("no,no", 100)];
    let known = report(&rows("label,prediction", &kinds), &Policy::balanced());
    assert_eq!(step(&known, "choose_positive_class"), None);
}

#[test]
fn more_rows_are_asked_for_where_they_would_settle_something() {
    let csv = |times: usize| {
        let kinds = [
            ("1,1,5", 23 * times),
            ("1,0,5", 2 * times),
            ("0,0,5", 23 * times),
            ("0,1,5", 2 * times),
        ];
        rows("label,prediction,latency_ms", &kinds)
    };
    let few = report(&csv(2), &Policy::balanced());
    let step = step(&few, "collect_rows").expect("92 of 100 may be less than 90 %");
    assert!(step.advice.starts_with("Collect about "), "{}", step.advice);
    assert!(step.because.contains("Accuracy"), "{}", step.because);
    let many = report(&csv(400), &Policy::balanced());
    assert_eq!(self::step(&many, "collect_rows"), None);
}

#[test]
fn a_group_that_holds_much_of_what_is_wrong_is_named() {
    let csv = |wrong: usize| {
        let kinds = [
            ("1,1,5,north", 450),
            ("1,0,5,north", 10),
            ("0,0,5,north", 450),
            ("0,1,5,north", 10),
            ("1,1,5,south", 50),
            ("1,0,5,south", wrong),
            ("0,0,5,south", 50),
        ];
        rows("label,prediction,latency_ms,region", &kinds)
    };
    let weak = report(&csv(30), &Policy::balanced());
    let step = step(&weak, "look_at_segment").expect("a quarter of the south is wrong");
    assert!(step.advice.contains("region is “south”"), "{}", step.advice);
    assert!(step.because.contains("60.0"), "{}", step.because);
    let even = report(&csv(3), &Policy::balanced());
    assert_eq!(self::step(&even, "look_at_segment"), None);
}

#[test]
fn a_fall_asks_for_newer_rows_unless_the_model_has_learnt_by_heart() {
    let csv = |reference: &str, right: usize| {
        let mut csv = "split,label,prediction,latency_ms\n".to_owned();
        for (split, right) in [(reference, 970), ("production", right)] {
            for row in 0..1_000 {
                let (label, is_right) = (row % 2, (row * 331) % 1_000 < right);
                let prediction = if is_right { label } else { 1 - label };
                csv.push_str(&format!("{split},{label},{prediction},{}\n", 5 + row % 3));
            }
        }
        csv
    };
    let moved = report(&csv("validation", 905), &Policy::balanced());
    let step = step(&moved, "retrain_on_newer_rows").expect("6.5 points are too much");
    assert!(
        step.advice.contains("“validation” and “production”"),
        "{}",
        step.advice
    );
    let by_heart = report(&csv("train", 905), &Policy::balanced());
    assert_eq!(self::step(&by_heart, "retrain_on_newer_rows"), None);
    assert!(
        self::step(&by_heart, "overfitting").is_some(),
        "{:?}",
        names(&by_heart)
    );
    let steady = report(&csv("validation", 965), &Policy::balanced());
    assert_eq!(self::step(&steady, "retrain_on_newer_rows"), None);
}

#[test]
fn a_ready_model_is_to_be_released_and_watched_and_no_other() {
    let kinds = [("1,1,5", 980), ("1,0,5", 20), ("0,0,5", 980), ("0,1,5", 20)];
    let ready = report(
        &rows("label,prediction,latency_ms", &kinds),
        &Policy::balanced(),
    );
    assert_eq!(
        (ready.verdict, names(&ready)),
        (Verdict::Ready, vec!["release"])
    );
    assert!(ready.next_steps[0].advice.starts_with("Release it"));
    let kinds = [
        ("1,1,5", 700),
        ("1,0,5", 300),
        ("0,0,5", 980),
        ("0,1,5", 20),
    ];
    let not = report(
        &rows("label,prediction,latency_ms", &kinds),
        &Policy::balanced(),
    );
    assert_eq!(step(&not, "release"), None);
}

#[test]
fn where_numbers_cannot_be_believed_nothing_is_built_on_them() {
    let csv = |refund: fn(u64) -> u64| {
        let mut csv = "label,score,latency_ms,age,refund\n".to_owned();
        for row in 0..600_u64 {
            let label = row % 2;
            let score = if label == 1 { 0.35 } else { 0.2 } + (row % 7) as f64 / 100.0;
            let (age, refund) = (row * 37 % 60, refund(row));
            csv.push_str(&format!("{label},{score},5,{age},{refund}\n"));
        }
        csv
    };
    // A refund follows a fraud.
    let leaky = report(&csv(|row| row % 2 * 50 + row % 3), &Policy::balanced());
    assert_eq!(names(&leaky)[0], "leakage", "{:?}", leaky.pitfalls);
    assert_eq!(step(&leaky, "move_threshold"), None);
    let honest = report(&csv(|row| row * 53 % 70), &Policy::balanced());
    assert_eq!(step(&honest, "leakage"), None);
    assert!(
        step(&honest, "move_threshold").is_some(),
        "{:?}",
        names(&honest)
    );
}

#[test]
fn what_a_file_cannot_tell_is_listed_with_the_column_that_would() {
    let kinds = [("1,1", 100), ("0,0", 100)];
    let least = report(&rows("label,prediction", &kinds), &Policy::balanced());
    let roles = |report: &Report| -> Vec<&str> {
        report
            .coverage
            .iter()
            .map(|lacking| lacking.role.name())
            .collect()
    };
    assert_eq!(
        roles(&least),
        [
            "score",
            "latency",
            "split",
            "timestamp",
            "segment",
            "id",
            "error",
            "cost",
            "variant"
        ]
    );
    let latencies = report(
        &rows("latency_ms", &[("5", 100), ("6", 100)]),
        &Policy::balanced(),
    );
    assert_eq!(roles(&latencies)[0], "label");
    assert!(!roles(&latencies).contains(&"latency"));
    let kinds = [("1,0.9,5,a", 100), ("0,0.1,5,b", 100)];
    let more = report(
        &rows("label,score,latency_ms,region", &kinds),
        &Policy::balanced(),
    );
    assert!(
        !roles(&more)
            .iter()
            .any(|role| ["score", "segment", "latency"].contains(role))
    );
}

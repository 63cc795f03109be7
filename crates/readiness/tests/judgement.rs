//! From CSV text to the verdict: what each kind of file and policy leads to.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use greenlight_data::Role;
use greenlight_readiness::{
    Choices, DecisionRule, Outcome, PitfallSeverity, Policy, Profile, ProfileError, Report,
    SourceReader, Verdict, judge,
};

fn try_profile(csv: &str, choices: &Choices) -> Result<Profile, ProfileError> {
    let mut reader = SourceReader::new("test.csv");
    reader.feed(csv.as_bytes()).unwrap();
    Profile::of(&reader.finish_alone().unwrap(), choices)
}

fn report(csv: &str, policy: &Policy) -> Report {
    judge(&try_profile(csv, &Choices::default()).unwrap(), policy)
}

/// `header` and then each line as often as asked.
fn rows(header: &str, lines: &[(&str, usize)]) -> String {
    let mut csv = format!("{header}\n");
    for (line, times) in lines {
        csv.push_str(&format!("{line}\n").repeat(*times));
    }
    csv
}

fn outcome(report: &Report, name: &str) -> Outcome {
    report
        .criteria
        .iter()
        .find(|criterion| criterion.name == name)
        .unwrap()
        .outcome
}

#[test]
fn fraud_98_percent_accurate_with_12_percent_recall_is_not_ready() {
    let csv = rows(
        "is_fraud,prediction",
        &[("1,1", 24), ("1,0", 176), ("0,1", 24), ("0,0", 9_776)],
    );
    for policy in [Policy::balanced(), Policy::fraud(), Policy::spam()] {
        let report = report(&csv, &policy);
        assert_eq!(report.verdict, Verdict::NotReady);
        let first = &report.reasons[0];
        assert!(
            first.contains("88.0\u{202f}% of fraud goes unnoticed"),
            "{first}"
        );
        assert!(
            first.contains("accuracy flatters because fraud is rare"),
            "{first}"
        );
        assert_eq!(report.pitfalls[0].name, "accuracy_paradox");
        assert_eq!(report.pitfalls[0].severity, PitfallSeverity::Serious);
    }
}

#[test]
fn a_healthy_model_is_ready() {
    let csv = rows(
        "label,prediction,latency_ms",
        &[
            ("1,1,20", 480),
            ("1,0,30", 20),
            ("0,1,25", 20),
            ("0,0,15", 480),
        ],
    );
    let report = report(&csv, &Policy::balanced());
    // Without a split there is nothing to compare with, and that only advises.
    assert_eq!(outcome(&report, "accuracy_gap"), Outcome::NoEvidence);
    assert_eq!(report.verdict, Verdict::Ready, "{:?}", report.reasons);
    let names: Vec<&str> = report.pitfalls.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["cost_not_measured"]);
    assert_eq!(report.pitfalls[0].severity, PitfallSeverity::Info);
}

#[test]
fn a_model_that_is_not_shown_to_beat_chance_is_not_ready() {
    // It flags nine in ten, whatever they are: recall alone would let it pass.
    let csv = rows(
        "is_fraud,prediction,latency_ms",
        &[("1,1,9", 91), ("1,0,9", 9), ("0,1,9", 891), ("0,0,9", 109)],
    );
    let report = report(&csv, &Policy::fraud());
    assert_ne!(outcome(&report, "recall"), Outcome::Fail);
    assert_eq!(outcome(&report, "better_than_chance"), Outcome::Fail);
    assert_eq!(report.verdict, Verdict::NotReady);
}

#[test]
fn one_class_alone_is_not_enough_evidence() {
    let csv = rows("label,prediction,latency_ms", &[("0,0,5", 1_000)]);
    let report = report(&csv, &Policy::balanced());
    assert_eq!(outcome(&report, "accuracy"), Outcome::Pass);
    assert_eq!(outcome(&report, "better_than_chance"), Outcome::NoEvidence);
    assert_eq!(report.verdict, Verdict::NotEnoughEvidence);
}

#[test]
fn a_value_just_below_its_limit_is_told_from_it() {
    let csv = rows(
        "label,prediction",
        &[("1,1", 4_498), ("1,0", 502), ("0,0", 4_498), ("0,1", 502)],
    );
    let report = report(&csv, &Policy::balanced());
    assert_eq!(outcome(&report, "accuracy"), Outcome::Fail);
    let said = report
        .reasons
        .iter()
        .find(|reason| reason.contains("answers are right"))
        .unwrap();
    assert!(
        said.contains("89.96\u{202f}%") && said.contains("90\u{202f}%"),
        "{said}"
    );
}

#[test]
fn yes_and_no_in_two_spellings_meet() {
    let csv = rows(
        "label,prediction",
        &[("True,1", 3), ("False,0", 2), ("True,0", 1)],
    );
    let report = report(&csv, &Policy::balanced());
    assert_eq!(report.overall.classes, ["False", "True"]);
    assert_eq!(
        report.overall.confusion_matrix,
        Some(vec![vec![2, 0], vec![1, 3]])
    );
}

#[test]
fn a_requirement_without_evidence_is_a_warning() {
    let csv = rows(
        "label,prediction",
        &[("1,1", 480), ("1,0", 20), ("0,1", 20), ("0,0", 480)],
    );
    let report = report(&csv, &Policy::balanced());
    assert_eq!(outcome(&report, "latency_p95"), Outcome::NoEvidence);
    assert_eq!(report.verdict, Verdict::ReadyWithWarnings);
}

#[test]
fn what_a_policy_requires_as_evidence_decides_when_it_is_missing() {
    let csv = rows(
        "label,prediction",
        &[("1,1", 480), ("1,0", 20), ("0,1", 20), ("0,0", 480)],
    );
    let policy = Policy {
        required_evidence: vec!["latency_p95".to_owned()],
        ..Policy::balanced()
    };
    assert_eq!(report(&csv, &policy).verdict, Verdict::NotEnoughEvidence);
}

#[test]
fn a_value_that_passes_with_an_interval_that_does_not_is_at_risk() {
    let csv = rows(
        "label,prediction",
        &[("1,1", 19), ("1,0", 1), ("0,1", 1), ("0,0", 19)],
    );
    let report = report(&csv, &Policy::balanced());
    assert_eq!(outcome(&report, "accuracy"), Outcome::AtRisk);
    assert_eq!(report.verdict, Verdict::ReadyWithWarnings);
}

#[test]
fn latencies_alone_are_judged_but_give_no_verdict_on_answers() {
    let csv = rows("latency_s", &[("0.2", 90), ("0.4", 10)]);
    let report = report(&csv, &Policy::balanced());
    assert_eq!(report.verdict, Verdict::NotEnoughEvidence);
    assert_eq!(outcome(&report, "latency_p95"), Outcome::Pass);
    assert_eq!(report.settings.decision, None);
    // The report keeps the unit of the file; criteria are in milliseconds.
    let latency = report.overall.latency.as_ref().unwrap();
    assert_eq!((latency.max, report.settings.latency_budget), (0.4, 1.0));
    let p95 = report
        .criteria
        .iter()
        .find(|c| c.name == "latency_p95")
        .unwrap();
    assert_eq!(p95.value, Some(400.0));
}

#[test]
fn a_slow_model_is_not_ready() {
    let csv = rows(
        "label,prediction,latency_ms",
        &[("1,1,1500", 300), ("0,0,1500", 300)],
    );
    let report = report(&csv, &Policy::balanced());
    assert_eq!(report.verdict, Verdict::NotReady);
    assert!(
        report.reasons[0].contains("1.50\u{202f}s"),
        "{}",
        report.reasons[0]
    );
}

#[test]
fn scores_alone_decide_at_one_half() {
    let csv = rows(
        "label,score",
        &[("1,0.5", 3), ("1,0.49", 1), ("0,0.5", 2), ("0,0.1", 4)],
    );
    let report = report(&csv, &Policy::balanced());
    assert_eq!(report.settings.decision, Some(DecisionRule::Threshold));
    assert_eq!(report.settings.threshold, Some(0.5));
    assert_eq!(
        report.overall.confusion_matrix,
        Some(vec![vec![4, 2], vec![1, 3]])
    );
    let best = report.threshold.unwrap().best.f1.unwrap();
    assert_eq!(best.threshold, Some(0.49));
    assert_eq!(
        <[Option<f64>; 2]>::from(best.interval),
        [Some(0.1), Some(0.49)]
    );
    assert_eq!(best.confusion_matrix, [[4, 2], [0, 4]]);
}

#[test]
fn scores_that_are_no_probabilities_decide_at_the_best_f1_of_the_reference() {
    let csv = rows(
        "split,label,score",
        &[
            ("train,1,3", 5),
            ("train,0,-2", 5),
            ("production,1,2", 4),
            ("production,0,5", 1),
            ("production,0,-9", 5),
        ],
    );
    let report = report(&csv, &Policy::balanced());
    assert_eq!(report.settings.threshold, Some(3.0));
    assert_eq!(
        report.current().confusion_matrix,
        Some(vec![vec![5, 1], vec![4, 0]])
    );
    assert_eq!(report.overall.log_loss, None);
    assert_eq!(
        report.notes["/overall/log_loss"],
        "some scores lie outside 0 to 1"
    );
}

#[test]
fn a_chosen_threshold_replaces_the_predictions() {
    let csv = rows("label,prediction,score", &[("1,0,0.7", 3), ("0,0,0.2", 3)]);
    let choices = Choices {
        threshold: Some(0.6),
        ..Choices::default()
    };
    let profile = try_profile(&csv, &choices).unwrap();
    let report = judge(&profile, &Policy::balanced());
    assert_eq!(report.settings.decision, Some(DecisionRule::Threshold));
    assert_eq!(
        report.overall.confusion_matrix,
        Some(vec![vec![3, 0], vec![0, 3]])
    );
}

#[test]
fn the_current_split_is_judged_and_the_gap_to_the_reference_is_measured() {
    let csv = rows(
        "split,label,prediction",
        &[
            ("train,1,1", 500),
            ("train,0,0", 500),
            ("test,1,1", 400),
            ("test,1,0", 100),
            ("test,0,1", 100),
            ("test,0,0", 400),
        ],
    );
    let report = report(&csv, &Policy::balanced());
    assert_eq!(report.settings.reference.as_deref(), Some("train"));
    assert_eq!(report.settings.current.as_deref(), Some("test"));
    assert_eq!(report.current().accuracy, Some(0.8));
    assert_eq!(report.overall.rows, 2_000);
    assert_eq!(outcome(&report, "accuracy_gap"), Outcome::Fail);
    assert_eq!(report.verdict, Verdict::NotReady);
}

#[test]
fn more_than_two_classes_are_judged_by_their_averages() {
    let csv = rows(
        "label,prediction",
        &[("a,a", 90), ("b,b", 80), ("b,c", 10), ("c,c", 90)],
    );
    let report = report(&csv, &Policy::balanced());
    assert_eq!(report.overall.recall, None);
    assert_eq!(
        report.notes["/overall/recall"],
        "this needs exactly two classes"
    );
    assert_eq!(
        report.overall.macro_average.recall,
        Some((1.0 + 80.0 / 90.0 + 1.0) / 3.0)
    );
    let recall = report.criteria.iter().find(|c| c.name == "recall").unwrap();
    assert_eq!(recall.value, report.overall.macro_average.recall);
    assert_eq!(outcome(&report, "better_than_chance"), Outcome::Pass);
}

#[test]
fn an_unknown_positive_class_is_asked_for_and_never_assumed() {
    let csv = rows(
        "label,prediction",
        &[("up,up", 50), ("up,down", 5), ("down,down", 50)],
    );
    let unsettled = report(&csv, &Policy::balanced());
    assert_eq!(unsettled.settings.positive, None);
    assert_eq!(unsettled.overall.recall, None);
    assert_eq!(outcome(&unsettled, "recall"), Outcome::NoEvidence);
    for (positive, recall) in [("up", 50.0 / 55.0), ("down", 1.0)] {
        let choices = Choices {
            positive: Some(positive.into()),
            ..Choices::default()
        };
        let report = judge(&try_profile(&csv, &choices).unwrap(), &Policy::balanced());
        assert_eq!(report.overall.recall, Some(recall));
        assert_eq!(report.overall.classes[1], positive);
    }
}

#[test]
fn rows_that_cannot_be_used_are_counted_by_reason() {
    let csv = "label,score,latency_ms\n1,0.9,5\n,0.4,5\n0,oops,5\n0,0.2,-1\n0,0.2,\n1,0.8\n\
               1,0.7,7\n0,0.1,8\n1,0.6,9\n0,0.3,4\n1,0.9,5\n0,0.3,6\n";
    let report = report(csv, &Policy::balanced());
    let source = &report.sources[0];
    assert_eq!((source.lines, source.rows_used), (12, 8));
    let rejected: Vec<_> = source
        .rejected
        .iter()
        .map(|r| (r.reason.as_str(), r.rows, r.first_row))
        .collect();
    assert!(
        rejected.contains(&("the label is missing", 1, 2)),
        "{rejected:?}"
    );
    assert!(
        rejected.contains(&("the score is not a number", 1, 3)),
        "{rejected:?}"
    );
    assert!(
        rejected.contains(&("the latency is negative", 1, 4)),
        "{rejected:?}"
    );
    assert_eq!(rejected.len(), 4, "{rejected:?}");
    // A row without a latency still counts for everything else.
    assert_eq!(report.overall.rows, 8);
    assert_eq!(report.overall.latency.as_ref().unwrap().rows, 7);
}

#[test]
fn choices_that_cannot_be_honoured_say_what_there_is() {
    let csv = rows("label,prediction,split", &[("1,1,a", 5), ("0,0,b", 5)]);
    let chosen = |choices: Choices| try_profile(&csv, &choices).unwrap_err().to_string();
    let positive = Choices {
        positive: Some("2".into()),
        ..Choices::default()
    };
    assert!(chosen(positive).contains("the classes are 0, 1"));
    let mut split = Choices {
        current: Some("c".into()),
        ..Choices::default()
    };
    split.set_role(Role::Split, ["split"]);
    assert!(chosen(split.clone()).contains("the splits are a, b"));
    let same = Choices {
        reference: Some("a".into()),
        current: Some("a".into()),
        ..split
    };
    assert!(chosen(same).contains("cannot be both"));
    let threshold = Choices {
        threshold: Some(0.5),
        ..Choices::default()
    };
    assert!(chosen(threshold).contains("no score"));
    let mut role = Choices::default();
    role.set_role(Role::Label, ["nothing"]);
    assert!(chosen(role).contains("the columns are label, prediction, split"));
}

#[test]
fn files_that_make_no_observations_say_why() {
    let message = |csv: &str| {
        try_profile(csv, &Choices::default())
            .unwrap_err()
            .to_string()
    };
    assert!(message("a,b\nx,1\ny,2\n").contains("nothing to judge yet"));
    let labels: String = (0..60).map(|i| format!("{i}.5,{i}.5\n")).collect();
    let mut regression = Choices::default();
    regression.set_role(Role::Label, ["label"]);
    regression.set_role(Role::Prediction, ["prediction"]);
    let error = try_profile(&format!("label,prediction\n{labels}"), &regression).unwrap_err();
    assert!(
        error.to_string().contains("looks like regression"),
        "{error}"
    );
    let mut disjoint = Choices::default();
    disjoint.set_role(Role::Label, ["label"]);
    disjoint.set_role(Role::Prediction, ["prediction"]);
    let error = try_profile("label,prediction\n1,cat\n0,dog\n", &disjoint).unwrap_err();
    assert!(error.to_string().contains("no class in common"), "{error}");
    assert!(message("label,prediction\n,1\n,0\n1,\n").contains("none of the 3 rows"));
}

#[test]
fn policies_reject_keys_they_do_not_know() {
    let json = serde_json::to_string(&Policy::balanced()).unwrap();
    let mistyped = json.replacen("\"limit\"", "\"limt\"", 1);
    let error = serde_json::from_str::<Policy>(&mistyped)
        .unwrap_err()
        .to_string();
    assert!(error.contains("limt"), "{error}");
}

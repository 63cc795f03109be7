//! What policies ask for: each metric, of which rows, on how many, and what would settle it.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use greenlight_readiness::policy::{
    Champion, EvidenceView, Margins, NoChampion, NotAReport, PRESETS,
};
use greenlight_readiness::{
    Choices, Criterion, CriterionResult, DriftSettings, Metric, Operator, Outcome, Policy, Profile,
    Report, Scope, Severity, SourceReader, Verdict, judge,
};

fn report(csv: &str, policy: &Policy) -> Report {
    let mut reader = SourceReader::new("test.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let choices = Choices::default();
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    judge(&profile, policy)
}

/// A header and each line as often as asked.
fn rows(header: &str, lines: &[(&str, usize)]) -> String {
    let mut csv = format!("{header}\n");
    for (line, times) in lines {
        csv.push_str(&format!("{line}\n").repeat(*times));
    }
    csv
}

/// Right positives, missed ones, false alarms, right negatives.
fn matrix([tp, fn_, fp, tn]: [usize; 4]) -> String {
    rows(
        "label,prediction",
        &[("1,1", tp), ("1,0", fn_), ("0,1", fp), ("0,0", tn)],
    )
}

fn must(metric: Metric, operator: Operator, limit: f64) -> Criterion {
    Criterion::new(metric.name(), metric, operator, limit, Severity::Must)
}

fn policy(criteria: Vec<Criterion>) -> Policy {
    Policy {
        name: "test".to_owned(),
        description: String::new(),
        minimum_rows: 30,
        criteria,
        required_evidence: Vec::new(),
        drift: DriftSettings::default(),
        monitoring: Vec::new(),
    }
}

/// What a single criterion comes to.
fn judged(csv: &str, criterion: Criterion) -> CriterionResult {
    report(csv, &policy(vec![criterion])).criteria.remove(0)
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

fn named<'r>(report: &'r Report, name: &str) -> &'r CriterionResult {
    report.criteria.iter().find(|c| c.name == name).unwrap()
}

#[test]
fn every_metric_is_that_of_the_report() {
    let mut csv =
        "split,label,prediction,score,latency_ms,error,cost,region,id,variant,date\n".to_owned();
    for row in 0..900_usize {
        let split = ["train", "test"][row % 2];
        // An id for every two rows of a split, of which one is perturbed.
        let (id, variant) = (row / 4 * 2 + row % 2, ["clean", "blur"][row / 2 % 2]);
        let place = format!(
            "{},{id},{variant},2024-01-0{}",
            ["north", "south", "east"][row * row % 3],
            1 + row / 100
        );
        let label = usize::from(row % 3 == 0);
        let prediction = if row % 11 == 0 { 1 - label } else { label };
        let score = (label * 40 + row * 37 % 60) as f64 / 100.0;
        let (latency, cost) = (10 + row % 90, 1 + row % 3);
        csv.push_str(&match row % 50 {
            49 => format!("{split},,,,,1,{cost},{place}\n"),
            _ => format!("{split},{label},{prediction},{score},{latency},0,{cost},{place}\n"),
        });
    }
    let criteria = Metric::ALL
        .iter()
        .map(|&metric| must(metric, Operator::AtLeast, 0.01));
    let report = report(&csv, &policy(criteria.collect()));
    let (now, before) = (report.current(), &report.splits["train"]);
    let (latency, cost) = (now.latency.as_ref().unwrap(), now.cost.as_ref().unwrap());
    let counts = now.confusion_matrix.as_ref().unwrap();
    let answers = report.answers.as_ref().unwrap();
    let gap = |of: fn(&greenlight_readiness::Evaluation) -> Option<f64>| {
        Some(of(before).unwrap() - of(now).unwrap())
    };
    let robustness = report.robustness.as_ref().unwrap();
    let drift = report.drift.as_ref().unwrap();
    let score = drift.score.as_ref().unwrap();
    let regions = report.segments["region"].values();
    let weakest = regions.filter_map(|region| region.accuracy);
    let weakest = weakest.fold(1.0, f64::min);
    let days = report.windows.iter().filter(|window| !window.partial);
    let days = days.filter_map(|window| window.evaluation.accuracy);
    assert_eq!(days.clone().count(), 9);
    let worst_day = days.fold(1.0, f64::min);
    for &metric in Metric::ALL {
        let expected = match metric {
            Metric::Accuracy => now.accuracy,
            Metric::AccuracyAboveBaseline => {
                Some(now.accuracy.unwrap() - now.majority_baseline_accuracy.unwrap())
            }
            Metric::YoudensJ => Some(now.recall.unwrap() + now.specificity.unwrap() - 1.0),
            Metric::BalancedAccuracy => now.balanced_accuracy,
            Metric::Precision => now.precision,
            Metric::Recall => now.recall,
            Metric::Specificity => now.specificity,
            Metric::F1 => now.f1,
            Metric::F0_5 => now.f0_5,
            Metric::F2 => now.f2,
            Metric::MatthewsCorrcoef => now.matthews_corrcoef,
            Metric::CohenKappa => now.cohen_kappa,
            Metric::RocAuc => now.roc_auc,
            Metric::AveragePrecision => now.average_precision,
            Metric::LogLoss => now.log_loss,
            Metric::BrierScore => now.brier_score,
            Metric::ExpectedCalibrationError => now.expected_calibration_error,
            Metric::LatencyP50 => Some(latency.p50),
            Metric::LatencyP90 => Some(latency.p90),
            Metric::LatencyP95 => Some(latency.p95),
            Metric::LatencyP99 => Some(latency.p99),
            Metric::LatencyMax => Some(latency.max),
            Metric::OverBudgetShare => latency.over_budget_share,
            Metric::ErrorRate => now.error_rate,
            Metric::CostPerPrediction => cost.per_prediction,
            Metric::CostPerCorrect => cost.per_correct,
            Metric::AcceptedShare => answers.accepted_by_human.as_ref().map(|of| of.share),
            Metric::JudgeAgreement => answers.agreement.as_ref().and_then(|of| of.kappa),
            Metric::CostPerAccepted => answers.cost_per_accepted,
            Metric::RepeatConsistency => {
                // Only of answers with an id, and with the second look: see tests/report/answers.rs.
                assert_eq!(named(&report, metric.name()).outcome, Outcome::NoEvidence);
                continue;
            }
            Metric::AccuracyGap => gap(|e| e.accuracy),
            Metric::BalancedAccuracyGap => gap(|e| e.balanced_accuracy),
            Metric::PrecisionGap => gap(|e| e.precision),
            Metric::RecallGap => gap(|e| e.recall),
            Metric::SpecificityGap => gap(|e| e.specificity),
            Metric::F1Gap => gap(|e| e.f1),
            Metric::RocAucGap => gap(|e| e.roc_auc),
            Metric::PerturbationAccuracyDrop => robustness.worst.as_ref().map(|w| w.accuracy_drop),
            Metric::FlipRate => robustness.flip_rate,
            Metric::WeakestSegmentGap => now.accuracy.map(|accuracy| accuracy - weakest),
            Metric::WorstWindowAccuracy => Some(worst_day),
            Metric::AccuracyDrop => before.accuracy.map(|accuracy| accuracy - worst_day),
            Metric::ScorePsi => score.psi,
            Metric::DriftedColumnsShare => {
                Some(drift.drifted_columns as f64 / drift.judged_columns as f64)
            }
            Metric::Rows => Some(now.rows as f64),
            Metric::Positives => Some((counts[1][0] + counts[1][1]) as f64),
        };
        let result = named(&report, metric.name());
        let (value, expected) = (result.value.unwrap(), expected.unwrap());
        assert!(
            (value - expected).abs() < 1e-12,
            "{metric:?}: {value}, {expected}"
        );
        assert_eq!((result.group, result.view), (metric.group(), metric.view()));
        if let Some((Some(low), Some(high))) = result.interval {
            assert!(low <= value && value <= high, "{metric:?}");
        }
    }
    for (name, expected) in [
        ("recall", now.intervals.recall),
        ("specificity", now.intervals.specificity),
        ("f1", now.intervals.f1),
        ("balanced_accuracy", now.intervals.balanced_accuracy),
        ("roc_auc", now.intervals.roc_auc),
    ] {
        let ends = expected.map(|interval| (Some(interval.low), Some(interval.high)));
        assert_eq!(named(&report, name).interval, ends, "{name}");
    }
    assert!(now.error_rate.unwrap() > 0.0 && gap(|e| e.f1) != Some(0.0));
}

#[test]
fn a_handful_of_perfect_rows_is_not_enough_evidence() {
    for name in PRESETS {
        // Answers are perfect where all are accepted.
        let rejected = if name == "assistant" { 0 } else { 6 };
        let report = report(&matrix([5, 0, 0, rejected]), &Policy::preset(name).unwrap());
        assert_eq!(report.verdict, Verdict::NotEnoughEvidence, "{name}");
        let first = plain(&report.reasons[0]);
        assert!(first.contains("of the 30"), "{name}: {first}");
    }
}

#[test]
fn few_rows_that_clearly_fail_fail() {
    let all_wrong = judged(
        &matrix([0, 6, 6, 0]),
        must(Metric::Accuracy, Operator::AtLeast, 0.9),
    );
    assert_eq!((all_wrong.rows, all_wrong.outcome), (12, Outcome::Fail));
    // 8 of 12: the interval, 39 to 86 %, reaches up to the limit.
    let some_wrong = judged(
        &matrix([4, 2, 2, 4]),
        must(Metric::Accuracy, Operator::AtLeast, 0.8),
    );
    assert_eq!(some_wrong.outcome, Outcome::NoEvidence);
    assert_eq!(some_wrong.value, Some(8.0 / 12.0));
    assert!(
        some_wrong
            .reason
            .starts_with("Accuracy cannot be judged: only 12 of the 30 rows that are asked for."),
        "{}",
        some_wrong.reason
    );
}

#[test]
fn the_least_number_of_rows_is_of_those_behind_the_number() {
    let csv = matrix([20, 1, 2, 400]);
    let recall = || must(Metric::Recall, Operator::AtLeast, 0.5);
    let by_policy = judged(&csv, recall());
    assert_eq!((by_policy.rows, by_policy.minimum_rows), (21, 30));
    assert_eq!(by_policy.outcome, Outcome::NoEvidence);
    // 9 more positives, of which there is one in 20.1 rows.
    assert_eq!(by_policy.rows_needed, Some(190));
    let own = Criterion {
        minimum_rows: Some(21),
        ..recall()
    };
    let own = judged(&csv, own);
    assert_eq!((own.outcome, own.rows_needed), (Outcome::Pass, None));
    let precision = judged(&csv, must(Metric::Precision, Operator::AtLeast, 0.5));
    assert_eq!(
        (precision.rows, precision.outcome),
        (22, Outcome::NoEvidence)
    );
}

#[test]
fn what_is_at_risk_says_how_many_rows_would_settle_it() {
    // 92 of 100 against 90 %: settled at 865, by Wilson.
    let at_risk = judged(
        &matrix([46, 4, 4, 46]),
        must(Metric::Accuracy, Operator::AtLeast, 0.9),
    );
    assert_eq!(
        (at_risk.outcome, at_risk.rows_needed),
        (Outcome::AtRisk, Some(770))
    );
    assert_eq!(
        plain(&at_risk.reason),
        "92.0 % of the answers are right (92 of 100); at least 90 % is required, and these rows leave it open. \
         About 770 more labelled rows would settle this."
    );
    let at_limit = judged(
        &matrix([45, 5, 5, 45]),
        must(Metric::Accuracy, Operator::AtLeast, 0.9),
    );
    assert_eq!(
        (at_limit.outcome, at_limit.rows_needed),
        (Outcome::AtRisk, None)
    );
    assert!(
        at_limit.reason.ends_with("no number of rows settles it."),
        "{}",
        at_limit.reason
    );
    let settled = judged(
        &matrix([495, 5, 5, 495]),
        must(Metric::Accuracy, Operator::AtLeast, 0.9),
    );
    assert_eq!(
        (settled.outcome, settled.rows_needed),
        (Outcome::Pass, None)
    );
}

#[test]
fn latencies_say_how_many_rows_would_settle_them() {
    // All are fast, but 50 rows do not bound a 95th percentile: 72 do (1 − 0.95^72 ≥ 0.975).
    let csv = rows(
        "label,prediction,latency_ms",
        &[("1,1,5", 25), ("0,0,6", 25)],
    );
    let p95 = judged(&csv, must(Metric::LatencyP95, Operator::AtMost, 100.0));
    assert_eq!(
        (p95.outcome, p95.interval.unwrap().1, p95.rows_needed),
        (Outcome::AtRisk, None, Some(22))
    );
    assert!(
        p95.reason
            .ends_with("About 22 more rows would settle this.")
    );
}

#[test]
fn a_scope_names_the_rows() {
    let csv = rows(
        "split,label,prediction",
        &[
            ("train,1,1", 50),
            ("train,0,0", 50),
            ("test,1,1", 40),
            ("test,1,0", 10),
            ("test,0,0", 50),
            ("validation,1,0", 50),
            ("validation,0,0", 50),
        ],
    );
    let of = |scope| {
        let criterion = Criterion {
            scope,
            ..must(Metric::Accuracy, Operator::AtLeast, 0.1)
        };
        let result = judged(&csv, criterion);
        (result.scope, result.value, result.reason)
    };
    let split = |name: &str| Scope::Split(name.to_owned());
    for (scope, name, value) in [
        (Scope::Current, "test", 0.9),
        (Scope::Reference, "train", 1.0),
        (Scope::Overall, "overall", 0.8),
        (split("validation"), "validation", 0.5),
    ] {
        let is_current = scope == Scope::Current;
        let (scope, measured, reason) = of(scope);
        assert_eq!((scope.as_str(), measured), (name, Some(value)));
        assert_eq!(reason.contains(&format!(" on “{name}”;")), !is_current);
    }
    let region = Scope::Segment {
        column: "region".to_owned(),
        value: "north".to_owned(),
    };
    for (scope, part) in [
        (
            split("live"),
            "there is no split “live”, only test, train, validation",
        ),
        (region, "“region” is no segment, and no other column is"),
        (Scope::Model("v2".to_owned()), "models"),
    ] {
        let (_, value, reason) = of(scope);
        assert_eq!(value, None);
        assert!(reason.contains(part), "{reason}");
    }
    let criterion = Criterion {
        scope: Scope::Segment {
            column: "region".to_owned(),
            value: "north".to_owned(),
        },
        ..must(Metric::Accuracy, Operator::AtLeast, 0.1)
    };
    assert_eq!(
        judged(&matrix([50, 0, 0, 50]), criterion).view,
        EvidenceView::Segments
    );
    let criterion = Criterion {
        scope: Scope::Reference,
        ..must(Metric::Accuracy, Operator::AtLeast, 0.1)
    };
    let alone = judged(&matrix([50, 0, 0, 50]), criterion);
    assert_eq!(
        (alone.scope.as_str(), alone.outcome),
        ("reference", Outcome::NoEvidence)
    );
}

#[test]
fn a_fall_needs_enough_rows_on_both_sides() {
    let csv = rows(
        "split,label,prediction",
        &[
            ("train,1,1", 5),
            ("train,0,0", 5),
            ("test,1,1", 500),
            ("test,0,0", 500),
        ],
    );
    let fall = judged(&csv, must(Metric::AccuracyGap, Operator::AtMost, 0.05));
    assert_eq!(
        (fall.outcome, fall.rows_needed),
        (Outcome::NoEvidence, None)
    );
    assert!(
        fall.reason.contains("only 10 of the 30 rows on “train”"),
        "{}",
        fall.reason
    );
}

#[test]
fn too_few_rows_for_what_a_policy_demands_are_not_enough_evidence() {
    let csv = matrix([190, 10, 10, 190]);
    let accuracy = must(Metric::Accuracy, Operator::AtLeast, 0.9);
    let demanding = policy(vec![
        accuracy.clone(),
        must(Metric::Rows, Operator::AtLeast, 1_000.0),
    ]);
    let report = report(&csv, &demanding);
    let count = named(&report, "rows");
    assert_eq!(
        (count.value, count.outcome, count.rows_needed),
        (Some(400.0), Outcome::NoEvidence, Some(600))
    );
    assert_eq!(report.verdict, Verdict::NotEnoughEvidence);
    assert_eq!(
        plain(&report.reasons[0]),
        "There are 400 rows; at least 1 000 is required. About 600 more rows would settle this."
    );
    let positives = judged(&csv, must(Metric::Positives, Operator::AtLeast, 200.0));
    assert_eq!(positives.outcome, Outcome::Pass);
}

#[test]
fn errors_decide_where_they_are_measured() {
    let of = |error: usize| {
        rows(
            "label,prediction,latency_ms,error",
            &[
                ("1,1,9,0", 480),
                ("1,0,9,0", 20),
                ("0,0,9,0", 480),
                ("0,1,9,0", 20),
                (",,,1", error),
            ],
        )
    };
    let few = report(&of(2), &Policy::balanced());
    assert_eq!(named(&few, "error_rate").outcome, Outcome::Pass);
    assert_eq!(few.verdict, Verdict::Ready, "{:?}", few.reasons);
    let many = report(&of(40), &Policy::balanced());
    assert_eq!(named(&many, "error_rate").outcome, Outcome::Fail);
    assert_eq!(many.verdict, Verdict::NotReady);
}

#[test]
fn fraud_refuses_alarms_that_nobody_would_look_at() {
    // Catches 95 of 100 by flagging a third of everything.
    let csv = rows(
        "is_fraud,prediction,latency_ms",
        &[
            ("1,1,9", 95),
            ("1,0,9", 5),
            ("0,1,9", 3_000),
            ("0,0,9", 6_000),
        ],
    );
    let report = report(&csv, &Policy::fraud());
    assert_eq!(named(&report, "recall").outcome, Outcome::Pass);
    assert_eq!(named(&report, "precision").outcome, Outcome::Fail);
    assert_eq!(report.verdict, Verdict::NotReady);
    assert!(plain(&report.reasons[0]).contains("3.07 % of the alarms are real fraud"));
    assert!(named(&report, "precision").why.is_some());
}

#[test]
fn an_assistant_is_judged_by_what_people_accept() {
    let csv = rows(
        "label,prediction,latency_s,cost",
        &[
            ("pass,pass,4,0.02", 460),
            ("pass,fail,4,0.02", 20),
            ("fail,fail,4,0.02", 15),
            ("fail,pass,4,0.02", 5),
        ],
    );
    let report = report(&csv, &Policy::assistant());
    assert_eq!(named(&report, "accepted_share").value, Some(0.96));
    assert_eq!(named(&report, "judge_agreement").outcome, Outcome::Fail);
    assert_eq!(named(&report, "cost_per_accepted").outcome, Outcome::Pass);
    assert_eq!(named(&report, "latency_p95").value, Some(4_000.0));
    assert_eq!(report.verdict, Verdict::ReadyWithWarnings);
}

#[test]
fn what_only_two_classes_have_is_no_evidence_with_three() {
    let csv = rows("label,prediction", &[("a,a", 40), ("b,b", 40), ("c,b", 40)]);
    let at_least = |metric| judged(&csv, must(metric, Operator::AtLeast, 0.5));
    assert_eq!(at_least(Metric::Specificity).outcome, Outcome::NoEvidence);
    let f1 = at_least(Metric::F1);
    assert_eq!(f1.value, Some((1.0 + 80.0 / 120.0) / 3.0));
    let recall = at_least(Metric::Recall);
    let balanced = at_least(Metric::BalancedAccuracy);
    assert_eq!(
        (recall.value, recall.interval),
        (balanced.value, balanced.interval)
    );
}

#[test]
fn a_challenger_is_held_to_the_champion() {
    let latency = |csv: String, ms: u32| {
        csv.lines()
            .enumerate()
            .map(|(index, line)| match index {
                0 => format!("{line},latency_ms\n"),
                _ => format!("{line},{ms}\n"),
            })
            .collect::<String>()
    };
    let champion = report(
        &latency(matrix([4_500, 500, 500, 4_500]), 100),
        &Policy::balanced(),
    );
    let margins = Margins {
        share: 0.02,
        relative: 0.1,
    };
    let policy = Policy::no_worse_than(&champion, margins).unwrap();
    let limit = |name: &str| {
        policy
            .criteria
            .iter()
            .find(|c| c.name == name)
            .unwrap()
            .limit
    };
    assert_eq!(limit("accuracy_no_worse"), 0.88);
    assert_eq!(limit("recall_no_worse"), 0.88);
    assert_eq!(limit("latency_p95_no_worse"), 110.0);
    assert!(policy.description.contains("test.csv"));
    let same = report(&latency(matrix([4_500, 500, 500, 4_500]), 100), &policy);
    assert_eq!(same.verdict, Verdict::Ready, "{:?}", same.reasons);
    let worse = report(&latency(matrix([4_200, 800, 500, 4_500]), 100), &policy);
    assert_eq!(named(&worse, "recall_no_worse").outcome, Outcome::Fail);
    let slower = report(&latency(matrix([4_500, 500, 500, 4_500]), 111), &policy);
    assert_eq!(
        named(&slower, "latency_p95_no_worse").outcome,
        Outcome::Fail
    );
    let nothing = Margins {
        share: f64::NAN,
        relative: 0.0,
    };
    assert_eq!(
        Policy::no_worse_than(&champion, nothing),
        Err(NoChampion::Margin)
    );
}

#[test]
fn a_champion_is_read_from_the_json_of_its_report() {
    let csv = rows(
        "label,prediction,latency_s,split",
        &[
            ("1,1,0.2,test", 400),
            ("0,1,0.1,test", 50),
            ("0,0,0.1,train", 550),
        ],
    );
    let report = report(&csv, &Policy::balanced());
    let champion = Champion::from_json(&report.to_json().unwrap()).unwrap();
    assert_eq!(champion, Champion::of(&report));
    assert_eq!(champion.split.as_deref(), Some("test"));
    assert_eq!((champion.rows, champion.files.len()), (450, 1));
    assert!(champion.values.contains(&(Metric::LatencyP95, 200.0)));
    let older = "{\"schema\": \"greenlight.report/0\"}";
    assert_eq!(
        Champion::from_json(older),
        Err(NotAReport::OtherVersion("greenlight.report/0".to_owned()))
    );
    for other in ["", "[1]", "{\"schema\": 1}"] {
        let refused = Champion::from_json(other);
        assert!(matches!(refused, Err(NotAReport::OtherJson(_))), "{other}");
    }
}

#[test]
fn a_segment_can_be_asked_for_once_it_was_looked_at() {
    let csv = rows(
        "label,prediction,region",
        &[
            ("1,1,north", 90),
            ("1,0,north", 10),
            ("1,0,south", 60),
            ("0,0,south", 60),
        ],
    );
    let mut reader = SourceReader::new("test.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, &Choices::default()).unwrap();
    let of = |column: &str, value: &str| Criterion {
        scope: Scope::Segment {
            column: column.to_owned(),
            value: value.to_owned(),
        },
        ..must(Metric::Accuracy, Operator::AtLeast, 0.8)
    };
    let judged = |profile: &Profile, criterion: Criterion| {
        judge(profile, &policy(vec![criterion])).criteria.remove(0)
    };
    let early = judged(&profile, of("region", "north"));
    assert_eq!(early.outcome, Outcome::NoEvidence);
    assert!(
        early.reason.contains("still being looked at"),
        "{}",
        early.reason
    );
    profile.examine(&source, &Choices::default()).unwrap();
    let north = judged(&profile, of("region", "north"));
    assert_eq!((north.value, north.rows), (Some(0.9), 100));
    assert_eq!(north.scope, "region = north");
    let south = judged(&profile, of("region", "south"));
    assert_eq!((south.value, south.outcome), (Some(0.5), Outcome::Fail));
    for (column, value, why) in [
        ("region", "west", "“region” is nowhere “west”"),
        ("country", "north", "“country” is no segment"),
    ] {
        let none = judged(&profile, of(column, value));
        assert_eq!(none.outcome, Outcome::NoEvidence);
        assert!(none.reason.contains(why), "{}", none.reason);
    }
}

#[test]
fn a_policy_in_the_making_is_held_to_what_json_is_held_to() {
    let paths = |policy: &Policy| -> Vec<String> {
        let error = policy.check().unwrap_err();
        error.problems.into_iter().map(|one| one.path).collect()
    };
    assert_eq!(Policy::spam().check(), Ok(()));
    let mut policy = Policy::spam();
    policy.criteria[0].limit = 1.5;
    policy.criteria[1].name = "precision".to_owned();
    policy.criteria[2].limit = f64::NAN;
    policy.required_evidence.push("luck".to_owned());
    assert_eq!(
        paths(&policy),
        [
            "criteria[0].limit",
            "criteria[1].name",
            "criteria[2].limit",
            "required_evidence[2]"
        ]
    );
    policy.criteria.clear();
    policy.required_evidence.clear();
    assert_eq!(paths(&policy), ["criteria"]);
}

#[test]
fn presets_are_policies_that_read_back_and_say_why() {
    for name in PRESETS {
        let policy = Policy::preset(name).unwrap();
        assert_eq!(
            Policy::from_json(&policy.to_json().unwrap()).unwrap(),
            policy
        );
        assert!(!policy.description.is_empty());
        for criterion in &policy.criteria {
            assert!(criterion.why.is_some(), "{name}: {}", criterion.name);
        }
    }
}

#[test]
fn more_rows_than_anybody_labels_are_not_asked_for() {
    // 801 of 1,000 cases in a million rows: only some tens of millions would tell that from 80 %.
    let csv = |caught: usize| {
        let kinds = [
            ("1,1,1", caught),
            ("1,0,1", 1_000 - caught),
            ("0,0,99900", 10),
        ];
        rows("is_fraud,prediction,count", &kinds)
    };
    let recall = |caught| named(&report(&csv(caught), &Policy::fraud()), "recall").clone();
    let near = recall(801);
    assert_eq!((near.outcome, near.rows_needed), (Outcome::AtRisk, None));
    assert!(
        !near.reason.contains("more labelled rows"),
        "{}",
        near.reason
    );
    let farther = recall(820);
    assert_eq!(farther.outcome, Outcome::AtRisk);
    assert!(farther.rows_needed.is_some(), "{}", farther.reason);
}

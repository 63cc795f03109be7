//! How steady answers are: from window to window, from one answer to an id to the next, from model to model, and what to expect where
//! labels are missing.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use std::fmt::Write;

use greenlight_data::Role;
use greenlight_metrics::{Trend, wilson};
use greenlight_readiness::examination::ChampionBy;
use greenlight_readiness::{
    Choices, Criterion, Metric, Operator, Outcome, Policy, Profile, Report, Scope, Severity,
    SourceReader, WindowRule, judge,
};

/// Numbers that look as if drawn, the same every time.
struct Drawn(u64);

impl Drawn {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn examined_by(csv: &str, choices: &Choices) -> Profile {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    profile
}

fn report(profile: &Profile) -> Report {
    judge(profile, &Policy::balanced())
}

fn plain(text: &str) -> String {
    text.replace(['\u{202f}', '\u{a0}'], " ")
}

/// Weeks of 200 answers from Monday, 3 March 2025, of which this many are right.
fn weeks(right: &[usize]) -> String {
    let mut csv = "timestamp,label,prediction,latency_ms\n".to_owned();
    for (week, &right) in right.iter().enumerate() {
        for row in 0..200 {
            let hours = 24 * 7 * week + row * 167 / 199;
            let ms = 1_740_960_000_000_i64 + 3_600_000 * hours as i64;
            let (label, is_right) = (row % 2, row * 77 % 200 < right);
            let answer = if is_right { label } else { 1 - label };
            let latency = 20 + row % 10 + if week < 6 { 0 } else { 15 };
            let time = greenlight_data::iso_time(ms);
            writeln!(csv, "{time},{label},{answer},{latency}").unwrap();
        }
    }
    csv
}

fn by_week() -> Choices {
    Choices {
        window: WindowRule::Weeks,
        ..Choices::default()
    }
}

#[test]
fn accuracy_that_falls_is_told_with_its_worst_window_its_slope_and_where_it_changed() {
    let right = [190, 188, 189, 191, 190, 188, 172, 171, 173, 170, 172, 171];
    let profile = examined_by(&weeks(&right), &by_week());
    let over_time = profile.over_time(Metric::Accuracy).unwrap();
    let points: Vec<(usize, f64, bool)> = over_time
        .points
        .iter()
        .map(|of| (of.index, of.value, of.is_judged))
        .collect();
    let expected: Vec<(usize, f64, bool)> = right
        .iter()
        .enumerate()
        .map(|(week, right)| (week, *right as f64 / 200.0, true))
        .collect();
    assert_eq!(points, expected);
    let places: Vec<(f64, f64)> = points.iter().map(|of| (of.0 as f64, of.1)).collect();
    assert_eq!(over_time.trend, Trend::of(&places));
    assert_eq!(over_time.worst().unwrap().index, 9);
    let [change] = over_time.changes[..] else {
        panic!("{:?}", over_time.changes)
    };
    assert_eq!(
        (change.window, change.before, change.after),
        (6, 1136.0 / 1200.0, 1029.0 / 1200.0)
    );

    let report = report(&profile);
    let stability = report.stability.unwrap();
    assert_eq!(stability.windows_judged, 12);
    let worst = stability.worst_window.unwrap();
    assert_eq!(worst.accuracy, 0.85);
    assert_eq!(stability.accuracy_drop, Some(190.0 / 200.0 - 0.85));
    assert!(stability.slope_per_window.unwrap() < -0.005);
    assert!(stability.slope_p_value.unwrap() < 0.05);
    let start = serde_json::to_value(&stability.change_points[0].start).unwrap();
    assert_eq!(start, "2025-04-14T00:00:00Z");

    let worst = plain(&over_time.worst_in_words());
    assert_eq!(
        worst,
        "Accuracy is lowest in 5–11 May 2025, at 85.0 % (200 rows), of 12 weeks."
    );
    let trend = plain(&over_time.trend_in_words());
    assert!(
        trend.starts_with("Accuracy falls by ")
            && trend.contains("a week, more than chance explains"),
        "{trend}"
    );
    let said: Vec<String> = over_time
        .in_words()
        .iter()
        .map(|said| plain(said))
        .collect();
    assert_eq!(
        said[0],
        "Accuracy fell from 94.7 % to 85.8 % as of 14–20 Apr 2025."
    );
    assert!(
        said[1].starts_with("That is more than chance explains (p "),
        "{said:?}"
    );
    assert_eq!(said[2..], [worst, trend]);
}

#[test]
fn any_metric_of_a_window_has_a_course() {
    let profile = examined_by(&weeks(&[190; 12]), &by_week());
    let slower = profile.over_time(Metric::LatencyP95).unwrap();
    assert_eq!(slower.changes.len(), 1);
    assert_eq!(slower.changes[0].window, 6);
    // Less is better: the worst window is the slowest.
    assert!(slower.worst().unwrap().value > slower.best().unwrap().value);
    assert!(plain(&slower.worst_in_words()).contains("highest"));
    let steady = profile.over_time(Metric::Accuracy).unwrap();
    assert!(steady.changes.is_empty());
    assert_eq!(steady.trend.unwrap().p_value, 1.0);
    assert!(plain(&steady.trend_in_words()).contains("no trend"));
    for metric in [
        Metric::Precision,
        Metric::Recall,
        Metric::F1,
        Metric::BalancedAccuracy,
        Metric::MatthewsCorrcoef,
        Metric::LatencyP50,
        Metric::Rows,
    ] {
        let over_time = profile.over_time(metric).unwrap();
        assert_eq!(over_time.judged().count(), 12, "{metric:?}");
    }
    assert!(profile.over_time(Metric::RocAuc).is_err());
    assert!(profile.over_time(Metric::CostPerPrediction).is_err());
}

/// Ids that are asked three times each.
fn asked_again(ids: usize) -> String {
    let mut csv = "id,timestamp,label,prediction\n".to_owned();
    for round in 0..3 {
        for id in 0..ids {
            let (label, flips) = (
                id % 2,
                id % 10 == 3 && round == 1 || id % 20 == 5 && round > 0,
            );
            let answer = if flips { 1 - label } else { label };
            // Backwards in the file.
            let day = 20 - round;
            writeln!(csv, "q{id},2025-03-{day:02}T10:00:00Z,{label},{answer}").unwrap();
        }
    }
    csv
}

#[test]
fn answers_to_the_same_id_are_held_against_each_other_in_the_order_of_time() {
    let mut choices = Choices::default();
    choices.set_role(Role::Id, ["id"]);
    let profile = examined_by(&asked_again(100), &choices);
    let repetition = profile
        .examination
        .as_ref()
        .unwrap()
        .repetition
        .as_ref()
        .unwrap();
    assert!(repetition.by_time);
    let report = report(&profile);
    let stability = report.stability.as_ref().unwrap();
    assert_eq!(stability.repeated_ids, Some(100));
    assert_eq!(stability.flip_rate, Some(0.15));
    assert_eq!(stability.flip_rate_interval, wilson(15, 100).ok());
    // Ten ids turn and turn back, five turn once.
    assert_eq!(stability.consecutive_flip_rate, Some(25.0 / 200.0));
    assert_eq!(stability.unstable_ids.len(), 15);
    let first = &stability.unstable_ids[0];
    assert_eq!((first.answers, first.distinct, first.flips), (3, 2, 2));
    assert!(first.id.ends_with('3'), "{}", first.id);
    let sentence = plain(&profile.repetition_in_words().unwrap());
    assert!(sentence.starts_with("15 of 100 ids"), "{sentence}");
}

#[test]
fn ids_that_copies_or_models_share_are_no_repetition() {
    let mut choices = Choices::default();
    choices.set_role(Role::Id, ["id"]);
    choices.set_role(Role::Variant, ["timestamp"]);
    let copies = examined_by(&asked_again(100), &choices);
    assert!(copies.examination.as_ref().unwrap().repetition.is_none());
    let report = report(&copies);
    assert!(report.notes["/stability/flip_rate"].contains("robustness"));
    let models = examined_by(&two_models(400, true), &models_chosen(true));
    let repetition = models.examination.unwrap().repetition.unwrap();
    assert_eq!(repetition.answers.consistency.ids, 0);
}

/// Two models that answer the same questions: the new one is right where the old one is, and in six of a hundred more.
fn two_models(ids: usize, with_id: bool) -> String {
    let mut csv = if with_id { "id," } else { "" }.to_owned() + "model,label,prediction\n";
    for id in 0..ids {
        let label = id % 2;
        for (model, wrong) in [("v2", 4), ("v1", 10)] {
            let is_wrong = id * 37 % 100 < wrong;
            let answer = if is_wrong { 1 - label } else { label };
            let id = if with_id {
                format!("q{id},")
            } else {
                String::new()
            };
            writeln!(csv, "{id}{model},{label},{answer}").unwrap();
        }
    }
    csv
}

fn models_chosen(with_id: bool) -> Choices {
    let mut choices = Choices::default();
    choices.set_role(Role::Model, ["model"]);
    if with_id {
        choices.set_role(Role::Id, ["id"]);
    }
    choices
}

#[test]
fn a_challenger_is_held_against_the_champion_on_the_ids_that_both_answered() {
    let profile = examined_by(&two_models(400, true), &models_chosen(true));
    let report = report(&profile);
    assert_eq!(report.models["v1"].accuracy, Some(0.9));
    assert_eq!(report.models["v2"].accuracy, Some(0.96));
    let comparisons = report.comparisons.as_ref().unwrap();
    assert_eq!(
        (comparisons.champion.as_str(), comparisons.champion_by),
        ("v1", ChampionBy::Name)
    );
    let v2 = &comparisons.challengers["v2"];
    assert_eq!((v2.pairs, v2.flips), (400, Some(24)));
    assert_eq!(
        (v2.champion_alone_right, v2.challenger_alone_right),
        (Some(0), Some(24))
    );
    // All 24 on one side.
    assert!((v2.mcnemar_p_value.unwrap() - 2.0 * 0.5_f64.powi(24)).abs() < 1e-18);
    assert!((v2.accuracy_gain.unwrap() - 0.06).abs() < 1e-12);
    assert!(v2.accuracy_gain_interval.unwrap().low > 0.03);
    let sentence = plain(&profile.comparisons_in_words()[0]);
    assert!(
        sentence
            .starts_with("“v2” is right more often than “v1”, by 6.0 points of the 400 examples"),
        "{sentence}"
    );
    assert!(
        report.notes["/overall/rows"].contains("model"),
        "{}",
        report.notes["/overall/rows"]
    );
    assert_eq!(report.overall.rows, 800);

    // Another champion turns it round.
    let chosen = Choices {
        champion: Some("v2".to_owned()),
        ..models_chosen(true)
    };
    let turned = examined_by(&two_models(400, true), &chosen);
    let turned = judge(&turned, &Policy::balanced()).comparisons.unwrap();
    assert_eq!(turned.champion_by, ChampionBy::Choice);
    let v1 = &turned.challengers["v1"];
    assert_eq!(v1.accuracy_gain, v2.accuracy_gain.map(|gain| 0.0 - gain));
    assert_eq!(v1.mcnemar_p_value, v2.mcnemar_p_value);
}

#[test]
fn models_without_shared_ids_are_two_samples() {
    let profile = examined_by(&two_models(400, false), &models_chosen(false));
    let report = report(&profile);
    let v2 = &report.comparisons.as_ref().unwrap().challengers["v2"];
    assert_eq!((v2.pairs, v2.flips, v2.mcnemar_p_value), (0, None, None));
    assert!((v2.accuracy_gain.unwrap() - 0.06).abs() < 1e-12);
    assert!(report.notes["/comparisons/challengers/v2/flips"].contains("no column plays the id"));
}

#[test]
fn a_criterion_may_ask_of_one_model() {
    let profile = examined_by(&two_models(400, true), &models_chosen(true));
    let of = |model: &str, limit: f64| {
        let criterion = Criterion {
            scope: Scope::Model(model.to_owned()),
            ..Criterion::new(
                "it",
                Metric::Accuracy,
                Operator::AtLeast,
                limit,
                Severity::Must,
            )
        };
        let policy = Policy {
            criteria: vec![criterion],
            required_evidence: Vec::new(),
            ..Policy::balanced()
        };
        judge(&profile, &policy).criteria.remove(0)
    };
    assert_eq!(
        (of("v2", 0.9).outcome, of("v2", 0.9).value),
        (Outcome::Pass, Some(0.96))
    );
    assert_eq!(of("v1", 0.95).outcome, Outcome::Fail);
    let unknown = of("v3", 0.9);
    assert_eq!(unknown.outcome, Outcome::NoEvidence);
    assert!(
        unknown.reason.contains("“v3”") && unknown.reason.contains("v1, v2"),
        "{}",
        unknown.reason
    );
}

/// Rows with scores; in the reference they are worth their square, and so they are later. Every third later row lacks its label.
fn scored(rows: usize) -> (String, f64) {
    let mut random = Drawn(9);
    let mut csv = "split,label,score\n".to_owned();
    let mut right = 0;
    for row in 0..rows {
        let (score, split) = (
            random.unit(),
            if row < rows / 2 {
                "reference"
            } else {
                "current"
            },
        );
        let label = usize::from(random.unit() < score * score);
        if split == "current" {
            right += usize::from((score >= 0.5) == (label == 1));
        }
        let label = if split == "current" && row % 3 == 0 {
            String::new()
        } else {
            label.to_string()
        };
        writeln!(csv, "{split},{label},{score}").unwrap();
    }
    (csv, right as f64 / (rows - rows / 2) as f64)
}

#[test]
fn what_is_expected_without_labels_comes_true() {
    let (csv, accuracy) = scored(12_000);
    let choices = Choices {
        threshold: Some(0.5),
        ..Choices::default()
    };
    let profile = examined_by(&csv, &choices);
    let estimate = report(&profile).estimate.unwrap();
    assert_eq!(
        (estimate.overall.rows, estimate.overall.unlabelled),
        (6_000, 2_000)
    );
    assert_eq!(estimate.reference_rows, 6_000);
    assert!(estimate.recalibrated);
    let expected = estimate.overall.accuracy.unwrap();
    // Also of the rows whose labels nobody gave here.
    assert!(
        (expected.expected - accuracy).abs() < 0.02,
        "{expected:?}, {accuracy}"
    );
    assert!(expected.interval.contains(expected.expected));
    let realised = expected.realised.unwrap();
    assert!((realised - accuracy).abs() < 0.02);
    // Without times the report tells of no windows; the page has parts of equally many rows.
    assert!(estimate.windows.is_empty());
    let windows = &profile
        .examination
        .as_ref()
        .unwrap()
        .estimate
        .as_ref()
        .unwrap()
        .windows;
    assert_eq!(windows.len(), 10);
    assert_eq!(windows.iter().map(|window| window.rows).sum::<u64>(), 6_000);
    let said = profile.estimate_in_words().unwrap();
    assert!(said[0].starts_with("Holds here: "), "{said:?}");
    assert!(
        plain(&said[1]).contains("2 000 have no label yet"),
        "{said:?}"
    );
}

#[test]
fn an_estimate_of_rows_without_any_label_cannot_be_checked() {
    let (csv, _) = scored(12_000);
    let unlabelled = csv.lines().map(|line| {
        let rest = line.strip_prefix("current,");
        match rest.and_then(|rest| rest.split_once(',')) {
            Some((_, score)) => format!("current,,{score}\n"),
            None => format!("{line}\n"),
        }
    });
    let choices = Choices {
        threshold: Some(0.5),
        ..Choices::default()
    };
    let profile = examined_by(&unlabelled.collect::<String>(), &choices);
    let said = profile.estimate_in_words().unwrap();
    assert_eq!(
        said[0],
        "Cannot be checked here: no row that is judged has both a label and a score."
    );
    let estimate = report(&profile).estimate.unwrap();
    assert_eq!(estimate.labelled.rows, 0);
    assert_eq!(estimate.overall.unlabelled, estimate.overall.rows);
}

#[test]
fn an_estimate_that_labels_belie_is_not_to_be_trusted() {
    let (csv, _) = scored(12_000);
    // What was positive in the reference is negative now, in a fifth of the rows.
    let mut row = 0;
    let drifted = csv.lines().map(|line| {
        row += 1;
        match line.strip_prefix("current,1,").filter(|_| row % 5 == 0) {
            Some(score) => format!("current,0,{score}\n"),
            None => format!("{line}\n"),
        }
    });
    let choices = Choices {
        threshold: Some(0.5),
        ..Choices::default()
    };
    let profile = examined_by(&drifted.collect::<String>(), &choices);
    let said = profile.estimate_in_words().unwrap();
    assert!(
        said[0].starts_with("Do not trust this here: where labels are, "),
        "{said:?}"
    );
    let labelled = report(&profile).estimate.unwrap().labelled;
    assert_eq!((labelled.rows, labelled.unlabelled), (4_000, 0));
    let accuracy = labelled.accuracy.unwrap();
    assert!(accuracy.realised.unwrap() < accuracy.interval.low);
}

#[test]
fn without_scores_or_two_classes_nothing_is_expected_and_why() {
    let no_scores = examined_by(&weeks(&[190; 12]), &by_week());
    let report = report(&no_scores);
    assert_eq!(report.estimate, None);
    assert_eq!(report.notes["/estimate"], "there are no scores");
    assert_eq!(report.notes["/comparisons"], "no column tells models apart");
}

#[test]
fn rows_that_stand_for_several_are_as_if_written_out() {
    let mut random = Drawn(4);
    let (mut counted, mut written_out) = (
        "id,model,split,label,score,count\n".to_owned(),
        "id,model,split,label,score,count\n".to_owned(),
    );
    for row in 0..600 {
        let (id, model) = (row * 7 % 90, ["a", "b"][row % 2]);
        let (label, score) = (row % 2, (random.unit() * 50.0).round() / 50.0);
        let split = if row < 200 { "train" } else { "test" };
        let count = 1 + row % 3;
        writeln!(counted, "q{id},{model},{split},{label},{score},{count}").unwrap();
        for _ in 0..count {
            writeln!(written_out, "q{id},{model},{split},{label},{score},1").unwrap();
        }
    }
    let mut choices = models_chosen(true);
    choices.threshold = Some(0.5);
    choices.set_role(Role::Count, ["count"]);
    let [one, other] = [counted, written_out].map(|csv| {
        let report = report(&examined_by(&csv, &choices));
        let mut stability = report.stability.unwrap();
        // Of equals the first rows are named.
        stability.unstable_ids.sort_by(|a, b| a.id.cmp(&b.id));
        let stability = serde_json::to_value(stability).unwrap();
        (
            stability,
            report.comparisons,
            report.estimate,
            report.models,
        )
    });
    assert_eq!(one.0["flip_rate"], other.0["flip_rate"]);
    assert_eq!(one.0["transitions"], other.0["transitions"]);
    assert_eq!(
        one.0["consecutive_flip_rate"],
        other.0["consecutive_flip_rate"]
    );
    assert_eq!((one.1, one.2, one.3), (other.1, other.2, other.3));
}

//! Another threshold from the profile alone is what another pass over the rows would give.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use greenlight_metrics::{Constraint, CostMatrix};
use greenlight_readiness::{
    Certainty, Choices, Demands, Policy, Profile, SourceReader, Statistics, judge,
};

/// Rows of two splits and of none, with ties, scores and costs; some stand for several or for none.
fn source(rows: u32) -> greenlight_readiness::Source {
    let mut csv = String::from("label,prediction,score,split,latency_ms,cost,count\n");
    for row in 0..rows {
        let score = f64::from(row / 2 * 7_919 % 10_007) / 10_007.0;
        let label = u32::from(row * 31 % 17 < (score * 17.0) as u32);
        let split = ["train", "test", ""][(row % 5 / 2) as usize];
        let prediction = u32::from(score > 0.4);
        writeln!(
            csv,
            "{label},{prediction},{score},{split},{},0.{},{}",
            row % 90,
            row % 7,
            [1, 1, 3, 0][(row / 3 % 4) as usize]
        )
        .unwrap();
    }
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

#[test]
fn a_profile_decided_anew_is_the_profile_of_that_threshold() {
    for rows in [20, 6_000] {
        let source = source(rows);
        let (profile, scores) = Profile::with_scores(&source, &Choices::default()).unwrap();
        for threshold in [-1.0, 0.0, 0.25, 0.5, 0.777_7, 1.0, 2.0] {
            let choices = Choices {
                threshold: Some(threshold),
                ..Choices::default()
            };
            let expected = Profile::of(&source, &choices).unwrap();
            let counts = scores.counts_at(threshold);
            let decided = profile.decided_at(threshold, Some(&counts)).unwrap();
            assert_eq!(decided.certainty, Certainty::Exact);
            assert_eq!(decided, expected, "{rows} rows at {threshold}");
            let policy = Policy::fraud();
            assert_eq!(judge(&decided, &policy), judge(&expected, &policy));
        }
    }
}

#[test]
fn few_scores_need_no_engine() {
    let source = source(500);
    let profile = Profile::of(&source, &Choices::default()).unwrap();
    let choices = Choices {
        threshold: Some(0.31),
        ..Choices::default()
    };
    let decided = profile.decided_at(0.31, None).unwrap();
    assert_eq!(decided.certainty, Certainty::Exact);
    assert_eq!(decided, Profile::of(&source, &choices).unwrap());
}

#[test]
fn counts_of_another_threshold_are_not_taken_for_this_one() {
    let source = source(500);
    let (profile, scores) = Profile::with_scores(&source, &Choices::default()).unwrap();
    let other = scores.counts_at(0.9);
    assert_eq!(
        profile.decided_at(0.2, Some(&other)),
        profile.decided_at(0.2, None)
    );
}

#[test]
fn the_best_thresholds_are_known_without_the_engine_and_seen_on_the_rows_that_did_not_choose() {
    let source = source(6_000);
    let choices = Choices {
        reference: Some("train".to_owned()),
        current: Some("test".to_owned()),
        demands: Demands {
            costs: Some(CostMatrix {
                tp: 0.5,
                fp: 1.0,
                fn_: 30.0,
                tn: 0.0,
            }),
            constraints: vec![
                Constraint::PrecisionAtLeast(0.7),
                Constraint::AlertsAtMost(40),
            ],
            ..Demands::default()
        },
        ..Choices::default()
    };
    let (profile, mut scores) = Profile::with_scores(&source, &choices).unwrap();
    assert_eq!(profile.roles.count.as_deref(), Some("count"));
    let best = profile.thresholds.as_ref().unwrap();
    assert_eq!(
        *best,
        scores
            .thresholds(&source, &choices, &profile.settings, &choices.demands)
            .unwrap(),
        "the engine finds what the profile says"
    );
    let tradeoff = profile.current().tradeoff().unwrap();
    assert!(!tradeoff.stops.is_complete());
    assert_eq!(best.points().count(), 10);
    for point in best.points() {
        let threshold = point.threshold.unwrap();
        let decided = profile.decided_at(threshold, None).unwrap();
        assert_eq!(decided.certainty, Certainty::Exact);
        let counts = |statistics: &Statistics| statistics.confusion.as_ref().unwrap().binary(1);
        assert_eq!(Some(counts(decided.current())), best.seen(point));
        assert_eq!(counts(decided.reference().unwrap()), point.counts);
    }
    assert!(best.are_for(&choices.demands));
    let mut others = choices.demands.clone();
    others.constraints.pop();
    assert!(!best.are_for(&others) && !best.are_for(&Demands::default()));
    let report = judge(&profile, &Policy::balanced());
    let threshold = report.threshold.unwrap();
    let (f1, cost) = (threshold.best.f1.unwrap(), threshold.best.cost.unwrap());
    let seen = best.seen(best.f1.as_ref().unwrap()).unwrap();
    assert_eq!(f1.seen.as_ref().unwrap().value, seen.f1().ok());
    assert!(f1.value > f1.seen.unwrap().value.unwrap(), "it flattered");
    assert!(cost.seen.unwrap().value.is_some());
    let of_constraint = threshold.constraints[0].point.as_ref().unwrap();
    let seen = of_constraint.seen.as_ref().unwrap();
    assert_eq!(seen.value, seen.recall);
}

#[test]
fn rows_that_choose_for_themselves_see_nothing_else() {
    let source = source(300);
    let choices = Choices {
        all_rows: true,
        ..Choices::default()
    };
    let (profile, mut scores) = Profile::with_scores(&source, &choices).unwrap();
    let best = profile.thresholds.as_ref().unwrap();
    assert!(best.seen.is_empty());
    assert_eq!(
        *best,
        scores
            .thresholds(&source, &choices, &profile.settings, &choices.demands)
            .unwrap()
    );
    let json = judge(&profile, &Policy::balanced()).to_json().unwrap();
    assert!(!json.contains("\"seen\""));
}

//! Latency beside the answers: wrong ones, failed calls, and what right ones cost.

use greenlight_readiness::latency_words::{CostWords, FailureWords, SlowWords};

use super::*;

#[test]
fn a_threshold_that_is_moved_leaves_the_wrong_answers_to_be_counted_again() {
    let csv = "label,score,latency_ms\n1,0.9,10\n0,0.2,20\n1,0.4,30\n";
    let mut profile = examined(csv, &Choices::default());
    let settings = profile.settings.clone();
    let examination = profile.examination.as_mut().unwrap();
    examination.decide(&settings, 0.3);
    let look = examination.latency.as_ref().unwrap();
    assert_eq!(look.slow_against_wrong, None);
    assert_eq!(look.current.stops.rows(), 3);
}

#[test]
fn slow_answers_that_are_wrong_more_often_are_found_and_chance_is_not() {
    let mut slow = "label,prediction,latency_ms\n".to_owned();
    let mut even = slow.clone();
    for row in 0..2_000_u64 {
        let latency = unit(row) * 100.0;
        let is_wrong = unit(row + 9_000);
        writeln!(slow, "1,{},{latency}", u8::from(is_wrong > latency / 400.0)).unwrap();
        writeln!(even, "1,{},{latency}", u8::from(is_wrong > 0.125)).unwrap();
    }
    let words = |csv: &str| {
        let profile = examined(csv, &Choices::default());
        let look = profile.latency_look().unwrap().clone();
        SlowWords::of(&profile, &look.slow_against_wrong.unwrap()).unwrap()
    };
    let found = words(&slow);
    assert!(found.trend.unwrap().z > 5.0);
    assert!(
        found
            .finding
            .starts_with("Slow answers are wrong more often: ")
    );
    assert!(
        found.finding.ends_with("of the faster half (p < 0.001)"),
        "{}",
        found.finding
    );
    assert_eq!(found.rows.len(), 10);
    let found = words(&even);
    assert_eq!(found.trend, None);
    assert!(
        found
            .finding
            .starts_with("Slow answers are wrong about as often as fast ones"),
        "{}",
        found.finding
    );
}

#[test]
fn few_wrong_answers_say_nothing_about_slow_ones() {
    let mut csv = "label,prediction,latency_ms\n".to_owned();
    for row in 0..100 {
        writeln!(csv, "1,{},{row}", u8::from(row < 97)).unwrap();
    }
    let profile = examined(&csv, &Choices::default());
    let look = profile.latency_look().unwrap();
    let words = SlowWords::of(&profile, look.slow_against_wrong.as_ref().unwrap()).unwrap();
    assert_eq!(
        words.finding,
        "Whether slow answers are wrong more often cannot be told: 3 of 100 are wrong, and it takes 10 that are and 10 that are not"
    );
}

#[test]
fn graded_answers_are_wrong_where_they_are_not_accepted() {
    let csv = "human_grade,judge_grade,latency_ms\n1,5,10\n5,1,20\n,2,30\n,5,40\n";
    let choices = Choices {
        pass_mark: Some("4".to_owned()),
        ..Choices::default()
    };
    let profile = examined(csv, &choices);
    assert!(profile.graded);
    let look = profile.latency_look().unwrap();
    let parts = &look.slow_against_wrong.as_ref().unwrap().parts;
    let wrong: Vec<u64> = parts.iter().map(|part| part.wrong).collect();
    assert_eq!(wrong, [1, 0, 1, 0]);
}

#[test]
fn failed_calls_count_apart_and_tell_how_long_they_took() {
    let csv = "latency_ms,error\n10,\n20,\n30000,timeout\n,refused\n30,\n";
    let mut choices = Choices::default();
    choices.set_role(Role::Error, ["error"]);
    let profile = examined(csv, &choices);
    let look = profile.latency_look().unwrap();
    let failed = look.failed.as_ref().unwrap();
    assert_eq!(failed.rows, 2);
    assert_eq!(failed.latency.as_ref().unwrap().max, 30_000.0);
    assert_eq!(look.current.stops.rows(), 3);
    let words = LatencyWords::of(&profile).unwrap();
    let remarks = plain(&words.remarks.join(" "));
    assert!(
        remarks.contains("2 calls that failed are in none of these numbers."),
        "{remarks}"
    );
    let words = FailureWords::of(&profile).unwrap();
    assert_eq!(
        plain(&words.finding),
        "40.0 % of the calls failed (2 of 5; 95 % interval 11.8–76.9 %)"
    );
    assert_eq!(
        plain(&words.remark.unwrap()),
        "One says how long it took: 30.0 s. It counts in no other latency"
    );
    let none = FailureWords::of(&examined(
        "latency_ms
1
",
        &Choices::default(),
    ))
    .unwrap_err();
    assert!(
        none.starts_with("No column says which calls failed. "),
        "{none}"
    );
    assert!(
        remarks.contains("An upper bound for p99 takes 368 rows; there are 3."),
        "{remarks}"
    );
}

#[test]
fn costs_are_told_each_by_the_thousand_and_by_the_right_answer() {
    let csv = "label,prediction,cost_usd\n1,1,0.002\n0,0,0.004\n1,0,0.003\n";
    let mut choices = Choices::default();
    choices.set_role(Role::Cost, ["cost_usd"]);
    let profile = examined(csv, &choices);
    let words = CostWords::of(&profile).unwrap();
    let value = |name: &str| {
        let row = words.rows.iter().find(|row| row.name == name).unwrap();
        row.current.clone().unwrap()
    };
    assert!((value("per_prediction") - 0.003).abs() < 1e-15);
    assert!((value("per_thousand") - 3.0).abs() < 1e-12);
    assert!((value("per_correct") - 0.0045).abs() < 1e-15);
    assert_eq!(
        words.finding,
        "A prediction costs 0.00300 on average, in the unit of “cost_usd”, and a right one 0.00450"
    );
    let none = CostWords::of(&examined("latency_ms\n1\n", &Choices::default())).unwrap_err();
    assert!(
        none.starts_with("No column says what a prediction costs. "),
        "{none}"
    );
}

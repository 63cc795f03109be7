//! Which windows are judged, against what, and what one that is not lacks.

use greenlight_readiness::monitoring_words::RuleWords;

use super::*;

#[test]
fn windows_that_are_small_or_cut_off_are_not_judged() {
    // The first day begins at noon, and the third has five rows.
    let csv: String = days(&[50, 95, 40, 95])
        .lines()
        .filter(|line| !line.starts_with("2025-03-03T0"))
        .enumerate()
        .filter(|(at, line)| !line.starts_with("2025-03-05") || at % 20 == 0)
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    let policy = watching(vec![accuracy_of_at_least(0.90)]);
    let report = judge(&profile(&csv, &daily(), &policy), &policy);
    assert_eq!(report.alerts, []);
    let rule = &report.monitoring[0];
    assert_eq!((rule.state, rule.judged), (RuleOutcome::Silent, 2));
    let not_judged = rule.not_judged;
    assert_eq!((not_judged.partial, not_judged.too_few), (1, 1));
    // With no minimum the small one is judged, and may be chance.
    let mut strict = policy;
    strict.monitoring[0].minimum_rows = Some(0);
    let report = judge(&profile(&csv, &daily(), &strict), &strict);
    assert_eq!(report.alerts[0].windows, [2]);
}

#[test]
fn chance_is_told_from_what_is_sure() {
    let words = |right: &[usize]| {
        let policy = watching(vec![accuracy_of_at_least(0.90)]);
        let profile = profile(&days(right), &daily(), &policy);
        let state = Replay::of(&profile, &policy).end().remove(0);
        RuleWords::of(&state, &profile).remarks
    };
    assert!(words(&[95, 88, 94])[0].contains("could be chance"));
    assert!(words(&[95, 60, 94])[0].contains("hardly"));
}

#[test]
fn a_fall_is_held_against_the_first_window_where_there_is_no_reference() {
    let policy = watching(vec![of(Metric::AccuracyGap, Operator::AtMost, 0.05)]);
    let profile = profile(&days(&[95, 94, 89, 96]), &daily(), &policy);
    let report = judge(&profile, &policy);
    let alert = &report.alerts[0];
    assert_eq!((alert.windows.as_slice(), alert.judged), (&[2][..], 3));
    assert!((alert.first.value - 0.06).abs() < 1e-12);
}

#[test]
fn a_rule_with_nothing_to_look_at_says_so() {
    let policy = watching(vec![
        of(Metric::LatencyP95, Operator::AtMost, 1_000.0),
        MonitoringRule::new("dear", Watched::Cost, Operator::AtMost, 1.0),
        MonitoringRule {
            minimum_rows: Some(1_000),
            ..accuracy_of_at_least(0.9)
        },
    ]);
    let report = judge(&profile(&days(&[95, 94]), &daily(), &policy), &policy);
    assert_eq!(report.alerts, []);
    for (rule, expected) in [
        ("latency_p95", "there are no latencies"),
        ("dear", "no column is a cost"),
        ("accuracy", "asked for behind its number, the largest 100"),
    ] {
        let (outcome, reason) = state(&report, rule);
        assert_eq!(outcome, RuleOutcome::NoEvidence);
        assert!(reason.contains(expected), "{rule}: {reason}");
    }
}

#[test]
fn a_day_on_which_nothing_arrives_is_told_by_the_volume() {
    let csv: String = days(&[95, 94, 96, 95])
        .lines()
        .filter(|line| !line.starts_with("2025-03-05"))
        .map(|line| format!("{line}\n"))
        .collect();
    let policy = watching(vec![of(Metric::Rows, Operator::AtLeast, 50.0)]);
    let report = judge(&profile(&csv, &daily(), &policy), &policy);
    let alert = &report.alerts[0];
    assert_eq!((alert.first.window, alert.first.value), (Some(2), 0.0));
    assert_eq!((alert.count, alert.sure), (1, Some(true)));
}

#[test]
fn a_window_says_of_what_it_has_too_few() {
    // Each day has 100 rows, of which five are cases.
    let mut csv = "time,label,prediction\n".to_owned();
    for day in 3..9 {
        for row in 0..100 {
            let label = u8::from(row % 20 == 0);
            let (hour, minute) = (row * 1_439 / 99 / 60, row * 1_439 / 99 % 60);
            csv.push_str(&format!(
                "2025-03-{day:02}T{hour:02}:{minute:02}:00Z,{label},{label}\n"
            ));
        }
    }
    let policy = watching(vec![of(Metric::Recall, Operator::AtLeast, 0.5)]);
    let report = judge(&profile(&csv, &daily(), &policy), &policy);
    let (outcome, reason) = state(&report, "recall");
    assert_eq!(outcome, RuleOutcome::NoEvidence);
    assert!(
        reason.contains("has the 30 positives that are asked for behind its number, the largest 5"),
        "{reason}"
    );
    // Where some windows have enough.
    let more = csv.replace("2025-03-03", "2025-03-02");
    let mut few = MonitoringRule {
        minimum_rows: Some(5),
        ..of(Metric::Recall, Operator::AtLeast, 0.5)
    };
    few.name = "few".to_owned();
    let policy = watching(vec![few]);
    let gone = more.replacen("2025-03-04T00:00:00Z,1,1", "2025-03-04T00:00:00Z,0,0", 1);
    let profile = profile(&gone, &daily(), &policy);
    let state = Replay::of(&profile, &policy).end().remove(0);
    let remarks = RuleWords::of(&state, &profile).remarks;
    assert!(
        remarks
            .iter()
            .any(|said| said.contains("1 with fewer positives than are asked for")),
        "{remarks:?}"
    );
}

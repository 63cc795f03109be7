//! Rules over windows and rows, from files of predictions to alerts that stay raised.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use greenlight_readiness::monitoring::{
    FalseAlarms, MonitoringRule, Place, Replay, RuleOutcome, RuleState, STILL_LOOKING, Watched,
    row_rules,
};
use greenlight_readiness::monitoring_words::{self, RuleWords};
use greenlight_readiness::{
    Choices, Metric, Operator, Policy, Profile, Report, SourceReader, Span, WindowRule, judge,
};

fn profile(csv: &str, choices: &Choices, policy: &Policy) -> Profile {
    let mut reader = SourceReader::new("test.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    profile.watch(&source, choices, &row_rules(policy)).unwrap();
    profile
}

fn watching(rules: Vec<MonitoringRule>) -> Policy {
    Policy {
        monitoring: rules,
        ..Policy::balanced()
    }
}

fn of(metric: Metric, operator: Operator, limit: f64) -> MonitoringRule {
    MonitoringRule::new(metric.name(), Watched::Of(metric), operator, limit)
}

fn accuracy_of_at_least(limit: f64) -> MonitoringRule {
    of(Metric::Accuracy, Operator::AtLeast, limit)
}

fn daily() -> Choices {
    Choices {
        window: WindowRule::Days,
        ..Choices::default()
    }
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

/// A hundred rows a day from 3 March 2025 on, of which so many are right, from midnight to the last minute but a few.
fn days(right: &[usize]) -> String {
    let mut csv = "time,label,prediction\n".to_owned();
    for (day, &right) in right.iter().enumerate() {
        for row in 0..100 {
            let (minute, label) = (row * 14, row % 2);
            let prediction = if row < right { label } else { 1 - label };
            let minute = if row == 99 { 24 * 60 - 1 } else { minute };
            csv.push_str(&format!(
                "2025-03-{:02}T{:02}:{:02}:00Z,{label},{prediction}\n",
                day + 3,
                minute / 60,
                minute % 60,
            ));
        }
    }
    csv
}

fn state(report: &Report, rule: &str) -> (RuleOutcome, String) {
    let mut rules = report.monitoring.iter();
    let found = rules.find(|known| known.rule == rule).unwrap();
    (found.state, plain(&found.reason))
}

#[test]
fn accuracy_that_falls_below_90_percent_raises_an_alert_at_the_fourth_window() {
    let policy = watching(vec![accuracy_of_at_least(0.90)]);
    let profile = profile(&days(&[95, 94, 92, 85, 80]), &daily(), &policy);
    let report = judge(&profile, &policy);
    let [alert] = &report.alerts[..] else {
        panic!("{:?}", report.monitoring);
    };
    assert_eq!((alert.rule.as_str(), alert.limit), ("accuracy", 0.90));
    assert_eq!((alert.first.window, alert.first.value), (Some(3), 0.85));
    assert_eq!((alert.worst.window, alert.worst.value), (Some(4), 0.80));
    assert_eq!((alert.count, alert.judged), (2, 5));
    assert_eq!(alert.windows, [3, 4]);
    let json: serde_json::Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
    let first = &json["alerts"][0]["first"];
    assert_eq!(first["at"], "2025-03-06T00:00:00Z");
    assert_eq!(
        plain(&alert.reason),
        "Raised on 6 Mar 2025: accuracy is 85.0 %, where at least 90 % is asked. \
         2 of 5 windows are beyond it, the worst 7 Mar 2025 with 80.0 %."
    );

    // Step by step, with what was known then.
    let replay = Replay::of(&profile, &policy);
    assert_eq!((replay.steps(), replay.fires_at()), (5, vec![Some(4)]));
    let counts = (0..=5).map(|step| {
        let state = replay.at(step).remove(0);
        let raised = state.standing.ok().and_then(|standing| standing.raised);
        raised.map(|raised| (raised.first.place, raised.count))
    });
    let first = Place::Window(3);
    let expected = [None, None, None, None, Some((first, 1)), Some((first, 2))];
    assert_eq!(counts.collect::<Vec<_>>(), expected);
}

#[test]
fn a_latency_above_100_ms_raises_an_alert_that_the_next_row_does_not_reset() {
    let rule = MonitoringRule::new("slow", Watched::LatencyMs, Operator::AtMost, 100.0);
    let policy = watching(vec![rule]);
    let csv = |rows: usize| {
        let mut csv = "latency_ms\n".to_owned();
        for latency_ms in [90, 110, 95, 105].iter().take(rows) {
            csv.push_str(&format!("{latency_ms}\n"));
        }
        csv
    };
    let alert_after = |rows: usize| {
        let profile = profile(&csv(rows), &Choices::default(), &policy);
        judge(&profile, &policy).alerts.pop()
    };
    assert_eq!(alert_after(1), None);
    let raised = alert_after(2).unwrap();
    assert_eq!((raised.first.value, raised.count), (110.0, 1));
    let still = alert_after(3).unwrap();
    assert_eq!(
        (&still.first, still.count, still.judged),
        (&raised.first, 1, 3)
    );
    let alert = alert_after(4).unwrap();
    assert_eq!(alert.first, raised.first);
    assert_eq!(
        (alert.worst.value, alert.count, alert.judged),
        (110.0, 2, 4)
    );
    let json = serde_json::to_value(&alert).unwrap();
    assert_eq!(json["first"]["at"], 2);
    assert_eq!(
        plain(&alert.reason),
        "Raised by row 2: latency is 110 ms, where at most 100 ms is asked. \
         2 of 4 rows are beyond it, the worst row 2 with 110 ms."
    );
}

#[test]
fn alerts_leave_the_verdict() {
    let csv = days(&[95, 94, 92, 85, 80]);
    let with = watching(vec![accuracy_of_at_least(0.99)]);
    let without = watching(Vec::new());
    let [with, without] =
        [&with, &without].map(|policy| judge(&profile(&csv, &daily(), policy), policy));
    assert_eq!((with.alerts.len(), without.alerts.len()), (1, 0));
    assert_eq!(with.verdict, without.verdict);
    assert_eq!(with.reasons, without.reasons);
}

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
fn the_reference_says_how_often_a_limit_would_have_cried_wolf() {
    let train = days(&[95, 91, 89, 94]).replace("time,label,prediction", "");
    let production = days(&[95, 94, 92, 85, 80, 89]).replace("2025-03", "2025-04");
    let mut csv = "split,time,label,prediction\n".to_owned();
    for (split, rows) in [("train", &train), ("production", &production)] {
        for line in rows.lines().filter(|line| line.starts_with("2025")) {
            csv.push_str(&format!("{split},{line}\n"));
        }
    }
    let policy = watching(vec![
        accuracy_of_at_least(0.90),
        accuracy_of_at_least(0.80),
        of(Metric::AccuracyGap, Operator::AtMost, 0.05),
    ]);
    let profile = profile(&csv, &daily(), &policy);
    let alarms = FalseAlarms::of(&profile, &policy);
    let [strict, lenient, gap] = &alarms[..] else {
        panic!("{alarms:?}");
    };
    let strict = strict.as_ref().unwrap();
    assert_eq!((strict.judged, strict.count, strict.sure), (4, 1, 0));
    assert_eq!(strict.silent_limit, Some(0.89));
    assert_eq!(lenient.as_ref().unwrap().count, 0);
    assert_eq!(gap.as_ref().unwrap().count, 0);
    assert_eq!(
        plain(&monitoring_words::false_alarms(
            &policy.monitoring[0],
            &alarms[0]
        )),
        "Of 4 windows of the reference 1 is beyond the limit: with so few rows each that may be chance. \
         A limit of 89 % would have been silent there, but of the windows that are judged it would have missed 1 of 3 beyond the present limit."
    );
    // Against the reference, whose accuracy is 92.25 %.
    let states: Vec<RuleState> = Replay::of(&profile, &policy).end();
    let gap = states[2]
        .standing
        .as_ref()
        .unwrap()
        .raised
        .as_ref()
        .unwrap();
    assert_eq!(gap.windows, [3, 4]);
    let finding = monitoring_words::finding(&states, &profile);
    assert_eq!(
        plain(&finding),
        "2 of 3 rules have raised an alert, the first on 6 Apr 2025: accuracy is 85.0 %"
    );
}

/// Scores of a reference, and of five days of which the fourth is another: 300 rows each, spread over the day.
fn scored() -> String {
    let mut csv = "split,time,label,score\n".to_owned();
    for day in 0..5_u32 {
        for row in 0..300_u32 {
            let at = row * 7_919 % 1_009;
            let score = f64::from(at) / 1_009.0;
            let moved = if day == 3 { score * score } else { score };
            let label = u32::from(score > 0.5);
            let (hour, minute) = (row * 1_439 / 299 / 60, row * 1_439 / 299 % 60);
            let time =
                |month: u32| format!("2025-{month:02}-{:02}T{hour:02}:{minute:02}:00Z", day + 3);
            csv.push_str(&format!("train,{},{label},{score}\n", time(2)));
            csv.push_str(&format!("production,{},{label},{moved}\n", time(3)));
        }
    }
    csv
}

#[test]
fn drift_is_watched_window_by_window_and_is_what_the_day_alone_would_show() {
    let csv = scored();
    let rule = MonitoringRule::new(
        "score_psi",
        Watched::Of(Metric::ScorePsi),
        Operator::AtMost,
        0.1,
    );
    let policy = watching(vec![rule]);
    let whole = profile(&csv, &daily(), &policy);
    let state = Replay::of(&whole, &policy).end().remove(0);
    let standing = state.standing.unwrap();
    let raised = standing.raised.unwrap();
    assert_eq!((raised.windows.as_slice(), standing.judged), (&[3][..], 5));
    assert_eq!(raised.is_sure, Some(true));
    let alarms = FalseAlarms::of(&whole, &policy).remove(0).unwrap();
    assert_eq!((alarms.judged, alarms.count), (5, 0));

    let alone: String = csv
        .lines()
        .filter(|line| !line.starts_with("production") || line.contains("2025-03-06"))
        .map(|line| format!("{line}\n"))
        .collect();
    let alone = judge(&profile(&alone, &daily(), &policy), &policy);
    let psi = alone.drift.unwrap().score.unwrap().psi.unwrap();
    assert!((raised.first.value - psi).abs() < 1e-12, "{psi}");
}

#[test]
fn a_feature_that_is_not_there_has_no_drift_to_watch() {
    let policy = watching(vec![MonitoringRule {
        feature: Some("age".to_owned()),
        ..MonitoringRule::new("age", Watched::FeaturePsi, Operator::AtMost, 0.2)
    }]);
    let report = judge(&profile(&scored(), &daily(), &policy), &policy);
    let (outcome, reason) = state(&report, "age");
    assert_eq!(outcome, RuleOutcome::NoEvidence);
    assert!(reason.contains("“age” is no feature"), "{reason}");
}

/// Below 90 % on the second day, the sixth and the seventh.
const TWELVE_DAYS: [usize; 12] = [95, 80, 96, 97, 95, 85, 70, 96, 95, 94, 92, 95];

/// From the beginning of the first of these windows to the end of the last.
fn span_of(profile: &Profile, windows: std::ops::Range<usize>) -> Choices {
    Choices {
        span: profile.windows().unwrap().span_of(windows),
        ..daily()
    }
}

#[test]
fn within_a_range_of_time_rules_look_at_its_windows_alone() {
    let csv = days(&TWELVE_DAYS);
    let policy = watching(vec![
        accuracy_of_at_least(0.90),
        of(Metric::AccuracyGap, Operator::AtMost, 0.05),
    ]);
    let whole = profile(&csv, &daily(), &policy);
    let report = judge(&whole, &policy);
    assert_eq!(report.alerts[0].windows, [1, 5, 6]);

    let ranged = profile(&csv, &span_of(&whole, 3..6), &policy);
    // At once, and as the engine looks at the rows.
    for ranged in [&whole.within(3..6).unwrap(), &ranged] {
        let report = judge(ranged, &policy);
        let [accuracy, gap] = &report.alerts[..] else {
            panic!("{:?}", report.monitoring);
        };
        assert_eq!(accuracy.windows, [5]);
        assert_eq!((accuracy.count, accuracy.judged), (1, 3));
        assert_eq!(accuracy.worst.value, 0.85);
        // The first window of the range is what the others are held against.
        assert_eq!((gap.windows.as_slice(), gap.judged), (&[5][..], 2));
        assert!((gap.first.value - 0.12).abs() < 1e-12);
        assert_eq!(report.monitoring[0].not_judged, Default::default());

        let replay = Replay::of(ranged, &policy);
        assert_eq!((replay.steps(), replay.windows()), (3, 3..6));
        assert_eq!(replay.fires_at(), [Some(3), Some(3)]);
        let raised = (0..=3).map(|step| {
            let state = replay.at(step).remove(0);
            RuleOutcome::of(&state)
        });
        use RuleOutcome::{NoEvidence, Raised, Silent};
        let expected = [NoEvidence, Silent, Silent, Raised];
        assert_eq!(raised.collect::<Vec<_>>(), expected);
        let not_yet = replay.at(0).remove(0).standing;
        assert_eq!(not_yet.unwrap_err(), "no window has passed yet");
    }
    let windows = whole.windows().unwrap();
    let range = ranged.settings.range.unwrap();
    assert_eq!(
        plain(&monitoring_words::within(windows, range)),
        "Only 6–8 Mar 2025 is looked at: 3 of 12 days."
    );
}

#[test]
fn a_range_without_a_whole_window_leaves_rules_nothing_to_look_at() {
    let csv = days(&TWELVE_DAYS);
    let policy = watching(vec![accuracy_of_at_least(0.90)]);
    // From noon to noon.
    let noon = 1_741_262_400_000;
    let choices = Choices {
        span: Some(Span::Time {
            from_ms: noon,
            to_ms: noon + 86_400_000,
        }),
        ..daily()
    };
    let report = judge(&profile(&csv, &choices, &policy), &policy);
    let (outcome, reason) = state(&report, "accuracy");
    assert_eq!(outcome, RuleOutcome::NoEvidence);
    assert!(reason.contains("no whole window lies within"), "{reason}");
}

#[test]
fn what_single_rows_and_drift_come_to_within_a_range_is_told_once_it_is_known() {
    let rules = [
        MonitoringRule::new("psi", Watched::Of(Metric::ScorePsi), Operator::AtMost, 0.1),
        MonitoringRule::new("slow", Watched::LatencyMs, Operator::AtMost, 100.0),
    ];
    let policy = watching(rules.to_vec());
    let csv = scored();
    let with_latencies: String = csv
        .lines()
        .enumerate()
        .map(|(at, line)| match at {
            0 => format!("{line},latency_ms\n"),
            at => format!("{line},{}\n", if at % 600 == 0 { 150 } else { 50 }),
        })
        .collect();
    let whole = profile(&with_latencies, &daily(), &policy);
    let slow = |profile: &Profile| Replay::of(profile, &policy).end().remove(1).standing;
    let count = |profile: &Profile| slow(profile).unwrap().raised.unwrap().count;
    let (everywhere, ranged) = (
        count(&whole),
        profile(&with_latencies, &span_of(&whole, 2..5), &policy),
    );
    assert!(count(&ranged) < everywhere, "{everywhere}");
    let at_once = whole.within(2..5).unwrap();
    // Never those of all rows in place of those of the range.
    assert_eq!(slow(&at_once).unwrap_err(), STILL_LOOKING);
    for ranged in [&at_once, &ranged] {
        let psi = Replay::of(ranged, &policy)
            .end()
            .remove(0)
            .standing
            .unwrap();
        assert_eq!((psi.judged, psi.raised.unwrap().windows), (3, vec![3]));
        let drift = ranged.drift().unwrap();
        assert_eq!(drift.current_rows, 900);
    }
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

/// A reference of days with so few rows each, of which some answers are wrong, and days of 500 rows.
fn small_reference(rows: usize, wrong: usize) -> String {
    let mut csv = "split,time,label,prediction\n".to_owned();
    for (split, month, count, wrong) in [("train", 2, rows, wrong), ("production", 3, 500, 10)] {
        for day in 0..6 {
            for row in 0..count {
                let (minute, label) = (row * 1_439 / (count - 1), row % 2);
                let is_wrong = row
                    < if split == "train" && day > 1 {
                        0
                    } else {
                        wrong
                    };
                csv.push_str(&format!(
                    "{split},2025-{month:02}-{:02}T{:02}:{:02}:00Z,{label},{}\n",
                    day + 3,
                    minute / 60,
                    minute % 60,
                    if is_wrong { 1 - label } else { label },
                ));
            }
        }
    }
    csv
}

#[test]
fn false_alarms_on_a_small_reference_are_told_from_those_that_are_sure() {
    let policy = watching(vec![accuracy_of_at_least(0.90)]);
    let said = |csv: &str| {
        let profile = profile(csv, &daily(), &policy);
        let alarms = FalseAlarms::of(&profile, &policy);
        plain(&monitoring_words::false_alarms(
            &policy.monitoring[0],
            &alarms[0],
        ))
    };
    assert_eq!(
        said(&small_reference(40, 5)),
        "Of 6 windows of the reference 2 are beyond the limit: with so few rows each that may be chance. \
         A limit of 87 % would have been silent there. Its windows have about 40 rows behind the number, those that are judged 500: \
         small ones cry wolf more often."
    );
    let sure = said(&small_reference(400, 200));
    assert!(sure.contains("so often it would have cried wolf"), "{sure}");
    assert!(!sure.contains("small ones"), "{sure}");
    let few = said(&small_reference(12, 1));
    assert!(
        few.contains(
            "no whole window has the 30 rows that are asked for behind its number, the largest 12"
        ),
        "{few}"
    );
}

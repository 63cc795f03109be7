//! Alerts are raised, stay, and leave the verdict.

use greenlight_readiness::monitoring::Place;

use super::*;

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

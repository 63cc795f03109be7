//! Rules within a range of time.

use greenlight_readiness::Span;
use greenlight_readiness::monitoring::STILL_LOOKING;

use super::*;

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

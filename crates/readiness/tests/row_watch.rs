//! Rules over single rows: sticky, and the same whatever the order and the parts.

#![allow(clippy::unwrap_used)]

use greenlight_data::Role;
use greenlight_readiness::policy::Operator;
use greenlight_readiness::row_watch::SeenRow;
use greenlight_readiness::{
    Choices, Offender, Profile, RowAlert, RowMetric, RowRule, RowWatch, Source, SourceReader,
};

const fn rule(metric: RowMetric, operator: Operator, limit: f64) -> RowRule {
    RowRule {
        metric,
        operator,
        limit,
    }
}

const WITHIN_100_MS: RowRule = rule(RowMetric::LatencyMs, Operator::AtMost, 100.0);

fn seen(row: u64, at: Option<f64>, latency_ms: f64) -> SeenRow {
    SeenRow {
        file: 0,
        row,
        at,
        count: 1,
        latency_ms: Some(latency_ms),
        cost: None,
    }
}

fn read(csv: &str) -> Source {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

fn alerts(csv: &str, choices: &Choices, rules: &[RowRule]) -> Vec<RowAlert> {
    let source = read(csv);
    let profile = Profile::of(&source, choices).unwrap();
    RowWatch::over(&source, choices, &profile.settings, rules).unwrap()
}

#[test]
fn latencies_of_90_110_95_and_105_ms_break_100_ms_at_the_second_and_stay_so_after_the_third() {
    let mut watch = RowWatch::new(&[WITHIN_100_MS]);
    let mut raised = Vec::new();
    for (row, latency_ms) in [(1, 90.0), (2, 110.0), (3, 95.0), (4, 105.0)] {
        watch.see(&seen(row, None, latency_ms));
        raised.push(watch.alerts()[0].is_raised());
    }
    assert_eq!(raised, [false, true, true, true]);
    let alert = watch.alerts()[0];
    let second = Offender {
        file: 0,
        row: 2,
        at: None,
        value: 110.0,
    };
    assert_eq!((alert.rows, alert.count), (4, 2));
    assert_eq!((alert.first, alert.worst), (Some(second), Some(second)));
}

#[test]
fn the_first_is_the_first_in_time_and_rows_without_a_time_come_last() {
    let csv = "latency_ms,timestamp\n300,\n120,2026-03-02T10:00:00Z\n110,2026-03-01T10:00:00Z\n90,2026-02-01T10:00:00Z\n";
    let alert = alerts(csv, &Choices::default(), &[WITHIN_100_MS])[0];
    let first = alert.first.unwrap();
    assert_eq!((first.row, first.value), (3, 110.0));
    let at = first.at.unwrap();
    assert!(alert.is_raised_at(at) && !alert.is_raised_at(at - 1.0));
    let worst = alert.worst.unwrap();
    assert_eq!((worst.row, worst.value, worst.at), (1, 300.0, None));
    assert_eq!((alert.rows, alert.count), (4, 3));
}

#[test]
fn rules_want_low_or_high_numbers_of_any_unit_and_a_row_without_the_number_breaks_none() {
    let csv = "latency_s,cost\n0.2,4\n,1\n0.05,3\n0.01,\n";
    let rules = [
        WITHIN_100_MS,
        rule(RowMetric::LatencyMs, Operator::AtLeast, 40.0),
        rule(RowMetric::Cost, Operator::Below, 3.0),
        rule(RowMetric::Cost, Operator::Above, 0.0),
    ];
    let found = alerts(csv, &Choices::default(), &rules);
    let summary = found.iter().map(|alert| {
        let of = |offender: Option<Offender>| offender.map(|row| (row.row, row.value));
        (alert.rows, alert.count, of(alert.first), of(alert.worst))
    });
    let summary: Vec<_> = summary.collect();
    assert_eq!(
        summary,
        [
            (3, 1, Some((1, 200.0)), Some((1, 200.0))),
            (3, 1, Some((4, 10.0)), Some((4, 10.0))),
            (3, 2, Some((1, 4.0)), Some((1, 4.0))),
            (3, 0, None, None),
        ]
    );
}

#[test]
fn only_rows_that_are_judged_are_watched_and_failed_calls_have_no_latency() {
    let csv = "latency_ms,split,error,label,prediction\n500,train,,1,1\n90,production,,0,0\n900,production,timeout,1,1\n\
               200,production,,1,0\n300,production,,,1\n";
    let mut choices = Choices::default();
    choices.set_role(Role::Error, ["error"]);
    let alert = alerts(csv, &choices, &[WITHIN_100_MS])[0];
    assert_eq!((alert.rows, alert.count), (2, 1));
    assert_eq!(alert.first.map(|first| first.row), Some(4));
}

#[test]
fn a_row_counts_as_often_as_it_stands_for_an_observation() {
    let csv = "latency_ms,count\n200,3\n90,5\n400,0\n110,1\n";
    let alert = alerts(csv, &Choices::default(), &[WITHIN_100_MS])[0];
    assert_eq!((alert.rows, alert.count), (9, 4));
    assert_eq!(alert.worst.map(|worst| worst.value), Some(200.0));
}

#[test]
fn any_order_and_any_parts_find_the_same() {
    let rules = [
        WITHIN_100_MS,
        rule(RowMetric::LatencyMs, Operator::AtLeast, 20.0),
    ];
    // Few values and few times, so that there are ties of both.
    let rows: Vec<SeenRow> = (1..=200_u64)
        .map(|row| {
            let drawn = row.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
            let at = (drawn % 7 > 0).then_some((drawn % 7) as f64);
            seen(row, at, (drawn % 13 * 10) as f64)
        })
        .collect();
    let of = |rows: &mut dyn Iterator<Item = &SeenRow>| {
        let mut watch = RowWatch::new(&rules);
        rows.for_each(|row| watch.see(row));
        watch
    };
    let whole = of(&mut rows.iter());
    assert!(whole.alerts().iter().all(RowAlert::is_raised));
    assert_eq!(of(&mut rows.iter().rev()), whole);
    for cut in [0, 1, 77, 200] {
        let (left, right) = rows.split_at(cut);
        let (left, right) = (of(&mut left.iter()), of(&mut right.iter()));
        let (mut one, mut other) = (left.clone(), right.clone());
        one.merge(&right);
        other.merge(&left);
        assert_eq!((&one, &other), (&whole, &whole));
    }
}

#[test]
fn offenders_of_several_files_are_named_by_their_own_file_and_row() {
    let file = |name: &str, csv: &str| {
        let mut reader = SourceReader::new(name);
        reader.feed(csv.as_bytes()).unwrap();
        reader.finish().unwrap()
    };
    let files = vec![
        file("monday.csv", "latency_ms,model\n10,a\n20,a\n"),
        file("tuesday.csv", "latency_ms,model\n30,a\n500,a\n"),
    ];
    let source = Source::of(files).unwrap();
    let mut choices = Choices::default();
    choices.judge_all_rows();
    let profile = Profile::of(&source, &choices).unwrap();
    let alerts = RowWatch::over(&source, &choices, &profile.settings, &[WITHIN_100_MS]).unwrap();
    let first = alerts[0].first.unwrap();
    assert_eq!(profile.sources[first.file].name, "tuesday.csv");
    assert_eq!((first.row, first.value), (2, 500.0));
}

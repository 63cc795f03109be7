//! Trends along ordered groups against statsmodels, and the rows that an upper end takes against scipy.

#![allow(clippy::unwrap_used)]

mod reference;

use greenlight_metrics::latency::rows_for_upper_end;
use greenlight_metrics::{Latencies, ShareTrend};
use reference::{assert_near, counts, list, read};

#[test]
fn trends_are_statsmodels() {
    for case in list(&read("latency.json")["trend"]) {
        let groups = list(&case["groups"]).iter().map(|group| {
            let group = counts(group);
            (group[0], group[1])
        });
        let groups: Vec<(u64, u64)> = groups.collect();
        let trend = ShareTrend::of(&groups).unwrap();
        let what = format!("{groups:?}");
        assert_near(trend.z, case["z"].as_f64().unwrap(), &what);
        assert_near(trend.p_value, case["p_value"].as_f64().unwrap(), &what);
    }
}

#[test]
fn a_trend_turns_its_sign_with_the_order_of_the_groups_and_with_yes_and_no() {
    let groups = [(3, 40), (9, 31), (2, 60), (15, 22)];
    let trend = ShareTrend::of(&groups).unwrap();
    let turned: Vec<(u64, u64)> = groups.iter().rev().copied().collect();
    let swapped = groups.map(|(yes, no)| (no, yes));
    for other in [
        ShareTrend::of(&turned).unwrap(),
        ShareTrend::of(&swapped).unwrap(),
    ] {
        assert_near(other.z, -trend.z, "z");
        assert_near(other.p_value, trend.p_value, "p");
    }
}

#[test]
fn an_upper_end_takes_as_many_rows_as_scipy_says_and_no_fewer() {
    for case in list(&read("latency.json")["rows_for_upper_end"]) {
        let (percent, rows) = (case[0].as_f64().unwrap(), case[1].as_u64().unwrap());
        assert_eq!(rows_for_upper_end(percent), Ok(rows), "p{percent}");
        for (rows, has_end) in [(rows - 1, false), (rows, true)] {
            let latencies = Latencies::from_rows((0..rows).map(|row| row as f64)).unwrap();
            let interval = latencies.percentile_interval(percent).unwrap();
            assert_eq!(interval.high.is_some(), has_end, "p{percent} of {rows}");
        }
    }
}

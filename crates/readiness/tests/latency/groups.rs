//! The reference, segments and windows beside the others.

use greenlight_readiness::latency_words::{GroupStanding, GroupsWords};
use greenlight_readiness::{Certainty, Span, Window, WindowRule, Windows};

use super::*;

#[test]
fn the_reference_is_slower_or_faster_only_beyond_chance() {
    let csv = |slower: f64| {
        let mut csv = "latency_ms,split\n".to_owned();
        for row in 0..600 {
            let latency = 50.0 + 20.0 * unit(row);
            writeln!(csv, "{latency},train").unwrap();
            writeln!(csv, "{},test", 50.0 + slower + 20.0 * unit(row + 7_000)).unwrap();
        }
        csv
    };
    let remark = |slower: f64| {
        let profile = examined(&csv(slower), &Choices::default());
        let words = LatencyWords::of(&profile).unwrap();
        assert!(words.rows.iter().all(|row| row.reference.is_some()));
        assert!(profile.latency_look().unwrap().reference.is_some());
        words.remarks.join(" ")
    };
    assert!(remark(0.0).contains("the difference is within chance"));
    assert!(remark(9.0).contains("it has become slower"));
    assert!(remark(-9.0).contains("it has become faster"));
}

#[test]
fn a_group_that_breaks_the_budget_more_often_is_named() {
    let mut csv = "latency_ms,region\n".to_owned();
    for row in 0..900 {
        let region = ["north", "south", "east"][row as usize % 3];
        let slower = if region == "south" { 30.0 } else { 0.0 };
        writeln!(csv, "{},{region}", 20.0 + slower + 40.0 * unit(row)).unwrap();
    }
    writeln!(csv, "500,west").unwrap();
    let mut choices = budget(60.0);
    choices.set_role(Role::Segment, ["region"]);
    let profile = examined(&csv, &choices);
    let segments = &profile.examination.as_ref().unwrap().segments;
    let words = GroupsWords::of(&profile, segments.columns[0].values()).unwrap();
    let standing = |name: &str| {
        let row = words.rows.iter().find(|row| row.name == name).unwrap();
        row.standing
    };
    assert_eq!(words.rows[0].name, "south");
    assert_eq!(standing("south"), GroupStanding::Over);
    assert_eq!(standing("north"), GroupStanding::NotOver);
    assert_eq!(standing("west"), GroupStanding::TooFew);
    assert_eq!(words.rows[3].name, "west");
    assert!(
        plain(&words.finding).contains("Slowest is “south”: "),
        "{}",
        words.finding
    );
    assert!(
        words.finding.contains("is over the budget of"),
        "{}",
        words.finding
    );
}

#[test]
fn windows_stand_in_order_and_one_that_is_not_whole_is_not_compared() {
    let mut csv = "latency_ms,day\n".to_owned();
    for row in 0..400_u64 {
        let (day, slower) = match row / 100 {
            2 => ("c", 40.0),
            3 => ("d", 90.0),
            early => (["a", "b"][early as usize], 0.0),
        };
        writeln!(csv, "{},{day}", 20.0 + slower + 20.0 * unit(row)).unwrap();
    }
    let mut choices = budget(50.0);
    choices.set_role(Role::Segment, ["day"]);
    let profile = examined(&csv, &choices);
    let segments = &profile.examination.as_ref().unwrap().segments.columns[0].segments;
    const DAY: i64 = 86_400_000;
    let window = |index: usize| {
        let day = &segments
            .iter()
            .find(|day| day.value == ["a", "b", "c", "d"][index])
            .unwrap();
        let from_ms = 1_740_960_000_000 + index as i64 * DAY;
        Window {
            span: Span::Time {
                from_ms,
                to_ms: from_ms + DAY,
            },
            times: None,
            partial: index == 3,
            statistics: day.statistics.clone(),
            unlabelled: 0,
        }
    };
    let windows = Windows {
        rule: WindowRule::Days,
        time_zone_minutes: 0,
        windows: (0..4).map(window).collect(),
        reference: Vec::new(),
        has_time: true,
        without_time: 0,
        certainty: Certainty::Exact,
        notes: Vec::new(),
    };
    let words = GroupsWords::of_windows(&profile, &windows).unwrap();
    let names: Vec<String> = words.rows.iter().map(|row| plain(&row.name)).collect();
    assert_eq!(
        names,
        ["3 Mar 2025", "4 Mar 2025", "5 Mar 2025", "6 Mar 2025"]
    );
    let standings: Vec<GroupStanding> = words.rows.iter().map(|row| row.standing).collect();
    use GroupStanding::{NotOver, Over, Partial};
    assert_eq!(standings, [NotOver, NotOver, Over, Partial]);
    let finding = plain(&words.finding);
    assert!(finding.starts_with("Slowest is 5 Mar 2025: "), "{finding}");
    assert!(
        finding.contains("; 5 Mar 2025 is over the budget of 50.0 ms clearly more often: 100 %"),
        "{finding}"
    );

    // Of a range of time its own windows are told, and no slower one before or after.
    let mut within = profile.clone();
    within.settings.range = Some(windows.windows[0].span.to_end_of(windows.windows[1].span));
    let words = GroupsWords::of_windows(&within, &windows).unwrap();
    let standings: Vec<GroupStanding> = words.rows.iter().map(|row| row.standing).collect();
    use GroupStanding::Outside;
    assert_eq!(standings, [NotOver, NotOver, Outside, Outside]);
    assert!(
        !plain(&words.finding).contains("5 Mar"),
        "{}",
        words.finding
    );
}

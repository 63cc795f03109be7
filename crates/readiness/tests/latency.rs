//! The second look at latency, and what is said of it.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use greenlight_data::Role;
use greenlight_metrics::{RowsOver, wilson};
use greenlight_readiness::examination::{LatencyLook, SpeedPart};
use greenlight_readiness::latency_words::{
    CostWords, FailureWords, GroupStanding, GroupsWords, LatencyWords, OverBudget, SlowWords,
};
use greenlight_readiness::{
    Absent, Certainty, Choices, Policy, Profile, Source, SourceReader, Span, Window, WindowRule,
    Windows, judge,
};

fn read(csv: &str) -> Source {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

fn examined(csv: &str, choices: &Choices) -> Profile {
    let source = read(csv);
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    profile
}

fn look(csv: &str, choices: &Choices) -> LatencyLook {
    examined(csv, choices).latency_look().unwrap().clone()
}

fn budget(ms: f64) -> Choices {
    Choices {
        latency_budget_ms: Some(ms),
        ..Choices::default()
    }
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

/// Numbers that look as if drawn, the same every time.
fn unit(row: u64) -> f64 {
    let mixed = (row + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed >> 44) as f64 / (1_u64 << 20) as f64
}

const HEADER: &str = "label,prediction,latency_ms,split,error,count,region\n";

/// Lines with everything: slow answers are wrong more often, some calls fail.
fn lines(rows: u64) -> Vec<(String, u64)> {
    let line = |row| {
        let latency = (10.0 + 90.0 * unit(row).powi(3)).round();
        let label = u8::from(unit(row + 10_000) < 0.4);
        let is_wrong = unit(row + 20_000) < 0.05 + latency / 300.0;
        let prediction = label ^ u8::from(is_wrong);
        let split = if row % 4 == 0 { "train" } else { "test" };
        let error = if unit(row + 30_000) < 0.05 {
            "timeout"
        } else {
            ""
        };
        let latency = match (error, unit(row + 40_000)) {
            ("timeout", _) => "30000".to_owned(),
            (_, blank) if blank < 0.05 => String::new(),
            _ => latency.to_string(),
        };
        let region = ["north", "south"][usize::from(latency.len() > 2 && error.is_empty())];
        let line = format!("{label},{prediction},{latency},{split},{error},COUNT,{region}");
        (line, (unit(row + 50_000) * 4.0) as u64)
    };
    (0..rows).map(line).collect()
}

fn counted(lines: &[(String, u64)]) -> String {
    let mut csv = HEADER.to_owned();
    for (line, count) in lines {
        writeln!(csv, "{}", line.replace("COUNT", &count.to_string())).unwrap();
    }
    csv
}

fn expanded(lines: &[(String, u64)]) -> String {
    let mut csv = HEADER.to_owned();
    for (line, count) in lines {
        for _ in 0..*count {
            writeln!(csv, "{}", line.replace("COUNT", "1")).unwrap();
        }
    }
    csv
}

fn everything() -> Choices {
    let mut choices = Choices::default();
    choices.set_role(Role::Error, ["error"]);
    choices.set_role(Role::Count, ["count"]);
    choices.set_role(Role::Segment, ["region"]);
    choices
}

#[test]
fn a_file_of_latencies_alone_is_looked_at_and_spoken_of() {
    let mut csv = "latency_ms\n".to_owned();
    for row in 0..400 {
        writeln!(csv, "{}", 20.0 + (unit(row) * 200.0).round() / 10.0).unwrap();
    }
    let profile = examined(&csv, &budget(39.0));
    let look = profile.latency_look().unwrap();
    let rows: u64 = look.current.histogram.bins().map(|bin| bin.count).sum();
    assert_eq!(rows, 400);
    assert_eq!(look.reference, None);
    assert_eq!(look.failed, Err(Absent::NoErrorColumn));
    assert!(look.slow_against_wrong.as_ref().unwrap().parts.is_empty());
    let words = LatencyWords::of(&profile).unwrap();
    let finding = plain(&words.finding);
    assert!(
        finding.starts_with("95 of 100 answers come within 39."),
        "{finding}"
    );
    assert!(
        finding.ends_with("% take longer than the budget of 39.0 ms"),
        "{finding}"
    );
    assert_eq!(words.unit, "“latency_ms” is read in milliseconds");
    // There is a verdict, which says what is lacking.
    let report = judge(&profile, &Policy::balanced());
    assert_eq!(
        report.verdict,
        greenlight_readiness::Verdict::NotEnoughEvidence
    );
}

#[test]
fn without_a_latency_the_words_say_what_to_add() {
    let profile = examined("label,prediction\n1,1\n0,0\n", &Choices::default());
    assert_eq!(profile.latency_look(), None);
    let none = LatencyWords::of(&profile).unwrap_err();
    assert_eq!(
        none.finding,
        "How long answers take is not known: no column holds a latency"
    );
    assert!(none.advice.contains("latency_ms"));
}

#[test]
fn rows_with_counts_are_looked_at_as_if_they_were_written_out() {
    let lines = lines(600);
    let look_counted = look(&counted(&lines), &everything());
    let look_expanded = look(&expanded(&lines), &everything());
    assert_eq!(look_counted, look_expanded);
    assert!(look_counted.slow_against_wrong.unwrap().parts.len() > 5);
}

#[test]
fn the_order_of_the_rows_changes_nothing() {
    let mut lines = lines(500);
    let forwards = look(&counted(&lines), &everything());
    lines.reverse();
    assert_eq!(look(&counted(&lines), &everything()), forwards);
}

#[test]
fn each_part_counts_its_own_rows_and_equal_latencies_are_never_parted() {
    // Half of the answers take 10 ms: they are one part.
    let mut csv = "label,prediction,latency_ms\n".to_owned();
    for row in 0..200 {
        let latency = if row < 100 { 10 } else { row };
        writeln!(csv, "1,{},{latency}", u8::from(row % 4 != 0)).unwrap();
    }
    let parts = look(&csv, &Choices::default())
        .slow_against_wrong
        .unwrap()
        .parts;
    let first = SpeedPart {
        low: 10.0,
        high: 10.0,
        rows: 100,
        wrong: 25,
    };
    assert_eq!(parts[0], first);
    assert!(parts.windows(2).all(|pair| pair[0].high < pair[1].low));
    for part in &parts[1..] {
        let wrong = (part.low as u64..=part.high as u64).filter(|row| row % 4 == 0);
        assert_eq!(part.wrong, wrong.count() as u64);
        assert_eq!(part.rows, part.high as u64 - part.low as u64 + 1);
    }
}

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
fn any_budget_is_answered_at_once_and_as_the_engine_counts() {
    let profile = examined(&counted(&lines(900)), &everything());
    let look = profile.latency_look().unwrap();
    for budget_ms in [0.0, 10.0, 11.5, 20.0, 40.0, 99.0, 100.0] {
        let mut choices = everything();
        choices.latency_budget_ms = Some(budget_ms);
        let counted = examined(&counted(&lines(900)), &choices);
        let latency = counted.current().latency.as_ref().unwrap();
        let exact = OverBudget::in_force(latency, &counted);
        let at_once = OverBudget::at(&look.current, &profile, budget_ms).unwrap();
        let RowsOver { least, most } = at_once.over;
        assert!((least..=most).contains(&exact.over.least), "{budget_ms}");
        assert!((most - least) as f64 <= 0.01 * least as f64);
        if at_once.over.is_exact() {
            assert_eq!(at_once.sentence(), exact.sentence());
        }
    }
}

#[test]
fn the_share_over_the_budget_has_wilsons_interval() {
    let profile = examined("latency_ms\n90\n110\n95\n105\n", &budget(100.0));
    let latency = profile.current().latency.as_ref().unwrap();
    let over = OverBudget::in_force(latency, &profile);
    assert_eq!(over.interval(), wilson(2, 4).ok());
    assert_eq!(
        plain(&over.sentence()),
        "50.0 % of the answers take longer than 100 ms (2 of 4)"
    );
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

#[test]
fn the_report_holds_the_parts_and_says_why_where_there_are_none() {
    let profile = examined(&counted(&lines(900)), &everything());
    let report = judge(&profile, &Policy::balanced());
    let latency = report.latency.unwrap();
    let slow = latency.slow_against_wrong.unwrap();
    let look = profile.latency_look().unwrap();
    let found = look.slow_against_wrong.as_ref().unwrap();
    assert_eq!(slow.p_value, found.trend().ok().map(|trend| trend.p_value));
    assert_eq!(slow.parts.len(), found.parts.len());
    assert_eq!(
        slow.parts[0].interval,
        wilson(found.parts[0].wrong, found.parts[0].rows).ok()
    );
    let failed = latency.failed.unwrap();
    assert_eq!(failed.latency.unwrap().p50, 30_000.0);

    let report = judge(
        &examined("latency_ms\n10\n20\n", &Choices::default()),
        &Policy::balanced(),
    );
    let latency = report.latency.unwrap();
    assert_eq!((latency.slow_against_wrong, latency.failed), (None, None));
    assert_eq!(
        report.notes["/latency/slow_against_wrong"],
        "no column holds the true class"
    );
    assert_eq!(
        report.notes["/latency/failed"],
        "no column says which calls failed"
    );
    let report = judge(
        &examined("label,prediction\n1,1\n", &Choices::default()),
        &Policy::balanced(),
    );
    assert_eq!(report.latency, None);
    assert_eq!(report.notes["/latency"], "no column holds a latency");
}

//! The parts from fast to slow, and what is said where there are none.

use greenlight_readiness::examination::SpeedPart;
use greenlight_readiness::{Absent, Policy, judge};

use super::*;

fn expanded(lines: &[(String, u64)]) -> String {
    let mut csv = HEADER.to_owned();
    for (line, count) in lines {
        for _ in 0..*count {
            writeln!(csv, "{}", line.replace("COUNT", "1")).unwrap();
        }
    }
    csv
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

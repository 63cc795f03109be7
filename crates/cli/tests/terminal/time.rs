//! Windows of time and ranges of it, as arguments.

use std::fmt::Write;
use std::path::PathBuf;

use crate::{check, document, err, file};

/// Four answers an hour from Monday, 3 March 2025, on, for so many days; those of the second day are wrong.
fn days(name: &str, days: u32) -> PathBuf {
    let mut csv = "timestamp,label,prediction\n".to_owned();
    for row in 0..days * 96 {
        let (day, hour, minute) = (3 + row / 96, row / 4 % 24, row % 4 * 15);
        let label = row % 2;
        let prediction = if day == 4 { 1 - label } else { label };
        writeln!(
            csv,
            "2025-03-{day:02}T{hour:02}:{minute:02}:00,{label},{prediction}"
        )
        .unwrap();
    }
    file(name, csv.as_bytes())
}

const JSON: [&str; 2] = ["--format", "json"];

#[test]
fn windows_are_as_long_as_was_asked() {
    let path = days("asked.csv", 10);
    for (window, name, count) in [
        ("auto", "1d", 10),
        ("day", "1d", 10),
        ("week", "1w", 2),
        ("month", "1mo", 1),
        ("hour", "1h", 240),
        ("parts:12", "12 equal parts", 12),
    ] {
        let report = document(&check(&path, &[&JSON[..], &["--window", window]].concat()));
        assert_eq!(report["settings"]["window"], name);
        assert_eq!(
            report["windows"].as_array().unwrap().len(),
            count,
            "{window}"
        );
    }
    let report = document(&check(&path, &[&JSON[..], &["--window", "week"]].concat()));
    let week = &report["windows"][0];
    assert_eq!(
        (&week["start"], &week["end"]),
        (
            &"2025-03-03T00:00:00Z".into(),
            &"2025-03-10T00:00:00Z".into()
        )
    );
    assert_eq!(
        (&week["partial"], &report["windows"][1]["partial"]),
        (&false.into(), &true.into())
    );
}

#[test]
fn a_clock_ahead_of_utc_begins_windows_earlier() {
    let path = days("clock.csv", 10);
    let arguments = ["--window", "day", "--time-zone", "-05:30"];
    let report = document(&check(&path, &[&JSON[..], &arguments].concat()));
    assert_eq!(report["settings"]["time_zone"], "UTC-05:30");
    // Times without an offset are those of the clock.
    assert_eq!(report["windows"][0]["start"], "2025-03-03T00:00:00-05:30");
    assert_eq!(report["windows"].as_array().unwrap().len(), 10);
    let refused = check(&path, &["--time-zone", "Europe/Berlin"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("UTC or an offset from it, such as +02:00, is needed"));
}

#[test]
fn a_range_of_time_is_judged_alone() {
    let path = days("range.csv", 10);
    let all = document(&check(&path, &JSON));
    let range = ["--from", "2025-03-04", "--to", "2025-03-05T12:00"];
    let report = document(&check(&path, &[&JSON[..], &range].concat()));
    let range = &report["settings"]["range"];
    assert_eq!(
        (&range["from"], &range["to"]),
        (
            &"2025-03-04T00:00:00Z".into(),
            &"2025-03-05T12:00:00Z".into()
        )
    );
    assert_eq!(report["overall"]["rows"], 144);
    assert_eq!(report["overall"]["accuracy"].as_f64(), Some(1.0 / 3.0));
    assert_eq!(report["windows"], all["windows"]);
    let open = document(&check(
        &path,
        &[&JSON[..], &["--from", "2025-03-12"]].concat(),
    ));
    assert_eq!(
        (&open["overall"]["rows"], &open["settings"]["range"]["to"]),
        (&96.into(), &().into())
    );
}

#[test]
fn the_reference_may_end_at_a_time_or_a_row() {
    let path = days("until.csv", 10);
    for until in ["2025-03-06", "288"] {
        let report = document(&check(
            &path,
            &[&JSON[..], &["--reference-until", until]].concat(),
        ));
        assert_eq!(report["splits"]["reference"]["rows"], 288, "{until}");
        assert_eq!(report["settings"]["current"], "current");
        assert_eq!(report["windows"].as_array().unwrap().len(), 7);
    }
}

#[test]
fn what_cannot_be_honoured_says_so() {
    let path = days("refused.csv", 2);
    let untimed = file("untimed.csv", b"label,prediction\n1,1\n0,0\n");
    for (path, arguments, problem) in [
        (
            &path,
            &["--window", "fortnight"][..],
            "“fortnight” is no length of a window",
        ),
        (
            &path,
            &["--window", "parts:0"],
            "“parts:0” is no length of a window",
        ),
        (
            &path,
            &["--window", "parts:2000"],
            "2000 equal parts would make 2000 windows, and at most 1000 are looked at",
        ),
        (&path, &["--from", "yesterday"], "a time such as 2025-03-03"),
        (
            &path,
            &["--from", "2025-03-05", "--to", "2025-03-04"],
            "ends before it begins",
        ),
        (
            &path,
            &["--from", "2025-03-05", "--to", "7"],
            "must both be times, or both numbers of rows",
        ),
        (
            &path,
            &["--from", "2030-01-01"],
            "none lies within the range",
        ),
        (
            &untimed,
            &["--window", "day"],
            "no column holds points in time",
        ),
        (
            &untimed,
            &["--reference-until", "2025-03-05"],
            "no column holds points in time",
        ),
    ] {
        let output = check(path, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            err(&output).contains(problem),
            "{arguments:?}: {}",
            err(&output)
        );
    }
}

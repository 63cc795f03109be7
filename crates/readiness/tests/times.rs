//! What is said of times that cannot be read, or lie far from all others.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use std::fmt::Write;

use greenlight_data::{Role, iso_time};
use greenlight_readiness::{Choices, Policy, Profile, SourceReader, WindowRule, judge};

const DAY_MS: i64 = 86_400_000;
/// The first of January 2024.
const BEGIN_MS: i64 = 1_704_067_200_000;

fn examined(csv: &str, choices: &Choices) -> Profile {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    profile
}

/// A right answer at each of these times, as they are written.
fn written(times: impl IntoIterator<Item = String>) -> String {
    let mut csv = "when,label,prediction\n".to_owned();
    for (row, time) in times.into_iter().enumerate() {
        writeln!(csv, "{time},{0},{0}", row % 2).unwrap();
    }
    csv
}

/// So many times evenly over so many days from 2024 on, and others in these places.
fn times(rows: i64, days: i64, others: &[(usize, &str)]) -> String {
    let time = |row| iso_time(BEGIN_MS + row * days * DAY_MS / rows);
    let mut times: Vec<String> = (0..rows).map(time).collect();
    for &(row, time) in others {
        times[row] = time.to_owned();
    }
    written(times)
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

fn notes(csv: &str, choices: &Choices) -> Vec<String> {
    let profile = examined(csv, choices);
    let notes: Vec<String> = profile.windows().unwrap().notes.clone();
    // Page and terminal say the same.
    let report = judge(&profile, &Policy::balanced());
    for note in &notes {
        assert!(report.sources[0].notes.contains(note), "{note}");
    }
    notes.iter().map(|note| plain(note)).collect()
}

#[test]
fn one_absurd_date_in_a_year_is_named_with_its_row_and_what_it_does_to_the_windows() {
    let year = |others: &[(usize, &str)]| notes(&times(1_000, 365, others), &Choices::default());
    assert_eq!(
        year(&[(499, "1970-01-01")]),
        [
            "1 row holds a time far from all others, which lie between 1 Jan 2024 and 30 Dec 2024 \
             (row 500: 1 Jan 1970). Because of it windows are 10 equal parts and not weeks."
        ]
    );
    let two = year(&[(999, "2205-06-01T12:00:00Z"), (0, "1970-01-01")]);
    assert!(
        two[0].starts_with("2 rows hold times far from all others")
            && two[0]
                .contains("(row 1: 1 Jan 1970; row 1 000: 1 Jun 2205, 12:00). Because of them"),
        "{two:?}"
    );
    // Three are named.
    let far: Vec<(usize, &str)> = (0..5).map(|row| (row * 100, "1970-01-01")).collect();
    let five = year(&far);
    assert!(five[0].contains("row 201: 1 Jan 1970; …)"), "{five:?}");
    // Where many are so far, they are no mistake.
    let far: Vec<(usize, &str)> = (0..300).map(|row| (row, "1970-01-01")).collect();
    assert_eq!(year(&far), [""; 0]);
    assert_eq!(year(&[]), [""; 0]);
}

#[test]
fn a_time_that_makes_giant_windows_is_told_of() {
    let said = notes(&times(240, 12, &[(0, "2023-11-20")]), &Choices::default());
    assert!(
        said[0].contains("row 1: 20 Nov 2023") && said[0].ends_with("and not days."),
        "{said:?}"
    );
    let months = Choices {
        window: WindowRule::Months,
        ..Choices::default()
    };
    let said = notes(&times(240, 200, &[(7, "1970-01-01")]), &months);
    assert!(
        said[0].ends_with("Because of it most months are empty."),
        "{said:?}"
    );
    // Days would be too many, and where they come from is told.
    let csv = times(240, 12, &[(0, "1970-01-01")]);
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let days = Choices {
        window: WindowRule::Days,
        ..Choices::default()
    };
    let refused = Profile::of(&reader.finish_alone().unwrap(), &days).unwrap_err();
    assert!(
        plain(&refused.to_string()).contains("windows between 1 Jan 1970 and 12 Jan 2024"),
        "{refused}"
    );
}

#[test]
fn data_that_grow_or_come_in_bursts_hold_no_absurd_times() {
    // Ever more rows a day for two years; and all rows within an hour of each Monday.
    let growing = |row: i64| {
        let share = (row as f64 / 2_000.0).sqrt();
        iso_time(BEGIN_MS + (share * 730.0) as i64 * DAY_MS)
    };
    let bursts = |row: i64| iso_time(BEGIN_MS + row / 40 * 7 * DAY_MS + row % 40 * 60_000);
    for csv in [
        written((0..2_000).map(growing)),
        written((0..2_000).map(bursts)),
    ] {
        assert_eq!(notes(&csv, &Choices::default()), [""; 0]);
    }
}

#[test]
fn a_column_of_mixed_times_says_how_many_cells_cannot_be_read() {
    let mut choices = Choices::default();
    choices.set_role(Role::Timestamp, ["when"]);
    let mixed = (0..100).map(|row| match row % 4 {
        1 => format!("week {row}"),
        _ => format!("{:02}/02/2024", row % 28 + 1),
    });
    assert_eq!(
        notes(&written(mixed), &choices),
        [
            "“when” is not taken as times, because 25 of 100 cells cannot be read, the first in row 2: “week 1”. \
             The others can be read, 1/5/2024 as the first of May. So the rows are taken in their order in the file, in 10 equal parts."
        ]
    );
    let none = (0..100).map(|row| format!("week {}", row / 10));
    let said = notes(&written(none), &choices);
    assert!(
        said[0].contains("100 of 100 cells cannot be read")
            && said[0].contains("A time is read as 2024-05-01"),
        "{said:?}"
    );
}

#[test]
fn a_few_cells_that_are_no_times_are_counted_and_the_first_is_shown() {
    let csv = times(300, 30, &[(4, "soon"), (40, "later"), (41, "")]);
    assert_eq!(
        notes(&csv, &Choices::default()),
        [
            "2 cells of “when” cannot be read as a time, the first in row 5: “soon”. Such rows are in no window."
        ]
    );
}

#[test]
fn of_one_moment_or_one_row_nothing_is_said_of_time() {
    let same = (0..60).map(|_| "2024-03-03T14:30".to_owned());
    assert_eq!(
        notes(&written(same), &Choices::default()),
        [
            "All 60 rows hold the same time, 3 Mar 2024, 14:30, so nothing can be said of change over time."
        ]
    );
    let one = "There is one row, so nothing can be said of change over time.";
    assert_eq!(notes("label,prediction\n1,1\n", &Choices::default()), [one]);
    assert_eq!(
        notes(&written(["2024-03-03".to_owned()]), &Choices::default()),
        [one]
    );
}

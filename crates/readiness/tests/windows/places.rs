//! Where windows begin and end.

use greenlight_data::iso_time;

use super::*;

#[test]
fn a_day_goes_from_midnight_to_midnight_and_empty_ones_are_there() {
    let csv = at(&[
        "2024-02-28T23:59:59.999",
        "2024-02-29T00:00:00",
        "2024-02-29T12:00:00",
        "2024-03-02T00:00:00",
    ]);
    let (starts, rows) = layout(&windows(&csv, &by(WindowRule::Days)));
    let days = ["02-28", "02-29", "03-01", "03-02", "03-03"];
    assert_eq!(starts, days.map(|day| format!("2024-{day}T00:00:00Z")));
    assert_eq!(rows, [1, 2, 0, 1]);
}

#[test]
fn a_week_begins_on_monday() {
    // Sunday, Monday, Sunday.
    let csv = at(&["2024-03-03T12:00", "2024-03-04T00:00", "2024-03-10T23:59"]);
    let (starts, rows) = layout(&windows(&csv, &by(WindowRule::Weeks)));
    let weeks = ["2024-02-26", "2024-03-04", "2024-03-11"];
    assert_eq!(starts, weeks.map(|day| format!("{day}T00:00:00Z")));
    assert_eq!(rows, [1, 2]);
}

#[test]
fn a_month_is_as_long_as_the_calendar_says() {
    let csv = at(&[
        "2023-12-31T23:00",
        "2024-01-01T00:00",
        "2024-02-29T23:59",
        "2024-03-01T00:00",
    ]);
    let (starts, rows) = layout(&windows(&csv, &by(WindowRule::Months)));
    let months = [
        "2023-12-01",
        "2024-01-01",
        "2024-02-01",
        "2024-03-01",
        "2024-04-01",
    ];
    assert_eq!(starts, months.map(|day| format!("{day}T00:00:00Z")));
    assert_eq!(rows, [1, 1, 1, 1]);
}

#[test]
fn an_hour_begins_when_it_is_full_on_the_clock_that_was_chosen() {
    let csv = at(&["2024-03-03T12:15Z", "2024-03-03T12:45Z"]);
    let india = Choices {
        time_zone_minutes: 330,
        ..by(WindowRule::Hours)
    };
    let (starts, rows) = layout(&windows(&csv, &india));
    assert_eq!(
        starts,
        [
            "2024-03-03T17:00:00+05:30",
            "2024-03-03T18:00:00+05:30",
            "2024-03-03T19:00:00+05:30"
        ]
    );
    assert_eq!(rows, [1, 1]);
}

#[test]
fn times_without_an_offset_are_those_of_the_clock_that_was_chosen() {
    let days = |csv: &str, minutes| {
        let choices = Choices {
            time_zone_minutes: minutes,
            ..by(WindowRule::Days)
        };
        layout(&windows(csv, &choices))
    };
    let local = at(&["2024-03-03T23:30", "2024-03-04T00:30"]);
    let (starts, rows) = days(&local, 120);
    assert_eq!(starts.first().unwrap(), "2024-03-03T00:00:00+02:00");
    assert_eq!(rows, [1, 1]);
    let with_offset = at(&["2024-03-03T21:30Z", "2024-03-03T22:30Z"]);
    assert_eq!(days(&with_offset, 120), (starts, rows));
    assert_eq!(days(&with_offset, 0).1, [2]);
}

#[test]
fn the_finest_unit_that_gives_ten_to_sixty_windows_is_taken() {
    let every = |ms: i64, rows: i64| {
        let times: Vec<String> = (0..rows).map(|row| iso_time(row * ms)).collect();
        at(&times.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let rule = |csv: String| windows(&csv, &Choices::default()).rule;
    const HOUR: i64 = 3_600_000;
    assert_eq!(rule(every(HOUR / 4, 4 * 30)), WindowRule::Hours);
    assert_eq!(rule(every(HOUR, 24 * 30)), WindowRule::Days);
    assert_eq!(rule(every(24 * HOUR, 200)), WindowRule::Weeks);
    assert_eq!(rule(every(24 * HOUR, 800)), WindowRule::Months);
    // Days would be 50 windows, but nine in ten of them empty.
    assert_eq!(rule(every(7 * 24 * HOUR, 8)), WindowRule::Weeks);
    // Too short for ten hours, too long for a thousand months.
    assert_eq!(rule(every(HOUR, 3)), WindowRule::Hours);
    assert_eq!(rule(every(24 * HOUR * 365, 100)), WindowRule::Parts(10));
}

#[test]
fn without_times_there_are_ten_equal_parts_in_the_order_of_the_file() {
    let mut csv = "label,prediction\n".to_owned();
    for row in 0..25 {
        writeln!(csv, "{},{}", row % 2, u8::from(row < 20) * (row % 2) as u8).unwrap();
    }
    let windows = windows(&csv, &Choices::default());
    assert_eq!(
        (windows.rule, windows.has_time),
        (WindowRule::Parts(10), false)
    );
    let rows = windows.windows.iter().map(|window| window.statistics.rows);
    assert_eq!(rows.collect::<Vec<_>>(), [2, 3, 2, 3, 2, 3, 2, 3, 2, 3]);
    assert_eq!(windows.windows[1].span, Span::Rows { from: 2, to: 5 });
    let correct = |window: usize| {
        windows.windows[window]
            .statistics
            .confusion
            .as_ref()
            .unwrap()
            .correct()
    };
    assert_eq!((correct(7), correct(8)), (3, 1));
}

#[test]
fn equal_parts_follow_time_and_ties_go_by_row() {
    let csv = at(&[
        "2024-01-03",
        "2024-01-01",
        "2024-01-02",
        "2024-01-02",
        "2024-01-02",
        "2024-01-01",
    ]);
    let windows = windows(&csv, &by(WindowRule::Parts(3)));
    let times = windows.windows.iter().map(|window| {
        let (first, last) = window.times.unwrap();
        [first, last].map(|ms| iso_time(ms)[8..10].to_owned())
    });
    assert_eq!(
        times.collect::<Vec<_>>(),
        [["01", "01"], ["02", "02"], ["02", "03"]]
    );
    assert!(windows.has_time);
}

#[test]
fn rows_without_a_time_are_counted_and_in_no_window() {
    let csv = at(&["2024-01-03", "", "2024-01-02", ""]);
    let windows = windows(&csv, &by(WindowRule::Days));
    assert_eq!(windows.without_time, 2);
    assert_eq!(layout(&windows).1, [1, 1]);
}

#[test]
fn rows_that_lack_only_their_label_are_counted_beside_the_others() {
    let csv = "timestamp,label,prediction\n2024-01-01,1,1\n2024-01-01,,1\n2024-01-02,0,\n2024-01-02,0,0\n2024-01-03,,0\n";
    let windows = windows(csv, &by(WindowRule::Days));
    let unlabelled = windows.windows.iter().map(|window| window.unlabelled);
    assert_eq!(unlabelled.collect::<Vec<_>>(), [1, 0, 1]);
    assert_eq!(layout(&windows).1, [1, 1, 0]);
}

#[test]
fn a_window_that_the_data_do_not_fill_is_partial() {
    let partial = |times: &[&str]| {
        let windows = windows(&at(times), &by(WindowRule::Days));
        let windows = windows.windows.iter().map(|window| window.partial);
        windows.collect::<Vec<_>>()
    };
    // Dates alone fill their days.
    assert_eq!(
        partial(&["2024-01-01", "2024-01-02", "2024-01-03"]),
        [false; 3]
    );
    // From nine to five each day.
    let hours = [
        "2024-01-01T09:00",
        "2024-01-01T17:00",
        "2024-01-02T09:01",
        "2024-01-02T17:00",
        "2024-01-03T09:00",
        "2024-01-03T17:00",
    ];
    assert_eq!(partial(&hours), [false; 3]);
    assert_eq!(partial(&hours[1..]), [true, false, false]);
    assert_eq!(partial(&hours[..5]), [false, false, true]);
    assert_eq!(partial(&["2024-01-01T09:00", "2024-01-01T17:00"]), [true]);
}

#[test]
fn more_than_a_thousand_windows_are_refused() {
    let source = read(&at(&["1990-01-01", "2024-01-01"]));
    let refused = Profile::of(&source, &by(WindowRule::Days)).unwrap_err();
    assert_eq!(
        refused.to_string().replace('\u{202f}', " "),
        "1d would make 12419 windows between 1 Jan 1990 and 1 Jan 2024, and at most 1000 are looked at: choose longer ones"
    );
    let refused = Profile::of(&source, &by(WindowRule::Parts(1_001))).unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("1001 equal parts would make")
    );
    let untimed = read("label,prediction\n1,1\n0,0\n");
    let refused = Profile::of(&untimed, &by(WindowRule::Days)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "windows cannot be cut by the clock: no column holds points in time"
    );
}

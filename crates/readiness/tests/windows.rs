//! The rows by windows of time, and in equal parts where there is no time.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write;

use greenlight_data::{iso_time, iso_time_at, read_time};
use greenlight_metrics::ThresholdStops;
use greenlight_readiness::{
    Choices, Criterion, CriterionResult, Metric, Moment, Operator, Outcome, Policy, Profile,
    Severity, Source, SourceReader, Span, Statistics, WindowRule, Windows, judge,
};

/// Numbers that look as if drawn, the same every time.
struct Drawn(u64);

impl Drawn {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: u64) -> u64 {
        (self.unit() * n as f64) as u64
    }
}

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

fn windows(csv: &str, choices: &Choices) -> Windows {
    examined(csv, choices).examination.unwrap().windows.unwrap()
}

fn by(window: WindowRule) -> Choices {
    Choices {
        window,
        ..Choices::default()
    }
}

/// A file with a right answer at each of these times.
fn at(times: &[&str]) -> String {
    let mut csv = "timestamp,label,prediction\n".to_owned();
    for (row, time) in times.iter().enumerate() {
        let class = row % 2;
        writeln!(csv, "{time},{class},{class}").unwrap();
    }
    csv
}

/// Where windows begin, where the last one ends, and the rows of each.
fn layout(windows: &Windows) -> (Vec<String>, Vec<u64>) {
    let iso = |ms| iso_time_at(ms, windows.time_zone_minutes);
    let mut starts = Vec::new();
    let mut end = String::new();
    for window in &windows.windows {
        let Span::Time { from_ms, to_ms } = window.span else {
            panic!("{:?}", window.span);
        };
        assert!(end.is_empty() || end == iso(from_ms), "no gaps");
        starts.push(iso(from_ms));
        end = iso(to_ms);
    }
    starts.push(end);
    let rows = windows.windows.iter().map(|window| window.statistics.rows);
    (starts, rows.collect())
}

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

const HEADER: &str = "timestamp,label,score,split,latency_ms,cost,error,count\n";

/// Lines with everything, and how often each is there.
fn lines(rows: usize) -> Vec<(String, u64)> {
    let mut drawn = Drawn(rows as u64);
    let line = |_| {
        let score = (drawn.unit() * 500.0).round() / 500.0;
        let label = match drawn.below(20) {
            0 => String::new(),
            _ => u8::from(drawn.unit() < score).to_string(),
        };
        let time = match drawn.below(30) {
            0 => String::new(),
            _ => iso_time(1_700_000_000_000 + drawn.below(12 * 86_400) as i64 * 1_000),
        };
        let split = if drawn.unit() < 0.4 { "train" } else { "test" };
        let error = if drawn.unit() < 0.03 { "timeout" } else { "" };
        let (latency, cost) = (drawn.below(900), drawn.below(8));
        (
            format!("{time},{label},{score},{split},{latency},{cost},{error}"),
            1 + drawn.below(3),
        )
    };
    (0..rows).map(line).collect()
}

fn counted(lines: &[(String, u64)]) -> String {
    let mut csv = HEADER.to_owned();
    for (line, count) in lines {
        writeln!(csv, "{line},{count}").unwrap();
    }
    csv
}

fn expanded(lines: &[(String, u64)]) -> String {
    let mut csv = HEADER.to_owned();
    for (line, count) in lines {
        for _ in 0..*count {
            writeln!(csv, "{line},1").unwrap();
        }
    }
    csv
}

#[test]
fn the_order_of_rows_has_no_meaning_where_they_have_times() {
    let mut lines = lines(600);
    let choices = by(WindowRule::Days);
    let unsorted = windows(&counted(&lines), &choices);
    lines.sort();
    assert_eq!(windows(&counted(&lines), &choices), unsorted);
    lines.reverse();
    assert_eq!(windows(&counted(&lines), &choices), unsorted);
}

#[test]
fn counted_rows_are_as_many_in_every_window() {
    let lines = lines(300);
    for rule in [WindowRule::Auto, WindowRule::Hours, WindowRule::Parts(7)] {
        let choices = by(rule);
        assert_eq!(
            windows(&counted(&lines), &choices),
            windows(&expanded(&lines), &choices),
            "{rule:?}"
        );
    }
    let untimed = lines.iter().map(|(line, count)| {
        let (_, line) = line.split_once(',').unwrap();
        (format!(",{line}"), *count)
    });
    let untimed: Vec<(String, u64)> = untimed.collect();
    let of = |csv: String| windows(&csv.replacen("timestamp", "note", 1), &Choices::default());
    let found = of(counted(&untimed));
    assert_eq!(found.rule, WindowRule::Parts(10));
    assert_eq!(found, of(expanded(&untimed)));
}

/// What can be added up.
fn sums(parts: &[&Statistics]) -> (u64, Option<ThresholdStops>, u64, f64) {
    let rows = parts.iter().map(|part| part.rows).sum();
    let stops = ThresholdStops::summed(parts.iter().map(|part| &part.tradeoff().unwrap().stops));
    let errors = parts
        .iter()
        .map(|part| *part.errors.as_ref().unwrap())
        .sum();
    let cost = parts
        .iter()
        .map(|part| part.cost.as_ref().map_or(0.0, |cost| cost.total))
        .sum();
    (rows, stops, errors, cost)
}

#[test]
fn the_windows_add_up_to_the_whole() {
    let lines: Vec<_> = lines(900)
        .into_iter()
        .filter(|(line, _)| !line.starts_with(','))
        .collect();
    for rule in [WindowRule::Auto, WindowRule::Weeks, WindowRule::Parts(9)] {
        let profile = examined(&counted(&lines), &by(rule));
        let found = profile
            .examination
            .as_ref()
            .unwrap()
            .windows
            .as_ref()
            .unwrap();
        for (windows, whole) in [
            (&found.windows, profile.current()),
            (&found.reference, profile.reference().unwrap()),
        ] {
            let parts: Vec<&Statistics> = windows.iter().map(|window| &window.statistics).collect();
            let (rows, stops, errors, cost) = sums(&parts);
            let all = sums(&[whole]);
            assert_eq!((rows, errors, cost), (all.0, all.2, all.3));
            let exact = |stop: &greenlight_metrics::Stop| {
                let at = whole
                    .tradeoff()
                    .unwrap()
                    .stops
                    .at(stop.interval.up_to.unwrap_or(2.0));
                at.unwrap() == greenlight_metrics::Located::Exact(stop.counts)
            };
            let stops = stops.unwrap();
            assert!(stops.stops().len() > 15 && stops.stops().iter().all(exact));
            let confusion = parts
                .iter()
                .map(|part| part.confusion.as_ref().unwrap().correct());
            assert_eq!(
                confusion.sum::<u64>(),
                whole.confusion.as_ref().unwrap().correct()
            );
        }
    }
}

/// The statistics of both sides and of all.
fn rows_of(profile: &Profile) -> [Statistics; 3] {
    let of = |split: &str| profile.splits[split].clone();
    [of("train"), of("test"), profile.overall.clone()]
}

#[test]
fn a_range_of_time_is_the_file_cut_by_hand() {
    let lines = lines(500);
    let (from_ms, to_ms) = (1_700_100_000_000, 1_700_400_000_000);
    let within = |line: &str| {
        let (time, _) = line.split_once(',').unwrap();
        let time = read_time(time).map(|(ms, _)| ms);
        line.contains("train") || time.is_some_and(|ms| (from_ms..to_ms).contains(&ms))
    };
    let cut: Vec<_> = lines
        .iter()
        .filter(|(line, _)| within(line))
        .cloned()
        .collect();
    let choices = Choices {
        span: Some(Span::Time { from_ms, to_ms }),
        ..Choices::default()
    };
    let by_range = examined(&counted(&lines), &choices);
    let by_hand = examined(&counted(&cut), &Choices::default());
    assert_eq!(rows_of(&by_range), rows_of(&by_hand));
    assert_eq!(by_range.thresholds, by_hand.thresholds);
    let [range, hand] = [&by_range, &by_hand].map(|profile| profile.examination.clone().unwrap());
    assert_eq!((range.columns, range.outputs), (hand.columns, hand.outputs));
    // Windows are of all, whatever is looked at.
    let all = windows(&counted(&lines), &by(WindowRule::Days));
    let days = Choices {
        window: WindowRule::Days,
        ..choices
    };
    let rows = |windows: &Windows| layout(windows).1;
    assert_eq!(rows(&windows(&counted(&lines), &days)), rows(&all));
    let source = &by_range.sources[0];
    assert_eq!(
        source.rows,
        lines.iter().map(|(_, count)| count).sum::<u64>()
    );
    assert!(source.rows_used < source.rows);
}

#[test]
fn a_range_of_rows_is_the_file_cut_by_hand() {
    let lines: Vec<_> = lines(200)
        .into_iter()
        .map(|(line, _)| (line.replace("train", "test"), 1))
        .collect();
    let untimed = |(line, count): &(String, u64)| {
        let (_, line) = line.split_once(',').unwrap();
        (format!(",{line}"), *count)
    };
    let ordered = |lines: &[(String, u64)]| counted(&lines.iter().map(untimed).collect::<Vec<_>>());
    let choices = Choices {
        span: Some(Span::Rows { from: 20, to: 70 }),
        ..Choices::default()
    };
    let usable = |line: &&(String, u64)| {
        !line.0.contains(",,0.") && !line.0.contains(",,1,") && !line.0.contains(",,0,")
    };
    let used: Vec<_> = lines.iter().filter(usable).cloned().collect();
    let by_range = examined(&ordered(&used), &choices);
    let by_hand = examined(&ordered(&used[20..70]), &Choices::default());
    assert_eq!(by_range.current(), by_hand.current());
    assert_eq!(by_range.current().rows, 50);
    // As a part is, which the range is the span of.
    let parts = windows(&ordered(&used), &by(WindowRule::Parts(4)));
    let part = &parts.windows[2];
    let choices = Choices {
        span: Some(part.span),
        ..Choices::default()
    };
    let range = examined(&ordered(&used), &choices);
    assert_eq!(range.current().confusion, part.statistics.confusion);
    assert_eq!(range.current().latency, part.statistics.latency);
}

#[test]
fn the_reference_may_end_at_a_moment() {
    let lines: Vec<_> = lines(400)
        .into_iter()
        .map(|(line, count)| (line.replace("train", "x").replace("test", "x"), count))
        .collect();
    let csv = counted(&lines).replacen("split", "note", 1);
    let until = 1_700_300_000_000;
    let choices = Choices {
        reference_until: Some(Moment::Time(until)),
        ..Choices::default()
    };
    let profile = examined(&csv, &choices);
    assert_eq!(profile.settings.reference.as_deref(), Some("reference"));
    assert_eq!(profile.settings.current.as_deref(), Some("current"));
    let named = lines.iter().map(|(line, count)| {
        let (time, _) = line.split_once(',').unwrap();
        let split = match read_time(time) {
            Some((ms, _)) if ms < until => ",reference,",
            Some(_) => ",current,",
            None => ",,",
        };
        (line.replacen(",x,", split, 1), *count)
    });
    let named: Vec<_> = named.collect();
    let by_column = examined(&counted(&named), &Choices::default());
    assert_eq!(profile.splits, by_column.splits);
    assert_eq!(profile.overall, by_column.overall);
    let [ours, theirs] =
        [&profile, &by_column].map(|profile| profile.examination.clone().unwrap().windows);
    assert_eq!(ours, theirs);
    let ours = ours.unwrap();
    assert!(!ours.reference.is_empty() && ours.windows[0].partial);

    let split = read(&counted(&named));
    let refused = Profile::of(&split, &choices).unwrap_err().to_string();
    assert_eq!(
        refused,
        "“split” already splits the rows: take that role from it to split them by time"
    );
}

#[test]
fn the_reference_may_end_before_a_row() {
    let csv = "label,prediction\n1,1\n,1\n0,0\n1,0\n0,0\n";
    let choices = Choices {
        reference_until: Some(Moment::Row(2)),
        ..Choices::default()
    };
    let profile = Profile::of(&read(csv), &choices).unwrap();
    let right = |name: &str| {
        let confusion = profile.splits[name].confusion.as_ref().unwrap();
        (confusion.correct(), confusion.total())
    };
    assert_eq!((right("reference"), right("current")), ((2, 2), (1, 2)));
}

#[test]
fn a_range_that_cannot_be_looked_at_is_refused() {
    let refused = |csv: &str, span| {
        let choices = Choices {
            span: Some(span),
            ..Choices::default()
        };
        Profile::of(&read(csv), &choices).unwrap_err().to_string()
    };
    let timed = at(&["2024-01-01", "2024-01-02"]);
    let span = |from_ms, to_ms| Span::Time { from_ms, to_ms };
    assert_eq!(
        refused(&timed, span(5, 5)),
        "the range that was chosen ends before it begins"
    );
    assert_eq!(
        refused(&timed, span(0, 5)),
        "none of the 2 rows can be used: none lies within the range (first in row 1)"
    );
    assert_eq!(
        refused("label,prediction\n1,1\n0,0\n", span(0, 5)),
        "a range of time cannot be looked at: no column holds points in time"
    );
}

/// Days of so many answers of which so many are wrong; the last three days are of the weeks before where a `split` names them.
fn days(days: &[(usize, usize)]) -> String {
    let mut csv = "date,label,prediction\n".to_owned();
    for (day, &(rows, wrong)) in days.iter().enumerate() {
        for row in 0..rows {
            let label = row % 2;
            let prediction = if row < wrong { 1 - label } else { label };
            writeln!(csv, "2025-03-{:02},{label},{prediction}", day + 1).unwrap();
        }
    }
    csv
}

fn asked(csv: &str, choices: &Choices, metric: Metric) -> CriterionResult {
    let profile = examined(csv, choices);
    let report = judge(&profile, &Policy::balanced());
    let mut criteria = report.criteria.into_iter();
    criteria
        .find(|criterion| criterion.metric == metric)
        .unwrap()
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

#[test]
fn the_worst_window_decides_where_it_is_surely_the_worst() {
    let of = |csv: &str| asked(csv, &by(WindowRule::Days), Metric::WorstWindowAccuracy);
    let healthy = [(400, 12); 10];
    let good = of(&days(&healthy));
    assert_eq!((good.outcome, good.value), (Outcome::Pass, Some(0.97)));

    let mut bad = healthy;
    bad[6] = (400, 120);
    let bad = of(&days(&bad));
    assert_eq!((bad.outcome, bad.rows), (Outcome::Fail, 400));
    assert_eq!(
        plain(&bad.reason),
        "In the worst of 10 days, 7 Mar 2025, 70.0 % of 400 answers are right; at least 90 % is required."
    );

    let mut doubtful = healthy;
    doubtful[2] = (400, 44);
    let doubtful = of(&days(&doubtful));
    assert_eq!(
        (doubtful.outcome, doubtful.value),
        (Outcome::AtRisk, Some(0.89))
    );
    // A small window with an accuracy that chance explains hides nothing.
    let mut small = healthy;
    small[3] = (50, 8);
    let small = of(&days(&small));
    assert_eq!((small.outcome, small.rows), (Outcome::Pass, 400));
    // One that is surely bad is bad, however small.
    let mut broken = healthy;
    broken[3] = (50, 30);
    assert_eq!(of(&days(&broken)).outcome, Outcome::Fail);
    let few = of(&days(&[(50, 4); 10]));
    assert_eq!((few.outcome, few.value), (Outcome::NoEvidence, None));
    assert_eq!(
        plain(&few.reason),
        "Accuracy over time cannot be judged: no whole day has 200 rows with an answer to judge."
    );
}

#[test]
fn the_fall_is_from_the_reference_or_from_the_first_window() {
    let mut falling = [(600, 12); 10];
    falling[9] = (600, 90);
    let drop = asked(&days(&falling), &by(WindowRule::Days), Metric::AccuracyDrop);
    assert!((drop.value.unwrap() - 0.13).abs() < 1e-12);
    assert_eq!(drop.outcome, Outcome::Fail);
    assert_eq!(
        plain(&drop.reason),
        "In the worst of 10 days, 10 Mar 2025, 85.0 % of 600 answers are right, where 98.0 % are in the first, 1 Mar 2025; a fall of at most \
         5.0 points is advised."
    );
    let (fourth, _) = read_time("2025-03-04").unwrap();
    let choices = Choices {
        reference_until: Some(Moment::Time(fourth)),
        ..by(WindowRule::Days)
    };
    let drop = asked(&days(&falling), &choices, Metric::AccuracyDrop);
    assert!(plain(&drop.reason).starts_with(
        "In the worst of 7 days, 10 Mar 2025, 85.0 % of 600 answers are right, where 98.0 % are on “reference”"
    ));
}

#[test]
fn equal_parts_of_a_file_without_times_say_nothing_of_time() {
    let mut falling = [(600, 12); 10];
    falling[9] = (600, 300);
    let csv = days(&falling);
    let untimed: String = csv
        .lines()
        .map(|line| format!("{}\n", line.split_once(',').unwrap().1))
        .collect();
    for metric in [Metric::WorstWindowAccuracy, Metric::AccuracyDrop] {
        let result = asked(&untimed, &Choices::default(), metric);
        assert_eq!((result.outcome, result.value), (Outcome::NoEvidence, None));
        assert!(
            result.reason.ends_with("no column holds times."),
            "{}",
            result.reason
        );
    }
    let report = judge(
        &examined(&untimed, &Choices::default()),
        &Policy::balanced(),
    );
    assert!(
        !report
            .reasons
            .iter()
            .any(|reason| reason.contains("over time")),
        "{:?}",
        report.reasons
    );
}

#[test]
fn partial_windows_and_those_outside_of_the_range_are_never_the_worst() {
    let mut lines = "timestamp,label,prediction\n".to_owned();
    for row in 0..2_400 {
        let label = row % 2;
        let is_wrong = row < 300 && row % 3 == 0 || (1_200..1_400).contains(&row) && row % 5 == 0;
        let prediction = if is_wrong { 1 - label } else { label };
        // From six in the evening on, ten minutes apart.
        let time = iso_time(1_740_852_000_000 + row * 600_000);
        writeln!(lines, "{time},{label},{prediction}").unwrap();
    }
    let days = Choices {
        window: WindowRule::Days,
        ..Choices::default()
    };
    let profile = examined(&lines, &days);
    let windows = profile
        .examination
        .as_ref()
        .unwrap()
        .windows
        .as_ref()
        .unwrap();
    assert!(windows.windows[0].partial);
    let worst = windows.worst(None, 0.9, 30).unwrap();
    assert_ne!(worst.index, 0);
    let after = &windows.windows[worst.index + 1..];
    let range = after[0].span.to_end_of(after[after.len() - 1].span);
    assert!(windows.worst(Some(range), 0.9, 30).unwrap().index > worst.index);
}

#[test]
fn a_moved_threshold_decides_every_window_from_its_stops() {
    let lines = lines(900);
    let choices = by(WindowRule::Days);
    let profile = examined(&counted(&lines), &choices);
    for threshold in [0.3, 0.5, 0.777, 2.0] {
        let (decided, _) = profile.decided_at(threshold, None).unwrap();
        let decided = decided.examination.unwrap().windows.unwrap();
        let exact = windows(
            &counted(&lines),
            &Choices {
                threshold: Some(threshold),
                ..choices.clone()
            },
        );
        assert!(!exact.is_nearest_stop);
        for (decided, exact) in decided.windows.iter().zip(&exact.windows) {
            let ([decided, exact], rows) = (
                [decided, exact].map(|window| {
                    let matrix = window.statistics.confusion.as_ref().unwrap();
                    matrix.binary(1).predicted_positives()
                }),
                exact.statistics.rows,
            );
            // A stop flags at least as many, and at most a sixtieth more of all.
            assert!(
                exact <= decided && decided - exact <= rows / 4,
                "{decided} {exact}"
            );
        }
        if !decided.is_nearest_stop {
            let confusions = |windows: &Windows| -> Vec<_> {
                let windows = windows.windows.iter();
                windows
                    .map(|window| window.statistics.confusion.clone())
                    .collect()
            };
            assert_eq!(confusions(&decided), confusions(&exact));
        }
    }
}

#[test]
fn a_policy_may_ask_for_the_worst_window_of_any_file() {
    let criterion = Criterion::new(
        "every day",
        Metric::WorstWindowAccuracy,
        Operator::AtLeast,
        0.9,
        Severity::Must,
    );
    let policy = Policy {
        criteria: vec![criterion],
        ..Policy::balanced()
    };
    let report = judge(
        &examined(&days(&[(40, 20); 5]), &Choices::default()),
        &policy,
    );
    assert_eq!(report.criteria[0].outcome, Outcome::Fail);
    assert_eq!(report.settings.window.as_deref(), Some("1d"));
    assert_eq!(report.windows.len(), 5);
}

#[test]
fn a_run_of_windows_is_known_at_once_and_nearly_as_the_engine_knows_it() {
    let lines = lines(3_000);
    let choices = by(WindowRule::Days);
    let source = read(&counted(&lines));
    let profile = examined(&counted(&lines), &choices);
    let windows = profile.windows().unwrap();
    for run in [0..1, 2..3, 1..5, 0..windows.windows.len()] {
        let within = profile.within(run.clone()).unwrap();
        let span = windows.span_of(run.clone()).unwrap();
        assert_eq!(
            (within.settings.range, windows.windows_in(span)),
            (Some(span), run.clone())
        );
        let choices = Choices {
            span: Some(span),
            ..choices.clone()
        };
        let exact = Profile::of(&source, &choices).unwrap();
        let (at_once, exact) = (within.current(), exact.current());
        assert_eq!(at_once.rows, exact.rows);
        assert_eq!(at_once.confusion, exact.confusion);
        assert_eq!(at_once.errors, exact.errors);
        let (ours, theirs) = (
            at_once.scores.as_ref().unwrap(),
            exact.scores.as_ref().unwrap(),
        );
        let near = |ours: f64, theirs: f64, by: f64| {
            assert!((ours - theirs).abs() <= by, "{run:?}: {ours}, {theirs}");
        };
        let exactly = 1e-9;
        near(ours.log_loss.unwrap(), theirs.log_loss.unwrap(), exactly);
        near(
            ours.brier_score.unwrap(),
            theirs.brier_score.unwrap(),
            exactly,
        );
        near(
            ours.expected_calibration_error.unwrap(),
            theirs.expected_calibration_error.unwrap(),
            exactly,
        );
        near(ours.roc_auc.unwrap(), theirs.roc_auc.unwrap(), 0.002);
        near(
            ours.average_precision.unwrap(),
            theirs.average_precision.unwrap(),
            0.02,
        );
        let (ours, theirs) = (
            at_once.latency.as_ref().unwrap(),
            exact.latency.as_ref().unwrap(),
        );
        assert_eq!((ours.rows, ours.max), (theirs.rows, theirs.max));
        near(ours.mean, theirs.mean, exactly);
        near(ours.p50, theirs.p50, 40.0);
        near(ours.p95, theirs.p95, 15.0);
        let (ours, theirs) = (at_once.cost.as_ref().unwrap(), exact.cost.as_ref().unwrap());
        near(ours.total, theirs.total, exactly);
        near(ours.per_prediction, theirs.per_prediction, exactly);
        // Other rows stay as they are.
        assert_eq!(within.reference(), profile.reference());
        // A threshold moves as it does elsewhere.
        let (moved, _) = within.decided_at(0.7, None).unwrap();
        assert!(moved.current().confusion.is_ok());
    }
    assert_eq!(profile.within(3..3), None);
    assert_eq!(profile.within(0..9_999), None);
}

#[test]
fn classes_and_predictions_of_several_windows_add_up_too() {
    let mut csv = "date,label,prediction,proba_a,proba_b,proba_c\n".to_owned();
    let mut drawn = Drawn(4);
    for row in 0..900 {
        let scores = [drawn.unit(), drawn.unit(), drawn.unit()];
        let sum: f64 = scores.iter().sum();
        let [a, b, c] = scores.map(|score| score / sum);
        let (label, prediction) = (
            ["a", "b", "c"][drawn.below(3) as usize],
            ["a", "b", "c"][row % 3],
        );
        writeln!(
            csv,
            "2025-03-{:02},{label},{prediction},{a},{b},{c}",
            1 + row / 90
        )
        .unwrap();
    }
    let profile = examined(&csv, &by(WindowRule::Days));
    let within = profile.within(2..6).unwrap();
    let choices = Choices {
        span: within.settings.range,
        ..Choices::default()
    };
    let exact = Profile::of(&read(&csv), &choices).unwrap();
    assert_eq!(within.overall.confusion, exact.overall.confusion);
    let [ours, theirs] = [&within, &exact].map(|profile| profile.overall.scores.clone().unwrap());
    let near =
        |ours: f64, theirs: f64, by: f64| assert!((ours - theirs).abs() <= by, "{ours}, {theirs}");
    near(ours.log_loss.unwrap(), theirs.log_loss.unwrap(), 1e-9);
    near(ours.brier_score.unwrap(), theirs.brier_score.unwrap(), 1e-9);
    near(
        ours.expected_calibration_error.unwrap(),
        theirs.expected_calibration_error.unwrap(),
        1e-9,
    );
    near(ours.roc_auc.unwrap(), theirs.roc_auc.unwrap(), 0.02);
}

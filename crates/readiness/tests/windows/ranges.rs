//! A range of time, or a reference that ends at a moment, is the file cut by hand.

use greenlight_data::read_time;

use super::*;

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

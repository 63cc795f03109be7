//! What policies ask of windows.

use greenlight_data::{iso_time, read_time};

use super::*;

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
        let decided = profile.decided_at(threshold, None).unwrap();
        let decided = decided.examination.unwrap().windows.unwrap();
        let exact = windows(
            &counted(&lines),
            &Choices {
                threshold: Some(threshold),
                ..choices.clone()
            },
        );
        assert_eq!(exact.certainty, Certainty::Exact);
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
        if !decided.certainty.is_rough() {
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

//! Windows add up to the whole, in any order, and in runs.

use greenlight_metrics::ThresholdStops;

use super::*;

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
        let moved = within.decided_at(0.7, None).unwrap();
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

//! What is written comes back, and what is made shorter says the same.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod files;

use files::{SAMPLES, kinds, report, sample};
use greenlight_format::Told;
use greenlight_link::{Parts, SharedReport, decode, encode};
use greenlight_readiness::checklist::{Attestation, ITEMS, Level};
use greenlight_readiness::next_steps::threshold_for;
use greenlight_readiness::{
    CalibrationWords, Certainty, Choices, Metric, ONE_VS_REST_START, Policy, judge,
};
use proptest::prelude::*;

fn reports() -> Vec<(String, SharedReport)> {
    let samples = SAMPLES.map(|name| (name.to_owned(), sample(name)));
    let kinds = kinds()
        .into_iter()
        .map(|(name, report)| (name.to_owned(), report));
    samples.into_iter().chain(kinds).collect()
}

#[test]
fn a_whole_report_comes_back_as_it_was() {
    for (name, report) in reports() {
        let text = encode(&report).unwrap();
        assert_eq!(decode(&text).unwrap(), report, "{name}");
        assert!(report.thinned.is_whole());
    }
}

#[test]
fn a_thinned_report_comes_back_as_it_was_and_is_judged_alike() {
    for (name, report) in reports() {
        let thin = report.thinned(&Parts::default());
        let text = encode(&thin).unwrap();
        // The slider spans the scores of all rows.
        let range = |report: &SharedReport| {
            Some(report.profile.overall.tradeoff()?.histogram.as_ref()?.range)
        };
        assert_eq!(range(&thin), range(&report), "{name}");
        assert_eq!(decode(&text).unwrap(), thin, "{name}");
        assert_eq!(thin.outcomes(), report.outcomes(), "{name}");
        // So whoever reads the link gets the same advice.
        let advised = |report: &SharedReport| threshold_for(&report.profile, &report.policy);
        assert_eq!(advised(&thin), advised(&report), "{name}");
        assert!(text.len() < encode(&report).unwrap().len(), "{name}");
    }
}

#[test]
fn counts_stay_exact_and_other_numbers_keep_their_digits() {
    for (name, report) in reports() {
        let (whole, thin) = (report.judged(), report.thinned(&Parts::default()).judged());
        let (exact, rounded) = (whole.current(), thin.current());
        assert_eq!(exact.confusion_matrix, rounded.confusion_matrix, "{name}");
        assert_eq!(exact.accuracy, rounded.accuracy, "{name}");
        assert_eq!(exact.recall, rounded.recall, "{name}");
        assert_eq!(
            exact.intervals.precision, rounded.intervals.precision,
            "{name}"
        );
        for (exact, rounded) in [
            (exact.roc_auc, rounded.roc_auc),
            (exact.log_loss, rounded.log_loss),
            (exact.brier_score, rounded.brier_score),
            (
                exact.latency.map(|latency| latency.p95),
                rounded.latency.map(|latency| latency.p95),
            ),
        ] {
            let (exact, rounded) = (exact.unwrap_or(0.0), rounded.unwrap_or(0.0));
            assert!(
                (exact - rounded).abs() <= 0.005_000_1 * exact.abs(),
                "{name}: {exact} {rounded}"
            );
        }
    }
}

#[test]
fn scores_that_are_spelled_out_are_worth_as_much_in_a_thinned_report() {
    let mut with_readings = 0;
    for (name, report) in reports() {
        let read = |report: &SharedReport| {
            let words = CalibrationWords::of(&report.profile);
            words.map(|words| words.readings).unwrap_or_default()
        };
        let whole = read(&report);
        with_readings += u32::from(whole.iter().any(|(_, worth)| worth.is_some()));
        for digits in [2, 3] {
            let thin = report.thinned(&Parts {
                digits,
                ..Parts::default()
            });
            assert_eq!(read(&thin), whole, "{name} at {digits} digits");
        }
    }
    assert!(with_readings > 1);
}

#[test]
fn thresholds_that_are_known_in_a_thinned_report_decide_as_before() {
    for (name, report) in reports() {
        let thin = report.thinned(&Parts::default());
        let whole = report
            .profile
            .current()
            .tradeoff()
            .map(|tradeoff| &tradeoff.stops);
        let few = thin
            .profile
            .current()
            .tradeoff()
            .map(|tradeoff| &tradeoff.stops);
        let (Some(whole), Some(few)) = (whole, few) else {
            continue;
        };
        assert!(
            few.stops().len() <= 128 + 10,
            "{name}: {}",
            few.stops().len()
        );
        for stop in few.stops() {
            let threshold = stop.interval.up_to.unwrap_or(f64::MAX);
            assert_eq!(
                whole.at(threshold),
                few.at(threshold),
                "{name} at {threshold}"
            );
        }
        if let Some(in_force) = report.profile.settings.threshold {
            assert_eq!(whole.at(in_force), few.at(in_force), "{name}");
        }
    }
}

#[test]
fn what_follows_from_a_threshold_between_two_that_are_known_is_marked() {
    let thin = sample("bicycles").thinned(&Parts::default());
    let (mut between, mut known) = (0, 0);
    let stops = &thin.profile.current().tradeoff().unwrap().stops;
    let of_stops = stops.stops().iter().filter_map(|stop| stop.interval.up_to);
    let of_people = (1..100).map(|percent| f64::from(percent) / 100.0);
    for threshold in of_stops.step_by(4).chain(of_people.step_by(10)) {
        let decided = thin.profile.decided_at(threshold, None).unwrap();
        let is_between = decided.certainty.is_rough();
        between += u32::from(is_between);
        known += u32::from(!is_between);
        let report = judge(&decided, &thin.policy);
        let reason = |name: &str| {
            let found = report.criteria.iter().find(|found| found.name == name);
            found.unwrap().reason.clone()
        };
        for name in ["accuracy", "recall", "precision"] {
            let reason = reason(name);
            let marks = reason.matches('≈').count();
            assert_eq!(marks, if is_between { 2 } else { 0 }, "{reason}");
        }
        let over_time = decided.over_time(Metric::Accuracy).unwrap();
        let is_rough = decided.windows().unwrap().certainty.is_rough();
        assert_eq!(over_time.finding().contains('≈'), is_rough);
        let says_so = |sentence: &String| sentence.starts_with("That is rough: ");
        assert_eq!(over_time.in_words().iter().any(says_so), is_rough);
        assert_eq!(reason("worst_window_accuracy").contains('≈'), is_rough);
        let segments = &decided.examination.as_ref().unwrap().segments;
        let marks = reason("weakest_segment_gap").contains('≈');
        assert_eq!(marks, is_between || segments.certainty.is_rough());
        let rows = decided.over_time(Metric::Rows).unwrap();
        assert!(!rows.finding().contains('≈'));
    }
    // What other splits know of fewer thresholds counts as well.
    assert!(
        between > 20 && known > 0,
        "{between} between, {known} known"
    );
}

#[test]
fn each_class_is_known_at_the_threshold_where_its_view_starts() {
    let report = sample("digits");
    let thin = report.thinned(&Parts::default());
    let at_start = |report: &SharedReport| {
        let scores = report.profile.current().scores.as_ref().unwrap();
        let classes = scores.per_class.iter();
        let at = classes.map(|class| Certainty::of(class.tradeoff.stops.at(ONE_VS_REST_START)));
        at.collect::<Vec<_>>()
    };
    assert_eq!(at_start(&thin).len(), 10);
    assert_eq!(at_start(&thin), at_start(&report));
}

#[test]
fn parts_that_are_not_kept_are_left_out_and_named() {
    let (_, report) = kinds().swap_remove(0);
    let none = Parts {
        windows: false,
        segments: false,
        features: false,
        ..Parts::default()
    };
    let thin = report.thinned(&none);
    let examination = thin.profile.examination.as_ref().unwrap();
    assert!(examination.windows.is_none() && examination.segments.columns.is_empty());
    let thinned = &thin.thinned;
    assert!(thinned.without_windows && thinned.without_segments && thinned.without_features);
    assert!(
        encode(&thin).unwrap().len() < encode(&report.thinned(&Parts::default())).unwrap().len()
    );
}

#[test]
fn what_the_scores_let_expect_of_each_window_travels() {
    let report = sample("breast_cancer");
    let expected = |report: &SharedReport| {
        let examination = report.profile.examination.as_ref().unwrap();
        let windows = examination.estimate.as_ref().unwrap().windows.iter();
        let of = |rows: &greenlight_readiness::examination::EstimatedRows| {
            rows.expected(greenlight_readiness::Metric::Recall)
        };
        windows
            .map(|rows| of(rows).map(|one| one.value))
            .collect::<Vec<_>>()
    };
    let whole = expected(&report);
    let thin = expected(&report.thinned(&Parts::default()));
    assert!(whole.iter().flatten().count() > 3);
    assert_eq!(whole.len(), thin.len());
    for (whole, thin) in whole.iter().zip(&thin) {
        let (whole, thin) = (whole.unwrap_or(-1.0), thin.unwrap_or(-1.0));
        // It is a ratio of two numbers of three digits.
        assert!(
            (whole - thin).abs() <= 0.0102 * whole.abs(),
            "{whole}: {thin}"
        );
    }
}

#[test]
fn no_id_no_example_and_no_fingerprint_of_the_file_travels() {
    let mut csv = "id,label,prediction,note\n".to_owned();
    for row in 0..200 {
        let label = row % 3 / 2;
        csv += &format!(
            "secret-{},{label},{},word\n",
            row / 4,
            (label + row / 7) % 2
        );
    }
    csv += "secret-x,unreadable cell of a row,,word\n";
    let report = report(
        "ids.csv",
        csv.as_bytes(),
        Policy::balanced(),
        &Choices::default(),
    );
    let holds = |report: &SharedReport, word: &str| format!("{report:?}").contains(word);
    assert!(holds(&report, "secret-"), "the whole report has ids");
    let thin = report.thinned(&Parts::default());
    assert!(!holds(&thin, "secret-"));
    assert!(thin.thinned.without_examples);
    let hash = report.profile.sources[0].sha256.clone().unwrap();
    assert!(!holds(&thin, &hash));
}

#[test]
fn values_and_windows_of_few_rows_are_withheld_and_cannot_be_worked_out() {
    let mut csv = "time,region,label,prediction\n".to_owned();
    let regions = [("north", 60), ("south", 50), ("east", 3), ("west", 9)];
    let mut day = 0;
    for (region, rows) in regions {
        for row in 0..rows {
            day += 1;
            // Two rows on the second day, and many on each other.
            let date = if day <= 2 { 2 } else { 3 + day % 10 };
            csv += &format!(
                "2026-03-{date:02}T10:00:{:02},{region},{},{}\n",
                day % 60,
                row % 2,
                (row + row / 5) % 2
            );
        }
    }
    let report = report(
        "few.csv",
        csv.as_bytes(),
        Policy::balanced(),
        &Choices::default(),
    );
    let thin = report.thinned(&Parts::default());
    let column = |report: &SharedReport| {
        let examination = report.profile.examination.clone().unwrap();
        examination.segments.columns.into_iter().next().unwrap()
    };
    let values: Vec<String> = column(&thin)
        .segments
        .into_iter()
        .map(|segment| segment.value)
        .collect();
    // East has three rows; all but the others would leave just these, so west is withheld as well.
    assert_eq!(values, ["north", "south"]);
    assert_eq!(column(&report).segments.len(), 4);
    assert_eq!(thin.thinned.values_withheld, 2);
    let shown: u64 = column(&thin)
        .segments
        .iter()
        .map(|segment| segment.statistics.rows)
        .sum();
    assert!(thin.profile.current().rows - shown >= 5);
    let windows = |report: &SharedReport| {
        let windows = report.profile.windows().unwrap();
        let rows = windows.windows.iter().map(|window| window.statistics.rows);
        rows.filter(|rows| *rows > 0).collect::<Vec<u64>>()
    };
    assert!(
        windows(&report).iter().any(|rows| *rows < 5),
        "{:?}",
        windows(&report)
    );
    assert!(windows(&thin).iter().all(|rows| *rows >= 5));
    let hidden = thin.profile.current().rows - windows(&thin).iter().sum::<u64>();
    assert!(
        thin.thinned.windows_withheld >= 2 && hidden >= 5,
        "{hidden}"
    );
    let open = Parts {
        smallest: 1,
        ..Parts::default()
    };
    assert_eq!(report.thinned(&open).thinned.values_withheld, 0);
}

#[test]
fn what_people_attest_and_ask_travels() {
    let (_, mut report) = kinds().swap_remove(1);
    let note = "“Tried” each month; see the handbook, 東京".to_owned();
    let level = Level::Automated;
    report.attested.set(&ITEMS[3], Attestation { level, note });
    report.policy.name = "ours".to_owned();
    report.policy.description = "What we ask.".to_owned();
    report.policy.criteria[0].limit = 0.912_345_678_901_234_5;
    report.currency = "EUR".to_owned();
    assert_eq!(decode(&encode(&report).unwrap()).unwrap(), report);
    let thin = report.thinned(&Parts::default());
    assert_eq!(thin.policy, report.policy);
    assert_eq!(thin.attested, report.attested);
    assert_eq!(decode(&encode(&thin).unwrap()).unwrap(), thin);
}

/// A link that was made once, and is read for as long as its version is. Where this fails, the shape of what travels has changed: count
/// [`greenlight_link::FORMAT`] up and store a new one (the message has it).
#[test]
fn a_stored_link_of_this_version_is_read() {
    let stored = include_str!("stored/matrix.txt").trim();
    let made = encode(&sample("matrix").thinned(&Parts::default())).unwrap();
    assert_eq!(made, stored, "it is made otherwise now");
    let read = decode(stored).unwrap();
    assert_eq!(read.profile.told, Told::Rounded);
    // This one has nothing to round.
    let mut sent = sample("matrix").thinned(&Parts::default());
    sent.profile.told = Told::Rounded;
    assert_eq!(read, sent);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_file_comes_back(rows in prop::collection::vec((0..3_u8, 0..3_u8, 0.0..1.0_f64, 0..4_usize, -1e9..1e9_f64), 1..60)) {
        let mut csv = "label,prediction,latency_ms,region,feature\n".to_owned();
        for (label, prediction, latency, region, feature) in rows {
            csv += &format!("{label},{prediction},{latency},r{region},{feature}\n");
        }
        let report = report("drawn.csv", csv.as_bytes(), Policy::balanced(), &Choices::default());
        prop_assert_eq!(&decode(&encode(&report).unwrap()).unwrap(), &report);
        let thin = report.thinned(&Parts::default());
        prop_assert_eq!(thin.outcomes(), report.outcomes());
        prop_assert_eq!(&decode(&encode(&thin).unwrap()).unwrap(), &thin);
    }
}

//! Two reports side by side: intervals against statsmodels, what holds for any two reports, and how often chance alone is called a change.

use greenlight_format::Told;
use greenlight_readiness::comparison::{Change, ComparedNumber, Comparison, SameRows, Side};
use greenlight_readiness::written::comparison::{cells, markdown, own_reason, shared_reasons};
use greenlight_readiness::{Metric, Policy};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::properties::{csv, rows};
use crate::{report, report_by};

fn side(report: &Value) -> Side {
    Side::from_json(&report.to_string()).unwrap()
}

fn of(before: &Value, after: &Value) -> Comparison {
    Comparison::of(side(before), side(after))
}

fn number(comparison: &Comparison, metric: Metric) -> &ComparedNumber {
    let mut numbers = comparison.numbers.iter();
    numbers.find(|number| number.metric == metric).unwrap()
}

/// A report on so many rows of each kind: right positives, missed ones, false alarms, right negatives.
fn of_counts([caught, missed, false_alarms, quiet]: [u64; 4]) -> Value {
    json!({
        "schema": "greenlight.report/1",
        "settings": {"positive": "1", "policy": "balanced"},
        "overall": {
            "rows": caught + missed + false_alarms + quiet,
            "classes": ["0", "1"],
            "confusion_matrix": [[quiet, false_alarms], [missed, caught]],
        },
    })
}

/// A report of which only this much can be compared, so that `k` numbers are.
fn of_evaluation(mut overall: Value, k: u64) -> Value {
    // Latencies that are the same on both sides, to make up the number.
    overall["rows"] = overall.get("rows").cloned().unwrap_or(json!(1000));
    let fillers = (1..k).map(|filler| {
        json!({"name": format!("filler {filler}"), "group": "accuracy", "metric": "youdens_j", "scope": format!("split {filler}"),
               "operator": ">=", "limit": 0.5, "severity": "must", "value": 0.6, "interval": [0.5, 0.7], "rows": 100, "minimum_rows": 30,
               "outcome": "pass", "reason": "", "view": "confusion"})
    });
    json!({"schema": "greenlight.report/1", "settings": {}, "overall": overall, "criteria": fillers.collect::<Vec<_>>()})
}

fn assert_interval(number: &ComparedNumber, case: &Value) {
    let interval = number.interval.unwrap();
    // The quantile of a level is rounded to nine decimals.
    for (got, expected) in [interval.low, interval.high]
        .into_iter()
        .zip(case["interval"].as_array().unwrap())
    {
        let expected = expected.as_f64().unwrap();
        assert!(
            (got - expected).abs() < 1e-8 * expected.abs().max(1.0),
            "{case}: got {got}, expected {expected}"
        );
    }
}

#[test]
fn intervals_of_differences_are_those_of_statsmodels() {
    let reference: Value =
        serde_json::from_str(include_str!("../reference/comparison.json")).unwrap();
    let cases = reference["proportions"].as_array().unwrap();
    for case in cases {
        let side = |name: &str| {
            let (part, whole) = (
                case[name][0].as_f64().unwrap(),
                case[name][1].as_f64().unwrap(),
            );
            of_evaluation(
                json!({"rows": whole as u64, "error_rate": part / whole}),
                case["k"].as_u64().unwrap(),
            )
        };
        let comparison = of(&side("before"), &side("after"));
        assert_interval(number(&comparison, Metric::ErrorRate), case);
    }
    assert!(cases.len() >= 32);
}

#[test]
fn intervals_of_other_numbers_are_combined_as_written_out() {
    let reference: Value =
        serde_json::from_str(include_str!("../reference/comparison.json")).unwrap();
    for case in reference["others"].as_array().unwrap() {
        let (metric, [before, after], numbers) = match case["name"].as_str().unwrap() {
            "roc_auc" => {
                let auc = |value: f64, low: f64| json!({"roc_auc": value, "intervals": {"roc_auc": [low, null]}});
                (Metric::RocAuc, [auc(0.87, 0.85), auc(0.91, 0.88)], 1)
            }
            "latency_p95" => {
                let of = |value: f64, low: f64, high: f64| json!({"latency": {"p95": value, "intervals": {"p95": [low, high]}}});
                (
                    Metric::LatencyP95,
                    [of(350.0, 330.0, 365.0), of(410.0, 380.0, 470.0)],
                    1,
                )
            }
            _ => {
                let of = |tp: u64, fp: u64, fn_: u64| json!({"classes": ["0", "1"], "confusion_matrix": [[1000, fp], [fn_, tp]]});
                (Metric::F1, [of(250, 90, 130), of(300, 80, 70)], 7)
            }
        };
        let k = case["k"].as_u64().unwrap();
        if k < numbers {
            continue;
        }
        let sides = [before, after].map(|overall| {
            let mut side = of_evaluation(overall, k + 1 - numbers);
            side["settings"]["positive"] = json!("1");
            side
        });
        let comparison = of(&sides[0], &sides[1]);
        assert_eq!(comparison.interval_level, 1.0 - 0.05 / k as f64, "{case}");
        assert_interval(number(&comparison, metric), case);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_report_is_the_same_as_itself(rows in rows()) {
        let report = report(&csv(&rows));
        let comparison = Comparison::of(Side::of(&report), Side::of(&report));
        prop_assert!(comparison.numbers.iter().all(|number| number.change == Change::Same), "{:?}", comparison.numbers);
        prop_assert!(comparison.criteria.iter().all(|criterion| criterion.change == Change::Same));
        prop_assert_eq!((comparison.verdict, comparison.rows, comparison.is_worse()), (Change::Same, SameRows::SameFiles, false));
        prop_assert!(comparison.pitfalls.raised.is_empty() && comparison.pitfalls.gone.is_empty());
        prop_assert!(comparison.headline.ends_with(", as before: all that can be compared is the same"), "{}", comparison.headline);
        prop_assert_eq!(comparison.summary, "Both reports say the same.");
    }

    #[test]
    fn the_other_way_round_signs_are_the_other_way_round(one in rows(), other in rows()) {
        let [one, other] = [one, other].map(|rows| Side::of(&report(&csv(&rows))));
        let (there, back) = (Comparison::of(one.clone(), other.clone()), Comparison::of(other, one));
        prop_assert_eq!(there.numbers.len(), back.numbers.len());
        for number in &there.numbers {
            let mirrored = back.numbers.iter().find(|other| (other.metric, &other.scope) == (number.metric, &number.scope)).unwrap();
            prop_assert_eq!(number.difference, mirrored.difference.map(|difference| 0.0 - difference));
            let flipped = match number.change {
                Change::Better => Change::Worse,
                Change::Worse => Change::Better,
                other => other,
            };
            prop_assert_eq!(flipped, mirrored.change);
            if let (Some(ends), Some(mirrored)) = (number.interval, mirrored.interval) {
                prop_assert!((ends.low + mirrored.high).abs() < 1e-9 && (ends.high + mirrored.low).abs() < 1e-9);
            }
        }
        prop_assert_eq!(there.pitfalls.gone.len(), back.pitfalls.raised.iter().filter(|raised| !there.pitfalls.still.iter().any(|still| still.name == raised.name)).count());
    }

    #[test]
    fn a_report_from_the_page_is_read_as_one_from_a_file(rows in rows()) {
        let report = report(&csv(&rows));
        prop_assert_eq!(Side::from_json(&report.to_json().unwrap()).unwrap(), Side::of(&report));
    }
}

/// A stream of numbers from 0 to 1.
struct Draw(u64);

impl Draw {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// So many rows of a model with this prevalence, recall and specificity.
    fn counts(&mut self, rows: u64, prevalence: f64, recall: f64, specificity: f64) -> [u64; 4] {
        let mut counts = [0; 4];
        for _ in 0..rows {
            let place = match self.unit() < prevalence {
                true => usize::from(self.unit() >= recall),
                false => 2 + usize::from(self.unit() < specificity),
            };
            counts[place] += 1;
        }
        counts
    }
}

#[test]
fn two_samples_of_one_model_are_called_changed_in_no_more_than_one_of_twenty() {
    let mut draw = Draw(7);
    for (rows, prevalence) in [(400, 0.5), (1000, 0.1), (2000, 0.03)] {
        let pairs = 600;
        let changed = (0..pairs).filter(|_| {
            let [before, after] =
                [(); 2].map(|()| of_counts(draw.counts(rows, prevalence, 0.8, 0.95)));
            let comparison = of(&before, &after);
            comparison
                .that(Change::Better)
                .chain(comparison.that(Change::Worse))
                .next()
                .is_some()
        });
        let share = changed.count() as f64 / f64::from(pairs);
        assert!(share <= 0.05, "{share} of {rows} rows with {prevalence}");
    }
}

#[test]
fn what_has_really_fallen_is_found() {
    let mut draw = Draw(8);
    let found = (0..100).filter(|_| {
        let before = of_counts(draw.counts(3000, 0.2, 0.8, 0.95));
        let after = of_counts(draw.counts(3000, 0.2, 0.65, 0.95));
        number(&of(&before, &after), Metric::Recall).change == Change::Worse
    });
    assert!(found.count() >= 95);
}

#[test]
fn a_sentence_says_what_moved() {
    let summary = |before, after| {
        of(&of_counts(before), &of_counts(after))
            .summary
            .replace('\u{202f}', " ")
    };
    assert_eq!(
        summary([710, 290, 50, 950], [780, 220, 50, 950]),
        "Accuracy rose from 83.0 % to 86.5 %, balanced accuracy rose from 83.0 % to 86.5 %, recall rose from 71.0 % to 78.0 % and 2 more moved \
         with them; nothing got worse beyond chance."
    );
    assert_eq!(
        summary([710, 290, 50, 950], [712, 288, 50, 950]),
        "Nothing changed beyond chance in 7 numbers that can be compared."
    );
}

#[test]
fn the_headline_leads_with_the_verdicts_and_counts_what_moved() {
    let with = |counts, verdict: &str| {
        let mut report = of_counts(counts);
        report["verdict"] = json!(verdict);
        report
    };
    let [low, high] = [[710, 290, 50, 950], [780, 220, 50, 950]];
    let headline = |before, after| of(&before, &after).headline;
    assert_eq!(
        headline(with(low, "not_ready"), with(high, "ready_with_warnings")),
        "Not ready → Ready with warnings: 5 better, none worse, 1 within noise, 1 the same"
    );
    assert_eq!(
        headline(with(high, "not_ready"), with(low, "not_ready")),
        "Not ready, as before: none better, 5 worse, 1 within noise, 1 the same"
    );
    let mut other = with(high, "ready");
    other["overall"]["classes"] = json!(["no", "yes"]);
    assert_eq!(
        headline(with(low, "not_ready"), other),
        "Not ready → Ready: no number can be compared"
    );
}

#[test]
fn a_reason_of_many_numbers_is_said_once_and_that_of_few_in_the_row() {
    let before = of_counts([70, 30, 10, 90]);
    let mut other = of_counts([70, 30, 10, 90]);
    other["overall"]["classes"] = json!(["no", "yes"]);
    other["overall"]["log_loss"] = json!(0.5);
    let comparison = of(&before, &other);
    let shared = shared_reasons(&comparison);
    assert_eq!(shared.len(), 1, "{shared:?}");
    let why = "The classes are others: 0, 1 before, no, yes after.";
    assert!(shared[0].ends_with(why), "{}", shared[0]);
    let told: Vec<&str> = comparison
        .numbers
        .iter()
        .filter_map(|number| own_reason(&comparison, number))
        .collect();
    assert_eq!(told, ["The report before does not tell it."]);
    let text = markdown(&comparison);
    assert_eq!(text.matches(why).count(), 1, "{text}");
    assert_eq!(text.matches(told[0]).count(), 1, "{text}");
}

#[test]
fn numbers_of_another_meaning_are_not_compared() {
    let before = of_counts([70, 30, 10, 90]);
    let mut other_positive = of_counts([90, 10, 30, 70]);
    other_positive["settings"]["positive"] = json!("0");
    let comparison = of(&before, &other_positive);
    let recall = number(&comparison, Metric::Recall);
    assert_eq!(
        (recall.change, recall.reason.as_str()),
        (
            Change::NotComparable,
            "The positive class is another: 1 before, 0 after."
        )
    );
    assert_ne!(
        number(&comparison, Metric::Accuracy).change,
        Change::NotComparable
    );

    let mut other_classes = of_counts([70, 30, 10, 90]);
    other_classes["overall"]["classes"] = json!(["no", "yes"]);
    let comparison = of(&before, &other_classes);
    assert!(!comparison.has_evidence());
    assert_eq!(
        comparison.summary,
        "Nothing in these two reports can be compared."
    );

    let budget = |budget: f64| {
        json!({"schema": "greenlight.report/1", "settings": {"latency_budget": budget},
                                      "overall": {"latency": {"rows": 100, "over_budget_share": 0.25}}})
    };
    let comparison = of(&budget(500.0), &budget(1000.0));
    let reason = number(&comparison, Metric::OverBudgetShare)
        .reason
        .replace('\u{202f}', " ");
    assert_eq!(reason, "The budgets differ: 500 ms before, 1.00 s after.");
}

#[test]
fn latencies_in_other_units_are_the_same_latencies() {
    let of_unit = |unit: &str, one: f64| {
        json!({"schema": "greenlight.report/1", "settings": {"latency_unit": unit},
        "overall": {"latency": {"rows": 1000, "p95": 250.0 * one, "intervals": {"p95": [240.0 * one, 262.5 * one]}}}})
    };
    let comparison = of(&of_unit("ms", 1.0), &of_unit("us", 1000.0));
    assert_eq!(number(&comparison, Metric::LatencyP95).change, Change::Same);
}

#[test]
fn a_verdict_that_falls_and_a_new_trap_are_worse() {
    let healthy: String = (0..1000)
        .map(|row| format!("{},{}\n", row % 2, u8::from(row % 2 == 1 && row % 50 != 1)))
        .collect();
    let rare: String = (0..1000)
        .map(|row| format!("{},0\n", u8::from(row % 50 == 0)))
        .collect();
    let [before, after] = [healthy, rare]
        .map(|rows| report_by(&format!("label,prediction\n{rows}"), &Policy::balanced()));
    let comparison = Comparison::of(Side::of(&before), Side::of(&after));
    assert_eq!(comparison.verdict, Change::Worse);
    assert!(comparison.is_worse());
    assert!(
        comparison
            .pitfalls
            .raised
            .iter()
            .any(|pitfall| pitfall.name == "accuracy_paradox"),
        "{:?}",
        comparison.pitfalls
    );
    let back = Comparison::of(Side::of(&after), Side::of(&before));
    assert!(
        back.pitfalls
            .gone
            .iter()
            .any(|pitfall| pitfall.name == "accuracy_paradox")
    );
    assert!(
        back.notes
            .iter()
            .any(|note| note.contains("accuracy and precision move with that alone")),
        "{:?}",
        back.notes
    );
}

#[test]
fn a_range_of_time_is_told_of_its_side_and_of_both() {
    let whole = of_counts([80, 20, 10, 890]);
    let mut part = of_counts([8, 2, 1, 89]);
    part["settings"]["range"] =
        json!({"from": "2012-06-25T00:00:00Z", "to": "2012-09-10T06:00:00Z"});
    let comparison = of(&part, &whole);
    let said = "from 2012-06-25 to before 2012-09-10T06:00:00Z";
    let origin = greenlight_readiness::written::comparison::origin(&comparison.before);
    assert!(origin.contains(&format!(", only {said}")), "{origin}");
    let told = |comparison: &Comparison, text: &str| {
        let mut notes = comparison.notes.iter();
        notes.any(|note| note.contains(text))
    };
    assert!(told(
        &comparison,
        &format!("before, only what lies {said}; after, all rows")
    ));
    assert!(!told(&of(&part, &part), "Not the same stretch"));
    part["settings"]["range"] = json!({"from": 12, "to": null});
    assert_eq!(side(&part).range.unwrap(), "from row 12 on");
    assert_eq!(side(&whole).range, None);
}

#[test]
fn what_a_link_rounded_is_marked_and_what_rests_on_counts_is_not() {
    let mut report = of_counts([80, 20, 10, 890]);
    report["overall"]["latency"] =
        json!({"rows": 1000, "p95": 250.0, "intervals": {"p95": [240.0, 262.0]}});
    let before = side(&report).told(Told::Rounded);
    report["overall"]["latency"]["p95"] = json!(251.0);
    let comparison = Comparison::of(before, side(&report));
    let cells = |metric| cells(number(&comparison, metric));
    let [before, after, apart] = cells(Metric::LatencyP95);
    assert!(
        before.starts_with('≈') && !after.contains('≈') && apart.starts_with('≈'),
        "{before} {after} {apart}"
    );
    assert!(
        cells(Metric::Accuracy)
            .iter()
            .all(|cell| !cell.contains('≈'))
    );
}

#[test]
fn what_follows_from_a_threshold_between_two_that_are_known_is_marked() {
    let report = of_counts([80, 20, 10, 890]);
    let comparison = Comparison::of(side(&report), side(&report).counts_told(Told::Rounded));
    let [before, after, _] = cells(number(&comparison, Metric::Recall));
    assert!(
        !before.contains('≈') && after.starts_with('≈'),
        "{before} {after}"
    );
}

#[test]
fn reports_of_earlier_versions_and_of_other_tools() {
    // From before there were criteria, pitfalls, latencies …
    let old = json!({"schema": "greenlight.report/1", "overall": {"rows": 10, "accuracy": 0.5}});
    assert_eq!(side(&old).verdict, None);
    for (text, why) in [
        ("", "EOF while parsing"),
        ("[1, 2]", "it does not say which version it is"),
        (
            r#"{"schema": "greenlight.report/2"}"#,
            "another version: greenlight.report/2",
        ),
        (
            r#"{"schema": "greenlight.policy/1"}"#,
            "it does not say which version it is",
        ),
    ] {
        let message = Side::from_json(text).unwrap_err().to_string();
        assert!(message.contains(why), "{text}: {message}");
    }
}

/// Whatever stands where numbers should.
#[test]
fn nonsense_is_no_number() {
    let nonsense = [
        json!(null),
        json!("1e999"),
        json!(-1),
        json!(1e308),
        json!(u64::MAX),
        json!([]),
        json!({}),
        json!(true),
        json!([null, null]),
        json!([[u64::MAX, 1], [1, 1]]),
        json!([[1, 2], [3]]),
        json!([[1]]),
    ];
    let good = serde_json::to_value(report(
        "label,prediction,score,latency_ms\n1,1,0.9,5\n0,0,0.1,6\n1,0,0.4,7\n0,1,0.6,8\n",
    ))
    .unwrap();
    let places = [
        "/overall/confusion_matrix",
        "/overall/rows",
        "/overall/roc_auc",
        "/overall/intervals",
        "/overall/intervals/roc_auc",
        "/overall/latency",
        "/overall/latency/p95",
        "/overall/latency/rows",
        "/overall/latency/over_budget_share",
        "/overall/latency/intervals",
        "/overall/classes",
        "/overall/error_rate",
        "/stability",
        "/drift",
        "/criteria",
        "/pitfalls",
        "/verdict",
        "/settings",
        "/splits",
        "/sources",
        "/settings/latency_unit",
        "/criteria/0",
        "/criteria/0/value",
        "/criteria/0/interval",
        "/reasons",
    ];
    for place in places {
        for value in &nonsense {
            let mut bad = good.clone();
            if let Some(at) = bad.pointer_mut(place) {
                *at = value.clone();
            }
            for comparison in [of(&good, &bad), of(&bad, &good), of(&bad, &bad)] {
                // A document there is, and no number in it is infinite or none, which JSON would write as null.
                let json: Value = serde_json::from_str(&comparison.to_json().unwrap()).unwrap();
                assert!(json["numbers"].is_array(), "{place}: {value}");
            }
        }
    }
}

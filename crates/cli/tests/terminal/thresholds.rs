//! What is asked of a threshold, and what it is answered.

use std::path::PathBuf;

use greenlight_metrics::{Constraint, CostMatrix};
use greenlight_readiness::{Choices, Demands, Policy, Profile, SourceReader, judge};
use serde_json::json;

use crate::{check, document, err, file, out, report_alone};

/// Ten rows that choose, where 0.8 and above is fraud for the most part, and ten that see; in a file of this name, for
/// tests run side by side.
fn two_splits(name: &str) -> PathBuf {
    let mut csv = "split,is_fraud,score\n".to_owned();
    for (split, labels) in [("train", "0000010111"), ("production", "0000100011")] {
        for (place, label) in labels.chars().enumerate() {
            csv += &format!("{split},{label},0.{place}\n");
        }
    }
    file(name, csv.as_bytes())
}

const DEMANDS: [&str; 10] = [
    "--cost-fn",
    "500",
    "--cost-fp",
    "1",
    "--at-least",
    "recall=0.7",
    "--at-most",
    "alerts=2",
    "--at-least",
    "precision=1",
];

#[test]
fn demands_give_the_library_s_document() {
    let path = two_splits("document.csv");
    let demands = Demands {
        costs: Some(CostMatrix {
            tp: 0.0,
            fp: 1.0,
            fn_: 500.0,
            tn: 0.0,
        }),
        constraints: vec![
            Constraint::RecallAtLeast(0.7),
            Constraint::PrecisionAtLeast(1.0),
            Constraint::AlertsAtMost(2),
        ],
        ..Demands::default()
    };
    let choices = Choices {
        demands,
        ..Choices::default()
    };
    let mut reader = SourceReader::new("document.csv");
    reader.feed(&std::fs::read(&path).unwrap()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    let expected = judge(&profile, &Policy::balanced()).to_json().unwrap();
    let output = check(&path, &[&DEMANDS[..], &["--format", "json"]].concat());
    assert_eq!(report_alone(&output), expected, "{}", err(&output));
}

#[test]
fn the_cheapest_threshold_is_told_with_what_it_does_elsewhere() {
    let report = document(&check(
        &two_splits("cheapest.csv"),
        &[&DEMANDS[..], &["--format", "json"]].concat(),
    ));
    let threshold = &report["threshold"];
    assert_eq!(
        threshold["cost_matrix"],
        json!({"tp": 0.0, "fp": 1.0, "fn": 500.0, "tn": 0.0})
    );
    // All four frauds of the rows that choose lie at 0.5 and above, with one false alarm.
    let cost = &threshold["best"]["cost"];
    assert_eq!(
        (&cost["threshold"], &cost["value"]),
        (&json!(0.5), &json!(1.0))
    );
    // Of the three that see it, one lies below.
    assert_eq!(cost["seen"]["confusion_matrix"], json!([[4, 3], [1, 2]]));
    assert_eq!(cost["seen"]["value"], json!(503.0));
    assert_eq!(
        threshold["constraints"][2]["point"]["threshold"],
        json!(0.8)
    );
}

#[test]
fn text_says_in_plain_words_what_thresholds_do() {
    let text = out(&check(&two_splits("words.csv"), &DEMANDS));
    let plain = text.replace('\u{202f}', " ");
    let line = |start: &str| {
        let line = plain
            .lines()
            .find(|line| line.trim_start().starts_with(start));
        line.unwrap_or_else(|| panic!("no line {start}:\n{plain}"))
            .to_owned()
    };
    let heading = "Best thresholds, chosen on train, with what they do on production:";
    assert!(plain.contains(heading), "{plain}");
    let cost = line("lowest cost");
    let does = "0.500  costs 503.0 in all: 2 of 5 alerts are real, 2 of 3 fraud caught";
    assert!(cost.ends_with(does), "{cost}");
    assert!(line("recall at least 70 %").ends_with("2 of 3 alerts are real, 2 of 3 fraud caught"));
    assert!(line("at most 2 alerts").contains("0.800"));
    assert!(line("precision at least 100 %").contains("0.700"));
}

#[test]
fn a_demand_that_nothing_meets_is_said_to_be_one() {
    let path = file("no_good.csv", b"label,score\n0,0.9\n1,0.5\n0,0.1\n");
    let output = check(&path, &["--at-least", "precision=0.9"]);
    let text = out(&output).replace('\u{202f}', " ");
    assert!(
        text.contains("precision at least 90 %       no threshold does this"),
        "{text}"
    );
}

#[test]
fn files_without_scores_get_no_thresholds() {
    let path = file("no_score.csv", b"label,prediction\n1,1\n0,0\n");
    assert!(!out(&check(&path, &DEMANDS)).contains("Best thresholds"));
}

#[test]
fn demands_that_mean_nothing_are_refused() {
    for (arguments, words) in [
        (["--at-least", "recall"], "say precision=0.9 or recall=0.8"),
        (
            ["--at-least", "accuracy=0.9"],
            "say precision=0.9 or recall=0.8",
        ),
        (["--at-least", "recall=80"], "between 0 and 1"),
        (["--at-least", "recall=NaN"], "between 0 and 1"),
        (["--at-most", "alerts=1.5"], "a whole number of alerts"),
        (["--at-most", "recall=0.5"], "say alerts=50"),
        (["--cost-fn", "inf"], "must be a finite number"),
    ] {
        let output = check(&two_splits("refused.csv"), &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            err(&output).contains(words),
            "{arguments:?}: {}",
            err(&output)
        );
    }
}

/// A case of 90 that scores low, one of 2 that scores lower, and false alarms between; no amount in one row.
const AMOUNTS: &[u8] = b"label,score,amount,word\n1,0.9,10,a\n0,0.8,5,b\n1,0.7,90,a\n0,0.6,,b\n0,0.5,-1,a\n1,0.4,2,b\n0,0.1,3,a\n";

#[test]
fn a_missed_case_can_cost_its_amount() {
    let path = file("amounts.csv", AMOUNTS);
    let arguments = ["--amount", "amount", "--cost-fp", "5"];
    let report = document(&check(
        &path,
        &[&arguments[..], &["--format", "json"]].concat(),
    ));
    let threshold = &report["threshold"];
    assert_eq!(
        threshold["amounts"],
        json!({
            "column": "amount",
            "factors": {"tp": 0.0, "fp": 0.0, "fn": 1.0, "tn": 0.0},
            "rows_without": 1,
            "rows_negative": 1,
            "notes": ["1 row has no amount and counts as 0", "1 row has a negative amount: there a cost is a gain"],
        })
    );
    // At 0.7 there is a false alarm of 5, and the case of 2 is missed.
    let cost = &threshold["best"]["cost"];
    assert_eq!(
        (&cost["threshold"], &cost["value"]),
        (&json!(0.7), &json!(7.0))
    );
    let text = out(&check(&path, &arguments)).replace('\u{202f}', " ");
    for words in [
        "costs 7.000 in all: 2 of 3 alerts are real",
        "cost counts the amounts in “amount”: 1 × that of a case missed",
        "1 row has no amount and counts as 0",
        "1 row has a negative amount",
    ] {
        assert!(text.contains(words), "{words}:\n{text}");
    }
}

#[test]
fn every_answer_can_cost_by_its_amount() {
    let path = file("factors.csv", AMOUNTS);
    // What is caught is saved, what is flagged for nothing is lost.
    let arguments = [
        "--amount",
        "amount",
        "--amount-tp",
        "-1",
        "--amount-fp",
        "0.5",
        "--format",
        "json",
    ];
    let report = document(&check(&path, &arguments));
    let cost = &report["threshold"]["best"]["cost"];
    // All but the last: 102 saved, half of 5 - 1 lost.
    assert_eq!(
        (&cost["threshold"], &cost["value"]),
        (&json!(0.4), &json!(-100.0))
    );
}

#[test]
fn amounts_that_are_none_are_refused() {
    let path = file("no_amounts.csv", AMOUNTS);
    for (arguments, words) in [
        (
            &["--amount", "word"][..],
            "the column “word” holds words (“a”), not amounts",
        ),
        (
            &["--amount", "sum"],
            "there is no column “sum” to take amounts from",
        ),
        (&["--amount-fn", "1"], "--amount"),
        (
            &["--amount", "amount", "--amount-fn", "NaN"],
            "must be a finite number",
        ),
    ] {
        let output = check(&path, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            err(&output).contains(words),
            "{arguments:?}: {}",
            err(&output)
        );
    }
}

//! Costs by an amount in each row, against every row counted one by one.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use greenlight_metrics::{CostMatrix, RowCosts};
use greenlight_readiness::{
    AmountDemand, Certainty, Choices, Demands, Policy, Profile, Source, SourceReader, judge,
};

/// A row as the file has it; an amount may be missing.
struct Row {
    label: bool,
    prediction: bool,
    score: f64,
    split: &'static str,
    amount: Option<f64>,
    count: u32,
}

fn rows(count: u32) -> Vec<Row> {
    let row = |row: u32| {
        let score = f64::from(row / 2 * 7_919 % 10_007) / 10_007.0;
        Row {
            label: row * 31 % 17 < (score * 9.0) as u32,
            prediction: score > 0.4,
            score,
            split: ["train", "test", ""][(row % 5 / 2) as usize],
            amount: (row % 50 != 7)
                .then(|| f64::from(row * 6_007 % 90_001) / 100.0)
                .map(|amount| if row % 61 == 3 { -amount } else { amount }),
            count: [1, 1, 3, 0][(row / 3 % 4) as usize],
        }
    };
    (0..count).map(row).collect()
}

fn csv(rows: &[Row]) -> String {
    let mut csv = String::from("label,prediction,score,split,amount,word,count\n");
    for row in rows {
        let (label, prediction) = (u8::from(row.label), u8::from(row.prediction));
        let amount = row.amount.map(|amount| amount.to_string());
        writeln!(
            csv,
            "{label},{prediction},{},{},{},w{},{}",
            row.score,
            row.split,
            amount.unwrap_or_default(),
            row.count % 2,
            row.count
        )
        .unwrap();
    }
    csv
}

fn source(csv: &str, chunk: usize) -> Source {
    let mut reader = SourceReader::new("rows.csv");
    for chunk in csv.as_bytes().chunks(chunk) {
        reader.feed(chunk).unwrap();
    }
    reader.finish_alone().unwrap()
}

const COSTS: RowCosts = RowCosts {
    fixed: CostMatrix {
        tp: 2.0,
        fp: 25.0,
        fn_: 0.0,
        tn: 0.0,
    },
    factors: CostMatrix {
        tp: 0.05,
        fp: 0.0,
        fn_: 1.0,
        tn: -0.001,
    },
};

fn demands() -> Demands {
    Demands {
        costs: Some(COSTS.fixed),
        amount: Some(AmountDemand {
            column: "amount".to_owned(),
            factors: COSTS.factors,
        }),
        ..Demands::default()
    }
}

fn asked() -> Choices {
    Choices {
        reference: Some("train".to_owned()),
        current: Some("test".to_owned()),
        demands: demands(),
        ..Choices::default()
    }
}

/// What the rows of a split cost, one by one.
fn cost(rows: &[Row], split: &str, is_flagged: impl Fn(&Row) -> bool) -> f64 {
    let of_split = rows.iter().filter(|row| row.split == split);
    let cost = |row: &Row| {
        let RowCosts { fixed, factors } = COSTS;
        let (fixed, factor) = match (row.label, is_flagged(row)) {
            (true, true) => (fixed.tp, factors.tp),
            (false, true) => (fixed.fp, factors.fp),
            (true, false) => (fixed.fn_, factors.fn_),
            (false, false) => (fixed.tn, factors.tn),
        };
        f64::from(row.count) * (fixed + factor * row.amount.unwrap_or(0.0))
    };
    of_split.map(cost).sum()
}

fn near(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-10 * expected.abs().max(1.0),
        "{found} is not {expected}"
    );
}

/// What the rows that are judged cost by a profile.
fn cost_of(profile: &Profile) -> f64 {
    let best = profile.thresholds.as_ref().unwrap();
    let counts = profile.current().confusion.as_ref().unwrap().binary(1);
    let amounts = best.amounts.as_ref().unwrap().in_force;
    best.row_costs().unwrap().total(&counts, &amounts).unwrap()
}

#[test]
fn the_cheapest_threshold_is_that_of_trying_all() {
    let rows = rows(3_000);
    let profile = Profile::of(&source(&csv(&rows), usize::MAX), &asked()).unwrap();
    let mut thresholds: Vec<f64> = rows.iter().map(|row| row.score).collect();
    thresholds.push(f64::INFINITY);
    let at = |threshold: f64| cost(&rows, "train", |row| row.score >= threshold);
    let least = thresholds.iter().map(|threshold| at(*threshold));
    let least = least.reduce(f64::min).unwrap();
    let best = profile.thresholds.as_ref().unwrap();
    let point = best.cost.unwrap();
    near(point.value, least);
    let threshold = point.threshold.unwrap();
    near(at(threshold), least);
    assert!(threshold > 0.05 && threshold < 0.95, "not at an end");
    // The report has the same, and what it comes to on the rows that did not choose it.
    let report = judge(&profile, &Policy::balanced()).threshold.unwrap();
    let cheapest = report.best.cost.unwrap();
    assert_eq!(cheapest.value, point.value);
    let seen = cheapest.seen.unwrap().value.unwrap();
    near(seen, cost(&rows, "test", |row| row.score >= threshold));
}

#[test]
fn the_cost_at_any_threshold_follows() {
    let rows = rows(6_000);
    let source = source(&csv(&rows), usize::MAX);
    let (profile, scores) = Profile::with_scores(&source, &asked()).unwrap();
    near(cost_of(&profile), cost(&rows, "test", |row| row.prediction));
    for threshold in [-1.0, 0.0, 0.25, 0.5, 0.777_7, 1.0, 2.0] {
        let counts = scores.counts_at(threshold);
        let decided = profile.decided_at(threshold, Some(&counts)).unwrap();
        assert_eq!(decided.certainty, Certainty::Exact);
        near(
            cost_of(&decided),
            cost(&rows, "test", |row| row.score >= threshold),
        );
        let choices = Choices {
            threshold: Some(threshold),
            ..asked()
        };
        assert_eq!(decided, Profile::of(&source, &choices).unwrap());
    }
    // The best thresholds are known without the engine.
    let point = profile.thresholds.as_ref().unwrap().cost.unwrap();
    let threshold = point.threshold.unwrap();
    let decided = profile.decided_at(threshold, None).unwrap();
    assert_eq!(decided.certainty, Certainty::Exact);
    near(
        cost_of(&decided),
        cost(&rows, "test", |row| row.score >= threshold),
    );
    // Between two stops nobody claims to know.
    let amounts = profile.thresholds.as_ref().unwrap().amounts.as_ref();
    let stops = &amounts.unwrap().stops;
    assert!(!stops.is_complete());
    let mut scores = rows.iter().filter(|row| row.split == "test");
    let between = scores.find(|row| matches!(stops.place(row.score), Some((_, false))));
    let decided = profile.decided_at(between.unwrap().score, None).unwrap();
    assert_eq!(decided.certainty, Certainty::NearestStop);
}

#[test]
fn the_engine_finds_what_the_profile_says_and_forgets_it_when_asked_for_less() {
    let source = source(&csv(&rows(6_000)), usize::MAX);
    let plain = Choices {
        demands: Demands::default(),
        ..asked()
    };
    let (profile, mut scores) = Profile::with_scores(&source, &plain).unwrap();
    assert_eq!(profile.thresholds.as_ref().unwrap().amounts, None);
    assert_eq!(scores.counts_at(0.3).amounts, None);
    let expected = Profile::of(&source, &asked()).unwrap().thresholds.unwrap();
    let settings = &profile.settings;
    let found = scores.thresholds(&source, &plain, settings, &demands());
    assert_eq!(found.unwrap(), expected);
    assert!(scores.counts_at(0.3).amounts.is_some());
    let less = scores.thresholds(&source, &plain, settings, &plain.demands);
    assert_eq!(less.unwrap(), profile.thresholds.unwrap());
    assert_eq!(scores.counts_at(0.3).amounts, None);
}

#[test]
fn neither_order_nor_chunks_nor_writing_rows_out_changes_anything() {
    let choices = asked();
    let thresholds = |csv: &str, chunk| {
        let profile = Profile::of(&source(csv, chunk), &choices).unwrap();
        profile.thresholds.unwrap()
    };
    let mut rows = rows(800);
    let whole = thresholds(&csv(&rows), usize::MAX);
    assert_eq!(thresholds(&csv(&rows), 1_000), whole);
    rows.reverse();
    assert_eq!(thresholds(&csv(&rows), usize::MAX), whole);
    let written_out: Vec<Row> = rows
        .into_iter()
        .flat_map(|row| (0..row.count).map(move |_| Row { count: 1, ..row }))
        .collect();
    assert_eq!(thresholds(&csv(&written_out), usize::MAX), whole);
}

#[test]
fn missing_and_negative_amounts_are_said() {
    let rows = rows(800);
    let profile = Profile::of(&source(&csv(&rows), usize::MAX), &asked()).unwrap();
    let report = judge(&profile, &Policy::balanced());
    let count = |is_one: fn(&Row) -> bool| {
        let rows = rows.iter().filter(|row| is_one(row));
        rows.map(|row| u64::from(row.count)).sum::<u64>()
    };
    let without = count(|row| row.amount.is_none());
    let negative = count(|row| row.amount.is_some_and(|amount| amount < 0.0));
    let amounts = report.threshold.unwrap().amounts.unwrap();
    assert!(without > 1 && negative > 1);
    assert_eq!(
        (amounts.rows_without, amounts.rows_negative),
        (without, negative)
    );
    assert_eq!(
        amounts.notes,
        [
            format!("{without} rows have no amount and count as 0"),
            format!("{negative} rows have a negative amount: there a cost is a gain"),
        ]
    );
}

#[test]
fn a_column_without_amounts_is_named() {
    let source = source(&csv(&rows(40)), usize::MAX);
    for (column, expected) in [
        (
            "word",
            "the column “word” holds words (“w1”), not amounts: choose a column of numbers",
        ),
        (
            "Amount",
            "there is no column “Amount” to take amounts from; the columns are label, prediction, score, split, \
             amount, word, count",
        ),
    ] {
        let mut choices = asked();
        choices.demands.amount = Some(AmountDemand::lost(column));
        let error = Profile::of(&source, &choices).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let mut choices = asked();
    let mut amount = AmountDemand::lost("amount");
    amount.factors.tp = f64::INFINITY;
    choices.demands.amount = Some(amount);
    let error = Profile::of(&source, &choices).unwrap_err();
    assert!(error.to_string().contains("must be a finite number"));
}

#[test]
fn amounts_alone_are_costs_too() {
    let source = source(&csv(&rows(800)), usize::MAX);
    let mut choices = asked();
    choices.demands.costs = None;
    choices.demands.amount = Some(AmountDemand::lost("amount"));
    let report = judge(
        &Profile::of(&source, &choices).unwrap(),
        &Policy::balanced(),
    );
    let threshold = report.threshold.unwrap();
    assert_eq!(threshold.cost_matrix, Some(CostMatrix::default()));
    assert!(threshold.best.cost.is_some());
    // Old messages have no amounts.
    let old: Demands = serde_json::from_str(r#"{"costs": null, "constraints": []}"#).unwrap();
    assert_eq!(old, Demands::default());
}

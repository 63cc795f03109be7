//! What a method and a limit make of the counts.

use greenlight_metrics::drift::evidently::Test;
use greenlight_readiness::DriftMethod;

use super::*;

#[test]
fn what_has_moved_is_told_from_what_has_not() {
    let drift = drift(&moved(2_000, 0.3));
    let parts: Vec<(DriftPart, &str)> = drift
        .columns
        .iter()
        .map(|c| (c.part, c.column.as_str()))
        .collect();
    let expected = [
        (DriftPart::Score, "score"),
        (DriftPart::Label, "label"),
        (DriftPart::Feature, "moves"),
        (DriftPart::Feature, "stays"),
    ];
    assert_eq!(parts[..4], expected);
    assert_eq!((drift.reference_rows, drift.current_rows), (2_000, 2_000));
    let usual = DriftSettings::default();
    let drifted: Vec<(&str, Option<bool>)> = drift
        .columns
        .iter()
        .zip(drift.verdicts(usual))
        .map(|(column, verdict)| (column.column.as_str(), verdict.drifted))
        .collect();
    for (name, drifted) in drifted {
        assert_eq!(drifted, Some(["moves", "words"].contains(&name)), "{name}");
    }
    let words = column(&drift, "words");
    assert_eq!(words.unseen.examples, ["new"]);
    assert_eq!(words.unseen.rows, words.current.bins[2]);
    let finding = drift_words::finding(&drift, usual);
    assert_eq!(finding, "2 of 5 columns have drifted: “moves” and “words”.");
    let sentence = drift_words::sentence(
        column(&drift, "moves"),
        &verdict(&drift, "moves", usual),
        Told::Exactly,
    );
    assert!(
        sentence.starts_with("“moves” has drifted: PSI "),
        "{sentence}"
    );
    assert!(
        sentence.ends_with("is above 0.1, and a difference this large is not chance (p < 0.001).")
    );
}

#[test]
fn of_few_rows_a_large_index_is_no_drift() {
    let drift = drift(&moved(100, 0.0));
    let usual = DriftSettings::default();
    let stays = column(&drift, "stays");
    let found = verdict(&drift, "stays", usual);
    assert!(found.is_above() && found.drifted == Some(false));
    let sentence = drift_words::sentence(stays, &found, Told::Exactly);
    assert!(
        sentence.contains("but with so few rows chance alone reaches 0.338."),
        "{sentence}"
    );
    assert_eq!(
        drift_words::finding(&drift, usual),
        "None of 5 columns has drifted."
    );
}

#[test]
fn a_method_is_chosen_without_looking_at_the_rows_again() {
    let drift = drift(&moved(2_000, 0.3));
    for method in DriftMethod::ALL {
        let settings = DriftSettings::of(method);
        let moves = verdict(&drift, "moves", settings);
        assert_eq!(
            (moves.method, moves.drifted),
            (method, Some(true)),
            "{method:?}"
        );
        assert_eq!(
            verdict(&drift, "stays", settings).drifted,
            Some(false),
            "{method:?}"
        );
        let words = verdict(&drift, "words", settings);
        assert_eq!(words.drifted, Some(true), "{method:?}");
        let applied = if method.needs_numbers() {
            DriftMethod::Psi
        } else {
            method
        };
        assert_eq!(words.method, applied);
        // Where nothing has moved, the value is about what chance gives.
        if method != DriftMethod::EvidentlyDefaults {
            let stays = verdict(&drift, "stays", settings);
            let (value, floor) = (stays.value.unwrap(), stays.noise_floor.unwrap());
            assert!(
                value < 2.0 * floor && floor < 10.0 * value,
                "{method:?}: {value} {floor}"
            );
        }
    }
    // A limit that is higher finds less.
    let lenient = DriftSettings {
        method: DriftMethod::KolmogorovSmirnov,
        limit: 0.9,
    };
    let moves = verdict(&drift, "moves", lenient);
    assert_eq!((moves.is_sure, moves.drifted), (true, Some(false)));
    let sentence = drift_words::sentence(column(&drift, "moves"), &moves, Told::Exactly);
    assert!(sentence.contains("has moved a little"), "{sentence}");
    let tested = column(&drift, "moves").evidently.unwrap();
    assert_eq!(tested.test, Test::Wasserstein);
    let by_evidently =
        drift_words::finding(&drift, DriftSettings::of(DriftMethod::EvidentlyDefaults));
    assert_eq!(
        by_evidently,
        "By Evidently’s defaults 2 of 5 columns have drifted: “moves” and “words”; the whole data set does not count as drifted."
    );
}

/// Two samples of whole numbers with a long tail, of so many rows; those that are judged are moved by so much.
fn counts(rows: u64, by: f64, of: impl Fn(f64) -> f64) -> Drift {
    let mut csv = "split,label,prediction,events\n".to_owned();
    for (split, seed, by) in [("train", 0, 0.0), ("production", 1_000_003, by)] {
        for row in 0..rows {
            let events = of(unit(row * 3 + seed)) + by;
            writeln!(csv, "{split},{0},{0},{events}", row % 2).unwrap();
        }
    }
    drift(&csv)
}

#[test]
fn whole_numbers_with_a_long_tail_are_called_drifted_with_caution_while_the_reference_is_small() {
    let tailed = |u: f64| (-libm::log(1.0 - u) * 9.0).floor();
    let caution = |drift: &Drift| {
        let verdict = verdict(drift, "events", DriftSettings::default());
        let said = drift_words::caution(column(drift, "events"), &verdict);
        (verdict.drifted, said.map(|said| plain(&said)))
    };
    let (drifted, said) = caution(&counts(300, 4.0, tailed));
    let said = said.unwrap();
    assert_eq!(drifted, Some(true));
    assert!(
        said.contains("fewer than 1 000 rows (here 300)") && said.contains("one file in four"),
        "{said}"
    );
    // From 1,000 rows on, where nothing has drifted, and of numbers that are no such counts nothing is said.
    assert_eq!(caution(&counts(1_000, 4.0, tailed)), (Some(true), None));
    assert_eq!(caution(&counts(300, 0.0, tailed)), (Some(false), None));
    let even = |u: f64| (u * 60.0).floor();
    assert_eq!(caution(&counts(300, 20.0, even)), (Some(true), None));
    assert_eq!(caution(&counts(300, 0.5, |u| u)), (Some(true), None));
}

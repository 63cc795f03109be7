//! Metrics of counts and confusion matrices against scikit-learn.

#![allow(clippy::unwrap_used, clippy::panic)]

mod reference;

use greenlight_metrics::{Averages, BinaryCounts, ConfusionMatrix};
use reference::{assert_value, cases, counts, list};
use serde_json::Value as Json;

#[test]
fn binary_counts() {
    for case in cases("binary_counts.json") {
        let [tp, fp, fn_, tn] = counts(&case["counts"])[..] else {
            panic!("four counts")
        };
        let counts = BinaryCounts { tp, fp, fn_, tn };
        let metrics = [
            ("accuracy", counts.accuracy()),
            ("precision", counts.precision()),
            ("recall", counts.recall()),
            ("specificity", counts.specificity()),
            (
                "negative_predictive_value",
                counts.negative_predictive_value(),
            ),
            ("false_positive_rate", counts.false_positive_rate()),
            ("false_negative_rate", counts.false_negative_rate()),
            ("f1", counts.f1()),
            ("f0_5", counts.f_beta(0.5)),
            ("f2", counts.f_beta(2.0)),
            ("jaccard", counts.jaccard()),
            ("balanced_accuracy", counts.balanced_accuracy()),
            ("matthews_corrcoef", counts.matthews_corrcoef()),
            ("cohen_kappa", counts.cohen_kappa()),
            ("youdens_j", counts.youdens_j()),
            ("prevalence", counts.prevalence()),
            ("queue_rate", counts.queue_rate()),
            ("lift", counts.lift()),
            (
                "majority_baseline_accuracy",
                counts.majority_baseline_accuracy(),
            ),
        ];
        assert_eq!(metrics.len(), case["expected"].as_object().unwrap().len());
        for (name, value) in metrics {
            assert_value(
                value,
                &case["expected"][name],
                &format!("{name} of {}", case["name"]),
            );
        }
    }
}

#[test]
fn confusion_matrices() {
    for case in cases("confusion_matrices.json") {
        let matrix: ConfusionMatrix = serde_json::from_value(case["matrix"].clone()).unwrap();
        assert_eq!(serde_json::to_value(&matrix).unwrap(), case["matrix"]);
        let expected = &case["expected"];
        let of = |name: &str| format!("{name} of {}", case["name"]);
        for (name, value) in [
            ("accuracy", matrix.accuracy()),
            ("balanced_accuracy", matrix.balanced_accuracy()),
            ("matthews_corrcoef", matrix.matthews_corrcoef()),
            ("cohen_kappa", matrix.cohen_kappa()),
            (
                "majority_baseline_accuracy",
                matrix.majority_baseline_accuracy(),
            ),
        ] {
            assert_value(value, &expected[name], &of(name));
        }
        assert_averages(matrix.macro_averages(), &expected["macro"], &of("macro"));
        assert_averages(matrix.micro_averages(), &expected["micro"], &of("micro"));
        assert_averages(
            matrix.weighted_averages(),
            &expected["weighted"],
            &of("weighted"),
        );
        let per_class = matrix.per_class();
        assert_eq!(per_class.len(), list(&expected["per_class"]).len());
        for (class, expected) in per_class.into_iter().zip(list(&expected["per_class"])) {
            let averages = Averages {
                precision: class.precision,
                recall: class.recall,
                f1: class.f1,
            };
            assert_averages(averages, expected, &of("a class"));
            assert_eq!(expected["support"], class.support);
        }
    }
}

#[track_caller]
fn assert_averages(got: Averages, expected: &Json, what: &str) {
    assert_value(
        got.precision,
        &expected["precision"],
        &format!("{what}, precision"),
    );
    assert_value(got.recall, &expected["recall"], &format!("{what}, recall"));
    assert_value(got.f1, &expected["f1"], &format!("{what}, F1"));
}

#[test]
fn a_matrix_of_two_classes_agrees_with_its_counts() {
    for case in cases("binary_counts.json") {
        let [tp, fp, fn_, tn] = counts(&case["counts"])[..] else {
            panic!("four counts")
        };
        let counts = BinaryCounts { tp, fp, fn_, tn };
        let matrix = ConfusionMatrix::from_rows(&counts.rows().map(Vec::from)).unwrap();
        assert_eq!(matrix.binary(1), counts);
        assert_eq!(matrix.binary(0), counts.swapped());
        for (name, value) in [
            ("accuracy", matrix.accuracy()),
            ("balanced_accuracy", matrix.balanced_accuracy()),
            ("matthews_corrcoef", matrix.matthews_corrcoef()),
            ("cohen_kappa", matrix.cohen_kappa()),
        ] {
            assert_value(
                value,
                &case["expected"][name],
                &format!("{name} of {}", case["name"]),
            );
        }
    }
}

#[test]
fn the_well_known_matrix() {
    // Rows actual: positive, negative.
    let matrix = ConfusionMatrix::from_rows(&[vec![90, 10], vec![5, 95]]).unwrap();
    let counts = matrix.binary(0);
    assert_eq!(matrix.total(), 200);
    assert_eq!(matrix.accuracy(), Ok(0.925));
    assert_eq!(counts.precision(), Ok(90.0 / 95.0));
    assert_eq!(counts.recall(), Ok(0.90));
}

#[test]
fn the_greatest_counts_do_no_harm() {
    let counts = BinaryCounts {
        tp: u64::MAX,
        fp: u64::MAX,
        fn_: u64::MAX,
        tn: u64::MAX,
    };
    let matrix = ConfusionMatrix::from_rows(&counts.rows().map(Vec::from)).unwrap();
    for value in [
        counts.matthews_corrcoef(),
        counts.cohen_kappa(),
        counts.f1(),
        counts.accuracy(),
        counts.lift(),
        matrix.cohen_kappa(),
        matrix.matthews_corrcoef(),
        matrix.weighted_averages().f1,
    ] {
        assert!(value.is_err() || value.is_ok_and(f64::is_finite));
    }
}

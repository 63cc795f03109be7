//! The number behind each metric.

use super::*;

#[test]
fn every_metric_is_that_of_the_report() {
    let mut csv =
        "split,label,prediction,score,latency_ms,error,cost,region,id,variant,date\n".to_owned();
    for row in 0..900_usize {
        let split = ["train", "test"][row % 2];
        // An id for every two rows of a split, of which one is perturbed.
        let (id, variant) = (row / 4 * 2 + row % 2, ["clean", "blur"][row / 2 % 2]);
        let place = format!(
            "{},{id},{variant},2024-01-0{}",
            ["north", "south", "east"][row * row % 3],
            1 + row / 100
        );
        let label = usize::from(row % 3 == 0);
        let prediction = if row % 11 == 0 { 1 - label } else { label };
        let score = (label * 40 + row * 37 % 60) as f64 / 100.0;
        let (latency, cost) = (10 + row % 90, 1 + row % 3);
        csv.push_str(&match row % 50 {
            49 => format!("{split},,,,,1,{cost},{place}\n"),
            _ => format!("{split},{label},{prediction},{score},{latency},0,{cost},{place}\n"),
        });
    }
    let criteria = Metric::ALL
        .iter()
        .map(|&metric| must(metric, Operator::AtLeast, 0.01));
    let report = report(&csv, &policy(criteria.collect()));
    let (now, before) = (report.current(), &report.splits["train"]);
    let (latency, cost) = (now.latency.as_ref().unwrap(), now.cost.as_ref().unwrap());
    let counts = now.confusion_matrix.as_ref().unwrap();
    let answers = report.answers.as_ref().unwrap();
    let gap = |of: fn(&greenlight_readiness::Evaluation) -> Option<f64>| {
        Some(of(before).unwrap() - of(now).unwrap())
    };
    let robustness = report.robustness.as_ref().unwrap();
    let drift = report.drift.as_ref().unwrap();
    let score = drift.score.as_ref().unwrap();
    let regions = report.segments["region"].values();
    let weakest = regions.filter_map(|region| region.accuracy);
    let weakest = weakest.fold(1.0, f64::min);
    let days = report.windows.iter().filter(|window| !window.partial);
    let days = days.filter_map(|window| window.evaluation.accuracy);
    assert_eq!(days.clone().count(), 9);
    let worst_day = days.fold(1.0, f64::min);
    for &metric in Metric::ALL {
        let expected = match metric {
            Metric::Accuracy => now.accuracy,
            Metric::AccuracyAboveBaseline => {
                Some(now.accuracy.unwrap() - now.majority_baseline_accuracy.unwrap())
            }
            Metric::YoudensJ => Some(now.recall.unwrap() + now.specificity.unwrap() - 1.0),
            Metric::BalancedAccuracy => now.balanced_accuracy,
            Metric::Precision => now.precision,
            Metric::Recall => now.recall,
            Metric::Specificity => now.specificity,
            Metric::F1 => now.f1,
            Metric::F0_5 => now.f0_5,
            Metric::F2 => now.f2,
            Metric::MatthewsCorrcoef => now.matthews_corrcoef,
            Metric::CohenKappa => now.cohen_kappa,
            Metric::RocAuc => now.roc_auc,
            Metric::AveragePrecision => now.average_precision,
            Metric::LogLoss => now.log_loss,
            Metric::BrierScore => now.brier_score,
            Metric::ExpectedCalibrationError => now.expected_calibration_error,
            Metric::LatencyP50 => Some(latency.p50),
            Metric::LatencyP90 => Some(latency.p90),
            Metric::LatencyP95 => Some(latency.p95),
            Metric::LatencyP99 => Some(latency.p99),
            Metric::LatencyMax => Some(latency.max),
            Metric::OverBudgetShare => latency.over_budget_share,
            Metric::ErrorRate => now.error_rate,
            Metric::CostPerPrediction => cost.per_prediction,
            Metric::CostPerCorrect => cost.per_correct,
            Metric::AcceptedShare => answers.accepted_by_human.as_ref().map(|of| of.share),
            Metric::JudgeAgreement => answers.agreement.as_ref().and_then(|of| of.kappa),
            Metric::CostPerAccepted => answers.cost_per_accepted,
            Metric::RepeatConsistency => {
                // Only of answers with an id, and with the second look: see tests/report/answers.rs.
                assert_eq!(named(&report, metric.name()).outcome, Outcome::NoEvidence);
                continue;
            }
            Metric::AccuracyGap => gap(|e| e.accuracy),
            Metric::BalancedAccuracyGap => gap(|e| e.balanced_accuracy),
            Metric::PrecisionGap => gap(|e| e.precision),
            Metric::RecallGap => gap(|e| e.recall),
            Metric::SpecificityGap => gap(|e| e.specificity),
            Metric::F1Gap => gap(|e| e.f1),
            Metric::RocAucGap => gap(|e| e.roc_auc),
            Metric::PerturbationAccuracyDrop => robustness.worst.as_ref().map(|w| w.accuracy_drop),
            Metric::FlipRate => robustness.flip_rate,
            Metric::WeakestSegmentGap => now.accuracy.map(|accuracy| accuracy - weakest),
            Metric::WorstWindowAccuracy => Some(worst_day),
            Metric::AccuracyDrop => before.accuracy.map(|accuracy| accuracy - worst_day),
            Metric::ScorePsi => score.psi,
            Metric::DriftedColumnsShare => {
                Some(drift.drifted_columns as f64 / drift.judged_columns as f64)
            }
            Metric::Rows => Some(now.rows as f64),
            Metric::Positives => Some((counts[1][0] + counts[1][1]) as f64),
        };
        let result = named(&report, metric.name());
        let (value, expected) = (result.value.unwrap(), expected.unwrap());
        assert!(
            (value - expected).abs() < 1e-12,
            "{metric:?}: {value}, {expected}"
        );
        assert_eq!((result.group, result.view), (metric.group(), metric.view()));
        if let Some((Some(low), Some(high))) = result.interval {
            assert!(low <= value && value <= high, "{metric:?}");
        }
    }
    for (name, expected) in [
        ("recall", now.intervals.recall),
        ("specificity", now.intervals.specificity),
        ("f1", now.intervals.f1),
        ("balanced_accuracy", now.intervals.balanced_accuracy),
        ("roc_auc", now.intervals.roc_auc),
    ] {
        let ends = expected.map(|interval| (Some(interval.low), Some(interval.high)));
        assert_eq!(named(&report, name).interval, ends, "{name}");
    }
    assert!(now.error_rate.unwrap() > 0.0 && gap(|e| e.f1) != Some(0.0));
}

#[test]
fn what_only_two_classes_have_is_no_evidence_with_three() {
    let csv = rows("label,prediction", &[("a,a", 40), ("b,b", 40), ("c,b", 40)]);
    let at_least = |metric| judged(&csv, must(metric, Operator::AtLeast, 0.5));
    assert_eq!(at_least(Metric::Specificity).outcome, Outcome::NoEvidence);
    let f1 = at_least(Metric::F1);
    assert_eq!(f1.value, Some((1.0 + 80.0 / 120.0) / 3.0));
    let recall = at_least(Metric::Recall);
    let balanced = at_least(Metric::BalancedAccuracy);
    assert_eq!(
        (recall.value, recall.interval),
        (balanced.value, balanced.interval)
    );
}

//! What each pass over sorted scores takes: `cargo run --release -p greenlight-metrics --example score_passes [ROWS]`.

// Clippy's ban on clocks is for results; this one measures.
#![allow(clippy::disallowed_methods)]

use std::hint::black_box;
use std::time::Instant;

use greenlight_metrics::*;

fn main() {
    let rows: u64 = std::env::args()
        .nth(1)
        .and_then(|rows| rows.parse().ok())
        .unwrap_or(1_000_000);
    let mut collector = ScoreCollector::default();
    time("collect", || {
        for (score, positive) in (0..rows).map(row) {
            // Finite, so it cannot fail.
            let _ = collector.push(score, positive, 1);
        }
    });
    let groups = timed("sort and group", || collector.finish());
    println!("{rows} rows, {} distinct scores", groups.len());
    let empty = ScoreGroups::default();
    time("merge with none", || ScoreGroups::merged([&groups, &empty]));
    time("ROC AUC", || roc_auc(&groups));
    time("its interval", || roc_auc_interval(&groups));
    time("average precision", || average_precision(&groups));
    time("log loss", || log_loss(&groups));
    time("Brier score", || brier_score(&groups));
    time("expected calibration error", || {
        expected_calibration_error(&groups)
    });
    let hull = timed("upper hull", || roc_hull(&groups));
    println!("{} vertices", hull.map_or(0, |hull| hull.len()));
    time("stops", || ThresholdStops::of(&groups, 1_024));
    time("histogram", || ClassHistogram::of(&groups, 50));
    time("KS", || ks_statistic(&groups));
    time("reliability, uniform", || reliability_curve(&groups, 10));
    time("reliability, quantile", || {
        quantile_reliability_curve(&groups, 10)
    });
    time("maximum calibration error", || {
        maximum_calibration_error(&groups)
    });
    time("Brier skill score", || brier_skill_score(&groups));
    time("calibration line", || calibration_line(&groups));
    time("isotonic fit", || isotonic_fit(&groups));
    let costs = CostMatrix {
        tp: 0.0,
        fp: 1.0,
        fn_: 500.0,
        tn: 0.0,
    };
    for objective in [
        Objective::F1,
        Objective::FBeta(2.0),
        Objective::Youden,
        Objective::MatthewsCorrcoef,
        Objective::Accuracy,
        Objective::Cost(costs),
    ] {
        time(&format!("best {objective:?}"), || {
            best_threshold(&groups, objective)
        });
    }
    time("best by all that peak on the hull", || {
        let objectives = [
            Objective::F1,
            Objective::Youden,
            Objective::MatthewsCorrcoef,
        ];
        best_thresholds(&groups, objectives)
    });
    time("best under a demand", || {
        Constraint::RecallAtLeast(0.8).best(&groups)
    });
    time("counts at a thousand thresholds", || {
        let flagged = |place| {
            let threshold = f64::from(place) / 1_000.0;
            counts_at(&groups, threshold).predicted_positives()
        };
        (0..1_000).map(flagged).sum::<u64>()
    });
    let sums = timed("amounts beside the scores", || {
        let mut collector = AmountCollector::new(&groups, 1.0);
        for (score, positive) in (0..rows).map(row) {
            let _ = collector.push(score, positive, 1, 1.0 - score);
        }
        collector.finish()
    });
    let costs = RowCosts {
        fixed: costs,
        factors: costs,
    };
    time("best by cost with amounts", || {
        cheapest_threshold(&groups, &sums, &costs)
    });
    if let Some(mut bootstrap) = ThresholdBootstrap::new(&groups, Choice::Best(Objective::F1), 1) {
        time("a replicate", || bootstrap.step());
    }
}

/// The score of a row, and whether it is positive: more often so the higher it is.
fn row(number: u64) -> (f64, bool) {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let score = (mixed >> 11) as f64 / (1_u64 << 53) as f64;
    let positive = (mixed.wrapping_mul(mixed) >> 40) % 100 < (score * 20.0) as u64;
    (score, positive)
}

/// [`timed`], where only the time is of interest.
fn time<T>(name: &str, pass: impl FnOnce() -> T) {
    timed(name, pass);
}

/// Runs `pass` once and prints the milliseconds it took.
fn timed<T>(name: &str, pass: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = black_box(pass());
    println!("{:8.1} ms  {name}", start.elapsed().as_secs_f64() * 1e3);
    result
}

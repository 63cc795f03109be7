//! What must hold for any data: parts merge to the whole, the order of rows changes nothing, not even in
//! the last bit, and exchanging classes exchanges their metrics.

#![allow(clippy::unwrap_used)]

use greenlight_metrics::*;
use proptest::prelude::*;

/// A score, whether the row is positive, how many rows it stands for.
type Row = (f64, bool, u64);

/// Rows with many ties, some of them only almost ties, some that stand for several or none.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let tied = (0..=20_u8).prop_map(|score| f64::from(score) / 20.0);
    let score = prop_oneof![3 => tied, 2 => 0.0..=1.0_f64, 1 => Just(0.1 + 0.2)];
    let count = prop_oneof![6 => Just(1_u64), 1 => 0..5_u64];
    prop::collection::vec((score, any::<bool>(), count), 0..80)
}

/// Rows in another order beside themselves, and a place to cut them.
fn shuffled() -> impl Strategy<Value = (Vec<Row>, Vec<Row>, usize)> {
    rows().prop_flat_map(|rows| {
        let cut = 0..=rows.len();
        (Just(rows.clone()), Just(rows).prop_shuffle(), cut)
    })
}

fn collect(rows: &[Row]) -> ScoreCollector {
    let mut collector = ScoreCollector::default();
    for &(score, positive, count) in rows {
        collector.push(score, positive, count).unwrap();
    }
    collector
}

fn latencies(rows: &[Row]) -> LatencyCollector {
    let mut collector = LatencyCollector::default();
    for &(score, _, count) in rows {
        collector.push(score * 1000.0, count).unwrap();
    }
    collector
}

/// Every metric of scores, as bits.
fn bits(groups: &ScoreGroups) -> Vec<Result<u64, Undefined>> {
    let interval = roc_auc_interval(groups);
    let metrics = [
        roc_auc(groups),
        interval.map(|interval| interval.low),
        interval.map(|interval| interval.high),
        average_precision(groups),
        ks_statistic(groups),
        log_loss(groups),
        brier_score(groups),
        expected_calibration_error(groups),
    ];
    metrics
        .into_iter()
        .map(|metric| metric.map(f64::to_bits))
        .collect()
}

fn near(a: Value, b: Value) -> bool {
    match (a, b) {
        (Ok(a), Ok(b)) => (a - b).abs() <= 1e-12,
        (Err(_), Err(_)) => true,
        _ => false,
    }
}

const OBJECTIVES: [Objective; 10] = [
    Objective::F1,
    Objective::FBeta(0.5),
    Objective::FBeta(2.0),
    Objective::Youden,
    Objective::MatthewsCorrcoef,
    Objective::Accuracy,
    Objective::BalancedAccuracy,
    Objective::Jaccard,
    Objective::CohenKappa,
    Objective::Cost(CostMatrix {
        tp: 0.0,
        fp: 1.0,
        fn_: 7.0,
        tn: -0.5,
    }),
];

/// Costs of any sign in halves, so that many thresholds cost the same.
fn costs() -> impl Strategy<Value = CostMatrix> {
    let cost = || (-20..20_i32).prop_map(|halves| f64::from(halves) / 2.0);
    (cost(), cost(), cost(), cost()).prop_map(|(tp, fp, fn_, tn)| CostMatrix { tp, fp, fn_, tn })
}

/// The best candidate by trying all: the first of those that no other beats by more than rounding.
fn by_trying_all(
    rows: &[Row],
    allowed: impl Fn(&BinaryCounts) -> bool,
    gain: impl Fn(&BinaryCounts) -> Option<f64>,
) -> Option<(Option<f64>, f64)> {
    let mut thresholds: Vec<f64> = rows
        .iter()
        .filter(|row| row.2 > 0)
        .map(|row| row.0)
        .collect();
    thresholds.sort_by(|a, b| b.total_cmp(a));
    thresholds.dedup();
    let mut candidates = vec![];
    if !thresholds.is_empty() {
        candidates.push(None);
    }
    candidates.extend(thresholds.into_iter().map(Some));
    let of = |threshold: Option<f64>| {
        let mut counts = BinaryCounts::default();
        for &(score, positive, rows) in rows {
            let flagged = threshold.is_some_and(|threshold| score >= threshold);
            *match (positive, flagged) {
                (true, true) => &mut counts.tp,
                (false, true) => &mut counts.fp,
                (true, false) => &mut counts.fn_,
                (false, false) => &mut counts.tn,
            } += rows;
        }
        counts
    };
    let values = candidates
        .into_iter()
        .map(|threshold| (threshold, of(threshold)));
    let values = values.filter(|(_, counts)| allowed(counts));
    let values: Vec<(Option<f64>, f64)> = values
        .filter_map(|(threshold, counts)| Some((threshold, gain(&counts)?)))
        .collect();
    let most = values.iter().map(|(_, value)| *value).reduce(f64::max)?;
    values
        .into_iter()
        .find(|(_, value)| most - value <= 1e-12 * most.abs())
}

fn counts() -> impl Strategy<Value = BinaryCounts> {
    let count = || prop_oneof![0..4_u64, 0..1_000_000_000_000_u64];
    (count(), count(), count(), count()).prop_map(|(tp, fp, fn_, tn)| BinaryCounts {
        tp,
        fp,
        fn_,
        tn,
    })
}

fn matrix() -> impl Strategy<Value = Vec<Vec<u64>>> {
    let count = prop_oneof![Just(0), 0..50_u64];
    (1..6_usize)
        .prop_flat_map(move |k| prop::collection::vec(prop::collection::vec(count.clone(), k), k))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_and_the_parts_of_scores_change_no_bit((rows, other, cut) in shuffled()) {
        let whole = collect(&rows).finish();
        let mut parts = collect(&other[..cut]);
        parts.merge(collect(&other[cut..]));
        let parts = parts.finish();
        prop_assert_eq!(&parts, &whole);
        prop_assert_eq!(bits(&parts), bits(&whole));
        let (left, right) = (collect(&other[..cut]).finish(), collect(&other[cut..]).finish());
        prop_assert_eq!(&ScoreGroups::merged([&left, &right]), &whole);
        for objective in OBJECTIVES {
            prop_assert_eq!(best_threshold(&parts, objective), best_threshold(&whole, objective));
        }
    }

    #[test]
    fn a_count_stands_for_as_many_rows(rows in rows()) {
        let expanded: Vec<Row> =
            rows.iter().flat_map(|&(s, p, count)| std::iter::repeat_n((s, p, 1), count as usize)).collect();
        let (counted, each) = (collect(&rows).finish(), collect(&expanded).finish());
        prop_assert_eq!(bits(&counted), bits(&each));
        prop_assert_eq!(latencies(&rows).finish(), latencies(&expanded).finish());
    }

    #[test]
    fn the_order_and_the_parts_of_latencies_change_no_bit((rows, other, cut) in shuffled()) {
        let whole = latencies(&rows).finish();
        let ends = [latencies(&other[..cut]).finish(), latencies(&other[cut..]).finish()];
        prop_assert_eq!(&Latencies::merged(&ends), &whole);
        let mut parts = latencies(&other[..cut]);
        parts.merge(latencies(&other[cut..]));
        let parts = parts.finish();
        prop_assert_eq!(parts.summary(Some(500.0)), whole.summary(Some(500.0)));
        let mut histogram = LogHistogram::of(&latencies(&other[..cut]).finish());
        histogram.merge(&LogHistogram::of(&latencies(&other[cut..]).finish()));
        prop_assert_eq!(&histogram, &LogHistogram::of(&whole));
        let counted: u64 = histogram.bins().map(|bin| bin.count).sum();
        prop_assert_eq!(counted + histogram.not_positive(), whole.rows());
    }

    #[test]
    fn cuts_are_the_counts_at_their_thresholds(rows in rows()) {
        let groups = collect(&rows).finish();
        for cut in cuts(&groups) {
            prop_assert_eq!(cut.counts, counts_at(&groups, cut.threshold.unwrap_or(f64::INFINITY)));
            let at = |row: &&Row| cut.threshold.is_some_and(|threshold| row.0 >= threshold);
            let flagged: u64 = rows.iter().filter(at).map(|row| row.2).sum();
            prop_assert_eq!(cut.counts.predicted_positives(), flagged);
            prop_assert_eq!(cut.counts.actual_positives(), groups.positives());
        }
    }

    #[test]
    fn the_hull_holds_the_optima(rows in rows()) {
        let groups = collect(&rows).finish();
        let Ok(hull) = roc_hull(&groups) else { return Ok(()) };
        for objective in OBJECTIVES {
            let best = best_threshold(&groups, objective);
            // A correlation at or below 0 may be undefined at all vertices.
            if objective == Objective::MatthewsCorrcoef && best.is_none_or(|best| best.value < 1e-12) {
                continue;
            }
            let best = best.map(|best| Cut { threshold: best.threshold, counts: best.counts });
            prop_assert!(best.is_some_and(|best| hull.contains(&best)), "{objective:?}: {best:?}");
        }
    }

    #[test]
    fn the_best_threshold_is_that_of_trying_all(rows in rows(), costs in costs()) {
        let groups = collect(&rows).finish();
        let found = best_thresholds(&groups, OBJECTIVES);
        for (objective, found) in OBJECTIVES.into_iter().zip(found) {
            let is_cost = matches!(objective, Objective::Cost(_));
            let gain = |counts: &BinaryCounts| {
                let value = objective.value(counts).ok()?;
                Some(if is_cost { -value } else { value })
            };
            let expected = by_trying_all(&rows, |_| true, gain);
            prop_assert_eq!(found.map(|point| point.threshold), expected.map(|best| best.0), "{:?}", objective);
            prop_assert_eq!(found, best_threshold(&groups, objective));
        }
        // In halves, sums are exact.
        let gain = |counts: &BinaryCounts| {
            let [tp, fp, fn_, tn] = [counts.tp, counts.fp, counts.fn_, counts.tn].map(|n| n as f64);
            Some(-(tp * costs.tp + fp * costs.fp + fn_ * costs.fn_ + tn * costs.tn))
        };
        let found = best_threshold(&groups, Objective::Cost(costs));
        let found = found.map(|point| (point.threshold, -point.value));
        prop_assert_eq!(found, by_trying_all(&rows, |_| true, gain));
    }

    #[test]
    fn the_best_under_a_demand_is_that_of_trying_all(rows in rows(), limit in 0..=20_u8, alerts in 0..100_u64) {
        let groups = collect(&rows).finish();
        let limit = f64::from(limit) / 20.0;
        let precision = |c: &BinaryCounts| (c.tp + c.fp > 0).then(|| c.tp as f64 / (c.tp + c.fp) as f64);
        let recall = |c: &BinaryCounts| (c.tp + c.fn_ > 0).then(|| c.tp as f64 / (c.tp + c.fn_) as f64);
        let at_least = |value: Option<f64>| value.is_some_and(|value| value >= limit);
        let threshold = |constraint: Constraint| constraint.best(&groups).map(|point| point.threshold);
        prop_assert_eq!(
            threshold(Constraint::PrecisionAtLeast(limit)),
            by_trying_all(&rows, |c| at_least(precision(c)), recall).map(|best| best.0)
        );
        prop_assert_eq!(
            threshold(Constraint::RecallAtLeast(limit)),
            by_trying_all(&rows, |c| at_least(recall(c)), precision).map(|best| best.0)
        );
        prop_assert_eq!(
            threshold(Constraint::AlertsAtMost(alerts)),
            by_trying_all(&rows, |c| c.tp + c.fp <= alerts, recall).map(|best| best.0)
        );
    }

    #[test]
    fn the_hull_holds_the_optimum_of_costs_that_punish_errors(
        rows in rows(), right in (-8..8_i32, -8..8_i32), worse in (1..40_i32, 1..40_i32),
    ) {
        let groups = collect(&rows).finish();
        let Ok(hull) = roc_hull(&groups) else { return Ok(()) };
        let (tp, tn) = (f64::from(right.0), f64::from(right.1));
        let costs = CostMatrix { tp, tn, fp: tn + f64::from(worse.0), fn_: tp + f64::from(worse.1) };
        let best = best_threshold(&groups, Objective::Cost(costs)).unwrap();
        let best = Cut { threshold: best.threshold, counts: best.counts };
        prop_assert!(hull.contains(&best), "{:?}", best);
    }

    #[test]
    fn stops_know_the_thresholds_that_were_wanted(rows in rows(), wanted in prop::collection::vec(-0.2..1.2_f64, 0..5)) {
        let groups = collect(&rows).finish();
        let stops = ThresholdStops::with(&groups, 2, &wanted);
        for threshold in wanted.into_iter().filter(|_| !groups.is_empty()) {
            prop_assert_eq!(stops.at(threshold), Some(Located::Exact(counts_at(&groups, threshold))));
        }
        prop_assert!(stops.stops().is_sorted_by(|a, b| a.interval.above == b.interval.up_to
            || b.interval.up_to <= a.interval.above));
    }

    #[test]
    fn exchanging_the_classes_turns_the_ranking_round(rows in rows()) {
        let turned: Vec<Row> = rows.iter().map(|&(s, positive, count)| (s, !positive, count)).collect();
        let (groups, turned) = (collect(&rows).finish(), collect(&turned).finish());
        prop_assert!(near(roc_auc(&groups), roc_auc(&turned).map(|area| 1.0 - area)));
        prop_assert_eq!(ks_statistic(&groups), ks_statistic(&turned));
    }

    #[test]
    fn the_curve_encloses_the_area(rows in rows()) {
        let groups = collect(&rows).finish();
        let Ok(curve) = roc_curve(&groups) else { return Ok(()) };
        let points: Vec<RocPoint> = curve.collect();
        let area = points.windows(2).map(|pair| {
            let width = pair[1].false_positive_rate - pair[0].false_positive_rate;
            width * (pair[0].true_positive_rate + pair[1].true_positive_rate) / 2.0
        });
        prop_assert!(near(Ok(area.sum()), roc_auc(&groups)));
    }

    #[test]
    fn reliability_bins_hold_every_row(rows in rows(), bins in 1..30_usize) {
        let groups = collect(&rows).finish();
        let Ok(curve) = reliability_curve(&groups, bins) else { return Ok(()) };
        prop_assert_eq!(curve.iter().map(|bin| bin.rows).sum::<u64>(), groups.rows());
        for bin in curve.iter().filter(|bin| bin.rows > 0) {
            let mean = bin.mean_score().unwrap();
            prop_assert!(bin.low - 1e-12 <= mean && mean <= bin.high + 1e-12);
        }
    }

    #[test]
    fn exchanging_the_classes_of_counts_exchanges_their_metrics(counts in counts()) {
        let swapped = counts.swapped();
        prop_assert_eq!(counts.recall().ok(), swapped.specificity().ok());
        prop_assert_eq!(counts.precision().ok(), swapped.negative_predictive_value().ok());
        prop_assert!(near(counts.matthews_corrcoef(), swapped.matthews_corrcoef()));
        prop_assert!(near(counts.cohen_kappa(), swapped.cohen_kappa()));
        prop_assert!(near(counts.balanced_accuracy(), swapped.balanced_accuracy()));
        prop_assert!(near(counts.youdens_j(), swapped.youdens_j()));
        prop_assert_eq!(counts.accuracy(), swapped.accuracy());
        for value in [counts.f1(), counts.jaccard(), counts.f_beta(2.0), counts.accuracy()] {
            prop_assert!(value.is_err() || value.is_ok_and(|value| (0.0..=1.0).contains(&value)));
        }
        prop_assert!(counts.matthews_corrcoef().map_or(0.0, f64::abs) <= 1.0 + 1e-12);
    }

    #[test]
    fn relabelling_the_classes_changes_no_metric(rows in matrix(), turn in 0..6_usize) {
        let k = rows.len();
        let mut turned = ConfusionMatrix::new(k);
        for (i, row) in rows.iter().enumerate() {
            for (j, &count) in row.iter().enumerate() {
                turned.add(Actual((i + turn) % k), Predicted((j + turn) % k), count).unwrap();
            }
        }
        let matrix = ConfusionMatrix::from_rows(&rows).unwrap();
        let pairs = |m: &ConfusionMatrix| {
            let (macros, weighted) = (m.macro_averages(), m.weighted_averages());
            let averages = [macros.precision, macros.recall, macros.f1, weighted.precision, weighted.f1];
            let rest = [m.accuracy(), m.balanced_accuracy(), m.matthews_corrcoef(), m.cohen_kappa()];
            averages.into_iter().chain(rest).collect::<Vec<_>>()
        };
        for (got, expected) in pairs(&turned).into_iter().zip(pairs(&matrix)) {
            prop_assert!(near(got, expected), "{got:?} {expected:?}");
        }
        let mut doubled = matrix.clone();
        doubled.merge(&matrix).unwrap();
        prop_assert_eq!(doubled.total(), 2 * matrix.total());
        prop_assert!(near(doubled.matthews_corrcoef(), matrix.matthews_corrcoef()));
    }

    #[test]
    fn sums_of_parts_are_the_sum(terms in prop::collection::vec(-1e6..1e6_f64, 0..200), cut in 0..200_usize) {
        let cut = cut.min(terms.len());
        let whole: CompensatedSum = terms.iter().copied().collect();
        let mut parts: CompensatedSum = terms[cut..].iter().copied().collect();
        parts.merge(&terms[..cut].iter().copied().collect());
        let size: f64 = terms.iter().map(|term| term.abs()).sum();
        prop_assert!((parts.value() - whole.value()).abs() <= 1e-15 * size);
    }

    #[test]
    fn wilson_intervals_hold_their_share(k in 0..1_000_000_u64, more in 0..1_000_000_u64) {
        let n = k + more;
        prop_assume!(n > 0);
        let (interval, turned) = (wilson(k, n).unwrap(), wilson(more, n).unwrap());
        prop_assert!(interval.contains(k as f64 / n as f64));
        prop_assert!((interval.low - (1.0 - turned.high)).abs() < 1e-12);
    }

    #[test]
    fn quantiles_undo_the_cumulative_share(x in -8.0..5.0_f64) {
        let back = normal::quantile(normal::cdf(x)).unwrap();
        prop_assert!((back - x).abs() < 1e-9);
    }
}

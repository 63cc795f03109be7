//! What is known at once of several windows together, without their rows.

use greenlight_metrics::{
    LatencyIntervals, LatencySummary, PercentileInterval, ReliabilityBin, ThresholdStops,
    Undefined, Value, Z_95,
};

use crate::absent::Absent;
use crate::statistics::{CostSummary, ScoreStatistics, Statistics};
use crate::tradeoff::Calibration;

/// Some rows and how many of them a number is of.
type Part<'w> = &'w Statistics;

/// The statistics of several windows together. Counts, sums and means are exact, also at each of the stops that the windows share;
/// what is no sum is nearly so: areas under curves go by the stops, percentiles of latency by those of each window. `wanted` is as for a
/// profile. Costs a pass over the windows for each stop.
pub(super) fn summed(parts: &[Part<'_>], wanted: &[f64]) -> Option<Statistics> {
    let (first, others) = parts.split_first()?;
    if others.is_empty() {
        return Some((*first).clone());
    }
    let mut sum = (*first).clone();
    for part in others {
        sum.rows = sum.rows.saturating_add(part.rows);
        sum.not_adding_up = sum.not_adding_up.saturating_add(part.not_adding_up);
        sum.lone_grades.merge(&part.lone_grades);
        if let (Ok(sum), Ok(confusion)) = (&mut sum.confusion, &part.confusion) {
            // Cannot fail: all have the classes of the file.
            let _ = sum.merge(confusion);
        }
        if let (Ok(sum), Ok(errors)) = (&mut sum.errors, &part.errors) {
            *sum = sum.saturating_add(*errors);
        }
    }
    sum.scores = scores(parts, wanted);
    sum.latency = latency(parts);
    sum.cost = cost(parts, &sum);
    Some(sum)
}

fn scores(parts: &[Part<'_>], wanted: &[f64]) -> Result<ScoreStatistics, Absent> {
    let mut known = Vec::with_capacity(parts.len());
    for part in parts {
        known.push((part.scores.as_ref().map_err(Absent::clone)?, *part));
    }
    let bins = summed_bins(&known);
    let stops = known
        .iter()
        .map(|(scores, _)| Some(&scores.tradeoff.as_ref()?.stops))
        .collect::<Option<Vec<&ThresholdStops>>>();
    let stops = stops.and_then(ThresholdStops::summed);
    let mut sum = match &stops {
        Some(stops) => ScoreStatistics::of(&stops.groups(), wanted),
        None => {
            let (first, _) = known.first().ok_or(Undefined::NoScores)?;
            ScoreStatistics {
                roc_auc: mean(&known, |scores| scores.roc_auc),
                average_precision: mean(&known, |scores| scores.average_precision),
                calibration: Calibration::unknown(),
                per_class: Vec::new(),
                ..(*first).clone()
            }
        }
    };
    sum.log_loss = mean(&known, |scores| scores.log_loss);
    sum.brier_score = mean(&known, |scores| scores.brier_score);
    sum.expected_calibration_error = bins.as_ref().map_err(|why| *why).and_then(|bins| {
        let gaps = bins
            .iter()
            .map(|bin| (bin.positives as f64 - bin.score_sum).abs());
        let rows: u64 = bins.iter().map(|bin| bin.rows).sum();
        match rows {
            0 => Err(Undefined::NoScores),
            rows => Ok(gaps.sum::<f64>() / rows as f64),
        }
    });
    sum.calibration.uniform = bins;
    Ok(sum)
}

/// The bins of equal width, of which all windows have the same.
fn summed_bins(known: &[(&ScoreStatistics, Part<'_>)]) -> Result<Vec<ReliabilityBin>, Undefined> {
    let mut sum: Result<Vec<ReliabilityBin>, Undefined> = Err(Undefined::NoScores);
    for (scores, _) in known {
        match (&mut sum, &scores.calibration.uniform) {
            (Err(_), bins) => sum = bins.clone(),
            (Ok(sum), Ok(bins)) => {
                for (sum, bin) in sum.iter_mut().zip(bins) {
                    sum.rows = sum.rows.saturating_add(bin.rows);
                    sum.positives = sum.positives.saturating_add(bin.positives);
                    sum.score_sum += bin.score_sum;
                }
            }
            // A window without scores adds nothing.
            (Ok(_), Err(Undefined::NoScores)) => {}
            (Ok(_), Err(why)) => return Err(*why),
        }
    }
    sum
}

/// The mean over the scored rows of the windows that have the number.
fn mean(known: &[(&ScoreStatistics, Part<'_>)], of: impl Fn(&ScoreStatistics) -> Value) -> Value {
    let (mut sum, mut rows, mut why) = (0.0, 0.0, Undefined::NoScores);
    for (scores, part) in known {
        let answered = part
            .confusion
            .as_ref()
            .map_or(part.rows, |matrix| matrix.total());
        match of(scores) {
            Ok(value) => {
                sum += value * answered as f64;
                rows += answered as f64;
            }
            Err(reason) => why = reason,
        }
    }
    if rows > 0.0 { Ok(sum / rows) } else { Err(why) }
}

fn cost(parts: &[Part<'_>], sum: &Statistics) -> Result<CostSummary, Absent> {
    let (mut total, mut predictions) = (0.0, 0.0);
    let mut why = None;
    for part in parts {
        match &part.cost {
            Ok(cost) => {
                total += cost.total;
                if cost.per_prediction != 0.0 {
                    predictions += cost.total / cost.per_prediction;
                } else {
                    predictions += part.rows as f64;
                }
            }
            Err(absent) => why = Some(absent.clone()),
        }
    }
    if predictions == 0.0 {
        return Err(why.unwrap_or_else(|| Undefined::NoCosts.into()));
    }
    let correct = sum.confusion.as_ref().map_err(Absent::clone);
    Ok(CostSummary {
        total,
        per_prediction: total / predictions,
        per_correct: correct.and_then(|matrix| match matrix.correct() {
            0 => Err(Undefined::NoneRight.into()),
            correct => Ok(total / correct as f64),
        }),
    })
}

fn latency(parts: &[Part<'_>]) -> Result<LatencySummary, Absent> {
    let mut known: Vec<&LatencySummary> = Vec::with_capacity(parts.len());
    let mut why = Absent::from(Undefined::NoLatencies);
    for part in parts {
        match &part.latency {
            Ok(latency) => known.push(latency),
            Err(absent) => why = absent.clone(),
        }
    }
    if known.is_empty() {
        return Err(why);
    }
    let rows: u64 = known
        .iter()
        .fold(0, |rows, part| rows.saturating_add(part.rows));
    let weighted = |of: &dyn Fn(&LatencySummary) -> f64| {
        let sum: f64 = known.iter().map(|part| of(part) * part.rows as f64).sum();
        sum / rows as f64
    };
    let max = known.iter().map(|part| part.max).fold(0.0, f64::max);
    let at = |share: f64| latency_at(&known, rows, max, share);
    let interval = |share: f64| {
        let half = Z_95 * (share * (1.0 - share) / rows as f64).sqrt();
        PercentileInterval {
            low: (share - half > 0.0).then(|| at(share - half)),
            high: (share + half < 1.0).then(|| at(share + half)),
        }
    };
    let budgeted = known.iter().all(|part| part.over_budget_share.is_some());
    Ok(LatencySummary {
        rows,
        mean: weighted(&|part| part.mean),
        p50: at(0.5),
        p90: at(0.9),
        p95: at(0.95),
        p99: at(0.99),
        p99_9: at(0.999),
        max,
        over_budget_share: budgeted
            .then(|| weighted(&|part| part.over_budget_share.unwrap_or(0.0))),
        intervals: LatencyIntervals {
            p50: interval(0.5),
            p90: interval(0.9),
            p95: interval(0.95),
            p99: interval(0.99),
            p99_9: interval(0.999),
        },
    })
}

/// So often the span of latencies is halved: the last bit of a double is reached.
const HALVINGS: usize = 60;

/// About the latency that a share of the rows does not exceed, each window taken as straight between its known percentiles.
fn latency_at(known: &[&LatencySummary], rows: u64, max: f64, share: f64) -> f64 {
    let within = |latency: f64| {
        let within = known
            .iter()
            .map(|part| share_within(part, latency) * part.rows as f64);
        within.sum::<f64>() / rows as f64
    };
    let (mut low, mut high) = (0.0, max);
    for _ in 0..HALVINGS {
        let middle = low + (high - low) / 2.0;
        match within(middle) < share {
            true => low = middle,
            false => high = middle,
        }
    }
    high
}

fn share_within(part: &LatencySummary, latency: f64) -> f64 {
    let known = [
        (part.p50, 0.5),
        (part.p90, 0.9),
        (part.p95, 0.95),
        (part.p99, 0.99),
        (part.p99_9, 0.999),
        (part.max, 1.0),
    ];
    let (mut at, mut share) = (0.0, 0.0);
    for (next, next_share) in known {
        if latency < next {
            let way = (latency - at) / (next - at);
            return share + way.clamp(0.0, 1.0) * (next_share - share);
        }
        (at, share) = (next, next_share);
    }
    1.0
}

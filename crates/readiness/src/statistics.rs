//! The statistics of some rows, computed from their scores and latencies in order.

use greenlight_metrics::{
    Actual, BinaryCounts, ConfusionMatrix, Interval, Latencies, LatencyCollector, LatencySummary,
    Predicted, ScoreGroups, Undefined, Value, average_precision, brier_score, counts_at,
    expected_calibration_error, log_loss, roc_auc, roc_auc_interval,
};
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::accumulator::Part;
use crate::profile::Settings;
use crate::schema::{DecisionRule, Schema};

/// The statistics of some rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// How many rows.
    pub rows: u64,
    /// Rows by actual and predicted class.
    pub confusion: Result<ConfusionMatrix, Absent>,
    /// What the scores are worth.
    pub scores: Result<ScoreStatistics, Absent>,
    /// How long predictions took.
    pub latency: Result<LatencySummary, Absent>,
}

/// What the scores of some rows are worth, whatever the threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the metric of that name")]
pub struct ScoreStatistics {
    pub roc_auc: Value,
    pub roc_auc_interval: Result<Interval, Undefined>,
    pub average_precision: Value,
    pub log_loss: Value,
    pub brier_score: Value,
    pub expected_calibration_error: Value,
}

impl ScoreStatistics {
    fn new(groups: &ScoreGroups) -> Self {
        Self {
            roc_auc: roc_auc(groups),
            roc_auc_interval: roc_auc_interval(groups),
            average_precision: average_precision(groups),
            log_loss: log_loss(groups),
            brier_score: brier_score(groups),
            expected_calibration_error: expected_calibration_error(groups),
        }
    }
}

/// The rows of a part with its scores and latencies in order.
pub(crate) struct Ordered {
    pub rows: u64,
    pub confusion: ConfusionMatrix,
    pub scores: ScoreGroups,
    pub latencies: Latencies,
}

impl Ordered {
    fn new(part: Part) -> Self {
        let Part {
            rows,
            confusion,
            scores,
            latencies,
        } = part;
        Self {
            rows,
            confusion,
            scores: scores.finish(),
            latencies: latencies.finish(),
        }
    }

    pub fn statistics(&self, schema: &Schema, settings: &Settings) -> Statistics {
        let confusion = match schema.decision {
            None => Err(Absent::NoLabel),
            Some(DecisionRule::Prediction) => Ok(self.confusion.clone()),
            Some(DecisionRule::Threshold) => match schema.classes.positive() {
                None => Err(Absent::NoPositiveClass),
                Some(_) => {
                    // No threshold is the highest of all: nothing is flagged.
                    let threshold = settings.threshold.unwrap_or(f64::INFINITY);
                    Ok(matrix_of(counts_at(&self.scores, threshold)))
                }
            },
        };
        let scores = if !schema.has_score {
            Err(match schema.classes.len() {
                0..=2 => Undefined::NoScores.into(),
                _ => Undefined::NotBinary.into(),
            })
        } else if schema.classes.positive().is_none() {
            Err(Absent::NoPositiveClass)
        } else {
            Ok(ScoreStatistics::new(&self.scores))
        };
        Statistics {
            rows: self.rows,
            confusion,
            scores,
            latency: self
                .latencies
                .summary(Some(settings.latency_budget))
                .map_err(Absent::from),
        }
    }
}

/// Puts each part in order, and from them the whole.
pub(crate) fn order(
    splits: Vec<(String, Part)>,
    unsplit: Part,
) -> (Vec<(String, Ordered)>, Ordered) {
    let mut latencies = LatencyCollector::default();
    for (_, part) in &splits {
        latencies.merge(part.latencies.clone());
    }
    latencies.merge(unsplit.latencies.clone());
    let mut overall = Ordered::new(unsplit);
    let splits: Vec<(String, Ordered)> = splits
        .into_iter()
        .map(|(name, part)| (name, Ordered::new(part)))
        .collect();
    for (_, part) in &splits {
        overall.rows += part.rows;
        // Cannot fail: all parts have the schema's classes.
        let _ = overall.confusion.merge(&part.confusion);
        overall.scores = overall.scores.merged(&part.scores);
    }
    overall.latencies = latencies.finish();
    (splits, overall)
}

/// `[[tn, fp], [fn, tp]]`: the positive class is last.
fn matrix_of(counts: BinaryCounts) -> ConfusionMatrix {
    let mut matrix = ConfusionMatrix::new(2);
    let cells = [
        (0, 0, counts.tn),
        (0, 1, counts.fp),
        (1, 0, counts.fn_),
        (1, 1, counts.tp),
    ];
    for (actual, predicted, count) in cells {
        // Cannot fail: the matrix has both classes.
        let _ = matrix.add(Actual(actual), Predicted(predicted), count);
    }
    matrix
}

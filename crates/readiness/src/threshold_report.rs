//! The part of the report on thresholds.

use greenlight_metrics::{
    BinaryCounts, Constraint, CostMatrix, ThresholdInterval, ThresholdPoint, Value,
};
use serde::{Deserialize, Serialize};

use crate::notes::NotesAt;
use crate::policy::Operator;
use crate::thresholds::BestThresholds;

/// The best thresholds, and where they were chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct ThresholdReport {
    pub chosen_on: Option<String>,
    pub seen_on: Option<String>,
    pub best: BestPoints,
    pub cost_matrix: Option<CostMatrix>,
    pub constraints: Vec<ConstraintPoint>,
}

/// The best threshold by each objective.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the objective of that name")]
pub struct BestPoints {
    pub f1: Option<Point>,
    pub youden: Option<Point>,
    pub matthews_corrcoef: Option<Point>,
    pub cost: Option<Point>,
}

/// The best threshold under a demand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct ConstraintPoint {
    pub metric: String,
    pub operator: Operator,
    pub limit: f64,
    /// Its value is the recall; under a demand on recall the precision.
    pub point: Option<Point>,
}

/// One threshold with what it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct Point {
    /// `null`: flag nothing.
    pub threshold: Option<f64>,
    /// The next lower distinct score (open) and the threshold itself: all as good.
    pub interval: ThresholdInterval,
    pub value: f64,
    pub precision: Option<f64>,
    pub recall: Option<f64>,
    pub confusion_matrix: Vec<Vec<u64>>,
}

impl ThresholdReport {
    pub(crate) fn new(thresholds: Option<&BestThresholds>, at: &mut NotesAt<'_>) -> Option<Self> {
        let Some(best) = thresholds else {
            at.note(
                "threshold",
                "there is no score of two classes to choose a threshold on",
            );
            return None;
        };
        let mut at = at.below("threshold");
        for (key, split) in [("chosen_on", &best.chosen_on), ("seen_on", &best.seen_on)] {
            if split.is_none() {
                at.note(key, "all rows: no split was found or chosen");
            }
        }
        if best.cost_matrix.is_none() {
            at.note("cost_matrix", NO_COSTS);
        }
        let constraints = best.constraints.iter().enumerate();
        let constraints = constraints
            .map(|(index, (constraint, point))| {
                let mut all = at.below("constraints");
                ConstraintPoint::new(
                    constraint,
                    point.as_ref(),
                    &mut all.below(&index.to_string()),
                )
            })
            .collect();
        let mut at = at.below("best");
        let mut point = |key: &str, point: &Option<ThresholdPoint>, why: &str| match point {
            Some(point) => Some(Point::new(point, &mut at.below(key))),
            None => {
                at.note(key, why);
                None
            }
        };
        const UNDEFINED: &str = "it is undefined at every threshold";
        let why_no_cost = match best.cost_matrix {
            None => NO_COSTS,
            Some(_) => UNDEFINED,
        };
        let best_points = BestPoints {
            f1: point("f1", &best.f1, UNDEFINED),
            youden: point("youden", &best.youden, UNDEFINED),
            matthews_corrcoef: point("matthews_corrcoef", &best.matthews_corrcoef, UNDEFINED),
            cost: point("cost", &best.cost, why_no_cost),
        };
        Some(Self {
            chosen_on: best.chosen_on.clone(),
            seen_on: best.seen_on.clone(),
            best: best_points,
            cost_matrix: best.cost_matrix,
            constraints,
        })
    }
}

const NO_COSTS: &str = "no costs were set";

impl ConstraintPoint {
    fn new(
        constraint: &Constraint,
        point: Option<&ThresholdPoint>,
        notes: &mut NotesAt<'_>,
    ) -> Self {
        let (metric, operator, limit) = match *constraint {
            Constraint::PrecisionAtLeast(limit) => ("precision", Operator::AtLeast, limit),
            Constraint::RecallAtLeast(limit) => ("recall", Operator::AtLeast, limit),
            Constraint::AlertsAtMost(limit) => ("alerts", Operator::AtMost, limit as f64),
        };
        let point = point.map(|point| Point::new(point, &mut notes.below("point")));
        if point.is_none() {
            notes.note("point", "no threshold meets this");
        }
        Self {
            metric: metric.to_owned(),
            operator,
            limit,
            point,
        }
    }
}

const FLAG_NOTHING: &str = "it is best to flag nothing";

impl Point {
    fn new(point: &ThresholdPoint, notes: &mut NotesAt<'_>) -> Self {
        let counts = point.counts;
        let BinaryCounts { tp, fp, fn_, tn } = counts;
        let ThresholdInterval { above, up_to } = point.interval;
        if above.is_none() {
            notes.below("interval").note("0", "no score is lower");
        }
        if up_to.is_none() {
            notes.note("threshold", FLAG_NOTHING);
            notes.below("interval").note("1", FLAG_NOTHING);
        }
        let mut share = |key: &str, value: Value| notes.value(key, value);
        Self {
            threshold: point.threshold,
            interval: point.interval,
            value: point.value,
            precision: share("precision", counts.precision()),
            recall: share("recall", counts.recall()),
            confusion_matrix: vec![vec![tn, fp], vec![fn_, tp]],
        }
    }
}

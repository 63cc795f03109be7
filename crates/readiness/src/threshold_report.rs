//! The part of the report on thresholds.

use greenlight_metrics::{
    BinaryCounts, Constraint, CostMatrix, Objective, ThresholdInterval, ThresholdPoint, Value,
};
use serde::{Deserialize, Serialize};

use crate::amounts::AmountCosts;
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
    /// Only where costs depend on amounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amounts: Option<AmountReport>,
    pub constraints: Vec<ConstraintPoint>,
}

/// What answers cost by the amount in their row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct AmountReport {
    pub column: String,
    pub factors: CostMatrix,
    /// Of the rows with a score, those without an amount: it counts as 0.
    pub rows_without: u64,
    pub rows_negative: u64,
    /// What that means, in sentences.
    pub notes: Vec<String>,
}

/// The best threshold by each objective.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the objective of that name")]
pub struct BestPoints {
    pub f1: Option<Point>,
    pub f0_5: Option<Point>,
    pub f2: Option<Point>,
    pub accuracy: Option<Point>,
    pub balanced_accuracy: Option<Point>,
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
    /// The same threshold on the rows of `seen_on`; only where others chose it. It shows by how much choosing flatters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<SeenPoint>,
}

/// What a threshold does to rows that did not choose it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct SeenPoint {
    pub value: Option<f64>,
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
        let amounts = best.amounts.as_ref();
        let amounts = amounts.map(AmountReport::new);
        let constraints = best.constraints.iter().enumerate();
        let constraints = constraints
            .map(|(index, (constraint, point))| {
                let mut all = at.below("constraints");
                let value = |counts: &BinaryCounts| constraint.objective().value(counts);
                let seen = |point| best.seen(point).map(|counts| (counts, value(&counts)));
                let point = point.as_ref().map(|point| (point, seen(point)));
                ConstraintPoint::new(constraint, point, &mut all.below(&index.to_string()))
            })
            .collect();
        let mut at = at.below("best");
        let mut valued = |key: &str,
                          value: Option<&dyn Fn(&BinaryCounts) -> Value>,
                          point: &Option<ThresholdPoint>| {
            let (Some(value), Some(point)) = (value, point) else {
                at.note(key, value.map_or(NO_COSTS, |_| UNDEFINED));
                return None;
            };
            let seen = best.seen(point).map(|counts| (counts, value(&counts)));
            Some(Point::new(point, seen, &mut at.below(key)))
        };
        let costs = best.row_costs().map(|costs| {
            let amounts = best.amounts.as_ref().and_then(|amounts| amounts.seen);
            move |counts: &BinaryCounts| costs.total(counts, &amounts.unwrap_or_default())
        });
        let cost: Option<&dyn Fn(&BinaryCounts) -> Value> = match &costs {
            Some(costs) => Some(costs),
            None => None,
        };
        let cost = valued("cost", cost, &best.cost);
        let mut point = |key: &str, objective: Objective, point: &Option<ThresholdPoint>| {
            valued(key, Some(&|counts| objective.value(counts)), point)
        };
        let best_points = BestPoints {
            f1: point("f1", Objective::F1, &best.f1),
            f0_5: point("f0_5", Objective::FBeta(0.5), &best.f0_5),
            f2: point("f2", Objective::FBeta(2.0), &best.f2),
            accuracy: point("accuracy", Objective::Accuracy, &best.accuracy),
            balanced_accuracy: point(
                "balanced_accuracy",
                Objective::BalancedAccuracy,
                &best.balanced_accuracy,
            ),
            youden: point("youden", Objective::Youden, &best.youden),
            matthews_corrcoef: point(
                "matthews_corrcoef",
                Objective::MatthewsCorrcoef,
                &best.matthews_corrcoef,
            ),
            cost,
        };
        Some(Self {
            chosen_on: best.chosen_on.clone(),
            seen_on: best.seen_on.clone(),
            best: best_points,
            cost_matrix: best.cost_matrix,
            amounts,
            constraints,
        })
    }
}

impl AmountReport {
    fn new(amounts: &AmountCosts) -> Self {
        let AmountCosts {
            demand,
            rows_without,
            rows_negative,
            ..
        } = amounts;
        Self {
            column: demand.column.clone(),
            factors: demand.factors,
            rows_without: *rows_without,
            rows_negative: *rows_negative,
            notes: amounts.notes().collect(),
        }
    }
}

const NO_COSTS: &str = "no costs were set";
const UNDEFINED: &str = "it is undefined at every threshold";

impl ConstraintPoint {
    fn new(
        constraint: &Constraint,
        point: Option<(&ThresholdPoint, Option<Elsewhere>)>,
        notes: &mut NotesAt<'_>,
    ) -> Self {
        let (metric, operator, limit) = match *constraint {
            Constraint::PrecisionAtLeast(limit) => ("precision", Operator::AtLeast, limit),
            Constraint::RecallAtLeast(limit) => ("recall", Operator::AtLeast, limit),
            Constraint::AlertsAtMost(limit) => ("alerts", Operator::AtMost, limit as f64),
        };
        let point = point.map(|(point, seen)| Point::new(point, seen, &mut notes.below("point")));
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

/// What a threshold does to rows that did not choose it, and its value there.
type Elsewhere = (BinaryCounts, Value);

impl Point {
    fn new(point: &ThresholdPoint, seen: Option<Elsewhere>, notes: &mut NotesAt<'_>) -> Self {
        let ThresholdInterval { above, up_to } = point.interval;
        if above.is_none() {
            notes.below("interval").note("0", "no score is lower");
        }
        if up_to.is_none() {
            notes.note("threshold", FLAG_NOTHING);
            notes.below("interval").note("1", FLAG_NOTHING);
        }
        Self {
            threshold: point.threshold,
            interval: point.interval,
            value: point.value,
            precision: notes.value("precision", point.counts.precision()),
            recall: notes.value("recall", point.counts.recall()),
            confusion_matrix: matrix(point.counts),
            seen: seen.map(|seen| SeenPoint::new(seen, &mut notes.below("seen"))),
        }
    }
}

impl SeenPoint {
    fn new((counts, value): Elsewhere, notes: &mut NotesAt<'_>) -> Self {
        let mut number = |key: &str, value: Value| notes.value(key, value);
        Self {
            value: number("value", value),
            precision: number("precision", counts.precision()),
            recall: number("recall", counts.recall()),
            confusion_matrix: matrix(counts),
        }
    }
}

/// `[[tn, fp], [fn, tp]]`.
fn matrix(BinaryCounts { tp, fp, fn_, tn }: BinaryCounts) -> Vec<Vec<u64>> {
    vec![vec![tn, fp], vec![fn_, tp]]
}

//! The best thresholds by each objective, and under each demand.

use greenlight_metrics::{
    BinaryCounts, Constraint, CostMatrix, Objective, RowCosts, ScoreGroups, ThresholdPoint,
    best_threshold, best_thresholds, cheapest_threshold, counts_at,
};
use serde::{Deserialize, Serialize};

use crate::amounts::{AmountCosts, AmountDemand, SummedAmounts};
use crate::profile::Settings;

/// The best thresholds, chosen on the reference where there is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BestThresholds {
    /// The split whose rows chose them; `None` for all rows.
    pub chosen_on: Option<String>,
    /// The split they will be used on; `None` for all rows.
    pub seen_on: Option<String>,
    /// Highest F1.
    pub f1: Option<ThresholdPoint>,
    /// Highest F0.5, to which false alarms matter more.
    pub f0_5: Option<ThresholdPoint>,
    /// Highest F2, to which missed cases matter more.
    pub f2: Option<ThresholdPoint>,
    /// Highest accuracy.
    pub accuracy: Option<ThresholdPoint>,
    /// Highest balanced accuracy.
    pub balanced_accuracy: Option<ThresholdPoint>,
    /// Highest Youden's J.
    pub youden: Option<ThresholdPoint>,
    /// Highest Matthews correlation.
    pub matthews_corrcoef: Option<ThresholdPoint>,
    /// What each kind of answer costs whatever its amount, where anything was said to cost.
    pub cost_matrix: Option<CostMatrix>,
    /// What it costs by the amount in its row, where that was said.
    pub amounts: Option<AmountCosts>,
    /// Lowest cost, that by amounts included.
    pub cost: Option<ThresholdPoint>,
    /// The best threshold under each demand, `None` where none meets it.
    pub constraints: Vec<(Constraint, Option<ThresholdPoint>)>,
    /// What each of these thresholds does to the rows of `seen_on`, where other rows chose it.
    pub seen: Vec<Seen>,
}

/// A threshold and its counts on rows that did not choose it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// The threshold; `None`: flag nothing.
    pub threshold: Option<f64>,
    /// The counts there.
    pub counts: BinaryCounts,
}

/// What a person asks of a threshold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Demands {
    /// What each kind of answer costs.
    pub costs: Option<CostMatrix>,
    /// What it costs beside that, by an amount in each row.
    pub amount: Option<AmountDemand>,
    /// What must hold.
    pub constraints: Vec<Constraint>,
}

impl Demands {
    /// What each kind of answer costs whatever its amount: nothing, where only amounts were said to cost.
    fn cost_matrix(&self) -> Option<CostMatrix> {
        let by_amount = self.amount.as_ref().map(|_| CostMatrix::default());
        self.costs.or(by_amount)
    }

    /// What is wrong with them, where something is.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        let is_share = |value: f64| (0.0..=1.0).contains(&value);
        let is_finite = |costs: &CostMatrix| {
            let cells = [costs.tp, costs.fp, costs.fn_, costs.tn];
            cells.iter().all(|cost| cost.is_finite())
        };
        if !self.costs.as_ref().is_none_or(is_finite) {
            return Some("a cost must be a finite number; a gain is a negative cost");
        }
        let factors = self.amount.as_ref().map(|amount| &amount.factors);
        if !factors.is_none_or(is_finite) {
            return Some("a factor of an amount must be a finite number, such as 1");
        }
        let is_possible = |constraint: &Constraint| match *constraint {
            Constraint::PrecisionAtLeast(limit) | Constraint::RecallAtLeast(limit) => {
                is_share(limit)
            }
            Constraint::AlertsAtMost(_) => true,
        };
        let impossible = !self.constraints.iter().all(is_possible);
        impossible
            .then_some("precision and recall lie between 0 and 1: so must what is demanded of them")
    }
}

impl BestThresholds {
    /// Whether these demands are the ones that they were chosen for.
    pub fn are_for(&self, demands: &Demands) -> bool {
        let constraints = self.constraints.iter().map(|(constraint, _)| constraint);
        let amount = self.amounts.as_ref().map(|amounts| &amounts.demand);
        self.cost_matrix == demands.cost_matrix()
            && amount == demands.amount.as_ref()
            && constraints.eq(&demands.constraints)
    }

    /// The best thresholds on the rows of `chooser`, and what they do to the rows of `current`, where those
    /// are others. One pass over the distinct scores of the chooser, and one for the costs and each constraint. The
    /// `sums` are there where the demands ask for amounts.
    pub(crate) fn choose(
        chooser: &ScoreGroups,
        current: &ScoreGroups,
        settings: &Settings,
        demands: &Demands,
        sums: Option<&SummedAmounts>,
    ) -> Self {
        let [
            f1,
            f0_5,
            f2,
            accuracy,
            balanced_accuracy,
            youden,
            matthews_corrcoef,
        ] = best_thresholds(
            chooser,
            [
                Objective::F1,
                Objective::FBeta(0.5),
                Objective::FBeta(2.0),
                Objective::Accuracy,
                Objective::BalancedAccuracy,
                Objective::Youden,
                Objective::MatthewsCorrcoef,
            ],
        );
        let Settings {
            reference,
            current: seen_on,
            ..
        } = settings;
        let fixed = demands.cost_matrix();
        let cost = fixed.and_then(|fixed| match (sums, &demands.amount) {
            (Some(sums), Some(AmountDemand { factors, .. })) => {
                let factors = *factors;
                cheapest_threshold(chooser, sums.chooser(), &RowCosts { fixed, factors })
            }
            _ => best_threshold(chooser, Objective::Cost(fixed)),
        });
        let mut best = Self {
            chosen_on: reference.clone().or_else(|| seen_on.clone()),
            seen_on: seen_on.clone(),
            f1,
            f0_5,
            f2,
            accuracy,
            balanced_accuracy,
            youden,
            matthews_corrcoef,
            cost_matrix: fixed,
            amounts: None,
            cost,
            constraints: demands
                .constraints
                .iter()
                .map(|constraint| (*constraint, constraint.best(chooser)))
                .collect(),
            seen: Vec::new(),
        };
        if best.chosen_on != best.seen_on {
            let seen = |point: &ThresholdPoint| Seen {
                threshold: point.threshold,
                counts: counts_at(current, point.threshold.unwrap_or(f64::INFINITY)),
            };
            best.seen = best.points().map(seen).collect();
        }
        best.amounts = sums.map(|sums| sums.costs(current, &best));
        best
    }

    /// Notes what the rows that are judged amount to as the settings decide.
    pub(crate) fn decide_amounts(
        &mut self,
        sums: &SummedAmounts,
        judged: &ScoreGroups,
        settings: &Settings,
    ) {
        if let Some(amounts) = &mut self.amounts {
            amounts.in_force = sums.in_force(judged, settings);
        }
    }

    /// What rows cost, where anything was said to cost; without amounts all factors are 0.
    pub fn row_costs(&self) -> Option<RowCosts> {
        let amounts = self.amounts.as_ref();
        Some(RowCosts {
            fixed: self.cost_matrix?,
            factors: amounts.map_or_else(CostMatrix::default, |amounts| amounts.demand.factors),
        })
    }

    /// Every threshold that was found and flags something.
    pub(crate) fn flagging(&self) -> Vec<f64> {
        self.points().filter_map(|point| point.threshold).collect()
    }

    /// What the threshold of a point does to the rows that it will be used on, where others chose it.
    pub fn seen(&self, point: &ThresholdPoint) -> Option<BinaryCounts> {
        let seen = self
            .seen
            .iter()
            .find(|seen| seen.threshold == point.threshold);
        seen.map(|seen| seen.counts)
    }

    /// Every threshold that was found.
    pub fn points(&self) -> impl Iterator<Item = &ThresholdPoint> {
        let best = [
            &self.f1,
            &self.f0_5,
            &self.f2,
            &self.accuracy,
            &self.balanced_accuracy,
            &self.youden,
            &self.matthews_corrcoef,
            &self.cost,
        ];
        let constraints = self.constraints.iter().map(|(_, point)| point);
        best.into_iter().chain(constraints).flatten()
    }
}

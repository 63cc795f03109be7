//! The best thresholds by each objective, and under each demand.

use greenlight_metrics::{
    Constraint, CostMatrix, Objective, ScoreGroups, ThresholdPoint, best_threshold,
};
use serde::{Deserialize, Serialize};

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
    /// Highest Youden's J.
    pub youden: Option<ThresholdPoint>,
    /// Highest Matthews correlation.
    pub matthews_corrcoef: Option<ThresholdPoint>,
    /// What each kind of answer costs, where that was said.
    pub cost_matrix: Option<CostMatrix>,
    /// Lowest cost.
    pub cost: Option<ThresholdPoint>,
    /// The best threshold under each demand, `None` where none meets it.
    pub constraints: Vec<(Constraint, Option<ThresholdPoint>)>,
}

/// What a person asks of a threshold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Demands {
    /// What each kind of answer costs.
    pub costs: Option<CostMatrix>,
    /// What must hold.
    pub constraints: Vec<Constraint>,
}

impl Demands {
    /// What is wrong with them, where something is.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        let is_share = |value: f64| (0.0..=1.0).contains(&value);
        let costs = self
            .costs
            .iter()
            .flat_map(|costs| [costs.tp, costs.fp, costs.fn_, costs.tn]);
        if costs.into_iter().any(|cost| !cost.is_finite()) {
            return Some("a cost must be a finite number; a gain is a negative cost");
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
    /// The best thresholds on the rows that choose. One pass over their distinct scores for each.
    pub fn choose(chooser: &ScoreGroups, settings: &Settings, demands: &Demands) -> Self {
        let best = |objective| best_threshold(chooser, objective);
        let Settings {
            reference, current, ..
        } = settings;
        Self {
            chosen_on: reference.clone().or_else(|| current.clone()),
            seen_on: current.clone(),
            f1: best(Objective::F1),
            youden: best(Objective::Youden),
            matthews_corrcoef: best(Objective::MatthewsCorrcoef),
            cost_matrix: demands.costs,
            cost: demands.costs.and_then(|costs| best(Objective::Cost(costs))),
            constraints: demands
                .constraints
                .iter()
                .map(|constraint| (*constraint, constraint.best(chooser)))
                .collect(),
        }
    }
}

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
pub struct Demands {
    /// What each kind of answer costs.
    pub costs: Option<CostMatrix>,
    /// What must hold.
    pub constraints: Vec<Constraint>,
}

impl BestThresholds {
    /// The best thresholds on the rows that choose. One pass over their distinct scores for each.
    pub fn choose(chooser: &ScoreGroups, settings: &Settings, demands: Demands) -> Self {
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
                .into_iter()
                .map(|constraint| (constraint, constraint.best(chooser)))
                .collect(),
        }
    }
}

//! What a person, or a command line, has settled. Everything left open is guessed from the data.

use std::collections::{BTreeMap, BTreeSet};

use greenlight_data::{
    ColumnId, Guesses, LatencyUnit, Role, Roles, Table, classes_of_score_columns,
};
use greenlight_metrics::{Constraint, CostMatrix};
use serde::{Deserialize, Serialize};

use crate::classes::distinct_classes;

/// Decisions that override the guesses; the default leaves everything to be guessed.
///
/// ```
/// use greenlight_data::Role;
/// use greenlight_readiness::Choices;
///
/// let mut choices = Choices::default();
/// choices.set_role(Role::Label, ["outcome"]);
/// choices.positive = Some("churned".into());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// Columns by name for each role that was decided; an empty list says "no column has it".
    pub roles: BTreeMap<Role, Vec<String>>,
    /// The class to take as positive.
    pub positive: Option<String>,
    /// Decide by `score >= threshold` instead of by the file's own predictions.
    pub threshold: Option<f64>,
    /// The split to compare with, such as `train`.
    pub reference: Option<String>,
    /// The split to judge, such as `production`.
    pub current: Option<String>,
    /// The unit of the latency column.
    pub latency_unit: Option<LatencyUnit>,
    /// The longest acceptable latency in milliseconds; 1,000 where nothing is chosen.
    pub latency_budget_ms: Option<f64>,
    /// What each kind of answer costs, for the cheapest threshold.
    pub costs: Option<CostMatrix>,
    /// What a threshold must meet, each with the best one that does.
    pub constraints: Vec<Constraint>,
}

/// A choice that the table cannot honour.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ChoicesError {
    /// A role was given to a column that the table lacks.
    #[error("there is no column “{column}” to play the role {role}; the columns are {columns}")]
    UnknownColumn {
        /// The name that was asked for.
        column: String,
        /// The role it should have played.
        role: &'static str,
        /// The names that exist.
        columns: String,
    },
}

impl Choices {
    /// Gives `role` to the named columns; no column at all takes the role from everyone.
    pub fn set_role<S: Into<String>>(&mut self, role: Role, columns: impl IntoIterator<Item = S>) {
        let columns = columns.into_iter().map(Into::into).collect();
        self.roles.insert(role, columns);
    }

    /// What is wrong with the costs or the demands, where something is.
    pub(crate) fn demands_problem(&self) -> Option<&'static str> {
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

    /// The guessed roles with the decided ones in their place.
    ///
    /// A column that was decided on loses the role it was guessed to have.
    ///
    /// # Errors
    /// When a decided column does not exist.
    pub fn apply(&self, table: &Table, guesses: &Guesses) -> Result<Roles, ChoicesError> {
        let mut roles = guesses.roles.clone();
        let mut decided = Vec::new();
        for (&role, names) in &self.roles {
            let columns = names
                .iter()
                .map(|name| find_column(table, role, name))
                .collect::<Result<Vec<ColumnId>, _>>()?;
            decided.push((role, columns));
        }
        for (_, columns) in &decided {
            for &column in columns {
                roles.release(column);
            }
        }
        for (role, columns) in decided {
            assign(&mut roles, role, columns, table);
        }
        Ok(roles)
    }
}

fn assign(roles: &mut Roles, role: Role, columns: Vec<ColumnId>, table: &Table) {
    if let Some(single) = roles.single_mut(role) {
        *single = columns.first().copied();
        return;
    }
    match role {
        Role::ClassScores => roles.class_scores = class_scores(columns, roles, table),
        Role::Segment => roles.segments = columns,
        _ => roles.features = columns,
    }
}

/// Columns of scores with the class that the name of each says, as label and prediction spell it.
fn class_scores(columns: Vec<ColumnId>, roles: &Roles, table: &Table) -> Vec<(String, ColumnId)> {
    let mut known = BTreeSet::new();
    for column in [roles.label, roles.prediction].into_iter().flatten() {
        let names = table.column(column).map(distinct_classes);
        known.extend(names.and_then(Result::ok).unwrap_or_default());
    }
    let names: Vec<&str> = columns
        .iter()
        .filter_map(|&id| Some(table.column(id)?.name.as_str()))
        .collect();
    let classes = classes_of_score_columns(&names, &known);
    classes.into_iter().zip(columns).collect()
}

fn find_column(table: &Table, role: Role, name: &str) -> Result<ColumnId, ChoicesError> {
    table
        .column_named(name)
        .ok_or_else(|| ChoicesError::UnknownColumn {
            column: name.to_owned(),
            role: role.name(),
            columns: table
                .columns()
                .iter()
                .map(|column| column.name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        })
}

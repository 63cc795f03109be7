//! Which column plays which part, by name: what reports and pages show.

use std::collections::BTreeMap;

use greenlight_data::{Roles, Table};
use serde::{Deserialize, Serialize};

use crate::schema::Schema;

/// The columns of each role, by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the role of that name")]
pub struct RoleNames {
    pub label: Option<String>,
    pub prediction: Option<String>,
    pub score: Option<String>,
    pub class_scores: BTreeMap<String, String>,
    pub latency: Option<String>,
    pub timestamp: Option<String>,
    pub split: Option<String>,
    pub segments: Vec<String>,
    pub features: Vec<String>,
    pub id: Option<String>,
    pub model: Option<String>,
    pub variant: Option<String>,
    pub cost: Option<String>,
    pub error: Option<String>,
    pub feedback: Option<String>,
    pub count: Option<String>,
}

impl RoleNames {
    /// The names in `table` of the columns that `roles` chose.
    pub fn new(table: &Table, roles: &Roles) -> Self {
        let name = |id| table.column(id).map(|column| column.name.clone());
        let one = |id: Option<_>| id.and_then(name);
        let many = |ids: &[_]| ids.iter().filter_map(|&id| name(id)).collect();
        Self {
            label: one(roles.label),
            prediction: one(roles.prediction),
            score: one(roles.score),
            class_scores: roles
                .class_scores
                .iter()
                .filter_map(|(class, id)| Some((class.clone(), name(*id)?)))
                .collect(),
            latency: one(roles.latency),
            timestamp: one(roles.timestamp),
            split: one(roles.split),
            segments: many(&roles.segments),
            features: many(&roles.features),
            id: one(roles.id),
            model: one(roles.model),
            variant: one(roles.variant),
            cost: one(roles.cost),
            error: one(roles.error),
            feedback: one(roles.feedback),
            count: one(roles.count),
        }
    }

    /// Puts in what the classes decide: how each class with scores is spelled, and which of them
    /// holds the score of the positive class.
    pub(crate) fn settle(&mut self, table: &Table, schema: &Schema) {
        let name = |id| table.column(id).map(|column| column.name.clone());
        if !schema.class_scores.is_empty() {
            self.class_scores.clear();
        }
        let scored = schema.class_score_columns();
        self.class_scores
            .extend(scored.filter_map(|(_, class, id)| Some((class.to_owned(), name(id)?))));
        if let Some(score) = schema.score {
            self.score = name(score);
        }
    }
}

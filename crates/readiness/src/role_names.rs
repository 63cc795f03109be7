//! Which column plays which part, by name: what reports and pages show.

use std::collections::BTreeMap;

use greenlight_data::{Role, Roles, Table};
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

    /// The columns that play a role, in order.
    ///
    /// ```
    /// # use greenlight_data::Role;
    /// # use greenlight_readiness::RoleNames;
    /// let names = RoleNames { label: Some("y".into()), ..RoleNames::default() };
    /// assert_eq!(names.columns(Role::Label), ["y"]);
    /// assert_eq!(names.role_of("y"), Some(Role::Label));
    /// ```
    pub fn columns(&self, role: Role) -> Vec<&str> {
        let single = match role {
            Role::ClassScores => return self.class_scores.values().map(String::as_str).collect(),
            Role::Segment => return self.segments.iter().map(String::as_str).collect(),
            Role::Feature => return self.features.iter().map(String::as_str).collect(),
            Role::Label => &self.label,
            Role::Prediction => &self.prediction,
            Role::Score => &self.score,
            Role::Latency => &self.latency,
            Role::Timestamp => &self.timestamp,
            Role::Split => &self.split,
            Role::Id => &self.id,
            Role::Model => &self.model,
            Role::Variant => &self.variant,
            Role::Cost => &self.cost,
            Role::Error => &self.error,
            Role::Feedback => &self.feedback,
            Role::Count => &self.count,
        };
        single.iter().map(String::as_str).collect()
    }

    /// The first role that a column plays.
    pub fn role_of(&self, column: &str) -> Option<Role> {
        Role::ALL
            .into_iter()
            .find(|&role| self.columns(role).contains(&column))
    }

    /// The first role of each column that plays any.
    pub fn by_column(&self) -> BTreeMap<&str, Role> {
        let mut parts = BTreeMap::new();
        for role in Role::ALL {
            for column in self.columns(role) {
                parts.entry(column).or_insert(role);
            }
        }
        parts
    }
}

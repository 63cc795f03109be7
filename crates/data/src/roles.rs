//! Which column plays which part.

use crate::table::ColumnId;
use serde::{Deserialize, Serialize};

/// A part that a column can play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The true class.
    Label,
    /// The predicted class.
    Prediction,
    /// Probability or score of the positive class.
    Score,
    /// One column of scores a class.
    ClassScores,
    /// Time that the prediction took.
    Latency,
    /// When the prediction was made.
    Timestamp,
    /// Train, validation, test, production …
    Split,
    /// A category to slice by.
    Segment,
    /// Any other column.
    Feature,
    /// The example's identity.
    Id,
    /// Which model or run made the prediction.
    Model,
    /// Clean or perturbed copy of the same example.
    Variant,
    /// Money, tokens or energy of one prediction.
    Cost,
    /// The call failed or timed out.
    Error,
    /// A user's word on the prediction.
    Feedback,
    /// How many observations the row stands for.
    Count,
}

impl Role {
    /// All roles, in the order in which people are asked for them.
    pub const ALL: [Self; 16] = [
        Self::Label,
        Self::Prediction,
        Self::Score,
        Self::ClassScores,
        Self::Latency,
        Self::Timestamp,
        Self::Split,
        Self::Segment,
        Self::Feature,
        Self::Id,
        Self::Model,
        Self::Variant,
        Self::Cost,
        Self::Error,
        Self::Feedback,
        Self::Count,
    ];

    /// The role's name, as in reports and settings.
    ///
    /// ```
    /// # use greenlight_data::Role;
    /// assert_eq!(Role::ClassScores.name(), "class_scores");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Prediction => "prediction",
            Self::Score => "score",
            Self::ClassScores => "class_scores",
            Self::Latency => "latency",
            Self::Timestamp => "timestamp",
            Self::Split => "split",
            Self::Segment => "segment",
            Self::Feature => "feature",
            Self::Id => "id",
            Self::Model => "model",
            Self::Variant => "variant",
            Self::Cost => "cost",
            Self::Error => "error",
            Self::Feedback => "feedback",
            Self::Count => "count",
        }
    }
}

/// The columns that play each part.
///
/// ```
/// # use greenlight_data::{ColumnId, Role, Roles};
/// let mut roles = Roles::default();
/// roles.label = Some(ColumnId::new(2));
/// assert_eq!(roles.of_column(ColumnId::new(2)), Some(Role::Label));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)] // Each is what the role of its name says.
pub struct Roles {
    pub label: Option<ColumnId>,
    pub prediction: Option<ColumnId>,
    pub score: Option<ColumnId>,
    /// Each class with the column of its scores. In a binary task `score` may be one of them.
    pub class_scores: Vec<(String, ColumnId)>,
    pub latency: Option<ColumnId>,
    pub timestamp: Option<ColumnId>,
    pub split: Option<ColumnId>,
    pub segments: Vec<ColumnId>,
    pub features: Vec<ColumnId>,
    pub id: Option<ColumnId>,
    pub model: Option<ColumnId>,
    pub variant: Option<ColumnId>,
    pub cost: Option<ColumnId>,
    pub error: Option<ColumnId>,
    pub feedback: Option<ColumnId>,
    pub count: Option<ColumnId>,
}

impl Roles {
    /// The columns that play a role, in order.
    pub fn columns(&self, role: Role) -> Vec<ColumnId> {
        match role {
            Role::ClassScores => self
                .class_scores
                .iter()
                .map(|(_, column)| *column)
                .collect(),
            Role::Segment => self.segments.clone(),
            Role::Feature => self.features.clone(),
            _ => self.single(role).into_iter().collect(),
        }
    }

    /// The column of a role that one column plays; `None` too for a role that several can play.
    pub fn single(&self, role: Role) -> Option<ColumnId> {
        match role {
            Role::Label => self.label,
            Role::Prediction => self.prediction,
            Role::Score => self.score,
            Role::Latency => self.latency,
            Role::Timestamp => self.timestamp,
            Role::Split => self.split,
            Role::Id => self.id,
            Role::Model => self.model,
            Role::Variant => self.variant,
            Role::Cost => self.cost,
            Role::Error => self.error,
            Role::Feedback => self.feedback,
            Role::Count => self.count,
            Role::ClassScores | Role::Segment | Role::Feature => None,
        }
    }

    /// As [`Roles::single`], to change it; `None` for a role that several columns can play.
    pub fn single_mut(&mut self, role: Role) -> Option<&mut Option<ColumnId>> {
        Some(match role {
            Role::Label => &mut self.label,
            Role::Prediction => &mut self.prediction,
            Role::Score => &mut self.score,
            Role::Latency => &mut self.latency,
            Role::Timestamp => &mut self.timestamp,
            Role::Split => &mut self.split,
            Role::Id => &mut self.id,
            Role::Model => &mut self.model,
            Role::Variant => &mut self.variant,
            Role::Cost => &mut self.cost,
            Role::Error => &mut self.error,
            Role::Feedback => &mut self.feedback,
            Role::Count => &mut self.count,
            Role::ClassScores | Role::Segment | Role::Feature => return None,
        })
    }

    /// The first role that a column plays.
    pub fn of_column(&self, column: ColumnId) -> Option<Role> {
        Role::ALL
            .into_iter()
            .find(|&role| self.columns(role).contains(&column))
    }

    /// Takes a column out of every role.
    pub fn release(&mut self, column: ColumnId) {
        for role in Role::ALL {
            if let Some(single) = self
                .single_mut(role)
                .filter(|single| **single == Some(column))
            {
                *single = None;
            }
        }
        self.class_scores.retain(|(_, other)| *other != column);
        self.segments.retain(|other| *other != column);
        self.features.retain(|other| *other != column);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_serialised_form() {
        for role in Role::ALL {
            assert_eq!(
                serde_json::to_string(&role).unwrap(),
                format!("\"{}\"", role.name())
            );
        }
    }

    #[test]
    fn a_column_can_be_released_from_every_role() {
        let column = ColumnId::new(3);
        for role in Role::ALL {
            let mut roles = Roles::default();
            match role {
                Role::ClassScores => roles.class_scores.push(("cat".into(), column)),
                Role::Segment => roles.segments.push(column),
                Role::Feature => roles.features.push(column),
                _ => *roles.single_mut(role).unwrap() = Some(column),
            }
            assert_eq!(
                (roles.of_column(column), roles.columns(role)),
                (Some(role), vec![column])
            );
            let json = serde_json::to_string(&roles).unwrap();
            assert_eq!(serde_json::from_str::<Roles>(&json).unwrap(), roles);
            roles.release(column);
            assert_eq!(roles, Roles::default());
        }
    }
}

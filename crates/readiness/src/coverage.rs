//! What a file cannot tell, and which column would let it.

use greenlight_data::Role;
use serde::{Deserialize, Serialize};

use crate::policy::{Group, Metric};
use crate::profile::Profile;

/// A role that no column plays, and what one that did would tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Uncovered {
    /// The role.
    pub role: Role,
    /// The column that would play it, as one asks for it.
    pub column: String,
    /// What it would tell.
    pub allows: String,
}

/// The roles that are worth adding, what matters most first.
const ASKED_FOR: [Role; 12] = [
    Role::Label,
    Role::Prediction,
    Role::Score,
    Role::Latency,
    Role::Split,
    Role::Timestamp,
    Role::Segment,
    Role::Feature,
    Role::Id,
    Role::Error,
    Role::Cost,
    Role::Variant,
];

/// What the file of `profile` cannot tell for want of a column.
pub(crate) fn uncovered(profile: &Profile) -> Vec<Uncovered> {
    let roles = &profile.roles;
    let is_played = |role: Role| match role {
        // Scores decide where nothing predicts.
        Role::Prediction => profile.settings.decision.is_some(),
        Role::Score => roles.score.is_some() || !roles.class_scores.is_empty(),
        // What differs between rows can be told by either.
        Role::Segment | Role::Feature => !(roles.segments.is_empty() && roles.features.is_empty()),
        role => !roles.columns(role).is_empty(),
    };
    let mut lacking = Vec::new();
    for role in ASKED_FOR {
        let is_said = role == Role::Feature || role == Role::Prediction && roles.label.is_none();
        if !is_played(role) && !is_said {
            // A judge's grades are there, people's are not.
            let (column, allows) = match (role, profile.graded) {
                (Role::Label, true) => (
                    "a column with people’s grades of some answers",
                    "whether people agree with the judge",
                ),
                _ => (column_of(role), allows(role)),
            };
            lacking.push(Uncovered {
                role,
                column: column.to_owned(),
                allows: allows.to_owned(),
            });
        }
    }
    lacking
}

/// The role whose column a metric needs, where no column plays it.
pub(crate) fn role_for(metric: Metric, profile: &Profile) -> Option<Role> {
    let lacking = uncovered(profile);
    let lacks = |role: Role| lacking.iter().any(|l| l.role == role).then_some(role);
    match metric {
        Metric::ErrorRate => lacks(Role::Error),
        Metric::CostPerPrediction => lacks(Role::Cost),
        Metric::CostPerCorrect => lacks(Role::Cost).or_else(|| lacks(Role::Label)),
        metric if metric.group() == Group::LatencyAndCost => lacks(Role::Latency),
        metric if metric.falls().is_some() => lacks(Role::Label).or_else(|| lacks(Role::Split)),
        Metric::RocAuc
        | Metric::AveragePrecision
        | Metric::LogLoss
        | Metric::BrierScore
        | Metric::ExpectedCalibrationError => lacks(Role::Label).or_else(|| lacks(Role::Score)),
        _ => lacks(Role::Label).or_else(|| lacks(Role::Prediction)),
    }
}

/// The column, as one asks for it.
pub(crate) fn column_of(role: Role) -> &'static str {
    match role {
        Role::Label => "a column with the true class",
        Role::Prediction => "a column with the model’s answer or score",
        Role::Score => "a column with the model’s score",
        Role::Latency => "a column with the time each answer took",
        Role::Split => "a column with the split of each row (train, test, production)",
        Role::Timestamp => "a column with the moment of each answer",
        Role::Segment => "columns that tell the rows apart (region, device, customer group)",
        Role::Id => "a column with an id of what each row is about",
        Role::Error => "a column that says which calls failed",
        Role::Cost => "a column with the cost of each answer",
        Role::Variant => {
            "a column that says which rows are changed copies of others (noise, typing errors, rotation)"
        }
        _ => "that column",
    }
}

/// What it would tell.
pub(crate) fn allows(role: Role) -> &'static str {
    match role {
        Role::Label => "whether the answers are right",
        Role::Prediction => "what the model answers",
        Role::Score => "what another threshold would do, and whether scores are probabilities",
        Role::Latency => "whether answers come fast enough",
        Role::Split => "whether the model is as good on new rows as on those it was built on",
        Role::Timestamp => "whether it stays as good over time",
        Role::Segment => "where it is weak, and whether it is fair",
        Role::Id => {
            "whether answers repeat for the same case, and whether cases are on both sides of a split"
        }
        Role::Error => "how often calls fail",
        Role::Cost => "what an answer costs",
        Role::Variant => "whether it is robust against small changes",
        _ => "more",
    }
}

//! What "ready" means: named criteria with a limit each, as JSON that a team keeps in git.

mod champion;
mod drift;
mod json;
mod metric;
pub(crate) mod position;
mod presets;
pub(crate) mod spelling;

use serde::{Deserialize, Serialize};

use crate::monitoring::MonitoringRule;

pub use champion::{Champion, Margins, NoChampion, NotAReport};
pub use drift::{DriftMethod, DriftSettings};
pub use json::{PolicyError, Problem};
pub use metric::{EvidenceView, Group, Metric, Unit};
pub use presets::PRESETS;

/// A list of criteria.
///
/// ```
/// use greenlight_readiness::Policy;
///
/// let json = Policy::fraud().to_json()?;
/// assert_eq!(Policy::from_json(&json)?, Policy::fraud());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// What the policy is called.
    pub name: String,
    /// Why its limits are what they are, in a sentence or two.
    #[serde(default)]
    pub description: String,
    /// So many rows have to be behind a number before it is judged, where its criterion does not say otherwise.
    #[serde(default = "default_minimum_rows")]
    pub minimum_rows: u64,
    /// What must or should hold, in the order in which it is shown.
    pub criteria: Vec<Criterion>,
    /// Names of criteria without whose evidence there is no verdict, beside accuracy and balance.
    #[serde(default)]
    pub required_evidence: Vec<String>,
    /// When a column counts as drifted. No criterion asks for it by itself.
    #[serde(default, skip_serializing_if = "DriftSettings::are_usual")]
    pub drift: DriftSettings,
    /// What is watched over time. It raises alerts and leaves the verdict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub monitoring: Vec<MonitoringRule>,
}

/// Fewer rows than this are an anecdote: at 30, the interval of a share is up to 34 points wide.
pub const DEFAULT_MINIMUM_ROWS: u64 = 30;

fn default_minimum_rows() -> u64 {
    DEFAULT_MINIMUM_ROWS
}

/// One demand on one number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// What the criterion is called; unique in its policy.
    pub name: String,
    /// The number.
    pub metric: Metric,
    /// Of which rows.
    #[serde(default, skip_serializing_if = "Scope::is_current")]
    pub scope: Scope,
    /// How it must stand to the limit.
    pub operator: Operator,
    /// The limit, in the metric's unit: a share between 0 and 1, milliseconds for a latency.
    pub limit: f64,
    /// What follows when it does not.
    pub severity: Severity,
    /// So many rows have to be behind the number: rows of the positive class for recall, flagged ones for precision.
    /// The policy's where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_rows: Option<u64>,
    /// Asked only of data that tells: where the column is lacking, nobody is warned.
    #[serde(default, skip_serializing_if = "is_false")]
    pub if_measured: bool,
    /// Why the limit is what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl Criterion {
    /// A demand on the rows that are judged.
    pub fn new(
        name: impl Into<String>,
        metric: Metric,
        operator: Operator,
        limit: f64,
        severity: Severity,
    ) -> Self {
        Self {
            name: name.into(),
            metric,
            scope: Scope::Current,
            operator,
            limit,
            severity,
            minimum_rows: None,
            if_measured: false,
            why: None,
        }
    }

    /// With the reason for its limit.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Self {
        Self {
            why: Some(why.into()),
            ..self
        }
    }

    /// Asked only of data that tells.
    #[must_use]
    pub fn if_measured(self) -> Self {
        Self {
            if_measured: true,
            ..self
        }
    }
}

/// The rows that a criterion looks at. What the data does not have is no evidence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Scope {
    /// The split that is judged; all rows where there is none.
    #[default]
    Current,
    /// The split to compare with.
    Reference,
    /// All rows.
    Overall,
    /// The split of this name.
    Split(String),
    /// The rows in which a column holds a value.
    Segment {
        /// The column.
        column: String,
        /// Its value.
        value: String,
    },
    /// The predictions of this model.
    Model(String),
}

impl Scope {
    fn is_current(&self) -> bool {
        *self == Self::Current
    }
}

/// How a value must stand to a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operator {
    /// At least the limit.
    #[serde(rename = ">=")]
    AtLeast,
    /// Above the limit.
    #[serde(rename = ">")]
    Above,
    /// At most the limit.
    #[serde(rename = "<=")]
    AtMost,
    /// Below the limit.
    #[serde(rename = "<")]
    Below,
}

impl Operator {
    /// The sign a person knows it by.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::Above => ">",
            Self::AtMost => "≤",
            Self::Below => "<",
        }
    }

    /// Whether `value` stands to `limit` as asked.
    pub fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Self::AtLeast => value >= limit,
            Self::Above => value > limit,
            Self::AtMost => value <= limit,
            Self::Below => value < limit,
        }
    }

    /// Whether higher values are the better ones.
    pub fn wants_high(self) -> bool {
        matches!(self, Self::AtLeast | Self::Above)
    }
}

/// What follows when a criterion fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The model is not ready.
    Must,
    /// The model is ready with a warning.
    Should,
}

impl Policy {
    /// Whether it asks about graded answers.
    pub fn judges_answers(&self) -> bool {
        let mut metrics = self.criteria.iter().map(|criterion| criterion.metric);
        metrics.any(Metric::is_of_answers)
    }

    /// The policy as a team keeps it: indented JSON that ends in a line break.
    ///
    /// # Errors
    /// Never for a policy with finite limits; the error is serde_json's.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut json = serde_json::to_string_pretty(self)?;
        json.push('\n');
        Ok(json)
    }
}

//! What "ready" means: named criteria with a limit each, as JSON that a team keeps in git.

use serde::{Deserialize, Serialize};

/// A list of criteria.
///
/// ```
/// use greenlight_readiness::Policy;
///
/// let json = serde_json::to_string(&Policy::fraud())?;
/// assert_eq!(serde_json::from_str::<Policy>(&json)?, Policy::fraud());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// What the policy is called.
    pub name: String,
    /// Why its limits are what they are, in a sentence.
    #[serde(default)]
    pub description: String,
    /// What must or should hold, in the order in which it is shown.
    pub criteria: Vec<Criterion>,
    /// Names of criteria without whose evidence there is no verdict, beside accuracy and balance.
    #[serde(default)]
    pub required_evidence: Vec<String>,
}

/// One demand on one number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// What the criterion is called; unique in its policy.
    pub name: String,
    /// The number.
    pub metric: Metric,
    /// How it must stand to the limit.
    pub operator: Operator,
    /// The limit: a share between 0 and 1, or milliseconds for a latency.
    pub limit: f64,
    /// What follows when it does not.
    pub severity: Severity,
}

/// A number that a criterion can ask for; of the current split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Share of right predictions.
    Accuracy,
    /// Accuracy less the accuracy of always answering with the most frequent class.
    AccuracyAboveBaseline,
    /// Recall + specificity − 1, with two classes.
    YoudensJ,
    /// Recall of the positive class; macro average with more than two classes.
    Recall,
    /// Precision of the positive class; macro average with more than two classes.
    Precision,
    /// The 95th percentile of latency, in milliseconds.
    LatencyP95,
    /// Accuracy on the reference split less accuracy on the current split.
    AccuracyGap,
}

/// What a criterion is about; criteria are shown by group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// How often it is right.
    Accuracy,
    /// Whether it errs on the right side.
    Balance,
    /// Whether it stays as good.
    Stability,
    /// Whether it is fast and cheap enough.
    LatencyAndCost,
}

impl Metric {
    /// The group the metric belongs to.
    pub fn group(self) -> Group {
        match self {
            Self::Accuracy | Self::AccuracyAboveBaseline | Self::YoudensJ => Group::Accuracy,
            Self::Recall | Self::Precision => Group::Balance,
            Self::AccuracyGap => Group::Stability,
            Self::LatencyP95 => Group::LatencyAndCost,
        }
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
}

impl Operator {
    /// The sign a person knows it by.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::Above => ">",
            Self::AtMost => "≤",
        }
    }

    /// Whether `value` stands to `limit` as asked.
    pub fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Self::AtLeast => value >= limit,
            Self::Above => value > limit,
            Self::AtMost => value <= limit,
        }
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

/// The names of the policies that come with Greenlight, in the order in which they are offered.
pub const PRESETS: [&str; 3] = ["balanced", "fraud", "spam"];

impl Policy {
    /// The preset of that name.
    pub fn preset(name: &str) -> Option<Self> {
        match name {
            "balanced" => Some(Self::balanced()),
            "fraud" => Some(Self::fraud()),
            "spam" => Some(Self::spam()),
            _ => None,
        }
    }

    /// Both kinds of error matter alike: precision and recall at least 80 %.
    pub fn balanced() -> Self {
        Self::of(
            "balanced",
            "Both kinds of error matter alike.",
            [
                accuracy(Severity::Must),
                better_than_chance(),
                above_baseline(),
                recall(),
                precision(0.80),
            ],
        )
    }

    /// A missed case costs most: recall at least 80 %. Accuracy only advises, since a good
    /// detector of rare cases may lie below the accuracy of never raising an alarm.
    pub fn fraud() -> Self {
        Self::of(
            "fraud",
            "A missed case costs far more than a false alarm.",
            [recall(), better_than_chance(), accuracy(Severity::Should)],
        )
    }

    /// A false alarm costs most: precision at least 95 %.
    pub fn spam() -> Self {
        Self::of(
            "spam",
            "A false alarm costs far more than a missed case.",
            [
                precision(0.95),
                accuracy(Severity::Must),
                better_than_chance(),
                above_baseline(),
            ],
        )
    }

    fn of<const N: usize>(name: &str, description: &str, task: [Criterion; N]) -> Self {
        let always = [
            criterion(
                "accuracy_gap",
                Metric::AccuracyGap,
                Operator::AtMost,
                0.05,
                Severity::Should,
            ),
            criterion(
                "latency_p95",
                Metric::LatencyP95,
                Operator::AtMost,
                1_000.0,
                Severity::Must,
            ),
        ];
        Self {
            name: name.to_owned(),
            description: description.to_owned(),
            criteria: task.into_iter().chain(always).collect(),
            required_evidence: vec!["better_than_chance".to_owned()],
        }
    }
}

fn criterion(
    name: &str,
    metric: Metric,
    operator: Operator,
    limit: f64,
    severity: Severity,
) -> Criterion {
    Criterion {
        name: name.to_owned(),
        metric,
        operator,
        limit,
        severity,
    }
}

fn accuracy(severity: Severity) -> Criterion {
    criterion(
        "accuracy",
        Metric::Accuracy,
        Operator::AtLeast,
        0.90,
        severity,
    )
}

fn recall() -> Criterion {
    criterion(
        "recall",
        Metric::Recall,
        Operator::AtLeast,
        0.80,
        Severity::Must,
    )
}

fn precision(limit: f64) -> Criterion {
    criterion(
        "precision",
        Metric::Precision,
        Operator::AtLeast,
        limit,
        Severity::Must,
    )
}

fn better_than_chance() -> Criterion {
    criterion(
        "better_than_chance",
        Metric::YoudensJ,
        Operator::Above,
        0.0,
        Severity::Must,
    )
}

fn above_baseline() -> Criterion {
    criterion(
        "accuracy_above_baseline",
        Metric::AccuracyAboveBaseline,
        Operator::Above,
        0.0,
        Severity::Should,
    )
}

//! The rules of a policy that watch a number over time.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::policy::{Metric, Operator, Unit};

/// Something that must hold in every window, or of every row.
///
/// ```
/// use greenlight_readiness::monitoring::{MonitoringRule, Over, Watched};
/// use greenlight_readiness::{Metric, Operator};
///
/// let json = r#"{"name": "accuracy", "metric": "accuracy", "operator": ">=", "limit": 0.9}"#;
/// let rule: MonitoringRule = serde_json::from_str(json)?;
/// assert_eq!(rule, MonitoringRule::new("accuracy", Watched::Of(Metric::Accuracy), Operator::AtLeast, 0.9));
/// assert_eq!(rule.over, Over::Windows);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonitoringRule {
    /// What the rule is called; unique among the rules of its policy.
    pub name: String,
    /// The number.
    pub metric: Watched,
    /// Of which feature, where it is the drift of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    /// What is looked at one after the other.
    #[serde(default)]
    pub over: Over,
    /// How it must stand to the limit.
    pub operator: Operator,
    /// The limit, in the metric's unit: a share between 0 and 1, milliseconds for a latency.
    pub limit: f64,
    /// So many rows have to be behind the number of a window, for the window to be judged. The policy's where it is not
    /// said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_rows: Option<u64>,
    /// Why the limit is what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl MonitoringRule {
    /// A rule over what the metric is a number of: windows, or rows.
    pub fn new(name: impl Into<String>, metric: Watched, operator: Operator, limit: f64) -> Self {
        Self {
            name: name.into(),
            metric,
            feature: None,
            over: metric.over(),
            operator,
            limit,
            minimum_rows: None,
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
}

/// What a rule looks at one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// Windows of time, or of rows where there is no time.
    #[default]
    Windows,
    /// Single rows.
    Rows,
}

impl Over {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Windows, Self::Rows];

    /// The name in policies and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Windows => "windows",
            Self::Rows => "rows",
        }
    }
}

/// A number that a rule watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched {
    /// What a criterion asks for, of the rows of a window. Of a fall it is that from the reference, or where there is
    /// none from the first window that is judged.
    Of(Metric),
    /// How far a feature of a window has moved from the reference: its population stability index.
    FeaturePsi,
    /// The latency of a single row, in milliseconds.
    LatencyMs,
    /// The cost of a single row, in the unit of the cost column.
    Cost,
}

impl Watched {
    /// Those that no criterion asks for.
    const OWN: [Self; 3] = [Self::FeaturePsi, Self::LatencyMs, Self::Cost];

    /// All of them, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        let of = Metric::ALL.iter().map(|&metric| Self::Of(metric));
        of.filter(|watched| watched.is_of_a_window())
            .chain(Self::OWN)
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|watched| watched.name() == name)
    }

    /// The name in policies and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Of(metric) => metric.name(),
            Self::FeaturePsi => "feature_psi",
            Self::LatencyMs => "latency_ms",
            Self::Cost => "cost",
        }
    }

    /// What it is a number of.
    pub fn over(self) -> Over {
        match self {
            Self::LatencyMs | Self::Cost => Over::Rows,
            Self::Of(_) | Self::FeaturePsi => Over::Windows,
        }
    }

    /// The criterion's metric that has the same unit, range and way of being written.
    pub fn like(self) -> Metric {
        match self {
            Self::Of(metric) => metric,
            Self::FeaturePsi => Metric::ScorePsi,
            Self::LatencyMs => Metric::LatencyMax,
            Self::Cost => Metric::CostPerPrediction,
        }
    }

    /// What it is counted in.
    pub fn unit(self) -> Unit {
        self.like().unit()
    }

    /// Whether it can be told of a window: what takes a look at all rows together cannot.
    fn is_of_a_window(self) -> bool {
        !matches!(
            self,
            Self::Of(
                Metric::DriftedColumnsShare
                    | Metric::PerturbationAccuracyDrop
                    | Metric::FlipRate
                    | Metric::WeakestSegmentGap
                    | Metric::WorstWindowAccuracy
                    | Metric::AccuracyDrop
                    | Metric::RepeatConsistency
            )
        )
    }
}

impl Serialize for Watched {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Watched {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::named(&name).ok_or_else(|| D::Error::custom(format!("there is no metric “{name}”")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_written_by_its_name_and_read_back() {
        let mut names: Vec<&str> = Vec::new();
        for watched in Watched::all() {
            let json = serde_json::to_string(&watched).unwrap();
            assert_eq!(serde_json::from_str::<Watched>(&json).unwrap(), watched);
            assert!(!names.contains(&watched.name()), "{json}");
            names.push(watched.name());
        }
        assert_eq!(Watched::named("flip_rate"), None);
    }
}

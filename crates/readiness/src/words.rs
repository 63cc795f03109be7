//! The words a judgement is written in.

use greenlight_data::LatencyUnit;
use greenlight_format as format;

use crate::profile::Profile;

/// How the positive class is spoken of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Positive {
    /// With a share before it: "fraud", "positives", "“churned” cases".
    pub cases: String,
    /// Whether the verb is singular: "fraud goes", "positives go".
    singular: bool,
}

/// Class names that say "positive" without saying of what.
const BARE_NAMES: [&str; 10] = [
    "1",
    "true",
    "t",
    "yes",
    "y",
    "positive",
    "pos",
    "+",
    "bad",
    "anomalous",
];
/// Words that need no article and take a singular verb.
const MASS_NOUNS: [&str; 6] = ["fraud", "spam", "churn", "abuse", "toxicity", "phishing"];

impl Positive {
    /// From the name of the positive class, or from the name of the label column where the class
    /// itself says nothing (`is_fraud` with classes 0 and 1).
    pub fn of(profile: &Profile) -> Self {
        let class = profile.settings.positive.as_deref().unwrap_or_default();
        let label = profile
            .roles
            .label
            .as_deref()
            .unwrap_or_default()
            .to_lowercase();
        let noun = MASS_NOUNS.into_iter().find(|noun| {
            class.eq_ignore_ascii_case(noun)
                || (BARE_NAMES.contains(&class.to_lowercase().as_str())
                    && label
                        .split(|c: char| !c.is_alphanumeric())
                        .any(|word| word == *noun))
        });
        match noun {
            Some(noun) => Self {
                cases: noun.to_owned(),
                singular: true,
            },
            None if class.is_empty() || BARE_NAMES.contains(&class.to_lowercase().as_str()) => {
                Self {
                    cases: "positives".to_owned(),
                    singular: false,
                }
            }
            None => Self {
                cases: format!("“{class}” cases"),
                singular: false,
            },
        }
    }

    /// "goes unnoticed" or "go unnoticed".
    pub fn go(&self) -> &'static str {
        if self.singular { "goes" } else { "go" }
    }

    /// "is" or "are".
    pub fn are(&self) -> &'static str {
        if self.singular { "is" } else { "are" }
    }
}

/// A latency given in the unit of its column, as a person reads it.
pub(crate) fn latency(value: f64, unit: LatencyUnit) -> String {
    format::duration_ms(value * unit.in_ms())
}

/// "24 of 200".
pub(crate) fn of(part: u64, whole: u64) -> String {
    format!("{} of {}", format::count(part), format::count(whole))
}

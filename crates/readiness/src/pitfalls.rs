//! Ways in which good-looking numbers mislead, and how each is recognised.

use std::collections::BTreeMap;

use greenlight_format as format;
use greenlight_metrics::wilson;
use serde::{Deserialize, Serialize};

use crate::profile::Profile;
use crate::words::{self, Positive};

/// A trap that the data has fallen into.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pitfall {
    /// Its name, such as `accuracy_paradox`.
    pub name: String,
    /// How bad it is.
    pub severity: PitfallSeverity,
    /// What is wrong, in plain words.
    pub reason: String,
    /// The numbers that show it.
    pub evidence: BTreeMap<String, f64>,
}

/// How bad a pitfall is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PitfallSeverity {
    /// Good to know.
    Info,
    /// The verdict carries a warning.
    Warning,
    /// The model is not ready.
    Serious,
}

/// All pitfalls of the rows that are judged.
pub fn detect(profile: &Profile) -> Vec<Pitfall> {
    [accuracy_paradox(profile)].into_iter().flatten().collect()
}

/// The name of the pitfall in which accuracy comes from rarity.
pub(crate) const ACCURACY_PARADOX: &str = "accuracy_paradox";
/// Accuracy below this impresses nobody.
const IMPRESSIVE_ACCURACY: f64 = 0.90;
/// A class with a larger share than this is not rare.
const RARE: f64 = 0.20;
/// Catching less than this of the rare class is failing at the task.
const HALF: f64 = 0.5;

/// High accuracy that comes from the rarity of a class, not from recognising it.
///
/// Raised for two classes where the positive one makes up at most 20 % of the rows, accuracy is at
/// least 90 %, and recall lies below 50 % with its whole 95 % Wilson interval. *Serious* where
/// accuracy is also not shown to beat the answer "never" (the interval of accuracy reaches down to
/// the majority baseline), else a *warning*.
fn accuracy_paradox(profile: &Profile) -> Option<Pitfall> {
    let matrix = profile.current().confusion.as_ref().ok()?;
    let counts = matrix.binary(profile.classes.positive()?);
    let (cases, rows) = (counts.tp + counts.fn_, counts.total());
    let prevalence = counts.prevalence().ok()?;
    let accuracy = matrix.accuracy().ok()?;
    let recall = counts.recall().ok()?;
    let baseline = matrix.majority_baseline_accuracy().ok()?;
    let recall_interval = wilson(counts.tp, cases).ok()?;
    if prevalence > RARE || accuracy < IMPRESSIVE_ACCURACY || recall_interval.high >= HALF {
        return None;
    }
    let accuracy_interval = wilson(matrix.correct(), rows).ok()?;
    let severity = match accuracy_interval.low <= baseline {
        true => PitfallSeverity::Serious,
        false => PitfallSeverity::Warning,
    };
    let positive = Positive::of(profile);
    let reason = format!(
        "{} of {} {} unnoticed ({}). {} of the answers are right, but accuracy flatters because {} \
         {} rare ({} of the rows): never raising an alarm would be right {} of the time.",
        format::percent(1.0 - recall),
        positive.cases,
        positive.go(),
        words::of(counts.fn_, cases),
        format::percent(accuracy),
        positive.cases,
        positive.are(),
        format::percent(prevalence),
        format::percent(baseline),
    );
    let evidence = [
        ("accuracy", accuracy),
        ("majority_baseline_accuracy", baseline),
        ("prevalence", prevalence),
        ("recall", recall),
    ];
    Some(Pitfall {
        name: ACCURACY_PARADOX.to_owned(),
        severity,
        reason,
        evidence: evidence
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    })
}

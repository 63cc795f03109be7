//! The part of the report on several models: each by itself, and the champion beside each challenger.

use std::collections::BTreeMap;

use greenlight_format as format;
use greenlight_metrics::{Interval, Z_95};
use serde::{Deserialize, Serialize};

use crate::evaluation::Evaluation;
use crate::examination::{Challenger, ChampionBy, Comparisons, ModelComparison};
use crate::notes::NotesAt;
use crate::profile::Profile;

/// The champion beside each challenger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct ComparisonsReport {
    pub column: String,
    pub champion: String,
    pub champion_by: ChampionBy,
    pub challengers: BTreeMap<String, ChallengerReport>,
}

/// A challenger beside the champion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct ChallengerReport {
    pub compared_by: ComparedBy,
    pub pairs: u64,
    pub ambiguous_ids: u64,
    pub flips: Option<u64>,
    pub flip_rate: Option<f64>,
    pub flip_rate_interval: Option<Interval>,
    pub champion_alone_right: Option<u64>,
    pub challenger_alone_right: Option<u64>,
    pub mcnemar_p_value: Option<f64>,
    pub accuracy_gain: Option<f64>,
    pub accuracy_gain_interval: Option<Interval>,
    pub better: Better,
}

/// What is held against what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparedBy {
    /// Answers to the same id.
    Id,
    /// All answers of both, as two samples.
    Samples,
}

/// Which of two models is right more often, beyond chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// The champion.
    Champion,
    /// The challenger.
    Challenger,
    /// Chance explains the difference, or nothing can be compared.
    Neither,
}

const KEY: &str = "comparisons";

impl ComparisonsReport {
    /// What was found; the reasons for what was not go to `at`.
    pub(crate) fn new(profile: &Profile, at: &mut NotesAt<'_>) -> Option<Self> {
        let models = models_of(profile);
        let found = models.and_then(|models| Some((models, models.comparisons.as_ref()?)));
        let Some((models, comparisons)) = found else {
            let why = match (&profile.roles.model, models) {
                (None, _) => "no column tells models apart",
                (Some(_), Some(models)) if models.models.segments.len() < 2 => {
                    "there is one model alone"
                }
                (Some(_), Some(_)) => "the rows have not been looked at for it with this threshold",
                (Some(_), None) => "the rows have not been looked at for it",
            };
            at.note(KEY, why);
            return None;
        };
        let mut at = at.below(KEY);
        let mut at = at.below("challengers");
        let Comparisons {
            champion,
            champion_by,
            challengers,
            ..
        } = comparisons;
        let mut by_name = BTreeMap::new();
        by_name.extend(challengers.iter().map(|challenger| {
            let name = challenger.model.clone();
            let report = ChallengerReport::new(challenger, profile, &mut at.below(&name));
            (name, report)
        }));
        Some(Self {
            column: models.models.column.clone(),
            champion: champion.clone(),
            champion_by: *champion_by,
            challengers: by_name,
        })
    }
}

impl ChallengerReport {
    fn new(challenger: &Challenger, profile: &Profile, at: &mut NotesAt<'_>) -> Self {
        let pairs = &challenger.pairs;
        let paired = match challenger.is_paired() {
            true => Ok(()),
            false if profile.roles.id.is_none() => Err("no column plays the id"),
            false => Err("no id has one answer of each"),
        };
        let gain = challenger.gain();
        Self {
            compared_by: match challenger.is_paired() {
                true => ComparedBy::Id,
                false => ComparedBy::Samples,
            },
            pairs: pairs.pairs,
            ambiguous_ids: challenger.ambiguous,
            flips: at.value("flips", paired.map(|()| pairs.flips)),
            flip_rate: at
                .value("flip_rate", paired)
                .and_then(|()| pairs.flip_rate().ok()),
            flip_rate_interval: at
                .value("flip_rate_interval", paired)
                .and_then(|()| pairs.flip_rate_interval(Z_95).ok()),
            champion_alone_right: at.value(
                "champion_alone_right",
                paired.map(|()| pairs.right_to_wrong),
            ),
            challenger_alone_right: at.value(
                "challenger_alone_right",
                paired.map(|()| pairs.wrong_to_right),
            ),
            mcnemar_p_value: at.value("mcnemar_p_value", paired.map(|()| pairs.mcnemar_p_value())),
            accuracy_gain: at.value("accuracy_gain", gain.map(|(gain, _)| gain)),
            accuracy_gain_interval: at.value("accuracy_gain_interval", gain.map(|(_, ends)| ends)),
            better: match gain {
                Ok((gain, _)) if challenger.is_sure() && gain > 0.0 => Better::Challenger,
                Ok((gain, _)) if challenger.is_sure() && gain < 0.0 => Better::Champion,
                _ => Better::Neither,
            },
        }
    }
}

/// The evaluation of each model, with what was left out of them in the notes.
pub(crate) fn models(profile: &Profile, at: &mut NotesAt<'_>) -> BTreeMap<String, Evaluation> {
    let mut evaluations = BTreeMap::new();
    let Some(ModelComparison {
        models, certainty, ..
    }) = models_of(profile)
    else {
        return evaluations;
    };
    let mut left_out = Vec::new();
    if models.folded > 0 {
        let values = format::count(models.folded);
        left_out.push(format!("“other” is {values} models with fewer rows each"));
    }
    if models.missing > 0 {
        let rows = format::count(models.missing);
        left_out.push(format!("{rows} rows name no model and are in none of them"));
    }
    if certainty.is_rough() {
        left_out.push("the counts are those of the nearest threshold that is known".to_owned());
    }
    if !left_out.is_empty() {
        at.note("models", left_out.join("; "));
    }
    let mut at = at.below("models");
    evaluations.extend(models.values().map(|(name, rows)| {
        let evaluation = Evaluation::new(rows, &profile.classes, &mut at.below(name));
        (name.to_owned(), evaluation)
    }));
    evaluations
}

fn models_of(profile: &Profile) -> Option<&ModelComparison> {
    profile.examination.as_ref()?.models.as_ref()
}

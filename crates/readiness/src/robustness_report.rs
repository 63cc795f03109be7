//! The part of the report on perturbed copies.

use std::collections::BTreeMap;

use greenlight_format as format;
use greenlight_metrics::{Interval, Z_95};
use serde::{Deserialize, Serialize};

use crate::examination::{Clean, Comparison, Perturbation, Variants};
use crate::notes::NotesAt;
use crate::profile::Profile;

/// Answers to perturbed copies beside those to clean rows, of the rows that are judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct RobustnessReport {
    pub column: String,
    pub clean: Option<String>,
    pub clean_by: CleanBy,
    pub clean_rows: u64,
    pub perturbed_rows: u64,
    pub rows_without_variant: u64,
    pub compared_by: ComparedBy,
    pub examples_without_clean: u64,
    pub flip_rate: Option<f64>,
    pub accuracy_drop: Option<f64>,
    pub worst: Option<WorstPerturbationReport>,
    pub overall: PerturbationReport,
    pub perturbations: BTreeMap<String, PerturbationReport>,
}

/// How the clean value was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CleanBy {
    /// It is called so.
    Name,
    /// Rows without a value are clean.
    Missing,
    /// Most rows have it.
    MostFrequent,
}

/// How clean and perturbed rows are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparedBy {
    /// As pairs of one id.
    Id,
    /// As two samples.
    Samples,
}

/// The rows of a perturbation, or of all of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct PerturbationReport {
    pub rows: u64,
    pub pairs: u64,
    pub accuracy_clean: Option<f64>,
    pub accuracy_perturbed: Option<f64>,
    pub accuracy_drop: Option<f64>,
    pub accuracy_drop_interval: Option<Interval>,
    pub flips: Option<u64>,
    pub flip_rate: Option<f64>,
    pub flip_rate_interval: Option<Interval>,
    pub right_to_wrong: Option<u64>,
    pub wrong_to_right: Option<u64>,
}

/// The perturbation under which accuracy falls most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct WorstPerturbationReport {
    pub perturbation: String,
    pub accuracy_drop: f64,
    pub interval: Interval,
    pub rows: u64,
    pub judged: u64,
}

const KEY: &str = "robustness";

impl RobustnessReport {
    /// What was found; the reasons for what was not go to `at`.
    pub(crate) fn new(profile: &Profile, at: &mut NotesAt<'_>) -> Option<Self> {
        let examination = profile.examination.as_ref();
        let variants = examination.and_then(|examination| examination.variants.as_ref());
        let Some(variants) = variants else {
            let why = match (&profile.roles.variant, examination) {
                (None, _) => "no column tells perturbed copies from clean rows",
                (Some(_), None) => "the rows have not been looked at for it",
                (Some(_), Some(_)) => "the rows have not been looked at for it with this threshold",
            };
            at.note(KEY, why);
            return None;
        };
        let mut at = at.below(KEY);
        let (clean, clean_by) = match &variants.clean {
            Clean::Named(value) => (Some(value.clone()), CleanBy::Name),
            Clean::MostFrequent(value) => (Some(value.clone()), CleanBy::MostFrequent),
            Clean::Missing => {
                at.note("clean", "rows without a value are the clean ones");
                (None, CleanBy::Missing)
            }
        };
        if clean_by == CleanBy::MostFrequent {
            at.note(
                "clean_by",
                "no value is called clean, original or the like, and no row is without a value",
            );
        }
        if let Some(why) = variants.why_unpaired() {
            at.note("compared_by", why);
        }
        let overall = PerturbationReport::new(variants, &variants.all, &mut at.below("overall"));
        let mut values = at.below("perturbations");
        let mut perturbations = BTreeMap::new();
        perturbations.extend(variants.perturbations.iter().map(|perturbation| {
            let value = perturbation.value.clone();
            let mut at = values.below(&value);
            let report = PerturbationReport::new(variants, perturbation, &mut at);
            (value, report)
        }));
        if variants.folded > 0 {
            let values = format::count(variants.folded);
            let note = format!("{values} values with fewer rows each are in “overall” alone");
            at.note("perturbations", note);
        }
        let worst = variants.worst(f64::INFINITY, 0);
        let worst = worst.ok_or("no perturbation has 30 pairs, or rows of either kind, to compare");
        let worst = at
            .value("worst", worst)
            .map(|worst| WorstPerturbationReport {
                perturbation: worst.perturbation.value.clone(),
                accuracy_drop: worst.drop,
                interval: worst.interval,
                rows: worst.rows,
                judged: worst.judged,
            });
        if overall.flip_rate.is_none() {
            at.note("flip_rate", why_no_flips(variants, &variants.all));
        }
        let drop = variants.drop(&variants.all, Z_95);
        Some(Self {
            column: variants.column.clone(),
            clean,
            clean_by,
            clean_rows: variants.clean_rows,
            perturbed_rows: variants.all.rows,
            rows_without_variant: variants.missing,
            compared_by: match variants.comparison {
                Comparison::ById => ComparedBy::Id,
                Comparison::NoId | Comparison::NoPairs => ComparedBy::Samples,
            },
            examples_without_clean: variants.examples_without_clean,
            flip_rate: overall.flip_rate,
            accuracy_drop: at.value("accuracy_drop", drop).map(|(drop, _)| drop),
            worst,
            overall,
            perturbations,
        })
    }
}

impl PerturbationReport {
    fn new(variants: &Variants, of: &Perturbation, at: &mut NotesAt<'_>) -> Self {
        let accuracies = variants.accuracies(of);
        let drop = variants.drop(of, Z_95);
        let pairs = &of.pairs;
        let flipped = match variants.comparison {
            Comparison::ById if pairs.pairs > 0 => Ok(()),
            _ => Err(why_no_flips(variants, of)),
        };
        // What is of pairs, and where there are labels.
        let judged = flipped.and_then(|()| variants.compared(of));
        Self {
            rows: of.rows,
            pairs: pairs.pairs,
            accuracy_clean: at.value("accuracy_clean", accuracies.map(|(clean, _)| clean)),
            accuracy_perturbed: at.value("accuracy_perturbed", accuracies.map(|(_, now)| now)),
            accuracy_drop: at.value("accuracy_drop", drop.map(|(drop, _)| drop)),
            accuracy_drop_interval: at.value("accuracy_drop_interval", drop.map(|(_, ends)| ends)),
            flips: at.value("flips", flipped.map(|()| pairs.flips)),
            flip_rate: at
                .value("flip_rate", flipped)
                .and_then(|()| pairs.flip_rate().ok()),
            flip_rate_interval: at
                .value("flip_rate_interval", flipped)
                .and_then(|()| pairs.flip_rate_interval(Z_95).ok()),
            right_to_wrong: at.value("right_to_wrong", judged.map(|_| pairs.right_to_wrong)),
            wrong_to_right: at.value("wrong_to_right", judged.map(|_| pairs.wrong_to_right)),
        }
    }
}

fn why_no_flips(variants: &Variants, of: &Perturbation) -> &'static str {
    match (variants.why_unpaired(), of.rows) {
        (_, 0) => "no row is perturbed",
        (Some(why), _) => why,
        (None, _) => "none of its rows has a clean answer beside it",
    }
}

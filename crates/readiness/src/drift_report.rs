//! The part of the report on drift.

use std::collections::BTreeMap;

use greenlight_data::canonical_number;
use greenlight_metrics::{Undefined, Value};
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::drift_words;
use crate::examination::{ColumnDrift, DriftBin, DriftPart, DriftVerdict, OTHER, OfValues};
use crate::notes::NotesAt;
use crate::policy::{DriftMethod, Policy};
use crate::profile::Profile;
use crate::schema::DecisionRule;

/// Every column that is compared with the reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct DriftReport {
    pub reference_rows: u64,
    pub current_rows: u64,
    pub judged_columns: u64,
    pub drifted_columns: u64,
    pub score: Option<ColumnDriftReport>,
    pub label: Option<ColumnDriftReport>,
    pub prediction: Option<ColumnDriftReport>,
    pub features: BTreeMap<String, Option<ColumnDriftReport>>,
    pub segments: BTreeMap<String, Option<ColumnDriftReport>>,
}

/// A column on both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct ColumnDriftReport {
    pub psi: Option<f64>,
    pub ks_statistic: Option<f64>,
    pub ks_p_value: Option<f64>,
    pub wasserstein_normed: Option<f64>,
    pub jensen_shannon: Option<f64>,
    pub chi2: Option<f64>,
    pub chi2_p_value: Option<f64>,
    pub l_infinity: Option<f64>,
    pub missing_change: Option<f64>,
    pub bins: Option<u64>,
    pub method: DriftMethod,
    pub value: Option<f64>,
    pub limit: f64,
    pub noise_floor: Option<f64>,
    pub drifted: Option<bool>,
    pub reason: String,
    pub missing: MissingReport,
    pub new_values: NewValuesReport,
    pub histogram: Vec<DriftBinReport>,
}

/// Rows without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as above")]
pub struct MissingReport {
    pub reference: u64,
    pub current: u64,
}

/// Values that the reference never has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as above")]
pub struct NewValuesReport {
    pub values: u64,
    pub rows: u64,
    pub examples: Vec<String>,
}

/// A bin with the rows of both sides. Of ranges there are ends, of single values the value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as above")]
pub struct DriftBinReport {
    pub label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<f64>,
    pub reference: u64,
    pub current: u64,
}

impl DriftReport {
    pub(crate) fn new(profile: &Profile, policy: &Policy, at: &mut NotesAt<'_>) -> Option<Self> {
        let drift = at.value("drift", drift_words::found(profile))?;
        let mut at = at.below("drift");
        let verdicts = drift.verdicts(policy.drift);
        let count =
            |is: fn(&DriftVerdict) -> bool| verdicts.iter().filter(|v| is(v)).count() as u64;
        let mut report = Self {
            reference_rows: drift.reference_rows,
            current_rows: drift.current_rows,
            judged_columns: count(|verdict| verdict.drifted.is_some()),
            drifted_columns: count(|verdict| verdict.drifted == Some(true)),
            score: None,
            label: None,
            prediction: None,
            features: BTreeMap::new(),
            segments: BTreeMap::new(),
        };
        for (column, verdict) in drift.columns.iter().zip(&verdicts) {
            let name = &column.column;
            let new = |mut at: NotesAt<'_>| {
                let reason = drift_words::sentence(column, verdict, profile.told);
                Some(ColumnDriftReport::new(column, verdict, reason, &mut at))
            };
            let found = match column.part {
                DriftPart::Score => new(at.below("score")),
                DriftPart::Label => new(at.below("label")),
                DriftPart::Prediction => new(at.below("prediction")),
                DriftPart::Feature => new(at.below("features").below(name)),
                DriftPart::Segment => new(at.below("segments").below(name)),
            };
            match column.part {
                DriftPart::Score => report.score = found,
                DriftPart::Label => report.label = found,
                DriftPart::Prediction => report.prediction = found,
                DriftPart::Feature => drop(report.features.insert(name.clone(), found)),
                DriftPart::Segment => drop(report.segments.insert(name.clone(), found)),
            }
        }
        for name in &drift.times {
            let (inputs, key) = match profile.roles.segments.contains(name) {
                true => (&mut report.segments, "segments"),
                false => (&mut report.features, "features"),
            };
            inputs.insert(name.clone(), None);
            at.below(key)
                .note(name, "times are not compared: time always moves");
        }
        note_absent(profile, &report, &mut at);
        Some(report)
    }
}

/// Why there is no score, label or prediction to compare.
fn note_absent(profile: &Profile, report: &DriftReport, at: &mut NotesAt<'_>) {
    if report.score.is_none() {
        at.note(
            "score",
            "no column holds the score of a class that it could be compared by",
        );
    }
    if report.label.is_none() {
        at.note("label", Absent::NoLabel);
    }
    if report.prediction.is_none() {
        match profile.settings.decision {
            Some(DecisionRule::Threshold) => {
                at.note(
                    "prediction",
                    "the score decides: what it becomes drifts as it does",
                );
            }
            _ => at.note("prediction", Absent::NoPrediction),
        }
    }
}

impl ColumnDriftReport {
    fn new(
        column: &ColumnDrift,
        verdict: &DriftVerdict,
        reason: String,
        at: &mut NotesAt<'_>,
    ) -> Self {
        let counts = column.counts();
        let mut of_values = |key: &str, value: fn(&OfValues) -> Value| match &column.values {
            Some(values) => at.value(key, value(values)),
            None => {
                at.note(key, "only numbers have this");
                None
            }
        };
        let ks_statistic = of_values("ks_statistic", |values| values.ks_statistic);
        let ks_p_value = of_values("ks_p_value", |values| values.ks_p_value);
        let wasserstein_normed =
            of_values("wasserstein_normed", |values| values.wasserstein_normed);
        let bins = match counts.bins() {
            bins @ 2.. => Ok(bins as u64),
            _ => Err(Undefined::OneBin),
        };
        let noise_floor = match verdict.method {
            DriftMethod::EvidentlyDefaults => Err("Evidently’s tests know none".to_owned()),
            _ => verdict.noise_floor.map_err(|why| why.to_string()),
        };
        let drifted = verdict
            .drifted
            .ok_or_else(|| match verdict.value.and(verdict.p_value) {
                Err(why) => why.to_string(),
                Ok(_) => String::new(),
            });
        let histogram = column
            .bins
            .iter()
            .zip(&column.reference.bins)
            .zip(&column.current.bins);
        Self {
            psi: at.value("psi", counts.psi()),
            ks_statistic,
            ks_p_value,
            wasserstein_normed,
            jensen_shannon: at.value("jensen_shannon", counts.jensen_shannon()),
            chi2: at.value("chi2", counts.chi_square()),
            chi2_p_value: at.value("chi2_p_value", counts.chi_square_p_value()),
            l_infinity: at.value("l_infinity", counts.l_infinity()),
            missing_change: at.value("missing_change", column.missing_change()),
            bins: at.value("bins", bins),
            method: verdict.method,
            value: at.value("value", verdict.value),
            limit: verdict.limit,
            noise_floor: at.value("noise_floor", noise_floor),
            drifted: at.value("drifted", drifted),
            reason,
            missing: MissingReport {
                reference: column.reference.missing,
                current: column.current.missing,
            },
            new_values: NewValuesReport {
                values: column.unseen.values,
                rows: column.unseen.rows,
                examples: column.unseen.examples.clone(),
            },
            histogram: histogram
                .map(|((bin, reference), current)| DriftBinReport::new(bin, *reference, *current))
                .collect(),
        }
    }
}

impl DriftBinReport {
    fn new(bin: &DriftBin, reference: u64, current: u64) -> Self {
        let (at_least, below) = match *bin {
            DriftBin::Numbers { at_least, below } => (at_least, below),
            _ => (None, None),
        };
        Self {
            label: match bin {
                // In full, unlike on the page.
                DriftBin::Numbers { at_least, below } => range(*at_least, *below),
                DriftBin::Other(_) => OTHER.to_owned(),
                bin => drift_words::bin(bin),
            },
            at_least,
            below,
            reference,
            current,
        }
    }
}

fn range(at_least: Option<f64>, below: Option<f64>) -> String {
    match (at_least.map(canonical_number), below.map(canonical_number)) {
        (Some(low), Some(high)) => format!("[{low}, {high})"),
        (Some(low), None) => format!("[{low}, ∞)"),
        (None, Some(high)) => format!("(−∞, {high})"),
        (None, None) => "(−∞, ∞)".to_owned(),
    }
}

//! The part of the report on what is to be expected of the rows that are judged, with and without labels.

use greenlight_metrics::{BinaryCounts, Estimated, ExpectedCounts, Interval, Undefined, Value};
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::examination::EstimatedRows;
use crate::notes::NotesAt;
use crate::profile::Profile;
use crate::statistics::Statistics;
use crate::windows_report::{MomentReport, RangeReport};

/// What the scores let expect, beside what labels say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct EstimateReport {
    pub reference_rows: u64,
    pub recalibrated: bool,
    pub calibration_error_as_given: Option<f64>,
    pub calibration_error_recalibrated: Option<f64>,
    pub assumes: String,
    pub overall: EstimatedReport,
    pub labelled: EstimatedReport,
    pub windows: Vec<EstimatedWindowReport>,
}

/// Of some rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct EstimatedReport {
    pub rows: u64,
    pub unlabelled: u64,
    pub accuracy: Option<ExpectedReport>,
    pub precision: Option<ExpectedReport>,
    pub recall: Option<ExpectedReport>,
    pub specificity: Option<ExpectedReport>,
    pub f1: Option<ExpectedReport>,
    pub roc_auc: Option<ExpectedReport>,
    pub average_precision: Option<f64>,
}

/// Of a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct EstimatedWindowReport {
    pub start: Option<MomentReport>,
    pub end: Option<MomentReport>,
    /// `null` where it has no rows.
    pub estimate: Option<EstimatedReport>,
}

/// A number that is expected, and the one that the labels give.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct ExpectedReport {
    pub expected: f64,
    pub interval: Interval,
    pub realised: Option<f64>,
}

const KEY: &str = "estimate";
/// What no score can tell.
const ASSUMES: &str = "Scores are calibrated, or worth now what they were worth on the reference, and inputs mean what they meant (no concept drift).";

impl EstimateReport {
    /// What was found; the reasons for what was not go to `at`.
    pub(crate) fn new(profile: &Profile, at: &mut NotesAt<'_>) -> Option<Self> {
        let examination = profile.examination.as_ref();
        let Some(estimate) = examination.and_then(|found| found.estimate.as_ref()) else {
            at.note(KEY, why_none(profile));
            return None;
        };
        let mut at = at.below(KEY);
        let windows = examination.and_then(|found| found.windows.as_ref());
        let overall = EstimatedReport::new(
            &estimate.overall,
            Realised::of(profile, profile.current()),
            &mut at.below("overall"),
        );
        let labelled = EstimatedReport::new(
            &estimate.labelled,
            Realised::of(profile, profile.current()),
            &mut at.below("labelled"),
        );
        let mut of_windows = Vec::new();
        // Without times windows tell of the order of rows, which is to change nothing here.
        let known = windows.filter(|windows| windows.has_time);
        let known = known.into_iter().flat_map(|windows| &windows.windows);
        for (index, (window, rows)) in known.zip(&estimate.windows).enumerate() {
            let minutes_ahead = profile.settings.time_zone_minutes;
            let RangeReport { from, to } = RangeReport::new(window.span, minutes_ahead);
            let mut at = at.below("windows");
            let mut at = at.below(&index.to_string());
            let realised = Realised::of(profile, &window.statistics);
            of_windows.push(EstimatedWindowReport {
                start: from,
                end: to,
                estimate: match rows.rows {
                    0 => {
                        at.note("estimate", Undefined::NoRows);
                        None
                    }
                    _ => Some(EstimatedReport::new(
                        rows,
                        realised,
                        &mut at.below("estimate"),
                    )),
                },
            });
        }
        Some(Self {
            reference_rows: estimate.reference_rows,
            recalibrated: estimate.is_recalibrated,
            calibration_error_as_given: error(
                estimate.error_as_given,
                "calibration_error_as_given",
                &mut at,
            ),
            calibration_error_recalibrated: error(
                estimate.error_recalibrated,
                "calibration_error_recalibrated",
                &mut at,
            ),
            assumes: ASSUMES.to_owned(),
            overall,
            labelled,
            windows: of_windows,
        })
    }
}

fn error(error: Value, key: &str, at: &mut NotesAt<'_>) -> Option<f64> {
    at.value(key, error.map_err(|why| format!("on the reference, {why}")))
}

/// Why nothing is expected.
fn why_none(profile: &Profile) -> String {
    let roles = &profile.roles;
    let has_scores = roles.score.is_some() || !roles.class_scores.is_empty();
    match &profile.current().confusion {
        _ if profile.examination.is_none() => Absent::NotExamined.to_string(),
        Err(why) => why.to_string(),
        Ok(_) if profile.classes.len() != 2 => Undefined::NotBinary.to_string(),
        Ok(_) if !has_scores => Undefined::NoScores.to_string(),
        Ok(_) if profile.classes.positive().is_none() => Absent::NoPositiveClass.to_string(),
        Ok(_) => "the rows have not been looked at for it with this threshold".to_owned(),
    }
}

/// What the labels say of some rows.
struct Realised {
    counts: Result<BinaryCounts, String>,
    roc_auc: Result<f64, String>,
}

impl Realised {
    fn of(profile: &Profile, rows: &Statistics) -> Self {
        let matrix = rows.confusion.as_ref().map_err(Absent::to_string);
        let positive = profile.classes.positive();
        let positive = positive.ok_or_else(|| Absent::NoPositiveClass.to_string());
        let scores = rows.scores.as_ref().map_err(Absent::to_string);
        Self {
            counts: matrix.and_then(|matrix| Ok(matrix.binary(positive?))),
            roc_auc: scores.and_then(|scores| scores.roc_auc.map_err(|why| why.to_string())),
        }
    }

    fn of_counts(&self, metric: fn(&BinaryCounts) -> Value) -> Result<f64, String> {
        metric(self.counts.as_ref().map_err(String::clone)?).map_err(|why| why.to_string())
    }
}

impl EstimatedReport {
    fn new(rows: &EstimatedRows, realised: Realised, at: &mut NotesAt<'_>) -> Self {
        type Expect = fn(&ExpectedCounts) -> Result<Estimated, Undefined>;
        let mut of_counts = |key: &str, expect: Expect, seen: fn(&BinaryCounts) -> Value| {
            beside(key, rows.of_counts(expect), realised.of_counts(seen), at)
        };
        Self {
            rows: rows.rows,
            unlabelled: rows.unlabelled,
            accuracy: of_counts("accuracy", ExpectedCounts::accuracy, BinaryCounts::accuracy),
            precision: of_counts(
                "precision",
                ExpectedCounts::precision,
                BinaryCounts::precision,
            ),
            recall: of_counts("recall", ExpectedCounts::recall, BinaryCounts::recall),
            specificity: of_counts(
                "specificity",
                ExpectedCounts::specificity,
                BinaryCounts::specificity,
            ),
            f1: of_counts("f1", ExpectedCounts::f1, BinaryCounts::f1),
            roc_auc: beside("roc_auc", rows.roc_auc, realised.roc_auc.clone(), at),
            average_precision: at.value("average_precision", rows.average_precision),
        }
    }
}

fn beside(
    key: &str,
    expected: Result<Estimated, Undefined>,
    realised: Result<f64, String>,
    at: &mut NotesAt<'_>,
) -> Option<ExpectedReport> {
    let expected = at.value(key, expected)?;
    Some(ExpectedReport {
        expected: expected.value,
        interval: expected.interval(),
        realised: at.below(key).value("realised", realised),
    })
}

//! What accuracy is to be expected of the rows that are judged, with and without labels.

use greenlight_metrics::estimate::{expected_average_precision, expected_roc_auc};
use greenlight_metrics::{
    Calibrator, Estimated, ExpectedCounts, ScoreCollector, ScoreGroups, Undefined, Value,
};
use serde::{Deserialize, Serialize};

use crate::observations::{Observation, Observations};
use crate::policy::Metric;
use crate::profile::Settings;
use crate::schema::Schema;
use crate::windows::{Layout, Side, Sides};

use super::judged_rows::Decider;

/// What the scores of two classes let expect, whether labels are there or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Rows of the reference with a label and a score: those by which it was seen what scores are worth.
    pub reference_rows: u64,
    /// Whether scores are taken for what they were worth on the reference (by its isotonic fit); else for what they say.
    pub is_recalibrated: bool,
    /// The expected calibration error of the scores as they are, on the reference.
    pub error_as_given: Value,
    /// That of the isotonic fit, on rows it has not seen.
    pub error_recalibrated: Value,
    /// Of all rows that are judged.
    pub overall: EstimatedRows,
    /// Of those of them that have a label: what the labels say can be held against it.
    pub labelled: EstimatedRows,
    /// Of each window, as in [`Windows::windows`](crate::Windows::windows).
    pub windows: Vec<EstimatedRows>,
}

/// What is to be expected of some rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EstimatedRows {
    /// How many rows, with and without a label.
    pub rows: u64,
    /// Those of them that have none.
    pub unlabelled: u64,
    /// The four counts, of which accuracy, precision, recall, specificity and F1 follow.
    pub counts: Result<ExpectedCounts, Undefined>,
    /// The area under the ROC curve.
    pub roc_auc: Result<Estimated, Undefined>,
    /// Average precision.
    pub average_precision: Value,
}

impl Estimate {
    /// Two passes over the rows and a sort of their scores: of the reference, of what is judged, and of each window.
    pub(super) fn of(
        observations: &Observations<'_>,
        layout: Option<&Layout>,
        schema: &Schema,
        settings: &Settings,
        decider: &Decider,
    ) -> Option<Self> {
        let positive = schema.classes.positive()?;
        let sides = Sides::new(schema, settings);
        let mut reference = ScoreCollector::default();
        for (_, observation) in used_rows(observations) {
            if sides.of(observation.split) == Some(Side::Reference)
                && let (Some(score), Some(actual)) = (observation.score, observation.actual)
            {
                // Cannot fail: tables hold finite numbers. Nor can the others here.
                let _ = reference.push(score, actual.0 == positive, observation.count);
            }
        }
        let reference = reference.finish();
        let calibrator = match reference.is_empty() {
            true => Calibrator::as_given(),
            false => Calibrator::choose(&reference),
        };
        let all = observations.of_all();
        let edges = layout.map(|layout| &layout.side(Side::Judged).edges);
        let windows = edges.map_or(0, |edges| edges.len());
        let (mut overall, mut by_window) = (Filling::default(), vec![Filling::default(); windows]);
        for row in 0..all.rows() {
            let used = all.row(row).and_then(Result::ok);
            let Some(observation) = used.or_else(|| all.unlabelled(row)) else {
                continue;
            };
            if sides.of(observation.split) != Some(Side::Judged) {
                continue;
            }
            let flagged = decider
                .predicted(&observation)
                .map(|class| class == positive);
            let (Some(score), Some(flagged)) = (observation.score, flagged) else {
                continue;
            };
            let is_labelled = used.is_some();
            let looked_at = match is_labelled {
                true => observations.row(row).and_then(Result::ok),
                false => observations.unlabelled(row),
            };
            if let Some(Observation { count, .. }) = looked_at {
                overall.add(score, flagged, is_labelled, count);
            }
            if let (Some(edges), Some(key)) = (edges, all.times().key(row)) {
                edges.share(key, row, observation.count, |window, count| {
                    if let Some(window) = by_window.get_mut(window) {
                        window.add(score, flagged, is_labelled, count);
                    }
                });
            }
        }
        let of_all = |labelled: &ScoreGroups, unlabelled: &ScoreGroups| {
            let all = ScoreGroups::merged([labelled, unlabelled]);
            EstimatedRows::of(&all, unlabelled.rows(), &calibrator)
        };
        let labelled = overall.labelled.finish();
        let windows = by_window.into_iter();
        Some(Self {
            reference_rows: reference.rows(),
            is_recalibrated: calibrator.is_isotonic(),
            error_as_given: calibrator.error_as_given,
            error_recalibrated: calibrator.error_isotonic,
            labelled: EstimatedRows::of(&labelled, 0, &calibrator),
            overall: of_all(&labelled, &overall.unlabelled.finish()),
            windows: windows
                .map(|rows| of_all(&rows.labelled.finish(), &rows.unlabelled.finish()))
                .collect(),
        })
    }
}

impl EstimatedRows {
    /// What is to be expected of a metric, by the name that criteria know it by; `None` where scores do not tell.
    pub fn expected(&self, metric: Metric) -> Option<Estimated> {
        match metric {
            Metric::Accuracy => self.of_counts(ExpectedCounts::accuracy).ok(),
            Metric::Precision => self.of_counts(ExpectedCounts::precision).ok(),
            Metric::Recall => self.of_counts(ExpectedCounts::recall).ok(),
            Metric::Specificity => self.of_counts(ExpectedCounts::specificity).ok(),
            Metric::F1 => self.of_counts(ExpectedCounts::f1).ok(),
            Metric::RocAuc => self.roc_auc.ok(),
            _ => None,
        }
    }

    fn of(flagged: &ScoreGroups, unlabelled: u64, calibrator: &Calibrator) -> Self {
        Self {
            rows: flagged.rows(),
            unlabelled,
            counts: ExpectedCounts::of(flagged, calibrator),
            roc_auc: expected_roc_auc(flagged, calibrator),
            average_precision: expected_average_precision(flagged, calibrator),
        }
    }

    /// A metric of the four counts.
    ///
    /// # Errors
    /// Where it does not exist.
    pub fn of_counts(
        &self,
        metric: impl Fn(&ExpectedCounts) -> Result<Estimated, Undefined>,
    ) -> Result<Estimated, Undefined> {
        metric(self.counts.as_ref().map_err(|why| *why)?)
    }
}

/// The usable rows, whatever range of them is looked at.
fn used_rows<'o>(
    observations: &'o Observations<'_>,
) -> impl Iterator<Item = (usize, Observation)> + 'o {
    (0..observations.rows()).filter_map(|row| Some((row, observations.row(row)?.ok()?)))
}

/// Rows while they are read; those that are flagged are the positives here.
#[derive(Clone, Default)]
struct Filling {
    labelled: ScoreCollector,
    unlabelled: ScoreCollector,
}

impl Filling {
    fn add(&mut self, score: f64, is_flagged: bool, is_labelled: bool, count: u64) {
        let rows = match is_labelled {
            true => &mut self.labelled,
            false => &mut self.unlabelled,
        };
        let _ = rows.push(score, is_flagged, count);
    }
}

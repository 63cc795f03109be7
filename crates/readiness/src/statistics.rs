//! The statistics of some rows, computed from their scores and latencies in order.

use greenlight_metrics::{
    Actual, BinaryCounts, ConfusionMatrix, CostCollector, Costs, Interval, Latencies,
    LatencySummary, Predicted, ScoreGroups, ThresholdStops, Undefined, Value, average_precision,
    brier_score, counts_at, expected_calibration_error, log_loss, roc_auc, roc_auc_interval,
};
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::accumulator::Part;
use crate::answers::LoneGrades;
use crate::class_scores::class_score_statistics;
use crate::profile::Settings;
use crate::schema::{DecisionRule, Schema};
use crate::tradeoff::{Calibration, Detail, Tradeoff};

/// The statistics of some rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// How many rows.
    pub rows: u64,
    /// Rows by actual and predicted class.
    pub confusion: Result<ConfusionMatrix, Absent>,
    /// Rows that only a person or only a judge graded, by class.
    pub lone_grades: LoneGrades,
    /// What the scores are worth.
    pub scores: Result<ScoreStatistics, Absent>,
    /// Rows whose class scores do not add up to 1; 0 where no class has scores.
    pub not_adding_up: u64,
    /// How long predictions took.
    pub latency: Result<LatencySummary, Absent>,
    /// How many calls failed.
    pub errors: Result<u64, Absent>,
    /// What predictions cost.
    pub cost: Result<CostSummary, Absent>,
}

impl Statistics {
    /// What the scores do at any threshold, where rows have a score of a positive class.
    pub fn tradeoff(&self) -> Option<&Tradeoff> {
        self.scores.as_ref().ok()?.tradeoff.as_ref()
    }

    /// Counts by another decision.
    pub(crate) fn decide(&mut self, confusion: ConfusionMatrix) {
        if let Ok(cost) = &mut self.cost {
            cost.per_correct = match confusion.correct() {
                0 => Err(Undefined::NoneRight.into()),
                correct => Ok(cost.total / correct as f64),
            };
        }
        self.confusion = Ok(confusion);
        // What the predictions said alone is decided no longer.
        self.lone_grades.judge.fill(0);
    }
}

/// What the predictions of some rows cost, in the unit of the cost column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostSummary {
    /// All costs together.
    pub total: f64,
    /// The mean cost of the predictions that have one.
    pub per_prediction: f64,
    /// All costs over the number of right answers.
    pub per_correct: Result<f64, Absent>,
}

impl CostSummary {
    fn new(costs: &Costs, confusion: &Result<ConfusionMatrix, Absent>) -> Result<Self, Absent> {
        let per_correct = confusion.as_ref().map_err(Absent::clone);
        Ok(Self {
            total: costs.total()?,
            per_prediction: costs.per_prediction()?,
            per_correct: per_correct.and_then(|matrix| Ok(costs.per_correct(matrix.correct())?)),
        })
    }
}

/// What the scores of some rows are worth, whatever the threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the metric of that name")]
pub struct ScoreStatistics {
    pub roc_auc: Value,
    pub roc_auc_interval: Result<Interval, Undefined>,
    pub average_precision: Value,
    pub log_loss: Value,
    pub brier_score: Value,
    pub expected_calibration_error: Value,
    /// With two classes what the scores do at any threshold.
    pub tradeoff: Option<Tradeoff>,
    /// What the scores are worth as probabilities: those of the positive class, or of the top one of several.
    pub calibration: Calibration,
    /// With more than two classes the scores of each against the rest, in class order.
    pub per_class: Vec<ClassScoreStatistics>,
}

/// What the scores of one class are worth against the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the metric of that name")]
pub struct ClassScoreStatistics {
    pub roc_auc: Value,
    pub average_precision: Value,
    pub tradeoff: Tradeoff,
}

impl ScoreStatistics {
    /// Those of scores in order, with stops that know the thresholds `wanted` exactly.
    pub(crate) fn of(groups: &ScoreGroups, wanted: &[f64]) -> Self {
        Self::new(groups, Detail::FINE, StopsAt::Own(wanted))
    }

    fn new(groups: &ScoreGroups, detail: Detail, stops: StopsAt<'_>) -> Self {
        let (tradeoff, calibration) = match stops {
            StopsAt::Own(wanted) => (
                Tradeoff::of(groups, detail, wanted),
                Calibration::of(groups, detail),
            ),
            StopsAt::Of(whole) => {
                let tradeoff = Tradeoff::at_stops_of(whole, groups);
                let coarse = tradeoff.stops.groups();
                (tradeoff, Calibration::nearly(groups, &coarse))
            }
        };
        Self {
            roc_auc: roc_auc(groups),
            roc_auc_interval: roc_auc_interval(groups),
            average_precision: average_precision(groups),
            log_loss: log_loss(groups),
            brier_score: brier_score(groups),
            expected_calibration_error: expected_calibration_error(groups),
            tradeoff: Some(tradeoff),
            calibration,
            per_class: Vec::new(),
        }
    }
}

/// Where the stops of a trade-off are.
#[derive(Clone, Copy)]
enum StopsAt<'s> {
    /// At its own scores, and at these thresholds exactly.
    Own(&'s [f64]),
    /// Where those of other rows are, among which these are.
    Of(&'s ThresholdStops),
}

/// The rows of a part with its scores, latencies and costs in order.
pub(crate) struct Ordered {
    pub rows: u64,
    pub errors: u64,
    pub confusion: ConfusionMatrix,
    pub lone_grades: LoneGrades,
    pub scores: ScoreGroups,
    /// What the scores of more than two classes are worth.
    pub class_scores: ScoreStatistics,
    pub not_adding_up: u64,
    pub latencies: Latencies,
    pub costs: Costs,
}

impl Ordered {
    fn new(part: Part, class_scores: ScoreStatistics) -> Self {
        let Part {
            rows,
            errors,
            confusion,
            lone_grades,
            scores,
            class_scores: _,
            not_adding_up,
            latencies,
            costs,
        } = part;
        Self {
            rows,
            errors,
            confusion,
            lone_grades,
            scores: scores.finish(),
            class_scores,
            not_adding_up,
            latencies: latencies.finish(),
            costs: costs.finish(),
        }
    }

    /// With stops that know the thresholds `wanted` exactly.
    pub fn statistics(&self, schema: &Schema, settings: &Settings, wanted: &[f64]) -> Statistics {
        self.statistics_in(Detail::FINE, schema, settings, StopsAt::Own(wanted))
    }

    fn statistics_in(
        &self,
        detail: Detail,
        schema: &Schema,
        settings: &Settings,
        stops: StopsAt<'_>,
    ) -> Statistics {
        let confusion = match schema.decision {
            None if schema.label_alone => Err(Absent::NoPrediction),
            None => Err(Absent::NoLabel),
            Some(DecisionRule::Prediction | DecisionRule::Argmax) => Ok(self.confusion.clone()),
            Some(DecisionRule::Threshold) => match schema.classes.positive() {
                None => Err(Absent::NoPositiveClass),
                Some(_) => {
                    // No threshold is the highest of all: nothing is flagged.
                    let threshold = settings.threshold.unwrap_or(f64::INFINITY);
                    Ok(matrix_of(counts_at(&self.scores, threshold)))
                }
            },
        };
        let cost = match schema.has_cost {
            true => CostSummary::new(&self.costs, &confusion),
            false => Err(Absent::NoCostColumn),
        };
        Statistics {
            rows: self.rows,
            confusion,
            lone_grades: self.lone_grades.clone(),
            scores: self.scores(detail, schema, stops),
            not_adding_up: self.not_adding_up,
            latency: self
                .latencies
                .summary(Some(settings.latency_budget))
                .map_err(Absent::from),
            errors: schema.error.clone().map(|_| self.errors),
            cost,
        }
    }

    fn scores(
        &self,
        detail: Detail,
        schema: &Schema,
        stops: StopsAt<'_>,
    ) -> Result<ScoreStatistics, Absent> {
        if schema.is_multiclass_scored() {
            return match &schema.unscored {
                Some(class) => Err(Absent::UnscoredClass {
                    class: class.clone(),
                }),
                None => Ok(self.class_scores.clone()),
            };
        }
        match (schema.has_score, schema.classes.positive()) {
            (true, Some(_)) => Ok(ScoreStatistics::new(&self.scores, detail, stops)),
            (true, None) => Err(Absent::NoPositiveClass),
            (false, _) if schema.classes.len() > 2 => Err(Undefined::NotBinary.into()),
            (false, _) => Err(Undefined::NoScores.into()),
        }
    }
}

/// The statistics of one segment, with stops that know the thresholds `wanted` exactly.
pub(crate) fn of_segment(
    mut part: Part,
    schema: &Schema,
    settings: &Settings,
    wanted: &[f64],
) -> Statistics {
    let class_scores = vec![std::mem::take(&mut part.class_scores)];
    let (_, class_scores) = class_score_statistics(class_scores, Detail::COARSE);
    let ordered = Ordered::new(part, class_scores);
    ordered.statistics_in(Detail::COARSE, schema, settings, StopsAt::Own(wanted))
}

/// The statistics of one window, with the stops of the `whole` that it is a part of.
pub(crate) fn of_window(
    mut part: Part,
    schema: &Schema,
    settings: &Settings,
    whole: &ThresholdStops,
) -> Statistics {
    let class_scores = vec![std::mem::take(&mut part.class_scores)];
    let (_, mut class_scores) = class_score_statistics(class_scores, Detail::COARSE);
    for class in &mut class_scores.per_class {
        // Nobody moves a threshold of one class of a window.
        class.tradeoff.stops = ThresholdStops::default();
    }
    let ordered = Ordered::new(part, class_scores);
    ordered.statistics_in(Detail::COARSE, schema, settings, StopsAt::Of(whole))
}

/// All rows in order.
pub(crate) struct InOrder {
    pub splits: Vec<(String, Ordered)>,
    pub overall: Ordered,
    /// The scores of the rows that name no split, where others do.
    pub unsplit_scores: Option<ScoreGroups>,
}

/// Puts each part in order, and from them the whole: scores and latencies are sorted once.
pub(crate) fn order(mut splits: Vec<(String, Part)>, mut unsplit: Part) -> InOrder {
    let mut costs = CostCollector::default();
    let mut class_scores = Vec::new();
    for part in splits
        .iter_mut()
        .map(|(_, part)| part)
        .chain([&mut unsplit])
    {
        costs.merge(part.costs.clone());
        class_scores.push(std::mem::take(&mut part.class_scores));
    }
    let (class_scores, class_scores_of_all) = class_score_statistics(class_scores, Detail::FINE);
    let mut overall = Ordered::new(unsplit, class_scores_of_all);
    if splits.is_empty() {
        return InOrder {
            splits: Vec::new(),
            overall,
            unsplit_scores: None,
        };
    }
    let splits: Vec<(String, Ordered)> = splits
        .into_iter()
        .zip(class_scores)
        .map(|((name, part), class_scores)| (name, Ordered::new(part, class_scores)))
        .collect();
    for (_, part) in &splits {
        overall.rows = overall.rows.saturating_add(part.rows);
        overall.errors = overall.errors.saturating_add(part.errors);
        overall.not_adding_up = overall.not_adding_up.saturating_add(part.not_adding_up);
        // Cannot fail: all parts have the schema's classes.
        let _ = overall.confusion.merge(&part.confusion);
        overall.lone_grades.merge(&part.lone_grades);
    }
    let unsplit_scores = std::mem::take(&mut overall.scores);
    let scores = splits.iter().map(|(_, part)| &part.scores);
    overall.scores = ScoreGroups::merged(scores.chain([&unsplit_scores]));
    let latencies = splits.iter().map(|(_, part)| &part.latencies);
    overall.latencies = Latencies::merged(latencies.chain([&overall.latencies]));
    overall.costs = costs.finish();
    InOrder {
        splits,
        overall,
        unsplit_scores: Some(unsplit_scores),
    }
}

/// `[[tn, fp], [fn, tp]]`: the positive class is last.
pub(crate) fn matrix_of(counts: BinaryCounts) -> ConfusionMatrix {
    let mut matrix = ConfusionMatrix::new(2);
    let cells = [
        (0, 0, counts.tn),
        (0, 1, counts.fp),
        (1, 0, counts.fn_),
        (1, 1, counts.tp),
    ];
    for (actual, predicted, count) in cells {
        // Cannot fail: the matrix has both classes.
        let _ = matrix.add(Actual(actual), Predicted(predicted), count);
    }
    matrix
}

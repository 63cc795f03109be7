//! What a pass over rows adds to. Parts of a file, in any order, merge into the whole.

use std::ops::Range;

use greenlight_data::Rejections;
use greenlight_metrics::{ConfusionMatrix, CostCollector, LatencyCollector, ScoreCollector};

use crate::answers::LoneGrades;
use crate::class_scores::ClassScoreCollector;
use crate::observations::{Observation, Observations, RowProblem};
use crate::schema::Schema;

/// Counts, scores, latencies and costs of the rows seen so far, by split.
///
/// Memory: 8 bytes a row for its score, for each class score of more than two classes, for its latency
/// and for its cost, and twice that for rows that stand for several; everything else is bounded.
/// [`merge`](Self::merge) of two parts equals the whole exactly, because nothing is summed before
/// [`finish`](crate::Profile::of) has put scores and latencies in order.
#[derive(Clone, Debug)]
pub struct Accumulator {
    schema: Schema,
    /// One for each split, then one for the rows that name none.
    parts: Vec<Part>,
    rejections: Rejections,
    /// Observations outside of the range that is looked at.
    outside: u64,
}

/// The rows of one split; each counts as often as it stands for an observation.
#[derive(Clone, Debug)]
pub struct Part {
    /// Rows used.
    pub rows: u64,
    /// Those of them whose call failed: they are in no other number but the costs.
    pub errors: u64,
    /// Rows by actual and predicted class, where predictions or class scores decide.
    pub confusion: ConfusionMatrix,
    /// Rows that only a person or only a judge graded.
    pub lone_grades: LoneGrades,
    /// Scores by whether the row is positive.
    pub scores: ScoreCollector,
    /// Scores of each of more than two classes.
    pub class_scores: ClassScoreCollector,
    /// Rows whose class scores do not add up to 1.
    pub not_adding_up: u64,
    /// Latencies in the unit of their column.
    pub latencies: LatencyCollector,
    /// Costs in the unit of their column.
    pub costs: CostCollector,
}

impl Part {
    /// Has seen nothing yet.
    pub(crate) fn new(schema: &Schema) -> Self {
        let classes = schema.classes.len();
        Self {
            rows: 0,
            errors: 0,
            confusion: ConfusionMatrix::new(classes),
            lone_grades: LoneGrades::new(match schema.graded {
                true => classes,
                false => 0,
            }),
            scores: ScoreCollector::default(),
            class_scores: ClassScoreCollector::new(match schema.is_multiclass_scored() {
                true => classes,
                false => 0,
            }),
            not_adding_up: 0,
            latencies: LatencyCollector::default(),
            costs: CostCollector::default(),
        }
    }

    /// Adds a row.
    pub(crate) fn add_row(
        &mut self,
        observations: &Observations<'_>,
        row: usize,
        observation: &Observation,
        positive: Option<usize>,
    ) {
        self.add(observation, positive);
        if observation.top.is_some() {
            self.add_class_scores(observation, observations.class_scores(row));
        }
    }

    #[inline]
    fn add(&mut self, observation: &Observation, positive: Option<usize>) {
        let count = observation.count;
        self.rows = self.rows.saturating_add(count);
        if observation.error {
            self.errors = self.errors.saturating_add(count);
        }
        if let (Some(actual), Some(predicted)) = (observation.actual, observation.predicted) {
            // Cannot fail: the classes are the schema's.
            let _ = self.confusion.add(actual, predicted, count);
        } else {
            let human = observation.actual.map(|class| class.0);
            let judge = observation.predicted.map(|class| class.0);
            self.lone_grades.add(human, judge, count);
        }
        if let (Some(actual), Some(score), Some(positive)) =
            (observation.actual, observation.score, positive)
        {
            // Cannot fail: tables hold finite numbers.
            let _ = self.scores.push(score, actual.0 == positive, count);
        }
        if let Some(latency) = observation.latency {
            let _ = self.latencies.push(latency, count);
        }
        if let Some(cost) = observation.cost {
            let _ = self.costs.push(cost, count);
        }
    }

    /// Adds the class scores of a row, the top one of which is in `observation`.
    fn add_class_scores(
        &mut self,
        observation: &Observation,
        scores: impl Iterator<Item = (usize, f64)>,
    ) {
        let (Some(top), Some(actual)) = (observation.top, observation.actual) else {
            return;
        };
        if !top.adds_up {
            self.not_adding_up = self.not_adding_up.saturating_add(observation.count);
        }
        if !self.class_scores.by_class.is_empty() {
            self.class_scores
                .add(scores, top, actual.0, observation.count);
        }
    }

    /// Adds what `other` has seen.
    pub fn merge(&mut self, other: Self) {
        self.rows = self.rows.saturating_add(other.rows);
        self.errors = self.errors.saturating_add(other.errors);
        // Cannot fail: both have the schema's classes.
        let _ = self.confusion.merge(&other.confusion);
        self.lone_grades.merge(&other.lone_grades);
        self.scores.merge(other.scores);
        self.class_scores.merge(other.class_scores);
        self.not_adding_up = self.not_adding_up.saturating_add(other.not_adding_up);
        self.latencies.merge(other.latencies);
        self.costs.merge(other.costs);
    }
}

impl Accumulator {
    /// Has seen nothing yet.
    pub fn new(schema: Schema) -> Self {
        let parts = vec![Part::new(&schema); schema.splits.len() + 1];
        Self {
            schema,
            parts,
            rejections: Rejections::default(),
            outside: 0,
        }
    }

    /// Adds some rows; those that cannot be used are counted by reason. One pass over the rows.
    pub fn add(&mut self, observations: &Observations<'_>, rows: Range<usize>) {
        let positive = self.schema.classes.positive();
        let without_split = self.schema.splits.len();
        for row in rows {
            self.outside = self.outside.saturating_add(observations.outside(row));
            match observations.row(row) {
                None => {}
                Some(Ok(observation)) => {
                    let split = observation.split.unwrap_or(without_split);
                    if let Some(part) = self.parts.get_mut(split) {
                        part.add_row(observations, row, &observation, positive);
                    }
                }
                Some(Err(problem)) => {
                    let RowProblem {
                        reason,
                        text,
                        count,
                    } = problem;
                    self.rejections.add(&reason, row as u64 + 1, count, || text);
                }
            }
        }
    }

    /// Adds what `other`, of the same schema, has seen.
    pub fn merge(&mut self, other: Self) {
        for (part, other) in self.parts.iter_mut().zip(other.parts) {
            part.merge(other);
        }
        self.rejections.merge(&other.rejections);
        self.outside = self.outside.saturating_add(other.outside);
    }

    /// What the parts have in common.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Rows used.
    pub fn rows(&self) -> u64 {
        self.parts
            .iter()
            .fold(0, |rows, part| rows.saturating_add(part.rows))
    }

    /// Rows, usable or not, outside of the range that is looked at.
    pub fn outside(&self) -> u64 {
        self.outside
    }

    /// Rows that could not be used, by reason.
    pub fn rejections(&self) -> &Rejections {
        &self.rejections
    }

    /// The rows of each split by name, and those that name none.
    pub fn into_parts(self) -> (Vec<(String, Part)>, Part) {
        let Self {
            schema, mut parts, ..
        } = self;
        let unsplit = parts.pop().unwrap_or_else(|| Part::new(&schema));
        (schema.splits.into_iter().zip(parts).collect(), unsplit)
    }
}

//! What a pass over rows adds to. Parts of a file, in any order, merge into the whole.

use std::ops::Range;

use greenlight_data::Rejections;
use greenlight_metrics::{ConfusionMatrix, LatencyCollector, ScoreCollector};

use crate::observations::{Observation, Observations};
use crate::schema::Schema;

/// Counts, scores and latencies of the rows seen so far, by split.
///
/// Memory: 8 bytes a row for its score and 8 for its latency; everything else is bounded.
/// [`merge`](Self::merge) of two parts equals the whole exactly, because nothing is summed before
/// [`finish`](crate::Profile::of) has put scores and latencies in order.
#[derive(Clone, Debug)]
pub struct Accumulator {
    schema: Schema,
    /// One for each split, then one for the rows that name none.
    parts: Vec<Part>,
    rejections: Rejections,
}

/// The rows of one split.
#[derive(Clone, Debug)]
pub struct Part {
    /// Rows used.
    pub rows: u64,
    /// Rows by actual and predicted class, where the predictions decide.
    pub confusion: ConfusionMatrix,
    /// Scores by whether the row is positive.
    pub scores: ScoreCollector,
    /// Latencies in the unit of their column.
    pub latencies: LatencyCollector,
}

impl Part {
    fn new(classes: usize) -> Self {
        Self {
            rows: 0,
            confusion: ConfusionMatrix::new(classes),
            scores: ScoreCollector::default(),
            latencies: LatencyCollector::default(),
        }
    }

    #[inline]
    fn add(&mut self, observation: Observation, positive: Option<usize>) {
        self.rows += 1;
        if let (Some(actual), Some(predicted)) = (observation.actual, observation.predicted) {
            // Cannot fail: the classes are the schema's.
            let _ = self.confusion.add(actual, predicted, 1);
        }
        if let (Some(actual), Some(score), Some(positive)) =
            (observation.actual, observation.score, positive)
        {
            // Cannot fail: tables hold finite numbers.
            let _ = self.scores.push(score, actual.0 == positive, 1);
        }
        if let Some(latency) = observation.latency {
            let _ = self.latencies.push(latency, 1);
        }
    }

    /// Adds what `other` has seen.
    pub fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        // Cannot fail: both have the schema's classes.
        let _ = self.confusion.merge(&other.confusion);
        self.scores.merge(other.scores);
        self.latencies.merge(other.latencies);
    }
}

impl Accumulator {
    /// Has seen nothing yet.
    pub fn new(schema: Schema) -> Self {
        let parts = vec![Part::new(schema.classes.len()); schema.splits.len() + 1];
        Self {
            schema,
            parts,
            rejections: Rejections::default(),
        }
    }

    /// Adds some rows; those that cannot be used are counted by reason. One pass over the rows.
    pub fn add(&mut self, observations: &Observations<'_>, rows: Range<usize>) {
        let positive = self.schema.classes.positive();
        let without_split = self.schema.splits.len();
        for row in rows {
            match observations.row(row) {
                None => {}
                Some(Ok(observation)) => {
                    let split = observation.split.unwrap_or(without_split);
                    if let Some(part) = self.parts.get_mut(split) {
                        part.add(observation, positive);
                    }
                }
                Some(Err(problem)) => {
                    self.rejections
                        .add(&problem.reason, row as u64 + 1, || problem.text);
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
    }

    /// What the parts have in common.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Rows used.
    pub fn rows(&self) -> u64 {
        self.parts.iter().map(|part| part.rows).sum()
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
        let unsplit = parts
            .pop()
            .unwrap_or_else(|| Part::new(schema.classes.len()));
        (schema.splits.into_iter().zip(parts).collect(), unsplit)
    }
}

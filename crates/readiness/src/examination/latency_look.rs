//! How long answers take: the shape of it, whether slow answers are wrong more often, and calls that failed.

use greenlight_metrics::{
    Latencies, LatencyCollector, LatencyStops, LatencySummary, LogHistogram, QuantileBins,
    ScoreCollector, ScoreGroups, ShareTrend, Undefined,
};
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::acceptance::Acceptance;
use crate::observations::{Observation, Observations};
use crate::profile::Settings;
use crate::schema::Schema;

use super::judged_rows::{JudgedRows, WRONG};

/// Rows are put into so many parts by their latency.
const PARTS: usize = 10;

/// How long answers take, in the unit of the latency column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LatencyLook {
    /// Of the rows that are judged.
    pub current: LatencyShape,
    /// Of the reference, where there is one.
    pub reference: Option<LatencyShape>,
    /// Whether slow answers are wrong more often; `None` until they are counted as the threshold in force decides.
    pub slow_against_wrong: Option<SlowAgainstWrong>,
    /// Calls that failed, where a column says which did.
    pub failed: Result<FailedCalls, Absent>,
}

/// How the latencies of some rows are spread. Its size does not grow with the rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LatencyShape {
    /// The rows on a log scale.
    pub histogram: LogHistogram,
    /// How many rows are over any budget.
    pub stops: LatencyStops,
}

/// Rows by how long their answer took, a tenth of them each, with how many are wrong.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SlowAgainstWrong {
    /// From fast to slow; fewer than ten where many answers take equally long. Empty where no row has both a latency and an answer
    /// to judge.
    pub parts: Vec<SpeedPart>,
}

/// Rows that take about as long.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpeedPart {
    /// The lowest latency among them.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// Rows with an answer to judge.
    pub rows: u64,
    /// Those of them whose answer is wrong; of graded answers those that are not accepted.
    pub wrong: u64,
}

/// Calls that failed among the rows that are judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FailedCalls {
    /// How many.
    pub rows: u64,
    /// How long they took, as with timeouts, where their rows say so. They count in no other latency.
    pub latency: Result<LatencySummary, Absent>,
}

impl SlowAgainstWrong {
    /// Puts rows that are wrong, the positives of these groups, and rows that are right into parts by their latency.
    fn of(groups: &ScoreGroups) -> Self {
        let rows = groups.groups();
        let latencies = rows.map(|group| {
            let rows = group.positives.saturating_add(group.negatives);
            (group.score, rows)
        });
        let latencies: Vec<(f64, u64)> = latencies.collect();
        let bins = QuantileBins::of(&latencies, PARTS);
        let parts = bins.bins().iter().map(|bin| SpeedPart {
            low: bin.low,
            high: bin.high,
            rows: bin.rows,
            wrong: 0,
        });
        let mut parts: Vec<SpeedPart> = parts.collect();
        for group in groups.groups() {
            if let Some(part) = parts.get_mut(bins.bin_of(group.score)) {
                part.wrong = part.wrong.saturating_add(group.positives);
            }
        }
        Self { parts }
    }

    /// Rows in all parts, and the wrong ones among them.
    pub fn totals(&self) -> (u64, u64) {
        let parts = self.parts.iter();
        parts.fold((0, 0), |(rows, wrong): (u64, u64), part| {
            let SpeedPart {
                rows: more,
                wrong: worse,
                ..
            } = part;
            (rows.saturating_add(*more), wrong.saturating_add(*worse))
        })
    }

    /// Whether the share of wrong answers rises or falls with latency: the Cochran–Armitage test over the parts.
    ///
    /// # Errors
    /// Where it cannot rise or fall: all answers are right or all are wrong, or all take equally long.
    pub fn trend(&self) -> Result<ShareTrend, Undefined> {
        let counts = self.parts.iter();
        let counts = counts.map(|part| (part.wrong, part.rows.saturating_sub(part.wrong)));
        ShareTrend::of(&counts.collect::<Vec<_>>())
    }
}

impl LatencyShape {
    fn of(latencies: &Latencies) -> Self {
        Self {
            histogram: LogHistogram::of(latencies),
            stops: LatencyStops::of(latencies),
        }
    }
}

impl LatencyLook {
    /// Looks at the rows that are judged and at those of the reference. One pass over all rows and two sorts of the latencies; 8 bytes
    /// for each latency, and 8 more for each beside an answer to judge, while it lasts.
    pub(super) fn of(
        rows: &JudgedRows,
        observations: &Observations<'_>,
        schema: &Schema,
        settings: &Settings,
        acceptance: Option<&Acceptance>,
    ) -> Self {
        let mut collected = Collected::default();
        for (row, outcome, count) in rows.outcomes() {
            let Some(Ok(observation)) = observations.row(row) else {
                continue;
            };
            let is_wrong = match schema.graded {
                true => is_rejected(&observation, acceptance),
                false => outcome.map(|outcome| outcome & WRONG != 0),
            };
            if observation.error {
                collected.add_failed(observations.noted_latency(row), count);
            } else if let Some(latency) = observation.latency {
                collected.add(latency, is_wrong, count);
            }
        }
        let failed = schema.error.as_ref().map_err(Absent::clone);
        let failed_latencies = collected.failed_latencies.finish();
        Self {
            current: LatencyShape::of(&collected.latencies.finish()),
            reference: reference(observations, schema, settings),
            slow_against_wrong: Some(SlowAgainstWrong::of(&collected.judged.finish())),
            failed: failed.map(|_| FailedCalls {
                rows: collected.failed,
                latency: failed_latencies.summary(None).map_err(Absent::from),
            }),
        }
    }
}

/// What a pass over the rows adds to.
#[derive(Default)]
struct Collected {
    latencies: LatencyCollector,
    /// By whether the answer is wrong.
    judged: ScoreCollector,
    failed: u64,
    failed_latencies: LatencyCollector,
}

impl Collected {
    // Pushing cannot fail: tables hold finite numbers.
    fn add(&mut self, latency: f64, is_wrong: Option<bool>, count: u64) {
        let _ = self.latencies.push(latency, count);
        if let Some(is_wrong) = is_wrong {
            let _ = self.judged.push(latency, is_wrong, count);
        }
    }

    fn add_failed(&mut self, latency: Option<f64>, count: u64) {
        self.failed = self.failed.saturating_add(count);
        if let Some(latency) = latency {
            let _ = self.failed_latencies.push(latency, count);
        }
    }
}

/// Whether a graded answer is not accepted: by the person where one graded it, else by the judge.
fn is_rejected(observation: &Observation, acceptance: Option<&Acceptance>) -> Option<bool> {
    let human = observation.actual.map(|class| class.0);
    let judge = observation.predicted.map(|class| class.0);
    Some(!acceptance?.accepts(human.or(judge)?))
}

/// The rows to compare with, where there are any.
fn reference(
    observations: &Observations<'_>,
    schema: &Schema,
    settings: &Settings,
) -> Option<LatencyShape> {
    let split = schema.split_named(settings.reference.as_deref()?)?;
    let mut latencies = LatencyCollector::default();
    for row in 0..observations.rows() {
        if let Some(Ok(observation)) = observations.row(row)
            && observation.split == Some(split)
            && let Some(latency) = observation.latency
        {
            let _ = latencies.push(latency, observation.count);
        }
    }
    Some(LatencyShape::of(&latencies.finish()))
}

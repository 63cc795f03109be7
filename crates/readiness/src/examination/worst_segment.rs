//! The segment with the lowest accuracy, by the rule for the worst of several.

use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use greenlight_metrics::{Interval, WorstOfK};

use crate::criteria::Outcome;

use super::segments::Segments;

/// The segment with the lowest accuracy, held against a limit.
#[derive(Clone, Debug, PartialEq)]
pub struct WorstSegment<'s> {
    /// The column.
    pub column: &'s str,
    /// The value.
    pub segment: &'s str,
    /// Its accuracy.
    pub accuracy: f64,
    /// Wilson's interval of it, at level 1 − 0.05/k.
    pub interval: Interval,
    /// Its rows.
    pub rows: u64,
    /// How many segments of at least 30 rows were judged: k.
    pub judged: u64,
    /// `Fail` where the whole interval lies below the limit, `AtRisk` where the accuracy alone does.
    pub outcome: Outcome,
}

impl Segments {
    /// The worst of the values of all segment columns, which should have an accuracy of at least `limit`. Values that were folded
    /// are no segment. `None` where none has 30 rows with an answer to judge.
    pub fn worst(&self, limit: f64) -> Option<WorstSegment<'_>> {
        self.worst_of_at_least(limit, FEWEST_ROWS)
    }

    /// As [`worst`](Self::worst), among those of at least so many rows.
    pub fn worst_of_at_least(&self, limit: f64, fewest: u64) -> Option<WorstSegment<'_>> {
        let segments = self.columns.iter().flat_map(|column| {
            let segments = column.segments.iter();
            segments.map(|segment| (column.column.as_str(), segment))
        });
        let counts = segments.clone().map(|(_, segment)| {
            let confusion = segment.statistics.confusion.as_ref();
            confusion.map_or((0, 0), |confusion| (confusion.correct(), confusion.total()))
        });
        let worst = WorstOfK::of_at_least(fewest, counts, limit)?;
        let (column, segment) = segments.clone().nth(worst.index)?;
        Some(WorstSegment {
            column,
            segment: &segment.value,
            accuracy: worst.value,
            interval: worst.interval,
            rows: worst.rows,
            judged: worst.judged,
            outcome: match (worst.is_surely_below, worst.value < limit) {
                (true, _) => Outcome::Fail,
                (false, true) => Outcome::AtRisk,
                (false, false) => Outcome::Pass,
            },
        })
    }
}

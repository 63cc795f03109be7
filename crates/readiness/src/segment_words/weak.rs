//! The weak segments as sentences and rows.

use greenlight_format::{self as format, Told};
use greenlight_metrics::ErrorCount;
use greenlight_metrics::fairness::Rate;
use greenlight_metrics::worst_of_k::FEWEST_ROWS;

use super::{counted, points};
use crate::examination::{WeakSegment, WeakSegments, in_words};

/// What the search for weak segments has found.
///
/// ```
/// use greenlight_metrics::ErrorCount;
/// use greenlight_format::Told;
/// use greenlight_readiness::{examination::WeakSegments, segment_words::WeakWords};
/// let all = ErrorCount { rows: 900, errors: 90 };
/// let found = WeakSegments { groups: 12, columns: 3, all, ..WeakSegments::default() };
/// let words = WeakWords::of(&found, Told::Exactly);
/// assert_eq!(words.finding, "No group is clearly weaker than the others");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct WeakWords {
    /// The one sentence to read.
    pub finding: String,
    /// What else to know, the most important first.
    pub remarks: Vec<String>,
    /// The weak segments, as found: the one that is surely behind by the most first.
    pub groups: Vec<WeakGroup>,
    /// The accuracy of all rows; `None` without rows.
    pub accuracy: Option<f64>,
}

/// A weak segment as a row of a table. Shares are from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct WeakGroup {
    /// What its rows have in common.
    pub name: String,
    /// Its rows.
    pub rows: u64,
    /// Its rows, of all.
    pub share_of_rows: f64,
    /// The share of right answers.
    pub accuracy: Rate,
    /// By how much the accuracy of the rest is higher.
    pub gap: f64,
    /// By how much at least, taking into account how many groups were looked at.
    pub least_gap: f64,
    /// Its wrong answers, of all wrong answers.
    pub share_of_errors: f64,
    /// How well the gaps are known; all else follows from counts.
    pub told: Told,
}

impl WeakWords {
    /// The words for what was found.
    pub fn of(weak: &WeakSegments, told: Told) -> Self {
        let group = |segment| WeakGroup::of(segment, &weak.all, told);
        let groups: Vec<WeakGroup> = weak.segments.iter().filter_map(group).collect();
        let (finding, remarks) = match (groups.split_first(), weak.all.errors, weak.groups) {
            (Some((first, others)), ..) => (first.finding(), first.remarks(others.len(), weak)),
            (None, 0, _) => (
                "Every answer is right, so no group is weaker than another".to_owned(),
                vec![format!(
                    "{} were looked at.",
                    counted(weak.all.rows, "row", "rows")
                )],
            ),
            (None, _, 0) => (
                "The groups are too small to be judged".to_owned(),
                vec![format!(
                    "None has {FEWEST_ROWS} rows, and others to be held against. With more rows it can be said."
                )],
            ),
            (None, ..) => (
                "No group is clearly weaker than the others".to_owned(),
                vec![format!(
                    "{} were held against the rest: {}. What differs is within what chance gives.",
                    counted(weak.groups, "group", "groups"),
                    looked_at(weak),
                )],
            ),
        };
        Self {
            finding,
            remarks,
            groups,
            accuracy: weak.all.accuracy().ok(),
        }
    }
}

impl WeakGroup {
    fn of(segment: &WeakSegment, all: &ErrorCount, told: Told) -> Option<Self> {
        let count = &segment.count;
        Some(Self {
            name: in_words(&segment.conditions),
            rows: count.rows,
            share_of_rows: share(count.rows, all.rows)?,
            accuracy: Rate::of(count.right(), count.rows).ok()?,
            gap: segment.gap,
            least_gap: segment.gap_interval.low,
            share_of_errors: share(count.errors, all.errors)?,
            told,
        })
    }

    fn finding(&self) -> String {
        format!(
            "Answers are wrong more often where {}: {} are right, {} fewer than elsewhere",
            self.name,
            format::percent(self.accuracy.value),
            self.told.mark(points(self.gap)),
        )
    }

    fn remarks(&self, others: usize, weak: &WeakSegments) -> Vec<String> {
        let own = format!(
            "These {} are {} of all and hold {} of the wrong answers.",
            counted(self.rows, "row", "rows"),
            format::percent(self.share_of_rows),
            format::percent(self.share_of_errors),
        );
        let found = match others {
            0 => "It is the only one that is clearly weaker".to_owned(),
            1 => "One more is clearly weaker, too".to_owned(),
            more => format!(
                "{} more are clearly weaker, too",
                format::count(more as u64)
            ),
        };
        let groups = counted(weak.groups, "group", "groups");
        vec![
            own,
            format!("{found}, of {groups} looked at: {}.", looked_at(weak)),
        ]
    }

    /// The group in a sentence.
    pub fn read_out(&self) -> String {
        let Rate {
            value, interval, ..
        } = self.accuracy;
        format!(
            "{}: {} of {} right (95 % interval {}), {} fewer than elsewhere and surely {} fewer.",
            self.name,
            format::percent(value),
            counted(self.rows, "row", "rows"),
            format::percent_interval(interval.low, interval.high),
            self.told.mark(points(self.gap)),
            self.told.mark(points(self.least_gap)),
        )
    }
}

/// What the groups were made of.
fn looked_at(weak: &WeakSegments) -> String {
    let columns = counted(weak.columns, "column", "columns");
    match (weak.columns, weak.paired_columns) {
        (1, _) | (_, 0 | 1) => format!("the values of {columns}"),
        (all, paired) if all == paired => format!("the values of {columns}, and pairs of them"),
        (_, paired) => format!(
            "the values of {columns}, and pairs of them for the {} that differ most",
            format::count(paired)
        ),
    }
}

pub(super) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

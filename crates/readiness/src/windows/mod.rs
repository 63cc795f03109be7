//! The rows that are judged by windows of time, or in equal parts where there is no time.

mod count;
mod edges;
mod far;
mod layout;
mod row_times;
mod rule;
mod span;
mod sum;
mod time_notes;
mod within;
mod words;
mod worst;

pub(crate) use edges::Edges;
pub(crate) use layout::{Layout, Side, Sides, used_or_unlabelled};
pub(crate) use row_times::RowTimes;
pub use rule::WindowRule;
pub use span::{Moment, Span};
pub(crate) use time_notes::{notes as time_notes, of_one_moment};
pub(crate) use words::no_times;
pub use words::time_zone;
pub use worst::WorstWindow;

use serde::{Deserialize, Serialize};

use crate::decision::Certainty;
use crate::statistics::Statistics;

/// The windows of a file: those of the rows that are judged, and those of the reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Windows {
    /// What made them, never [`WindowRule::Auto`].
    pub rule: WindowRule,
    /// Minutes that the clock of the windows is ahead of UTC.
    pub time_zone_minutes: i32,
    /// Those of the rows that are judged, whatever range of them is looked at, one after the other without gaps.
    pub windows: Vec<Window>,
    /// Those of the reference, by the same rule where it has times, else equal parts; empty where there is no reference.
    pub reference: Vec<Window>,
    /// Whether the rows have times, so that windows tell of time; else they tell of the order of rows.
    pub has_time: bool,
    /// Rows that are judged but have no time, where others do: they are in no window.
    pub without_time: u64,
    /// How sure the counts of right and wrong answers are, as they are decided.
    pub certainty: Certainty,
    /// What a person should know of the times: those that cannot be read, and those far from all others. In whole sentences.
    pub notes: Vec<String>,
}

/// The rows between two moments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// From when to when, or from which row to which.
    pub span: Span,
    /// The earliest and the latest time of its rows, in milliseconds since 1970 began in UTC.
    pub times: Option<(i64, i64)>,
    /// Whether the data begin or end within it, so that it holds fewer rows than there were.
    pub partial: bool,
    /// Its rows. The stops of their trade-offs are at the same thresholds in every window, so that counts of windows add up.
    pub statistics: Statistics,
    /// Rows that lack nothing but their label. They are in none of the statistics.
    pub unlabelled: u64,
}

impl Windows {
    /// Decides by another threshold, as well as the stops allow.
    pub(crate) fn decide(&mut self, threshold: f64) {
        let windows = self.windows.iter_mut().chain(&mut self.reference);
        self.certainty = windows
            .map(|window| window.statistics.decide_at(threshold, None))
            .collect();
    }
}

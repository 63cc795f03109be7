//! The part of the report on windows of time.

use greenlight_data::iso_time_at;
use greenlight_format as format;
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::evaluation::Evaluation;
use crate::notes::NotesAt;
use crate::profile::Profile;
use crate::windows::{Moment, Span, Window, Windows};

/// The rows of a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct WindowReport {
    pub start: Option<MomentReport>,
    pub end: Option<MomentReport>,
    pub partial: bool,
    /// The earliest and the latest time of its rows.
    pub first: Option<String>,
    pub last: Option<String>,
    pub unlabelled: u64,
    pub evaluation: Evaluation,
}

/// A point in time, or the number of a row counted from 0 where there is no time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum MomentReport {
    /// In ISO 8601, by the clock of the settings.
    Time(String),
    /// The row.
    Row(u64),
}

/// The range of rows that is looked at: from a moment to just before another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangeReport {
    /// `None` where it has no beginning.
    pub from: Option<MomentReport>,
    /// `None` where it has no end.
    pub to: Option<MomentReport>,
}

impl MomentReport {
    /// The moment by a clock that is so many minutes ahead of UTC.
    pub(crate) fn new(moment: Moment, minutes_ahead: i32) -> Self {
        match moment {
            Moment::Time(ms) => Self::Time(iso_time_at(ms, minutes_ahead)),
            Moment::Row(row) => Self::Row(row),
        }
    }
}

impl RangeReport {
    /// The stretch by a clock that is so many minutes ahead of UTC.
    pub(crate) fn new(span: Span, minutes_ahead: i32) -> Self {
        let (from, to) = span.ends();
        let report = |moment: Moment| MomentReport::new(moment, minutes_ahead);
        Self {
            from: from.map(report),
            to: to.map(report),
        }
    }
}

/// Every window of the rows that are judged; what is not in them goes to the notes.
pub(crate) fn windows(profile: &Profile, at: &mut NotesAt<'_>) -> Vec<WindowReport> {
    let Some(found) = profile.windows() else {
        at.note("windows", Absent::NotExamined);
        return Vec::new();
    };
    note_left_out(found, at);
    let mut at = at.below("windows");
    let windows = found.windows.iter().enumerate();
    let report = |(index, window): (usize, &Window)| {
        let mut at = at.below(&index.to_string());
        let of_time = |ms| iso_time_at(ms, found.time_zone_minutes);
        let RangeReport { from, to } = RangeReport::new(window.span, found.time_zone_minutes);
        if window.times.is_none() {
            let why = match found.has_time && window.statistics.rows + window.unlabelled == 0 {
                true => "no row lies in this window",
                false => "no column holds points in time",
            };
            at.note("first", why);
            at.note("last", why);
        }
        WindowReport {
            start: from,
            end: to,
            partial: window.partial,
            first: window.times.map(|(first, _)| of_time(first)),
            last: window.times.map(|(_, last)| of_time(last)),
            unlabelled: window.unlabelled,
            evaluation: Evaluation::new(
                &window.statistics,
                &profile.classes,
                &mut at.below("evaluation"),
            ),
        }
    };
    windows.map(report).collect()
}

fn note_left_out(found: &Windows, at: &mut NotesAt<'_>) {
    let mut notes = Vec::new();
    let is_empty = |window: &&Window| window.statistics.rows == 0;
    let empty = found.windows.iter().filter(is_empty).count();
    if found.windows.is_empty() {
        notes.push("no row has a place in time".to_owned());
    } else if empty > 0 {
        let of = format::count(found.windows.len() as u64);
        notes.push(format!(
            "{} of {of} windows have no rows",
            format::count(empty as u64)
        ));
    }
    if found.without_time > 0 {
        let rows = format::count(found.without_time);
        notes.push(format!("{rows} rows have no time and are in none of them"));
    }
    if !found.has_time {
        notes.push("rows have no times: the windows are equal parts of the file".to_owned());
    }
    if found.certainty.is_rough() {
        notes.push("the counts are those of the nearest threshold that is known".to_owned());
    }
    if !notes.is_empty() {
        at.note("windows", notes.join("; "));
    }
}

//! Windows and ranges of time in words.

use greenlight_format as format;

use super::{Span, WindowRule, Windows};
use crate::profile::Profile;

const MS_PER_MINUTE: i64 = 60_000;

impl Span {
    /// The stretch as people say it: "3–9 Mar 2025" by a clock that is so many minutes ahead of UTC, or "rows 501–750".
    ///
    /// ```
    /// use greenlight_readiness::Span;
    /// let rows = Span::Rows { from: 500, to: 750 };
    /// assert_eq!(rows.in_words(0), "rows 501–750");
    /// let day = Span::Time { from_ms: 0, to_ms: 86_400_000 };
    /// assert_eq!(day.in_words(0), greenlight_format::date(0));
    /// ```
    pub fn in_words(self, minutes_ahead: i32) -> String {
        let local = |ms: i64| ms.saturating_add(i64::from(minutes_ahead) * MS_PER_MINUTE);
        match self {
            Self::Time {
                from_ms,
                to_ms: i64::MAX,
            } => {
                format!("since {}", format::moment(local(from_ms)))
            }
            Self::Time {
                from_ms: i64::MIN,
                to_ms,
            } => {
                format!("before {}", format::moment(local(to_ms)))
            }
            Self::Time { from_ms, to_ms } => format::period(local(from_ms), local(to_ms)),
            Self::Rows { from, to: u64::MAX } => {
                format!("rows from {} on", format::count(from.saturating_add(1)))
            }
            Self::Rows { from, to } if from.saturating_add(1) == to => {
                format!("row {}", format::count(to))
            }
            Self::Rows { from, to } => {
                let (first, last) = (from.saturating_add(1), to);
                format!("rows {}–{}", format::count(first), format::count(last))
            }
        }
    }
}

/// Why windows tell of no time: equal parts of a file in no known order say nothing of it.
pub(crate) fn no_times(profile: &Profile) -> String {
    match &profile.roles.timestamp {
        None => "no column holds times".to_owned(),
        Some(column) => format!("“{column}” cannot be read as times"),
    }
}

/// How far a clock is ahead of UTC, as the report says it: "UTC", or "UTC+02:00".
///
/// ```
/// use greenlight_readiness::windows::time_zone;
/// assert_eq!([0, 120, -210].map(time_zone), ["UTC", "UTC+02:00", "UTC-03:30"]);
/// ```
pub fn time_zone(minutes_ahead: i32) -> String {
    let ahead = minutes_ahead.unsigned_abs();
    let sign = match minutes_ahead {
        0 => return "UTC".to_owned(),
        1.. => '+',
        _ => '-',
    };
    format!("UTC{sign}{:02}:{:02}", ahead / 60, ahead % 60)
}

impl Windows {
    /// A window or a range of them as people say it, by the clock of the windows.
    pub fn in_words(&self, span: Span) -> String {
        span.in_words(self.time_zone_minutes)
    }

    /// How many windows of their kind: "12 weeks", "1 day", "10 equal parts".
    pub fn counted(&self, windows: u64) -> String {
        let kind = match self.rule {
            WindowRule::Parts(_) | WindowRule::Auto => "equal part",
            rule => rule.unit(),
        };
        let plural = if windows == 1 { "" } else { "s" };
        format!("{} {kind}{plural}", format::count(windows))
    }
}

//! Stretches of time, or of rows where there is no time.

use serde::{Deserialize, Serialize};

/// From one moment to just before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// In milliseconds since 1970 began in UTC.
    Time {
        /// The first moment.
        from_ms: i64,
        /// The first moment after it.
        to_ms: i64,
    },
    /// In usable observations of the split that is judged, counted from 0 in the order of their times; in that of the
    /// file where there are none.
    Rows {
        /// The first observation.
        from: u64,
        /// The first observation after it.
        to: u64,
    },
}

/// Where the reference ends and what is judged begins, where no column splits the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// In milliseconds since 1970 began in UTC.
    Time(i64),
    /// Before the usable observation of this number, counted from 0 as in [`Span::Rows`].
    Row(u64),
}

impl Span {
    /// Both one after the other, and what lies between them.
    #[must_use]
    pub fn to_end_of(self, last: Self) -> Self {
        match (self, last) {
            (Self::Time { from_ms, .. }, Self::Time { to_ms, .. }) => Self::Time { from_ms, to_ms },
            (Self::Rows { from, .. }, Self::Rows { to, .. }) => Self::Rows { from, to },
            (first, _) => first,
        }
    }

    /// Whether all of `other` lies within it.
    pub fn holds(self, other: Self) -> bool {
        match (self, other) {
            (
                Self::Time { from_ms, to_ms },
                Self::Time {
                    from_ms: from,
                    to_ms: to,
                },
            ) => from_ms <= from && to <= to_ms,
            (
                Self::Rows { from, to },
                Self::Rows {
                    from: first,
                    to: last,
                },
            ) => from <= first && last <= to,
            _ => false,
        }
    }
}

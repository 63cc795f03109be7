//! Stretches of time, or of rows where there is no time.

use serde::{Deserialize, Serialize};

/// From one moment to just before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// In milliseconds since 1970 began in UTC.
    Time {
        /// The first moment; `i64::MIN` where it has no beginning.
        from_ms: i64,
        /// The first moment after it; `i64::MAX` where it has no end.
        to_ms: i64,
    },
    /// In usable observations of the split that is judged, counted from 0 in the order of their times; in that of the
    /// file where there are none.
    Rows {
        /// The first observation.
        from: u64,
        /// The first observation after it; `u64::MAX` where it has no end.
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
    /// All that comes from a moment on.
    pub fn since(moment: Moment) -> Self {
        match moment {
            Moment::Time(from_ms) => Self::Time {
                from_ms,
                to_ms: i64::MAX,
            },
            Moment::Row(from) => Self::Rows { from, to: u64::MAX },
        }
    }

    /// Where it begins: what comes before can be the reference.
    ///
    /// ```
    /// use greenlight_readiness::{Moment, Span};
    /// assert_eq!(Span::Rows { from: 3, to: 9 }.begins(), Moment::Row(3));
    /// ```
    pub fn begins(self) -> Moment {
        match self {
            Self::Time { from_ms, .. } => Moment::Time(from_ms),
            Self::Rows { from, .. } => Moment::Row(from),
        }
    }

    /// Both one after the other, and what lies between them.
    #[must_use]
    pub fn to_end_of(self, last: Self) -> Self {
        match (self, last) {
            (Self::Time { from_ms, .. }, Self::Time { to_ms, .. }) => Self::Time { from_ms, to_ms },
            (Self::Rows { from, .. }, Self::Rows { to, .. }) => Self::Rows { from, to },
            (first, _) => first,
        }
    }

    /// From one moment to another, or without beginning or end; `None` where one is a time and the other a row, and where both are
    /// open.
    ///
    /// ```
    /// use greenlight_readiness::{Moment, Span};
    /// let span = Span::between(None, Some(Moment::Row(9)));
    /// assert_eq!(span, Some(Span::Rows { from: 0, to: 9 }));
    /// assert_eq!(Span::between(Some(Moment::Time(0)), Some(Moment::Row(9))), None);
    /// ```
    pub fn between(from: Option<Moment>, to: Option<Moment>) -> Option<Self> {
        match (from, to) {
            (Some(Moment::Time(from_ms)), Some(Moment::Time(to_ms))) => {
                Some(Self::Time { from_ms, to_ms })
            }
            (Some(Moment::Time(from_ms)), None) => Some(Self::Time {
                from_ms,
                to_ms: i64::MAX,
            }),
            (None, Some(Moment::Time(to_ms))) => Some(Self::Time {
                from_ms: i64::MIN,
                to_ms,
            }),
            (Some(Moment::Row(from)), Some(Moment::Row(to))) => Some(Self::Rows { from, to }),
            (Some(Moment::Row(from)), None) => Some(Self::Rows { from, to: u64::MAX }),
            (None, Some(Moment::Row(to))) => Some(Self::Rows { from: 0, to }),
            _ => None,
        }
    }

    /// Where it begins, and where it ends; `None` where it does not.
    pub fn ends(self) -> (Option<Moment>, Option<Moment>) {
        match self {
            Self::Time { from_ms, to_ms } => (
                (from_ms > i64::MIN).then_some(Moment::Time(from_ms)),
                (to_ms < i64::MAX).then_some(Moment::Time(to_ms)),
            ),
            Self::Rows { from, to } => (
                Some(Moment::Row(from)),
                (to < u64::MAX).then_some(Moment::Row(to)),
            ),
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

//! The unit in which latencies are given.

use serde::{Deserialize, Serialize};

/// A unit of time for latencies; milliseconds unless a column's name says otherwise.
///
/// ```
/// # use greenlight_data::LatencyUnit;
/// assert_eq!(1500.0 * LatencyUnit::Microseconds.in_ms(), 1.5);
/// assert_eq!(LatencyUnit::default().short_name(), "ms");
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum LatencyUnit {
    /// 10⁻⁹ s.
    #[serde(rename = "ns")]
    Nanoseconds,
    /// 10⁻⁶ s.
    #[serde(rename = "us")]
    Microseconds,
    /// 10⁻³ s.
    #[default]
    #[serde(rename = "ms")]
    Milliseconds,
    /// The second.
    #[serde(rename = "s")]
    Seconds,
}

impl LatencyUnit {
    /// All units, the smallest first.
    pub const ALL: [Self; 4] = [
        Self::Nanoseconds,
        Self::Microseconds,
        Self::Milliseconds,
        Self::Seconds,
    ];

    /// How many milliseconds one of it is.
    pub fn in_ms(self) -> f64 {
        match self {
            Self::Nanoseconds => 1e-6,
            Self::Microseconds => 1e-3,
            Self::Milliseconds => 1.0,
            Self::Seconds => 1e3,
        }
    }

    /// The power of ten by which it exceeds the nanosecond.
    pub(crate) fn exponent(self) -> i32 {
        match self {
            Self::Nanoseconds => 0,
            Self::Microseconds => 3,
            Self::Milliseconds => 6,
            Self::Seconds => 9,
        }
    }

    /// `ns`, `us`, `ms` or `s`, as in reports.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Nanoseconds => "ns",
            Self::Microseconds => "us",
            Self::Milliseconds => "ms",
            Self::Seconds => "s",
        }
    }

    /// The unit that a word of a column's name stands for.
    pub(crate) fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "ns" | "nanos" | "nsec" | "nanosecond" | "nanoseconds" => Self::Nanoseconds,
            "us" | "µs" | "μs" | "usec" | "micros" | "microsecond" | "microseconds" => {
                Self::Microseconds
            }
            "ms" | "msec" | "msecs" | "millis" | "millisecond" | "milliseconds" => {
                Self::Milliseconds
            }
            "s" | "sec" | "secs" | "second" | "seconds" => Self::Seconds,
            _ => return None,
        })
    }
}

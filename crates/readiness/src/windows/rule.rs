//! How long a window is.

use serde::{Deserialize, Serialize};

/// How long a window is.
///
/// ```
/// use greenlight_readiness::WindowRule;
/// assert_eq!(WindowRule::Weeks.name(), "1w");
/// assert_eq!(WindowRule::Parts(12).name(), "12 equal parts");
/// assert_eq!("week".parse(), Ok(WindowRule::Weeks));
/// assert_eq!("parts:12".parse(), Ok(WindowRule::Parts(12)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowRule {
    /// The finest unit that gives 10 to 60 windows of which most have rows; ten equal parts where there is no time.
    #[default]
    Auto,
    /// From one full hour to the next.
    Hours,
    /// From midnight to midnight.
    Days,
    /// From Monday to Monday.
    Weeks,
    /// Calendar months.
    Months,
    /// So many parts of equally many rows, in the order of their times; in that of the file where there are none.
    Parts(u32),
}

impl WindowRule {
    /// How the report calls it.
    pub fn name(self) -> String {
        match self {
            Self::Auto => "auto".to_owned(),
            Self::Hours => "1h".to_owned(),
            Self::Days => "1d".to_owned(),
            Self::Weeks => "1w".to_owned(),
            Self::Months => "1mo".to_owned(),
            Self::Parts(parts) => format!("{parts} equal parts"),
        }
    }

    /// What one of the windows is called: "day", or "part".
    pub fn unit(self) -> &'static str {
        match self {
            Self::Hours => "hour",
            Self::Days => "day",
            Self::Weeks => "week",
            Self::Months => "month",
            Self::Auto | Self::Parts(_) => "part",
        }
    }
}

/// A word that is no rule for windows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is no length of a window: auto, hour, day, week, month, or parts:12 for twelve equal parts"
)]
pub struct UnknownWindowRule(pub String);

impl std::str::FromStr for WindowRule {
    type Err = UnknownWindowRule;

    fn from_str(text: &str) -> Result<Self, UnknownWindowRule> {
        let parts = |parts: &str| parts.parse().ok().filter(|parts| *parts > 0);
        Ok(match text {
            "auto" => Self::Auto,
            "hour" | "1h" => Self::Hours,
            "day" | "1d" => Self::Days,
            "week" | "1w" => Self::Weeks,
            "month" | "1mo" => Self::Months,
            _ => match text.strip_prefix("parts:").and_then(parts) {
                Some(parts) => Self::Parts(parts),
                None => return Err(UnknownWindowRule(text.to_owned())),
            },
        })
    }
}

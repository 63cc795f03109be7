//! Whether slow answers are wrong more often, in plain words.

use greenlight_format as format;
use greenlight_metrics::ShareTrend;
use greenlight_metrics::fairness::Rate;

use super::counted;
use crate::examination::{SlowAgainstWrong, SpeedPart};
use crate::profile::Profile;

/// Fewer wrong or right answers than this say nothing about a trend: the normal distribution of the test is not to be trusted.
const FEWEST: u64 = 10;
/// A trend that chance alone gives less often than this is one.
const LEVEL: f64 = 0.05;

/// Whether slow answers are wrong more often.
#[derive(Clone, Debug, PartialEq)]
pub struct SlowWords {
    /// The one sentence to read.
    pub finding: String,
    /// Whether there is a trend beyond chance, and up or down.
    pub trend: Option<ShareTrend>,
    /// The parts from fast to slow.
    pub rows: Vec<SpeedRow>,
    /// The share of wrong ones among all of them.
    pub overall: f64,
    /// What a wrong answer is called: "wrong", "not accepted".
    pub wrong: &'static str,
}

/// Answers that take about as long.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeedRow {
    /// How long: "12.0 ms to 14.5 ms".
    pub name: String,
    /// The lowest and the highest latency in milliseconds.
    pub range_ms: (f64, f64),
    /// Those with an answer to judge.
    pub rows: u64,
    /// The share of wrong ones.
    pub wrong: Rate,
}

impl SpeedRow {
    fn of(part: &SpeedPart, profile: &Profile) -> Option<Self> {
        let unit = profile.settings.latency_unit;
        let shown = |value: f64| super::shown(profile, value);
        Some(Self {
            name: match part.low == part.high {
                true => shown(part.low),
                false => format!("{} to {}", shown(part.low), shown(part.high)),
            },
            range_ms: (part.low * unit.in_ms(), part.high * unit.in_ms()),
            rows: part.rows,
            wrong: Rate::of(part.wrong, part.rows).ok()?,
        })
    }

    /// In a sentence.
    pub fn read_out(&self, wrong: &str) -> String {
        let interval = self.wrong.interval;
        format!(
            "{}: {}, {} {wrong} (95 % interval {}).",
            self.name,
            counted(self.rows, "row", "rows"),
            format::percent(self.wrong.value),
            format::percent_interval(interval.low, interval.high)
        )
    }
}

impl SlowWords {
    /// What was counted of the rows that are judged; `None` where no row has both a latency and an answer to judge.
    pub fn of(profile: &Profile, found: &SlowAgainstWrong) -> Option<Self> {
        let wrong = match profile.graded {
            true => "not accepted",
            false => "wrong",
        };
        let parts = found.parts.iter();
        let rows: Vec<SpeedRow> = parts
            .filter_map(|part| SpeedRow::of(part, profile))
            .collect();
        if rows.is_empty() {
            return None;
        }
        let (all, errors) = found.totals();
        let few = errors.min(all.saturating_sub(errors));
        let trend = found.trend().ok().filter(|_| few >= FEWEST);
        let finding = match trend {
            None if rows.len() == 1 => {
                format!(
                    "Whether slow answers are {wrong} more often cannot be told: all take equally long"
                )
            }
            None => format!(
                "Whether slow answers are {wrong} more often cannot be told: {} of {} are {wrong}, and it takes {FEWEST} that are and {FEWEST} \
                 that are not",
                format::count(errors),
                format::count(all),
            ),
            Some(trend) if trend.p_value >= LEVEL => format!(
                "Slow answers are {wrong} about as often as fast ones: a trend such as here is likely by chance ({})",
                format::p_equals(trend.p_value)
            ),
            Some(trend) => {
                let more = if trend.z > 0.0 { "more" } else { "less" };
                let (fast, slow) = halves(&found.parts);
                format!(
                    "Slow answers are {wrong} {more} often: {} of the slower half, {} of the faster half ({})",
                    format::percent(slow),
                    format::percent(fast),
                    format::p_equals(trend.p_value)
                )
            }
        };
        Some(Self {
            finding,
            trend: trend.filter(|trend| trend.p_value < LEVEL),
            rows,
            overall: errors as f64 / all as f64,
            wrong,
        })
    }
}

/// The share of wrong answers among the faster and the slower half of the rows, as near as parts allow.
fn halves(parts: &[SpeedPart]) -> (f64, f64) {
    let all = parts.iter().map(|part| part.rows as f64).sum::<f64>();
    let (mut fast, mut slow) = ((0.0, 0.0), (0.0, 0.0));
    let mut before = 0.0;
    for part in parts {
        let rows = part.rows as f64;
        let half = match before + rows / 2.0 <= all / 2.0 {
            true => &mut fast,
            false => &mut slow,
        };
        half.0 += part.wrong as f64;
        half.1 += rows;
        before += rows;
    }
    let share = |(wrong, rows): (f64, f64)| if rows > 0.0 { wrong / rows } else { 0.0 };
    (share(fast), share(slow))
}

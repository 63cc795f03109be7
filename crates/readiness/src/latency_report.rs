//! The part of the report on latency that an evaluation does not hold: slow against wrong, and calls that failed.

use greenlight_metrics::{Interval, LatencySummary, ShareTrend, wilson};
use serde::{Deserialize, Serialize};

use crate::examination::{FailedCalls, SlowAgainstWrong, SpeedPart};
use crate::notes::NotesAt;
use crate::profile::Profile;

/// Of the rows that are judged. What is `None` has its reason in the report's notes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct LatencyReport {
    pub slow_against_wrong: Option<SlowAgainstWrongReport>,
    pub failed: Option<FailedReport>,
}

/// Whether slow answers are wrong more often.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct SlowAgainstWrongReport {
    pub z: Option<f64>,
    pub p_value: Option<f64>,
    pub parts: Vec<SpeedPartReport>,
}

/// Answers that take about as long.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct SpeedPartReport {
    pub low: f64,
    pub high: f64,
    pub rows: u64,
    pub wrong: u64,
    pub interval: Option<Interval>,
}

/// Calls that failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct FailedReport {
    pub rows: u64,
    pub latency: Option<FailedLatency>,
}

/// How long calls that failed took, as with timeouts, where their rows say so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the metric of that name")]
pub struct FailedLatency {
    pub rows: u64,
    pub p50: f64,
    pub p95: f64,
    pub max: f64,
}

const KEY: &str = "latency";

impl LatencyReport {
    /// What was found; the reasons for what was not go to `at`.
    pub(crate) fn new(profile: &Profile, at: &mut NotesAt<'_>) -> Option<Self> {
        let Some(look) = profile.latency_look() else {
            let why = match (&profile.roles.latency, &profile.examination) {
                (None, _) => "no column holds a latency",
                (Some(_), None) => "the rows have not been looked at for it",
                (Some(_), Some(_)) => "the latency could not be looked at",
            };
            at.note(KEY, why);
            return None;
        };
        let mut at = at.below(KEY);
        let failed = at.value("failed", look.failed.as_ref());
        Some(Self {
            slow_against_wrong: SlowAgainstWrongReport::new(
                profile,
                look.slow_against_wrong.as_ref(),
                &mut at,
            ),
            failed: failed.map(|failed| FailedReport::new(failed, &mut at.below("failed"))),
        })
    }
}

impl SlowAgainstWrongReport {
    fn new(
        profile: &Profile,
        found: Option<&SlowAgainstWrong>,
        at: &mut NotesAt<'_>,
    ) -> Option<Self> {
        const KEY: &str = "slow_against_wrong";
        let Some(found) = found else {
            at.note(
                KEY,
                "the rows have not been looked at for it with this threshold",
            );
            return None;
        };
        if found.parts.is_empty() {
            match &profile.current().confusion {
                Err(why) => at.note(KEY, why),
                Ok(_) => at.note(KEY, "no row has both a latency and an answer to judge"),
            }
            return None;
        }
        let mut at = at.below(KEY);
        let trend = found.trend();
        let number = |of: fn(ShareTrend) -> f64| trend.map(of);
        Some(Self {
            z: at.value("z", number(|trend| trend.z)),
            p_value: at.value("p_value", number(|trend| trend.p_value)),
            parts: found.parts.iter().map(SpeedPartReport::from).collect(),
        })
    }
}

impl From<&SpeedPart> for SpeedPartReport {
    fn from(part: &SpeedPart) -> Self {
        Self {
            low: part.low,
            high: part.high,
            rows: part.rows,
            wrong: part.wrong,
            // Cannot fail: a part has rows, and no more wrong ones.
            interval: wilson(part.wrong, part.rows).ok(),
        }
    }
}

impl FailedReport {
    fn new(failed: &FailedCalls, at: &mut NotesAt<'_>) -> Self {
        let latency = at.value("latency", failed.latency.as_ref());
        Self {
            rows: failed.rows,
            latency: latency.map(|latency: &LatencySummary| FailedLatency {
                rows: latency.rows,
                p50: latency.p50,
                p95: latency.p95,
                max: latency.max,
            }),
        }
    }
}

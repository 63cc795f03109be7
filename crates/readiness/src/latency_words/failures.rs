//! Calls that failed, in plain words.

use greenlight_format as format;
use greenlight_metrics::fairness::Rate;

use super::lacking;
use crate::absent::Absent;
use crate::profile::Profile;
use crate::statistics::Statistics;
use crate::words;

/// How many calls failed.
#[derive(Clone, Debug, PartialEq)]
pub struct FailureWords {
    /// The one sentence to read.
    pub finding: String,
    /// How long they took, where their rows say so.
    pub remark: Option<String>,
    /// The share of them among the rows that are judged.
    pub rate: Rate,
}

impl FailureWords {
    /// Of the rows that are judged.
    ///
    /// # Errors
    /// What is lacking, and what to do, in a sentence.
    pub fn of(profile: &Profile) -> Result<Self, String> {
        let advice = "Say which column marks calls that failed or timed out.";
        let rate = |rows: &Statistics| {
            let failed = rows.errors.clone()?;
            Rate::of(failed, rows.rows)
                .map(|rate| (failed, rate))
                .map_err(Absent::from)
        };
        let (failed_rows, ours) = rate(profile.current()).map_err(|why| lacking(&why, advice))?;
        let reference = profile.reference().and_then(|rows| rate(rows).ok());
        let reference = reference.zip(profile.settings.reference.as_ref());
        let beside = reference.map_or_else(String::new, |((_, theirs), name)| {
            format!("; in “{name}” {}", format::percent(theirs.value))
        });
        let finding = match failed_rows {
            0 => format!(
                "None of {} calls failed (95 % interval {}){beside}",
                format::count(ours.of),
                format::percent_interval(ours.interval.low, ours.interval.high)
            ),
            _ => format!(
                "{} of the calls failed ({}; 95 % interval {}){beside}",
                format::percent(ours.value),
                words::of(failed_rows, ours.of),
                format::percent_interval(ours.interval.low, ours.interval.high)
            ),
        };
        Ok(Self {
            finding,
            remark: how_long(profile),
            rate: ours,
        })
    }
}

/// How long they took, as with timeouts.
fn how_long(profile: &Profile) -> Option<String> {
    let failed = profile.latency_look()?.failed.as_ref().ok()?;
    let latency = failed.latency.as_ref().ok()?;
    let shown = |value: f64| super::shown(profile, value);
    let longest = shown(latency.max);
    Some(match latency.rows {
        1 => format!("One says how long it took: {longest}. It counts in no other latency"),
        rows if latency.p50 == latency.max => format!(
            "{} of them say how long they took: at least half took {longest}, the longest. They count in no other latency",
            format::count(rows)
        ),
        rows => format!(
            "{} of them say how long they took: half took {} or longer, the longest {longest}. They count in no other latency",
            format::count(rows),
            shown(latency.p50)
        ),
    })
}

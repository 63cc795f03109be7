//! Which numbers of a file can be used, and how long predictions took.

use greenlight_data::Rejection;
use greenlight_format as format;
use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use greenlight_metrics::{LatencySummary, Undefined};

use super::Measured;
use crate::profile::Profile;
use crate::statistics::Statistics;
use crate::words;

/// What was left out of the file; inputs are not compared with those of training.
pub(super) fn data_invariants(profile: &Profile) -> Option<Measured> {
    let rows: u64 = profile.sources.iter().map(|source| source.rows).sum();
    let used: u64 = profile.sources.iter().map(|source| source.rows_used).sum();
    let left_out = rows.saturating_sub(used);
    let most = rejections(profile).max_by_key(|rejection| rejection.rows);
    let why = match most {
        Some(most) if left_out > 0 => format!(
            ", most of them because {} ({})",
            most.reason,
            format::count(most.rows)
        ),
        _ => String::new(),
    };
    Some(Measured::mentions(
        "data_invariants",
        format!(
            "{} rows could not be used{why}. Whether the inputs look like those of training was not compared.",
            words::of(left_out, rows)
        ),
    ))
}

/// Every score is a finite number, and those of a row can be shares.
pub(super) fn numerically_stable(profile: &Profile) -> Option<Measured> {
    const ITEM: &str = "numerically_stable";
    let overall = &profile.overall;
    let scores = overall.scores.as_ref().ok()?;
    let rows = overall.rows - overall.errors.as_ref().map_or(0, |errors| *errors);
    if rows < FEWEST_ROWS {
        return None;
    }
    let of_scores = |rejection: &&Rejection| rejection.reason.starts_with("the score");
    let unusable: u64 = rejections(profile)
        .filter(of_scores)
        .map(|rejection| rejection.rows)
        .sum();
    let problem = if unusable > 0 {
        format!(
            "{} rows have a score that is missing or no finite number.",
            words::of(unusable, rows.saturating_add(unusable))
        )
    } else if scores.log_loss == Err(Undefined::ScoresOutsideUnitInterval) {
        format!(
            "All {} scores are finite numbers, but some lie outside 0 to 1; what range is possible, the file does not say.",
            format::count(rows)
        )
    } else if overall.not_adding_up > 0 {
        format!(
            "The class scores of {} rows do not add up to 1.",
            words::of(overall.not_adding_up, rows)
        )
    } else {
        return Some(Measured::shows(
            ITEM,
            format!(
                "The scores of all {} rows are finite numbers from 0 to 1. Weights, and the numbers of training, are not in \
                 the file.",
                format::count(rows)
            ),
        ));
    };
    Some(Measured::mentions(ITEM, problem))
}

/// Latencies of the rows that are judged beside those of the reference.
pub(super) fn computing_performance(profile: &Profile) -> Option<Measured> {
    const ITEM: &str = "computing_performance";
    let settings = &profile.settings;
    let latency = |rows: &Statistics| {
        let latency = rows.latency.as_ref().ok()?;
        (latency.rows >= FEWEST_ROWS).then_some(*latency)
    };
    let shown = |latency: &LatencySummary| {
        format!(
            "{} ({} calls)",
            profile
                .told
                .mark(words::latency(latency.p95, settings.latency_unit)),
            format::count(latency.rows)
        )
    };
    let current = latency(profile.current())?;
    let name = settings.current.as_deref().unwrap_or("all rows");
    Some(match profile.reference().and_then(latency) {
        Some(reference) => Measured::shows(
            ITEM,
            format!(
                "95 of 100 answers take at most {} in “{name}” and {} in “{}”. Memory, and the time of training, are not in the \
                 file.",
                shown(&current),
                shown(&reference),
                settings.reference.as_deref().unwrap_or_default(),
            ),
        ),
        None => Measured::mentions(
            ITEM,
            format!(
                "95 of 100 answers take at most {}. Whether that got worse cannot be told without earlier latencies.",
                shown(&current)
            ),
        ),
    })
}

fn rejections(profile: &Profile) -> impl Iterator<Item = &Rejection> {
    profile.sources.iter().flat_map(|source| &source.rejected)
}

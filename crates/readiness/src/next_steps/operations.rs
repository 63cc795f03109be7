//! Answers that come too late, cost too much, or do not come.

use super::{Facts, NextStep};
use crate::policy::{EvidenceView, Metric};

pub(super) fn steps(facts: Facts<'_>) -> impl Iterator<Item = NextStep> {
    let speed = step(
        facts,
        "speed_up",
        "Make the answers faster (a smaller model, batches, a cache), or agree on another limit with those who wait for them.",
        |metric| {
            matches!(
                metric,
                Metric::LatencyP50
                    | Metric::LatencyP90
                    | Metric::LatencyP95
                    | Metric::LatencyP99
                    | Metric::LatencyMax
                    | Metric::OverBudgetShare
            )
        },
    );
    let calls = step(
        facts,
        "mend_calls",
        "Find out why calls fail: by segment, by time, by how long they took.",
        |metric| metric == Metric::ErrorRate,
    );
    let cost = step(
        facts,
        "cut_cost",
        "Make an answer cheaper (a smaller model, shorter inputs, a cache), or agree on another limit.",
        |metric| matches!(metric, Metric::CostPerPrediction | Metric::CostPerCorrect),
    );
    speed.into_iter().chain(calls).chain(cost)
}

fn step(
    facts: Facts<'_>,
    name: &str,
    advice: &str,
    of: impl Fn(Metric) -> bool,
) -> Option<NextStep> {
    let failed = facts.failing(of).next()?;
    Some(NextStep::new(
        name,
        EvidenceView::Latency,
        advice,
        &failed.reason,
    ))
}

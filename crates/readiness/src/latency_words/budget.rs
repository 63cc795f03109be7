//! How many answers are over a latency budget.

use greenlight_format::{self as format, Told};
use greenlight_metrics::{Interval, LatencySummary, RowsOver, wilson};

use super::told_share;
use crate::examination::LatencyShape;
use crate::profile::Profile;
use crate::words;

/// How many answers take longer than a budget: exact, or within 1 % of itself until the engine has counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OverBudget {
    /// The budget in milliseconds.
    pub budget_ms: f64,
    /// Answers with a latency.
    pub rows: u64,
    /// How many of them are over it.
    pub over: RowsOver,
    /// The share of them.
    pub share: f64,
    /// How well these are known: the share and the latencies they are counted by may have been rounded on their way.
    pub told: Told,
}

impl OverBudget {
    /// With any budget, at once: from what a second look kept. `None` without latencies.
    pub fn at(shape: &LatencyShape, profile: &Profile, budget_ms: f64) -> Option<Self> {
        let unit = profile.settings.latency_unit;
        let rows = shape.stops.rows();
        let over = shape.stops.over(budget_ms / unit.in_ms());
        (rows > 0).then(|| Self {
            budget_ms,
            rows,
            over,
            share: over.middle() / rows as f64,
            told: profile.told,
        })
    }

    /// With the budget that was counted with.
    pub fn in_force(latency: &LatencySummary, profile: &Profile) -> Self {
        let settings = &profile.settings;
        let share = latency.over_budget_share.unwrap_or(0.0);
        let over = (share * latency.rows as f64).round() as u64;
        Self {
            budget_ms: settings.latency_budget * settings.latency_unit.in_ms(),
            rows: latency.rows,
            over: RowsOver {
                least: over,
                most: over,
            },
            share,
            told: told_share(profile, share),
        }
    }

    /// How many answers are over it, about.
    pub fn rows_over(&self) -> u64 {
        self.over.middle().round() as u64
    }

    /// Wilson's 95 % interval of the share, where it is exact.
    pub fn interval(&self) -> Option<Interval> {
        let over = self.over.is_exact().then_some(self.over.least)?;
        wilson(over, self.rows).ok()
    }

    /// In a sentence: "0.3 % of the answers take longer than 100 ms (36 of 12 000)".
    pub fn sentence(&self) -> String {
        let budget = format::duration_ms(self.budget_ms);
        let of = words::of(self.rows_over(), self.rows);
        let is_exact = self.over.is_exact() && self.told == Told::Exactly;
        match (is_exact, self.over.least) {
            (true, 0) => format!("No answer takes longer than {budget}"),
            (true, over) if over == self.rows => {
                format!("Every answer takes longer than {budget}")
            }
            (true, _) => format!(
                "{} of the answers take longer than {budget} ({of})",
                format::percent(self.share)
            ),
            (false, _) => format!(
                "{} of the answers take longer than {budget} (about {of})",
                Told::Rounded.mark(format::percent(self.share))
            ),
        }
    }
}

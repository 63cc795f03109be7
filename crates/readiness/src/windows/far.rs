//! Times far from all others: one row in 1970 or in 2205 makes giant windows of a year of data, or equal parts.

use super::layout::{unit_for, windows_of};
use super::rule::WindowRule;

/// Of fewer times none is far from the others.
const FEWEST_TIMES: usize = 20;
/// At most so large a part of the times is far from the others, or one of them.
const MOST: f64 = 0.01;
/// So many times as far from the middle eight tenths as these reach.
const FAR: i64 = 2;
/// What the middle reaches at least: an hour.
const SHORTEST_MS: i64 = 3_600_000;

/// Where nearly all times lie, where those that do not change which windows there are. Local times, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Far {
    /// The first and the last of those near each other.
    pub usual: (i64, i64),
    /// What the windows would be without the others, where nobody chose what they are; `None` where somebody did.
    pub without: Option<WindowRule>,
}

impl Far {
    /// Looks for times far from the others, which it puts in another order. `chosen` is the rule that was asked for, `made` the one that made
    /// the windows. Takes a pass over the times, and where there are some, what making windows anew costs.
    pub fn of(local_times: &mut [i64], chosen: WindowRule, made: WindowRule) -> Option<Self> {
        if local_times.len() < FEWEST_TIMES {
            return None;
        }
        let tenth = local_times.len() / 10;
        let low = *local_times.select_nth_unstable(tenth).1;
        let high = *local_times
            .select_nth_unstable(local_times.len() - 1 - tenth)
            .1;
        let reach = high.saturating_sub(low).max(SHORTEST_MS);
        let reach = reach.saturating_mul(FAR);
        let near = low.saturating_sub(reach)..=high.saturating_add(reach);
        let times = local_times.iter().copied();
        let usual: Vec<i64> = times.filter(|time| near.contains(time)).collect();
        let far = local_times.len() - usual.len();
        if far == 0 || far > 1 && far as f64 > MOST * local_times.len() as f64 {
            return None;
        }
        let without = match chosen {
            WindowRule::Auto => Some(unit_for(&usual).filter(|unit| *unit != made)?),
            chosen if windows_of(chosen, local_times) > 2 * windows_of(chosen, &usual) => None,
            _ => return None,
        };
        let ends = usual
            .iter()
            .fold((i64::MAX, i64::MIN), |(low, high), &time| {
                (low.min(time), high.max(time))
            });
        Some(Self {
            usual: ends,
            without,
        })
    }

    /// Whether a local time is one of those far from the others.
    pub fn is_far(&self, local_ms: i64) -> bool {
        local_ms < self.usual.0 || local_ms > self.usual.1
    }
}

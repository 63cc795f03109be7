//! Which traps are new, which are gone.

use serde::Serialize;

use crate::pitfalls::Pitfall;

/// The traps of two reports.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ComparedPitfalls {
    /// Those that the report before does not raise, or raises as less grave.
    pub raised: Vec<Pitfall>,
    /// Those that the report after does not raise.
    pub gone: Vec<Pitfall>,
    /// Those that both raise, as the report after tells them.
    pub still: Vec<Pitfall>,
}

impl ComparedPitfalls {
    pub(super) fn of(before: &[Pitfall], after: &[Pitfall]) -> Self {
        let like = |all: &[Pitfall], one: &Pitfall| -> Option<Pitfall> {
            all.iter().find(|other| other.name == one.name).cloned()
        };
        let is_new = |pitfall: &&Pitfall| {
            like(before, pitfall).is_none_or(|before| before.severity < pitfall.severity)
        };
        let gone = before
            .iter()
            .filter(|pitfall| like(after, pitfall).is_none());
        Self {
            raised: after.iter().filter(is_new).cloned().collect(),
            gone: gone.cloned().collect(),
            still: after
                .iter()
                .filter(|pitfall| !is_new(pitfall))
                .cloned()
                .collect(),
        }
    }
}

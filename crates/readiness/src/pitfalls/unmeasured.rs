//! What nobody has measured.

use super::{Pitfall, PitfallSeverity};
use crate::absent::Absent;
use crate::profile::Profile;

/// No judged row says how long its prediction took. *Info*.
pub(super) fn latency_not_measured(profile: &Profile) -> Option<Pitfall> {
    profile.current().latency.as_ref().err()?;
    Some(Pitfall::new(
        "latency_not_measured",
        PitfallSeverity::Info,
        "Nobody knows from this file how long a prediction takes.",
        "Add a column with the time of each prediction, measured where the model will run.",
        &[],
    ))
}

/// No column says what a prediction costs. *Info*.
pub(super) fn cost_not_measured(profile: &Profile) -> Option<Pitfall> {
    let why = profile.current().cost.as_ref().err()?;
    if *why != Absent::NoCostColumn {
        return None;
    }
    Some(Pitfall::new(
        "cost_not_measured",
        PitfallSeverity::Info,
        "Nobody knows from this file what a prediction costs.",
        "Where predictions cost money, tokens or energy, add a column with the cost of each.",
        &[],
    ))
}

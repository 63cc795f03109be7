//! The other report of the Compare view, which stays while one goes from view to view.

use greenlight_readiness::comparison::{Comparison, Side};
use greenlight_readiness::{Profile, Report};

/// A report that was brought to compare the one on screen with.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// What it came as.
    pub name: String,
    /// What it says.
    pub side: Side,
    /// Whether it is the earlier of the two, as the last release's is.
    pub is_before: bool,
}

impl Compared {
    /// Beside the report on screen, which is that of this profile.
    pub fn with(&self, report: &Report, profile: &Profile) -> Comparison {
        let this = Side::of(report).told(profile.told);
        let (other, this) = (
            self.side.clone(),
            this.counts_told(profile.certainty.told()),
        );
        match self.is_before {
            true => Comparison::of(other, this),
            false => Comparison::of(this, other),
        }
    }
}

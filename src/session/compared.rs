//! The other report of the Compare view, which stays while one goes from view to view.

use greenlight_format::Told;
use greenlight_readiness::Report;
use greenlight_readiness::comparison::{Comparison, Side};

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
    /// Beside the report on screen, whose numbers are so well known.
    pub fn with(&self, report: &Report, told: Told) -> Comparison {
        let (other, this) = (self.side.clone(), Side::of(report).told(told));
        match self.is_before {
            true => Comparison::of(other, this),
            false => Comparison::of(this, other),
        }
    }
}

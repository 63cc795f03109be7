//! What of a report travels, and what was left out on the way.

use greenlight_format::Told;
use serde::{Deserialize, Serialize};

/// What a person keeps of a report for a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The windows of time: stability, drift over time, monitoring.
    pub windows: bool,
    /// The values of segment columns, weak groups and the tree of errors.
    pub segments: bool,
    /// How far features and segment columns have moved.
    pub features: bool,
    /// The fewest rows that a value or window may have to be shown.
    pub smallest: u64,
    /// The most thresholds whose counts are known.
    pub stops: usize,
    /// How many digits numbers keep that are no counts.
    pub digits: u32,
}

impl Default for Parts {
    /// All parts, with as many thresholds as a slider can well be set to and as many digits as the page shows.
    fn default() -> Self {
        Self {
            windows: true,
            segments: true,
            features: true,
            smallest: 5,
            stops: 128,
            digits: 3,
        }
    }
}

/// What was left out of a report or rounded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thinned {
    /// How many digits numbers have that are no counts, where they were rounded.
    pub digits: Option<u32>,
    /// How many thresholds have their counts, where that is not all there were.
    pub stops: Option<u64>,
    /// Values and windows of fewer rows were withheld, where it is more than 1.
    pub smallest: u64,
    /// So many windows were withheld.
    pub windows_withheld: u64,
    /// So many values of segment, model and perturbation columns were withheld.
    pub values_withheld: u64,
    /// So many rare values of drifting columns stand together as others.
    pub values_merged: u64,
    /// So many drifting columns are not told of window by window.
    pub columns_without_windows: u64,
    /// Whether the reference was told of window by window, which was left out.
    pub without_reference_windows: bool,
    /// Whether there were windows, which were left out.
    pub without_windows: bool,
    /// Whether there were segments, which were left out.
    pub without_segments: bool,
    /// Whether features were compared, which was left out.
    pub without_features: bool,
    /// Whether there were ids and example values, which were left out.
    pub without_examples: bool,
}

impl Thinned {
    /// Whether the report is whole.
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }

    /// How well numbers are told that are no counts.
    pub fn told(&self) -> Told {
        match self.digits {
            Some(_) => Told::Rounded,
            None => Told::Exactly,
        }
    }
}

//! What the scores of some rows would do at other thresholds, and what they are worth as probabilities: of a
//! size that does not grow with the rows.

use greenlight_metrics::{
    CalibrationLine, ClassHistogram, IsotonicStep, ReliabilityBin, ScoreGroups, ThresholdStops,
    Undefined, Value, brier_skill_score, calibration_line, isotonic_fit, ks_statistic,
    maximum_calibration_error, quantile_reliability_curve, reliability_curve,
};
use serde::{Deserialize, Serialize};

/// How much of what scores do is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// About how many stops a trade-off has.
    pub stops: usize,
    /// The stops that all classes of a file share, each against the rest.
    pub stops_of_all_classes: usize,
    /// Whether the corners of curves, the histogram and the isotonic fit are kept, for pictures.
    pub pictures: bool,
}

impl Detail {
    /// For a split: a slider has about as many pixels to stop at.
    pub const FINE: Self = Self {
        stops: 1_024,
        stops_of_all_classes: 8_192,
        pictures: true,
    };
    /// For a segment, one of hundreds.
    pub const COARSE: Self = Self {
        stops: 64,
        stops_of_all_classes: 64,
        pictures: false,
    };
}

/// Bars of the histogram of scores.
const HISTOGRAM_BINS: usize = 50;
/// Points of a reliability curve.
const RELIABILITY_BINS: usize = 10;

/// What the scores of some rows do at any threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tradeoff {
    /// The counts where the slider stops.
    pub stops: ThresholdStops,
    /// The scores by class.
    pub histogram: Option<ClassHistogram>,
    /// The largest distance between the score distributions of the classes.
    pub ks_statistic: Value,
}

impl Tradeoff {
    /// The trade-off of `groups` in this detail, with stops that know the thresholds `wanted` exactly. A few
    /// passes over the distinct scores.
    pub fn of(groups: &ScoreGroups, detail: Detail, wanted: &[f64]) -> Self {
        let stops = match detail.pictures {
            true => ThresholdStops::with,
            false => ThresholdStops::evenly,
        };
        let histogram = || ClassHistogram::of(groups, HISTOGRAM_BINS);
        Self {
            stops: stops(groups, detail.stops, wanted),
            histogram: detail.pictures.then(histogram).flatten(),
            ks_statistic: ks_statistic(groups),
        }
    }

    /// The trade-off of `groups` at the stops of the rows among which they are, without pictures.
    pub fn at_stops_of(whole: &ThresholdStops, groups: &ScoreGroups) -> Self {
        Self {
            stops: ThresholdStops::at_stops_of(whole, groups),
            histogram: None,
            ks_statistic: ks_statistic(groups),
        }
    }
}

/// What the scores of some rows are worth as probabilities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// In bins of equal width, empty ones included.
    pub uniform: Result<Vec<ReliabilityBin>, Undefined>,
    /// In bins of about as many rows each.
    pub quantile: Result<Vec<ReliabilityBin>, Undefined>,
    /// The largest gap of a bin of equal width.
    pub maximum_calibration_error: Value,
    /// What the Brier score saves against always saying the prevalence.
    pub brier_skill_score: Value,
    /// How logits would have to be stretched and moved.
    pub line: Result<CalibrationLine, Undefined>,
    /// The non-decreasing curve that is closest to the outcomes. A million rows make a few hundred steps. Empty
    /// where no picture needs it.
    pub isotonic: Vec<IsotonicStep>,
}

impl Calibration {
    /// That of no scores.
    pub(crate) fn unknown() -> Self {
        Self::of(&ScoreGroups::default(), Detail::COARSE)
    }

    /// The calibration of `groups`; what only a closer look at a window asks, bins of equal rows and the line, by the `coarse` scores at
    /// its stops, which are few.
    pub(crate) fn nearly(groups: &ScoreGroups, coarse: &ScoreGroups) -> Self {
        Self {
            uniform: reliability_curve(groups, RELIABILITY_BINS),
            maximum_calibration_error: maximum_calibration_error(groups),
            brier_skill_score: brier_skill_score(groups),
            ..Self::of(coarse, Detail::COARSE)
        }
    }

    /// The calibration of `groups`. A few passes over the distinct scores.
    pub fn of(groups: &ScoreGroups, detail: Detail) -> Self {
        let isotonic = || isotonic_fit(groups);
        Self {
            uniform: reliability_curve(groups, RELIABILITY_BINS),
            quantile: quantile_reliability_curve(groups, RELIABILITY_BINS),
            maximum_calibration_error: maximum_calibration_error(groups),
            brier_skill_score: brier_skill_score(groups),
            line: calibration_line(groups),
            isotonic: detail.pictures.then(isotonic).unwrap_or_default(),
        }
    }
}

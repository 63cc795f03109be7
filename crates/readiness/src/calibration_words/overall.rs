//! What all rows together say of the scores: whether they are too high, and whether they are too sure.

use greenlight_format::{self as format, Told};
use greenlight_metrics::{Interval, ReliabilityBin, Z_95, normal, wilson_at};

use super::finding::{ERROR, is_small};
use super::outcome::{OutcomeWords, percents};
use crate::profile::Profile;
use crate::tradeoff::Calibration;

/// The standard normal quantile at which each of the two questions here is answered.
fn z() -> Option<f64> {
    normal::quantile(1.0 - ERROR / 8.0).ok()
}

/// The mean score of all rows beside the share that comes true.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole {
    mean: f64,
    share: f64,
    chance: Interval,
}

impl Whole {
    pub fn of(bins: &[ReliabilityBin]) -> Option<Self> {
        let (mut rows, mut positives, mut said) = (0, 0, 0.0);
        for bin in bins {
            rows += bin.rows;
            positives += bin.positives;
            said += bin.score_sum;
        }
        Some(Self {
            chance: wilson_at(positives, rows, z()?).ok()?,
            mean: said / rows as f64,
            share: positives as f64 / rows as f64,
        })
    }

    /// Whether chance does not explain the difference, and it matters.
    pub fn is_off(&self) -> bool {
        !self.chance.contains(self.mean) && !is_small(self.mean, self.share)
    }

    fn verdict(&self) -> &'static str {
        match (self.chance.contains(self.mean), self.mean > self.share) {
            (true, _) => "neither too high nor too low",
            (false, true) if self.is_off() => "too high",
            (false, false) if self.is_off() => "too low",
            (false, true) => "slightly too high",
            (false, false) => "slightly too low",
        }
    }

    pub fn finding(&self, outcome: &OutcomeWords, told: Told) -> String {
        let (mean, share) = percents(self.mean, self.share, 1, told);
        let verdict = self.verdict();
        let says = match outcome {
            OutcomeWords::Right => format!("they say {mean} right, and {share} of the answers are"),
            OutcomeWords::Named(noun) => {
                format!("they say {mean} {noun}, and {share} of the rows are")
            }
            OutcomeWords::Unnamed => format!("they say {mean}, and it happens {share} of the time"),
        };
        format!("On the whole the scores are {verdict}: {says}")
    }

    pub fn remark(&self, outcome: &OutcomeWords, told: Told) -> String {
        let what = match outcome {
            OutcomeWords::Right => "answers",
            _ => "rows",
        };
        let (mean, share) = percents(self.mean, self.share, 1, told);
        format!(
            "On the whole the scores are {}: their mean is {mean}, and {share} of the {what} are {}",
            self.verdict(),
            outcome.adjective()
        )
    }
}

/// Whether scores lie further apart than what happens, or closer together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    slope: f64,
    chance: Interval,
}

impl Spread {
    pub fn of(calibration: &Calibration) -> Option<Self> {
        let line = calibration.line.ok()?;
        let reach = line.slope_interval.width() / 2.0 * z()? / Z_95;
        Some(Self {
            slope: line.slope,
            chance: Interval {
                low: line.slope - reach,
                high: line.slope + reach,
            },
        })
    }

    /// Whether chance does not explain it, and it matters.
    pub fn is_off(&self) -> bool {
        !self.chance.contains(1.0) && (self.slope - 1.0).abs() >= 0.05
    }

    pub fn verdict(&self) -> &'static str {
        if self.chance.high < 0.0 {
            "point the wrong way: the higher they are, the less often they come true"
        } else if !self.is_off() {
            "are neither too sure nor too cautious, as far as these rows tell"
        } else if self.slope < 1.0 {
            "are too sure: they lie further apart than what happens"
        } else {
            "are too cautious: they lie closer together than what happens"
        }
    }

    pub fn remark(&self, told: Told) -> String {
        let slope = told.mark(format::significant(self.slope, 2));
        format!(
            "The scores {} (slope {slope}; 1 would be right)",
            self.verdict()
        )
    }
}

/// How the calibration error has changed since the reference.
pub(super) fn beside_reference(profile: &Profile) -> Option<String> {
    let error = |name: &Option<String>| {
        let name = name.as_ref()?;
        let scores = profile.splits.get(name)?.scores.as_ref().ok()?;
        let error = scores.expected_calibration_error.ok()?;
        let error = profile.told.mark(format::percent(error));
        Some(format!("{error} on “{name}”"))
    };
    let current = error(&profile.settings.current)?;
    let reference = error(&profile.settings.reference)?;
    Some(format!(
        "The calibration error is {current} and {reference}"
    ))
}

//! What matters most, judged against chance.
//!
//! Ten bins at 95 % each would accuse two well calibrated files in five. So all that is asked here of the same rows
//! shares one chance of error: half of it goes to the bins of both kinds, half to the two numbers that look at all
//! rows together, their mean and the slope.

use greenlight_format::{self as format, Told};
use greenlight_metrics::{Interval, ReliabilityBin, normal, wilson_at};

use super::Binning;
use super::outcome::{OutcomeWords, range, rows};
use super::overall::{Spread, Whole};
use crate::tradeoff::Calibration;

/// So often a well calibrated file is called off, at most.
pub(super) const ERROR: f64 = 0.05;
/// A bin of fewer rows shows nothing.
const FEWEST_ROWS: u64 = 10;
/// Where chance moves a bin of the average row by more than this, nothing found is no finding.
const WIDEST: f64 = 0.1;
/// A gap of less than this many points, and of less than this part of what is said or happens, matters to nobody.
const SMALL: (f64, f64) = (0.02, 0.1);

/// A bin with enough rows to say something, and how far chance alone moves it.
pub(super) struct Judged<'a> {
    binning: Binning,
    bin: &'a ReliabilityBin,
    mean: f64,
    share: f64,
    /// Where the share of such a bin may lie by Wilson.
    chance: Interval,
}

impl<'a> Judged<'a> {
    pub fn all(calibration: &'a Calibration) -> Vec<Self> {
        let both = [
            (Binning::Uniform, &calibration.uniform),
            (Binning::Quantile, &calibration.quantile),
        ];
        let bins = both.into_iter().flat_map(|(binning, bins)| {
            let bins = bins.iter().flatten();
            bins.filter(|bin| bin.rows >= FEWEST_ROWS)
                .map(move |bin| (binning, bin))
        });
        let bins: Vec<(Binning, &ReliabilityBin)> = bins.collect();
        let level = 1.0 - ERROR / 4.0 / bins.len().max(1) as f64;
        let judged = |(binning, bin): (Binning, &'a ReliabilityBin)| {
            Some(Self {
                binning,
                bin,
                mean: bin.mean_score().ok()?,
                share: bin.positive_share().ok()?,
                chance: wilson_at(bin.positives, bin.rows, normal::quantile(level).ok()?).ok()?,
            })
        };
        bins.into_iter().filter_map(judged).collect()
    }

    fn gap(&self) -> f64 {
        (self.share - self.mean).abs()
    }

    fn is_off(&self) -> bool {
        !self.chance.contains(self.mean)
    }
}

pub(super) fn is_small(mean: f64, share: f64) -> bool {
    let gap = (share - mean).abs();
    gap < SMALL.0 && gap < SMALL.1 * share.max(mean)
}

/// What is found.
pub(super) enum Finding<'a> {
    /// The scores are only 0 and 1.
    Answers,
    /// A bin is off by more than chance allows, and by enough to matter.
    Off(&'a Judged<'a>),
    /// No bin is, but all rows together are.
    OffOnTheWhole(Whole),
    /// Neither, but scores and outcomes do not rise alike.
    OffInSpread(Spread),
    /// Bins are off, but by next to nothing.
    SlightlyOff(&'a Judged<'a>),
    /// Nothing is off by more than chance allows, which is so much for the bin of the average row.
    Calibrated(f64),
    /// As [`Calibrated`](Self::Calibrated), but chance allows so much, or bins are almost empty.
    TooFewRows(Option<f64>),
}

impl<'a> Finding<'a> {
    pub fn of(
        judged: &'a [Judged<'a>],
        bins: &[ReliabilityBin],
        whole: Option<Whole>,
        spread: Option<Spread>,
    ) -> Self {
        if are_answers(bins) {
            return Self::Answers;
        }
        if let Some(worst) = worst(judged, false) {
            return Self::Off(worst);
        }
        if let Some(whole) = whole.filter(Whole::is_off) {
            return Self::OffOnTheWhole(whole);
        }
        if let Some(spread) = spread.filter(Spread::is_off) {
            return Self::OffInSpread(spread);
        }
        if let Some(worst) = worst(judged, true) {
            return Self::SlightlyOff(worst);
        }
        match reach(judged, bins) {
            Some(reach) if reach <= WIDEST => Self::Calibrated(reach),
            reach => Self::TooFewRows(reach),
        }
    }

    /// Whether chance does not explain it, and it matters.
    pub fn is_off(&self) -> bool {
        matches!(
            self,
            Self::Off(_) | Self::OffOnTheWhole(_) | Self::OffInSpread(_)
        )
    }

    pub fn binning(&self) -> Binning {
        match self {
            Self::Off(worst) | Self::SlightlyOff(worst) => worst.binning,
            _ => Binning::Uniform,
        }
    }

    pub fn sentence(&self, outcome: &OutcomeWords, told: Told) -> String {
        match self {
            Self::Answers => "The scores are only 0 and 1: answers, not probabilities".to_owned(),
            Self::Off(worst) => format!("When {}", outcome.promise(worst.mean, worst.share, told)),
            Self::OffOnTheWhole(whole) => whole.finding(outcome, told),
            Self::OffInSpread(spread) => format!("The scores {}", spread.verdict()),
            Self::SlightlyOff(worst) => format!(
                "The scores can nearly be read as probabilities: when {}",
                outcome.promise(worst.mean, worst.share, told)
            ),
            Self::Calibrated(_) => {
                "The scores can be read as probabilities: no bin is off by more \
                                 than chance allows"
                    .to_owned()
            }
            Self::TooFewRows(_) => {
                "There are too few rows to tell whether the scores can be read as probabilities"
                    .to_owned()
            }
        }
    }

    /// What the finding rests on.
    pub fn evidence(&self, outcome: &OutcomeWords, bins: &[ReliabilityBin], told: Told) -> String {
        let all: u64 = bins.iter().map(|bin| bin.rows).sum();
        match self {
            Self::Answers => "Give the scores that the answers were made from: they say how sure \
                              the model was"
                .to_owned(),
            Self::Off(Judged { bin, .. }) | Self::SlightlyOff(Judged { bin, .. }) => format!(
                "{} of the {} rows that score from {} are {}; were the scores right, about {} \
                 would be",
                format::count(bin.positives),
                format::count(bin.rows),
                range(bin.low, bin.high),
                outcome.adjective(),
                told.mark(format::count(bin.score_sum.round() as u64)),
            ),
            Self::OffOnTheWhole(_) | Self::OffInSpread(_) => {
                "No single bin is off by more than chance allows; all rows together are".to_owned()
            }
            Self::Calibrated(reach) => {
                format!("With {} that is about {}", rows(all), either_way(*reach))
            }
            Self::TooFewRows(Some(reach)) => format!(
                "No bin is off by more than chance allows, but with {} that is about {}",
                rows(all),
                either_way(*reach),
            ),
            Self::TooFewRows(None) => format!(
                "Most of the {} lie in bins with fewer than {FEWEST_ROWS}",
                rows(all)
            ),
        }
    }
}

fn either_way(reach: f64) -> String {
    let points = format::difference(reach);
    format!("{} either way", points.trim_start_matches('+'))
}

/// The bin with the largest gap that chance does not explain, of those that are small or of those that matter: in
/// bins of equal width, or else of equal numbers.
fn worst<'a>(judged: &'a [Judged<'a>], small: bool) -> Option<&'a Judged<'a>> {
    let worst = |binning| {
        judged
            .iter()
            .filter(|at| at.binning == binning && at.is_off())
            .filter(|at| is_small(at.mean, at.share) == small)
            .max_by(|a, b| a.gap().total_cmp(&b.gap()))
    };
    worst(Binning::Uniform).or_else(|| worst(Binning::Quantile))
}

/// How far chance moves the bin of the average row, where most rows lie in bins that are judged.
fn reach(judged: &[Judged<'_>], bins: &[ReliabilityBin]) -> Option<f64> {
    let (mut known, mut reach) = (0, 0.0);
    for at in judged.iter().filter(|at| at.binning == Binning::Uniform) {
        known += at.bin.rows;
        reach += at.bin.rows as f64 * at.chance.width() / 2.0;
    }
    let all: u64 = bins.iter().map(|bin| bin.rows).sum();
    (known > all / 2).then(|| reach / known as f64)
}

/// Whether all scores are 0 or 1.
fn are_answers(bins: &[ReliabilityBin]) -> bool {
    let mut some = bins.iter().filter(|bin| bin.rows > 0);
    some.all(|bin| matches!(bin.mean_score(), Ok(mean) if mean == 0.0 || mean == 1.0))
}

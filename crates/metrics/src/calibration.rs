//! How well scores work as probabilities: log loss, Brier score, calibration error, reliability curve.
//!
//! All need scores in [0, 1]. With several classes, confidence calibration takes the groups of the top
//! class's score against whether the top class is right; log loss and Brier score take the one-vs-rest
//! groups of every class.

use crate::scores::ScoreGroups;
use crate::sum::CompensatedSum;
use crate::undefined::{Undefined, Value};

/// The number of bins of [`expected_calibration_error`].
///
/// ```
/// assert_eq!(greenlight_metrics::calibration::CALIBRATION_BINS, 10);
/// ```
pub const CALIBRATION_BINS: usize = 10;

/// Mean negative natural logarithm of the probability given to the actual class, scores clipped by the
/// machine epsilon (scikit-learn: `log_loss(labels=[0, 1])`).
///
/// ```
/// use greenlight_metrics::{ScoreGroups, log_loss};
/// let groups = ScoreGroups::from_rows([(0.5, true), (0.5, false)])?;
/// assert_eq!(log_loss(&groups), Ok(std::f64::consts::LN_2));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn log_loss(groups: &ScoreGroups) -> Value {
    let rows = probabilities(groups)?;
    let mut sum = CompensatedSum::default();
    for group in groups.groups() {
        sum.add_times(surprise(group.score), group.positives);
        sum.add_times(surprise(1.0 - group.score), group.negatives);
    }
    Ok(sum.value() / rows as f64)
}

/// [`log_loss`] of several classes, from the one-vs-rest groups of every class's score. Scores that do
/// not add up to 1 are used as given (scikit-learn: `log_loss`).
///
/// ```
/// use greenlight_metrics::{ScoreGroups, multiclass_log_loss};
/// let classes = [
///     ScoreGroups::from_rows([(0.5, true), (0.2, false)])?,
///     ScoreGroups::from_rows([(0.3, false), (0.5, true)])?,
///     ScoreGroups::from_rows([(0.2, false), (0.3, false)])?,
/// ];
/// assert_eq!(multiclass_log_loss(&classes), Ok(std::f64::consts::LN_2));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn multiclass_log_loss(classes: &[ScoreGroups]) -> Value {
    MulticlassLosses::of(classes).log_loss()
}

fn surprise(probability: f64) -> f64 {
    // Not the standard library's, whose last bit differs between machines: page and terminal give one report.
    -libm::log(probability.clamp(f64::EPSILON, 1.0 - f64::EPSILON))
}

/// Mean squared distance of score and outcome, 0 to 1 (scikit-learn: `brier_score_loss`).
///
/// ```
/// use greenlight_metrics::{ScoreGroups, brier_score};
/// let groups = ScoreGroups::from_rows([(0.5, true), (1.0, true)])?;
/// assert_eq!(brier_score(&groups), Ok(0.125));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn brier_score(groups: &ScoreGroups) -> Value {
    let rows = probabilities(groups)?;
    Ok(squared_distances(groups).value() / rows as f64)
}

/// Mean over the rows of the squared distances summed over the classes, 0 to 2: unhalved, as
/// scikit-learn has it for several classes (`brier_score_loss`). From the one-vs-rest groups of every
/// class's score.
///
/// ```
/// use greenlight_metrics::{ScoreGroups, multiclass_brier_score};
/// let classes = [
///     ScoreGroups::from_rows([(0.5, true)])?,
///     ScoreGroups::from_rows([(0.5, false)])?,
///     ScoreGroups::from_rows([(0.0, false)])?,
/// ];
/// assert_eq!(multiclass_brier_score(&classes), Ok(0.5));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn multiclass_brier_score(classes: &[ScoreGroups]) -> Value {
    MulticlassLosses::of(classes).brier_score()
}

/// [`multiclass_log_loss`] and [`multiclass_brier_score`] from the one-vs-rest groups of one class
/// after the other, so that no more than those of one class need to be at hand.
///
/// ```
/// use greenlight_metrics::{MulticlassLosses, ScoreGroups};
/// let mut losses = MulticlassLosses::default();
/// losses.add(&ScoreGroups::from_rows([(0.5, true)])?);
/// losses.add(&ScoreGroups::from_rows([(0.5, false)])?);
/// assert_eq!(losses.brier_score(), Ok(0.5));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct MulticlassLosses {
    surprises: CompensatedSum,
    squared_distances: CompensatedSum,
    rows: u64,
    problem: Option<Undefined>,
}

impl MulticlassLosses {
    fn of(classes: &[ScoreGroups]) -> Self {
        let mut losses = Self::default();
        for groups in classes {
            losses.add(groups);
        }
        losses
    }

    /// Adds the scores of a class against the rest.
    ///
    /// ```
    /// # use greenlight_metrics::{MulticlassLosses, ScoreGroups, Undefined};
    /// let mut losses = MulticlassLosses::default();
    /// losses.add(&ScoreGroups::from_rows([(1.5, true)])?);
    /// assert_eq!(losses.log_loss(), Err(Undefined::ScoresOutsideUnitInterval));
    /// # Ok::<(), greenlight_metrics::NotFinite>(())
    /// ```
    pub fn add(&mut self, groups: &ScoreGroups) {
        if let Err(problem) = probabilities(groups) {
            self.problem = self.problem.or(Some(problem));
            return;
        }
        self.rows = self.rows.saturating_add(groups.positives());
        for group in groups.groups() {
            self.surprises
                .add_times(surprise(group.score), group.positives);
        }
        self.squared_distances.merge(&squared_distances(groups));
    }

    /// [`multiclass_log_loss`].
    ///
    /// ```
    /// # use greenlight_metrics::{MulticlassLosses, Undefined};
    /// assert_eq!(MulticlassLosses::default().log_loss(), Err(Undefined::NoScores));
    /// ```
    pub fn log_loss(&self) -> Value {
        self.mean(&self.surprises)
    }

    /// [`multiclass_brier_score`].
    ///
    /// ```
    /// # use greenlight_metrics::{MulticlassLosses, Undefined};
    /// assert_eq!(MulticlassLosses::default().brier_score(), Err(Undefined::NoScores));
    /// ```
    pub fn brier_score(&self) -> Value {
        self.mean(&self.squared_distances)
    }

    fn mean(&self, sum: &CompensatedSum) -> Value {
        match (self.problem, self.rows) {
            (Some(problem), _) => Err(problem),
            (None, 0) => Err(Undefined::NoScores),
            (None, rows) => Ok(sum.value() / rows as f64),
        }
    }
}

fn squared_distances(groups: &ScoreGroups) -> CompensatedSum {
    let mut sum = CompensatedSum::default();
    for group in groups.groups() {
        let (down, up) = (group.score, 1.0 - group.score);
        sum.add_times(up * up, group.positives);
        sum.add_times(down * down, group.negatives);
    }
    sum
}

/// A bin of the reliability curve: the scores in (low, high], in the first bin [low, high].
///
/// ```
/// use greenlight_metrics::{ScoreGroups, reliability_curve};
/// let groups = ScoreGroups::from_rows([(0.25, true), (0.75, true)])?;
/// let bins = reliability_curve(&groups, 2)?;
/// assert_eq!((bins[0].rows, bins[0].mean_score()), (1, Ok(0.25)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ReliabilityBin {
    /// The lower edge, outside but in the first bin.
    pub low: f64,
    /// The upper edge, inside.
    pub high: f64,
    /// Rows with a score in the bin.
    pub rows: u64,
    /// Those that are actually positive.
    pub positives: u64,
    /// The sum of the scores.
    pub score_sum: f64,
}

impl ReliabilityBin {
    /// The mean score in the bin: the confidence (scikit-learn: `prob_pred` of `calibration_curve`).
    ///
    /// ```
    /// # use greenlight_metrics::ReliabilityBin;
    /// let bin = ReliabilityBin { low: 0.0, high: 0.5, rows: 4, positives: 1, score_sum: 2.0 };
    /// assert_eq!(bin.mean_score(), Ok(0.5));
    /// ```
    pub fn mean_score(&self) -> Value {
        if self.rows == 0 {
            Err(Undefined::NoRows)
        } else {
            Ok(self.score_sum / self.rows as f64)
        }
    }

    /// The share of positives in the bin: the accuracy (scikit-learn: `prob_true` of
    /// `calibration_curve`).
    ///
    /// ```
    /// # use greenlight_metrics::ReliabilityBin;
    /// let bin = ReliabilityBin { low: 0.0, high: 0.5, rows: 4, positives: 1, score_sum: 2.0 };
    /// assert_eq!(bin.positive_share(), Ok(0.25));
    /// ```
    pub fn positive_share(&self) -> Value {
        crate::undefined::ratio(self.positives.into(), self.rows.into(), Undefined::NoRows)
    }
}

/// The bins of equal width on [0, 1], from the lowest, empty ones included; edges as
/// `numpy.linspace(0, 1, bins + 1)` has them (scikit-learn: `calibration_curve(strategy="uniform")`,
/// which leaves empty bins out). 1 to 10 000 bins.
///
/// ```
/// use greenlight_metrics::{ScoreGroups, reliability_curve};
/// let groups = ScoreGroups::from_rows([(0.1, false), (0.95, true)])?;
/// let bins = reliability_curve(&groups, 10)?;
/// assert_eq!((bins.len(), bins[0].rows, bins[9].positives), (10, 1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn reliability_curve(
    groups: &ScoreGroups,
    bins: usize,
) -> Result<Vec<ReliabilityBin>, Undefined> {
    probabilities(groups)?;
    if !(1..=10_000).contains(&bins) {
        return Err(Undefined::InvalidParameter);
    }
    let step = 1.0 / bins as f64;
    let mut edges: Vec<f64> = (0..bins).map(|index| index as f64 * step).collect();
    edges.push(1.0);
    Ok(binned(groups, &edges))
}

/// The bins between the quantiles of the scores, so that each holds about as many rows, from the lowest;
/// bins that repeated scores leave empty are left out (scikit-learn: `calibration_curve(strategy="quantile")`,
/// edges by numpy's linear percentile). 1 to 10 000 bins.
///
/// ```
/// use greenlight_metrics::{ScoreGroups, quantile_reliability_curve};
/// let groups = ScoreGroups::from_rows([(0.1, false), (0.2, false), (0.3, true), (0.9, true)])?;
/// let bins = quantile_reliability_curve(&groups, 2)?;
/// assert_eq!(bins.iter().map(|bin| bin.rows).collect::<Vec<_>>(), [2, 2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn quantile_reliability_curve(
    groups: &ScoreGroups,
    bins: usize,
) -> Result<Vec<ReliabilityBin>, Undefined> {
    let rows = probabilities(groups)?;
    if !(1..=10_000).contains(&bins) {
        return Err(Undefined::InvalidParameter);
    }
    let quantile = |index: usize| score_quantile(groups, rows, index as f64 / bins as f64);
    let edges: Vec<f64> = (0..=bins).map(quantile).collect();
    let mut curve = binned(groups, &edges);
    curve.retain(|bin| bin.rows > 0);
    Ok(curve)
}

/// The quantile of the scores by linear interpolation between neighbouring rows.
fn score_quantile(groups: &ScoreGroups, rows: u64, quantile: f64) -> f64 {
    let place = quantile * (rows - 1) as f64;
    let below = place.floor();
    let (low, high) = (
        score_at(groups, rows, below as u64),
        score_at(groups, rows, place.ceil() as u64),
    );
    // As numpy does it, from the nearer end, so that the last bit agrees.
    let part = place - below;
    if part < 0.5 {
        low + (high - low) * part
    } else {
        high - (high - low) * (1.0 - part)
    }
}

/// The score of the row at this place, counted from 0, in ascending order.
fn score_at(groups: &ScoreGroups, rows: u64, place: u64) -> f64 {
    let from_the_top = rows - 1 - place;
    let all = groups.cumulative();
    let found = all.partition_point(|at| at.positives.saturating_add(at.negatives) <= from_the_top);
    all.get(found).map_or(0.0, |at| at.score)
}

/// The rows between each two edges, which ascend: (low, high], and [low, high] in the first bin.
fn binned(groups: &ScoreGroups, edges: &[f64]) -> Vec<ReliabilityBin> {
    let mut curve = Vec::with_capacity(edges.len());
    let mut descending = groups.groups().peekable();
    for (index, pair) in edges.windows(2).enumerate().rev() {
        let &[low, high] = pair else { continue };
        let mut bin = ReliabilityBin {
            low,
            high,
            rows: 0,
            positives: 0,
            score_sum: 0.0,
        };
        let mut scores = CompensatedSum::default();
        while let Some(group) = descending.next_if(|group| group.score > low || index == 0) {
            let rows = group.positives.saturating_add(group.negatives);
            bin.rows = bin.rows.saturating_add(rows);
            bin.positives = bin.positives.saturating_add(group.positives);
            scores.add_times(group.score, rows);
        }
        bin.score_sum = scores.value();
        curve.push(bin);
    }
    curve.reverse();
    curve
}

/// Maximum calibration error: the largest |accuracy − confidence| among the [`CALIBRATION_BINS`] bins that
/// hold rows, 0 to 1 (from scikit-learn's `calibration_curve(strategy="uniform", n_bins=10)`).
///
/// ```
/// use greenlight_metrics::{ScoreGroups, maximum_calibration_error};
/// let groups = ScoreGroups::from_rows([(0.25, true), (0.25, false), (0.75, true)])?;
/// assert_eq!(maximum_calibration_error(&groups), Ok(0.25));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn maximum_calibration_error(groups: &ScoreGroups) -> Value {
    let bins = reliability_curve(groups, CALIBRATION_BINS)?;
    let gap =
        |bin: &ReliabilityBin| Some((bin.positive_share().ok()? - bin.mean_score().ok()?).abs());
    bins.iter()
        .filter_map(gap)
        .reduce(f64::max)
        .ok_or(Undefined::NoScores)
}

/// The share of the Brier score of always saying the prevalence that the scores save: 1 is perfect, 0 is
/// no better than the prevalence, below 0 is worse (scikit-learn: `d2_brier_score`).
///
/// ```
/// use greenlight_metrics::{ScoreGroups, brier_skill_score};
/// let groups = ScoreGroups::from_rows([(0.75, true), (0.25, false)])?;
/// assert_eq!(brier_skill_score(&groups), Ok(0.75));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn brier_skill_score(groups: &ScoreGroups) -> Value {
    let (positives, negatives) = groups.both_classes()?;
    let (p, rows) = (positives as f64, groups.rows() as f64);
    let of_prevalence = p * (negatives as f64) / rows / rows;
    Ok(1.0 - brier_score(groups)? / of_prevalence)
}

/// Expected calibration error: over [`CALIBRATION_BINS`] equal-width bins, Σ n_b/n · |accuracy_b −
/// confidence_b|, 0 to 1 (from scikit-learn's `calibration_curve(strategy="uniform", n_bins=10)` with its
/// bin weights). Several classes: give the groups of the top class's score and whether it is right.
///
/// ```
/// use greenlight_metrics::{ScoreGroups, expected_calibration_error};
/// let groups = ScoreGroups::from_rows([(0.25, true), (0.25, false)])?;
/// assert_eq!(expected_calibration_error(&groups), Ok(0.25));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn expected_calibration_error(groups: &ScoreGroups) -> Value {
    let rows = probabilities(groups)?;
    let bins = reliability_curve(groups, CALIBRATION_BINS)?;
    let gaps = bins
        .iter()
        .map(|bin| (bin.positives as f64 - bin.score_sum).abs());
    Ok(gaps.collect::<CompensatedSum>().value() / rows as f64)
}

/// The number of rows, where there are some and all scores are probabilities.
fn probabilities(groups: &ScoreGroups) -> Result<u64, Undefined> {
    if groups.is_empty() {
        Err(Undefined::NoScores)
    } else if !groups.in_unit_interval() {
        Err(Undefined::ScoresOutsideUnitInterval)
    } else {
        Ok(groups.rows())
    }
}

//! Counts at a threshold and the best threshold. The rule is `score >= threshold`; the candidates are
//! the distinct scores and "flag nothing".

use serde::{Deserialize, Serialize};

use crate::binary_counts::BinaryCounts;
use crate::scores::ScoreGroups;
use crate::undefined::{Undefined, Value};

/// The counts where every row with `score >= threshold` is flagged, found by bisection (scikit-learn:
/// `confusion_matrix_at_thresholds`). A threshold of NaN flags nothing.
///
/// ```
/// use greenlight_metrics::{BinaryCounts, ScoreGroups, counts_at};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.5, false), (0.1, false)])?;
/// assert_eq!(counts_at(&groups, 0.5), BinaryCounts { tp: 1, fp: 1, fn_: 0, tn: 1 });
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn counts_at(groups: &ScoreGroups, threshold: f64) -> BinaryCounts {
    let all = groups.cumulative();
    let flagged = all.partition_point(|at| at.score >= threshold);
    groups.counts_from(flagged.checked_sub(1).and_then(|last| all.get(last)))
}

/// A candidate threshold and the counts there.
///
/// ```
/// use greenlight_metrics::{BinaryCounts, Cut};
/// let cut = Cut { threshold: None, counts: BinaryCounts { tp: 0, fp: 0, fn_: 3, tn: 7 } };
/// assert_eq!(cut.counts.predicted_positives(), 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    /// The threshold; `None` where nothing is flagged.
    pub threshold: Option<f64>,
    /// The counts there.
    pub counts: BinaryCounts,
}

/// Every candidate: "flag nothing", then the distinct scores from the highest.
///
/// ```
/// use greenlight_metrics::{ScoreGroups, cuts};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.1, false)])?;
/// let thresholds: Vec<_> = cuts(&groups).map(|cut| cut.threshold).collect();
/// assert_eq!(thresholds, [None, Some(0.9), Some(0.1)]);
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn cuts(groups: &ScoreGroups) -> impl Iterator<Item = Cut> + '_ {
    let scores = groups.cumulative().iter().map(Some);
    std::iter::once(None).chain(scores).map(|at| Cut {
        threshold: at.map(|at| at.score),
        counts: groups.counts_from(at),
    })
}

/// What each kind of answer costs a row, in any unit; negative is a gain.
///
/// ```
/// use greenlight_metrics::{BinaryCounts, CostMatrix};
/// let costs = CostMatrix { tp: 0.0, fp: 1.0, fn_: 20.0, tn: 0.0 };
/// assert_eq!(costs.total(&BinaryCounts { tp: 5, fp: 3, fn_: 2, tn: 90 }), Ok(43.0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CostMatrix {
    /// Of a true positive.
    pub tp: f64,
    /// Of a false positive.
    pub fp: f64,
    /// Of a false negative; `fn` where serialised.
    #[serde(rename = "fn")]
    pub fn_: f64,
    /// Of a true negative.
    pub tn: f64,
}

impl CostMatrix {
    /// The cost of all rows together, in the unit of the matrix.
    ///
    /// ```
    /// # use greenlight_metrics::{BinaryCounts, CostMatrix};
    /// let costs = CostMatrix { tp: -1.0, fp: 0.5, fn_: 0.0, tn: 0.0 };
    /// assert_eq!(costs.total(&BinaryCounts { tp: 1, fp: 4, fn_: 0, tn: 0 }), Ok(1.0));
    /// ```
    pub fn total(&self, counts: &BinaryCounts) -> Value {
        let costs = [self.tp, self.fp, self.fn_, self.tn];
        if costs.iter().any(|cost| !cost.is_finite()) {
            return Err(Undefined::InvalidParameter);
        }
        let rows = [counts.tp, counts.fp, counts.fn_, counts.tn];
        let total = costs
            .into_iter()
            .zip(rows)
            .map(|(cost, rows)| cost * rows as f64)
            .sum::<f64>();
        crate::undefined::finite(total)
    }
}

/// What a threshold is chosen for. All are maximised but the cost.
///
/// ```
/// use greenlight_metrics::{BinaryCounts, Objective};
/// let counts = BinaryCounts { tp: 3, fp: 1, fn_: 1, tn: 5 };
/// assert_eq!(Objective::F1.value(&counts), counts.f1());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// [`BinaryCounts::f1`].
    F1,
    /// [`BinaryCounts::f_beta`] with this β.
    FBeta(f64),
    /// [`BinaryCounts::youdens_j`].
    Youden,
    /// [`BinaryCounts::matthews_corrcoef`].
    MatthewsCorrcoef,
    /// [`BinaryCounts::accuracy`].
    Accuracy,
    /// [`BinaryCounts::balanced_accuracy`].
    BalancedAccuracy,
    /// [`BinaryCounts::jaccard`].
    Jaccard,
    /// [`BinaryCounts::cohen_kappa`].
    CohenKappa,
    /// [`BinaryCounts::precision`].
    Precision,
    /// [`BinaryCounts::recall`].
    Recall,
    /// [`BinaryCounts::specificity`].
    Specificity,
    /// [`BinaryCounts::negative_predictive_value`].
    NegativePredictiveValue,
    /// [`CostMatrix::total`], minimised.
    Cost(CostMatrix),
}

impl Objective {
    /// Its value at these counts.
    ///
    /// ```
    /// # use greenlight_metrics::{BinaryCounts, Objective};
    /// let counts = BinaryCounts { tp: 3, fp: 1, fn_: 1, tn: 5 };
    /// assert_eq!(Objective::Accuracy.value(&counts), Ok(0.8));
    /// ```
    pub fn value(&self, counts: &BinaryCounts) -> Value {
        match self {
            Self::F1 => counts.f1(),
            Self::FBeta(beta) => counts.f_beta(*beta),
            Self::Youden => counts.youdens_j(),
            Self::MatthewsCorrcoef => counts.matthews_corrcoef(),
            Self::Accuracy => counts.accuracy(),
            Self::BalancedAccuracy => counts.balanced_accuracy(),
            Self::Jaccard => counts.jaccard(),
            Self::CohenKappa => counts.cohen_kappa(),
            Self::Precision => counts.precision(),
            Self::Recall => counts.recall(),
            Self::Specificity => counts.specificity(),
            Self::NegativePredictiveValue => counts.negative_predictive_value(),
            Self::Cost(costs) => costs.total(counts),
        }
    }

    /// Whether it is best at a vertex of the ROC curve's upper hull, whatever the scores; of the Matthews
    /// correlation that holds where it exceeds 0 anywhere.
    pub(crate) fn peaks_on_hull(&self) -> bool {
        matches!(
            self,
            Self::F1
                | Self::FBeta(_)
                | Self::Youden
                | Self::MatthewsCorrcoef
                | Self::Accuracy
                | Self::BalancedAccuracy
                | Self::Jaccard
                | Self::CohenKappa
        )
    }

    /// Whether `value` is better than `best` by more than the rounding of either.
    pub(crate) fn prefers(&self, value: f64, best: f64) -> bool {
        let gain = if matches!(self, Self::Cost(_)) {
            best - value
        } else {
            value - best
        };
        gain > 4.0 * f64::EPSILON * value.abs().max(best.abs())
    }
}

/// The thresholds that all give one decision: above the next lower score (open), up to the threshold.
/// Serialises as `[above, up_to]`.
///
/// ```
/// use greenlight_metrics::ThresholdInterval;
/// let interval = ThresholdInterval { above: Some(0.4), up_to: Some(0.6) };
/// assert_eq!(<[Option<f64>; 2]>::from(interval), [Some(0.4), Some(0.6)]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "[Option<f64>; 2]", from = "[Option<f64>; 2]")]
pub struct ThresholdInterval {
    /// The next lower distinct score, itself outside; `None` where there is none.
    pub above: Option<f64>,
    /// The threshold, inside; `None` where nothing is flagged.
    pub up_to: Option<f64>,
}

impl ThresholdInterval {
    /// Whether `threshold` lies between its ends, the upper one included.
    ///
    /// ```
    /// # use greenlight_metrics::ThresholdInterval;
    /// let interval = ThresholdInterval { above: Some(0.4), up_to: None };
    /// assert!(interval.contains(0.5) && !interval.contains(0.4));
    /// ```
    pub fn contains(&self, threshold: f64) -> bool {
        self.above.is_none_or(|above| threshold > above)
            && self.up_to.is_none_or(|up_to| threshold <= up_to)
    }

    /// An interval within this one whose ends have few digits, and which holds those of the thresholds `wanted` that this one holds.
    ///
    /// ```
    /// # use greenlight_metrics::ThresholdInterval;
    /// let interval = ThresholdInterval { above: Some(0.412_345), up_to: Some(0.587_654) };
    /// let short = ThresholdInterval { above: Some(0.49), up_to: Some(0.5) };
    /// assert_eq!(interval.in_short(&[]), short);
    /// assert_eq!(interval.in_short(&[0.587_654]).up_to, interval.up_to);
    /// ```
    #[must_use]
    pub fn in_short(&self, wanted: &[f64]) -> Self {
        let kept = wanted
            .iter()
            .copied()
            .filter(|threshold| self.contains(*threshold));
        let most = kept.clone().fold(f64::NEG_INFINITY, f64::max);
        let least = kept.fold(f64::INFINITY, f64::min);
        let floor = self
            .above
            .unwrap_or(f64::NEG_INFINITY)
            .max(most.next_down());
        let up_to = self.up_to.map(|up_to| match most == up_to {
            true => up_to,
            false => shortest_within(floor, up_to),
        });
        let ceiling = up_to.unwrap_or(f64::INFINITY).min(least);
        let above = self.above.map(|above| match ceiling.is_finite() {
            true => shortest_within(above.next_down(), ceiling.next_down()),
            false => above,
        });
        Self { above, up_to }
    }
}

/// The number with the fewest digits behind the point that is above `low` and at most `high`.
fn shortest_within(low: f64, high: f64) -> f64 {
    let is_within = |value: &f64| *value > low && *value <= high;
    let with_digits = |digits: i32| match u32::try_from(digits) {
        Ok(digits) => {
            let scale = 10_f64.powi(digits as i32);
            (high * scale).floor() / scale
        }
        Err(_) => {
            let scale = 10_f64.powi(-digits);
            (high / scale).floor() * scale
        }
    };
    (-6..=18).map(with_digits).find(is_within).unwrap_or(high)
}

impl From<ThresholdInterval> for [Option<f64>; 2] {
    fn from(interval: ThresholdInterval) -> Self {
        [interval.above, interval.up_to]
    }
}

impl From<[Option<f64>; 2]> for ThresholdInterval {
    fn from([above, up_to]: [Option<f64>; 2]) -> Self {
        Self { above, up_to }
    }
}

/// A chosen threshold.
///
/// ```
/// use greenlight_metrics::{Objective, ScoreGroups, best_threshold};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.1, false)])?;
/// let point = best_threshold(&groups, Objective::Youden).ok_or("no threshold")?;
/// assert_eq!((point.threshold, point.interval.above, point.value), (Some(0.9), Some(0.1), 1.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThresholdPoint {
    /// The threshold; `None`: flag nothing.
    pub threshold: Option<f64>,
    /// All thresholds that decide the same.
    pub interval: ThresholdInterval,
    /// The objective's value there.
    pub value: f64,
    /// The counts there.
    pub counts: BinaryCounts,
}

/// The threshold with the best value of the objective, among all candidates. Of several with equal value
/// (to within rounding) the one with the fewest alerts, which is the highest. `None` where the objective
/// is undefined at every candidate, as it is without scores.
///
/// ```
/// use greenlight_metrics::{CostMatrix, Objective, ScoreGroups, best_threshold};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.5, false), (0.1, true)])?;
/// let point = best_threshold(&groups, Objective::F1).ok_or("no threshold")?;
/// assert_eq!((point.threshold, point.value), (Some(0.1), 0.8));
/// let alarms_cost = CostMatrix { tp: 1.0, fp: 1.0, fn_: 0.0, tn: 0.0 };
/// let point = best_threshold(&groups, Objective::Cost(alarms_cost)).ok_or("no threshold")?;
/// assert_eq!((point.threshold, point.value), (None, 0.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn best_threshold(groups: &ScoreGroups, objective: Objective) -> Option<ThresholdPoint> {
    best_threshold_where(groups, objective, |_| true)
}

/// [`best_threshold`] among the candidates whose counts satisfy `allowed`.
///
/// ```
/// use greenlight_metrics::{Objective, ScoreGroups, best_threshold_where};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.5, false), (0.1, true)])?;
/// let precise = |precision| precision >= 0.9;
/// let point = best_threshold_where(&groups, Objective::Recall, |at| at.precision().is_ok_and(precise))
///     .ok_or("no threshold")?;
/// assert_eq!((point.threshold, point.value), (Some(0.9), 0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn best_threshold_where(
    groups: &ScoreGroups,
    objective: Objective,
    allowed: impl Fn(&BinaryCounts) -> bool,
) -> Option<ThresholdPoint> {
    if groups.is_empty() {
        return None;
    }
    let mut best: Option<(Cut, f64, usize)> = None;
    for (index, cut) in cuts(groups).enumerate() {
        if !allowed(&cut.counts) {
            continue;
        }
        let Ok(value) = objective.value(&cut.counts) else {
            continue;
        };
        if best.is_none_or(|(_, so_far, _)| objective.prefers(value, so_far)) {
            best = Some((cut, value, index));
        }
    }
    // The candidate after "flag nothing" is the first score, so the indexes of the next lower agree.
    best.map(|(cut, value, next)| point(groups, cut, value, next))
}

/// A candidate as the chosen one; `next` is the index of the next lower score.
pub(crate) fn point(groups: &ScoreGroups, cut: Cut, value: f64, next: usize) -> ThresholdPoint {
    ThresholdPoint {
        threshold: cut.threshold,
        interval: ThresholdInterval {
            above: groups.cumulative().get(next).map(|at| at.score),
            up_to: cut.threshold,
        },
        value,
        counts: cut.counts,
    }
}

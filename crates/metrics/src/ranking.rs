//! How well scores put positives above negatives: ROC AUC, average precision, KS and the curves.

use crate::interval::{Interval, Z_95};
use crate::scores::ScoreGroups;
use crate::sum::CompensatedSum;
use crate::undefined::{Undefined, Value, ratio};

/// The fewest rows of each class for which [`roc_auc_interval`] speaks.
///
/// ```
/// assert_eq!(greenlight_metrics::ranking::ROC_AUC_INTERVAL_ROWS, 10);
/// ```
pub const ROC_AUC_INTERVAL_ROWS: u64 = 10;

/// Area under the ROC curve: the share of positive–negative pairs in which the positive scores higher,
/// ties counting half (Mann–Whitney; scikit-learn: `roc_auc_score`). Exact: one rounding of a fraction
/// of integers. Several classes: [`crate::macro_average`] over one-vs-rest groups.
///
/// ```
/// use greenlight_metrics::{ScoreGroups, roc_auc};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.5, true), (0.5, false), (0.1, false)])?;
/// assert_eq!(roc_auc(&groups), Ok(0.875));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn roc_auc(groups: &ScoreGroups) -> Value {
    let pairs = Pairs::of(groups)?;
    ratio(pairs.won, pairs.all, Undefined::OneClass)
}

/// Twice the number of pairs, and of those won by the positive.
struct Pairs {
    positives: u64,
    negatives: u64,
    won: u128,
    all: u128,
}

impl Pairs {
    fn of(groups: &ScoreGroups) -> Result<Self, Undefined> {
        let (positives, negatives) = groups.both_classes()?;
        let mut won = 0_u128;
        for ranked in ranked(groups) {
            won = won.saturating_add(ranked.below.saturating_mul(ranked.positives.into()));
        }
        let all = (2 * u128::from(positives)).saturating_mul(negatives.into());
        Ok(Self {
            positives,
            negatives,
            won,
            all,
        })
    }
}

/// A group of equal scores among the others.
struct Ranked {
    positives: u64,
    negatives: u64,
    /// Twice the negatives below, ties counting half.
    below: u128,
    /// Twice the positives above, ties counting half.
    above: u128,
}

fn ranked(groups: &ScoreGroups) -> impl Iterator<Item = Ranked> + '_ {
    let all = u128::from(groups.negatives());
    let (mut positives_above, mut negatives_above) = (0_u128, 0_u128);
    groups.groups().map(move |group| {
        let (positives, negatives) = (u128::from(group.positives), u128::from(group.negatives));
        let ranked = Ranked {
            positives: group.positives,
            negatives: group.negatives,
            below: 2 * (all - negatives_above) - negatives,
            above: 2 * positives_above + positives,
        };
        positives_above += positives;
        negatives_above += negatives;
        ranked
    })
}

/// The 95 % interval of [`roc_auc`]: DeLong's variance with midrank ties, on the logit scale. An error
/// where the area is 0 or 1 or a class has fewer than [`ROC_AUC_INTERVAL_ROWS`] rows.
///
/// ```
/// use greenlight_metrics::{ScoreGroups, roc_auc, roc_auc_interval};
/// let rows = (0..40).map(|i| (f64::from(i * 7 % 40), i % 3 == 0));
/// let groups = ScoreGroups::from_rows(rows)?;
/// assert!(roc_auc_interval(&groups)?.contains(roc_auc(&groups)?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn roc_auc_interval(groups: &ScoreGroups) -> Result<Interval, Undefined> {
    let Pairs {
        positives,
        negatives,
        won,
        all,
    } = Pairs::of(groups)?;
    if positives.min(negatives) < ROC_AUC_INTERVAL_ROWS {
        return Err(Undefined::TooFewRows {
            needed: ROC_AUC_INTERVAL_ROWS,
        });
    } else if won == 0 || won == all {
        return Err(Undefined::PerfectSeparation);
    }
    let (area, rest) = (won as f64 / all as f64, (all - won) as f64 / all as f64);
    let (p, n) = (positives as f64, negatives as f64);
    let (mut of_positives, mut of_negatives) =
        (CompensatedSum::default(), CompensatedSum::default());
    for ranked in ranked(groups) {
        let (v10, v01) = (
            ranked.below as f64 / (2.0 * n),
            ranked.above as f64 / (2.0 * p),
        );
        of_positives.add_times((v10 - area) * (v10 - area), ranked.positives);
        of_negatives.add_times((v01 - area) * (v01 - area), ranked.negatives);
    }
    let variance = of_positives.value() / (p - 1.0) / p + of_negatives.value() / (n - 1.0) / n;
    let reach = Z_95 * variance.sqrt() / (area * rest);
    // logit(area) = ln(area / rest); its inverse of logit ± reach, in terms of the odds.
    let odds = area / rest;
    // As for the log loss: the same to the last bit on every machine.
    let (down, up) = (odds * libm::exp(-reach), odds * libm::exp(reach));
    let high = if up.is_finite() { up / (1.0 + up) } else { 1.0 };
    Ok(Interval {
        low: down / (1.0 + down),
        high,
    })
}

/// Average precision, Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct scores from the highest, without interpolation
/// (scikit-learn: `average_precision_score`).
///
/// ```
/// use greenlight_metrics::{ScoreGroups, average_precision};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.6, false), (0.4, true)])?;
/// assert_eq!(average_precision(&groups), Ok((1.0 + 2.0 / 3.0) / 2.0));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn average_precision(groups: &ScoreGroups) -> Value {
    let positives = positives_of(groups)?;
    let mut sum = CompensatedSum::default();
    for (group, at) in groups.groups().zip(groups.cumulative()) {
        let flagged = at.positives as f64 + at.negatives as f64;
        sum.add_times(at.positives as f64 / flagged, group.positives);
    }
    Ok(sum.value() / positives as f64)
}

/// The largest distance between the score distributions of the two classes, which is the largest
/// absolute TPR − FPR of any threshold (scipy: `ks_2samp(positives, negatives).statistic`).
///
/// ```
/// use greenlight_metrics::{ScoreGroups, ks_statistic};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.6, false), (0.4, true), (0.1, false)])?;
/// assert_eq!(ks_statistic(&groups), Ok(0.5));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn ks_statistic(groups: &ScoreGroups) -> Value {
    let (positives, negatives) = groups.both_classes()?;
    let (positives, negatives) = (u128::from(positives), u128::from(negatives));
    let apart = groups.cumulative().iter().map(|at| {
        (u128::from(at.positives) * negatives).abs_diff(u128::from(at.negatives) * positives)
    });
    ratio(
        apart.max().unwrap_or(0),
        positives * negatives,
        Undefined::OneClass,
    )
}

/// A point of the ROC curve.
///
/// ```
/// use greenlight_metrics::{RocPoint, ScoreGroups, roc_curve};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.1, false)])?;
/// let nothing = RocPoint { threshold: None, false_positive_rate: 0.0, true_positive_rate: 0.0 };
/// assert_eq!(roc_curve(&groups)?.next(), Some(nothing));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RocPoint {
    /// The threshold; `None` where nothing is flagged.
    pub threshold: Option<f64>,
    /// FP / (FP + TN).
    pub false_positive_rate: f64,
    /// TP / (TP + FN).
    pub true_positive_rate: f64,
}

/// The ROC curve from "flag nothing" to "flag all", a point for every distinct score (scikit-learn:
/// `roc_curve(drop_intermediate=False)`).
///
/// ```
/// use greenlight_metrics::{ScoreGroups, roc_curve};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.1, false)])?;
/// assert_eq!(roc_curve(&groups)?.count(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn roc_curve(groups: &ScoreGroups) -> Result<impl Iterator<Item = RocPoint> + '_, Undefined> {
    let (positives, negatives) = groups.both_classes()?;
    Ok(crate::threshold::cuts(groups).map(move |cut| RocPoint {
        threshold: cut.threshold,
        false_positive_rate: cut.counts.fp as f64 / negatives as f64,
        true_positive_rate: cut.counts.tp as f64 / positives as f64,
    }))
}

/// A point of the precision–recall curve.
///
/// ```
/// use greenlight_metrics::{PrecisionRecallPoint, ScoreGroups, precision_recall_curve};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.1, false)])?;
/// let top = PrecisionRecallPoint { threshold: 0.9, precision: 1.0, recall: 1.0 };
/// assert_eq!(precision_recall_curve(&groups)?.next(), Some(top));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrecisionRecallPoint {
    /// The threshold.
    pub threshold: f64,
    /// TP / (TP + FP).
    pub precision: f64,
    /// TP / (TP + FN).
    pub recall: f64,
}

/// The precision–recall curve, a point for every distinct score from the highest (scikit-learn:
/// `precision_recall_curve`, which goes upwards and adds an end point of recall 0).
///
/// ```
/// use greenlight_metrics::{ScoreGroups, precision_recall_curve};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.1, false)])?;
/// assert_eq!(precision_recall_curve(&groups)?.count(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn precision_recall_curve(
    groups: &ScoreGroups,
) -> Result<impl Iterator<Item = PrecisionRecallPoint> + '_, Undefined> {
    let positives = positives_of(groups)?;
    Ok(groups
        .cumulative()
        .iter()
        .map(move |at| PrecisionRecallPoint {
            threshold: at.score,
            precision: at.positives as f64 / (at.positives as f64 + at.negatives as f64),
            recall: at.positives as f64 / positives as f64,
        }))
}

fn positives_of(groups: &ScoreGroups) -> Result<u64, Undefined> {
    match (groups.positives(), groups.negatives()) {
        (0, 0) => Err(Undefined::NoScores),
        (0, _) => Err(Undefined::NoActualPositives),
        (positives, _) => Ok(positives),
    }
}

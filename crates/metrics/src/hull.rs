//! The upper hull of the ROC curve: the few thresholds among which every sensible optimum lies.

use crate::scores::ScoreGroups;
use crate::threshold::{Cut, Objective, ThresholdPoint, best_threshold, cuts, point};
use crate::undefined::Undefined;

/// The vertices of the upper convex hull of the ROC curve, from "flag nothing" to "flag all". On it lie
/// the optima of F-beta, Jaccard, κ, Youden's J, accuracy, of the Matthews correlation where it exceeds 0
/// anywhere, and of any cost matrix in which errors cost more than right answers. Of points on one straight edge only the ends are
/// vertices. (scipy: the upper part of `ConvexHull` of the points of `roc_curve`.)
///
/// ```
/// use greenlight_metrics::{ScoreGroups, roc_hull};
/// let rows = [(0.9, true), (0.7, false), (0.5, true), (0.5, false), (0.2, false)];
/// let thresholds: Vec<_> = roc_hull(&ScoreGroups::from_rows(rows)?)?.iter().map(|cut| cut.threshold).collect();
/// assert_eq!(thresholds, [None, Some(0.9), Some(0.5), Some(0.2)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn roc_hull(groups: &ScoreGroups) -> Result<Vec<Cut>, Undefined> {
    groups.both_classes()?;
    let mut hull: Vec<Cut> = Vec::new();
    for cut in cuts(groups) {
        while let [.., before, last] = hull.as_slice()
            && !bends_down(before, last, &cut)
        {
            hull.pop();
        }
        hull.push(cut);
    }
    Ok(hull)
}

/// The best threshold by each of these objectives, as [`best_threshold`] finds it. Where the hull has the
/// optimum only its vertices are tried: one pass over the distinct scores for all such objectives together,
/// and one for each other.
///
/// ```
/// use greenlight_metrics::{Objective, ScoreGroups, best_threshold, best_thresholds};
/// let groups = ScoreGroups::from_rows([(0.9, true), (0.7, false), (0.5, true), (0.2, false)])?;
/// let [f1, precision] = best_thresholds(&groups, [Objective::F1, Objective::Precision]);
/// assert_eq!(f1, best_threshold(&groups, Objective::F1));
/// assert_eq!(precision.and_then(|point| point.threshold), Some(0.9));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn best_thresholds<const N: usize>(
    groups: &ScoreGroups,
    objectives: [Objective; N],
) -> [Option<ThresholdPoint>; N] {
    let hull = roc_hull(groups).unwrap_or_default();
    objectives.map(|objective| {
        let on_hull = objective
            .peaks_on_hull()
            .then(|| best_vertex(groups, &hull, objective));
        on_hull
            .flatten()
            .or_else(|| best_threshold(groups, objective))
    })
}

/// The best of the vertices; `None` where that may not be the best of all.
fn best_vertex(groups: &ScoreGroups, hull: &[Cut], objective: Objective) -> Option<ThresholdPoint> {
    let mut best: Option<(&Cut, f64)> = None;
    for cut in hull {
        let Ok(value) = objective.value(&cut.counts) else {
            continue;
        };
        if best.is_none_or(|(_, so_far)| objective.prefers(value, so_far)) {
            best = Some((cut, value));
        }
    }
    let (cut, value) = best?;
    if objective == Objective::MatthewsCorrcoef && value <= f64::EPSILON {
        return None;
    }
    let lower = |threshold| {
        groups
            .cumulative()
            .partition_point(|at| at.score >= threshold)
    };
    Some(point(groups, *cut, value, cut.threshold.map_or(0, lower)))
}

/// Whether the edge to `b` is steeper than the one from it. False positives and true positives never
/// fall along the curve.
fn bends_down(a: &Cut, b: &Cut, c: &Cut) -> bool {
    let edge = |from: &Cut, to: &Cut| {
        let (right, up) = (to.counts.fp - from.counts.fp, to.counts.tp - from.counts.tp);
        (u128::from(right), u128::from(up))
    };
    let ((right_in, up_in), (right_out, up_out)) = (edge(a, b), edge(b, c));
    up_in * right_out > up_out * right_in
}

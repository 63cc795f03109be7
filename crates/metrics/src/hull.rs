//! The upper hull of the ROC curve: the few thresholds among which every sensible optimum lies.

use crate::scores::ScoreGroups;
use crate::threshold::{Cut, cuts};
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

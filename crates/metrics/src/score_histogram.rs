//! How the scores of both classes are spread.

use serde::{Deserialize, Serialize};

use crate::scores::ScoreGroups;

/// Rows by score and class, in bins of equal width, each from its lower edge (inside) to its upper one
/// (outside), the last with both (numpy: `histogram`).
///
/// ```
/// use greenlight_metrics::{ClassHistogram, ScoreGroups};
/// let groups = ScoreGroups::from_rows([(0.1, false), (0.2, false), (0.5, true), (1.0, true)])?;
/// let histogram = ClassHistogram::of(&groups, 2).ok_or("no scores")?;
/// assert_eq!((histogram.positives, histogram.negatives), (vec![0, 2], vec![2, 0]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassHistogram {
    /// The lowest edge and the highest: 0 and 1 for probabilities, else the scores' own range.
    pub range: (f64, f64),
    /// Actually positive rows in each bin.
    pub positives: Vec<u64>,
    /// Actually negative rows in each bin.
    pub negatives: Vec<u64>,
}

impl ClassHistogram {
    /// The histogram of `groups`; `None` without scores or bins. One pass over the distinct scores.
    ///
    /// ```
    /// # use greenlight_metrics::{ClassHistogram, ScoreGroups};
    /// assert_eq!(ClassHistogram::of(&ScoreGroups::default(), 10), None);
    /// ```
    pub fn of(groups: &ScoreGroups, bins: usize) -> Option<Self> {
        let (lowest, highest) = groups.range()?;
        let range = if groups.in_unit_interval() {
            (0.0, 1.0)
        } else if lowest < highest {
            (lowest, highest)
        } else {
            (lowest - 0.5, highest + 0.5)
        };
        let last = bins.checked_sub(1)?;
        let mut histogram = Self {
            range,
            positives: vec![0; bins],
            negatives: vec![0; bins],
        };
        // Halves, so that the width of the widest range is still finite.
        let width = range.1 / 2.0 - range.0 / 2.0;
        for group in groups.groups() {
            let part = (group.score / 2.0 - range.0 / 2.0) / width;
            let bin = ((part * bins as f64) as usize).min(last);
            for (counts, rows) in [
                (&mut histogram.positives, group.positives),
                (&mut histogram.negatives, group.negatives),
            ] {
                if let Some(count) = counts.get_mut(bin) {
                    *count = count.saturating_add(rows);
                }
            }
        }
        Some(histogram)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_range_of_scores_has_a_histogram() {
        for (scores, range) in [
            (vec![0.0, 1.0], (0.0, 1.0)),
            (vec![0.4], (0.0, 1.0)),
            (vec![7.0], (6.5, 7.5)),
            (vec![-3.0, 5.0], (-3.0, 5.0)),
            (vec![f64::MIN, f64::MAX], (f64::MIN, f64::MAX)),
        ] {
            let rows = scores.iter().map(|&score| (score, true));
            let groups = ScoreGroups::from_rows(rows).unwrap_or_default();
            let histogram = ClassHistogram::of(&groups, 10);
            let all = histogram.map(|h| (h.range, h.positives.iter().sum::<u64>()));
            assert_eq!(all, Some((range, scores.len() as u64)));
        }
    }
}

//! How well one column alone tells a class from the rest: |2·AUC − 1|, 0 for nothing and 1 for everything.
//!
//! It is Somers' D of class and column without its sign (Somers 1962), and for two classes the Gini
//! coefficient of credit scoring.

use crate::ranking::roc_auc;
use crate::scores::{ScoreCollector, ScoreGroups};
use crate::undefined::{Undefined, Value};

/// |2·AUC − 1| of numbers, in either direction. Rows without a number are a value of their own: all together
/// below the lowest number or above the highest, whichever tells more. So a column that is filled in for
/// one class alone tells everything. No pass over the rows: one over the distinct numbers.
///
/// ```
/// use greenlight_metrics::{ScoreGroups, separability};
/// let groups = ScoreGroups::from_rows([(1.0, true), (2.0, true), (3.0, false)])?;
/// assert_eq!(separability(&groups, 0, 0), Ok(1.0));
/// // Every number is a positive's, and every gap a negative's.
/// let filled_in = ScoreGroups::from_rows([(7.0, true), (2.0, true)])?;
/// assert_eq!(separability(&filled_in, 0, 5), Ok(1.0));
/// # Ok::<(), greenlight_metrics::NotFinite>(())
/// ```
pub fn separability(groups: &ScoreGroups, missing_positives: u64, missing_negatives: u64) -> Value {
    let (p, n) = (groups.positives() as f64, groups.negatives() as f64);
    let (p_missing, n_missing) = (missing_positives as f64, missing_negatives as f64);
    let pairs = (p + p_missing) * (n + n_missing);
    if pairs == 0.0 {
        return Err(Undefined::OneClass);
    }
    if missing_positives == 0 && missing_negatives == 0 {
        return Ok((2.0 * roc_auc(groups)? - 1.0).abs());
    }
    let won = roc_auc(groups).unwrap_or(0.0) * p * n + 0.5 * p_missing * n_missing;
    let told = |won: f64| (2.0 * won / pairs - 1.0).abs();
    Ok(told(won + p * n_missing).max(told(won + p_missing * n)))
}

/// The counts of one category on the two halves of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HalvedCategory {
    /// Positive and negative rows of each half.
    pub halves: [[u64; 2]; 2],
}

/// 2·AUC − 1 of categories by target encoding that cannot flatter itself; below 0 counts as 0. On one half
/// of the rows each category gets its share of positives, drawn towards that of all rows as if one more row
/// had it; the other half is ranked by that. Each half does either in turn, and the mean counts. A category that
/// the first half has not seen has the share of all rows, so a column that names each row tells nothing.
/// One sort of the categories for each half.
///
/// ```
/// use greenlight_metrics::{separability::HalvedCategory, held_out_separability};
/// let red = HalvedCategory { halves: [[9, 0], [8, 0]] };
/// let blue = HalvedCategory { halves: [[0, 7], [0, 9]] };
/// assert_eq!(held_out_separability(&[red, blue]), Ok(1.0));
/// // Each row has a category of its own.
/// let only = |half: usize, positive: bool| {
///     let mut category = HalvedCategory::default();
///     category.halves[half][usize::from(!positive)] = 1;
///     category
/// };
/// let unique = [only(0, true), only(1, true), only(0, false), only(1, false)];
/// assert_eq!(held_out_separability(&unique), Ok(0.0));
/// ```
pub fn held_out_separability(categories: &[HalvedCategory]) -> Value {
    let [first, second] = [0, 1].map(|half| told_by(categories, half));
    Ok((first? + second?) / 2.0)
}

/// 2·AUC − 1 on the other half of what `half` has learnt.
fn told_by(categories: &[HalvedCategory], half: usize) -> Value {
    let counts = |category: &HalvedCategory, half: usize| {
        let [positives, negatives] = category.halves.get(half).copied().unwrap_or_default();
        (positives, negatives)
    };
    let (mut positives, mut negatives) = (0_u64, 0_u64);
    for category in categories {
        let (more_positives, more_negatives) = counts(category, half);
        positives = positives.saturating_add(more_positives);
        negatives = negatives.saturating_add(more_negatives);
    }
    if positives == 0 || negatives == 0 {
        return Err(Undefined::OneClass);
    }
    let share = positives as f64 / (positives as f64 + negatives as f64);
    let mut collector = ScoreCollector::default();
    for category in categories {
        let (positives, negatives) = counts(category, half);
        let rows = positives as f64 + negatives as f64;
        let encoded = (positives as f64 + share) / (rows + 1.0);
        let (positives, negatives) = counts(category, 1 - half.min(1));
        // Cannot fail: shares are finite.
        let _ = collector.push(encoded, true, positives);
        let _ = collector.push(encoded, false, negatives);
    }
    Ok((2.0 * roc_auc(&collector.finish())? - 1.0).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_numbers_are_one_value_at_either_end() {
        // Missing below: of 2 × 3 pairs the positive 5 wins 2 (against both missing ones), the missing one
        // half of 2 and loses to 4. By hand: won = 1·1 + 1·2 + 0.5·1·2 = 4.
        let groups = ScoreGroups::from_rows([(5.0, true), (4.0, false)]).unwrap();
        let told = separability(&groups, 1, 2).unwrap();
        assert!((told - (2.0 * 4.0 / 6.0 - 1.0_f64).abs()).abs() < 1e-15);
        assert_eq!(separability(&ScoreGroups::default(), 3, 4), Ok(0.0));
        assert!(separability(&ScoreGroups::default(), 3, 0).is_err());
    }

    #[test]
    fn a_category_cannot_vouch_for_itself() {
        // 50 categories that say nothing, each with a handful of rows: learnt and measured on the same rows
        // they would seem to tell much.
        let categories: Vec<HalvedCategory> = (0..50_u64)
            .map(|at| HalvedCategory {
                halves: [
                    [at % 3, (at * 7 + 1) % 4],
                    [(at * 11 + 2) % 3, (at * 5 + 3) % 4],
                ],
            })
            .collect();
        assert!(held_out_separability(&categories).unwrap() < 0.3);
    }
}

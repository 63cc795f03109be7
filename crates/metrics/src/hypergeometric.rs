//! The tail of the hypergeometric distribution: Fisher's exact test.

/// The chance of at least `marked_in_group` marked rows in a group of `group` rows that were drawn blindly from `all` rows
/// of which `marked` are (scipy: `hypergeom.sf(marked_in_group - 1, all, marked, group)`): the one-sided p-value of Fisher's
/// exact test. 1 where the numbers cannot occur. Good to about 1e-7 relative up to millions of rows.
///
/// Exact where intervals of shares are not: far out in the tail, of few rows and of rare marks.
///
/// ```
/// use greenlight_metrics::hypergeometric::upper_tail;
/// // Of the 6 ways to draw 2 of 4 rows, 1 takes both marked ones.
/// assert!((upper_tail(2, 2, 2, 4) - 1.0 / 6.0).abs() < 1e-12);
/// ```
pub fn upper_tail(marked_in_group: u64, group: u64, marked: u64, all: u64) -> f64 {
    let most = group.min(marked);
    let least = (group + marked).saturating_sub(all);
    let k = marked_in_group;
    if k <= least || k > most || group > all || marked > all {
        return 1.0;
    }
    let (n, m, total) = (group as f64, marked as f64, all as f64);
    let at = |k: f64| ln_choose(m, k) + ln_choose(total - m, n - k) - ln_choose(total, n);
    let ratio = |k: f64| (m - k) * (n - k) / ((k + 1.0) * (total - m - n + k + 1.0));
    let is_beyond_mode = k as f64 * total >= n * m;
    if !is_beyond_mode {
        // Not in the tail: nobody asks how likely what is likely is to the last digit.
        return 1.0;
    }
    let (mut share, mut sum, mut k) = (1.0, 1.0, k as f64);
    while k < most as f64 && share > 1e-17 * sum {
        share *= ratio(k);
        sum += share;
        k += 1.0;
    }
    (libm::exp(at(marked_in_group as f64)) * sum).min(1.0)
}

/// The logarithm of the number of ways to draw `k` of `n`.
pub(crate) fn ln_choose(n: f64, k: f64) -> f64 {
    libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All draws counted out.
    fn by_counting(k: u64, group: u64, marked: u64, all: u64) -> f64 {
        let choose = |n: u64, k: u64| (0..k).fold(1.0, |c, i| c * (n - i) as f64 / (i + 1) as f64);
        let ways = |k| match group < k || group - k > all - marked {
            true => 0.0,
            false => choose(marked, k) * choose(all - marked, group - k),
        };
        let most = group.min(marked);
        (k..=most).map(ways).sum::<f64>() / choose(all, group)
    }

    #[test]
    fn tails_are_those_of_counting() {
        for (all, marked, group) in [(20, 7, 9), (40, 3, 12), (60, 30, 30), (30, 29, 15)] {
            for k in 0..=group.min(marked) {
                let tail = upper_tail(k, group, marked, all);
                let counted = by_counting(k, group, marked, all);
                match k * all >= group * marked {
                    true => assert!((tail - counted).abs() < 1e-10 * counted.max(1e-9), "{k}"),
                    false => assert!(tail >= counted, "{k}"),
                }
            }
        }
    }

    #[test]
    fn what_cannot_occur_says_nothing() {
        assert_eq!(upper_tail(5, 4, 5, 10), 1.0);
        assert_eq!(upper_tail(0, 4, 5, 10), 1.0);
        assert_eq!(upper_tail(1, 11, 5, 10), 1.0);
    }
}

//! Which of many tests found something, where some would by chance alone.

/// Which p-values are rejected so that of all rejected ones at most the share `level` is expected to be chance (Benjamini and
/// Hochberg 1995; scipy: `false_discovery_control(p) <= level`).
///
/// ```
/// use greenlight_metrics::drift::benjamini_hochberg;
/// assert_eq!(benjamini_hochberg(&[0.001, 0.9, 0.03, 0.04], 0.05), [true, false, false, false]);
/// assert_eq!(benjamini_hochberg(&[0.01, 0.02, 0.03, 0.04], 0.05), [true; 4]);
/// ```
pub fn benjamini_hochberg(p_values: &[f64], level: f64) -> Vec<bool> {
    let tests = p_values.len() as f64;
    let mut ordered = p_values.to_vec();
    ordered.sort_unstable_by(f64::total_cmp);
    let is_small =
        |(rank, p): (usize, &f64)| (p * (tests / (rank as f64 + 1.0)) <= level).then_some(*p);
    // Whatever is not above the last one that is small enough for its rank.
    let largest = ordered.iter().enumerate().rev().find_map(is_small);
    p_values
        .iter()
        .map(|p| largest.is_some_and(|largest| *p <= largest))
        .collect()
}

/// Which columns have drifted, of those with a measure and a p-value each: where the measure is above `limit` **and** the p-value is
/// rejected among those of all columns together ([`benjamini_hochberg`]). Fixed limits alone cry wolf on few rows, p-values alone on
/// many.
///
/// ```
/// use greenlight_metrics::drift::drifted;
/// // A large difference that may be chance, a sure one that is small, and one that is both large and sure.
/// let columns = [(0.3, 0.2), (0.01, 1e-9), (0.3, 1e-9)];
/// assert_eq!(drifted(&columns, 0.1, 0.05), [false, false, true]);
/// ```
pub fn drifted(columns: &[(f64, f64)], limit: f64, level: f64) -> Vec<bool> {
    let p_values: Vec<f64> = columns.iter().map(|(_, p)| *p).collect();
    let is_sure = benjamini_hochberg(&p_values, level);
    let columns = columns.iter().zip(is_sure);
    columns
        .map(|((value, _), is_sure)| *value > limit && is_sure)
        .collect()
}

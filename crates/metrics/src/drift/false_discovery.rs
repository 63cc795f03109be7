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

/// A column whose drift is measured and tested.
///
/// ```
/// use greenlight_metrics::drift::Measured;
/// assert!(Measured { value: 0.3, limit: 0.1, p_value: 0.01 }.is_above());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// How far it has moved.
    pub value: f64,
    /// How far it may.
    pub limit: f64,
    /// How likely so large a difference is by chance.
    pub p_value: f64,
}

/// What became of a column.
///
/// ```
/// use greenlight_metrics::drift::{Decided, Measured, decide};
/// let alone = decide(&[Measured { value: 0.02, limit: 0.1, p_value: 1e-9 }], 0.05);
/// assert_eq!(alone, [Decided { is_sure: true, drifted: false }]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The difference is more than chance, all columns taken together.
    pub is_sure: bool,
    /// It is so, and above the limit.
    pub drifted: bool,
}

impl Measured {
    /// Whether it has moved further than it may, be that chance or not.
    ///
    /// ```
    /// # use greenlight_metrics::drift::Measured;
    /// assert!(!Measured { value: 0.1, limit: 0.1, p_value: 0.0 }.is_above());
    /// ```
    pub fn is_above(&self) -> bool {
        self.value > self.limit
    }
}

/// Which columns have drifted: those whose value is above its limit **and** whose p-value is rejected among those of all columns
/// together ([`benjamini_hochberg`]). Limits alone cry wolf on few rows, p-values alone on many.
///
/// ```
/// use greenlight_metrics::drift::{Measured, decide};
/// let of = |value, p_value| Measured { value, limit: 0.1, p_value };
/// // A large difference that may be chance, a sure one that is small, and one that is both large and sure.
/// let drifted: Vec<bool> = decide(&[of(0.3, 0.2), of(0.01, 1e-9), of(0.3, 1e-9)], 0.05)
///     .iter()
///     .map(|column| column.drifted)
///     .collect();
/// assert_eq!(drifted, [false, false, true]);
/// ```
pub fn decide(columns: &[Measured], level: f64) -> Vec<Decided> {
    let p_values: Vec<f64> = columns.iter().map(|column| column.p_value).collect();
    let is_sure = benjamini_hochberg(&p_values, level);
    let columns = columns.iter().zip(is_sure);
    columns
        .map(|(column, is_sure)| Decided {
            is_sure,
            drifted: is_sure && column.is_above(),
        })
        .collect()
}

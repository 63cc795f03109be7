//! Doubles as integers that sort the same way, so that a million of them sort fast.

/// A number was infinite or NaN where only finite ones have a meaning.
///
/// ```
/// use greenlight_metrics::ScoreGroups;
/// let error = ScoreGroups::from_rows([(f64::NAN, true)]).unwrap_err();
/// assert_eq!(error.to_string(), "NaN is not a finite number");
/// ```
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq)]
#[error("{0} is not a finite number")]
pub struct NotFinite(pub f64);

const SIGN: u64 = 1 << 63;

/// The integer whose order among such integers is that of `value` among doubles; −0 counts as 0.
pub(crate) fn key_of(value: f64) -> Result<u64, NotFinite> {
    if !value.is_finite() {
        return Err(NotFinite(value));
    }
    let bits = (value + 0.0).to_bits();
    Ok(if bits & SIGN == 0 { bits | SIGN } else { !bits })
}

/// The double of a key.
pub(crate) fn value_of(key: u64) -> f64 {
    f64::from_bits(if key & SIGN == 0 { !key } else { key & !SIGN })
}

/// The number between two at this share of the way, with numpy's arithmetic (its `quantile` of method "linear").
pub(crate) fn interpolated(low: f64, high: f64, weight: f64) -> f64 {
    let gap = high - low;
    if weight < 0.5 {
        low + gap * weight
    } else {
        high - gap * (1.0 - weight)
    }
}

/// Puts keys in order. Not inlined, and the only place that sorts such: sorts are large.
#[inline(never)]
pub(crate) fn sort_keys(keys: &mut [u64]) {
    keys.sort_unstable();
}

/// Finite values in order, the highest last; others are left out.
pub(crate) fn sorted(values: &[f64]) -> Vec<f64> {
    let keys = values.iter().filter_map(|&value| key_of(value).ok());
    let mut keys: Vec<u64> = keys.collect();
    sort_keys(&mut keys);
    keys.into_iter().map(value_of).collect()
}

/// The median of values in order; 0 of none.
pub(crate) fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    let at = |place: usize| sorted.get(place).copied().unwrap_or(0.0);
    match sorted.len() % 2 {
        1 => at(middle),
        _ => (at(middle.saturating_sub(1)) + at(middle)) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_their_doubles_do_and_come_back() {
        let ascending = [
            f64::MIN,
            -1.5,
            -f64::MIN_POSITIVE,
            -5e-324,
            0.0,
            5e-324,
            0.1,
            1.0,
            f64::MAX,
        ];
        let keys: Vec<u64> = ascending.iter().map(|&v| key_of(v).unwrap()).collect();
        assert!(keys.is_sorted_by(|a, b| a < b));
        for (&key, value) in keys.iter().zip(ascending) {
            assert_eq!(value_of(key).to_bits(), value.to_bits());
        }
        assert_eq!(key_of(-0.0), key_of(0.0));
        assert!(key_of(f64::INFINITY).is_err());
    }
}

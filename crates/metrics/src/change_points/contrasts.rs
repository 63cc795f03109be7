//! How strongly windows before a place differ from those after, and what chance makes of it.

use libm::log;

use crate::hypergeometric::upper_tail;
use crate::normal;
use crate::order::key_of;
use crate::random::Random;
use crate::tally::Tally;

/// How many standard deviations two shares lie apart, by Fisher's exact test, whose smaller tail counts twice.
pub(super) fn contrast_of_shares(one: (u64, u64), other: (u64, u64)) -> f64 {
    let (successes, rows) = (one.0 + other.0, one.1 + other.1);
    let failures = rows - successes;
    let is_higher =
        u128::from(one.0) * u128::from(other.1) >= u128::from(other.0) * u128::from(one.1);
    let (marked, marked_in_one) = match is_higher {
        true => (successes, one.0),
        false => (failures, one.1 - one.0),
    };
    let tail = upper_tail(marked_in_one, one.1, marked, rows).min(0.5);
    match normal::quantile(tail) {
        Ok(quantile) if tail > f64::MIN_POSITIVE => -quantile,
        // So far out that the tail is too small to represent: by the likelihood ratio, which is nearly the same there.
        _ => deviance(one, other).sqrt(),
    }
}

/// Twice the logarithm of the likelihood ratio of two shares against one.
fn deviance(one: (u64, u64), other: (u64, u64)) -> f64 {
    let of = |(successes, rows): (u64, u64)| {
        let part = |count: u64| match count {
            0 => 0.0,
            count => count as f64 * log(count as f64 / rows as f64),
        };
        part(successes) + part(rows - successes)
    };
    let both = (one.0 + other.0, one.1 + other.1);
    (2.0 * (of(one) + of(other) - of(both))).max(0.0)
}

/// The strongest contrast of a series of normal numbers, each window of which has such a part of all rows.
pub(super) fn bridge(parts: &[f64], walk: &mut [f64], random: &mut Random) -> f64 {
    let mut sum = 0.0;
    for (part, at) in parts.iter().zip(&mut *walk) {
        sum += part.sqrt() * random.normal();
        *at = sum;
    }
    let (mut time, mut strongest) = (0.0, 0.0_f64);
    for (part, at) in parts.iter().zip(walk) {
        time += part;
        let left = 1.0 - time;
        // Where no rows are on one side there is no place.
        if time > 1e-12 && left > 1e-12 {
            let away = *at - time * sum;
            strongest = strongest.max(away * away / (time * left));
        }
    }
    strongest.sqrt()
}

/// Twice the rank of each value, equal ones sharing theirs.
pub(super) fn doubled_ranks(values: &[f64]) -> Vec<u64> {
    let mut tally = Tally::default();
    let keys: Vec<u64> = values
        .iter()
        .filter_map(|&value| key_of(value).ok())
        .collect();
    for &key in &keys {
        tally.push_key(key, 1);
    }
    // From the highest key down, each with its doubled rank.
    let (mut sorted, mut above, mut ranks) = (tally.sorted(), keys.len() as u64, Vec::new());
    while let Some(key) = sorted.highest() {
        let equal = sorted.take(key);
        ranks.push((key, 2 * above + 1 - equal));
        above -= equal;
    }
    let rank = |key: &u64| {
        let place = ranks.partition_point(|(known, _)| known > key);
        ranks.get(place).map_or(0, |(_, rank)| *rank)
    };
    keys.iter().map(rank).collect()
}

/// The rank sum of the windows before each place, in standard deviations from what it is on average.
pub(super) fn contrasts_of_ranks(ranks: &[u64]) -> impl Iterator<Item = f64> + '_ {
    let (windows, mean) = (ranks.len() as f64, ranks.len() as f64 + 1.0);
    let away = |rank: &u64| (*rank as f64 - mean) * (*rank as f64 - mean);
    // Whole numbers: exact, and so the same in any order.
    let squares: f64 = ranks.iter().map(away).sum();
    let spread = squares / windows / (windows - 1.0);
    let places = ranks.iter().take(ranks.len().saturating_sub(1));
    let mut sum = 0.0;
    places.enumerate().map(move |(place, rank)| {
        sum += *rank as f64 - mean;
        let before = place as f64 + 1.0;
        match spread > 0.0 {
            true => sum.abs() / (spread * before * (windows - before)).sqrt(),
            false => 0.0,
        }
    })
}

pub(super) fn shuffle(ranks: &mut [u64], random: &mut Random) {
    for last in (1..ranks.len()).rev() {
        // The bias of this product is below 2⁻⁵⁰.
        let other = (u128::from(random.next()) * (last as u128 + 1)) >> 64;
        ranks.swap(last, other as usize);
    }
}

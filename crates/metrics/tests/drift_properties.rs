//! What must hold for the drift of any columns.

#![allow(clippy::unwrap_used)]

use greenlight_metrics::drift::{BinCounts, DriftBins, TwoSamples, benjamini_hochberg};
use greenlight_metrics::{NumberCollector, Value};
use proptest::prelude::*;

/// A value and how many rows have it; many ties, spikes and some values far out.
fn rows() -> impl Strategy<Value = Vec<(f64, u64)>> {
    let value = prop_oneof![
        2 => (0..8_u8).prop_map(f64::from),
        3 => -5.0..5.0_f64,
        1 => Just(0.5),
        1 => -1e9..1e9_f64,
    ];
    let count = prop_oneof![6 => Just(1_u64), 1 => 0..7_u64];
    prop::collection::vec((value, count), 0..120)
}

fn tally(rows: &[(f64, u64)]) -> Vec<(f64, u64)> {
    let mut numbers = NumberCollector::default();
    for &(value, count) in rows {
        numbers.push(value, count).unwrap();
    }
    numbers.distinct()
}

/// Every measure there is.
fn measures(reference: &[(f64, u64)], current: &[(f64, u64)]) -> Vec<Value> {
    let bins = DriftBins::of(reference);
    let (r, c) = (bins.count(reference), bins.count(current));
    let (counts, samples) = (BinCounts::new(&r, &c), TwoSamples::new(reference, current));
    vec![
        counts.psi(),
        counts.jensen_shannon(),
        counts.chi_square(),
        counts.chi_square_p_value(),
        counts.l_infinity(),
        counts.l_infinity_noise_floor(),
        samples.ks_statistic(),
        samples.ks_p_value(),
        samples.ks_exact_p_value(),
        samples.wasserstein_normed(),
        samples.wasserstein_normed_noise_floor(),
    ]
}

proptest! {
    #[test]
    fn neither_order_nor_writing_rows_out_changes_a_measure(
        (reference, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        current in rows(),
    ) {
        let found = measures(&tally(&reference), &tally(&current));
        let one_by_one = |&(value, count): &(f64, u64)| std::iter::repeat_n((value, 1), count as usize);
        let written_out: Vec<(f64, u64)> = shuffled.iter().flat_map(one_by_one).collect();
        let current: Vec<(f64, u64)> = current.iter().flat_map(one_by_one).rev().collect();
        prop_assert_eq!(measures(&tally(&written_out), &tally(&current)), found);
    }

    #[test]
    fn counts_of_parts_add_up_to_those_of_the_whole(reference in rows(), current in rows(), cut in 0..120_usize) {
        let bins = DriftBins::of(&tally(&reference));
        let (early, late) = current.split_at(cut.min(current.len()));
        let counts = |rows: &[(f64, u64)]| bins.count(&tally(rows));
        let sums: Vec<u64> = counts(early).iter().zip(counts(late)).map(|(a, b)| a + b).collect();
        prop_assert_eq!(sums, counts(&current));
        prop_assert_eq!(bins.count(&tally(&reference)).len(), bins.bins());
    }

    #[test]
    fn every_value_lies_in_the_range_of_its_bin(reference in rows(), values in rows()) {
        let bins = DriftBins::of(&tally(&reference));
        for (value, _) in values.iter().chain(&reference) {
            use greenlight_metrics::drift::BinRange::{Numbers, Unseen, Value};
            let is_in = match bins.range(bins.bin_of(*value)) {
                Value(only) => only == *value,
                Unseen => !tally(&reference).iter().any(|(known, _)| known == value),
                Numbers { at_least, below } => {
                    at_least.is_none_or(|low| low <= *value) && below.is_none_or(|high| *value < high)
                }
            };
            prop_assert!(is_in, "{value} in {bins:?}");
        }
    }

    #[test]
    fn measures_stay_in_their_ranges_and_see_no_drift_in_the_same_rows(reference in rows(), current in rows()) {
        let (r, c) = (tally(&reference), tally(&current));
        for value in measures(&r, &c).into_iter().flatten() {
            prop_assert!(value >= 0.0 && value.is_finite());
        }
        let found = measures(&r, &r);
        // All but p-values and noise floors are 0.
        for at in [0, 1, 2, 4, 6, 9] {
            prop_assert!(found[at].is_err() || found[at] == Ok(0.0), "{at}: {:?}", found[at]);
        }
        for at in [3, 7, 8] {
            prop_assert!(found[at].is_err() || found[at] == Ok(1.0));
        }
    }

    #[test]
    fn stretching_and_moving_numbers_changes_neither_ranks_nor_normed_distances(reference in rows(), current in rows()) {
        let moved = |rows: &[(f64, u64)]| -> Vec<(f64, u64)> {
            rows.iter().map(|&(value, count)| (4.0 * value - 16.0, count)).collect()
        };
        let (r, c) = (tally(&reference), tally(&current));
        let (moved_r, moved_c) = (tally(&moved(&reference)), tally(&moved(&current)));
        // Rounding may make equal what was nearly so.
        prop_assume!(r.len() == moved_r.len() && c.len() == moved_c.len());
        let (samples, moved) = (TwoSamples::new(&r, &c), TwoSamples::new(&moved_r, &moved_c));
        prop_assert_eq!(samples.ks_p_value(), moved.ks_p_value());
        if let (Ok(before), Ok(after)) = (samples.wasserstein(), moved.wasserstein()) {
            prop_assert!((after - 4.0 * before).abs() <= 1e-9 * (1.0 + after.abs()));
        }
    }

    #[test]
    fn no_p_value_is_kept_that_is_smaller_than_a_rejected_one(p in prop::collection::vec(0.0..1.0_f64, 0..30)) {
        let rejected = benjamini_hochberg(&p, 0.3);
        let largest = p.iter().zip(&rejected).filter(|(_, r)| **r).map(|(p, _)| *p).fold(-1.0, f64::max);
        for (p, rejected) in p.iter().zip(rejected) {
            prop_assert_eq!(rejected, *p <= largest);
        }
        // A single test is what it is.
        prop_assert!(p.first().is_none_or(|p| benjamini_hochberg(&[*p], 0.3) == [*p <= 0.3]));
    }
}

//! What must hold for the amounts of any rows: neither order nor parts nor counts change a sum, not even in the last
//! bit.

#![allow(clippy::unwrap_used)]

use greenlight_metrics::*;
use proptest::prelude::*;

/// A score, whether the row is positive, how many rows it stands for; and the amount of each.
type Row = (f64, bool, u64, f64);

/// Rows with many ties, some that stand for several or none. Amounts of both signs, most of them no sums of powers of
/// two, some far larger than others.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let tied = (0..=20_u8).prop_map(|score| f64::from(score) / 20.0);
    let score = prop_oneof![3 => tied, 2 => 0.0..=1.0_f64];
    let count = prop_oneof![6 => Just(1_u64), 1 => 0..5_u64];
    let amount = prop_oneof![
        4 => (-100..10_000_i32).prop_map(|hundredths| f64::from(hundredths) / 100.0),
        1 => -1e12..1e12_f64,
        1 => Just(0.1),
    ];
    prop::collection::vec((score, any::<bool>(), count, amount), 0..80)
}

/// Costs of any sign in halves, so that many thresholds cost the same.
fn costs() -> impl Strategy<Value = CostMatrix> {
    let cost = || (-20..20_i32).prop_map(|halves| f64::from(halves) / 2.0);
    (cost(), cost(), cost(), cost()).prop_map(|(tp, fp, fn_, tn)| CostMatrix { tp, fp, fn_, tn })
}

fn groups_of(rows: &[Row]) -> ScoreGroups {
    let mut collector = ScoreCollector::default();
    for &(score, positive, count, _) in rows {
        collector.push(score, positive, count).unwrap();
    }
    collector.finish()
}

fn largest(rows: &[Row]) -> f64 {
    let amounts = rows.iter().map(|row| row.3.abs());
    amounts.fold(0.0, f64::max)
}

fn collect_amounts<'g>(groups: &'g ScoreGroups, largest: f64, rows: &[Row]) -> AmountCollector<'g> {
    let mut collector = AmountCollector::new(groups, largest);
    for &(score, positive, count, amount) in rows {
        collector.push(score, positive, count, amount).unwrap();
    }
    collector
}

fn cells(amounts: BinaryAmounts) -> [f64; 4] {
    [amounts.tp, amounts.fp, amounts.fn_, amounts.tn]
}

proptest! {
    #[test]
    fn neither_order_nor_parts_nor_writing_rows_out_changes_a_sum_of_amounts(
        (rows, shuffled, cut) in rows().prop_flat_map(|rows| {
            let cut = 0..=rows.len();
            (Just(rows.clone()), Just(rows).prop_shuffle(), cut)
        })
    ) {
        let (groups, largest) = (groups_of(&rows), largest(&rows));
        let whole = collect_amounts(&groups, largest, &rows).finish();
        let (left, right) = shuffled.split_at(cut);
        let mut parts = collect_amounts(&groups, largest, left);
        parts.merge(&collect_amounts(&groups, largest, right));
        prop_assert_eq!(&parts.finish(), &whole);
        let one_by_one = |&(score, positive, count, amount): &Row| {
            std::iter::repeat_n((score, positive, 1, amount), count as usize)
        };
        let written_out: Vec<Row> = rows.iter().flat_map(one_by_one).collect();
        prop_assert_eq!(collect_amounts(&groups, largest, &written_out).finish(), whole);
    }

    #[test]
    fn amounts_of_parts_add_up_to_those_of_the_whole(rows in rows(), threshold in -0.1..1.1_f64) {
        let (of_train, of_test) = rows.split_at(rows.len() / 2);
        let at = |rows: &[Row]| {
            let groups = groups_of(rows);
            let sums = collect_amounts(&groups, largest(rows), rows).finish();
            cells(amounts_at(&groups, &sums, threshold))
        };
        let (whole, scale) = (at(&rows), largest(&rows) * 400.0);
        for ((train, test), whole) in at(of_train).into_iter().zip(at(of_test)).zip(whole) {
            prop_assert!((train + test - whole).abs() <= 1e-12 * scale.max(1.0));
        }
    }

    #[test]
    fn without_factors_the_cheapest_threshold_is_that_of_the_constants(rows in rows(), fixed in costs()) {
        let groups = groups_of(&rows);
        let sums = collect_amounts(&groups, largest(&rows), &rows).finish();
        let costs = RowCosts { fixed, factors: CostMatrix::default() };
        prop_assert_eq!(
            cheapest_threshold(&groups, &sums, &costs),
            best_threshold(&groups, Objective::Cost(fixed))
        );
    }
}

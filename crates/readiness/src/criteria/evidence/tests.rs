//! That evidence tells the interval that the metric's own function gives, and that the promised rows settle.

use greenlight_metrics::{
    Latencies, PairedAnswers, balanced_accuracy_interval, f1_interval, macro_precision_interval,
    newcombe_difference, simultaneous_z, wilson, wilson_at,
};

use super::*;

/// Numbers between 0 and 1 that are the same every time (SplitMix64).
struct Drawn(u64);

impl Drawn {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// How many of so many rows, each with this chance.
    fn binomial(&mut self, rows: u64, share: f64) -> u64 {
        (0..rows).filter(|_| self.next() < share).count() as u64
    }
}

fn near((low, high): (f64, f64), expected: greenlight_metrics::Interval) -> bool {
    (low - expected.low).abs() < 1e-12 && (high - expected.high).abs() < 1e-12
}

#[test]
fn with_the_same_rows_the_interval_is_that_of_the_metric() {
    for (part, whole) in [(0, 7), (7, 7), (3, 40), (92, 100)] {
        let expected = wilson(part, whole).unwrap();
        assert!(near(Evidence::share(part, whole).ends(1.0), expected));
    }
    let counts = BinaryCounts {
        tp: 30,
        fp: 10,
        fn_: 20,
        tn: 940,
    };
    let f1 = Evidence::f1(&counts);
    assert!(near(f1.ends(1.0), f1_interval(&counts).unwrap()));
    let rows = counts.rows().map(|row| row.to_vec());
    let matrix = ConfusionMatrix::from_rows(&rows).unwrap();
    let expected = balanced_accuracy_interval(&matrix).unwrap();
    assert!(near(Evidence::mean_recall(&matrix).ends(1.0), expected));
    let expected = macro_precision_interval(&matrix).unwrap();
    assert!(near(Evidence::mean_precision(&matrix).ends(1.0), expected));
    let difference = Evidence::Difference(Share::of(30, 50), Share::of(10, 950));
    let expected = newcombe_difference(30, 50, 10, 950).unwrap();
    assert!(near(difference.ends(1.0), expected));
    // A group of 240 against 85 % of all rows, one of seven.
    let z = simultaneous_z(7);
    let share = Share::of(170, 240).at(z);
    let wilson = wilson_at(170, 240, z).unwrap();
    let expected = Interval {
        low: 0.85 - wilson.high,
        high: 0.85 - wilson.low,
    };
    assert!(near(Evidence::LessShare(0.85, share).ends(1.0), expected));
    let pairs = PairedAnswers {
        pairs: 200,
        first_right: 180,
        right_to_wrong: 20,
        wrong_to_right: 4,
        flips: 24,
        squared_copies: 400,
    };
    let evidence = Evidence::Pairs {
        shares: pairs.right().unwrap(),
        pairs: pairs.effective_pairs().unwrap(),
        z,
    };
    assert!(near(
        evidence.ends(1.0),
        pairs.accuracy_drop_interval(z).unwrap()
    ));
    assert!((evidence.value() - pairs.accuracy_drop().unwrap()).abs() < 1e-12);
    // Beyond 5 points, but not surely; ten times the pairs would tell.
    let rows = evidence.rows_needed(200, 30, (Operator::AtMost, 0.05));
    let settles = |rows: u64| evidence.ends(rows as f64 / 200.0).0 > 0.05;
    assert!(rows.is_some_and(|rows| settles(rows) && !settles(rows - 2)));
}

#[test]
fn the_rows_needed_are_the_fewest_that_settle() {
    // Wilson's interval holds the limit L while |p − L| ≤ z √(L(1 − L)/n): 3.8415 · 0.09 / 0.0004 = 864.3.
    let asked = (Operator::AtLeast, 0.9);
    let needed = |evidence: &Evidence, rows| evidence.rows_needed(rows, 0, asked);
    assert_eq!(needed(&Evidence::share(92, 100), 100), Some(865));
    assert_eq!(needed(&Evidence::share(90, 100), 100), None);
    // What is settled needs no more, but for the minimum.
    assert_eq!(needed(&Evidence::share(990, 1_000), 1_000), Some(1_000));
    let few = Evidence::share(1, 10);
    assert_eq!(few.rows_needed(10, 30, asked), Some(30));
    assert_eq!(
        [7, 99, 100, 101, 1_365, 12_000].map(rounded_up),
        [7, 99, 100, 110, 1_400, 12_000]
    );
}

/// With the promised rows drawn at the observed rate, how many of 2,000 samples settle.
fn settled(mut sample: impl FnMut(&mut Drawn) -> bool) -> f64 {
    let (mut drawn, samples) = (Drawn(5), 2_000);
    let count = (0..samples).filter(|_| sample(&mut drawn)).count();
    count as f64 / f64::from(samples)
}

#[test]
fn the_promised_rows_settle_about_every_second_sample_of_shares_and_differences() {
    for (part, whole, limit) in [(92, 100, 0.9), (40, 44, 0.8), (7, 1_000, 0.01)] {
        let operator = match part as f64 / whole as f64 > limit {
            true => Operator::AtLeast,
            false => Operator::AtMost,
        };
        let evidence = Evidence::share(part, whole);
        let rows = evidence.rows_needed(whole, 0, (operator, limit)).unwrap();
        let share = settled(|drawn| {
            let interval = wilson(drawn.binomial(rows, evidence.value()), rows).unwrap();
            !interval.contains(limit)
        });
        assert!((0.45..0.55).contains(&share), "{part} of {whole}: {share}");
    }
    // A fall of 2 points where 5 are allowed.
    let evidence = Evidence::Fall {
        reference: Box::new(Evidence::share(9_000, 10_000)),
        current: Box::new(Evidence::share(176, 200)),
    };
    let rows = evidence
        .rows_needed(200, 0, (Operator::AtMost, 0.05))
        .unwrap();
    let share = settled(|drawn| {
        let now = drawn.binomial(rows, 0.88);
        newcombe_difference(9_000, 10_000, now, rows).unwrap().high <= 0.05
    });
    assert!((0.45..0.55).contains(&share), "fall: {share}, {rows} rows");
}

#[test]
fn the_promised_rows_settle_about_every_second_sample_of_f1_and_percentiles() {
    let counts = BinaryCounts {
        tp: 42,
        fp: 8,
        fn_: 8,
        tn: 0,
    };
    let rows = Evidence::f1(&counts)
        .rows_needed(58, 0, (Operator::AtLeast, 0.8))
        .unwrap();
    let share = settled(|drawn| {
        let tp = drawn.binomial(rows, 42.0 / 58.0);
        let counts = BinaryCounts {
            tp,
            fp: rows - tp,
            fn_: 0,
            tn: 0,
        };
        f1_interval(&counts).unwrap().low >= 0.8
    });
    assert!((0.45..0.55).contains(&share), "F1: {share}, {rows} rows");
    // 3 % take longer than 1 s, where 5 % may.
    let evidence = Evidence::Percentile {
        share: 0.95,
        rows: 100.0,
        over_limit: 0.03,
        limit: 1_000.0,
        z: Z_95,
    };
    let rows = evidence
        .rows_needed(100, 0, (Operator::AtMost, 1_000.0))
        .unwrap();
    let share = settled(|drawn| {
        let over = drawn.binomial(rows, 0.03);
        let latencies = (0..rows).map(|row| if row < over { 2_000.0 } else { 500.0 });
        let latencies = Latencies::from_rows(latencies).unwrap();
        let high = latencies.percentile_interval(95.0).unwrap().high;
        high.is_some_and(|high| high <= 1_000.0)
    });
    assert!((0.45..0.55).contains(&share), "p95: {share}, {rows} rows");
}

#[test]
fn at_another_level_the_interval_is_the_one_that_the_metric_has_there() {
    let z = simultaneous_z(20);
    let share = Evidence::share(92, 100);
    assert!(near(share.at(z).ends(1.0), wilson_at(92, 100, z).unwrap()));
    assert_eq!(share.at(Z_95), share);
    let logit = Evidence::Logit {
        value: 0.9,
        low: 0.8,
    };
    let half = |ends: (f64, f64)| libm::log(ends.1 / (1.0 - ends.1)) - libm::log(9.0);
    let wider = half(logit.at(z).ends(1.0)) / half(logit.ends(1.0));
    assert!((wider - z / Z_95).abs() < 1e-9, "{wider}");
    // 9 of 100 take longer, where 5 may: binom.cdf(8, 100, 0.05) is 0.937, so 9 are not beyond what one of twenty allows.
    let percentile = |over_limit| Evidence::Percentile {
        share: 0.95,
        rows: 100.0,
        over_limit,
        limit: 1_000.0,
        z: Z_95,
    };
    let is_above = |evidence: Evidence| evidence.ends(1.0).0 == f64::INFINITY;
    assert!(!is_above(percentile(0.09)));
    assert!(is_above(percentile(0.12)));
    assert!(!is_above(percentile(0.12).at(z)));
    assert!(is_above(percentile(0.15).at(z)));
}

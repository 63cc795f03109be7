//! How often the rule for drift cries wolf, and whether it finds what has moved, by simulation:
//! `cargo run --release -p greenlight-metrics --example drift_null` (add `nothing` or `moved` for one half of it, and the name of a
//! kind of columns after `nothing` for that kind alone: each kind has random numbers of its own).
//!
//! *Nothing has changed*: both sides of a file are disjoint samples, drawn without replacement from one pool that is 20 times as
//! large as both together. *Something has moved*: of one column the current rows are shifted or stretched so that the PSI of the
//! populations, in the reference's deciles, is 0.25.

use greenlight_metrics::drift::{BinCounts, DriftBins, Measured, decide};
use greenlight_metrics::{NumberCollector, normal};

const TRIALS: usize = 1_000;
const LIMIT: f64 = 0.1;
const LEVEL: f64 = 0.05;
/// How alike correlated columns are: of their normal scores.
const CORRELATION: f64 = 0.8;

fn main() {
    let only = std::env::args().nth(1).unwrap_or_default();
    if only != "moved" {
        nothing_changed(std::env::args().nth(2));
    }
    if only != "nothing" {
        something_moved();
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Numeric,
    Discrete,
    Tailed,
    Categorical,
}

impl Kind {
    const ALL: [(Self, &str); 4] = [
        (Self::Numeric, "numeric"),
        (Self::Discrete, "discrete"),
        (Self::Tailed, "tailed"),
        (Self::Categorical, "categorical"),
    ];
}

/// Shares of files, of so many trials.
#[derive(Default)]
struct Found {
    /// By the rule.
    any: usize,
    /// Some column's PSI is above the limit, which is a rule that many use.
    by_psi_alone: usize,
    /// Some column's p-value is below the level.
    by_p_alone: usize,
}

fn nothing_changed(only: Option<String>) {
    println!(
        "| columns | kind | rows a side | files with drift, of 1,000 | with a PSI above 0.1 | with a p below 0.05 |"
    );
    println!("| --- | --- | --- | --- | --- | --- |");
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    for (kind, name) in Kind::ALL.into_iter().filter(|(_, name)| wanted(name)) {
        let mut random = Random(1);
        for (columns, correlated) in [
            (1, false),
            (20, false),
            (20, true),
            (100, false),
            (100, true),
        ] {
            for sizes in [
                (100, 100),
                (300, 300),
                (1_000, 1_000),
                (3_000, 3_000),
                (10_000, 10_000),
                (10_000, 300),
                (300, 10_000),
            ] {
                if sizes.0 != sizes.1 && columns == 100 {
                    continue;
                }
                let found = unchanged(&mut random, kind, sizes, columns, correlated);
                let correlated = if correlated { ", correlated" } else { "" };
                let rows = match sizes {
                    (n, m) if n == m => n.to_string(),
                    (n, m) => format!("{n} and {m}"),
                };
                let share = |count: usize| format!("{:.1} %", 100.0 * count as f64 / TRIALS as f64);
                let shares = [found.any, found.by_psi_alone, found.by_p_alone].map(share);
                println!(
                    "| {columns}{correlated} | {name} | {rows} | {} |",
                    shares.join(" | ")
                );
            }
        }
    }
}

fn unchanged(
    random: &mut Random,
    kind: Kind,
    (n, m): (usize, usize),
    columns: usize,
    correlated: bool,
) -> Found {
    // A single column takes turns with those of the other shapes.
    let shapes = columns.max(SHAPES);
    let pool = pool(random, kind, 20 * (n + m), shapes, correlated);
    let rows = pool.first().map_or(0, Vec::len);
    let mut order: Vec<u32> = (0..rows as u32).collect();
    let mut found = Found::default();
    for trial in 0..TRIALS {
        for place in 0..n + m {
            let other = place + random.below((rows - place) as u64) as usize;
            order.swap(place, other);
        }
        let (reference, others) = order.split_at(n);
        let current = &others[..m];
        let judged: Vec<Measured> = (0..columns)
            .filter_map(|column| {
                let cells = &pool[(column + trial % shapes) % shapes];
                measured(cells, reference, current, kind)
            })
            .collect();
        found.any += usize::from(decide(&judged, LEVEL).iter().any(|column| column.drifted));
        found.by_psi_alone += usize::from(judged.iter().any(Measured::is_above));
        found.by_p_alone += usize::from(judged.iter().any(|column| column.p_value < LEVEL));
    }
    found
}

/// PSI and p-value of a column, where it can be judged.
fn measured(cells: &[f32], reference: &[u32], current: &[u32], kind: Kind) -> Option<Measured> {
    let (r, c) = match kind {
        Kind::Categorical => {
            let count = |rows: &[u32]| {
                let mut counts = vec![0_u64; 64];
                for &row in rows {
                    counts[cells[row as usize] as usize] += 1;
                }
                counts
            };
            (count(reference), count(current))
        }
        _ => {
            let mut numbers = NumberCollector::default();
            for &row in reference {
                numbers.push(f64::from(cells[row as usize]), 1).ok()?;
            }
            let distinct = numbers.distinct();
            let bins = DriftBins::of(&distinct);
            let mut counts = vec![0_u64; bins.bins()];
            for &row in current {
                counts[bins.bin_of(f64::from(cells[row as usize]))] += 1;
            }
            (bins.count(&distinct), counts)
        }
    };
    let counts = BinCounts::new(&r, &c);
    Some(Measured {
        value: counts.psi().ok()?,
        limit: LIMIT,
        p_value: counts.chi_square_p_value().ok()?,
    })
}

/// So many shapes of each kind.
const SHAPES: usize = 4;

/// Columns of so many rows.
fn pool(
    random: &mut Random,
    kind: Kind,
    rows: usize,
    columns: usize,
    correlated: bool,
) -> Vec<Vec<f32>> {
    let common: f64 = if correlated { CORRELATION } else { 0.0 };
    let factor: Vec<f32> = (0..rows).map(|_| random.normal() as f32).collect();
    let (shared, own) = (common.sqrt(), (1.0 - common).sqrt());
    (0..columns)
        .map(|column| {
            let cuts = cuts(column % SHAPES);
            let of_score = |z: f64| match kind {
                Kind::Numeric => numeric(column % SHAPES, z),
                Kind::Discrete => discrete(column % SHAPES, z),
                Kind::Tailed => tailed(column % SHAPES, z),
                Kind::Categorical => cuts.partition_point(|cut| *cut < z) as f64,
            };
            let score = |factor: &f32| shared * f64::from(*factor) + own * random.normal();
            factor
                .iter()
                .map(score)
                .map(|z| of_score(z) as f32)
                .collect()
        })
        .collect()
}

/// Normal, skewed, with heavy tails, and with a spike of 62 % at 0.
fn numeric(shape: usize, z: f64) -> f64 {
    match shape {
        0 => z,
        1 => libm::exp(z),
        2 => z * z * z,
        _ => (z - 0.3).max(0.0),
    }
}

/// A flag of one row in six, grades around a middle, grades from 1 to 10, and many values with ties.
fn discrete(shape: usize, z: f64) -> f64 {
    match shape {
        0 => f64::from(u8::from(z > 1.0)),
        1 => (2.0 * z).round(),
        2 => (5.5 + 2.5 * z).round().clamp(1.0, 10.0),
        _ => (20.0 * z.abs()).floor(),
    }
}

/// Whole numbers with a long tail, as counts of events have it: the smallest values hold about a tenth of the rows each, which is
/// where the reference's deciles are drawn to what happens to be frequent in the reference.
fn tailed(shape: usize, z: f64) -> f64 {
    let scale = [3.0, 2.5, 3.5, 4.0][shape];
    (scale * libm::exp(0.8 * z)).floor()
}

/// Where categories change along a normal score: 2, 5, 20 or 60 of them, the k-th as frequent as 1/k says.
fn cuts(shape: usize) -> Vec<f64> {
    let categories = [2, 5, 20, 60][shape];
    let weight = |category: usize| 1.0 / (category as f64 + 1.0);
    let all: f64 = (0..categories).map(weight).sum();
    let mut below = 0.0;
    (0..categories - 1)
        .filter_map(|category| {
            below += weight(category) / all;
            normal::quantile(below).ok()
        })
        .collect()
}

fn something_moved() {
    const ROWS: usize = 1_000;
    println!(
        "| what moved | columns | rows a side | found | other columns called drifted, a file |"
    );
    println!("| --- | --- | --- | --- | --- |");
    let mut random = Random(2);
    let shift = solved(|shift| population_psi(shift, 1.0), 0.0, 2.0);
    let wider = solved(|scale| population_psi(0.0, scale), 1.0, 4.0);
    let narrower = solved(|part| population_psi(0.0, 1.0 / part), 1.0, 4.0);
    for (name, shift, scale) in [
        (format!("shift by {shift:.3}"), shift, 1.0),
        (format!("stretched to {wider:.3}"), 0.0, wider),
        (
            format!("shrunk to {:.3}", 1.0 / narrower),
            0.0,
            1.0 / narrower,
        ),
    ] {
        for columns in [1, 20, 100] {
            let (mut found, mut others) = (0, 0);
            for _ in 0..TRIALS {
                let judged: Vec<Measured> = (0..columns)
                    .filter_map(|column| {
                        let (shift, scale) = if column == 0 {
                            (shift, scale)
                        } else {
                            (0.0, 1.0)
                        };
                        let mut cells: Vec<f32> =
                            (0..ROWS).map(|_| random.normal() as f32).collect();
                        cells.extend((0..ROWS).map(|_| (shift + scale * random.normal()) as f32));
                        let rows: Vec<u32> = (0..2 * ROWS as u32).collect();
                        let (reference, current) = rows.split_at(ROWS);
                        measured(&cells, reference, current, Kind::Numeric)
                    })
                    .collect();
                let decided = decide(&judged, LEVEL);
                found += usize::from(decided.first().is_some_and(|column| column.drifted));
                others += decided
                    .iter()
                    .skip(1)
                    .filter(|column| column.drifted)
                    .count();
            }
            println!(
                "| {name} | {columns} | {ROWS} | {:.1} % | {:.3} |",
                100.0 * f64::from(found as u32) / TRIALS as f64,
                others as f64 / TRIALS as f64
            );
        }
    }
}

/// The PSI of normal numbers that are shifted and stretched, in the deciles of those that are not.
fn population_psi(shift: f64, scale: f64) -> f64 {
    let edges: Vec<f64> = (1..10)
        .filter_map(|part| normal::quantile(f64::from(part) / 10.0).ok())
        .collect();
    let below = edges.iter().map(|edge| normal::cdf((edge - shift) / scale));
    let (mut sum, mut before) = (0.0, 0.0);
    for below in below.chain([1.0]) {
        let (r, c): (f64, f64) = (0.1, below - before);
        sum += (c - r) * libm::log(c / r);
        before = below;
    }
    sum
}

/// Where a growing function is 0.25.
fn solved(of: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if of(middle) < 0.25 {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    /// A standard normal number, by the polar method.
    fn normal(&mut self) -> f64 {
        loop {
            let mut uniform = || (self.next() >> 11) as f64 / (1_u64 << 52) as f64 - 1.0;
            let (x, y) = (uniform(), uniform());
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }
}

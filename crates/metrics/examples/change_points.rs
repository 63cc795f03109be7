//! How often `change_points` finds a change where there is none, and how often it finds one that is there, by simulation:
//! `cargo run --release -p greenlight-metrics --example change_points`.

use greenlight_metrics::normal::quantile;
use greenlight_metrics::{ChangePoint, Series, change_points};

const LEVEL: f64 = 0.05;

fn main() {
    unchanged_shares();
    unchanged_values();
    one_drop();
    other_shapes();
}

fn unchanged_shares() {
    println!("Unchanged shares: series in which a change is found, of 4,000\n");
    println!("| windows | rows of a window | share 0.5 | 0.8 | 0.95 | 0.99 |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for windows in [10, 20, 60] {
        for (name, sizes) in sizes(windows) {
            print!("| {windows} | {name} |");
            for share in [0.5, 0.8, 0.95, 0.99] {
                let found = (0..4_000_u64).filter(|&sample| {
                    let mut random = Random(seed(sample, windows as u64));
                    !find_shares(&mut random, &sizes, |_| share).is_empty()
                });
                print!(" {:.1} % |", found.count() as f64 / 40.0);
            }
            println!();
        }
    }
}

fn unchanged_values() {
    println!("\nUnchanged values: series in which a change is found, of 2,000\n");
    println!(
        "| windows | rows of a window | ROC AUC | 95th percentile of latency | as much spread in all windows |"
    );
    println!("| --- | --- | --- | --- | --- |");
    for windows in [10, 20, 60] {
        for (name, sizes) in sizes(windows) {
            print!("| {windows} | {name} |");
            for value in [
                auc_like as fn(&mut Random, u64) -> f64,
                percentile,
                anything,
            ] {
                let found = (0..2_000_u64).filter(|&sample| {
                    let mut random = Random(seed(sample, 100 + windows as u64));
                    let of_window = |&rows: &u64| (value(&mut random, rows), rows);
                    let values: Vec<(f64, u64)> = sizes.iter().map(of_window).collect();
                    !found(Series::Values(&values)).is_empty()
                });
                print!(" {:.1} % |", found.count() as f64 / 20.0);
            }
            println!();
        }
    }
}

fn one_drop() {
    println!(
        "\nOne drop from 0.90 in the middle of the series, of 1,000: found, found in the right window, within the range given, and with a second change that is none\n"
    );
    println!(
        "| windows | rows of a window | drop | found | right window | within the range | a second one |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for (windows, rows) in [
        (10, 100),
        (10, 300),
        (20, 30),
        (20, 100),
        (20, 300),
        (20, 1_000),
        (60, 100),
    ] {
        for drop in [0.05, 0.10] {
            let half = windows / 2;
            let sizes = vec![rows; windows];
            let (mut found, mut exactly, mut within, mut more) = (0, 0, 0, 0);
            for sample in 0..1_000 {
                let share = |window| if window < half { 0.9 } else { 0.9 - drop };
                let changes = find_shares(&mut Random(seed(sample, 300)), &sizes, share);
                found += u32::from(!changes.is_empty());
                exactly += u32::from(changes.iter().any(|change| change.at == half));
                within += u32::from(
                    changes
                        .iter()
                        .any(|change| (change.earliest..=change.latest).contains(&half)),
                );
                more += u32::from(changes.len() > 1);
            }
            let of = |count: u32| f64::from(count) / 10.0;
            let of_found = |count: u32| 100.0 * f64::from(count) / f64::from(found.max(1));
            println!(
                "| {windows} | {rows} | {:.0} points | {:.1} % | {:.1} % | {:.1} % of those found | {:.1} % |",
                100.0 * drop,
                of(found),
                of(exactly),
                of_found(within),
                of(more)
            );
        }
    }
}

fn other_shapes() {
    values_with_a_rise();
    println!("\nOther shapes, 30 windows of 300 rows, of 1,000: changes found\n");
    println!("| shape | none | one | two | more |");
    println!("| --- | --- | --- | --- | --- |");
    type Shape = fn(usize) -> f64;
    let shapes: [(&str, Shape); 4] = [
        ("0.90, but 0.80 in windows 12 to 16", |window| {
            if (12..17).contains(&window) { 0.8 } else { 0.9 }
        }),
        ("0.90, 0.85 from window 10, 0.80 from 20", |window| {
            0.9 - 0.05 * (window / 10) as f64
        }),
        ("0.90, but 0.80 in the last two windows", |window| {
            if window < 28 { 0.9 } else { 0.8 }
        }),
        ("falls evenly from 0.90 to 0.85", |window| {
            0.9 - 0.05 * window as f64 / 29.0
        }),
    ];
    for (name, share) in shapes {
        let mut counts = [0_u32; 4];
        for sample in 0..1_000 {
            let changes = find_shares(&mut Random(seed(sample, 400)), &[300; 30], share);
            counts[changes.len().min(3)] += 1;
        }
        let [none, one, two, more] = counts.map(|count| f64::from(count) / 10.0);
        println!("| {name} | {none:.1} % | {one:.1} % | {two:.1} % | {more:.1} % |");
    }
}

fn values_with_a_rise() {
    println!("\nA 95th percentile of latency that rises in the middle, of 1,000: found\n");
    println!("| windows | rows of a window | by 10 % | by 20 % | by 50 % |");
    println!("| --- | --- | --- | --- | --- |");
    for windows in [10, 20, 60] {
        for (name, sizes) in sizes(windows) {
            print!("| {windows} | {name} |");
            for factor in [1.1, 1.2, 1.5] {
                let found = (0..1_000_u64).filter(|&sample| {
                    let mut random = Random(seed(sample, 200));
                    let rises = |at: usize| if at < windows / 2 { 1.0 } else { factor };
                    let values = sizes.iter().enumerate();
                    let values: Vec<(f64, u64)> = values
                        .map(|(at, &rows)| (rises(at) * percentile(&mut random, rows), rows))
                        .collect();
                    !found(Series::Values(&values)).is_empty()
                });
                print!(" {:.1} % |", found.count() as f64 / 10.0);
            }
            println!();
        }
    }
}

/// Rows of each window.
fn sizes(windows: usize) -> Vec<(String, Vec<u64>)> {
    let equal = |rows: u64| (rows.to_string(), vec![rows; windows]);
    let spread = (0..windows).map(|window| [30, 300, 5_000, 80, 1_200][window * 3 % 5]);
    let growing = (0..windows).map(|window| 30 + (4_970 * window / (windows - 1)) as u64);
    vec![
        equal(30),
        equal(300),
        equal(5_000),
        ("30 to 5,000, mixed".to_owned(), spread.collect()),
        ("30 growing to 5,000".to_owned(), growing.collect()),
    ]
}

fn find_shares(
    random: &mut Random,
    sizes: &[u64],
    share: impl Fn(usize) -> f64,
) -> Vec<ChangePoint> {
    let windows = sizes.iter().enumerate();
    let windows: Vec<(u64, u64)> = windows
        .map(|(at, &rows)| (random.binomial(rows, share(at)), rows))
        .collect();
    found(Series::Shares(&windows))
}

fn found(series: Series<'_>) -> Vec<ChangePoint> {
    change_points(series, LEVEL).unwrap_or_default()
}

/// A ROC AUC about 0.85, which chance moves as it does with so many rows.
fn auc_like(random: &mut Random, rows: u64) -> f64 {
    (0.85 + 0.4 / (rows as f64).sqrt() * random.normal()).min(1.0)
}

/// The 95th percentile of log-normal latencies: it lies where the order of even numbers says, so that only two are taken to their
/// logarithm.
fn percentile(random: &mut Random, rows: u64) -> f64 {
    let mut shares: Vec<f64> = (0..rows).map(|_| random.uniform()).collect();
    let rank = 0.95 * (rows as f64 - 1.0);
    let (low, between) = (rank.floor() as usize, rank.fract());
    let (_, share, above) = shares.select_nth_unstable_by(low, f64::total_cmp);
    let next = above.iter().copied().fold(1.0, f64::min);
    let latency = |share: f64| libm::exp(0.6 * quantile(share).unwrap_or(0.0));
    let low = latency(*share);
    low + between * (latency(next) - low)
}

/// What varies from window to window, however many rows there are.
fn anything(random: &mut Random, _: u64) -> f64 {
    libm::exp(0.1 * random.normal())
}

/// Far apart from each other.
fn seed(sample: u64, of: u64) -> u64 {
    let mut random = Random(sample ^ of << 32);
    (random.uniform() * (1_u64 << 53) as f64) as u64 ^ sample << 40
}

/// A small generator of random numbers.
struct Random(u64);

impl Random {
    /// Between 0 and 1, both outside.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let (radius, angle) = (self.uniform(), self.uniform());
        (-2.0 * libm::log(radius)).sqrt() * libm::cos(std::f64::consts::TAU * angle)
    }

    fn binomial(&mut self, trials: u64, share: f64) -> u64 {
        (0..trials).filter(|_| self.uniform() < share).count() as u64
    }
}

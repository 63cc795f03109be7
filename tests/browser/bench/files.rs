//! Large files of predictions, the same on every machine.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Rows of the file that everything is timed on.
pub const ROWS: u32 = 1_000_000;
/// Rows of the large file.
pub const LARGE_ROWS: u32 = 10_000_000;
/// Rows as JSON Lines.
pub const JSON_ROWS: u32 = 200_000;
/// Rows with a score for each class.
pub const SCORED_ROWS: u32 = 50_000;
/// Classes with a score each.
pub const CLASSES: u32 = 200;

const COLUMNS: [&str; 13] = [
    "id",
    "time_hour",
    "split",
    "carrier",
    "origin",
    "dest",
    "distance",
    "wind_speed",
    "visib",
    "cancelled",
    "prediction",
    "score",
    "latency_ms",
];

/// Predicted cancellations of flights, as in the sample of that name.
pub fn flights_csv(folder: &Path, rows: u32) -> PathBuf {
    write(folder.join(format!("flights_{rows}.csv")), |file| {
        writeln!(file, "{}", COLUMNS.join(","))?;
        for row in 0..rows {
            writeln!(file, "{}", flight(row, rows).join(","))?;
        }
        Ok(())
    })
}

/// The same, an object a line.
pub fn flights_json_lines(folder: &Path, rows: u32) -> PathBuf {
    write(folder.join(format!("flights_{rows}.jsonl")), |file| {
        for row in 0..rows {
            let values = flight(row, rows);
            let pairs: Vec<String> = COLUMNS
                .iter()
                .zip(values)
                .map(|(name, value)| match value.parse::<f64>() {
                    Ok(_) => format!("\"{name}\":{value}"),
                    Err(_) => format!("\"{name}\":\"{value}\""),
                })
                .collect();
            writeln!(file, "{{{}}}", pairs.join(","))?;
        }
        Ok(())
    })
}

/// Label, prediction and the scores of many classes.
pub fn class_scores_csv(folder: &Path, rows: u32, classes: u32) -> PathBuf {
    write(folder.join(format!("classes_{classes}.csv")), |file| {
        write!(file, "label,prediction")?;
        for class in 0..classes {
            write!(file, ",proba_c{class}")?;
        }
        writeln!(file)?;
        for row in 0..rows {
            let mut chance = Chance(u64::from(row) << 32);
            let predicted = chance.below(classes);
            let label = if chance.unit() < 0.8 {
                predicted
            } else {
                chance.below(classes)
            };
            // The predicted class has the largest share; the others have what is left, unevenly.
            let shares: Vec<f64> = (0..classes).map(|_| chance.unit()).collect();
            let rest: f64 = shares.iter().sum();
            let top = 0.3 + 0.6 * chance.unit();
            write!(file, "c{label},c{predicted}")?;
            for (class, share) in (0..classes).zip(shares) {
                let score =
                    (1.0 - top) * share / rest + f64::from(u8::from(class == predicted)) * top;
                write!(file, ",{score:.6}")?;
            }
            writeln!(file)?;
        }
        Ok(())
    })
}

/// Writes a file row by row.
pub fn write(
    path: PathBuf,
    rows: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> PathBuf {
    let mut file = BufWriter::new(File::create(&path).unwrap());
    rows(&mut file).unwrap();
    file.flush().unwrap();
    path
}

fn flight(row: u32, rows: u32) -> [String; 13] {
    const CARRIERS: [&str; 6] = ["UA", "B6", "EV", "DL", "AA", "MQ"];
    const ORIGINS: [&str; 3] = ["EWR", "JFK", "LGA"];
    const DESTINATIONS: [&str; 8] = ["ORD", "ATL", "LAX", "BOS", "MCO", "CLT", "SFO", "FLL"];
    let mut chance = Chance(u64::from(row) << 32);
    let of = |names: &[&str], place: u32| names[place as usize].to_owned();
    // Most scores are small, as those of rare events are; at 0.5 few are caught.
    let score = fourth_power(chance.unit() * chance.unit());
    let is_cancelled = chance.unit() < 0.25 * score;
    let prediction = score >= 0.5;
    let split = if row < rows / 2 {
        "train"
    } else {
        "production"
    };
    [
        (100_000_000 + row).to_string(),
        time(u64::from(row) * 365 * 24 / u64::from(rows)),
        split.to_owned(),
        of(&CARRIERS, chance.below(6)),
        of(&ORIGINS, chance.below(3)),
        of(&DESTINATIONS, chance.below(8)),
        (80 + chance.below(4_900)).to_string(),
        format!("{:.2}", 40.0 * chance.unit()),
        chance.below(11).to_string(),
        u8::from(is_cancelled).to_string(),
        u8::from(prediction).to_string(),
        // Rounding must not lift a score over the threshold.
        format!("{:.6}", (score * 1e6).floor() / 1e6),
        format!("{:.3}", 2.0 + 18.0 * fourth_power(chance.unit())),
    ]
}

/// By multiplication alone, which gives the same bits everywhere.
pub fn fourth_power(number: f64) -> f64 {
    let square = number * number;
    square * square
}

/// The start of an hour of 2013, counted from the first.
fn time(hour: u64) -> String {
    format!("2013-{}T{:02}:00:00Z", date(hour / 24), hour % 24)
}

/// Month and day of a year without a leap day, of which so many days are over.
pub fn date(mut day: u64) -> String {
    const DAYS: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while day >= DAYS[month] {
        day -= DAYS[month];
        month += 1;
    }
    format!("{:02}-{:02}", month + 1, day + 1)
}

/// SplitMix64: numbers that look as if drawn, the same every time.
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to 1, 1 excluded.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number, the limit excluded.
    pub fn below(&mut self, limit: u32) -> u32 {
        (self.unit() * f64::from(limit)) as u32
    }
}

#[test]
fn files_are_the_same_on_every_machine() {
    let rows: Vec<String> = [0, 499_999, 999_999]
        .map(|row| flight(row, 1_000_000).join(","))
        .into();
    assert_eq!(
        rows,
        [
            "100000000,2013-01-01T00:00:00Z,train,MQ,EWR,LAX,931,30.86,2,0,0,0.021110,16.787",
            "100499999,2013-07-02T11:00:00Z,train,AA,JFK,ORD,2634,15.33,3,0,0,0.001342,13.165",
            "100999999,2013-12-31T23:00:00Z,production,DL,JFK,FLL,1511,30.95,4,0,0,0.000768,14.631",
        ]
    );
}

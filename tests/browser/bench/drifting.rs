//! A large file of predictions over fifty weeks, in which inputs, answers and latencies slowly move; the same on every machine.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::files::{Chance, date, fourth_power, write};

/// Rows of the file.
pub const ROWS: u32 = 1_000_000;
/// Columns that the model is told, besides the segments.
pub const FEATURES: u32 = 20;
/// Weeks from the first row to the last.
const WEEKS: f64 = 50.0;
/// Weeks of these that are the reference.
const REFERENCE_WEEKS: f64 = 10.0;
/// Features that are words.
const WORDS: u32 = 4;

/// Writes it, with so many rows.
pub fn csv(folder: &Path, rows: u32) -> PathBuf {
    write(folder.join(format!("drifting_{rows}.csv")), |file| {
        write!(file, "id,time,split,country,device")?;
        for feature in 1..=FEATURES {
            write!(file, ",feature_{feature:02}")?;
        }
        writeln!(file, ",label,prediction,score,latency_ms")?;
        for row in 0..rows {
            writeln!(file, "{}", prediction(row, rows))?;
        }
        Ok(())
    })
}

fn prediction(row: u32, rows: u32) -> String {
    const COUNTRIES: [&str; 8] = ["DE", "FR", "US", "GB", "ES", "IT", "PL", "SE"];
    const DEVICES: [&str; 3] = ["phone", "tablet", "desktop"];
    let mut chance = Chance(u64::from(row) << 32);
    let week = WEEKS * f64::from(row) / f64::from(rows);
    let is_reference = week < REFERENCE_WEEKS;
    // From 0 with the first row that is judged to 1 with the last.
    let drift = ((week - REFERENCE_WEEKS) / (WEEKS - REFERENCE_WEEKS)).max(0.0);
    let mut values = vec![
        (100_000_000 + row).to_string(),
        time(week),
        if is_reference {
            "reference"
        } else {
            "production"
        }
        .to_owned(),
        COUNTRIES[chance.below(8) as usize].to_owned(),
        DEVICES[chance.below(3) as usize].to_owned(),
    ];
    values.extend((0..FEATURES).map(|feature| input(feature, drift, &mut chance)));
    // Most scores are near 0 or 1. They promise what happens, at first; in the end more happens than they promise.
    let score = smooth_step(smooth_step((chance.unit() + 0.05 * drift).min(1.0)));
    let happens = chance.unit() < score + 0.2 * drift * (1.0 - score);
    values.extend([
        u8::from(happens).to_string(),
        u8::from(score >= 0.5).to_string(),
        // Rounding must not lift a score over the threshold.
        format!("{:.6}", (score * 1e6).floor() / 1e6),
        format!(
            "{:.3}",
            4.0 + 10.0 * drift + 40.0 * fourth_power(chance.unit())
        ),
    ]);
    values.join(",")
}

/// What the model is told: numbers of several kinds, then words. Every fourth of them moves.
fn input(feature: u32, drift: f64, chance: &mut Chance) -> String {
    let moved = if feature.is_multiple_of(4) {
        drift
    } else {
        0.0
    };
    if feature >= FEATURES - WORDS {
        // The last word becomes more frequent.
        let word = (8.0 * (chance.unit() + 0.3 * moved)).min(7.0) as u32;
        return format!("kind_{word}");
    }
    match feature % 3 {
        0 => {
            let (one, other) = (chance.unit(), chance.unit());
            format!("{:.3}", one + other + 0.3 * moved)
        }
        1 if chance.unit() < 0.02 + 0.05 * moved => String::new(),
        1 => format!(
            "{:.2}",
            1000.0 * fourth_power(chance.unit()) * (1.0 + moved)
        ),
        _ => chance.below(15 + (5.0 * moved) as u32).to_string(),
    }
}

/// From 0 to 1 with no slope at either end.
fn smooth_step(number: f64) -> f64 {
    number * number * (3.0 - 2.0 * number)
}

/// So many weeks after Monday, 6 January 2025; to the second.
fn time(weeks: f64) -> String {
    let seconds = (weeks * 7.0 * 86_400.0) as u64;
    format!(
        "2025-{}T{:02}:{:02}:{:02}Z",
        date(5 + seconds / 86_400),
        seconds / 3_600 % 24,
        seconds / 60 % 60,
        seconds % 60
    )
}

#[test]
fn the_drifting_file_is_the_same_on_every_machine() {
    let rows = [0, 499_999, 999_999].map(|row| prediction(row, ROWS));
    assert_eq!(
        rows,
        [
            "100000000,2025-01-06T00:00:00Z,reference,SE,tablet,0.997,11.48,2,1.017,24.71,11,1.079,72.27,7,0.970,535.62,9,\
             1.259,109.82,6,0.890,kind_7,kind_7,kind_1,kind_0,0,0,0.000004,5.149",
            "100499999,2025-06-29T23:59:29Z,production,FR,desktop,1.349,0.13,7,0.742,49.98,0,1.439,111.05,10,0.571,446.34,4,\
             1.122,0.02,8,1.200,kind_5,kind_4,kind_0,kind_3,1,0,0.368755,14.714",
            "100999999,2025-12-21T23:59:29Z,production,FR,desktop,1.504,590.49,4,1.195,401.62,2,1.200,21.71,13,1.064,354.97,3,\
             0.737,313.14,1,0.582,kind_7,kind_2,kind_5,kind_5,0,0,0.142665,16.523",
        ]
    );
}

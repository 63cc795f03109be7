//! Each pitfall is raised where it is, and not where it is not.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

mod data;
mod leakage;
mod model;
mod silence;

use greenlight_readiness::{
    Choices, Examination, Examiner, Pitfall, PitfallSeverity, Policy, Profile, Report,
    SourceReader, judge,
};

use PitfallSeverity::{Info, Serious, Warning};

fn judged(csv: &str, choices: &Choices) -> (Report, Examination) {
    let mut reader = SourceReader::new("test.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, choices).unwrap();
    let mut examiner = Examiner::new(&source, choices, &profile).unwrap();
    let (_, steps) = examiner.progress();
    let mut done = 0;
    while examiner.step() {
        done += 1;
        assert_eq!(examiner.progress(), (done, steps));
    }
    let examination = examiner.finish();
    profile.examination = Some(examination.clone());
    (judge(&profile, &Policy::balanced()), examination)
}

fn raised(csv: &str, name: &str) -> Option<Pitfall> {
    let (report, _) = judged(csv, &Choices::default());
    for pitfall in &report.pitfalls {
        assert!(pitfall.reason.ends_with(['.', '?']), "{}", pitfall.reason);
        assert!(pitfall.advice.ends_with(['.', '?']), "{}", pitfall.advice);
    }
    report
        .pitfalls
        .into_iter()
        .find(|pitfall| pitfall.name == name)
}

fn severity(csv: &str, name: &str) -> Option<PitfallSeverity> {
    raised(csv, name).map(|pitfall| pitfall.severity)
}

/// A number in [0, 1) for a row and a purpose: the same every time, and unrelated to others.
fn random(row: usize, purpose: u64) -> f64 {
    let mut bits = (row as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ purpose.wrapping_mul(0xD1B5_4A32_D192_ED03);
    bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((bits ^ bits >> 31) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A row of an honest file of 2,000: half train, half test; one informative feature and one of noise; calibrated scores.
#[derive(Clone)]
struct Row {
    id: String,
    split: &'static str,
    label: String,
    prediction: String,
    score: String,
    feature: f64,
    noise: f64,
    extra: String,
}

fn honest(rows: usize) -> Vec<Row> {
    (0..rows)
        .map(|row| {
            let score = random(row, 1);
            let label = u8::from(random(row, 2) < score);
            Row {
                id: format!("case {row}"),
                split: if row % 2 == 0 { "train" } else { "test" },
                label: label.to_string(),
                prediction: u8::from(score >= 0.5).to_string(),
                score: score.to_string(),
                feature: score + random(row, 3),
                noise: random(row, 4),
                extra: random(row, 5).to_string(),
            }
        })
        .collect()
}

fn csv(rows: &[Row]) -> String {
    let mut csv = "id,split,label,prediction,score,feature,noise,extra,latency_ms\n".to_owned();
    for row in rows {
        csv.push_str(&format!(
            "{},{},{},{},{},{},{},{},5\n",
            row.id,
            row.split,
            row.label,
            row.prediction,
            row.score,
            row.feature,
            row.noise,
            row.extra
        ));
    }
    csv
}

fn changed(change: impl Fn(usize, &mut Row)) -> String {
    let mut rows = honest(2_000);
    for (at, row) in rows.iter_mut().enumerate() {
        change(at, row);
    }
    csv(&rows)
}

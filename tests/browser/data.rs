//! Files to load.

use greenlight_readiness::monitoring::row_rules;
use greenlight_readiness::{Choices, Policy, Profile, Report, SourceReader, judge};

/// Rows of label and prediction: 90 and 10 of the positive class, 5 and 95 of the other.
pub fn matrix_90_10_5_95() -> String {
    repeated(
        "label,prediction",
        &[
            ("Pos,Pos", 90),
            ("Pos,Neg", 10),
            ("Neg,Pos", 5),
            ("Neg,Neg", 95),
        ],
    )
}

/// 98 % of 10,000 answers are right, and 24 of 200 cases of fraud are caught.
pub fn fraud() -> String {
    repeated(
        "is_fraud,prediction",
        &[("1,1", 24), ("1,0", 176), ("0,1", 24), ("0,0", 9_776)],
    )
}

/// 45 mails are ham and were predicted spam, among others; the score agrees with some predictions alone.
/// The last rows cannot be used.
pub fn mails() -> String {
    let mut csv = "note,label,prediction,score,id\n".to_owned();
    for row in 0..160 {
        let (label, prediction) = match row {
            0..45 => ("ham", "spam"),
            45..50 => ("spam", "ham"),
            50..100 => ("spam", "spam"),
            _ => ("ham", "ham"),
        };
        let score = f64::from(row * 37 % 100) / 100.0;
        csv += &format!("=note {row},{label},{prediction},{score},m{row}\n");
    }
    csv + "lost,,ham,0.5,m160\nshort,ham\n"
}

/// So many rows of id, label, prediction, score and latency.
pub fn large(rows: u32) -> String {
    let mut csv = "id,label,prediction,score,latency_ms\n".to_owned();
    let mut state = 1_u32;
    for row in 0..rows {
        // Numerical Recipes' generator: the same file every time.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let score = f64::from(state >> 8) / f64::from(1_u32 << 24);
        let label = u8::from(score > 0.5) ^ u8::from(state % 97 < 6);
        let prediction = u8::from(score > 0.5);
        csv += &format!(
            "{row},{label},{prediction},{score:.6},{:.2}\n",
            10.0 + 40.0 * score
        );
    }
    csv
}

/// So many rows with two segments, a few features and a score; answers about `south` are wrong more often.
pub fn segmented(rows: u32) -> String {
    let mut csv = "is_fraud,score,region,country,age,amount\n".to_owned();
    let mut state = 7_u32;
    let mut drawn = |below: u32| {
        // As above.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    for _ in 0..rows {
        let region = ["north", "south", "east"][drawn(3) as usize];
        let (country, age, amount) = (drawn(70), 18 + drawn(60), drawn(5_000));
        let score = f64::from(drawn(100_000)) / 100_000.0;
        let noise = if region == "south" { 60 } else { 12 };
        let label = u8::from(score > 0.5) ^ u8::from(drawn(100) < noise);
        csv += &format!("{label},{score},{region},c{country},{age},{amount}\n");
    }
    csv
}

/// So many answers, of which slow ones are wrong more often, those to `south` are slow, one in fifty calls times out, and each costs
/// something.
pub fn slow(rows: u32) -> String {
    let mut csv = "label,prediction,latency_ms,region,model,split,error,cost_usd\n".to_owned();
    let mut state = 11_u32;
    let mut drawn = |below: u32| {
        // As above.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    for row in 0..rows {
        let region = ["north", "south", "east"][drawn(3) as usize];
        let slower = if region == "south" { 40 } else { 0 };
        let latency = 20 + slower + drawn(20) + drawn(20) * drawn(20) / 5;
        let label = drawn(2);
        let prediction = label ^ u32::from(drawn(400) < latency);
        let split = if row % 3 == 0 { "train" } else { "production" };
        let model = ["v1", "v2"][drawn(2) as usize];
        let cost = f64::from(1 + drawn(9)) / 1_000.0;
        csv += &match drawn(50) {
            0 => format!("{label},{prediction},30000,{region},{model},{split},timeout,{cost}\n"),
            _ => format!("{label},{prediction},{latency},{region},{model},{split},,{cost}\n"),
        };
    }
    csv
}

/// A header and each line as often as it says.
pub fn repeated(header: &str, groups: &[(&str, usize)]) -> String {
    let rows = groups
        .iter()
        .map(|(line, times)| format!("{line}\n").repeat(*times));
    format!("{header}\n{}", rows.collect::<String>())
}

/// The report as `greenlight check` makes it.
pub fn report(name: &str, content: &[u8], choices: &Choices, policy: &Policy) -> Report {
    let mut reader = SourceReader::new(name);
    reader.feed(content).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    profile.watch(&source, choices, &row_rules(policy)).unwrap();
    judge(&profile, policy)
}

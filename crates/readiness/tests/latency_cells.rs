//! Cells of the latency column that are no latencies, latencies of 0, and a unit that nothing says.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use std::fmt::Write;

use greenlight_data::{LatencyUnit, Role};
use greenlight_readiness::latency_words::LatencyWords;
use greenlight_readiness::{
    Choices, CriterionResult, Metric, Outcome, Policy, Profile, SourceReader, judge,
};

/// Right answers with what stands in their latency column.
fn csv(name: &str, cells: impl IntoIterator<Item = String>) -> String {
    let mut csv = format!("label,prediction,{name}\n");
    for (row, cell) in cells.into_iter().enumerate() {
        writeln!(csv, "{0},{0},{cell}", row % 2).unwrap();
    }
    csv
}

fn profile_by(csv: &str, choices: &Choices) -> Result<Profile, String> {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    Profile::of(&source, choices).map_err(|error| error.to_string())
}

fn profile(csv: &str) -> Profile {
    profile_by(csv, &Choices::default()).unwrap()
}

fn remarks(profile: &Profile) -> Vec<String> {
    let remarks = LatencyWords::of(profile).unwrap().remarks;
    remarks
        .iter()
        .map(|text| text.replace('\u{202f}', " "))
        .collect()
}

fn p95(profile: &Profile) -> CriterionResult {
    let report = judge(profile, &Policy::balanced());
    let mut criteria = report.criteria.into_iter();
    criteria
        .find(|criterion| criterion.metric == Metric::LatencyP95)
        .unwrap()
}

#[test]
fn a_text_among_latencies_is_counted_and_shown_with_what_to_do() {
    let cells = (0..400).map(|row| match row % 40 {
        4 => "timeout".to_owned(),
        _ => "20".to_owned(),
    });
    let profile = profile(&csv("latency_ms", cells));
    assert_eq!(profile.overall.rows, 390);
    let said = remarks(&profile);
    let said = said.iter().find(|said| said.contains("timeout")).unwrap();
    assert!(
        said.starts_with(
            "10 rows are left out altogether, since their latency is no number, the first in row 5: “timeout”; \
             where such a call failed or timed out, say so in a column of failed calls"
        ),
        "{said}"
    );
}

#[test]
fn latencies_below_0_are_told_and_a_column_of_nothing_else_says_what_to_do() {
    let cells = (0..300).map(|row| if row < 3 { -5 } else { 20 }.to_string());
    let said = remarks(&profile(&csv("latency_ms", cells)));
    assert!(
        said.iter().any(|said| said.starts_with(
            "3 rows are left out altogether, since their latency is below 0, the first in row 1: “-5”; leave such cells empty"
        )),
        "{said:?}"
    );
    let mut choices = Choices::default();
    choices.set_role(Role::Latency, ["latency_ms"]);
    let cells = (1..300).map(|row| (-row).to_string());
    let refused = profile_by(&csv("latency_ms", cells), &choices).unwrap_err();
    assert_eq!(
        refused,
        "none of the 299 rows can be used: the latency is negative (first in row 1); choose another column as the latency, or none"
    );
}

#[test]
fn latencies_that_are_all_0_pass_nothing() {
    let zeros = profile(&csv("latency_ms", (0..400).map(|_| "0".to_owned())));
    let criterion = p95(&zeros);
    assert_eq!(
        (criterion.value, criterion.outcome),
        (Some(0.0), Outcome::NoEvidence)
    );
    assert!(
        criterion
            .reason
            .ends_with("every latency is 0, so that none seems to have been measured."),
        "{}",
        criterion.reason
    );
    let words = LatencyWords::of(&zeros).unwrap();
    assert_eq!(
        words.finding,
        "Every latency is 0: none seems to have been measured"
    );
    // One that is not 0 is a measurement.
    let one = (0..400).map(|row| u8::from(row == 7).to_string());
    assert_eq!(
        p95(&profile(&csv("latency_ms", one))).outcome,
        Outcome::Pass
    );
}

#[test]
fn a_unit_that_nothing_says_is_named_where_latency_passes_until_a_person_says_it() {
    let cells = || (0..400).map(|row| (20 + row % 7).to_string());
    let assumed = profile(&csv("latency", cells()));
    assert!(assumed.settings.is_latency_unit_assumed);
    let criterion = p95(&assumed);
    assert_eq!(criterion.outcome, Outcome::Pass);
    assert!(
        criterion
            .reason
            .ends_with("“latency” is taken as milliseconds, for nothing says its unit."),
        "{}",
        criterion.reason
    );
    let said = Choices {
        latency_unit: Some(LatencyUnit::Milliseconds),
        ..Choices::default()
    };
    let written = (0..400).map(|row| format!("{} ms", 20 + row % 7));
    for known in [
        profile_by(&csv("latency", cells()), &said).unwrap(),
        profile(&csv("latency_ms", cells())),
        profile(&csv("latency", written)),
    ] {
        assert!(!known.settings.is_latency_unit_assumed);
        assert!(!p95(&known).reason.contains("taken as"));
    }
    // A column that was chosen by hand says its unit as well.
    let mut choices = Choices::default();
    choices.set_role(Role::Latency, ["waited_us"]);
    let chosen = profile_by(&csv("waited_us", cells()), &choices).unwrap();
    assert_eq!(chosen.settings.latency_unit, LatencyUnit::Microseconds);
}

//! Another threshold from the profile alone is what another pass over the rows would give.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use greenlight_readiness::{Certainty, Choices, Policy, Profile, SourceReader, judge};

/// Rows of two splits and of none, with ties, scores and costs.
fn source(rows: u32) -> greenlight_readiness::Source {
    let mut csv = String::from("label,prediction,score,split,latency_ms,cost\n");
    for row in 0..rows {
        let score = f64::from(row * 7_919 % 1_009) / 1_009.0;
        let label = u32::from(row * 31 % 17 < (score * 17.0) as u32);
        let split = ["train", "test", ""][(row % 5 / 2) as usize];
        let prediction = u32::from(score > 0.4);
        writeln!(
            csv,
            "{label},{prediction},{score},{split},{},0.{}",
            row % 90,
            row % 7
        )
        .unwrap();
    }
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

#[test]
fn a_profile_decided_anew_is_the_profile_of_that_threshold() {
    for rows in [20, 3_000] {
        let source = source(rows);
        let (profile, scores) = Profile::with_scores(&source, &Choices::default()).unwrap();
        for threshold in [-1.0, 0.0, 0.25, 0.5, 0.777_7, 1.0, 2.0] {
            let choices = Choices {
                threshold: Some(threshold),
                ..Choices::default()
            };
            let expected = Profile::of(&source, &choices).unwrap();
            let counts = scores.counts_at(threshold);
            let (decided, certainty) = profile.decided_at(threshold, Some(&counts)).unwrap();
            assert_eq!(certainty, Certainty::Exact);
            assert_eq!(decided, expected, "{rows} rows at {threshold}");
            let policy = Policy::fraud();
            assert_eq!(judge(&decided, &policy), judge(&expected, &policy));
        }
    }
}

#[test]
fn few_scores_need_no_engine() {
    let source = source(500);
    let profile = Profile::of(&source, &Choices::default()).unwrap();
    let choices = Choices {
        threshold: Some(0.31),
        ..Choices::default()
    };
    let (decided, certainty) = profile.decided_at(0.31, None).unwrap();
    assert_eq!(certainty, Certainty::Exact);
    assert_eq!(decided, Profile::of(&source, &choices).unwrap());
}

#[test]
fn counts_of_another_threshold_are_not_taken_for_this_one() {
    let source = source(500);
    let (profile, scores) = Profile::with_scores(&source, &Choices::default()).unwrap();
    let other = scores.counts_at(0.9);
    assert_eq!(
        profile.decided_at(0.2, Some(&other)),
        profile.decided_at(0.2, None)
    );
}

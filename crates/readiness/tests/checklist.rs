//! What files show of the readiness checklist, on both sides of each line that is drawn.

#![allow(clippy::unwrap_used)]

use greenlight_data::Role;
use greenlight_readiness::checklist::{Attestation, Attestations, ITEMS, Level};
use greenlight_readiness::{Choices, Policy, Profile, Report, SourceReader, judge};

fn judged_with(csv: &str, choices: &Choices, is_examined: bool) -> Report {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, choices).unwrap();
    if is_examined {
        profile.examine(&source, choices).unwrap();
    }
    judge(&profile, &Policy::balanced())
}

fn judged(csv: &str) -> Report {
    judged_with(csv, &Choices::default(), true)
}

/// What the file says of an item, with plain spaces, and whether that counts.
fn said(report: &Report, name: &str) -> Option<(bool, String)> {
    let mut items = report.checklist.items.iter();
    let item = items.find(|item| item.name == name).unwrap();
    let level = if item.is_shown {
        Level::ByHand
    } else {
        Level::NotDone
    };
    assert_eq!(item.level, level, "{name}");
    let evidence = item.evidence.as_ref()?;
    Some((item.is_shown, evidence.replace(['\u{202f}', '\u{a0}'], " ")))
}

fn shows(report: &Report, name: &str) -> String {
    let (is_shown, evidence) = said(report, name).unwrap();
    assert!(is_shown, "{name}: {evidence}");
    evidence
}

fn mentions(report: &Report, name: &str) -> String {
    let (is_shown, evidence) = said(report, name).unwrap();
    assert!(!is_shown, "{name}: {evidence}");
    evidence
}

/// Rows in groups: what stands before and after label and prediction, the right ones and the wrong ones.
fn rows(header: &str, groups: &[(&str, usize, usize)]) -> String {
    let mut csv = format!("{header}\n");
    for (more, right, wrong) in groups {
        for (cells, times) in [
            ("1,1", right.div_ceil(2)),
            ("0,0", right / 2),
            ("0,1", *wrong),
        ] {
            csv += &format!("{cells},{more}\n").repeat(times);
        }
    }
    csv
}

#[test]
fn a_bare_file_shows_nothing() {
    let report = judged(&rows("label,prediction,split", &[("test", 2, 1)]));
    let shown = report.checklist.items.iter().filter(|item| item.is_shown);
    assert_eq!(shown.count(), 0);
    assert_eq!(report.checklist.score, None);
    assert_eq!(
        report.notes["/checklist/score"],
        "the self-attested part is not filled in"
    );
    // Of so few rows nothing but what was left out is said.
    assert_eq!(said(&report, "simpler_not_better"), None);
    assert_eq!(
        mentions(&report, "data_invariants"),
        "0 of 3 rows could not be used. Whether the inputs look like those of training was not compared."
    );
}

#[test]
fn the_most_frequent_answer_is_no_simpler_model() {
    let report = judged(&rows("label,prediction,split", &[("test", 90, 10)]));
    assert_eq!(
        mentions(&report, "simpler_not_better"),
        "Accuracy is 90.0 % (82.6–94.5 %) on 100 rows; the most frequent answer alone would be right in 55.0 %. That is no \
         model: whether a simple one does as well is not in the file."
    );
}

#[test]
fn rows_kept_apart_show_that_it_was_judged_before() {
    let csv = rows(
        "label,prediction,split",
        &[("train", 100, 0), ("test", 27, 3)],
    );
    assert_eq!(
        shows(&judged(&csv), "validated_before_serving"),
        "Accuracy is 90.0 % (74.4–96.5 %) on 30 rows of “test”, rows that are kept apart by their name. Whether a worse model \
         than the last one would be stopped is not in the file."
    );
    // One row fewer; rows from use; rows of training; no splits.
    for (header, groups) in [
        (
            "label,prediction,split",
            [("train", 100, 0), ("test", 26, 3)],
        ),
        (
            "label,prediction,split",
            [("train", 100, 0), ("production", 90, 10)],
        ),
        (
            "label,prediction,split",
            [("train", 100, 0), ("train", 90, 10)],
        ),
        (
            "label,prediction,region",
            [("north", 100, 0), ("south", 90, 10)],
        ),
    ] {
        let report = judged(&rows(header, &groups));
        assert_eq!(
            said(&report, "validated_before_serving"),
            None,
            "{groups:?}"
        );
    }
    // Beside rows from use, the others still were judged before.
    let groups = [
        ("train", 100, 0),
        ("validation", 90, 10),
        ("production", 90, 10),
    ];
    let report = judged(&rows("label,prediction,split", &groups));
    assert!(shows(&report, "validated_before_serving").contains("“validation”"));
}

#[test]
fn rows_that_were_trained_on_show_nothing() {
    let mut csv = String::from("label,prediction,split,x,y\n");
    for split in ["train", "test"] {
        for row in 0..200 {
            let label = row % 2;
            csv += &format!(
                "{label},{label},{split},{},{}\n",
                row * 7919 % 211,
                row * 31 % 97
            );
        }
    }
    let report = judged(&csv);
    assert!(
        report
            .pitfalls
            .iter()
            .any(|pitfall| pitfall.name == "leakage")
    );
    let evidence = mentions(&report, "validated_before_serving");
    assert!(evidence.contains("but that may say too much"), "{evidence}");
    assert!(evidence.contains("exactly the inputs"), "{evidence}");
}

#[test]
fn quality_in_use_takes_labelled_rows_of_production_with_their_times() {
    let with = |name: &str, time: &str, right: usize| {
        let header = format!(
            "label,prediction,split{}",
            if time.is_empty() { "" } else { ",timestamp" }
        );
        let more = format!("{name}{time}");
        judged(&rows(&header, &[(&more, right, 3)]))
    };
    let time = ",2024-05-01T00:00:00Z";
    assert_eq!(
        shows(&with("production", time, 27), "served_quality"),
        "Accuracy is 90.0 % (74.4–96.5 %) on 30 rows of “production”, with the time of each. That it is measured again and \
         again, one file does not show."
    );
    assert!(mentions(&with("production", "", 27), "served_quality").contains("Without times"));
    assert!(
        mentions(&with("current", time, 27), "served_quality").contains("the name does not say")
    );
    assert_eq!(said(&with("production", time, 26), "served_quality"), None);
    assert_eq!(said(&with("test", time, 27), "served_quality"), None);
}

fn segmented(header: &str, groups: &[(&str, usize, usize)]) -> Report {
    let mut choices = Choices::default();
    let column = header.rsplit(',').next().unwrap().to_owned();
    choices.set_role(Role::Segment, vec![column]);
    judged_with(&rows(header, groups), &choices, true)
}

#[test]
fn parts_are_shown_where_none_is_far_behind() {
    let header = "label,prediction,region";
    let report = segmented(
        header,
        &[("north", 95, 5), ("south", 90, 10), ("west", 5, 1)],
    );
    assert_eq!(
        shows(&report, "slices"),
        "Accuracy was counted in 2 parts of at least 30 rows, by “region”; it is lowest where region is “south”: 90.0 % of \
         100 rows. None is surely more than 10 points behind the rest. Which parts are important, and whether other metrics \
         hold in them, the file does not say."
    );
    // Another part surely is.
    let behind = segmented(header, &[("north", 380, 20), ("south", 240, 160)]);
    let evidence = mentions(&behind, "slices");
    assert!(
        evidence.ends_with(
            "Where region is “south”, it is 35.0 points lower than elsewhere: it does not hold."
        ),
        "{evidence}"
    );
    // Surely behind, but not that far.
    let near = segmented(header, &[("north", 1990, 10), ("south", 1940, 60)]);
    shows(&near, "slices");
    // Cases are so rare that accuracy holds wherever they are missed.
    let mut rare = format!("{header}\n");
    for region in ["north", "south"] {
        rare += &format!("0,0,{region}\n").repeat(480);
        rare += &format!("1,0,{region}\n").repeat(20);
    }
    let mut choices = Choices::default();
    choices.set_role(Role::Segment, vec!["region".to_owned()]);
    choices.positive = Some("1".to_owned());
    let rare = judged_with(&rare, &choices, true);
    assert!(mentions(&rare, "slices").ends_with("accuracy flatters where a class is so rare."));
    // A single part, no part, and rows that nobody has looked at.
    assert_eq!(
        said(
            &segmented(header, &[("north", 95, 5), ("south", 20, 1)]),
            "slices"
        ),
        None
    );
    assert_eq!(
        said(&judged("label,prediction\n1,1\n0,0\n"), "slices"),
        None
    );
    let csv = rows(header, &[("north", 95, 5), ("south", 90, 10)]);
    let early = judged_with(&csv, &Choices::default(), false);
    assert_eq!(said(&early, "slices"), None);
    assert_eq!(said(&early, "inclusion"), None);
}

#[test]
fn fair_treatment_is_examined_where_a_column_groups_people() {
    let groups = [("a", 40, 10), ("b", 48, 2), ("c", 5, 0)];
    let of = |column: &str| segmented(&format!("label,prediction,{column}"), &groups);
    assert_eq!(
        shows(&of("applicant_sex"), "inclusion"),
        "2 groups by “applicant_sex” of at least 30 rows were compared; the furthest lie 8.0 points apart in shares predicted \
         positive, 0 points apart in recall, 25.6 points apart in false alarm rate. Whether that is fair, and whether other \
         groups matter, people have to say."
    );
    shows(&of("age_group"), "inclusion");
    for column in ["region", "account_age", "sextant", "language"] {
        let evidence = mentions(&of(column), "inclusion");
        assert!(evidence.ends_with("the file does not say."), "{evidence}");
    }
    // One group is no comparison.
    let one = segmented("label,prediction,sex", &[("a", 40, 10), ("c", 5, 0)]);
    assert_eq!(said(&one, "inclusion"), None);
}

#[test]
fn scores_are_stable_where_each_is_a_finite_share() {
    let scored = |last: &str, times: usize| {
        judged(&format!(
            "label,score\n{}{last}\n",
            "1,0.9\n0,0.2\n".repeat(times)
        ))
    };
    assert_eq!(
        shows(&scored("1,1", 15), "numerically_stable"),
        "The scores of all 31 rows are finite numbers from 0 to 1. Weights, and the numbers of training, are not in the file."
    );
    for last in ["1,NaN", "1,", "1,inf"] {
        assert_eq!(
            mentions(&scored(last, 15), "numerically_stable"),
            "1 of 31 rows have a score that is missing or no finite number.",
            "{last}"
        );
    }
    assert!(mentions(&scored("1,1.001", 15), "numerically_stable").contains("outside 0 to 1"));
    assert_eq!(said(&scored("1,1", 14), "numerically_stable"), None);
    assert_eq!(
        said(
            &judged(&rows("label,prediction,split", &[("test", 99, 1)])),
            "numerically_stable"
        ),
        None
    );
    // A label that is missing is no number that is impossible.
    shows(&scored(",0.5", 15), "numerically_stable");

    let classes = |last: &str| {
        let all = "a,0.6,0.2,0.2\nb,0.1,0.8,0.1\nc,0,0,1\n".repeat(10);
        judged(&format!("label,proba_a,proba_b,proba_c\n{all}{last}\n"))
    };
    shows(&classes("a,1,0,0"), "numerically_stable");
    assert!(
        mentions(&classes("a,1,1,0"), "numerically_stable").contains("1 of 31 rows do not add up")
    );
    assert!(
        mentions(&classes("a,1,,0"), "numerically_stable").contains("1 of 31 rows have a score")
    );
}

#[test]
fn speed_is_shown_beside_an_earlier_one() {
    let timed = |splits: &[(&str, usize)]| {
        let rows = splits
            .iter()
            .map(|(split, times)| format!("1,1,{split},100\n0,0,{split},100\n").repeat(times / 2));
        judged(&format!(
            "label,prediction,split,latency_ms\n{}",
            rows.collect::<String>()
        ))
    };
    assert_eq!(
        shows(
            &timed(&[("train", 30), ("production", 40)]),
            "computing_performance"
        ),
        "95 of 100 answers take at most 100 ms (40 calls) in “production” and 100 ms (30 calls) in “train”. Memory, and the \
         time of training, are not in the file."
    );
    assert_eq!(
        mentions(
            &timed(&[("train", 28), ("production", 40)]),
            "computing_performance"
        ),
        "95 of 100 answers take at most 100 ms (40 calls). Whether that got worse cannot be told without earlier latencies."
    );
    mentions(&timed(&[("production", 40)]), "computing_performance");
    assert_eq!(
        said(
            &timed(&[("train", 30), ("production", 28)]),
            "computing_performance"
        ),
        None
    );
}

#[test]
fn what_is_attested_joins_what_is_measured_and_leaves_the_verdict() {
    let csv = rows(
        "label,prediction,split",
        &[("train", 100, 0), ("test", 27, 3)],
    );
    let report = judged(&csv);
    let mut attested = Attestations::default();
    for item in &ITEMS {
        let (level, note) = (Level::Automated, format!("see {}", item.name));
        attested.set(item, Attestation { level, note });
    }
    let with = report.clone().with_attestations(&attested);
    assert_eq!(with.checklist.score, Some(7.0));
    assert_eq!(with.notes.get("/checklist/score"), None);
    assert_eq!(
        (with.verdict, &with.reasons, &with.criteria),
        (report.verdict, &report.reasons, &report.criteria)
    );
    let item = with
        .checklist
        .items
        .iter()
        .find(|item| item.name == "validated_before_serving");
    assert!(item.unwrap().evidence.is_some());
    // And back again, to the last bit.
    assert_eq!(with.with_attestations(&Attestations::default()), report);
}

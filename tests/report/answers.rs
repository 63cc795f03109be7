//! Graded answers, as files of every shape that people bring, held against scikit-learn, scipy and pandas:
//! tests/reference/answers.py writes the files and what must be said of them.

use greenlight_readiness::{
    Choices, Outcome, PitfallSeverity, Policy, Profile, ProfileError, Report, Source, SourceReader,
    Verdict, judge,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

use crate::golden::agree;

fn shapes() -> Vec<(String, String, Value)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference/answers.json");
    let reference: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let shapes = reference["shapes"].as_object().unwrap();
    let shape = |(name, shape): (&String, &Value)| {
        let csv = shape["csv"].as_str().unwrap().to_owned();
        (name.clone(), csv, shape["answers"].clone())
    };
    shapes.iter().map(shape).collect()
}

fn read(name: &str, text: &str) -> Source {
    let mut reader = SourceReader::new(name);
    reader.feed(text.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

fn judged_by(text: &str, choices: &Choices, policy: &Policy) -> Report {
    let source = read("answers", text);
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    judge(&profile, policy)
}

fn judged(text: &str) -> Report {
    judged_by(text, &Choices::default(), &Policy::assistant())
}

fn value_of(report: &Report) -> Value {
    serde_json::to_value(report).unwrap()
}

fn differ(got: &Value, expected: &Value, place: &str, wrong: &mut Vec<String>) {
    match expected {
        Value::Object(expected) => {
            for (key, expected) in expected {
                differ(&got[key], expected, &format!("{place}/{key}"), wrong);
            }
        }
        Value::Array(expected) => {
            for (index, expected) in expected.iter().enumerate() {
                differ(&got[index], expected, &format!("{place}/{index}"), wrong);
            }
        }
        _ if agree(got, expected) => {}
        _ => wrong.push(format!("{place}: got {got}, expected {expected}")),
    }
}

#[test]
fn every_shape_agrees_with_scikit_learn_scipy_and_pandas() {
    let shapes = shapes();
    assert_eq!(shapes.len(), 7);
    for (name, csv, expected) in shapes {
        let report = judged(&csv);
        let mut wrong = Vec::new();
        let document = value_of(&report);
        differ(&document["answers"], &expected, &name, &mut wrong);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        // No row is lost because somebody did not grade it.
        assert_eq!(
            report.overall.rows as usize,
            csv.lines().count() - 1,
            "{name}"
        );
        assert!(report.sources[0].rejected.is_empty(), "{name}");
        let accepted = &report.criteria[0];
        assert_eq!(accepted.name, "accepted_share");
        let decided_by = format!(
            "/accepted_by_{}/share",
            expected["decided_by"].as_str().unwrap()
        );
        assert_eq!(
            accepted.value,
            expected.pointer(&decided_by).unwrap().as_f64(),
            "{name}"
        );
        assert_ne!(accepted.outcome, Outcome::NoEvidence, "{name}");
        assert_ne!(report.verdict, Verdict::NotEnoughEvidence, "{name}");
        // No pitfall of a classifier: many accepted answers are no imbalance.
        for pitfall in &report.pitfalls {
            assert_eq!(
                pitfall.severity,
                PitfallSeverity::Info,
                "{name}: {}",
                pitfall.name
            );
        }
    }
}

#[test]
fn json_lines_give_the_same_answers() {
    for (name, csv, expected) in shapes() {
        let mut lines = csv.lines();
        let header: Vec<&str> = lines.next().unwrap().split(',').collect();
        let line = |line: &str| {
            let cells = header.iter().zip(line.split(','));
            let cells = cells.filter(|(_, cell)| !cell.is_empty());
            let value = |cell: &str| serde_json::from_str(cell).unwrap_or_else(|_| json!(cell));
            let row: serde_json::Map<String, Value> = cells
                .map(|(name, cell)| ((*name).to_owned(), value(cell)))
                .collect();
            Value::Object(row).to_string()
        };
        let json: Vec<String> = lines.map(line).collect();
        let report = value_of(&judged(&json.join("\n")));
        let mut wrong = Vec::new();
        differ(&report["answers"], &expected, &name, &mut wrong);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn each_shape_is_spoken_of_as_it_is() {
    let shapes = shapes();
    let report = |name: &str| {
        let shape = shapes.iter().find(|(known, ..)| known.starts_with(name));
        judged(&shape.unwrap().1)
    };
    let plain = |text: &str| text.replace(['\u{202f}', '\u{a0}'], " ");
    let reason = |report: &Report, name: &str| {
        let found = report
            .criteria
            .iter()
            .find(|criterion| criterion.name == name);
        plain(&found.unwrap().reason)
    };
    for (shape, criterion, words) in [
        (
            "pass or fail",
            "accepted_share",
            "People accept 91.6 % of the answers (196 of 214)",
        ),
        (
            "grades from 1 to 5",
            "accepted_share",
            "(116 of 137 are graded 4 or more)",
        ),
        (
            "grades from 1 to 4",
            "accepted_share",
            "A judge accepts 91.3 % of the answers",
        ),
        (
            "grades from 1 to 4",
            "accepted_share",
            "people agree with it on 15 of 15",
        ),
        (
            "a judge alone",
            "accepted_share",
            "no person graded these answers",
        ),
        (
            "a judge alone",
            "judge_agreement",
            "no person graded these answers",
        ),
        (
            "people alone",
            "judge_agreement",
            "no judge graded these answers",
        ),
        (
            "people alone",
            "repeat_consistency",
            "no id has more than one answer",
        ),
        ("grades from 1 to 5", "judge_agreement", "weighted κ"),
        (
            "pass or fail",
            "cost_per_accepted",
            "An answer that people accept costs 0.0544",
        ),
        (
            "several answers",
            "cost_per_accepted",
            "no column says what a prediction costs",
        ),
        (
            "several answers",
            "repeat_consistency",
            "Repeats of the same id agree for",
        ),
    ] {
        let reason = reason(&report(shape), criterion);
        assert!(reason.contains(words), "{shape}: {reason}");
    }
}

#[test]
fn the_pass_mark_can_be_chosen() {
    let (_, csv, _) = shapes().swap_remove(3);
    let choose = |mark: &str| Choices {
        pass_mark: Some(mark.to_owned()),
        ..Choices::default()
    };
    let accepted = |mark: &str| {
        let report = judged_by(&csv, &choose(mark), &Policy::assistant());
        let answers = report.answers.unwrap();
        (
            answers.pass_mark,
            answers.accepted_by_human.unwrap().accepted,
        )
    };
    let (four, three) = (accepted("4"), accepted("3"));
    assert_eq!((four.0, three.0), (Some(4.0), Some(3.0)));
    assert!(four.1 < three.1);
    let unknown = Profile::of(&read("answers", &csv), &choose("good"));
    assert!(
        matches!(unknown, Err(ProfileError::PassMark { .. })),
        "{unknown:?}"
    );

    // Of words one accepts; and whoever says so says that these are grades, whatever they are called.
    let csv = "label,prediction\nA,A\nB,\nC,A\n,B\n";
    let report = judged_by(csv, &choose("A"), &Policy::assistant());
    let answers = report.answers.unwrap();
    assert_eq!(answers.accepted_classes, ["A"]);
    assert_eq!(answers.accepted_by_human.unwrap().rows, 3);
    assert_eq!(answers.accepted_by_judge.unwrap().accepted, 2);
}

#[test]
fn many_accepted_answers_are_no_imbalance_but_rare_fraud_is() {
    let csv = |label: &str, prediction: &str| {
        let row = |row: usize| match row % 50 {
            0 => "0,1\n",
            1 => "1,0\n",
            _ => "1,1\n",
        };
        let rows: String = (0..1_000).map(row).collect();
        format!("{label},{prediction}\n{rows}")
    };
    let names = |report: &Report| -> Vec<String> {
        let pitfalls = report.pitfalls.iter();
        pitfalls.map(|pitfall| pitfall.name.clone()).collect()
    };
    let graded = judged(&csv("human", "judge"));
    assert_eq!(
        names(&graded),
        ["latency_not_measured", "cost_not_measured"]
    );
    let choices = Choices::default();
    let as_classes = judged_by(&csv("human", "judge"), &choices, &Policy::balanced());
    assert!(names(&as_classes).contains(&"imbalance".to_owned()));
    // Of a classifier the report says nothing of answers, unless it is asked.
    let classes = judged_by(&csv("label", "prediction"), &choices, &Policy::balanced());
    assert!(classes.answers.is_none() && classes.notes.contains_key("/answers"));
    let asked = judged(&csv("label", "prediction"));
    assert_eq!(
        asked.answers.unwrap().accepted_by_human.unwrap().accepted,
        980
    );
}

#[test]
fn strange_grades_are_notes_and_no_panics() {
    let note = |csv: &str, place: &str| {
        let report = judged(csv);
        let notes = &report.notes;
        notes
            .get(place)
            .unwrap_or_else(|| panic!("{place} in {notes:?}"))
            .clone()
    };
    // Nobody knows what A is worth.
    let letters = "id,human,judge\n1,A,B\n2,B,B\n3,C,A\n";
    assert!(note(letters, "/answers/pass_mark").contains("give a pass mark"));
    assert!(note(letters, "/answers/accepted_by_judge").contains("give a pass mark"));
    assert!(note(letters, "/answers/agreement/accepted_alike").contains("give a pass mark"));
    // Everybody always says the same: there is no agreement beyond chance.
    let one = "human,judge\npass,pass\npass,pass\n";
    assert!(note(one, "/answers/agreement/kappa").contains("only one class"));
    // Nobody is accepted, so that nothing is to be paid for.
    let none = "human,judge,cost\nfail,fail,1\nfail,fail,2\n";
    assert!(note(none, "/answers/cost_per_accepted").contains("no answer is accepted"));
    // No answer has both grades.
    let apart = "human,judge\npass,\n,fail\nfail,\n";
    assert!(note(apart, "/answers/agreement").contains("there are no rows"));
    // Words among numbers are left out and told of; a grade beyond the scale is one.
    let mut csv = "human,judge\n".to_owned();
    for row in 0..40 {
        csv.push_str(&format!("{},{}\n", 1 + row % 5, 1 + row % 4));
    }
    csv.push_str("oops,4\n99,-7\n,\n1e308,4\n");
    let report = judged(&csv);
    let reasons: Vec<&str> = report.sources[0]
        .rejected
        .iter()
        .map(|rejection| rejection.reason.as_str())
        .collect();
    assert_eq!(
        reasons,
        [
            "the grade is missing",
            "the label is not a number, as it is in the other rows"
        ]
    );
    let answers = report.answers.unwrap();
    assert_eq!(answers.accepted_by_human.unwrap().rows, 42);
    let kappa = answers.agreement.unwrap().kappa;
    assert!(
        kappa.is_none_or(|kappa| (-1.0..=1.0).contains(&kappa)),
        "{kappa:?}"
    );
}

#[test]
fn rows_that_count_several_are_those_written_out() {
    let short = "human,judge,count\npass,pass,30\npass,fail,2\n,pass,12\nfail,fail,4\n";
    let mut long = "human,judge\n".to_owned();
    for line in short.lines().skip(1) {
        let (row, count) = line.rsplit_once(',').unwrap();
        long.push_str(&format!("{row}\n").repeat(count.parse().unwrap()));
    }
    assert_eq!(judged(short).answers, judged(&long).answers);
}

fn graded_rows() -> impl Strategy<Value = Vec<String>> {
    let grade = || prop_oneof![4 => (1..=5_u8).prop_map(|grade| grade.to_string()), 1 => Just(String::new())];
    let row = (0..20_u8, grade(), grade(), 0..100_u8)
        .prop_map(|(id, human, judge, cost)| format!("{id},{human},{judge},0.{cost:02}"));
    let told = ["1,5,4,0.10", "2,1,2,0.20"].map(str::to_owned);
    prop::collection::vec(row, 10..60).prop_map(move |rows| [told.to_vec(), rows].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn neither_cuts_nor_order_change_an_answer(
        (rows, shuffled) in graded_rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        size in 1..40_usize,
    ) {
        let csv = |rows: &[String]| format!("id,human,judge,cost\n{}\n", rows.join("\n"));
        let expected = judged(&csv(&rows));
        prop_assert_eq!(&judged(&csv(&shuffled)).answers, &expected.answers);
        let mut reader = SourceReader::new("answers");
        for chunk in csv(&rows).as_bytes().chunks(size) {
            reader.feed(chunk).unwrap();
        }
        let source = reader.finish_alone().unwrap();
        let choices = Choices::default();
        let mut profile = Profile::of(&source, &choices).unwrap();
        profile.examine(&source, &choices).unwrap();
        prop_assert_eq!(judge(&profile, &Policy::assistant()), expected);
    }
}

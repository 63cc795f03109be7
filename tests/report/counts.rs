//! A row that stands for several: every number is that of the rows written out.

use greenlight_data::{Role, table_of_matrix};
use greenlight_readiness::{Choices, Policy, Profile, Report, SourceReader, judge};
use proptest::prelude::*;
use serde_json::Value;

use crate::inputs::repeated;
use crate::{report_in_chunks, report_on};

/// The report but for what tells of the file and its columns.
fn judgement(report: &Report) -> Value {
    let mut document: Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
    let document_keys = document.as_object_mut().unwrap();
    for key in ["sources", "roles"] {
        document_keys.remove(key);
    }
    let notes = document["notes"].as_object_mut().unwrap();
    notes.retain(|pointer, _| !pointer.starts_with("/sources/"));
    document
}

fn chosen(positive: &str) -> Choices {
    Choices {
        positive: Some(positive.to_owned()),
        ..Choices::default()
    }
}

#[test]
fn the_same_matrix_as_rows_as_counts_and_as_a_matrix_gives_the_same_report() {
    for (first, second, texts) in [
        (
            "negative",
            "positive",
            ["90 10\n5 95", "[[90, 10], [5, 95]]"],
        ),
        (
            "spam",
            "ham",
            [
                "\tspam\tham\nspam\t90\t10\nham\t5\t95",
                "spam,ham\n90,10\n5,95",
            ],
        ),
        (
            "cat",
            "dog",
            ["cat 90 10\ndog 5 95", " cat dog\ncat 90 10\ndog 5 95"],
        ),
    ] {
        let cells = [
            (format!("{first},{first}"), 90),
            (format!("{first},{second}"), 10),
            (format!("{second},{first}"), 5),
            (format!("{second},{second}"), 95),
        ];
        let lines = cells
            .each_ref()
            .map(|(line, count)| (line.as_str(), *count));
        let rows = repeated("label,prediction", &lines);
        let counts = cells
            .each_ref()
            .map(|(line, count)| format!("{line},{count}\n"));
        let counts = format!("label,prediction,count\n{}", counts.concat());
        for positive in [first, second] {
            let choices = chosen(positive);
            let of = |csv: &str| report_in_chunks(csv.as_bytes(), &[csv.len()], &choices);
            let by_rows = of(&rows);
            assert_eq!(by_rows.overall.rows, 200);
            assert_eq!(by_rows.settings.positive.as_deref(), Some(positive));
            let (tp, all) = if positive == first {
                (90.0, 100.0)
            } else {
                (95.0, 100.0)
            };
            assert_eq!(by_rows.overall.recall, Some(tp / all));
            let by_counts = of(&counts);
            assert_eq!(by_counts.roles.count.as_deref(), Some("count"));
            assert_eq!(
                (by_counts.sources[0].lines, by_counts.sources[0].rows_used),
                (4, 200)
            );
            assert_eq!(judgement(&by_counts), judgement(&by_rows));
            for text in texts {
                let by_matrix = report_on(table_of_matrix(text).unwrap(), &choices);
                assert_eq!(judgement(&by_matrix), judgement(&by_rows), "{text}");
            }
        }
    }
}

#[test]
fn a_count_that_is_none_rejects_its_row() {
    let csv = "label,prediction,count\n1,1,3\n0,0,2.5\n0,0,-1\n1,0,\n0,1,many\n,1,7\n0,,0\n0,0,0\n1,1,1e16\n0,0,5\n1,1,1\n0,0,1\n1,0,1\n0,1,1\n1,1,2\n";
    // Such a column is not taken for counts unless somebody says so.
    let mut choices = Choices::default();
    choices.set_role(Role::Count, ["count"]);
    let report = report_in_chunks(csv.as_bytes(), &[csv.len()], &choices);
    let source = &report.sources[0];
    let mut rejected: Vec<(&str, u64, &str)> = source
        .rejected
        .iter()
        .map(|rejection| {
            (
                rejection.reason.as_str(),
                rejection.rows,
                rejection.example.as_str(),
            )
        })
        .collect();
    rejected.sort_unstable();
    assert_eq!(
        rejected,
        [
            ("the count is missing", 1, ""),
            ("the count is negative", 1, "-1"),
            ("the count is not a number", 1, "many"),
            ("the count is not a whole number", 1, "2.5"),
            ("the count is too large to be exact", 1, "1e16"),
            ("the label is missing", 7, ""),
        ]
    );
    assert_eq!((source.lines, source.rows, source.rows_used), (15, 26, 14));
    assert_eq!(report.overall.rows, 14);
}

#[test]
fn rows_that_all_stand_for_none_cannot_be_used() {
    let mut reader = SourceReader::new("zeros.csv");
    reader
        .feed(b"label,prediction,count\n1,1,0\n0,0,0\n")
        .unwrap();
    let error = Profile::of(&reader.finish_alone().unwrap(), &Choices::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "none of the 2 rows can be used: every count is 0 (first in row 1)"
    );
}

/// Rows of split, label, class scores, latency, error and cost, and how often each stands there.
#[derive(Clone, Debug)]
pub struct CountedFile {
    classes: usize,
    rows: Vec<(String, u64)>,
}

impl CountedFile {
    fn header(&self) -> String {
        let scores: Vec<String> = (0..self.classes)
            .map(|class| format!("proba_c{class}"))
            .collect();
        format!("split,label,{},latency_ms,error,cost", scores.join(","))
    }

    /// Each row once, with its count.
    pub fn counted(&self) -> String {
        let mut csv = format!("{},count\n", self.header());
        for (row, count) in &self.rows {
            csv.push_str(&format!("{row},{count}\n"));
        }
        csv
    }

    /// Each row as often as its count says.
    fn written_out(&self) -> String {
        let mut csv = format!("{}\n", self.header());
        for (row, count) in &self.rows {
            csv.push_str(&format!("{row}\n").repeat(*count as usize));
        }
        csv
    }

    /// Which of two classes is positive is not told by their names.
    pub fn choices(&self) -> Choices {
        match self.classes {
            2 => chosen("c1"),
            _ => Choices::default(),
        }
    }

    /// The last row first.
    pub fn backwards(&self) -> Self {
        let rows = self.rows.iter().rev().cloned().collect();
        Self { rows, ..*self }
    }
}

pub fn counted_file() -> impl Strategy<Value = CountedFile> {
    (2..=4_usize).prop_flat_map(|classes| {
        let class = prop_oneof![
            20 => (0..classes).prop_map(|class| format!("c{class}")),
            1 => Just(String::new())
        ];
        let score = prop_oneof![
            9 => (0..=10_u8).prop_map(|score| (f64::from(score) / 10.0).to_string()),
            9 => (0.0..=1.0_f64).prop_map(|score| score.to_string()),
            1 => Just(String::new()),
        ];
        let tenths = || {
            prop_oneof![
                9 => (0..30_u8).prop_map(|tenths| (f64::from(tenths) / 10.0).to_string()),
                1 => Just(String::new()),
            ]
        };
        let split = prop_oneof![Just("train"), Just("test")];
        let error = prop_oneof![9 => Just("200"), 1 => Just("500"), 1 => Just("")];
        let scores = prop::collection::vec(score, classes);
        let row = (split, class, scores, tenths(), error, tenths()).prop_map(
            |(split, class, scores, latency, error, cost)| {
                let scores = scores.join(",");
                format!("{split},{class},{scores},{latency},{error},{cost}")
            },
        );
        // The first rows hold what the roles and the splits are told by: a split whose rows all count 0 is one all the
        // same, and no row of it is written out.
        let told = move |split: &str, class: usize| {
            let score = |other| if other == class { "0.75" } else { "0.125" };
            let scores: Vec<&str> = (0..classes).map(score).collect();
            let scores = scores.join(",");
            (format!("{split},c{class},{scores},10.5,200,0.25"), 1)
        };
        prop::collection::vec((row, 0..5_u64), 10..50).prop_map(move |rows| CountedFile {
            classes,
            rows: (0..classes)
                .map(|class| told("test", class))
                .chain([told("train", 0)])
                .chain(rows)
                .collect(),
        })
    })
}

fn rejected(report: &Report) -> Vec<(&str, u64)> {
    let rejected = report.sources[0].rejected.iter();
    rejected
        .map(|rejection| (rejection.reason.as_str(), rejection.rows))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn counts_are_rows_written_out(file in counted_file()) {
        let of = |csv: String| report_in_chunks(csv.as_bytes(), &[csv.len()], &file.choices());
        let (counted, written_out) = (of(file.counted()), of(file.written_out()));
        prop_assert_eq!(judgement(&counted), judgement(&written_out));
        prop_assert_eq!(rejected(&counted), rejected(&written_out));
        let (ours, theirs) = (&counted.sources[0], &written_out.sources[0]);
        prop_assert_eq!((ours.rows, ours.rows_used), (theirs.rows, theirs.rows_used));
        let left_out: u64 = ours.rejected.iter().map(|rejection| rejection.rows).sum();
        prop_assert_eq!(ours.rows - ours.rows_used, left_out);
    }
}

#[test]
fn counts_weigh_in_every_policy() {
    let mut reader = SourceReader::new("counts.csv");
    reader
        .feed(b"is_fraud,prediction,n\n1,1,24\n1,0,176\n0,1,24\n0,0,9776\n")
        .unwrap();
    let profile = Profile::of(&reader.finish_alone().unwrap(), &Choices::default()).unwrap();
    for policy in [Policy::balanced(), Policy::fraud(), Policy::spam()] {
        let report = judge(&profile, &policy);
        assert_eq!(report.overall.accuracy, Some(0.98));
        assert_eq!(report.pitfalls[0].name, "accuracy_paradox");
    }
}

//! What a file gets: the exit status, the text and the document.

use std::path::Path;

use greenlight_readiness::{Choices, Policy, Profile, SourceReader, judge};

use crate::{HEADER, check, err, file, matrix, out, report_alone};

#[test]
fn the_exit_status_is_the_verdict() {
    for (name, csv, status, words) in [
        (
            "ready.csv",
            matrix(HEADER, [480, 20, 20, 480]),
            0,
            "Ready with warnings",
        ),
        (
            "not_ready.csv",
            matrix(HEADER, [24, 176, 24, 9_776]),
            1,
            "Not ready",
        ),
        (
            "latency.csv",
            "latency_ms\n10\n20\n30\n".to_owned(),
            3,
            "Not enough evidence",
        ),
        ("unusable.csv", String::new(), 2, ""),
    ] {
        let output = check(&file(name, csv.as_bytes()), &[]);
        assert_eq!(
            output.status.code(),
            Some(status),
            "{name}: {}",
            err(&output)
        );
        assert!(out(&output).starts_with(words), "{name}: {}", out(&output));
        assert_eq!(
            output.stderr.is_empty(),
            status != 2,
            "{name}: {}",
            err(&output)
        );
    }
}

#[test]
fn everything_that_is_asked_for_makes_a_ready_model() {
    let mut csv = "split,label,prediction,latency_ms\n".to_owned();
    for row in 0..4_000 {
        let (split, label) = (["train", "test"][row % 2], row / 2 % 2);
        let prediction = if row % 50 < 2 { 1 - label } else { label };
        csv.push_str(&format!("{split},{label},{prediction},{}\n", 10 + row % 7));
    }
    let output = check(&file("everything.csv", csv.as_bytes()), &[]);
    assert!(out(&output).starts_with("Ready\n"), "{}", out(&output));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn json_is_the_library_s_document_byte_for_byte() {
    let sample = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../static/samples/breast_cancer.csv"
    );
    let latency = file("latencies.csv", b"latency_ms\n10\n20\n30\n");
    let classes = file(
        "classes.csv",
        b"label,prediction\nant,ant\nbee,cat\ncat,cat\nant,bee\n",
    );
    for path in [Path::new(sample), &latency, &classes] {
        let name = path.file_name().unwrap().to_str().unwrap();
        let mut reader = SourceReader::new(name);
        reader.feed(&std::fs::read(path).unwrap()).unwrap();
        let source = reader.finish_alone().unwrap();
        let choices = Choices::default();
        let mut profile = Profile::of(&source, &choices).unwrap();
        profile.examine(&source, &choices).unwrap();
        for policy in [Policy::balanced(), Policy::fraud(), Policy::spam()] {
            let expected = judge(&profile, &policy).to_json().unwrap();
            let output = check(path, &["--format", "json", "--policy", &policy.name]);
            assert_eq!(report_alone(&output), expected, "{name} by {}", policy.name);
        }
    }
}

#[test]
fn yes_and_no_in_two_spellings_are_two_classes() {
    let csv = b"label,prediction\n1,True\n1,False\n0,False\n0,False\n";
    let output = check(&file("spellings.csv", csv), &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["overall"]["classes"], serde_json::json!(["0", "1"]));
    assert_eq!(
        report["overall"]["confusion_matrix"],
        serde_json::json!([[2, 0], [1, 1]])
    );
}

//! The command as a person or a gate runs it: exit status, document, and what bad input gets.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use greenlight_readiness::{Choices, Policy, Profile, SourceReader, judge};

const HEADER: &str = "label,prediction\n";

fn greenlight(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenlight"));
    command.args(arguments);
    command
}

/// A file in a folder that only this test program uses.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("terminal");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn check(path: &Path, more: &[&str]) -> Output {
    let path = path.to_str().unwrap();
    greenlight(&[&["check", path][..], more].concat())
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// So many rows of each kind: right positives, missed ones, false alarms, right negatives.
fn matrix(header: &str, [caught, missed, false_alarms, quiet]: [usize; 4]) -> String {
    let rows = [
        ("1,1\n", caught),
        ("1,0\n", missed),
        ("0,1\n", false_alarms),
        ("0,0\n", quiet),
    ];
    let rows: String = rows.iter().map(|(row, times)| row.repeat(*times)).collect();
    format!("{header}{rows}")
}

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
        let profile = Profile::of(&reader.finish_alone().unwrap(), &Choices::default()).unwrap();
        for policy in [Policy::balanced(), Policy::fraud(), Policy::spam()] {
            let expected = judge(&profile, &policy).to_json().unwrap();
            let output = check(path, &["--format", "json", "--policy", &policy.name]);
            assert_eq!(out(&output), expected, "{name} by {}", policy.name);
        }
    }
}

#[test]
fn standard_input_is_read_like_a_file() {
    let mut child = greenlight(&["check", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let csv = matrix(HEADER, [90, 10, 5, 95]);
    child
        .stdin
        .take()
        .unwrap()
        .write_all(csv.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        out(&output).contains("\"accuracy\": 0.925,"),
        "{}",
        out(&output)
    );
    assert!(out(&output).contains("\"name\": \"standard input\""));
}

#[test]
fn options_settle_what_is_guessed() {
    let csv = "outcome,answer,how_sure\nleft,right,0.9\nright,right,0.8\nleft,left,0.1\n";
    let path = file("settled.csv", csv.as_bytes());
    let roles = [
        "--label",
        "outcome",
        "--prediction",
        "answer",
        "--score",
        "how_sure",
    ];
    let more = [
        "--positive",
        "right",
        "--threshold",
        "0.85",
        "--format",
        "json",
    ];
    let output = check(&path, &[&roles[..], &more].concat());
    let json = out(&output);
    for part in [
        "\"label\": \"outcome\"",
        "\"prediction\": \"answer\"",
        "\"score\": \"how_sure\"",
        "\"positive\": \"right\"",
        "\"decision\": \"threshold\"",
        "\"threshold\": 0.85",
    ] {
        assert!(json.contains(part), "{part} in {json}{}", err(&output));
    }
}

#[test]
fn a_policy_can_be_a_file() {
    let strict = r#"{"name": "strict", "criteria": [
        {"name": "accuracy", "metric": "accuracy", "operator": ">=", "limit": 0.99, "severity": "must"}]}"#;
    let policy = file("strict.json", strict.as_bytes());
    let data = file("good.csv", matrix(HEADER, [480, 20, 20, 480]).as_bytes());
    let output = check(&data, &["--policy", policy.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(out(&output).contains("policy = strict"), "{}", out(&output));
}

#[test]
fn arguments_that_cannot_be_used_end_with_2_and_say_why() {
    let data = file("arguments.csv", matrix(HEADER, [9, 1, 1, 9]).as_bytes());
    let data = data.to_str().unwrap();
    for (arguments, part) in [
        (
            &["check", "no-such-file.csv"][..],
            "“no-such-file.csv” cannot be read",
        ),
        (
            &["check", data, "--policy", "lenient"],
            "there is no policy “lenient”",
        ),
        (&["check", data, "--policy", data], "is not valid"),
        (&["check", data, "--positive", "2"], "there is no class “2”"),
        (
            &["check", data, "--label", "truth"],
            "there is no column “truth”",
        ),
        (
            &["check", data, "--current", "live"],
            "there is no split “live”",
        ),
        (&["check", data, "--threshold", "0.5"], "there is no score"),
        (&["check", data, "--format", "xml"], "invalid value 'xml'"),
        (&["check"], "required"),
        (&["judge", data], "unrecognized subcommand"),
    ] {
        let output = greenlight(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            err(&output).contains(part),
            "{arguments:?}: {}",
            err(&output)
        );
        assert!(output.stdout.is_empty(), "{arguments:?}: {}", out(&output));
    }
}

/// What is wrong with a file, its bytes, and what is said of it.
type Malformed = (&'static str, Vec<u8>, &'static str);

#[test]
fn files_that_cannot_be_used_end_with_2_and_say_why() {
    let wide = [
        b"label,prediction\n1,".to_vec(),
        vec![b'x'; 5 << 20],
        b"\n".to_vec(),
    ]
    .concat();
    let table: [Malformed; 16] = [
        ("empty", b"".to_vec(), "the file is empty"),
        ("blank", b"\n \n\r\n".to_vec(), "empty"),
        (
            "header only",
            b"label,prediction\n".to_vec(),
            "a header but no rows",
        ),
        (
            "no header",
            b"cat,0.9\ndog,0.2\n".to_vec(),
            "add a header row",
        ),
        (
            "two columns of one name",
            b"label,label\n1,1\n".to_vec(),
            "two columns are called",
        ),
        (
            "a quote that stays open",
            b"label,prediction\n1,\"1\n0,0\n".to_vec(),
            "never closed",
        ),
        ("a field of 5 MB", wide, "the cell is longer than"),
        (
            "an unknown delimiter",
            b"label:prediction\n1:1\n0:0\n".to_vec(),
            "say which is which",
        ),
        (
            "columns of no role",
            b"city,street\nPrague,Long\nBrno,Short\n".to_vec(),
            "city, street",
        ),
        (
            "two encodings",
            b"label,prediction\ncaf\xc3\xa9,bar\ncaf\xe9,bar\n".to_vec(),
            "encoding",
        ),
        (
            "half a UTF-16",
            b"\xff\xfel\0a\0b\0e\0l\0".to_vec(),
            "no rows",
        ),
        (
            "HTML",
            b"<!doctype html><p>label</p>".to_vec(),
            "an HTML or XML page",
        ),
        ("half a JSON", b"[{\"label\": 1,".to_vec(), "cut off"),
        (
            "an archive",
            b"PK\x03\x04\x14\0\0\0".to_vec(),
            "a zip archive",
        ),
        (
            "bytes",
            (0..=255).cycle().take(4_096).collect(),
            "binary file",
        ),
        (
            "NaN alone",
            b"label,prediction\nNaN,NaN\nNaN,NaN\n".to_vec(),
            "nothing to judge yet",
        ),
    ];
    for (name, bytes, part) in table {
        let output = check(&file("malformed.csv", &bytes), &[]);
        let message = err(&output);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{name}: {message}{}",
            out(&output)
        );
        assert!(message.contains(part), "{name}: {message}");
        assert!(!message.contains("panicked"), "{name}: {message}");
        // A message is for reading, however long the field that it is about.
        assert!(message.len() < 500, "{name}: {} bytes", message.len());
        assert!(output.stdout.is_empty(), "{name}: {}", out(&output));
    }
}

#[test]
fn the_same_rows_in_other_formats_and_encodings_give_the_same_numbers() {
    let rows = [("oui", "oui"), ("oui", "café"), ("café", "café")];
    let csv = rows
        .map(|(label, prediction)| format!("{label},{prediction}\n"))
        .concat();
    let csv = format!("label,prediction\n{csv}");
    let records = rows.map(|(label, prediction)| {
        format!("{{\"label\": \"{label}\", \"prediction\": \"{prediction}\"}}")
    });
    let utf16: Vec<u8> = std::iter::once(0xfeff_u16)
        .chain(csv.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let latin1 = csv.chars().map(|letter| letter as u8).collect();
    let overall = |name: &str, bytes: &[u8]| {
        let output = check(
            &file(name, bytes),
            &["--format", "json", "--positive", "oui"],
        );
        let report: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{name}: {error}: {}", err(&output)));
        report["overall"].clone()
    };
    let expected = overall("utf8.csv", csv.as_bytes());
    assert_eq!(expected["accuracy"], 2.0 / 3.0);
    for (name, bytes) in [
        ("utf16.csv", utf16),
        ("latin1.csv", latin1),
        ("tabs.tsv", csv.replace(',', "\t").into_bytes()),
        (
            "records.json",
            format!("[{}]", records.join(",")).into_bytes(),
        ),
        ("lines.jsonl", records.join("\n").into_bytes()),
    ] {
        assert_eq!(overall(name, &bytes), expected, "{name}");
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

#[test]
fn rows_that_cannot_be_used_are_counted_and_shown() {
    let good = "1,1,0.9\n0,0,0.1\n".repeat(20);
    for (name, bad, used, part) in [
        (
            "ragged",
            "1,1\n0,0,0.1,7\n",
            "40 of 42",
            "the row has 2 fields",
        ),
        ("no label", ",1,0.9\n", "40 of 41", "left out because"),
        (
            "NaN for a label",
            "NaN,1,0.9\n",
            "40 of 41",
            "left out because",
        ),
        ("a word for a score", "1,1,high\n", "40 of 41", "high"),
        (
            "an infinite score",
            "1,1,inf\n",
            "40 of 41",
            "left out because",
        ),
    ] {
        let csv = format!("label,prediction,score\n{good}{bad}");
        let output = check(&file("partly.csv", csv.as_bytes()), &[]);
        let text = out(&output);
        assert_ne!(output.status.code(), Some(2), "{name}: {}", err(&output));
        assert!(
            text.contains(&format!("{used} rows used")),
            "{name}: {text}"
        );
        assert!(text.contains(part), "{name}: {text}");
    }
}

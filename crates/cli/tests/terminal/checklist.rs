//! The readiness checklist at a terminal: the empty form, filled in, in each format.

use serde_json::{Value, json};

use crate::{HEADER, check, document, err, file, greenlight, matrix, out};

fn data() -> std::path::PathBuf {
    file(
        "checklist.csv",
        matrix(HEADER, [480, 20, 20, 480]).as_bytes(),
    )
}

#[test]
fn the_printed_form_is_filled_in_and_joins_the_report() {
    let printed = greenlight(&["checklist"]).output().unwrap();
    assert_eq!(printed.status.code(), Some(0), "{}", err(&printed));
    let mut form: Value = serde_json::from_slice(&printed.stdout).unwrap();
    let without = document(&check(&data(), &["--format", "json"]));
    // The empty form is as good as none.
    let empty = file("checklist-empty.json", &printed.stdout);
    let with_empty = check(
        &data(),
        &["--format", "json", "--checklist", empty.to_str().unwrap()],
    );
    assert_eq!(document(&with_empty), without);
    assert_eq!(without["checklist"]["score"], Value::Null);
    assert_eq!(
        without["notes"]["/checklist/score"],
        "the self-attested part is not filled in"
    );

    for (_, item) in form["items"].as_object_mut().unwrap() {
        item["level"] = json!("automated");
    }
    for (name, level) in [
        ("canary", "by_hand"),
        ("rollback", "not_done"),
        ("debuggable", "not_done"),
    ] {
        form["items"][name] = json!({"level": level, "note": "next quarter"});
    }
    let path = file("checklist-filled.json", form.to_string().as_bytes());
    let path = path.to_str().unwrap();
    let output = check(&data(), &["--format", "json", "--checklist", path]);
    let report = document(&output);
    assert_eq!(report["checklist"]["score"], json!(4.5));
    assert_eq!(
        report["checklist"]["sections"]["infrastructure"],
        json!(4.5)
    );
    assert_eq!(report["checklist"]["sections"]["monitoring"], json!(7.0));
    let items = report["checklist"]["items"].as_array().unwrap();
    let canary = items.iter().find(|item| item["name"] == "canary").unwrap();
    assert_eq!(
        (&canary["level"], &canary["note"]),
        (&json!("by_hand"), &json!("next quarter"))
    );
    // It is a line of its own.
    for key in ["verdict", "reasons", "criteria", "pitfalls"] {
        assert_eq!(report[key], without[key], "{key}");
    }
    assert_eq!(output.status.code(), check(&data(), &[]).status.code());

    let line = "4.5 of 7, weakest: Infrastructure – Strong: tested and watched, mostly by itself";
    let text = out(&check(&data(), &["--checklist", path]));
    assert!(
        text.lines()
            .any(|found| found == format!("Checklist: {line}")),
        "{text}"
    );
    let markdown = out(&check(
        &data(),
        &["--format", "markdown", "--checklist", path],
    ));
    assert!(
        markdown.contains(&format!("\nChecklist: {line}\n")),
        "{markdown}"
    );
}

#[test]
fn without_a_form_the_line_says_so() {
    let line = "Checklist: the self-attested part is not filled in; the file shows 0 of 28 items";
    let text = out(&check(&data(), &[]));
    assert!(text.lines().any(|found| found == line), "{text}");
    let markdown = out(&check(&data(), &["--format", "markdown"]));
    assert!(markdown.lines().any(|found| found == line), "{markdown}");
}

#[test]
fn mistakes_in_a_form_are_all_told_with_their_places() {
    let json = "{\"schema\": \"greenlight.checklist/1\", \"items\": {\n\
                \"rolback\": {},\n\
                \"canary\": {\"level\": \"automatic\"}}}";
    let path = file("checklist-mistaken.json", json.as_bytes());
    let output = check(&data(), &["--checklist", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines[0].contains("checklist-mistaken.json” is not valid"),
        "{said}"
    );
    assert_eq!(
        lines[1..],
        [
            "line 3, column 12: items.canary.level: there is no level “automatic”; did you mean “automated”?",
            "line 2, column 1: items.rolback: there is no such item; did you mean “rollback”?",
        ],
        "{said}"
    );
    let missing = check(&data(), &["--checklist", "no-such-checklist.json"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(err(&missing).contains("“no-such-checklist.json” cannot be read"));
}

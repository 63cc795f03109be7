//! Exported reports on their way back in, and what anybody might drop in their place.

#![allow(clippy::unwrap_used, clippy::panic)]

use greenlight_readiness::comparison::{Comparison, Side};
use greenlight_readiness::import::{
    Exported, HEAD_BYTES, ImportError, Kind, LARGEST_BYTES, kind_of, read,
};
use greenlight_readiness::{Choices, Policy, Profile, Report, SourceReader, judge};

const PAYLOAD: &str = "AQ-_09azAZ";

fn report() -> Report {
    let mut reader = SourceReader::new("a.csv");
    reader
        .feed(b"label,prediction,score,latency_ms\n1,1,0.9,5\n0,0,0.1,6\n1,0,0.4,7\n0,1,0.6,8\n")
        .unwrap();
    judge(
        &Profile::of(&reader.finish_alone().unwrap(), &Choices::default()).unwrap(),
        &Policy::balanced(),
    )
}

fn live() -> Result<Exported, ImportError> {
    Ok(Exported::Live(PAYLOAD.to_owned()))
}

/// A page as it is downloaded, with the slot as it stands there.
fn page(slot: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><title>Ready</title></head>\n<body>{slot}<script>let a = 1 < 2;</script></body>\n</html>\n"
    )
}

fn slot(content: &str) -> String {
    format!("<script type=\"text/plain\" id=\"greenlight-report\">{content}</script>")
}

#[test]
fn what_is_exported_comes_back() {
    let json = report().to_json_live(PAYLOAD).unwrap();
    assert_eq!(kind_of(json.as_bytes()), Some(Kind::Json));
    assert_eq!(read(Kind::Json, &json), live());
    // It is still the report, to the last bit, for whoever reads only that.
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report());
    assert!(json.ends_with("\"live\": \"AQ-_09azAZ\"\n}\n"), "{json}");
    let mut whole: serde_json::Value = serde_json::from_str(&json).unwrap();
    whole.as_object_mut().unwrap().remove("live");
    assert_eq!(whole, serde_json::to_value(report()).unwrap());

    let html = page(&slot(PAYLOAD));
    assert_eq!(kind_of(html.as_bytes()), Some(Kind::Html));
    assert_eq!(read(Kind::Html, &html), live());
    assert_eq!(
        read(Kind::Html, &page(&slot(&format!("\n  {PAYLOAD}\n")))),
        live()
    );
    // An empty one before it, as in a page that was packed twice.
    assert_eq!(
        read(Kind::Html, &page(&(slot("") + &slot(PAYLOAD)))),
        live()
    );
}

#[test]
fn a_report_without_a_payload_is_numbers_alone() {
    assert_eq!(
        read(Kind::Json, &report().to_json().unwrap()),
        Ok(Exported::Numbers)
    );
    for live in ["null", "\"\"", "\"not base64url!\"", "\"a=\""] {
        let json = format!(r#"{{"schema": "greenlight.report/1", "live": {live}}}"#);
        assert_eq!(read(Kind::Json, &json), Ok(Exported::Numbers), "{live}");
    }
}

#[test]
fn predictions_are_not_taken_for_reports() {
    for data in [
        "label,prediction\n1,1\n",
        "[{\"label\": 1, \"prediction\": 1}]",
        "{\"label\": 1, \"prediction\": 1}\n{\"label\": 0, \"prediction\": 1}\n",
        "{\"schema\": \"greenlight.policy/1\", \"criteria\": []}",
        "{\"schema\": {\"fields\": []}, \"data\": []}",
        "<p>1</p>",
        "",
        " ",
    ] {
        assert_eq!(kind_of(data.as_bytes()), None, "{data}");
    }
    // Only the beginning tells, so that a file of gigabytes is not looked through.
    let late = format!(
        "{{{}\"schema\": \"greenlight.report/1\"}}",
        " ".repeat(HEAD_BYTES)
    );
    assert_eq!(kind_of(late.as_bytes()), None);
}

/// Files that are not what they seem, each with what is said of it. None may stop the program, take long, or be shown.
#[test]
fn hostile_files_are_refused_with_a_sentence() {
    let deep = "[".repeat(200_000);
    let many_keys: String = (0..50_000)
        .map(|key| format!("\"k{key}\": {{}}, "))
        .collect();
    let json_cases: [(&str, String, &str); 17] = [
        ("empty", String::new(), "not a report"),
        ("spaces", " \n\t ".to_owned(), "not a report"),
        (
            "cut short",
            r#"{"schema": "greenlight.report/1", "li"#.to_owned(),
            "not a report",
        ),
        (
            "cut in the payload",
            r#"{"schema": "greenlight.report/1", "live": "AQ"#.to_owned(),
            "not a report",
        ),
        ("a list", "[]".to_owned(), "not a report"),
        ("a number", "1e400".to_owned(), "not a report"),
        ("words", "greenlight.report/1".to_owned(), "not a report"),
        ("no schema", r#"{"live": "AQ"}"#.to_owned(), "which version"),
        (
            "a schema that is a list",
            r#"{"schema": ["greenlight.report/1"]}"#.to_owned(),
            "not a report",
        ),
        (
            "another schema",
            r#"{"schema": "somebody.else/1"}"#.to_owned(),
            "which version",
        ),
        (
            "of the future",
            r#"{"schema": "greenlight.report/9999"}"#.to_owned(),
            "another version: greenlight.report/9999",
        ),
        (
            "of a very long future",
            format!(
                r#"{{"schema": "greenlight.report/{}"}}"#,
                "9".repeat(1_000_000)
            ),
            "another version",
        ),
        (
            "the schema twice",
            r#"{"schema": "greenlight.report/1", "schema": "greenlight.report/1"}"#.to_owned(),
            "not a report",
        ),
        (
            "a payload that is an object",
            r#"{"schema": "greenlight.report/1", "live": {"toString": 1}}"#.to_owned(),
            "not a report",
        ),
        (
            "nested beyond any stack",
            format!(r#"{{"schema": "greenlight.report/1", "x": {deep}"#),
            "not a report",
        ),
        (
            "something after the end",
            r#"{"schema": "greenlight.report/1"}{"schema": "greenlight.report/1"}"#.to_owned(),
            "not a report",
        ),
        (
            "half a surrogate",
            r#"{"schema": "greenlight.report/1", "live": "\ud800"}"#.to_owned(),
            "not a report",
        ),
    ];
    for (name, text, expected) in &json_cases {
        let message = read(Kind::Json, text).unwrap_err().to_string();
        assert!(
            message.contains(expected) && message.len() < 400,
            "{name}: {message}"
        );
        // Compared it is refused as well, unless only the payload is odd, which a comparison does not read.
        let is_readable = ["the schema twice", "a payload that is an object"].contains(name);
        assert_eq!(Side::from_json(text).is_ok(), is_readable, "{name}");
    }
    // What is large or odd and still a report is one, quickly.
    for (name, text) in [
        (
            "many keys",
            format!(r#"{{{many_keys} "schema": "greenlight.report/1"}}"#),
        ),
        (
            "closed nesting in a key nobody reads",
            format!(
                r#"{{"schema": "greenlight.report/1", "x": {}{}}}"#,
                "[".repeat(100),
                "]".repeat(100)
            ),
        ),
        (
            "keys with escapes",
            r#"{"\u0073chema": "greenlight.report/1", "__proto__": {}}"#.to_owned(),
        ),
    ] {
        assert_eq!(read(Kind::Json, &text), Ok(Exported::Numbers), "{name}");
        let side = Side::from_json(&text).unwrap();
        assert!(!Comparison::of(side.clone(), side).has_evidence(), "{name}");
    }
    let html_cases: [(&str, String); 13] = [
        ("no slot", page("")),
        ("an empty slot", page(&slot(""))),
        (
            "a slot that is cut short",
            "<!doctype html><script type=\"text/plain\" id=\"greenlight-report\">AQ".to_owned(),
        ),
        (
            "a slot without its end",
            page("<script type=\"text/plain\" id=\"greenlight-report\">AQ"),
        ),
        ("a script in the slot", page(&slot("alert(1)"))),
        (
            "markup in the slot",
            page(&slot("<img src=x onerror=alert(1)>")),
        ),
        ("padding", page(&slot("AQ=="))),
        (
            "a paragraph that is called so",
            page("<p id=\"greenlight-report\">AQ</p>"),
        ),
        (
            "an id in the text",
            page("<p>id=\"greenlight-report\">AQ</script></p>"),
        ),
        (
            "an id in a script’s text",
            page("<script type=x>id=\"greenlight-report\">AQ</script>"),
        ),
        (
            "a comment that never ends",
            page("<!-- <script type=\"text/plain\" id=\"greenlight-report\""),
        ),
        (
            "the id a hundred thousand times",
            page(&"<script id=\"greenlight-report\" ".repeat(100_000)),
        ),
        (
            "the slot a hundred thousand times, never filled",
            page(&"<script id=\"greenlight-report\">".repeat(100_000)),
        ),
    ];
    for (name, text) in &html_cases {
        assert_eq!(
            read(Kind::Html, text),
            Err(ImportError::EmptyPage),
            "{name}"
        );
    }
    assert!(json_cases.len() + html_cases.len() >= 30);
    let huge = " ".repeat(LARGEST_BYTES as usize + 1);
    for kind in [Kind::Json, Kind::Html] {
        assert_eq!(read(kind, &huge), Err(ImportError::TooLarge));
    }
}

#[test]
fn bytes_that_are_no_text_are_neither() {
    for head in [
        &b"\xFF\xFE<\0h\0t\0m\0l\0"[..],
        b"\x00",
        b"{\xFF\"schema",
        b"PK\x03\x04",
        &[b'{'; HEAD_BYTES + 7],
    ] {
        assert_eq!(kind_of(head), None);
    }
}

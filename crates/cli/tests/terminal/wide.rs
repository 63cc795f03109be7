//! Files that do not fit in the memory that is allowed.

use crate::{check, document, err, file, piped};

/// Fifty features of 6,000 rows, one of which tells the class, below a label and a prediction.
fn wide() -> String {
    let names: Vec<String> = (0..50).map(|feature| format!("f{feature}")).collect();
    let mut csv = format!("label,prediction,{}\n", names.join(","));
    for row in 0..6_000_u64 {
        let draw = |purpose: u64| (row * 7_919 + purpose * 104_729 + row * row * 31) % 1_000;
        let label = u64::from(draw(99) < 400);
        let prediction = if draw(98) < 60 { 1 - label } else { label };
        let cell = |feature: u64| match feature {
            41 => label * 1_000 + draw(41),
            feature => draw(feature),
        };
        let cells: Vec<String> = (0..50).map(|feature| cell(feature).to_string()).collect();
        csv.push_str(&format!("{label},{prediction},{}\n", cells.join(",")));
    }
    csv
}

#[test]
fn with_little_memory_the_report_is_the_same() {
    let path = file("wide.csv", wide().as_bytes());
    let whole = document(&check(&path, &["--format", "json"]));
    let pitfalls = whole["pitfalls"].to_string();
    assert!(pitfalls.contains("f41"), "{pitfalls}");
    let little = check(&path, &["--format", "json", "--memory", "1.6MB"]);
    assert_eq!(err(&little), "");
    assert_eq!(document(&little), whole);
}

#[test]
fn standard_input_that_does_not_fit_is_refused() {
    let csv = wide();
    let header = csv.lines().next().unwrap();
    let rows = csv.get(header.len() + 1..).unwrap().repeat(20);
    let output = piped(
        &["check", "-", "--memory", "1MB"],
        &format!("{header}\n{rows}"),
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("cannot be read twice"),
        "{}",
        err(&output)
    );
}

#[test]
fn memory_is_a_size() {
    let path = file("wide_small.csv", b"label,prediction\n1,1\n0,0\n");
    for size in ["much", "0MB", "12", "-1GB"] {
        let output = check(&path, &[&format!("--memory={size}")]);
        assert_eq!(output.status.code(), Some(2), "{size}");
        assert!(err(&output).contains("a size such as"), "{size}");
    }
}

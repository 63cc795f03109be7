//! What the rows lack: labels, classes, cases, and what nobody measured.

use super::*;

#[test]
fn labels_that_are_missing_for_a_reason_are_told_from_those_that_are_not() {
    let missing = |is_missing: fn(usize, &Row) -> bool| {
        changed(move |at, row| {
            if is_missing(at, row) {
                row.label.clear();
            }
        })
    };
    const NAME: &str = "labels_missing_not_at_random";
    let by_chance = missing(|at, _| random(at, 8) < 0.3);
    assert_eq!(severity(&by_chance, NAME), None);
    let where_flagged = missing(|at, row| row.prediction == "0" && random(at, 8) < 0.3);
    let found = raised(&where_flagged, NAME).unwrap();
    assert_eq!(found.severity, Warning);
    assert!(
        found.reason.contains("“prediction” is “0”"),
        "{}",
        found.reason
    );
    let at_the_end = missing(|at, _| at > 1_700);
    let found = raised(&at_the_end, NAME).unwrap();
    assert!(found.reason.contains("part 10 of 10"), "{}", found.reason);
    // Labels of live data come late.
    let live = missing(|at, row| row.split == "test" && random(at, 8) < 0.4);
    assert_eq!(severity(&live, NAME), Some(Info));
}

#[test]
fn cases_that_were_labelled_twice_conflict() {
    let mut rows = honest(2_000);
    let again: Vec<Row> = (0..25)
        .map(|at| {
            let mut row = rows[2 * at + 1].clone();
            row.label = (1 - row.label.parse::<u8>().unwrap()).to_string();
            row.id.push_str(" again");
            row
        })
        .collect();
    rows.extend(again);
    let found = raised(&csv(&rows), "conflicting_labels").unwrap();
    assert_eq!(found.severity, Warning);
    assert_eq!(found.evidence["conflicting_rows"], 50.0);
    assert_eq!(severity(&csv(&honest(2_000)), "conflicting_labels"), None);
}

#[test]
fn rare_classes_and_few_cases_are_said() {
    let file = |cases: usize, others: usize| {
        format!(
            "is_fraud,prediction\n{}{}",
            "1,1\n".repeat(cases),
            "0,0\n".repeat(others)
        )
    };
    assert_eq!(severity(&file(8, 100), "too_few_positives"), Some(Warning));
    assert_eq!(severity(&file(20, 100), "too_few_positives"), Some(Info));
    assert_eq!(severity(&file(30, 100), "too_few_positives"), None);
    assert_eq!(severity(&file(100, 900), "imbalance"), Some(Info));
    assert_eq!(severity(&file(101, 900), "imbalance"), None);
}

#[test]
fn what_is_not_measured_is_said() {
    let file = |columns: &str, cells: &str| {
        format!(
            "label,prediction{columns}\n{}",
            format!("1,1{cells}\n0,0{cells}\n").repeat(20)
        )
    };
    for (columns, cells, latency, cost) in [
        ("", "", Some(Info), Some(Info)),
        (",latency_ms", ",5", None, Some(Info)),
        (",latency_ms,cost", ",5,0.01", None, None),
    ] {
        let csv = file(columns, cells);
        assert_eq!(severity(&csv, "latency_not_measured"), latency);
        assert_eq!(severity(&csv, "cost_not_measured"), cost);
    }
}

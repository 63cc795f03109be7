//! Several files at once: as splits, joined on an id, and those that do not belong together.

use crate::{HEADER, check, check_all, document, err, file, matrix, out, piped};

#[test]
fn files_of_the_same_columns_are_splits() {
    let train = file("model_train.csv", matrix(HEADER, [95, 5, 5, 95]).as_bytes());
    let test = file("model_test.csv", matrix(HEADER, [90, 10, 5, 95]).as_bytes());
    let report = document(&check_all(&[&train, &test], &["--format", "json"]));
    assert_eq!(report["splits"]["train"]["accuracy"], 0.95);
    assert_eq!(report["splits"]["test"]["accuracy"], 0.925);
    assert_eq!(report["settings"]["reference"], "train");
    assert_eq!(report["settings"]["current"], "test");
    assert_eq!(report["roles"]["split"], "split");
    let sources = report["sources"].as_array().unwrap();
    let names: Vec<_> = sources.iter().map(|source| &source["name"]).collect();
    assert_eq!(names, ["model_train.csv", "model_test.csv"]);
    assert!(sources.iter().all(|source| source["rows_used"] == 200));

    let text = out(&check_all(&[&train, &test], &[]));
    assert!(
        text.contains("its rows are the split “train”, after the file's name"),
        "{text}"
    );
    assert!(text.contains("split = split"), "{text}");
}

#[test]
fn files_that_lack_what_another_has_are_joined_on_the_id() {
    let numbered = |rows: &[&str]| -> String {
        let rows = rows.iter().enumerate();
        rows.map(|(id, row)| format!("{id},{row}\n")).collect()
    };
    let labels: Vec<&str> = ["1", "1", "0", "0"].repeat(25);
    let predictions: Vec<&str> = ["1", "0", "0", "0"].repeat(25);
    let whole: Vec<String> = labels
        .iter()
        .zip(&predictions)
        .map(|(label, prediction)| format!("{prediction},{label}"))
        .collect();
    let whole: Vec<&str> = whole.iter().map(String::as_str).collect();
    let whole = file(
        "whole.csv",
        format!("id,prediction,label\n{}", numbered(&whole)).as_bytes(),
    );
    let predictions = format!("id,prediction\n{}900,1\n", numbered(&predictions));
    let predictions = file("predictions.csv", predictions.as_bytes());
    let labels = format!("id,label\n{}", numbered(&labels));
    let more = ["--format", "json"];
    let expected = document(&check(&whole, &more));
    // The labels come by standard input, as lines of JSON.
    let arguments = [
        "check",
        predictions.to_str().unwrap(),
        "-",
        "--format",
        "json",
    ];
    let lines: String = labels
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap())
        .map(|(id, label)| format!("{{\"id\": \"{id}\", \"label\": {label}}}\n"))
        .collect();
    let report = document(&piped(&arguments, &lines));
    assert_eq!(report["overall"], expected["overall"]);
    assert_eq!(
        report["sources"][0]["rejected"][0]["reason"],
        "no row with this id in standard input"
    );
    assert_eq!(report["sources"][0]["rejected"][0]["example"], "900");
    assert_eq!(report["sources"][1]["rows_used"], 100);

    let labels = file("labels.csv", labels.as_bytes());
    let text = out(&check_all(&[&labels, &predictions], &[]));
    assert!(text.contains("joined with labels.csv on id"), "{text}");
    assert!(
        text.contains(
            "1 left out because no row with this id in labels.csv (first in row 101: \"900\")"
        ),
        "{text}"
    );
}

#[test]
fn files_that_do_not_belong_together_end_with_2_and_say_why() {
    let predictions = file("lonely.csv", b"id,prediction\n1,1\n2,0\n");
    for (name, other, part) in [
        (
            "stranger.csv",
            "city,label\nBrno,1\n",
            "give both a column of ids with the same name",
        ),
        (
            "others.csv",
            "id,label\na1,1\na2,0\n",
            "write the ids the same way in both",
        ),
        (
            "twice.csv",
            "id,label\n1,1\n2,0\n1,0\n",
            "row 1 of twice.csv and row 3 of twice.csv differ",
        ),
        ("broken.csv", "id,label\n1,\"1\n", "broken.csv”: row 1"),
    ] {
        let output = check_all(&[&predictions, &file(name, other.as_bytes())], &[]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(err(&output).contains(part), "{name}: {}", err(&output));
        assert_eq!(err(&output).lines().count(), 1, "{name}");
    }
}

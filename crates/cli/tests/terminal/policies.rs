//! Policies at a terminal: printed, read from files, made from a report.

use crate::{HEADER, check, err, file, greenlight, matrix, out};

#[test]
fn presets_are_listed_printed_and_accepted_as_files() {
    let list = out(&greenlight(&["policy"]).output().unwrap());
    let data = file("presets.csv", matrix(HEADER, [480, 20, 20, 480]).as_bytes());
    for line in list.lines() {
        let name = line.split_whitespace().next().unwrap();
        let printed = greenlight(&["policy", name]).output().unwrap();
        assert_eq!(printed.status.code(), Some(0), "{}", err(&printed));
        let path = file(&format!("{name}.json"), &printed.stdout);
        let path = path.to_str().unwrap();
        let [by_name, by_file] = [name, path].map(|policy| {
            let output = check(&data, &["--policy", policy, "--format", "json"]);
            assert!(!output.stdout.is_empty(), "{}", err(&output));
            out(&output)
        });
        assert_eq!(by_name, by_file);
        // What is printed is what it reads back.
        let again = greenlight(&["policy", path]).output().unwrap();
        assert_eq!(again.stdout, printed.stdout);
    }
    assert_eq!(list.lines().count(), 5);
}

#[test]
fn mistakes_in_a_policy_are_all_told_with_their_places() {
    let json = "{\"name\": \"ours\", \"criteria\": [\n\
                {\"name\": \"a\", \"metric\": \"acuracy\", \"operator\": \">=\", \"limti\": 0.9, \"severity\": \"must\"}]}";
    let policy = file("mistaken.json", json.as_bytes());
    let data = file("mistaken.csv", matrix(HEADER, [9, 1, 1, 9]).as_bytes());
    for output in [
        check(&data, &["--policy", policy.to_str().unwrap()]),
        greenlight(&["policy", policy.to_str().unwrap()])
            .output()
            .unwrap(),
    ] {
        assert_eq!(output.status.code(), Some(2));
        let said = err(&output);
        let lines: Vec<&str> = said.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "line 2, column 25: criteria[0].metric: there is no metric “acuracy”; did you mean “accuracy”?",
                "line 2, column 54: criteria[0].limti: unknown key; did you mean “limit”?",
            ],
            "{said}"
        );
    }
}

#[test]
fn a_report_makes_a_policy_for_its_successor() {
    let champion = file(
        "champion.csv",
        matrix(HEADER, [4_500, 500, 500, 4_500]).as_bytes(),
    );
    let report = check(&champion, &["--format", "json"]);
    let report = file("champion.json", &report.stdout);
    let report = report.to_str().unwrap();
    let output = greenlight(&["policy", "--from", report, "--margin", "0.02"])
        .output()
        .unwrap();
    let policy: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(policy["criteria"][0]["name"], "accuracy_no_worse");
    assert_eq!(policy["criteria"][0]["limit"], 0.88);
    let policy = file("no_worse.json", &output.stdout);
    let policy = policy.to_str().unwrap();
    for (cells, status) in [([4_500, 500, 500, 4_500], 0), ([4_200, 800, 500, 4_500], 1)] {
        let challenger = file("challenger.csv", matrix(HEADER, cells).as_bytes());
        let output = check(&challenger, &["--policy", policy]);
        assert_eq!(output.status.code(), Some(status), "{}", out(&output));
    }
    for (arguments, part) in [
        (&["policy", "--from", "none.json"][..], "cannot be read"),
        (&["policy", "--from", policy], "is not a report"),
        (
            &["policy", "--from", report, "--margin", "5"],
            "from 0 to 1",
        ),
        (&["policy", "--margin", "0.1"], "--from"),
        (&["policy", "lenient"], "there is no policy “lenient”"),
    ] {
        let output = greenlight(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains(part), "{}", err(&output));
    }
}

//! What can be said on the command line.

use crate::{HEADER, check, document, err, file, greenlight, matrix, out, piped};

#[test]
fn standard_input_is_read_like_a_file() {
    let csv = matrix(HEADER, [90, 10, 5, 95]);
    let report = document(&piped(&["check", "-", "--format", "json"], &csv));
    assert_eq!(report["overall"]["accuracy"], 0.925);
    assert_eq!(report["sources"][0]["name"], "standard input");
}

#[test]
fn every_role_has_a_flag_and_can_be_taken_away() {
    let csv = "a,b,c,proba_1,e,f,g,h,i,j,k,l,m,n,o,p\n1,1,0.9,0.9,5,2024-01-01,train,x,1,u1,m,clean,1,0,1,1\n\
               0,0,0.1,0.1,6,2024-01-02,test,y,2,u2,m,noisy,1,0,1,1\n";
    let path = file("roles.csv", csv.as_bytes());
    let flags = [
        ("label", "a"),
        ("prediction", "b"),
        ("score", "c"),
        ("class-scores", "proba_1"),
        ("latency", "e"),
        ("timestamp", "f"),
        ("split", "g"),
        ("segment", "h"),
        ("feature", "i"),
        ("id", "j"),
        ("model", "k"),
        ("variant", "l"),
        ("cost", "m"),
        ("error", "n"),
        ("feedback", "o"),
        ("count", "p"),
    ];
    let flags = flags.map(|(role, column)| [format!("--{role}"), column.to_owned()]);
    let flags: Vec<&str> = flags.iter().flatten().map(String::as_str).collect();
    let roles =
        document(&check(&path, &[&flags[..], &["--format", "json"]].concat()))["roles"].clone();
    for (key, column) in [
        ("label", "a"),
        ("prediction", "b"),
        ("score", "c"),
        ("latency", "e"),
        ("timestamp", "f"),
        ("split", "g"),
        ("id", "j"),
        ("model", "k"),
        ("variant", "l"),
        ("cost", "m"),
        ("error", "n"),
        ("feedback", "o"),
        ("count", "p"),
    ] {
        assert_eq!(roles[key], column, "{key}");
    }
    assert_eq!(roles["segments"], serde_json::json!(["h"]));
    assert_eq!(roles["features"], serde_json::json!(["i"]));
    assert_eq!(roles["class_scores"].as_object().unwrap().len(), 1);

    let text = out(&check(&path, &flags));
    for part in [
        "segments = h",
        "class scores = proba_1",
        "id = j",
        "count = p",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let named = file(
        "named.csv",
        b"label,prediction,score,split\n1,1,0.9,train\n0,1,0.1,test\n",
    );
    let more = [
        "--no-role",
        "split",
        "--no-role",
        "score",
        "--format",
        "json",
    ];
    let roles = document(&check(&named, &more))["roles"].clone();
    assert_eq!(
        (&roles["split"], &roles["score"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
}

#[test]
fn help_is_grouped_and_plain() {
    let help = out(&greenlight(&["check", "--help"]).output().unwrap());
    for part in [
        "Columns (guessed where not said):",
        "Judging:",
        "The exit status is the verdict",
        "--no-role",
        "standard input",
        "joined on the id",
    ] {
        assert!(help.contains(part), "{part} in {help}");
    }
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
            "there is no file “no-such-file.csv”",
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
        (&["check", "."], "is a folder"),
        (&["check", "-", "-"], "only once"),
        (
            &["check", data, "--no-role", "bias"],
            "the roles are label, prediction",
        ),
        (
            &["check", data, "--no-role", "label", "--label", "label"],
            "leave one out",
        ),
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

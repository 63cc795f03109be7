//! The gate of the guide, run as it stands there.

use super::*;

/// The plain shell job of `docs/ci.md`.
fn job() -> String {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/ci.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let (_, from_job) = guide.split_once("```sh\n#!/bin/sh\n").unwrap();
    from_job.split_once("```").unwrap().0.to_owned()
}

/// A thousand rows, of which so many of each class are wrong.
fn rows(wrong: usize) -> String {
    matrix(HEADER, [500 - wrong, wrong, wrong, 500 - wrong])
}

/// Runs the job in a folder of its own, against a champion with so many wrong rows of each class.
fn gate(name: &str, predictions: &str, champion: usize) -> Output {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, content: &[u8]| std::fs::write(folder.join(name), content).unwrap();
    let policy = greenlight(&["policy", "balanced"]).output().unwrap().stdout;
    write("release.policy.json", &policy);
    write("champion.csv", rows(champion).as_bytes());
    write("predictions.csv", predictions.as_bytes());
    let of_champion = check(&folder.join("champion.csv"), &["--format", "json"]);
    write("champion.json", &of_champion.stdout);
    let binary = Path::new(env!("CARGO_BIN_EXE_greenlight"));
    let path = format!(
        "{}:{}",
        binary.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let mut shell = Command::new("sh");
    shell.args(["-c", &job()]).env("PATH", path);
    shell.current_dir(&folder).output().unwrap()
}

#[test]
#[cfg(unix)]
fn the_gate_of_the_guide_lets_good_releases_pass_and_stops_others_with_the_reason() {
    let good = gate("gate-good", &rows(20), 20);
    assert_eq!(good.status.code(), Some(0), "{}", err(&good));
    assert!(out(&good).contains("Ready"), "{}", out(&good));

    let bad = gate("gate-bad", &rows(150), 20);
    assert_eq!(bad.status.code(), Some(1));
    assert!(out(&bad).contains("\nnot ready\n"), "{}", out(&bad));

    let few = gate("gate-few", &matrix(HEADER, [1, 0, 0, 1]), 20);
    assert_eq!(few.status.code(), Some(3));
    assert!(out(&few).contains("label more rows"), "{}", out(&few));

    let broken = gate("gate-broken", "\u{0}\u{1}", 20);
    assert_eq!(broken.status.code(), Some(2));
    assert!(out(&broken).contains("cannot be used"), "{}", out(&broken));

    let worse = gate("gate-worse", &rows(40), 5);
    assert_eq!(worse.status.code(), Some(1));
    assert!(out(&worse).contains("worse"), "{}", out(&worse));
}

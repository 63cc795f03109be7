//! The crates under `crates/` know no browser, no clock and no chance, and depend on each other one way only.
//!
//! Proven on what Cargo would really link, for this machine and for the browser.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// For each folder of `crates/`: the other ones that it may reach, directly or through others.
const MAY_REACH: [(&str, &[&str]); 8] = [
    ("calendar", &[]),
    ("format", &["calendar"]),
    ("data", &["calendar"]),
    ("metrics", &[]),
    ("readiness", &["calendar", "data", "format", "metrics"]),
    (
        "link",
        &["calendar", "data", "format", "metrics", "readiness"],
    ),
    ("charts", &["calendar", "format"]),
    (
        "cli",
        &[
            "calendar",
            "charts",
            "data",
            "format",
            "link",
            "metrics",
            "readiness",
        ],
    ),
];

/// Packages that stand for a browser, a clock, or numbers that differ from run to run.
const FOREIGN: [&str; 17] = [
    "chrono",
    "console_error_panic_hook",
    "fastrand",
    "getrandom",
    "gloo",
    "instant",
    "js-sys",
    "jiff",
    "rand",
    "time",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "wasm-timer",
    "web-sys",
    "web-time",
    "yew",
    "plotters-canvas",
];

const BROWSER: &str = "wasm32-unknown-unknown";

#[test]
fn every_crate_has_its_place() {
    let folder = root().join("crates");
    let crates: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let placed = MAY_REACH
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(
        crates, placed,
        "crates/ and the list of what each may reach differ"
    );
}

#[test]
fn arrows_between_crates_point_one_way() {
    for (name, may_reach) in MAY_REACH {
        let allowed: BTreeSet<&str> = may_reach.iter().copied().chain([name]).collect();
        for package in linked(name, &[]).into_keys() {
            let Some(other) = package.strip_prefix("greenlight-") else {
                continue;
            };
            assert!(
                allowed.contains(other),
                "crates/{name} reaches {package}, which it must not know"
            );
        }
    }
}

#[test]
fn crates_know_no_browser_no_clock_and_no_chance() {
    for (name, _) in MAY_REACH {
        assert_pure(name, &[]);
    }
}

#[test]
fn crates_stay_pure_when_built_for_a_browser() {
    for (name, _) in MAY_REACH {
        match name {
            // Not built for browsers.
            "cli" => {}
            // There, plotters itself brings bindings to the browser, which the charts make no use of.
            "charts" => assert_pure(name, &["--target", BROWSER, "--prune", "plotters"]),
            _ => assert_pure(name, &["--target", BROWSER]),
        }
    }
}

fn assert_pure(name: &str, options: &[&str]) {
    let packages = linked(name, options);
    assert!(
        packages.contains_key(&format!("greenlight-{name}")),
        "cargo tree did not show crates/{name} itself"
    );
    for (package, line) in packages {
        let is_foreign = FOREIGN.contains(&package.as_str()) || package.starts_with("gloo-");
        assert!(
            !is_foreign,
            "crates/{name} links {line} with options {options:?}"
        );
    }
}

/// The packages that Cargo links into a crate, with the line that shows each.
fn linked(name: &str, options: &[&str]) -> BTreeMap<String, String> {
    let package = format!("greenlight-{name}");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "tree",
            "--package",
            &package,
            "--edges",
            "normal",
            "--prefix",
            "none",
        ])
        .args(options)
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "cargo tree failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let tree = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    let lines = tree.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            (
                line.split_whitespace()
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
                line.to_owned(),
            )
        })
        .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ is in the repository")
}

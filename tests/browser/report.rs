//! The document that the page gives is the one that the terminal prints, byte for byte.

use greenlight_readiness::{Choices, Policy};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::data;
use crate::page::{PATIENCE, Page, root};

/// The report that was downloaded there, without what the page draws from, which stands last.
pub fn downloaded(folder: &Path) -> String {
    let json = downloaded_live(folder);
    let (report, live) = json.rsplit_once(",\n  \"live\": \"").unwrap();
    assert!(live.ends_with("\"\n}\n"), "{live}");
    format!("{report}\n}}\n")
}

/// The report that was downloaded there, as it can be opened again.
pub fn downloaded_live(folder: &Path) -> String {
    let path = folder.join("greenlight-report.json");
    let started = Instant::now();
    let json = loop {
        // The file is there before all of it is.
        let json = std::fs::read_to_string(&path).unwrap_or_default();
        if serde_json::from_str::<serde_json::Value>(&json).is_ok() {
            break json;
        }
        assert!(started.elapsed() < PATIENCE, "nothing was downloaded");
        std::thread::sleep(Duration::from_millis(20));
    };
    // So that the next one has the same name.
    std::fs::remove_file(&path).unwrap();
    json
}

#[test]
fn the_page_and_the_terminal_give_the_same_report() {
    let sample = std::fs::read(root().join("static/samples/breast_cancer.csv")).unwrap();
    let classes = data::repeated(
        "label,prediction",
        &[("ant,ant", 7), ("bee,cat", 2), ("cat,cat", 4)],
    );
    for (name, content) in [
        ("breast_cancer.csv", sample),
        ("fraud.csv", data::fraud().into_bytes()),
        ("classes.csv", classes.into_bytes()),
        (
            "scores.csv",
            b"label,score\n1,2.5\n0,-1\n1,0.25\n0,0.5\n".to_vec(),
        ),
        ("large.csv", data::large(5_000).into_bytes()),
        ("latencies.csv", b"latency_ms\n10\n20\n30\n".to_vec()),
        ("segmented.csv", data::segmented(20_000).into_bytes()),
    ] {
        let page = Page::with_file(name, &content);
        let folder = page.keep_downloads();
        for policy in [Policy::balanced(), Policy::spam()] {
            page.select("[data-testid=policy]", &policy.name);
            page.click("[data-testid=download-json]");
            let report = data::report(name, &content, &Choices::default(), &policy);
            let (given, expected) = (downloaded(&folder), report.to_json().unwrap());
            let lines = given.lines().zip(expected.lines());
            let different = lines.filter(|(given, expected)| given != expected);
            let different: Vec<String> = different
                .map(|(given, expected)| format!("{given} != {expected}"))
                .collect();
            assert!(
                different.is_empty(),
                "{name} by {}:\n{}",
                policy.name,
                different.join("\n")
            );
            assert_eq!(given, expected, "{name} by {}", policy.name);
        }
        page.close();
    }
}

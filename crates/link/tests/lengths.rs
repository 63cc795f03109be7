//! How long links are, each held to a budget. `cargo xtask bundle` prints what this test prints.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use greenlight_link::{Parts, SharedReport, encode};
use greenlight_readiness::{Choices, Policy};

mod files;

/// The most characters of each sample's report in a link, without the address before it.
const SAMPLES: [(&str, usize); 5] = [
    ("flights", 14_000),
    ("bicycles", 19_500),
    ("digits", 9_000),
    ("breast_cancer", 5_800),
    ("matrix", 400),
];
/// Of thirty windows and twenty features.
const TYPICAL: usize = 16_000;
/// Of a score alone.
const BARE: usize = 2_000;

#[test]
fn links_keep_to_their_lengths() {
    let bare = Parts {
        windows: false,
        segments: false,
        features: false,
        ..Parts::default()
    };
    let of = |bytes: &[u8]| {
        files::report(
            "predictions.csv",
            bytes,
            Policy::fraud(),
            &Choices::default(),
        )
    };
    let length =
        |report: &SharedReport, parts: &Parts| encode(&report.thinned(parts)).unwrap().len();
    let mut lengths = vec![
        (
            "30 windows, 20 features",
            length(&of(&files::typical(20_000)), &Parts::default()),
            TYPICAL,
        ),
        (
            "a score alone",
            length(&of(&files::bare(20_000)), &bare),
            BARE,
        ),
    ];
    lengths.extend(
        SAMPLES.map(|(name, most)| (name, length(&files::sample(name), &Parts::default()), most)),
    );
    println!("\ncharacters of a link to the report of");
    for (name, length, most) in &lengths {
        println!("{name:<32} {length:>6}, at most {most}");
    }
    for (name, length, most) in lengths {
        assert!(length <= most, "{name}: {length}");
    }
}

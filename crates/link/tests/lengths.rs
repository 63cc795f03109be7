//! How long links are, each held to a budget. `cargo xtask bundle` prints what this test prints.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use greenlight_link::{Parts, SharedReport, encode};

mod files;

/// The most characters of each report in a link, without the address before it.
const MOST: [(&str, usize); 7] = [
    ("30 windows, 20 features", 16_000),
    ("a score alone", 2_000),
    ("flights", 14_000),
    ("bicycles", 20_000),
    ("digits", 9_000),
    ("breast_cancer", 5_800),
    ("matrix", 400),
];

#[test]
fn links_keep_to_their_lengths() {
    let length = |(name, report): &(&'static str, SharedReport)| {
        // Of a score alone there is no more than the least.
        let parts = match *name {
            "a score alone" => files::least(),
            _ => Parts::default(),
        };
        let (_, most) = MOST.into_iter().find(|(known, _)| known == name).unwrap();
        (*name, encode(&report.thinned(&parts)).unwrap().len(), most)
    };
    let lengths: Vec<_> = files::measured(20_000).iter().map(length).collect();
    println!("\ncharacters of a link to the report of");
    for (name, length, most) in &lengths {
        println!("{name:<32} {length:>6}, at most {most}");
    }
    for (name, length, most) in lengths {
        assert!(length <= most, "{name}: {length}");
    }
}

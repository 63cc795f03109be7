//! The built page in a real browser, used as a person uses it.
//!
//! `cargo xtask test` builds the page and says in `GREENLIGHT_DIST`, `CHROME` and `CHROMEDRIVER` where everything is.
//! By hand: `GREENLIGHT_DIST=dist cargo test -p greenlight-tests --features browser --test browser`.

// Clippy's ban on clocks is for results; how long to wait for a browser is none.
#![allow(clippy::disallowed_methods)]

mod amounts;
mod bench;
mod best_thresholds;
mod calibration;
mod checklist;
mod compare;
mod confusion;
mod data;
mod downloads;
mod driver;
mod failures;
mod first_screen;
mod large;
mod latency;
mod looks;
mod mapping;
mod marionette;
mod monitoring;
mod offline;
mod one_file;
mod over_time;
mod page;
mod policy;
mod privacy;
mod remote;
mod report;
mod rounded;
mod rows;
mod segments;
mod server;
mod share;
mod threshold;
mod verdict;
mod ways_in;

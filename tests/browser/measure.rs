//! The times in docs/performance.md, by the page's own User Timing marks. Run by hand, with the machine idle:
//! `cargo test -p greenlight-tests --features browser --test browser -- --ignored --nocapture --test-threads 1 times`.

use serde_json::json;

use crate::data;
use crate::page::{DESKTOP, Page};

const RUNS: usize = 5;

#[test]
#[ignore = "a measurement, not a check"]
fn times_to_the_first_screen_and_to_the_verdict() {
    println!("milliseconds, median of {RUNS} runs, each in a browser that has never seen the page");
    let first_screen = (0..RUNS).map(|_| {
        let page = Page::open(DESKTOP);
        let time = mark(&page, "greenlight:first-screen");
        page.close();
        time
    });
    println!(
        "from navigation to the first screen: {:.0}",
        median(first_screen.collect())
    );
    for rows in [1_000, 100_000, 1_000_000] {
        let csv = data::large(rows);
        let runs: Vec<(f64, f64)> = (0..RUNS).map(|_| load(&csv)).collect();
        let profile = median(runs.iter().map(|run| run.0).collect());
        let verdict = median(runs.iter().map(|run| run.1).collect());
        println!(
            "{rows} rows, {:.1} MB: profile after {profile:.0}, verdict on screen after {verdict:.0}",
            csv.len() as f64 / 1e6
        );
    }
}

/// From the choice of a file to its profile, and to the verdict on screen.
fn load(csv: &str) -> (f64, f64) {
    let page = Page::with_file("large.csv", csv);
    page.until(
        "the verdict is painted",
        "return performance.getEntriesByName('greenlight:verdict-painted').length > 0",
    );
    let chosen = mark(&page, "greenlight:file-chosen");
    let times = [
        mark(&page, "greenlight:profile-received") - chosen,
        mark(&page, "greenlight:verdict-painted") - chosen,
    ];
    page.close();
    times.into()
}

fn mark(page: &Page, name: &str) -> f64 {
    let script = "return performance.getEntriesByName(arguments[0])[0].startTime";
    page.run(script, json!([name])).as_f64().unwrap()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

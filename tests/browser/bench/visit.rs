//! Visits of the page, each by a browser that has never seen it.

use serde_json::{Value, json};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::memory::{self, Watch};
use crate::data;
use crate::large::WATCH;
use crate::page::{DESKTOP, Page};

/// A visit in which a file was loaded; times in milliseconds.
pub struct Load {
    /// From navigation to the first screen.
    pub first_screen: f64,
    /// From the choice of the file to its profile.
    pub profile: f64,
    /// From the choice of the file to the verdict on screen.
    pub verdict: f64,
    /// The longest task of the page; `None` where none took over 50.
    pub longest_task: Option<f64>,
    /// How many different counts of rows were shown while it loaded.
    pub progress_states: u64,
}

/// Opens the page and loads a file.
pub fn load(file: &Path) -> Load {
    let page = Page::open(DESKTOP);
    page.run(WATCH, json!([]));
    page.choose(&[file]);
    until_verdict(&page);
    let tasks = page.run("return longTasks", json!([]));
    let tasks = tasks.as_array().unwrap().iter().filter_map(Value::as_f64);
    let progress_states = page.run(
        "return new Set(progress.filter(status => status.state === 'loading')
             .map(status => status.rows)).size",
        json!([]),
    );
    let chosen = mark(&page, "greenlight:file-chosen");
    let load = Load {
        first_screen: mark(&page, "greenlight:first-screen"),
        profile: mark(&page, "greenlight:profile-received") - chosen,
        verdict: mark(&page, "greenlight:verdict-painted") - chosen,
        longest_task: tasks.reduce(f64::max),
        progress_states: progress_states.as_u64().unwrap(),
    };
    page.close();
    load
}

/// What all processes of the browser take: with the empty page, and at most while a file loads; in bytes.
pub fn memory(file: &Path) -> Option<(u64, u64)> {
    let page = Page::open(DESKTOP);
    sleep(Duration::from_secs(2));
    let empty = memory::of_descendants(page.process())?;
    let watch = Watch::start(page.process());
    page.choose(&[file]);
    until_verdict(&page);
    sleep(Duration::from_millis(500));
    let peak = watch.peak()?;
    page.close();
    Some((empty, peak))
}

/// Milliseconds from each click on the navigation to the frame that shows the view, while a file loads.
pub fn clicks(file: &Path, rows: u32) -> Vec<f64> {
    const NOTE: &str = "
        window.clicked = 0;
        window.answers = [];
        addEventListener('click', event => {
            const link = event.target.closest('[data-testid^=nav-]');
            const status = document.querySelector('[data-testid=status]');
            if (link === null || status.dataset.state !== 'loading') return;
            clicked += 1;
            const frame = () => {
                if (link.getAttribute('aria-current') !== 'page') return requestAnimationFrame(frame);
                setTimeout(() => answers.push(performance.now() - event.timeStamp));
            };
            requestAnimationFrame(frame);
        }, true);";
    let page = Page::with_file("matrix.csv", data::matrix_90_10_5_95());
    page.go("load");
    page.run(NOTE, json!([]));
    let places = ["confusion", "verdict"].map(|view| {
        let script = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
             return [box.x + box.width / 2, box.y + box.height / 2]";
        page.run(script, json!([format!("[data-testid=nav-{view}]")]))
    });
    page.choose(&[file]);
    let loaded = format!(
        "const status = document.querySelector('[data-testid=status]').dataset;
         return status.state === 'ready' && status.rows === '{rows}'"
    );
    let mut places = places.iter().cycle();
    while page.run(&loaded, json!([])) == json!(false) {
        let next = Instant::now() + Duration::from_millis(100);
        let place = places.next().unwrap();
        page.click_at((place[0].as_f64().unwrap(), place[1].as_f64().unwrap()));
        sleep(next.saturating_duration_since(Instant::now()));
    }
    let clicks = page.until(
        "every click is answered",
        "return clicked > 0 && clicked === answers.length && answers",
    );
    let clicks = clicks.as_array().unwrap().iter();
    let clicks = clicks.map(|time| time.as_f64().unwrap()).collect();
    page.close();
    clicks
}

fn until_verdict(page: &Page) {
    page.until(
        "the verdict is painted",
        "return performance.getEntriesByName('greenlight:verdict-painted').length > 0",
    );
}

/// When a mark was first set, in milliseconds since the visit began.
pub fn mark(page: &Page, name: &str) -> f64 {
    let script = "return performance.getEntriesByName(arguments[0])[0].startTime";
    page.run(script, json!([name])).as_f64().unwrap()
}

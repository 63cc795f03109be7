//! Moving the threshold: from the input event to the last draw call, and on to the frame that shows it.

use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

use super::memory::Watch;
use super::visit::mark;
use crate::page::{DESKTOP, Page};

/// Inputs in each visit.
pub const INPUTS: usize = 300;
/// Ten million rows take a while to read on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// Visits in which the threshold was moved; times in milliseconds.
pub struct Moves {
    /// Rows of the file.
    pub rows: u32,
    /// From each input event to its last draw call.
    pub drawn: Vec<f64>,
    /// From each input event to the frame that shows it.
    pub painted: Vec<f64>,
    /// From the choice of the file to the verdict on screen.
    pub verdict: f64,
    /// The most that all processes of the browser took while the file was loaded, in bytes.
    pub memory: Option<u64>,
}

impl Moves {
    /// Adds another visit with the same file; of loading and memory the first stands.
    pub fn extend(&mut self, other: Self) {
        self.drawn.extend(other.drawn);
        self.painted.extend(other.painted);
    }
}

/// Moves the slider over its whole range and back, a step each time the last one is on screen. The marks are the page's own:
/// the n-th of each kind belongs to the n-th input.
const MOVE: &str = "
    const [inputs] = arguments;
    const marks = name => performance.getEntriesByName(`greenlight:threshold-${name}`);
    for (const name of ['input', 'drawn', 'painted']) performance.clearMarks(`greenlight:threshold-${name}`);
    const slider = document.querySelector('input[data-testid=threshold]');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const [low, high] = [Number(slider.min), Number(slider.max)];
    let moved = 0;
    window.moves = null;
    const next = () => {
        if (marks('painted').length < moved) return requestAnimationFrame(next);
        if (moved === inputs) {
            const [began, drawn, painted] = ['input', 'drawn', 'painted'].map(marks);
            const since = ends => ends.map((end, at) => end.startTime - began[at].startTime);
            window.moves = { drawn: since(drawn), painted: since(painted) };
            return;
        }
        moved += 1;
        // There and back, never where it was.
        const place = 1 - Math.abs(1 - 2 * moved / (inputs + 1));
        set.call(slider, String(low + place * (high - low)));
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        requestAnimationFrame(next);
    };
    requestAnimationFrame(next);";

/// Loads a file and moves the threshold.
pub fn moves(file: &Path, rows: u32) -> Moves {
    let page = Page::open(DESKTOP);
    let watch = Watch::start(page.process());
    page.choose(&[file]);
    page.until_within(
        PATIENCE,
        "the verdict is painted",
        "return performance.getEntriesByName('greenlight:verdict-painted').length > 0",
    );
    let memory = watch.peak();
    let verdict = mark(&page, "greenlight:verdict-painted") - mark(&page, "greenlight:file-chosen");
    page.go("threshold");
    page.until_there("input[data-testid=threshold]");
    page.run(MOVE, json!([INPUTS]));
    let moves = page.until_within(PATIENCE, "every move is on screen", "return window.moves");
    let times = |key: &str| {
        let times: Vec<f64> = moves[key]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_f64)
            .collect();
        assert_eq!(times.len(), INPUTS, "a mark for each input: {key}");
        times
    };
    let moves = Moves {
        rows,
        drawn: times("drawn"),
        painted: times("painted"),
        verdict,
        memory,
    };
    page.close();
    moves
}

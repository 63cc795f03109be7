//! Dragging over a picture of windows: from letting go to what the sums of the windows say, and on to the engine's own numbers.

use serde_json::json;
use std::time::Duration;

use crate::page::Page;

/// Ranges that are chosen in each visit.
pub const RANGES: usize = 5;

/// Times of each range in milliseconds, from the moment in which the pointer lets go.
pub struct Brushes {
    /// The range and what the sums of its windows say were on screen.
    pub at_once: Vec<f64>,
    /// The engine had looked at the rows in that range.
    pub exact: Vec<f64>,
    /// Each move of the pointer to the frame that shows it.
    pub moves: Vec<f64>,
}

/// Notes what the next drag does.
const WATCH: &str = "
    const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
    const range = () => document.querySelector('[data-testid=range]');
    const status = () => document.querySelector('[data-testid=status]');
    const is_counted = () => status().dataset.examined === 'true' && !status().querySelector('.progress');
    window.brushed = null;
    window.moves ??= [];
    const over = new AbortController();
    addEventListener('pointermove', async event => {
        if (event.buttons === 1) moves.push(await painted() - event.timeStamp);
    }, { capture: true, signal: over.signal });
    addEventListener('pointerup', async event => {
        over.abort();
        let now = await painted();
        while (!range()) now = await painted();
        const at_once = now - event.timeStamp;
        while (!is_counted()) now = await painted();
        window.brushed = { at_once, exact: now - event.timeStamp };
    }, { capture: true, signal: over.signal });";

/// The picture, on screen.
const PLACE: &str = "
    const canvas = document.querySelector('canvas[data-testid=chart-stability]');
    canvas.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [left, top + height / 2, width]";

/// Whether all rows are looked at, and have been.
const IS_WHOLE: &str = "
    const status = document.querySelector('[data-testid=status]');
    return !document.querySelector('[data-testid=range]')
        && status.dataset.examined === 'true' && !status.querySelector('.progress')";

/// Chooses ranges of time in a page that has looked at its rows.
pub fn brush(page: &Page, patience: Duration) -> Brushes {
    page.go("stability");
    page.until_there("canvas[data-testid=chart-stability]");
    let (mut at_once, mut exact) = (Vec::new(), Vec::new());
    for range in 0..RANGES {
        page.run(WATCH, json!([]));
        // Where it is now: what a range adds to the page moves it.
        let place = page.run(PLACE, json!([]));
        let place: Vec<f64> = serde_json::from_value(place).unwrap();
        let at = |share: f64| (place[0] + share * place[2], place[1]);
        // Other windows each time, a quarter of all.
        let from = 0.2 + 0.04 * range as f64;
        page.drag(at(from), at(from + 0.25));
        let brushed = page.until_within(patience, "the range is counted", "return window.brushed");
        at_once.extend(brushed["at_once"].as_f64());
        exact.extend(brushed["exact"].as_f64());
        // All rows again, so that no drag meets an end of the last range.
        page.click("[data-testid=range-reset]");
        page.until_within(patience, "all rows are looked at", IS_WHOLE);
    }
    let moves = page.run("return window.moves", json!([]));
    Brushes {
        at_once,
        exact,
        moves: serde_json::from_value(moves).unwrap(),
    }
}

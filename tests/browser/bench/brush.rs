//! Dragging over a picture of windows: from letting go to what the sums of the windows say, and on to the engine's own numbers.

use serde_json::{Value, json};
use std::time::Duration;

use crate::page::Page;

/// Ranges that are chosen in each visit.
pub const RANGES: usize = 8;

/// Times of each range in milliseconds, from the moment in which the pointer lets go.
pub struct Brushes {
    /// The header and the verdict of these windows were on screen.
    pub at_once: Vec<f64>,
    /// The engine had looked at the rows in that range.
    pub exact: Vec<f64>,
    /// Each move of the pointer to the frame that shows it.
    pub moves: Vec<f64>,
}

/// Drags over some windows of fifty, other ones each time, once the numbers of the last range are there.
const BRUSH: &str = "
    const [ranges] = arguments;
    const canvas = document.querySelector('canvas[data-testid=chart-latency_over_time]');
    const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const said = () => document.querySelector('[data-testid=range]')?.textContent ?? '';
    const status = () => document.querySelector('[data-testid=status]');
    const is_counted = () => status().dataset.examined === 'true' && !status().querySelector('.progress');
    const until = async is_so => { while (!is_so()) await painted(); };
    const send = (kind, share) => {
        const { left, top, width, height } = canvas.getBoundingClientRect();
        canvas.dispatchEvent(new PointerEvent(kind, {
            bubbles: true, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0,
            buttons: kind === 'pointerup' ? 0 : 1, clientX: left + share * width, clientY: top + height / 2,
        }));
    };
    window.brushes = null;
    (async () => {
        const found = { at_once: [], exact: [], moves: [] };
        canvas.scrollIntoView({ block: 'center' });
        for (let range = 0; range < ranges; range += 1) {
            const before = said();
            const from = 0.2 + 0.04 * range;
            send('pointerdown', from);
            for (const step of [1, 2, 3, 4, 5]) {
                const moved = performance.now();
                send('pointermove', from + 0.05 * step);
                await painted();
                found.moves.push(performance.now() - moved);
            }
            const released = performance.now();
            send('pointerup', from + 0.25);
            await until(() => said() !== before);
            await painted();
            found.at_once.push(performance.now() - released);
            await until(is_counted);
            found.exact.push(performance.now() - released);
            // All rows again, so that no drag meets an end of the last range.
            document.querySelector('[data-testid=range-reset]').click();
            await until(() => said() === '' && is_counted());
        }
        window.brushes = found;
    })();";

/// Chooses ranges of time in a page that has looked at its rows.
pub fn brush(page: &Page, patience: Duration) -> Brushes {
    page.go("latency");
    page.until_there("canvas[data-testid=chart-latency_over_time]");
    page.run(BRUSH, json!([RANGES]));
    let found = page.until_within(patience, "every range is counted", "return window.brushes");
    let times = |key: &str| -> Vec<f64> {
        let times = found[key].as_array().unwrap().iter();
        times.filter_map(Value::as_f64).collect()
    };
    Brushes {
        at_once: times("at_once"),
        exact: times("exact"),
        moves: times("moves"),
    }
}

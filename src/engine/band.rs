//! How sure a chosen threshold is: the worker draws replicates one after the other and looks at its messages in between;
//! the page's list of who waits.

use std::cell::{Cell, RefCell};

use greenlight_metrics::{Choice, ScoreGroups, ThresholdBand, ThresholdBootstrap, ThresholdPoint};
use js_sys::{Date, Promise};
use wasm_bindgen_futures::JsFuture;
use web_sys::DedicatedWorkerGlobalScope;
use yew::Callback;

use super::protocol::RequestId;

/// Milliseconds of work after which the worker looks at its messages.
pub const SLICE_MS: f64 = 40.0;
/// The same replicates every time.
const SEED: u64 = 1;

/// What whoever waits for a band hears.
#[derive(Clone, Debug, PartialEq)]
pub enum BandNews {
    /// So many replicates are drawn.
    Drawn {
        /// So far.
        done: u32,
        /// In all.
        of: u32,
    },
    /// This is how sure the threshold is; nothing where none can be chosen, or too few replicates could.
    Found(Option<(ThresholdPoint, ThresholdBand)>),
    /// Nothing will come: other data or another question took over.
    Stopped,
}

/// Where the news go.
pub type OnBand = Callback<BandNews>;

/// Who waits for a band: the latest wins.
#[derive(Default)]
pub struct BandWaiting {
    latest: Cell<RequestId>,
    waiting: RefCell<Option<OnBand>>,
}

impl BandWaiting {
    /// Puts someone down in place of whoever waited, who is told.
    pub fn wait(&self, on_band: OnBand) -> RequestId {
        self.stop();
        let id = self.latest.get().wrapping_add(1);
        self.latest.set(id);
        self.waiting.replace(Some(on_band));
        id
    }

    /// Passes on how far it is; stale news are dropped.
    pub fn drawn(&self, id: RequestId, done: u32, of: u32) {
        let waiting = self.waiting.borrow().clone();
        if let Some(on_band) = waiting.filter(|_| id == self.latest.get()) {
            on_band.emit(BandNews::Drawn { done, of });
        }
    }

    /// Passes on what was found; a stale band is dropped.
    pub fn found(&self, id: RequestId, found: Option<(ThresholdPoint, ThresholdBand)>) {
        if id == self.latest.get()
            && let Some(on_band) = self.waiting.take()
        {
            on_band.emit(BandNews::Found(found));
        }
    }

    /// Tells whoever waits that nothing will come.
    pub fn stop(&self) {
        if let Some(on_band) = self.waiting.take() {
            on_band.emit(BandNews::Stopped);
        }
    }
}

/// Draws the replicates, telling `on_drawn` how far it is and asking `goes_on` whether anyone still waits; an error where
/// nobody does.
pub async fn draw(
    scope: &DedicatedWorkerGlobalScope,
    scores: &ScoreGroups,
    choice: Choice,
    goes_on: impl Fn() -> bool,
    on_drawn: impl Fn(u32, u32),
) -> Result<Option<(ThresholdPoint, ThresholdBand)>, Outdated> {
    let Some(mut bootstrap) = ThresholdBootstrap::new(scores, choice, SEED) else {
        return Ok(None);
    };
    let of = ThresholdBootstrap::replicates_for(scores.rows());
    let mut since = Date::now();
    for done in 1..=of {
        bootstrap.step();
        if Date::now() - since >= SLICE_MS {
            on_drawn(done, of);
            messages(scope).await;
            if !goes_on() {
                return Err(Outdated);
            }
            since = Date::now();
        }
    }
    Ok(bootstrap.finish().map(|band| (*bootstrap.point(), band)))
}

/// A later question has taken over.
pub struct Outdated;

/// Lets the messages that have come be heard. A promise that is kept at once would not: those go first.
pub async fn messages(scope: &DedicatedWorkerGlobalScope) {
    let timeout = Promise::new(&mut |heard, _| {
        // Cannot fail: a timeout takes any function.
        let _ = scope.set_timeout_with_callback(&heard);
    });
    let _ = JsFuture::from(timeout).await;
}

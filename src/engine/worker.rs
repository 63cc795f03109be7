//! The worker's side: reads files in slices, keeps the table, answers with Profiles.

mod examining;
mod reading;
mod summary;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use greenlight_metrics::Choice;
use greenlight_readiness::{
    Choices, Profile, RowWatch, Settings, SortedScores, Source, SourceReader,
};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use super::band;
use super::protocol::{Answer, ColumnSummary, Request, RequestId, decode, encode};
use super::rows;
use crate::input::Input;
use examining::KeptWindows;

/// What lives as long as the worker.
struct Worker {
    scope: DedicatedWorkerGlobalScope,
    reader: fn(String) -> SourceReader,
    /// The file that was profiled last.
    shown: RefCell<Option<Shown>>,
    /// The sorted scores of that file, for any other threshold.
    scores: RefCell<SortedScores>,
    /// What was profiled before, and its scores, until the page is known to have taken what came after.
    before: RefCell<Option<(Shown, SortedScores)>>,
    /// The windows of that file, as what decides, and the choices, were when they were found.
    windows: RefCell<Option<KeptWindows>>,
    /// A later file that was read well, but whose roles have yet to be settled.
    candidate: RefCell<Option<Opened>>,
    /// The columns of the file that was summarised last: they stay the same whatever is chosen.
    columns: RefCell<(Weak<Source>, Vec<ColumnSummary>)>,
    /// The request that may go on reading; any later one ends it.
    reading: Cell<Option<RequestId>>,
    /// The request whose replicates may go on being drawn.
    drawing: Cell<Option<RequestId>>,
    /// The request whose second look may go on.
    examining: Cell<Option<RequestId>>,
}

/// A table, and the files it was read from, which are read again for what does not fit in memory.
#[derive(Clone)]
struct Opened {
    source: Rc<Source>,
    input: Rc<Input>,
}

/// What is on screen.
#[derive(Clone)]
struct Shown {
    /// The request that gave it.
    id: RequestId,
    opened: Opened,
    choices: Choices,
    profile: Rc<Profile>,
}

/// Begins to listen, reading files with what `reader` makes of a name. Called once, by the
/// worker's binary.
pub fn run(reader: fn(String) -> SourceReader) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let worker = Rc::new(Worker {
        scope,
        reader,
        shown: RefCell::default(),
        scores: RefCell::default(),
        before: RefCell::default(),
        windows: RefCell::default(),
        candidate: RefCell::default(),
        columns: RefCell::default(),
        reading: Cell::default(),
        drawing: Cell::default(),
        examining: Cell::default(),
    });
    let listener = {
        let worker = Rc::clone(&worker);
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            Rc::clone(&worker).receive(&event.data());
        })
    };
    worker
        .scope
        .set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // It listens for as long as the worker lives.
    listener.forget();
    worker.answer(&Answer::Listening);
}

impl Worker {
    fn receive(self: Rc<Self>, message: &JsValue) {
        let part = |key: &str| Reflect::get(message, &JsValue::from_str(key)).ok();
        let Some(request) = part("request").and_then(|request| decode(&request)) else {
            return;
        };
        match request {
            Request::Cancel { shown } => {
                self.settle(shown);
                self.reading.set(None);
                self.candidate.replace(None);
            }
            Request::Profile { id, shown, choices } => {
                self.settle(shown);
                self.drawing.set(None);
                self.examining.set(None);
                match self
                    .latest()
                    .filter(|opened| !opened.source.lacking(&choices).is_empty())
                {
                    None => self.profile(id, &choices),
                    // A column plays a part now that stayed in the file.
                    Some(opened) => {
                        self.reading.set(Some(id));
                        spawn_local(async move { self.open(id, opened.input, &choices).await });
                    }
                }
            }
            Request::Counts { id, threshold } => {
                let counts = self.scores.borrow().counts_at(threshold);
                self.answer(&Answer::Counts { id, counts });
            }
            Request::Thresholds {
                id,
                demands,
                choices,
                settings,
            } => {
                // The scores are those of this source.
                let Some(shown) = self.shown.borrow().clone() else {
                    return;
                };
                let mut scores = self.scores.borrow_mut();
                let found = scores.thresholds(&shown.opened.source, &choices, &settings, &demands);
                self.answer(&match found {
                    Ok(thresholds) => Answer::Thresholds {
                        id,
                        thresholds: Box::new(thresholds),
                    },
                    Err(error) => Answer::Failed {
                        id,
                        message: error.to_string(),
                        table: None,
                    },
                });
            }
            Request::Band {
                id,
                choice,
                settings,
            } => {
                self.drawing.set(Some(id));
                spawn_local(async move { self.band(id, choice, &settings).await });
            }
            Request::Examine { id, threshold } => {
                // The page asks it of what is on screen alone.
                self.before.take();
                self.examining.set(Some(id));
                spawn_local(async move { self.examine(id, threshold).await });
            }
            Request::Watch { id, rules } => {
                if let Some(shown) = self.shown.borrow().as_ref() {
                    let (source, choices) = (&shown.opened.source, &shown.choices);
                    let settings = &shown.profile.settings;
                    // What made the profile can be read once more.
                    if let Ok(alerts) = RowWatch::over(source, choices, settings, &rules) {
                        self.answer(&Answer::Watched { id, alerts });
                    }
                }
            }
            Request::Rows { id, asked, form } => {
                let shown = self.shown.borrow().clone();
                let source = shown.as_ref().map(|shown| &*shown.opened.source);
                let (answer, file) = rows::answer(id, source, &asked, form);
                match file {
                    None => self.answer(&answer),
                    Some(file) => self.answer_with(&answer, &file),
                }
            }
            Request::Open { id, shown, choices } => {
                self.settle(shown);
                let Some(input) = part("input").and_then(|input| Input::of_js(&input)) else {
                    return;
                };
                self.reading.set(Some(id));
                self.drawing.set(None);
                self.examining.set(None);
                spawn_local(async move { self.open(id, Rc::new(input), &choices).await });
            }
        }
    }

    /// The page shows what this request gave. Where that is not what was profiled last, because its answer came too late, it is what was
    /// profiled before: that is looked at again.
    fn settle(&self, on_screen: RequestId) {
        let Some((before, scores)) = self.before.take() else {
            return;
        };
        if before.id == on_screen {
            self.shown.replace(Some(before));
            self.scores.replace(scores);
        }
    }

    /// What was read last.
    fn latest(&self) -> Option<Opened> {
        let candidate = self.candidate.borrow().clone();
        candidate.or_else(|| Some(self.shown.borrow().as_ref()?.opened.clone()))
    }

    fn profile(&self, id: RequestId, choices: &Choices) {
        let Some(opened) = self.latest() else {
            let message = "the data is no longer in memory: open the file again".to_owned();
            self.answer(&Answer::Failed {
                id,
                message,
                table: None,
            });
            return;
        };
        let source = &opened.source;
        let table = self.summarise(source, choices);
        self.answer(&match Profile::with_scores(source, choices) {
            Ok((profile, scores)) => {
                let scores = self.scores.replace(scores);
                self.candidate.replace(None);
                let shown = self.shown.replace(Some(Shown {
                    id,
                    opened,
                    choices: choices.clone(),
                    profile: Rc::new(profile.clone()),
                }));
                self.before.replace(shown.map(|shown| (shown, scores)));
                Answer::Profiled {
                    id,
                    profile: Box::new(profile),
                    table,
                }
            }
            Err(error) => Answer::Failed {
                id,
                message: error.to_string(),
                table: Some(table),
            },
        });
    }

    /// How sure a threshold is.
    async fn band(&self, id: RequestId, choice: Choice, settings: &Settings) {
        let scores = self.scores.borrow().choosing(settings);
        let goes_on = || self.drawing.get() == Some(id);
        let on_drawn = |done, of| self.answer(&Answer::BandDrawn { id, done, of });
        if let Ok(found) = band::draw(&self.scope, &scores, choice, goes_on, on_drawn).await {
            self.drawing.set(None);
            self.answer(&Answer::Band { id, found });
        }
    }

    fn answer(&self, answer: &Answer) {
        if let Some(bytes) = encode(answer) {
            // Posting bytes can only fail in a worker that is being ended: nobody is left to tell.
            let _ = self.scope.post_message(&bytes);
        }
    }

    /// Answers with a file beside it.
    fn answer_with(&self, answer: &Answer, file: &Blob) {
        let Some(bytes) = encode(answer) else { return };
        let message = Object::new();
        // Setting a key of a plain object cannot fail, and for posting see above.
        let _ = Reflect::set(&message, &"answer".into(), &bytes);
        let _ = Reflect::set(&message, &"file".into(), file);
        let _ = self.scope.post_message(&message);
    }
}

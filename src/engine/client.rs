//! The page's side: starts the worker, posts requests, passes on the latest answers, and starts
//! a new worker when one dies.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use greenlight_metrics::Choice;
use greenlight_readiness::{Choices, Demands, RowOrder, RowRule, Settings};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, ErrorEvent, File, MessageEvent};
use yew::Callback;

use super::band::{BandWaiting, OnBand};
use super::protocol::{Answer, Request, RequestId, RowsAsked, RowsForm, decode, encode};
use super::rows::{OnFile, OnPage, Waiting};
use crate::input::Input;
use crate::loader;

/// How far a second look has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Looked {
    /// Steps taken.
    pub done: usize,
    /// Steps in all.
    pub of: usize,
    /// Where the file is read again for features: the places of the first and the last, and how many there are.
    pub features: Option<(usize, usize, usize)>,
}

/// A handle on the engine; clones share it.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    worker: RefCell<Option<Running>>,
    /// Messages that wait for the worker to listen.
    waiting: RefCell<Vec<Object>>,
    listening: Cell<bool>,
    /// Which engine runs, or is to run next.
    engine: Cell<Engine>,
    /// What is being read, as it is posted, for the other engine to read.
    opening: RefCell<Option<(JsValue, Choices)>>,
    latest: Cell<RequestId>,
    /// The request that gave what is on screen, and what was read for it.
    shown: Cell<RequestId>,
    shown_input: RefCell<Option<JsValue>>,
    /// Whether the engine looks again at what was read, and what it is to look at next: a drag over windows asks faster than that.
    is_looking: Cell<bool>,
    next_choices: RefCell<Option<Choices>>,
    /// The latest request for a second look.
    examining: Cell<RequestId>,
    /// Who watches how far it is.
    watching: RefCell<Vec<Weak<Callback<Looked>>>>,
    /// Who waits for single rows.
    rows: Waiting,
    /// Who waits to hear how sure a threshold is.
    band: BandWaiting,
    on_answer: Callback<Answer>,
}

/// The engines: one for CSV, quickly there, and a larger one that reads JSON as well.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Engine {
    #[default]
    Csv,
    Json,
}

impl Engine {
    /// What the loader of the page calls it.
    fn name(self) -> &'static str {
        match self {
            Self::Csv => "engine",
            Self::Json => "engine_json",
        }
    }
}

/// A worker with the closures it calls.
struct Running {
    worker: web_sys::Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(ErrorEvent)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Client {
    /// An engine, which is `needed` at once or starts with the first request. It loads on its own; requests wait for it.
    pub fn start(needed: bool, on_answer: Callback<Answer>) -> Self {
        let client = Self(Rc::new(Inner {
            worker: RefCell::default(),
            waiting: RefCell::default(),
            listening: Cell::default(),
            engine: Cell::default(),
            opening: RefCell::default(),
            latest: Cell::default(),
            shown: Cell::default(),
            shown_input: RefCell::default(),
            is_looking: Cell::default(),
            next_choices: RefCell::default(),
            examining: Cell::default(),
            watching: RefCell::default(),
            rows: Waiting::default(),
            band: BandWaiting::default(),
            on_answer,
        }));
        if needed {
            client.start_worker();
        }
        client
    }

    /// Reads `input`; the number of the request.
    pub fn open(&self, input: &Input, choices: Choices) -> RequestId {
        let id = self.next_id();
        self.0.band.stop();
        self.outdate_examination();
        self.forget_choices();
        let input = input.to_js();
        let opening = (input.clone(), choices.clone());
        self.0.opening.replace(Some(opening));
        let shown = self.0.shown.get();
        self.post(&Request::Open { id, shown, choices }, Some(&input));
        id
    }

    /// What was read for what is on screen, as files; none where that was no table on its own.
    pub fn files(&self) -> Vec<File> {
        let shown = self.0.shown_input.borrow();
        let input = shown.as_ref().and_then(Input::of_js);
        input.and_then(|input| input.to_files()).unwrap_or_default()
    }

    /// Looks again at what was read, with other choices, as soon as the engine is free; the number of the request.
    pub fn profile(&self, choices: Choices) -> RequestId {
        let id = self.next_id();
        self.0.band.stop();
        self.outdate_examination();
        match self.0.is_looking.replace(true) {
            true => _ = self.0.next_choices.replace(Some(choices)),
            false => self.post_choices(id, choices),
        }
        id
    }

    fn post_choices(&self, id: RequestId, choices: Choices) {
        let shown = self.0.shown.get();
        self.post(&Request::Profile { id, shown, choices }, None);
    }

    /// Once the engine has looked: at what was asked of it since, if anything was.
    fn look_next(&self) {
        self.0.is_looking.set(false);
        if let Some(choices) = self.0.next_choices.take() {
            self.0.is_looking.set(true);
            self.post_choices(self.0.latest.get(), choices);
        }
    }

    /// What is asked next does not wait for a look that nobody waits for any more.
    fn forget_choices(&self) {
        self.0.is_looking.set(false);
        self.0.next_choices.take();
    }

    /// Counts at another threshold of the data on screen.
    pub fn count(&self, threshold: f64) {
        let id = self.0.latest.get();
        self.post(&Request::Counts { id, threshold }, None);
    }

    /// Finds the best thresholds of the data on screen for other costs and demands.
    pub fn choose_thresholds(&self, demands: Demands, choices: Choices, settings: Settings) {
        let id = self.0.latest.get();
        let request = Request::Thresholds {
            id,
            demands,
            choices: Box::new(choices),
            settings,
        };
        self.post(&request, None);
    }

    /// Asks how sure a threshold is that is chosen on the data on screen. Whoever asked before is told that nothing
    /// will come.
    pub fn band(&self, choice: Choice, settings: Settings, to: OnBand) {
        let id = self.0.band.wait(to);
        let request = Request::Band {
            id,
            choice,
            settings,
        };
        self.post(&request, None);
    }

    /// Looks at the rows of the data on screen a second time, decided by this threshold, or as the file decides.
    pub fn examine(&self, threshold: Option<f64>) {
        let id = self.outdate_examination();
        self.post(&Request::Examine { id, threshold }, None);
    }

    /// Watches the rows of the data on screen for rules over single rows.
    pub fn watch(&self, rules: Vec<RowRule>) {
        let id = self.0.latest.get();
        self.post(&Request::Watch { id, rules }, None);
    }

    /// Tells how far a second look is, as long as what is returned is kept.
    pub fn watch_examining(&self, to: Callback<Looked>) -> Rc<Callback<Looked>> {
        let to = Rc::new(to);
        let mut watching = self.0.watching.borrow_mut();
        watching.retain(|to| to.strong_count() > 0);
        watching.push(Rc::downgrade(&to));
        to
    }

    /// Drops what a second look that is under way will find; the number of the next one.
    fn outdate_examination(&self) -> RequestId {
        let id = self.0.examining.get().wrapping_add(1);
        self.0.examining.set(id);
        id
    }

    /// Stops reading. Answers that are under way are dropped.
    pub fn cancel(&self) {
        self.next_id();
        self.forget_choices();
        self.0.opening.take();
        // An engine that has yet to start has nothing to stop.
        if self.0.worker.borrow().is_some() {
            let shown = self.0.shown.get();
            self.post(&Request::Cancel { shown }, None);
        }
    }

    /// Something else is on screen, of which the engine knows nothing: answers that are under way are dropped, what a second look will find
    /// as well.
    pub fn leave(&self) {
        self.outdate_examination();
        self.0.band.stop();
        self.cancel();
    }

    /// Asks for `count` rows from the one at `first`, counted from 0. A later call takes the place of one
    /// that has yet to be answered.
    pub fn rows(&self, asked: RowsAsked, order: RowOrder, first: usize, count: usize, to: OnPage) {
        let form = RowsForm::Page {
            order,
            first,
            count,
        };
        self.ask_rows(self.0.rows.for_page(to), asked, form);
    }

    /// Asks for all rows as a CSV file.
    pub fn rows_file(&self, asked: RowsAsked, to: OnFile) {
        self.ask_rows(self.0.rows.for_file(to), asked, RowsForm::File);
    }

    fn ask_rows(&self, id: RequestId, asked: RowsAsked, form: RowsForm) {
        let asked = Box::new(asked);
        self.post(&Request::Rows { id, asked, form }, None);
    }

    fn next_id(&self) -> RequestId {
        let id = self.0.latest.get().wrapping_add(1);
        self.0.latest.set(id);
        id
    }

    fn post(&self, request: &Request, input: Option<&JsValue>) {
        if self.0.worker.borrow().is_none() {
            self.start_worker();
        }
        let message = Object::new();
        let Some(bytes) = encode(request) else { return };
        // Setting a key of a plain object cannot fail.
        let _ = Reflect::set(&message, &"request".into(), &bytes);
        if let Some(input) = input {
            let _ = Reflect::set(&message, &"input".into(), input);
        }
        self.0.waiting.borrow_mut().push(message);
        self.flush();
    }

    fn flush(&self) {
        if !self.0.listening.get() {
            return;
        }
        if let Some(running) = self.0.worker.borrow().as_ref() {
            for message in self.0.waiting.borrow_mut().drain(..) {
                let _ = running.worker.post_message(&message);
            }
        }
    }

    fn start_worker(&self) {
        self.0.listening.set(false);
        let Ok(worker) = loader::worker(self.0.engine.get().name()) else {
            self.fail("this browser did not let Greenlight start its engine, a web worker".into());
            return;
        };
        let on_message = {
            let client = self.clone();
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                client.receive(&event.data());
            })
        };
        let on_error = {
            let client = self.clone();
            Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| client.died(&event))
        };
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let running = Running {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        };
        *self.0.worker.borrow_mut() = Some(running);
    }

    fn receive(&self, message: &JsValue) {
        // A file travels beside its answer.
        let file = Reflect::get(message, &"file".into()).ok();
        let file = file.and_then(|file| file.dyn_into::<Blob>().ok());
        let answer = match &file {
            None => decode::<Answer>(message),
            Some(_) => Reflect::get(message, &"answer".into())
                .ok()
                .and_then(|answer| decode(&answer)),
        };
        let Some(answer) = answer else {
            self.fail("page and engine are of different versions: reload the page".into());
            return;
        };
        match answer {
            Answer::Listening => {
                self.0.listening.set(true);
                self.flush();
            }
            Answer::Rows { id, page } => self.0.rows.page(id, page),
            Answer::RowsFile { id, made } => {
                let lost = || "the browser has lost the file: ask again".to_owned();
                let file = made.and_then(|()| file.ok_or_else(lost));
                self.0.rows.file(id, file);
            }
            Answer::BandDrawn { id, done, of } => self.0.band.drawn(id, done, of),
            Answer::Band { id, found } => self.0.band.found(id, found),
            Answer::NeedsJson { id } => {
                if id == self.0.latest.get() {
                    self.read_with_json(id);
                }
            }
            Answer::Examining {
                id,
                done,
                of,
                features,
            } => {
                if id != self.0.examining.get() {
                    return;
                }
                // Taken out first: whoever is told may start or end to watch.
                let watching = self.0.watching.borrow().clone();
                for to in watching.iter().filter_map(Weak::upgrade) {
                    to.emit(Looked { done, of, features });
                }
            }
            Answer::Examined { id, .. } => {
                if id == self.0.examining.get() {
                    self.0.on_answer.emit(answer);
                }
            }
            Answer::Progress { id, .. }
            | Answer::Profiled { id, .. }
            | Answer::Counts { id, .. }
            | Answer::Watched { id, .. }
            | Answer::Thresholds { id, .. }
            | Answer::Failed { id, .. } => {
                if matches!(answer, Answer::Profiled { .. } | Answer::Failed { .. }) {
                    self.look_next();
                }
                if id == self.0.latest.get() {
                    match &answer {
                        Answer::Profiled { .. } => self.accept(id),
                        // Without a table nothing is left of what was read.
                        Answer::Failed { table: None, .. } => _ = self.0.opening.take(),
                        _ => {}
                    }
                    self.0.on_answer.emit(answer);
                }
            }
        }
    }

    /// What this request gave goes on screen.
    fn accept(&self, id: RequestId) {
        self.0.rows.outdated();
        self.0.shown.set(id);
        if let Some((input, _)) = self.0.opening.take() {
            self.0.shown_input.replace(Some(input));
        }
    }

    /// The worker ran into a fault, most likely for want of memory. The next request starts a new
    /// one.
    fn died(&self, event: &ErrorEvent) {
        event.prevent_default();
        self.retire();
        self.fail(format!(
            "the engine stopped ({}). It starts anew with the next file; if the file is very \
             large, close other tabs or try a part of it",
            event.message()
        ));
    }

    /// Gives what was brought last to the engine that reads JSON, which stays from then
    /// on: it reads CSV too.
    fn read_with_json(&self, id: RequestId) {
        let Some((input, choices)) = self.0.opening.borrow().clone() else {
            return;
        };
        self.retire();
        self.0.engine.set(Engine::Json);
        let shown = self.0.shown.get();
        self.post(&Request::Open { id, shown, choices }, Some(&input));
    }

    /// Gives the worker up. One of its closures may be running right now, so it is dropped a
    /// moment later.
    fn retire(&self) {
        let worker = self.0.worker.borrow_mut().take();
        self.0.listening.set(false);
        self.0.is_looking.set(false);
        self.0.next_choices.take();
        self.0.waiting.borrow_mut().clear();
        self.0
            .rows
            .dismiss("the data are no longer in memory: open the file again");
        self.0.band.stop();
        gloo::timers::callback::Timeout::new(0, move || drop(worker)).forget();
    }

    fn fail(&self, message: String) {
        let id = self.0.latest.get();
        self.0.on_answer.emit(Answer::Failed {
            id,
            message,
            table: None,
        });
    }
}

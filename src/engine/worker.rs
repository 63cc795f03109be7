//! The worker's side: reads files in slices, keeps the table, answers with Profiles.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use greenlight_data::{Column, DataError};
use greenlight_metrics::Choice;
use greenlight_readiness::wide::{self, Room};
use greenlight_readiness::{
    Choices, DecisionRule, Examiner, Profile, ReadFile, RoleNames, RowWatch, Settings,
    SortedScores, Source, SourceReader, Windows, told_unit,
};
use js_sys::{Date, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DedicatedWorkerGlobalScope, File, MessageEvent};

use super::band;
use super::protocol::{
    Answer, ColumnSummary, Guess, Request, RequestId, TableSummary, decode, encode,
};
use super::rows;
use crate::input::Input;

/// Bytes read at once: large enough to be quick, small enough that cancelling answers at once.
const SLICE_BYTES: f64 = 4.0 * 1024.0 * 1024.0;
/// What a look at a file may take: browsers end tabs that take much more.
const MEMORY: u64 = wide::DEFAULT_MEMORY;

/// What lives as long as the worker.
struct Worker {
    scope: DedicatedWorkerGlobalScope,
    reader: fn(String) -> SourceReader,
    /// The file that was profiled last.
    shown: RefCell<Option<Shown>>,
    /// The sorted scores of that file, for any other threshold.
    scores: RefCell<SortedScores>,
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
    opened: Opened,
    choices: Choices,
    profile: Rc<Profile>,
}

/// Windows of time, which are of all rows whatever range of them is looked at.
struct KeptWindows {
    source: Weak<Source>,
    choices: Choices,
    decided: Decided,
    windows: Windows,
}

/// What decides, and from where on.
type Decided = (Option<DecisionRule>, Option<f64>);

/// Why an input did not become a table.
enum Unread {
    /// There is JSON in it, and this worker is the one for CSV.
    NeedsJson,
    /// It cannot be read; a sentence for the person.
    Failed(String),
    /// A later request has taken over: nobody waits for it.
    Outdated,
}

impl From<DataError> for Unread {
    fn from(error: DataError) -> Self {
        match error {
            DataError::JsonRefused => Self::NeedsJson,
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl Unread {
    /// The same of a file that is one of several.
    fn of(self, file: &str) -> Self {
        match self {
            Self::Failed(message) => Self::Failed(format!("“{file}”: {message}")),
            other => other,
        }
    }
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
            Request::Cancel => {
                self.reading.set(None);
                self.candidate.replace(None);
            }
            Request::Profile { id, choices } => {
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
            Request::Open { id, choices } => {
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

    /// What was read last.
    fn latest(&self) -> Option<Opened> {
        let candidate = self.candidate.borrow().clone();
        candidate.or_else(|| Some(self.shown.borrow().as_ref()?.opened.clone()))
    }

    async fn open(&self, id: RequestId, input: Rc<Input>, choices: &Choices) {
        let unread = match self.read(id, &input, Room::of(MEMORY, choices)).await {
            Ok(source) => {
                self.reading.set(None);
                let source = Rc::new(source);
                self.candidate.replace(Some(Opened { source, input }));
                return self.profile(id, choices);
            }
            Err(Unread::Outdated) => return,
            Err(unread) => unread,
        };
        self.reading.set(None);
        self.answer(&match unread {
            Unread::Failed(message) => Answer::Failed {
                id,
                message,
                table: None,
            },
            _ => Answer::NeedsJson { id },
        });
    }

    /// What was brought as one table; of a file that does not fit, features stay in it.
    async fn read(&self, id: RequestId, input: &Input, mut room: Room) -> Result<Source, Unread> {
        loop {
            let files = match input {
                Input::Files(files) => self.read_files(id, files, &room).await?,
                Input::Text(text) | Input::Shared(text) => {
                    vec![ReadFile::pasted(text, (self.reader)(input.name()))?]
                }
                Input::Lists(lists) => vec![ReadFile::of_lists(lists)?],
            };
            let source = Source::of(files)?;
            let lacking = source.lacking(&room.choices);
            if lacking.is_empty() {
                return Ok(source);
            }
            room.kept.extend(lacking);
        }
    }

    /// One file after the other; progress is that of all.
    async fn read_files(
        &self,
        id: RequestId,
        files: &[File],
        room: &Room,
    ) -> Result<Vec<ReadFile>, Unread> {
        let mut read: Vec<ReadFile> = Vec::with_capacity(files.len());
        let (mut bytes, mut rows) = (0, 0);
        // Several files are combined as a whole, row by row and id by id.
        let room = Some(room).filter(|_| files.len() == 1);
        for file in files {
            let reader = (self.reader)(file.name());
            let goes_on = |read: u64, found: u64| {
                let goes_on = self.reading.get() == Some(id);
                if goes_on {
                    self.answer(&Answer::Progress {
                        id,
                        bytes: bytes + read,
                        rows: rows + found,
                    });
                }
                goes_on
            };
            let result = read_file(file, reader, room, goes_on).await;
            let result = result.map_err(|unread| match files.len() {
                1 => unread,
                _ => unread.of(&file.name()),
            });
            let file = result?;
            bytes += file.bytes;
            rows += file.table.rows() as u64;
            read.push(file);
        }
        Ok(read)
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
                self.scores.replace(scores);
                self.candidate.replace(None);
                self.shown.replace(Some(Shown {
                    opened,
                    choices: choices.clone(),
                    profile: Rc::new(profile.clone()),
                }));
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

    /// Looks at the rows a second time, hearing messages in between.
    async fn examine(&self, id: RequestId, threshold: Option<f64>) {
        let Some(Shown {
            opened: Opened { source, input },
            choices,
            profile,
        }) = self.shown.borrow().clone()
        else {
            return;
        };
        let decided = threshold.and_then(|threshold| {
            let counts = self.scores.borrow().counts_at(threshold);
            let (decided, _) = profile.decided_at(threshold, Some(&counts))?;
            Some(Rc::new(decided))
        });
        let profile = decided.unwrap_or(profile);
        // What made the profile makes the examiner as well.
        let Ok(mut examiner) = Examiner::new(&source, &choices, &profile) else {
            return;
        };
        let decided = (profile.settings.decision, profile.settings.threshold);
        let is_kept = |kept: &KeptWindows| {
            let is_same = kept.source.as_ptr() == Rc::as_ptr(&source) && kept.decided == decided;
            is_same && kept.choices.differs_in_range_alone(&choices)
        };
        match &*self.windows.borrow() {
            Some(kept) if is_kept(kept) => examiner.keep_windows(kept.windows.clone()),
            _ => {}
        }
        let mut since = Date::now();
        loop {
            if let (Some(wanted), Input::Files(files)) = (examiner.wants(), &*input)
                && let [file] = files.as_slice()
            {
                let reader = (self.reader)(file.name()).only(wanted.columns.iter().cloned());
                let (done, of) = examiner.progress();
                let goes_on = |_, _| {
                    let features = Some((wanted.first, wanted.last, wanted.of));
                    self.answer(&Answer::Examining {
                        id,
                        done,
                        of,
                        features,
                    });
                    self.examining.get() == Some(id)
                };
                match read_file(file, reader, None, goes_on).await {
                    Err(Unread::Outdated) => return,
                    // Of a file that cannot be read again, or has changed, the features are named as unread.
                    Err(_) => {}
                    Ok(read) => {
                        let _ = examiner.supply(read.table);
                    }
                }
            }
            if !examiner.step() {
                break;
            }
            if Date::now() - since >= band::SLICE_MS {
                let (done, of) = examiner.progress();
                self.answer(&Answer::Examining {
                    id,
                    done,
                    of,
                    features: None,
                });
                band::messages(&self.scope).await;
                if self.examining.get() != Some(id) {
                    return;
                }
                since = Date::now();
            }
        }
        self.examining.set(None);
        let examination = examiner.finish();
        let windows = examination.windows.clone();
        self.windows.replace(windows.map(|windows| KeptWindows {
            source: Rc::downgrade(&source),
            choices,
            decided,
            windows,
        }));
        self.answer(&Answer::Examined {
            id,
            threshold,
            examination: Box::new(examination),
        });
    }

    fn summarise(&self, source: &Rc<Source>, choices: &Choices) -> TableSummary {
        let mut columns = self.columns.borrow_mut();
        if columns.0.as_ptr() != Rc::as_ptr(source) {
            *columns = (Rc::downgrade(source), describe_columns(source));
        }
        let Source {
            name,
            table,
            guesses,
            ..
        } = &**source;
        let roles = choices.apply(table, guesses).ok();
        TableSummary {
            name: name.clone(),
            rows: table.rows() as u64,
            columns: columns.1.clone(),
            latency_unit: roles
                .as_ref()
                .and_then(|roles| told_unit(table, roles))
                .unwrap_or_default(),
            roles: roles.map_or_else(RoleNames::default, |roles| RoleNames::new(table, &roles)),
            choices: choices.clone(),
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

/// The file as a table; where it is to fit, features may stay in it. `goes_on` hears after each slice how many bytes and rows
/// were read, and says whether anyone still waits.
async fn read_file(
    file: &File,
    mut reader: SourceReader,
    room: Option<&Room>,
    goes_on: impl Fn(u64, u64) -> bool,
) -> Result<ReadFile, Unread> {
    let length = file.size();
    let mut start = 0.0;
    let mut slice = vec![];
    let mut next = read_slice(file, start, length);
    while start < length {
        let end = (start + SLICE_BYTES).min(length);
        let bytes = arrived(next).await;
        if !goes_on(start as u64, reader.rows()) {
            return Err(Unread::Outdated);
        }
        let bytes = bytes.map_err(|error| unreadable(file, &error))?;
        // The browser fetches the next bytes while these are taken apart.
        next = read_slice(file, end, length);
        slice.resize(bytes.length() as usize, 0);
        bytes.copy_to(&mut slice);
        reader.feed(&slice)?;
        if start == 0.0 && end < length {
            match room {
                Some(room) => reader.fit(length as u64, room),
                None => reader.expect_bytes(length as u64),
            }
        }
        start = end;
    }
    if !goes_on(length as u64, reader.rows()) {
        return Err(Unread::Outdated);
    }
    Ok(reader.finish()?)
}

/// Begins to read the slice of a file from `start` on.
fn read_slice(file: &Blob, start: f64, length: f64) -> Result<Promise, JsValue> {
    let end = (start + SLICE_BYTES).min(length);
    Ok(file.slice_with_f64_and_f64(start, end)?.array_buffer())
}

async fn arrived(slice: Result<Promise, JsValue>) -> Result<Uint8Array, JsValue> {
    let buffer = JsFuture::from(slice?).await?;
    Ok(Uint8Array::new(&buffer))
}

/// What a browser says no more of than that it cannot: a folder, or a file that has changed since.
fn unreadable(file: &File, error: &JsValue) -> Unread {
    let name = file.name();
    let message = Reflect::get(error, &JsValue::from_str("message")).ok();
    let why = message
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| "the browser gives no reason".into());
    Unread::Failed(format!(
        "“{name}” could not be read. If it is a folder, choose the files in it; if the file has changed since it was \
         chosen, choose it again (the browser says: {})",
        why.trim_end_matches('.'),
    ))
}

/// The columns of a file, with why each was guessed to play its role. One pass over the rows.
fn describe_columns(Source { table, guesses, .. }: &Source) -> Vec<ColumnSummary> {
    let column = |(position, column): (usize, &Column)| ColumnSummary {
        name: column.name.clone(),
        description: column.describe(),
        guess: guesses
            .reasons
            .iter()
            .find(|guess| guess.column.position() == position)
            .map(|guess| Guess {
                role: guess.role,
                reason: guess.reason.clone(),
            }),
    };
    table.columns().iter().enumerate().map(column).collect()
}

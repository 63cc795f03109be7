//! The worker's side: reads files in slices, keeps the table, answers with Profiles.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use greenlight_data::{Column, DataError, Values};
use greenlight_readiness::{Choices, Profile, RoleNames, Source, SourceReader};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DedicatedWorkerGlobalScope, File, MessageEvent};

use super::protocol::{
    Answer, ColumnSummary, Guess, Request, RequestId, TableSummary, decode, encode,
};
use super::rows;

/// Bytes read at once: large enough to be quick, small enough that cancelling answers at once.
const SLICE_BYTES: f64 = 4.0 * 1024.0 * 1024.0;

/// What lives as long as the worker.
struct Worker {
    scope: DedicatedWorkerGlobalScope,
    reader: fn(String) -> SourceReader,
    /// The file that was profiled last.
    source: RefCell<Option<Rc<Source>>>,
    /// A later file that was read well, but whose roles have yet to be settled.
    candidate: RefCell<Option<Rc<Source>>>,
    /// The request that may go on reading; any later one ends it.
    reading: Cell<Option<RequestId>>,
}

/// Why a file did not become a table.
enum Unread {
    /// It is JSON, and this worker is the one for CSV.
    NeedsJson,
    /// It cannot be read; a sentence for the person.
    Failed(String),
}

impl From<DataError> for Unread {
    fn from(error: DataError) -> Self {
        match error {
            DataError::JsonRefused => Self::NeedsJson,
            _ => Self::Failed(error.to_string()),
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
        source: RefCell::default(),
        candidate: RefCell::default(),
        reading: Cell::default(),
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
            Request::Profile { id, choices } => self.profile(id, &choices),
            Request::Rows { id, asked, form } => {
                let source = self.source.borrow().clone();
                let (answer, file) = rows::answer(id, source.as_deref(), &asked, form);
                match file {
                    None => self.answer(&answer),
                    Some(file) => self.answer_with(&answer, &file),
                }
            }
            Request::Open { id, choices } => {
                let Some(Ok(file)) = part("file").map(JsCast::dyn_into::<File>) else {
                    return;
                };
                self.reading.set(Some(id));
                spawn_local(async move { self.open(id, &file, &choices).await });
            }
        }
    }

    async fn open(&self, id: RequestId, file: &File, choices: &Choices) {
        match self.read(id, file).await {
            // A later request has taken over.
            Ok(None) => {}
            Ok(Some(source)) => {
                self.reading.set(None);
                self.candidate.replace(Some(Rc::new(source)));
                self.profile(id, choices);
            }
            Err(unread) => {
                self.reading.set(None);
                self.answer(&match unread {
                    Unread::NeedsJson => Answer::NeedsJson { id },
                    Unread::Failed(message) => Answer::Failed {
                        id,
                        message,
                        table: None,
                    },
                });
            }
        }
    }

    /// The file as a table; `None` where reading was ended by a later request.
    async fn read(&self, id: RequestId, file: &File) -> Result<Option<Source>, Unread> {
        let mut reader = (self.reader)(file.name());
        let length = file.size();
        let mut start = 0.0;
        let mut slice = vec![];
        while start < length {
            let end = (start + SLICE_BYTES).min(length);
            let bytes = read_slice(file, start, end).await.map_err(|error| {
                let why = describe(&error);
                Unread::Failed(format!("“{}” could not be read: {why}", file.name()))
            })?;
            if self.reading.get() != Some(id) {
                return Ok(None);
            }
            slice.resize(bytes.length() as usize, 0);
            bytes.copy_to(&mut slice);
            reader.feed(&slice)?;
            start = end;
            self.answer(&Answer::Progress {
                id,
                bytes: start as u64,
                rows: reader.rows(),
            });
        }
        Ok(Some(reader.finish()?))
    }

    fn profile(&self, id: RequestId, choices: &Choices) {
        let candidate = self.candidate.borrow().clone();
        let Some(source) = candidate.or_else(|| self.source.borrow().clone()) else {
            let message = "the data is no longer in memory: open the file again".to_owned();
            self.answer(&Answer::Failed {
                id,
                message,
                table: None,
            });
            return;
        };
        let table = summarise(&source, choices);
        self.answer(&match Profile::of(&source, choices) {
            Ok(profile) => {
                self.candidate.replace(None);
                self.source.replace(Some(source));
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

async fn read_slice(file: &Blob, start: f64, end: f64) -> Result<Uint8Array, JsValue> {
    let slice = file.slice_with_f64_and_f64(start, end)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer))
}

fn describe(error: &JsValue) -> String {
    let message = Reflect::get(error, &JsValue::from_str("message")).ok();
    message
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| "the browser gives no reason".into())
}

fn summarise(source: &Source, choices: &Choices) -> TableSummary {
    let Source {
        name,
        table,
        guesses,
        ..
    } = source;
    let column = |(position, column): (usize, &Column)| ColumnSummary {
        name: column.name.clone(),
        kind: column.kind(),
        distinct: match &column.values {
            Values::Category(words) => Some(words.dictionary().len()),
            _ => None,
        },
        guess: guesses
            .reasons
            .iter()
            .find(|guess| guess.column.position() == position)
            .map(|guess| Guess {
                role: guess.role,
                reason: guess.reason.clone(),
            }),
    };
    TableSummary {
        name: name.clone(),
        columns: table.columns().iter().enumerate().map(column).collect(),
        roles: choices
            .apply(table, guesses)
            .map(|roles| RoleNames::new(table, &roles))
            .unwrap_or_default(),
        latency_unit: guesses.latency_unit,
        choices: choices.clone(),
    }
}

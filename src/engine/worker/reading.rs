//! Reads what was brought, slice by slice, for as long as anyone waits.

use std::rc::Rc;

use greenlight_data::DataError;
use greenlight_readiness::wide::{self, Room};
use greenlight_readiness::{Choices, ReadFile, Source, SourceReader};
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use super::{Opened, Worker};
use crate::engine::protocol::{Answer, RequestId};
use crate::input::Input;

/// Bytes read at once: large enough to be quick, small enough that cancelling answers at once.
const SLICE_BYTES: f64 = 4.0 * 1024.0 * 1024.0;
/// What a look at a file may take: browsers end tabs that take much more.
const MEMORY: u64 = wide::DEFAULT_MEMORY;

/// Why an input did not become a table.
pub(super) enum Unread {
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

impl Worker {
    /// Reads what was brought, and profiles it.
    pub(super) async fn open(&self, id: RequestId, input: Rc<Input>, choices: &Choices) {
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
}

/// The file as a table; where it is to fit, features may stay in it. `goes_on` hears after each slice how many bytes and rows
/// were read, and says whether anyone still waits.
pub(super) async fn read_file(
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

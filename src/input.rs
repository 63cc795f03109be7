//! What a person brings, in the one form that the entrance, the workbench and the engine hand on.

use std::cell::Cell;

use greenlight_data::Role;
use greenlight_readiness::source::name_of_all;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

thread_local! {
    static LATEST: Cell<u32> = const { Cell::new(0) };
}

/// When something was asked for that takes a while to come: it is dropped where the person has brought something else meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn(u32);

impl Turn {
    /// Begins another turn, which outdates those before.
    pub fn next() -> Self {
        let next = LATEST.get().wrapping_add(1);
        LATEST.set(next);
        Self(next)
    }

    /// Whether nothing was brought since.
    pub fn is_latest(self) -> bool {
        LATEST.get() == self.0
    }
}

/// What a person brings.
#[derive(Clone, Debug)]
pub enum Input {
    /// Files, by their handles: the bytes stay where they are until the engine reads them.
    Files(Vec<File>),
    /// Text that was pasted or typed: rows, JSON or a matrix of counts.
    Text(String),
    /// Lists that belong together, each with the part that it plays.
    Lists(Vec<(Role, String)>),
    /// A report that someone shared without its rows, as it stands in an address. No engine reads it.
    Shared(String),
}

impl Input {
    /// What to call it while it is read.
    pub fn name(&self) -> String {
        match self {
            Self::Files(files) => {
                let names: Vec<String> = files.iter().map(File::name).collect();
                name_of_all(names.iter().map(String::as_str))
            }
            Self::Text(_) => "pasted text".to_owned(),
            Self::Lists(_) => "pasted lists".to_owned(),
            Self::Shared(_) => "shared report".to_owned(),
        }
    }

    /// How long it is.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Files(files) => files.iter().map(|file| file.size() as u64).sum(),
            Self::Text(text) | Self::Shared(text) => text.len() as u64,
            Self::Lists(lists) => lists.iter().map(|(_, text)| text.len() as u64).sum(),
        }
    }

    /// As files that can be read again later; `None` of what is not one table on its own, as lists are not.
    pub fn to_files(&self) -> Option<Vec<File>> {
        match self {
            Self::Files(files) => Some(files.clone()),
            Self::Text(text) => {
                let parts = Array::of1(&text.into());
                let file = File::new_with_str_sequence(&parts, &self.name()).ok()?;
                Some(vec![file])
            }
            _ => None,
        }
    }

    /// As a value that can be left on the window or posted to a worker: a text, an array of files, or one of pairs of a
    /// role's name and a text; a shared report is an array of one text.
    pub fn to_js(&self) -> JsValue {
        match self {
            Self::Files(files) => files.iter().collect::<Array>().into(),
            Self::Text(text) => text.into(),
            Self::Lists(lists) => lists
                .iter()
                .map(|(role, text)| Array::of2(&role.name().into(), &text.into()))
                .collect::<Array>()
                .into(),
            Self::Shared(text) => Array::of1(&text.into()).into(),
        }
    }

    /// What [`Input::to_js`] made; `None` of anything else, and where there is nothing.
    pub fn of_js(value: &JsValue) -> Option<Self> {
        if let Some(text) = value.as_string() {
            return Some(Self::Text(text));
        }
        let items = value.dyn_ref::<Array>()?;
        let file = |item: JsValue| item.dyn_into::<File>().ok();
        let list = |item: JsValue| {
            let pair = item.dyn_into::<Array>().ok()?;
            let name = pair.get(0).as_string()?;
            let role = Role::ALL.into_iter().find(|role| role.name() == name)?;
            Some((role, pair.get(1).as_string()?))
        };
        if items.length() == 0 {
            return None;
        }
        if let Some(text) = items.get(0).as_string() {
            return Some(Self::Shared(text));
        }
        let files: Option<Vec<File>> = items.iter().map(file).collect();
        let lists = || items.iter().map(list).collect::<Option<Vec<_>>>();
        files.map(Self::Files).or_else(|| lists().map(Self::Lists))
    }
}

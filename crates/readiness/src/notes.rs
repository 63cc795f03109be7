//! Why a value of the report is `null`, keyed by its JSON Pointer.

use std::collections::BTreeMap;

/// The reasons, in the order of their pointers.
pub type Notes = BTreeMap<String, String>;

/// Collects the reasons below one place of the report.
///
/// ```
/// use greenlight_readiness::notes::{Notes, NotesAt};
///
/// let mut notes = Notes::new();
/// let absent: Result<f64, &str> = Err("only one class is present");
/// assert_eq!(NotesAt::new(&mut notes, "/overall").value("roc_auc", absent), None);
/// assert_eq!(notes["/overall/roc_auc"], "only one class is present");
/// ```
pub struct NotesAt<'a> {
    notes: &'a mut Notes,
    pointer: String,
}

impl<'a> NotesAt<'a> {
    /// Collects into `notes` below `pointer`, which is "" for the whole report.
    pub fn new(notes: &'a mut Notes, pointer: impl Into<String>) -> Self {
        Self {
            notes,
            pointer: pointer.into(),
        }
    }

    /// The place of a key below this one.
    pub fn below(&mut self, key: &str) -> NotesAt<'_> {
        let pointer = join(&self.pointer, key);
        NotesAt {
            notes: self.notes,
            pointer,
        }
    }

    /// The value, or `None` with its reason noted under `key`.
    pub fn value<T, E: ToString>(&mut self, key: &str, value: Result<T, E>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(reason) => {
                self.note(key, reason);
                None
            }
        }
    }

    /// Says of the ends of the interval at this place why they do not exist, where they do not.
    pub fn note_open_ends(&mut self, low: Option<f64>, high: Option<f64>) {
        for (key, end) in [("0", low), ("1", high)] {
            if end.is_none() {
                self.note(key, "too few rows to bound it on this side");
            }
        }
    }

    /// Writes `reason` under `key`.
    pub fn note(&mut self, key: &str, reason: impl ToString) {
        self.notes
            .insert(join(&self.pointer, key), reason.to_string());
    }
}

/// A JSON Pointer one step further, escaped as RFC 6901 asks.
pub(crate) fn join(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_escaped_as_json_pointers() {
        let mut notes = Notes::new();
        NotesAt::new(&mut notes, "/splits")
            .below("a/b~c")
            .note("f1", "why");
        assert_eq!(notes.keys().next().unwrap(), "/splits/a~1b~0c/f1");
    }
}

//! A file on its way in, and how far it has come.

use super::pace::{Pace, Progress};

/// A file on its way in.
#[derive(Clone, Debug, PartialEq)]
pub struct Loading {
    /// Its name.
    pub name: String,
    /// Its length.
    pub total_bytes: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Data rows found in them.
    pub rows: u64,
    /// How fast that goes.
    pub pace: Pace,
}

impl Loading {
    /// A file of which nothing has been read.
    pub fn of(name: &str, total_bytes: u64) -> Self {
        Self {
            name: name.to_owned(),
            total_bytes,
            bytes: 0,
            rows: 0,
            pace: Pace::default(),
        }
    }

    /// Whether all of it is read, and the engine counts.
    pub fn is_read(&self) -> bool {
        self.total_bytes > 0 && self.bytes >= self.total_bytes
    }

    pub(super) fn with(&self, progress: Progress) -> Self {
        Self {
            bytes: progress.bytes,
            rows: progress.rows,
            pace: self.pace.with(progress),
            ..self.clone()
        }
    }
}

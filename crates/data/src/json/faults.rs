//! What is wrong with JSON, and where.

use super::records::Fault;
use super::{JsonText, Position};
use crate::error::DataError;
use crate::reader::Reading;
use crate::text::{excerpt, excerpt_of_bytes};

impl JsonText {
    pub(super) fn fault(&self, fault: Fault, start: Position, text: &str) -> DataError {
        let error = match fault {
            Fault::Data(error) => return error,
            Fault::Problem(problem) => return self.error(problem, start, excerpt(text)),
            Fault::Json(error) => error,
        };
        let message = error.to_string();
        let problem = message.split(" at line ").next().unwrap_or_default();
        // Where serde_json names a place, it counts from the start of the item.
        let before: usize = text
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        let offset = before + error.column().saturating_sub(1);
        let mut at = start;
        at.advance(text.as_bytes().get(..offset).unwrap_or_default());
        let shown = text.get(text.floor_char_boundary(offset.saturating_sub(20))..);
        self.error(problem, at, excerpt(shown.unwrap_or_default()))
    }

    pub(super) fn unexpected(&self, byte: u8, expected: &str) -> DataError {
        let problem = format!("this is no JSON; expected {expected}");
        self.error(problem, self.at, excerpt_of_bytes(&[byte]))
    }

    pub(super) fn error(
        &self,
        problem: impl Into<String>,
        at: Position,
        text: String,
    ) -> DataError {
        DataError::Json {
            row: self.rows() + 1,
            line: at.line,
            byte: at.byte,
            problem: problem.into(),
            text,
        }
    }
}

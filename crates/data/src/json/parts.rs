//! Which part of a table a delimited value is.

use super::records::Fault;
use super::value::{Pairs, without_bare_nan};
use super::{JsonText, Part, Position, Shape};
use crate::error::DataError;
use crate::text::excerpt;
use serde_json::value::RawValue;

impl JsonText {
    /// Adds what is delimited; where it is no JSON because of bare NaN, without these.
    pub(super) fn take(
        &mut self,
        text: &str,
        start: Position,
        push: impl Fn(&mut Self, &str) -> Result<(), Fault>,
    ) -> Result<(), DataError> {
        let fault = match push(self, text) {
            Ok(()) => return Ok(()),
            Err(fault) => fault,
        };
        if let (Fault::Json(_), Some(text)) = (&fault, without_bare_nan(text)) {
            return push(self, &text).map_err(|fault| self.fault(fault, start, &text));
        }
        Err(self.fault(fault, start, text))
    }

    /// Adds a value where it belongs.
    pub(super) fn push(&mut self, text: &str) -> Result<(), Fault> {
        let is_record = text.starts_with('{');
        match (&self.shape, self.levels.len()) {
            (Shape::Object, 1) if is_record => {
                self.give_up_lists();
                self.records.push(text)
            }
            (Shape::Object, 1) => {
                serde_json::from_str::<&RawValue>(text)?;
                self.aside.push(self.key.clone());
                Ok(())
            }
            (Shape::Object, _) => self.push_part(text),
            _ if is_record => self.records.push(text),
            _ if text.starts_with('[') => self.records.push_list(text),
            _ => Err(Fault::Problem(NO_RECORD.to_owned())),
        }
    }

    /// Adds an item of a list or object within the outermost object.
    fn push_part(&mut self, text: &str) -> Result<(), Fault> {
        let is_record = text.starts_with('{');
        if self.part == Part::Unknown {
            let has_records = self.records.count() > 0;
            self.part = if has_records {
                self.lists.drop_last();
                self.aside.push(self.key.clone());
                Part::Aside
            } else if is_record {
                self.lists.drop_last();
                self.give_up_lists();
                Part::Records
            } else if text.starts_with('[') && self.key == "data" {
                self.lists.drop_last();
                if let Some(names) = self.lists.take_texts("columns") {
                    self.records.set_names(names)?;
                }
                self.give_up_lists();
                Part::Rows
            } else {
                Part::Cells
            };
        }
        match self.part {
            Part::Records if is_record => self.records.push(text),
            Part::Rows if text.starts_with('[') => self.records.push_list(text),
            Part::Records | Part::Rows => Err(Fault::Problem(NO_RECORD.to_owned())),
            Part::Aside => Ok(_ = serde_json::from_str::<&RawValue>(text)?),
            Part::Unknown | Part::Cells => {
                serde_json::from_str::<&RawValue>(text)?;
                self.lists.push(text)
            }
        }
    }

    /// What was taken for columns stands beside the records.
    fn give_up_lists(&mut self) {
        let names = self.lists.take_names();
        self.aside.extend(names);
    }

    /// Whether the only object is a table, and not a row.
    pub(super) fn is_of_columns(&self, object: &str) -> bool {
        let Ok(Pairs(pairs)) = serde_json::from_str(object) else {
            // What is wrong with it is found while it is read.
            return without_bare_nan(object).is_some_and(|object| self.is_of_columns(&object));
        };
        let is_list = |value: &&RawValue| value.get().starts_with('[');
        let is_object = |value: &&RawValue| value.get().starts_with('{');
        let mut values = pairs.iter().map(|(_, value)| value);
        values.clone().any(is_list) || (!pairs.is_empty() && values.all(is_object))
    }
}

const NO_RECORD: &str =
    "this is no record; each row must be an object such as {\"label\": 1, \"score\": 0.9}";

/// A note on keys that are no columns.
pub(super) fn left_out(keys: &[String]) -> Option<String> {
    let names: Vec<String> = keys
        .iter()
        .take(5)
        .map(|key| format!("\"{}\"", excerpt(key)))
        .collect();
    let more = if keys.len() > 5 { " and others" } else { "" };
    (!keys.is_empty()).then(|| {
        format!(
            "left out, because it is no part of the table: {}{more}",
            names.join(", ")
        )
    })
}

//! What is told of a table before it is judged.

use std::rc::Rc;

use greenlight_data::Column;
use greenlight_readiness::{Choices, RoleNames, Source, told_unit};

use super::Worker;
use crate::engine::protocol::{ColumnSummary, Guess, TableSummary};

impl Worker {
    /// The table and the roles of its columns; the columns are described once for each file.
    pub(super) fn summarise(&self, source: &Rc<Source>, choices: &Choices) -> TableSummary {
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

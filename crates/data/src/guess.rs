//! A guess of which column plays which part, with a reason for each; always to be corrected by a person.
//!
//! Names speak first, and the values must bear them out. Where names say nothing, the values alone must leave no
//! doubt; otherwise the role stays empty.

mod class_scores;
mod classes;
mod grades;
mod name;
mod others;
mod scores;
mod summary;
pub(crate) mod vocabulary;

pub use class_scores::{class_as_known, classes_of_score_columns};
pub(crate) use name::Name;
pub(crate) use others::is_latency_name;
pub use others::unit_of_latencies;
pub use summary::{MOST_GRADES, MOST_NUMERIC_CLASSES};
pub(crate) use vocabulary::TIMESTAMP;

use crate::latency_unit::LatencyUnit;
use crate::roles::{Role, Roles};
use crate::table::{CellFormat, ColumnId, Table};
use summary::Summary;

/// The guessed roles, and why.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Guesses {
    /// The roles; every column plays one.
    pub roles: Roles,
    /// Why each was given, in the order of the guesses; features need no reason.
    pub reasons: Vec<RoleReason>,
    /// The unit of the latencies, from their cells or the column's name.
    pub latency_unit: LatencyUnit,
    /// What a person should know who expects another guess.
    pub notes: Vec<String>,
}

/// Why a column was given a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleReason {
    /// The role.
    pub role: Role,
    /// The column.
    pub column: ColumnId,
    /// One short sentence for a person.
    pub reason: String,
}

/// Guesses the roles of a table's columns from their names and values.
///
/// ```
/// # use greenlight_data::{guess_roles, read_table};
/// let table = read_table(b"customer,isFraud,risk_score,latency_us\na,0,0.1,5\nb,1,0.7,6\n")?;
/// let guesses = guess_roles(&table);
/// assert_eq!(guesses.roles.label, table.column_named("isFraud"));
/// assert_eq!(guesses.roles.score, table.column_named("risk_score"));
/// assert_eq!(guesses.reasons[1].reason, "named like a label; 2 distinct values");
/// assert_eq!(guesses.latency_unit.short_name(), "us");
/// # Ok::<(), greenlight_data::DataError>(())
/// ```
pub fn guess_roles(table: &Table) -> Guesses {
    guess_roles_given(table, &[])
}

/// Whether a column's name alone speaks for a part other than that of a feature, whatever its first rows hold.
///
/// ```
/// # use greenlight_data::is_named_like_a_part;
/// assert!(is_named_like_a_part("isFraud") && is_named_like_a_part("response_time_ms"));
/// assert!(!is_named_like_a_part("pixel_17"));
/// ```
pub fn is_named_like_a_part(name: &str) -> bool {
    let name = Name::new(name);
    vocabulary::ALL
        .iter()
        .any(|names| names.contains(&name.compact.as_str()))
        || is_latency_name(&name)
}

/// A role that is known: nobody has to guess it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    pub role: Role,
    pub column: String,
    pub reason: &'static str,
}

/// As [`guess_roles`], where some roles are known.
pub(crate) fn guess_roles_given(table: &Table, known: &[Given]) -> Guesses {
    let mut guesser = Guesser::new(table);
    for given in known {
        if let Some(id) = table.column_named(&given.column) {
            guesser.give(given.role, id, given.reason);
        }
    }
    guesser.guess_latency();
    guesser.guess_grades();
    guesser.guess_classes_by_name();
    if guesser.guesses.roles.split.is_none() {
        guesser.guess_split();
    }
    guesser.guess_others();
    guesser.guess_classes_by_values();
    guesser.guess_class_scores();
    guesser.guess_score();
    guesser.give_the_rest();
    guesser.guesses
}

/// The columns, taken apart, and the roles given so far.
struct Guesser<'a> {
    columns: Vec<Candidate<'a>>,
    guesses: Guesses,
}

/// A column to guess about.
struct Candidate<'a> {
    id: ColumnId,
    raw: &'a str,
    name: Name,
    summary: Summary,
    format: CellFormat,
    taken: bool,
}

impl<'a> Guesser<'a> {
    fn new(table: &'a Table) -> Self {
        let candidate = |(id, column): (ColumnId, &'a crate::table::Column)| Candidate {
            id,
            raw: &column.name,
            name: Name::new(&column.name),
            summary: Summary::new(&column.values),
            format: column.format,
            taken: false,
        };
        Self {
            columns: table.columns_with_ids().map(candidate).collect(),
            guesses: Guesses::default(),
        }
    }

    /// The columns without a role.
    fn free(&self) -> impl Iterator<Item = &Candidate<'a>> {
        self.columns.iter().filter(|column| !column.taken)
    }

    /// The free column with the best of these names whose values pass.
    fn named(&self, names: &[&str], passes: impl Fn(&Summary) -> bool) -> Option<ColumnId> {
        let has_name = |column: &&Candidate, name: &str| {
            column.name.compact == name && passes(&column.summary)
        };
        names
            .iter()
            .find_map(|name| self.free().find(|column| has_name(column, name)))
            .map(|column| column.id)
    }

    fn get(&self, id: ColumnId) -> Option<&Candidate<'a>> {
        self.columns.get(id.position())
    }

    fn summary(&self, id: Option<ColumnId>) -> Option<&Summary> {
        self.get(id?).map(|column| &column.summary)
    }

    /// Gives a role that one column plays.
    fn give(&mut self, role: Role, id: ColumnId, reason: impl Into<String>) {
        if let Some(single) = self.guesses.roles.single_mut(role) {
            *single = Some(id);
        }
        self.take(role, id, reason);
    }

    /// Notes that a column plays a role.
    fn take(&mut self, role: Role, id: ColumnId, reason: impl Into<String>) {
        if let Some(column) = self.columns.get_mut(id.position()) {
            column.taken = true;
        }
        self.guesses.reasons.push(RoleReason {
            role,
            column: id,
            reason: reason.into(),
        });
    }

    fn give_the_rest(&mut self) {
        self.guesses.roles.features = self.free().map(|column| column.id).collect();
    }
}

#[cfg(test)]
mod tests;

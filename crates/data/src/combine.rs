//! Several files to one table: rows one below the other, or columns side by side on an id they share.

mod ids;
mod join;
mod split_names;
mod stack;

use crate::error::DataError;
use crate::guess::{Given, Guesses, guess_roles, guess_roles_given};
use crate::positive::sort_classes;
use crate::rejections::Rejections;
use crate::roles::Roles;
use crate::table::Table;
use std::ops::Range;

/// One table made of files.
#[derive(Debug)]
pub struct Combined {
    /// The rows of all files that give rows.
    pub table: Table,
    /// What each file gave, in the order of the files.
    pub parts: Vec<Part>,
    /// How they were put together.
    pub how: How,
    /// Roles that follow from how the files were put together.
    given: Vec<Given>,
}

/// What one file gave to the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The file's name.
    pub name: String,
    /// Its data rows, unusable ones included.
    pub lines: usize,
    /// The rows of the whole that are its own, in its order; none where it was only looked up in.
    pub rows: Range<usize>,
    /// Its rows that could not be read, found no partner, or were not asked for; row numbers are the file's own.
    pub rejected: Rejections,
    /// What a person should know about how it was read and what became of it.
    pub notes: Vec<String>,
}

/// How files were put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// There was one file.
    Alone,
    /// Rows one below the other, columns by name.
    Stacked,
    /// Each row with the row of the same id in other files.
    Joined {
        /// The columns of the ids, one for each group of files that was looked up in.
        on: Vec<String>,
    },
}

/// Puts files together: those of the same columns, or that each hold label and prediction or score, are **stacked**; those
/// that lack what another has are **joined** on the id that they share.
///
/// Stacked files without a column of splits get one from their names. `1`, `"1"` and `1.0` are the same id. O(cells).
///
/// # Errors
/// When the files do not belong together, or two rows of one id say different things.
///
/// ```
/// # use greenlight_data::{combine, read_table};
/// let predictions = read_table(b"id,prediction\n1,yes\n2,no\n")?;
/// let labels = read_table(b"id,label\n2,no\n1,yes\n")?;
/// let whole = combine(vec![("predictions.csv".into(), predictions), ("labels.csv".into(), labels)])?;
/// assert_eq!(whole.table.rows(), 2);
/// assert_eq!(whole.table.columns()[2].values.text(0).as_deref(), Some("yes"));
/// # Ok::<(), greenlight_data::DataError>(())
/// ```
pub fn combine(files: Vec<(String, Table)>) -> Result<Combined, DataError> {
    if files.is_empty() {
        return Err(DataError::Empty);
    }
    if files.len() == 1 {
        return Ok(Combined::new(stack::stacked(files), How::Alone, Vec::new()));
    }
    let files: Vec<File> = files.into_iter().zip(0..).map(File::new).collect();
    let groups = match files.iter().all(|file| is_complete(&file.guesses.roles)) {
        true => vec![stack::with_names_of_the_first(files)],
        false => by_columns(files),
    };
    match <[Vec<File>; 1]>::try_from(groups) {
        Ok([files]) => {
            let (whole, given) = stack::with_split(files);
            check_rows(&whole.table)?;
            Ok(Combined::new(whole, How::Stacked, given))
        }
        Err(groups) => join::joined(groups),
    }
}

impl Combined {
    fn new(whole: Whole, how: How, given: Vec<Given>) -> Self {
        Self {
            table: whole.table,
            parts: in_order(whole.parts),
            how,
            given,
        }
    }

    /// Guesses the roles of the whole's columns; what follows from how the files were put together stands.
    pub fn guess_roles(&self) -> Guesses {
        guess_roles_given(&self.table, &self.given)
    }
}

/// A file with what its columns seem to be.
struct File {
    name: String,
    position: usize,
    table: Table,
    guesses: Guesses,
    notes: Vec<String>,
}

impl File {
    fn new(((name, table), position): ((String, Table), usize)) -> Self {
        Self {
            name,
            position,
            guesses: guess_roles(&table),
            table,
            notes: Vec::new(),
        }
    }

    fn name_of(&self, column: Option<crate::table::ColumnId>) -> Option<&str> {
        column
            .and_then(|id| self.table.column(id))
            .map(|column| column.name.as_str())
    }
}

/// Files on their way to one table, with the positions that they were given in.
struct Whole {
    table: Table,
    parts: Vec<(usize, Part)>,
}

impl Whole {
    /// The files' names as one speaks of them: "a.csv and b.csv".
    fn names(&self) -> String {
        let names: Vec<&str> = self
            .parts
            .iter()
            .map(|(_, part)| part.name.as_str())
            .collect();
        names.join(" and ")
    }

    /// Counts a row as rejected in the file that it comes from.
    fn reject_in_file(&mut self, row: usize, reason: &str, example: String) {
        let mut parts = self.parts.iter_mut().map(|(_, part)| part);
        if let Some(part) = parts.find(|part| part.rows.contains(&row)) {
            let number = (row - part.rows.start) as u64 + 1;
            part.rejected.add(reason, number, 1, || example);
        }
    }
}

/// Whether a file can be judged on its own.
fn is_complete(roles: &Roles) -> bool {
    let is_predicted =
        roles.prediction.is_some() || roles.score.is_some() || !roles.class_scores.is_empty();
    roles.label.is_some() && is_predicted
}

/// Files whose columns have the same names, in any order, together.
fn by_columns(files: Vec<File>) -> Vec<Vec<File>> {
    let mut groups: Vec<(Vec<String>, Vec<File>)> = Vec::new();
    for file in files {
        let mut names: Vec<String> = file
            .table
            .columns()
            .iter()
            .map(|column| column.name.clone())
            .collect();
        // Any order will do; this one is in every engine anyway.
        sort_classes(&mut names);
        match groups.iter_mut().find(|(known, _)| *known == names) {
            Some((_, group)) => group.push(file),
            None => groups.push((names, vec![file])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn in_order(parts: Vec<(usize, Part)>) -> Vec<Part> {
    let mut places: Vec<Option<Part>> = parts.iter().map(|_| None).collect();
    for (position, part) in parts {
        if let Some(place) = places.get_mut(position) {
            *place = Some(part);
        }
    }
    places.into_iter().flatten().collect()
}

fn check_rows(table: &Table) -> Result<(), DataError> {
    let limit = crate::limits::Limits::default().rows;
    match table.rows() > limit as usize {
        true => Err(DataError::TooManyRows { limit }),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests;

//! Columns side by side, on an id that the files share.

use super::ids::{Ids, Index, stray};
use super::{Combined, File, How, Whole, check_rows, stack};
use crate::dictionary::Dictionary;
use crate::error::DataError;
use crate::guess::{Given, Guesses};
use crate::roles::Role;
use crate::table::{Column, Table};
use crate::text::excerpt;
use crate::time::MISSING;
use crate::values::{Categories, Stray, Values};
use std::borrow::Cow;

/// The rows are those of the files with predictions; what they lack is looked up in the other files.
pub(super) fn joined(groups: Vec<Vec<File>>) -> Result<Combined, DataError> {
    let base = place_of_base(&groups);
    let mut base_files = Vec::new();
    let mut lookups = Vec::new();
    let mut is_split = false;
    for (position, group) in groups.into_iter().enumerate() {
        is_split |= group.iter().any(|file| file.guesses.roles.split.is_some());
        match position == base {
            true => base_files = group,
            false => lookups.push(Group::new(group)),
        }
    }
    let guesses = guesses_of(&base_files);
    let (whole, mut given) = match base_files.len() > 1 && !is_split {
        true => stack::with_split(base_files),
        false => (stack::stacked_files(base_files), Vec::new()),
    };
    check_rows(&whole.table)?;
    let mut base = Group { whole, guesses };
    let mut on = Vec::new();
    let mut parts = Vec::new();
    for mut lookup in lookups {
        check_rows(&lookup.whole.table)?;
        let id = shared_id(&base, &lookup)?;
        look_up(&mut base, &mut lookup, &id)?;
        parts.extend(lookup.whole.parts);
        on.push(id);
    }
    if let Some(id) = on.first() {
        given.push(Given {
            role: Role::Id,
            column: id.clone(),
            reason: "joins the files",
        });
    }
    base.whole.parts.extend(parts);
    Ok(Combined::new(base.whole, How::Joined { on }, given))
}

/// Files below each other, with the guesses about the first of them.
struct Group {
    whole: Whole,
    guesses: Guesses,
}

impl Group {
    fn new(files: Vec<File>) -> Self {
        let guesses = guesses_of(&files);
        Self {
            whole: stack::stacked_files(files),
            guesses,
        }
    }

    fn name_of(&self, role: Role) -> Option<&str> {
        let id = self.guesses.roles.single(role)?;
        // Stacking keeps the first file's columns where they were.
        let column = self.whole.table.column(id)?;
        Some(&column.name)
    }
}

fn guesses_of(files: &[File]) -> Guesses {
    let first = files.first();
    first.map_or_else(Guesses::default, |file| file.guesses.clone())
}

/// The first group with predictions; where there is none, with scores, labels or at least latencies.
fn place_of_base(groups: &[Vec<File>]) -> usize {
    let mut best = (0, 0);
    for (position, group) in groups.iter().enumerate() {
        let Some(roles) = group.first().map(|file| &file.guesses.roles) else {
            continue;
        };
        let is_scored = roles.score.is_some() || !roles.class_scores.is_empty();
        let rank = [
            roles.prediction.is_some(),
            is_scored,
            roles.label.is_some(),
            roles.latency.is_some(),
        ];
        let rank = rank
            .into_iter()
            .fold(0, |rank, has| rank * 2 + usize::from(has));
        if rank > best.0 {
            best = (rank, position);
        }
    }
    best.1
}

/// The name of the column that says which rows belong together.
fn shared_id(base: &Group, lookup: &Group) -> Result<String, DataError> {
    let (rows, others) = (&base.whole.table, &lookup.whole.table);
    let is_common =
        |name: &&str| rows.column_named(name).is_some() && others.column_named(name).is_some();
    let guessed = [base, lookup].into_iter();
    let mut guessed = guessed.filter_map(|group| group.name_of(Role::Id).filter(is_common));
    if let Some(id) = guessed.next() {
        return Ok(id.to_owned());
    }
    let plays_a_part = |name: &str| {
        let parts = [Role::Label, Role::Prediction, Role::Score, Role::Latency];
        parts
            .into_iter()
            .any(|role| base.name_of(role) == Some(name) || lookup.name_of(role) == Some(name))
    };
    let mut identifying = others
        .columns()
        .iter()
        .filter(|column| is_common(&column.name.as_str()) && !plays_a_part(&column.name))
        .filter(|column| identifies(column));
    match (identifying.next(), identifying.next()) {
        (Some(column), None) => Ok(column.name.clone()),
        _ => Err(DataError::NoSharedId {
            first: base.whole.names(),
            first_columns: listed(rows),
            second: lookup.whole.names(),
            second_columns: listed(others),
        }),
    }
}

/// Whether every row has a value of its own.
fn identifies(column: &Column) -> bool {
    let ids = Ids::new(column);
    let mut seen = Dictionary::default();
    (0..column.values.len()).all(|row| ids.of(row).is_some_and(|id| seen.code(&id) as usize == row))
}

/// The names of a table's columns, as many as a sentence can take.
fn listed(table: &Table) -> String {
    const MOST: usize = 8;
    let names = table.columns().iter().map(|column| column.name.as_str());
    let mut list: Vec<&str> = names.take(MOST).collect();
    if table.columns().len() > MOST {
        list.push("…");
    }
    list.join(", ")
}

/// Gives the rows of `base` the columns of the rows of `lookup` with the same id.
fn look_up(base: &mut Group, lookup: &mut Group, on: &str) -> Result<(), DataError> {
    let matches = Matches::of(&base.whole, &lookup.whole, on)?;
    let is_unlabelled = base.guesses.roles.label.is_none() && lookup.guesses.roles.label.is_some();
    let (rows, others) = (&mut base.whole, &mut lookup.whole);
    let (names, other_names) = (rows.names(), others.names());

    let mut passed_over = Vec::new();
    for column in others.table.columns() {
        if column.name == on {
            continue;
        }
        match rows.table.column_named(&column.name) {
            Some(_) => passed_over.push(format!("“{}”", column.name)),
            None => rows.table.push(taken(column, &matches.partners)),
        }
    }
    if is_unlabelled {
        for Lonely { row, id } in matches.lonely {
            let reason = why_lonely(on, &id, &other_names);
            let example = id.unwrap_or_default();
            rows.table.reject(row, &reason, &example);
            rows.reject_in_file(row, &reason, example);
        }
    }
    for Lonely { row, id } in matches.unasked {
        let reason = why_lonely(on, &id, &names);
        others.reject_in_file(row, &reason, id.unwrap_or_default());
    }
    for (_, part) in &mut rows.parts {
        part.notes
            .push(format!("joined with {other_names} on {on}"));
    }
    for (_, part) in &mut others.parts {
        part.rows = 0..0;
        part.notes.push(format!("looked up by {on} for {names}"));
        if !passed_over.is_empty() {
            let columns = passed_over.join(", ");
            part.notes
                .push(format!("passed over {columns}, which {names} has too"));
        }
    }
    Ok(())
}

/// Which rows belong together.
struct Matches {
    /// For each row the one to take from.
    partners: Vec<Option<u32>>,
    /// Rows without one.
    lonely: Vec<Lonely>,
    /// Rows that none takes from.
    unasked: Vec<Lonely>,
}

/// A row without a partner.
struct Lonely {
    row: usize,
    /// `None` where it is missing.
    id: Option<String>,
}

fn why_lonely(on: &str, id: &Option<String>, others: &str) -> String {
    match id {
        Some(_) => format!("no row with this {on} in {others}"),
        None => format!("the {on} is missing"),
    }
}

impl Matches {
    fn of(rows: &Whole, others: &Whole, on: &str) -> Result<Self, DataError> {
        let mut matches = Self {
            partners: Vec::with_capacity(rows.table.rows()),
            lonely: Vec::new(),
            unasked: Vec::new(),
        };
        let (Some(ours), Some(theirs)) = (named(&rows.table, on), named(&others.table, on)) else {
            return Ok(matches);
        };
        let (ours, theirs) = (Ids::new(ours), Ids::new(theirs));
        let index = Index::new(&theirs, others, on)?;
        let mut is_asked = vec![false; index.rows.len()];
        for row in 0..rows.table.rows() {
            let id = ours.of(row);
            let code = id.as_ref().and_then(|id| index.ids.find(id));
            let code = code.map(|code| code as usize);
            if let Some(asked) = code.and_then(|code| is_asked.get_mut(code)) {
                *asked = true;
            }
            let partner = code.and_then(|code| index.rows.get(code).copied());
            matches.partners.push(partner);
            if partner.is_none() && !rows.table.is_rejected(row) {
                let id = id.map(Cow::into_owned);
                matches.lonely.push(Lonely { row, id });
            }
        }
        if matches.partners.iter().all(Option::is_none)
            && let (Some(first), Some(second)) = (ours.first(), theirs.first())
        {
            return Err(DataError::NoCommonId {
                column: on.to_owned(),
                first: rows.names(),
                first_id: excerpt(&first),
                second: others.names(),
                second_id: excerpt(&second),
            });
        }
        for row in 0..others.table.rows() {
            let id = theirs.of(row);
            let code = id.as_ref().and_then(|id| index.ids.find(id));
            let is_asked = code.and_then(|code| is_asked.get(code as usize).copied());
            if is_asked != Some(true) && !others.table.is_rejected(row) {
                let id = id.map(Cow::into_owned);
                matches.unasked.push(Lonely { row, id });
            }
        }
        Ok(matches)
    }
}

fn named<'t>(table: &'t Table, name: &str) -> Option<&'t Column> {
    table.column_named(name).and_then(|id| table.column(id))
}

/// A column with the values of these rows.
fn taken(column: &Column, rows: &[Option<u32>]) -> Column {
    let values = match &column.values {
        Values::Number(numbers) => Values::Number(picked(numbers, rows, f64::NAN)),
        Values::Timestamp(times) => Values::Timestamp(picked(times, rows, MISSING)),
        // Texts that are not taken are not there any more.
        Values::Category(categories) => {
            let texts = rows
                .iter()
                .map(|row| row.and_then(|row| categories.text(row as usize)));
            Values::Category(Categories::from_texts(texts))
        }
        Values::Deferred(deferred) => return deferred.sample.clone().deferred(rows.len()),
    };
    let mut strays = Vec::new();
    if !column.strays.is_empty() {
        for (row, from) in rows.iter().enumerate() {
            if let Some(stray) = from.and_then(|from| stray(column, from as usize)) {
                let text = stray.text.clone();
                strays.push(Stray { row, text });
            }
        }
    }
    Column {
        name: column.name.clone(),
        values,
        strays,
        format: column.format,
    }
}

fn picked<T: Copy>(values: &[T], rows: &[Option<u32>], missing: T) -> Vec<T> {
    let value = |row: &Option<u32>| row.and_then(|row| values.get(row as usize).copied());
    rows.iter()
        .map(|row| value(row).unwrap_or(missing))
        .collect()
}

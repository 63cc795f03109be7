//! Columns side by side, on an id that the files share.

use super::{Combined, File, How, Whole, check_rows, stack};
use crate::dictionary::Dictionary;
use crate::error::DataError;
use crate::guess::{Given, Guesses};
use crate::number::{canonical_number, parse_number};
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
    let (rows, others) = (&mut base.whole, &mut lookup.whole);
    let (names, other_names) = (rows.names(), others.names());
    let columns = (named(&rows.table, on), named(&others.table, on));
    let (Some(ours), Some(theirs)) = columns else {
        return Ok(());
    };
    let (ours, theirs) = (Ids::new(ours), Ids::new(theirs));
    let index = Index::new(&theirs, others, on)?;

    let mut partners: Vec<Option<u32>> = Vec::with_capacity(rows.table.rows());
    let mut is_asked = vec![false; index.rows.len()];
    for row in 0..rows.table.rows() {
        let code = ours.of(row).and_then(|id| index.ids.find(&id));
        if let Some(asked) = code.and_then(|code| is_asked.get_mut(code as usize)) {
            *asked = true;
        }
        partners.push(code.and_then(|code| index.rows.get(code as usize).copied()));
    }
    if let (true, Some(first), Some(second)) = (
        partners.iter().all(Option::is_none),
        ours.first(),
        index.ids.texts().first(),
    ) {
        return Err(DataError::NoCommonId {
            column: on.to_owned(),
            first: names,
            first_id: excerpt(&first),
            second: other_names,
            second_id: excerpt(second),
        });
    }

    let is_unlabelled = base.guesses.roles.label.is_none() && lookup.guesses.roles.label.is_some();
    let without = format!("no row with this {on} in {other_names}");
    let mut lonely: Vec<(usize, String)> = Vec::new();
    for (row, partner) in partners.iter().enumerate() {
        if partner.is_none() && is_unlabelled && !rows.table.is_rejected(row) {
            lonely.push((row, ours.of(row).map_or_else(String::new, Cow::into_owned)));
        }
    }
    let unasked = format!("no row with this {on} in {names}");
    let unused: Vec<(usize, String)> = (0..others.table.rows())
        .filter(|&row| !others.table.is_rejected(row))
        .filter_map(|row| {
            let Some(id) = theirs.of(row) else {
                return Some((row, String::new()));
            };
            let code = index.ids.find(&id)?;
            let asked = is_asked.get(code as usize).copied().unwrap_or_default();
            (!asked).then(|| (row, id.into_owned()))
        })
        .collect();

    let mut passed_over = Vec::new();
    let mut added = Vec::new();
    for column in others.table.columns() {
        if column.name == on {
        } else if rows.table.column_named(&column.name).is_some() {
            passed_over.push(format!("“{}”", column.name));
        } else {
            added.push(taken(column, &partners));
        }
    }
    for (row, id) in lonely {
        rows.table.reject(row, &without, &id);
        if let Some((part, number)) = rows.place(row) {
            part.rejected.add(&without, number, 1, || id);
        }
    }
    for (row, id) in unused {
        if let Some((part, number)) = others.place(row) {
            part.rejected.add(&unasked, number, 1, || id);
        }
    }
    added.into_iter().for_each(|column| rows.table.push(column));
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

fn named<'t>(table: &'t Table, name: &str) -> Option<&'t Column> {
    table.column_named(name).and_then(|id| table.column(id))
}

/// The ids of a column, with one text for 1, "1" and 1.0.
struct Ids<'t> {
    column: &'t Column,
    /// The texts of a column of texts, by code.
    texts: Vec<Cow<'t, str>>,
}

impl<'t> Ids<'t> {
    fn new(column: &'t Column) -> Self {
        let texts = match &column.values {
            Values::Category(categories) => categories
                .dictionary()
                .iter()
                .map(|text| canonical(text))
                .collect(),
            _ => Vec::new(),
        };
        Self { column, texts }
    }

    /// The id in a row, counted from 0; `None` where it is missing.
    fn of(&self, row: usize) -> Option<Cow<'_, str>> {
        match &self.column.values {
            Values::Category(categories) => {
                let code = *categories.codes().get(row)?;
                self.texts.get(code as usize).map(|text| (&**text).into())
            }
            values => {
                let stray = || stray(self.column, row).map(|stray| canonical(&stray.text));
                values.text(row).or_else(stray)
            }
        }
    }

    /// The first id there is.
    fn first(&self) -> Option<Cow<'_, str>> {
        (0..self.column.values.len()).find_map(|row| self.of(row))
    }
}

fn canonical(text: &str) -> Cow<'_, str> {
    match parse_number(text) {
        Some(number) => canonical_number(number).into(),
        None => text.into(),
    }
}

fn stray(column: &Column, row: usize) -> Option<&Stray> {
    let position = column.strays.binary_search_by_key(&row, |stray| stray.row);
    column.strays.get(position.ok()?)
}

/// Where each id stands.
struct Index {
    ids: Dictionary,
    /// The first row of each id, by its code.
    rows: Vec<u32>,
}

impl Index {
    fn new(ids: &Ids<'_>, whole: &Whole, on: &str) -> Result<Self, DataError> {
        let mut index = Self {
            ids: Dictionary::default(),
            rows: Vec::new(),
        };
        for row in 0..whole.table.rows() {
            let Some(id) = ids.of(row).filter(|_| !whole.table.is_rejected(row)) else {
                continue;
            };
            let code = index.ids.code(&id) as usize;
            match index.rows.get(code) {
                None => index.rows.push(row as u32),
                Some(&first) => {
                    let first = first as usize;
                    if !are_equal(&whole.table, first, row, on) {
                        return Err(ambiguous(whole, on, &id, first, row));
                    }
                }
            }
        }
        Ok(index)
    }
}

/// Whether two rows say the same, apart from their ids, which are written as they may be.
fn are_equal(table: &Table, first: usize, second: usize, on: &str) -> bool {
    let text = |column, row| stray(column, row).map(|stray| stray.text.as_str());
    table
        .columns()
        .iter()
        .filter(|column| column.name != on)
        .all(|column| {
            column.values.text(first) == column.values.text(second)
                && text(column, first) == text(column, second)
        })
}

fn ambiguous(whole: &Whole, on: &str, id: &str, first: usize, second: usize) -> DataError {
    let place = |row: usize| {
        let mut parts = whole.parts.iter().map(|(_, part)| part);
        let part = parts.find(|part| part.rows.contains(&row));
        part.map_or_else(Default::default, |part| {
            (part.name.clone(), (row - part.rows.start) as u64 + 1)
        })
    };
    let ((first, first_row), (second, second_row)) = (place(first), place(second));
    DataError::AmbiguousId {
        column: on.to_owned(),
        id: excerpt(id),
        first,
        first_row,
        second,
        second_row,
    }
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

//! Rows one below the other, columns by name.

use super::split_names::split_names;
use super::{File, Part, Whole};
use crate::dictionary::Dictionary;
use crate::guess::Given;
use crate::latency_unit::LatencyUnit;
use crate::rejections::Rejections;
use crate::roles::Role;
use crate::row_set::RowSet;
use crate::table::{CellFormat, Column, Table};
use crate::time::MISSING;
use crate::values::{Categories, Deferred, Stray, Values};
use std::collections::BTreeMap;

/// Files that each can be judged name the same things differently: they take the names of the first one.
pub(super) fn with_names_of_the_first(mut files: Vec<File>) -> Vec<File> {
    const ROLES: [Role; 5] = [
        Role::Label,
        Role::Prediction,
        Role::Score,
        Role::Split,
        Role::Id,
    ];
    let Some((first, others)) = files.split_first_mut() else {
        return files;
    };
    for file in others {
        for role in ROLES {
            let ours = first.name_of(first.guesses.roles.single(role));
            let theirs = file.guesses.roles.single(role);
            let (Some(ours), Some(id), Some(name)) = (ours, theirs, file.name_of(theirs)) else {
                continue;
            };
            let is_free = |table: &Table, name: &str| table.column_named(name).is_none();
            if is_free(&file.table, ours) && is_free(&first.table, name) {
                let note = format!(
                    "its column “{name}” is put below “{ours}” of {}",
                    first.name
                );
                file.notes.push(note);
                file.table.rename(id, ours);
            }
        }
    }
    files
}

/// Files below each other, with a column of splits from their names where one is lacking.
pub(super) fn with_split(mut files: Vec<File>) -> (Whole, Vec<Given>) {
    let known = files
        .iter()
        .find_map(|file| file.name_of(file.guesses.roles.split))
        .map(str::to_owned);
    let is_taken = |name: &str| {
        files
            .iter()
            .any(|file| file.table.column_named(name).is_some())
    };
    let name = known.clone().unwrap_or_else(|| match is_taken("split") {
        true => "split (file)".to_owned(),
        false => "split".to_owned(),
    });
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let splits = split_names(&names);
    let mut is_given = false;
    for (file, split) in files.iter_mut().zip(splits) {
        if file.table.column_named(&name).is_some() {
            continue;
        }
        is_given = true;
        let rows = file.table.rows();
        let split_of_all = std::iter::repeat_n(Some(split.as_str()), rows);
        file.table
            .push(Column::categories(name.as_str(), split_of_all));
        file.notes.push(format!(
            "its rows are the split “{split}”, after the file's name"
        ));
    }
    let given = is_given.then_some(Given {
        role: Role::Split,
        column: name,
        reason: "one split a file",
    });
    (stacked_files(files), given.into_iter().collect())
}

pub(super) fn stacked_files(files: Vec<File>) -> Whole {
    let mut notes = Vec::new();
    let mut positions = Vec::new();
    let mut tables = Vec::new();
    for file in files {
        positions.push(file.position);
        notes.push(file.notes);
        tables.push((file.name, file.table));
    }
    let mut whole = stacked(tables);
    for (((place, part), position), notes) in whole.parts.iter_mut().zip(positions).zip(notes) {
        *place = position;
        part.notes.extend(notes);
    }
    whole
}

/// Tables below each other. A cell is missing where a table lacks the column.
pub(super) fn stacked(files: Vec<(String, Table)>) -> Whole {
    let count = files.len();
    let mut parts = Vec::new();
    let mut lengths = Vec::new();
    let mut columns: Vec<(String, Vec<Option<Column>>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let (mut rejections, mut rejected) = (Rejections::default(), RowSet::default());
    let mut start = 0;
    let mut notes = Vec::new();
    for (position, (name, table)) in files.into_iter().enumerate() {
        let table = table.into_pieces();
        rejections.merge(&table.rejections.moved(start as i64));
        rejected.append(table.rejected, start);
        for column in table.columns {
            let place = *places.entry(column.name.clone()).or_insert_with(|| {
                let pieces = (0..count).map(|_| None).collect();
                columns.push((column.name.clone(), pieces));
                columns.len() - 1
            });
            let pieces = columns.get_mut(place).map(|(_, pieces)| pieces);
            if let Some(piece) = pieces.and_then(|pieces| pieces.get_mut(position)) {
                *piece = Some(column);
            }
        }
        if count == 1 {
            notes.clone_from(&table.notes);
        }
        let part = Part {
            name,
            lines: table.rows,
            rows: start..start + table.rows,
            rejected: table.rejections,
            notes: table.notes,
        };
        parts.push((position, part));
        lengths.push(table.rows);
        start += table.rows;
    }
    let columns = columns
        .into_iter()
        .map(|(name, pieces)| concatenated(name, pieces, &lengths))
        .collect();
    Whole {
        table: Table::new(columns, start, rejections, rejected, notes),
        parts,
    }
}

/// One column of its pieces, one a file.
fn concatenated(name: String, mut pieces: Vec<Option<Column>>, lengths: &[usize]) -> Column {
    if let [Some(_)] = pieces.as_slice()
        && let Some(only) = pieces.pop().flatten()
    {
        return only;
    }
    let rows = lengths.iter().sum();
    if let Some(deferred) = first_deferred(&pieces) {
        return deferred.sample.deferred(rows);
    }
    let format = common_format(&mut pieces);
    let holding: Vec<&Column> = pieces
        .iter()
        .flatten()
        .filter(|column| holds_values(column))
        .collect();
    let all = |is: fn(&Values) -> bool| holding.iter().all(|column| is(&column.values));
    let (values, strays) = if all(|values| matches!(values, Values::Number(_))) {
        let numbers = |values: &Values, all: &mut Vec<f64>| {
            if let Values::Number(numbers) = values {
                all.extend_from_slice(numbers);
            }
        };
        let (numbers, strays) = appended(&pieces, lengths, rows, f64::NAN, numbers);
        (Values::Number(numbers), strays)
    } else if all(|values| matches!(values, Values::Timestamp(_))) {
        let times = |values: &Values, all: &mut Vec<i64>| {
            if let Values::Timestamp(times) = values {
                all.extend_from_slice(times);
            }
        };
        let (times, strays) = appended(&pieces, lengths, rows, MISSING, times);
        (Values::Timestamp(times), strays)
    } else {
        let categories = categories(&pieces, lengths, rows);
        (Values::Category(categories), Vec::new())
    };
    let is_text = matches!(values, Values::Category(_));
    Column {
        name,
        values,
        strays,
        format: if is_text { CellFormat::Plain } else { format },
    }
}

/// The first piece whose cells were left in its file: then those of the others are of no use.
fn first_deferred(pieces: &[Option<Column>]) -> Option<Deferred> {
    let mut pieces = pieces.iter().flatten();
    pieces.find_map(|column| match &column.values {
        Values::Deferred(deferred) => Some((**deferred).clone()),
        _ => None,
    })
}

/// Whether a column says anything; one that does not goes with columns of any kind.
fn holds_values(column: &Column) -> bool {
    !column.strays.is_empty()
        || match &column.values {
            Values::Number(numbers) => numbers.iter().any(|number| !number.is_nan()),
            Values::Category(categories) => !categories.dictionary().is_empty(),
            Values::Timestamp(times) => times.iter().any(|&time| time != MISSING),
            Values::Deferred(_) => true,
        }
}

/// The values of all pieces in one list, and the strays where they are now.
fn appended<T: Copy>(
    pieces: &[Option<Column>],
    lengths: &[usize],
    rows: usize,
    missing: T,
    append: impl Fn(&Values, &mut Vec<T>),
) -> (Vec<T>, Vec<Stray>) {
    let mut all = Vec::with_capacity(rows);
    let mut strays = Vec::new();
    let mut start = 0;
    for (piece, length) in pieces.iter().zip(lengths) {
        if let Some(column) = piece {
            append(&column.values, &mut all);
            strays.extend(column.strays.iter().map(|stray| Stray {
                row: start + stray.row,
                text: stray.text.clone(),
            }));
        }
        start += length;
        all.resize(start, missing);
    }
    (all, strays)
}

/// Pieces of any kind as texts; numbers in their one form, so that 1 and "1" are the same.
fn categories(pieces: &[Option<Column>], lengths: &[usize], rows: usize) -> Categories {
    let mut dictionary = Dictionary::default();
    let mut codes = Vec::with_capacity(rows);
    let mut start = 0;
    for (piece, length) in pieces.iter().zip(lengths) {
        match piece {
            Some(Column {
                values: Values::Category(categories),
                ..
            }) => {
                let texts = categories.dictionary().iter();
                let renamed: Vec<u32> = texts.map(|text| dictionary.code(text)).collect();
                let code = |code: &u32| {
                    let renamed = renamed.get(*code as usize).copied();
                    renamed.unwrap_or(Categories::MISSING)
                };
                codes.extend(categories.codes().iter().map(code));
            }
            Some(column) => {
                let mut strays = column.strays.iter().peekable();
                for row in 0..*length {
                    let stray = strays.next_if(|stray| stray.row == row);
                    codes.push(match (stray, column.values.text(row)) {
                        (Some(stray), _) => dictionary.code(&stray.text),
                        (None, Some(text)) => dictionary.code(&text),
                        (None, None) => Categories::MISSING,
                    });
                }
            }
            None => {}
        }
        start += length;
        codes.resize(start, Categories::MISSING);
    }
    Categories::new(codes, dictionary.into_texts())
}

/// How the whole is written: as all its pieces. Durations in different units become milliseconds.
fn common_format(pieces: &mut [Option<Column>]) -> CellFormat {
    let mut common = None;
    for column in pieces.iter().flatten() {
        common = Some(match (common, column.format) {
            (None, format) => format,
            (Some(known), format) if known == format => known,
            (Some(CellFormat::Duration(_)), CellFormat::Duration(_)) => {
                CellFormat::Duration(LatencyUnit::Milliseconds)
            }
            (Some(CellFormat::Time { .. }), CellFormat::Time { .. }) => {
                CellFormat::Time { has_offset: false }
            }
            _ => CellFormat::Plain,
        });
    }
    if common == Some(CellFormat::Duration(LatencyUnit::Milliseconds)) {
        for column in pieces.iter_mut().flatten() {
            if let (CellFormat::Duration(unit), Values::Number(numbers)) =
                (column.format, &mut column.values)
                && unit != LatencyUnit::Milliseconds
            {
                numbers
                    .iter_mut()
                    .for_each(|number| *number *= unit.in_ms());
            }
        }
    }
    common.unwrap_or_default()
}

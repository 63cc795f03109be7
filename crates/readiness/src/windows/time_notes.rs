//! What a person should know of the times that windows are made of: those that cannot be read, and those far from all others.

use greenlight_data::{Column, Roles, Stray, Values, time_cells};
use greenlight_format as format;

use super::Windows;
use super::layout::{Layout, Sides, used_or_unlabelled};
use super::rule::WindowRule;
use crate::observations::Observations;
use crate::source::Source;

const MS_PER_MINUTE: i64 = 60_000;
/// So many rows are named.
const NAMED: usize = 3;
/// So much of a cell is shown.
const SHOWN: usize = 40;

/// In whole sentences. One pass over the rows where times are far from all others, else over none; over the cells of a column of words.
pub(crate) fn notes(
    source: &Source,
    roles: &Roles,
    observations: &Observations<'_>,
    (sides, layout): (Sides, &Layout),
) -> Vec<String> {
    let column = roles.timestamp.and_then(|id| source.table.column(id));
    let unread = column.and_then(|column| unread(source, column, layout.rule));
    let far = far(source, observations, sides, layout);
    unread.into_iter().chain(far).collect()
}

/// Where nothing can change over time: in a sentence.
pub(crate) fn of_one_moment(windows: &Windows) -> Option<String> {
    let rows = windows.windows.iter();
    let rows = rows.fold(0_u64, |sum, window| {
        sum.saturating_add(window.statistics.rows)
            .saturating_add(window.unlabelled)
    });
    if rows == 1 {
        return Some("There is one row, so nothing can be said of change over time.".to_owned());
    }
    let mut times = windows.windows.iter().filter_map(|window| window.times);
    let (first, last) = times.next()?;
    if first != last || times.any(|(low, high)| low != first || high != first) {
        return None;
    }
    let ahead_ms = i64::from(windows.time_zone_minutes) * MS_PER_MINUTE;
    Some(format!(
        "All {} rows hold the same time, {}, so nothing can be said of change over time.",
        format::count(rows),
        format::moment(first.saturating_add(ahead_ms)),
    ))
}

/// Cells that cannot be read.
fn unread(source: &Source, column: &Column, made: WindowRule) -> Option<String> {
    let name = &column.name;
    let first = |stray: &Stray| {
        let text: String = stray.text.chars().take(SHOWN).collect();
        format!("the first in {}: “{text}”", row_name(source, stray.row))
    };
    let cells = |count: u64| match count {
        1 => "1 cell".to_owned(),
        count => format!("{} cells", format::count(count)),
    };
    let cells = match &column.values {
        Values::Category(texts) => {
            let found = time_cells(texts);
            let stray = found.first_unread.as_ref()?;
            let order = match (found.read, found.day_first) {
                (0, _) => {
                    "A time is read as 2024-05-01, 2024-05-01 12:30, 01.05.2024 or 5/1/2024 1:05 PM"
                }
                (_, true) => "The others can be read, 1/5/2024 as the first of May",
                (_, false) => "The others can be read, 1/5/2024 as the fifth of January",
            };
            return Some(format!(
                "“{name}” is not taken as times, because {} of {} cannot be read, {}. {order}. So the rows are taken in their order in the file, in {}.",
                format::count(found.unread),
                cells(found.read + found.unread),
                first(stray),
                in_windows(made),
            ));
        }
        Values::Timestamp(_) | Values::Number(_) => cells(column.strays.len() as u64),
        _ => return None,
    };
    let stray = column.strays.first()?;
    Some(format!(
        "{cells} of “{name}” cannot be read as a time, {}. Such rows are in no window.",
        first(stray)
    ))
}

/// Rows whose times are far from all others.
fn far(
    source: &Source,
    observations: &Observations<'_>,
    sides: Sides,
    layout: &Layout,
) -> Option<String> {
    let far = layout.far?;
    let ahead_ms = i64::from(observations.minutes_ahead()) * MS_PER_MINUTE;
    let (mut rows, mut named) = (0_u64, Vec::new());
    for row in 0..observations.rows() {
        let Some(ms) = observations.time_ms(row) else {
            continue;
        };
        let local_ms = ms.saturating_add(ahead_ms);
        if !far.is_far(local_ms) {
            continue;
        }
        let observation = used_or_unlabelled(observations, row);
        if observation.is_none_or(|found| sides.of(found.split) != Some(super::Side::Judged)) {
            continue;
        }
        rows += 1;
        if named.len() < NAMED {
            let time = format::moment(local_ms);
            named.push(format!("{}: {time}", row_name(source, row)));
        }
    }
    let (verb, rest) = match rows {
        0 => return None,
        1 => ("row holds a time", "it"),
        _ => ("rows hold times", "them"),
    };
    if rows > NAMED as u64 {
        named.push("…".to_owned());
    }
    let so = match far.without {
        Some(without) => format!(
            "windows are {} and not {}",
            in_windows(layout.rule),
            in_windows(without)
        ),
        None => format!("most {} are empty", in_windows(layout.rule)),
    };
    let (first, last) = far.usual;
    let usual = match format::date(first) == format::date(last) {
        true => format!("{} and {}", format::moment(first), format::moment(last)),
        false => format!("{} and {}", format::date(first), format::date(last)),
    };
    Some(format!(
        "{} {verb} far from all others, which lie between {usual} ({}). Because of {rest} {so}.",
        format::count(rows),
        named.join("; "),
    ))
}

/// "weeks", or "10 equal parts".
fn in_windows(rule: WindowRule) -> String {
    match rule {
        WindowRule::Parts(_) => rule.name(),
        rule => format!("{}s", rule.unit()),
    }
}

/// "row 5,012", with its file where there are several.
fn row_name(source: &Source, row: usize) -> String {
    let (file, row) = source.place(row);
    let file = source.files.get(file).filter(|_| source.files.len() > 1);
    let of = file.map_or_else(String::new, |file| format!(" of {}", file.name));
    format!("row {}{of}", format::count(row))
}

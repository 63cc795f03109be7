//! Which windows there are: where each begins, by the clock or by the number of rows.

use greenlight_calendar::{MS_PER_DAY, MS_PER_HOUR, civil_of_days, days_of_month};
use greenlight_format as format;

use crate::choices::{Choices, ChoicesError};
use crate::observations::{Observation, Observations};
use crate::profile::{Settings, chosen_splits};
use crate::profile_error::ProfileError;
use crate::schema::Schema;

use super::edges::Edges;
use super::far::Far;
use super::rule::WindowRule;

/// More windows are not looked at: each is kept with its counts at every stop.
pub(crate) const MOST_WINDOWS: u64 = 1_000;
/// So many windows are easy to look at together; more and fewer are taken only where no unit gives as many.
const FEW: u64 = 10;
const MANY: u64 = 60;
/// So many equal parts where no time says how long a window is.
const PARTS: u32 = 10;

const MS_PER_MINUTE: i64 = 60_000;
/// From the Monday before 1970 began to the first of January.
const DAYS_SINCE_MONDAY: i64 = 3;

/// Where the windows of the rows that are judged, and of the reference, begin and end.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// What made them, never [`WindowRule::Auto`].
    pub rule: WindowRule,
    pub judged: Windowed,
    pub reference: Windowed,
    /// Where some times of the rows that are judged lie far from all others.
    pub far: Option<Far>,
}

/// The windows of some rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Windowed {
    pub edges: Edges,
    /// Where each begins and where the last one ends, in milliseconds since 1970 began in UTC or in observations.
    pub bounds: Bounds,
}

#[derive(Clone, Debug)]
pub(crate) enum Bounds {
    Times(Vec<i64>),
    Rows(Vec<u64>),
}

impl Default for Bounds {
    fn default() -> Self {
        Self::Rows(Vec::new())
    }
}

/// Which rows are looked at.
#[derive(Clone, Copy)]
pub(crate) struct Sides {
    judged: Option<usize>,
    reference: Option<usize>,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Judged,
    Reference,
}

impl Sides {
    pub fn new(schema: &Schema, settings: &Settings) -> Self {
        Self::of_splits(schema, &settings.reference, &settings.current)
    }

    /// As [`new`](Self::new), before there are settings.
    pub fn chosen(schema: &Schema, choices: &Choices) -> Result<Self, ProfileError> {
        let (reference, current) = chosen_splits(schema, choices)?;
        Ok(Self::of_splits(schema, &reference, &current))
    }

    fn of_splits(schema: &Schema, reference: &Option<String>, current: &Option<String>) -> Self {
        let index = |name: &Option<String>| schema.split_named(name.as_deref()?);
        Self {
            judged: index(current),
            reference: index(reference),
        }
    }

    /// The side of a row; that of a split which is neither has none.
    pub fn of(self, split: Option<usize>) -> Option<Side> {
        match split {
            _ if self.judged.is_none() => Some(Side::Judged),
            None => None,
            split if split == self.judged => Some(Side::Judged),
            split if split == self.reference => Some(Side::Reference),
            _ => None,
        }
    }
}

impl Layout {
    /// The windows that `rule` makes of the rows of `observations`, whatever range of them is looked at. One pass over the rows, 8 bytes
    /// for each time while it lasts; for equal parts four passes, and a sort of their times.
    ///
    /// # Errors
    /// Where there is no time to cut by the clock, and where there would be more than [`MOST_WINDOWS`].
    pub fn of(
        observations: &Observations<'_>,
        sides: Sides,
        rule: WindowRule,
    ) -> Result<Self, ChoicesError> {
        let minutes_ahead = observations.minutes_ahead();
        let chosen = rule;
        let rule = match rule {
            WindowRule::Parts(parts) => return Self::equal_parts(observations, sides, parts),
            WindowRule::Auto if !observations.times().are_times() => {
                return Self::equal_parts(observations, sides, PARTS);
            }
            _ if !observations.times().are_times() => {
                let problem = "windows cannot be cut by the clock";
                return Err(ChoicesError::NoTimes { problem });
            }
            rule => rule,
        };
        let (mut judged, mut reference) = (Vec::new(), Vec::new());
        let (mut judged_rows, mut reference_rows) = (0_u64, 0_u64);
        for row in 0..observations.rows() {
            let Some(observation) = used_or_unlabelled(observations, row) else {
                continue;
            };
            let (times, rows) = match sides.of(observation.split) {
                Some(Side::Judged) => (&mut judged, &mut judged_rows),
                Some(Side::Reference) => (&mut reference, &mut reference_rows),
                None => continue,
            };
            *rows = rows.saturating_add(observation.count);
            if let Some(ms) = observations.time_ms(row) {
                times.push(ms.saturating_add(i64::from(minutes_ahead) * MS_PER_MINUTE));
            }
        }
        let rule = match rule {
            WindowRule::Auto => unit_for(&judged),
            rule => Some(rule),
        };
        let Some(rule) = rule else {
            let parts = WindowRule::Parts(PARTS);
            return Ok(Self {
                far: Far::of(&mut judged, chosen, parts),
                ..Self::equal_parts(observations, sides, PARTS)?
            });
        };
        let windows = windows_of(rule, &judged);
        if windows > MOST_WINDOWS {
            return Err(too_many(rule, windows, range(&judged)));
        }
        let by_clock = |times: &[i64]| Windowed::by_clock(rule, times, minutes_ahead);
        let is_by_clock = !reference.is_empty() && windows_of(rule, &reference) <= MOST_WINDOWS;
        Ok(Self {
            rule,
            judged: by_clock(&judged),
            reference: match is_by_clock {
                true => by_clock(&reference),
                false => {
                    let parts = parts_like(reference_rows, judged_rows, windows);
                    Windowed::equal_parts(observations, sides, Side::Reference, parts)
                }
            },
            far: Far::of(&mut judged, chosen, rule),
        })
    }

    /// Fails where [`of`](Self::of) would.
    pub fn check(
        observations: &Observations<'_>,
        sides: Sides,
        rule: WindowRule,
    ) -> Result<(), ChoicesError> {
        match rule {
            // What nobody chose can always be made.
            WindowRule::Auto => Ok(()),
            WindowRule::Parts(parts) => check_parts(parts),
            rule => Self::of(observations, sides, rule).map(|_| ()),
        }
    }

    fn equal_parts(
        observations: &Observations<'_>,
        sides: Sides,
        parts: u32,
    ) -> Result<Self, ChoicesError> {
        check_parts(parts)?;
        let judged = Windowed::equal_parts(observations, sides, Side::Judged, u64::from(parts));
        let rows_of = |side| {
            let rows = placed(observations, sides, side);
            rows.fold(0_u64, |sum, (_, count)| sum.saturating_add(count))
        };
        let judged_rows = rows_of(Side::Judged);
        let reference_parts = parts_like(rows_of(Side::Reference), judged_rows, u64::from(parts));
        Ok(Self {
            rule: WindowRule::Parts(parts),
            judged,
            reference: Windowed::equal_parts(observations, sides, Side::Reference, reference_parts),
            far: None,
        })
    }

    /// The windows of one side.
    pub fn side(&self, side: Side) -> &Windowed {
        match side {
            Side::Judged => &self.judged,
            Side::Reference => &self.reference,
        }
    }
}

impl Windowed {
    fn by_clock(rule: WindowRule, local_times: &[i64], minutes_ahead: i32) -> Self {
        let Some((first, last)) = range(local_times) else {
            return Self::default();
        };
        let starts = number_of(rule, first)..=number_of(rule, last) + 1;
        let to_utc = i64::from(minutes_ahead) * MS_PER_MINUTE;
        let starts: Vec<i64> = starts
            .map(|number| start_of(rule, number) - to_utc)
            .collect();
        Self {
            edges: Edges::at_times(starts.iter().copied()),
            bounds: Bounds::Times(starts),
        }
    }

    fn equal_parts(observations: &Observations<'_>, sides: Sides, side: Side, parts: u64) -> Self {
        let rows = || placed(observations, sides, side);
        let all = rows().fold(0_u64, |sum, (_, count)| sum.saturating_add(count));
        if all == 0 || parts == 0 {
            return Self::default();
        }
        let number = |part: u64| (u128::from(all) * u128::from(part) / u128::from(parts)) as u64;
        let numbers: Vec<u64> = (0..=parts).map(number).collect();
        Self {
            edges: Edges::at_observations(&numbers, true, observations.times(), rows),
            bounds: Bounds::Rows(numbers),
        }
    }
}

/// The used rows of one side that have a place in the order, with their counts.
fn placed<'o>(
    observations: &'o Observations<'_>,
    sides: Sides,
    side: Side,
) -> impl Iterator<Item = (usize, u64)> + 'o {
    (0..observations.rows()).filter_map(move |row| {
        let observation = observations.row(row)?.ok()?;
        observations.times().key(row)?;
        let is_in = sides.of(observation.split) == Some(side) && observation.count > 0;
        is_in.then_some((row, observation.count))
    })
}

/// A row that can be used, or that lacks nothing but its label.
pub(crate) fn used_or_unlabelled(
    observations: &Observations<'_>,
    row: usize,
) -> Option<Observation> {
    let used = observations.row(row)?.ok();
    let observation = used.or_else(|| observations.unlabelled(row))?;
    (observation.count > 0).then_some(observation)
}

/// How many windows hold about as many of `rows` each as `windows` of them hold of `others`.
fn parts_like(rows: u64, others: u64, windows: u64) -> u64 {
    if rows == 0 || others == 0 {
        return 0;
    }
    let parts = rows as f64 * windows as f64 / others as f64;
    (parts.round() as u64).clamp(1, MOST_WINDOWS)
}

fn check_parts(parts: u32) -> Result<(), ChoicesError> {
    match u64::from(parts) {
        parts if parts <= MOST_WINDOWS => Ok(()),
        windows => Err(too_many(WindowRule::Parts(parts), windows, None)),
    }
}

fn too_many(rule: WindowRule, windows: u64, ends: Option<(i64, i64)>) -> ChoicesError {
    let between = |(first, last)| {
        let [first, last] = [first, last].map(format::moment);
        format!(" between {first} and {last}")
    };
    ChoicesError::TooManyWindows {
        rule: rule.name(),
        windows,
        between: ends.map_or_else(String::new, between),
        most: MOST_WINDOWS,
    }
}

/// The unit that gives 10 to 60 windows, the finest of several, else the one that comes nearest to that; of those whose windows
/// are not mostly empty. `None` where there is none.
pub(super) fn unit_for(local_times: &[i64]) -> Option<WindowRule> {
    let ends = range(local_times)?;
    let units = [
        WindowRule::Hours,
        WindowRule::Days,
        WindowRule::Weeks,
        WindowRule::Months,
    ];
    let mut offered: Vec<(f64, WindowRule)> = Vec::with_capacity(units.len());
    for unit in units {
        let windows = windows_between(unit, ends);
        if windows > MOST_WINDOWS {
            continue;
        }
        let off = if windows < FEW {
            FEW as f64 / windows as f64
        } else {
            (windows as f64 / MANY as f64).max(1.0)
        };
        // The finer of two that are as near comes first.
        let place = offered.partition_point(|(other, _)| *other <= off);
        offered.insert(place, (off, unit));
    }
    let mut units = offered.into_iter().map(|(_, unit)| unit);
    units.find(|unit| 2 * occupied(*unit, local_times, ends) >= windows_between(*unit, ends))
}

/// How many windows of a unit have rows.
fn occupied(unit: WindowRule, local_times: &[i64], ends: (i64, i64)) -> u64 {
    let start = number_of(unit, ends.0);
    let mut has_rows = vec![false; windows_between(unit, ends) as usize];
    for &time in local_times {
        if let Some(has_rows) = has_rows.get_mut((number_of(unit, time) - start) as usize) {
            *has_rows = true;
        }
    }
    has_rows.iter().filter(|has_rows| **has_rows).count() as u64
}

/// How many windows of a unit there are from the first to the last of these times.
pub(super) fn windows_of(unit: WindowRule, local_times: &[i64]) -> u64 {
    range(local_times).map_or(0, |ends| windows_between(unit, ends))
}

fn windows_between(unit: WindowRule, (first, last): (i64, i64)) -> u64 {
    number_of(unit, last).abs_diff(number_of(unit, first)) + 1
}

fn range(times: &[i64]) -> Option<(i64, i64)> {
    let first = *times.first()?;
    let ends = times.iter().fold((first, first), |(low, high), &time| {
        (low.min(time), high.max(time))
    });
    Some(ends)
}

/// The number of the window in which a local time lies.
fn number_of(unit: WindowRule, local_ms: i64) -> i64 {
    match unit {
        WindowRule::Hours => local_ms.div_euclid(MS_PER_HOUR),
        WindowRule::Weeks => (local_ms.div_euclid(MS_PER_DAY) + DAYS_SINCE_MONDAY).div_euclid(7),
        WindowRule::Months => {
            let (year, month, _) = civil_of_days(local_ms.div_euclid(MS_PER_DAY));
            12 * year + month - 1
        }
        _ => local_ms.div_euclid(MS_PER_DAY),
    }
}

/// When the window of a number begins, in local time.
fn start_of(unit: WindowRule, number: i64) -> i64 {
    match unit {
        WindowRule::Hours => number.saturating_mul(MS_PER_HOUR),
        WindowRule::Weeks => {
            (number.saturating_mul(7) - DAYS_SINCE_MONDAY).saturating_mul(MS_PER_DAY)
        }
        WindowRule::Months => days_of_month(number).saturating_mul(MS_PER_DAY),
        _ => number.saturating_mul(MS_PER_DAY),
    }
}

//! Latency, with its unit, and the roles that are told by name alone.

use super::summary::Summary;
use super::vocabulary::{
    COST, COUNT, ERROR, FEEDBACK, ID, MODEL, ROW_NUMBER, SEGMENT, TIMED, TIMESTAMP, VARIANT, WEIGHT,
};
use super::{Candidate, Guesser, Name};
use crate::latency_unit::LatencyUnit;
use crate::roles::Role;
use crate::table::{CellFormat, Column};

/// The unit of latencies that a column's cells or its name say; `None` where neither does.
///
/// ```
/// use greenlight_data::{read_table, unit_of_latencies};
/// let table = read_table(b"response_us,wait\n5,1\n6,2\n")?;
/// let units = table.columns().iter().map(|column| unit_of_latencies(column).map(|unit| unit.short_name()));
/// assert_eq!(units.collect::<Vec<_>>(), [Some("us"), None]);
/// # Ok::<(), greenlight_data::DataError>(())
/// ```
pub fn unit_of_latencies(column: &Column) -> Option<LatencyUnit> {
    unit_told(column.format, &Name::new(&column.name))
}

fn unit_told(format: CellFormat, name: &Name) -> Option<LatencyUnit> {
    written(format).or_else(|| LatencyUnit::of_word(name.last()))
}

fn written(format: CellFormat) -> Option<LatencyUnit> {
    match format {
        CellFormat::Duration(unit) => Some(unit),
        _ => None,
    }
}

impl Guesser<'_> {
    /// The time that a prediction took.
    pub(super) fn guess_latency(&mut self) {
        let fits = |column: &&Candidate| {
            let is_time = column
                .summary
                .range
                .is_some_and(|(_, most)| (0.0..EPOCH).contains(&most));
            is_time && is_latency_name(&column.name)
        };
        let by_cells = || self.free().find(|column| written(column.format).is_some());
        let Some(column) = self.free().find(fits).or_else(by_cells) else {
            return;
        };
        let unit = unit_told(column.format, &column.name);
        let reason = match unit {
            Some(unit) if !is_latency_name(&column.name) => {
                format!("times in {}", unit.short_name())
            }
            Some(unit) => format!("named like a latency in {}", unit.short_name()),
            None => "named like a latency; no unit in the name, so milliseconds".to_owned(),
        };
        let id = column.id;
        self.guesses.latency_unit = unit.unwrap_or_default();
        self.give(Role::Latency, id, reason);
    }

    /// What is told by name, checked where that is cheap.
    pub(super) fn guess_others(&mut self) {
        for (role, names, reason, passes) in BY_NAME {
            if self.guesses.roles.single(*role).is_none()
                && let Some(id) = self.named(names, passes)
            {
                self.give(*role, id, *reason);
            }
        }
        let time = self.free().find(|column| column.summary.is_time);
        if let Some(id) = time.map(|column| column.id)
            && self.guesses.roles.timestamp.is_none()
        {
            self.give(Role::Timestamp, id, "holds points in time");
        }
        if self.guesses.roles.count.is_none()
            && let Some(id) = self.named(WEIGHT, is_count)
            && self
                .columns
                .iter()
                .all(|column| column.id == id || column.summary.is_class_like())
        {
            self.give(
                Role::Count,
                id,
                "named like a weight; whole numbers beside nothing but classes",
            );
        }
        if self.guesses.roles.id.is_none()
            && let Some(id) = self.named(ROW_NUMBER, |summary| summary.counts_up)
        {
            self.give(Role::Id, id, "numbers the rows");
        }
        while let Some(id) = self.named(SEGMENT, |summary| {
            !summary.is_number && summary.is_class_like()
        }) {
            let segments = &mut self.guesses.roles.segments;
            segments.insert(segments.partition_point(|known| *known < id), id);
            self.take(Role::Segment, id, "named like a segment");
        }
    }
}

/// Seconds since 1970 are beyond this for any date of interest; a latency is not.
const EPOCH: f64 = 9e8;

/// A role, what it is called, why it is given, and what its values must be.
type ByName = (
    Role,
    &'static [&'static str],
    &'static str,
    fn(&Summary) -> bool,
);

const BY_NAME: &[ByName] = &[
    (Role::Timestamp, TIMESTAMP, "named like a time", |summary| {
        summary.is_time && summary.values > 0
    }),
    (Role::Id, ID, "named like an id", |summary| {
        summary.values > 0
    }),
    (Role::Model, MODEL, "named like a model", |summary| {
        summary.is_class_like()
    }),
    (Role::Variant, VARIANT, "named like a variant", |summary| {
        summary.is_class_like() && !summary.is_number
    }),
    (Role::Cost, COST, "named like a cost", |summary| {
        summary.range.is_some_and(|(least, _)| least >= 0.0)
    }),
    (Role::Error, ERROR, "named like an error", |summary| {
        !summary.is_number || summary.is_class_like()
    }),
    (Role::Feedback, FEEDBACK, "named like feedback", |summary| {
        summary.is_class_like()
    }),
    (
        Role::Count,
        COUNT,
        "named like a count; whole numbers",
        is_count,
    ),
];

/// Whether the values can count rows.
fn is_count(summary: &Summary) -> bool {
    summary.is_whole && summary.range.is_some_and(|(least, _)| least >= 0.0)
}

/// Whether a name says latency, a duration, or the time of a prediction.
pub(crate) fn is_latency_name(name: &Name) -> bool {
    let timed = |pair: &[String]| match pair {
        [what, time] => TIMED.contains(&what.as_str()) && time == "time",
        _ => false,
    };
    name.has_word(&["latency", "latencies"])
        || matches!(name.first(), "duration" | "elapsed" | "took" | "runtime")
        || name.words.windows(2).any(timed)
        || ["responsetime", "inferencetime", "timems", "timetaken"]
            .iter()
            .any(|start| name.compact.starts_with(start))
        || (name.last() == "duration" && name.words.len() == 2 && TIMED.contains(&name.first()))
}

//! How the texts of a column are read: as plain numbers, numbers in another format, times, or as what they are.
//!
//! Every way to read them is tried on every distinct text. The one that leaves the fewest rows unread wins, the plainest
//! one of equals; a way that leaves more than a tenth of the values unread is none.

use super::epoch::{Epoch, is_time_name};
use super::{Customs, Doubts, is_numeric_as};
use crate::latency_unit::LatencyUnit;
use crate::number::parse_number;
use crate::number_format::{
    DecimalMark, Suffix, has_points_between_thousands, parse_marked, split_suffix,
};
use crate::table::CellFormat;
use crate::text::{excerpt, is_missing_among_numbers};
use crate::time::{DateOrder, parse_instant};

/// What a column is, with the value of each distinct text.
pub(super) enum Choice {
    Categories,
    Numbers(Vec<Option<f64>>, CellFormat),
    Times(Vec<Option<i64>>, CellFormat),
}

/// A way to read texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Plain,
    Marked(DecimalMark),
    Percent(DecimalMark),
    Durations(DecimalMark),
    Instants(DateOrder),
    /// Nanoseconds since 1970, too long for a double.
    Nanoseconds,
}

/// Whether a text that is no plain number could be a number or time in some format.
pub(super) fn may_be_formatted(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_date = || {
        let mut start = bytes.iter().take(5);
        start.next().is_some_and(u8::is_ascii_digit)
            && start.any(|byte| matches!(byte, b'-' | b'/' | b'.'))
    };
    split_suffix(text).is_some() || is_date()
}

/// The texts, and what is known about all of them.
struct Texts<'a> {
    texts: &'a [String],
    /// How many rows hold each.
    rows: Vec<u64>,
    has_comma: bool,
    /// Whether points part thousands somewhere.
    has_pointed_thousands: bool,
}

/// Chooses how to read the texts behind these codes.
pub(super) fn choose(
    codes: &[u32],
    texts: &[String],
    name: &str,
    customs: Customs,
    doubts: &mut Doubts,
) -> Choice {
    let mut rows = vec![0; texts.len()];
    for &code in codes {
        if let Some(rows) = rows.get_mut(code as usize) {
            *rows += 1;
        }
    }
    let formatted = || texts.iter().filter(|text| may_be_formatted(text));
    let column = Texts {
        texts,
        rows,
        has_comma: formatted().any(|text| text.contains(',')),
        has_pointed_thousands: formatted().any(|text| has_points_between_thousands(text)),
    };
    if formatted().next().is_none() {
        return Choice::Categories;
    }
    match column.best(name, customs) {
        None => Choice::Categories,
        Some(Reading::Instants(order)) => column.times(order, name, doubts),
        Some(Reading::Nanoseconds) => {
            let parse = |text: &String| Epoch::parse_nanoseconds(text);
            let format = CellFormat::Time { has_offset: true };
            Choice::Times(texts.iter().map(parse).collect(), format)
        }
        Some(reading) => column.numbers(reading, name, doubts),
    }
}

impl Texts<'_> {
    /// The way that leaves the fewest rows unread, if there is a good one.
    fn best(&self, name: &str, customs: Customs) -> Option<Reading> {
        use DecimalMark::{Comma, Point};
        let marks = match (self.has_comma, customs.decimal_comma) {
            (false, _) => &[Point][..],
            (true, false) => &[Point, Comma],
            (true, true) => &[Comma, Point],
        };
        let mut readings = vec![Reading::Plain];
        for kind in [Reading::Marked, Reading::Percent, Reading::Durations] {
            readings.extend(marks.iter().map(|&mark| kind(mark)));
        }
        readings.extend([DateOrder::MonthFirst, DateOrder::DayFirst].map(Reading::Instants));
        if is_time_name(name) {
            readings.push(Reading::Nanoseconds);
        }
        let mut best = None;
        for reading in readings {
            let (read, unread) = self.count(reading);
            if is_numeric_as(name, read, unread) && best.is_none_or(|(fewest, _)| unread < fewest) {
                best = Some((unread, reading));
            }
            if read > 0 && unread == 0 {
                break;
            }
        }
        best.map(|(_, reading)| reading)
    }

    /// How many rows can be read this way, and how many cannot.
    fn count(&self, reading: Reading) -> (u64, u64) {
        let (mut read, mut unread) = (0, 0);
        for (text, rows) in self.texts.iter().zip(&self.rows) {
            let is_read = match reading {
                Reading::Instants(order) => parse_instant(text, order).is_some(),
                Reading::Nanoseconds => Epoch::parse_nanoseconds(text).is_some(),
                _ => self
                    .number(text, reading, LatencyUnit::Milliseconds)
                    .is_some(),
            };
            if is_read {
                read += rows;
            } else if !is_missing_among_numbers(text) {
                unread += rows;
            }
        }
        (read, unread)
    }

    /// The number that a text holds in a reading; one of time in this unit.
    fn number(&self, text: &str, reading: Reading, unit: LatencyUnit) -> Option<f64> {
        let plain = parse_number(text);
        let (mark, is_kind): (_, fn(Suffix) -> bool) = match reading {
            Reading::Plain => return plain,
            Reading::Instants(_) | Reading::Nanoseconds => return None,
            Reading::Marked(mark) => match plain {
                Some(number) => return self.marked(number, mark),
                None => (mark, |suffix| suffix == Suffix::Nothing),
            },
            Reading::Percent(mark) => (mark, |suffix| suffix == Suffix::Percent),
            Reading::Durations(mark) => (mark, |suffix| matches!(suffix, Suffix::Time(_))),
        };
        // Nothing of something needs no unit.
        if plain == Some(0.0) {
            return plain;
        }
        let (number, suffix) = split_suffix(text).filter(|&(_, suffix)| is_kind(suffix))?;
        let exponent = match suffix {
            Suffix::Nothing => 0,
            Suffix::Percent => -2,
            Suffix::Time(own) => own.exponent() - unit.exponent(),
        };
        parse_marked(number, mark, exponent)
    }

    /// What a plain number means where the decimal mark is this one.
    fn marked(&self, number: f64, mark: DecimalMark) -> Option<f64> {
        let thousands = number * 1000.0;
        match mark {
            DecimalMark::Point => Some(number),
            DecimalMark::Comma if number.fract() == 0.0 => Some(number),
            // 1.234 among 1.234,5 and 2.345,6.
            DecimalMark::Comma => (self.has_pointed_thousands
                && number.abs() >= 1.0
                && number.abs() < 1000.0
                && thousands.fract() == 0.0)
                .then_some(thousands),
        }
    }

    fn numbers(&self, reading: Reading, name: &str, doubts: &mut Doubts) -> Choice {
        let unit = self.unit(reading);
        let format = match reading {
            Reading::Percent(_) => CellFormat::Percent,
            Reading::Durations(_) => CellFormat::Duration(unit),
            Reading::Marked(_) => CellFormat::Localised,
            _ => CellFormat::Plain,
        };
        if let Reading::Marked(mark) | Reading::Percent(mark) | Reading::Durations(mark) = reading
            && self.has_comma
        {
            let doubt = self.doubtful_comma(reading, unit);
            let note = |(text, number)| {
                format!(
                    "column \"{name}\": \"{text}\" is read as {number}; nothing in the file tells whether its comma is a \
                     decimal one"
                )
            };
            doubts.comma(mark, doubt.map(note));
        }
        let parse = |text: &String| self.number(text, reading, unit);
        Choice::Numbers(self.texts.iter().map(parse).collect(), format)
    }

    /// The unit in which all durations of a column are given: their own, if they agree.
    fn unit(&self, reading: Reading) -> LatencyUnit {
        let mut units = self
            .texts
            .iter()
            .filter_map(|text| match split_suffix(text) {
                Some((_, Suffix::Time(unit))) => self.number(text, reading, unit).map(|_| unit),
                _ => None,
            });
        let first = units.next().unwrap_or_default();
        if units.all(|unit| unit == first) {
            first
        } else {
            LatencyUnit::Milliseconds
        }
    }

    /// The first text that means another number if its comma is of the other kind, if no text tells which it is.
    fn doubtful_comma(&self, reading: Reading, unit: LatencyUnit) -> Option<(String, f64)> {
        use DecimalMark::{Comma, Point};
        let other_mark = |mark| if mark == Point { Comma } else { Point };
        let other = match reading {
            Reading::Marked(mark) => Reading::Marked(other_mark(mark)),
            Reading::Percent(mark) => Reading::Percent(other_mark(mark)),
            Reading::Durations(mark) => Reading::Durations(other_mark(mark)),
            _ => return None,
        };
        let mut doubtful = None;
        for text in self.texts.iter().filter(|text| text.contains(',')) {
            match (
                self.number(text, reading, unit),
                self.number(text, other, unit),
            ) {
                (Some(_), None) => return None,
                (Some(number), meant) if meant != Some(number) => {
                    doubtful.get_or_insert_with(|| (excerpt(text), number));
                }
                _ => {}
            }
        }
        doubtful
    }

    fn times(&self, order: DateOrder, name: &str, doubts: &mut Doubts) -> Choice {
        let parse = |text: &String| parse_instant(text, order);
        let instants: Vec<_> = self.texts.iter().map(parse).collect();
        let has_offset = |expected| {
            let mut read = instants.iter().flatten();
            read.any(|instant| instant.has_offset == expected)
        };
        if has_offset(true) && has_offset(false) {
            doubts.note(format!(
                "column \"{name}\": some times say their offset from UTC and some do not; those are taken for UTC"
            ));
        }
        let other = Reading::Instants(DateOrder::DayFirst);
        let doubtful = self.texts.iter().find(|text| {
            let as_day_first = parse_instant(text, DateOrder::DayFirst);
            as_day_first != parse_instant(text, DateOrder::MonthFirst)
        });
        if let Some(text) = doubtful
            .filter(|_| self.count(Reading::Instants(DateOrder::MonthFirst)) == self.count(other))
        {
            doubts.note(format!(
                "column \"{name}\": \"{}\" is read as month/day/year; no day above 12 tells whether it is day/month/year",
                excerpt(text)
            ));
        }
        let times = instants
            .iter()
            .map(|instant| instant.map(|instant| instant.ms));
        let format = CellFormat::Time {
            has_offset: !has_offset(false),
        };
        Choice::Times(times.collect(), format)
    }
}

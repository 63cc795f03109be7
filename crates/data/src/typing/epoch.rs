//! Numbers that count from an epoch, or spell a date, in columns that are named like times.

use crate::guess::{Name, TIMESTAMP};
use crate::table::{CellFormat, Column};
use crate::time::{MISSING, date_of_digits};
use crate::values::Values;

/// What a number means as a point in time. The ranges do not meet: in each, the years 1998 to 2286.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// Counts from 1970, so many in a millisecond, or one in so many.
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
    /// Eight digits such as 20240501.
    Digits,
}

impl Epoch {
    fn of(number: f64) -> Option<Self> {
        let is_within = |unit: f64| (9e8 * unit..1e10 * unit).contains(&number);
        if is_within(1.0) {
            Some(Self::Seconds)
        } else if is_within(1e3) {
            Some(Self::Milliseconds)
        } else if is_within(1e6) {
            Some(Self::Microseconds)
        } else if is_within(1e9) {
            Some(Self::Nanoseconds)
        } else {
            let is_date = number.fract() == 0.0 && date_of_digits(number as i64).is_some();
            is_date.then_some(Self::Digits)
        }
    }

    fn ms(self, number: f64) -> i64 {
        match self {
            Self::Seconds => (number * 1e3).round() as i64,
            Self::Milliseconds => number.floor() as i64,
            Self::Microseconds => (number / 1e3).floor() as i64,
            Self::Nanoseconds => (number / 1e6).floor() as i64,
            Self::Digits => date_of_digits(number as i64).unwrap_or(MISSING),
        }
    }

    /// Whole nanoseconds as text, because a double does not hold them, in ms.
    pub(super) fn parse_nanoseconds(text: &str) -> Option<i64> {
        let is_long = (18..=19).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let number: i64 = text.parse().ok().filter(|_| is_long)?;
        (Self::of(number as f64) == Some(Self::Nanoseconds)).then_some(number / 1_000_000)
    }
}

/// Whether a column is called as times are.
pub(super) fn is_time_name(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "timestamp",
        "timestamps",
        "ts",
        "time",
        "date",
        "datetime",
        "day",
        "epoch",
        "unixtime",
        "at",
    ];
    let name = Name::new(name);
    name.has_word(WORDS) || TIMESTAMP.contains(&name.compact.as_str())
}

/// Makes a column of numbers one of times, where its name and all its numbers say so.
pub(super) fn date(mut column: Column) -> Column {
    let Values::Number(numbers) = &column.values else {
        return column;
    };
    let mut present = numbers.iter().copied().filter(|number| !number.is_nan());
    let Some(epoch) = present
        .next()
        .filter(|_| is_time_name(&column.name))
        .and_then(Epoch::of)
    else {
        return column;
    };
    if !present.all(|number| Epoch::of(number) == Some(epoch)) {
        return column;
    }
    let time = |number: &f64| {
        if number.is_nan() {
            MISSING
        } else {
            epoch.ms(*number)
        }
    };
    column.values = Values::Timestamp(numbers.iter().map(time).collect());
    column.format = CellFormat::Time {
        has_offset: epoch != Epoch::Digits,
    };
    column
}

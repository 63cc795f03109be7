//! Points in time: read from the usual forms, written in ISO 8601, without time zones' names.

use std::fmt::Write;

use greenlight_calendar::{MS_PER_DAY, civil_of_days, days_of_civil};

/// A missing point in time.
pub(crate) const MISSING: i64 = i64::MIN;

/// What `01/05/2024` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateOrder {
    MonthFirst,
    DayFirst,
}

/// A point in time that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Instant {
    /// Milliseconds since 1970 began in UTC; without an offset the time is taken for UTC.
    pub ms: i64,
    /// Whether the text says its offset from UTC.
    pub has_offset: bool,
}

const MS_PER_MINUTE: i64 = 60_000;

/// Reads a point in time: `2024-05-01`, `2024-05-01T12:30:00.5+02:00`, `2024/05/01 12:30`, `01.05.2024`,
/// `5/1/2024 1:05 PM`; `None` if the text is no such thing. What is finer than a millisecond is cut off.
pub(crate) fn parse_instant(text: &str, order: DateOrder) -> Option<Instant> {
    let (date, rest) = read_date(text.as_bytes(), order)?;
    let (ms, rest) = match rest {
        [b'T' | b't' | b' ', rest @ ..] if !rest.is_empty() => read_clock(rest)?,
        _ => (0, rest),
    };
    let offset = read_offset(rest)?;
    Some(Instant {
        ms: date * MS_PER_DAY + ms - offset.unwrap_or(0) * 60_000,
        has_offset: offset.is_some(),
    })
}

/// A point in time in ISO 8601: `2024-05-01T12:30:00Z`, with milliseconds where there are some.
///
/// ```
/// # use greenlight_data::iso_time;
/// assert_eq!(iso_time(0), "1970-01-01T00:00:00Z");
/// assert_eq!(iso_time(1_709_210_096_789), "2024-02-29T12:34:56.789Z");
/// ```
pub fn iso_time(ms: i64) -> String {
    let (days, in_day) = (ms.div_euclid(MS_PER_DAY), ms.rem_euclid(MS_PER_DAY));
    let (year, month, day) = civil_of_days(days);
    let (hour, minute) = (in_day / 3_600_000, in_day / 60_000 % 60);
    let (second, millis) = (in_day / 1000 % 60, in_day % 1000);
    let sign = if year < 0 { "-" } else { "" };
    let year = year.abs();
    let mut text = format!("{sign}{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    if millis != 0 {
        // Writing to a string cannot fail.
        _ = write!(text, ".{millis:03}");
    }
    text.push('Z');
    text
}

/// A point in time in ISO 8601 as a clock shows it that is so many minutes ahead of UTC.
///
/// ```
/// # use greenlight_data::iso_time_at;
/// assert_eq!(iso_time_at(0, 120), "1970-01-01T02:00:00+02:00");
/// assert_eq!(iso_time_at(0, -90), "1969-12-31T22:30:00-01:30");
/// assert_eq!(iso_time_at(0, 0), "1970-01-01T00:00:00Z");
/// ```
pub fn iso_time_at(ms: i64, minutes_ahead: i32) -> String {
    let mut text = iso_time(ms.saturating_add(i64::from(minutes_ahead) * MS_PER_MINUTE));
    if minutes_ahead != 0 {
        let ahead = minutes_ahead.unsigned_abs();
        let sign = if minutes_ahead < 0 { '-' } else { '+' };
        text.pop();
        // Writing to a string cannot fail.
        _ = write!(text, "{sign}{:02}:{:02}", ahead / 60, ahead % 60);
    }
    text
}

/// A point in time that a person writes, in any of the usual forms: milliseconds since 1970 began, and whether the text
/// says its offset from UTC; without one it is taken for UTC.
///
/// ```
/// # use greenlight_data::read_time;
/// assert_eq!(read_time("1970-01-02"), Some((86_400_000, false)));
/// assert_eq!(read_time("1970-01-01T02:00+02:00"), Some((0, true)));
/// assert_eq!(read_time("yesterday"), None);
/// ```
pub fn read_time(text: &str) -> Option<(i64, bool)> {
    let instant = parse_instant(text.trim(), DateOrder::MonthFirst)?;
    Some((instant.ms, instant.has_offset))
}

/// The minutes that a clock is ahead of UTC, as people write them: `UTC`, `Z`, `+02:00`, `-0530`, `UTC+2`.
///
/// ```
/// # use greenlight_data::read_time_zone;
/// assert_eq!(read_time_zone("UTC"), Some(0));
/// assert_eq!(read_time_zone("+02:00"), Some(120));
/// assert_eq!(read_time_zone("UTC-5"), Some(-300));
/// assert_eq!(read_time_zone("Europe/Berlin"), None);
/// ```
pub fn read_time_zone(text: &str) -> Option<i32> {
    let text = text.trim().replace('\u{2212}', "-");
    let offset = text.strip_prefix("UTC").or(text.strip_prefix("GMT"));
    let offset = offset.unwrap_or(&text);
    if offset.is_empty() && !text.is_empty() {
        return Some(0);
    }
    let padded = match offset.as_bytes() {
        [sign @ (b'+' | b'-'), hour] => format!("{}0{}", *sign as char, *hour as char),
        [sign @ (b'+' | b'-'), hour, b':', ..] => {
            let minutes = offset.get(2..).unwrap_or_default();
            format!("{}0{}{minutes}", *sign as char, *hour as char)
        }
        _ => offset.to_owned(),
    };
    let minutes = read_offset(padded.as_bytes())??;
    i32::try_from(minutes).ok()
}

/// The days since 1970-01-01, if there is such a date.
fn checked_days(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=length)
        .contains(&day)
        .then(|| days_of_civil(year, month, day))
}

/// The date that eight digits such as 20240501 stand for, in ms.
pub(crate) fn date_of_digits(number: i64) -> Option<i64> {
    let year = number / 10_000;
    let days = checked_days(year, number / 100 % 100, number % 100)?;
    (1900..2200).contains(&year).then_some(days * MS_PER_DAY)
}

/// A date at the start, as days, and what follows it.
fn read_date(bytes: &[u8], order: DateOrder) -> Option<(i64, &[u8])> {
    let (first, first_digits, rest) = read_number(bytes, 4)?;
    let (&separator, rest) = rest.split_first()?;
    let (second, second_digits, rest) = read_number(rest, 2)?;
    let rest = rest.strip_prefix(&[separator])?;
    if first_digits == 4 {
        let (day, digits, rest) = read_number(rest, 2)?;
        let is_iso = separator == b'-' && second_digits == 2 && digits == 2;
        let is_known = is_iso || matches!(separator, b'/' | b'.');
        return Some((checked_days(first, second, day).filter(|_| is_known)?, rest));
    }
    let (year, digits, rest) = read_number(rest, 4)?;
    if first_digits > 2 || digits != 4 {
        return None;
    }
    let day_first = match separator {
        b'.' => true,
        b'/' | b'-' => order == DateOrder::DayFirst,
        _ => return None,
    };
    let (day, month) = if day_first {
        (first, second)
    } else {
        (second, first)
    };
    Some((checked_days(year, month, day)?, rest))
}

/// A time of day at the start, in ms, and what follows it.
fn read_clock(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let (mut hour, _, rest) = read_number(bytes, 2)?;
    let rest = rest.strip_prefix(b":")?;
    let (minute, 2, mut rest) = read_number(rest, 2)? else {
        return None;
    };
    let mut ms = 0;
    if let [b':', after @ ..] = rest {
        let (second, 2, after) = read_number(after, 2)? else {
            return None;
        };
        ms = second * 1000;
        rest = after;
        if second > 59 {
            return None;
        }
        if let [b'.' | b',', after @ ..] = rest {
            let digits = after
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            let (fraction, after) = after.split_at_checked(digits)?;
            let digit = |position: usize| {
                fraction
                    .get(position)
                    .map_or(0, |byte| i64::from(byte - b'0'))
            };
            ms += digit(0) * 100 + digit(1) * 10 + digit(2);
            rest = after;
            if digits == 0 {
                return None;
            }
        }
    }
    let (half, after) = match rest {
        [b' ', a, b'm' | b'M', after @ ..] | [a, b'm' | b'M', after @ ..] => (Some(*a), after),
        _ => (None, rest),
    };
    if let Some(half) = half.map(|half| half.to_ascii_lowercase()) {
        if !(1..=12).contains(&hour) || !matches!(half, b'a' | b'p') {
            return None;
        }
        hour = hour % 12 + if half == b'p' { 12 } else { 0 };
        rest = after;
    }
    (hour < 24 && minute < 60).then_some(((hour * 60 + minute) * 60_000 + ms, rest))
}

/// What must follow all else: nothing, or the offset from UTC in minutes.
#[allow(clippy::option_option)] // Not there, or not understood.
fn read_offset(bytes: &[u8]) -> Option<Option<i64>> {
    let bytes = bytes.strip_prefix(b" ").unwrap_or(bytes);
    let (sign, rest) = match bytes {
        [] => return Some(None),
        b"Z" | b"z" | b"UTC" | b"GMT" => return Some(Some(0)),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, 2, rest) = read_number(rest, 2)? else {
        return None;
    };
    let rest = rest.strip_prefix(b":").unwrap_or(rest);
    let minutes = match rest {
        [] => 0,
        _ => match read_number(rest, 2)? {
            (minutes, 2, []) => minutes,
            _ => return None,
        },
    };
    (hours <= 18 && minutes < 60).then_some(Some(sign * (hours * 60 + minutes)))
}

/// A number of at most so many digits at the start, how many it has, and what follows it.
fn read_number(bytes: &[u8], most: usize) -> Option<(i64, usize, &[u8])> {
    let digits = bytes
        .iter()
        .take(most)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let (number, rest) = bytes.split_at_checked(digits)?;
    let value = number
        .iter()
        .fold(0, |value, byte| value * 10 + i64::from(byte - b'0'));
    (digits > 0).then_some((value, digits, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        parse_instant(text, DateOrder::MonthFirst).map(|instant| iso_time(instant.ms))
    }

    #[test]
    fn the_usual_forms() {
        for (text, expected) in [
            ("2024-05-01", "2024-05-01T00:00:00Z"),
            ("2024-05-01T12:30", "2024-05-01T12:30:00Z"),
            ("2024-05-01 12:30:05", "2024-05-01T12:30:05Z"),
            ("2024-05-01T12:30:05.1", "2024-05-01T12:30:05.100Z"),
            ("2024-05-01T12:30:05.123999999Z", "2024-05-01T12:30:05.123Z"),
            ("2024-05-01 12:30:05,5 UTC", "2024-05-01T12:30:05.500Z"),
            ("2024-05-01T00:30:00+02:00", "2024-04-30T22:30:00Z"),
            ("2024-05-01T00:30:00-0530", "2024-05-01T06:00:00Z"),
            ("2024-05-01T00:30:00+02", "2024-04-30T22:30:00Z"),
            ("2024/5/1 1:02", "2024-05-01T01:02:00Z"),
            ("5/1/2024", "2024-05-01T00:00:00Z"),
            ("05-01-2024", "2024-05-01T00:00:00Z"),
            ("01.05.2024 23:59", "2024-05-01T23:59:00Z"),
            ("5/1/2024 1:05:09 PM", "2024-05-01T13:05:09Z"),
            ("5/1/2024 12:05am", "2024-05-01T00:05:00Z"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
            ("0000-02-29", "0000-02-29T00:00:00Z"),
            ("2000-02-29", "2000-02-29T00:00:00Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_point_in_time() {
        for text in [
            "",
            "2024",
            "2024-05",
            "20240501",
            "2024-13-01",
            "2023-02-29",
            "1900-02-29",
            "2024-5-1",
            "24-05-01",
            "2024-05-01T",
            "2024-05-01T12",
            "2024-05-01T24:00",
            "2024-05-01T12:60",
            "2024-05-01T12:00:60",
            "2024-05-01T12:00:00.",
            "2024-05-01T12:00:00+",
            "2024-05-01T12:00:00+1:00",
            "2024-05-01x",
            "13/13/2024",
            "5/1/24",
            "1.2.3",
            "1:2:2024",
            "5/1/2024 13:00 PM",
            "2024-05-01 12:00 CEST",
            "2024-05/01",
            "é",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_order_of_day_and_month() {
        let day_first = parse_instant("02/03/2024", DateOrder::DayFirst).unwrap().ms;
        assert_eq!(iso_time(day_first), "2024-03-02T00:00:00Z");
        assert_eq!(parse_instant("02/13/2024", DateOrder::DayFirst), None);
        assert_eq!(
            date_of_digits(20240229).map(iso_time).as_deref(),
            Some("2024-02-29T00:00:00Z")
        );
        assert_eq!(date_of_digits(20240230), None);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(ms in days_of_civil(0, 1, 1) * MS_PER_DAY..days_of_civil(10_000, 1, 1) * MS_PER_DAY) {
            let instant = parse_instant(&iso_time(ms), DateOrder::MonthFirst);
            prop_assert_eq!(instant, Some(Instant { ms, has_offset: true }));
        }

        #[test]
        fn any_time_can_be_written(ms: i64) {
            iso_time(ms);
        }

        #[test]
        fn days_follow_each_other(days in -1_000_000_i64..1_000_000) {
            let (year, month, day) = civil_of_days(days);
            prop_assert_eq!(checked_days(year, month, day), Some(days));
            let (next_year, next_month, next_day) = civil_of_days(days + 1);
            prop_assert!((next_year, next_month, next_day) > (year, month, day));
        }

        #[test]
        fn no_text_panics(text in "[0-9TZ:+./ apmAPM-]{0,30}", day_first: bool) {
            let order = if day_first { DateOrder::DayFirst } else { DateOrder::MonthFirst };
            parse_instant(&text, order);
        }
    }
}

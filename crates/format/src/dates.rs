//! Dates and spans of time for people.
//!
//! Points in time are milliseconds since 1970 began, as the clock on the wall counts them: who speaks of a zone other than
//! UTC adds its offset first.

use greenlight_calendar::{MS_PER_DAY, MS_PER_HOUR, civil_of_days, days_of_month};

use crate::{MINUS, SPACE};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

const MS_PER_MINUTE: i64 = 60_000;
const MS_PER_SECOND: i64 = 1_000;

/// A day: "3 Mar 2025".
///
/// ```
/// use greenlight_format::{SPACE, date};
/// assert_eq!(date(1_741_003_200_000).replace(SPACE, " "), "3 Mar 2025");
/// ```
#[must_use]
pub fn date(ms: i64) -> String {
    format!("{}{SPACE}{}", day_month(ms), year(ms))
}

/// A day without its year: "3 Mar".
///
/// ```
/// use greenlight_format::{SPACE, day_month};
/// assert_eq!(day_month(0).replace(SPACE, " "), "1 Jan");
/// ```
#[must_use]
pub fn day_month(ms: i64) -> String {
    let (_, _, day) = civil(ms);
    format!("{day}{SPACE}{}", month(ms))
}

/// A month without its year: "Mar".
///
/// ```
/// assert_eq!(greenlight_format::month(0), "Jan");
/// ```
#[must_use]
pub fn month(ms: i64) -> &'static str {
    let (_, month, _) = civil(ms);
    usize::try_from(month - 1)
        .ok()
        .and_then(|month| MONTHS.get(month).copied())
        .unwrap_or_default()
}

/// A year: "2025".
///
/// ```
/// assert_eq!(greenlight_format::year(0), "1970");
/// ```
#[must_use]
pub fn year(ms: i64) -> String {
    let (year, _, _) = civil(ms);
    match year < 0 {
        true => format!("{MINUS}{}", -year),
        false => year.to_string(),
    }
}

/// A time of day, as fine as a step of so many milliseconds needs: "14:05", "14:05:09", "14:05:09.250".
///
/// ```
/// use greenlight_format::clock;
/// let ms = 14 * 3_600_000 + 5 * 60_000 + 9_250;
/// assert_eq!((clock(ms, 60_000), clock(ms, 1_000), clock(ms, 1)), ("14:05".into(), "14:05:09".into(), "14:05:09.250".into()));
/// ```
#[must_use]
pub fn clock(ms: i64, step: i64) -> String {
    let in_day = ms.rem_euclid(MS_PER_DAY);
    let (hour, minute) = (in_day / MS_PER_HOUR, in_day % MS_PER_HOUR / MS_PER_MINUTE);
    let (second, millis) = (
        in_day % MS_PER_MINUTE / MS_PER_SECOND,
        in_day % MS_PER_SECOND,
    );
    match step {
        MS_PER_MINUTE.. => format!("{hour:02}:{minute:02}"),
        MS_PER_SECOND.. => format!("{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}.{millis:03}"),
    }
}

/// A point in time: "3 Mar 2025" at midnight, else "3 Mar 2025, 14:05", with seconds where there are some.
///
/// ```
/// use greenlight_format::{SPACE, moment};
/// assert_eq!(moment(1_741_010_700_000).replace(SPACE, " "), "3 Mar 2025, 14:05");
/// assert_eq!(moment(1_741_010_709_900).replace(SPACE, " "), "3 Mar 2025, 14:05:09");
/// assert_eq!(moment(0).replace(SPACE, " "), "1 Jan 1970");
/// ```
#[must_use]
pub fn moment(ms: i64) -> String {
    if ms.rem_euclid(MS_PER_DAY) == 0 {
        return date(ms);
    }
    let step = match ms.rem_euclid(MS_PER_MINUTE) {
        0..MS_PER_SECOND => MS_PER_MINUTE,
        _ => MS_PER_SECOND,
    };
    format!("{}, {}", date(ms), clock(ms, step))
}

/// A stretch of time from its start up to, and without, its end, as short as it can be said.
///
/// ```
/// use greenlight_format::{SPACE, period};
/// const DAY: i64 = 86_400_000;
/// let monday = 1_740_960_000_000; // 2025-03-03
/// let plain = |start, end| period(start, end).replace(SPACE, " ");
/// assert_eq!(plain(monday, monday + DAY), "3 Mar 2025");
/// assert_eq!(plain(monday, monday + 7 * DAY), "3–9 Mar 2025");
/// assert_eq!(plain(monday - 3 * DAY, monday + 4 * DAY), "28 Feb – 6 Mar 2025");
/// assert_eq!(plain(monday - 2 * DAY, monday + 29 * DAY), "Mar 2025");
/// assert_eq!(plain(monday - 61 * DAY, monday + 29 * DAY), "Jan–Mar 2025");
/// assert_eq!(plain(monday + 14 * 3_600_000, monday + 15 * 3_600_000), "3 Mar 2025, 14:00–15:00");
/// assert_eq!(plain(monday, monday + DAY + DAY / 2), "3 Mar, 00:00 – 4 Mar 2025, 12:00");
/// ```
#[must_use]
pub fn period(start: i64, end: i64) -> String {
    if end <= start {
        return moment(start);
    }
    // The last moment that is in it.
    let last = end - 1;
    if start.rem_euclid(MS_PER_DAY) != 0 || end.rem_euclid(MS_PER_DAY) != 0 {
        return hours(start, end);
    }
    let is_one_day = end - start == MS_PER_DAY;
    let ((from_year, from_month, _), (to_year, to_month, _)) = (civil(start), civil(last));
    let (same_year, same_month) = (from_year == to_year, from_month == to_month);
    let begins_month = |ms: i64| {
        let (year, month, _) = civil(ms);
        days_of_month(year * 12 + month - 1) == ms.div_euclid(MS_PER_DAY)
    };
    let (from, to) = match () {
        () if is_one_day => return date(start),
        () if begins_month(start) && begins_month(end) => {
            let whole_years = from_month == 1 && to_month == 12;
            let of_month = |ms| format!("{}{SPACE}{}", month(ms), year(ms));
            match (same_year, same_month) {
                (true, _) if whole_years => return year(start),
                (true, true) => return of_month(start),
                (true, false) => return format!("{}–{}", month(start), of_month(last)),
                (false, _) if whole_years => return format!("{}–{}", year(start), year(last)),
                (false, _) => (of_month(start), of_month(last)),
            }
        }
        () if same_year && same_month => {
            let (_, _, day) = civil(start);
            return format!("{day}–{}", date(last));
        }
        () if same_year => (day_month(start), date(last)),
        () => (date(start), date(last)),
    };
    format!("{from} – {to}")
}

/// A stretch that does not begin and end at midnight.
fn hours(start: i64, end: i64) -> String {
    let step = match end.saturating_sub(start) {
        MS_PER_HOUR.. => MS_PER_MINUTE,
        MS_PER_MINUTE.. => MS_PER_SECOND,
        _ => 1,
    };
    let day = |ms: i64| ms.div_euclid(MS_PER_DAY);
    if day(start) == day(end - 1) {
        // A day ends with 24:00, not with the beginning of the next.
        let until = match end.rem_euclid(MS_PER_DAY) {
            0 => "24:00".to_owned(),
            _ => clock(end, step),
        };
        return format!("{}, {}–{until}", date(start), clock(start, step));
    }
    let from = match civil(start).0 == civil(end).0 {
        true => day_month(start),
        false => date(start),
    };
    let (since, until) = (clock(start, step), clock(end, step));
    format!("{from}, {since} – {}, {until}", date(end))
}

fn civil(ms: i64) -> (i64, i64, i64) {
    civil_of_days(ms.div_euclid(MS_PER_DAY))
}

#[cfg(test)]
mod tests {
    use super::*;
    use greenlight_calendar::days_of_civil;

    fn day(year: i64, month: i64, day: i64) -> i64 {
        days_of_civil(year, month, day) * MS_PER_DAY
    }

    fn plain(start: i64, end: i64) -> String {
        period(start, end).replace(SPACE, " ")
    }

    #[test]
    fn periods_are_said_as_short_as_they_can_be() {
        for (start, end, expected) in [
            (
                day(2024, 12, 30),
                day(2025, 1, 6),
                "30 Dec 2024 – 5 Jan 2025",
            ),
            (day(2024, 1, 1), day(2025, 1, 1), "2024"),
            (day(2023, 1, 1), day(2025, 1, 1), "2023–2024"),
            (day(2024, 11, 1), day(2025, 2, 1), "Nov 2024 – Jan 2025"),
            (day(2024, 2, 1), day(2024, 3, 1), "Feb 2024"),
            (day(2024, 2, 1), day(2024, 2, 29), "1–28 Feb 2024"),
            (day(2024, 3, 3), day(2024, 3, 3), "3 Mar 2024"),
        ] {
            assert_eq!(plain(start, end), expected);
        }
        let midnight = day(2025, 3, 4);
        assert_eq!(
            plain(midnight - MS_PER_HOUR, midnight),
            "3 Mar 2025, 23:00–24:00"
        );
        assert_eq!(
            plain(midnight - 90_000, midnight - 30_000),
            "3 Mar 2025, 23:58:30–23:59:30"
        );
        assert_eq!(
            plain(day(2024, 12, 31) + 1, midnight),
            "31 Dec 2024, 00:00 – 4 Mar 2025, 00:00"
        );
    }

    #[test]
    fn any_time_can_be_said() {
        for ms in [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX] {
            for other in [i64::MIN, -1, 0, i64::MAX] {
                assert!(!period(ms, other).is_empty());
            }
            assert!(!moment(ms).is_empty());
        }
        assert_eq!(year(day(-44, 3, 15)), "−44");
    }
}

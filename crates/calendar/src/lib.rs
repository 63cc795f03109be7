//! The Gregorian calendar, as far back and ahead as numbers go: between points in time, and years, months and days.
//!
//! A point in time is in milliseconds since 1970 began. Nothing here knows of clocks or of time zones' names: who
//! wants local days adds the offset first.

/// Milliseconds of an hour.
pub const MS_PER_HOUR: i64 = 3_600_000;

/// Milliseconds of a day.
pub const MS_PER_DAY: i64 = 24 * MS_PER_HOUR;

/// The days from 1970-01-01 to a date of the Gregorian calendar (H. Hinnant, "chrono-compatible low-level date
/// algorithms"): years begin in March, so that the leap day is the last one. A day beyond the end of its month is one of
/// the next.
///
/// ```
/// use greenlight_calendar::days_of_civil;
/// assert_eq!(days_of_civil(1970, 1, 1), 0);
/// assert_eq!(days_of_civil(2024, 2, 29) + 1, days_of_civil(2024, 3, 1));
/// ```
#[must_use]
pub fn days_of_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The way back of [`days_of_civil`]: year, month and day.
///
/// ```
/// use greenlight_calendar::civil_of_days;
/// assert_eq!(civil_of_days(0), (1970, 1, 1));
/// assert_eq!(civil_of_days(-1), (1969, 12, 31));
/// ```
#[must_use]
pub fn civil_of_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = days.div_euclid(146_097) * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

/// The day of the week of a day since 1970-01-01: 0 is Monday.
///
/// ```
/// use greenlight_calendar::{days_of_civil, weekday};
/// assert_eq!(weekday(0), 3, "1970 began on a Thursday");
/// assert_eq!(weekday(days_of_civil(2025, 3, 3)), 0);
/// ```
#[must_use]
pub const fn weekday(days: i64) -> i64 {
    (days % 7 + 7 + 3) % 7
}

/// The days from 1970-01-01 to the first of a month, counted from January of year 0: month 14 is March of year 1.
///
/// ```
/// use greenlight_calendar::{days_of_civil, days_of_month};
/// assert_eq!(days_of_month(2024 * 12 + 1), days_of_civil(2024, 2, 1));
/// assert_eq!(days_of_month(2024 * 12 + 12), days_of_civil(2025, 1, 1));
/// ```
#[must_use]
pub fn days_of_month(month: i64) -> i64 {
    days_of_civil(month.div_euclid(12), month.rem_euclid(12) + 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_each_other() {
        let mut last = civil_of_days(-1_000_001);
        for days in -1_000_000..1_000_000 {
            let (year, month, day) = civil_of_days(days);
            assert_eq!(days_of_civil(year, month, day), days);
            assert!((year, month, day) > last);
            assert_eq!(weekday(days + 1), (weekday(days) + 1) % 7);
            last = (year, month, day);
        }
    }
}

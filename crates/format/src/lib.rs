//! How Greenlight writes numbers for people; the only module that does.
//!
//! Shares become percent, counts get narrow spaces between thousands, durations choose their unit, and everything else
//! shows three significant figures unless told otherwise. The minus is a real minus, a number and its unit never part at
//! the end of a line, and what is not a number is [`undefined`].
//!
//! Rounding never says more than the data: a share below 1 is not written as 100 %, one above 0 is not written as 0 %.
//!
//! ```
//! use greenlight_format as format;
//! let text = format!("{} of {} rows", format::percent(0.925), format::count(10_000));
//! assert_eq!(text.replace(format::SPACE, " "), "92.5 % of 10 000 rows");
//! ```

pub mod csv;
mod dates;
mod decimal;
mod phrases;
mod tick;
mod told;

pub use dates::{clock, date, day_month, moment, month, period, year};
use decimal::{body_with_decimals, decimals_for, grouped, rounds_to_zero, scientific, signed};
pub use phrases::{capitalised, p_equals, p_value};
pub use tick::{duration_tick, tick};
pub use told::{ABOUT, Told};

/// The narrow no-break space (U+202F) between thousands, and between a number and its unit.
pub const SPACE: char = '\u{202F}';

/// The real minus sign (U+2212), as wide as a plus.
pub const MINUS: char = '\u{2212}';

/// Figures shown where the caller does not choose.
const FIGURES: usize = 3;

/// The most decimals that a percentage shows.
const PERCENT_DECIMALS: usize = 4;

/// From here on a number is written with a power of ten: its digits would pretend to be known.
const SCIENTIFIC_FROM: f64 = 1e15;

/// What is written where a value does not exist: an en dash.
///
/// ```
/// assert_eq!(greenlight_format::undefined(), "–");
/// ```
#[must_use]
pub fn undefined() -> String {
    String::from("–")
}

/// A share as percent, to three significant figures: 0.925 is "92.5 %".
///
/// More decimals appear, up to four, where fewer would round a share below 1 to 100 % or one above 0 to nothing.
///
/// ```
/// use greenlight_format::percent;
/// let plain = |share| percent(share).replace('\u{202F}', " ");
/// assert_eq!(plain(0.925), "92.5 %");
/// assert_eq!(plain(0.05), "5.00 %");
/// assert_eq!(plain(0.9996), "99.96 %");
/// assert_eq!(plain(0.999_999_99), "> 99.9999 %");
/// assert_eq!(plain(0.000_042), "0.0042 %");
/// assert_eq!(plain(1e-9), "< 0.0001 %");
/// assert_eq!((plain(0.0), plain(1.0)), ("0 %".into(), "100 %".into()));
/// assert_eq!(percent(f64::NAN), "–");
/// ```
#[must_use]
pub fn percent(share: f64) -> String {
    if !(share * 100.0).is_finite() {
        return undefined();
    }
    format!("{}{SPACE}%", percent_body(share, 0))
}

/// A share as percent with so many decimals, for numbers that stand together: 0.05 with one is "5.0 %".
///
/// As with [`percent`], more decimals appear where these would round a share to all or nothing.
///
/// ```
/// use greenlight_format::percent_to;
/// let plain = |share| percent_to(share, 1).replace('\u{202F}', " ");
/// assert_eq!(plain(0.05), "5.0 %");
/// assert_eq!(plain(0.9996), "99.96 %");
/// assert_eq!(plain(0.000_4), "0.04 %");
/// assert_eq!((plain(0.0), plain(1.0)), ("0 %".into(), "100 %".into()));
/// ```
#[must_use]
pub fn percent_to(share: f64, decimals: usize) -> String {
    if !(share * 100.0).is_finite() {
        return undefined();
    }
    format!(
        "{}{SPACE}%",
        percent_body_from(share, decimals.min(PERCENT_DECIMALS))
    )
}

/// A share as percent with the fewest decimals, up to four, that say all of it: for limits that people have set.
///
/// ```
/// use greenlight_format::percent_exact;
/// let plain = |share| percent_exact(share).replace('\u{202F}', " ");
/// assert_eq!(plain(0.8), "80 %");
/// assert_eq!(plain(0.07), "7 %");
/// assert_eq!(plain(0.925), "92.5 %");
/// assert_eq!(plain(0.999_5), "99.95 %");
/// assert_eq!(plain(1.0 / 3.0), "33.3333 %");
/// assert_eq!((plain(0.0), plain(1.0)), ("0 %".into(), "100 %".into()));
/// assert_eq!(percent_exact(f64::NAN), "–");
/// ```
#[must_use]
pub fn percent_exact(share: f64) -> String {
    let says_all = |decimals: &usize| {
        let scaled = share * 100.0 * 10_f64.powi(*decimals as i32);
        (scaled - scaled.round()).abs() <= 1e-9 * scaled.abs()
    };
    let decimals = (0..PERCENT_DECIMALS)
        .find(says_all)
        .unwrap_or(PERCENT_DECIMALS);
    percent_to(share, decimals)
}

/// A share as percent, with as many more decimals as tell it from a limit that it is not.
///
/// ```
/// use greenlight_format::percent_beside;
/// let plain = |share, limit| percent_beside(share, limit).replace('\u{202F}', " ");
/// assert_eq!(plain(0.8996, 0.9), "89.96 %");
/// assert_eq!(plain(0.9, 0.9), "90.0 %");
/// assert_eq!(plain(0.852, 0.9), "85.2 %");
/// ```
#[must_use]
pub fn percent_beside(share: f64, limit: f64) -> String {
    let usual = percent(share);
    if share == limit || usual != percent(limit) {
        return usual;
    }
    (0..=PERCENT_DECIMALS)
        .map(|decimals| (percent_to(share, decimals), percent_to(limit, decimals)))
        .find(|(share, limit)| share != limit)
        .map_or(usual, |(share, _)| share)
}

/// An interval of shares as percent: "91.1–93.6 %". An end that does not exist (NaN) leaves a one-sided bound.
///
/// ```
/// use greenlight_format::percent_interval;
/// let plain = |low, high| percent_interval(low, high).replace('\u{202F}', " ");
/// assert_eq!(plain(0.911, 0.936), "91.1–93.6 %");
/// assert_eq!(plain(0.985, 1.0), "98.5–100 %");
/// assert_eq!(plain(0.92512, 0.92538), "92.51–92.54 %");
/// assert_eq!(plain(-0.02, 0.031), "−2.00 to 3.10 %");
/// assert_eq!(plain(0.911, f64::NAN), "≥ 91.1 %");
/// assert_eq!(plain(f64::NAN, f64::NAN), "–");
/// ```
#[must_use]
pub fn percent_interval(low: f64, high: f64) -> String {
    let (low_text, high_text) = match ((low * 100.0).is_finite(), (high * 100.0).is_finite()) {
        (false, false) => return undefined(),
        (true, false) => return format!("≥{SPACE}{}", percent(low)),
        (false, true) => return format!("≤{SPACE}{}", percent(high)),
        (true, true) => distinct_percent_bodies(low, high),
    };
    let plain = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if plain(&low_text) && plain(&high_text) {
        format!("{low_text}–{high_text}{SPACE}%")
    } else {
        format!("{low_text} to {high_text}{SPACE}%")
    }
}

/// The difference of two shares, in percentage points and always signed: 0.032 is "+3.2 points".
///
/// ```
/// use greenlight_format::difference;
/// let plain = |difference_of_shares| difference(difference_of_shares).replace('\u{202F}', " ");
/// assert_eq!(plain(0.032), "+3.2 points");
/// assert_eq!(plain(-0.19), "−19.0 points");
/// assert_eq!(plain(0.000_3), "+0.03 points");
/// assert_eq!(plain(0.0), "0 points");
/// assert_eq!(plain(1e-12), "≈ 0 points");
/// assert_eq!(difference(f64::INFINITY), "–");
/// ```
#[must_use]
pub fn difference(shares: f64) -> String {
    let points = shares * 100.0;
    if !points.is_finite() {
        return undefined();
    }
    if points == 0.0 {
        return format!("0{SPACE}points");
    }
    let plus = if points > 0.0 { "+" } else { "" };
    if points.abs() >= SCIENTIFIC_FROM {
        return format!("{plus}{}{SPACE}points", scientific(points, FIGURES));
    }
    for decimals in 1..=PERCENT_DECIMALS {
        if !rounds_to_zero(points, decimals) {
            return format!("{plus}{}{SPACE}points", signed(points, decimals));
        }
    }
    format!("≈{SPACE}0{SPACE}points")
}

/// How far a share falls, in percentage points: 0.021 is "2.1 points", and a gain is no fall.
///
/// ```
/// use greenlight_format::fall;
/// let plain = |shares| fall(shares).replace('\u{202F}', " ");
/// assert_eq!(plain(0.021), "2.1 points");
/// assert_eq!(plain(0.0), "0 points");
/// assert_eq!(plain(-0.013), "none (1.3 points better)");
/// assert_eq!(plain(-1e-12), "≈ 0 points");
/// assert_eq!(fall(f64::NAN), "–");
/// ```
#[must_use]
pub fn fall(shares: f64) -> String {
    let points = difference(shares.abs());
    match points.strip_prefix('+') {
        Some(points) if shares < 0.0 => format!("none ({points} better)"),
        Some(points) => points.to_owned(),
        // Nothing, or too little to say in which direction.
        None => points,
    }
}

/// A count with narrow spaces between its thousands.
///
/// ```
/// use greenlight_format::count;
/// assert_eq!(count(950), "950");
/// assert_eq!(count(10_000), "10\u{202F}000");
/// ```
#[must_use]
pub fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// A count for places too narrow for all its digits, to three significant figures: "12.3 k", "4.56 M", "1.00 bn".
///
/// Counts below 10 000 are written in full.
///
/// ```
/// use greenlight_format::count_short;
/// let plain = |number| count_short(number).replace('\u{202F}', " ");
/// assert_eq!(plain(9_999), "9 999");
/// assert_eq!(plain(12_345), "12.3 k");
/// assert_eq!(plain(999_999), "1.00 M");
/// assert_eq!(plain(1_000_000_000_000), "1.00 tn");
/// assert_eq!(plain(u64::MAX), "1.84 × 10¹⁹");
/// ```
#[must_use]
pub fn count_short(number: u64) -> String {
    if number < 10_000 {
        return count(number);
    }
    let value = number as f64;
    if value >= 999.5e12 {
        return scientific(value, FIGURES);
    }
    scaled(
        value,
        &[
            (1e3, 1e3, "k"),
            (1e6, 1e6, "M"),
            (1e9, 1e9, "bn"),
            (1e12, 1e12, "tn"),
        ],
    )
}

/// A duration given in milliseconds, to three significant figures, in the unit that suits it.
///
/// ```
/// use greenlight_format::duration_ms;
/// let plain = |milliseconds| duration_ms(milliseconds).replace('\u{202F}', " ");
/// assert_eq!(plain(87.3), "87.3 ms");
/// assert_eq!(plain(1_240.0), "1.24 s");
/// assert_eq!(plain(999.96), "1.00 s");
/// assert_eq!(plain(0.25), "250 µs");
/// assert_eq!(plain(90_000.0), "90.0 s");
/// assert_eq!(plain(300_000.0), "5.00 min");
/// assert_eq!(plain(0.0), "0 ms");
/// assert_eq!(duration_ms(f64::NAN), "–");
/// ```
#[must_use]
pub fn duration_ms(milliseconds: f64) -> String {
    if !milliseconds.is_finite() {
        return undefined();
    }
    if milliseconds == 0.0 {
        return format!("0{SPACE}ms");
    }
    scaled(
        milliseconds,
        &[
            (1e-3, 1e-3, "µs"),
            (1.0, 1.0, "ms"),
            (1e3, 1e3, "s"),
            (120e3, 60e3, "min"),
            (7_200e3, 3_600e3, "h"),
        ],
    )
}

/// A size in bytes, in decimal units: "78.4 MB".
///
/// ```
/// use greenlight_format::bytes;
/// assert_eq!(bytes(78_400_000), "78.4\u{202F}MB");
/// assert_eq!(bytes(512), "512\u{202F}B");
/// ```
#[must_use]
pub fn bytes(number: u64) -> String {
    if number < 1_000 {
        return format!("{number}{SPACE}B");
    }
    scaled(
        number as f64,
        &[
            (1e3, 1e3, "kB"),
            (1e6, 1e6, "MB"),
            (1e9, 1e9, "GB"),
            (1e12, 1e12, "TB"),
        ],
    )
}

/// Any number to so many significant figures; digits before the point are never dropped.
///
/// Below 0.0001 and from 10¹⁵ on it is written with a power of ten.
///
/// ```
/// use greenlight_format::significant;
/// let plain = |value, figures| significant(value, figures).replace('\u{202F}', " ");
/// assert_eq!(plain(0.123_456, 3), "0.123");
/// assert_eq!(plain(-9.996, 3), "−10.0");
/// assert_eq!(plain(12_345.678, 3), "12 346");
/// assert_eq!(plain(3.68e-19, 2), "3.7 × 10⁻¹⁹");
/// assert_eq!(plain(0.0, 3), "0");
/// assert_eq!(significant(f64::NEG_INFINITY, 3), "–");
/// ```
#[must_use]
pub fn significant(value: f64, figures: usize) -> String {
    if !value.is_finite() {
        return undefined();
    }
    let figures = figures.clamp(1, 17);
    let magnitude = value.abs();
    if magnitude == 0.0 {
        return String::from("0");
    }
    if (1e-4..SCIENTIFIC_FROM).contains(&magnitude) {
        signed(value, decimals_for(magnitude, figures))
    } else {
        scientific(value, figures)
    }
}

/// The number in full, with the fewest digits that read back to it: for tooltips and copies.
///
/// ```
/// use greenlight_format::exact;
/// assert_eq!(exact(0.925), "0.925");
/// assert_eq!(exact(-0.1), "−0.1");
/// assert_eq!(exact(f64::NAN), "–");
/// ```
#[must_use]
pub fn exact(value: f64) -> String {
    if !value.is_finite() {
        return undefined();
    }
    let magnitude = value.abs();
    let digits = if magnitude == 0.0 || (1e-7..1e17).contains(&magnitude) {
        format!("{magnitude}")
    } else {
        format!("{magnitude:e}").replace('-', "\u{2212}")
    };
    if value < 0.0 {
        format!("{MINUS}{digits}")
    } else {
        digits
    }
}

/// A percentage without its sign "%", to three significant figures and at least so many decimals; it is finite.
fn percent_body(share: f64, at_least: usize) -> String {
    let decimals = decimals_for((share * 100.0).abs(), FIGURES);
    percent_body_from(share, decimals.clamp(at_least, PERCENT_DECIMALS))
}

/// A percentage without its sign "%", with so many decimals or, where they would say all or nothing, more.
fn percent_body_from(share: f64, first: usize) -> String {
    let percentage = share * 100.0;
    if share == 0.0 || share == 1.0 {
        return signed(percentage, 0);
    }
    if percentage.abs() >= SCIENTIFIC_FROM {
        return scientific(percentage, FIGURES);
    }
    if !(0.0..=1.0).contains(&share) {
        return signed(percentage, first);
    }
    for decimals in first..=PERCENT_DECIMALS {
        let text = signed(percentage, decimals);
        if !text.starts_with("100") && !rounds_to_zero(percentage, decimals) {
            return text;
        }
    }
    if share > 0.5 {
        format!(">{SPACE}99.9999")
    } else {
        format!("<{SPACE}{}", body_with_decimals(1e-4, PERCENT_DECIMALS))
    }
}

/// Both ends of an interval, with as many decimals as it takes to tell them apart.
fn distinct_percent_bodies(low: f64, high: f64) -> (String, String) {
    let mut pair = (percent_body(low, 0), percent_body(high, 0));
    let mut decimals = 1;
    while pair.0 == pair.1 && low != high && decimals <= PERCENT_DECIMALS {
        pair = (percent_body(low, decimals), percent_body(high, decimals));
        decimals += 1;
    }
    pair
}

/// Three figures in the last unit that starts at or below the number; each unit is (from, size, name).
fn scaled(value: f64, units: &[(f64, f64, &str)]) -> String {
    let magnitude = value.abs();
    // Half a step early: 999.96 rounds to 1 000, which the next unit says as 1.00.
    let reached = units
        .iter()
        .rev()
        .find(|&&(from, _, _)| magnitude >= from * 0.999_5);
    match reached.or(units.first()) {
        Some((_, size, name)) => format!("{}{SPACE}{name}", significant(value / size, FIGURES)),
        None => significant(value, FIGURES),
    }
}

#[cfg(test)]
mod tests;

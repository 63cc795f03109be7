//! Numbers as people and programs write them elsewhere: `0,95`, `1,234.5`, `1 234`, `95 %`, `120 ms`.

use crate::latency_unit::LatencyUnit;
use crate::number::parse_number;

/// Which sign parts the whole from the fraction; the other one, a space or an apostrophe may part thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DecimalMark {
    Point,
    Comma,
}

/// What stands after a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suffix {
    Nothing,
    Percent,
    Time(LatencyUnit),
}

/// A text taken apart into what looks like a number, and what follows it.
///
/// ```text
/// "1.234,5 ms" → "1.234,5", Time(Milliseconds)
/// ```
pub(crate) fn split_suffix(text: &str) -> Option<(&str, Suffix)> {
    let first = text.bytes().next()?;
    // Digits, signs and marks; the first byte of a minus sign. All else is told at once.
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.' | b',' | 0xe2)) {
        return None;
    }
    let last = text.chars().next_back()?;
    if last.is_ascii_digit() || matches!(last, '.' | ',') {
        return Some((text, Suffix::Nothing));
    }
    if last == '%' {
        let number = text.get(..text.len() - 1)?;
        return Some((number.trim_end(), Suffix::Percent));
    }
    let number = text.trim_end_matches(char::is_alphabetic);
    let unit = text.get(number.len()..)?;
    let unit =
        LatencyUnit::of_word(unit).or_else(|| LatencyUnit::of_word(&unit.to_ascii_lowercase()))?;
    Some((number.trim_end(), Suffix::Time(unit)))
}

/// The number that a text without suffix holds, times ten to the power of `exponent`, correctly rounded.
pub(crate) fn parse_marked(text: &str, mark: DecimalMark, exponent: i32) -> Option<f64> {
    let mut plain = String::with_capacity(text.len() + 4);
    let unsigned = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => {
            plain.push('-');
            rest
        }
        None => text.strip_prefix('+').unwrap_or(text),
    };
    let decimal = match mark {
        DecimalMark::Point => '.',
        DecimalMark::Comma => ',',
    };
    let (whole, fraction) = match unsigned.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    push_whole(whole, mark, &mut plain)?;
    if let Some(fraction) = fraction {
        plain.push('.');
        plain.push_str(fraction);
    }
    if exponent != 0 {
        if plain.contains(['e', 'E']) {
            return Some(parse_number(&plain)? * 10_f64.powi(exponent));
        }
        plain.push_str(&format!("e{exponent}"));
    }
    parse_number(&plain)
}

/// Appends the digits before the decimal mark, without what parts thousands.
fn push_whole(whole: &str, mark: DecimalMark, plain: &mut String) -> Option<()> {
    let parts_thousands = |c: char| match c {
        ',' => mark == DecimalMark::Point,
        '.' => mark == DecimalMark::Comma,
        c => matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’'),
    };
    let Some(separator) = whole.chars().find(|&c| parts_thousands(c)) else {
        plain.push_str(whole);
        return Some(());
    };
    for (position, group) in whole.split(separator).enumerate() {
        let is_group = match position {
            0 => (1..=3).contains(&group.len()) && !group.starts_with('0'),
            _ => group.len() == 3,
        };
        if !is_group || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        plain.push_str(group);
    }
    Some(())
}

/// Whether the text can only have points between thousands: `1.234,5`, `1.234.567`.
pub(crate) fn has_points_between_thousands(text: &str) -> bool {
    let points = text.bytes().filter(|&byte| byte == b'.').count();
    points > 1 || (points == 1 && text.contains(','))
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    fn read(text: &str, mark: DecimalMark) -> Option<f64> {
        let (number, suffix) = split_suffix(text)?;
        parse_marked(number, mark, if suffix == Suffix::Percent { -2 } else { 0 })
    }

    #[test]
    fn numbers_of_all_sorts() {
        for (text, point, comma) in [
            ("0,95", None, Some(0.95)),
            ("1,234.5", Some(1234.5), None),
            ("1.234,5", None, Some(1234.5)),
            ("1,234", Some(1234.0), Some(1.234)),
            ("0,950", None, Some(0.95)),
            ("-1,234,567", Some(-1_234_567.0), None),
            ("\u{2212}1.234.567,25", None, Some(-1_234_567.25)),
            ("1 234", Some(1234.0), Some(1234.0)),
            ("1\u{202f}234,5", None, Some(1234.5)),
            ("1'234.5", Some(1234.5), None),
            ("12 34", None, None),
            ("1 2345", None, None),
            ("1,23,456", None, None),
            ("1.234 567", None, None),
            ("95 %", Some(0.95), Some(0.95)),
            ("12.3%", Some(0.123), None),
            ("0,5\u{a0}%", None, Some(0.005)),
            ("120 ms", Some(120.0), Some(120.0)),
            ("1.5E2s", Some(150.0), None),
            ("85µs", Some(85.0), Some(85.0)),
            ("12 MS", Some(12.0), Some(12.0)),
            ("007", None, None),
            ("1,2,3", None, None),
            ("5 apples", None, None),
            ("ms", None, None),
            ("%", None, None),
            ("-", None, None),
            ("1,é", None, None),
            ("", None, None),
        ] {
            assert_eq!(
                (read(text, Point), read(text, Comma)),
                (point, comma),
                "{text}"
            );
        }
    }

    #[test]
    fn powers_of_ten_do_not_round_twice() {
        for text in ["12.3", "0.07", "56.78", "99.999"] {
            let expected: f64 = format!("{text}e-2").parse().unwrap();
            assert_eq!(parse_marked(text, Point, -2), Some(expected));
        }
    }
}

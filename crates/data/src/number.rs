//! When a text is a number, which one, and how a number is written as text.

/// The number that a trimmed cell holds, correctly rounded (as `str::parse` does), or `None` if it is text.
///
/// A number is decimal digits with an optional sign, point and exponent. Text, although it looks similar:
/// - `007`: leading zeros are kept by ids, zip codes and the like;
/// - whole numbers beyond 2⁵³ written out (`12345678901234567890`): ids again, which a double would change;
/// - `inf`, and anything too large for a double: nothing can be computed from it;
/// - `0x1F`, `1,000`, `12%`.
///
/// ```
/// # use greenlight_data::parse_number;
/// assert_eq!(parse_number("-1.5e3"), Some(-1500.0));
/// assert_eq!(parse_number("007"), None);
/// assert_eq!(parse_number("inf"), None);
/// ```
pub fn parse_number(text: &str) -> Option<f64> {
    let (negative, unsigned) = match text.as_bytes() {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let mut mantissa = 0_u64;
    let (whole_digits, mut rest) = read_digits(unsigned, &mut mantissa);
    if whole_digits > 1 && unsigned.first() == Some(&b'0') {
        return None;
    }
    if rest.is_empty() && (whole_digits > MAX_DIGITS || mantissa > MAX_EXACT) {
        return None;
    }
    let mut decimals = 0;
    if let [b'.', after @ ..] = rest {
        (decimals, rest) = read_digits(after, &mut mantissa);
    }
    if whole_digits + decimals == 0 {
        return None;
    }
    let exponent = match rest {
        [] => 0,
        [b'e' | b'E', after @ ..] => read_exponent(after)?,
        _ => return None,
    };
    if whole_digits + decimals <= MAX_DIGITS && mantissa <= MAX_EXACT {
        let exponent = exponent.saturating_sub(decimals as i64);
        let power = POWERS_OF_TEN.get(exponent.unsigned_abs() as usize);
        if let Some(&power) = power {
            // Both are exact, so the one rounding of the product or quotient is the correct one.
            let magnitude = if exponent < 0 {
                mantissa as f64 / power
            } else {
                mantissa as f64 * power
            };
            return Some(if negative { -magnitude } else { magnitude });
        }
    }
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

/// The one text of a number, used wherever a number names a class: the shortest that reads back as the same number.
///
/// Numbers beyond 2⁵³ and below 10⁻⁷ are written with an exponent; -0 is `0`.
///
/// ```
/// # use greenlight_data::canonical_number;
/// assert_eq!(canonical_number(1.0), "1");
/// assert_eq!(canonical_number(1e3), "1000");
/// assert_eq!(canonical_number(0.10), "0.1");
/// assert_eq!(canonical_number(1e300), "1e300");
/// ```
pub fn canonical_number(number: f64) -> String {
    let magnitude = number.abs();
    if number == 0.0 {
        "0".to_owned()
    } else if number.is_finite() && (magnitude > MAX_EXACT as f64 || magnitude < 1e-7) {
        format!("{number:e}")
    } else {
        number.to_string()
    }
}

/// 2⁵³: up to here every whole number is a double.
const MAX_EXACT: u64 = 1 << 53;

/// So many digits fit a `u64` whatever they are.
const MAX_DIGITS: usize = 19;

/// The powers of ten that are doubles.
const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Appends leading digits to `mantissa` (meaningless after more than [`MAX_DIGITS`]); returns their count and the rest.
fn read_digits<'a>(bytes: &'a [u8], mantissa: &mut u64) -> (usize, &'a [u8]) {
    let mut rest = bytes;
    while let [byte, after @ ..] = rest {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        *mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
        rest = after;
    }
    (bytes.len() - rest.len(), rest)
}

/// What follows the `e`; `None` if that is not a whole number.
fn read_exponent(bytes: &[u8]) -> Option<i64> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let mut magnitude = 0_u64;
    let (count, rest) = read_digits(digits, &mut magnitude);
    if count == 0 || !rest.is_empty() {
        return None;
    }
    // Far beyond the table of powers either way; `str::parse` knows what it means.
    let magnitude = if count > 4 { 99_999 } else { magnitude as i64 };
    Some(if negative { -magnitude } else { magnitude })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers() {
        for text in [
            "0",
            "-0",
            "+5",
            "1.",
            ".5",
            "1.50",
            "1e3",
            "1E-3",
            "-2.5e+2",
            "0.1",
            "123456789012345678e-5",
            "1e22",
            "1e23",
            "9007199254740992",
            "9007199254740993e0",
            "0.30000000000000004",
            "4.9e-324",
            "1.7976931348623157e308",
            "0e999999",
            "1e-999999",
            "0.000000000000000000000000001",
            "1e0000000003",
        ] {
            let expected: f64 = text.parse().unwrap();
            assert_eq!(
                parse_number(text).map(f64::to_bits),
                Some(expected.to_bits()),
                "{text}"
            );
        }
    }

    #[test]
    fn text() {
        for text in [
            "",
            "+",
            "-",
            ".",
            "e5",
            "1e",
            "1e+",
            "1e5x",
            "--1",
            "007",
            "-01",
            "00",
            "00.5",
            "0x1F",
            "inf",
            "-Infinity",
            "nan",
            "1e400",
            "1,000",
            "1_000",
            "12%",
            "1 2",
            "1.2.3",
            "9007199254740993",
            "12345678901234567890",
            "١",
            "true",
        ] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }

    #[test]
    fn canonical_texts() {
        for (number, text) in [
            (-0.0, "0"),
            (-1.0, "-1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e-7, "0.0000001"),
            (1.5e-9, "1.5e-9"),
            (9007199254740992.0, "9007199254740992"),
            (9007199254740994.0, "9.007199254740994e15"),
            (f64::MAX, "1.7976931348623157e308"),
        ] {
            assert_eq!(canonical_number(number), text);
        }
    }

    proptest! {
        #[test]
        fn a_canonical_text_reads_back(bits: u64) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            prop_assert_eq!(parse_number(&canonical_number(number)), Some(number));
        }

        #[test]
        fn rounds_as_the_standard_library_does(text in "[+-]?[1-9]?[0-9]{0,3}[.][0-9]{1,24}(e[+-]?[0-9]{1,3})?") {
            let expected: f64 = text.parse().unwrap();
            let leading_zero = text.trim_start_matches(['+', '-']).starts_with("00")
                || text.trim_start_matches(['+', '-']).as_bytes().get(..2).is_some_and(|b| b[0] == b'0' && b[1].is_ascii_digit());
            let expected = (expected.is_finite() && !leading_zero).then_some(expected.to_bits());
            prop_assert_eq!(parse_number(&text).map(f64::to_bits), expected);
        }

        #[test]
        fn whole_numbers_are_exact(number in -9_007_199_254_740_992_i64..=9_007_199_254_740_992) {
            prop_assert_eq!(parse_number(&number.to_string()), Some(number as f64));
        }
    }
}

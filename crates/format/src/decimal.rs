//! Digits: rounding, grouping, signs and powers of ten. All values are finite here.

use crate::{MINUS, SPACE};

/// How many decimals show `figures` significant figures of a positive number, after rounding (9.996 to three is 10.0).
pub(crate) fn decimals_for(magnitude: f64, figures: usize) -> usize {
    let exponent = decimal_exponent(magnitude, figures);
    usize::try_from(figures as i32 - 1 - exponent)
        .unwrap_or(0)
        .min(340)
}

/// The rounded number with its real minus and grouped thousands; zero carries no sign.
pub(crate) fn signed(value: f64, decimals: usize) -> String {
    let body = body_with_decimals(value.abs(), decimals);
    if value < 0.0 && !rounds_to_zero(value, decimals) {
        format!("{MINUS}{body}")
    } else {
        body
    }
}

/// The digits of a number that is not negative, thousands grouped.
pub(crate) fn body_with_decimals(magnitude: f64, decimals: usize) -> String {
    let digits = format!("{magnitude:.decimals$}");
    match digits.split_once('.') {
        Some((whole, fraction)) => format!("{}.{fraction}", grouped(whole)),
        None => grouped(&digits),
    }
}

/// Whether so few decimals show nothing but zeros.
pub(crate) fn rounds_to_zero(value: f64, decimals: usize) -> bool {
    format!("{:.decimals$}", value.abs())
        .chars()
        .all(|c| c == '0' || c == '.')
}

/// "1.84 × 10¹⁹".
pub(crate) fn scientific(value: f64, figures: usize) -> String {
    let text = format!("{:.*e}", figures.saturating_sub(1), value.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let sign = if value < 0.0 {
        String::from(MINUS)
    } else {
        String::new()
    };
    let power: String = exponent.chars().map(superscript).collect();
    format!("{sign}{mantissa}{SPACE}×{SPACE}10{power}")
}

/// Digits in groups of three.
pub(crate) fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(SPACE);
        }
        text.push(digit);
    }
    text
}

fn decimal_exponent(magnitude: f64, figures: usize) -> i32 {
    let text = format!("{magnitude:.*e}", figures.saturating_sub(1));
    text.split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or(0)
}

fn superscript(digit: char) -> char {
    match digit {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    }
}

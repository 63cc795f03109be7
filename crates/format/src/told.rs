//! Numbers that are not told exactly: those that were rounded on their way here.

use crate::phrases::{SMALLEST_P, p_equals, p_value};
use crate::{exact, undefined};

/// What stands before a number that is not known exactly: ≈ and a narrow space.
pub const ABOUT: &str = "≈\u{202F}";

/// How well a number is known that a report tells.
///
/// ```
/// use greenlight_format::{Told, duration_ms};
/// assert_eq!(Told::Exactly.mark(duration_ms(87.3)), "87.3\u{202F}ms");
/// assert_eq!(Told::Rounded.mark(duration_ms(87.3)), "≈\u{202F}87.3\u{202F}ms");
/// assert_eq!(Told::Rounded.p_equals(0.0312), "p ≈ 0.031");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// As it was found.
    #[default]
    Exactly,
    /// Rounded to a few digits on its way, as in a link.
    Rounded,
}

impl Told {
    /// What stands before such a number: [`ABOUT`] or nothing.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Exactly => "",
            Self::Rounded => ABOUT,
        }
    }

    /// The number in words, with ≈ before it where it was rounded; what does not exist was not.
    #[must_use]
    pub fn mark(self, number: String) -> String {
        match self == Self::Rounded && number != undefined() {
            true => format!("{ABOUT}{number}"),
            false => number,
        }
    }

    /// The number in full, as [`exact`] has it; where it was rounded, without the noise that differences of rounded numbers have behind their digits.
    #[must_use]
    pub fn in_full(self, value: f64) -> String {
        match self {
            Self::Exactly => exact(value),
            Self::Rounded => {
                let without_noise = format!("{value:.8e}").parse().unwrap_or(value);
                self.mark(exact(without_noise))
            }
        }
    }

    /// A p-value as [`p_value`] has it, for a table; what is too small to be told is so, rounded or not.
    #[must_use]
    pub fn p_value(self, p: f64) -> String {
        match p < SMALLEST_P {
            true => p_value(p),
            false => self.mark(p_value(p)),
        }
    }

    /// A p-value as [`p_equals`] has it, for a sentence.
    #[must_use]
    pub fn p_equals(self, p: f64) -> String {
        match self {
            Self::Exactly => p_equals(p),
            Self::Rounded => p_equals(p).replacen('=', "≈", 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_exist_and_what_is_too_small_to_be_told_is_never_about() {
        assert_eq!(Told::Rounded.mark(undefined()), "–");
        assert_eq!(Told::Rounded.in_full(f64::NAN), "–");
        assert_eq!(Told::Rounded.p_value(0.0002), "< 0.001");
        assert_eq!(Told::Rounded.p_equals(0.0002), "p < 0.001");
        assert_eq!(Told::Rounded.p_value(0.5), "≈\u{202F}0.50");
    }

    #[test]
    fn in_full_a_difference_of_rounded_numbers_has_no_noise() {
        assert_eq!(Told::Rounded.in_full(0.55 - 0.5), format!("{ABOUT}0.05"));
        assert_eq!(Told::Exactly.in_full(0.1 + 0.2), "0.30000000000000004");
    }
}

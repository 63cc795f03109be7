//! Doubles: those that have few decimal digits by their digits, others bit by bit. Both are exact.

use super::bits::Bits;
use super::models::Place;
use super::number::LARGEST;
use super::{Coder, Fault};

/// A number of this many digits is one double and no other.
const MOST_DIGITS: usize = 15;

/// What every place has in common, for those that know nothing yet.
const ANYWHERE: Place = Place::START.at(2);

/// How a double is told.
#[derive(Clone, Copy)]
enum Told {
    /// By its digits, with the exponent of the one before in this place.
    Digits = 0,
    /// By its digits, with an exponent of its own.
    OwnExponent = 1,
    /// By its bits.
    Bits = 2,
    /// It is the double before, wherever that was.
    Same = 3,
}

/// A number as digits and a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: i64,
    exponent: i32,
}

impl Decimal {
    /// The shortest that reads back as this very double, where it is short enough.
    fn of(value: f64) -> Option<Self> {
        if !value.is_finite() || (value == 0.0 && value.is_sign_negative()) {
            return None;
        }
        let text = format!("{value:e}");
        let (mantissa, exponent) = text.split_once('e')?;
        let places = mantissa
            .split_once('.')
            .map_or(0, |(_, behind)| behind.len());
        let digits: String = mantissa.chars().filter(|sign| *sign != '.').collect();
        if digits.trim_start_matches('-').len() > MOST_DIGITS {
            return None;
        }
        let decimal = Self {
            digits: digits.parse().ok()?,
            exponent: exponent.parse::<i32>().ok()? - places as i32,
        };
        // Whole numbers are told as such.
        decimal
            .with_exponent(decimal.exponent.min(0))
            .or(Some(decimal))
    }

    /// The same number with a smaller exponent, where its digits stay few enough.
    fn with_exponent(self, exponent: i32) -> Option<Self> {
        let more = u32::try_from(self.exponent - exponent).ok()?;
        let digits = self.digits.checked_mul(10_i64.checked_pow(more)?)?;
        let most = 10_u64.pow(MOST_DIGITS as u32);
        (digits.unsigned_abs() < most).then_some(Self { digits, exponent })
    }

    fn value(self) -> Option<f64> {
        let value: f64 = format!("{}e{}", self.digits, self.exponent).parse().ok()?;
        value.is_finite().then_some(value)
    }
}

impl<B: Bits> Coder<B> {
    /// A double.
    pub fn double(&mut self, place: Place, value: f64) -> Result<f64, Fault> {
        let exponents = place.at(10);
        let usual = self.numbers_before(exponents);
        let decimal = Decimal::of(value);
        let as_usual = decimal.and_then(|decimal| decimal.with_exponent(usual? as i32));
        let told = match (as_usual, decimal) {
            _ if value.to_bits() == self.double_before.to_bits() => Told::Same,
            (Some(_), _) => Told::Digits,
            (None, Some(_)) => Told::OwnExponent,
            (None, None) => Told::Bits,
        };
        let places = [place.at(11), ANYWHERE];
        let told = match self.models.symbol(&mut self.bits, &places, 2, told as u32) {
            0 => Told::Digits,
            1 => Told::OwnExponent,
            2 => Told::Bits,
            _ => Told::Same,
        };
        let value = self.told_double(place, told, value, (as_usual, decimal, usual))?;
        self.double_before = value;
        Ok(value)
    }

    fn told_double(
        &mut self,
        place: Place,
        told: Told,
        value: f64,
        known: (Option<Decimal>, Option<Decimal>, Option<i64>),
    ) -> Result<f64, Fault> {
        let (as_usual, decimal, usual) = known;
        let exponents = place.at(10);
        let decimal = match told {
            Told::Bits => return self.by_bits(place, value),
            Told::Same => {
                self.count(1)?;
                return Ok(self.double_before);
            }
            Told::Digits => as_usual,
            Told::OwnExponent => decimal,
        };
        let exponent = match told {
            Told::OwnExponent => {
                let own = decimal.map_or(0, |decimal| decimal.exponent);
                self.whole(exponents, own.into())?
            }
            _ => usual.unwrap_or(0),
        };
        let exponent = i32::try_from(exponent).map_err(|_| Fault::Number)?;
        // The double before in the same units, since neighbours are often alike.
        let before = Decimal::of(self.double_before);
        if let Some(before) = before.and_then(|before| before.with_exponent(exponent)) {
            self.numbers.last = before.digits;
        }
        let digits = self.whole(place.at(12), decimal.map_or(0, |decimal| decimal.digits))?;
        if !(-400..=400).contains(&exponent) || digits.unsigned_abs() > LARGEST.unsigned_abs() {
            return Err(Fault::Number);
        }
        Decimal { digits, exponent }.value().ok_or(Fault::Number)
    }

    fn by_bits(&mut self, place: Place, value: f64) -> Result<f64, Fault> {
        self.count(1)?;
        let bits = value.to_bits();
        // Sign and exponent are alike in one place; the rest is as it falls.
        let places = [place.at(13), ANYWHERE.at(13)];
        let first = self
            .models
            .symbol(&mut self.bits, &places, 12, (bits >> 52) as u32);
        let mut read = u64::from(first);
        for digit in (0..52).rev() {
            let bit = self.bits.code((bits >> digit) & 1 == 1, 1 << 15);
            read = (read << 1) | u64::from(bit);
        }
        let value = f64::from_bits(read);
        match value.is_finite() {
            true => Ok(value),
            false => Err(Fault::Number),
        }
    }

    fn numbers_before(&self, place: Place) -> Option<i64> {
        self.numbers.before(place)
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn a_short_decimal_is_told_by_its_digits_and_reads_back_as_the_very_double() {
        for value in [
            0.0,
            0.5,
            0.1 + 0.2,
            1_000.0,
            -3.25,
            1e-300,
            1e300,
            5e-324,
            123_456.789,
        ] {
            let Some(decimal) = Decimal::of(value) else {
                assert_eq!(value, 0.1 + 0.2);
                continue;
            };
            assert_eq!(decimal.value(), Some(value));
        }
        let half = Decimal::of(0.5).unwrap();
        assert_eq!(half.with_exponent(-4).unwrap().digits, 5_000);
        assert_eq!(half.with_exponent(-4).unwrap().value(), Some(0.5));
        assert_eq!(half.with_exponent(0), None);
        assert_eq!(Decimal::of(1_000.0).unwrap().digits, 1_000);
        for none in [f64::NAN, f64::INFINITY, -0.0] {
            assert_eq!(Decimal::of(none), None);
        }
    }
}

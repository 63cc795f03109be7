//! Whole numbers: as they are, or by how far they are from the one before in the same place.

use super::bits::Bits;
use super::models::Place;
use super::{Coder, Fault};

/// Whole numbers up to here are doubles as well; no count of a report is larger.
pub const LARGEST: i64 = 1 << 53;

/// Rows of the table of numbers that came last, as a power of two.
const WIDTH: u32 = 14;

/// What every place has in common, for those that know nothing yet.
const ANYWHERE: Place = Place::START.at(1);

/// How a number is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// As it is.
    Plain = 0,
    /// By its distance from the one before in this place.
    FromBefore = 1,
    /// It is as far from the one before in its place as the last but one was, the other way: what one count gains another loses.
    Mirrored = 2,
    /// By its distance from the one at the same place of the list before.
    FromList = 3,
    /// By its distance from the number before, wherever that was.
    FromLast = 4,
}

/// The numbers that came last.
#[derive(Debug)]
pub struct Numbers {
    before: Vec<Option<i64>>,
    /// How far the last two numbers were from those before in their places.
    moves: [i64; 2],
    /// The number before.
    pub last: i64,
}

impl Numbers {
    pub fn new() -> Self {
        Self {
            before: vec![None; 1 << WIDTH],
            moves: [0; 2],
            last: 0,
        }
    }

    pub fn before(&self, place: Place) -> Option<i64> {
        self.before.get(place.row(WIDTH)).copied().flatten()
    }

    fn keep(&mut self, place: Place, in_list: Place, value: i64) {
        let moved = value - self.before(place).unwrap_or(0);
        self.moves = [self.moves[1], moved];
        self.last = value;
        for place in [place, in_list] {
            if let Some(kept) = self.before.get_mut(place.row(WIDTH)) {
                *kept = Some(value);
            }
        }
    }

    /// The shortest way to tell a number.
    fn told(&self, before: i64, in_list: Option<i64>, value: i64) -> Told {
        let moved = (value - before).unsigned_abs();
        let moved_in_list = in_list.map(|before| (value - before).unsigned_abs());
        match () {
            () if moved != 0 && value - before == -self.moves[0] => Told::Mirrored,
            () if moved_in_list.is_some_and(|by| by < moved / 8) => Told::FromList,
            () if (value - self.last).unsigned_abs() < moved / 8 => Told::FromLast,
            () if moved < value.unsigned_abs() || moved == 0 => Told::FromBefore,
            () => Told::Plain,
        }
    }
}

impl<B: Bits> Coder<B> {
    /// A whole number whose size is at most [`LARGEST`].
    pub fn whole(&mut self, place: Place, value: i64) -> Result<i64, Fault> {
        self.count(1)?;
        if value.unsigned_abs() > LARGEST.unsigned_abs() {
            return Err(Fault::Number);
        }
        let list_place = place.at(90).at(self.index);
        let (before, in_list) = (self.numbers.before(place), self.numbers.before(list_place));
        let told = match before {
            None => Told::Plain,
            Some(before) => self.told(place, self.numbers.told(before, in_list, value)),
        };
        let before = before.unwrap_or(0);
        let from = match told {
            Told::Plain => 0,
            Told::FromBefore => before,
            Told::Mirrored => before - self.numbers.moves[0],
            Told::FromList => in_list.unwrap_or(0),
            Told::FromLast => self.numbers.last,
        };
        let value = match told {
            Told::Mirrored => from,
            _ => from + self.signed(place, told, value - from)?,
        };
        if value.unsigned_abs() > LARGEST.unsigned_abs() {
            return Err(Fault::Number);
        }
        self.numbers.keep(place, list_place, value);
        Ok(value)
    }

    fn told(&mut self, place: Place, told: Told) -> Told {
        let places = [place.at(0), ANYWHERE.at(0)];
        match self.models.symbol(&mut self.bits, &places, 3, told as u32) {
            0 => Told::Plain,
            1 => Told::FromBefore,
            2 => Told::Mirrored,
            3 => Told::FromList,
            _ => Told::FromLast,
        }
    }

    fn signed(&mut self, place: Place, told: Told, value: i64) -> Result<i64, Fault> {
        let kind = 1 + told as u32;
        let (place, anywhere) = (place.at(kind), ANYWHERE.at(kind));
        let size = self.size(place, anywhere, value.unsigned_abs())?;
        if size == 0 {
            return Ok(0);
        }
        let places = [place.at(1), anywhere.at(1)];
        let is_negative = self.models.bit(&mut self.bits, &places, value < 0);
        Ok(if is_negative { -size } else { size })
    }

    /// How many binary digits it has, then the digits; the first three are learnt, the others are as likely as not.
    fn size(&mut self, place: Place, anywhere: Place, size: u64) -> Result<i64, Fault> {
        let width = u64::BITS - size.leading_zeros();
        let places = [place, anywhere];
        let width = self.models.symbol(&mut self.bits, &places, 6, width);
        let mut value = u64::from(width > 0);
        let learnt = place.at(64 + width);
        for digit in 1..width {
            let bit = (size >> (width - 1 - digit)) & 1 == 1;
            let bit = match digit <= 3 {
                true => {
                    let places = [learnt.at(value as u32)];
                    self.models.bit(&mut self.bits, &places, bit)
                }
                false => self.bits.code(bit, 1 << 15),
            };
            value = (value << 1) | u64::from(bit);
        }
        // Sixty-three digits at most, but no sum of two such may overflow.
        match value > 2 * LARGEST.unsigned_abs() {
            true => Err(Fault::Number),
            false => Ok(value as i64),
        }
    }
}

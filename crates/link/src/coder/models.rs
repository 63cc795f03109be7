//! What is likely, learnt from what came before in the same place.

use super::bits::Bits;

/// A place in a document, or a finer question about it: a hash of the way that leads there. Two that share a hash share what was
/// learnt, which costs a little room and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(u32);

impl Place {
    pub const START: Self = Self(0x9e37_79b9);

    /// A part of it, by name.
    pub fn named(self, name: &str) -> Self {
        let fold = |place: Self, byte: u8| place.at(u32::from(byte));
        name.bytes().fold(self, fold)
    }

    /// A part of it, by number.
    pub const fn at(self, part: u32) -> Self {
        let mixed = (self.0 ^ part.wrapping_mul(0x85eb_ca6b)).wrapping_mul(0xc2b2_ae35);
        Self(mixed ^ (mixed >> 15))
    }

    /// Its row in a table of `2^width` rows.
    pub fn row(self, width: u32) -> usize {
        (self.0.wrapping_mul(0x9e37_79b1) >> (32 - width)) as usize
    }
}

/// How often a bit was a one so far.
#[derive(Clone, Copy, Debug)]
struct Chance {
    one: u16,
    seen: u16,
}

/// From here on old bits are forgotten as new ones come.
const MEMORY: u16 = 120;
/// No bit is ever so sure as not to be coded.
const SUREST: u16 = 48;
/// Rows of the table of chances, as a power of two.
const WIDTH: u32 = 18;

/// The chances of all bits of a document.
#[derive(Debug)]
pub struct Models {
    chances: Vec<Chance>,
}

impl Models {
    pub fn new() -> Self {
        let even = Chance {
            one: 1 << 15,
            seen: 0,
        };
        Self {
            chances: vec![even; 1 << WIDTH],
        }
    }

    /// Codes a bit by what is known of the finest of these places that knows anything, and all of them learn it. The finest is first.
    pub fn bit(&mut self, bits: &mut impl Bits, places: &[Place], bit: bool) -> bool {
        let chance_at = |place: &Place| self.chances.get(place.row(WIDTH)).copied();
        let known = places
            .iter()
            .filter_map(chance_at)
            .find(|chance| chance.seen > 0);
        let one = known.map_or(1 << 15, |chance| chance.one);
        let bit = bits.code(bit, one.clamp(SUREST, u16::MAX - SUREST));
        for place in places {
            if let Some(chance) = self.chances.get_mut(place.row(WIDTH)) {
                // A place that is new begins with what was known in general.
                let before = if chance.seen == 0 { one } else { chance.one };
                let by = i32::from(chance.seen.min(MEMORY)) * 2 + 3;
                let target = if bit { i32::from(u16::MAX) } else { 0 };
                let moved = i32::from(before) + (target - i32::from(before)) * 2 / by;
                chance.one = moved.clamp(0, i32::from(u16::MAX)) as u16;
                chance.seen = chance.seen.saturating_add(1);
            }
        }
        bit
    }

    /// Codes a number below `2^width`, from its highest bit on.
    pub fn symbol(
        &mut self,
        bits: &mut impl Bits,
        places: &[Place],
        width: u32,
        symbol: u32,
    ) -> u32 {
        let mut known = 1;
        for shift in (0..width).rev() {
            // No more than three places are ever asked.
            let mut finer = [Place::START; 3];
            let used = places.len().min(finer.len());
            for (finer, place) in finer.iter_mut().zip(places) {
                *finer = place.at(known);
            }
            let bit = (symbol >> shift) & 1 == 1;
            let bit = self.bit(bits, finer.get(..used).unwrap_or_default(), bit);
            known = (known << 1) | u32::from(bit);
        }
        known - (1 << width)
    }
}

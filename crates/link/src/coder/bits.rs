//! Arithmetic coding of single bits: one that was likely takes a fraction of a bit, one that was not takes several.

/// What bits go through, in one of two directions: so that whoever describes a value by bits does it once, for writing and for
/// reading, and the two cannot disagree.
pub trait Bits {
    /// Writes `bit`, or takes the next one in its place. `chance` says how likely a one is, of 65,536.
    fn code(&mut self, bit: bool, chance: u16) -> bool;
}

/// The part of the numbers that is left: whatever comes next is written within it. Its first bytes are settled once both ends share them.
#[derive(Clone, Copy, Debug)]
struct Span {
    low: u32,
    high: u32,
}

impl Span {
    const ALL: Self = Self {
        low: 0,
        high: u32::MAX,
    };

    /// The last number that stands for a one.
    fn divide(self, chance: u16) -> u32 {
        let width = u64::from(self.high - self.low);
        self.low + ((width * u64::from(chance)) >> 16) as u32
    }

    fn take(&mut self, bit: bool, divide: u32) {
        match bit {
            true => self.high = divide,
            false => self.low = divide + 1,
        }
    }

    /// The first byte, where it is settled; what is left moves up.
    fn settled(&mut self) -> Option<u8> {
        if (self.low ^ self.high) >> 24 != 0 {
            return None;
        }
        let byte = (self.low >> 24) as u8;
        self.low <<= 8;
        self.high = (self.high << 8) | 0xff;
        Some(byte)
    }
}

/// Takes bits and makes bytes.
#[derive(Debug)]
pub struct BitWriter {
    span: Span,
    bytes: Vec<u8>,
}

impl BitWriter {
    pub fn new() -> Self {
        Self {
            span: Span::ALL,
            bytes: Vec::new(),
        }
    }

    /// The bytes; the last one alone says which number of those left is meant, since what follows reads as 0.
    pub fn finish(mut self) -> Vec<u8> {
        self.bytes.push((self.span.low >> 24) as u8 + 1);
        self.bytes
    }
}

impl Bits for BitWriter {
    fn code(&mut self, bit: bool, chance: u16) -> bool {
        let divide = self.span.divide(chance);
        self.span.take(bit, divide);
        while let Some(byte) = self.span.settled() {
            self.bytes.push(byte);
        }
        bit
    }
}

/// Gives the bits of bytes that a [`BitWriter`] made. Any bytes read as some bits: whether they were meant is for a checksum to say.
#[derive(Debug)]
pub struct BitReader<'b> {
    span: Span,
    at: u32,
    rest: std::slice::Iter<'b, u8>,
    /// Bytes that were read after the end.
    beyond: u32,
}

impl<'b> BitReader<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        let mut reader = Self {
            span: Span::ALL,
            at: 0,
            rest: bytes.iter(),
            beyond: 0,
        };
        for _ in 0..4 {
            reader.next_byte();
        }
        reader
    }

    /// Whether the bits that were read are all there were, and no more.
    pub fn is_at_end(&self) -> bool {
        self.rest.len() == 0 && self.beyond == 3
    }

    fn next_byte(&mut self) {
        let byte = self.rest.next().copied();
        if byte.is_none() {
            self.beyond = self.beyond.saturating_add(1);
        }
        self.at = (self.at << 8) | u32::from(byte.unwrap_or(0));
    }
}

impl Bits for BitReader<'_> {
    fn code(&mut self, _: bool, chance: u16) -> bool {
        let divide = self.span.divide(chance);
        let bit = self.at <= divide;
        self.span.take(bit, divide);
        while self.span.settled().is_some() {
            self.next_byte();
        }
        bit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_come_back_whatever_their_chance_and_likely_ones_take_little() {
        let chances = [64, 1_000, 32_768, 60_000, 65_472];
        let bits: Vec<(bool, u16)> = (0..20_000_usize)
            .map(|at| {
                let mixed = at.wrapping_mul(2_654_435_761) >> 7;
                (mixed % 3 == 0, chances[mixed % chances.len()])
            })
            .collect();
        for length in [0, 1, 2, 7, 100, bits.len()] {
            let mut writer = BitWriter::new();
            for &(bit, chance) in &bits[..length] {
                writer.code(bit, chance);
            }
            let bytes = writer.finish();
            let mut reader = BitReader::new(&bytes);
            for &(bit, chance) in &bits[..length] {
                assert_eq!(reader.code(false, chance), bit);
            }
            assert!(reader.is_at_end(), "{length} bits");
            let longer = [&bytes[..], &[0]].concat();
            let mut reader = BitReader::new(&longer);
            for &(_, chance) in &bits[..length] {
                reader.code(false, chance);
            }
            assert!(!reader.is_at_end());
        }
        let mut writer = BitWriter::new();
        for _ in 0..10_000 {
            writer.code(true, 65_472);
        }
        assert!(writer.finish().len() < 20);
    }
}

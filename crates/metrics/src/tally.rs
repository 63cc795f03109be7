//! Numbers that come in any order and in any number of parts, sorted once.

use crate::order::{NotFinite, key_of, sort_keys};

/// Numbers with the rows that have them, by [`key_of`]. A row takes 8 bytes, a row that stands for
/// several 16.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    ones: Vec<u64>,
    /// Key and count.
    several: Vec<(u64, u64)>,
}

impl Tally {
    /// Adds a row, or `count` equal rows; 0 adds none.
    #[inline]
    pub(crate) fn push(&mut self, value: f64, count: u64) -> Result<(), NotFinite> {
        self.push_key(key_of(value)?, count);
        Ok(())
    }

    /// As [`push`](Self::push), by the key.
    #[inline]
    pub(crate) fn push_key(&mut self, key: u64, count: u64) {
        match count {
            0 => {}
            1 => self.ones.push(key),
            _ => self.several.push((key, count)),
        }
    }

    /// Adds all that another tally holds.
    pub(crate) fn merge(&mut self, mut other: Self) {
        self.ones.append(&mut other.ones);
        self.several.append(&mut other.several);
    }

    /// Puts the numbers in order, the highest last. Not inlined: sorts are large, and called once a part.
    #[inline(never)]
    pub(crate) fn sorted(mut self) -> Sorted {
        sort_keys(&mut self.ones);
        sort_pairs(&mut self.several);
        Sorted(self)
    }
}

/// Puts pairs in order, the highest last. Here once, since sorts are large.
#[inline(never)]
pub(crate) fn sort_pairs(pairs: &mut [(u64, u64)]) {
    pairs.sort_unstable();
}

/// A tally in order, to be taken apart from the highest number.
pub(crate) struct Sorted(Tally);

impl Sorted {
    /// How many different numbers there are; one of both kinds may count twice.
    pub(crate) fn distinct(&self) -> usize {
        let Tally { ones, several } = &self.0;
        let ones = ones.chunk_by(|a, b| a == b).count();
        ones + several.chunk_by(|(a, _), (b, _)| a == b).count()
    }

    /// The key of the highest number left.
    pub(crate) fn highest(&self) -> Option<u64> {
        let several = self.0.several.last().map(|&(key, _)| key);
        self.0.ones.last().copied().max(several)
    }

    /// Takes the rows whose number is the highest left and has this key, and counts them.
    pub(crate) fn take(&mut self, key: u64) -> u64 {
        let mut count = 0_u64;
        while self.0.ones.pop_if(|last| *last == key).is_some() {
            count += 1;
        }
        while let Some((_, more)) = self.0.several.pop_if(|(last, _)| *last == key) {
            count = count.saturating_add(more);
        }
        count
    }
}

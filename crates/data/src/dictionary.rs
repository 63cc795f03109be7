//! Texts to codes, in order of first appearance.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Each distinct text once, with the position at which it was first seen as its code.
///
/// Never holds more texts than a `u32` can count, because a table never holds more rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dictionary {
    texts: Vec<String>,
    /// Codes with their texts' hashes, so that neither growing nor most comparisons need the texts.
    codes: HashTable<(u32, u32)>,
}

impl Dictionary {
    /// The code of a text, a new one if it was never seen.
    pub(crate) fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.find(text) {
            return code;
        }
        let hash = hash_of(text);
        let code = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.codes
            .insert_unique(spread(hash), (hash, code), |&(hash, _)| spread(hash));
        code
    }

    /// The code of a text that was seen.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let hash = hash_of(text);
        let is_text = |&(known, code): &(u32, u32)| {
            known == hash
                && self
                    .texts
                    .get(code as usize)
                    .is_some_and(|known| known == text)
        };
        let found = self.codes.find(spread(hash), is_text);
        found.map(|&(_, code)| code)
    }

    /// The distinct texts by code.
    pub(crate) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// As [`Dictionary::texts`], for good.
    pub(crate) fn into_texts(self) -> Vec<String> {
        self.texts
    }
}

/// The seed is fixed: the order of codes does not depend on it, only the places within the hash table do.
fn hash_of(text: &str) -> u32 {
    (FixedState::with_seed(0).hash_one(text.as_bytes()) >> 32) as u32
}

/// The hash table takes its place from the low bits and a tag from the high ones.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_follow_first_appearance() {
        let mut dictionary = Dictionary::default();
        let texts: Vec<String> = (0..5000).map(|number| format!("text {number}")).collect();
        for _ in 0..2 {
            let codes = texts.iter().map(|text| dictionary.code(text));
            assert!(codes.eq(0..5000));
        }
        assert_eq!(dictionary.into_texts(), texts);
    }
}

//! Texts: one that came before by its number, another letter by letter.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::models::Place;
use super::{Coder, Fault};

/// What is learnt of letters is learnt of all texts.
const LETTERS: Place = Place::START.at(3);
/// Which texts come again is, too.
const AGAIN: Place = Place::START.at(4);

/// The texts that came before, and those that every report may name.
#[derive(Debug)]
pub struct Texts {
    known: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

impl Texts {
    pub fn new() -> Self {
        let mut texts = Self {
            known: Vec::new(),
            numbers: BTreeMap::new(),
        };
        for text in super::super::words::WORDS {
            texts.keep(text);
        }
        texts
    }

    fn keep(&mut self, text: &str) {
        self.numbers.insert(text.to_owned(), self.known.len());
        self.known.push(text.to_owned());
    }
}

impl<B: Bits> Coder<B> {
    /// A text. Where bits are read, what is given does not matter.
    pub fn text(&mut self, place: Place, text: &str) -> Result<String, Fault> {
        let number = self.texts.numbers.get(text).copied();
        let places = [place.at(20), AGAIN];
        let is_known = self.models.bit(&mut self.bits, &places, number.is_some());
        if is_known {
            let number = self.whole(place.at(21), number.unwrap_or(0) as i64)?;
            let known = usize::try_from(number).ok();
            let known = known.and_then(|number| self.texts.known.get(number));
            return known.cloned().ok_or(Fault::Text);
        }
        let length = self.whole(LETTERS, text.len() as i64)?;
        let length = u64::try_from(length).map_err(|_| Fault::Text)?;
        // Before any room is made for them.
        self.count(length)?;
        let mut bytes = Vec::new();
        let mut given = text.bytes();
        let (mut last, mut before) = (0, 0);
        for _ in 0..length {
            let order = |depth: u32| LETTERS.at(256 + depth);
            let places = [
                order(2).at(u32::from(before)).at(u32::from(last)),
                order(1).at(u32::from(last)),
                order(0),
            ];
            let letter = u32::from(given.next().unwrap_or(0));
            let letter = self.models.symbol(&mut self.bits, &places, 8, letter) as u8;
            bytes.push(letter);
            (before, last) = (last, letter);
        }
        let text = String::from_utf8(bytes).map_err(|_| Fault::Text)?;
        self.texts.keep(&text);
        Ok(text)
    }
}

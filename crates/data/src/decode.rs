//! Bytes of any usual encoding to UTF-8, a chunk at a time.
//!
//! UTF-16 is told by its byte order mark or by the zeros of its ASCII characters. Everything else is taken for UTF-8 up
//! to the first bytes that are none, and from there for Windows-1252, of which Latin-1 is a part: as long as all before
//! was ASCII, the whole is Windows-1252. Where characters beyond ASCII came before, the text mixes encodings, and there
//! is no telling what the rest means.

/// What decoding yields, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// More text; never empty, and whole characters.
    Text(&'a str),
    /// From here on the bytes are read as Windows-1252.
    Windows1252,
    /// Bytes that are not UTF-8 after characters that were. Nothing follows.
    Mixed,
    /// A character that is none stands here as �.
    Damaged,
}

/// Turns bytes into [`Piece`]s, however they are cut.
#[derive(Debug)]
pub(crate) struct Decoder {
    encoding: Encoding,
    /// Bytes of a character or surrogate pair that is not complete.
    carry: Vec<u8>,
    /// Whether a character beyond ASCII was read as UTF-8.
    beyond_ascii: bool,
}

#[derive(Debug, Clone, Copy)]
enum Encoding {
    Utf8,
    Windows1252,
    Utf16(fn([u8; 2]) -> u16),
    Mixed,
}

impl Decoder {
    /// A decoder for the bytes that begin like this, and how many of them are a byte order mark.
    pub(crate) fn new(head: &[u8]) -> (Self, usize) {
        let (encoding, mark) = match head {
            [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
            [0xff, 0xfe, ..] => (Encoding::Utf16(u16::from_le_bytes), 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16(u16::from_be_bytes), 2),
            _ => (unmarked(head), 0),
        };
        let decoder = Self {
            encoding,
            carry: Vec::new(),
            beyond_ascii: false,
        };
        (decoder, mark)
    }

    /// Whether zeros are part of the text's characters.
    pub(crate) fn is_utf16(&self) -> bool {
        matches!(self.encoding, Encoding::Utf16(_))
    }

    /// Decodes the next bytes.
    pub(crate) fn decode<E>(
        &mut self,
        chunk: &[u8],
        sink: &mut impl FnMut(Piece<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        match self.encoding {
            Encoding::Utf8 => self.decode_utf8(chunk, sink),
            Encoding::Windows1252 => emit(&windows_1252(chunk), sink),
            Encoding::Utf16(unit) => self.decode_utf16(chunk, unit, sink),
            Encoding::Mixed => Ok(()),
        }
    }

    /// Decodes what is left when no more bytes come.
    pub(crate) fn finish<E>(
        &mut self,
        sink: &mut impl FnMut(Piece<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.carry.is_empty() {
            return Ok(());
        }
        match self.encoding {
            Encoding::Utf8 => self.leave_utf8(&[], sink),
            _ => {
                sink(Piece::Damaged)?;
                sink(Piece::Text("\u{fffd}"))
            }
        }
    }

    fn decode_utf8<E>(
        &mut self,
        mut chunk: &[u8],
        sink: &mut impl FnMut(Piece<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        while !self.carry.is_empty() {
            let Some((&byte, rest)) = chunk.split_first() else {
                return Ok(());
            };
            self.carry.push(byte);
            match str::from_utf8(&self.carry) {
                Ok(character) => {
                    sink(Piece::Text(character))?;
                    self.beyond_ascii = true;
                    self.carry.clear();
                }
                Err(error) if error.error_len().is_none() => {}
                Err(_) => {
                    self.carry.pop();
                    return self.leave_utf8(chunk, sink);
                }
            }
            chunk = rest;
        }
        let (text, rest, is_cut) = match str::from_utf8(chunk) {
            Ok(text) => (text, &[][..], true),
            Err(error) => {
                let (valid, rest) = chunk.split_at(error.valid_up_to());
                let text = str::from_utf8(valid).unwrap_or_default();
                (text, rest, error.error_len().is_none())
            }
        };
        self.beyond_ascii = self.beyond_ascii || !text.is_ascii();
        emit(text, sink)?;
        if is_cut {
            self.carry.extend_from_slice(rest);
            Ok(())
        } else {
            self.leave_utf8(rest, sink)
        }
    }

    /// What was carried, and the rest, are not UTF-8.
    fn leave_utf8<E>(
        &mut self,
        rest: &[u8],
        sink: &mut impl FnMut(Piece<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.beyond_ascii {
            self.encoding = Encoding::Mixed;
            self.carry.clear();
            return sink(Piece::Mixed);
        }
        self.encoding = Encoding::Windows1252;
        sink(Piece::Windows1252)?;
        let carry = std::mem::take(&mut self.carry);
        emit(&windows_1252(&carry), sink)?;
        emit(&windows_1252(rest), sink)
    }

    fn decode_utf16<E>(
        &mut self,
        chunk: &[u8],
        unit: fn([u8; 2]) -> u16,
        sink: &mut impl FnMut(Piece<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut bytes = std::mem::take(&mut self.carry);
        bytes.extend_from_slice(chunk);
        let (pairs, _) = bytes.as_chunks::<2>();
        let mut units: Vec<u16> = pairs.iter().map(|&pair| unit(pair)).collect();
        // The first half of a surrogate pair waits for the second one.
        if units
            .last()
            .is_some_and(|unit| (0xd800..0xdc00).contains(unit))
        {
            units.pop();
        }
        self.carry
            .extend_from_slice(bytes.get(units.len() * 2..).unwrap_or_default());
        let mut text = String::with_capacity(units.len());
        for character in char::decode_utf16(units) {
            match character {
                Ok(character) => text.push(character),
                Err(_) => {
                    emit(&text, sink)?;
                    text.clear();
                    sink(Piece::Damaged)?;
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
        emit(&text, sink)
    }
}

fn emit<E>(text: &str, sink: &mut impl FnMut(Piece<'_>) -> Result<(), E>) -> Result<(), E> {
    if text.is_empty() {
        Ok(())
    } else {
        sink(Piece::Text(text))
    }
}

/// UTF-16 without a mark has a zero in most pairs, always on the same side.
fn unmarked(head: &[u8]) -> Encoding {
    let (pairs, _) = head.as_chunks::<2>();
    let zeros = |side: usize| {
        pairs
            .iter()
            .filter(|pair| pair.get(side) == Some(&0))
            .count()
    };
    let (left, right) = (zeros(0), zeros(1));
    let most = |zeros: usize| pairs.len() >= 4 && zeros * 10 >= pairs.len() * 7;
    if left == 0 && most(right) {
        Encoding::Utf16(u16::from_le_bytes)
    } else if right == 0 && most(left) {
        Encoding::Utf16(u16::from_be_bytes)
    } else {
        Encoding::Utf8
    }
}

/// The characters of 0x80 to 0x9f; those of the other bytes are Latin-1. Unassigned ones are as browsers read them.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(bytes: &[u8]) -> String {
    let character = |&byte: &u8| {
        let high = usize::from(byte).checked_sub(0x80);
        let special = high.and_then(|position| WINDOWS_1252.get(position));
        special.copied().unwrap_or(char::from(byte))
    };
    bytes.iter().map(character).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text, with marks for what is no text.
    fn decoded(bytes: &[u8], size: usize) -> String {
        let (mut decoder, mark) = Decoder::new(&bytes[..bytes.len().min(1024)]);
        let mut text = String::new();
        let mut sink = |piece: Piece<'_>| {
            match piece {
                Piece::Text(piece) => text += piece,
                Piece::Windows1252 => text += "<1252>",
                Piece::Mixed => text += "<mixed>",
                Piece::Damaged => text += "<damaged>",
            }
            Ok::<(), ()>(())
        };
        for chunk in bytes[mark..].chunks(size) {
            decoder.decode(chunk, &mut sink).unwrap();
        }
        decoder.finish(&mut sink).unwrap();
        text
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn encodings() {
        let little = [b"\xff\xfe".to_vec(), utf16("a,ž😀\n", u16::to_le_bytes)].concat();
        let big = [b"\xfe\xff".to_vec(), utf16("a,ž😀\n", u16::to_be_bytes)].concat();
        for (bytes, expected) in [
            (&b""[..], ""),
            (b"a,b", "a,b"),
            (b"\xef\xbb\xbfa,b", "a,b"),
            ("ž😀€".as_bytes(), "ž😀€"),
            (&little, "a,ž😀\n"),
            (&big, "a,ž😀\n"),
            (&utf16("a,b\n1,2\n", u16::to_le_bytes), "a,b\n1,2\n"),
            (&utf16("a,é€ž b\n1,2\n", u16::to_be_bytes), "a,é€ž b\n1,2\n"),
            (
                b"\xff\xfea\0\0\xd8b\0c",
                "a<damaged>\u{fffd}b<damaged>\u{fffd}",
            ),
            (b"caf\xe9, 5 \x80\x81\n", "caf<1252>é, 5 €\u{81}\n"),
            (b"cut \xc3", "cut <1252>Ã"),
            (b"x\xe2\x82y", "x<1252>â‚y"),
            (b"\xc3\xa9 \xe9 x", "é <mixed>"),
            (b"\xc3\xa9 \xe2\x82", "é <mixed>"),
        ] {
            for size in [1, 2, 3, 5, 100] {
                assert_eq!(decoded(bytes, size), expected, "{bytes:?} by {size}");
            }
        }
    }

    proptest! {
        #[test]
        fn utf_8_stays_what_it_is(text: String, size in 1_usize..9) {
            let zeros = text.contains('\0') || text.starts_with('\u{feff}');
            prop_assume!(!zeros);
            prop_assert_eq!(decoded(text.as_bytes(), size), text);
        }

        #[test]
        fn any_chunks_equal_one(bytes: Vec<u8>, size in 1_usize..9) {
            prop_assert_eq!(decoded(&bytes, size), decoded(&bytes, 1 << 20));
        }
    }
}

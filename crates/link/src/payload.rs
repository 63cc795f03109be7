//! A report as a text, and back.
//!
//! The text is bytes in base64url: `G`, the version of the format, how many bytes follow, their checksum, and then how many values the
//! document has and the document itself.

use crate::base64url;
use crate::check;
use crate::checksum::crc32;
use crate::coder::{BitReader, BitWriter, Coder, Fault, MOST_VALUES, Reader, Writer};
use crate::error::{EncodeError, LinkError};
use crate::report::{SharedReport, Travelling};
use crate::spelled::letters_of;

/// The version of the format. Any change of the shape of a profile or policy, of the coder or of its words is another one; a stored text
/// is a test that notices.
pub const FORMAT: u8 = 2;
/// What every report begins with.
const MAGIC: u8 = b'G';
/// The longest text that is looked at.
pub const MOST_CHARACTERS: usize = 8_000_000;

/// The report as a text for a link or a file.
///
/// # Errors
/// Where it is larger than any report should be.
pub fn encode(report: &SharedReport) -> Result<String, EncodeError> {
    let fault = |fault| match fault {
        Fault::TooMany => EncodeError::TooLarge,
        other => EncodeError::Value(other.to_string()),
    };
    let mut coder = Coder::new(BitWriter::new(), MOST_VALUES);
    let travelling = Travelling::of(report);
    serde::Serialize::serialize(&travelling, Writer::new(&mut coder)).map_err(fault)?;
    let (bits, values) = coder.into_bits();
    Ok(wrap(values, &bits.finish()))
}

/// Puts a document of so many values into a text.
pub(crate) fn wrap(values: u64, document: &[u8]) -> String {
    let mut body = Vec::with_capacity(document.len() + 4);
    push_number(&mut body, values);
    body.extend_from_slice(document);
    let mut bytes = vec![MAGIC, FORMAT];
    push_number(&mut bytes, body.len() as u64);
    let checksum = crc32([&bytes[..], &body]);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes.extend_from_slice(&body);
    base64url::encode(&bytes)
}

/// The report that a text holds. What surrounds it on its way through mail and chats is overlooked; everything else that is not as
/// it was written is an error.
///
/// # Errors
/// What is wrong with it.
pub fn decode(text: &str) -> Result<SharedReport, LinkError> {
    let letters = letters_of(text, MOST_CHARACTERS)?;
    let Envelope { values, document } = unwrap(&letters)?;
    let mut coder = Coder::new(BitReader::new(&document), values);
    let fault = |fault: Fault| LinkError::damaged(fault);
    let travelling: Travelling =
        serde::Deserialize::deserialize(Reader::new(&mut coder)).map_err(fault)?;
    let (bits, read) = coder.into_bits();
    if read != values || !bits.is_at_end() {
        return Err(LinkError::damaged("it does not end where it should"));
    }
    let report = travelling.into_report();
    check::whole(&report)?;
    Ok(report)
}

/// What a text says of itself, and the document in it.
struct Envelope {
    values: u64,
    document: Vec<u8>,
}

fn unwrap(letters: &[u8]) -> Result<Envelope, LinkError> {
    let foreign = || LinkError::Foreign {
        found: letters
            .iter()
            .take(12)
            .map(|&letter| char::from(letter))
            .collect(),
    };
    // The last letters of a text that was cut may be half a byte.
    let whole = letters.len() - usize::from(letters.len() % 4 == 1);
    let bytes = base64url::decode(letters)
        .or_else(|| base64url::decode(letters.get(..whole / 4 * 4)?))
        .ok_or_else(foreign)?;
    let mut rest = bytes.as_slice();
    match take(&mut rest, 1) {
        Some([MAGIC]) => {}
        _ => return Err(foreign()),
    }
    let cut_short = |whole: u64| LinkError::CutShort {
        arrived: letters.len() as u64,
        whole,
    };
    let cut_at_once = || LinkError::CutAtOnce {
        arrived: letters.len() as u64,
    };
    match take(&mut rest, 1) {
        Some(&[FORMAT]) => {}
        Some(&[found]) if found > FORMAT => {
            return Err(LinkError::Newer {
                found,
                known: FORMAT,
            });
        }
        Some(&[found]) => {
            return Err(LinkError::Older {
                found,
                known: FORMAT,
            });
        }
        _ => return Err(cut_at_once()),
    }
    let begins = rest.len();
    let length = take_number(&mut rest).ok_or_else(|| match begins {
        // No length takes so many bytes.
        9.. => LinkError::damaged("its length is none"),
        _ => cut_at_once(),
    })?;
    if length > MOST_CHARACTERS as u64 {
        return Err(LinkError::TooLarge {
            what: format!("{length} bytes"),
        });
    }
    let head = bytes.len() - rest.len();
    let expected = ((head as u64 + 4 + length) * 4).div_ceil(3);
    if (letters.len() as u64) < expected {
        return Err(cut_short(expected));
    }
    let Some(checksum) = take(&mut rest, 4) else {
        return Err(cut_short(expected));
    };
    if rest.len() as u64 != length {
        return Err(LinkError::damaged("something stands behind its end"));
    }
    let head = bytes.get(..head).unwrap_or_default();
    if crc32([head, rest]).to_le_bytes() != *checksum {
        return Err(LinkError::damaged("its checksum is another"));
    }
    let values = take_number(&mut rest).ok_or(LinkError::damaged("it has no content"))?;
    if values > MOST_VALUES {
        return Err(LinkError::TooLarge {
            what: format!("{values} values"),
        });
    }
    Ok(Envelope {
        values,
        document: rest.to_vec(),
    })
}

fn take<'b>(rest: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (taken, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    Some(taken)
}

/// Seven bits a byte, the lowest first; all but the last have their highest bit set.
fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        bytes.push(number as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// A number of at most 63 bits.
fn take_number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let &[byte] = take(rest, 1)? else {
            return None;
        };
        number |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

//! What mail programs and chats do to a long text, undone.

use crate::base64url;
use crate::error::LinkError;

/// What may stand around a link without being part of it.
const AROUND: &[char] = &[
    '<', '>', '(', ')', '[', ']', '"', '\'', '.', ',', ';', ':', '!', '*', '=', '…',
];

/// The letters of a payload: without the white space and line breaks that were put between them, with `%2D` read as `-`, and without
/// the brackets, quotes and full stops around it.
pub fn letters_of(text: &str, most: usize) -> Result<Vec<u8>, LinkError> {
    // Each letter may be spelled by three signs.
    if text.len() > most.saturating_mul(3) {
        return Err(LinkError::TooLarge {
            what: format!("{} characters", text.len()),
        });
    }
    let spelled = percent_decoded(text);
    let spelled = spelled.trim_matches(|sign: char| sign.is_whitespace() || AROUND.contains(&sign));
    let mut letters = Vec::with_capacity(spelled.len());
    for sign in spelled.chars() {
        match u8::try_from(sign) {
            Ok(letter) if base64url::value(letter).is_some() => letters.push(letter),
            _ if sign.is_whitespace() || is_invisible(sign) => {}
            _ => {
                return Err(LinkError::Foreign {
                    found: sign.to_string(),
                });
            }
        }
    }
    match (letters.is_empty(), letters.len() > most) {
        (true, _) => Err(LinkError::Empty),
        (_, true) => Err(LinkError::TooLarge {
            what: format!("{} characters", letters.len()),
        }),
        _ => Ok(letters),
    }
}

/// Marks that programs put where a line may break.
fn is_invisible(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// `%2D` as `-`; what is no such spelling stays.
fn percent_decoded(text: &str) -> String {
    let mut decoded: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('%') {
        decoded.extend_from_slice(before.as_bytes());
        let code = behind
            .get(..2)
            .filter(|code| code.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                decoded.push(b'%');
                rest = behind;
            }
        }
    }
    decoded.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&decoded).into_owned()
}

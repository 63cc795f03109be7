//! Payloads that are written well and hold something else than what was written.
#![allow(dead_code, reason = "each test uses some of it")]

use greenlight_link::{SharedReport, encode};
use greenlight_readiness::Profile;
use serde_json::Value;

use super::files::drawn;

/// Draws numbers one after the other.
pub struct Draw(pub u64);

impl Draw {
    pub fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9);
        (drawn(self.0) % below.max(1) as u64) as usize
    }
}

/// The report with something in its statistics altered: numbers, lists, texts, choices. `None` where the types themselves forbid it.
pub fn altered(report: &SharedReport, json: &Value, draw: &mut Draw) -> Option<SharedReport> {
    let mut json = json.clone();
    for _ in 0..1 + draw.next(4) {
        alter_somewhere(&mut json, draw);
    }
    let profile: Profile = serde_json::from_value(json).ok()?;
    Some(SharedReport {
        profile,
        ..report.clone()
    })
}

/// Goes down at random, and alters what is there.
fn alter_somewhere(value: &mut Value, draw: &mut Draw) {
    let stops_here = draw.next(14) == 0;
    match value {
        Value::Array(items) if !items.is_empty() && !stops_here => {
            let at = draw.next(items.len());
            alter_somewhere(&mut items[at], draw);
        }
        Value::Object(fields) if !fields.is_empty() && !stops_here => {
            let at = draw.next(fields.len());
            if let Some(field) = fields.values_mut().nth(at) {
                alter_somewhere(field, draw);
            }
        }
        Value::Array(items) => {
            let at = draw.next(items.len());
            match (draw.next(4), items.is_empty()) {
                (_, true) => {}
                (0, _) => items.clear(),
                (1, _) => _ = items.remove(at),
                (2, _) => items.push(items[at].clone()),
                _ => items.reverse(),
            }
        }
        Value::Object(_) | Value::Null => *value = Value::Null,
        Value::Bool(flag) => *flag = !*flag,
        Value::String(text) => {
            let other = ["", "0", "label", "\u{1}9", "a\u{0}b", "production"];
            *text = other[draw.next(other.len())].to_owned();
        }
        Value::Number(number) => {
            let now = number.as_f64().unwrap_or(0.0);
            let whole = [0, 1, 2, 3, 1 << 31, 1 << 53, u64::MAX >> 1];
            let real = [0.0, -1.0, 1e-300, 1e300, 0.5, now * 1.01, -now, now + 1.0];
            *value = match number.is_f64() {
                true => real[draw.next(real.len())].into(),
                false if draw.next(3) == 0 => (now as i64 - 1).into(),
                false => whole[draw.next(whole.len())].into(),
            };
        }
    }
}

/// The text with some of the bytes behind its head altered, and its checksum made to fit again.
pub fn rewritten(text: &str, draw: &mut Draw) -> String {
    let mut bytes = letters_to_bytes(text);
    let (length, head) = number(&bytes[2..]);
    let body = 2 + head + 4;
    let end = bytes.len().min(body + length as usize);
    for _ in 0..1 + draw.next(3) {
        let at = body + draw.next(end - body);
        bytes[at] = draw.next(256) as u8;
    }
    let mut covered = bytes[..2 + head].to_vec();
    covered.extend_from_slice(&bytes[body..]);
    bytes[2 + head..body].copy_from_slice(&crc32(&covered).to_le_bytes());
    bytes_to_letters(&bytes)
}

/// A text around a body of one's own, with a head and checksum that fit.
pub fn wrapped(body: &[u8]) -> String {
    let mut bytes = vec![b'G', greenlight_link::FORMAT];
    push_number(&mut bytes, body.len() as u64);
    let mut covered = bytes.clone();
    covered.extend_from_slice(body);
    bytes.extend_from_slice(&crc32(&covered).to_le_bytes());
    bytes.extend_from_slice(body);
    bytes_to_letters(&bytes)
}

pub fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        bytes.push(number as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn number(bytes: &[u8]) -> (u64, usize) {
    let mut number = 0;
    for (at, byte) in bytes.iter().enumerate() {
        number |= u64::from(byte & 127) << (7 * at);
        if *byte < 128 {
            return (number, at + 1);
        }
    }
    (number, bytes.len())
}

/// The body of a text: its values and its document.
pub fn body(text: &str) -> Vec<u8> {
    let bytes = letters_to_bytes(text);
    let (_, head) = number(&bytes[2..]);
    bytes[2 + head + 4..].to_vec()
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            };
        }
    }
    !crc
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub fn letters_to_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter).unwrap();
        bits = (bits << 6 | value as u32) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

pub fn bytes_to_letters(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in bytes {
        bits = (bits << 8 | u32::from(*byte)) & 0xffff;
        held += 8;
        while held >= 6 {
            held -= 6;
            text.push(char::from(LETTERS[(bits >> held & 63) as usize]));
        }
    }
    if held > 0 {
        text.push(char::from(LETTERS[(bits << (6 - held) & 63) as usize]));
    }
    text
}

/// A report as it is written, for tests that only need some text.
pub fn text(report: &SharedReport) -> String {
    encode(report).unwrap()
}

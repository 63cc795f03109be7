//! Whether bytes are a table of text at all, told from the first of them.

use crate::error::DataError;
use crate::text::excerpt_of_bytes;

/// The bytes without a byte order mark, or why they cannot be CSV.
pub(crate) fn check(sample: &[u8]) -> Result<&[u8], DataError> {
    if is_utf16(sample) {
        return Err(DataError::Utf16);
    }
    if let Some(kind) = binary_kind(sample) {
        return Err(DataError::Binary { kind });
    }
    let text = sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(sample);
    let start = text.trim_ascii_start();
    let kind = match start.first() {
        Some(b'<') => "an HTML or XML page",
        Some(b'{' | b'[') => "JSON",
        _ => return Ok(text),
    };
    Err(DataError::NotATable {
        kind,
        text: excerpt_of_bytes(start.get(..30).unwrap_or(start)),
    })
}

/// So many bytes of a text file hold no NUL.
const HEAD: usize = 1 << 10;

/// Formats by their first bytes.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "an Excel workbook or zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"Obj\x01", "an Avro file"),
    (b"ORC", "an ORC file"),
    (b"\x89HDF", "an HDF5 file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"\x80\x02", "a Python pickle"),
    (b"\x80\x03", "a Python pickle"),
    (b"\x80\x04", "a Python pickle"),
    (b"\x80\x05", "a Python pickle"),
];

/// What kind of binary file this is, if it is one. A text may start like one; it does not hold control bytes.
fn binary_kind(sample: &[u8]) -> Option<&'static str> {
    let head = sample.get(..HEAD).unwrap_or(sample);
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 14..=31);
    let known = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    match known {
        Some((magic, kind)) if !magic.is_ascii() || head.iter().any(is_control) => Some(kind),
        _ => head.contains(&0).then_some("it holds NUL bytes"),
    }
}

/// Whether this is UTF-16, with a byte order mark or told by the zeros of its ASCII characters.
fn is_utf16(sample: &[u8]) -> bool {
    if sample.starts_with(b"\xff\xfe") || sample.starts_with(b"\xfe\xff") {
        return true;
    }
    let pairs: Vec<&[u8]> = sample
        .get(..HEAD)
        .unwrap_or(sample)
        .chunks_exact(2)
        .collect();
    let is_little = |pair: &&[u8]| matches!(pair, [1..=255, 0]);
    let is_big = |pair: &&[u8]| matches!(pair, [0, 1..=255]);
    pairs.len() >= 4 && (pairs.iter().all(is_little) || pairs.iter().all(is_big))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognises_what_is_no_table() {
        for (bytes, part) in [
            (&b"\x89PNG\r\n\x1a\n\0\0"[..], "a PNG image"),
            (b"PK\x03\x04\x14\0", "an Excel workbook"),
            (b"PAR1\x15\x04\x15", "a Parquet file"),
            (b"a,b\n1,\0\n", "it holds NUL bytes"),
            (b"\xff\xfea\0,\0", "UTF-16"),
            (b"a\0,\0b\0\n\0", "UTF-16"),
            (
                b"\n <!DOCTYPE html><html>",
                "starts with \"<!DOCTYPE html><html>\"",
            ),
            (b"\xef\xbb\xbf{\"a\": 1}", "looks like JSON"),
            (b"[1, 2]", "looks like JSON"),
        ] {
            let message = check(bytes).unwrap_err().to_string();
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn lets_text_pass() {
        for text in ["a,b", "ORC,PAR1\n1,2", "GIF8\n1", "é;ř", "\"<b>\",c"] {
            assert_eq!(check(text.as_bytes()), Ok(text.as_bytes()), "{text}");
        }
        assert_eq!(check(b"\xef\xbb\xbfa,b"), Ok(&b"a,b"[..]));
    }
}

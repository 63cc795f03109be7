//! What bytes are, told from the first of them: a binary file, or a text and of which format.

use crate::error::DataError;
use crate::text::excerpt;

/// So many bytes tell binary files from texts.
pub(crate) const HEAD: usize = 1 << 10;

/// A format of text that can be a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextFormat {
    /// Of any delimiter.
    Csv,
    /// An array or object, or JSON Lines.
    Json,
}

impl TextFormat {
    /// The format that a file's name promises.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "tab" | "psv" | "txt" => Some(Self::Csv),
            "json" | "jsonl" | "ndjson" => Some(Self::Json),
            _ => None,
        }
    }

    /// The format of a text that starts like this; a promise counts where the text leaves it open.
    pub(crate) fn of(text: &str, promised: Option<Self>) -> Result<Self, DataError> {
        let text = text.trim_start();
        let first = text.chars().next();
        let second = text
            .get(1..)
            .unwrap_or_default()
            .trim_start()
            .chars()
            .next();
        let may_be_value = |c: char| c.is_ascii_digit() || "\"-]tfnN".contains(c);
        let is_json = match (first, second) {
            (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | '[')) => true,
            (Some('['), Some(c)) if !may_be_value(c) => promised == Some(Self::Json),
            (Some('{' | '['), _) => promised != Some(Self::Csv),
            _ => false,
        };
        if is_json {
            return Ok(Self::Json);
        }
        let is_page = first == Some('<')
            && second.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '!' | '?'));
        if is_page && (promised != Some(Self::Csv) || is_markup(text)) {
            return Err(DataError::NotATable {
                kind: "an HTML or XML page",
                text: excerpt(&text.chars().take(30).collect::<String>()),
            });
        }
        if promised == Some(Self::Json) && matches!(first, Some('"' | '}' | ']')) {
            return Ok(Self::Json);
        }
        Ok(Self::Csv)
    }
}

/// Whether this is a page beyond doubt.
fn is_markup(text: &str) -> bool {
    let start: String = text
        .chars()
        .take(15)
        .collect::<String>()
        .to_ascii_lowercase();
    ["<!doctype", "<html", "<?xml", "<head", "<!--"]
        .iter()
        .any(|mark| start.starts_with(mark))
}

const AS_CSV: &str = "export the data as CSV or JSON and load that";
const UNPACK: &str = "unpack it and load the file that is inside";

/// Formats by their first bytes, and what to do about them.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG", "a PNG image", AS_CSV),
    (b"\xff\xd8\xff", "a JPEG image", AS_CSV),
    (b"GIF8", "a GIF image", AS_CSV),
    (b"%PDF-", "a PDF document", AS_CSV),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel or Word file",
        "open it in Excel, save it as CSV (\"CSV UTF-8\") and load that",
    ),
    (b"\x1f\x8b", "a gzip archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", UNPACK),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ", "an xz archive", UNPACK),
    (b"7z\xbc\xaf", "a 7-Zip archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (
        b"PAR1",
        "a Parquet file",
        "save it as CSV, in pandas with read_parquet(…).to_csv(…), and load that",
    ),
    (
        b"ARROW1",
        "an Arrow file",
        "save it as CSV, in pandas with read_feather(…).to_csv(…), and load that",
    ),
    (
        b"FEA1",
        "a Feather file",
        "save it as CSV, in pandas with read_feather(…).to_csv(…), and load that",
    ),
    (b"Obj\x01", "an Avro file", AS_CSV),
    (b"ORC", "an ORC file", AS_CSV),
    (b"\x89HDF", "an HDF5 file", AS_CSV),
    (b"SQLite format 3", "an SQLite database", AS_CSV),
    (
        b"\x93NUMPY",
        "a NumPy array",
        "save it as CSV, with numpy.savetxt(…, delimiter=\",\"), and load that",
    ),
    (b"\x80\x02", "a Python pickle", AS_CSV),
    (b"\x80\x03", "a Python pickle", AS_CSV),
    (b"\x80\x04", "a Python pickle", AS_CSV),
    (b"\x80\x05", "a Python pickle", AS_CSV),
];

/// Why the bytes that begin like this are no text, if they are none. A text may start like a binary file; it does not
/// hold control bytes.
pub(crate) fn binary(head: &[u8]) -> Option<DataError> {
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    let has_controls = head.iter().any(is_control);
    if head.starts_with(b"PK\x03\x04") {
        let (kind, advice) = zip(head);
        return Some(DataError::Binary { kind, advice });
    }
    let is_it = |(magic, _, _): &&(&[u8], &str, &str)| {
        head.starts_with(magic) && (has_controls || !magic.is_ascii() || *magic == b"%PDF-")
    };
    if let Some(&(_, kind, advice)) = MAGIC.iter().find(is_it) {
        return Some(DataError::Binary { kind, advice });
    }
    head.contains(&0).then_some(DataError::Binary {
        kind: "it holds NUL bytes",
        advice: AS_CSV,
    })
}

/// What a zip archive is, by the names of its first files.
fn zip(head: &[u8]) -> (&'static str, &'static str) {
    let has = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    if has(b"xl/") || has(b"[Content_Types].xml") {
        let advice = "open it in Excel, save the sheet as CSV (\"CSV UTF-8\") and load that";
        ("an Excel workbook", advice)
    } else if has(b"opendocument.spreadsheet") {
        (
            "an OpenDocument spreadsheet",
            "open it, save the sheet as CSV and load that",
        )
    } else if has(b".npy") {
        (
            "a NumPy archive",
            "save the arrays as the columns of a CSV and load that",
        )
    } else {
        ("a zip archive", UNPACK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_a_binary_file_is() {
        for (bytes, part) in [
            (&b"\x89PNG\r\n\x1a\n\0\0"[..], "a PNG image"),
            (
                b"PK\x03\x04\x14\0\0\0[Content_Types].xml",
                "an Excel workbook), not like a table; open it in Excel, save",
            ),
            (
                b"PK\x03\x04\x14\0\0\0predictions.csv",
                "a zip archive), not like a table; unpack it",
            ),
            (b"\x1f\x8b\x08\0", "a gzip archive"),
            (b"PAR1\x15\x04\x15", "a Parquet file"),
            (b"%PDF-1.4\n1 2 3\n", "a PDF document"),
            (b"a,b\n1,\0\n", "it holds NUL bytes"),
        ] {
            let message = binary(bytes).unwrap().to_string();
            assert!(message.contains(part), "{message}");
        }
        for text in [
            "a,b",
            "ORC,PAR1\n1,2",
            "GIF8\n1",
            "é;ř",
            "\"<b>\",c",
            "BZh,a",
        ] {
            assert_eq!(binary(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn tells_the_format() {
        use TextFormat::{Csv, Json};
        for (text, promised, format) in [
            ("a,b\n", None, Some(Csv)),
            (" {\"a\": 1}", None, Some(Json)),
            ("\n[ {\"a\": 1}]", Some("x.csv"), Some(Json)),
            ("[id],[name]\n1,2", None, Some(Csv)),
            ("[id],[name]\n1,2", Some("a.json"), Some(Json)),
            ("[1], 2", None, Some(Json)),
            ("[1], 2", Some("a.csv"), Some(Csv)),
            ("[id],[name]\n1,2", Some("Export.CSV"), Some(Csv)),
            ("{id};{name}", Some("a.txt"), Some(Csv)),
            ("<!DOCTYPE html>", None, None),
            ("\n<html>", Some("x.csv"), None),
            ("<x>,y\n1,2", Some("x.tsv"), Some(Csv)),
            ("<NA>,1", None, None),
            ("< 5,1", None, Some(Csv)),
            ("", Some("x.json"), Some(Csv)),
        ] {
            let promised = promised.and_then(TextFormat::of_name);
            assert_eq!(TextFormat::of(text, promised).ok(), format, "{text}");
        }
    }
}

//! What the text of a cell can be before it is anything else: padded, missing, or too long to quote.

/// Whether a trimmed cell holds no value: it is empty, or one of `NA`, `N/A`, `n/a`, `#N/A`, `<NA>`, `NaN`, `nan`,
/// `-nan`, `NULL`, `Null`, `null`, `None`.
///
/// These are the spellings that pandas, R, SQL exports and JSON leave behind; others are values.
///
/// ```
/// # use greenlight_data::is_missing;
/// assert!(is_missing("") && is_missing("NaN") && is_missing("None"));
/// assert!(!is_missing("none") && !is_missing("0"));
/// ```
pub fn is_missing(text: &str) -> bool {
    matches!(
        text,
        "" | "NA"
            | "N/A"
            | "n/a"
            | "#N/A"
            | "<NA>"
            | "NaN"
            | "nan"
            | "-nan"
            | "NULL"
            | "Null"
            | "null"
            | "None"
    )
}

/// Whether a trimmed cell stands for "no value" in a column of numbers, although it could well be a class elsewhere:
/// `none`, `-`, `--`, `?`.
///
/// ```
/// # use greenlight_data::is_missing_among_numbers;
/// assert!(is_missing_among_numbers("-") && !is_missing_among_numbers("minor"));
/// ```
pub fn is_missing_among_numbers(text: &str) -> bool {
    DOUBTFUL.contains(&text)
}

/// The texts of [`is_missing_among_numbers`].
pub(crate) const DOUBTFUL: [&str; 4] = ["none", "-", "--", "?"];

/// `str::trim`, quick where there is nothing to trim.
pub(crate) fn trim(text: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(|byte| (b'!'..=b'~').contains(byte));
    let bytes = text.as_bytes();
    if is_plain(bytes.first()) && is_plain(bytes.last()) {
        text
    } else {
        text.trim()
    }
}

/// How much of an offending text a message quotes, in characters.
const QUOTED: usize = 80;

/// A text as a message can quote it: on one line, and short.
pub(crate) fn excerpt(text: &str) -> String {
    let mut quoted: String = text
        .chars()
        .take(QUOTED)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(QUOTED).is_some() {
        quoted.push('…');
    }
    quoted
}

/// As [`excerpt`], of bytes that need not be UTF-8.
pub(crate) fn excerpt_of_bytes(bytes: &[u8]) -> String {
    let start = bytes.get(..4 * QUOTED + 4).unwrap_or(bytes);
    excerpt(&String::from_utf8_lossy(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_all_white_space() {
        for (text, trimmed) in [
            ("a", "a"),
            ("", ""),
            (" a b ", "a b"),
            ("\u{a0}x\t", "x"),
            ("é ", "é"),
            ("  ", ""),
        ] {
            assert_eq!(trim(text), trimmed, "{text:?}");
        }
    }

    #[test]
    fn quotes_are_short_and_on_one_line() {
        assert_eq!(excerpt("a\r\nb"), "a  b");
        assert_eq!(excerpt(&"é".repeat(81)), "é".repeat(80) + "…");
        assert_eq!(excerpt_of_bytes(b"caf\xe9"), "caf\u{fffd}");
        assert!(excerpt_of_bytes(&[b'x'; 1000]).ends_with("x…"));
    }
}

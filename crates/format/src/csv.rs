//! Tables as CSV, for the page's downloads and the terminal's alike.
//!
//! Quoted as RFC 4180 says: lines end with CR LF, and a cell with a comma, a quote or a line end stands in quotes.
//!
//! **Safe for spreadsheets.** A cell that a spreadsheet would take for a formula gets an apostrophe in front, which shows
//! it as text: one that begins with `=`, `+`, `-`, `@`, a tab or a line end, unless it is a plain number such as `-1.5e3`.

/// What a CSV file begins with: the byte order mark where it holds other letters than ASCII's, which
/// spreadsheets would read as another encoding without it; else nothing.
#[must_use]
pub fn mark_for(is_ascii: bool) -> &'static str {
    if is_ascii { "" } else { "\u{FEFF}" }
}

/// Appends one record to `text`.
///
/// ```
/// let mut text = String::new();
/// greenlight_format::csv::push_record(&mut text, &["class", "of 10,000", "say \"no\"", "-0.5", "=1+1"]);
/// assert_eq!(text, "class,\"of 10,000\",\"say \"\"no\"\"\",-0.5,'=1+1\r\n");
/// ```
pub fn push_record(text: &mut String, cells: &[&str]) {
    for (position, cell) in cells.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        push_cell(text, cell);
    }
    text.push_str("\r\n");
}

/// Appends one cell to `text`, without what parts it from the next.
pub fn push_cell(text: &mut String, cell: &str) {
    let guard = if is_formula(cell) { "'" } else { "" };
    let quoted = cell.contains(['"', ',', '\r', '\n']);
    if quoted {
        text.push('"');
    }
    text.push_str(guard);
    for (position, part) in cell.split('"').enumerate() {
        if position > 0 {
            text.push_str("\"\"");
        }
        text.push_str(part);
    }
    if quoted {
        text.push('"');
    }
}

/// Whether a spreadsheet may take a cell for a formula.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !is_plain_number(cell)
}

/// Digits with at most one sign, one decimal point and one exponent, and nothing else.
fn is_plain_number(cell: &str) -> bool {
    let number = unsigned(cell);
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = unsigned(exponent);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    [whole, fraction, exponent].into_iter().all(digits)
        && !exponent.is_empty()
        && !(whole.is_empty() && fraction.is_empty())
}

fn unsigned(number: &str) -> &str {
    number.strip_prefix(['+', '-']).unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(content: &str) -> String {
        let mut text = String::new();
        push_cell(&mut text, content);
        text
    }

    #[test]
    fn cells_are_quoted_as_rfc_4180_says() {
        for (content, written) in [
            ("", ""),
            ("plain", "plain"),
            (" padded ", " padded "),
            ("a,b", "\"a,b\""),
            ("\"", "\"\"\"\""),
            ("line\nend", "\"line\nend\""),
            ("\u{202E}漢字 👍🏽", "\u{202E}漢字 👍🏽"),
        ] {
            assert_eq!(cell(content), written);
        }
    }

    #[test]
    fn nothing_is_taken_for_a_formula() {
        for formula in [
            "=1+1",
            "+1+1",
            "-1+1",
            "-",
            "+",
            "-.",
            "-e5",
            "-1e",
            "-inf",
            "--1",
            "-1,5",
            "-1.2.3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "=HYPERLINK(\"http://a\",\"b\")",
            "-2-2|' /C calc'!A0",
        ] {
            let written = cell(formula);
            assert!(
                written.starts_with('\'') || written.starts_with("\"'"),
                "{formula:?} is written {written:?}"
            );
        }
    }

    #[test]
    fn plain_numbers_stay_numbers() {
        for number in [
            "-1",
            "+1",
            "-1.5",
            "-.5",
            "-5.",
            "+1e5",
            "-1.5E-300",
            "0.25",
        ] {
            assert_eq!(cell(number), number);
        }
    }

    #[test]
    fn records_end_with_cr_lf_and_keep_empty_cells() {
        let mut text = String::new();
        push_record(&mut text, &["a", "", "c"]);
        push_record(&mut text, &[""]);
        assert_eq!(text, "a,,c\r\n\r\n");
    }
}

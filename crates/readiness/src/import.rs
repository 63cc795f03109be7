//! What the page and the terminal have exported, on its way back in: a report as JSON, or the one file with the page and a report inside.
//!
//! Only what makes the report live again is taken out: the *payload*, a text that `greenlight-link` writes and reads. So nothing here trusts
//! what a file says of itself, nothing of a page is run, and a text that is no payload is found out by whoever decodes it.

use serde::Deserialize;

use crate::policy::NotAReport;
use crate::report::REPORT_SCHEMA;

/// So many bytes at the beginning of a file tell what it is.
pub const HEAD_BYTES: usize = 4096;
/// An exported file is not larger than this. The page and its engine take a few megabytes, a report less.
pub const LARGEST_BYTES: u64 = 64 * 1024 * 1024;
/// The element of the page that holds a report.
const SLOT: &str = "greenlight-report";
/// The tag of that element is no longer than this to either side of its id.
const LONGEST_TAG: usize = 200;

/// What a file seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A report as JSON.
    Json,
    /// A page, perhaps with a report inside.
    Html,
}

/// A report that was exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exported {
    /// With what makes it live again.
    Live(String),
    /// The numbers alone, as an earlier version or another program wrote them.
    Numbers,
}

/// Why a file is no exported report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Larger than anything that is exported.
    #[error(
        "the file is larger than any report; drop the predictions themselves, or a report of this page"
    )]
    TooLarge,
    /// JSON that is no report, or one of another version.
    #[error(transparent)]
    NotAReport(#[from] NotAReport),
    /// A page of something else, or of Greenlight without a report.
    #[error(
        "this page holds no report: download one from the Share view as “HTML, one file”, or drop predictions"
    )]
    EmptyPage,
}

/// What a file seems to be by its first [`HEAD_BYTES`]; `None` of everything but reports and pages.
///
/// ```
/// use greenlight_readiness::import::{Kind, kind_of};
///
/// assert_eq!(kind_of(br#"{ "schema": "greenlight.report/1", "mode": "exact""#), Some(Kind::Json));
/// assert_eq!(kind_of(b"<!DOCTYPE html>\n<html lang=\"en\">"), Some(Kind::Html));
/// assert_eq!(kind_of(b"label,prediction\n1,1\n"), None);
/// assert_eq!(kind_of(br#"[{"label": 1, "prediction": 0}]"#), None);
/// ```
pub fn kind_of(head: &[u8]) -> Option<Kind> {
    let head = head.get(..HEAD_BYTES).unwrap_or(head);
    let head = head
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(head)
        .trim_ascii_start();
    let begins = |tag: &[u8]| {
        head.get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag))
    };
    if begins(b"<!doctype html") || begins(b"<html") {
        return Some(Kind::Html);
    }
    let names = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
    (head.starts_with(b"{") && names(b"\"schema\"") && names(b"\"greenlight.report/"))
        .then_some(Kind::Json)
}

/// The report in the text of a file.
///
/// # Errors
/// When there is none; a sentence for the person.
///
/// ```
/// use greenlight_readiness::import::{Exported, Kind, read};
///
/// let json = r#"{"schema": "greenlight.report/1", "live": "AbC_-9"}"#;
/// assert_eq!(read(Kind::Json, json), Ok(Exported::Live("AbC_-9".to_owned())));
/// let page = r#"<!doctype html><script type="text/plain" id="greenlight-report">AbC_-9</script>"#;
/// assert_eq!(read(Kind::Html, page), Ok(Exported::Live("AbC_-9".to_owned())));
/// ```
pub fn read(kind: Kind, text: &str) -> Result<Exported, ImportError> {
    if text.len() as u64 > LARGEST_BYTES {
        return Err(ImportError::TooLarge);
    }
    match kind {
        Kind::Json => read_json(text),
        Kind::Html => read_page(text).ok_or(ImportError::EmptyPage),
    }
}

/// The two keys that matter; all others are passed over without being kept.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    schema: Option<String>,
    #[serde(default)]
    live: Option<String>,
}

fn read_json(text: &str) -> Result<Exported, ImportError> {
    let text = text.trim_start_matches('\u{FEFF}');
    let head: Head =
        serde_json::from_str(text).map_err(|error| NotAReport::OtherJson(error.to_string()))?;
    match head.schema.as_deref() {
        Some(REPORT_SCHEMA) => {}
        Some(schema) if schema.starts_with("greenlight.report/") => {
            Err(NotAReport::OtherVersion(schema.chars().take(40).collect()))?;
        }
        _ => Err(NotAReport::OtherJson(
            "it does not say which version it is".to_owned(),
        ))?,
    }
    Ok(match head.live.filter(|live| is_payload(live)) {
        Some(live) => Exported::Live(live),
        None => Exported::Numbers,
    })
}

/// The text of the page's slot. It is found as text, not by reading HTML: the page is written by one program, and what looks otherwise is not
/// of it. Each byte is looked at a few times at most, however often a hostile page repeats the slot.
fn read_page(text: &str) -> Option<Exported> {
    let bytes = text.as_bytes();
    let id = format!("id=\"{SLOT}\"");
    text.match_indices(&id).find_map(|(place, _)| {
        let (before, after) = bytes.split_at(place);
        let before = before.get(before.len().saturating_sub(LONGEST_TAG)..)?;
        let opened = before.iter().rposition(|byte| *byte == b'<')?;
        let tag = before.get(opened..)?;
        // The tag is still open: nothing between its beginning and the id ends it.
        if !tag.starts_with(b"<script ") || tag.contains(&b'>') {
            return None;
        }
        let closed = after
            .iter()
            .take(LONGEST_TAG)
            .position(|byte| *byte == b'>')?;
        let inside = after.get(closed + 1..)?.trim_ascii_start();
        let length = inside.iter().take_while(|byte| is_letter(byte)).count();
        let (payload, rest) = inside.split_at(length);
        let is_whole = length > 0 && rest.trim_ascii_start().starts_with(b"</script");
        let payload = std::str::from_utf8(payload).ok().filter(|_| is_whole)?;
        Some(Exported::Live(payload.to_owned()))
    })
}

/// Base64url without padding, which is all that a payload is made of.
fn is_payload(text: &str) -> bool {
    !text.is_empty() && text.as_bytes().iter().all(is_letter)
}

fn is_letter(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

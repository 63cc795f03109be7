//! JSON values to cells.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The keys and values of an object, in order, duplicates included.
pub(super) struct Pairs<'a>(pub Vec<(Cow<'a, str>, &'a RawValue)>);

/// A key, borrowed where it holds no escape.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;
        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a record")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(Key(key)) = map.next_key()? {
                    pairs.push((key, map.next_value()?));
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(PairsVisitor)
    }
}

/// What a value is as a cell.
#[derive(Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Missing,
    Text(Cow<'a, str>),
}

/// The cell of a value: numbers as they are written, lists and objects as compact JSON.
pub(super) fn cell(value: &str) -> serde_json::Result<Cell<'_>> {
    Ok(match value.as_bytes() {
        b"null" => Cell::Missing,
        [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => {
            Cell::Text(value.get(1..value.len() - 1).unwrap_or_default().into())
        }
        [b'"', ..] => Cell::Text(Cow::Owned(serde_json::from_str(value)?)),
        [b'{' | b'[', ..] => Cell::Text(compact(value).into()),
        bytes => {
            let may_overflow = bytes.len() > 300 || bytes.iter().any(|b| matches!(b, b'e' | b'E'));
            if may_overflow && value.parse().is_ok_and(f64::is_infinite) {
                return Err(Error::custom("the number is out of range"));
            }
            Cell::Text(value.into())
        }
    })
}

/// The same JSON without white space between its parts.
fn compact(json: &str) -> String {
    let (mut in_string, mut is_escaped) = (false, false);
    let keep = |c: &char| {
        if in_string {
            in_string = is_escaped || *c != '"';
            is_escaped = !is_escaped && *c == '\\';
            return true;
        }
        in_string = *c == '"';
        !c.is_ascii_whitespace()
    };
    json.chars().filter(keep).collect()
}

/// The same JSON with `null` for a bare `NaN`, and the words as strings for bare infinities: Python writes such.
/// `None` if there are none.
pub(super) fn without_bare_nan(json: &str) -> Option<String> {
    let mut out = String::with_capacity(json.len() + 16);
    let (mut in_string, mut is_escaped, mut is_changed) = (false, false, false);
    let mut rest = json;
    while let Some(c) = rest.chars().next() {
        let word = ["NaN", "-Infinity", "Infinity"]
            .into_iter()
            .find(|word| !in_string && rest.starts_with(word));
        if let Some(word) = word {
            if word == "NaN" {
                out.push_str("null");
            } else {
                out.extend(["\"", word, "\""]);
            }
            is_changed = true;
            rest = rest.get(word.len()..).unwrap_or_default();
            continue;
        }
        if in_string {
            in_string = is_escaped || c != '"';
            is_escaped = !is_escaped && c == '\\';
        } else {
            in_string = c == '"';
        }
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    is_changed.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        for (value, expected) in [
            ("1.50", "1.50"),
            ("12345678901234567890", "12345678901234567890"),
            ("true", "true"),
            ("\"a\"", "a"),
            ("\"\"", ""),
            (r#""\u00e9\n\"""#, "é\n\""),
            (
                r#"[1, "a \" b", {"c" : null}]"#,
                r#"[1,"a \" b",{"c":null}]"#,
            ),
        ] {
            assert_eq!(cell(value).unwrap(), Cell::Text(expected.into()), "{value}");
        }
        assert_eq!(cell("null").unwrap(), Cell::Missing);
        assert!(cell("1e400").is_err() && cell(r#""\ud800""#).is_err());
    }

    #[test]
    fn bare_nan() {
        for (json, expected) in [
            (
                r#"{"a": NaN, "NaN": "x\"NaN"}"#,
                r#"{"a": null, "NaN": "x\"NaN"}"#,
            ),
            ("[-Infinity, Infinity]", r#"["-Infinity", "Infinity"]"#),
        ] {
            assert_eq!(without_bare_nan(json).as_deref(), Some(expected));
        }
        assert_eq!(without_bare_nan("[\"NaN\", 1]"), None);
    }
}

//! Names of columns, however they are written: `yTrue`, `Y_TRUE`, `y-true` and `y.true` are one name.

use std::ops::Range;

/// A name taken apart into lower-case words.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub words: Vec<String>,
    /// Where each word stands in the name as written.
    pub ranges: Vec<Range<usize>>,
    /// The words without anything between them.
    pub compact: String,
}

impl Name {
    /// Splits at what is neither letter nor digit, and where a capital begins a word.
    pub(crate) fn new(name: &str) -> Self {
        let chars: Vec<(usize, char)> = name.char_indices().collect();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut previous: Option<char> = None;
        for (position, &(start, c)) in chars.iter().enumerate() {
            let next = chars.get(position + 1).map(|&(_, next)| next);
            let end = start + c.len_utf8();
            let continues = previous.is_some_and(|previous| !begins_word(previous, c, next));
            match ranges.last_mut() {
                _ if !is_letter_or_digit(c) => {}
                Some(word) if continues => word.end = end,
                _ => ranges.push(start..end),
            }
            previous = is_letter_or_digit(c).then_some(c);
        }
        let words: Vec<String> = ranges
            .iter()
            .map(|range| {
                name.get(range.clone())
                    .unwrap_or_default()
                    .to_ascii_lowercase()
            })
            .collect();
        Self {
            compact: words.concat(),
            words,
            ranges,
        }
    }

    pub(crate) fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    pub(crate) fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// Whether a word of the name is among these.
    pub(crate) fn has_word(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(&word.as_str()))
    }
}

/// All that is not ASCII counts as a letter: the words that are known are, and the tables of Unicode
/// would weigh on every page that reads a file.
fn is_letter_or_digit(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii()
}

/// Whether a word begins at `c`: `yTrue` at T, `HTTPCode` at C.
fn begins_word(previous: char, c: char, next: Option<char>) -> bool {
    c.is_ascii_uppercase()
        && (previous.is_ascii_lowercase()
            || (previous.is_ascii_uppercase()
                && next.is_some_and(|next| next.is_ascii_lowercase())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        for (name, words) in [
            ("y_true", "y true"),
            ("yTrue", "y true"),
            ("Y-TRUE", "y true"),
            ("Ground.Truth ", "ground truth"),
            ("HTTPCode", "http code"),
            ("latency (ms)", "latency ms"),
            ("latencyMs", "latency ms"),
            ("prob1", "prob1"),
            ("__", ""),
            ("", ""),
            ("Čas_µs", "Čas µs"),
        ] {
            assert_eq!(Name::new(name).words.join(" "), words, "{name}");
        }
        assert_eq!(Name::new("yTrue").compact, "ytrue");
    }
}

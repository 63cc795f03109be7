//! Where in a JSON text something stands.

/// A step down from a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// To the value of a key.
    Key(String),
    /// To an item of a list.
    Item(usize),
}

/// The path as people write it: `criteria[2].limit`.
pub(crate) fn written(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Item(index) => text.push_str(&format!("[{index}]")),
            Step::Key(key) if text.is_empty() => text.push_str(key),
            Step::Key(key) => text.push_str(&format!(".{key}")),
        }
    }
    text
}

/// Line and column, from 1, of the value at `path`, or of the last key on the way to it; of the start where there is no
/// such place. `json` is valid.
pub(crate) fn position(json: &str, path: &[Step], of_key: bool) -> (usize, usize) {
    let mut reader = Reader { json, at: 0 };
    let offset = reader.find(path, of_key).unwrap_or(0);
    let before = json.get(..offset).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}

struct Reader<'j> {
    json: &'j str,
    at: usize,
}

impl Reader<'_> {
    fn find(&mut self, path: &[Step], of_key: bool) -> Option<usize> {
        self.skip_space();
        let Some((step, rest)) = path.split_first() else {
            return Some(self.at);
        };
        // The bracket or brace.
        self.at += 1;
        let mut index = 0;
        loop {
            self.skip_space();
            let start = self.at;
            if matches!(self.peek()?, b']' | b'}') {
                return None;
            }
            let is_it = match step {
                Step::Item(wanted) => index == *wanted,
                Step::Key(wanted) => {
                    self.skip_value();
                    let key: Option<String> =
                        serde_json::from_str(self.json.get(start..self.at)?).ok();
                    self.skip_space();
                    self.at += 1;
                    key.as_ref() == Some(wanted)
                }
            };
            if is_it {
                return match rest.is_empty() && of_key {
                    true => Some(start),
                    false => self.find(rest, of_key),
                };
            }
            self.skip_space();
            self.skip_value();
            self.skip_space();
            if self.peek()? == b',' {
                self.at += 1;
            }
            index += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Past a string, a number, a word, or a list or object with all that is in it.
    fn skip_value(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => self.skip_string(),
                b'[' | b'{' => {
                    depth += 1;
                    self.at += 1;
                }
                b']' | b'}' if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                b',' | b':' | b']' | b'}' if depth == 0 => return,
                _ => self.at += 1,
            }
            let is_whole = matches!(byte, b'"' | b']' | b'}');
            let ends_here = self
                .peek()
                .is_none_or(|next| next.is_ascii_whitespace() || next == b',');
            if depth == 0 && (is_whole || ends_here) {
                return;
            }
        }
    }

    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'"' => return,
                b'\\' => self.at += 1,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found() {
        let json = "{\n  \"a\\\"b\": [1, {\"x\": \"},\"}],\n  \"é\": {\"c\": [[], 22 ]}\n}";
        let key = |key: &str| Step::Key(key.to_owned());
        for (path, of_key, expected) in [
            (vec![], false, (1, 1)),
            (vec![key("a\"b")], true, (2, 3)),
            (vec![key("a\"b"), Step::Item(0)], false, (2, 12)),
            (vec![key("a\"b"), Step::Item(1), key("x")], false, (2, 21)),
            (vec![key("é"), key("c"), Step::Item(1)], false, (3, 19)),
            (vec![key("é"), key("c")], true, (3, 9)),
            (vec![key("no")], true, (1, 1)),
        ] {
            assert_eq!(position(json, &path, of_key), expected, "{path:?}");
        }
        let path = [key("criteria"), Step::Item(2), key("limit")];
        assert_eq!(written(&path), "criteria[2].limit");
    }
}

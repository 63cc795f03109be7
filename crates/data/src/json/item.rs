//! Where a JSON value ends, found without parsing it.

/// Follows the bytes of one value.
#[derive(Debug)]
pub(super) struct Scanner {
    is_container: bool,
    is_scalar: bool,
    /// Brackets that are open.
    depth: usize,
    in_string: bool,
    is_escaped: bool,
}

/// Brackets within each other beyond this are no table.
pub(super) const DEPTH: usize = 64;

/// What became of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scanned {
    /// All belong to the value, which goes on.
    All,
    /// The value ends after so many.
    End(usize),
    /// A bracket is one too many, after so many bytes.
    TooDeep(usize),
}

impl Scanner {
    /// For a value that starts with this byte, which is yet to be scanned.
    pub(super) fn new(first: u8) -> Self {
        let is_container = matches!(first, b'{' | b'[');
        Self {
            is_container,
            is_scalar: !is_container && first != b'"',
            depth: 0,
            in_string: false,
            is_escaped: false,
        }
    }

    pub(super) fn scan(&mut self, bytes: &[u8]) -> Scanned {
        if self.is_scalar {
            let ends = |&byte: &u8| {
                matches!(byte, b',' | b':' | b']' | b'}' | b'{' | b'[' | b'"')
                    || byte.is_ascii_whitespace()
            };
            let end = bytes.iter().position(ends);
            return end.map_or(Scanned::All, Scanned::End);
        }
        for (position, &byte) in bytes.iter().enumerate() {
            if self.in_string {
                if self.is_escaped {
                    self.is_escaped = false;
                } else if byte == b'\\' {
                    self.is_escaped = true;
                } else if byte == b'"' {
                    self.in_string = false;
                    if !self.is_container {
                        return Scanned::End(position + 1);
                    }
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        return Scanned::TooDeep(position);
                    }
                }
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Scanned::End(position + 1);
                    }
                }
                _ => {}
            }
        }
        Scanned::All
    }
}

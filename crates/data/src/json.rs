//! JSON of a table to a [`Table`], fed in chunks: an array of records, an object of columns, records under a key, or
//! JSON Lines.
//!
//! What is outside the records (or cells) is followed byte by byte; each of them is delimited first and parsed then.

mod faults;
mod item;
mod lists;
mod parts;
mod records;
mod value;

use crate::error::DataError;
use crate::limits::Limits;
use crate::reader::Reading;
use crate::table::Table;
use crate::text::excerpt_of_bytes;
use item::{DEPTH, Scanned, Scanner};
use lists::Lists;
use parts::left_out;
use records::Records;

/// Reads JSON that is UTF-8 in chunks of any size, cut anywhere.
#[derive(Debug)]
pub(crate) struct JsonText {
    limits: Limits,
    shape: Shape,
    /// The brackets around records or cells, at most two.
    levels: Vec<Level>,
    /// The value that is under way.
    item: Option<Item>,
    /// Its bytes from earlier chunks.
    buffer: Vec<u8>,
    /// Where the next byte stands.
    at: Position,
    /// The latest key of the outermost object.
    key: String,
    part: Part,
    records: Records,
    lists: Lists,
    /// Keys whose values are no part of the table.
    aside: Vec<String>,
}

/// What the whole is.
#[derive(Debug)]
enum Shape {
    Unknown,
    Array,
    /// The first of several records, or all there is; and where it starts.
    One(String, Position),
    Lines,
    Object,
    /// Complete.
    Done,
}

/// What a list within the outermost object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Unknown,
    Records,
    Rows,
    Cells,
    Aside,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Level {
    is_array: bool,
    expects: Expects,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expects {
    /// An item, or a key, or the end.
    First,
    /// An item, or a key.
    Item,
    Colon,
    Value,
    /// A comma, or the end.
    Next,
}

#[derive(Debug)]
struct Item {
    scanner: Scanner,
    start: Position,
    is_key: bool,
    limit: usize,
}

/// A place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Position {
    line: u64,
    byte: u64,
}

impl Position {
    fn advance(&mut self, bytes: &[u8]) {
        self.byte += bytes.len() as u64;
        self.line += bytes.iter().filter(|&&byte| byte == b'\n').count() as u64;
    }
}

/// A first object up to this length is held back until it is clear whether others follow.
const ONE: usize = 1 << 20;

impl Reading for JsonText {
    fn rows(&self) -> u64 {
        self.records.count().max(self.lists.count())
    }

    fn feed(&mut self, mut input: &[u8]) -> Result<(), DataError> {
        while let Some(&byte) = input.first() {
            let read = if self.item.is_some() {
                self.read_item(input)?
            } else if byte.is_ascii_whitespace() {
                self.at.advance(&[byte]);
                1
            } else {
                usize::from(self.read_structure(byte)?)
            };
            input = input.get(read..).unwrap_or_default();
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, mut notes: Vec<String>) -> Result<Table, DataError> {
        if let Shape::One(one, start) = &mut self.shape {
            let (one, start) = (std::mem::take(one), *start);
            self.shape = Shape::Lines;
            if self.is_of_columns(&one) {
                self.read_as_object(one.as_bytes(), start)?;
            } else {
                self.take(&one, start, |json, record| json.records.push(record))?;
            }
        }
        if self.item.is_some() || !self.levels.is_empty() {
            let (start, text) = match &self.item {
                Some(item) => (item.start, excerpt_of_bytes(&self.buffer)),
                None => (self.at, "the end".to_owned()),
            };
            let problem = "the JSON ends in the middle, as if the file was cut off";
            return Err(self.error(problem, start, text));
        }
        let is_of_lists = matches!(self.shape, Shape::Done) && self.records.is_empty();
        if is_of_lists {
            return self.lists.finish(self.aside, notes);
        }
        notes.extend(left_out(&self.aside));
        self.records.finish(notes)
    }
}

impl JsonText {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            shape: Shape::Unknown,
            levels: Vec::new(),
            item: None,
            buffer: Vec::new(),
            at: Position { line: 1, byte: 0 },
            key: String::new(),
            part: Part::Unknown,
            records: Records::new(limits),
            lists: Lists::new(limits),
            aside: Vec::new(),
        }
    }

    /// Follows a byte outside all items; whether it is done with, and not the start of an item.
    fn read_structure(&mut self, byte: u8) -> Result<bool, DataError> {
        use Expects::{Colon, First, Item, Next, Value};
        let Some(level) = self.levels.last_mut() else {
            return self.read_top(byte);
        };
        match (level.expects, byte) {
            (First | Next, b']') if level.is_array => self.close(),
            (First | Next, b'}') if !level.is_array => self.close(),
            (Next, b',') => level.expects = Item,
            (Colon, b':') => level.expects = Value,
            (First | Item, b'"') if !level.is_array => {
                self.begin(byte, true, self.limits.cell);
                return Ok(false);
            }
            (First | Item, _) if level.is_array && starts_value(byte) => {
                return self.read_value(byte);
            }
            (Value, _) if starts_value(byte) => return self.read_value(byte),
            (expects, _) => {
                let expected = match expects {
                    Colon => "a colon",
                    Next => "a comma or the end of the list or object",
                    Value => "a value",
                    First | Item if level.is_array => "a value",
                    First | Item => "a key in quotes",
                };
                return Err(self.unexpected(byte, expected));
            }
        }
        self.at.advance(&[byte]);
        Ok(true)
    }

    /// As [`Self::read_structure`], outside all brackets.
    fn read_top(&mut self, byte: u8) -> Result<bool, DataError> {
        match (&self.shape, byte) {
            (Shape::Unknown, b'[') => {
                self.shape = Shape::Array;
                self.open(true);
                Ok(true)
            }
            (Shape::Unknown, b'{') => {
                self.begin(byte, false, ONE);
                Ok(false)
            }
            (Shape::One(..) | Shape::Lines, b'{') => {
                if let Shape::One(one, start) = std::mem::replace(&mut self.shape, Shape::Lines) {
                    self.take(&one, start, |json, record| json.records.push(record))?;
                }
                self.begin(byte, false, self.limits.row);
                Ok(false)
            }
            (Shape::Unknown, _) => Err(self.unexpected(byte, "a list of records or an object")),
            (Shape::One(..) | Shape::Lines, _) => {
                Err(self.unexpected(byte, "the next record or the end of the file"))
            }
            _ => Err(self.unexpected(byte, "the end of the file")),
        }
    }

    /// A value starts within brackets.
    fn read_value(&mut self, byte: u8) -> Result<bool, DataError> {
        let is_table = matches!(self.shape, Shape::Object) && self.levels.len() == 1;
        let is_numbered = !self.key.is_empty() && self.key.bytes().all(|b| b.is_ascii_digit());
        match byte {
            b'[' if is_table => {
                self.part = Part::Unknown;
                self.begin_list(false)?;
                self.open(true);
                Ok(true)
            }
            b'{' if is_table && !is_numbered => {
                self.part = if self.records.count() > 0 {
                    self.aside.push(self.key.clone());
                    Part::Aside
                } else {
                    self.begin_list(true)?;
                    Part::Cells
                };
                self.open(false);
                Ok(true)
            }
            _ => {
                let is_row = matches!(byte, b'{' | b'[');
                let limit = if is_row {
                    self.limits.row
                } else {
                    self.limits.cell
                };
                self.begin(byte, false, limit);
                Ok(false)
            }
        }
    }

    fn begin_list(&mut self, is_object: bool) -> Result<(), DataError> {
        let begun = self.lists.begin(&self.key, is_object);
        begun.map_err(|fault| self.fault(fault, self.at, &self.key))
    }

    fn open(&mut self, is_array: bool) {
        self.at.advance(b"[");
        let expects = Expects::First;
        self.levels.push(Level { is_array, expects });
    }

    fn close(&mut self) {
        self.levels.pop();
        match self.levels.last_mut() {
            Some(level) => level.expects = Expects::Next,
            None => self.shape = Shape::Done,
        }
    }

    fn begin(&mut self, first: u8, is_key: bool, limit: usize) {
        self.item = Some(Item {
            scanner: Scanner::new(first),
            start: self.at,
            is_key,
            limit,
        });
    }

    /// Reads on in the item that is under way; how many bytes that took.
    fn read_item(&mut self, input: &[u8]) -> Result<usize, DataError> {
        let Some(item) = &mut self.item else {
            return Ok(0);
        };
        let (start, is_key, limit) = (item.start, item.is_key, item.limit);
        // So that what is found first does not depend on how the bytes are cut.
        let room = (limit + 1)
            .saturating_sub(self.buffer.len())
            .min(input.len());
        let input = input.get(..room).unwrap_or(input);
        let (read, is_complete) = match item.scanner.scan(input) {
            Scanned::All => (input.len(), false),
            Scanned::End(read) => (read, true),
            Scanned::TooDeep(read) => {
                self.at.advance(input.get(..read).unwrap_or_default());
                let problem = format!("more than {DEPTH} brackets are open here; a table is flat");
                let text = excerpt_of_bytes(input.get(read..=read).unwrap_or_default());
                return Err(self.error(problem, self.at, text));
            }
        };
        let bytes = input.get(..read).unwrap_or_default();
        self.at.advance(bytes);
        if self.buffer.len() + read > limit {
            self.buffer.extend_from_slice(bytes);
            let bytes = std::mem::take(&mut self.buffer);
            if matches!(self.shape, Shape::Unknown) {
                self.item = None;
                self.read_as_object(&bytes, start)?;
                return Ok(read);
            }
            let problem = format!("longer than {limit} bytes; is a quote or bracket never closed?");
            return Err(self.error(problem, start, excerpt_of_bytes(&bytes)));
        }
        if !is_complete {
            self.buffer.extend_from_slice(bytes);
            return Ok(read);
        }
        self.item = None;
        if self.buffer.is_empty() {
            self.complete(bytes, start, is_key)?;
        } else {
            self.buffer.extend_from_slice(bytes);
            let bytes = std::mem::take(&mut self.buffer);
            self.complete(&bytes, start, is_key)?;
            self.buffer = bytes;
            self.buffer.clear();
        }
        Ok(read)
    }

    /// Reads the outermost object, whose first bytes these are, as one of columns or of records under a key.
    fn read_as_object(&mut self, bytes: &[u8], start: Position) -> Result<(), DataError> {
        self.shape = Shape::Object;
        self.at = start;
        self.open(false);
        self.feed(bytes.get(1..).unwrap_or_default())
    }

    /// Takes a complete key, record or cell.
    fn complete(&mut self, bytes: &[u8], start: Position, is_key: bool) -> Result<(), DataError> {
        // Bytes come decoded, so this cannot fail; items end at characters.
        let text = str::from_utf8(bytes).unwrap_or_default();
        if let Some(level) = self.levels.last_mut() {
            level.expects = if is_key {
                Expects::Colon
            } else {
                Expects::Next
            };
        }
        if is_key {
            return self.take(text, start, |json, text| {
                let key: String = serde_json::from_str(text)?;
                if json.levels.len() == 1 {
                    json.key = key;
                }
                Ok(())
            });
        }
        if matches!(self.shape, Shape::Unknown) {
            self.shape = Shape::One(text.to_owned(), start);
            return Ok(());
        }
        self.take(text, start, Self::push)
    }
}

fn starts_value(byte: u8) -> bool {
    !matches!(byte, b',' | b':' | b']' | b'}')
}

#[cfg(test)]
mod tests;

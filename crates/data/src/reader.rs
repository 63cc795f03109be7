//! Bytes of a file to a [`Table`]: whatever the encoding, whichever the format.

use crate::content::{HEAD, TextFormat, binary};
use crate::csv::CsvText;
use crate::decode::{Decoder, Piece};
use crate::error::DataError;
use crate::json::JsonText;
use crate::limits::Limits;
use crate::table::{ColumnId, Table};
use std::collections::BTreeSet;

/// Reads a table in chunks of any size, cut anywhere: inside a quote, a line end or a character.
///
/// **Formats**, told by the first bytes:
/// - CSV with `,` `;` tab or `|` between cells. Lines at the top that start with `#` are comments; a line `sep=;` says
///   the delimiter. Blank lines do not count as rows. A row with too few or too many fields is kept as a row of missing
///   values and marked as rejected. Where the first row holds values instead of names, columns are called `column_1` …
/// - JSON: an array of records, an object of columns, records under a key beside others, or JSON Lines. Objects within
///   a record become columns with dotted names, lists become text.
///
/// **Encodings**: UTF-8, UTF-16, and Windows-1252 from the first bytes that are not UTF-8 on, with a note.
///
/// **Cells** are trimmed. A column with at most a tenth of texts among its values is one of numbers, also of such as
/// `0,95`, `1,234.5`, `95 %` (0.95) and `120 ms`, or of times; any other one holds categories.
/// See [`Column::format`](crate::Column::format).
///
/// ```
/// # use greenlight_data::TableReader;
/// let mut reader = TableReader::new();
/// for byte in "město;score\r\nPlzeň;0,5\r\nBrno;0,25\r\n".bytes() {
///     reader.feed(&[byte])?;
/// }
/// let table = reader.finish()?;
/// assert_eq!(table.columns()[0].name, "město");
/// assert_eq!(table.columns()[1].values.text(0).as_deref(), Some("0.5"));
/// # Ok::<(), greenlight_data::DataError>(())
/// ```
#[derive(Debug)]
pub struct TableReader {
    state: State,
    promised: Option<TextFormat>,
    json: Option<JsonStart>,
    limits: Limits,
    /// Names of the only columns to store, where not all are.
    only: Option<BTreeSet<String>>,
}

/// What the first bytes of a file say of all of it.
#[derive(Debug)]
pub struct Outlook {
    /// The rows so far.
    pub sample: Table,
    /// About how many there will be.
    pub rows: u64,
    /// About how many bytes each column will take.
    pub memory: Vec<u64>,
}

#[derive(Debug)]
enum State {
    /// Not enough has come to tell the encoding.
    Head(Vec<u8>),
    Text(Decoder, Text),
    /// What went wrong; more bytes do not mend it.
    Failed(DataError),
}

/// The decoded text.
#[derive(Debug)]
struct Text {
    stage: Stage,
    notes: Vec<String>,
    /// What was noted already.
    remarked: Vec<Remark>,
    promised: Option<TextFormat>,
    json: Option<JsonStart>,
    limits: Limits,
    only: Option<BTreeSet<String>>,
}

#[derive(Debug)]
enum Stage {
    /// Not enough has come to tell the format; and what the decoder said at which bytes.
    Sampling(Vec<u8>, Vec<(usize, Remark)>),
    Csv(Box<CsvText>),
    Json(Box<dyn Reading>),
}

/// Text in a format on its way to a table.
pub(crate) trait Reading: std::fmt::Debug {
    fn feed(&mut self, text: &[u8]) -> Result<(), DataError>;
    fn rows(&self) -> u64;
    fn finish(self: Box<Self>, notes: Vec<String>) -> Result<Table, DataError>;
}

/// Begins to read JSON. Behind a pointer, so that a program that reads CSV alone does not hold it.
type JsonStart = fn(Limits) -> Box<dyn Reading>;

/// What is to be noted with the row at which it is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remark {
    Windows1252,
    Damaged,
}

/// How many bytes of text tell what its format is.
const SAMPLE: usize = 64 << 10;

impl TableReader {
    /// A reader that has seen nothing.
    pub fn new() -> Self {
        Self::with(None, Limits::default())
    }

    /// A reader of a file with this name; its extension counts where the content leaves the format open.
    pub fn named(name: &str) -> Self {
        Self::with(TextFormat::of_name(name), Limits::default())
    }

    /// A reader for programs that must stay small: JSON is refused with [`DataError::JsonRefused`].
    pub fn without_json(name: &str) -> Self {
        Self {
            state: State::Head(Vec::new()),
            promised: TextFormat::of_name(name),
            json: None,
            limits: Limits::default(),
            only: None,
        }
    }

    pub(crate) fn with(promised: Option<TextFormat>, limits: Limits) -> Self {
        Self {
            state: State::Head(Vec::new()),
            promised,
            json: Some(|limits| Box::new(JsonText::new(limits))),
            limits,
            only: None,
        }
    }

    /// Stores the cells of these columns alone; the others become [`Values::Deferred`](crate::Values::Deferred), without a
    /// sample. Rows and what is rejected stay the same. CSV only: of JSON every column is stored.
    ///
    /// ```
    /// # use greenlight_data::TableReader;
    /// let mut reader = TableReader::new().only(["b".to_owned()]);
    /// reader.feed(b"a,b\n1,2\n3\n5,6\n")?;
    /// let table = reader.finish()?;
    /// assert!(table.columns()[0].is_deferred() && !table.columns()[1].is_deferred());
    /// assert_eq!((table.rows(), table.is_rejected(1)), (3, true));
    /// # Ok::<(), greenlight_data::DataError>(())
    /// ```
    pub fn only(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.only = Some(names.into_iter().collect());
        self
    }

    /// Reads the next bytes. After an error, every further call returns that error.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), DataError> {
        let result = self.advance(chunk);
        if let Err(error) = &result {
            self.state = State::Failed(error.clone());
        }
        result
    }

    /// The table, now that all bytes have come.
    pub fn finish(mut self) -> Result<Table, DataError> {
        if let State::Head(head) = &mut self.state {
            let head = std::mem::take(head);
            self.decode_from(&head)?;
        }
        match self.state {
            State::Text(mut decoder, mut text) => {
                decoder.finish(&mut |piece| text.take(piece))?;
                text.finish()
            }
            State::Failed(error) => Err(error),
            State::Head(_) => Err(DataError::Empty),
        }
    }

    /// How many data rows have been read so far.
    pub fn rows(&self) -> u64 {
        match &self.state {
            State::Text(_, text) => text.rows(),
            State::Head(_) | State::Failed(_) => 0,
        }
    }

    /// Makes room for about as many rows as a source of `bytes` will have, judging by what was `read` so far: columns that
    /// grow take up to three times the memory that they fill. Once, after a first chunk; a wrong guess costs room and time.
    pub fn expect_bytes(&mut self, bytes: u64, read: u64) {
        if let Some(csv) = self.csv() {
            csv.expect(expected_rows(csv.rows(), bytes, read));
        }
    }

    /// About how many bytes the columns take so far; 0 of JSON.
    pub fn memory(&mut self) -> u64 {
        self.csv().map_or(0, |csv| csv.rows_so_far().memory())
    }

    /// What is to be expected of a source of `bytes`, of which so many were `read`; `None` where no row came yet, and of JSON.
    /// Copies the rows so far.
    pub fn outlook(&mut self, bytes: u64, read: u64) -> Option<Outlook> {
        let csv = self.csv().filter(|csv| csv.rows() > 0)?;
        let rows = expected_rows(csv.rows(), bytes, read);
        Some(csv.rows_so_far().outlook(rows))
    }

    /// Leaves columns in the file from here on: they become [`Values::Deferred`](crate::Values::Deferred), with the rows so
    /// far as their sample. CSV only.
    ///
    /// ```
    /// # use greenlight_data::{ColumnId, TableReader, Values};
    /// let mut reader = TableReader::new();
    /// let rows = "0.5,yes\n".repeat(20_000);
    /// reader.feed(format!("x,label\n{rows}").as_bytes())?;
    /// let outlook = reader.outlook(320_000, 160_008).unwrap();
    /// assert!(outlook.memory[0] > 8 * 39_000);
    /// reader.defer(|column| column == ColumnId::new(0));
    /// reader.feed(rows.as_bytes())?;
    /// let table = reader.finish()?;
    /// assert_eq!(table.columns()[0].values.len(), 40_000);
    /// let Values::Deferred(x) = &table.columns()[0].values else { panic!() };
    /// assert_eq!(x.sample.values.text(0).as_deref(), Some("0.5"));
    /// # Ok::<(), greenlight_data::DataError>(())
    /// ```
    pub fn defer(&mut self, is_deferred: impl Fn(ColumnId) -> bool) {
        if let Some(csv) = self.csv() {
            csv.rows_so_far()
                .defer(|position, _| is_deferred(ColumnId::new(position)));
        }
    }

    fn csv(&mut self) -> Option<&mut CsvText> {
        match &mut self.state {
            State::Text(_, text) => match &mut text.stage {
                Stage::Csv(csv) => Some(csv),
                _ => None,
            },
            _ => None,
        }
    }

    fn advance(&mut self, chunk: &[u8]) -> Result<(), DataError> {
        match &mut self.state {
            State::Failed(error) => Err(error.clone()),
            State::Text(decoder, text) => decoder.decode(chunk, &mut |piece| text.take(piece)),
            State::Head(head) => {
                let wanted = HEAD.saturating_sub(head.len()).min(chunk.len());
                let (start, rest) = chunk.split_at_checked(wanted).unwrap_or((chunk, &[]));
                head.extend_from_slice(start);
                if head.len() < HEAD {
                    return Ok(());
                }
                let head = std::mem::take(head);
                self.decode_from(&head)?;
                self.advance(rest)
            }
        }
    }

    /// From the first bytes, which may be all, to text.
    fn decode_from(&mut self, head: &[u8]) -> Result<(), DataError> {
        let (mut decoder, mark) = Decoder::new(head);
        if let Some(error) = binary(head).filter(|_| !decoder.is_utf16()) {
            return Err(error);
        }
        let mut text = Text {
            stage: Stage::Sampling(Vec::new(), Vec::new()),
            notes: Vec::new(),
            remarked: Vec::new(),
            promised: self.promised,
            json: self.json,
            limits: self.limits,
            only: self.only.take(),
        };
        let head = head.get(mark..).unwrap_or_default();
        decoder.decode(head, &mut |piece| text.take(piece))?;
        self.state = State::Text(decoder, text);
        Ok(())
    }
}

impl Default for TableReader {
    fn default() -> Self {
        Self::new()
    }
}

impl Text {
    fn take(&mut self, piece: Piece<'_>) -> Result<(), DataError> {
        match piece {
            Piece::Text(text) => self.feed(text.as_bytes()),
            Piece::Windows1252 => {
                self.remark(Remark::Windows1252);
                Ok(())
            }
            Piece::Damaged => {
                self.remark(Remark::Damaged);
                Ok(())
            }
            Piece::Mixed => {
                if let Stage::Sampling(..) = self.stage {
                    self.start(true)?;
                }
                let row = self.next_row();
                Err(DataError::MixedEncodings { row })
            }
        }
    }

    fn feed(&mut self, text: &[u8]) -> Result<(), DataError> {
        match &mut self.stage {
            Stage::Csv(csv) => csv.feed(text),
            Stage::Json(json) => json.feed(text),
            Stage::Sampling(sample, _) => {
                let wanted = SAMPLE.saturating_sub(sample.len()).min(text.len());
                let (start, rest) = text.split_at_checked(wanted).unwrap_or((text, &[]));
                sample.extend_from_slice(start);
                if sample.len() < SAMPLE {
                    return Ok(());
                }
                self.start(false)?;
                self.feed(rest)
            }
        }
    }

    /// From the first text, which may be all, to reading a format.
    fn start(&mut self, is_all: bool) -> Result<(), DataError> {
        let Stage::Sampling(sample, remarks) = &mut self.stage else {
            return Ok(());
        };
        let (sample, remarks) = (std::mem::take(sample), std::mem::take(remarks));
        let whole = sample
            .utf8_chunks()
            .next()
            .map_or("", |chunk| chunk.valid());
        let mut done = 0;
        self.stage = match TextFormat::of(whole, self.promised)? {
            TextFormat::Json => {
                let start = self.json.ok_or(DataError::JsonRefused)?;
                Stage::Json(start(self.limits))
            }
            TextFormat::Csv => {
                let (csv, length) = CsvText::new(&sample, is_all, self.limits, self.only.take())?;
                done = length;
                Stage::Csv(Box::new(csv))
            }
        };
        for (position, remark) in remarks {
            let position = position.max(done);
            self.feed(sample.get(done..position).unwrap_or_default())?;
            self.remark(remark);
            done = position;
        }
        self.feed(sample.get(done..).unwrap_or_default())
    }

    fn remark(&mut self, remark: Remark) {
        if self.remarked.contains(&remark) {
            return;
        }
        if let Stage::Sampling(sample, remarks) = &mut self.stage {
            if !remarks.iter().any(|(_, known)| *known == remark) {
                remarks.push((sample.len(), remark));
            }
            return;
        }
        let place = self
            .next_row()
            .map_or("the header".to_owned(), |row| format!("row {row}"));
        let note = match remark {
            Remark::Windows1252 => format!(
                "read as Windows-1252 (Latin-1) from {place} on, because it is not UTF-8; where letters look wrong, save \
                 the file as UTF-8"
            ),
            Remark::Damaged => {
                format!(
                    "{place} holds a character that is none in UTF-16, the first such one; it reads \u{fffd}"
                )
            }
        };
        self.remarked.push(remark);
        self.notes.push(note);
    }

    /// The row that is under way; `None` is the header.
    fn next_row(&self) -> Option<u64> {
        match &self.stage {
            Stage::Sampling(..) => None,
            Stage::Csv(csv) => csv.next_row(),
            Stage::Json(json) => Some(json.rows() + 1),
        }
    }

    fn rows(&self) -> u64 {
        match &self.stage {
            Stage::Sampling(..) => 0,
            Stage::Csv(csv) => csv.rows(),
            Stage::Json(json) => json.rows(),
        }
    }

    fn finish(mut self) -> Result<Table, DataError> {
        if let Stage::Sampling(..) = self.stage {
            self.start(true)?;
        }
        match self.stage {
            Stage::Sampling(..) => Err(DataError::Empty),
            Stage::Csv(csv) => csv.finish(self.notes),
            Stage::Json(json) => json.finish(self.notes),
        }
    }
}

/// How many rows a source of `bytes` has, judging by those among the first ones.
fn expected_rows(rows: u64, bytes: u64, read: u64) -> u64 {
    /// Of more rows a first chunk of short ones may tell.
    const MOST: f64 = 20e6;
    let share = bytes as f64 / read.max(1) as f64;
    (rows as f64 * share * 1.01).min(MOST) as u64
}

/// The table in bytes that are all there.
///
/// ```
/// # use greenlight_data::read_table;
/// assert_eq!(read_table(b"a|b\n1|2\n")?.columns().len(), 2);
/// assert_eq!(read_table(b"{\"a\": [1, 2, 3]}")?.rows(), 3);
/// # Ok::<(), greenlight_data::DataError>(())
/// ```
pub fn read_table(bytes: &[u8]) -> Result<Table, DataError> {
    let mut reader = TableReader::new();
    reader.feed(bytes)?;
    reader.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The second column's last text, and the notes.
    fn read(bytes: &[u8]) -> (String, Vec<String>) {
        let table = read_table(bytes).unwrap();
        for size in [1, 2, 999] {
            let mut reader = TableReader::new();
            bytes
                .chunks(size)
                .for_each(|chunk| reader.feed(chunk).unwrap());
            assert_eq!(reader.finish().as_ref(), Ok(&table), "by {size}");
        }
        let text = table.columns()[1].values.text(table.rows() - 1);
        (text.unwrap().into_owned(), table.notes().to_vec())
    }

    #[test]
    fn encodings() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = utf16("\u{feff}a,b\r\n1,Plzeň\r\n");
        let unmarked: Vec<u8> = utf16("aaa,bbb\n1,Plzeň\n");
        let damaged = [
            marked.as_slice(),
            b"2\0,\0\0\xd8x\0\n\0",
            b"3\0,\0\0\xdc\n\0",
        ]
        .concat();
        let latin = "read as Windows-1252 (Latin-1) from row 1 on, because it is not UTF-8; where letters look wrong, \
                     save the file as UTF-8";
        let far = [
            b"a,b\n".to_vec(),
            b"1,x\n".repeat(50_000),
            b"2,\xe9t\xe9 \x80\n".to_vec(),
        ]
        .concat();
        for (bytes, text, notes) in [
            (&marked[..], "Plzeň", vec![]),
            (&unmarked, "Plzeň", vec![]),
            (&damaged, "\u{fffd}", vec!["row 2 holds a character that is none in UTF-16, the first such one; it reads \u{fffd}".to_owned()]),
            (b"a,b\n1,caf\xe9", "café", vec![latin.to_owned()]),
            (b"[{\"a\": 1, \"b\": \"caf\xe9\"}]", "café", vec![latin.to_owned()]),
            (b"\xe9,b\n1,x", "x", vec![latin.replace("row 1", "the header")]),
            (&far, "été €", vec![latin.replace("row 1", "row 50001")]),
        ] {
            assert_eq!(read(bytes), (text.to_owned(), notes));
        }
    }

    #[test]
    fn a_name_breaks_ties_alone() {
        let read = |name: &str, text: &str| {
            let mut reader = TableReader::named(name);
            reader.feed(text.as_bytes()).and_then(|()| reader.finish())
        };
        assert!(read("a.json", "[id],x\n1,2").is_err());
        assert_eq!(
            read("a.csv", "[id],x\n1,2").unwrap().columns()[0].name,
            "[id]"
        );
        assert_eq!(
            read("a.csv", "[{\"id\": 1}]").unwrap().columns()[0].name,
            "id"
        );
        assert_eq!(read("a.json", "id,x\n1,2").unwrap().columns()[0].name, "id");
    }
}

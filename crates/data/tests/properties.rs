//! What holds for every input: chunks do not matter, what was written reads back, nothing panics, and the fields are
//! those that the `csv` crate sees.

use greenlight_data::{
    Categories, CsvReader, DataError, Table, Values, guess_roles, is_missing, parse_number,
    read_csv,
};
use proptest::prelude::*;

/// Reads bytes cut at the given places, repeated as long as there are bytes.
fn read_in_chunks(mut bytes: &[u8], sizes: &[usize]) -> Result<Table, DataError> {
    let mut reader = CsvReader::new();
    for size in sizes.iter().cycle() {
        if bytes.is_empty() {
            break;
        }
        let (chunk, rest) = bytes.split_at((*size).min(bytes.len()));
        reader.feed(chunk)?;
        bytes = rest;
    }
    reader.finish()
}

/// NaN equals NaN here.
fn shown(table: &Result<Table, DataError>) -> String {
    format!("{table:?}")
}

fn text(table: &Table, column: usize, row: usize) -> Option<String> {
    let column = &table.columns()[column];
    let stray = column.strays.iter().find(|stray| stray.row == row);
    stray
        .map(|stray| stray.text.clone())
        .or_else(|| column.values.text(row).map(|text| text.into_owned()))
}

/// Pieces that make trouble when put together.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&[u8]> = vec![
        b"a",
        b"1",
        b"0.5",
        b",",
        b",",
        b";",
        b"\n",
        b"\n",
        b"\r\n",
        b"\r",
        b"\"",
        b"\"\"",
        b" ",
        b"\t",
        b"|",
        "é".as_bytes(),
        "\u{feff}".as_bytes(),
        b"\xff",
        b"\0",
        b"NA",
        b"-",
        b"x,y\n",
        b"1,2\n",
        b"\"p\nq\",3\n",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..60).prop_map(|pieces| pieces.concat())
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "-?[0-9]{1,3}(\\.[0-9]{1,4})?",
        2 => prop::sample::select(vec!["", "NA", "none", "-", "true", "007", "cat", "dog"]).prop_map(str::to_owned),
        1 => "[ -~é\n\r\",;|\t]{0,12}",
    ]
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_chunks_equal_one(bytes in soup(), sizes in prop::collection::vec(1_usize..9, 1..6)) {
        prop_assert_eq!(shown(&read_in_chunks(&bytes, &sizes)), shown(&read_csv(&bytes)));
        prop_assert_eq!(shown(&read_in_chunks(&bytes, &[1])), shown(&read_csv(&bytes)));
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>, header: bool) {
        let bytes = if header { [b"a,b\n", bytes.as_slice()].concat() } else { bytes };
        if let Ok(table) = read_csv(&bytes) {
            guess_roles(&table);
        }
    }

    #[test]
    fn guesses_never_panic(names in prop::collection::btree_set("(y|pred|prob|score|latency|class|split)?[_ ( A-Z]{0,3}(true|cat|ms|é|1)?[\\)]?", 1..6), cells in prop::collection::vec(cell(), 1..40)) {
        let names: Vec<String> = names.into_iter().collect();
        let header: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let rows: Vec<String> = cells.chunks_exact(names.len()).map(|row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",")).collect();
        if let Ok(table) = read_csv(format!("{}\n{}\n", header.join(","), rows.join("\n")).as_bytes()) {
            let roles = guess_roles(&table).roles;
            prop_assert!(table.columns_with_ids().all(|(id, _)| roles.of_column(id).is_some()));
        }
    }

    #[test]
    fn what_is_written_reads_back(
        cells in prop::collection::vec(cell(), 3..240),
        delimiter in prop::sample::select(vec![',', ';', '\t', '|']),
        crlf: bool,
        sizes in prop::collection::vec(1_usize..50, 1..4),
    ) {
        let separator = delimiter.to_string();
        let rows: Vec<&[String]> = cells.chunks_exact(3).collect();
        let mut file = ["one", "two", "three"].join(&separator);
        for row in &rows {
            file += if crlf { "\r\n" } else { "\n" };
            file += &row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(&separator);
        }
        let table = read_in_chunks(file.as_bytes(), &sizes).unwrap();
        prop_assert_eq!(table.rows(), rows.len());
        prop_assert!(table.rejected().is_empty());
        for (position, column) in table.columns().iter().enumerate() {
            for (row, cells) in rows.iter().enumerate() {
                let written = cells[position].trim();
                let read = text(&table, position, row);
                if let Some(number) = parse_number(written) {
                    prop_assert_eq!(read.as_deref().and_then(parse_number), Some(number));
                } else if is_missing(written) {
                    prop_assert_eq!(read, None);
                } else if matches!(column.values, Values::Category(_)) || !["-", "none", "--", "?"].contains(&written) {
                    prop_assert_eq!(read.as_deref(), Some(written));
                }
            }
            if let Values::Category(categories) = &column.values {
                // Every text is used, and they are numbered in the order of their first appearance.
                let mut next = 0;
                for &code in categories.codes().iter().filter(|&&code| code != Categories::MISSING) {
                    prop_assert!(code <= next);
                    next = next.max(code + 1);
                }
                prop_assert_eq!(next as usize, categories.dictionary().len());
            }
        }
    }

    #[test]
    fn fields_are_those_of_the_csv_crate(body in "([a-z0-9 ]{0,3}[,\n\r\"é]{0,2}){0,40}") {
        // One column more than any row has commas keeps the delimiter and the number of fields apart from the question.
        let file = format!("c0,c1,c2\n{body}");
        let Ok(table) = read_csv(file.as_bytes()) else { return Ok(()) };
        let mut reference = csv::ReaderBuilder::new().has_headers(true).flexible(true).from_reader(file.as_bytes());
        let records: Vec<csv::StringRecord> = reference.records().map(Result::unwrap).collect();
        let is_blank = |record: &&csv::StringRecord| record.len() == 1 && record[0].trim().is_empty();
        let records: Vec<&csv::StringRecord> = records.iter().filter(|record| !is_blank(record)).collect();
        prop_assert_eq!(table.rows(), records.len());
        for (row, record) in records.into_iter().enumerate() {
            prop_assert_eq!(table.is_rejected(row), record.len() != 3);
            for (position, field) in record.iter().enumerate().filter(|_| record.len() == 3) {
                let field = field.trim();
                let expected = parse_number(field).map(greenlight_data::canonical_number).or_else(|| (!is_missing(field)).then(|| field.to_owned()));
                prop_assert_eq!(text(&table, position, row), expected);
            }
        }
    }
}

#[test]
fn chunks_do_not_matter_beyond_the_sample() {
    let mut file = String::from("id;name;value\r\n");
    for row in 0..6000 {
        file += &format!(
            "{row};\"ž{}, \"\"x\"\"\";{}\r\n",
            row % 7,
            f64::from(row) / 8.0
        );
    }
    assert!(file.len() > 2 * 65_536);
    let whole = read_csv(file.as_bytes()).unwrap();
    assert_eq!((whole.rows(), whole.columns().len()), (6000, 3));
    for sizes in [&[1][..], &[65_535], &[65_536], &[65_537], &[3, 64, 4096, 1]] {
        assert_eq!(read_in_chunks(file.as_bytes(), sizes).as_ref(), Ok(&whole));
    }
}

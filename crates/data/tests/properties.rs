//! What holds for every input: chunks do not matter, what was written reads back, nothing panics, and what is read is
//! what the `csv` crate and `serde_json` see.

use greenlight_data::{
    Categories, CellFormat, DataError, Role, Table, TableReader, Values, canonical_number,
    guess_roles, is_missing, parse_number, read_pasted, read_table, table_of_lists,
    table_of_matrix,
};
use proptest::prelude::*;
use serde_json::Value;

/// Reads bytes cut at the given places, repeated as long as there are bytes.
fn read_in_chunks(mut bytes: &[u8], sizes: &[usize]) -> Result<Table, DataError> {
    let mut reader = TableReader::new();
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
        b"# c\n",
        b"sep=;\n",
        b"\xc3",
        b"5 %",
        b"1,5",
        b"01/02/2024",
        b"true",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..60).prop_map(|pieces| pieces.concat())
}

/// The same for JSON.
fn json_soup() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&str> = vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"b\"",
        "\"data\"",
        "\"columns\"",
        "\"0\"",
        "1",
        "-0.5e3",
        "NaN",
        "null",
        "true",
        " ",
        "\n",
        "\"",
        "\\",
        "\"é\\n\"",
        "\\u00e9",
        "\\ud800",
        "{\"a\":1}",
        "{\"a\":1,\"b\":{\"c\":[2]}}",
        "{\"a\":[1,2],",
        "\"b\":[3,4]}",
        "[{\"a\":1},",
        "{\"b\":\"x\"}]",
        "{\"data\":[",
        "]}",
        "x",
        "\u{feff}",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..30)
        .prop_map(|pieces| pieces.concat().into_bytes())
}

/// A value as it stands in a record.
fn json_cell() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<f64>().prop_map(
            |number| serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number)
        ),
        "[a-d\\PC\"\\\\\n]{0,6}".prop_map(Value::from),
        prop::collection::vec(0..9, 0..3).prop_map(Value::from),
    ]
}

/// The text of a value as a cell, or of the canonical number that it holds.
fn expected(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    let text = parse_number(&text).map_or(text, canonical_number);
    (!is_missing(&text)).then_some(text)
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
        prop_assert_eq!(shown(&read_in_chunks(&bytes, &sizes)), shown(&read_table(&bytes)));
        prop_assert_eq!(shown(&read_in_chunks(&bytes, &[1])), shown(&read_table(&bytes)));
    }

    #[test]
    fn any_chunks_of_json_equal_one(bytes in json_soup(), sizes in prop::collection::vec(1_usize..9, 1..6)) {
        prop_assert_eq!(shown(&read_in_chunks(&bytes, &sizes)), shown(&read_table(&bytes)));
        prop_assert_eq!(shown(&read_in_chunks(&bytes, &[1])), shown(&read_table(&bytes)));
    }

    #[test]
    fn arbitrary_bytes_never_panic(
        bytes: Vec<u8>,
        start in prop::sample::select(vec!["", "a,b\n", "# x\n", "sep=;\n", "[{\"a\":", "{\"a\":[", "\u{feff}"]),
        sizes in prop::collection::vec(1_usize..50, 1..4),
    ) {
        let bytes = [start.as_bytes(), &bytes].concat();
        let table = read_in_chunks(&bytes, &sizes);
        prop_assert_eq!(shown(&table), shown(&read_table(&bytes)));
        if let Ok(table) = table {
            guess_roles(&table);
        }
    }

    #[test]
    fn pasted_texts_never_panic(text in "[0-9a ,;\t\n\\[\\]|%\"'é-]{0,60}") {
        _ = read_pasted(&text);
        _ = table_of_matrix(&text);
        _ = table_of_lists([(Role::Label, text.as_str()), (Role::Score, text.as_str())]);
    }

    #[test]
    fn json_reads_as_serde_json_does(
        records in prop::collection::vec(prop::collection::btree_map("[abé\"]{1,2}", json_cell(), 0..4), 1..30),
        shape in 0..3,
        pretty: bool,
        sizes in prop::collection::vec(1_usize..50, 1..4),
    ) {
        let write = |value: &dyn Fn() -> Value| if pretty { serde_json::to_string_pretty(&value()) } else { serde_json::to_string(&value()) };
        let record = |record: &std::collections::BTreeMap<String, Value>| Value::Object(record.clone().into_iter().collect());
        let names: std::collections::BTreeSet<&String> = records.iter().flat_map(|record| record.keys()).collect();
        prop_assume!(!names.is_empty());
        let json = match shape {
            0 => write(&|| records.iter().map(record).collect()).unwrap(),
            1 if records.len() > 1 => records.iter().map(|one| write(&|| record(one)).unwrap()).collect::<Vec<_>>().join("\n"),
            _ => {
                let column = |name: &&String| ((*name).clone(), records.iter().map(|record| record.get(*name).cloned().unwrap_or_default()).collect());
                write(&|| Value::Object(names.iter().map(column).collect())).unwrap()
            }
        };
        let table = read_in_chunks(json.as_bytes(), &sizes).unwrap();
        prop_assert_eq!((table.rows(), table.columns().len()), (records.len(), names.len()));
        for (position, column) in table.columns().iter().enumerate() {
            if column.format != CellFormat::Plain {
                continue;
            }
            for (row, record) in records.iter().enumerate() {
                let value = record.get(&column.name).and_then(expected);
                let is_doubtful = value.as_deref().is_some_and(|text| ["-", "--", "?", "none"].contains(&text));
                if !is_doubtful {
                    prop_assert_eq!(text(&table, position, row), value);
                }
            }
        }
    }

    #[test]
    fn the_order_of_rows_changes_no_type(
        rows in prop::collection::vec((cell(), "[0-9]{1,2}(,[0-9]{1,3}){0,2}|[0-9] ?(ms|s|%)", "(0[1-9]|1[0-9])/(0[1-9]|1[0-9])/2024|x"), 2..60)
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
    ) {
        let (rows, shuffled) = rows;
        let kinds = |rows: &[(String, String, String)]| {
            let lines: Vec<String> = rows.iter().map(|(a, b, c)| format!("{};{};{c};z", quoted(a), quoted(b))).collect();
            let table = read_table(format!("name_a;name_b;name_c;name_d\n{}\n", lines.join("\n")).as_bytes()).unwrap();
            let kinds: Vec<_> = table.columns().iter().map(|column| (column.kind(), column.format, column.strays.len())).collect();
            kinds
        };
        prop_assert_eq!(kinds(&rows), kinds(&shuffled));
    }

    #[test]
    fn guesses_never_panic(names in prop::collection::btree_set("(y|pred|prob|score|latency|class|split)?[_ ( A-Z]{0,3}(true|cat|ms|é|1)?[\\)]?", 1..6), cells in prop::collection::vec(cell(), 1..40)) {
        let names: Vec<String> = names.into_iter().collect();
        let header: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let rows: Vec<String> = cells.chunks_exact(names.len()).map(|row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",")).collect();
        if let Ok(table) = read_table(format!("{}\n{}\n", header.join(","), rows.join("\n")).as_bytes()) {
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
            if column.format != CellFormat::Plain {
                continue;
            }
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
    fn fields_are_those_of_the_csv_crate(body in "([d-l0-9 ]{0,3}[,\n\r\"é]{0,2}){0,40}") {
        // One column more than any row has commas keeps the delimiter and the number of fields apart from the question.
        let file = format!("c0,c1,c2\n{body}");
        let Ok(table) = read_table(file.as_bytes()) else { return Ok(()) };
        let mut reference = csv::ReaderBuilder::new().has_headers(true).flexible(true).from_reader(file.as_bytes());
        let records: Vec<csv::StringRecord> = reference.records().map(Result::unwrap).collect();
        let is_blank = |record: &&csv::StringRecord| record.len() == 1 && record[0].trim().is_empty();
        let records: Vec<&csv::StringRecord> = records.iter().filter(|record| !is_blank(record)).collect();
        prop_assert_eq!(table.rows(), records.len());
        for (row, record) in records.into_iter().enumerate() {
            prop_assert_eq!(table.is_rejected(row), record.len() != 3);
            for (position, field) in record.iter().enumerate().filter(|_| record.len() == 3) {
                if table.columns()[position].format != CellFormat::Plain {
                    continue;
                }
                let field = field.trim();
                let expected = parse_number(field).map(canonical_number).or_else(|| (!is_missing(field)).then(|| field.to_owned()));
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
    let whole = read_table(file.as_bytes()).unwrap();
    assert_eq!((whole.rows(), whole.columns().len()), (6000, 3));
    for sizes in [&[1][..], &[65_535], &[65_536], &[65_537], &[3, 64, 4096, 1]] {
        assert_eq!(read_in_chunks(file.as_bytes(), sizes).as_ref(), Ok(&whole));
    }
}

use super::*;
use crate::values::Values;

fn message(bytes: &[u8]) -> String {
    read_csv(bytes).unwrap_err().to_string()
}

/// The cells of a column as text, missing ones empty.
fn texts(table: &Table, name: &str) -> Vec<String> {
    let column = table.column(table.column_named(name).unwrap()).unwrap();
    (0..table.rows())
        .map(|row| column.values.text(row).unwrap_or_default().into_owned())
        .collect()
}

#[test]
fn malformed_files_say_what_is_wrong_where_and_what_to_do() {
    for (bytes, expected) in [
        (
            &b""[..],
            "the file is empty; it needs a header row with the columns' names, and one row per prediction",
        ),
        (
            b" \r\n\t\n",
            "the file is empty; it needs a header row with the columns' names, and one row per prediction",
        ),
        (
            b"\xef\xbb\xbf",
            "the file is empty; it needs a header row with the columns' names, and one row per prediction",
        ),
        (
            b"label,score\r\n\r\n",
            "the file has a header but no rows; the columns are: label, score",
        ),
        (
            b"1,0.9\n0,0.2\n",
            "the first row looks like data, not like the columns' names: \"1,0.9\"; add a header row such as label,score",
        ),
        (
            b"1,1\n0,1\n",
            "two columns are called \"1\": column 1 and column 2; give each its own name (is the first row a header?)",
        ),
        (
            b"a,b, a \n1,2,3\n",
            "two columns are called \"a\": column 1 and column 3; give each its own name",
        ),
        (
            b"PK\x03\x04\x14\0\x06\0",
            "this looks like a binary file (an Excel workbook or zip archive), not like a table; export it as CSV and load that",
        ),
        (
            b"\xff\xfea\0\n\0",
            "this file is in UTF-16; save it as UTF-8 (in Excel: \"CSV UTF-8\") and load it again",
        ),
        (
            b"<html><body>404</body></html>",
            "this looks like an HTML or XML page, not like a table: it starts with \"<html><body>404</body></html>\"; export the data as CSV and load that",
        ),
        (
            b"name,city\nx,Praha\ny,Plze\xf2\n",
            "row 2, column \"city\": \"Plze\u{fffd}\" is not UTF-8; save the file as UTF-8 (in Excel: \"CSV UTF-8\") and load it again",
        ),
        (
            b"name,m\xe8sto\nx,y\n",
            "the header, column 2: \"m\u{fffd}sto\" is not UTF-8; save the file as UTF-8 (in Excel: \"CSV UTF-8\") and load it again",
        ),
        (
            b"a,b\n\xc3,\xa9\n",
            "row 1, column \"a\": \"\u{fffd}\" is not UTF-8; save the file as UTF-8 (in Excel: \"CSV UTF-8\") and load it again",
        ),
        (
            b"a,b\n1,2\n3,\"x\n4,5\n",
            "row 2, column \"b\": a quote is opened here and never closed, so the rest of the file is part of it: \"x 4,5\"; close it with a \" or, if the file was cut off, save it again",
        ),
        (
            b"a,b\n1,\"",
            "row 1, column \"b\": a quote is opened here and never closed, so the rest of the file is part of it: \"\"; close it with a \" or, if the file was cut off, save it again",
        ),
    ] {
        assert_eq!(message(bytes), expected);
    }
}

#[test]
fn a_cell_of_5_mb_is_taken_for_an_unclosed_quote() {
    let mut bytes = b"id,text\n1,fine\n2,\"oops\n".to_vec();
    bytes.resize(5 << 20, b'x');
    let expected = "row 2, column \"text\": the cell is longer than 1048576 bytes, probably because a quote is opened and never \
                    closed; it starts with \"oops xxx";
    assert!(message(&bytes).starts_with(expected), "{}", message(&bytes));
    let mut reader = CsvReader::new();
    let failed_at = bytes
        .chunks(1000)
        .position(|chunk| reader.feed(chunk).is_err())
        .unwrap();
    assert!(failed_at < 1100, "found while it is read, not at the end");
    assert_eq!(reader.feed(b"1,2\n"), reader.feed(b""));
    assert_eq!(reader.finish().unwrap_err().to_string(), message(&bytes));
}

#[test]
fn limits_are_told_apart_and_do_not_depend_on_chunks() {
    let limits = Limits {
        cell: 10,
        row: 25,
        columns: 3,
        rows: 2,
    };
    let place = |row, column: &str| crate::Place {
        row,
        column: column.to_owned(),
    };
    let long_row = "a,b,c\n0123456789,0123456789,0123456789\n";
    for (text, expected) in [
        (
            "a,b\n1,012345678901234\n",
            DataError::CellTooLong {
                place: place(Some(1), "b"),
                text: "0123456789".into(),
                limit: 10,
            },
        ),
        (
            long_row,
            DataError::RowTooLong {
                place: place(Some(1), "c"),
                text: "0123456789".into(),
                limit: 25,
            },
        ),
        (
            "a,b\n1,2,3,4\n",
            DataError::TooManyColumns {
                place: place(Some(1), "column 4"),
                text: "1".into(),
                limit: 3,
            },
        ),
        (
            "a,b,c,d,e\n",
            DataError::TooManyColumns {
                place: place(None, "column 4"),
                text: "a".into(),
                limit: 3,
            },
        ),
        ("a,b\n1,2\n3\n5,6\n", DataError::TooManyRows { limit: 2 }),
    ] {
        for size in [1, 2, 3, 7, 1000] {
            let mut reader = CsvReader::with_limits(limits);
            let error = text
                .as_bytes()
                .chunks(size)
                .try_for_each(|chunk| reader.feed(chunk))
                .err();
            assert_eq!(
                error.or_else(|| reader.finish().err()),
                Some(expected.clone()),
                "{text:?} in chunks of {size}"
            );
        }
    }
}

#[test]
fn ragged_rows_stay_in_place_and_are_counted() {
    let table = read_csv(b"a,b,c\n1,2,3\n4,5\n\n  \n6,7,8\n9\n1,2,3,4\n5,\"6\n6\",7,8\n").unwrap();
    assert_eq!(table.rows(), 6);
    assert_eq!(texts(&table, "b"), ["2", "", "7", "", "", ""]);
    assert_eq!(
        (0..7)
            .filter(|&row| table.is_rejected(row))
            .collect::<Vec<_>>(),
        [1, 3, 4, 5]
    );
    let rejected: Vec<_> = table
        .rejected()
        .iter()
        .map(|r| (r.reason.as_str(), r.rows, r.first_row, r.example.as_str()))
        .collect();
    assert_eq!(
        rejected,
        [
            ("the row has 1 field, the header has 3", 1, 4, "9"),
            ("the row has 2 fields, the header has 3", 1, 2, "4,5"),
            ("the row has 4 fields, the header has 3", 2, 5, "1,2,3,4"),
        ]
    );
}

#[test]
fn the_wrong_delimiter_rejects_rows_but_does_not_hide_them() {
    let table = read_csv(b"a,b\n1;2\n3;4\n").unwrap();
    assert_eq!((table.rows(), table.rejected().rows()), (2, 2));
}

#[test]
fn odd_but_good_files() {
    let table = read_csv(
        "\u{feff}\"a\",,\"c \"\"d\"\"\"\r1,x,<b>hi</b>\r\n2,\"é,\n\", {\"k\"} \n\n3,NaN,\"\""
            .as_bytes(),
    )
    .unwrap();
    let names: Vec<&str> = table
        .columns()
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    assert_eq!(names, ["a", "column 2", "c \"d\""]);
    assert_eq!(
        table.columns()[0].values,
        Values::Number(vec![1.0, 2.0, 3.0])
    );
    assert_eq!(texts(&table, "column 2"), ["x", "é,", ""]);
    assert_eq!(texts(&table, "c \"d\""), ["<b>hi</b>", "{\"k\"}", ""]);

    // In a single column, a quoted nothing is a missing value and a blank line is none.
    let table = read_csv(b"x\n1\n\n\"\"\n  \n3\n").unwrap();
    assert_eq!(texts(&table, "x"), ["1", "", "", "3"]);
}

#[test]
fn rows_are_counted_while_reading() {
    let mut reader = CsvReader::new();
    let line = b"0,1\n";
    reader.feed(b"a,b\n").unwrap();
    for _ in 0..20_000 {
        reader.feed(line).unwrap();
    }
    assert!(reader.rows() > 16_000);
    assert_eq!(reader.finish().unwrap().rows(), 20_000);
}

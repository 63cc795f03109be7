use crate::error::DataError;
use crate::limits::Limits;
use crate::reader::{TableReader, read_table};
use crate::table::Table;
use crate::values::Values;

fn message(bytes: &[u8]) -> String {
    read_table(bytes).unwrap_err().to_string()
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
            b"#label,score\n",
            "the file has a header but no rows; the columns are: label, score",
        ),
        (
            b"cat,0.9\ndog,0.2\n",
            "the first row may be data or the columns' names: \"cat,0.9\"; add a header row such as label,score, or use words for names",
        ),
        (
            b"cat,cat\ncat,dog\n",
            "two columns are called \"cat\": column 1 and column 2; give each its own name",
        ),
        (
            b"a,b, a \n1,2,3\n",
            "two columns are called \"a\": column 1 and column 3; give each its own name",
        ),
        (
            b"PK\x03\x04\x14\0\x06\0xl/worksheets",
            "this looks like a binary file (an Excel workbook), not like a table; open it in Excel, save the sheet as CSV (\"CSV UTF-8\") and load that",
        ),
        (
            b"<html><body>404</body></html>",
            "this looks like an HTML or XML page, not like a table: it starts with \"<html><body>404</body></html>\"; export the data as CSV or JSON and load that",
        ),
        (
            b"name,m\xc3\xa8sto\nx,Praha\ny,Plze\xf2\n",
            "row 2: not UTF-8, although what stands before it is, so the file mixes encodings or is cut off; save it as UTF-8 (in Excel: \"CSV UTF-8\") and load it again",
        ),
        (
            b"m\xc3\xa8sto,n\xe1zev\nx,y\n",
            "the header: not UTF-8, although what stands before it is, so the file mixes encodings or is cut off; save it as UTF-8 (in Excel: \"CSV UTF-8\") and load it again",
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
    let mut reader = TableReader::new();
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
        ..Limits::default()
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
            let mut reader = TableReader::with(None, limits);
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
    let table =
        read_table(b"a,b,c\n1,2,3\n4,5\n\n  \n6,7,8\n9\n1,2,3,4\n5,\"6\n6\",7,8\n").unwrap();
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
    let table = read_table(b"a,b\n1;2\n3;4\n").unwrap();
    assert_eq!((table.rows(), table.rejected().rows()), (2, 2));
}

#[test]
fn odd_but_good_files() {
    let table = read_table(
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
    let table = read_table(b"x\n1\n\n\"\"\n  \n3\n").unwrap();
    assert_eq!(texts(&table, "x"), ["1", "", "", "3"]);
}

#[test]
fn rows_are_counted_while_reading() {
    let mut reader = TableReader::new();
    let line = b"0,1\n";
    reader.feed(b"a,b\n").unwrap();
    for _ in 0..20_000 {
        reader.feed(line).unwrap();
    }
    assert!(reader.rows() > 16_000);
    assert_eq!(reader.finish().unwrap().rows(), 20_000);
}

#[test]
fn sentences_are_no_table_and_one_column_of_answers_is() {
    let prose = "Dear colleagues, this is what we found in May.\n\nThe model has been right more often than before, we think,\n\
                 and nobody has complained about it so far.\nPlease have a look at it, and tell us, if you can, what you make of it.\n";
    let plain = "The quick brown fox jumps\nover the lazy dog again\nand then goes home to sleep\n";
    for text in [prose, plain] {
        let said = message(text.as_bytes());
        assert!(
            said.starts_with(
                "this looks like plain text without columns, not like a table: it starts with \""
            ),
            "{said}"
        );
    }
    assert!(message(prose.as_bytes()).contains("\"Dear colleagues,"));
    for table in [
        "12.5\n11.25\n13.75\n",
        "latency in milliseconds of calls\n12\n11\n13\n",
        "spam\nham\nspam\n",
        "is this message really spam\nno it is not\nyes it is spam\nno it is not\nno it is not\n",
        "how sure are you of it,what do you make of it\nnot at all sure I fear,it seems to be fine\nvery sure about that one,it is of no use\n",
        "review\nI like this one a lot\nI do not like this one\n",
    ] {
        assert!(read_table(table.as_bytes()).is_ok(), "{table}");
    }
}

/// The columns' names, the first row, and the notes.
fn start(text: &str) -> (String, String, String) {
    let table = read_table(text.as_bytes()).unwrap();
    let names: Vec<&str> = table
        .columns()
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    let first: Vec<String> = names
        .iter()
        .map(|name| texts(&table, name)[0].clone())
        .collect();
    (names.join(" "), first.join(" "), table.notes().join("; "))
}

#[test]
fn what_stands_above_the_rows() {
    let comment = "a comment line at the top was passed over";
    let values = |row: &str| {
        format!(
            "the first row holds values, not names (\"{row}\"), so the columns are called column_1 and so on"
        )
    };
    let taken = |row: &str| format!("the first row was taken for the columns' names: \"{row}\"");
    for (text, names, first, notes) in [
        ("# by x\na,b\n1,2\n", "a b", "1 2", comment.to_owned()),
        (
            "# by x\r\n\r\n #y\r\na,b\r\n1,2\r\n",
            "a b",
            "1 2",
            "2 comment lines at the top were passed over".to_owned(),
        ),
        ("# by x\ra,b\r1,2\r", "a b", "1 2", comment.to_owned()),
        ("# a,b\n1,0.5\n0,0.25\n", "a b", "1 0.5", String::new()),
        ("# x\n#a b\nc,0.5\nd,0.25", "", "", String::new()),
        ("\"#a\",b\n1,2\n", "#a b", "1 2", String::new()),
        ("sep=;\na;b,c\n1;2\n", "a b,c", "1 2", String::new()),
        ("\"SEP=|\"\r\na|b\r\n1|2", "a b", "1 2", String::new()),
        (
            "1,0.9\n0,0.2\n",
            "column_1 column_2",
            "1 0.9",
            values("1,0.9"),
        ),
        ("1,1\n0,1\n", "column_1 column_2", "1 1", values("1,1")),
        ("1,0\n0,1\n", "column_1 column_2", "1 0", values("1,0")),
        ("5\n7\n", "column_1", "5", values("5")),
        ("0,1\n7,8\n", "0 1", "7 8", taken("0,1")),
        ("1;2;3\n7;8;9\n", "1 2 3", "7 8 9", taken("1;2;3")),
        (
            "spam,0.9\nham,0.2\nspam,0.8\n",
            "column_1 column_2",
            "spam 0.9",
            values("spam,0.9"),
        ),
        (
            "cat,dog\ncat,cat\ndog,dog\ncat,dog",
            "column_1 column_2",
            "cat dog",
            values("cat,dog"),
        ),
        ("cat,dog\ndog,cat\n", "cat dog", "dog cat", String::new()),
        (
            "2024-05-01,NA\n2024-05-02,1",
            "column_1 column_2",
            "2024-05-01T00:00:00Z ",
            values("2024-05-01,NA"),
        ),
        ("a,b\n1,2\na,b\n3,4", "a b", "1 2", String::new()),
    ] {
        if names.is_empty() {
            assert!(message(text.as_bytes()).contains("add a header row"));
        } else {
            let expected = (names.to_owned(), first.to_owned(), notes);
            assert_eq!(start(text), expected, "{text}");
        }
    }
}

use crate::error::DataError;
use crate::limits::Limits;
use crate::reader::{TableReader, read_table};
use crate::table::Table;

fn read(json: &str) -> Result<Table, DataError> {
    let whole = read_table(json.as_bytes());
    for size in [1, 3, 7] {
        let mut reader = TableReader::new();
        let fed = json
            .as_bytes()
            .chunks(size)
            .try_for_each(|chunk| reader.feed(chunk));
        let table = fed.and_then(|()| reader.finish());
        assert_eq!(
            format!("{table:?}"),
            format!("{whole:?}"),
            "by {size}: {json}"
        );
    }
    whole
}

/// The table as CSV, strays and all; notes below.
fn shown(json: &str) -> String {
    let table = read(json).unwrap();
    let names: Vec<&str> = table
        .columns()
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    let mut lines = vec![names.join("|")];
    for row in 0..table.rows() {
        let cell = |column: &crate::Column| {
            let stray = column.strays.iter().find(|stray| stray.row == row);
            stray.map_or_else(
                || column.values.text(row).unwrap_or_default().into_owned(),
                |stray| format!("!{}", stray.text),
            )
        };
        lines.push(
            table
                .columns()
                .iter()
                .map(cell)
                .collect::<Vec<_>>()
                .join("|"),
        );
    }
    lines.extend(table.notes().iter().map(|note| format!("# {note}")));
    lines.join("\n")
}

#[test]
fn shapes() {
    let table = "a|b\n1|x\n2|y";
    for json in [
        r#"[{"a": 1, "b": "x"}, {"b": "y", "a": 2.0}]"#,
        "{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2, \"b\": \"y\"}\n",
        "\n{\"a\":1,\"b\":\"x\"}\r\n\r\n{\"a\":2,\"b\":\"y\"}",
        r#"{"a": [1, 2], "b": ["x", "y"]}"#,
        r#"{"a": {"0": 1, "1": 2}, "b": {"0": "x", "1": "y"}}"#,
        r#"{"0": {"a": 1, "b": "x"}, "1": {"a": 2, "b": "y"}}"#,
        r#"{"data": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}"#,
        r#"[["a", "b"], [1, "x"], [2, "y"]]"#,
        r#"{"columns": ["a", "b"], "data": [[1, "x"], [2, "y"]]}"#,
    ] {
        assert_eq!(shown(json), table, "{json}");
    }
    assert_eq!(shown(r#"{"a": 1, "b": "x"}"#), "a|b\n1|x");
}

#[test]
fn what_stands_beside_the_table_is_noted() {
    let note = "a\n1\n2\n# left out, because it is no part of the table: ";
    for (json, names) in [
        (
            r#"{"data": [{"a": 1}, {"a": 2}], "n": 2, "classes": ["x"]}"#,
            r#""n", "classes""#,
        ),
        (
            r#"{"meta": {"v": [1]}, "ids": [7, 8], "rows": [{"a": 1}, {"a": 2}]}"#,
            r#""meta", "ids""#,
        ),
        (
            r#"{"a": [1, 2], "name": "x", "meta": {"v": 1}}"#,
            r#""name", "meta""#,
        ),
        (
            r#"{"columns": ["a"], "index": [0, 1], "data": [[1], [2]]}"#,
            r#""index""#,
        ),
    ] {
        let shown = shown(json);
        let listed = shown
            .strip_prefix(note)
            .unwrap_or_else(|| panic!("{shown}"));
        let sorted = |list: &str| {
            let mut names: Vec<String> = list.split(", ").map(str::to_owned).collect();
            names.sort();
            names
        };
        assert_eq!(sorted(listed), sorted(names), "{json}");
    }
}

#[test]
fn cells() {
    for (json, expected) in [
        (r#"[{"a": null}, {"a": 1}, {}]"#, "a\n\n1\n"),
        (r#"[{"a": 1}, {"b": true}]"#, "a|b\n1|\n|true"),
        (r#"[{"a": "1.50"}, {"a": 1.5}]"#, "a\n1.5\n1.5"),
        (
            r#"[{"a": {"x": 1, "y": {"z": [1, 2]}}}, {"a": 3}]"#,
            "a.x|a.y|a\n1|{\"z\":[1,2]}|\n||3",
        ),
        (
            r#"[{"id": 12345678901234567890}]"#,
            "id\n12345678901234567890",
        ),
        (r#"[{"a": NaN, "b": [NaN, "NaN"]}]"#, "a|b\n|[null,\"NaN\"]"),
        (
            r#"{"a": [1, NaN, -Infinity, 2, 3, 4, 5, 6, 7, 8, 9, 0]}"#,
            "a\n1\n\n!-Infinity\n2\n3\n4\n5\n6\n7\n8\n9\n0",
        ),
        (r#"[{"\u0061\"": "\u017e\ud83d\ude00\n|"}]"#, "a\"\nž😀\n|"),
        (
            r#"[[1, 0.5], [0]]"#,
            "column_1|column_2\n1|0.5\n|\n# the lists have no names, so the columns are called column_1 and so on",
        ),
    ] {
        assert_eq!(shown(json), expected, "{json}");
    }
}

#[test]
fn a_first_object_that_is_long_is_one_of_columns() {
    let numbers: Vec<String> = (0..300_000).map(|number| number.to_string()).collect();
    let json = format!("{{\"a\": [{0}],\n\"b\": [{0}]}}", numbers.join(", "));
    let table = read_table(json.as_bytes()).unwrap();
    assert_eq!((table.rows(), table.columns().len()), (300_000, 2));
    let mut reader = TableReader::new();
    json.as_bytes()
        .chunks(70_001)
        .for_each(|chunk| reader.feed(chunk).unwrap());
    assert_eq!(reader.finish(), Ok(table));
}

#[test]
fn malformed_json_says_what_is_wrong_and_where() {
    let deep = format!("[{{\"a\": {}1", "[".repeat(70));
    for (json, expected) in [
        (
            "[",
            "row 1 (line 1, byte 1): the JSON ends in the middle, as if the file was cut off: \"the end\"",
        ),
        (
            "[{\"a\": 1},\n {\"a\": \"x",
            "row 2 (line 2, byte 12): the JSON ends in the middle, as if the file was cut off: \"{\"a\": \"x\"",
        ),
        (
            "[{\"a\": 1}\n{\"a\": 2}]",
            "row 2 (line 2, byte 10): this is no JSON; expected a comma or the end of the list or object: \"{\"",
        ),
        (
            "[{\"a\": 1}] x",
            "row 2 (line 1, byte 11): this is no JSON; expected the end of the file: \"x\"",
        ),
        (
            "{\"a\": 1}\n{\"a\": 2}\n5",
            "row 3 (line 3, byte 18): this is no JSON; expected the next record or the end of the file: \"5\"",
        ),
        (
            "[{\"a\": 1}, 5]",
            "row 2 (line 1, byte 11): this is no record; each row must be an object such as {\"label\": 1, \"score\": 0.9}: \"5\"",
        ),
        (
            "[{\"a\": 1, \"a\": 2}]",
            "row 1 (line 1, byte 1): the key \"a\" comes twice in one record: \"{\"a\": 1, \"a\": 2}\"",
        ),
        (
            "[{\"a\": 1},\n{\"b\": 2,\n\"a\": tru}]",
            "row 2 (line 3, byte 28): expected ident: \"{\"b\": 2, \"a\": tru}\"",
        ),
        (
            "[{\"a\": \"\\x\"}]",
            "row 1 (line 1, byte 9): invalid escape: \"{\"a\": \"\\x\"}\"",
        ),
        ("[{\"a\": \"\\ud800\"}]", "row 1 (line 1, byte "),
        (
            "[{\"a\": 1e999}]",
            "row 1 (line 1, byte 1): the number is out of range: \"{\"a\": 1e999}\"",
        ),
        (
            &deep,
            "row 1 (line 1, byte 70): more than 64 brackets are open here; a table is flat: \"[\"",
        ),
        (
            "{\"a\": [1, 2], \"b\": [1]}",
            "column \"b\" has 1 rows, the columns before it have 2",
        ),
        (
            "{\"a\": [1], \"a\": [1]}",
            "two columns are called \"a\": column 1 and column 2; give each its own name",
        ),
        (
            "{\"a\": [1 2]}",
            "row 1 (line 1, byte 9): expected `,` or `]`",
        ),
        ("{\"a\" [1]}", "row 1 (line 1, byte 5): expected `:`"),
        ("[]", "the file is empty"),
        ("{}", "the file is empty"),
        (
            "{\"data\": []}",
            "the file has a header but no rows; the columns are: data",
        ),
        ("[1, 2]", "row 1 (line 1, byte 1): this is no record"),
    ] {
        let message = read(json).unwrap_err().to_string();
        assert!(
            message.starts_with(expected),
            "{json}\n{message}\n{expected}"
        );
    }
}

#[test]
fn limits() {
    let limits = Limits {
        cell: 10,
        row: 40,
        columns: 3,
        rows: 2,
        lacking: 2,
    };
    for (json, expected) in [
        (
            r#"[{"a":1},{"a":2},{"a":3}]"#,
            "the file has more than 2 rows",
        ),
        (
            r#"[{"a":1,"b":1,"c":1,"d":1}]"#,
            "row 1 (line 1, byte 1): there are more than 3 different keys",
        ),
        (
            r#"[{"a":"01234567890123456789012345678901234567890123"}]"#,
            "row 1 (line 1, byte 1): longer than 40 bytes",
        ),
        (
            r#"{"a":["0123456789"]}"#,
            "row 1 (line 1, byte 6): longer than 10 bytes",
        ),
        (
            r#"[{"a":1},{"b":1,"c":1}]"#,
            "the records have 3 different keys by row 2",
        ),
    ] {
        for size in [1, 2, 5, 1000] {
            let mut reader = TableReader::with(None, limits);
            let fed = json
                .as_bytes()
                .chunks(size)
                .try_for_each(|chunk| reader.feed(chunk));
            let error = fed.and_then(|()| reader.finish()).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{json} by {size}: {error}");
        }
    }
}

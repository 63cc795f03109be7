//! Files in other formats, broken files, and rows that cannot be used.

use crate::{check, err, file, out};

/// What is wrong with a file, its bytes, and what is said of it.
type Malformed = (&'static str, Vec<u8>, &'static str);

#[test]
fn files_that_cannot_be_used_end_with_2_and_say_why() {
    let wide = [
        b"label,prediction\n1,".to_vec(),
        vec![b'x'; 5 << 20],
        b"\n".to_vec(),
    ]
    .concat();
    let table: [Malformed; 17] = [
        ("empty", b"".to_vec(), "the file is empty"),
        ("blank", b"\n \n\r\n".to_vec(), "empty"),
        (
            "header only",
            b"label,prediction\n".to_vec(),
            "a header but no rows",
        ),
        (
            "no header",
            b"cat,0.9\ndog,0.2\n".to_vec(),
            "add a header row",
        ),
        (
            "two columns of one name",
            b"label,label\n1,1\n".to_vec(),
            "two columns are called",
        ),
        (
            "a quote that stays open",
            b"label,prediction\n1,\"1\n0,0\n".to_vec(),
            "never closed",
        ),
        ("a field of 5 MB", wide, "the cell is longer than"),
        (
            "an unknown delimiter",
            b"label:prediction\n1:1\n0:0\n".to_vec(),
            "there is only one column, “label:prediction”",
        ),
        (
            "columns of no role",
            b"city,street\nPrague,Long\nBrno,Short\n".to_vec(),
            "city, street",
        ),
        (
            "two encodings",
            b"label,prediction\ncaf\xc3\xa9,bar\ncaf\xe9,bar\n".to_vec(),
            "encoding",
        ),
        (
            "half a UTF-16",
            b"\xff\xfel\0a\0b\0e\0l\0".to_vec(),
            "no rows",
        ),
        (
            "HTML",
            b"<!doctype html><p>label</p>".to_vec(),
            "an HTML or XML page",
        ),
        ("half a JSON", b"[{\"label\": 1,".to_vec(), "cut off"),
        (
            "an archive",
            b"PK\x03\x04\x14\0\0\0".to_vec(),
            "a zip archive",
        ),
        (
            "an image",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            "a PNG image",
        ),
        (
            "bytes",
            (0..=255).cycle().take(4_096).collect(),
            "binary file",
        ),
        (
            "NaN alone",
            b"label,prediction\nNaN,NaN\nNaN,NaN\n".to_vec(),
            "nothing to judge yet",
        ),
    ];
    for (name, bytes, part) in table {
        let output = check(&file("malformed.csv", &bytes), &[]);
        let message = err(&output);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{name}: {message}{}",
            out(&output)
        );
        assert!(message.contains(part), "{name}: {message}");
        assert!(!message.contains("panicked"), "{name}: {message}");
        // A message is for reading, however long the field that it is about.
        assert!(message.len() < 500, "{name}: {} bytes", message.len());
        assert!(output.stdout.is_empty(), "{name}: {}", out(&output));
    }
}

#[test]
fn the_same_rows_in_other_formats_and_encodings_give_the_same_numbers() {
    let rows = [("oui", "oui"), ("oui", "café"), ("café", "café")];
    let csv = rows
        .map(|(label, prediction)| format!("{label},{prediction}\n"))
        .concat();
    let csv = format!("label,prediction\n{csv}");
    let records = rows.map(|(label, prediction)| {
        format!("{{\"label\": \"{label}\", \"prediction\": \"{prediction}\"}}")
    });
    let utf16: Vec<u8> = std::iter::once(0xfeff_u16)
        .chain(csv.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let latin1 = csv.chars().map(|letter| letter as u8).collect();
    let overall = |name: &str, bytes: &[u8]| {
        let output = check(
            &file(name, bytes),
            &["--format", "json", "--positive", "oui"],
        );
        let report: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{name}: {error}: {}", err(&output)));
        report["overall"].clone()
    };
    let expected = overall("utf8.csv", csv.as_bytes());
    assert_eq!(expected["accuracy"], 2.0 / 3.0);
    for (name, bytes) in [
        ("utf16.csv", utf16),
        ("latin1.csv", latin1),
        ("tabs.tsv", csv.replace(',', "\t").into_bytes()),
        (
            "records.json",
            format!("[{}]", records.join(",")).into_bytes(),
        ),
        ("lines.jsonl", records.join("\n").into_bytes()),
    ] {
        assert_eq!(overall(name, &bytes), expected, "{name}");
    }
}

#[test]
fn rows_that_cannot_be_used_are_counted_and_shown() {
    let good = "1,1,0.9\n0,0,0.1\n".repeat(20);
    for (name, bad, used, part) in [
        (
            "ragged",
            "1,1\n0,0,0.1,7\n",
            "40 of 42",
            "the row has 2 fields",
        ),
        ("no label", ",1,0.9\n", "40 of 41", "left out because"),
        (
            "NaN for a label",
            "NaN,1,0.9\n",
            "40 of 41",
            "left out because",
        ),
        ("a word for a score", "1,1,high\n", "40 of 41", "high"),
        (
            "an infinite score",
            "1,1,inf\n",
            "40 of 41",
            "left out because",
        ),
    ] {
        let csv = format!("label,prediction,score\n{good}{bad}");
        let output = check(&file("partly.csv", csv.as_bytes()), &[]);
        let text = out(&output);
        assert_ne!(output.status.code(), Some(2), "{name}: {}", err(&output));
        assert!(
            text.contains(&format!("{used} rows used")),
            "{name}: {text}"
        );
        assert!(text.contains(part), "{name}: {text}");
    }
}

#[test]
fn what_can_be_read_all_the_same_is_read_with_a_note() {
    let rows = "1,1\n0,0\n1,0\n";
    for (name, bytes, part) in [
        (
            "Latin-1",
            [b"label,prediction\ncaf\xe9,bar\nbar,bar\n".as_slice(), b""].concat(),
            "Windows-1252",
        ),
        ("one class", b"label,prediction\n1,1\n1,1\n".to_vec(), "Not"),
        (
            "HTML in a cell",
            format!("label,prediction\n<b>x</b>,0\n{rows}").into_bytes(),
            "4 of 4 rows used",
        ),
        (
            "semicolons",
            rows.replace(',', ";")
                .replace("1;1", "label;prediction\n1;1")
                .into_bytes(),
            "3 of 3 rows used",
        ),
    ] {
        let output = check(&file("readable.csv", &bytes), &[]);
        assert_ne!(output.status.code(), Some(2), "{name}: {}", err(&output));
        assert!(out(&output).contains(part), "{name}: {}", out(&output));
    }
}

//! Files that cannot be used: a message that says why, and a page that goes on.

use crate::data;
use crate::page::{DESKTOP, Page};

const ERROR: &str = "[data-testid=error]";

#[test]
fn broken_files_get_a_message_and_the_page_goes_on() {
    let page = Page::open(DESKTOP);
    let long = [b"label,prediction\n1,".to_vec(), vec![b'x'; 5 << 20]].concat();
    let bytes: Vec<u8> = (0..=255).cycle().take(5_000).collect();
    for (name, content, part) in [
        ("empty.csv", Vec::new(), "is empty"),
        ("binary.csv", bytes, "binary file"),
        (
            "header.csv",
            b"label,prediction\n".to_vec(),
            "a header but no rows",
        ),
        (
            "quote.csv",
            b"label,prediction\n1,\"1\n0,0\n".to_vec(),
            "never closed",
        ),
        (
            "mixed.csv",
            b"label,prediction\ncaf\xc3\xa9,1\ncaf\xe9,1\n".to_vec(),
            "encoding",
        ),
        ("page.csv", b"<!doctype html><p>".to_vec(), "HTML"),
        (
            "letter.txt",
            b"Dear all, here is what we found\nThe model is right, mostly, and quick\nWe would like to use it from May on\n".to_vec(),
            "plain text without columns, not like a table: it starts with \"Dear all,",
        ),
        (
            "chart.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            "PNG image",
        ),
        ("book.xlsx", b"PK\x03\x04\x14\0\0\0".to_vec(), "zip archive"),
        (
            "missing.csv",
            b"label,prediction\nNaN,NaN\n".to_vec(),
            "nothing to judge yet",
        ),
        (
            "colons.csv",
            b"label:prediction\n1:1\n".to_vec(),
            "only one column",
        ),
        ("long.csv", long, "longer than"),
        (
            "twins.csv",
            b"label,label\n1,1\n".to_vec(),
            "two columns are called",
        ),
        ("half.json", b"[{\"label\": 1,".to_vec(), "cut off"),
    ] {
        page.choose_file(name, content);
        page.until_state("failed");
        assert_eq!(page.attribute(ERROR, "role").unwrap(), "alert", "{name}");
        let message = page.text(ERROR);
        let (seen, wanted) = (message.to_lowercase(), part.to_lowercase());
        assert!(seen.contains(&wanted), "{name}: {message}");
        assert!(
            page.has("[data-testid=file-input]"),
            "{name}: there is no way to try again"
        );
        page.click("[data-testid=error] button");
        page.until_state("empty");
        assert!(!page.has(ERROR), "{name}");
    }
    page.choose_file("good.csv", data::matrix_90_10_5_95());
    page.until_state("ready");
    page.until_there("[data-testid=verdict]");
    page.close();
}

#[test]
fn what_was_on_screen_stays_when_the_next_file_is_broken() {
    let page = Page::with_file("matrix.csv", data::matrix_90_10_5_95());
    page.go("load");
    page.choose_file("empty.csv", "");
    page.until_state("failed");
    // The message says what is on screen still.
    assert!(
        page.text(ERROR).contains("matrix.csv"),
        "{}",
        page.text(ERROR)
    );
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.925);
    page.go("load");
    page.choose_file("fraud.csv", data::fraud());
    page.until_state("ready");
    assert!(!page.has(ERROR));
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.98);
    page.close();
}

#[test]
fn columns_without_roles_are_asked_about() {
    let page = Page::open(DESKTOP);
    let rows = [
        ("yes,yes,left", 45),
        ("yes,no,left", 5),
        ("no,no,right", 50),
    ];
    page.choose_file("unnamed.csv", data::repeated("one,two,three", &rows));
    page.until_state("failed");
    let message = page.text(ERROR);
    assert!(message.contains("one, two, three"), "{message}");
    page.select("[data-testid=role-label]", "one");
    page.until(
        "the role is taken",
        "return document.querySelector('[data-testid=role-label]').value === 'one'",
    );
    page.select("[data-testid=role-prediction]", "two");
    page.until_state("ready");
    page.go("confusion");
    assert_eq!(page.metric("recall"), 0.9);
    page.close();
}

#[test]
fn rows_that_cannot_be_used_are_shown_with_their_reason() {
    let csv = data::matrix_90_10_5_95() + "Pos\n,Neg\n,Pos\n";
    let page = Page::with_file("ragged.csv", csv);
    assert_eq!(
        page.attribute("[data-testid=status]", "data-rows").unwrap(),
        "200"
    );
    page.go("load");
    let table = page.text("[data-testid=table-rejected]");
    assert!(
        table.contains("row has 1 field, the header has 2"),
        "{table}"
    );
    assert!(page.text("main").contains("200 of 203 rows used"));
    page.close();
}

#[test]
fn what_can_be_read_all_the_same_is_read() {
    let page = Page::open(DESKTOP);
    let utf16 = "\u{feff}label,prediction\n1,1\n0,1\n";
    for (name, content, text) in [
        (
            "utf16.csv",
            utf16.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "All 2 rows are used",
        ),
        (
            "latin1.csv",
            b"label,prediction\ncaf\xe9,bar\nbar,bar\n".to_vec(),
            "Windows-1252",
        ),
        (
            "tabs.csv",
            b"label\tprediction\n1\t1\n0\t1\n".to_vec(),
            "All 2 rows are used",
        ),
        (
            "one_class.csv",
            b"label,prediction\n1,1\n1,1\n".to_vec(),
            "All 2 rows are used",
        ),
        (
            "markup.csv",
            b"label,prediction\n<img src=x onerror=alert(1)>,0\n0,0\n".to_vec(),
            "All 2 rows are used",
        ),
    ] {
        page.choose_file(name, content);
        let script =
            format!("return document.querySelector('.in-force .source')?.textContent === '{name}'");
        page.until(name, &script);
        page.go("load");
        let shown = page.text("main");
        assert!(shown.contains(text), "{name}: {shown}");
    }
    page.go("confusion");
    assert!(page.text("main").contains("<img src=x onerror=alert(1)>"));
    assert!(!page.has("main img"));
    page.close();
}

#[test]
fn a_folder_and_files_that_do_not_belong_together_are_refused() {
    let page = Page::open(DESKTOP);
    page.drop_folder("results");
    page.until_state("failed");
    let message = page.text(ERROR);
    assert!(
        message.contains("“results” could not be read. If it is a folder"),
        "{message}"
    );
    page.click("[data-testid=error] button");
    page.until_state("empty");
    page.choose_files(&[
        ("a.csv", "id,prediction\n1,1\n"),
        ("b.csv", "city,label\nBrno,1\n"),
    ]);
    page.until_state("failed");
    let message = page.text(ERROR);
    assert!(
        message.contains("give both a column of ids with the same name"),
        "{message}"
    );
    page.click("[data-testid=error] button");
    page.until_state("empty");
    page.choose_files(&[("a.csv", "id,prediction\n1,1\n"), ("b.csv", "")]);
    page.until_state("failed");
    assert!(
        page.text(ERROR).contains("“b.csv”: the file is empty"),
        "{}",
        page.text(ERROR)
    );
    page.choose_file("good.csv", data::matrix_90_10_5_95());
    page.until_state("ready");
    page.close();
}

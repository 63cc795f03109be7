//! Files that cannot be used: a message that says why, and a page that goes on.

use crate::data;
use crate::page::{DESKTOP, Page};

const ERROR: &str = "[data-testid=error]";

#[test]
fn broken_files_get_a_message_and_the_page_goes_on() {
    let page = Page::open(DESKTOP);
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
    ] {
        page.choose_file(name, content);
        page.until_state("failed");
        assert_eq!(page.attribute(ERROR, "role").unwrap(), "alert", "{name}");
        let message = page.text(ERROR);
        assert!(message.contains(part), "{name}: {message}");
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

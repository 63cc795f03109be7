//! Everything but a single file: pasted matrices and lists, a typed matrix, and several files at once.

use serde_json::json;

use crate::data;
use crate::page::{DESKTOP, DOWN, ENTER, PHONE, Page};

const ERROR: &str = "[data-testid=error]";

/// What the header says is being looked at.
const SOURCE: &str = ".in-force .source";

#[test]
fn every_way_in_stands_there_and_can_be_typed_into_at_once() {
    for screen in [DESKTOP, PHONE] {
        let page = Page::open(screen);
        for handle in [
            "paste",
            "paste-submit",
            "paste-label",
            "paste-prediction",
            "paste-score",
            "paste-latency",
            "paste-lists-submit",
            "matrix-cell-0-0",
            "matrix-cell-1-1",
            "matrix-class-0",
            "matrix-submit",
            "sample-flights",
            "sample-bicycles",
            "sample-breast_cancer",
            "sample-digits",
            "sample-matrix",
        ] {
            let visible = page.run(
                "return document.querySelector(`[data-testid=${arguments[0]}]`).checkVisibility()",
                json!([handle]),
            );
            assert_eq!(visible, json!(true), "{handle}");
        }
        let overflow = page.run(
            "return document.documentElement.scrollWidth - innerWidth",
            json!([]),
        );
        assert_eq!(overflow, json!(0));
        page.close();
    }
}

#[test]
fn a_typed_matrix_is_judged() {
    let page = Page::open(DESKTOP);
    page.click("[data-testid=matrix-cell-0-0]");
    page.type_into("[data-testid=matrix-cell-0-0]", "90");
    page.type_into("[data-testid=matrix-cell-0-1]", "10");
    page.click("[data-testid=matrix-cell-0-0]");
    page.press(DOWN);
    let focused = page.run("return document.activeElement.dataset.testid", json!([]));
    assert_eq!(focused, json!("matrix-cell-1-0"));
    page.type_into("[data-testid=matrix-cell-1-0]", "5");
    page.type_into("[data-testid=matrix-cell-1-1]", "x");
    page.press(ENTER);
    page.until_state("failed");
    let message = page.text(ERROR);
    assert!(
        message.contains("true “positive”, predicted “positive” is “x”"),
        "{message}"
    );
    // What was typed stays.
    page.type_into("[data-testid=matrix-cell-1-1]", "\u{E003}95");
    page.click("[data-testid=matrix-submit]");
    page.until_state("ready");
    assert_eq!(page.text(SOURCE), "matrix of counts");
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.925);
    assert_eq!(page.metric("recall"), 0.95);
    page.close();
}

#[test]
fn a_typed_matrix_grows_to_more_classes() {
    let page = Page::open(DESKTOP);
    for _ in 0..10 {
        page.click("[data-testid=matrix-add]");
    }
    assert!(page.has("[data-testid=matrix-cell-11-11]"));
    assert!(!page.has("[data-testid=matrix-add]"));
    for _ in 0..9 {
        page.click("[data-testid=matrix-remove]");
    }
    assert!(!page.has("[data-testid=matrix-cell-3-3]"));
    page.type_into("[data-testid=matrix-class-2]", " of three");
    for actual in 0..3 {
        for predicted in 0..3 {
            let count = if actual == predicted { "8" } else { "1" };
            page.type_into(
                &format!("[data-testid=matrix-cell-{actual}-{predicted}]"),
                count,
            );
        }
    }
    page.click("[data-testid=matrix-submit]");
    page.until_state("ready");
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.8);
    assert!(page.text("main").contains("class 3 of three"));
    page.close();
}

#[test]
fn a_pasted_matrix_is_judged() {
    let page = Page::open(DESKTOP);
    page.type_into(
        "[data-testid=paste]",
        " , cat, dog\ncat, 90, 10\ndog, 5, 95",
    );
    page.click("[data-testid=paste-submit]");
    page.until_state("ready");
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.925);
    page.close();
}

#[test]
fn pasted_json_is_judged() {
    let page = Page::open(DESKTOP);
    page.type_into(
        "[data-testid=paste]",
        r#"[{"label": 1, "prediction": 1}, {"label": 0, "prediction": 1}]"#,
    );
    page.click("[data-testid=paste-submit]");
    page.until_state("ready");
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.5);
    page.close();
}

#[test]
fn pasted_lists_are_judged() {
    let page = Page::open(DESKTOP);
    page.click("[data-testid=paste-lists-submit]");
    page.until_state("failed");
    assert!(page.text(ERROR).contains("no lists yet"));
    page.type_into("[data-testid=paste-label]", "1\n0\n1\n0\n");
    page.type_into("[data-testid=paste-score]", "0.9, 0.2, 0.4");
    page.click("[data-testid=paste-lists-submit]");
    page.until(
        "the lengths are said",
        "return document.querySelector('[data-testid=error]')?.innerText
             .includes('The score has 3 values, the label has 4')",
    );
    // Where an error came first, nothing has to be typed again.
    page.type_into("[data-testid=paste-label]", "\u{E009}a\u{E000}1 0 1 0");
    page.type_into(
        "[data-testid=paste-score]",
        "\u{E009}a\u{E000}0.9, 0.2, 0.4, 0.1",
    );
    page.type_into("[data-testid=paste-latency]", "10 20 30 40");
    page.click("[data-testid=paste-lists-submit]");
    page.until_state("ready");
    assert_eq!(page.text(SOURCE), "pasted lists");
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.75);
    assert_eq!(page.metric("roc_auc"), 1.0);
    page.close();
}

#[test]
fn two_files_are_two_splits() {
    let page = Page::open(DESKTOP);
    let train = data::repeated("label,prediction", &[("1,1", 95), ("1,0", 5), ("0,0", 100)]);
    let test = data::repeated(
        "prediction,label",
        &[("1,1", 90), ("0,1", 10), ("1,0", 5), ("0,0", 95)],
    );
    page.choose_files(&[("my_train.csv", &train), ("my_test.csv", &test)]);
    page.until_state("ready");
    assert_eq!(page.text(SOURCE), "my_train.csv and 1 more");
    let judged = page.run(
        "return document.querySelector('[data-testid=split]').value",
        json!([]),
    );
    assert_eq!(judged, "test");
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.925);
    page.go("load");
    let text = page.text("main");
    assert!(
        text.contains("my_train.csv: 200 of 200 rows used"),
        "{text}"
    );
    assert!(text.contains("its rows are the split “test”"), "{text}");
    page.close();
}

#[test]
fn two_files_are_joined_on_their_ids_wherever_they_are_dropped() {
    let page = Page::open(DESKTOP);
    let predictions = "id,prediction\n1,1\n2,0\n3,1\n4,0\n5,0\n";
    let labels = "[{\"id\": 4, \"label\": 1}, {\"id\": 3, \"label\": 1}, {\"id\": 2, \"label\": 0}, {\"id\": 1, \"label\": 1}]";
    page.run(
        "const data = new DataTransfer();
         data.items.add(new File([arguments[0]], 'predictions.csv'));
         data.items.add(new File([arguments[1]], 'labels.json'));
         const event = name => new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true });
         document.body.dispatchEvent(event('dragover'));
         document.body.dispatchEvent(event('drop'))",
        json!([predictions, labels]),
    );
    page.until_state("ready");
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.75);
    page.go("load");
    let rejected = page.text("[data-testid=table-rejected]");
    assert!(
        rejected.contains("o row with this id in labels.json"),
        "{rejected}"
    );
    page.close();
}

#[test]
fn reading_two_files_shows_progress_over_both() {
    let page = Page::open(DESKTOP);
    page.run(
        "window.seen = [];
         new MutationObserver(changes => {
             for (const { target } of changes) {
                 if (target.dataset.testid === 'status' && target.dataset.bytes) seen.push(Number(target.dataset.bytes));
             }
         }).observe(document.body, { attributes: true, subtree: true })",
        json!([]),
    );
    let rows = data::large(300_000);
    page.choose_files(&[("train.csv", &rows), ("test.csv", &rows)]);
    page.until_state("ready");
    let seen = page.run("return seen", json!([]));
    let seen: Vec<u64> = seen
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|bytes| bytes.as_u64())
        .collect();
    assert!(seen.is_sorted(), "{seen:?}");
    let first = rows.len() as u64;
    assert!(seen.iter().any(|&bytes| bytes > first), "{seen:?}");
    let shown = page.attribute("[data-testid=status]", "data-rows");
    assert_eq!(shown.as_deref(), Some("600000"));
    page.close();
}

#[test]
fn other_files_samples_and_rows_can_follow_the_first_file() {
    let page = Page::with_file("matrix.csv", data::matrix_90_10_5_95());
    page.go("load");
    page.type_into("[data-testid=paste]", "label,prediction\n1,1\n0,1\n");
    page.click("[data-testid=paste-submit]");
    page.until(
        "the pasted rows are in force",
        "return document.querySelector('.in-force .source')?.textContent === 'pasted text'",
    );
    page.go("load");
    page.click("[data-testid=sample-breast_cancer]");
    page.until(
        "the sample is in force",
        "return document.querySelector('.in-force .source')?.textContent === 'breast_cancer.csv'",
    );
    page.close();
}

#[test]
fn a_file_that_was_still_being_chosen_when_the_page_moved_on_is_read() {
    let page = Page::open(DESKTOP);
    page.run(
        "window.beingChosen = document.querySelector('[data-testid=file-input]')",
        json!([]),
    );
    page.choose_file("matrix.csv", data::matrix_90_10_5_95());
    page.until_state("ready");
    page.run(
        "const data = new DataTransfer(); data.items.add(new File([arguments[0]], 'later.csv'));
         window.beingChosen.files = data.files;
         window.beingChosen.dispatchEvent(new Event('change', { bubbles: true }))",
        json!(["label,prediction\n1,1\n0,1\n"]),
    );
    page.until(
        "the later file is in force",
        "return document.querySelector('.in-force .source')?.textContent === 'later.csv'",
    );
    page.close();
}

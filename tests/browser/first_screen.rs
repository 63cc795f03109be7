//! What one sees first, and the ways in from there.

use crate::data;
use crate::page::{DESKTOP, ENTER, Page, TAB};

#[test]
fn the_first_screen_asks_the_question_and_offers_every_way_in() {
    let page = Page::open(DESKTOP);
    assert_eq!(page.text("h1"), "Is your model ready for production?");
    assert_eq!(
        page.attribute("[data-testid=status]", "data-state")
            .unwrap(),
        "empty"
    );
    for way_in in [
        "input[type=file][data-testid=file-input]",
        "textarea[data-testid=paste]",
        "[data-testid=paste-submit]",
        "[data-testid=sample-breast_cancer]",
    ] {
        assert!(page.has(way_in), "{way_in}");
    }
    assert!(page.text("main").contains("stays in this tab"));
    assert!(!page.has("[data-testid=error]"));
    assert!(!page.has("[data-testid=verdict]"));
    page.close();
}

#[test]
fn each_sample_is_one_click_away_in_any_folder_of_a_host() {
    for (sample, rows, verdict) in [
        ("flights", "5000", "not_ready"),
        ("bicycles", "7875", "not_ready"),
        ("breast_cancer", "569", "ready_with_warnings"),
        ("digits", "1797", "ready_with_warnings"),
        ("matrix", "200", "ready_with_warnings"),
    ] {
        let page = Page::open_under("/some/folder/", DESKTOP);
        page.click(&format!("[data-testid=sample-{sample}]"));
        page.until_state("ready");
        let shown = page.attribute("[data-testid=status]", "data-rows");
        assert_eq!(shown.as_deref(), Some(rows));
        let given = page.attribute("[data-testid=verdict]", "data-verdict");
        assert_eq!(given.as_deref(), Some(verdict));
        page.until(
            "the verdict is painted",
            "return performance.getEntriesByName('greenlight:verdict-painted').length > 0",
        );
        page.close();
    }
}

#[test]
fn json_is_read_and_what_is_broken_of_it_leaves_the_rest_alone() {
    let records: Vec<String> = [(1, 1), (1, 0), (0, 0), (0, 0)]
        .map(|(label, prediction)| format!("{{\"label\":{label},\"prediction\":{prediction}}}"))
        .into();
    let page = Page::open(DESKTOP);
    for (name, content) in [
        ("records.json", format!("[{}]", records.join(","))),
        ("lines.jsonl", records.join("\n")),
        (
            "rows.csv",
            "label,prediction\n1,1\n1,0\n0,0\n0,0\n".to_owned(),
        ),
    ] {
        page.choose_file(name, &content);
        page.until(
            "the file is the one in force",
            &format!(
                "return document.querySelector('.in-force .source')?.textContent === '{name}'"
            ),
        );
        page.go("confusion");
        assert_eq!(page.metric("accuracy"), 0.75, "{name}");
        assert_eq!(page.metric("recall"), 0.5, "{name}");
        page.go("load");
    }
    page.choose_file("half.json", "[{\"label\": 1,");
    page.until_state("failed");
    assert!(page.text("[data-testid=error]").contains("cut off"));
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.75);
    page.close();
}

#[test]
fn pasted_text_is_judged() {
    let page = Page::open(DESKTOP);
    page.type_into(
        "textarea[data-testid=paste]",
        "label,prediction\n1,1\n0,0\n1,0\n0,0\n",
    );
    page.click("[data-testid=paste-submit]");
    page.until_state("ready");
    // Four rows are an anecdote.
    assert_eq!(
        page.attribute("[data-testid=verdict]", "data-verdict")
            .unwrap(),
        "not_enough_evidence"
    );
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.75);
    page.close();
}

#[test]
fn text_on_the_clipboard_is_judged_wherever_it_is_pasted() {
    let page = Page::open(DESKTOP);
    page.run(
        "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);
         document.body.dispatchEvent(new ClipboardEvent('paste', \
             { clipboardData: data, bubbles: true, cancelable: true }))",
        serde_json::json!([data::matrix_90_10_5_95()]),
    );
    page.until_state("ready");
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.925);
    page.close();
}

#[test]
fn a_file_is_judged_where_it_is_dropped() {
    let page = Page::open(DESKTOP);
    page.run(
        "const data = new DataTransfer(); data.items.add(new File([arguments[0]], 'dropped.csv'));
         const event = name => new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true });
         document.body.dispatchEvent(event('dragover'));
         document.body.dispatchEvent(event('drop'))",
        serde_json::json!([data::fraud()]),
    );
    page.until_state("ready");
    assert!(page.text("header").contains("dropped.csv"));
    assert_eq!(
        page.attribute("[data-testid=verdict]", "data-verdict")
            .unwrap(),
        "not_ready"
    );
    page.close();
}

#[test]
fn the_keyboard_reaches_everything() {
    let page = Page::open(DESKTOP);
    let focused =
        "return document.activeElement?.dataset?.testid ?? document.activeElement?.className ?? ''";
    let tab_to = |wanted: &str| {
        let mut seen = Vec::new();
        for _ in 0..60 {
            page.press(TAB);
            let now = page.run(focused, serde_json::json!([]));
            seen.push(now.as_str().unwrap().to_owned());
            if seen.last().is_some_and(|name| name == wanted) {
                return;
            }
        }
        panic!("Tab never came to {wanted}, but to {seen:?}");
    };
    tab_to("file-input");
    tab_to("sample-breast_cancer");
    page.press(ENTER);
    page.until_state("ready");
    tab_to("nav-confusion");
    page.press(ENTER);
    page.until_there("canvas[data-testid=chart-confusion_matrix]");
    tab_to("nav-load");
    page.press(ENTER);
    page.until_there("[data-testid=role-label]");
    tab_to("role-label");
    page.close();
}

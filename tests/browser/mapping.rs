//! The Data view: which column plays which part, what was read, and which rows are judged.

use greenlight_readiness::{Choices, Policy};
use serde_json::{Value, json};

use crate::data;
use crate::page::Page;
use crate::report::downloaded;

/// Rows of three splits: right in all of train, in 9 of 10 of test, in 7 of 10 of production.
fn splits() -> String {
    let rows = [
        ("1,1,train", 50),
        ("0,0,train", 50),
        ("1,1,test", 45),
        ("1,0,test", 5),
        ("0,0,test", 45),
        ("0,1,test", 5),
        ("1,1,production", 35),
        ("1,0,production", 15),
        ("0,0,production", 35),
        ("0,1,production", 15),
    ];
    data::repeated("label,prediction,split", &rows)
}

fn value(page: &Page, selector: &str) -> String {
    let script = "return document.querySelector(arguments[0]).value";
    let value = page.run(script, json!([selector]));
    value.as_str().unwrap().to_owned()
}

fn until_value(page: &Page, selector: &str, value: &str) {
    let script = format!("return document.querySelector({selector:?})?.value === {value:?}");
    page.until(&format!("{selector} is {value}"), &script);
}

/// Which boxes of a fieldset are ticked.
fn ticked(page: &Page, fieldset: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(`[data-testid=${arguments[0]}] input:checked`)].map(box => box.value)";
    let ticked = page.run(script, json!([fieldset]));
    serde_json::from_value(ticked).unwrap()
}

fn until_ticked(page: &Page, fieldset: &str, columns: &[&str]) {
    let script = format!(
        "return [...document.querySelectorAll('[data-testid={fieldset}] input:checked')]
             .map(box => box.value).join() === {:?}",
        columns.join(",")
    );
    page.until(&format!("{columns:?} are {fieldset}"), &script);
}

#[test]
fn another_column_for_a_role_makes_another_verdict() {
    let rows = [("1,1,0", 90), ("1,0,1", 10), ("0,0,1", 95), ("0,1,0", 5)];
    let page = Page::with_file("two.csv", data::repeated("label,prediction,rival", &rows));
    let verdict = || page.attribute("[data-testid=verdict]", "data-verdict");
    assert_ne!(verdict().unwrap(), "not_ready");
    page.go("load");
    page.select("[data-testid=role-prediction]", "rival");
    page.until_there("[data-testid=back-to-guesses]");
    page.go("verdict");
    page.until(
        "the verdict is on the rival",
        "return document.querySelector('[data-testid=verdict]').dataset.verdict === 'not_ready'",
    );
    assert!(
        page.text("[data-testid=read-as]")
            .contains("prediction = rival")
    );
    page.go("load");
    page.click("[data-testid=back-to-guesses]");
    until_value(&page, "[data-testid=role-prediction]", "prediction");
    page.go("verdict");
    assert_ne!(verdict().unwrap(), "not_ready");
    page.close();
}

#[test]
fn boxes_give_roles_to_several_columns() {
    let rows = [
        ("ant,ant,north,30,0.8,0.1,0.1", 20),
        ("bee,bee,south,40,0.2,0.7,0.1", 20),
        ("cat,bee,south,50,0.1,0.6,0.3", 10),
        ("cat,cat,north,60,0.1,0.2,0.7", 10),
    ];
    let header = "label,prediction,region,age,proba_ant,proba_bee,proba_cat";
    let page = Page::with_file("classes.csv", data::repeated(header, &rows));
    page.go("load");
    let scores = ["proba_ant", "proba_bee", "proba_cat"];
    assert_eq!(ticked(&page, "role-class_scores"), scores);
    assert_eq!(ticked(&page, "role-segments"), ["region"]);
    assert_eq!(ticked(&page, "role-features"), ["age"]);

    page.click("[data-testid=role-class_scores] button[aria-label^='None']");
    until_ticked(&page, "role-class_scores", &[]);
    for (count, name) in scores.iter().enumerate() {
        page.click(&format!(
            "[data-testid=role-class_scores] input[value={name}]"
        ));
        until_ticked(&page, "role-class_scores", &scores[..=count]);
    }
    page.click("[data-testid=role-segment] input[value=age]");
    until_ticked(&page, "role-segment", &["region", "age"]);
    page.click("[data-testid=role-segment] input[value=region]");
    until_ticked(&page, "role-segment", &["age"]);
    page.click("[data-testid=role-feature] input[value=region]");
    until_ticked(&page, "role-feature", &["region"]);
    page.until_state("ready");

    page.go("verdict");
    let folder = page.keep_downloads();
    page.click("[data-testid=download-json]");
    let report: Value = serde_json::from_str(&downloaded(&folder)).unwrap();
    let roles = &report["roles"];
    let columns = roles["class_scores"].as_object().unwrap().values();
    assert_eq!(columns.cloned().collect::<Vec<Value>>(), scores);
    assert_eq!(roles["segments"], json!(["age"]));
    assert_eq!(roles["features"], json!(["region"]));
    page.close();
}

#[test]
fn a_column_that_is_given_away_is_told_of_and_can_be_had_back() {
    let rows = [("1,0.9", 30), ("0,0.2", 60), ("1,0.4", 10)];
    let page = Page::with_file("scores.csv", data::repeated("label,score", &rows));
    page.go("load");
    page.select("[data-testid=role-latency]", "score");
    page.until_there("[data-testid=moved]");
    assert!(
        page.text("[data-testid=moved]")
            .contains("score was the score; it is now the latency, and no column is the score."),
        "{}",
        page.text("[data-testid=moved]")
    );
    assert_eq!(value(&page, "[data-testid=role-score]"), "");
    let why = page.text("#role-score-why");
    assert!(why.contains("“score”, which you made the latency"), "{why}");
    page.click("[data-testid=undo]");
    until_value(&page, "[data-testid=role-score]", "score");
    until_value(&page, "[data-testid=role-latency]", "");
    // The button has gone, the place has not.
    let focus = page.run("return document.activeElement.id", json!([]));
    assert_eq!(focus, json!("role-latency"));
    page.close();
}

#[test]
fn the_judged_split_is_chosen_from_every_view() {
    let page = Page::with_file("splits.csv", splits());
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.7);
    assert_eq!(value(&page, "[data-testid=split]"), "production");
    page.select("[data-testid=split]", "test");
    page.until_metric("accuracy", 0.9);
    page.select("[data-testid=split]", "");
    page.until_metric("accuracy", 260.0 / 300.0);
    page.until_state("ready");
    assert!(
        page.text("header").contains("300 rows"),
        "{}",
        page.text("header")
    );

    page.go("load");
    assert!(page.text("main").contains("learnt from some of these rows"));
    page.select("[data-testid=current-split]", "train");
    page.until(
        "the header says train",
        "return document.querySelector('[data-testid=split]').value === 'train'",
    );
    // Nothing is compared with itself.
    assert_eq!(value(&page, "[data-testid=reference-split]"), "");
    let judged = "[data-testid=reference-split] option[value=train]";
    assert!(page.attribute(judged, "disabled").is_some());
    page.select("[data-testid=reference-split]", "test");
    until_value(&page, "[data-testid=reference-split]", "test");
    // Judging what was compared with leaves nothing chosen to compare with.
    page.select("[data-testid=split]", "test");
    until_value(&page, "[data-testid=current-split]", "test");
    until_value(&page, "[data-testid=reference-split]", "train");
    page.until_state("ready");
    page.close();
}

#[test]
fn the_page_and_the_terminal_agree_on_what_was_chosen() {
    let csv = splits();
    let page = Page::with_file("splits.csv", &csv);
    page.select("[data-testid=split]", "test");
    page.until(
        "the test rows are judged",
        "return document.querySelector('header').innerText.includes('100 rows')
             && document.querySelector('[data-testid=read-as]') !== null",
    );
    page.until_state("ready");
    let folder = page.keep_downloads();
    page.click("[data-testid=download-json]");
    let choices = Choices {
        current: Some("test".into()),
        ..Choices::default()
    };
    let report = data::report("splits.csv", csv.as_bytes(), &choices, &Policy::balanced());
    assert_eq!(downloaded(&folder), report.to_json().unwrap());
    page.close();
}

#[test]
fn the_focus_lands_on_what_is_asked_for() {
    let rows = [("cat,cat", 8), ("cat,dog", 2), ("dog,dog", 10)];
    let page = Page::with_file("pets.csv", data::repeated("label,prediction", &rows));
    page.click("[data-step=choose_positive_class] a");
    let focus = |id: &str| {
        page.until(
            &format!("{id} has the focus"),
            &format!("return document.activeElement.id === {id:?}"),
        );
    };
    focus("positive-class");
    let seen = page.run(
        "const { top, bottom } = document.activeElement.getBoundingClientRect();
         return top > 0 && bottom < innerHeight",
        json!([]),
    );
    assert_eq!(seen, json!(true));
    page.go("verdict");
    page.click("[data-testid=read-as] a");
    focus("role-label");
    page.close();
}

#[test]
fn what_was_read_is_shown_as_text() {
    let csv = "label,prediction,<b>bold</b>\n\
               1,1,<img src=x onerror=\"document.title='run'\">\n0,0,plain\n1,0,\n";
    let page = Page::with_file(
        "markup.csv",
        csv.replace("\"document.title='run'\"", "alert(1)"),
    );
    page.go("load");
    let table = page.text("[data-testid=table-columns]");
    assert!(table.contains("<b>bold</b>"), "{table}");
    assert!(table.contains("<img src=x onerror=alert(1)>"), "{table}");
    assert!(table.contains("33.3 %"), "{table}");
    assert!(!page.has("main b") && !page.has("main img"));
    page.close();
}

#[test]
fn five_hundred_columns_can_be_used() {
    let mut csv = "label,prediction".to_owned();
    for column in 0..498 {
        csv += &format!(",f{column}");
    }
    for row in 0..200 {
        csv += &format!("\n{},{}", row % 2, u8::from(row % 20 < 10));
        for column in 0..498 {
            csv += &format!(",{}", (row * 7 + column * 13) % 101);
        }
    }
    let page = Page::with_file("wide.csv", csv);
    page.go("load");
    page.until(
        "all columns are there",
        "return document.querySelectorAll('[data-testid=role-feature] input').length === 500
             && document.querySelectorAll('[data-testid=table-columns] tbody tr').length === 500
             && document.querySelectorAll('[data-testid=role-count] option').length === 501",
    );
    let wide = page.run(
        "return document.documentElement.scrollWidth > document.documentElement.clientWidth",
        json!([]),
    );
    assert_eq!(wide, json!(false));
    page.click("[data-testid=role-segment] input[value=f497]");
    until_ticked(&page, "role-segment", &["f497"]);
    page.select("[data-testid=role-cost]", "f300");
    until_value(&page, "[data-testid=role-cost]", "f300");
    page.click("[data-testid=role-feature] button[aria-label^='None']");
    until_ticked(&page, "role-feature", &[]);
    page.click("[data-testid=role-feature] button[aria-label^='All']");
    page.until(
        "the free columns are features",
        "return document.querySelectorAll('[data-testid=role-feature] input:checked').length === 496",
    );
    page.until_state("ready");
    page.close();
}

#[test]
fn the_grade_from_which_answers_are_accepted_can_be_chosen() {
    let rows = [("5,5,9", 60), ("4,4,9", 20), ("3,3,9", 10), ("1,2,9", 10)];
    let csv = data::repeated("human,judge,latency_ms", &rows);
    let page = Page::with_file("graded.csv", csv);
    page.select("[data-testid=policy]", "assistant");
    let accepted = || page.attribute("[data-testid=criterion-accepted_share]", "data-value");
    page.until_there("[data-testid=criterion-accepted_share]");
    assert_eq!(accepted().unwrap(), "0.8");
    page.go("load");
    page.select("[data-testid=pass-mark]", "3");
    page.go("verdict");
    page.until(
        "the share follows",
        "return document.querySelector('[data-testid=criterion-accepted_share]')?.dataset.value === '0.9'",
    );
    page.close();
}

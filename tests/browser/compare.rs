//! Another report beside the one on screen, and the forms in which a report is kept.

use serde_json::{Value, json};

use crate::downloads::downloaded;
use crate::page::{DESKTOP, PHONE, Page};
use crate::report;

const FILE: &str = "[data-testid=compare-file]";

/// So many rows of each kind: right positives, missed ones, false alarms, right negatives.
fn rows([caught, missed, false_alarms, quiet]: [usize; 4]) -> String {
    let kinds = [
        ("1,1\n", caught),
        ("1,0\n", missed),
        ("0,1\n", false_alarms),
        ("0,0\n", quiet),
    ];
    let rows: String = kinds
        .iter()
        .map(|(row, times)| row.repeat(*times))
        .collect();
    format!("label,prediction\n{rows}")
}

/// The report on rows, as the page gives it.
fn kept_report(page: &Page, counts: [usize; 4]) -> String {
    page.choose_file("last_release.csv", rows(counts));
    page.until_state("ready");
    let folder = page.keep_downloads();
    page.go("share");
    tap(page, "[data-testid=download-json]");
    report::downloaded_live(&folder)
}

/// Clicks on an element in the middle of the screen: on a phone the navigation lies over its end.
fn tap(page: &Page, selector: &str) {
    page.run(
        "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })",
        json!([selector]),
    );
    page.click(selector);
}

/// Puts a file into the control of the Compare view.
fn bring(page: &Page, name: &str, content: &str) {
    page.run(
        "const [selector, name, content] = arguments;
         const files = new DataTransfer();
         files.items.add(new File([content], name));
         const input = document.querySelector(selector);
         input.files = files.files;
         input.dispatchEvent(new Event('change', {bubbles: true}))",
        json!([FILE, name, content]),
    );
}

#[test]
fn what_got_better_is_told_and_drawn() {
    for screen in [DESKTOP, PHONE] {
        let page = Page::open(screen);
        let before = kept_report(&page, [710, 290, 50, 950]);
        page.go("load");
        page.choose_file("this_release.csv", rows([780, 220, 50, 950]));
        page.until("the new file", "return document.querySelector('.in-force .source')?.textContent === 'this_release.csv'");
        page.until_state("ready");
        page.go("compare");
        bring(&page, "last_release.json", &before);
        page.until_there("[data-testid=table-compared]");
        let summary = page.text("[data-testid=compare-summary]");
        assert!(
            summary.ends_with("nothing got worse beyond chance."),
            "{summary}"
        );
        assert_eq!(
            page.text("[data-testid=compare-headline]"),
            "Not ready, as before: 7 better, none worse, 1 within noise, 1 the same"
        );
        assert_eq!(
            page.attribute("[data-testid=compared-recall]", "data-change")
                .as_deref(),
            Some("better")
        );
        assert_eq!(
            page.attribute("[data-testid=compared-recall] .after", "data-value")
                .as_deref(),
            Some("0.78")
        );
        let is_wide = page.run(
            "return document.documentElement.scrollWidth > innerWidth",
            json!([]),
        );
        assert_eq!(is_wide, json!(false));
        page.screenshot("compare");

        tap(&page, "[data-testid=compare-swap]");
        page.until("the other way round", "return document.querySelector('[data-testid=compared-recall]').dataset.change === 'worse'");

        let folder = page.keep_downloads();
        tap(&page, "[data-testid=download-csv-compared]");
        let csv = downloaded(&folder, "greenlight-compared.csv");
        assert!(csv.contains("\r\nrecall,,0.78,0.71,"), "{csv}");

        // Only what got worse: everything that is told of recall, and nothing that is the same.
        page.run(
            "document.querySelectorAll('[name=compare-filter]')[1].click()",
            json!([]),
        );
        page.until(
            "fewer rows",
            "return !document.querySelector('[data-testid=compared-specificity]')",
        );
        assert!(page.has("[data-testid=compared-recall]"));
        // It is still there after a look at another view.
        page.go("verdict");
        page.go("compare");
        page.until_there("[data-testid=table-compared]");
    }
}

#[test]
fn what_is_no_report_says_so_and_changes_nothing() {
    let page = Page::with_file("now.csv", rows([71, 29, 5, 95]));
    page.until_state("ready");
    page.go("compare");
    for (content, why) in [
        ("label,prediction\n1,1\n", "not a report"),
        ("{\"schema\": \"greenlight.report/7\"}", "another version"),
    ] {
        bring(&page, "other.json", content);
        page.until("the message", &format!("return document.querySelector('[data-testid=compare-fault]').textContent.includes({})", json!(why)));
        assert!(!page.has("[data-testid=table-compared]"));
    }
}

#[test]
fn an_exported_report_is_shown_again_and_one_of_numbers_alone_says_what_to_do() {
    let page = Page::open(DESKTOP);
    let json = kept_report(&page, [710, 290, 50, 950]);
    page.go("confusion");
    let recall = page.metric("recall");
    page.close();

    let page = Page::open(DESKTOP);
    page.choose_file("greenlight-report.json", &json);
    page.until_state("ready");
    assert_eq!(
        page.attribute("[data-testid=verdict]", "data-verdict")
            .as_deref(),
        Some("not_ready")
    );
    page.go("confusion");
    assert_eq!(page.metric("recall"), recall);

    // In a page of its own, as the one file holds it.
    let document: Value = serde_json::from_str(&json).unwrap();
    let html = format!(
        "<!doctype html><title>greenlight</title><script type=\"text/plain\" id=\"greenlight-report\">{}</script>",
        document["live"].as_str().unwrap()
    );
    page.go("load");
    page.choose_file("greenlight.html", html);
    page.until_state("ready");
    page.go("confusion");
    assert_eq!(page.metric("recall"), recall);

    page.go("load");
    page.choose_file(
        "old.json",
        "{\"schema\": \"greenlight.report/1\", \"overall\": {\"rows\": 3}}",
    );
    page.until_state("failed");
    assert!(page.text("[data-testid=error]").contains("Compare view"));
}

#[test]
fn a_report_is_kept_in_each_form() {
    let page = Page::with_file("now.csv", rows([480, 20, 20, 480]));
    page.until_state("ready");
    let folder = page.keep_downloads();
    page.go("share");
    for form in ["json", "markdown", "junit"] {
        page.click(&format!("[data-testid=download-{form}]"));
    }
    let report: Value =
        serde_json::from_str(&downloaded(&folder, "greenlight-report.json")).unwrap();
    assert_eq!(report["schema"], "greenlight.report/1");
    let markdown = downloaded(&folder, "greenlight-summary.md");
    assert!(
        markdown.starts_with("### ") && markdown.contains("| --- |"),
        "{markdown}"
    );
    let junit = downloaded(&folder, "greenlight-junit.xml");
    let suites = page.run(
        "const xml = new DOMParser().parseFromString(arguments[0], 'application/xml');
         return [xml.querySelector('parsererror') === null, xml.querySelectorAll('testcase[name=verdict]').length]",
        json!([junit]),
    );
    assert_eq!(suites, json!([true, 1]));

    // Tables without a picture of their own are kept as well, and numbers stay numbers.
    page.go("verdict");
    page.click("[data-testid=download-csv-criteria]");
    let criteria = downloaded(&folder, "greenlight-criteria.csv");
    assert!(
        criteria.contains("\r\naccuracy,accuracy,overall,required,0.96,"),
        "{criteria}"
    );
}

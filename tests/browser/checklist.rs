//! The readiness checklist: filled in, kept, given away, and in the report.

use greenlight_readiness::checklist::{
    Attestation, Attestations, CHECKLIST_SCHEMA, ITEMS, Item, Level,
};
use greenlight_readiness::{Choices, Policy, Report};
use serde_json::json;

use crate::data;
use crate::downloads;
use crate::page::{Page, RIGHT, root};
use crate::report::downloaded;

const FINDING: &str = "[data-testid=checklist-finding]";
const EMPTY: &str = "The self-attested part is not filled in";

fn item(name: &str) -> &'static Item {
    ITEMS.iter().find(|item| item.name == name).unwrap()
}

fn say(attested: &mut Attestations, name: &str, level: Level, note: &str) {
    let note = note.to_owned();
    attested.set(item(name), Attestation { level, note });
}

/// Rows of training and of production, with times, latencies and scores: a file that shows something.
fn served() -> String {
    let mut csv = "label,score,split,timestamp,latency_ms\n".to_owned();
    for row in 0..200 {
        let split = if row < 100 { "train" } else { "production" };
        let label = row % 2;
        let score = if row % 10 == 9 {
            0.2
        } else {
            0.1 + 0.8 * f64::from(label)
        };
        csv += &format!(
            "{label},{score},{split},2024-05-01T00:{:02}:00Z,{}\n",
            row % 60,
            100 + row % 7
        );
    }
    csv
}

fn report(csv: &str) -> Report {
    let (choices, policy) = (Choices::default(), Policy::balanced());
    data::report("served.csv", csv.as_bytes(), &choices, &policy)
}

fn open(csv: &str) -> Page {
    let page = Page::with_file("served.csv", csv);
    page.go("checklist");
    page.until_there(FINDING);
    page
}

fn choose(page: &Page, name: &str, level: Level) {
    click(page, &format!("level-{name}-{}", level.name()));
}

/// Clicks on the element of that handle in the middle of the window, where nothing sticks above it.
fn click(page: &Page, handle: &str) {
    let selector = format!("[data-testid={handle}]");
    page.run(
        "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })",
        json!([selector]),
    );
    page.click(&selector);
}

fn is_chosen(page: &Page, name: &str, level: Level) -> bool {
    page.has(&format!(
        "[data-testid=level-{name}-{}]:checked",
        level.name()
    ))
}

fn until_finding(page: &Page, checked: &Report) {
    let finding = checked.checklist.finding();
    page.until(
        &format!("the finding is “{finding}”"),
        &format!("return document.querySelector('{FINDING}')?.innerText === {finding:?}"),
    );
}

fn import(page: &Page, name: &str, content: &str) {
    let path = page.keep_downloads().join(name);
    std::fs::write(&path, content).unwrap();
    page.type_into("[data-testid=checklist-import]", &path.to_string_lossy());
}

#[test]
fn what_is_attested_counts_is_kept_and_joins_the_report() {
    let csv = served();
    let terminal = report(&csv);
    assert_eq!(terminal.checklist.shown(), 3);
    let page = open(&csv);
    until_finding(&page, &terminal);

    // What the file shows is at least by hand; what it only touches on is not.
    for name in [
        "numerically_stable",
        "computing_performance",
        "served_quality",
    ] {
        assert!(is_chosen(&page, name, Level::ByHand), "{name}");
        assert!(
            page.has(&format!("[data-testid=level-{name}-not_done]:disabled")),
            "{name}"
        );
        let shown = terminal
            .checklist
            .items
            .iter()
            .find(|item| item.name == name)
            .unwrap();
        let evidence = shown.evidence.as_ref().unwrap().replace('\u{202f}', " ");
        assert!(
            page.text(&format!("[data-testid=item-{name}]"))
                .contains(&evidence),
            "{name}"
        );
    }
    assert!(is_chosen(&page, "simpler_not_better", Level::NotDone));
    assert!(
        page.text("[data-testid=item-simpler_not_better]")
            .contains("counts nothing by itself")
    );

    let mut attested = Attestations::default();
    for item in &ITEMS {
        choose(&page, item.name, Level::ByHand);
        // What the file shows already counts so, and nothing is said of it.
        let is_shown = terminal
            .checklist
            .items
            .iter()
            .any(|one| one.name == item.name && one.is_shown);
        if !is_shown {
            say(&mut attested, item.name, Level::ByHand, "");
        }
    }
    until_finding(&page, &terminal.clone().with_attestations(&attested));
    for (name, note) in [
        ("rollback", "one command, “greenlight”\ntried each month"),
        ("served_quality", ""),
    ] {
        choose(&page, name, Level::Automated);
        if !note.is_empty() {
            page.type_into(&format!("[data-testid=note-{name}]"), note);
        }
        say(&mut attested, name, Level::Automated, note);
    }
    let expected = terminal.clone().with_attestations(&attested);
    assert_eq!(expected.checklist.score, Some(3.5));
    until_finding(&page, &expected);
    let points = page.attribute("[data-testid=points-infrastructure]", "data-value");
    assert_eq!(points.as_deref(), Some("4"));

    let folder = page.keep_downloads();
    click(&page, "checklist-export");
    let exported = downloads::downloaded(&folder, "greenlight-checklist.json");
    assert_eq!(exported, attested.to_json().unwrap());

    page.go("verdict");
    let line = page.text("[data-testid=checklist-line]");
    assert!(line.contains(&expected.checklist.line()), "{line}");
    assert_eq!(
        page.attribute("[data-testid=verdict]", "data-verdict")
            .as_deref(),
        Some(terminal.verdict.name())
    );
    page.click("[data-testid=download-json]");
    assert_eq!(downloaded(&folder), expected.to_json().unwrap());

    page.browse("refresh");
    page.choose_file("served.csv", &csv);
    page.until_state("ready");
    page.go("checklist");
    until_finding(&page, &expected);
    assert!(is_chosen(&page, "rollback", Level::Automated));
    let note = page.run(
        "return document.querySelector('[data-testid=note-rollback]').value",
        json!([]),
    );
    assert_eq!(note, json!(attested.of("rollback").note));
    page.close();
}

#[test]
fn a_form_comes_from_a_file_and_can_be_cleared_and_taken_back() {
    let csv = data::matrix_90_10_5_95();
    let page = open(&csv);
    let mut attested = Attestations::default();
    say(&mut attested, "canary", Level::Automated, "1 % first");
    import(&page, "ours.json", &attested.to_json().unwrap());
    page.until_there("[data-testid=level-canary-automated]:checked");

    // A file with mistakes leaves the form as it is, and says all of them.
    let mistaken =
        json!({"schema": CHECKLIST_SCHEMA, "items": {"rolback": {}, "canary": {"level": "done"}}});
    import(&page, "mistaken.json", &mistaken.to_string());
    let fault = page.text("[data-testid=checklist-fault]");
    for said in [
        "“mistaken.json” is no checklist",
        "items.canary.level",
        "did you mean “rollback”?",
    ] {
        assert!(fault.contains(said), "{fault}");
    }
    assert!(is_chosen(&page, "canary", Level::Automated));

    click(&page, "checklist-clear");
    page.until_there("[data-testid=level-canary-not_done]:checked");
    assert!(page.text(FINDING).starts_with(EMPTY));
    assert!(!page.has("[data-testid=checklist-fault]"));
    click(&page, "checklist-undo");
    page.until_there("[data-testid=level-canary-automated]:checked");

    // Keys choose as well.
    page.run(
        "document.querySelector('[data-testid=level-rollback-not_done]').focus()",
        json!([]),
    );
    page.press(RIGHT);
    page.until_there("[data-testid=level-rollback-by_hand]:checked");
    page.close();
}

#[test]
fn what_a_browser_kept_and_cannot_be_read_is_passed_over() {
    let csv = data::matrix_90_10_5_95();
    let page = Page::open(crate::page::DESKTOP);
    page.run(
        "localStorage.setItem(arguments[0], '{\"items\": 3}')",
        json!([CHECKLIST_SCHEMA]),
    );
    page.choose_file("a.csv", &csv);
    page.until_state("ready");
    page.go("checklist");
    assert!(
        page.text("[data-testid=checklist-fault]")
            .contains("cannot be read")
    );
    assert!(page.text(FINDING).starts_with(EMPTY));
    let kept = |page: &Page| {
        page.run(
            "return localStorage.getItem(arguments[0])",
            json!([CHECKLIST_SCHEMA]),
        )
    };
    assert_eq!(kept(&page), json!("{\"items\": 3}"));
    choose(&page, "privacy", Level::ByHand);
    page.until(
        "the new form takes its place",
        &format!("return localStorage.getItem({CHECKLIST_SCHEMA:?})?.includes('by_hand')"),
    );
    let mut attested = Attestations::default();
    say(&mut attested, "privacy", Level::ByHand, "");
    assert_eq!(kept(&page), json!(attested.to_json().unwrap()));
    page.close();
}

#[test]
fn the_form_works_where_nothing_can_be_kept() {
    let sample = std::fs::read(root().join("static/samples/breast_cancer.csv")).unwrap();
    let page = Page::open(crate::page::DESKTOP);
    page.run(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })",
        json!([]),
    );
    page.choose_file("breast_cancer.csv", sample);
    page.until_state("ready");
    page.go("checklist");
    assert!(!page.has("[data-testid=checklist-fault]"));
    choose(&page, "privacy", Level::Automated);
    page.until_there("[data-testid=level-privacy-automated]:checked");
    assert!(
        page.text("[data-testid=checklist-fault]")
            .contains("export it before you leave")
    );
    assert!(page.text(FINDING).starts_with("0 of 7"));
    page.close();
}

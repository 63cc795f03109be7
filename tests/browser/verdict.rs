//! The answer, and what changes it: the policy, the roles, the positive class.

use greenlight_readiness::{Choices, Policy};
use serde_json::json;

use crate::data;
use crate::page::{DESKTOP, Page, root};

#[test]
fn accurate_on_98_percent_and_blind_to_fraud_is_not_ready() {
    let page = Page::with_file("fraud.csv", data::fraud());
    assert_eq!(
        page.attribute("[data-testid=verdict]", "data-verdict")
            .unwrap(),
        "not_ready"
    );
    assert!(page.text("[data-testid=verdict]").contains("Not ready"));
    let reasons = page.text("[data-testid=reasons]");
    let first = reasons.lines().next().unwrap();
    assert!(
        first.contains("88.0 % of fraud goes unnoticed"),
        "{reasons}"
    );
    assert!(
        first.contains("98.0 % of the answers are right"),
        "{reasons}"
    );
    assert!(
        first.contains("accuracy flatters because fraud is rare"),
        "{reasons}"
    );
    page.close();
}

#[test]
fn the_policy_decides_what_ready_means() {
    // Catches 89 of 100, with as many false alarms: enough for fraud, not for spam.
    let rows = [("1,1", 890), ("1,0", 110), ("0,1", 110), ("0,0", 8_890)];
    let page = Page::with_file("alarms.csv", data::repeated("label,prediction", &rows));
    let verdicts = [
        ("spam", "not_ready"),
        ("fraud", "ready_with_warnings"),
        ("spam", "not_ready"),
        ("balanced", "ready_with_warnings"),
    ];
    for (policy, verdict) in verdicts {
        page.select("[data-testid=policy]", policy);
        page.until_there(&format!("[data-testid=verdict][data-verdict={verdict}]"));
    }
    page.close();
}

#[test]
fn a_corrected_role_changes_the_numbers() {
    let rows = [("1,1,0", 30), ("1,0,1", 10), ("0,0,0", 60)];
    let csv = data::repeated("label,prediction,second_opinion", &rows);
    let page = Page::with_file("opinions.csv", csv);
    page.go("confusion");
    assert_eq!(page.metric("recall"), 0.75);
    page.go("load");
    page.select("[data-testid=role-prediction]", "second_opinion");
    page.go("confusion");
    page.until_metric("recall", 0.25);
    assert_eq!(page.metric("accuracy"), 0.7);
    page.close();
}

#[test]
fn the_positive_class_can_be_turned_round() {
    let page = Page::with_file("matrix.csv", data::matrix_90_10_5_95());
    page.go("load");
    page.select("[data-testid=positive-class]", "Neg");
    page.go("confusion");
    page.until_metric("precision", 95.0 / 105.0);
    assert_eq!(page.metric("accuracy"), 0.925);
    assert_eq!(page.metric("recall"), 0.95);
    page.close();
}

#[test]
fn a_positive_class_that_cannot_be_told_is_asked_for() {
    let rows = [("cat,cat", 8), ("cat,dog", 2), ("dog,dog", 10)];
    let page = Page::with_file("pets.csv", data::repeated("label,prediction", &rows));
    page.go("confusion");
    assert!(!page.has("[data-testid=metric-recall]"));
    page.go("load");
    page.select("[data-testid=positive-class]", "cat");
    page.go("confusion");
    page.until_metric("recall", 0.8);
    page.close();
}

/// The text of each element, in plain spaces.
fn texts(page: &Page, selector: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].map(at => at.textContent)";
    let found = page.run(script, serde_json::json!([selector]));
    let found = found.as_array().unwrap().iter();
    found
        .map(|text| text.as_str().unwrap().trim().to_owned())
        .collect()
}

fn until_examined(page: &Page) {
    page.until_there("[data-testid=status][data-examined=true]");
}

#[test]
fn what_to_do_next_traps_and_gaps_are_those_of_the_report() {
    let content = std::fs::read(root().join("static/samples/flights.csv")).unwrap();
    let page = Page::with_file("flights.csv", &content);
    until_examined(&page);
    let report = data::report(
        "flights.csv",
        &content,
        &Choices::default(),
        &Policy::balanced(),
    );
    let steps = texts(&page, "[data-testid=next-steps] li, .steps li");
    assert_eq!(steps.len(), report.next_steps.len());
    for (shown, step) in steps.iter().zip(&report.next_steps) {
        assert!(shown.starts_with(&step.advice), "{shown}");
        let is_told = report.reasons.contains(&step.because);
        assert_eq!(shown.contains(&step.because), !is_told, "{shown}");
    }
    let traps = texts(&page, "[data-testid=pitfalls] li");
    assert_eq!(traps.len(), report.pitfalls.len());
    for (shown, pitfall) in traps.iter().zip(&report.pitfalls) {
        for told in [pitfall.title(), &pitfall.reason, &pitfall.advice] {
            assert!(shown.contains(told), "{told} in {shown}");
        }
    }
    let gaps = texts(&page, "[data-testid=coverage] li");
    assert_eq!(gaps.len(), report.coverage.len());
    page.close();
}

#[test]
fn a_threshold_that_is_advised_is_tried_with_a_click() {
    // All scores of fraud lie above those of the rest, and below one half.
    let rows = [
        ("1,0.40,9", 60),
        ("1,0.35,8", 60),
        ("0,0.20,9", 600),
        ("0,0.05,7", 400),
    ];
    let page = Page::with_file(
        "low.csv",
        data::repeated("is_fraud,score,latency_ms", &rows),
    );
    until_examined(&page);
    let verdict = || {
        page.attribute("[data-testid=verdict]", "data-verdict")
            .unwrap()
    };
    assert_eq!(verdict(), "not_ready");
    page.click("[data-step=move_threshold] a[href*='t=']");
    page.until(
        "the verdict follows",
        "return document.querySelector('[data-testid=verdict]').dataset.verdict !== 'not_ready'",
    );
    assert!(!page.has("[data-step=move_threshold]"));
    page.go("confusion");
    assert_eq!(page.metric("recall"), 1.0);
    page.close();
}

#[test]
fn the_verdict_prints_on_two_pages_at_most() {
    for sample in ["flights", "bicycles", "breast_cancer", "digits", "matrix"] {
        let content = std::fs::read(root().join(format!("static/samples/{sample}.csv"))).unwrap();
        let page = Page::with_file(&format!("{sample}.csv"), &content);
        until_examined(&page);
        let pages = page.printed_pages();
        assert!((1..=2).contains(&pages), "{sample} takes {pages} pages");
        page.close();
    }
}

#[test]
fn nothing_to_click_on_moves_away_when_the_second_look_is_done() {
    let page = Page::open(DESKTOP);
    page.run(
        "window.places = [];
         const note = () => {
             const button = document.querySelector('[data-testid=download-json]');
             const status = document.querySelector('[data-testid=status]');
             if (button && !status.querySelector('progress')) {
                 const { x, y } = button.getBoundingClientRect();
                 places.push([status.dataset.examined === 'true', x, y]);
             }
             requestAnimationFrame(note);
         };
         note()",
        json!([]),
    );
    page.choose_file("segmented.csv", data::segmented(20_000));
    page.until(
        "both looks were seen",
        "return places.some(place => !place[0]) && places.some(place => place[0])",
    );
    let places = page.run(
        "return [...new Set(places.map(([, x, y]) => `${x} ${y}`))]",
        json!([]),
    );
    assert_eq!(places.as_array().unwrap().len(), 1, "{places}");
    page.close();
}

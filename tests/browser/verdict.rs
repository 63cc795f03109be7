//! The answer, and what changes it: the policy, the roles, the positive class.

use crate::data;
use crate::page::Page;

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
    let verdict = || {
        page.attribute("[data-testid=verdict]", "data-verdict")
            .unwrap()
    };
    let mut verdicts = Vec::new();
    for policy in ["balanced", "fraud", "spam"] {
        page.select("[data-testid=policy]", policy);
        let chosen =
            format!("return document.querySelector('[data-testid=policy]').value === '{policy}'");
        page.until("the policy is chosen", &chosen);
        verdicts.push(verdict());
    }
    assert_eq!(
        verdicts,
        ["ready_with_warnings", "ready_with_warnings", "not_ready"]
    );
    page.select("[data-testid=policy]", "balanced");
    assert_eq!(verdict(), "ready_with_warnings");
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

//! The best thresholds, demands and costs, and how sure a choice is.

use greenlight_metrics::{
    Choice, Constraint, CostMatrix, Objective, ScoreGroups, ThresholdBootstrap,
};
use greenlight_readiness::Demands;
use greenlight_readiness::threshold_words::{Chosen, how_sure};

use crate::page::Page;
use crate::report::downloaded;
use crate::threshold::{fill, flights, report, sample, until_typed, value, with_file};

#[test]
fn a_button_leads_to_each_optimum() {
    let name = "breast_cancer.csv";
    let page = with_file(name, sample(name));
    let best = report(name, 0.5, Demands::default())
        .threshold
        .unwrap()
        .best;
    for (button, point) in [
        ("f1", best.f1),
        ("youden", best.youden),
        ("matthews_corrcoef", best.matthews_corrcoef),
    ] {
        let threshold = point.unwrap().threshold.unwrap();
        page.click(&format!("[data-testid=snap-{button}]"));
        until_typed(&page, &threshold.to_string());
        page.until_there(&format!("[data-testid=snap-{button}][aria-pressed=true]"));
        let evaluation = report(name, threshold, Demands::default());
        let evaluation = evaluation.current();
        page.until_metric("recall", evaluation.recall.unwrap());
        page.until_metric("f1", evaluation.f1.unwrap());
        page.until_metric("matthews_corrcoef", evaluation.matthews_corrcoef.unwrap());
        page.until_metric("balanced_accuracy", evaluation.balanced_accuracy.unwrap());
        page.until_metric("accuracy", evaluation.accuracy.unwrap());
    }
    let promise = page.text("[data-testid=promise]");
    assert!(
        promise.contains("chosen on “train” with") && promise.contains("seen on “test” with"),
        "{promise}"
    );
    page.close();
}

#[test]
fn demands_and_costs_find_their_threshold_and_stay_when_it_moves() {
    let name = "flights.csv";
    let page = with_file(name, sample(name));
    fill(&page, "[data-testid=demand-recall]", "80 %");
    fill(&page, "[data-testid=demand-alerts]", "50");
    fill(&page, "[data-testid=cost-ratio]", "500");
    let demands = Demands {
        costs: Some(CostMatrix {
            tp: 0.0,
            fp: 1.0,
            fn_: 500.0,
            tn: 0.0,
        }),
        constraints: vec![Constraint::RecallAtLeast(0.8), Constraint::AlertsAtMost(50)],
        ..Demands::default()
    };
    let expected = report(name, 0.5, demands.clone()).threshold.unwrap();
    let points = [
        ("recall", expected.constraints[0].point.as_ref()),
        ("alerts", expected.constraints[1].point.as_ref()),
        ("cost", expected.best.cost.as_ref()),
    ];
    for (button, point) in points {
        let threshold = point.unwrap().threshold.unwrap();
        let selector = format!("[data-testid=snap-{button}]");
        page.until_there(&format!("{selector}[data-value='{threshold}']"));
        page.click(&selector);
        until_typed(&page, &threshold.to_string());
        let evaluation = report(name, threshold, demands.clone());
        let evaluation = evaluation.current();
        page.until_metric("recall", evaluation.recall.unwrap());
        let matrix = evaluation.confusion_matrix.as_ref().unwrap();
        page.until_metric("cost", (matrix[0][1] + 500 * matrix[1][0]) as f64);
    }
    page.until_there("canvas[data-testid=chart-cost]");
    // Another view and back: the demands are still there, and so is the document.
    let folder = page.keep_downloads();
    page.go("verdict");
    page.click("[data-testid=download-json]");
    let threshold = expected.best.cost.unwrap().threshold.unwrap();
    let terminal = report(name, threshold, demands);
    assert_eq!(downloaded(&folder), terminal.to_json().unwrap());
    page.go("threshold");
    assert_eq!(value(&page, "[data-testid=demand-recall]"), "0.8");
    assert_eq!(value(&page, "[data-testid=cost-ratio]"), "500");
    // Another split is judged: what was asked is asked of it as well.
    page.select("[data-testid=split]", "");
    page.until_there("[data-testid=snap-recall]");
    page.close();
}

#[test]
fn what_no_threshold_can_do_is_said() {
    let page = with_file("worst.csv", "label,score\n0,0.9\n1,0.8\n1,0.4\n0,0.3\n");
    fill(&page, "[data-testid=demand-precision]", "0.9");
    let said = page.text("[data-testid=unmet-precision]");
    assert!(
        said.contains("Precision at least 90 %: no threshold does that"),
        "{said}"
    );
    fill(&page, "[data-testid=demand-recall]", "often");
    assert!(
        page.text("[data-testid=demand-message]")
            .contains("such as 0.8")
    );
    page.close();
}

#[test]
fn how_sure_a_choice_is_is_asked_for() {
    let page = with_file("judged_flights.csv", judged_flights());
    let asked = "[data-testid=band-ask]";
    page.click("[data-testid=snap-f1]");
    page.click(asked);
    page.until_there("[data-testid=band] p");
    let shown = page.text("[data-testid=band]");
    let groups =
        ScoreGroups::from_rows(flights().into_iter().map(|(actual, score)| (score, actual)));
    let groups = groups.unwrap();
    let choice = Choice::Best(Objective::F1);
    let mut bootstrap = ThresholdBootstrap::new(&groups, choice, 1).unwrap();
    for _ in 0..ThresholdBootstrap::replicates_for(groups.rows()) {
        bootstrap.step();
    }
    let chosen = Chosen {
        on: "all rows",
        seen: None,
        currency: "",
    };
    let expected = how_sure(
        &choice,
        bootstrap.point(),
        &bootstrap.finish().unwrap(),
        &chosen,
    );
    let shown: Vec<&str> = shown.lines().filter(|line| !line.is_empty()).collect();
    let expected: Vec<String> = expected
        .iter()
        .map(|sentence| sentence.replace('\u{202f}', " "))
        .collect();
    assert_eq!(shown, expected);
    // Another threshold is another question.
    page.click(asked);
    until_gone(&page, "[data-testid=band] p");
    page.click(asked);
    page.until_there("[data-testid=band] p");
    fill(&page, "[data-testid=threshold-value]", "0.9");
    until_gone(&page, asked);
    page.close();
}

fn until_gone(page: &Page, selector: &str) {
    let script = format!("return document.querySelector('{selector}') === null");
    page.until(&format!("{selector} is gone"), &script);
}

/// The flights that are judged, alone: they choose their own threshold.
fn judged_flights() -> String {
    let rows = flights().into_iter();
    let rows = rows.map(|(actual, score)| format!("{},{score}\n", u8::from(actual)));
    std::iter::once("label,score\n".to_owned())
        .chain(rows)
        .collect()
}

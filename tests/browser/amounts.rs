//! Costs by the amount in each row: a column is chosen, and the cheapest threshold is the one of trying all.

use greenlight_metrics::CostMatrix;
use greenlight_readiness::{AmountDemand, Choices, Demands, Policy, Report};

use crate::data;
use crate::report::downloaded;
use crate::threshold::{fill, until_typed, value, with_file};

/// A payment: whether it was fraud, its score, its amount, which one in fifty lacks.
type Payment = (bool, f64, Option<u32>);

const NAME: &str = "payments.csv";
const COLUMN: &str = "[data-testid=amount-column]";

/// More of them than a slider has stops, each with a score of its own.
fn payments() -> Vec<Payment> {
    let payment = |row: u32| {
        let score = f64::from(row * 7_919 % 10_007) / 10_007.0;
        let is_fraud = row * 31 % 97 < (score * score * 40.0) as u32;
        let amount = (row % 50 != 7).then_some(row * 6_007 % 900 + 1);
        (is_fraud, score, amount)
    };
    (0..6_000).map(payment).collect()
}

fn csv(payments: &[Payment]) -> String {
    let row = |&(is_fraud, score, amount): &Payment| {
        let amount = amount.map(|amount| amount.to_string());
        let (label, amount) = (u8::from(is_fraud), amount.unwrap_or_default());
        format!("{label},{score},{amount},shop {}\n", label + 1)
    };
    let rows = payments.iter().map(row);
    std::iter::once("is_fraud,score,amount,shop\n".to_owned())
        .chain(rows)
        .collect()
}

/// Missed fraud costs its amount, a false alert 25, and of fraud that is caught a part is lost all the same.
fn cost(payments: &[Payment], threshold: f64, lost_if_caught: f64) -> f64 {
    let cost = |&(is_fraud, score, amount): &Payment| {
        let amount = f64::from(amount.unwrap_or(0));
        match (is_fraud, score >= threshold) {
            (true, true) => lost_if_caught * amount,
            (true, false) => amount,
            (false, true) => 25.0,
            (false, false) => 0.0,
        }
    };
    payments.iter().map(cost).sum()
}

/// The best of all scores, by trying each.
fn cheapest(payments: &[Payment], lost_if_caught: f64) -> f64 {
    let costs = payments
        .iter()
        .map(|payment| (payment.1, cost(payments, payment.1, lost_if_caught)));
    costs.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap().0
}

#[test]
fn a_missed_case_costs_its_amount() {
    let payments = payments();
    let content = csv(&payments);
    let page = with_file(NAME, &content);
    // The score, the label and words are no amounts.
    let offered = page.text(COLUMN);
    let offered: Vec<&str> = offered.lines().map(str::trim).collect();
    assert_eq!(offered, ["no column", "amount"]);

    page.select(COLUMN, "amount");
    page.until_there("[data-testid=alerts-free]");
    assert_eq!(
        page.text("[data-testid=amount-notes]"),
        "120 rows have no amount and count as 0."
    );
    fill(&page, "[data-testid=cost-alert]", "25");
    let threshold = cheapest(&payments, 0.0);
    let snap = "[data-testid=snap-cost]";
    page.until_there(&format!("{snap}[data-value='{threshold}']"));
    assert!(!page.has("[data-testid=alerts-free]"));
    // What was asked for decides at once, and can be taken back.
    until_typed(&page, &threshold.to_string());
    page.click("[data-testid=threshold-reset]");
    page.until_metric("cost", cost(&payments, 0.5, 0.0));
    page.click(snap);
    until_typed(&page, &threshold.to_string());
    page.until_metric("cost", cost(&payments, threshold, 0.0));
    page.until_there("canvas[data-testid=chart-cost]");
    let promise = page.text("[data-testid=promise]");
    assert!(promise.starts_with("Lowest cost: a cost of "), "{promise}");
    assert!(
        !page.has("[data-testid=band-ask]"),
        "scores alone know no amounts"
    );

    // Between two stops the engine counts, and adds up.
    for threshold in [0.123_45, 0.999_99, 0.777_77] {
        fill(
            &page,
            "[data-testid=threshold-value]",
            &threshold.to_string(),
        );
        page.until_metric("cost", cost(&payments, threshold, 0.0));
    }

    // What is shown is what the document says.
    page.click("details.more > summary");
    fill(&page, "[data-testid=amount-tp]", "0.5");
    let threshold = cheapest(&payments, 0.5);
    page.until_there(&format!("{snap}[data-value='{threshold}']"));
    page.click(snap);
    page.until_metric("cost", cost(&payments, threshold, 0.5));
    let folder = page.keep_downloads();
    page.go("verdict");
    page.click("[data-testid=download-json]");
    let demands = Demands {
        costs: Some(CostMatrix {
            fp: 25.0,
            ..CostMatrix::default()
        }),
        amount: Some(AmountDemand {
            column: "amount".to_owned(),
            factors: CostMatrix {
                tp: 0.5,
                fn_: 1.0,
                ..CostMatrix::default()
            },
        }),
        ..Demands::default()
    };
    let choices = Choices {
        threshold: Some(threshold),
        demands,
        ..Choices::default()
    };
    let terminal = data::report(NAME, content.as_bytes(), &choices, &Policy::balanced());
    let best = terminal.threshold.as_ref().unwrap().best.cost.as_ref();
    assert_eq!(best.unwrap().value, cost(&payments, threshold, 0.5));
    let document: Report = serde_json::from_str(&downloaded(&folder)).unwrap();
    assert_eq!(document.threshold, terminal.threshold);

    // So many false alerts, or its amount: the later word holds.
    page.go("threshold");
    assert_eq!(value(&page, COLUMN), "amount");
    fill(&page, "[data-testid=cost-ratio]", "10");
    let script = "return document.querySelector('[data-testid=amount-column]').value === ''";
    page.until("no column is chosen", script);
    assert!(!page.has("[data-testid=cost-alert]"));
    let in_alerts = |threshold: f64| -> f64 {
        let alerts = payments.iter().map(|&(is_fraud, score, _)| match is_fraud {
            true if score < threshold => 10.0,
            false if score >= threshold => 1.0,
            _ => 0.0,
        });
        alerts.sum()
    };
    let costs = payments.iter().map(|payment| in_alerts(payment.1));
    page.until_metric("cost", costs.fold(f64::INFINITY, f64::min));
    page.close();
}

//! How many rows are over a budget.

use greenlight_metrics::RowsOver;
use greenlight_readiness::latency_words::OverBudget;

use super::*;

#[test]
fn any_budget_is_answered_at_once_and_as_the_engine_counts() {
    let profile = examined(&counted(&lines(900)), &everything());
    let look = profile.latency_look().unwrap();
    for budget_ms in [0.0, 10.0, 11.5, 20.0, 40.0, 99.0, 100.0] {
        let mut choices = everything();
        choices.latency_budget_ms = Some(budget_ms);
        let counted = examined(&counted(&lines(900)), &choices);
        let latency = counted.current().latency.as_ref().unwrap();
        let exact = OverBudget::in_force(latency, &counted);
        let at_once = OverBudget::at(&look.current, &profile, budget_ms).unwrap();
        let RowsOver { least, most } = at_once.over;
        assert!((least..=most).contains(&exact.over.least), "{budget_ms}");
        assert!((most - least) as f64 <= 0.01 * least as f64);
        if at_once.over.is_exact() {
            assert_eq!(at_once.sentence(), exact.sentence());
        }
    }
}

#[test]
fn the_share_over_the_budget_has_wilsons_interval() {
    let profile = examined("latency_ms\n90\n110\n95\n105\n", &budget(100.0));
    let latency = profile.current().latency.as_ref().unwrap();
    let over = OverBudget::in_force(latency, &profile);
    assert_eq!(over.interval(), wilson(2, 4).ok());
    assert_eq!(
        plain(&over.sentence()),
        "50.0 % of the answers take longer than 100 ms (2 of 4)"
    );
}

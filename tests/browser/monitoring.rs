//! What is watched over time: rules, alerts that stay raised, and the replay of how they came about.

use greenlight_readiness::monitoring::{MonitoringRule, Watched};
use greenlight_readiness::{Choices, Operator, Policy};
use serde_json::json;

use crate::data;
use crate::page::{ENTER, Page, RIGHT, SHIFT};
use crate::report;

/// A hundred rows a day from 3 March 2025 on, of which so many are right; the latency of one of them is that of its day.
fn days(right: &[usize]) -> String {
    let mut csv = "time,label,prediction,latency_ms\n".to_owned();
    for (day, &right) in right.iter().enumerate() {
        for row in 0..100 {
            let label = row % 2;
            let prediction = if row < right { label } else { 1 - label };
            let minute = if row == 99 { 24 * 60 - 1 } else { row * 14 };
            let latency_ms = if row == 50 { 90 + 5 * day } else { 40 };
            csv.push_str(&format!(
                "2025-03-{:02}T{:02}:{:02}:00Z,{label},{prediction},{latency_ms}\n",
                day + 3,
                minute / 60,
                minute % 60,
            ));
        }
    }
    csv
}

/// Below 90 % on the fifth day and on the sixth, the worst of all.
const RIGHT_ANSWERS: [usize; 12] = [95, 94, 96, 92, 85, 80, 93, 95, 94, 92, 96, 95];

fn opened(csv: &str) -> Page {
    let page = Page::with_file("days.csv", csv);
    page.go("monitoring");
    page.until_there("[data-testid=rule-accuracy]:not([data-state=no_evidence])");
    page
}

fn until_rule(page: &Page, rule: &str, state: &str) {
    page.until_there(&format!("[data-testid=rule-{rule}][data-state={state}]"));
}

fn until_step(page: &Page, step: usize) {
    page.until_there(&format!("[data-testid=replay][data-step='{step}']"));
}

/// Clicks on what may lie beneath the header, or out of sight.
fn click(page: &Page, selector: &str) {
    page.until_there(selector);
    page.run(
        "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })",
        json!([selector]),
    );
    page.click(selector);
}

/// Replaces what stands in a field, and leaves it.
fn retype(page: &Page, selector: &str, text: &str) {
    page.until_there(selector);
    page.run(
        "const field = document.querySelector(arguments[0]);
         field.closest('details').open = true; field.scrollIntoView({ block: 'center' }); field.focus(); field.select()",
        json!([selector]),
    );
    page.type_into(selector, text);
    page.run("document.activeElement.blur()", json!([]));
}

#[test]
fn an_alert_that_was_raised_stays_raised_and_the_replay_tells_when() {
    let page = opened(&days(&RIGHT_ANSWERS));
    until_rule(&page, "accuracy", "raised");
    until_rule(&page, "latency_p95", "silent");
    until_rule(&page, "score_psi", "no_evidence");
    let alert = "[data-testid=alert-accuracy]";
    assert_eq!(page.attribute(alert, "data-window").as_deref(), Some("4"));
    assert_eq!(page.attribute(alert, "data-value").as_deref(), Some("0.85"));
    let finding = page.text("[data-testid=monitoring-finding]");
    assert!(finding.contains("7 Mar 2025"), "{finding}");
    page.screenshot("monitoring");

    // Step by step: what came later is not known, and what was raised stays.
    for step in 1..=12 {
        page.click("[data-testid=replay-step]");
        until_step(&page, step);
        until_rule(
            &page,
            "accuracy",
            if step < 5 { "silent" } else { "raised" },
        );
        let rows = page.run(
            "return document.querySelectorAll('[data-testid=table-monitoring] tbody tr').length",
            json!([]),
        );
        assert_eq!(rows, json!(step));
        assert_eq!(page.has(alert), step >= 5);
        if step == 5 {
            page.screenshot("monitoring-replay");
        }
    }
    page.click("[data-testid=replay-back]");
    until_step(&page, 11);
    page.click("[data-testid=replay-reset]");
    until_step(&page, 12);
    page.close();
}

#[test]
fn the_replay_plays_and_pauses_unless_less_motion_is_asked_for() {
    let page = opened(&days(&RIGHT_ANSWERS));
    page.click("[data-testid=replay-play]");
    page.until(
        "the replay goes on",
        "return Number(document.querySelector('[data-testid=replay]').dataset.step) > 1
             && Number(document.querySelector('[data-testid=replay]').dataset.step) < 12",
    );
    page.click("[data-testid=replay-play]");
    let step = || page.attribute("[data-testid=replay]", "data-step");
    let paused = step();
    page.run(
        "return new Promise(done => setTimeout(done, 1500))",
        json!([]),
    );
    assert_eq!(step(), paused);
    page.close();

    let page = Page::with_file("days.csv", days(&RIGHT_ANSWERS));
    page.prefer("prefers-reduced-motion", "reduce");
    page.go("monitoring");
    page.until_there("[data-testid=replay-step]");
    assert!(!page.has("[data-testid=replay-play]"));
    page.click("[data-testid=replay-step]");
    until_step(&page, 1);
    page.close();
}

#[test]
fn rules_over_rows_are_added_changed_and_removed_and_the_report_is_that_of_the_terminal() {
    let csv = days(&RIGHT_ANSWERS);
    let page = opened(&csv);
    page.select("[data-testid=rule-new]", "latency_ms");
    click(&page, "[data-testid=rule-add]");
    until_rule(&page, "latency_ms", "silent");
    // It is drawn, and its limit can be typed at once.
    assert_eq!(
        page.run(
            "return [document.activeElement.dataset.testid, document.querySelector('[data-testid=rule-show-latency_ms]').checked]",
            json!([]),
        ),
        json!(["rule-limit-latency_ms", true])
    );
    retype(&page, "[data-testid=rule-limit-latency_ms]", "100 ms");
    until_rule(&page, "latency_ms", "raised");
    // The day of the first: 105 ms on the fourth, row 51 of it.
    let said = page.text("[data-testid=alert-latency_ms]");
    assert!(said.contains("row 351") && said.contains("105"), "{said}");

    let folder = page.keep_downloads();
    page.go("verdict");
    page.click("[data-testid=download-json]");
    let given = report::downloaded(&folder);
    let mut policy = Policy::balanced();
    policy.name = "our_balanced".to_owned();
    let rule = MonitoringRule::new("latency_ms", Watched::LatencyMs, Operator::AtMost, 100.0);
    policy.monitoring.push(rule);
    let expected = data::report("days.csv", csv.as_bytes(), &Choices::default(), &policy);
    let json = expected.to_json().unwrap();
    let lines = given.lines().zip(json.lines());
    let different: Vec<_> = lines.filter(|(given, json)| given != json).collect();
    assert_eq!((different, given.len()), (vec![], json.len()));
    // Accuracy, its fall and latency.
    assert_eq!(expected.alerts.len(), 3);

    page.go("monitoring");
    page.run(
        "document.querySelector('[data-testid=rule-latency_ms] details').open = true",
        json!([]),
    );
    click(&page, "[data-testid=rule-remove-latency_ms]");
    page.until(
        "the rule is gone",
        "return !document.querySelector('[data-testid=rule-latency_ms]')",
    );
    page.close();
}

#[test]
fn the_reference_offers_the_limit_that_would_have_been_silent() {
    let mut csv = "split,time,label,prediction,latency_ms\n".to_owned();
    let of_reference = days(&[95, 91, 89, 94, 95, 93, 94, 95, 92, 96, 95, 94]);
    let of_production = days(&RIGHT_ANSWERS).replace("2025-03", "2025-05");
    for (split, rows) in [("train", of_reference), ("production", of_production)] {
        for row in rows.lines().skip(1) {
            csv.push_str(&format!("{split},{row}\n"));
        }
    }
    let page = opened(&csv);
    let said = page.text("[data-testid=rule-accuracy]");
    let said = said.replace(['\u{202f}', '\u{a0}'], " ");
    assert!(
        said.contains("A limit of 89 % would have been silent there, "),
        "{said}"
    );
    page.run(
        "document.getElementById('rules').scrollIntoView()",
        json!([]),
    );
    page.screenshot("monitoring-rules");
    click(&page, "[data-testid=rule-silent-accuracy]");
    page.until(
        "the limit is in force",
        "return !document.querySelector('[data-testid=rule-silent-accuracy]')",
    );
    let title = page.text("[data-testid=rule-accuracy] strong");
    assert!(title.contains("89"), "{title}");
    page.close();
}

#[test]
fn the_picture_is_walked_along_and_the_chosen_rule_is_drawn() {
    let page = opened(&days(&RIGHT_ANSWERS));
    click(&page, "[data-testid=rule-show-latency_p95]");
    let focus = "document.querySelector('canvas[data-testid=chart-monitoring]').closest('[tabindex]').focus()";
    let read_out = |words: &str| {
        page.until(
            &format!("the picture says {words}"),
            &format!(
                "return document.querySelector('[data-testid=read-out-monitoring]').innerText.includes({words:?})"
            ),
        );
    };
    page.run(focus, json!([]));
    page.press(RIGHT);
    read_out("3\u{202f}Mar");
    let label = page.attribute("[data-testid=chart-monitoring]", "aria-label");
    click(&page, "[data-testid=rule-show-accuracy]");
    page.until(
        "the other rule is drawn",
        &format!(
            "return document.querySelector('[data-testid=chart-monitoring]').ariaLabel !== {:?}",
            label.unwrap()
        ),
    );
    page.run(focus, json!([]));
    page.press(RIGHT);
    read_out("95");
    page.run(
        "document.querySelector('[data-testid=replay-step]').focus()",
        json!([]),
    );
    page.press(ENTER);
    until_step(&page, 1);
    page.close();
}

#[test]
fn rules_look_at_the_range_of_time_that_is_chosen_and_one_click_leads_back() {
    let page = opened(&days(&RIGHT_ANSWERS));
    until_rule(&page, "accuracy", "raised");
    page.run(
        "document.querySelector('.monitoring .picture .chart').focus()",
        json!([]),
    );
    // From the seventh day on, four of them: all above 90 %.
    for _ in 0..=6 {
        page.press(RIGHT);
    }
    for _ in 0..3 {
        page.press_together(&[SHIFT, RIGHT]);
    }
    until_rule(&page, "accuracy", "silent");
    page.until_there("[data-testid=monitoring-range][data-windows='4']");
    page.until_there("[data-testid=status][data-examined=true]");
    let said = page.text("[data-testid=monitoring-range]");
    assert!(
        said.contains("9–12 Mar 2025") && said.contains("4 of 12 days"),
        "{said}"
    );
    assert!(page.has("[data-testid=no-alerts]"));
    page.screenshot("monitoring-range");
    // The replay goes through these alone.
    until_step(&page, 4);
    click(&page, "[data-testid=replay-step]");
    until_step(&page, 1);
    let now = page.text("[data-testid=replay-now]");
    assert!(
        now.contains("1 of 4") && now.contains("9 Mar 2025"),
        "{now}"
    );
    let rows = page.run(
        "return document.querySelectorAll('[data-testid=table-monitoring] tbody tr').length",
        json!([]),
    );
    assert_eq!(rows, json!(1));
    click(&page, "[data-testid=monitoring-range-reset]");
    until_rule(&page, "accuracy", "raised");
    until_step(&page, 12);
    assert!(!page.has("[data-testid=monitoring-range]"));
    page.close();
}

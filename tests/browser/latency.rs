//! How long answers take: the finding, the budget, groups, slow against wrong, failed calls and cost.

use greenlight_readiness::latency_words::{
    CostWords, FailureWords, GroupsWords, LatencyWords, OverBudget, SlowWords,
};
use greenlight_readiness::{Choices, Profile, SourceReader};
use serde_json::json;

use crate::data;
use crate::downloads::downloaded;
use crate::page::{DOWN, Page};

const ROWS: u32 = 6_000;

/// What the core finds with a budget.
fn examined(csv: &str, latency_budget_ms: Option<f64>) -> Profile {
    let mut reader = SourceReader::new("slow.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let choices = Choices {
        latency_budget_ms,
        ..Choices::default()
    };
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    profile
}

fn opened(csv: &str) -> Page {
    let page = Page::with_file("slow.csv", csv);
    page.go("latency");
    page.until_there("[data-testid=table-latency_groups]");
    page
}

fn plain(text: &str) -> String {
    text.replace(['\u{202f}', '\u{a0}'], " ")
}

/// Waits until an element says this, whatever its spaces.
fn until_text(page: &Page, selector: &str, text: &str) {
    let text = plain(text);
    page.until(
        &format!("{selector} says {text}"),
        &format!(
            "return document.querySelector({selector:?})?.innerText.replaceAll(/[\\u202f\\u00a0]/g, ' ') === {text:?}"
        ),
    );
}

/// The share over the budget on screen.
fn over_budget(page: &Page) -> f64 {
    let share = page.attribute("[data-testid=over-budget]", "data-value");
    share.unwrap().parse().unwrap()
}

#[test]
fn findings_and_numbers_are_those_of_the_core() {
    let csv = data::slow(ROWS);
    let page = opened(&csv);
    let profile = examined(&csv, None);
    let words = LatencyWords::of(&profile).unwrap();
    assert_eq!(plain(&page.text("h1")), plain(&words.finding));
    for row in &words.rows {
        let shown = page.metric(&format!("latency_{}", row.name));
        assert_eq!(shown, row.current.ms, "{}", row.name);
    }
    let examination = profile.examination.as_ref().unwrap();
    let column = &examination.segments.columns[0];
    let groups = GroupsWords::of(&profile, column.values()).unwrap();
    until_text(
        &page,
        "[data-testid=groups-finding]",
        &format!("{}.", groups.finding),
    );
    page.select("[data-testid=latency-groups]", "model");
    let models = &examination.models.as_ref().unwrap().models;
    let models = GroupsWords::of(&profile, models.values()).unwrap();
    until_text(
        &page,
        "[data-testid=groups-finding]",
        &format!("{}.", models.finding),
    );
    let look = profile.latency_look().unwrap();
    let slow = SlowWords::of(&profile, look.slow_against_wrong.as_ref().unwrap()).unwrap();
    assert!(
        slow.finding
            .starts_with("Slow answers are wrong more often")
    );
    until_text(
        &page,
        "[data-testid=slow-finding]",
        &format!("{}.", slow.finding),
    );
    let failures = FailureWords::of(&profile).unwrap();
    assert_eq!(page.metric("error_rate"), failures.rate.value);
    assert!(
        plain(&page.text("[data-testid=failures-finding]")).starts_with(&plain(&failures.finding))
    );
    let cost = CostWords::of(&profile).unwrap();
    for row in &cost.rows {
        let shown = page.metric(&format!("cost_{}", row.name));
        assert_eq!(Ok(shown), row.current, "{}", row.name);
    }
    page.close();
}

#[test]
fn a_budget_that_is_typed_is_counted_with_and_judged() {
    let csv = data::slow(ROWS);
    let page = opened(&csv);
    assert_eq!(over_budget(&page), 0.0);
    page.run(
        "const input = document.querySelector('[data-testid=latency-budget]');
         input.value = '60 ms';
         input.dispatchEvent(new Event('change', { bubbles: true }))",
        json!([]),
    );
    let profile = examined(&csv, Some(60.0));
    let words = LatencyWords::of(&profile).unwrap();
    until_text(&page, "h1", &words.finding);
    let latency = profile.current().latency.as_ref().unwrap();
    let over = OverBudget::in_force(latency, &profile);
    assert_eq!(over_budget(&page), over.share);
    assert!(plain(&page.text("[data-testid=over-budget]")).starts_with(&plain(&over.sentence())));
    // What no time can be is said beside the field, and the budget stays.
    page.run(
        "const input = document.querySelector('[data-testid=latency-budget]');
         input.value = 'soon';
         input.dispatchEvent(new Event('change', { bubbles: true }))",
        json!([]),
    );
    page.until_there("[data-testid=latency-budget-message]");
    assert_eq!(over_budget(&page), over.share);
    page.close();
}

#[test]
fn a_budget_that_moves_says_at_once_what_it_does() {
    let csv = data::slow(ROWS);
    let page = opened(&csv);
    // While it is dragged nobody counts; the sentence is there within the frame.
    let said = page.run(
        "const slider = document.querySelector('[data-testid=latency-budget-slider]');
         slider.value = slider.min;
         slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
         return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
             done(Number(document.querySelector('[data-testid=over-budget]').dataset.value)))))",
        json!([]),
    );
    let lowest = said.as_f64().unwrap();
    assert!(lowest > 0.95, "{lowest}");
    page.run(
        "document.querySelector('[data-testid=latency-budget-slider]')
             .dispatchEvent(new Event('change', { bubbles: true }))",
        json!([]),
    );
    page.until(
        "the engine has counted with it",
        "return document.querySelector('h1').innerText.includes('take longer than the budget of 20')",
    );
    let profile = examined(&csv, Some(20.0));
    let latency = profile.current().latency.as_ref().unwrap();
    assert_eq!(Some(over_budget(&page)), latency.over_budget_share);
    page.close();
}

#[test]
fn latencies_alone_are_judged_and_shown() {
    let mut csv = "latency_ms\n".to_owned();
    for row in 0..500 {
        csv += &format!("{}\n", 20 + row * 37 % 41);
    }
    let page = Page::with_file("latencies.csv", &csv);
    let verdict = page.attribute("[data-testid=verdict]", "data-verdict");
    assert_eq!(verdict.as_deref(), Some("not_enough_evidence"));
    let link = page.attribute("[data-testid=latency-alone] a", "href");
    assert_eq!(link.as_deref(), Some("#/latency"));
    page.go("latency");
    let words = LatencyWords::of(&examined(&csv, None)).unwrap();
    assert_eq!(plain(&page.text("h1")), plain(&words.finding));
    for lacking in [
        "no-slow-against-wrong",
        "no-latency-groups",
        "no-failures",
        "no-cost",
    ] {
        let link = page.attribute(&format!("[data-testid={lacking}] a"), "href");
        assert!(link.unwrap().starts_with("#/load"), "{lacking}");
    }
    page.close();
}

#[test]
fn without_latencies_it_says_what_is_lacking() {
    let page = Page::with_file("matrix.csv", data::matrix_90_10_5_95());
    page.go("latency");
    page.until_there("[data-testid=no-latency]");
    assert_eq!(
        page.text("h1"),
        "How long answers take is not known: no column holds a latency"
    );
    let link = page.attribute("[data-testid=no-latency] .button", "href");
    assert_eq!(link.as_deref(), Some("#/load/role-latency"));
    page.close();
}

#[test]
fn keys_read_the_parts_out_and_tables_are_kept() {
    let csv = data::slow(ROWS);
    let page = opened(&csv);
    let profile = examined(&csv, None);
    let look = profile.latency_look().unwrap();
    let slow = SlowWords::of(&profile, look.slow_against_wrong.as_ref().unwrap()).unwrap();
    page.run(
        "document.querySelector('canvas[data-testid=chart-slow_against_wrong]').closest('[tabindex]').focus()",
        json!([]),
    );
    for row in slow.rows.iter().take(2) {
        page.press(DOWN);
        until_text(
            &page,
            "[data-testid=read-out-slow_against_wrong]",
            &row.read_out(slow.wrong),
        );
    }
    let folder = page.keep_downloads();
    for (name, rows, first) in [
        ("latency_numbers", 7, "name,ms,ms_low,ms_high,reference_ms"),
        ("latency_groups", 3, "value,rows,p50_ms"),
        (
            "slow_against_wrong",
            slow.rows.len(),
            "ms_low,ms_high,rows,share_wrong",
        ),
    ] {
        let button = format!("[data-testid=download-csv-{name}]");
        // Where nothing sticks above it.
        page.run(
            "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })",
            json!([button]),
        );
        page.click(&button);
        let csv = downloaded(&folder, &format!("greenlight-{name}.csv"));
        assert!(csv.lines().next().unwrap().starts_with(first), "{csv}");
        assert_eq!(csv.lines().count(), rows + 1, "{name}");
    }
    page.close();
}

/// Right answers, each of which takes as long as its row says.
fn answers(latency: impl Fn(u32) -> String) -> String {
    let mut csv = "label,prediction,latency\n".to_owned();
    for row in 0..400 {
        csv += &format!("{0},{0},{1}\n", row % 2, latency(row));
    }
    csv
}

#[test]
fn a_unit_that_nothing_says_stands_beside_the_verdict_until_it_is_said() {
    let page = Page::with_file("fast.csv", answers(|row| (20 + row % 7).to_string()));
    let note = "[data-testid=assumed-unit-latency_p95]";
    page.until_there(note);
    let said = page.text(note);
    assert!(
        said.contains("“latency” is taken as milliseconds"),
        "{said}"
    );
    page.run(
        "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })",
        json!([note]),
    );
    page.click(&format!("{note} a"));
    page.until(
        "the unit has the focus",
        "return document.activeElement.dataset.testid === 'latency-unit'",
    );
    page.select("[data-testid=latency-unit]", "ms");
    page.until(
        "the unit is chosen",
        "return document.querySelector('[data-testid=latency-unit]').parentElement.innerText.includes('Chosen by you')",
    );
    page.go("verdict");
    page.until_there("[data-testid=criterion-latency_p95]");
    page.until(
        "the note is gone",
        &format!("return document.querySelector('{note}') === null"),
    );
    page.close();
}

#[test]
fn latencies_of_0_and_texts_among_them_are_told() {
    let page = Page::with_file("zero.csv", answers(|_| "0".to_owned()));
    let row = page.run(
        "return document.querySelector('[data-testid=criterion-latency_p95]').closest('tr').innerText",
        json!([]),
    );
    let row = row.as_str().unwrap().to_lowercase();
    assert!(!row.contains("pass"), "{row}");
    page.go("latency");
    assert_eq!(
        page.text("h1"),
        "Every latency is 0: none seems to have been measured"
    );
    assert!(
        !page.has(".latency canvas, .latency input"),
        "nothing to draw or to move"
    );
    page.close();
    let page = Page::with_file(
        "texts.csv",
        answers(|row| {
            if row % 40 == 4 {
                "timeout".to_owned()
            } else {
                "20".to_owned()
            }
        }),
    );
    page.go("latency");
    page.until(
        "the texts are told",
        "return document.querySelector('main').innerText.includes('10 rows are left out altogether')
             && document.querySelector('main').innerText.includes('“timeout”')",
    );
    page.close();
    // Where one call in five timed out, the column is still that of the latencies.
    let csv = answers(|row| match row % 5 {
        4 => "timeout".to_owned(),
        _ => "20".to_owned(),
    });
    let page = Page::with_file("many.csv", csv);
    page.go("load");
    let role = page.run(
        "return document.querySelector('[data-testid=role-latency]').value",
        json!([]),
    );
    assert_eq!(role, json!("latency"));
    page.go("latency");
    page.until(
        "the texts are told",
        "return document.querySelector('main').innerText.includes('80 rows are left out altogether')",
    );
    page.close();
}

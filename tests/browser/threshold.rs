//! The threshold is moved by key, number, pointer, button and address, and everything follows it.

use greenlight_readiness::{Choices, Demands, Policy, Report};
use serde_json::json;

use crate::data;
use crate::page::{ENTER, PHONE, Page, RIGHT, root};
use crate::report::downloaded;
use crate::rows;

const SLIDER: &str = "[data-testid=threshold]";
const TYPED: &str = "[data-testid=threshold-value]";

pub fn sample(name: &str) -> Vec<u8> {
    std::fs::read(root().join("static/samples").join(name)).unwrap()
}

/// The page on the Threshold view, with a file.
pub fn with_file(name: &str, content: impl AsRef<[u8]>) -> Page {
    let page = Page::with_file(name, content);
    page.go("threshold");
    page.until_there(SLIDER);
    page
}

/// What the terminal says with these choices.
pub fn report(name: &str, threshold: f64, demands: Demands) -> Report {
    let choices = Choices {
        threshold: Some(threshold),
        demands,
        ..Choices::default()
    };
    data::report(name, &sample(name), &choices, &Policy::balanced())
}

/// Puts a text in place of what a field holds, and leaves it with Enter.
pub fn fill(page: &Page, selector: &str, text: &str) {
    page.until_there(selector);
    let script =
        "const field = document.querySelector(arguments[0]); field.focus(); field.select()";
    page.run(script, json!([selector]));
    page.type_into(selector, text);
    page.press(ENTER);
}

pub fn until_typed(page: &Page, value: &str) {
    let script = format!("return document.querySelector('{TYPED}').value === '{value}'");
    page.until(&format!("the threshold is {value}"), &script);
}

pub fn value(page: &Page, selector: &str) -> String {
    let value = page.run(
        "return document.querySelector(arguments[0]).value",
        json!([selector]),
    );
    value.as_str().unwrap().to_owned()
}

/// Actual and score of the flights that are judged.
pub fn flights() -> Vec<(bool, f64)> {
    let text = String::from_utf8(sample("flights.csv")).unwrap();
    let rows = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>());
    let judged = rows.filter(|cells| cells[1] == "production");
    judged
        .map(|cells| (cells[9] == "1", cells[11].parse().unwrap()))
        .collect()
}

fn recall_and_precision(rows: &[(bool, f64)], threshold: f64) -> (f64, f64) {
    let count = |wanted: fn(bool, bool) -> bool| {
        let rows = rows
            .iter()
            .filter(|(actual, score)| wanted(*actual, *score >= threshold));
        rows.count() as f64
    };
    let caught = count(|actual, flagged| actual && flagged);
    (
        caught / count(|actual, _| actual),
        caught / count(|_, flagged| flagged),
    )
}

#[test]
fn keys_and_a_typed_number_move_it_and_the_numbers_are_those_of_the_file() {
    let page = with_file("flights.csv", sample("flights.csv"));
    let rows = flights();
    // The file's own predictions decide at first.
    assert_eq!(value(&page, TYPED), "");
    page.run(
        "document.querySelector(arguments[0]).focus()",
        json!([SLIDER]),
    );
    let is = |threshold: f64| {
        until_typed(&page, &threshold.to_string());
        let (recall, precision) = recall_and_precision(&rows, threshold);
        page.until_metric("recall", recall);
        page.until_metric("precision", precision);
    };
    page.press(RIGHT);
    is(0.501);
    page.press("\u{E012}");
    is(0.5);
    page.press("\u{E00F}");
    is(0.45);
    page.press("\u{E011}");
    is(0.0);
    fill(&page, TYPED, "0,042");
    is(0.042);
    assert_eq!(value(&page, SLIDER), "0.042");
    let header = page.text(".in-force");
    assert!(header.contains("threshold 0.042"), "{header}");
    fill(&page, TYPED, "high");
    page.until_there("[data-testid=threshold-message]");
    assert!(
        page.text("[data-testid=threshold-message]")
            .contains("“high” is not a number")
    );
    is_still(&page, "#/threshold?t=0.042");
    page.close();
}

fn is_still(page: &Page, hash: &str) {
    let script = format!("return location.hash === '{hash}'");
    page.until(&format!("the address is {hash}"), &script);
}

#[test]
fn a_drag_on_a_picture_is_one_step_back() {
    let page = with_file("flights.csv", sample("flights.csv"));
    let place = page.run(
        "const chart = document.querySelector('[data-testid=chart-histogram]');
         chart.scrollIntoView({ block: 'center' });
         const { left, top, width, height } = chart.getBoundingClientRect();
         return [left, top, width, height]",
        json!([]),
    );
    let part = |index: usize| place[index].as_f64().unwrap();
    let at = |across: f64| (part(0) + across * part(2), part(1) + part(3) / 2.0);
    page.drag(at(0.3), at(0.6));
    let moved = format!("return Number(document.querySelector('{TYPED}').value) > 0.4");
    page.until("it has moved", &moved);
    let to: f64 = value(&page, TYPED).parse().unwrap();
    assert!(to < 0.75, "{to}");
    let (recall, _) = recall_and_precision(&flights(), to);
    page.until_metric("recall", recall);
    // A click on a curve goes to one of its thresholds.
    let place = page.run(
        "const chart = document.querySelector('[data-testid=chart-roc]');
         chart.scrollIntoView({ block: 'center' });
         const { left, top, width, height } = chart.getBoundingClientRect();
         return [left + width / 2, top + height / 3]",
        json!([]),
    );
    page.click_at((place[0].as_f64().unwrap(), place[1].as_f64().unwrap()));
    page.until(
        "it has moved",
        &format!("return document.querySelector('{TYPED}').value !== '{to}'"),
    );
    // Back twice with the keyboard, then forward.
    let press = |keys: &[&str]| page.press_together(keys);
    press(&["\u{E009}", "z"]);
    until_typed(&page, &to.to_string());
    press(&["\u{E009}", "z"]);
    until_typed(&page, "");
    page.until_there("[data-testid=threshold-undo][aria-disabled=true]");
    press(&["\u{E009}", "\u{E008}", "z"]);
    until_typed(&page, &to.to_string());
    page.click("[data-testid=threshold-reset]");
    until_typed(&page, "");
    let report = data::report(
        "flights.csv",
        &sample("flights.csv"),
        &Choices::default(),
        &Policy::balanced(),
    );
    page.until_metric("recall", report.current().recall.unwrap());
    page.close();
}

#[test]
fn the_address_carries_it_from_view_to_view() {
    let page = with_file("flights.csv", sample("flights.csv"));
    fill(&page, TYPED, "0.042");
    is_still(&page, "#/threshold?t=0.042");
    let folder = page.keep_downloads();
    page.go("verdict");
    is_still(&page, "#/verdict?t=0.042");
    page.click("[data-testid=download-json]");
    let terminal = report("flights.csv", 0.042, Demands::default());
    assert_eq!(downloaded(&folder), terminal.to_json().unwrap());
    page.run("location.hash = '#/confusion?t=0.3'", json!([]));
    page.until_there("[data-testid=nav-confusion][aria-current=page]");
    page.until_metric("recall", recall_and_precision(&flights(), 0.3).0);
    let flagged = flights().into_iter().filter(|(_, score)| *score >= 0.3);
    let caught = flagged.filter(|(actual, _)| *actual).count();
    rows::click_cell(&page, &["0", "1"], (1, 1));
    let title = format!("{caught} rows are “1” and were predicted “1”");
    assert_eq!(rows::rows(&page, &title).len(), caught);
    // Another file starts as it decides on its own.
    page.go("load");
    is_still(&page, "#/load?t=0.3");
    page.choose_file("breast_cancer.csv", sample("breast_cancer.csv"));
    page.until(
        "the other file is there",
        "return document.querySelector('.in-force .source').innerText.includes('breast')",
    );
    is_still(&page, "#/verdict");
    // A visit that begins with a threshold decides by it.
    page.run("location.hash = '#/threshold?t=0.25'", json!([]));
    page.browse("refresh");
    page.until_state("empty");
    page.choose_file("flights.csv", sample("flights.csv"));
    page.until_state("ready");
    until_typed(&page, "0.25");
    page.close();
}

#[test]
fn every_input_is_drawn() {
    let page = with_file("large.csv", data::large(20_000));
    let times = page.run(
        "performance.clearMarks();
         const slider = document.querySelector(arguments[0]);
         return (async () => {
             for (let step = 1; step <= 300; step++) {
                 slider.value = String((step * 0.618) % 1);
                 slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
                 await new Promise(requestAnimationFrame);
             }
             const painted = () => performance.getEntriesByName('greenlight:threshold-painted').length;
             for (let frame = 0; frame < 1800 && painted() < 300; frame++) await new Promise(requestAnimationFrame);
             const times = name => performance.getEntriesByName('greenlight:threshold-' + name).map(mark => mark.startTime);
             return ['input', 'drawn', 'painted'].map(times);
         })()",
        json!([SLIDER]),
    );
    let times: Vec<Vec<f64>> = serde_json::from_value(times).unwrap();
    let [input, drawn, painted] = times.as_slice() else {
        panic!("three kinds of marks");
    };
    assert_eq!((input.len(), drawn.len(), painted.len()), (300, 300, 300));
    let mut took: Vec<f64> = input
        .iter()
        .zip(drawn)
        .map(|(from, to)| to - from)
        .collect();
    took.sort_by(f64::total_cmp);
    println!(
        "drawn after {:.1} ms (median), {:.1} ms (p95)",
        took[150], took[285]
    );
    assert!(took[0] >= 0.0);
    page.close();
}

#[test]
fn one_of_many_classes_is_held_against_the_rest() {
    let rows: Vec<[f64; 3]> = (0..300_u32)
        .map(|row| {
            let ant = f64::from(row * 37 % 100) / 100.0;
            let bee = (1.0 - ant) * f64::from(row * 53 % 10) / 10.0;
            [ant, bee, 1.0 - ant - bee]
        })
        .collect();
    let is_bee = |row: usize| row % 3 == 1;
    let mut csv = "label,prob_ant,prob_bee,prob_cat\n".to_owned();
    for (row, [ant, bee, cat]) in rows.iter().enumerate() {
        csv += &format!("{},{ant},{bee},{cat}\n", ["ant", "bee", "cat"][row % 3]);
    }
    let page = with_file("insects.csv", csv);
    let lead = page.text("[data-testid=lead]");
    assert!(
        lead.contains("one class against the rest") && lead.contains("argmax"),
        "{lead}"
    );
    let verdict = page.text(".badge");
    page.select("[data-testid=one-vs-rest]", "bee");
    fill(&page, TYPED, "0.3");
    let against_rest: Vec<(bool, f64)> = rows
        .iter()
        .enumerate()
        .map(|(row, scores)| (is_bee(row), scores[1]))
        .collect();
    let (recall, precision) = recall_and_precision(&against_rest, 0.3);
    page.until_metric("recall", recall);
    page.until_metric("precision", precision);
    assert_eq!(page.text(".badge"), verdict);
    page.close();
}

#[test]
fn few_classes_have_a_curve_each() {
    let page = with_file("digits.csv", sample("digits.csv"));
    let curves = "return document.querySelectorAll('.small-multiples canvas[data-testid]').length";
    assert_eq!(page.run(curves, json!([])), json!(10));
    page.click(".small-multiples li:nth-child(3) button");
    page.until_there(".small-multiples li:nth-child(3) button[aria-pressed=true]");
    page.close();
}

#[test]
fn without_scores_the_view_says_how_to_add_them() {
    let page = Page::with_file("matrix.csv", data::matrix_90_10_5_95());
    page.go("threshold");
    let text = page.text("main");
    assert!(text.contains("no threshold to move yet"), "{text}");
    page.close();
}

#[test]
fn on_a_phone_the_slider_stays_in_sight() {
    let page = Page::open(PHONE);
    page.choose_file("flights.csv", sample("flights.csv"));
    page.until_state("ready");
    page.go("threshold");
    page.until_there("canvas[data-testid=chart-gain]");
    let seen = page.run(
        "document.querySelector('[data-testid=chart-gain]').scrollIntoView({ block: 'center' });
         const { top, bottom, left, right } = document.querySelector(arguments[0]).getBoundingClientRect();
         return top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth && right - left > 100",
        json!([SLIDER]),
    );
    assert_eq!(seen, json!(true));
    page.close();
}

#[test]
fn each_picture_has_its_numbers_as_a_table() {
    let page = with_file("flights.csv", sample("flights.csv"));
    for (name, head, last) in [
        ("precision_recall", "Threshold\tRecall\tPrecision", "100 %"),
        ("roc", "Threshold\tOthers flagged\tRecall", "100 %"),
        (
            "metrics",
            "Threshold\tPrecision\tRecall\tF1\tFlagged",
            "100 %",
        ),
        ("gain", "Threshold\tFlagged\tRecall", "100 %"),
        // Flagging everything is no better than chance.
        ("lift", "Threshold\tFlagged\tLift", "\t1.000"),
    ] {
        let open = format!(
            "document.querySelector('[data-testid=chart-{name}]').closest('figure').querySelector('.table-twin > summary').click()"
        );
        page.run(&open, json!([]));
        let table = page.text(&format!("[data-testid=table-{name}]"));
        assert!(table.contains(head), "{name}: {table}");
        assert!(table.contains(last), "{name}: {table}");
    }
    page.close();
}

//! Where the model is weak: the finding, the tree, the values of a column, and how groups are treated.

use greenlight_readiness::examination::{ErrorFindings, Fairness, Favourable, SegmentColumn};
use greenlight_readiness::segment_words::{FairnessWords, Measure, ValuesWords, WeakWords};
use greenlight_readiness::{Choices, Profile, SourceReader};
use serde_json::json;

use crate::data;
use crate::page::{DOWN, Page, root};

const ROWS: u32 = 20_000;

fn opened(csv: &str) -> Page {
    let page = Page::with_file("groups.csv", csv);
    page.go("segments");
    page.until_there("[data-testid=table-weak_segments]");
    page
}

/// What the core finds, decided by a threshold.
fn examined(csv: &str, threshold: Option<f64>) -> Profile {
    let mut reader = SourceReader::new("groups.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let choices = Choices {
        threshold,
        ..Choices::default()
    };
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    profile
}

fn errors(profile: &Profile) -> &ErrorFindings {
    let examination = profile.examination.as_ref().unwrap();
    examination.errors.as_ref().unwrap()
}

fn column<'p>(profile: &'p Profile, name: &str) -> &'p SegmentColumn {
    let columns = &profile.examination.as_ref().unwrap().segments.columns;
    columns.iter().find(|column| column.column == name).unwrap()
}

/// Waits until an element says this, whatever its spaces.
fn until_text(page: &Page, selector: &str, text: &str) {
    let text = text.replace(['\u{202f}', '\u{a0}'], " ");
    page.until(
        &format!("{selector} says {text}"),
        &format!(
            "return document.querySelector({selector:?})?.innerText.replaceAll(/[\\u202f\\u00a0]/g, ' ') === {text:?}"
        ),
    );
}

/// The full numbers of each row of a table.
fn numbers(page: &Page, table: &str) -> Vec<Vec<f64>> {
    let numbers = page.run(
        "return [...document.querySelectorAll(arguments[0])].map(row =>
             [...row.querySelectorAll('[data-value]')].map(cell => Number(cell.dataset.value)))",
        json!([format!("[data-testid=table-{table}] tbody tr")]),
    );
    serde_json::from_value(numbers).unwrap()
}

fn weak_numbers(words: &WeakWords) -> Vec<Vec<f64>> {
    let numbers = words.groups.iter().map(|group| {
        vec![
            group.share_of_rows,
            group.accuracy.value,
            -group.gap,
            -group.least_gap,
            group.share_of_errors,
        ]
    });
    numbers.collect()
}

#[test]
fn the_finding_the_table_and_the_tree_are_those_of_the_core() {
    let csv = data::segmented(ROWS);
    let profile = examined(&csv, None);
    let words = WeakWords::of(&errors(&profile).weak, profile.told);
    assert!(
        words.finding.contains("region is “south”"),
        "{}",
        words.finding
    );
    let page = opened(&csv);
    until_text(&page, "h1", &words.finding);
    assert_eq!(numbers(&page, "weak_segments"), weak_numbers(&words));

    let leaves = page.run(
        "return document.querySelectorAll('[data-testid=error-tree] .leaf').length",
        json!([]),
    );
    assert_eq!(leaves, json!(errors(&profile).tree.leaves.len()));
    let tree = page.text("[data-testid=error-tree]");
    assert!(
        tree.contains("region is “south”") && tree.contains("region is not “south”"),
        "{tree}"
    );

    page.run(
        "document.querySelector('canvas[data-testid=chart-weak_segments]').closest('[tabindex]').focus()",
        json!([]),
    );
    page.press(DOWN);
    until_text(
        &page,
        "[data-testid=read-out-weak_segments]",
        &words.groups[0].read_out(),
    );
    page.close();
}

#[test]
fn values_are_compared_by_column_and_measure() {
    let csv = data::segmented(ROWS);
    let profile = examined(&csv, None);
    let all = profile.current().confusion.as_ref().unwrap();
    let page = opened(&csv);
    for (name, measure) in [
        ("region", Measure::Accuracy),
        ("region", Measure::Recall),
        ("country", Measure::Recall),
    ] {
        page.select("[data-testid=segment-column]", name);
        page.click(&format!(
            "[data-testid=segment-measure] [value={}]",
            measure.name()
        ));
        let column = column(&profile, name);
        let words = ValuesWords::of(column, all, &profile.classes, measure);
        until_text(
            &page,
            "[data-testid=values-finding]",
            &format!("{}.", words.finding),
        );
        let rates = words.rows.iter().map(|row| row.rates.iter().flatten());
        let rates: Vec<Vec<f64>> = rates
            .map(|rates| rates.map(|rate| rate.value).collect())
            .collect();
        assert_eq!(
            numbers(&page, "segment_values"),
            rates,
            "{name} {measure:?}"
        );
    }
    // Fifty of seventy, and the others together.
    assert_eq!(numbers(&page, "segment_values").len(), 51);
    page.close();
}

#[test]
fn groups_are_compared_once_they_are_named_and_turned_around() {
    let csv = data::segmented(ROWS);
    let profile = examined(&csv, None);
    let region = column(&profile, "region");
    let page = opened(&csv);
    assert!(!page.has("[data-testid=table-group_rates]"));
    page.select("[data-testid=fairness-column]", "region");
    for (favourable, value, class) in [
        (Favourable::Positive, "positive", "1"),
        (Favourable::Negative, "negative", "0"),
    ] {
        page.until_there("[data-testid=favourable]");
        page.click(&format!("[data-testid=favourable] [value={value}]"));
        let fairness = Fairness::favouring(favourable, region, &profile.classes).unwrap();
        let words = FairnessWords::of(&fairness, region, class);
        until_text(
            &page,
            "[data-testid=fairness-finding]",
            &format!("{}.", words.finding),
        );
        let rates = fairness.groups.iter().map(|group| {
            let rates = &group.rates;
            let rates = [
                rates.selection_rate,
                rates.true_positive_rate,
                rates.false_positive_rate,
            ];
            rates.map(|rate| rate.unwrap().value).to_vec()
        });
        let rates: Vec<Vec<f64>> = rates.collect();
        assert_eq!(numbers(&page, "group_rates"), rates, "{value}");
        let spreads = words.spreads.iter().map(|spread| {
            let spread = spread.spread.unwrap();
            vec![spread.difference, spread.ratio.unwrap()]
        });
        let spreads: Vec<Vec<f64>> = spreads.collect();
        assert_eq!(numbers(&page, "rate_spreads"), spreads, "{value}");
    }
    page.close();
}

#[test]
fn a_moved_threshold_moves_everything() {
    let csv = data::segmented(ROWS);
    let page = opened(&csv);
    let before = numbers(&page, "segment_values");
    page.run("location.hash = '#/segments?t=0.3'", json!([]));
    let profile = examined(&csv, Some(0.3));
    let words = WeakWords::of(&errors(&profile).weak, profile.told);
    until_text(&page, "h1", &words.finding);
    assert_eq!(numbers(&page, "weak_segments"), weak_numbers(&words));
    let all = profile.current().confusion.as_ref().unwrap();
    let region = column(&profile, "region");
    let values = ValuesWords::of(region, all, &profile.classes, Measure::Accuracy);
    page.select("[data-testid=segment-column]", "region");
    until_text(
        &page,
        "[data-testid=values-finding]",
        &format!("{}.", values.finding),
    );
    let after = numbers(&page, "segment_values");
    assert_ne!(after, before);
    assert_eq!(after[0][0], values.rows[0].rates[0].unwrap().value);
    assert!(
        !page
            .text("[data-testid=table-segment_values]")
            .contains('≈')
    );
    page.close();
}

#[test]
fn without_a_column_it_leads_to_where_one_is_chosen() {
    let sample = std::fs::read(root().join("static/samples/digits.csv")).unwrap();
    let page = Page::with_file("digits.csv", sample);
    page.go("segments");
    until_text(&page, "h1", "There is no column to look at groups by");
    page.click("[data-testid=no-segments] a");
    page.until(
        "the focus is on the segments",
        "return document.activeElement.id === 'role-segment'",
    );
    page.close();
}

//! Whether scores can be read as probabilities: the finding, the curve, its table, its numbers.

use greenlight_readiness::{Choices, Policy};
use serde_json::json;

use crate::data;
use crate::downloads::downloaded;
use crate::page::{Page, RIGHT, root};

const CHART: &str = "canvas[data-testid=chart-reliability]";

/// Ten scores of 40 rows each, of which fewer come true than they say; those of the reference come true as they say.
fn too_high() -> String {
    let mut csv = "is_fraud,score,split,count\n".to_owned();
    for bin in 0..10_u32 {
        let score = f64::from(bin) / 10.0 + 0.05;
        for (split, positives) in [("train", 2 + 4 * bin), ("production", 2 * bin)] {
            csv += &format!(
                "1,{score:.2},{split},{positives}\n0,{score:.2},{split},{}\n",
                40 - positives
            );
        }
    }
    csv
}

/// The cells of a table's body.
fn cells(page: &Page, table: &str) -> Vec<Vec<String>> {
    page.until_there(&format!("[data-testid=table-{table}]"));
    let cells = page.run(
        "return [...document.querySelectorAll(arguments[0])]
             .map(row => [...row.cells].map(cell => cell.textContent.replaceAll('\\u202f', ' ')))",
        json!([format!("[data-testid=table-{table}] tbody tr")]),
    );
    serde_json::from_value(cells).unwrap()
}

/// A number that changes with the picture.
fn picture(page: &Page) -> f64 {
    let hash = page.run(
        "const canvas = document.querySelector(arguments[0]);
         const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
         return new Uint32Array(data.buffer).reduce((hash, pixel) => (hash * 31 + pixel) % 4294967291, 7)",
        json!([CHART]),
    );
    hash.as_f64().unwrap()
}

fn until_picture_is_not(page: &Page, before: f64) {
    let started = std::time::Instant::now();
    while picture(page) == before {
        assert!(
            started.elapsed().as_secs() < 30,
            "the picture stays as it was"
        );
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

#[test]
fn the_finding_the_table_and_the_numbers_are_those_of_the_report() {
    let csv = too_high();
    let page = Page::with_file("fraud.csv", &csv);
    page.go("calibration");
    page.until_there(CHART);
    assert_eq!(
        page.text("h1"),
        "When the model says 95 % fraud, it is fraud 45 % of the time"
    );
    assert!(
        page.text(".lead")
            .contains("On the whole the scores are too high")
    );

    let report = data::report(
        "fraud.csv",
        csv.as_bytes(),
        &Choices::default(),
        &Policy::balanced(),
    );
    let calibration = report.current_calibration().unwrap();
    let evaluation = report.current();
    for (name, expected) in [
        (
            "expected_calibration_error",
            evaluation.expected_calibration_error,
        ),
        (
            "maximum_calibration_error",
            calibration.maximum_calibration_error,
        ),
        ("brier_score", evaluation.brier_score),
        ("brier_skill_score", calibration.brier_skill_score),
        ("log_loss", evaluation.log_loss),
        ("calibration_slope", calibration.slope),
        ("calibration_intercept", calibration.intercept),
    ] {
        assert_eq!(page.metric(name), expected.unwrap(), "{name}");
    }

    let table = cells(&page, "reliability");
    assert_eq!(table.len(), 10);
    assert_eq!(
        table[9],
        [
            "90 % to 100 %",
            "40",
            "95.0 %",
            "45.0 %",
            "30.7–60.2 %",
            "−50.0 points"
        ]
    );
    assert_eq!(cells(&page, "reliability_reference")[9][3], "95.0 %");
    assert_eq!(cells(&page, "isotonic")[4], ["90 %", "42.5 %"]);
    page.close();
}

#[test]
fn keys_read_the_bins_out_and_the_fit_comes_when_asked() {
    let page = Page::with_file("fraud.csv", too_high());
    page.go("calibration");
    page.until_there(CHART);
    page.run(
        "document.querySelector(arguments[0]).closest('[tabindex]').focus()",
        json!([CHART]),
    );
    for said in ["From 0 % to 10 %: 40 rows", "From 10 % to 20 %: 40 rows"] {
        page.press(RIGHT);
        page.until(
            said,
            &format!(
                "return document.querySelector('[data-testid=read-out]').innerText
                     .replaceAll('\\u202f', ' ').startsWith('{said}')"
            ),
        );
    }
    let without_fit = picture(&page);
    page.click("[data-testid=calibration-isotonic]");
    until_picture_is_not(&page, without_fit);

    page.close();
}

#[test]
fn bins_are_chosen_and_the_curve_is_kept_with_its_reference() {
    let sample = std::fs::read(root().join("static/samples/flights.csv")).unwrap();
    let page = Page::with_file("flights.csv", sample);
    page.go("calibration");
    page.until_there(CHART);
    assert!(
        page.text("h1")
            .starts_with("On the whole the scores are too high")
    );
    assert_eq!(cells(&page, "reliability").len(), 10);
    assert_eq!(cells(&page, "reliability")[0][1], "2 391");
    page.click("[data-testid=calibration-bins] [value=quantile]");
    page.until(
        "bins hold about as many rows each",
        "const rows = [...document.querySelectorAll('[data-testid=table-reliability] tbody td:nth-child(2)')]
             .map(cell => Number(cell.textContent));
         return rows.length === 10 && rows.every(rows => rows > 240 && rows < 260)",
    );

    let folder = page.keep_downloads();
    page.click("[data-testid=download-csv-reliability]");
    let csv = downloaded(&folder, "greenlight-reliability.csv");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0],
        "rows_of,low,high,rows,mean_score,share,interval_low,interval_high,gap"
    );
    assert_eq!(lines.len(), 21);
    assert!(lines[1].starts_with("production,") && lines[20].starts_with("train,"));
    page.click("[data-testid=download-svg-reliability]");
    let svg = downloaded(&folder, "greenlight-reliability.svg");
    for text in [
        "What the model says",
        "What happens",
        "perfect",
        "production",
        "train",
    ] {
        assert!(
            svg.contains(&format!(">{text}<")),
            "{text} is not in the picture"
        );
    }

    // All rows have no reference beside them.
    page.select("[data-testid=split]", "");
    page.until(
        "one curve is left",
        "return document.querySelector('[data-testid=table-reliability_reference]') === null
             && document.querySelector('[data-testid=table-reliability]') !== null",
    );
    page.close();
}

#[test]
fn without_probabilities_it_says_what_is_lacking() {
    for (name, csv, finding, address) in [
        (
            "matrix.csv",
            data::matrix_90_10_5_95(),
            "There are no scores that could be probabilities",
            "#/load",
        ),
        (
            "scores.csv",
            "label,score\n1,2.5\n0,-1\n1,0.25\n0,0.5\n".to_owned(),
            "These scores are no probabilities: some lie outside 0 to 1",
            "#/load",
        ),
        (
            "unknown.csv",
            "label,score\ncat,0.2\ndog,0.9\ndog,0.4\n".to_owned(),
            "The scores cannot be judged: it is not known which of the two classes is positive",
            "#/load/positive-class",
        ),
    ] {
        let page = Page::with_file(name, csv);
        page.go("calibration");
        page.until_there("[data-testid=no-calibration]");
        assert_eq!(page.text("h1"), finding);
        let link = page.attribute("[data-testid=no-calibration] a", "href");
        assert_eq!(link.as_deref(), Some(address));
        page.close();
    }
}

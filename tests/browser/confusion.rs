//! What is taken for what: the picture, its table, its numbers, and the way there and back.

use serde_json::json;

use crate::data;
use crate::page::{DOWN, Page, RIGHT};

const CHART: &str = "canvas[data-testid=chart-confusion_matrix]";

#[test]
fn the_matrix_90_10_5_95_is_exact() {
    let page = Page::with_file("matrix.csv", data::matrix_90_10_5_95());
    assert_eq!(
        page.attribute("[data-testid=status]", "data-rows").unwrap(),
        "200"
    );
    page.go("confusion");
    assert_eq!(page.metric("accuracy"), 0.925);
    assert_eq!(page.metric("precision"), 90.0 / 95.0);
    assert_eq!(page.metric("recall"), 0.9);
    assert_eq!(page.metric("specificity"), 0.95);
    assert!(
        page.text("[data-testid=metric-accuracy]")
            .contains("92.5 %")
    );
    assert!(
        page.text("h1").contains("“Pos” taken for “Neg”, 10 times"),
        "{}",
        page.text("h1")
    );
    let cells = page.run(
        "return [...document.querySelectorAll('[data-testid=table-confusion_matrix] tbody tr')]\
         .map(row => [...row.cells].map(cell => cell.textContent))",
        json!([]),
    );
    assert_eq!(cells, json!([["Neg", "95", "5"], ["Pos", "10", "90"]]));
    page.close();
}

#[test]
fn the_picture_is_sharp_and_not_blank() {
    let page = Page::with_file("matrix.csv", data::matrix_90_10_5_95());
    for ratio in [1.0, 2.0, 1.5] {
        page.set_pixel_ratio(ratio);
        page.go("confusion");
        let sizes = page.until(
            "the canvas has a pixel for each pixel of the screen",
            &format!(
                "const canvas = document.querySelector('{CHART}');
                 const box = canvas.getBoundingClientRect();
                 const near = (pixels, length) => Math.abs(pixels - length * {ratio}) <= 1;
                 return devicePixelRatio === {ratio} && near(canvas.width, box.width) \
                     && near(canvas.height, box.height) && [canvas.width, canvas.height]"
            ),
        );
        let colours = page.run(
            "const canvas = document.querySelector(arguments[0]);
             const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
             return new Set(new Uint32Array(data.buffer)).size",
            json!([CHART]),
        );
        assert!(
            colours.as_u64().unwrap() > 20,
            "{colours} colours on {sizes} at {ratio}"
        );
        page.go("verdict");
    }
    page.close();
}

#[test]
fn arrow_keys_read_the_cells_out() {
    let page = Page::with_file("matrix.csv", data::matrix_90_10_5_95());
    page.go("confusion");
    page.run(
        "document.querySelector(arguments[0]).closest('[tabindex]').focus()",
        json!([CHART]),
    );
    let said = |what: &str| {
        let script = format!(
            "return document.querySelector('[data-testid=read-out]').innerText.includes('{what}')"
        );
        page.until(&format!("the read-out says {what}"), &script);
    };
    page.press(RIGHT);
    said("95 rows are “Neg” and were predicted “Neg”");
    page.press(RIGHT);
    said("5 rows are “Neg” and were predicted “Pos”");
    page.press(DOWN);
    said("90 rows are “Pos” and were predicted “Pos”");
    page.close();
}

#[test]
fn back_forward_and_the_address_lead_to_the_views() {
    let page = Page::with_file("matrix.csv", data::matrix_90_10_5_95());
    let title = page.run("return document.title", json!([]));
    assert_eq!(title, json!("Ready with warnings: matrix.csv – Greenlight"));
    page.go("confusion");
    page.go("load");
    let at = |view: &str| page.until_there(&format!("[data-testid=nav-{view}][aria-current=page]"));
    page.browse("back");
    at("confusion");
    assert!(page.has(CHART));
    page.browse("forward");
    at("load");
    page.browse("back");
    at("confusion");
    // The data are gone with the page that held them, the address is not.
    page.browse("refresh");
    page.until_state("empty");
    assert!(page.has("[data-testid=forgotten]"));
    assert_eq!(
        page.run("return location.hash", json!([])),
        json!("#/confusion")
    );
    page.choose_file("matrix.csv", data::matrix_90_10_5_95());
    page.until_state("ready");
    at("confusion");
    page.until_there(CHART);
    page.close();
}

#[test]
fn many_classes_fit_the_page() {
    let mut csv = "label,prediction\n".to_owned();
    for row in 0..600 {
        let predicted = if row % 7 == 0 {
            (row + 1) % 12
        } else {
            row % 12
        };
        csv += &format!("class {},class {predicted}\n", row % 12);
    }
    let page = Page::with_file("many.csv", csv);
    page.go("confusion");
    page.until_there(CHART);
    assert!(page.has("[data-testid=metric-macro-recall]"));
    let rows =
        "return document.querySelectorAll('[data-testid=table-confusion_matrix] tbody tr').length";
    assert_eq!(page.run(rows, json!([])), json!(12));
    page.close();
}

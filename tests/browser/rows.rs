//! The rows behind a cell of the matrix, and those that were left out.

use greenlight_charts::MatrixLayout;
use serde_json::{Value, json};

use crate::data;
use crate::downloads::downloaded;
use crate::page::{DOWN, ENTER, ESCAPE, Page, RIGHT};

const CHART: &str = "canvas[data-testid=chart-confusion_matrix]";

/// Clicks in the middle of a cell.
pub fn click_cell(page: &Page, classes: &[&str], (row, column): (usize, usize)) {
    let place = page.run(
        "const chart = document.querySelector(arguments[0]);
         chart.scrollIntoView({ block: 'center' });
         const { left, top, width, height } = chart.getBoundingClientRect();
         return [left, top, width, height]",
        json!([CHART]),
    );
    let number = |index: usize| place[index].as_f64().unwrap();
    let classes: Vec<String> = classes.iter().map(|&class| class.to_owned()).collect();
    let layout = MatrixLayout::new((number(2) as u32, number(3) as u32), &classes).unwrap();
    let cell = layout.cell_rect(row, column);
    page.click_at((
        number(0) + f64::from(cell.x + cell.width / 2),
        number(1) + f64::from(cell.y + cell.height / 2),
    ));
}

/// The cells of the table of rows, once its title begins with this.
pub fn rows(page: &Page, title: &str) -> Vec<Vec<String>> {
    let script = format!(
        "const rows = [...document.querySelectorAll('[data-testid=table-rows] tbody tr')];
         return document.querySelector('[data-testid=rows] h2')?.innerText.startsWith({title:?}) && rows.length > 0
             && rows.map(row => [...row.cells].map(cell => cell.textContent))"
    );
    let cells = page.until(&format!("the title is {title}"), &script);
    let text = |cell: &Value| cell.as_str().unwrap().to_owned();
    let row = |row: &Value| row.as_array().unwrap().iter().map(text).collect();
    cells.as_array().unwrap().iter().map(row).collect()
}

fn focused(page: &Page, selector: &str) {
    let script = format!("return document.activeElement?.matches({selector:?})");
    page.until(&format!("{selector} has the focus"), &script);
}

#[test]
fn a_click_on_a_cell_shows_its_rows_page_by_page() {
    let page = Page::with_file("mails.csv", data::mails());
    page.go("confusion");
    click_cell(&page, &["ham", "spam"], (0, 1));
    let first = rows(&page, "45 rows are “ham” and were predicted “spam”");
    assert_eq!(first.len(), 20);
    // What plays a role comes first.
    assert_eq!(first[0], ["1", "m0", "ham", "spam", "0", "=note 0"]);
    assert_eq!(first[19][..2], ["20", "m19"]);
    focused(&page, "[data-testid=rows] h2");

    let shows = |numbers: &str| {
        let script = format!(
            "return document.querySelector('.pager [role=status]').innerText === {numbers:?}"
        );
        page.until(numbers, &script);
    };
    page.click("[data-testid=rows-next]");
    shows("21 to 40 of 45");
    page.click("[data-testid=rows-next]");
    shows("41 to 45 of 45");
    // There is no further page.
    page.click("[data-testid=rows-next]");
    let last = rows(&page, "45 rows");
    assert_eq!((last.len(), last[4][1].as_str()), (5, "m44"));
    page.click("[data-testid=rows-previous]");
    shows("21 to 40 of 45");

    // Of the mistakes, those that the score was surest of: 37 · 27 = 999, and so on down.
    page.click("[data-testid=rows-confident]");
    shows("1 to 20 of 45");
    let surest = rows(&page, "45 rows");
    assert_eq!(surest[0], ["28", "m27", "ham", "spam", "0.99", "=note 27"]);
    assert!(surest.is_sorted_by(|a, b| a[4].parse::<f64>().unwrap() >= b[4].parse().unwrap()));
    page.close();
}

#[test]
fn all_rows_of_a_cell_can_be_kept() {
    let page = Page::with_file("mails.csv", data::mails());
    let folder = page.keep_downloads();
    page.go("confusion");
    click_cell(&page, &["ham", "spam"], (0, 1));
    rows(&page, "45 rows");
    assert_eq!(
        page.text("[data-testid=download-csv-rows]"),
        "Download all 45 as CSV"
    );
    page.click("[data-testid=download-csv-rows]");
    let csv = downloaded(&folder, "greenlight-rows.csv");
    let lines: Vec<&str> = csv.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 46);
    assert_eq!(lines[0], "file,row,id,label,prediction,score,note");
    assert_eq!(lines[1], "mails.csv,1,m0,ham,spam,0,'=note 0");
    assert_eq!(lines[45], "mails.csv,45,m44,ham,spam,0.28,'=note 44");
    page.close();
}

#[test]
fn the_keyboard_opens_a_cell_and_comes_back_to_it() {
    let page = Page::with_file("mails.csv", data::mails());
    page.go("confusion");
    page.run(
        "document.querySelector(arguments[0]).closest('[tabindex]').focus()",
        json!([CHART]),
    );
    let said = |what: &str| {
        let script = format!(
            "return document.querySelector('[data-testid=read-out]').innerText.includes({what:?})"
        );
        page.until(&format!("the read-out says {what}"), &script);
    };
    page.press(DOWN);
    said("60 rows are “ham” and were predicted “ham”");
    page.press(DOWN);
    said("5 rows are “spam” and were predicted “ham”");
    page.press(ENTER);
    let missed = rows(&page, "5 rows are “spam” and were predicted “ham”");
    assert_eq!(missed.len(), 5);
    assert_eq!(missed[0][..3], ["46", "m45", "spam"]);
    focused(&page, "[data-testid=rows] h2");
    page.press(ESCAPE);
    page.until(
        "the rows are gone",
        "return document.querySelector('[data-testid=rows]') === null",
    );
    focused(&page, ".chart");
    page.press(RIGHT);
    said("60 rows are “ham” and were predicted “ham”");
    page.close();
}

#[test]
fn rows_follow_the_decision_in_force() {
    let page = Page::with_file("mails.csv", data::mails());
    page.go("confusion");
    click_cell(&page, &["ham", "spam"], (0, 1));
    rows(&page, "45 rows");
    // Without predictions, the score decides from one half on.
    page.go("load");
    page.select("[data-testid=role-prediction]", "");
    page.until(
        "the score decides",
        "return document.querySelector('.lead').innerText.includes('from a score of 0.5')",
    );
    page.go("confusion");
    let expected: Vec<String> = (0..160)
        .filter(|row| !(45..100).contains(row) && row * 37 % 100 >= 50)
        .map(|row| format!("m{row}"))
        .collect();
    click_cell(&page, &["ham", "spam"], (0, 1));
    let title = format!(
        "{} rows are “ham” and were predicted “spam”",
        expected.len()
    );
    let shown = rows(&page, &title);
    let ids: Vec<&str> = shown.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(ids, expected[..20]);
    page.close();
}

#[test]
fn rows_that_were_left_out_can_be_kept() {
    let page = Page::with_file("mails.csv", data::mails());
    let folder = page.keep_downloads();
    page.go("load");
    page.click("[data-testid=download-csv-rejected]");
    let csv = downloaded(&folder, "greenlight-rejected.csv");
    let lines: Vec<&str> = csv.split_terminator("\r\n").collect();
    assert_eq!(
        lines,
        [
            "file,row,why it was left out,text,id,label,prediction,score,note",
            "mails.csv,161,the label is missing,,m160,,ham,0.5,lost",
            "mails.csv,162,\"the row has 2 fields, the header has 5\",\"short,ham\",,,,,",
        ]
    );
    page.close();
}

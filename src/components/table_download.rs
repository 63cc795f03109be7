//! Any table on screen as CSV, for those that have no picture beside them to write it.
//!
//! A cell is worth what its `data-value` says; else its `title`, where that is the number in full; else what it shows. What is shown as a number stays one:
//! without the spaces between thousands, and with a minus that programs know.

use greenlight_format::csv::push_record;
use greenlight_format::{ABOUT, MINUS, SPACE};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::components::Downloads;

/// A button for the table whose handle is `table-NAME`. A name is that of one table in its view, and of its file.
pub fn table_download(name: &str, title: &'static str) -> Html {
    table_download_as(name.to_owned(), name, title)
}

/// The same with another name for the file.
pub fn table_download_as(file: String, name: &str, title: &'static str) -> Html {
    let handle = format!("[data-testid=\"table-{name}\"]");
    let csv = Callback::from(move |()| {
        let table = gloo::utils::document().query_selector(&handle);
        // A button stands below its table, so there is one.
        table
            .ok()
            .flatten()
            .map_or_else(String::new, |table| csv_of(&table))
    });
    html! { <Downloads name={file} {title} {csv} /> }
}

fn csv_of(table: &Element) -> String {
    let mut text = String::new();
    for row in all(table, "tr") {
        let cells: Vec<String> = all(&row, "th, td").iter().map(worth).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        push_record(&mut text, &cells);
    }
    text
}

fn all(place: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = place.query_selector_all(selector) else {
        return Vec::new();
    };
    let element = |index| found.get(index)?.dyn_into::<Element>().ok();
    (0..found.length()).filter_map(element).collect()
}

fn worth(cell: &Element) -> String {
    if let Some(value) = cell.get_attribute("data-value") {
        return value;
    }
    if let Some(number) = cell.get_attribute("title").and_then(|title| number(&title)) {
        return number;
    }
    // What unfolds explains the head of a row and is not part of it.
    let head = cell.query_selector("summary").ok().flatten();
    let shown = head
        .as_ref()
        .unwrap_or(cell)
        .text_content()
        .unwrap_or_default();
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    match number(&shown) {
        Some(number) => number,
        None if shown == greenlight_format::undefined() => String::new(),
        None => shown,
    }
}

/// A number as people read it, as programs do; nothing of any other text.
fn number(shown: &str) -> Option<String> {
    let shown = shown.strip_prefix(ABOUT).unwrap_or(shown);
    let shown = shown
        .strip_prefix(MINUS)
        .map_or_else(|| shown.to_owned(), |rest| format!("-{rest}"));
    let plain: String = shown.chars().filter(|c| *c != SPACE).collect();
    let is_number = plain.parse::<f64>().is_ok_and(f64::is_finite)
        && !plain.contains(|c: char| c.is_ascii_alphabetic());
    is_number.then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_numbers_and_words_words() {
        for (shown, plain) in [
            ("0.925", Some("0.925")),
            ("10\u{202f}000", Some("10000")),
            ("\u{2212}1\u{202f}204.5", Some("-1204.5")),
            ("≈\u{202f}0.925", Some("0.925")),
            ("92.5\u{202f}%", None),
            ("1.84\u{202f}×\u{202f}10¹⁹", None),
            ("inf", None),
            ("nan", None),
            ("1e5", None),
            ("=1+1", None),
            ("", None),
        ] {
            assert_eq!(number(shown).as_deref(), plain, "{shown}");
        }
    }
}

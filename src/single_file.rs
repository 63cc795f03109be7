//! The page as one file, with a report inside and, where that is wanted, the files that it was made from.
//!
//! `greenlight.html` has a place for each, which is empty; the entrance opens what it finds there. Filling them is a
//! matter of text, and everything else in the page stays as it is, hashes included.

use js_sys::{Array, Function, JsString, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, FileReader, ReadableWritablePair, Response};

use crate::loader;

/// The page as one file, beside `index.html`.
const NAME: &str = "greenlight.html";
/// Where the report goes, up to the end of the element.
const REPORT: &str = "<script type=\"text/plain\" id=\"greenlight-report\">";
/// Where files go, as elements of their own.
const ROWS: &str = "<div id=\"greenlight-rows\"";

/// The page as one file that opens with this report, and with these files where there are any.
///
/// # Errors
/// A part of a sentence that says why there is none.
pub async fn with_payload(payload: &str, rows: &[File]) -> Result<Blob, String> {
    let failed = |_: JsValue| {
        format!("{NAME} could not be fetched from beside this page: is the page still online?")
    };
    let response = loader::beside(NAME).await.map_err(failed)?;
    if !response.ok() {
        return Err(format!(
            "{NAME} does not lie beside this page (the server says {}): put the whole bundle there",
            response.status()
        ));
    }
    let page = JsFuture::from(response.text().map_err(failed)?).await;
    let page = page.map_err(failed)?.as_string().unwrap_or_default();
    let places = Places::of(&page).ok_or_else(|| {
        format!("the {NAME} beside this page is of another version: put the whole bundle there")
    })?;
    if !is_payload(payload) {
        return Err("the report is not in the form in which it travels".to_owned());
    }
    let unpackable = |_: JsValue| "this browser could not pack the files".to_owned();
    let parts = Array::of3(
        &places.before_report.into(),
        &payload.into(),
        &places.before_rows.into(),
    );
    for file in rows {
        parts.push(&element_of(&file.name()).into());
        parts.push(&packed(file).await.map_err(unpackable)?.into());
        parts.push(&"</script>".into());
    }
    parts.push(&places.after.into());
    let options = BlobPropertyBag::new();
    options.set_type("text/html");
    Blob::new_with_str_sequence_and_options(&parts, &options).map_err(unpackable)
}

/// The text of the page around its two places.
#[derive(Debug, PartialEq, Eq)]
struct Places<'a> {
    before_report: &'a str,
    before_rows: &'a str,
    after: &'a str,
}

impl<'a> Places<'a> {
    /// Whatever the places held before is not among it.
    fn of(page: &'a str) -> Option<Self> {
        let report = page.find(REPORT)? + REPORT.len();
        let after_report = report + page[report..].find("</script>")?;
        let rows = after_report + page[after_report..].find(ROWS)?;
        let rows = rows + page[rows..].find('>')? + 1;
        let after_rows = rows + page[rows..].find("</div>")?;
        Some(Self {
            before_report: &page[..report],
            before_rows: &page[after_report..rows],
            after: &page[after_rows..],
        })
    }
}

/// Nothing but what base64url is written in, so that it cannot end its element.
fn is_payload(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !text.is_empty() && text.bytes().all(is_digit)
}

/// The beginning of the element that holds a file.
fn element_of(name: &str) -> String {
    let name = name
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("<script type=\"text/plain\" data-name=\"{name}\">")
}

/// The file as gzip in base64. Both are made by the browser, so that a large file never is in this module's memory.
async fn packed(file: &File) -> Result<JsString, JsValue> {
    let stream: Function =
        Reflect::get(&gloo::utils::window(), &"CompressionStream".into())?.dyn_into()?;
    let gzip: ReadableWritablePair =
        Reflect::construct(&stream, &Array::of1(&"gzip".into()))?.unchecked_into();
    let packed = Response::new_with_opt_readable_stream(Some(&file.stream().pipe_through(&gzip)))?;
    let packed: Blob = JsFuture::from(packed.blob()?).await?.dyn_into()?;
    let reader = FileReader::new()?;
    let read = Promise::new(&mut |done, failed| {
        reader.set_onload(Some(&done));
        reader.set_onerror(Some(&failed));
    });
    reader.read_as_data_url(&packed)?;
    JsFuture::from(read).await?;
    let address: JsString = reader.result()?.dyn_into()?;
    let begin = address.index_of(",", 0) + 1;
    Ok(address.slice(begin as u32, address.length()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../index.html");

    #[test]
    fn the_page_has_a_place_for_a_report_and_for_files() {
        let places = Places::of(PAGE).unwrap();
        let whole = [places.before_report, places.before_rows, places.after].concat();
        assert_eq!(whole, PAGE);
        assert!(Places::of("<p>").is_none());
    }

    #[test]
    fn what_was_there_before_is_replaced() {
        let page = format!("a{REPORT}old</script>b{ROWS} hidden=\"\"><script>rows</script></div>c");
        let places = Places::of(&page).unwrap();
        assert!(places.before_report.ends_with(REPORT));
        assert_eq!(places.before_rows, format!("</script>b{ROWS} hidden=\"\">"));
        assert_eq!(places.after, "</div>c");
    }

    #[test]
    fn neither_a_report_nor_a_name_can_end_its_element() {
        assert!(is_payload("AZaz09-_"));
        assert!(!is_payload("</script>") && !is_payload(""));
        assert_eq!(
            element_of("</div>\"&.csv"),
            "<script type=\"text/plain\" data-name=\"&lt;/div&gt;&quot;&amp;.csv\">"
        );
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod browser_tests {
    #![allow(clippy::unwrap_used, reason = "a failed helper is a failed test")]

    use super::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    /// A loader whose page as one file is this text.
    fn lies_beside(page: &str) {
        let answer = Function::new_with_args(
            "page",
            "globalThis.greenlight = { beside: () => new Response(page) }",
        );
        answer.call1(&JsValue::NULL, &page.into()).unwrap();
    }

    async fn text(blob: Blob) -> String {
        let text = JsFuture::from(blob.text()).await.unwrap();
        text.as_string().unwrap()
    }

    #[wasm_bindgen_test]
    async fn a_page_is_filled_with_a_report_and_with_files() {
        let page = format!("<p>{REPORT}</script>{ROWS} hidden></div></p>");
        lies_beside(&page);
        let filled = text(with_payload("AB-_", &[]).await.unwrap()).await;
        assert_eq!(
            filled,
            format!("<p>{REPORT}AB-_</script>{ROWS} hidden></div></p>")
        );
        let parts = Array::of1(&"label,score\n".into());
        let file = File::new_with_str_sequence(&parts, "a&b.csv").unwrap();
        let filled = text(with_payload("C", &[file]).await.unwrap()).await;
        let (begin, rest) = filled.split_once("data-name=\"a&amp;b.csv\">").unwrap();
        assert!(begin.contains(&format!("{REPORT}C</script>")));
        let (packed, end) = rest.split_once("</script>").unwrap();
        // What gzip begins with.
        assert!(packed.starts_with("H4sI"), "{packed}");
        assert_eq!(end, "</div></p>");
    }

    #[wasm_bindgen_test]
    async fn a_page_without_places_and_a_report_that_is_none_are_refused() {
        lies_beside("<p>");
        let refused = with_payload("A", &[]).await.unwrap_err();
        assert!(refused.contains("another version"), "{refused}");
        lies_beside(&format!("{REPORT}</script>{ROWS}></div>"));
        assert!(with_payload("</script>", &[]).await.is_err());
    }
}

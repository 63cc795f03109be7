//! Files chosen, fetched and made in the page.

use gloo::timers::callback::Timeout;
use greenlight_format::csv;
use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, Event, File, FileList, HtmlAnchorElement, HtmlInputElement, Url,
};
use yew::{Callback, TargetCast};

use crate::loader;

/// By then a download has begun, however busy the browser.
const FETCHED_AFTER_MS: u32 = 60_000;

/// The files that were chosen or dropped together.
pub fn files_of_list(list: FileList) -> Vec<File> {
    (0..list.length())
        .filter_map(|position| list.get(position))
        .collect()
}

/// Hands over the file that is chosen in a control, also where it is the same again: it may have been mended.
pub fn chosen_file(take: Callback<File>) -> Callback<Event> {
    Callback::from(move |event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
            return;
        };
        let file = input.files().map(files_of_list).unwrap_or_default().pop();
        input.set_value("");
        if let Some(file) = file {
            take.emit(file);
        }
    })
}

/// Hands over the text of a file. What cannot be read is as good as nothing.
pub fn as_text(take: Callback<String>) -> Callback<File> {
    Callback::from(move |file: File| {
        let take = take.clone();
        spawn_local(async move { take.emit(text_of(&file).await) });
    })
}

/// The text of a file; nothing of one that cannot be read.
pub async fn text_of(blob: &Blob) -> String {
    let text = JsFuture::from(blob.text()).await;
    let text = text.ok().and_then(|text| text.dyn_into::<JsString>().ok());
    text.map_or_else(String::new, String::from)
}

/// A file that lies beside the page, such as a sample.
///
/// # Errors
/// When it cannot be fetched; a sentence for the person.
pub async fn fetch_file(address: &str, name: &str) -> Result<File, String> {
    let failed = |_: JsValue| format!("“{name}” could not be fetched: is the page still online?");
    let response = loader::beside(address).await.map_err(failed)?;
    if !response.ok() {
        return Err(format!(
            "“{name}” could not be fetched: the server says {}",
            response.status()
        ));
    }
    let blob = JsFuture::from(response.blob().map_err(failed)?)
        .await
        .map_err(failed)?;
    File::new_with_blob_sequence(&Array::of1(&blob), name).map_err(failed)
}

/// Offers `text` as a download called `name`.
///
/// # Errors
/// What the browser threw.
pub fn download(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&text.into());
    download_blob(
        name,
        &Blob::new_with_str_sequence_and_options(&parts, &options)?,
    )
}

/// Offers a table as a download called `name`.
///
/// # Errors
/// What the browser threw.
pub fn download_csv(name: &str, csv: &str) -> Result<(), JsValue> {
    let mark = csv::mark_for(csv.is_ascii());
    download(name, "text/csv", &format!("{mark}{csv}"))
}

/// Offers what the browser already holds as a download called `name`.
///
/// # Errors
/// What the browser threw.
pub fn download_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let anchor: HtmlAnchorElement = gloo::utils::document()
        .create_element("a")?
        .unchecked_into();
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // Some browsers fetch it only after the click.
    let forget = move || drop(Url::revoke_object_url(&address));
    Timeout::new(FETCHED_AFTER_MS, forget).forget();
    Ok(())
}

//! What the page asks of whoever loaded it: the script in `index.html`, which fetches what lies beside the page, or
//! `static/one_file.js`, which finds all of it in the page.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, Response, Worker};

/// The loader's name on the page's window.
const LOADER: &str = "greenlight";

/// Where this page may fetch data from, as its content security policy has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Its own host.
    Host,
    /// Any host that is asked over an encrypted connection: `remote.html`.
    Https,
    /// Nowhere: the page as one file.
    Nothing,
}

/// Where this page may fetch data from.
pub fn reach() -> Reach {
    let meta = gloo::utils::document().query_selector("meta[name=greenlight-reach]");
    let meta = meta.ok().flatten();
    match meta
        .and_then(|meta| meta.get_attribute("content"))
        .as_deref()
    {
        Some("https") => Reach::Https,
        Some("nothing") => Reach::Nothing,
        _ => Reach::Host,
    }
}

/// What lies beside the page under this name.
///
/// # Errors
/// What the browser threw.
pub async fn beside(path: &str) -> Result<Response, JsValue> {
    let answer = call("beside", Some(path))?;
    JsFuture::from(Promise::resolve(&answer)).await?.dyn_into()
}

/// A new worker that runs the engine of this name.
///
/// # Errors
/// What the browser threw.
pub fn worker(name: &str) -> Result<Worker, JsValue> {
    call("worker", Some(name))?.dyn_into()
}

/// Puts the workbench on the page, unless it is there.
///
/// # Errors
/// What the browser threw.
pub async fn workbench() -> Result<(), JsValue> {
    let loaded = call("workbench", None)?;
    JsFuture::from(Promise::resolve(&loaded)).await.map(drop)
}

/// The report that this page was saved with, in the form in which it travels.
pub fn report() -> Option<String> {
    let place = gloo::utils::document().get_element_by_id("greenlight-report")?;
    place.text_content().filter(|report| !report.is_empty())
}

/// Whether this page was saved with files: then they are opened, and of the report beside them its policy judges.
pub fn has_rows() -> bool {
    let element = gloo::utils::document().query_selector("#greenlight-rows > script");
    element.is_ok_and(|element| element.is_some())
}

/// The files that this page was saved with; `None` where it was saved with none.
///
/// # Errors
/// What the browser threw.
pub async fn rows() -> Result<Option<Vec<File>>, JsValue> {
    if !has_rows() {
        return Ok(None);
    }
    let files = JsFuture::from(Promise::resolve(&call("rows", None)?)).await?;
    let files = files.dyn_into::<Array>()?;
    files
        .iter()
        .map(JsCast::dyn_into)
        .collect::<Result<_, _>>()
        .map(Some)
}

fn call(name: &str, argument: Option<&str>) -> Result<JsValue, JsValue> {
    let loader = Reflect::get(&gloo::utils::window(), &LOADER.into())?;
    let function: Function = Reflect::get(&loader, &name.into())?.dyn_into()?;
    match argument {
        Some(argument) => function.call1(&loader, &argument.into()),
        None => function.call0(&loader),
    }
}

//! The report as the page itself, in one file: it opens by a double click, with its sliders, and needs no network.

use std::rc::Rc;

use greenlight_format as format;
use greenlight_link::encode;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use crate::context::Context;
use crate::files::download_blob;
use crate::session::Loaded;
use crate::single_file::with_payload;
use crate::words::sentence;

/// The properties of [`OneFile`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The state of the page.
    pub context: Context,
    /// What is on screen.
    pub loaded: Rc<Loaded>,
}

/// Where the file is.
#[derive(Clone, PartialEq)]
enum Made {
    NotYet,
    Packing,
    Failed(String),
}

/// A button that gives the page with the report, and with the rows where that is wanted.
#[component]
pub fn OneFile(Props { context, loaded }: &Props) -> Html {
    let made = use_state_eq(|| Made::NotYet);
    // Asked when the file is wanted: a tick counts from the moment in which it is seen.
    let with_rows = use_node_ref();
    // Of a report that was shared there are no rows here, whatever was open before.
    let files: Vec<File> = match context.session.is_shared() {
        true => Vec::new(),
        false => context.engine.files(),
    };
    let bytes: u64 = files.iter().map(|file| file.size() as u64).sum();
    let onclick = {
        let (session, loaded) = (Rc::clone(&context.session), Rc::clone(loaded));
        let (made, files, with_rows) = (made.setter(), files.clone(), with_rows.clone());
        Callback::from(move |_: MouseEvent| {
            made.set(Made::Packing);
            let tick = with_rows.cast::<HtmlInputElement>();
            let rows = match tick.is_some_and(|tick| tick.checked()) {
                true => files.clone(),
                false => Vec::new(),
            };
            let payload =
                encode(&session.shared_report(&loaded)).map_err(|error| error.to_string());
            let made = made.clone();
            spawn_local(async move {
                let done = match payload {
                    Ok(payload) => with_payload(&payload, &rows).await,
                    Err(why) => Err(why),
                };
                let done = done.and_then(|blob| {
                    let refused =
                        |_| "this browser did not let the page offer a download".to_owned();
                    download_blob("greenlight-report.html", &blob).map_err(refused)
                });
                made.set(match done {
                    Ok(()) => Made::NotYet,
                    Err(why) => Made::Failed(sentence(&why)),
                });
            });
        })
    };
    html! {
        <>
            <p>
                { "The page itself in one file, with this report inside: it opens by a double click and needs no network, and its sliders work. No row is in it" }
                if !files.is_empty() {
                    { ", unless you want that. " }
                    <label>
                        <input type="checkbox" data-testid="html-rows" ref={with_rows} />
                        { format!(" With the rows ({})", format::bytes(bytes)) }
                    </label>
                } else {
                    { "." }
                }
            </p>
            <div>
                <button type="button" data-testid="download-html" disabled={*made == Made::Packing || !context.session.is_complete()} {onclick}>
                    { "Download report (HTML, one file)" }
                </button>
                <span class="aside" role="status">
                    if *made == Made::Packing {
                        { "Packing…" }
                    } else if !context.session.is_complete() {
                        { "It comes once all groups of rows are looked at…" }
                    }
                </span>
                if let Made::Failed(why) = &*made {
                    <span class="fail" role="alert">{ why }</span>
                }
            </div>
        </>
    }
}

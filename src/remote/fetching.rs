//! Fetches a file piece by piece, so that one sees how far it is and can stop it.

use std::time::Duration;

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, ReadableStreamDefaultReader, ReferrerPolicy, Request, RequestCache, RequestCredentials,
    RequestInit, Response,
};
use yew::platform::time::sleep;

use super::plan::Address;
use super::trouble::{Trouble, of_length};
use super::watch::Watch;

/// How far a file has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    /// Bytes that are here.
    pub bytes: u64,
    /// Bytes in all, where the host says.
    pub of: Option<u64>,
}

/// What lies at the address, of at most `limit` bytes. Says who asks nowhere but at the page's own host.
///
/// # Errors
/// Why it could not be had.
pub async fn fetch(
    address: &Address,
    is_own: bool,
    limit: u64,
    watch: &Watch,
    on_arrived: impl Fn(Arrived),
) -> Result<File, Trouble> {
    let no_answer = |_: JsValue| watch.why();
    watch.hear();
    let request = request(address, is_own, watch).map_err(no_answer)?;
    let response = JsFuture::from(gloo::utils::window().fetch_with_request(&request)).await;
    if response.is_err() {
        // Only a moment later does the browser tell whether its policy was the reason.
        sleep(Duration::from_millis(100)).await;
    }
    let response: Response = response.map_err(no_answer)?.unchecked_into();
    if !response.ok() {
        watch.rest();
        return Err(Trouble::Status(response.status()));
    }
    let of = length_of(&response);
    let too_large = |bytes| of_length(bytes, limit).inspect(|trouble| watch.end(trouble.clone()));
    if let Some(trouble) = of.and_then(too_large) {
        return Err(trouble);
    }
    let pieces = Array::new();
    let mut bytes = 0;
    on_arrived(Arrived { bytes, of });
    if let Some(body) = response.body() {
        let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        loop {
            watch.hear();
            let read = JsFuture::from(reader.read()).await.map_err(no_answer)?;
            let piece = Reflect::get(&read, &"value".into()).map_err(no_answer)?;
            // Without a piece it is the end.
            let Ok(piece) = piece.dyn_into::<Uint8Array>() else {
                break;
            };
            bytes += u64::from(piece.length());
            if let Some(trouble) = too_large(bytes) {
                return Err(trouble);
            }
            pieces.push(&piece);
            on_arrived(Arrived { bytes, of });
        }
    }
    watch.rest();
    File::new_with_u8_array_sequence(&pieces, &address.file_name()).map_err(no_answer)
}

fn request(address: &Address, is_own: bool, watch: &Watch) -> Result<Request, JsValue> {
    let options = RequestInit::new();
    options.set_credentials(match is_own {
        true => RequestCredentials::SameOrigin,
        false => RequestCredentials::Omit,
    });
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    options.set_cache(RequestCache::NoCache);
    options.set_signal(Some(&watch.signal()));
    Request::new_with_str_and_init(&address.href, &options)
}

/// The length that a host gives beforehand. It is that of what travels, so where that is packed it says nothing.
fn length_of(response: &Response) -> Option<u64> {
    let headers = response.headers();
    let is_packed = headers.get("content-encoding").ok().flatten().is_some();
    let length = headers.get("content-length").ok().flatten()?;
    length.parse().ok().filter(|_| !is_packed)
}

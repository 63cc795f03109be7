//! What this browser keeps for the page, and forgetting it.

use greenlight_format as format;
use greenlight_readiness::checklist::CHECKLIST_SCHEMA;
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CacheStorage, ServiceWorkerContainer, ServiceWorkerRegistration, Storage};

use crate::session::stored_policies;

/// What all keys of the page begin with. Another page of the same host may keep things of its own.
const OURS: &str = "greenlight";

/// One thing that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What it is, in words.
    pub what: String,
    /// What the browser knows it by.
    pub key: String,
    /// How much of it there is.
    pub size: String,
}

/// Everything that is kept.
pub async fn kept() -> Vec<Kept> {
    let mut all: Vec<Kept> = storage().iter().flat_map(stored).collect();
    for (name, files) in copies().await.unwrap_or_default() {
        all.push(Kept {
            what: "A copy of this page and its samples, for when there is no network".to_owned(),
            key: name,
            size: format!("{} files", format::count(files)),
        });
    }
    all
}

/// Forgets everything that is kept.
///
/// # Errors
/// A sentence that says what the browser did not let the page forget.
pub async fn forget() -> Result<(), String> {
    if let Some(storage) = storage() {
        for key in keys(&storage) {
            let refused = |_| format!("This browser does not let the page remove “{key}”.");
            storage.remove_item(&key).map_err(refused)?;
        }
    }
    let refused = |_| "This browser does not let the page remove its copy of it.".to_owned();
    // First the one that would fill the other again.
    if let Some(worker) = service_worker().await {
        JsFuture::from(worker.unregister().map_err(refused)?)
            .await
            .map_err(refused)?;
    }
    if let Some(caches) = caches() {
        for (name, _) in copies().await.map_err(refused)? {
            JsFuture::from(caches.delete(&name))
                .await
                .map_err(refused)?;
        }
    }
    Ok(())
}

fn storage() -> Option<Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}

fn keys(storage: &Storage) -> Vec<String> {
    let length = storage.length().unwrap_or_default();
    let key = |place| storage.key(place).ok().flatten();
    let keys = (0..length).filter_map(key);
    keys.filter(|key| key.starts_with(OURS)).collect()
}

fn stored(storage: &Storage) -> Vec<Kept> {
    let size = |key: &str| {
        let text = storage.get_item(key).ok().flatten().unwrap_or_default();
        format::bytes(text.len() as u64)
    };
    let keys = keys(storage).into_iter();
    keys.map(|key| Kept {
        what: in_words(&key).to_owned(),
        size: size(&key),
        key,
    })
    .collect()
}

fn in_words(key: &str) -> &'static str {
    match key {
        stored_policies::KEY => "Your own policies, and which policy judges",
        CHECKLIST_SCHEMA => "What you attested in the checklist",
        _ => "Something that another version of this page keeps",
    }
}

/// The copies of this very page by name, with the number of files in each.
async fn copies() -> Result<Vec<(String, u64)>, JsValue> {
    let Some(caches) = caches() else {
        return Ok(Vec::new());
    };
    let here = format!("{OURS} {} ", folder());
    let names: Array = JsFuture::from(caches.keys()).await?.dyn_into()?;
    let names = names.iter().filter_map(|name| name.as_string());
    let mut copies = Vec::new();
    for name in names.filter(|name| name.starts_with(&here)) {
        let cache: web_sys::Cache = JsFuture::from(caches.open(&name)).await?.dyn_into()?;
        let files: Array = JsFuture::from(cache.keys()).await?.dyn_into()?;
        copies.push((name, u64::from(files.length())));
    }
    Ok(copies)
}

/// The path of the folder in which the page lies, as the service worker knows it.
fn folder() -> String {
    let path = gloo::utils::window().location().pathname();
    let path = path.unwrap_or_default();
    path.rfind('/')
        .map_or(String::new(), |end| path[..=end].to_owned())
}

/// Not there where the page came over an insecure connection, or from a disk.
fn caches() -> Option<CacheStorage> {
    of_object(&gloo::utils::window(), "caches")
}

async fn service_worker() -> Option<ServiceWorkerRegistration> {
    let container: ServiceWorkerContainer =
        of_object(&gloo::utils::window().navigator(), "serviceWorker")?;
    let found = JsFuture::from(container.get_registration()).await;
    found.ok()?.dyn_into().ok()
}

fn of_object<T: JsCast>(object: &JsValue, name: &str) -> Option<T> {
    // From a disk, looking at it already throws.
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

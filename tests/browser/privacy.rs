//! What the page asks of the network, and what it keeps.

use serde_json::json;

use crate::driver::Kind;
use crate::page::{Page, dist};
use crate::server::Server;

/// The names that the service worker keeps: all that a page may ask for.
fn kept_names() -> Vec<String> {
    let worker = std::fs::read_to_string(dist().join("sw.js")).unwrap();
    let (_, list) = worker.split_once("new Set([").unwrap();
    let (list, _) = list.split_once("])").unwrap();
    let names = list.split(", ").map(|name| name.trim_matches('"'));
    names.map(str::to_owned).collect()
}

#[test]
fn a_whole_session_asks_for_nothing_but_the_pages_own_files() {
    let mut page = Page::beside(Server::start(&dist(), "/some/folder/"), Kind::Chromium);
    page.visit("");
    page.until_painted();
    let downloads = page.keep_downloads();
    page.click("[data-testid=sample-flights]");
    page.until_state("ready");
    let views = page.run(
        "return [...document.querySelectorAll('[data-testid^=nav-]')].map(link => link.dataset.testid.slice(4))",
        json!([]),
    );
    let views = views.as_array().unwrap().clone();
    assert!(views.len() >= 12, "{views:?}");
    for view in &views {
        page.go(view.as_str().unwrap());
        page.run(
            "for (const details of document.querySelectorAll('main details')) details.open = true;
             for (const button of document.querySelectorAll('main .downloads button')) button.click()",
            json!([]),
        );
    }
    page.go("verdict");
    page.until_there("[data-testid=status][data-examined]");
    page.click("[data-testid=download-json]");
    let json = r#"{"label": 1, "prediction": 1}"#;
    page.go("load");
    page.choose_file("lines.jsonl", json);
    page.until(
        "the other engine has read the other file",
        "return document.querySelector('[data-testid=status]').dataset.rows === '1'",
    );
    page.until(
        "the page is kept",
        "return navigator.serviceWorker.controller?.state === 'activated'",
    );
    assert!(std::fs::read_dir(&downloads).unwrap().count() > 3);

    // What the page itself was seen to load, wherever from.
    let loaded = page.run(
        "return performance.getEntriesByType('resource').map(entry => entry.name)",
        json!([]),
    );
    let host = page.server().url();
    for address in loaded.as_array().unwrap() {
        let address = address.as_str().unwrap();
        let is_own = address.starts_with(&host) || address.starts_with("blob:");
        assert!(is_own, "the page asked for {address}");
    }
    // What the host was asked for, by the page, its workers and its service worker.
    let names = kept_names();
    let asked = page.stop_server();
    assert!(asked.len() > 20, "{asked:?}");
    for asked in asked {
        let name = asked.path.strip_prefix("/some/folder/");
        let is_known = name.is_some_and(|name| {
            name.is_empty() || name == "sw.js" || names.iter().any(|known| known == name)
        });
        // A favicon is the browser's own idea.
        assert!(
            is_known || asked.path == "/favicon.ico",
            "{asked:?} is none of the page's files"
        );
        assert_eq!(asked.method, "GET", "{asked:?}");
        let has_body = |header: &String| {
            header.starts_with("content-length:") || header.starts_with("transfer-encoding:")
        };
        assert!(!asked.headers.iter().any(has_body), "{asked:?}");
    }
    // No complaint: nothing was tried that the policy forbids.
    page.close();
}

#[test]
fn what_is_kept_is_listed_and_forgotten_at_a_click() {
    let page = Page::beside(Server::start(&dist(), "/"), Kind::Chromium);
    page.visit("");
    page.until_painted();
    page.until(
        "the page is kept",
        "return navigator.serviceWorker.controller?.state === 'activated'",
    );
    page.run(
        "localStorage.setItem('greenlight.checklist/1', '{}'); localStorage.setItem('another', 'page')",
        json!([]),
    );
    page.click("[data-testid=privacy-link]");
    page.until_there("[data-testid=table-kept]");
    let table = page.text("[data-testid=table-kept]");
    assert!(
        table.contains("attested in the checklist") && table.contains("2 B"),
        "{table}"
    );
    assert!(table.contains("A copy of this page"), "{table}");
    assert!(!table.contains("another"), "{table}");
    page.click("[data-testid=forget-everything]");
    page.until(
        "it says so",
        "return document.querySelector('[data-testid=forgotten-everything]').textContent.includes('Everything is forgotten')",
    );
    page.until_there("[data-testid=kept-nothing]");
    let left = page.run(
        "return Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()])
             .then(([caches, workers]) => [caches.length, workers.length, { ...localStorage }])",
        json!([]),
    );
    assert_eq!(left, json!([0, 0, { "another": "page" }]));
    page.close();
}

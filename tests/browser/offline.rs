//! After one visit the page works without a network, and a newer version makes itself known.

use serde_json::json;

use crate::driver::KINDS;
use crate::page::{Page, dist};
use crate::server::{Answer, Server};

const UPDATE: &str = "[data-testid=update-available]";

/// A first visit to the page in a folder of a host, until the page is kept.
fn visited(kind: crate::driver::Kind) -> Page {
    let page = Page::beside(Server::start(&dist(), "/our/reports/"), kind);
    page.visit("");
    page.until_painted();
    until_kept(&page);
    page
}

fn until_kept(page: &Page) {
    page.until(
        "the service worker serves the page",
        "return navigator.serviceWorker.controller?.state === 'activated'",
    );
}

#[test]
fn everything_works_once_the_host_is_gone() {
    for kind in KINDS {
        let mut page = visited(kind);
        page.stop_server();
        page.browse("refresh");
        page.until_painted();
        for (sample, rows) in [("digits", "1797"), ("flights", "5000")] {
            page.click(&format!("[data-testid=sample-{sample}]"));
            page.until_state("ready");
            assert_eq!(
                page.attribute("[data-testid=status]", "data-rows")
                    .as_deref(),
                Some(rows),
                "{kind:?}"
            );
            page.go("threshold");
            page.until_there("[data-testid=threshold]");
            page.browse("refresh");
            page.until_painted();
        }
        // The engine that comes with a first JSON file was kept as well.
        page.choose_file("two.json", r#"[{"label": 1, "prediction": 1}]"#);
        page.until_state("ready");
    }
}

#[test]
fn the_other_page_works_without_its_host_as_well() {
    for kind in KINDS {
        let page = visited(kind);
        let remote = page.server().url() + "remote.html";
        let script = "return fetch(arguments[0]).then(answer => answer.ok)";
        let mut page = page;
        page.stop_server();
        let ok = page.run(script, json!([remote]));
        assert_eq!(ok, json!(true), "{kind:?}");
    }
}

#[test]
fn a_newer_version_makes_itself_known_and_waits_for_a_click() {
    for kind in KINDS {
        let page = visited(kind);
        assert!(!is_shown(&page), "{kind:?}: a first visit is no update");
        page.browse("refresh");
        page.until_painted();
        assert!(!is_shown(&page), "{kind:?}: the same version is no update");
        let worker = std::fs::read_to_string(dist().join("sw.js")).unwrap();
        let version = page.attribute("meta[name=greenlight-version]", "content");
        let version = version.unwrap();
        assert!(worker.contains(&version) && !version.is_empty());
        let newer = worker.replace(&version, "0123456789abcdef");
        page.server()
            .tell("sw.js", Answer::Open(newer.into_bytes()));
        page.browse("refresh");
        page.until("the newer version is offered", &shown());
        let caches = "return caches.keys().then(keys => keys.length)";
        assert_eq!(page.run(caches, json!([])), json!(2), "{kind:?}");
        page.run("window.isOld = true", json!([]));
        page.click(&format!("{UPDATE} button"));
        page.until("the page was reloaded", "return window.isOld === undefined");
        page.until_painted();
        page.until("the older version is gone", "return caches.keys().then(keys => keys.length === 1 && keys[0].endsWith('0123456789abcdef'))");
    }
}

fn shown() -> String {
    format!("return document.querySelector('{UPDATE}').checkVisibility()")
}

fn is_shown(page: &Page) -> bool {
    page.run(&shown(), json!([])) == json!(true)
}

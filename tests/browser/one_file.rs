//! The page as one file, opened from the disk: no host, no network, and everything works.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::data;
use crate::driver::{KINDS, Kind};
use crate::page::{HOME, Page, RIGHT, dist};
use crate::threshold::{sample, value};

const SLIDER: &str = "[data-testid=threshold]";

/// A copy outside of the bundle, so that nothing lies beside it.
fn copy(kind: Kind, test: &str) -> PathBuf {
    let name = format!("greenlight-{test}-{}-{kind:?}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let copy = folder.join("report of ours.html");
    std::fs::copy(dist().join("greenlight.html"), &copy).unwrap();
    copy
}

fn remove(copy: &Path) {
    let _ = std::fs::remove_dir_all(copy.parent().unwrap());
}

#[test]
fn a_sample_inside_it_is_judged_and_the_slider_moves() {
    for kind in KINDS {
        let copy = copy(kind, "slider");
        let page = Page::from_disk(&copy, kind);
        page.click("[data-testid=sample-flights]");
        page.until_state("ready");
        assert_eq!(
            page.attribute("[data-testid=verdict]", "data-verdict")
                .as_deref(),
            Some("not_ready"),
            "{kind:?}"
        );
        page.go("threshold");
        page.until_there(SLIDER);
        page.run(
            "document.querySelector(arguments[0]).focus()",
            json!([SLIDER]),
        );
        let before = value(&page, SLIDER);
        page.press(RIGHT);
        let moved = format!("return document.querySelector('{SLIDER}').value !== {before:?}");
        page.until("the slider has moved", &moved);
        // From the lowest score on, every row is flagged.
        page.press(HOME);
        page.until_metric("recall", 1.0);
        page.close();
        remove(&copy);
    }
}

#[test]
fn files_of_every_format_are_read_in_it() {
    for kind in KINDS {
        let copy = copy(kind, "formats");
        let page = Page::from_disk(&copy, kind);
        page.choose_file("matrix.csv", data::matrix_90_10_5_95());
        page.until_state("ready");
        page.go("confusion");
        assert_eq!(page.metric("accuracy"), 0.925, "{kind:?}");
        page.go("load");
        let json = r#"[{"label": 1, "prediction": 1}, {"label": 0, "prediction": 1}]"#;
        page.choose_file("two.json", json);
        page.until(
            "the other file is there",
            "return document.querySelector('[data-testid=status]').dataset.rows === '2'",
        );
        page.close();
        remove(&copy);
    }
}

#[test]
fn files_that_were_saved_with_it_are_opened_at_once() {
    for kind in KINDS {
        let copy = copy(kind, "rows");
        let page = std::fs::read_to_string(&copy).unwrap();
        // Stored and not deflated, which is gzip all the same.
        let rows = base64(&gzip_stored(&sample("breast_cancer.csv")));
        let place = "<div id=\"greenlight-rows\" hidden>";
        assert!(page.contains(place));
        let filled = page.replacen(
            place,
            &format!("{place}<script type=\"text/plain\" data-name=\"ours &amp; theirs.csv\">{rows}</script>"),
            1,
        );
        std::fs::write(&copy, filled).unwrap();
        let page = Page::from_disk(&copy, kind);
        page.until_state("ready");
        assert!(page.text("header").contains("ours & theirs.csv"));
        assert_eq!(
            page.attribute("[data-testid=status]", "data-rows")
                .as_deref(),
            Some("569"),
            "{kind:?}"
        );
        page.close();
        remove(&copy);
    }
}

#[test]
fn it_can_connect_to_nothing() {
    for kind in KINDS {
        let copy = copy(kind, "policy");
        let page = Page::from_disk(&copy, kind);
        page.run(
            "window.outcome = '';
             fetch('https://example.org/').then(() => window.outcome = 'fetched', () => window.outcome = 'refused')",
            json!([]),
        );
        page.until("it was tried", "return window.outcome !== ''");
        let outcome = page.run("return window.outcome", json!([]));
        assert_eq!(outcome, json!("refused"), "{kind:?}");
        let policy = page.attribute("meta[http-equiv]", "content").unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("connect-src"));
        remove(&copy);
    }
}

fn gzip_stored(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let mut chunks = bytes.chunks(0xffff).peekable();
    while let Some(chunk) = chunks.next() {
        gzip.push(u8::from(chunks.peek().is_none()));
        let length = chunk.len() as u16;
        gzip.extend(length.to_le_bytes());
        gzip.extend((!length).to_le_bytes());
        gzip.extend(chunk);
    }
    let mut crc = !0_u32;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    gzip.extend((!crc).to_le_bytes());
    gzip.extend((bytes.len() as u32).to_le_bytes());
    gzip
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = bytes.chunks(3).flat_map(|chunk| {
        let mut group = [0; 3];
        group[..chunk.len()].copy_from_slice(chunk);
        let group = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        (0..4).map(move |place| match place <= chunk.len() {
            true => char::from(DIGITS[(group >> (18 - 6 * place)) as usize & 63]),
            false => '=',
        })
    });
    digits.collect()
}

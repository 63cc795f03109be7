//! The page on a phone and on a laptop, by day and by night.

use serde_json::json;

use crate::page::{DESKTOP, PHONE, Page, Screen, root};

/// Elements that reach beyond the right edge of the screen, outside boxes that scroll on their own.
const OVERFLOW: &str = "
    const edge = document.documentElement.clientWidth;
    const scrolls = element => element && (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX)
        || scrolls(element.parentElement));
    const beyond = [...document.querySelectorAll('body *')]
        .filter(element => element.getBoundingClientRect().right > edge + 1 && !scrolls(element))
        .map(element => element.outerHTML.slice(0, 100));
    const all = document.documentElement.scrollWidth > edge;
    return all || beyond.length ? [document.documentElement.scrollWidth, edge, ...beyond.slice(0, 5)] : []";

#[test]
fn every_view_fits_every_screen() {
    for (name, screen) in [
        ("desktop-light", DESKTOP),
        (
            "desktop-dark",
            Screen {
                dark: true,
                ..DESKTOP
            },
        ),
        ("phone-light", PHONE),
        (
            "phone-dark",
            Screen {
                dark: true,
                ..PHONE
            },
        ),
    ] {
        let page = Page::open(screen);
        let fits = |view: &str| {
            settle(&page);
            let beyond = page.run(OVERFLOW, json!([]));
            page.screenshot(&format!("{name}-{view}"));
            assert_eq!(
                beyond,
                json!([]),
                "{view} on {name} is wider than the screen"
            );
        };
        fits("first-screen");
        page.click("[data-testid=privacy-link]");
        page.until_there("[data-testid=privacy]");
        fits("privacy");
        page.browse("back");
        page.click("[data-testid=sample-breast_cancer]");
        page.until_state("ready");
        fits("verdict");
        if name == "desktop-light" && std::env::var_os("UPDATE_SCREENSHOTS").is_some() {
            let images = root().join("docs/images");
            std::fs::create_dir_all(&images).unwrap();
            std::fs::copy(page.screenshot("verdict"), images.join("verdict.png")).unwrap();
        }
        for view in [
            "confusion",
            "threshold",
            "calibration",
            "latency",
            "segments",
            "monitoring",
            "policy",
            "checklist",
            "load",
        ] {
            page.go(view);
            fits(view);
        }
        page.close();
    }
}

#[test]
fn night_is_dark_and_day_is_light() {
    let brightness = |dark: bool| {
        let page = Page::open(Screen { dark, ..DESKTOP });
        let brightness = page.run(
            "const canvas = document.createElement('canvas').getContext('2d');
             const paint = element => getComputedStyle(element).backgroundColor;
             canvas.fillStyle = '#fff';
             for (const element of [document.documentElement, document.body]) {
                 canvas.fillRect(0, 0, 1, 1); canvas.fillStyle = paint(element); canvas.fillRect(0, 0, 1, 1);
             }
             return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, part) => sum + part, 0) / 3",
            json!([]),
        );
        page.close();
        brightness.as_f64().unwrap()
    };
    let (day, night) = (brightness(false), brightness(true));
    assert!(day > 200.0 && night < 60.0, "day {day}, night {night}");
}

/// Lets transitions end and pictures be drawn.
fn settle(page: &Page) {
    page.run(
        "return new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 300))",
        json!([]),
    );
}

/// Tables that reach beyond the screen without a box of their own in which they scroll and whose shadow says so.
const CUT: &str = "
    document.querySelectorAll('main details').forEach(details => details.open = true);
    const edge = document.documentElement.clientWidth + 1;
    const is_cut = table => {
        const box = table.closest('.scroll');
        const fits = element => element.getBoundingClientRect().right <= edge;
        const has_hint = box && getComputedStyle(box).backgroundImage.includes('gradient');
        return !fits(table) && !(has_hint && fits(box));
    };
    return [...document.querySelectorAll('main table')].filter(is_cut).map(table => table.dataset.testid)";

#[test]
fn tables_over_time_are_not_cut_on_a_phone() {
    let latencies: String = (0..400).map(|row| format!("{}\n", 20 + row % 90)).collect();
    // Colours take no room, so each is looked at in one scheme.
    for (sample, dark) in [
        ("bicycles", false),
        ("flights", true),
        ("latency-alone", false),
    ] {
        let page = Page::open(Screen { dark, ..PHONE });
        match sample {
            "latency-alone" => page.choose_file("latencies.csv", format!("latency\n{latencies}")),
            sample => page.click(&format!("[data-testid=sample-{sample}]")),
        }
        page.until_state("ready");
        page.until_there("[data-testid=status][data-examined=true]");
        for view in ["latency", "stability", "drift", "monitoring"] {
            page.go(view);
            settle(&page);
            page.screenshot(&format!("over-time-{sample}-{view}"));
            let cut = page.run(CUT, json!([]));
            assert_eq!(cut, json!([]), "{view} of {sample}");
            settle(&page);
            page.screenshot(&format!("over-time-{sample}-{view}-open"));
            let beyond = page.run(OVERFLOW, json!([]));
            assert_eq!(beyond, json!([]), "{view} of {sample}");
        }
        page.close();
    }
}

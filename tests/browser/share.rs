//! A report travels in a link: it shows the same in a browser that never saw the rows, and nobody is asked for them.

use greenlight_link::{Parts, SharedReport, encode};
use greenlight_readiness::checklist::Attestations;
use greenlight_readiness::monitoring::row_rules;
use greenlight_readiness::{Choices, Policy, Profile, SourceReader};
use serde_json::json;

use crate::downloads::downloaded;
use crate::driver::KINDS;
use crate::page::{DESKTOP, Page, RIGHT, dist};
use crate::server::Server;
use crate::threshold::{sample, value};

const SAMPLES: [&str; 5] = ["flights", "bicycles", "breast_cancer", "digits", "matrix"];
const SLIDER: &str = "[data-testid=threshold]";

/// The report of a sample, as a link carries it.
pub fn shared(name: &str) -> SharedReport {
    let file = format!("{name}.csv");
    let mut reader = SourceReader::new(&file);
    reader.feed(&sample(&file)).unwrap();
    let source = reader.finish_alone().unwrap();
    let (choices, policy) = (Choices::default(), Policy::balanced());
    let mut profile = Profile::of(&source, &choices).unwrap();
    profile.examine(&source, &choices).unwrap();
    profile
        .watch(&source, &choices, &row_rules(&policy))
        .unwrap();
    let report = SharedReport::of(profile, policy, Attestations::default(), file, "");
    report.thinned(&Parts::default())
}

pub fn address(report: &SharedReport) -> String {
    format!("#/verdict?r={}", encode(report).unwrap())
}

fn open(report: &SharedReport) -> Page {
    let page = Page::open_at(DESKTOP, &address(report));
    page.until_state("ready");
    page
}

fn verdict(page: &Page) -> String {
    page.attribute("[data-verdict]", "data-verdict").unwrap()
}

/// No engine was fetched, and nothing from another host.
fn nothing_was_asked_for(page: &Page) {
    let asked = page.run(
        "return performance.getEntriesByType('resource').map((entry) => entry.name)
             .filter((name) => name.includes('engine') || !name.startsWith(location.origin))",
        json!([]),
    );
    assert_eq!(asked, json!([]));
}

#[test]
fn a_link_of_each_sample_shows_the_same_verdict_without_an_engine() {
    for name in SAMPLES {
        let report = shared(name);
        let page = open(&report);
        let expected = serde_json::to_value(report.outcomes().0).unwrap();
        assert_eq!(json!(verdict(&page)), expected, "{name}");
        assert!(
            page.text("[data-testid=shared-line]")
                .contains("Shared report")
        );
        let judged = report.judged();
        page.go("confusion");
        if let Some(accuracy) = judged.current().accuracy {
            page.until_metric("accuracy", accuracy);
        }
        // Every view stands, and says what only rows could tell.
        for view in [
            "threshold",
            "calibration",
            "latency",
            "stability",
            "drift",
            "segments",
            "monitoring",
            "policy",
            "checklist",
            "share",
            "load",
        ] {
            page.go(view);
            page.until_there("main h1");
        }
        assert!(page.has("[data-testid=needs-rows]"), "{name}");
        nothing_was_asked_for(&page);
        page.close();
    }
}

#[test]
fn the_slider_of_a_shared_report_moves_the_matrix_and_what_is_rounded_says_so() {
    let report = shared("bicycles");
    let page = open(&report);
    assert!(
        page.text("[data-testid=criterion-latency_p95]")
            .starts_with('≈')
    );
    assert!(
        !page
            .text("[data-testid=criterion-accuracy]")
            .starts_with('≈')
    );
    page.go("threshold");
    page.until_there(SLIDER);
    let before = page.text("section.threshold");
    page.run(
        "document.querySelector(arguments[0]).focus()",
        json!([SLIDER]),
    );
    for _ in 0..12 {
        page.press(RIGHT);
    }
    page.until(
        "the address carries the threshold and the report",
        "return location.hash.includes('?t=') && location.hash.includes('&r=')",
    );
    assert_ne!(page.text("section.threshold"), before);
    let threshold: f64 = value(&page, "[data-testid=threshold-value]")
        .replace(',', ".")
        .parse()
        .unwrap();
    // Whatever is said of a large number is marked as it is, its exact value and its interval as well.
    let marked = page.run(
        "const is = (text) => text.startsWith('≈');
         return [...document.querySelectorAll('.large-numbers .value')].map((value) =>
             [value.textContent, value.title, value.nextElementSibling.textContent].map(is))",
        json!([]),
    );
    let is_about = page.text("main h1").starts_with('≈');
    let expected: Vec<_> = marked
        .as_array()
        .unwrap()
        .iter()
        .map(|_| [is_about; 3])
        .collect();
    assert!(!expected.is_empty());
    assert_eq!(marked, json!(expected));
    page.go("confusion");
    let decided = report.profile.decided_at(threshold, None).unwrap();
    let judged = greenlight_readiness::judge(&decided, &report.policy);
    page.until_metric("accuracy", judged.current().accuracy.unwrap());
    let is_exact = !decided.certainty.is_rough();
    assert_eq!(page.text("main h1").starts_with('≈'), !is_exact);
    assert_eq!(page.has("[data-testid=between-thresholds]"), !is_exact);
    // The report stays in the address from view to view.
    let hash = page.run("return location.hash", json!([]));
    assert!(hash.as_str().unwrap().contains("&r="), "{hash}");
    nothing_was_asked_for(&page);
    page.close();
}

#[test]
fn the_share_view_gives_a_link_that_another_browser_opens() {
    let page = Page::with_file("breast_cancer.csv", sample("breast_cancer.csv"));
    page.until(
        "all is looked at",
        "return document.querySelector('[data-examined=true]') !== null",
    );
    let expected = verdict(&page);
    page.go("share");
    let link = value(&page, "[data-testid=share-link]");
    let length: usize = page
        .attribute("[data-testid=share-length]", "data-characters")
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(link.chars().count(), length);
    assert!(
        page.text("[data-testid=share-inside]")
            .contains("confusion matrix")
    );
    assert!(
        page.text("[data-testid=share-not-inside]")
            .contains("All rows.")
    );
    page.click("[data-testid=share-windows]");
    page.until(
        "the link is shorter",
        &format!(
            "return document.querySelector('[data-testid=share-link]').value.length < {length}"
        ),
    );
    page.screenshot("share");
    page.close();
    let hash = link.split_once('#').unwrap().1;
    let other = Page::open_at(DESKTOP, &format!("#{hash}"));
    other.until_state("ready");
    assert_eq!(verdict(&other), expected);
    other.screenshot("shared_report");
    nothing_was_asked_for(&other);
    // A file puts the report away, and its text out of the address.
    other.go("load");
    other.choose_file("matrix.csv", sample("matrix.csv"));
    other.until(
        "the report is gone from the address",
        "return !location.hash.includes('r=')",
    );
    assert!(!other.has("[data-testid=shared-line]"));
    other.close();
}

/// How many characters the link has that the Share view shows.
fn length(page: &Page) -> i64 {
    let shown = page.attribute("[data-testid=share-length]", "data-characters");
    shown.unwrap().parse().unwrap()
}

/// The first whole number in a text.
fn number_in(text: &str) -> i64 {
    let digits = text.chars().skip_while(|c| !c.is_ascii_digit());
    let digits = digits.take_while(|c| c.is_ascii_digit() || c.is_whitespace());
    let digits: String = digits.filter(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

#[test]
fn what_a_link_lacks_says_so_where_it_would_stand() {
    let parts = Parts {
        windows: false,
        ..Parts::default()
    };
    let page = open(&shared("bicycles").thinned(&parts));
    for view in ["stability", "monitoring"] {
        page.go(view);
        page.until(
            "what is missing is told",
            "return document.querySelector('main').innerText.includes('windows of time were left out of this report')",
        );
    }
    page.close();
}

#[test]
fn each_choice_says_how_many_characters_it_saves_and_saves_as_many() {
    let page = Page::with_file("breast_cancer.csv", sample("breast_cancer.csv"));
    page.until_there("[data-testid=status][data-examined=true]");
    page.go("share");
    page.until_there("[data-testid=share-slack]");
    let fits = page.attribute("[data-testid=share-slack]", "data-fits");
    let least = number_in(&page.text("[data-testid=share-slack]"));
    for part in ["windows", "features", "segments"] {
        let says = format!("[data-testid=share-saves-{part}]");
        page.until(
            "all choices are counted",
            "return [...document.querySelectorAll('[data-testid=share-digits] option')].filter((option) => option.text.includes('(')).length > 1",
        );
        if !page.has(&says) {
            // What is not there saves nothing.
            assert_eq!(part, "features");
            continue;
        }
        let (before, said) = (length(&page), page.text(&says));
        assert!(said.starts_with("without: −"), "{said}");
        page.click(&format!("[data-testid=share-{part}]"));
        let expected = before - number_in(&said);
        page.until(
            "the link is as much shorter as was said",
            &format!("return document.querySelector('[data-testid=share-length]').dataset.characters === '{expected}'"),
        );
        page.until(
            "the way back is said",
            &format!("return document.querySelector('{says}')?.textContent.startsWith('with: +')"),
        );
    }
    assert!(length(&page) >= least);
    assert_eq!(
        fits.as_deref(),
        Some(if least <= 4_000 { "true" } else { "false" })
    );
    let left_out = page.text("[data-testid=share-not-inside]");
    assert!(
        left_out.contains("The windows of time.") && !left_out.contains("Without"),
        "{left_out}"
    );
    page.close();
}

#[test]
fn a_link_of_a_range_of_time_says_which() {
    let profile = shared("bicycles").profile;
    let span = profile.windows().unwrap().span_of(3..6).unwrap();
    let greenlight_readiness::Span::Time { from_ms, to_ms } = span else {
        panic!("{span:?}");
    };
    let page = Page::with_file("bicycles.csv", sample("bicycles.csv"));
    page.until_there("[data-testid=status][data-examined=true]");
    page.go("share");
    assert!(!page.has("[data-testid=share-range]"));
    page.run(
        &format!("location.hash = '#/share?w={from_ms}~{to_ms}'"),
        json!([]),
    );
    page.until_there("[data-testid=share-range]");
    let said = page.text("[data-testid=share-range]");
    let range = span.in_words(0).replace('\u{202f}', " ");
    assert!(said.contains(&range), "{said}, not {range}");
    page.until_there("[data-testid=status][data-examined=true]");
    let link = value(&page, "[data-testid=share-link]");
    page.close();
    let other = Page::open_at(DESKTOP, &format!("#{}", link.split_once('#').unwrap().1));
    other.until_state("ready");
    assert_eq!(other.text("[data-testid=range]"), range);
    other.close();
}

#[test]
fn a_link_that_is_no_report_says_why_and_the_page_still_takes_files() {
    let text = encode(&shared("matrix")).unwrap();
    let cases = [
        (text[..text.len() / 2].to_owned(), "was cut"),
        (format!("{}…", &text[..text.len() / 2]), "was cut"),
        ("RwI".to_owned(), "was cut"),
        (
            format!(
                "{}{}{}",
                &text[..60],
                if &text[60..61] == "A" { "B" } else { "A" },
                &text[61..]
            ),
            "damaged",
        ),
        ("hello".to_owned(), "no report"),
        (String::new(), "no report"),
        (format!("Rwk{}", &text[3..]), "Reload the page"),
    ];
    for (payload, words) in cases {
        let page = Page::open_at(DESKTOP, &format!("#/verdict?r={payload}"));
        page.until_state("failed");
        let said = page.text("[data-testid=error]");
        assert!(said.contains(words), "{said}");
        page.choose_file("matrix.csv", sample("matrix.csv"));
        page.until_state("ready");
        page.close();
    }
}

#[test]
fn another_link_in_the_same_tab_shows_the_other_report() {
    let page = open(&shared("matrix"));
    let flights = shared("flights");
    page.visit(&address(&flights));
    page.until(
        "the other report is there",
        "return document.body.innerText.includes('flights.csv')",
    );
    assert_eq!(
        json!(verdict(&page)),
        serde_json::to_value(flights.outcomes().0).unwrap()
    );
    page.close();
}

/// The slider goes one step, and the matrix with it.
fn the_slider_moves(page: &Page) {
    page.go("threshold");
    page.until_there(SLIDER);
    page.run(
        "document.querySelector(arguments[0]).focus()",
        json!([SLIDER]),
    );
    let before = value(page, SLIDER);
    page.press(RIGHT);
    page.until(
        "the slider has moved",
        &format!("return document.querySelector('{SLIDER}').value !== {before:?}"),
    );
}

#[test]
fn a_link_tells_the_same_numbers_in_every_browser() {
    let report = shared("flights");
    let judged = report.judged();
    let now = judged.current();
    for kind in KINDS {
        let page = Page::beside(Server::start(&dist(), "/"), kind);
        page.visit(&address(&report));
        page.until_state("ready");
        let expected = serde_json::to_value(report.outcomes().0).unwrap();
        assert_eq!(json!(verdict(&page)), expected, "{kind:?}");
        page.go("confusion");
        for (name, value) in [
            ("accuracy", now.accuracy),
            ("precision", now.precision),
            ("recall", now.recall),
            ("specificity", now.specificity),
            ("f1", now.f1),
        ] {
            page.until_metric(name, value.unwrap());
        }
        the_slider_moves(&page);
        page.close();
    }
}

/// Where what the page was saved with is damaged, its rows are judged all the same, and that is said.
fn says_that_its_policy_cannot_be_read(copy: &std::path::Path, html: &str, expected: &str) {
    let (before, payload) = html.split_once("id=\"greenlight-report\">").unwrap();
    let other = if payload.as_bytes()[80] == b'A' {
        "B"
    } else {
        "A"
    };
    let damaged = format!(
        "{before}id=\"greenlight-report\">{}{other}{}",
        &payload[..80],
        &payload[81..]
    );
    std::fs::write(copy, damaged).unwrap();
    for kind in KINDS {
        let page = Page::from_disk(copy, kind);
        page.until_state("ready");
        assert_eq!(verdict(&page), expected, "{kind:?}");
        let said = page.text("[data-testid=error]");
        assert!(
            said.contains("policy that this page was saved with"),
            "{said}"
        );
        page.close();
    }
}

#[test]
fn the_report_as_one_file_opens_straight_to_its_verdict_in_every_browser() {
    for with_rows in [false, true] {
        let page = Page::with_file("breast_cancer.csv", sample("breast_cancer.csv"));
        page.until_there("[data-testid=status][data-examined=true]");
        let expected = verdict(&page);
        let folder = page.keep_downloads();
        page.go("share");
        if with_rows {
            page.click("[data-testid=html-rows]");
        }
        page.click("[data-testid=download-html]");
        let html = downloaded(&folder, "greenlight-report.html");
        page.close();
        let copy = std::env::temp_dir().join(format!(
            "greenlight-report-{}-{with_rows}.html",
            std::process::id()
        ));
        std::fs::write(&copy, &html).unwrap();
        for kind in KINDS {
            let page = Page::from_disk(&copy, kind);
            page.until_state("ready");
            assert_eq!(verdict(&page), expected, "{kind:?}");
            assert_eq!(page.has("[data-testid=shared-line]"), !with_rows);
            the_slider_moves(&page);
            page.close();
        }
        if with_rows {
            says_that_its_policy_cannot_be_read(&copy, &html, &expected);
        }
        let _ = std::fs::remove_file(&copy);
    }
}

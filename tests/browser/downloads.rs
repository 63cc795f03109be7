//! Pictures and tables as files.

use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::data;
use crate::page::{PATIENCE, Page};

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    let path = folder.join(name);
    let started = Instant::now();
    // The name may be there before the content.
    while std::fs::metadata(&path).map_or(0, |file| file.len()) == 0 {
        assert!(started.elapsed() < PATIENCE, "{name} was not downloaded");
        std::thread::sleep(Duration::from_millis(20));
    }
    std::fs::read(&path).unwrap()
}

/// What a file says that the page gives.
pub fn downloaded(folder: &Path, name: &str) -> String {
    String::from_utf8(bytes(folder, name)).unwrap()
}

#[test]
fn the_matrix_can_be_kept_as_svg_png_and_csv() {
    // A dark screen: what is kept is light all the same.
    let page = Page::open(crate::page::Screen {
        dark: true,
        ..crate::page::DESKTOP
    });
    let csv = data::repeated(
        "label,prediction",
        &[
            ("<b>&\"x\"</b>,<b>&\"x\"</b>", 7),
            ("=cmd,<b>&\"x\"</b>", 2),
            ("=cmd,=cmd", 12_345),
        ],
    );
    page.choose_file("names.csv", csv);
    page.until_state("ready");
    let folder = page.keep_downloads();
    page.go("confusion");
    for kind in ["svg", "png", "csv"] {
        page.click(&format!("[data-testid=download-{kind}-confusion_matrix]"));
    }
    assert_eq!(
        downloaded(&folder, "greenlight-confusion_matrix.csv"),
        "actual \\ predicted,\"<b>&\"\"x\"\"</b>\",'=cmd\r\n\
         \"<b>&\"\"x\"\"</b>\",7,0\r\n\
         '=cmd,2,12345\r\n"
    );

    let svg = downloaded(&folder, "greenlight-confusion_matrix.svg");
    let read = page.run(
        "const svg = new DOMParser().parseFromString(arguments[0], 'image/svg+xml');
         const root = svg.documentElement;
         return [
             svg.querySelector('parsererror') === null,
             root.namespaceURI,
             [...svg.querySelectorAll('text')].map(text => text.textContent),
             svg.querySelectorAll('script, style, image, use, a, [style], [href]').length,
             svg.querySelector('rect').getAttribute('fill'),
         ]",
        json!([svg]),
    );
    assert_eq!(read[0], json!(true));
    assert_eq!(read[1], json!("http://www.w3.org/2000/svg"));
    let texts: Vec<&str> = read[2]
        .as_array()
        .unwrap()
        .iter()
        .map(|text| text.as_str().unwrap())
        .collect();
    for expected in [
        "<b>&\"x\"</b>",
        "=cmd",
        "Predicted",
        "Actual",
        "7",
        "12\u{202f}345",
    ] {
        assert!(
            texts.contains(&expected),
            "{expected} is not among {texts:?}"
        );
    }
    assert_eq!(read[3], json!(0));
    assert_eq!(read[4], json!("#ffffff"));

    let png = bytes(&folder, "greenlight-confusion_matrix.png");
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    let size: Vec<u32> = ["width=\"", "height=\""]
        .map(|key| {
            let digits = svg.split_once(key).unwrap().1;
            digits.split_once('"').unwrap().0.parse().unwrap()
        })
        .to_vec();
    assert_eq!([number(16), number(20)], [2 * size[0], 2 * size[1]]);
    page.close();
}

#[test]
fn many_classes_have_their_weakest_and_most_confused_listed_and_kept() {
    let mut csv = "label,prediction\n".to_owned();
    for row in 0..600 {
        let predicted = if row % 7 == 0 {
            (row + 1) % 12
        } else {
            row % 12
        };
        let predicted = if row % 12 == 5 { 6 } else { predicted };
        csv += &format!("class {},class {predicted}\n", row % 12);
    }
    let page = Page::with_file("many.csv", csv);
    let folder = page.keep_downloads();
    page.go("confusion");
    let first = |table: &str| page.text(&format!("[data-testid=table-{table}] tbody tr"));
    let worst = first("confused_pairs").replace(['\n', '\t'], " ");
    assert!(
        worst.contains("class 5") && worst.contains("class 6"),
        "{worst}"
    );
    assert!(worst.contains("50"), "{worst}");
    // Every row of class 5 is taken for class 6: its F1 is the lowest.
    assert!(
        first("per_class").starts_with("class 5"),
        "{}",
        first("per_class")
    );
    page.click("[data-testid=table-per_class] thead th:first-child button");
    page.until(
        "they stand in order of name",
        "return document.querySelector('[data-testid=table-per_class] tbody tr').innerText.startsWith('class 0')",
    );

    page.click("[data-testid=download-csv-per_class]");
    let per_class = downloaded(&folder, "greenlight-per_class.csv");
    let lines: Vec<&str> = per_class.lines().collect();
    assert_eq!(lines.len(), 13);
    assert_eq!(lines[0], "class,precision,recall,f1,support");
    assert!(lines.contains(&"class 5,0,0,0,50"), "{per_class}");
    page.click("[data-testid=download-csv-confused_pairs]");
    let pairs = downloaded(&folder, "greenlight-confused_pairs.csv");
    assert!(
        pairs.starts_with("actual,predicted,rows,share_of_actual\r\nclass 5,class 6,50,1\r\n"),
        "{pairs}"
    );

    // Else it would be scrolled to below the header.
    page.run("scrollTo(0, 0)", json!([]));
    page.click("[data-testid=table-confused_pairs] button");
    page.until_there("[data-testid=table-rows]");
    let title = page.text("[data-testid=rows] h2");
    assert_eq!(title, "50 rows are “class 5” and were predicted “class 6”");
    page.close();
}

/// What is kept together with what stands beside it: handles that begin so, the name of the file, and why.
const KEPT_WITH: [(&str, &str); 6] = [
    // The bars of a table are one picture.
    ("chart-criterion-", "criteria"),
    ("chart-compared-", "compared"),
    // So are the small pictures of a list.
    ("chart-precision_recall-", "all_classes"),
    ("spark", "drift"),
    // The rest of a table, or the reference beside it, is in the same file.
    ("table-drift-rest", "drift"),
    ("table-reliability_reference", "reliability"),
];
/// Tables that are no numbers of the report, and why.
const NO_REPORT: [&str; 1] = [
    // A form to type a matrix into.
    "typed-matrix",
];

/// The handles of all pictures and tables of a view, with whether each is a picture, and all buttons that keep something.
const ON_VIEW: &str = "
    const handle = (element) => element.dataset.testid ?? element.className;
    const charts = [...document.querySelectorAll('main [data-testid^=chart-], main canvas.spark')].map(handle);
    const tables = [...document.querySelectorAll('main table')].map(handle);
    const kept = [...document.querySelectorAll('main [data-testid^=download-]')].map(handle);
    return [charts, tables, kept]";

fn texts(list: &serde_json::Value) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    list.map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_picture_can_be_kept_as_svg_and_png_and_every_table_as_csv() {
    for name in ["flights", "bicycles", "breast_cancer", "digits", "matrix"] {
        let file = format!("{name}.csv");
        let page = Page::with_file(&file, crate::threshold::sample(&file));
        page.until_there("[data-testid=status][data-examined=true]");
        for view in [
            "load",
            "verdict",
            "confusion",
            "threshold",
            "calibration",
            "latency",
            "stability",
            "drift",
            "segments",
            "monitoring",
            "policy",
            "checklist",
            "compare",
            "share",
            "privacy",
        ] {
            // One of them is in no list of views.
            page.run("location.hash = `#/${arguments[0]}`", json!([view]));
            page.until_there("main h1");
            // Tables of pictures are there once they are opened.
            page.run(
                "document.querySelectorAll('main details').forEach((more) => { more.open = true })",
                json!([]),
            );
            std::thread::sleep(Duration::from_millis(300));
            let found = page.run(ON_VIEW, json!([]));
            let (charts, tables, kept) = (texts(&found[0]), texts(&found[1]), texts(&found[2]));
            for button in &kept {
                let times = kept.iter().filter(|other| *other == button).count();
                assert_eq!(times, 1, "{name}, {view}: {button} is there {times} times");
            }
            let needed = |handle: &str, kinds: &[&str]| {
                let mut with = KEPT_WITH
                    .iter()
                    .filter(|(begin, _)| handle.starts_with(begin));
                let own = handle
                    .trim_start_matches("chart-")
                    .trim_start_matches("table-");
                let file = with.next().map_or(own, |(_, file)| file);
                for kind in kinds {
                    let button = format!("download-{kind}-{file}");
                    assert!(
                        kept.contains(&button),
                        "{name}, {view}: no {button} for {handle}"
                    );
                }
            };
            charts
                .iter()
                .for_each(|chart| needed(chart, &["svg", "png", "csv"]));
            let tables = tables
                .iter()
                .filter(|table| !NO_REPORT.contains(&table.as_str()));
            tables.for_each(|table| needed(table, &["csv"]));
        }
        page.close();
    }
}

#[test]
fn small_pictures_of_a_list_are_kept_as_one_with_their_names() {
    let page = Page::with_file("digits.csv", crate::threshold::sample("digits.csv"));
    page.until_there("[data-testid=status][data-examined=true]");
    let folder = page.keep_downloads();
    for (view, name, row, said) in [
        ("verdict", "criteria", "Right answers (accuracy)", "≥ 90"),
        ("threshold", "all_classes", "7", "average precision"),
    ] {
        page.go(view);
        let button = format!("[data-testid=download-svg-{name}]");
        page.until_there(&button);
        page.run(
            "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })",
            json!([button]),
        );
        page.click(&button);
        let svg = downloaded(&folder, &format!("greenlight-{name}.svg"));
        assert!(svg.contains(&format!(">{row}<")), "{svg}");
        assert!(svg.replace('\u{202f}', " ").contains(said), "{svg}");
        page.click(&format!("[data-testid=download-png-{name}]"));
        let png = bytes(&folder, &format!("greenlight-{name}.png"));
        assert!(png.starts_with(b"\x89PNG"));
        let width = u32::from_be_bytes(png[16..20].try_into().unwrap());
        assert_eq!(width, 2 * 960, "two pixels for each of CSS");
    }
    page.close();
}

//! Pictures and tables as files.

use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::data;
use crate::page::Page;

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    let path = folder.join(name);
    let started = Instant::now();
    // The name may be there before the content.
    while std::fs::metadata(&path).map_or(0, |file| file.len()) == 0 {
        assert!(
            started.elapsed() < Duration::from_secs(30),
            "{name} was not downloaded"
        );
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

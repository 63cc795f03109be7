//! Every picture against its snapshot, byte for byte. `UPDATE_SNAPSHOTS=1` writes them anew; look at them then.

#![allow(clippy::unwrap_used, reason = "a failed helper is a failed test")]

mod picture;

use greenlight_charts::{
    ConfusionMatrix, IntervalBar, Normalise, Outcome, Theme, confusion_matrix,
};
use picture::{compare, plausible, svg};

fn matrix(
    name: &str,
    size: (u32, u32),
    theme: &Theme,
    classes: &[String],
    counts: &[u64],
    normalise: Normalise,
) {
    let chart = ConfusionMatrix {
        classes,
        counts,
        normalise,
    };
    compare(
        name,
        &svg(size, theme, |backend| chart.draw(backend, theme).unwrap()),
    );
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.into()).collect()
}

const WIDE: (u32, u32) = (640, 400);
const LARGE: (u32, u32) = (820, 760);

#[test]
fn two_classes() {
    let classes = names(&["negative", "positive"]);
    let counts = [95, 5, 10, 90];
    matrix(
        "two_light",
        WIDE,
        &Theme::light(),
        &classes,
        &counts,
        Normalise::Counts,
    );
    matrix(
        "two_dark",
        WIDE,
        &Theme::dark(),
        &classes,
        &counts,
        Normalise::Counts,
    );
    matrix(
        "two_column",
        WIDE,
        &Theme::light(),
        &classes,
        &counts,
        Normalise::Column,
    );
    matrix(
        "two_small",
        (240, 200),
        &Theme::light(),
        &classes,
        &counts,
        Normalise::Row,
    );
}

#[test]
fn ten_classes() {
    let animals = [
        "airplane",
        "automobile",
        "bird",
        "cat",
        "deer",
        "dog",
        "frog",
        "horse",
        "ship",
        "truck",
    ];
    let (classes, counts) = (names(&animals), plausible(10));
    matrix(
        "ten_light",
        (760, 600),
        &Theme::light(),
        &classes,
        &counts,
        Normalise::Counts,
    );
    matrix(
        "ten_dark",
        (760, 600),
        &Theme::dark(),
        &classes,
        &counts,
        Normalise::Counts,
    );
    matrix(
        "ten_row",
        (760, 600),
        &Theme::light(),
        &classes,
        &counts,
        Normalise::Row,
    );
    matrix(
        "ten_narrow",
        (360, 420),
        &Theme::light(),
        &classes,
        &counts,
        Normalise::Counts,
    );
}

#[test]
fn fifty_classes() {
    let classes: Vec<String> = (0..50).map(|index| format!("class {index:02}")).collect();
    matrix(
        "fifty_light",
        LARGE,
        &Theme::light(),
        &classes,
        &plausible(50),
        Normalise::Counts,
    );
    matrix(
        "fifty_dark",
        LARGE,
        &Theme::dark(),
        &classes,
        &plausible(50),
        Normalise::Counts,
    );
    matrix(
        "fifty_narrow",
        (360, 420),
        &Theme::light(),
        &classes,
        &plausible(50),
        Normalise::Counts,
    );
}

#[test]
fn nothing_to_show() {
    let theme = Theme::light();
    matrix("no_classes", WIDE, &theme, &[], &[], Normalise::Counts);
    matrix(
        "all_zeros",
        WIDE,
        &theme,
        &names(&["0", "1", "2"]),
        &[0; 9],
        Normalise::Counts,
    );
    matrix(
        "too_few_counts",
        WIDE,
        &theme,
        &names(&["0", "1"]),
        &[7],
        Normalise::Row,
    );
    for size in [(0, 0), (1, 1), (40, 400), (400, 40)] {
        let drawn = svg(size, &theme, |backend| {
            let chart = ConfusionMatrix {
                classes: &names(&["0", "1"]),
                counts: &[1; 4],
                normalise: Normalise::All,
            };
            chart.draw(backend, &theme).unwrap();
            confusion_matrix::draw_highlight(backend, &theme, chart.classes, (0, 1)).unwrap();
        });
        assert!(!drawn.contains("NaN"));
    }
}

#[test]
fn huge_counts() {
    let classes = names(&["negative", "positive"]);
    let counts = [1_000_000_000_000, 5, 123_456_789_012, u64::MAX];
    matrix(
        "huge_wide",
        WIDE,
        &Theme::light(),
        &classes,
        &counts,
        Normalise::Counts,
    );
    matrix(
        "huge_narrow",
        (320, 300),
        &Theme::light(),
        &classes,
        &counts,
        Normalise::Counts,
    );
    matrix(
        "huge_all",
        WIDE,
        &Theme::light(),
        &classes,
        &counts,
        Normalise::All,
    );
}

#[test]
fn hostile_labels() {
    let long =
        "a label that goes on and on, as labels that came from sentences in free text often do "
            .repeat(40);
    let labels = [
        long.as_str(),
        "<script>alert('&')</script>",
        "غير صالح للاستعمال",
        "👩‍👩‍👧‍👦 family 👍🏽",
        "",
        "line\nbreak\tand tab",
        "e\u{301}e\u{301}e\u{301} 漢字漢字漢字漢字漢字漢字漢字漢字",
        "\u{202E}override",
    ];
    let classes = names(&labels);
    matrix(
        "hostile_wide",
        (900, 620),
        &Theme::light(),
        &classes,
        &plausible(8),
        Normalise::Counts,
    );
    matrix(
        "hostile_narrow",
        (420, 460),
        &Theme::dark(),
        &classes,
        &plausible(8),
        Normalise::Counts,
    );
}

#[test]
fn highlighted_cell() {
    let (classes, theme) = (names(&["cat", "dog", "bird"]), Theme::light());
    let counts = [50, 3, 1, 6, 41, 0, 0, 9, 12];
    let chart = ConfusionMatrix {
        classes: &classes,
        counts: &counts,
        normalise: Normalise::Counts,
    };
    let picture = svg(WIDE, &theme, |backend| {
        chart.draw(backend, &theme).unwrap();
        confusion_matrix::draw_highlight(backend, &theme, &classes, (2, 1)).unwrap();
    });
    compare("highlighted", &picture);
}

#[test]
fn interval_bars() {
    let bar = |value, interval, outcome| IntervalBar {
        value,
        interval,
        limit: 0.9,
        domain: (0.0, 1.0),
        outcome,
    };
    let bars = [
        ("pass", bar(0.97, (0.95, 0.985), Outcome::Pass)),
        ("fail", bar(0.62, (0.5, 0.73), Outcome::Fail)),
        ("at_risk", bar(0.91, (0.84, 0.96), Outcome::AtRisk)),
        (
            "no_evidence",
            bar(f64::NAN, (f64::NAN, f64::NAN), Outcome::NoEvidence),
        ),
        ("outside", bar(f64::INFINITY, (-3.0, 7.0), Outcome::Fail)),
        (
            "no_axis",
            IntervalBar {
                domain: (1.0, 1.0),
                ..bar(0.5, (0.4, 0.6), Outcome::Pass)
            },
        ),
    ];
    for (name, bar) in bars {
        for (tone, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
            let picture = svg((240, 24), &theme, |backend| {
                bar.draw(backend, &theme).unwrap()
            });
            compare(&format!("interval_{name}_{tone}"), &picture);
        }
    }
}

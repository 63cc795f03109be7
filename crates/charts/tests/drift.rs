//! Pictures of drift against their snapshots, byte for byte. `UPDATE_SNAPSHOTS=1` writes them anew; look at them then.
#![allow(clippy::unwrap_used, reason = "a failed helper is a failed test")]

mod picture;

use greenlight_charts::{
    HeatMap, OverlaidHistogram, Svg, Theme, Windows, overlaid_histogram::BinNames,
};
use picture::{compare, svg};

const DAY: i64 = 86_400_000;
/// 2024-12-02, a Monday.
const MONDAY: i64 = 20_059 * DAY;

fn weeks(count: i64) -> Vec<(i64, i64)> {
    let start = |week: i64| MONDAY + week * 7 * DAY;
    (0..count)
        .map(|week| (start(week), start(week + 1)))
        .collect()
}

fn names(count: usize) -> Vec<String> {
    let known = [
        "amount",
        "merchant_category_of_the_previous_transaction",
        "age",
        "country",
        "device_type",
        "hour",
    ];
    (0..count)
        .map(|row| {
            known
                .get(row)
                .map_or_else(|| format!("feature_{row}"), |name| (*name).to_owned())
        })
        .collect()
}

/// The first rows move, from later windows on; some cells are missing.
fn values(rows: usize, windows: usize) -> Vec<f64> {
    let cell = |row: usize, window: usize| {
        let noise = ((row * 7919 + window * 104_729 + row * window * 31) % 97) as f64 / 97.0;
        let moved = (window as f64 - 3.0 * row as f64).max(0.0) / windows as f64;
        match (row * 13 + window * 7) % 53 {
            0 => f64::NAN,
            _ if row == 4 && window > windows - 5 => f64::NAN,
            _ => 0.01 + 0.04 * noise + 0.5 * moved / (1.0 + row as f64 / 3.0),
        }
    };
    (0..rows)
        .flat_map(|row| (0..windows).map(move |window| cell(row, window)))
        .collect()
}

fn heat_map<'a>(rows: &'a [String], windows: Windows<'a>, values: &'a [f64]) -> HeatMap<'a> {
    HeatMap {
        rows,
        windows,
        values,
        title: "PSI",
        limit: 0.1,
        limit_name: "limit 0.1",
        top: 0.4,
        top_name: "0.4",
        first: 0,
    }
}

#[test]
fn features_by_week() {
    let (times, rows) = (weeks(26), names(12));
    let values = values(12, 26);
    let picture = heat_map(&rows, Windows::Times(&times), &values);
    for (name, width, theme) in [
        ("heat-light", 1140, Theme::light()),
        ("heat-dark", 1140, Theme::dark()),
        ("heat-narrow", 340, Theme::light()),
        ("heat-narrow-dark", 340, Theme::dark()),
    ] {
        let size = (width, HeatMap::height(12));
        compare(
            name,
            &svg(size, &theme, |backend| {
                picture.draw(backend, &theme).unwrap();
                picture.draw_highlight(backend, &theme, (1, 20)).unwrap();
            }),
        );
    }
}

#[test]
fn a_slice_of_many_features_is_drawn_in_few_strokes() {
    let (times, rows) = (weeks(60), names(500));
    let values = values(500, 60);
    let theme = Theme::light();
    let size = (1140, HeatMap::height(20));
    let picture = HeatMap {
        first: 100,
        ..heat_map(&rows, Windows::Times(&times), &values)
    };
    let layout = picture.layout(size).unwrap();
    assert_eq!(layout.rows(), 100..120);
    assert_eq!(layout.cell_at(1e9, 0.0), Some((100, 59)));
    let text = svg(size, &theme, |backend| {
        picture.draw(backend, &theme).unwrap()
    });
    assert!(
        text.matches("<rect").count() < 1_500,
        "{}",
        text.matches("<rect").count()
    );
    // All of one colour follow each other: each change of colour is a change of style on a canvas.
    let fills: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("<rect"))
        .collect();
    let colours =
        fills.chunk_by(|one, other| one.split("fill").last() == other.split("fill").last());
    assert!(colours.count() < 300);
    let end = HeatMap {
        first: 495,
        ..picture
    };
    assert_eq!(end.layout(size).unwrap().rows(), 495..500);
}

fn histogram<'a>(
    bins: BinNames<'a>,
    reference: &'a [f64],
    current: &'a [f64],
    psi: &'a [f64],
) -> OverlaidHistogram<'a> {
    OverlaidHistogram {
        reference,
        current,
        names: ("train", "production"),
        bins,
        title: "amount",
        contributions: psi,
        contributions_name: "PSI",
    }
}

const CURRENT: [f64; 10] = [0.04, 0.05, 0.06, 0.07, 0.08, 0.1, 0.12, 0.14, 0.16, 0.18];
#[expect(clippy::disallowed_methods, reason = "a strip to look at")]
fn psi(reference: &[f64], current: &[f64]) -> Vec<f64> {
    let pairs = reference.iter().zip(current);
    pairs
        .map(|(r, c): (&f64, &f64)| (c - r) * (c / r).ln())
        .collect()
}

#[test]
fn shares_of_both_sides() {
    let reference = [0.1; 10];
    let edges: Vec<String> = [
        "3.2", "9.99", "12 000", "13 000", "17 500", "21 000", "34 000", "55 000", "1.2 M",
    ]
    .map(str::to_owned)
    .to_vec();
    let strip = psi(&reference, &CURRENT);
    let categories: Vec<String> = [
        "DE",
        "FR",
        "a category with a long name",
        "US",
        "not seen before",
    ]
    .map(str::to_owned)
    .to_vec();
    let (before, after) = ([0.4, 0.3, 0.2, 0.1, 0.0], [0.38, 0.1, 0.2, 0.1, 0.22]);
    for (name, size, theme) in [
        ("shares-light", (720, 300), Theme::light()),
        ("shares-dark", (720, 300), Theme::dark()),
        ("shares-narrow", (340, 260), Theme::light()),
    ] {
        let picture = histogram(BinNames::Edges(&edges), &reference, &CURRENT, &strip);
        compare(
            name,
            &svg(size, &theme, |backend| {
                picture.draw(backend, &theme).unwrap();
                picture.draw_highlight(backend, &theme, 9).unwrap();
            }),
        );
    }
    let theme = Theme::light();
    let picture = OverlaidHistogram {
        title: "country",
        ..histogram(BinNames::Values(&categories), &before, &after, &[])
    };
    for (name, size) in [
        ("categories", (720, 300)),
        ("categories-narrow", (340, 260)),
    ] {
        compare(
            name,
            &svg(size, &theme, |backend| {
                picture.draw(backend, &theme).unwrap()
            }),
        );
    }
}

#[test]
fn sparks() {
    let reference = [0.1; 10];
    for (name, theme) in [
        ("spark-light", Theme::light()),
        ("spark-dark", Theme::dark()),
    ] {
        let picture = histogram(BinNames::Values(&[]), &reference, &CURRENT, &[]);
        compare(
            name,
            &svg((120, 32), &theme, |backend| {
                picture.draw_spark(backend, &theme).unwrap()
            }),
        );
    }
    let theme = Theme::light();
    let (many, other) = ([0.02; 50], [0.025; 40]);
    let picture = histogram(BinNames::Values(&[]), &many, &other, &[]);
    compare(
        "spark-many",
        &svg((120, 32), &theme, |backend| {
            picture.draw_spark(backend, &theme).unwrap()
        }),
    );
}

#[test]
fn hostile_numbers_draw_without_a_fault() {
    let theme = Theme::light();
    let wild = [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        -1.0,
        1e300,
        0.5,
        5e-324,
    ];
    let long = vec!["<b>&".to_owned(), "x".repeat(10_000), String::new()];
    let times = [(i64::MIN, i64::MAX), (0, 0), (5, 1)];
    for size in [(0, 0), (1, 1), (60, 90), (340, 200), (1140, 300)] {
        for windows in [
            Windows::Times(&times),
            Windows::Times(&[]),
            Windows::Parts {
                count: 3,
                title: "<i>",
            },
            Windows::Parts {
                count: 10_000,
                title: "",
            },
        ] {
            for (limit, top) in [
                (0.1, 0.4),
                (f64::NAN, f64::NAN),
                (f64::INFINITY, 0.0),
                (1.0, -1.0),
                (0.0, f64::INFINITY),
            ] {
                for (rows, first) in [
                    (&long[..], 0),
                    (&long[..], 2),
                    (&long[..], usize::MAX),
                    (&[], 0),
                ] {
                    let picture = HeatMap {
                        limit,
                        top,
                        first,
                        ..heat_map(rows, windows, &wild)
                    };
                    let mut backend = Svg::new(size, "");
                    picture.draw(&mut backend, &theme).unwrap();
                    picture
                        .draw_highlight(&mut backend, &theme, (0, 0))
                        .unwrap();
                    picture
                        .draw_highlight(&mut backend, &theme, (usize::MAX, usize::MAX))
                        .unwrap();
                    assert!(!backend.finish().contains("NaN"));
                    if let Some(layout) = picture.layout(size) {
                        assert!(layout.cell_at(f64::NAN, f64::NAN).is_none());
                    }
                }
            }
        }
        let many = vec![1e-4; 10_000];
        for shares in [&wild[..], &wild[5..6], &many, &[]] {
            for bins in [
                BinNames::Edges(&long),
                BinNames::Values(&long),
                BinNames::Values(&[]),
            ] {
                for other in [shares, &[]] {
                    let picture = histogram(bins, shares, other, &wild);
                    let mut backend = Svg::new(size, "");
                    picture.draw(&mut backend, &theme).unwrap();
                    picture.draw_spark(&mut backend, &theme).unwrap();
                    picture.draw_highlight(&mut backend, &theme, 0).unwrap();
                    picture
                        .draw_highlight(&mut backend, &theme, usize::MAX)
                        .unwrap();
                    assert!(!backend.finish().contains("NaN"));
                }
            }
        }
    }
}

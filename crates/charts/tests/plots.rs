//! Plots against their snapshots, byte for byte. `UPDATE_SNAPSHOTS=1` writes them anew; look at them then.
#![allow(clippy::unwrap_used, reason = "a failed helper is a failed test")]

mod picture;

use greenlight_charts::{
    Axis, LinePlot, Reliability, ReliabilityPoint, ScoreHistogram, Series, Stroke, Svg, Theme,
    Unit,
    line_plot::{draw_point, draw_threshold},
};
use picture::svg;

const SIZE: (u32, u32) = (480, 320);

fn compare(name: &str, size: (u32, u32), theme: &Theme, draw: impl FnOnce(&mut Svg)) {
    picture::compare(name, &svg(size, theme, draw));
}

/// A smooth ROC curve of 1,001 points.
fn roc() -> Vec<(f64, f64)> {
    (0..=1_000)
        .map(|step| f64::from(step) / 1_000.0)
        .map(|x| (x * x, 1.0 - (1.0 - x).powi(6)))
        .collect()
}

#[test]
fn a_roc_curve_with_its_point() {
    for (name, theme) in [("roc-light", Theme::light()), ("roc-dark", Theme::dark())] {
        let points = roc();
        let plot = LinePlot {
            x: Axis::share("False positive rate"),
            y: Axis::share("Recall"),
            series: &[
                Series {
                    name: "chance",
                    points: &[(0.0, 0.0), (1.0, 1.0)],
                    stroke: Stroke::Comparison,
                },
                Series {
                    name: "",
                    points: &points,
                    stroke: Stroke::Main,
                },
            ],
        };
        compare(name, SIZE, &theme, |backend| {
            plot.draw(backend, &theme).unwrap();
            let layout = plot.layout(SIZE).unwrap();
            draw_point(backend, &theme, &layout, points[400]).unwrap();
        });
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a curve to look at")]
fn metrics_over_the_threshold() {
    let theme = Theme::light();
    let at = |f: fn(f64) -> f64| -> Vec<(f64, f64)> {
        (0..=500)
            .map(|step| f64::from(step) / 500.0)
            .map(|t| (t, f(t)))
            .collect()
    };
    // Precision does not exist where nothing is flagged.
    let precision = at(|t| {
        if t > 0.93 {
            f64::NAN
        } else {
            0.05 + 0.9 * t.powf(0.7)
        }
    });
    let recall = at(|t| 1.0 - t.powi(3));
    let f1 = at(|t| 0.1 + 2.6 * t * (1.0 - t));
    let plot = LinePlot {
        x: Axis {
            range: (0.0, 1.0),
            title: "Threshold",
            unit: Unit::Plain,
        },
        y: Axis::share("Share"),
        series: &[
            Series {
                name: "F1",
                points: &f1,
                stroke: Stroke::Third,
            },
            Series {
                name: "precision",
                points: &precision,
                stroke: Stroke::Second,
            },
            Series {
                name: "recall",
                points: &recall,
                stroke: Stroke::Main,
            },
        ],
    };
    for (name, size) in [("metrics", SIZE), ("metrics-narrow", (300, 240))] {
        compare(name, size, &theme, |backend| {
            plot.draw(backend, &theme).unwrap();
            draw_threshold(backend, &theme, &plot.layout(size).unwrap(), 0.5).unwrap();
        });
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "whole numbers of rows")]
fn scores_by_class() {
    let bell = |middle: f64, rows: f64| -> Vec<u64> {
        (0..50)
            .map(|bin| (rows * (-(f64::from(bin) - middle).powi(2) / 60.0).exp()) as u64)
            .collect()
    };
    let theme = Theme::light();
    let histogram = ScoreHistogram {
        range: (0.0, 1.0),
        positives: &bell(34.0, 300.0),
        negatives: &bell(10.0, 1e7),
        positive: "fraud",
        negative: "no fraud",
    };
    compare("histogram", SIZE, &theme, |backend| {
        histogram.draw(backend, &theme).unwrap();
        draw_threshold(backend, &theme, &histogram.layout(SIZE).unwrap(), 0.5).unwrap();
    });
}

/// Ten bins whose shares are `share` of their scores.
fn bins(rows: [u64; 10], end: f64, share: impl Fn(f64) -> f64) -> Vec<ReliabilityPoint> {
    let scores = (0..10).map(|bin| (f64::from(bin) / 10.0 + 0.05) * end);
    scores
        .zip(rows)
        .map(|(mean_score, rows)| {
            let share = share(mean_score);
            let half = 1.96 * (share * (1.0 - share) / rows as f64).sqrt();
            let interval = (share - half, share + half);
            ReliabilityPoint {
                mean_score,
                share,
                interval,
                rows,
            }
        })
        .collect()
}

const ROWS: [u64; 10] = [9_000, 800, 300, 120, 60, 40, 60, 110, 300, 700];

#[test]
fn reliability_of_scores_that_are_too_sure() {
    let points = bins(ROWS, 1.0, |score| 0.2 + 0.5 * score);
    let fit = [
        (0.0, 0.22),
        (0.3, 0.22),
        (0.3, 0.45),
        (0.8, 0.45),
        (0.8, 0.68),
        (1.0, 0.68),
    ];
    let theme = Theme::light();
    let picture = Reliability {
        points: &points,
        fit: &fit,
        ..Reliability::default()
    };
    compare("reliability", SIZE, &theme, |backend| {
        picture.draw(backend, &theme).unwrap();
        picture.draw_highlight(backend, &theme, 7).unwrap();
    });
    let layout = picture.layout(SIZE).unwrap();
    let (x, _) = layout.position(0.34, 0.0);
    assert_eq!(picture.nearest(&layout, x), Some(3));
}

#[test]
fn reliability_beside_the_reference() {
    let points = bins(ROWS, 1.0, |score| 0.2 + 0.5 * score);
    let reference = bins(ROWS, 1.0, |score| score);
    for (name, theme) in [
        ("reliability-reference-light", Theme::light()),
        ("reliability-reference-dark", Theme::dark()),
    ] {
        let picture = Reliability {
            points: &points,
            name: "production",
            reference: &reference[..9],
            reference_name: "train",
            fit: &[],
        };
        compare(name, SIZE, &theme, |backend| {
            picture.draw(backend, &theme).unwrap();
        });
    }
}

#[test]
fn reliability_of_rare_positives_fills_the_picture() {
    let theme = Theme::light();
    let points = bins(ROWS.map(|rows| 100 * rows), 0.04, |score| 0.7 * score);
    let picture = Reliability {
        points: &points,
        fit: &[
            (0.0, 0.001),
            (0.02, 0.014),
            (0.04, 0.03),
            (0.04, 0.9),
            (1.0, 1.0),
        ],
        ..Reliability::default()
    };
    compare("reliability-rare", (300, 240), &theme, |backend| {
        picture.draw(backend, &theme).unwrap();
    });
    let layout = picture.layout(SIZE).unwrap();
    let right = f64::from(layout.area.x + layout.area.width);
    assert!((layout.value_at(right, 0.0).0 - 0.05).abs() < 1e-12);
}

#[test]
fn hostile_numbers_draw_without_a_fault() {
    let theme = Theme::light();
    let wild = [
        (f64::NAN, 0.0),
        (0.0, f64::INFINITY),
        (-1e300, 1e300),
        (0.5, 0.5),
        (f64::MIN, f64::MAX),
    ];
    for (range, size) in [
        ((0.0, 1.0), SIZE),
        ((0.0, 0.0), SIZE),
        ((1.0, f64::INFINITY), SIZE),
        ((f64::MIN, f64::MAX), SIZE),
        ((0.0, 5e-324), SIZE),
        ((0.0, 1.0), (0, 0)),
        ((0.0, 1.0), (70, 70)),
    ] {
        for points in [&wild[..], &wild[..1], &[]] {
            let axis = Axis {
                range,
                title: "<b>&",
                unit: Unit::Plain,
            };
            let series = [Series {
                name: "<i>",
                points,
                stroke: Stroke::Comparison,
            }];
            let plot = LinePlot {
                x: axis,
                y: axis,
                series: &series,
            };
            let mut backend = Svg::new(size, "");
            plot.draw(&mut backend, &theme).unwrap();
            if let Some(layout) = plot.layout(size) {
                draw_threshold(&mut backend, &theme, &layout, f64::NAN).unwrap();
                draw_point(&mut backend, &theme, &layout, (f64::NAN, 0.0)).unwrap();
            }
        }
        let histogram = ScoreHistogram {
            range,
            positives: &[0, u64::MAX / 2, 1],
            negatives: &[],
            positive: "",
            negative: "a very long name that does not fit into a small picture at all, whatever one does",
        };
        histogram.draw(&mut Svg::new(size, ""), &theme).unwrap();
        let hostile = ReliabilityPoint {
            mean_score: range.1,
            share: f64::NAN,
            interval: (f64::NEG_INFINITY, f64::INFINITY),
            rows: u64::MAX,
        };
        let picture = Reliability {
            points: &[hostile, hostile],
            name: "<b>",
            reference: &[hostile],
            reference_name: "",
            fit: &wild,
        };
        let mut backend = Svg::new(size, "");
        picture.draw(&mut backend, &theme).unwrap();
        picture.draw_highlight(&mut backend, &theme, 1).unwrap();
        picture.draw_highlight(&mut backend, &theme, 9).unwrap();
    }
}

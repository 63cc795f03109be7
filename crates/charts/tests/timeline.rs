//! Timelines against their snapshots, byte for byte. `UPDATE_SNAPSHOTS=1` writes them anew; look at them then.
#![allow(clippy::unwrap_used, reason = "a failed helper is a failed test")]

mod picture;

use greenlight_charts::{
    Alert, Change, Level, LevelKind, Stroke, Svg, Theme, Timeline, TimelineSeries, Unit,
    WindowState, Windows,
};
use picture::svg;

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;
/// 2024-12-02, a Monday.
const MONDAY: i64 = 20_059 * DAY;

const WIDE: (u32, u32) = (1140, 300);
const NARROW: (u32, u32) = (340, 260);

fn windows(start: i64, length: i64, count: i64) -> Vec<(i64, i64)> {
    let starts = (0..count).map(|index| start + index * length);
    starts.map(|start| (start, start + length)).collect()
}

/// The same wobble every time, from −1 to 1.
fn wobble(index: usize) -> f64 {
    ((index * 7919 + index * index * 104_729) % 97) as f64 / 48.0 - 1.0
}

/// Accuracy that falls at a window, with gaps and small windows.
struct Accuracy {
    values: Vec<f64>,
    intervals: Vec<(f64, f64)>,
    states: Vec<WindowState>,
    rows: Vec<u64>,
}

fn accuracy(count: usize) -> Accuracy {
    let rows: Vec<u64> = (0..count)
        .map(|window| match window % 17 {
            5 | 6 => 0,
            11 => 12,
            _ => 900 + (300.0 * wobble(window + 3)) as u64,
        })
        .collect();
    let level = |window: usize| if window * 3 > count * 2 { 0.885 } else { 0.94 };
    let values: Vec<f64> = (0..count)
        .map(|window| match rows[window] {
            0 => f64::NAN,
            12 => 0.75,
            _ => level(window) + 0.008 * wobble(window),
        })
        .collect();
    let intervals = values.iter().zip(&rows).map(|(value, rows)| {
        let half = 1.96 * (value * (1.0 - value) / *rows as f64).sqrt();
        (value - half, value + half)
    });
    let states = rows.iter().enumerate().map(|(window, rows)| match rows {
        0 => WindowState::Empty,
        12 => WindowState::Light,
        _ if window + 1 == count => WindowState::Light,
        _ => WindowState::Full,
    });
    Accuracy {
        intervals: intervals.collect(),
        states: states.collect(),
        values,
        rows,
    }
}

fn draw_accuracy(name: &str, size: (u32, u32), theme: &Theme, times: &[(i64, i64)], above: bool) {
    let count = times.len();
    let data = accuracy(count);
    let estimate: Vec<f64> = (0..count)
        .map(|window| 0.935 - 0.02 * window as f64 / count as f64)
        .collect();
    let changed = count * 2 / 3 + 1;
    let offenders: Vec<Alert> = (changed..count - 1)
        .filter(|window| data.values[*window] < 0.888 && data.rows[*window] > 30)
        .enumerate()
        .map(|(index, window)| Alert {
            window,
            is_first: index == 0,
        })
        .collect();
    let picture = Timeline {
        windows: Windows::Times(times),
        states: &data.states,
        series: &[
            TimelineSeries {
                name: "estimated",
                values: &estimate,
                intervals: &[],
                stroke: Stroke::Second,
            },
            TimelineSeries {
                name: "accuracy",
                values: &data.values,
                intervals: &data.intervals,
                stroke: Stroke::Main,
            },
        ],
        title: "Accuracy",
        unit: Unit::Share,
        from_zero: false,
        levels: &[
            Level {
                value: 0.9,
                name: "limit 90 %",
                kind: LevelKind::Limit,
            },
            Level {
                value: 0.945,
                name: "train 94.5 %",
                kind: LevelKind::Reference,
            },
        ],
        changes: &[Change {
            window: changed,
            name: "−5.5 points",
        }],
        alerts: &offenders,
        rows: &data.rows,
    };
    picture::compare(
        name,
        &svg(size, theme, |backend| {
            picture.draw(backend, theme).unwrap();
            if above {
                picture
                    .draw_selection(backend, theme, &(4..count / 2))
                    .unwrap();
                picture.draw_mark(backend, theme, 8).unwrap();
            }
        }),
    );
}

#[test]
fn accuracy_by_day_week_and_hour() {
    let days = windows(MONDAY, DAY, 30);
    let (light, dark) = (Theme::light(), Theme::dark());
    draw_accuracy("timeline-days-light", WIDE, &light, &days, false);
    draw_accuracy("timeline-days-dark", WIDE, &dark, &days, true);
    draw_accuracy("timeline-days-narrow", NARROW, &light, &days, false);
    let weeks = windows(MONDAY, 7 * DAY, 52);
    draw_accuracy("timeline-weeks", WIDE, &light, &weeks, true);
    draw_accuracy("timeline-weeks-narrow", NARROW, &dark, &weeks, true);
    let hours = windows(MONDAY, HOUR, 60);
    draw_accuracy("timeline-hours", WIDE, &light, &hours, false);
}

#[test]
fn percentiles_of_latency_with_a_replay() {
    let theme = Theme::light();
    let days = windows(MONDAY, DAY, 24);
    let percentile = |level: f64| -> Vec<f64> {
        (0..24)
            .map(|day| level * (1.0 + 0.1 * wobble(day)) * if day > 15 { 1.4 } else { 1.0 })
            .collect()
    };
    let (p50, p95, p99) = (percentile(80.0), percentile(640.0), percentile(1_050.0));
    let series = |name, values, stroke| TimelineSeries {
        name,
        values,
        intervals: &[],
        stroke,
    };
    let picture = Timeline {
        windows: Windows::Times(&days),
        states: &[],
        series: &[
            series("p99", &p99, Stroke::Second),
            series("p50", &p50, Stroke::Third),
            series("p95", &p95, Stroke::Main),
        ],
        title: "Latency",
        unit: Unit::Milliseconds,
        from_zero: true,
        levels: &[Level {
            value: 800.0,
            name: "limit for p95: 800 ms",
            kind: LevelKind::Limit,
        }],
        changes: &[],
        alerts: &[],
        rows: &[],
    };
    for (name, size) in [
        ("timeline-latency", WIDE),
        ("timeline-latency-narrow", NARROW),
    ] {
        picture::compare(
            name,
            &svg(size, &theme, |backend| {
                picture.draw(backend, &theme).unwrap();
                picture.draw_now(backend, &theme, 19).unwrap();
            }),
        );
    }
}

#[test]
fn slow_answers_against_wrong_ones() {
    let theme = Theme::light();
    let values: Vec<f64> = (0..10)
        .map(|part| 0.04 + 0.002 * f64::from(part * part))
        .collect();
    let intervals: Vec<(f64, f64)> = values
        .iter()
        .map(|value| (value - 0.015, value + 0.02))
        .collect();
    let picture = Timeline {
        windows: Windows::Parts {
            count: 10,
            title: "Tenths of the rows, from the fastest to the slowest",
        },
        states: &[],
        series: &[TimelineSeries {
            name: "",
            values: &values,
            intervals: &intervals,
            stroke: Stroke::Main,
        }],
        title: "Wrong",
        unit: Unit::Share,
        from_zero: true,
        levels: &[Level {
            value: 0.1,
            name: "all rows 10.0 %",
            kind: LevelKind::Reference,
        }],
        changes: &[],
        alerts: &[],
        rows: &[],
    };
    picture::compare(
        "timeline-parts",
        &svg((720, 260), &theme, |backend| {
            picture.draw(backend, &theme).unwrap()
        }),
    );
}

#[test]
fn ten_thousand_windows_stay_a_small_picture() {
    let theme = Theme::light();
    let hours = windows(MONDAY, HOUR, 10_000);
    let data = accuracy(10_000);
    let alerts: Vec<Alert> = (0..10_000)
        .map(|window| Alert {
            window,
            is_first: window == 7,
        })
        .collect();
    let picture = Timeline {
        windows: Windows::Times(&hours),
        states: &data.states,
        series: &[TimelineSeries {
            name: "accuracy",
            values: &data.values,
            intervals: &data.intervals,
            stroke: Stroke::Main,
        }],
        title: "Accuracy",
        unit: Unit::Share,
        from_zero: false,
        levels: &[],
        changes: &[],
        alerts: &[],
        rows: &data.rows,
    };
    let drawn = |picture: &Timeline<'_>| {
        svg(WIDE, &theme, |backend| {
            picture.draw(backend, &theme).unwrap()
        })
    };
    let text = drawn(&picture);
    assert!(text.len() < 600_000, "{} bytes", text.len());
    assert!(text.matches("<rect").count() < 4 * 1140);
    let text = drawn(&Timeline {
        alerts: &alerts,
        ..picture
    });
    assert!(text.len() < 4_000_000, "{} bytes", text.len());
}

#[test]
fn pointing_finds_windows() {
    let days = windows(MONDAY, DAY, 30);
    let data = accuracy(30);
    let picture = Timeline {
        windows: Windows::Times(&days),
        states: &[],
        series: &[TimelineSeries {
            name: "",
            values: &data.values,
            intervals: &[],
            stroke: Stroke::Main,
        }],
        title: "Accuracy",
        unit: Unit::Share,
        from_zero: false,
        levels: &[],
        changes: &[],
        alerts: &[],
        rows: &[],
    };
    let layout = picture.layout(WIDE).unwrap();
    let area = layout.area();
    let middle = |window: f64| f64::from(area.x) + (window + 0.5) * f64::from(area.width) / 30.0;
    for window in 0..30 {
        assert_eq!(
            layout.nearest(middle(f64::from(window))),
            Some(window as usize)
        );
    }
    assert_eq!(layout.between(middle(3.0), middle(7.0)), Some(3..8));
    assert_eq!(layout.between(middle(7.0), middle(3.0)), Some(3..8));
    assert_eq!(layout.between(middle(5.0), middle(5.0)), Some(5..6));
    assert_eq!(layout.between(-1e9, 1e9), Some(0..30));
}

#[test]
fn hostile_numbers_draw_without_a_fault() {
    let theme = Theme::light();
    let wild = [
        f64::NAN,
        f64::INFINITY,
        -1e300,
        1e300,
        0.5,
        f64::MIN,
        f64::MAX,
        5e-324,
    ];
    let ends: Vec<(f64, f64)> = wild
        .iter()
        .rev()
        .zip(&wild)
        .map(|(low, high)| (*low, *high))
        .collect();
    let times = [
        (5, 1),
        (i64::MIN, i64::MAX),
        (0, 0),
        (MONDAY, MONDAY + 1),
        (i64::MAX, i64::MIN),
    ];
    let levels = wild.map(|value| Level {
        value,
        name: "<b>",
        kind: LevelKind::Limit,
    });
    let alerts = [0, 3, usize::MAX].map(|window| Alert {
        window,
        is_first: window == 3,
    });
    let changes = [0, 2, usize::MAX].map(|window| Change { window, name: "&" });
    for windows in [
        Windows::Times(&times),
        Windows::Times(&times[3..4]),
        Windows::Times(&[]),
        Windows::Parts {
            count: 1,
            title: "<i>",
        },
        Windows::Parts {
            count: 8,
            title: "",
        },
        Windows::Parts {
            count: 0,
            title: "",
        },
        Windows::Parts {
            count: 1 << 20,
            title: "",
        },
    ] {
        for values in [&wild[..], &wild[4..5], &wild[..1], &[]] {
            for size in [(0, 0), (1, 1), (60, 60), (120, 130), WIDE] {
                for unit in [Unit::Share, Unit::Milliseconds, Unit::Plain, Unit::Count] {
                    let picture = Timeline {
                        windows,
                        states: &[WindowState::Empty, WindowState::Light, WindowState::Empty],
                        series: &[TimelineSeries {
                            name: "<i>",
                            values,
                            intervals: &ends,
                            stroke: Stroke::Main,
                        }],
                        title: "<b>&",
                        unit,
                        from_zero: unit == Unit::Plain,
                        levels: &levels,
                        changes: &changes,
                        alerts: &alerts,
                        rows: &[u64::MAX, 0, 1],
                    };
                    let mut backend = Svg::new(size, "");
                    picture.draw(&mut backend, &theme).unwrap();
                    picture.draw_mark(&mut backend, &theme, usize::MAX).unwrap();
                    picture.draw_mark(&mut backend, &theme, 0).unwrap();
                    picture
                        .draw_selection(&mut backend, &theme, &(0..usize::MAX))
                        .unwrap();
                    picture
                        .draw_selection(&mut backend, &theme, &(3..3))
                        .unwrap();
                    picture.draw_now(&mut backend, &theme, usize::MAX).unwrap();
                    picture.draw_now(&mut backend, &theme, 0).unwrap();
                    assert!(!backend.finish().contains("NaN"));
                    if let Some(layout) = picture.layout(size) {
                        assert!(layout.nearest(f64::NAN).is_none());
                        assert!(layout.between(f64::NEG_INFINITY, f64::INFINITY).is_some());
                    }
                }
            }
        }
    }
}

//! Latencies against their snapshots, byte for byte. `UPDATE_SNAPSHOTS=1` writes them anew; look at them then.
#![allow(clippy::unwrap_used, reason = "a failed helper is a failed test")]

mod picture;

use greenlight_charts::{LatencyBin, LatencyHistogram, LatencyMark, Svg, Theme};
use picture::{compare, svg};

/// Eight bins an octave, as the engine counts them; most rows near `middle` ms, with a slow tail.
#[expect(clippy::disallowed_methods, reason = "a shape to look at")]
fn bins(middle: f64, rows: f64) -> Vec<LatencyBin> {
    let octaves = (3..13).map(|octave| 2_f64.powi(octave));
    let edges = octaves
        .flat_map(|low| (0..8).map(move |part| (low * (1.0 + f64::from(part) / 8.0), low / 8.0)));
    let bin = |(low, width): (f64, f64)| {
        let high = low + width;
        let centre = (low * high).sqrt().ln();
        let bell = |at: f64, wide: f64| (-((centre - at.ln()) / wide).powi(2)).exp();
        let shape = bell(middle, 0.5) + 0.04 * bell(8.0 * middle, 0.6);
        let rows = (rows * shape * (high / low).ln()) as u64;
        LatencyBin { low, high, rows }
    };
    edges.map(bin).filter(|bin| bin.rows > 0).collect()
}

fn picture<'a>(
    bins: &'a [LatencyBin],
    reference: &'a [LatencyBin],
    marks: &'a [LatencyMark<'a>],
) -> LatencyHistogram<'a> {
    let names = if reference.is_empty() {
        ("", "")
    } else {
        ("production", "train")
    };
    LatencyHistogram {
        bins,
        reference,
        names,
        marks,
        budget_ms: 1_000.0,
        budget_name: "budget 1.00 s",
    }
}

#[test]
fn latencies_with_their_percentiles_and_budget() {
    let current = bins(90.0, 4_000.0);
    let reference = bins(60.0, 9_000.0);
    let marks = [
        ("p50 92 ms", 92.0),
        ("p95 610 ms", 610.0),
        ("p99 940 ms", 940.0),
    ];
    let marks = marks.map(|(name, ms)| LatencyMark { name, ms });
    for (name, size, theme, reference) in [
        ("latency-light", (1140, 300), Theme::light(), &[][..]),
        (
            "latency-reference-light",
            (720, 300),
            Theme::light(),
            &reference,
        ),
        (
            "latency-reference-dark",
            (720, 300),
            Theme::dark(),
            &reference,
        ),
        ("latency-narrow", (340, 280), Theme::light(), &reference),
    ] {
        let picture = picture(&current, reference, &marks);
        compare(
            name,
            &svg(size, &theme, |backend| {
                picture.draw(backend, &theme).unwrap();
                picture.draw_highlight(backend, &theme, 20).unwrap();
            }),
        );
    }
}

#[test]
fn the_bin_under_the_pointer_is_found() {
    let bins = [
        LatencyBin {
            low: 10.0,
            high: 20.0,
            rows: 5,
        },
        LatencyBin {
            low: 100.0,
            high: 200.0,
            rows: 5,
        },
    ];
    let picture = LatencyHistogram {
        budget_ms: f64::NAN,
        ..picture(&bins, &[], &[])
    };
    let layout = picture.layout((600, 300)).unwrap();
    assert_eq!(picture.bin_at(&layout, 0.0), Some(0));
    assert_eq!(picture.bin_at(&layout, 200.0), Some(0));
    assert_eq!(picture.bin_at(&layout, 420.0), Some(1));
    assert_eq!(picture.bin_at(&layout, 600.0), Some(1));
}

#[test]
fn hostile_numbers_draw_without_a_fault() {
    let theme = Theme::light();
    let edges = [f64::NAN, f64::INFINITY, -1.0, 0.0, 5e-324, 1.0, f64::MAX];
    let wild: Vec<LatencyBin> = edges
        .iter()
        .flat_map(|low| {
            edges.map(|high| LatencyBin {
                low: *low,
                high,
                rows: u64::MAX,
            })
        })
        .collect();
    let one = [LatencyBin {
        low: 5.0,
        high: 5.0,
        rows: 1,
    }];
    let marks = edges.map(|ms| LatencyMark { name: "<b>", ms });
    for size in [(0, 0), (1, 1), (80, 120), (340, 200), (1140, 300)] {
        for bins in [&wild[..], &one, &[]] {
            for reference in [&wild[..], &[]] {
                for budget_ms in edges {
                    let picture = LatencyHistogram {
                        budget_ms,
                        ..picture(bins, reference, &marks)
                    };
                    let mut backend = Svg::new(size, "");
                    picture.draw(&mut backend, &theme).unwrap();
                    picture.draw_highlight(&mut backend, &theme, 0).unwrap();
                    picture
                        .draw_highlight(&mut backend, &theme, usize::MAX)
                        .unwrap();
                    assert!(!backend.finish().contains("NaN"));
                    if let Some(layout) = picture.layout(size) {
                        assert!(picture.bin_at(&layout, f64::NAN).is_none());
                    }
                }
            }
        }
    }
}

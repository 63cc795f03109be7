//! Dots with intervals against their snapshots, byte for byte. `UPDATE_SNAPSHOTS=1` writes them anew; look at them then.
#![allow(clippy::unwrap_used, reason = "a failed helper is a failed test")]

mod picture;

use greenlight_charts::{IntervalDot, IntervalDots, Svg, Theme, interval_dots::Tone};
use picture::svg;

fn dot(name: &str, value: f64, half: f64, tone: Tone) -> IntervalDot {
    IntervalDot {
        name: name.to_owned(),
        value,
        interval: (value - half, (value + half).min(1.0)),
        tone,
    }
}

fn groups() -> Vec<IntervalDot> {
    vec![
        dot("plan is “free” and age < 26", 0.62, 0.03, Tone::Low),
        dot(
            "a column with a very long name is “a value that goes on and on”",
            0.71,
            0.06,
            Tone::Low,
        ),
        dot("region is “north”", 0.86, 0.008, Tone::Plain),
        dot("device is “<tablet>”", 0.8, 0.14, Tone::Unsure),
        dot("nothing", f64::NAN, f64::NAN, Tone::Unsure),
    ]
}

#[test]
fn groups_against_all_rows() {
    let dots = groups();
    for (name, width, theme) in [
        ("dots-light", 720, Theme::light()),
        ("dots-dark", 720, Theme::dark()),
        ("dots-narrow", 340, Theme::light()),
    ] {
        let picture = IntervalDots {
            dots: &dots,
            line: 0.84,
            line_name: "all rows",
            title: "Right answers, with 95 % intervals",
        };
        let size = (width, IntervalDots::height(dots.len(), f64::from(width)));
        picture::compare(
            name,
            &svg(size, &theme, |backend| {
                picture.draw(backend, &theme).unwrap();
                picture.draw_highlight(backend, &theme, 1).unwrap();
            }),
        );
        let layout = picture.layout(size).unwrap();
        let middle = f64::from(size.1) / 2.0;
        assert_eq!(layout.dot_at(middle - 12.0), Some(2), "{name}");
    }
}

#[test]
fn hostile_numbers_draw_without_a_fault() {
    let theme = Theme::light();
    let wild = [
        dot("", f64::INFINITY, f64::NAN, Tone::Low),
        dot("b", -1e300, 1e300, Tone::Plain),
        dot("c", 0.5, 0.0, Tone::Plain),
    ];
    for dots in [&wild[..], &wild[..1], &[]] {
        for size in [(0, 0), (60, 60), (300, 40), (600, 300)] {
            for line in [f64::NAN, 0.0, 1.0, -7.0] {
                let picture = IntervalDots {
                    dots,
                    line,
                    line_name: "<b>",
                    title: "&",
                };
                let mut backend = Svg::new(size, "");
                picture.draw(&mut backend, &theme).unwrap();
                picture.draw_highlight(&mut backend, &theme, 0).unwrap();
                picture.draw_highlight(&mut backend, &theme, 9).unwrap();
                assert!(!backend.finish().contains("NaN"));
            }
        }
    }
}

//! The confusion matrix with names and sizes that nobody wishes for, and pointing at it.

#![allow(clippy::unwrap_used, reason = "a failed helper is a failed test")]

mod picture;

use greenlight_charts::{ConfusionMatrix, MatrixLayout, Normalise, Theme, confusion_matrix};
use picture::{compare, plausible, svg};

/// Long ones, other scripts, markup, nothing to see, and what joins or turns letters.
fn hostile(count: usize) -> Vec<String> {
    let names = [
        "<b onclick=\"alert('&')\">bold</b>",
        "a name of sixty characters, as long as a short sentence is, ok",
        "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
        "غير صالح للاستعمال",
        "👩‍👩‍👧‍👦 family 👍🏽",
        "\u{202E}override",
        "",
        "line\nbreak\tand\u{0}nul\u{FFFE}",
        "e\u{301}e\u{301}e\u{301}",
        "]]>&amp;<!--",
    ];
    (0..count)
        .map(|index| match index / names.len() {
            0 => names[index].to_owned(),
            round => format!("{} {round}", names[index % names.len()]),
        })
        .collect()
}

#[test]
fn hostile_names_at_any_number_of_classes() {
    for count in [2, 3, 12, 50] {
        let classes = hostile(count);
        let mut counts = plausible(count);
        // A class without rows, and a cell that dwarfs all others.
        counts[..count].fill(0);
        counts[count + 1] = 1_000_000_000;
        for (name, size, theme) in [
            ("wide", (900, 760), Theme::light()),
            ("narrow", (358, 420), Theme::dark()),
        ] {
            let chart = ConfusionMatrix {
                classes: &classes,
                counts: &counts,
                normalise: Normalise::Counts,
            };
            let drawn = svg(size, &theme, |svg| {
                chart.draw(svg, &theme).unwrap();
                confusion_matrix::draw_highlight(svg, &theme, &classes, (1, 0)).unwrap();
            });
            for evil in [
                "<b", "</b", "<!--", "]]>", "\u{0}", "\u{FFFE}", "NaN", "inf",
            ] {
                assert!(!drawn.contains(evil), "{evil:?} at {count} classes");
            }
            compare(&format!("hostile_{count}_{name}"), &drawn);
        }
    }
}

/// Numerical Recipes' generator: the same cases every time.
struct Cases(u32);

impl Cases {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % end
    }
}

#[test]
fn a_point_hits_the_cell_it_lies_in_and_nothing_else() {
    let mut cases = Cases(5);
    let (mut hits, mut misses) = (0, 0);
    for _ in 0..400 {
        let classes = hostile(1 + cases.below(80) as usize);
        let size = (60 + cases.below(1_400), 60 + cases.below(1_000));
        let Some(layout) = MatrixLayout::new(size, &classes) else {
            continue;
        };
        for _ in 0..100 {
            let x = f64::from(cases.below(size.0 * 8)) / 8.0;
            let y = f64::from(cases.below(size.1 * 8)) / 8.0;
            let grid = layout.grid;
            let last = layout.cell_rect(classes.len() - 1, classes.len() - 1);
            let within =
                |at: f64, start: i32, end: i32| at >= f64::from(start) && at < f64::from(end);
            match layout.hit_test(x, y) {
                Some((row, column)) => {
                    hits += 1;
                    // A gap belongs to the cell before it: up to where the next one begins.
                    let (cell, next) = (
                        layout.cell_rect(row, column),
                        layout.cell_rect(row + 1, column + 1),
                    );
                    assert!(row < classes.len() && column < classes.len());
                    assert!(within(x, cell.x, next.x), "{x} {cell:?} {next:?}");
                    assert!(within(y, cell.y, next.y), "{y} {cell:?} {next:?}");
                }
                None => {
                    misses += 1;
                    let inside = within(x, grid.x, last.x + last.width)
                        && within(y, grid.y, last.y + last.height);
                    assert!(!inside, "({x}, {y}) in {grid:?}");
                }
            }
        }
    }
    assert!(
        hits > 5_000 && misses > 5_000,
        "{hits} hits, {misses} misses"
    );
}

#[test]
fn a_picture_as_tall_as_it_has_to_be_has_the_same_cells() {
    let mut cases = Cases(11);
    for _ in 0..300 {
        let classes = hostile(1 + cases.below(60) as usize);
        let (width, most) = (200 + cases.below(1_000), 300 + cases.below(700));
        let height = MatrixLayout::height(width, most, &classes);
        assert!(height <= most);
        let Some(tall) = MatrixLayout::new((width, most), &classes) else {
            assert_eq!(height, most);
            continue;
        };
        let fitting = MatrixLayout::new((width, height), &classes).unwrap();
        let (before, after) = (tall.cell_rect(0, 0), fitting.cell_rect(0, 0));
        assert!(
            after.width >= before.width && after.height >= before.height,
            "{width} {most} {height}: {before:?} {after:?}"
        );
        let bottom = fitting.grid.y + fitting.grid.height;
        assert!(bottom <= height as i32);
    }
}

#[test]
fn pointing_finds_the_cell_that_was_drawn() {
    for count in [1, 2, 3, 7, 10, 50, 51, 333] {
        let classes: Vec<String> = (0..count).map(|index| format!("{index}")).collect();
        for size in [(640, 400), (333, 777), (1280, 900), (97, 81)] {
            for row in (0..count).step_by(1 + count / 12) {
                for column in 0..count {
                    let Some(cell) = confusion_matrix::cell_rect(size, &classes, row, column)
                    else {
                        continue;
                    };
                    assert!(
                        cell.x >= 0 && cell.x + cell.width <= size.0 as i32,
                        "{size:?} {count} {cell:?}"
                    );
                    assert!(
                        cell.y >= 0 && cell.y + cell.height <= size.1 as i32,
                        "{size:?} {count} {cell:?}"
                    );
                    for x in [cell.x, cell.x + cell.width - 1] {
                        for y in [cell.y, cell.y + cell.height - 1] {
                            if cell.width < 1 || cell.height < 1 {
                                continue;
                            }
                            let at = (f64::from(x) + 0.5, f64::from(y) + 0.99);
                            let hit = confusion_matrix::hit_test(size, &classes, at.0, at.1);
                            assert_eq!(
                                hit,
                                Some((row, column)),
                                "{size:?} {count} {cell:?} {at:?}"
                            );
                        }
                    }
                }
            }
            for (x, y) in [(-1.0, -1.0), (f64::NAN, 5.0), (1e9, 1e9), (0.0, 0.0)] {
                assert_eq!(confusion_matrix::hit_test(size, &classes, x, y), None);
            }
        }
        assert_eq!(
            confusion_matrix::cell_rect((640, 400), &classes, count, 0),
            None
        );
    }
}

//! What tests of pictures share.

use std::{env, fs, path::Path};

use greenlight_charts::{Svg, Theme};
use plotters::prelude::DrawingBackend;

/// What `draw` draws, on the theme's surface.
pub fn svg(size: (u32, u32), theme: &Theme, draw: impl FnOnce(&mut Svg)) -> String {
    let mut svg = Svg::new(size, "A <picture>");
    let corner = (size.0 as i32, size.1 as i32);
    svg.draw_rect((0, 0), corner, &theme.surface, true).unwrap();
    draw(&mut svg);
    svg.finish()
}

/// Fails where a picture is not its snapshot.
pub fn compare(name: &str, picture: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/snapshots")
        .join(format!("{name}.svg"));
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, picture).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == picture,
        "{name} looks different: UPDATE_SNAPSHOTS=1 writes {}",
        path.display()
    );
}

#[allow(dead_code, reason = "only pictures of matrices take it")]
/// Mostly right, with some classes more often confused than others; the same numbers every time.
pub fn plausible(classes: usize) -> Vec<u64> {
    let mut counts = Vec::new();
    for row in 0..classes {
        for column in 0..classes {
            let noise = (row * 7919 + column * 104_729 + row * column * 31) % 97;
            counts.push(match row.abs_diff(column) {
                0 => 180 + noise as u64 * 2 - (row % 5) as u64 * 30,
                1 => noise as u64,
                _ if noise > 85 => noise as u64 / 6,
                _ => 0,
            });
        }
    }
    counts
}

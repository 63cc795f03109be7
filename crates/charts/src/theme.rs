//! The colours of every picture.

use plotters::style::RGBColor;

/// Contrast that text needs against what it stands on (WCAG AA).
const READABLE: f64 = 4.5;

/// The design tokens that pictures use, as colours.
///
/// Meaning has one colour everywhere, told apart by colour-blind readers too, and is never carried by colour alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// What the picture lies on.
    pub surface: RGBColor,
    /// Text, dots and outlines that matter.
    pub ink: RGBColor,
    /// Axis titles and whatever steps back.
    pub muted: RGBColor,
    /// Axes and grids.
    pub hairline: RGBColor,
    /// The current data; the positive class.
    pub accent: RGBColor,
    /// The reference data.
    pub reference: RGBColor,
    /// The negative class.
    pub negative: RGBColor,
    /// A criterion that passes.
    pub pass: RGBColor,
    /// A criterion that fails.
    pub fail: RGBColor,
    /// A criterion that passes, but whose interval crosses the limit.
    pub at_risk: RGBColor,
    /// A criterion that could not be judged.
    pub no_evidence: RGBColor,
    ramp: [RGBColor; 9],
}

const fn hex(rgb: u32) -> RGBColor {
    RGBColor((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

const LIGHT_RAMP: [RGBColor; 9] = [
    hex(0xf1f5f8),
    hex(0xc6dff4),
    hex(0x9fc8eb),
    hex(0x7db1df),
    hex(0x5f99cf),
    hex(0x4581bb),
    hex(0x3069a5),
    hex(0x20528c),
    hex(0x133d70),
];

const DARK_RAMP: [RGBColor; 9] = [
    hex(0x222831),
    hex(0x263b55),
    hex(0x2a5077),
    hex(0x306596),
    hex(0x397cb2),
    hex(0x4993cb),
    hex(0x60abdf),
    hex(0x7ec3f0),
    hex(0xa2d9fc),
];

impl Theme {
    /// Dark on light.
    #[must_use]
    pub const fn light() -> Self {
        Self {
            surface: hex(0xffffff),
            ink: hex(0x1b222a),
            muted: hex(0x5a6672),
            hairline: hex(0xd9dfe5),
            accent: hex(0x1d66a7),
            reference: hex(0x87919c),
            negative: hex(0x55636f),
            pass: hex(0x17754e),
            fail: hex(0xb54e21),
            at_risk: hex(0x8a5700),
            no_evidence: hex(0x5a6672),
            ramp: LIGHT_RAMP,
        }
    }

    /// Light on dark.
    #[must_use]
    pub const fn dark() -> Self {
        Self {
            surface: hex(0x14191f),
            ink: hex(0xe6ebf0),
            muted: hex(0x9aa7b4),
            hairline: hex(0x323b45),
            accent: hex(0x6db3fa),
            reference: hex(0x7d8894),
            negative: hex(0x9fadba),
            pass: hex(0x5eb388),
            fail: hex(0xf98c61),
            at_risk: hex(0xdaa24f),
            no_evidence: hex(0x9aa7b4),
            ramp: DARK_RAMP,
        }
    }

    /// The colour of a share on the heat map: one hue, its lightness in even steps for the eye.
    ///
    /// Shares outside \[0, 1\] take the nearest end, and one that does not exist takes the colour of 0.
    #[must_use]
    pub fn ramp(&self, share: f64) -> RGBColor {
        let position = if share.is_nan() {
            0.0
        } else {
            share.clamp(0.0, 1.0)
        };
        let scaled = position * (self.ramp.len() - 1) as f64;
        let below = (scaled as usize).min(self.ramp.len() - 2);
        mix(
            self.ramp[below],
            self.ramp[below + 1],
            scaled - below as f64,
        )
    }

    /// The text colour to read on a background: the ink where it can be read, else white or black.
    ///
    /// One of these three reaches a contrast of 4.5 : 1 on every colour there is.
    #[must_use]
    pub fn text_on(&self, background: RGBColor) -> RGBColor {
        let candidates = [self.ink, hex(0xffffff), hex(0x000000)];
        candidates
            .into_iter()
            .find(|&colour| contrast(colour, background) >= READABLE)
            .unwrap_or(self.ink)
    }
}

/// A colour on the straight line between two others.
pub(crate) fn mix(from: RGBColor, to: RGBColor, part: f64) -> RGBColor {
    let channel = |from: u8, to: u8| {
        (f64::from(from) + (f64::from(to) - f64::from(from)) * part.clamp(0.0, 1.0)).round() as u8
    };
    RGBColor(
        channel(from.0, to.0),
        channel(from.1, to.1),
        channel(from.2, to.2),
    )
}

/// The contrast of two colours as WCAG defines it, from 1 to 21.
fn contrast(one: RGBColor, other: RGBColor) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the last bit of a contrast decides nothing"
)]
fn luminance(colour: RGBColor) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable_on_the_whole_ramp() {
        for theme in [Theme::light(), Theme::dark()] {
            for step in 0..=1000 {
                let background = theme.ramp(f64::from(step) / 1000.0);
                assert!(contrast(theme.text_on(background), background) >= READABLE);
            }
            assert!(contrast(theme.muted, theme.ramp(0.0)) >= READABLE);
        }
    }

    #[test]
    fn what_carries_meaning_is_readable_on_the_surface() {
        for theme in [Theme::light(), Theme::dark()] {
            for colour in [
                theme.ink,
                theme.muted,
                theme.accent,
                theme.negative,
                theme.pass,
                theme.fail,
                theme.at_risk,
                theme.no_evidence,
            ] {
                assert!(contrast(colour, theme.surface) >= READABLE, "{colour:?}");
            }
            assert!(contrast(theme.reference, theme.surface) >= 3.0);
        }
    }

    #[test]
    fn the_ramp_moves_one_way_and_takes_any_number() {
        for (theme, darker) in [(Theme::light(), true), (Theme::dark(), false)] {
            let lightness: Vec<f64> = (0..=200)
                .map(|step| luminance(theme.ramp(f64::from(step) / 200.0)))
                .collect();
            assert!(
                lightness
                    .windows(2)
                    .all(|pair| (pair[1] < pair[0]) == darker || pair[0] == pair[1])
            );
            assert_eq!(theme.ramp(f64::NAN), theme.ramp(0.0));
            assert_eq!(theme.ramp(f64::INFINITY), theme.ramp(1.0));
            assert_eq!(theme.ramp(-3.0), theme.ramp(0.0));
        }
    }
}

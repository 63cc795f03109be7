//! How what happens is spoken of, and how much of it.

use greenlight_format::{self as format, Told};

use crate::profile::Profile;
use crate::words::Positive;

/// What a score promises.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum OutcomeWords {
    /// That the top class is right.
    Right,
    /// That the row is of a class with a telling name.
    Named(String),
    /// That the row is positive.
    Unnamed,
}

impl OutcomeWords {
    pub fn of(profile: &Profile) -> Self {
        match Positive::of(profile).noun {
            _ if profile.classes.len() > 2 => Self::Right,
            Some(noun) => Self::Named(noun),
            None => Self::Unnamed,
        }
    }

    /// "the model says 80 %, it is right 64 % of the time", which follows on a "when".
    pub fn promise(&self, mean: f64, share: f64, told: Told) -> String {
        let (said, happens) = percents(mean, share, decimals_for(mean, share), told);
        match self {
            Self::Right => {
                format!("its top class has {said}, the model is right {happens} of the time")
            }
            Self::Named(noun) => {
                format!("the model says {said} {noun}, it is {noun} {happens} of the time")
            }
            Self::Unnamed if mean < 0.5 => {
                format!("the model says {said}, it happens {happens} of the time")
            }
            Self::Unnamed => {
                format!("the model says {said}, it is right {happens} of the time")
            }
        }
    }

    pub fn adjective(&self) -> &str {
        match self {
            Self::Right => "right",
            Self::Named(noun) => noun,
            Self::Unnamed => "positive",
        }
    }
}

/// Whole percents, unless rounding would make the gap between them another one: 1.4 and 1.7 are no 1 and 2.
fn decimals_for(one: f64, other: f64) -> usize {
    const NOTICED: f64 = 0.35;
    let misstates = |decimals: &usize| {
        let scale = 100.0 * 10_f64.powi(*decimals as i32);
        let rounded = ((one * scale).round() - (other * scale).round()) / scale;
        let gap = one - other;
        (rounded - gap).abs() > NOTICED * gap.abs()
    };
    (0..3).find(|decimals| !misstates(decimals)).unwrap_or(3)
}

pub(super) fn rows(count: u64) -> String {
    match count {
        1 => "1 row".to_owned(),
        more => format!("{} rows", format::count(more)),
    }
}

pub(super) fn range(low: f64, high: f64) -> String {
    // An edge that is round reads as it is, any other to three figures.
    let edge = |edge: f64| {
        let (exact, short) = (format::percent_exact(edge), format::percent(edge));
        match exact.len() < short.len() {
            true => exact,
            false => short,
        }
    };
    format!("{} to {}", edge(low), edge(high))
}

/// Two shares as percents, with as many more decimals as tell them apart.
pub(super) fn percents(one: f64, other: f64, decimals: usize, told: Told) -> (String, String) {
    let to = |decimals| {
        (
            told.mark(format::percent_to(one, decimals)),
            format::percent_to(other, decimals),
        )
    };
    (decimals..4)
        .map(to)
        .find(|(one, other)| one != other)
        .unwrap_or_else(|| to(decimals))
}

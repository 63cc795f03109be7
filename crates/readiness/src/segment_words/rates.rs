//! How differently groups are treated, in words.

use greenlight_format as format;
use greenlight_metrics::Undefined;
use greenlight_metrics::fairness::{FOUR_FIFTHS, Spread};

use super::{counted, points};
use crate::examination::{Fairness, SegmentColumn};

/// How differently groups are treated.
#[derive(Clone, Debug, PartialEq)]
pub struct FairnessWords {
    /// The one sentence to read.
    pub finding: String,
    /// What the four-fifths rule says of it, what chance does, and which values are left out.
    pub remarks: Vec<String>,
    /// How far each rate lies apart between the extreme groups.
    pub spreads: Vec<RateSpread>,
}

/// The extremes of one rate.
#[derive(Clone, Debug, PartialEq)]
pub struct RateSpread {
    /// The name of the rate: `selection_rate`, `true_positive_rate` or `false_positive_rate`.
    pub name: &'static str,
    /// The group with the lowest rate, and the one with the highest.
    pub groups: (String, String),
    /// How far they lie apart; why that cannot be said.
    pub spread: Result<Spread, Undefined>,
}

impl FairnessWords {
    /// The names of the rates, in order.
    pub const RATES: [&str; 3] = [
        "selection_rate",
        "true_positive_rate",
        "false_positive_rate",
    ];

    /// The words for the values of `column`, where being predicted `favourable` is what one would wish for.
    pub fn of(fairness: &Fairness<'_>, column: &SegmentColumn, favourable: &str) -> Self {
        let groups = &fairness.groups;
        let name = |index: usize| groups.get(index).map_or("", |group| group.value).to_owned();
        let disparity = &fairness.disparity;
        let spreads = Self::RATES.into_iter().zip([
            disparity.selection,
            disparity.true_positive,
            disparity.false_positive,
        ]);
        let spreads = spreads.map(|(rate, spread)| RateSpread {
            name: rate,
            groups: spread.map_or_else(
                |_| (String::new(), String::new()),
                |spread| (name(spread.lowest), name(spread.highest)),
            ),
            spread,
        });
        let spreads: Vec<RateSpread> = spreads.collect();
        let selection = spreads.first();
        let mut remarks = Vec::new();
        let finding = match selection.map(|selection| (selection, selection.spread)) {
            _ if groups.len() < 2 => format!(
                "Only one value of {} has 30 rows: there is nothing to compare it with",
                column.column
            ),
            Some((selection, Ok(spread))) => {
                remarks.extend(judged(&spread, groups.len()));
                compared(selection, &spread, fairness, favourable)
            }
            _ => "No group can be compared".to_owned(),
        };
        remarks.extend(left_out(fairness, column));
        Self {
            finding,
            remarks,
            spreads,
        }
    }
}

/// The two groups that are furthest apart.
fn compared(
    selection: &RateSpread,
    spread: &Spread,
    fairness: &Fairness<'_>,
    favourable: &str,
) -> String {
    let (lowest, highest) = &selection.groups;
    let rate = |index: usize| {
        let group = fairness.groups.get(index);
        let rate = group.and_then(|group| group.rates.selection_rate.ok());
        rate.map_or_else(format::undefined, |rate| format::percent(rate.value))
    };
    match spread.ratio {
        Err(_) => format!("No group is ever predicted “{favourable}”"),
        Ok(_) if spread.difference == 0.0 => format!(
            "All groups are predicted “{favourable}” equally often: {} of their rows",
            rate(spread.lowest)
        ),
        Ok(ratio) => format!(
            "“{lowest}” is predicted “{favourable}” {} times as often as “{highest}”: {} of its rows, against {}",
            format::significant(ratio, 2),
            rate(spread.lowest),
            rate(spread.highest),
        ),
    }
}

/// What the rule of thumb says, and what chance does.
fn judged(spread: &Spread, groups: usize) -> Vec<String> {
    let Ok(ratio) = spread.ratio else {
        return Vec::new();
    };
    let rule = match ratio >= FOUR_FIFTHS {
        true => "That is within the four-fifths rule of thumb",
        false => "That is outside the four-fifths rule of thumb",
    };
    let rule = format!(
        "{rule}, which wants every group selected at least {} as often as the one selected most.",
        format::percent_to(FOUR_FIFTHS, 0)
    );
    let interval = &spread.difference_interval;
    let is_chance = interval.low <= 0.0;
    let chance = match is_chance {
        true => format!(
            "Chance alone could give a difference of {}",
            points(spread.difference)
        ),
        false => format!(
            "The difference is {} (95 % interval {} to {})",
            points(spread.difference),
            points(interval.low),
            points(interval.high)
        ),
    };
    let most = match groups {
        0..=2 => String::new(),
        more => format!(
            "; these are the two furthest apart of {more} groups, which by itself widens it"
        ),
    };
    vec![rule, format!("{chance}{most}.")]
}

fn left_out(fairness: &Fairness<'_>, column: &SegmentColumn) -> Option<String> {
    let mut parts = Vec::new();
    if fairness.too_small > 0 {
        let values = counted(fairness.too_small, "value", "values");
        parts.push(format!("{values} with fewer than 30 rows"));
    }
    if column.folded > 0 {
        parts.push(counted(column.folded, "rarer value", "rarer values"));
    }
    if column.missing > 0 {
        parts.push(counted(
            column.missing,
            "row without a value",
            "rows without a value",
        ));
    }
    (!parts.is_empty()).then(|| format!("Left out: {}.", parts.join(", ")))
}

//! What predictions cost, in plain words.

use greenlight_format as format;

use super::lacking;
use crate::absent::Absent;
use crate::profile::Profile;
use crate::statistics::CostSummary;

/// What predictions cost, in the unit of the cost column.
#[derive(Clone, Debug, PartialEq)]
pub struct CostWords {
    /// The one sentence to read.
    pub finding: String,
    /// The numbers.
    pub rows: Vec<CostRow>,
}

/// A cost.
#[derive(Clone, Debug, PartialEq)]
pub struct CostRow {
    /// A name for handles: `per_prediction`.
    pub name: &'static str,
    /// What it is of.
    pub title: &'static str,
    /// Of the rows that are judged, or why there is none.
    pub current: Result<f64, Absent>,
    /// Of the reference.
    pub reference: Option<Result<f64, Absent>>,
}

impl CostWords {
    /// Of the rows that are judged.
    ///
    /// # Errors
    /// What is lacking, and what to do, in a sentence.
    pub fn of(profile: &Profile) -> Result<Self, String> {
        let advice = "Say which column holds the cost of each call: money, tokens or energy.";
        let cost = profile.current().cost.as_ref();
        let cost = cost.map_err(|why| lacking(why, advice))?;
        let told = profile.told;
        let shown = |value: f64| told.mark(format::significant(value, 3));
        let column = profile.roles.cost.as_deref().unwrap_or_default();
        let right = match &cost.per_correct {
            Ok(right) => format!(", and a right one {}", shown(*right)),
            Err(_) => String::new(),
        };
        let reference = profile.reference();
        let reference = reference.and_then(|rows| rows.cost.as_ref().ok());
        let row = |name, title, of: fn(&CostSummary) -> Result<f64, Absent>| CostRow {
            name,
            title,
            current: of(cost),
            reference: reference.map(of),
        };
        Ok(Self {
            finding: format!(
                "A prediction costs {} on average, in the unit of “{column}”{right}",
                shown(cost.per_prediction)
            ),
            rows: vec![
                row("per_prediction", "A prediction", |cost| {
                    Ok(cost.per_prediction)
                }),
                row("per_thousand", "A thousand predictions", |cost| {
                    Ok(cost.per_prediction * 1_000.0)
                }),
                row("per_correct", "A right answer", |cost| {
                    cost.per_correct.clone()
                }),
                row("total", "All rows", |cost| Ok(cost.total)),
            ],
        })
    }
}

//! What a file shows of the checklist, and what it says of an item without showing it.
//!
//! A file is one look, so it never shows that something runs by itself. What falls short of an item is said all the same,
//! with what is missing, and counts nothing.

mod groups;
mod numbers;
mod splits;

use crate::pitfalls::Pitfall;
use crate::profile::Profile;

/// What the data says of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The item's name.
    pub item: &'static str,
    /// Whether it shows the item, which then counts as done by hand.
    pub is_shown: bool,
    /// What was measured, with what that leaves open, in sentences.
    pub evidence: String,
}

impl Measured {
    /// The item holds, as far as the file goes.
    fn shows(item: &'static str, evidence: String) -> Self {
        let is_shown = true;
        Self {
            item,
            is_shown,
            evidence,
        }
    }

    /// Something about the item that does not amount to it.
    fn mentions(item: &'static str, evidence: String) -> Self {
        let is_shown = false;
        Self {
            item,
            is_shown,
            evidence,
        }
    }
}

/// All that the data says of the items. What needs an [`Examination`](crate::Examination) is not said before it is done;
/// `pitfalls` are those of the profile.
///
/// ```
/// use greenlight_readiness::{Choices, Profile, SourceReader, checklist::measured};
///
/// let csv = format!("label,score\n{}", "1,0.9\n0,0.2\n".repeat(50));
/// let mut reader = SourceReader::new("scores.csv");
/// reader.feed(csv.as_bytes())?;
/// let profile = Profile::of(&reader.finish_alone()?, &Choices::default())?;
/// let found = measured(&profile, &[]);
/// let shown: Vec<&str> = found.iter().filter(|one| one.is_shown).map(|one| one.item).collect();
/// assert_eq!(shown, ["numerically_stable"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn measured(profile: &Profile, pitfalls: &[Pitfall]) -> Vec<Measured> {
    let found = [
        splits::simpler_not_better(profile),
        groups::slices(profile, pitfalls),
        groups::inclusion(profile),
        splits::validated_before_serving(profile, pitfalls),
        numbers::data_invariants(profile),
        numbers::numerically_stable(profile),
        numbers::computing_performance(profile),
        splits::served_quality(profile),
    ];
    found.into_iter().flatten().collect()
}

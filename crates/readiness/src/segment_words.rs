//! Where the model is weak, and whether it treats groups alike, in plain words and in the rows of tables.

mod rates;
mod tree;
mod values;
mod weak;

use greenlight_format as format;

use crate::absent::Absent;
use crate::examination::ErrorFindings;
use crate::profile::Profile;

pub use rates::{FairnessWords, RateSpread};
pub use tree::{TreeNode, TreeWords};
pub use values::{Measure, Standing, ValueRow, ValuesWords};
pub use weak::{WeakGroup, WeakWords};

/// How far the search for weak groups has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GroupSearch<'p> {
    /// It is done.
    Found(&'p ErrorFindings),
    /// The second look is yet to bring it, for the threshold in force.
    Looking,
}

/// Why there are no groups to look at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{finding}. {advice}")]
pub struct NoGroups {
    /// What is lacking.
    pub finding: String,
    /// What to do.
    pub advice: String,
}

impl<'p> GroupSearch<'p> {
    /// What is known of the groups of a profile.
    ///
    /// # Errors
    /// Where no answer can be judged, or no column is a segment or a feature.
    ///
    /// ```
    /// # use greenlight_readiness::{Choices, Profile, SourceReader, segment_words::GroupSearch};
    /// let mut reader = SourceReader::new("tiny.csv");
    /// reader.feed(b"label,prediction\n1,1\n0,0\n1,0\n")?;
    /// let profile = Profile::of(&reader.finish_alone()?, &Choices::default())?;
    /// let none = GroupSearch::of(&profile).unwrap_err();
    /// assert_eq!(none.finding, "There is no column to look at groups by");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(profile: &'p Profile) -> Result<Self, NoGroups> {
        let no_groups = |finding, advice: &str| NoGroups {
            finding,
            advice: advice.to_owned(),
        };
        if let Err(why) = &profile.current().confusion {
            let advice = match why {
                Absent::NoPositiveClass => {
                    "Say which class is positive: it decides which answers are right."
                }
                _ => {
                    "Groups are compared by how often their answers are right: each row needs its true class and an answer."
                }
            };
            return Err(no_groups(
                format!("The answers of groups cannot be judged: {why}"),
                advice,
            ));
        }
        let roles = &profile.roles;
        if roles.segments.is_empty() && roles.features.is_empty() {
            return Err(no_groups(
                "There is no column to look at groups by".to_owned(),
                "Add columns that say what a row is about, such as region, plan or device, or say which columns are segments \
                 or features.",
            ));
        }
        let examination = profile.examination.as_ref();
        let errors = examination.and_then(|examination| examination.errors.as_ref());
        Ok(errors.map_or(Self::Looking, Self::Found))
    }
}

/// So many things, in words.
fn counted(number: u64, one: &str, several: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        more => format!("{} {several}", format::count(more)),
    }
}

/// A difference of shares without its sign.
fn points(difference: f64) -> String {
    let signed = format::difference(difference.abs());
    signed.trim_start_matches('+').to_owned()
}

#[cfg(test)]
mod tests;

//! Whether the reference is what the model learnt from.

use greenlight_data::SplitKind;

use crate::profile::Profile;
use crate::statistics::Statistics;

/// The reference as training data.
pub(super) struct Training<'p> {
    /// Its name.
    pub name: &'p str,
    /// The name of the rows that are judged.
    pub current: &'p str,
    /// Whether its name says training data; else it is a reference of which nobody has said what it is.
    pub is_certain: bool,
    /// Its rows.
    pub rows: &'p Statistics,
}

impl<'p> Training<'p> {
    /// `None` where there is no reference, or its name says that the model has not learnt from it.
    pub fn of(profile: &'p Profile) -> Option<Self> {
        let name = profile.settings.reference.as_deref()?;
        let is_certain = match SplitKind::of(name) {
            Some(SplitKind::Train) => true,
            Some(SplitKind::Reference) | None => false,
            Some(_) => return None,
        };
        Some(Self {
            name,
            current: profile.settings.current.as_deref()?,
            is_certain,
            rows: profile.reference()?,
        })
    }
}

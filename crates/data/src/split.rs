//! What the parts of a data set are called, and which two are compared by default.

/// What a split is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SplitKind {
    /// What everything is compared with.
    Reference,
    /// What the model learnt from.
    Train,
    /// What its settings were chosen on.
    Validation,
    /// What it was tested on.
    Test,
    /// What it met in use.
    Production,
    /// What is happening now.
    Current,
}

impl SplitKind {
    /// The kind that a name stands for: `training`, `dev`, `hold-out`, `prod` …, whatever its case.
    ///
    /// ```
    /// # use greenlight_data::SplitKind;
    /// assert_eq!(SplitKind::of("Hold-out"), Some(SplitKind::Test));
    /// assert_eq!(SplitKind::of("north"), None);
    /// ```
    pub fn of(name: &str) -> Option<Self> {
        let name: String = name
            .chars()
            .filter(|c| c.is_ascii_alphanumeric())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        Some(match name.as_str() {
            "reference" | "ref" | "baseline" => Self::Reference,
            "train" | "training" | "trn" | "trainset" | "trainingset" => Self::Train,
            "val" | "valid" | "validation" | "dev" | "development" | "eval" | "validationset" => {
                Self::Validation
            }
            "test" | "testing" | "tst" | "holdout" | "heldout" | "oot" | "outoftime"
            | "testset" => Self::Test,
            "production" | "prod" | "live" | "serving" => Self::Production,
            "current" | "cur" | "now" | "recent" => Self::Current,
            _ => return None,
        })
    }
}

/// The splits compared by default, as positions among the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SplitDefaults {
    /// The one to compare with: the first of reference, train, validation, test.
    pub reference: Option<usize>,
    /// The one to judge: the first of production, current, test, validation.
    pub current: Option<usize>,
}

/// Which split is the reference and which the current one, by their names; never the same one.
///
/// Where a single split could be either, it is the current one: there is something to judge, but nothing to compare.
///
/// ```
/// # use greenlight_data::default_splits;
/// let names = ["Test", "training"].map(String::from);
/// let splits = default_splits(&names);
/// assert_eq!((splits.reference, splits.current), (Some(1), Some(0)));
/// ```
pub fn default_splits(names: &[String]) -> SplitDefaults {
    use SplitKind::{Current, Production, Reference, Test, Train, Validation};
    let kinds: Vec<Option<SplitKind>> = names.iter().map(|name| SplitKind::of(name)).collect();
    let first_of = |wanted: [SplitKind; 4], except: Option<usize>| {
        let position = |kind| {
            (0..kinds.len()).find(|&i| Some(i) != except && kinds.get(i) == Some(&Some(kind)))
        };
        wanted.into_iter().find_map(position)
    };
    let current = first_of([Production, Current, Test, Validation], None);
    SplitDefaults {
        reference: first_of([Reference, Train, Validation, Test], current),
        current,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults() {
        for (names, reference, current) in [
            ("train validation test production", "train", "production"),
            ("test train", "train", "test"),
            ("validation test", "validation", "test"),
            ("TRAIN val", "TRAIN", "val"),
            ("test prod", "test", "prod"),
            ("current baseline", "baseline", "current"),
            ("dev val", "val", "dev"),
            ("test", "", "test"),
            ("train", "train", ""),
            ("north south", "", ""),
            ("", "", ""),
        ] {
            let names: Vec<String> = names.split(' ').map(str::to_owned).collect();
            let splits = default_splits(&names);
            let name =
                |position: Option<usize>| position.map_or("", |position| names[position].as_str());
            assert_eq!(
                (name(splits.reference), name(splits.current)),
                (reference, current),
                "{names:?}"
            );
        }
    }
}

//! The classes of a file, and each cell of a label or prediction column as one of them.

use greenlight_data::{
    Categories, Column, MOST_NUMERIC_CLASSES, Values, boolean_of, canonical_number, guess_positive,
    sort_classes,
};
use serde::{Deserialize, Serialize};

/// The list of classes that every evaluation of a file shares.
///
/// Numbers stand in order of value, words by code point. With two classes the positive one is
/// last, so that a confusion matrix reads `[[tn, fp], [fn, tp]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classes {
    names: Vec<String>,
    /// Index of the positive class; `None` for more than two classes, and where it cannot be told.
    positive: Option<usize>,
}

impl Classes {
    /// Orders `names` and settles the positive class: the `chosen` one, else the one that its
    /// name gives away.
    ///
    /// ```
    /// use greenlight_readiness::Classes;
    ///
    /// let classes = Classes::new(vec!["spam".into(), "ham".into()], None);
    /// assert_eq!(classes.names(), ["ham", "spam"]);
    /// assert_eq!(classes.positive(), Some(1));
    /// let classes = Classes::new(vec!["spam".into(), "ham".into()], Some("ham"));
    /// assert_eq!(classes.names(), ["spam", "ham"]);
    /// ```
    pub fn new(mut names: Vec<String>, chosen: Option<&str>) -> Self {
        sort_classes(&mut names);
        names.dedup();
        let mut positive = None;
        if names.len() == 2 {
            positive = chosen
                .and_then(|chosen| names.iter().position(|name| name == chosen))
                .or_else(|| guess_positive(&names));
            if positive == Some(0) {
                names.reverse();
                positive = Some(1);
            }
        }
        Self { names, positive }
    }

    /// The names, in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many classes there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no class at all, as where no column has a label or prediction.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Index of the positive class, where there is one.
    pub fn positive(&self) -> Option<usize> {
        self.positive
    }

    /// Name of the positive class, where there is one.
    pub fn positive_name(&self) -> Option<&str> {
        self.names.get(self.positive?).map(String::as_str)
    }
}

/// More distinct values than a column of classes can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyValues {
    /// Whether they are numbers, which speaks for a regression.
    pub numeric: bool,
    /// The most that were accepted.
    pub limit: usize,
}

/// Words with more distinct values than this are no classes.
pub const MOST_CLASSES: usize = 1_000;

/// The distinct values of a column as class names, of numbers no more than `most_numbers`. One pass over the rows of a number column,
/// none over those of a category column, whose dictionary is at hand.
///
/// # Errors
/// When there are too many of them to be classes.
pub fn distinct_classes(
    column: &Column,
    most_numbers: usize,
) -> Result<Vec<String>, TooManyValues> {
    match &column.values {
        Values::Category(categories) => {
            let names = categories.dictionary();
            if names.len() > MOST_CLASSES {
                return Err(TooManyValues {
                    numeric: false,
                    limit: MOST_CLASSES,
                });
            }
            Ok(names.to_vec())
        }
        Values::Number(values) => {
            let mut distinct: Vec<f64> = Vec::new();
            let mut last = f64::NAN;
            for &value in values {
                if value == last || value.is_nan() {
                    continue;
                }
                last = value;
                if !distinct.contains(&value) {
                    distinct.push(value);
                    if distinct.len() > most_numbers {
                        let limit = most_numbers;
                        return Err(TooManyValues {
                            numeric: true,
                            limit,
                        });
                    }
                }
            }
            Ok(distinct.into_iter().map(canonical_number).collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// What one cell says about the class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClassCell {
    /// The class with this index.
    Class(usize),
    /// Nothing stands there.
    Missing,
    /// Something stands there that is none of the classes.
    Unknown,
}

/// A column read as classes: borrows the cells and holds one small table from value to class.
#[derive(Clone, Debug)]
pub enum ClassColumn<'t> {
    /// Dictionary codes and the class of each code.
    Coded {
        /// The column.
        categories: &'t Categories,
        /// Class index by code.
        class_of: Vec<Option<usize>>,
    },
    /// Numbers, and each distinct value with its class.
    Numbers {
        /// The column.
        column: &'t Column,
        /// The cells.
        values: &'t [f64],
        /// Class index by value.
        class_of: Vec<(f64, usize)>,
    },
}

impl<'t> ClassColumn<'t> {
    /// Reads `column` as members of `names`; `None` where the column holds no classes.
    pub fn new(column: &'t Column, names: &[String]) -> Option<Self> {
        match &column.values {
            Values::Category(categories) => {
                let class_of = categories
                    .dictionary()
                    .iter()
                    .map(|name| class_of(name, names))
                    .collect();
                Some(Self::Coded {
                    categories,
                    class_of,
                })
            }
            Values::Number(values) => {
                let class_of = distinct_classes(column, names.len().max(MOST_NUMERIC_CLASSES))
                    .ok()?
                    .iter()
                    .filter_map(|name| {
                        let class = class_of(name, names)?;
                        Some((name.parse().ok()?, class))
                    })
                    .collect();
                Some(Self::Numbers {
                    column,
                    values,
                    class_of,
                })
            }
            _ => None,
        }
    }

    /// The class in `row`.
    pub fn class(&self, row: usize) -> ClassCell {
        match self {
            Self::Coded {
                categories,
                class_of,
            } => {
                match categories
                    .codes()
                    .get(row)
                    .copied()
                    .unwrap_or(Categories::MISSING)
                {
                    Categories::MISSING => ClassCell::Missing,
                    code => match class_of.get(code as usize).copied().flatten() {
                        Some(class) => ClassCell::Class(class),
                        None => ClassCell::Unknown,
                    },
                }
            }
            Self::Numbers {
                column,
                values,
                class_of,
            } => {
                let value = values.get(row).copied().unwrap_or(f64::NAN);
                match class_of.iter().find(|(known, _)| *known == value) {
                    Some(&(_, class)) => ClassCell::Class(class),
                    None if stray(column, row).is_some() => ClassCell::Unknown,
                    None => ClassCell::Missing,
                }
            }
        }
    }

    /// The text in `row` where it is none of the classes.
    pub fn stray(&self, row: usize) -> Option<&str> {
        match self {
            Self::Coded { .. } => None,
            Self::Numbers { column, .. } => stray(column, row),
        }
    }
}

/// The class that `name` stands for: the one of that name, else the one that says the same in
/// another spelling of yes and no (`True` for `1`).
pub(crate) fn class_of(name: &str, names: &[String]) -> Option<usize> {
    let same = names.iter().position(|known| known == name);
    same.or_else(|| {
        let meaning = boolean_of(name)?;
        names
            .iter()
            .position(|known| boolean_of(known) == Some(meaning))
    })
}

/// The text of a cell in a number column that is neither a number nor missing.
pub(crate) fn stray(column: &Column, row: usize) -> Option<&str> {
    let found = column
        .strays
        .binary_search_by_key(&row, |stray| stray.row)
        .ok()?;
    column.strays.get(found).map(|stray| stray.text.as_str())
}

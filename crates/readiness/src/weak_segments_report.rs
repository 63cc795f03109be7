//! The part of the report on where the answers are wrong.

use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use greenlight_metrics::{BinaryCounts, ErrorCount, Interval, wilson};
use serde::{Deserialize, Serialize};

use crate::examination::{Condition, ErrorLeaf, ErrorTree, Part, Range, WeakSegment, WeakSegments};
use crate::notes::NotesAt;
use crate::profile::Profile;
use crate::words;

/// Where the answers are surely wrong more often than elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct WeakSegmentsReport {
    pub groups: u64,
    pub columns: u64,
    pub paired_columns: u64,
    pub rows: u64,
    pub errors: u64,
    pub segments: Vec<WeakSegmentReport>,
    pub tree: ErrorTreeReport,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct WeakSegmentReport {
    #[serde(rename = "where")]
    pub conditions: Vec<Where>,
    pub rows: u64,
    pub errors: u64,
    pub accuracy: Option<f64>,
    pub interval: Option<Interval>,
    pub gap: f64,
    pub gap_interval: Interval,
    pub share_of_errors: Option<f64>,
    /// There only with two classes and enough cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall: Option<Share>,
    /// As [`recall`](Self::recall).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Share>,
}

/// A share with its 95 % Wilson interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field says what it is")]
pub struct Share {
    pub value: f64,
    pub interval: Interval,
    pub of: u64,
}

/// The tree that sorts rows by how often they are wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct ErrorTreeReport {
    pub grown_on: u64,
    pub rows: u64,
    pub errors: u64,
    pub leaves: Vec<ErrorLeafReport>,
}

/// A leaf of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct ErrorLeafReport {
    #[serde(rename = "where")]
    pub conditions: Vec<Where>,
    pub rows: u64,
    pub errors: u64,
    pub error_rate: Option<f64>,
    pub interval: Option<Interval>,
    pub share_of_errors: Option<f64>,
}

/// What holds for a column; one of the other keys is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct Where {
    pub column: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub except: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<WhereRange>,
    /// So many rare values together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<bool>,
}

/// A range of numbers or times; an end that is open is not there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field says what it is")]
pub struct WhereRange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<End>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<End>,
    /// Whether missing values are in it as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub or_missing: bool,
}

/// The end of a range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum End {
    /// A number.
    Number(f64),
    /// A moment in ISO 8601.
    Time(String),
}

impl WeakSegmentsReport {
    /// What was found; the reasons for what was not go to `at`.
    pub(crate) fn new(profile: &Profile, at: &mut NotesAt<'_>) -> Option<Self> {
        const KEY: &str = "weak_segments";
        let examination = profile.examination.as_ref();
        let errors = examination.and_then(|examination| examination.errors.as_ref());
        let Some(errors) = errors else {
            let roles = &profile.roles;
            let has_columns = !(roles.segments.is_empty() && roles.features.is_empty());
            match (&profile.current().confusion, examination) {
                (Err(reason), _) => at.note(KEY, reason),
                (Ok(_), _) if !has_columns => at.note(KEY, "no column is a segment or a feature"),
                (Ok(_), None) => at.note(KEY, "the rows have not been looked at for it"),
                (Ok(_), Some(_)) => at.note(
                    KEY,
                    "the rows have not been looked at for it with this threshold",
                ),
            }
            return None;
        };
        let WeakSegments {
            groups,
            columns,
            passed_over,
            paired_columns,
            all,
            segments,
        } = &errors.weak;
        let mut at = at.below(KEY);
        if *passed_over > 0 {
            at.note("columns", words::passed_over(*passed_over));
        }
        let mut at_segments = at.below("segments");
        let segments = segments.iter().enumerate().map(|(index, segment)| {
            WeakSegmentReport::new(segment, all, &mut at_segments.below(&index.to_string()))
        });
        Some(Self {
            groups: *groups,
            columns: *columns,
            paired_columns: *paired_columns,
            rows: all.rows,
            errors: all.errors,
            segments: segments.collect(),
            tree: ErrorTreeReport::new(&errors.tree, &mut at.below("tree")),
        })
    }
}

impl WeakSegmentReport {
    fn new(segment: &WeakSegment, all: &ErrorCount, at: &mut NotesAt<'_>) -> Self {
        let count = &segment.count;
        let binary = segment.counts.as_ref();
        let share = |cases: fn(&BinaryCounts) -> (u64, u64)| {
            let (cases, of) = binary.map(cases).filter(|(_, of)| *of >= FEWEST_ROWS)?;
            Some(Share {
                value: cases as f64 / of as f64,
                interval: wilson(cases, of).ok()?,
                of,
            })
        };
        Self {
            conditions: segment.conditions.iter().map(Where::from).collect(),
            rows: count.rows,
            errors: count.errors,
            accuracy: at.value("accuracy", count.accuracy()),
            interval: at.value("interval", wilson(count.right(), count.rows)),
            gap: segment.gap,
            gap_interval: segment.gap_interval,
            share_of_errors: at.value("share_of_errors", share_of_errors(count, all)),
            recall: share(|counts| (counts.tp, counts.actual_positives())),
            precision: share(|counts| (counts.tp, counts.predicted_positives())),
        }
    }
}

impl ErrorTreeReport {
    fn new(tree: &ErrorTree, at: &mut NotesAt<'_>) -> Self {
        let mut at = at.below("leaves");
        let leaf = |(index, leaf): (usize, &ErrorLeaf)| {
            let count = &leaf.count;
            let mut at = at.below(&index.to_string());
            ErrorLeafReport {
                conditions: leaf.conditions().iter().map(Where::from).collect(),
                rows: count.rows,
                errors: count.errors,
                error_rate: at.value("error_rate", count.error_rate()),
                interval: at.value("interval", count.error_interval()),
                share_of_errors: at.value("share_of_errors", share_of_errors(count, &tree.all)),
            }
        };
        Self {
            grown_on: tree.grown_on,
            rows: tree.all.rows,
            errors: tree.all.errors,
            leaves: tree.leaves.iter().enumerate().map(leaf).collect(),
        }
    }
}

fn share_of_errors(count: &ErrorCount, all: &ErrorCount) -> Result<f64, &'static str> {
    match all.errors {
        0 => Err("no answer is wrong"),
        errors => Ok(count.errors as f64 / errors as f64),
    }
}

impl From<&Condition> for Where {
    fn from(condition: &Condition) -> Self {
        let mut place = Self {
            column: condition.column.clone(),
            ..Self::default()
        };
        match &condition.part {
            Part::Value(value) => place.value = Some(value.clone()),
            Part::Except(value) => place.except = Some(value.clone()),
            Part::Range(range) => place.range = Some(WhereRange::from(range)),
            Part::Other(values) => place.other = Some(*values),
            Part::Missing => place.missing = Some(true),
            Part::Present => place.missing = Some(false),
        }
        place
    }
}

impl From<&Range> for WhereRange {
    fn from(range: &Range) -> Self {
        let end = |value: f64| match range.is_time {
            true => End::Time(range.end(value)),
            false => End::Number(value),
        };
        Self {
            at_least: range.at_least.map(end),
            below: range.below.map(end),
            or_missing: range.or_missing,
        }
    }
}

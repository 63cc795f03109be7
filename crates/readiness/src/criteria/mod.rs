//! Each criterion of a policy, measured: value, interval, outcome and a sentence.

mod evidence;
mod measure;
mod shown;

use greenlight_format as format;
use greenlight_metrics::worst_of_k::FEWEST_ROWS;
use serde::{Deserialize, Serialize};

use crate::latency_words;
use crate::policy::{
    Criterion, EvidenceView, Group, Metric, Operator, Policy, Scope, Severity, Unit,
};
use crate::profile::Profile;
use crate::statistics::Statistics;
use crate::words;
pub(crate) use evidence::{Evidence, difference};
use evidence::{MOST_ROWS, is_settled, rounded_up};
pub(crate) use measure::{Ends, Measured, Measurement, fall};
pub use shown::{
    shown_axis, shown_beside_limit, shown_interval, shown_limit, shown_on_axis, shown_value,
};

/// How a criterion came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Value and interval lie on the good side of the limit.
    Pass,
    /// The value lies on the wrong side.
    Fail,
    /// The value passes, but its 95 % interval crosses the limit.
    AtRisk,
    /// The data lacks the role or the rows.
    NoEvidence,
}

/// A criterion of the policy with what the data says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CriterionResult {
    /// The criterion's name.
    pub name: String,
    /// What it is about.
    pub group: Group,
    /// The number it asks for.
    pub metric: Metric,
    /// The rows it looks at: the name of a split, or `overall`.
    pub scope: String,
    /// How the value must stand to the limit.
    pub operator: Operator,
    /// The limit; milliseconds for a latency.
    pub limit: f64,
    /// What follows when it fails.
    pub severity: Severity,
    /// The number; milliseconds for a latency.
    pub value: Option<f64>,
    /// Its 95 % interval, where the metric has one; an end that too few rows leave open is `null`.
    pub interval: Option<(Option<f64>, Option<f64>)>,
    /// Rows behind the number.
    pub rows: u64,
    /// So many have to be, for it to be judged.
    pub minimum_rows: u64,
    /// About so many more rows would settle what is open, if the value stays what it is; nothing where nothing is open
    /// or no number would.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows_needed: Option<u64>,
    /// How it came out.
    pub outcome: Outcome,
    /// The outcome in plain words.
    pub reason: String,
    /// Why the limit is what it is, where the policy says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Where the page shows the evidence.
    pub view: EvidenceView,
}

impl CriterionResult {
    /// Measures a criterion of `policy` on the rows of `profile` that it asks for.
    pub fn new(criterion: &Criterion, policy: &Policy, profile: &Profile) -> Self {
        let (scope, rows) = rows_of(&criterion.scope, profile);
        let mut result = Self {
            name: criterion.name.clone(),
            group: criterion.metric.group(),
            metric: criterion.metric,
            scope,
            operator: criterion.operator,
            limit: criterion.limit,
            severity: criterion.severity,
            value: None,
            interval: None,
            rows: 0,
            minimum_rows: criterion.minimum_rows.unwrap_or(policy.minimum_rows),
            rows_needed: None,
            outcome: Outcome::NoEvidence,
            reason: String::new(),
            why: criterion.why.clone(),
            view: match criterion.scope {
                Scope::Segment { .. } => EvidenceView::Segments,
                Scope::Model(_) => EvidenceView::Stability,
                _ => criterion.metric.view(),
            },
        };
        let measured = rows.and_then(|rows| {
            let limit = criterion.limit;
            let measured = Measured {
                profile,
                rows,
                limit,
                fewest: result.minimum_rows.max(FEWEST_ROWS),
                minimum_rows: result.minimum_rows,
                drift: policy.drift,
            };
            measured.measure(criterion.metric)
        });
        match measured {
            Ok(measurement) => result.judge(measurement, criterion, profile),
            Err(why) => result.reason = words::not_judged(&[criterion.metric], &why),
        }
        result
    }

    fn judge(&mut self, measured: Measurement, criterion: &Criterion, profile: &Profile) {
        self.value = Some(measured.value);
        self.interval = measured.interval;
        self.rows = measured.rows;
        if self.group == Group::Data {
            return self.judge_count(&measured, criterion, profile);
        }
        self.outcome = outcome(criterion, measured.value, measured.interval);
        if let (Outcome::Fail, Some(why)) = (self.outcome, &measured.chance) {
            self.outcome = Outcome::NoEvidence;
            self.reason = format!("{}, but {why}.", measured.sentence);
            return;
        }
        if let (Outcome::Pass | Outcome::AtRisk, Some(why)) = (self.outcome, measured.hollow) {
            self.outcome = Outcome::NoEvidence;
            self.reason = format!("{}, but {why}.", measured.sentence);
            return;
        }
        let too_few = measured.fewest < self.minimum_rows;
        // A number that so few rows show to lie beyond the limit is beyond it.
        if too_few && !is_shown(criterion, self.outcome, measured.interval) {
            self.outcome = Outcome::NoEvidence;
        }
        let is_open = matches!(self.outcome, Outcome::AtRisk | Outcome::NoEvidence);
        self.rows_needed = is_open
            .then(|| rows_needed(&measured, self.minimum_rows, criterion))
            .flatten();
        let reason = match self.outcome {
            Outcome::NoEvidence => {
                let why = words::too_few(measured.fewest, &measured.counted, self.minimum_rows);
                words::not_judged(&[self.metric], &why)
            }
            outcome => {
                let place = match criterion.scope {
                    Scope::Current => String::new(),
                    _ => format!(" on “{}”", self.scope),
                };
                let demand = words::demand(criterion, outcome, profile);
                format!("{}{place}; {demand}.", measured.sentence)
            }
        };
        let more = match self.rows_needed {
            Some(rows) => words::more_rows(self.metric, rows),
            None if self.outcome == Outcome::AtRisk && measured.value == self.limit => {
                " While the value is the limit itself, no number of rows settles it.".to_owned()
            }
            None => String::new(),
        };
        let unit = latency_words::assumed_unit(profile).filter(|_| self.is_of_latency());
        let unit = unit.map_or_else(String::new, |unit| format!(" {unit}."));
        self.reason = reason + &more + &unit;
    }

    /// Too few rows are no fault of the model: they are no evidence.
    fn judge_count(&mut self, measured: &Measurement, criterion: &Criterion, profile: &Profile) {
        self.minimum_rows = 0;
        let demand = words::demand(criterion, Outcome::Pass, profile);
        self.reason = format!("{}; {demand}.", measured.sentence);
        if criterion.operator.holds(measured.value, criterion.limit) {
            self.outcome = Outcome::Pass;
        } else if criterion.operator.wants_high() {
            let missing = (criterion.limit - measured.value).max(1.0);
            let needed = rounded_up((missing * measured.rows_for_each).ceil() as u64);
            self.rows_needed = Some(needed);
            self.reason.push_str(&words::more_rows(self.metric, needed));
        } else {
            self.outcome = Outcome::Fail;
        }
    }

    /// Whether it is about how long answers take, so that the unit of latencies matters.
    pub fn is_of_latency(&self) -> bool {
        self.metric.unit() == Unit::Milliseconds || self.metric == Metric::OverBudgetShare
    }

    /// How far the value is beyond the limit, as a share of the limit; 0 where it is not.
    pub(crate) fn shortfall(&self) -> f64 {
        let Some(value) = self.value.filter(|_| self.outcome == Outcome::Fail) else {
            return 0.0;
        };
        let scale = if self.limit == 0.0 {
            1.0
        } else {
            self.limit.abs()
        };
        (value - self.limit).abs() / scale
    }
}

/// The rows that a scope means, by the name that the report gives them, or why there are none.
fn rows_of<'p>(scope: &Scope, profile: &'p Profile) -> (String, Result<&'p Statistics, String>) {
    let overall = || "overall".to_owned();
    let settings = &profile.settings;
    match scope {
        Scope::Current => (
            settings.current.clone().unwrap_or_else(overall),
            Ok(profile.current()),
        ),
        Scope::Reference => (
            settings
                .reference
                .clone()
                .unwrap_or_else(|| "reference".to_owned()),
            profile
                .reference()
                .ok_or_else(|| "there is no reference split".to_owned()),
        ),
        Scope::Overall => (overall(), Ok(&profile.overall)),
        Scope::Split(name) => (
            name.clone(),
            profile.splits.get(name).ok_or_else(|| {
                let known: Vec<&str> = profile.splits.keys().map(String::as_str).collect();
                match known.is_empty() {
                    true => format!("there is no split “{name}”: no column splits the rows"),
                    false => format!("there is no split “{name}”, only {}", known.join(", ")),
                }
            }),
        ),
        Scope::Segment { column, value } => (
            format!("{column} = {value}"),
            segment(profile, column, value),
        ),
        Scope::Model(name) => (name.clone(), model(profile, name)),
    }
}

/// The rows that a model answered, or why there are none.
fn model<'p>(profile: &'p Profile, name: &str) -> Result<&'p Statistics, String> {
    if profile.roles.model.is_none() {
        return Err("no column tells models apart".to_owned());
    }
    let Some(examination) = &profile.examination else {
        return Err("the rows are still being looked at".to_owned());
    };
    let models = examination.models.as_ref();
    let models = models.ok_or_else(|| "the models have not been looked at".to_owned())?;
    models.model(name).ok_or_else(|| {
        let segments = models.models.segments.iter();
        let mut known: Vec<&str> = segments.map(|model| model.value.as_str()).collect();
        known.sort_unstable();
        let more = if known.len() > MOST_NAMED {
            ", …"
        } else {
            ""
        };
        known.truncate(MOST_NAMED);
        format!(
            "there is no model “{name}”, only {}{more}",
            known.join(", ")
        )
    })
}

/// The rows in which a column holds a value, or why there are none.
fn segment<'p>(profile: &'p Profile, column: &str, value: &str) -> Result<&'p Statistics, String> {
    let known = &profile.roles.segments;
    if !known.iter().any(|known| known == column) {
        return Err(match known.is_empty() {
            true => format!("“{column}” is no segment, and no other column is"),
            false => format!("“{column}” is no segment, only {}", known.join(", ")),
        });
    }
    let Some(examination) = &profile.examination else {
        return Err("the rows are still being looked at".to_owned());
    };
    let mut columns = examination.segments.columns.iter();
    let segments = columns.find(|known| known.column == column);
    let Some(segments) = segments else {
        return Err(format!("“{column}” has not been looked at"));
    };
    let found = segments.values().find(|(known, _)| *known == value);
    found.map(|(_, rows)| rows).ok_or_else(|| {
        let mut values: Vec<&str> = segments.values().map(|(value, _)| value).collect();
        match segments.folded {
            0 if values.len() > MOST_NAMED => {
                values.truncate(MOST_NAMED);
                format!("“{column}” is nowhere “{value}”, but {}, …", values.join(", "))
            }
            0 => format!("“{column}” is nowhere “{value}”, only {}", values.join(", ")),
            folded => format!(
                "“{value}” is not among the {} most frequent values of “{column}”; the other {} are looked at together, as “other”",
                segments.segments.len(),
                format::count(folded),
            ),
        }
    })
}

/// So many values are named where the one that is asked for is not among them.
const MOST_NAMED: usize = 8;

fn outcome(criterion: &Criterion, value: f64, interval: Ends) -> Outcome {
    let holds = |value: f64| criterion.operator.holds(value, criterion.limit);
    // Of several chance alone makes one the worst: that it is beyond the limit has to be sure.
    let wants_high = criterion.operator.wants_high();
    if criterion.metric.is_of_the_worst() && wants_high == criterion.metric.is_better_high() {
        let best = interval.and_then(|(low, high)| if wants_high { high } else { low });
        return match best {
            _ if holds(value) => Outcome::Pass,
            Some(best) if !holds(best) => Outcome::Fail,
            _ => Outcome::AtRisk,
        };
    }
    if !holds(value) {
        return Outcome::Fail;
    }
    // The end of the interval that could break the limit; one that too few rows leave open does.
    let worst = interval.map(|(low, high)| match criterion.operator.wants_high() {
        true => low,
        false => high,
    });
    match worst {
        None => Outcome::Pass,
        Some(Some(worst)) if holds(worst) => Outcome::Pass,
        // Beating chance has to be shown: "perhaps" is what chance itself looks like.
        Some(_) if criterion.metric == Metric::YoudensJ => Outcome::Fail,
        Some(_) => Outcome::AtRisk,
    }
}

/// Whether a failure is shown by the whole interval.
fn is_shown(criterion: &Criterion, outcome: Outcome, interval: Ends) -> bool {
    let asked = (criterion.operator, criterion.limit);
    match interval {
        Some((Some(low), Some(high))) => outcome == Outcome::Fail && is_settled((low, high), asked),
        _ => false,
    }
}

/// About how many more rows would settle it.
fn rows_needed(measured: &Measurement, minimum: u64, criterion: &Criterion) -> Option<u64> {
    let asked = (criterion.operator, criterion.limit);
    // More rows to judge do not help a reference that has too few.
    if measured.fewest < measured.rows && measured.fewest < minimum {
        return None;
    }
    let needed = match &measured.evidence {
        Some(evidence) => evidence.rows_needed(measured.rows, minimum, asked)?,
        None => minimum,
    };
    let more = needed.saturating_sub(measured.rows).max(1);
    let more = (more as f64 * measured.rows_for_each).ceil();
    // So many of a rare kind may take more rows than anybody labels.
    (more <= MOST_ROWS).then(|| rounded_up(more as u64))
}

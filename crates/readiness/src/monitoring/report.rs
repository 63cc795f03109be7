//! Alerts and rules as the report shows them.

use greenlight_data::iso_time_at;
use serde::{Deserialize, Serialize};

use super::replay::{Broken, Place, Replay, RuleState};
use super::rule::{Over, Watched};
use super::series::Unjudged;
use crate::monitoring_words::RuleWords;
use crate::notes::NotesAt;
use crate::policy::{Operator, Policy};
use crate::profile::Profile;
use crate::windows::Moment;
use crate::windows_report::MomentReport;

/// An alert that was raised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct AlertReport {
    pub rule: String,
    pub metric: Watched,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    pub over: Over,
    pub operator: Operator,
    pub limit: f64,
    pub first: Sighting,
    pub count: u64,
    pub worst: Sighting,
    /// The windows beyond the limit, or those with the first and the worst row.
    pub windows: Vec<usize>,
    /// Windows or rows that were judged.
    pub judged: u64,
    /// Whether a window lies beyond the limit for sure, and not perhaps by chance.
    pub sure: Option<bool>,
    pub reason: String,
}

/// A number that broke a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sighting {
    /// Where the window starts, or the data row in its file.
    pub at: MomentReport,
    /// The number; milliseconds for a latency.
    pub value: f64,
    /// The window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<usize>,
    /// The file of a row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<usize>,
    /// The time of a row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
}

/// A rule and how it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct RuleReport {
    pub rule: String,
    pub metric: Watched,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    pub over: Over,
    pub operator: Operator,
    pub limit: f64,
    pub state: RuleOutcome,
    /// Windows or rows that were judged.
    pub judged: u64,
    /// Windows that were not.
    pub not_judged: NotJudged,
    pub reason: String,
}

/// How a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleOutcome {
    /// It has raised an alert.
    Raised,
    /// It has looked and found nothing.
    Silent,
    /// It has nothing to look at.
    NoEvidence,
}

impl RuleOutcome {
    /// How a rule stands.
    pub fn of(state: &RuleState) -> Self {
        match &state.standing {
            Err(_) => Self::NoEvidence,
            Ok(standing) if standing.raised.is_some() => Self::Raised,
            Ok(_) => Self::Silent,
        }
    }

    /// The value in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Silent => "silent",
            Self::NoEvidence => "no_evidence",
        }
    }
}

/// How many windows were not judged, by why not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the reason of that name")]
pub struct NotJudged {
    pub empty: u64,
    pub partial: u64,
    pub too_few: u64,
    pub no_number: u64,
}

impl NotJudged {
    /// Counts them.
    pub fn of(state: &RuleState) -> Self {
        let mut counts = Self::default();
        let points = state.standing.iter().flat_map(|standing| &standing.points);
        for unjudged in points.filter_map(|point| point.unjudged.as_ref()) {
            let count = match unjudged {
                Unjudged::Empty => &mut counts.empty,
                Unjudged::Partial => &mut counts.partial,
                Unjudged::TooFew { .. } => &mut counts.too_few,
                // The first is what the others are held against, and of the others nobody asks.
                Unjudged::First | Unjudged::Outside => continue,
                Unjudged::NoNumber(_) => &mut counts.no_number,
            };
            *count += 1;
        }
        counts
    }
}

/// The alerts that were raised, and how each rule stands.
pub(crate) fn alerts(
    profile: &Profile,
    policy: &Policy,
    at: &mut NotesAt<'_>,
) -> (Vec<AlertReport>, Vec<RuleReport>) {
    let (mut alerts, mut rules) = (Vec::new(), Vec::new());
    for state in Replay::of(profile, policy).end() {
        let words = RuleWords::of(&state, profile);
        let rule = &state.rule;
        let judged = state.standing.as_ref().map_or(0, |one| one.judged);
        let raised = state.standing.as_ref().ok();
        if let Some(raised) = raised.and_then(|standing| standing.raised.as_ref()) {
            if raised.is_sure.is_none() {
                let mut at = at.below("alerts");
                let mut at = at.below(&alerts.len().to_string());
                at.note("sure", "there is no interval for this number");
            }
            alerts.push(AlertReport {
                rule: rule.name.clone(),
                metric: rule.metric,
                feature: rule.feature.clone(),
                over: rule.over,
                operator: rule.operator,
                limit: rule.limit,
                first: Sighting::of(raised.first, profile),
                count: raised.count,
                worst: Sighting::of(raised.worst, profile),
                windows: raised.windows.clone(),
                judged,
                sure: raised.is_sure,
                reason: words.finding.clone(),
            });
        }
        rules.push(RuleReport {
            rule: rule.name.clone(),
            metric: rule.metric,
            feature: rule.feature.clone(),
            over: rule.over,
            operator: rule.operator,
            limit: rule.limit,
            state: RuleOutcome::of(&state),
            judged,
            not_judged: NotJudged::of(&state),
            reason: words.finding,
        });
    }
    (alerts, rules)
}

impl Sighting {
    fn of(Broken { place, value }: Broken, profile: &Profile) -> Self {
        let windows = profile.windows();
        let minutes_ahead = windows.map_or(0, |windows| windows.time_zone_minutes);
        let (at, source, time) = match place {
            Place::Window(index) => {
                let window = windows.and_then(|windows| windows.windows.get(index));
                let start = window.and_then(|window| window.span.ends().0);
                let start = start.unwrap_or(Moment::Row(index as u64));
                (MomentReport::new(start, minutes_ahead), None, None)
            }
            Place::Row(row, _) => {
                let time = row.at.filter(|_| profile.has_times());
                let time = time.map(|at| iso_time_at(at as i64, minutes_ahead));
                (MomentReport::Row(row.row), Some(row.file), time)
            }
        };
        Self {
            at,
            value,
            window: place.window(),
            source,
            time,
        }
    }
}

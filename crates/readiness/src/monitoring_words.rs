//! What rules over time have found, in plain words.

use greenlight_format::{self as format, Told};

use crate::criteria::{shown_limit, shown_value};
use crate::monitoring::{
    AlertReport, Broken, FalseAlarms, MonitoringRule, NotJudged, Over, Place, Raised, RuleOutcome,
    RuleState, Standing, Unjudged, Watched,
};
use crate::policy::{Metric, Operator, Unit};
use crate::profile::Profile;
use crate::windows::{Span, WindowRule, Windows};
use crate::words;

/// A rule in words.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleWords {
    /// What it asks: "Accuracy ≥ 90 % in each window".
    pub title: String,
    /// How it stands.
    pub outcome: RuleOutcome,
    /// That in a sentence or two.
    pub finding: String,
    /// What else to know.
    pub remarks: Vec<String>,
}

impl RuleWords {
    /// The words for how a rule stands.
    pub fn of(state: &RuleState, profile: &Profile) -> Self {
        let rule = &state.rule;
        let outcome = RuleOutcome::of(state);
        let (finding, remarks) = match &state.standing {
            Err(why) => (format!("Nothing to look at: {why}."), Vec::new()),
            Ok(standing) => match &standing.raised {
                Some(raised) => (
                    raised_in_words(rule, raised, standing, profile),
                    remarks(rule, Some(raised), state),
                ),
                None => (
                    silent_in_words(rule, standing, profile),
                    remarks(rule, None, state),
                ),
            },
        };
        Self {
            title: title(rule),
            outcome,
            finding,
            remarks,
        }
    }
}

/// What a rule asks: "Accuracy ≥ 90 % in each window".
///
/// ```
/// use greenlight_readiness::monitoring::{MonitoringRule, Watched};
/// use greenlight_readiness::{Operator, monitoring_words::title};
///
/// let rule = MonitoringRule::new("slow", Watched::LatencyMs, Operator::AtMost, 100.0);
/// assert_eq!(title(&rule).replace('\u{202f}', " "), "Latency ≤ 100 ms in each row");
/// ```
pub fn title(rule: &MonitoringRule) -> String {
    format!(
        "{} {} {} in each {}",
        format::capitalised(&subject(rule)),
        rule.operator.symbol(),
        shown_limit(rule.metric.like(), rule.limit),
        one_of(rule.over),
    )
}

/// What the rule of an alert asks, likewise.
pub fn asked(alert: &AlertReport) -> String {
    title(&MonitoringRule {
        feature: alert.feature.clone(),
        over: alert.over,
        ..MonitoringRule::new(&alert.rule, alert.metric, alert.operator, alert.limit)
    })
}

/// Which windows rules look at, where a range of time was chosen: "Only 3–6 Mar 2025 is looked at: 4 of 12 days."
pub fn within(windows: &Windows, range: Span) -> String {
    let chosen = windows.windows_in(range).len() as u64;
    format!(
        "Only {} is looked at: {} of {}.",
        windows.in_words(range),
        format::count(chosen),
        windows.counted(windows.windows.len() as u64),
    )
}

/// All rules of a policy in one sentence.
pub fn finding(states: &[RuleState], profile: &Profile) -> String {
    let of = |outcome| {
        let states = states.iter();
        states.filter(move |state| RuleOutcome::of(state) == outcome)
    };
    let raised = of(RuleOutcome::Raised).count();
    let judged = raised + of(RuleOutcome::Silent).count();
    let earliest = of(RuleOutcome::Raised)
        .filter_map(|state| {
            let raised = state.standing.as_ref().ok()?.raised.as_ref()?;
            Some((raised.first.place.window(), state, raised))
        })
        // What is in no window comes last.
        .min_by_key(|(window, ..)| window.unwrap_or(usize::MAX));
    match (states.len(), judged, earliest) {
        (0, ..) => "Nothing is watched: the policy has no rules over time".to_owned(),
        (_, 0, _) => "No rule has anything to look at".to_owned(),
        (_, _, None) => format!(
            "{} {} silent",
            match judged {
                1 => "The one rule that has something to look at".to_owned(),
                judged => format!("All {judged} rules that have something to look at"),
            },
            if judged == 1 { "is" } else { "are" },
        ),
        (_, _, Some((_, state, first))) => format!(
            "{raised} of {judged} rules {} raised an alert, the first {}: {} is {}",
            if raised == 1 { "has" } else { "have" },
            preposition(first.first.place, profile),
            subject(&state.rule),
            value(&state.rule, first.first.value, profile),
        ),
    }
}

fn raised_in_words(
    rule: &MonitoringRule,
    raised: &Raised,
    standing: &Standing,
    profile: &Profile,
) -> String {
    let Broken {
        place,
        value: first,
    } = raised.first;
    let mut text = format!(
        "Raised {}: {} is {}, where {} is asked.",
        preposition(place, profile),
        subject(rule),
        value(rule, first, profile),
        demand(rule.operator, rule.metric.like(), rule.limit),
    );
    if raised.count > 1 {
        text += &format!(
            " {} {} are beyond it, the worst {} with {}.",
            words::of(raised.count, standing.judged),
            several(rule.over),
            place_name(raised.worst.place, profile),
            value(rule, raised.worst.value, profile),
        );
    }
    text
}

fn silent_in_words(rule: &MonitoringRule, standing: &Standing, profile: &Profile) -> String {
    if standing.is_so_far {
        return "Silent so far.".to_owned();
    }
    let judged = format::count(standing.judged);
    let things = match standing.judged {
        1 => one_of(rule.over),
        _ => several(rule.over),
    };
    let numbers = standing.points.iter().enumerate();
    let numbers = numbers.filter(|(_, point)| point.unjudged.is_none());
    let numbers = numbers.filter_map(|(at, point)| Some((at, point.reading.as_ref()?.value)));
    let nearest = match rule.operator.wants_high() {
        true => numbers.min_by(|a, b| a.1.total_cmp(&b.1)),
        false => numbers.max_by(|a, b| a.1.total_cmp(&b.1)),
    };
    match nearest {
        Some((at, nearest)) if standing.judged > 1 => format!(
            "Silent: {judged} {things} judged, the nearest to the limit {} with {}.",
            place_name(Place::Window(at), profile),
            value(rule, nearest, profile),
        ),
        _ => format!("Silent: {judged} {things} judged."),
    }
}

fn remarks(rule: &MonitoringRule, raised: Option<&Raised>, state: &RuleState) -> Vec<String> {
    let mut remarks = Vec::new();
    let is_sure = raised.filter(|_| rule.over == Over::Windows);
    match is_sure.and_then(|raised| raised.is_sure) {
        Some(true) => remarks.push(
            "Chance alone hardly explains it, however many windows were judged.".to_owned(),
        ),
        Some(false) => remarks.push(
            "It could be chance: with so few rows a window may come out like that where nothing has changed.".to_owned(),
        ),
        None => {}
    }
    let NotJudged {
        empty,
        partial,
        too_few,
        no_number,
    } = NotJudged::of(state);
    let too_few_of = format!("with fewer {} than are asked for", few_of(state));
    let kinds = [
        (empty, "empty"),
        (partial, "cut off by the beginning or end of the data"),
        (too_few, too_few_of.as_str()),
        (no_number, "without the number"),
    ];
    let kinds = kinds.into_iter().filter(|(count, _)| *count > 0);
    let kinds: Vec<String> = kinds
        .map(|(count, why)| format!("{} {why}", format::count(count)))
        .collect();
    if !kinds.is_empty() {
        remarks.push(format!("Windows not judged: {}.", kinds.join(", ")));
    }
    remarks
}

/// What there are too few of in the windows that are not judged for it.
fn few_of(state: &RuleState) -> &str {
    let points = state.standing.iter().flat_map(|standing| &standing.points);
    let mut counted = points.filter_map(|point| match &point.unjudged {
        Some(Unjudged::TooFew { counted, .. }) => Some(counted.as_str()),
        _ => None,
    });
    counted.next().unwrap_or("rows")
}

/// What a rule would have done on the windows of the reference, in a sentence.
pub fn false_alarms(rule: &MonitoringRule, found: &Result<FalseAlarms, String>) -> String {
    let found = match found {
        Err(why) => return format!("On the reference nothing can be said: {why}."),
        Ok(found) => found,
    };
    let windows = match found.judged {
        1 => "The one window of the reference".to_owned(),
        judged => format!(
            "The {} windows of the reference",
            format::count(judged as u64)
        ),
    };
    match (found.count, found.silent_limit) {
        (0, _) if found.judged == 1 => format!("{windows} is within the limit."),
        (0, _) => format!("{windows} are all within the limit."),
        (count, silent) => {
            // Where most are beyond it, the model has never kept the limit: that is no false alarm. A few of few rows may be chance.
            let so = match (2 * count > found.judged, found.may_be_chance) {
                (false, true) => "with so few rows each that may be chance",
                (true, _) => "the model did not keep it there either",
                (false, _) => "so often it would have cried wolf",
            };
            let beyond = format!(
                "Of {} windows of the reference {} {} beyond the limit: {so}.",
                format::count(found.judged as u64),
                format::count(count as u64),
                if count == 1 { "is" } else { "are" },
            );
            let silent = silent.map_or_else(String::new, |limit| {
                let limit = shown_limit(rule.metric.like(), limit);
                format!(
                    " A limit of {limit} would have been silent there{}.",
                    missed(found)
                )
            });
            beyond + &silent + &smaller(found)
        }
    }
}

/// What a limit that is silent on the reference would have passed over since: who takes it should know.
fn missed(found: &FalseAlarms) -> String {
    let (beyond, missed) = found.missed;
    let but = if missed > 0 { "but" } else { "and" };
    match beyond {
        0 => String::new(),
        _ => format!(
            ", {but} of the windows that are judged it would have missed {} beyond the present limit",
            words::of(missed as u64, beyond as u64)
        ),
    }
}

/// That the windows of the reference are much smaller than those that are judged, where they are.
fn smaller(found: &FalseAlarms) -> String {
    let (reference, judged) = found.usual_rows;
    match reference.saturating_mul(2) < judged {
        true => format!(
            " Its windows have about {} rows behind the number, those that are judged {}: small ones cry wolf more often.",
            format::count(reference),
            format::count(judged),
        ),
        false => String::new(),
    }
}

/// A value of a rule's number, with the digits that tell it from the limit.
pub fn value(rule: &MonitoringRule, value: f64, profile: &Profile) -> String {
    let like = rule.metric.like();
    let told = match rule.over {
        // Numbers of single rows are never rounded.
        Over::Rows => Told::Exactly,
        Over::Windows => profile.told_over_windows(like),
    };
    told.mark(match like.unit() {
        Unit::Share => format::percent_beside(value, rule.limit),
        _ => shown_value(like, Some(value)),
    })
}

/// A number as the head of a row or an axis: "P95 latency".
pub fn number(watched: Watched, feature: Option<&str>) -> String {
    format::capitalised(&subject_of(watched, feature))
}

fn subject(rule: &MonitoringRule) -> String {
    subject_of(rule.metric, rule.feature.as_deref())
}

/// The number in a sentence.
fn subject_of(watched: Watched, feature: Option<&str>) -> String {
    let subject = match watched {
        Watched::Of(metric) => match metric {
            Metric::LatencyP50 => "median latency",
            Metric::LatencyP90 => "p90 latency",
            Metric::LatencyP95 => "p95 latency",
            Metric::LatencyP99 => "p99 latency",
            Metric::LatencyMax => "the longest latency",
            Metric::OverBudgetShare => "the share over the latency budget",
            Metric::YoudensJ => "Youden’s J",
            Metric::CostPerPrediction => "the cost of a prediction",
            Metric::CostPerCorrect => "the cost of a right answer",
            Metric::ScorePsi => "the drift of scores (PSI)",
            Metric::AcceptedShare => "the share of accepted answers",
            metric => words::subject(metric),
        },
        Watched::LatencyMs => "latency",
        Watched::Cost => "cost",
        Watched::FeaturePsi => {
            let feature = feature.unwrap_or_default();
            return format!("the drift of “{feature}” (PSI)");
        }
    };
    subject.to_owned()
}

/// "at least 90 %".
pub(crate) fn demand(operator: Operator, metric: Metric, limit: f64) -> String {
    let how = match operator {
        Operator::AtLeast => "at least",
        Operator::Above => "more than",
        Operator::AtMost => "at most",
        Operator::Below => "less than",
    };
    format!("{how} {}", shown_limit(metric, limit))
}

fn one_of(over: Over) -> &'static str {
    match over {
        Over::Windows => "window",
        Over::Rows => "row",
    }
}

fn several(over: Over) -> &'static str {
    match over {
        Over::Windows => "windows",
        Over::Rows => "rows",
    }
}

/// A place as a person reads it: "3–9 Mar 2025", "rows 301–400", "row 2".
pub fn place_name(place: Place, profile: &Profile) -> String {
    let windows = profile.windows();
    match place {
        Place::Window(index) => {
            let window = windows.and_then(|all| Some((all, all.windows.get(index)?)));
            window.map_or_else(
                || format!("window {}", index + 1),
                |(all, window)| all.in_words(window.span),
            )
        }
        Place::Row(row, _) => {
            let file = profile.sources.get(row.file);
            let file = file.filter(|_| profile.sources.len() > 1);
            let file = file.map_or_else(String::new, |file| format!(" of {}", file.name));
            let ahead_ms = windows.map_or(0, |all| i64::from(all.time_zone_minutes) * 60_000);
            let time = row.at.filter(|_| profile.has_times());
            let time = time.map_or_else(String::new, |at| {
                format!(" ({})", format::moment(at as i64 + ahead_ms))
            });
            format!("row {}{file}{time}", format::count(row.row))
        }
    }
}

fn preposition(place: Place, profile: &Profile) -> String {
    let name = place_name(place, profile);
    let how = match (place, profile.windows().map(|windows| windows.rule)) {
        (Place::Row(..), _) => "by",
        (Place::Window(_), Some(WindowRule::Hours | WindowRule::Days)) => "on",
        (Place::Window(_), Some(WindowRule::Weeks)) => "in the week",
        (Place::Window(_), _) => "in",
    };
    format!("{how} {name}")
}

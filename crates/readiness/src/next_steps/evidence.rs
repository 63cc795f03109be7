//! What rows and columns would tell more.

use greenlight_data::Role;
use greenlight_format as format;

use super::{Facts, NextStep, is_required};
use crate::coverage;
use crate::criteria::Outcome;
use crate::examination::in_words;
use crate::judge::Verdict;
use crate::policy::{EvidenceView, Severity};
use crate::words;

/// A column without which something that is required cannot be judged.
pub(super) fn missing(facts: Facts<'_>) -> Vec<NextStep> {
    let mut roles: Vec<Role> = Vec::new();
    let criteria = facts.criteria.iter();
    let unknown = criteria.filter(|c| c.outcome == Outcome::NoEvidence && c.value.is_none());
    for criterion in unknown.filter(|c| is_required(c, facts.policy)) {
        let role = coverage::role_for(criterion.metric, facts.profile);
        if let Some(role) = role.filter(|role| !roles.contains(role)) {
            roles.push(role);
        }
    }
    let step = |role: Role| {
        NextStep::new(
            &format!("add_{}", role.name()),
            EvidenceView::Load,
            format!("Add {}.", coverage::column_of(role)),
            format!(
                "Without it nobody knows {}, which the policy requires.",
                coverage::allows(role)
            ),
        )
    };
    roles.into_iter().map(step).collect()
}

/// Nobody can say what a case is before it is known which class is looked for.
pub(super) fn positive_class(facts: Facts<'_>) -> Option<NextStep> {
    let profile = facts.profile;
    let [first, second] = profile.classes.names() else {
        return None;
    };
    let is_unknown = profile.settings.positive.is_none() && profile.roles.label.is_some();
    is_unknown.then(|| {
        NextStep::new(
            "choose_positive_class",
            EvidenceView::Load,
            "Choose which class is looked for.",
            format!("It cannot be told from the names whether “{first}” or “{second}” is the positive class."),
        )
    })
}

/// Nobody collects more than so many times the rows that are there.
const MOST_TIMES: u64 = 20;

/// So many more rows would settle what is open. While the model is not ready, only what is required.
pub(super) fn more_rows(facts: Facts<'_>) -> Option<NextStep> {
    let open = |severity| {
        let open = facts
            .criteria
            .iter()
            .filter(move |c| c.severity == severity);
        let most = MOST_TIMES * facts.profile.current().rows;
        let needed = open.filter_map(|criterion| Some((criterion.rows_needed?, criterion)));
        needed.filter(move |(rows, _)| *rows <= most)
    };
    let severities = match facts.verdict {
        Verdict::NotReady => &[Severity::Must][..],
        _ => &[Severity::Must, Severity::Should],
    };
    let (rows, hardest) = severities
        .iter()
        .copied()
        .find_map(|severity| open(severity).max_by_key(|(rows, _)| *rows))?;
    let mut subjects: Vec<&str> = Vec::new();
    for (_, criterion) in open(hardest.severity) {
        let subject = words::subject(criterion.metric);
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    let (are, subjects) = match subjects.split_last() {
        Some((last, [])) => ("is", (*last).to_owned()),
        Some((last, before)) => ("are", format!("{} and {last}", before.join(", "))),
        None => return None,
    };
    let kind = if hardest.metric.needs_labels() {
        "labelled rows"
    } else {
        "rows"
    };
    let current = facts.profile.settings.current.as_ref();
    let like = current.map_or(String::new(), |name| format!(" like those of “{name}”"));
    Some(NextStep::new(
        "collect_rows",
        None,
        format!("Collect about {} more {kind}{like}.", format::count(rows)),
        format!(
            "{} {are} left open by so few rows.",
            format::capitalised(&subjects)
        ),
    ))
}

/// A group that holds so much of what is wrong is worth looking at.
const SHARE_OF_ERRORS: f64 = 0.1;

/// The group in which answers are surely wrong more often, and that holds a good part of what is wrong.
pub(super) fn weak_segment(facts: Facts<'_>) -> Option<NextStep> {
    let errors = facts.profile.examination.as_ref()?.errors.as_ref()?;
    let found = &errors.weak;
    let of = |part: u64, whole: u64| part as f64 / whole.max(1) as f64;
    let mut segments = found.segments.iter();
    let worst = segments.find(|s| of(s.count.errors, found.all.errors) >= SHARE_OF_ERRORS)?;
    let rest = found.all.without(worst.count);
    Some(NextStep::new(
        "look_at_segment",
        EvidenceView::Segments,
        format!(
            "Look at the rows where {}, and collect labels there to retrain with.",
            in_words(&worst.conditions)
        ),
        format!(
            "They are {} of the rows and hold {} of the errors: {} right there, {} elsewhere.",
            format::percent(of(worst.count.rows, found.all.rows)),
            format::percent(of(worst.count.errors, found.all.errors)),
            format::percent(worst.count.accuracy().ok()?),
            format::percent(rest.accuracy().ok()?),
        ),
    ))
}

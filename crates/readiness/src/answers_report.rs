//! The part of the report on graded answers.

use greenlight_metrics::{Interval, wilson};
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::answers::{Accepted, Answers, Grader, scale_of};
use crate::notes::NotesAt;
use crate::policy::Policy;
use crate::profile::Profile;

/// What graded answers are worth, of the rows that are judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct AnswersReport {
    pub pass_mark: Option<f64>,
    pub accepted_classes: Vec<String>,
    pub decided_by: Grader,
    pub accepted_by_human: Option<AcceptedReport>,
    pub accepted_by_judge: Option<AcceptedReport>,
    pub agreement: Option<AgreementReport>,
    pub cost_per_accepted: Option<f64>,
    pub repeats: Option<RepeatsReport>,
}

/// How many answers somebody accepts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field says what it is")]
pub struct AcceptedReport {
    pub rows: u64,
    pub accepted: u64,
    pub share: f64,
    pub interval: Interval,
}

/// How far people and the judge agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field says what it is")]
pub struct AgreementReport {
    pub rows: u64,
    pub share: f64,
    pub accepted_alike: Option<f64>,
    pub kappa: Option<f64>,
    pub weighted: bool,
    pub interval: Option<Interval>,
}

/// What became of ids with several answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field says what it is")]
pub struct RepeatsReport {
    pub ids: u64,
    pub rows: u64,
    pub consistent: u64,
    pub share: f64,
    pub interval: Interval,
    pub always_accepted: Option<u64>,
    pub pairwise_agreement: f64,
}

impl AnswersReport {
    /// Of the rows that are judged, where they are graded answers or the policy asks about such; the reasons for what is
    /// not there go to `at`.
    pub(crate) fn new(profile: &Profile, policy: &Policy, at: &mut NotesAt<'_>) -> Option<Self> {
        const KEY: &str = "answers";
        if !(profile.graded || policy.judges_answers()) {
            at.note(KEY, Absent::NotGraded.to_string());
            return None;
        }
        let rows = profile.current();
        let answers = Answers::of(profile, rows);
        let both = [Grader::Human, Grader::Judge];
        if both.iter().all(|grader| answers.graded(*grader) == 0) {
            at.note(KEY, Absent::NoGrades.to_string());
            return None;
        }
        let mut at = at.below(KEY);
        let acceptance = profile.acceptance.as_ref();
        let names = profile.classes.names().iter().enumerate();
        let accepts = |class| acceptance.is_ok_and(|acceptance| acceptance.accepts(class));
        let decided_by = answers.decisive(policy.minimum_rows);
        let pass_mark = acceptance.ok().and_then(|acceptance| acceptance.pass_mark);
        match (acceptance, pass_mark) {
            (Err(why), _) => at.note("pass_mark", why.to_string()),
            (_, None) => at.note("pass_mark", "words say which answers are accepted"),
            _ => {}
        }
        let mut accepted = |key, grader| {
            let accepted = answers.accepted(grader).and_then(AcceptedReport::new);
            known(accepted, key, &mut at)
        };
        Some(Self {
            pass_mark,
            accepted_classes: names
                .filter(|(class, _)| accepts(*class))
                .map(|(_, name)| name.clone())
                .collect(),
            decided_by,
            accepted_by_human: accepted("accepted_by_human", Grader::Human),
            accepted_by_judge: accepted("accepted_by_judge", Grader::Judge),
            agreement: AgreementReport::new(profile, &answers, &mut at),
            cost_per_accepted: known(
                answers.cost_per_accepted(rows, decided_by),
                "cost_per_accepted",
                &mut at,
            ),
            repeats: RepeatsReport::new(profile, &mut at),
        })
    }
}

/// The value; why there is none goes to `at`.
fn known<T>(value: Result<T, Absent>, key: &str, at: &mut NotesAt<'_>) -> Option<T> {
    value.map_err(|why| at.note(key, why.to_string())).ok()
}

impl AcceptedReport {
    fn new(Accepted { accepted, rows }: Accepted) -> Result<Self, Absent> {
        Ok(Self {
            rows,
            accepted,
            share: accepted as f64 / rows as f64,
            interval: wilson(accepted, rows)?,
        })
    }
}

impl AgreementReport {
    fn new(profile: &Profile, answers: &Answers<'_>, at: &mut NotesAt<'_>) -> Option<Self> {
        const KEY: &str = "agreement";
        let scale = scale_of(profile);
        let matrix = profile.current().confusion.as_ref();
        let agreement = answers.agreement(scale.as_deref()).and_then(|agreement| {
            let share = agreement.share()?;
            Ok((agreement, share, matrix.map_err(Absent::clone)?.total()))
        });
        let (agreement, share, rows) = known(agreement, KEY, at)?;
        let at = &mut at.below(KEY);
        let alike = answers.alike().and_then(AcceptedReport::new);
        Some(Self {
            rows,
            share,
            accepted_alike: known(alike, "accepted_alike", at).map(|alike| alike.share),
            kappa: known(agreement.kappa().map_err(Absent::from), "kappa", at),
            weighted: scale.is_some(),
            interval: known(
                agreement.interval(1.0).map_err(Absent::from),
                "interval",
                at,
            ),
        })
    }
}

impl RepeatsReport {
    fn new(profile: &Profile, at: &mut NotesAt<'_>) -> Option<Self> {
        const KEY: &str = "repeats";
        let repeats = profile.repeats().and_then(|repeats| {
            let interval = wilson(repeats.consistent, repeats.ids)?;
            Ok((repeats, interval))
        });
        let (repeats, interval) = known(repeats, KEY, at)?;
        let at = &mut at.below(KEY);
        let acceptance = profile.acceptance.as_ref().map_err(Absent::clone);
        Some(Self {
            ids: repeats.ids,
            rows: repeats.rows,
            consistent: repeats.consistent,
            share: repeats.consistent as f64 / repeats.ids as f64,
            interval,
            always_accepted: known(acceptance, "always_accepted", at).map(|_| repeats.always_last),
            pairwise_agreement: repeats.pairwise_agreement,
        })
    }
}

//! The report: one JSON document, the same from the page and the terminal.

use std::collections::BTreeMap;

use greenlight_data::LatencyUnit;
use greenlight_format as format;
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::answers_report::AnswersReport;
use crate::calibration_report::CalibrationReport;
use crate::checklist::{self, Attestations, Checklist};
use crate::comparisons_report::{self, ComparisonsReport};
use crate::coverage::{Uncovered, uncovered};
use crate::criteria::CriterionResult;
use crate::drift_report::DriftReport;
use crate::estimate_report::EstimateReport;
use crate::evaluation::Evaluation;
use crate::judge::Verdict;
use crate::latency_report::LatencyReport;
use crate::monitoring::{self, AlertReport, RuleReport};
use crate::next_steps::{Facts, NextStep, next_steps};
use crate::notes::{self, Notes, NotesAt};
use crate::pitfalls::Pitfall;
use crate::policy::Policy;
use crate::profile::Profile;
use crate::robustness_report::RobustnessReport;
use crate::role_names::RoleNames;
use crate::schema::DecisionRule;
use crate::source::SourceSummary;
use crate::stability_report::StabilityReport;
use crate::statistics::Statistics;
use crate::threshold_report::ThresholdReport;
use crate::weak_segments_report::WeakSegmentsReport;
use crate::windows;
use crate::windows_report::{self, MomentReport, RangeReport, WindowReport};
use crate::words;

/// The version of the document; removing or renaming a key changes it.
pub const REPORT_SCHEMA: &str = "greenlight.report/1";

/// The whole document. Keys stand in the order of the fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct Report {
    pub schema: String,
    pub generated_by: String,
    pub mode: Mode,
    pub sources: Vec<SourceSummary>,
    pub roles: RoleNames,
    pub settings: ReportSettings,
    pub overall: Evaluation,
    pub splits: BTreeMap<String, Evaluation>,
    pub windows: Vec<WindowReport>,
    pub segments: BTreeMap<String, BTreeMap<String, Evaluation>>,
    pub models: BTreeMap<String, Evaluation>,
    pub threshold: Option<ThresholdReport>,
    pub calibration: Option<CalibrationReport>,
    /// In reports from before it there is none.
    #[serde(default)]
    pub latency: Option<LatencyReport>,
    pub weak_segments: Option<WeakSegmentsReport>,
    pub robustness: Option<RobustnessReport>,
    /// In reports from before it there is none.
    #[serde(default)]
    pub answers: Option<AnswersReport>,
    /// As above.
    #[serde(default)]
    pub comparisons: Option<ComparisonsReport>,
    /// As above.
    #[serde(default)]
    pub estimate: Option<EstimateReport>,
    pub drift: Option<DriftReport>,
    pub stability: Option<StabilityReport>,
    pub criteria: Vec<CriterionResult>,
    pub pitfalls: Vec<Pitfall>,
    pub alerts: Vec<AlertReport>,
    /// How each rule that watches over time stands.
    #[serde(default)]
    pub monitoring: Vec<RuleReport>,
    pub verdict: Verdict,
    pub reasons: Vec<String>,
    pub next_steps: Vec<NextStep>,
    pub coverage: Vec<Uncovered>,
    /// A line of its own: it never changes the verdict.
    #[serde(default)]
    pub checklist: Checklist,
    pub notes: Notes,
}

/// A part of the document that this version leaves empty, with its reason in the notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unmeasured {}

/// Whether the numbers are the engine's own or read off a shared summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// From all rows.
    Exact,
    /// From a summary.
    Summary,
}

/// What was settled, with the policy that judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each field is the key of that name; see the report's schema"
)]
pub struct ReportSettings {
    pub positive: Option<String>,
    pub decision: Option<DecisionRule>,
    pub threshold: Option<f64>,
    pub threshold_rule: String,
    pub reference: Option<String>,
    pub current: Option<String>,
    pub window: Option<String>,
    pub time_zone: String,
    /// In reports from before them there are none.
    #[serde(default)]
    pub range: Option<RangeReport>,
    #[serde(default)]
    pub reference_until: Option<MomentReport>,
    pub latency_unit: LatencyUnit,
    pub latency_budget: f64,
    pub policy: String,
}

impl Report {
    pub(crate) fn new(
        profile: &Profile,
        policy: &Policy,
        criteria: Vec<CriterionResult>,
        pitfalls: Vec<Pitfall>,
        verdict: Verdict,
        reasons: Vec<String>,
    ) -> Self {
        let next_steps = next_steps(Facts {
            profile,
            policy,
            criteria: &criteria,
            pitfalls: &pitfalls,
            verdict,
        });
        let mut notes = Notes::new();
        let mut at = NotesAt::new(&mut notes, "");
        let classes = &profile.classes;
        let overall = Evaluation::new(&profile.overall, classes, &mut at.below("overall"));
        let mut splits_at = at.below("splits");
        let splits = profile
            .splits
            .iter()
            .map(|(name, rows)| {
                (
                    name.clone(),
                    Evaluation::new(rows, classes, &mut splits_at.below(name)),
                )
            })
            .collect();
        let threshold = ThresholdReport::new(profile.thresholds.as_ref(), &mut at);
        let calibration = CalibrationReport::new(profile, &mut at);
        let latency = LatencyReport::new(profile, &mut at);
        let windows = windows_report::windows(profile, &mut at);
        let segments = segments(profile, &mut at.below("segments"));
        let weak_segments = WeakSegmentsReport::new(profile, &mut at);
        let robustness = RobustnessReport::new(profile, &mut at);
        note_copies(profile, &mut at);
        let answers = AnswersReport::new(profile, policy, &mut at);
        note_sources(&profile.sources, &mut at.below("sources"));
        note_roles(profile, &mut at.below("roles"));
        note_settings(profile, &mut at.below("settings"));
        note_criteria(&criteria, &mut at.below("criteria"));
        let (alerts, monitoring) = monitoring::alerts(profile, policy, &mut at);
        let drift = DriftReport::new(profile, policy, &mut at);
        let models = comparisons_report::models(profile, &mut at);
        let comparisons = ComparisonsReport::new(profile, &mut at);
        let estimate = EstimateReport::new(profile, &mut at);
        let stability = StabilityReport::new(profile, &mut at);
        let measured = checklist::measured(profile, &pitfalls);
        let checklist = Checklist::new(&Attestations::default(), &measured);
        note_checklist(&checklist, &mut notes);
        Self {
            schema: REPORT_SCHEMA.to_owned(),
            generated_by: concat!("greenlight ", env!("CARGO_PKG_VERSION")).to_owned(),
            mode: Mode::Exact,
            sources: sources(profile),
            roles: profile.roles.clone(),
            settings: settings(profile, policy),
            overall,
            splits,
            windows,
            segments,
            models,
            threshold,
            calibration,
            latency,
            weak_segments,
            robustness,
            answers,
            comparisons,
            estimate,
            drift,
            stability,
            criteria,
            pitfalls,
            alerts,
            monitoring,
            verdict,
            reasons,
            next_steps,
            coverage: uncovered(profile),
            checklist,
            notes,
        }
    }

    /// With what people attest of what the data cannot show, in place of what was attested before. The verdict stays.
    ///
    /// ```
    /// use greenlight_readiness::checklist::{Attestation, Attestations, ITEMS, Level};
    /// use greenlight_readiness::{Choices, Policy, Profile, SourceReader, judge};
    ///
    /// let mut reader = SourceReader::new("tiny.csv");
    /// reader.feed(b"label,prediction\n1,1\n0,0\n")?;
    /// let report = judge(&Profile::of(&reader.finish_alone()?, &Choices::default())?, &Policy::balanced());
    /// assert_eq!(report.checklist.score, None);
    ///
    /// let mut attested = Attestations::default();
    /// attested.set(&ITEMS[0], Attestation { level: Level::ByHand, note: String::new() });
    /// let with = report.clone().with_attestations(&attested);
    /// assert_eq!((with.checklist.score, with.verdict), (Some(0.0), report.verdict));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_attestations(mut self, attested: &Attestations) -> Self {
        self.checklist = self.checklist.attested(attested);
        note_checklist(&self.checklist, &mut self.notes);
        self
    }

    /// The rows that are judged: the current split, or all rows.
    pub fn current(&self) -> &Evaluation {
        let current = self.settings.current.as_ref();
        current
            .and_then(|name| self.splits.get(name))
            .unwrap_or(&self.overall)
    }

    /// Why a value of the rows that are judged does not exist; `key` may lead further down, as in
    /// `macro/recall`.
    pub fn why_absent(&self, key: &str) -> Option<&str> {
        let place = match &self.settings.current {
            Some(current) => notes::join("/splits", current),
            None => "/overall".to_owned(),
        };
        self.notes
            .get(&format!("{place}/{key}"))
            .map(String::as_str)
    }

    /// The document as people keep it: indented JSON that ends in a line break.
    ///
    /// # Errors
    /// Never for a report that [`judge`](crate::judge) made; the error is serde_json's.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut json = serde_json::to_string_pretty(self)?;
        json.push('\n');
        Ok(json)
    }

    /// The same report with a note on why the key `live`, from which the page would show it again, is not there.
    #[must_use]
    pub fn without_live(mut self, why: impl Into<String>) -> Self {
        self.notes.insert("/live".to_owned(), why.into());
        self
    }

    /// [`to_json`](Self::to_json) with one key more at the end: `live`, the payload from which the page shows the whole report again.
    ///
    /// # Errors
    /// As above.
    pub fn to_json_live(&self, payload: &str) -> Result<String, serde_json::Error> {
        let mut json = self.to_json()?;
        // Reports are objects with keys, so that is how they end.
        json.truncate(json.trim_end().trim_end_matches('}').trim_end().len());
        json.push_str(",\n  \"live\": ");
        json.push_str(&serde_json::to_string(payload)?);
        json.push_str("\n}\n");
        Ok(json)
    }
}

/// Why the checklist has no score, where it has none.
fn note_checklist(checklist: &Checklist, notes: &mut Notes) {
    const SCORE: &str = "/checklist/score";
    match checklist.score {
        Some(_) => notes.remove(SCORE),
        None => notes.insert(SCORE.to_owned(), checklist::NOT_FILLED_IN.to_owned()),
    };
}

/// The evaluation of each value of each segment column, with what was left out of them in the notes.
fn segments(
    profile: &Profile,
    at: &mut NotesAt<'_>,
) -> BTreeMap<String, BTreeMap<String, Evaluation>> {
    let mut segments = BTreeMap::new();
    let Some(examination) = &profile.examination else {
        return segments;
    };
    for column in &examination.segments.columns {
        let mut left_out = Vec::new();
        if column.folded > 0 {
            let values = format::count(column.folded);
            left_out.push(format!("“other” is {values} values with fewer rows each"));
        }
        if column.missing > 0 {
            let rows = format::count(column.missing);
            left_out.push(format!("{rows} rows have no value and are in none of them"));
        }
        if examination.segments.certainty.is_rough() {
            left_out.push("the counts are those of the nearest threshold that is known".to_owned());
        }
        if !left_out.is_empty() {
            at.note(&column.column, left_out.join("; "));
        }
        let mut at = at.below(&column.column);
        let mut evaluations = BTreeMap::new();
        evaluations.extend(column.values().map(|(value, rows)| {
            let evaluation = Evaluation::new(rows, &profile.classes, &mut at.below(value));
            (value.to_owned(), evaluation)
        }));
        segments.insert(column.column.clone(), evaluations);
    }
    segments
}

fn settings(profile: &Profile, policy: &Policy) -> ReportSettings {
    let settings = &profile.settings;
    let minutes_ahead = settings.time_zone_minutes;
    ReportSettings {
        positive: settings.positive.clone(),
        decision: settings.decision,
        threshold: settings.threshold,
        threshold_rule: "score >= threshold".to_owned(),
        reference: settings.reference.clone(),
        current: settings.current.clone(),
        window: profile.windows().map(|windows| windows.rule.name()),
        time_zone: windows::time_zone(minutes_ahead),
        range: settings
            .range
            .map(|range| RangeReport::new(range, minutes_ahead)),
        reference_until: settings
            .reference_until
            .map(|until| MomentReport::new(until, minutes_ahead)),
        latency_unit: settings.latency_unit,
        latency_budget: settings.latency_budget,
        policy: policy.name.clone(),
    }
}

/// The files, with what the second look found out about how they were read.
fn sources(profile: &Profile) -> Vec<SourceSummary> {
    let mut sources = profile.sources.clone();
    if let (Some(first), Some(examination)) = (sources.first_mut(), &profile.examination) {
        let windows = examination.windows.iter();
        let notes = windows.flat_map(|windows| &windows.notes);
        first
            .notes
            .extend(examination.notes.iter().chain(notes).cloned());
        if !examination.unread.is_empty() {
            first.notes.push(words::unread(&examination.unread));
        }
        let errors = examination.errors.as_ref();
        let passed_over = errors.map_or(0, |errors| errors.weak.passed_over);
        if passed_over > 0 {
            first.notes.push(words::passed_over(passed_over));
        }
    }
    sources
}

fn note_sources(sources: &[SourceSummary], at: &mut NotesAt<'_>) {
    for (index, source) in sources.iter().enumerate() {
        if source.sha256.is_none() {
            at.below(&index.to_string())
                .note("sha256", "not computed for files over 64 MiB");
        }
    }
}

/// What to know about columns that play their parts only in part.
fn note_roles(profile: &Profile, at: &mut NotesAt<'_>) {
    let classes = profile.classes.len();
    if profile.roles.score.is_some() && classes > 2 {
        let instead = match profile.roles.class_scores.is_empty() {
            true => "give a column of scores for each class",
            false => "the scores of each class are",
        };
        at.note(
            "score",
            format!("not used: one score does not tell {classes} classes apart; {instead}"),
        );
    }
    let Statistics {
        rows,
        not_adding_up,
        ..
    } = profile.overall;
    if not_adding_up > 0 {
        at.note(
            "class_scores",
            format!(
                "the scores of {} rows do not add up to 1; they are used as they are",
                words::of(not_adding_up, rows)
            ),
        );
    }
}

/// Says of the rows that are judged how many of them are perturbed copies, and that several models answered.
fn note_copies(profile: &Profile, at: &mut NotesAt<'_>) {
    let Some(examination) = &profile.examination else {
        return;
    };
    let mut copies = Vec::new();
    let variants = examination.variants.as_ref();
    if let Some(variants) = variants.filter(|variants| variants.all.rows > 0) {
        let rows = format::count(variants.all.rows);
        copies.push(format!(
            "{rows} of these rows are perturbed copies, by “{}”",
            variants.column
        ));
    }
    let models = examination.models.as_ref().map(|found| &found.models);
    if let Some(models) = models.filter(|models| models.segments.len() > 1) {
        let count = format::count(models.segments.len() as u64 + models.folded);
        copies.push(format!(
            "these rows are the answers of {count} models, by “{}”",
            models.column
        ));
    }
    if copies.is_empty() {
        return;
    }
    let note = format!("{}; every number here counts them", copies.join(", and "));
    match &profile.settings.current {
        Some(current) => at.below("splits").below(current).note("rows", note),
        None => at.below("overall").note("rows", note),
    }
}

fn note_settings(profile: &Profile, at: &mut NotesAt<'_>) {
    let settings = &profile.settings;
    if settings.positive.is_none() {
        at.note(
            "positive",
            match profile.classes.len() {
                0 => "there is no label",
                1 => "only one class is present",
                2 => "it cannot be told which of the two classes is positive: choose one",
                _ => "there are more than two classes",
            },
        );
    }
    if settings.decision.is_none() {
        at.note(
            "decision",
            "there is nothing to decide by: no label, or no prediction or score",
        );
    }
    if settings.threshold.is_none() {
        at.note("threshold", "no threshold decides");
    }
    if settings.reference.is_none() {
        at.note("reference", "no split to compare with was found or chosen");
    }
    if settings.current.is_none() {
        at.note(
            "current",
            "no split was found or chosen: all rows are judged",
        );
    }
    if profile.windows().is_none() {
        at.note("window", Absent::NotExamined);
    }
    match (settings.range, &settings.current) {
        (None, _) => at.note("range", "no range was chosen: all rows are looked at"),
        (Some(_), None) => at.note(
            "range",
            "only rows in this range are judged; the windows are of all",
        ),
        (Some(_), Some(current)) => at.note(
            "range",
            format!("of “{current}” only rows in this range are judged; the windows are of all"),
        ),
    }
    if settings.reference_until.is_none() {
        at.note("reference_until", "no moment splits the rows");
    }
}

fn note_criteria(criteria: &[CriterionResult], at: &mut NotesAt<'_>) {
    for (index, criterion) in criteria.iter().enumerate() {
        let mut at = at.below(&index.to_string());
        if criterion.value.is_none() {
            at.note("value", &criterion.reason);
            at.note("interval", &criterion.reason);
        } else {
            match criterion.interval {
                Some((low, high)) => at.below("interval").note_open_ends(low, high),
                None => at.note("interval", "there is no interval for this number"),
            }
        }
    }
}

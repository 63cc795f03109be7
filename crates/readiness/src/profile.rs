//! The bounded statistics of a file: everything that views, exports and the judgement need.

use std::collections::BTreeMap;

use greenlight_data::{LatencyUnit, Rejection, Roles, Table, default_splits, unit_of_latencies};
use greenlight_format::Told;
use serde::{Deserialize, Serialize};

use crate::absent::Absent;
use crate::acceptance::Acceptance;
use crate::accumulator::Accumulator;
use crate::amounts::AmountReader;
use crate::choices::Choices;
use crate::classes::Classes;
use crate::decision::Certainty;
use crate::decision::SortedScores;
use crate::examination::{Drift, Examination};
use crate::observations::{NEGATIVE_LATENCY, NO_NUMBER_AS_LATENCY, Observations};
use crate::policy::Metric;
use crate::profile_error::ProfileError;
use crate::role_names::RoleNames;
use crate::row_watch::{RowAlert, RowRule, RowWatch};
use crate::schema::{DecisionRule, Schema};
use crate::source::{Source, SourceFile, SourceSummary};
use crate::statistics::{InOrder, Ordered, Statistics, order};
use crate::thresholds::BestThresholds;
use crate::windows::{Layout, Moment, Sides, Span, Windows};

/// The version of the Profile's own format.
pub const PROFILE_SCHEMA: u32 = 1;
/// Where a decision by score starts, for scores that are probabilities.
pub const DEFAULT_THRESHOLD: f64 = 0.5;
/// The longest acceptable latency where nobody has said otherwise.
pub const DEFAULT_LATENCY_BUDGET_MS: f64 = 1_000.0;

/// What is known of a file, of a size that does not grow with its rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// [`PROFILE_SCHEMA`] at the time of writing.
    pub schema: u32,
    /// The files.
    pub sources: Vec<SourceSummary>,
    /// Which column plays which part, by name.
    pub roles: RoleNames,
    /// What was settled, by choice or by default.
    pub settings: Settings,
    /// The classes of the whole file.
    pub classes: Classes,
    /// Whether label and prediction are grades of answers, people's and a judge's.
    pub graded: bool,
    /// Which classes mean that an answer is accepted.
    pub acceptance: Result<Acceptance, Absent>,
    /// All used rows.
    pub overall: Statistics,
    /// The rows of each split.
    pub splits: BTreeMap<String, Statistics>,
    /// The best thresholds on the split they were chosen on.
    pub thresholds: Option<BestThresholds>,
    /// What a second look at the rows found, once it is done.
    pub examination: Option<Examination>,
    /// The windows of time from before a range of them was chosen: they stay the same, and are there until the second look at that
    /// range is done.
    pub kept_windows: Option<Windows>,
    /// What the counts of these windows say of drift within the range, likewise. Not written: it follows from the windows of all rows.
    #[serde(skip)]
    pub kept_drift: Option<Drift>,
    /// What became of rules over single rows, for those that the rows were [watched](Self::watch) for.
    pub row_alerts: Vec<RowAlert>,
    /// Whether its numbers that are no counts were rounded on their way here. Whoever reads it from a link says so; it is not written.
    #[serde(skip)]
    pub told: Told,
    /// How sure the counts of right and wrong answers are, as they are decided. Not written either.
    #[serde(skip)]
    pub certainty: Certainty,
}

/// What was settled, by choice or by default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The positive class, where there is one and it is known.
    pub positive: Option<String>,
    /// What makes the predicted class; `None` where nothing does.
    pub decision: Option<DecisionRule>,
    /// The threshold, where it decides.
    pub threshold: Option<f64>,
    /// The split to compare with.
    pub reference: Option<String>,
    /// The split that is judged; all rows where there is none.
    pub current: Option<String>,
    /// The unit of the latency column and of every latency.
    pub latency_unit: LatencyUnit,
    /// Whether that is milliseconds for want of anything that says so: neither the column nor its name, nor a person.
    pub is_latency_unit_assumed: bool,
    /// The longest acceptable latency, in that unit.
    pub latency_budget: f64,
    /// Minutes that the clock is ahead of UTC.
    pub time_zone_minutes: i32,
    /// The only rows that are judged, of those of the current split; all of them where there is none.
    pub range: Option<Span>,
    /// Where the reference ends and what is judged begins, where that was chosen.
    pub reference_until: Option<Moment>,
}

impl Settings {
    /// Whether thresholds are chosen on other rows than are judged.
    pub(crate) fn is_seen_elsewhere(&self) -> bool {
        self.reference.is_some() && self.reference != self.current
    }
}

impl Profile {
    /// How well the numbers of a metric are known: those that rest on counts exactly, unless the threshold lies between two.
    pub fn told_of(&self, metric: Metric) -> Told {
        match metric.rests_on_counts() {
            true if metric.follows_decisions() => self.certainty.told(),
            true => Told::Exactly,
            false => self.told,
        }
    }

    /// The same of its numbers in windows of time, which are counted at fewer thresholds.
    pub fn told_over_windows(&self, metric: Metric) -> Told {
        match metric.follows_decisions() {
            true => self
                .windows()
                .map_or(Told::Exactly, |windows| windows.certainty.told()),
            false => self.told_of(metric),
        }
    }

    /// Reads a source through the guessed roles and the choices made. One pass over the rows, one
    /// sort of the scores and of the latencies.
    ///
    /// # Errors
    /// When the choices cannot be honoured or no row can be used.
    pub fn of(source: &Source, choices: &Choices) -> Result<Self, ProfileError> {
        Self::with_scores(source, choices).map(|(profile, _)| profile)
    }

    /// As [`of`](Self::of), with the sorted scores, which answer for any other threshold.
    ///
    /// # Errors
    /// As there.
    pub fn with_scores(
        source: &Source,
        choices: &Choices,
    ) -> Result<(Self, SortedScores), ProfileError> {
        let table = &source.table;
        let roles = choices.apply(table, &source.guesses)?;
        let positive = choices.positive.as_deref();
        let by_threshold = choices.threshold.is_some();
        let (schema, observations) =
            Observations::chosen(table, &roles, choices, positive, by_threshold)?;
        check_choices(choices, &schema)?;
        let amount = choices.demands.amount.as_ref();
        let amounts = amount
            .map(|amount| AmountReader::new(table, amount, &observations, &schema))
            .transpose()?;
        let mut names = RoleNames::new(table, &roles);
        names.settle(table, &schema);
        let mut accumulator: Option<Accumulator> = None;
        let mut summaries = Vec::with_capacity(source.files.len());
        for file in &source.files {
            let mut rows = Accumulator::new(schema.clone());
            rows.add(&observations, file.rows.clone());
            summaries.push(summarise(file, &rows));
            match &mut accumulator {
                None => accumulator = Some(rows),
                Some(accumulator) => accumulator.merge(rows),
            }
        }
        let accumulator = accumulator.unwrap_or_else(|| Accumulator::new(schema.clone()));
        check_used(source, &accumulator, &summaries)?;
        let sides = Sides::chosen(&schema, choices)?;
        Layout::check(&observations.of_all(), sides, choices.window)?;
        let amounts = amounts.as_ref();
        Self::finish(
            accumulator,
            summaries,
            names,
            choices,
            told_unit(table, &roles),
            amounts,
        )
    }

    fn finish(
        accumulator: Accumulator,
        sources: Vec<SourceSummary>,
        roles: RoleNames,
        choices: &Choices,
        told_unit: Option<LatencyUnit>,
        amounts: Option<&AmountReader<'_>>,
    ) -> Result<(Self, SortedScores), ProfileError> {
        let schema = accumulator.schema().clone();
        let (reference, current) = chosen_splits(&schema, choices)?;
        let known_unit = choices.latency_unit.or(told_unit);
        let latency_unit = known_unit.unwrap_or_default();
        let budget_ms = choices
            .latency_budget_ms
            .unwrap_or(DEFAULT_LATENCY_BUDGET_MS);
        let mut settings = Settings {
            positive: schema.classes.positive_name().map(str::to_owned),
            decision: schema.decision,
            threshold: None,
            reference,
            current,
            latency_unit,
            is_latency_unit_assumed: known_unit.is_none() && roles.latency.is_some(),
            latency_budget: budget_ms / latency_unit.in_ms(),
            time_zone_minutes: choices.time_zone_minutes,
            range: choices.span,
            reference_until: choices.reference_until,
        };

        let acceptance = acceptance(choices, &schema)?;
        let (splits, unsplit) = accumulator.into_parts();
        let InOrder {
            splits,
            overall,
            unsplit_scores,
        } = order(splits, unsplit);
        let rows_of = |split: Option<&String>| match split {
            None => &overall,
            Some(name) => splits
                .iter()
                .find(|(known, _)| known == name)
                .map_or(&overall, |(_, rows)| rows),
        };

        let chooser = rows_of(settings.reference.as_ref().or(settings.current.as_ref()));
        let current = rows_of(settings.current.as_ref());
        let demands = &choices.demands;
        let (chooser, judged) = (&chooser.scores, &current.scores);
        let sums = amounts.filter(|_| schema.has_score);
        let sums = sums.map(|amounts| amounts.sums(&settings, chooser, judged));
        let mut thresholds = schema
            .has_score
            .then(|| BestThresholds::choose(chooser, judged, &settings, demands, sums.as_ref()));
        if schema.decision == Some(DecisionRule::Threshold) {
            settings.threshold = choices.threshold.or_else(|| {
                if overall.scores.in_unit_interval() {
                    return Some(DEFAULT_THRESHOLD);
                }
                thresholds.as_ref()?.f1.as_ref()?.threshold
            });
        }

        if let (Some(thresholds), Some(sums)) = (&mut thresholds, &sums) {
            thresholds.decide_amounts(sums, judged, &settings);
        }
        let best = thresholds.as_ref().map(BestThresholds::flagging);
        let best = best.unwrap_or_default();
        let statistics = |rows: &Ordered| rows.statistics(&schema, &settings, &best);
        let of_all = statistics(&overall);
        // `extend`, not `collect`, which would bring a sort of its own into the engine's module.
        let mut statistics_by_split = BTreeMap::new();
        statistics_by_split.extend(
            splits
                .iter()
                .map(|(name, rows)| (name.clone(), statistics(rows))),
        );
        let profile = Self {
            schema: PROFILE_SCHEMA,
            sources,
            roles,
            settings,
            graded: schema.graded,
            acceptance,
            classes: schema.classes,
            overall: of_all,
            splits: statistics_by_split,
            thresholds,
            examination: None,
            kept_windows: None,
            kept_drift: None,
            row_alerts: Vec::new(),
            told: Told::Exactly,
            certainty: Certainty::Exact,
        };
        let mut scores = vec![(None, unsplit_scores.unwrap_or(overall.scores))];
        scores.extend(
            splits
                .into_iter()
                .map(|(name, rows)| (Some(name), rows.scores)),
        );
        let mut scores = SortedScores::new(scores);
        scores.keep_amounts(&profile.settings, sums);
        Ok((profile, scores))
    }

    /// Watches the rows that the profile was made from with `choices` for rules over single rows, in place of what was watched
    /// before.
    ///
    /// # Errors
    /// As for [`RowWatch::over`].
    pub fn watch(
        &mut self,
        source: &Source,
        choices: &Choices,
        rules: &[RowRule],
    ) -> Result<(), ProfileError> {
        self.row_alerts = match rules {
            [] => Vec::new(),
            rules => RowWatch::over(source, choices, &self.settings, rules)?,
        };
        Ok(())
    }

    /// The rows that are judged: the current split, or all rows.
    pub fn current(&self) -> &Statistics {
        self.split(self.settings.current.as_deref())
            .unwrap_or(&self.overall)
    }

    /// The rows of the reference split, where there is one.
    pub fn reference(&self) -> Option<&Statistics> {
        self.split(self.settings.reference.as_deref())
    }

    /// Whether rows have points in time, and not just an order.
    pub(crate) fn has_times(&self) -> bool {
        self.windows().is_some_and(|windows| windows.has_time)
    }

    /// Whether these are the very statistics of a split or of all rows, and not of a segment.
    pub(crate) fn is_split(&self, rows: &Statistics) -> bool {
        let mut all = self.splits.values().chain([&self.overall]);
        all.any(|split| std::ptr::eq(split, rows))
    }

    fn split(&self, name: Option<&str>) -> Option<&Statistics> {
        self.splits.get(name?)
    }
}

/// The unit of latencies that the column of latencies says.
pub fn told_unit(table: &Table, roles: &Roles) -> Option<LatencyUnit> {
    unit_of_latencies(table.column(roles.latency?)?)
}

fn check_choices(choices: &Choices, schema: &Schema) -> Result<(), ProfileError> {
    if let Some(chosen) = &choices.positive
        && schema.has_label
        && !schema.classes.names().contains(chosen)
    {
        let classes = schema.classes.names().join(", ");
        return Err(ProfileError::UnknownPositive {
            chosen: chosen.clone(),
            classes,
        });
    }
    if let Some(problem) = choices.demands.problem() {
        return Err(ProfileError::Demand { problem });
    }
    if let Some(threshold) = choices.threshold {
        let problem = |reason| Err(ProfileError::Threshold { threshold, reason });
        if !threshold.is_finite() {
            return problem("it is not a finite number");
        }
        if !schema.has_score {
            return problem("there is no score of two classes to compare it with");
        }
    }
    Ok(())
}

/// Which classes accept an answer: as chosen, else as they are called.
fn acceptance(
    choices: &Choices,
    schema: &Schema,
) -> Result<Result<Acceptance, Absent>, ProfileError> {
    let pass_mark = choices.pass_mark.as_deref();
    match Acceptance::of(&schema.classes, pass_mark, choices.positive.as_deref()) {
        Err(Absent::UnknownPassMark { chosen }) => Err(ProfileError::PassMark {
            chosen,
            grades: schema.classes.names().join(", "),
        }),
        acceptance => Ok(acceptance),
    }
}

/// The reference and the current split: as chosen, else as their names suggest.
pub(crate) fn chosen_splits(
    schema: &Schema,
    choices: &Choices,
) -> Result<(Option<String>, Option<String>), ProfileError> {
    for chosen in choices.reference.iter().chain(&choices.current) {
        if !schema.splits.contains(chosen) {
            let splits = match schema.splits.is_empty() {
                true => "none: no column splits the rows".to_owned(),
                false => schema.splits.join(", "),
            };
            return Err(ProfileError::UnknownSplit {
                chosen: chosen.clone(),
                splits,
            });
        }
    }
    if choices.all_rows {
        return Ok((None, None));
    }
    let guess = default_splits(&schema.splits);
    let name = |index: Option<usize>| schema.splits.get(index?).cloned();
    let mut current = choices.current.clone().or_else(|| name(guess.current));
    // Where no split can be judged all rows are, and what is among them is nothing to compare them with.
    let guessed = current.as_ref().and_then(|_| name(guess.reference));
    let mut reference = choices.reference.clone().or(guessed);
    if reference.is_some() && reference == current {
        if choices.reference.is_none() {
            reference = None;
        } else if choices.current.is_none() {
            current = None;
        } else {
            return Err(ProfileError::SameSplit {
                split: current.unwrap_or_default(),
            });
        }
    }
    Ok((reference, current))
}

/// What became of a file's rows.
fn summarise(file: &SourceFile, accumulator: &Accumulator) -> SourceSummary {
    // Within the file, rows are counted from its own first one.
    let start = file.rows.start as i64;
    let mut rejections = file.rejected.clone();
    rejections.merge(&accumulator.rejections().moved(-start));
    let mut rejected: Vec<Rejection> = rejections.iter().cloned().collect();
    rejected.sort_unstable_by(|a, b| (b.rows, &a.reason).cmp(&(a.rows, &b.reason)));
    let is_looked_up_in = file.rows.is_empty();
    let rows_used = match is_looked_up_in {
        true => file.lines.saturating_sub(rejections.rows()),
        false => accumulator.rows(),
    };
    let looked_at = rows_used.saturating_add(rejections.rows());
    SourceSummary {
        name: file.name.clone(),
        bytes: file.bytes,
        sha256: file.sha256.clone(),
        lines: file.lines,
        rows: looked_at.saturating_add(accumulator.outside()),
        rows_used,
        rejected,
        notes: file.notes.clone(),
    }
}

/// Whether any row could be used.
fn check_used(
    source: &Source,
    accumulator: &Accumulator,
    summaries: &[SourceSummary],
) -> Result<(), ProfileError> {
    if accumulator.rows() > 0 {
        return Ok(());
    }
    let own = source.files.iter().zip(summaries);
    let own = own.filter(|(file, _)| !file.rows.is_empty());
    let mut worst: Option<(&str, &Rejection)> = None;
    for (file, summary) in own {
        if let Some(rejection) = summary.rejected.first()
            && worst.is_none_or(|(_, worst)| rejection.rows > worst.rows)
        {
            worst = Some((&file.name, rejection));
        }
    }
    let is_one = source.files.len() == 1;
    let is_for_latency = |(_, worst): (&str, &Rejection)| {
        [NO_NUMBER_AS_LATENCY, NEGATIVE_LATENCY].contains(&worst.reason.as_str())
    };
    Err(ProfileError::NoUsableRows {
        advice: match worst.is_some_and(is_for_latency) {
            true => "; choose another column as the latency, or none",
            false => "",
        },
        rows: source.table.rows() as u64,
        first_row: worst.map_or(1, |(_, worst)| worst.first_row),
        reason: match worst {
            // Rows that are neither used nor rejected are outside of the range, or stand for none.
            None if accumulator.outside() > 0 => "none lies within the range".to_owned(),
            None => "every count is 0".to_owned(),
            Some((_, worst)) if is_one => worst.reason.clone(),
            Some((name, worst)) => format!("in {name}, {}", worst.reason),
        },
    })
}

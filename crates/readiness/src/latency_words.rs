//! How long answers take, in plain words.

mod budget;
mod cost;
mod failures;
mod groups;
mod slow;

use greenlight_data::{LatencyUnit, Rejection};
use greenlight_format::{self as format, Told};
use greenlight_metrics::latency::rows_for_upper_end;
use greenlight_metrics::{LatencySummary, PercentileInterval};

use crate::absent::Absent;
use crate::examination::LatencyLook;
use crate::observations::{NEGATIVE_LATENCY, NO_NUMBER_AS_LATENCY};
use crate::profile::Profile;
use crate::source::SourceSummary;
use crate::statistics::Statistics;
use crate::words;

pub use budget::OverBudget;
pub use cost::{CostRow, CostWords};
pub use failures::FailureWords;
pub use groups::{GroupLatency, GroupStanding, GroupsWords};
pub use slow::{SlowWords, SpeedRow};

/// How long the answers of the rows that are judged take.
///
/// ```
/// use greenlight_readiness::latency_words::LatencyWords;
/// use greenlight_readiness::{Choices, Profile, SourceReader};
/// let mut reader = SourceReader::new("fast.csv");
/// reader.feed(b"latency_ms\n")?;
/// for row in 0..200 {
///     reader.feed(format!("{}\n", 20 + row % 20).as_bytes())?;
/// }
/// let profile = Profile::of(&reader.finish_alone()?, &Choices::default())?;
/// let words = LatencyWords::of(&profile)?;
/// assert_eq!(
///     words.finding.replace('\u{202f}', " "),
///     "95 of 100 answers come within 38.0 ms; none takes longer than the budget of 1.00 s"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LatencyWords {
    /// The one sentence to read.
    pub finding: String,
    /// What else to know, the most important first.
    pub remarks: Vec<String>,
    /// Mean, percentiles and maximum.
    pub rows: Vec<LatencyRow>,
    /// In which unit the column is read: "“latency” is read in milliseconds". It is guessed unless a person chose it.
    pub unit: String,
}

/// A number of the latencies, in milliseconds.
#[derive(Clone, Debug, PartialEq)]
pub struct LatencyRow {
    /// The name in the report: `p95`.
    pub name: &'static str,
    /// What it says.
    pub title: &'static str,
    /// Of the rows that are judged.
    pub current: LatencyValue,
    /// Of the reference, where it has latencies.
    pub reference: Option<LatencyValue>,
}

/// A latency in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatencyValue {
    /// The latency.
    pub ms: f64,
    /// Its 95 % interval, where it is a percentile.
    pub interval: Option<PercentileInterval>,
    /// So many rows would give the interval an upper end, where it has none.
    pub rows_for_upper: Option<u64>,
    /// How well it and its interval are known.
    pub told: Told,
}

impl LatencyValue {
    /// The latency as a person reads it.
    pub fn shown(&self) -> String {
        self.told.mark(format::duration_ms(self.ms))
    }

    /// The interval in words: "39.5 to 43.0 ms", "39.5 ms or more; an upper end takes 368 rows".
    pub fn interval_words(&self) -> Option<String> {
        let interval = self.interval?;
        let shown = |end: Option<f64>| end.map(|end| self.told.mark(format::duration_ms(end)));
        Some(match (shown(interval.low), shown(interval.high)) {
            (Some(low), Some(high)) => format!("{low} to {high}"),
            (low, _) => {
                let rows = self.rows_for_upper.map_or_else(String::new, |rows| {
                    format!("an upper end takes {} rows", format::count(rows))
                });
                match low {
                    Some(low) => format!("{low} or more; {rows}"),
                    None => rows,
                }
            }
        })
    }
}

/// Why nothing can be said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{finding}. {advice}")]
pub struct NoLatency {
    /// What is lacking.
    pub finding: String,
    /// What to do.
    pub advice: String,
}

/// Percentile, name in the report, what it says.
type Percentile = (f64, &'static str, &'static str);

const PERCENTILES: [Percentile; 5] = [
    (50.0, "p50", "Half within"),
    (90.0, "p90", "90 of 100 within"),
    (95.0, "p95", "95 of 100 within"),
    (99.0, "p99", "99 of 100 within"),
    (99.9, "p99_9", "999 of 1\u{202f}000 within"),
];

impl LatencyWords {
    /// The words for the rows that are judged.
    ///
    /// # Errors
    /// Where no row has a latency.
    pub fn of(profile: &Profile) -> Result<Self, NoLatency> {
        let rows = profile.current();
        let latency = rows.latency.as_ref().map_err(|_| NoLatency::of(profile))?;
        let reference = profile.reference();
        let reference = reference.and_then(|rows| rows.latency.as_ref().ok());
        let settings = &profile.settings;
        let over = OverBudget::in_force(latency, profile);
        let p95 = shown(profile, latency.p95);
        let budget = words::latency(settings.latency_budget, settings.latency_unit);
        let measured = latency.max > 0.0;
        let kept = match over.rows_over() {
            0 => format!("none takes longer than the budget of {budget}"),
            _ => format!(
                "{} take longer than the budget of {budget}",
                over.told.mark(format::percent(over.share))
            ),
        };
        let remarks = [
            (!measured).then(|| "No answer takes no time, so what is asked of latency is not judged by this column".to_owned()),
            measured.then(|| doubt(latency, profile)),
            measured.then(|| tail(latency, profile)).flatten(),
            reference.filter(|_| measured).and_then(|reference| beside_reference(latency, reference, profile)),
            without_latency(rows, latency),
            left_out(profile, NO_NUMBER_AS_LATENCY),
            left_out(profile, NEGATIVE_LATENCY),
            profile.latency_look().and_then(failed),
        ];
        let remarks = remarks.into_iter().flatten();
        Ok(Self {
            finding: match measured {
                true => format!("95 of 100 answers come within {p95}; {kept}"),
                false => "Every latency is 0: none seems to have been measured".to_owned(),
            },
            remarks: remarks.map(|text| text + ".").collect(),
            rows: latency_rows(latency, reference, profile),
            unit: unit(profile),
        })
    }
}

impl Profile {
    /// What a second look found about latency, once it is done.
    pub fn latency_look(&self) -> Option<&LatencyLook> {
        self.examination.as_ref()?.latency.as_ref()
    }
}

/// How sure the 95th percentile is.
fn doubt(latency: &LatencySummary, profile: &Profile) -> String {
    let value = value_of(latency, &PERCENTILES[2], profile);
    let answers = counted(latency.rows, "answer", "answers");
    match value.interval_words() {
        Some(interval) => format!("Counted over {answers}; 95 % interval {interval}"),
        None => format!("Counted over {answers}"),
    }
}

/// The slowest answers, and whether there are enough of them to say more.
fn tail(latency: &LatencySummary, profile: &Profile) -> Option<String> {
    let shown = |value: f64| shown(profile, value);
    let needed = rows_for_upper_end(99.0).ok()?;
    Some(match latency.intervals.p99.high {
        Some(_) => format!(
            "99 of 100 come within {}; the slowest takes {}",
            shown(latency.p99),
            shown(latency.max)
        ),
        None => format!(
            "An upper bound for p99 takes {} rows; there are {}. The slowest takes {}",
            format::count(needed),
            format::count(latency.rows),
            shown(latency.max)
        ),
    })
}

/// The reference beside it. Intervals that do not overlap leave no doubt.
fn beside_reference(
    latency: &LatencySummary,
    reference: &LatencySummary,
    profile: &Profile,
) -> Option<String> {
    let name = profile.settings.reference.as_ref()?;
    let (ours, theirs) = (latency.intervals.p95, reference.intervals.p95);
    let is_above =
        |low: Option<f64>, high: Option<f64>| low.zip(high).is_some_and(|(low, high)| low > high);
    let verdict = match (
        is_above(ours.low, theirs.high),
        is_above(theirs.low, ours.high),
    ) {
        (true, _) => "it has become slower",
        (_, true) => "it has become faster",
        _ => "the difference is within chance",
    };
    Some(format!(
        "In “{name}” 95 of 100 came within {}: {verdict}",
        shown(profile, reference.p95)
    ))
}

/// Rows that are in none of the numbers.
fn without_latency(rows: &Statistics, latency: &LatencySummary) -> Option<String> {
    let failed = rows.errors.as_ref().copied().unwrap_or(0);
    let answers = rows.rows.saturating_sub(failed);
    match answers.saturating_sub(latency.rows) {
        0 => None,
        1 => Some("1 answer has no latency".to_owned()),
        none => Some(format!("{} answers have no latency", format::count(none))),
    }
}

/// Rows that are left out altogether for what stands in place of their latency, and what to do about them.
fn left_out(profile: &Profile, why: &str) -> Option<String> {
    let of = |source: &SourceSummary| {
        let mut rejected = source.rejected.iter();
        rejected.find(|rejection| rejection.reason == why).cloned()
    };
    let found = profile
        .sources
        .iter()
        .filter_map(|source| Some((source, of(source)?)));
    let found: Vec<(&SourceSummary, Rejection)> = found.collect();
    let (source, first) = found.first()?;
    let rows = found.iter().map(|(_, rejection)| rejection.rows);
    let rows = rows.fold(0_u64, u64::saturating_add);
    let file = match profile.sources.len() {
        1 => String::new(),
        _ => format!(" of {}", source.name),
    };
    let example = match first.example.as_str() {
        "" => String::new(),
        text => format!(": “{text}”"),
    };
    let out = counted(
        rows,
        "row is left out altogether, since its latency is",
        "rows are left out altogether, since their latency is",
    );
    let (what, advice) = match why {
        NEGATIVE_LATENCY => (
            "below 0",
            "leave such cells empty, or choose another column as the latency",
        ),
        _ => (
            "no number",
            "where such a call failed or timed out, say so in a column of failed calls, and it counts in the error rate; an empty cell leaves the row in",
        ),
    };
    let row = format::count(first.first_row);
    Some(format!(
        "{out} {what}, the first in row {row}{file}{example}; {advice}"
    ))
}

/// Calls that failed are no answers.
fn failed(look: &LatencyLook) -> Option<String> {
    let failed = look.failed.as_ref().ok().filter(|failed| failed.rows > 0)?;
    let calls = counted(failed.rows, "call that failed is", "calls that failed are");
    Some(format!("{calls} in none of these numbers"))
}

/// The numbers of a summary as rows of a table.
fn latency_rows(
    current: &LatencySummary,
    reference: Option<&LatencySummary>,
    profile: &Profile,
) -> Vec<LatencyRow> {
    let unit = profile.settings.latency_unit;
    let plain = |value: f64| LatencyValue {
        ms: value * unit.in_ms(),
        interval: None,
        rows_for_upper: None,
        told: profile.told,
    };
    let row = |name, title, of: &dyn Fn(&LatencySummary) -> LatencyValue| LatencyRow {
        name,
        title,
        current: of(current),
        reference: reference.map(of),
    };
    let mut rows = vec![row("mean", "Mean", &|summary| plain(summary.mean))];
    for percentile in &PERCENTILES {
        let &(_, name, title) = percentile;
        rows.push(row(name, title, &|summary| {
            value_of(summary, percentile, profile)
        }));
    }
    rows.push(row("max", "Slowest", &|summary| plain(summary.max)));
    rows
}

/// A percentile in milliseconds.
fn value_of(
    summary: &LatencySummary,
    &(percent, name, _): &Percentile,
    profile: &Profile,
) -> LatencyValue {
    let unit = profile.settings.latency_unit;
    let intervals = &summary.intervals;
    let (value, interval) = match name {
        "p50" => (summary.p50, intervals.p50),
        "p90" => (summary.p90, intervals.p90),
        "p95" => (summary.p95, intervals.p95),
        "p99" => (summary.p99, intervals.p99),
        _ => (summary.p99_9, intervals.p99_9),
    };
    let to_ms = |end: Option<f64>| end.map(|end| end * unit.in_ms());
    LatencyValue {
        ms: value * unit.in_ms(),
        interval: Some(PercentileInterval {
            low: to_ms(interval.low),
            high: to_ms(interval.high),
        }),
        rows_for_upper: match interval.high {
            Some(_) => None,
            None => rows_for_upper_end(percent).ok(),
        },
        told: profile.told,
    }
}

/// In which unit latencies are taken where neither their column nor a person says it: "“wait” is taken as milliseconds, for nothing says
/// its unit".
pub fn assumed_unit(profile: &Profile) -> Option<String> {
    let column = profile.roles.latency.as_ref()?;
    let is_assumed = profile.settings.is_latency_unit_assumed;
    is_assumed.then(|| format!("“{column}” is taken as milliseconds, for nothing says its unit"))
}

fn unit(profile: &Profile) -> String {
    let column = profile.roles.latency.as_deref().unwrap_or_default();
    let unit = match profile.settings.latency_unit {
        LatencyUnit::Nanoseconds => "nanoseconds",
        LatencyUnit::Microseconds => "microseconds",
        LatencyUnit::Milliseconds => "milliseconds",
        LatencyUnit::Seconds => "seconds",
    };
    format!("“{column}” is read in {unit}")
}

/// So many things, in words.
/// How well a share over the budget is known: what rounds to none was none.
pub(super) fn told_share(profile: &Profile, share: f64) -> Told {
    match share == 0.0 {
        true => Told::Exactly,
        false => profile.told,
    }
}

/// A latency of the rows as a person reads it, with ≈ where it was rounded.
fn shown(profile: &Profile, value: f64) -> String {
    let latency = words::latency(value, profile.settings.latency_unit);
    profile.told.mark(latency)
}

fn counted(number: u64, one: &str, several: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        more => format!("{} {several}", format::count(more)),
    }
}

impl NoLatency {
    fn of(profile: &Profile) -> Self {
        let (finding, advice) = match &profile.roles.latency {
            None => (
                "How long answers take is not known: no column holds a latency".to_owned(),
                "Add a column with the time that each prediction took, such as latency_ms, or say which column it is. A latency alone is \
                 enough for this view.",
            ),
            Some(column) => (
                format!("No row that is judged has a latency in “{column}”"),
                "Choose another column as the latency, or judge other rows.",
            ),
        };
        Self {
            finding,
            advice: advice.to_owned(),
        }
    }
}

/// Why there is no number of a kind, and what to do about it.
pub(crate) fn lacking(why: &Absent, advice: &str) -> String {
    format!("{}. {advice}", format::capitalised(&why.to_string()))
}

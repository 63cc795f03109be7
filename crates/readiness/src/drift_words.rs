//! Drift in words: whether a column has moved, by how much, and whether chance would do.

use greenlight_data::canonical_number;
use greenlight_format::{self as format, Told};
use greenlight_metrics::Undefined;
use greenlight_metrics::drift::evidently::{Test, has_data_set_drifted};

use crate::criteria::{CriterionResult, Outcome, shown_beside_limit};
use crate::examination::{ColumnDrift, Drift, DriftBin, DriftPart, DriftVerdict, Examination};
use crate::monitoring::{RuleOutcome, RuleReport, Watched};
use crate::monitoring_words;
use crate::policy::{DriftMethod, DriftSettings, Metric, Severity};
use crate::profile::Profile;
use crate::report::Report;
use crate::windows::WindowRule;
use crate::words;

/// So many columns are named in a sentence.
const MOST_NAMED: usize = 3;
/// A change of the share of missing values is told from here on.
const MISSING_TOLD: f64 = 0.01;

/// Why there is nothing to say of drift.
///
/// ```
/// use greenlight_readiness::{Choices, Profile, SourceReader, drift_words};
/// let mut reader = SourceReader::new("tiny.csv");
/// reader.feed(b"label,prediction\n1,1\n0,0\n")?;
/// let profile = Profile::of(&reader.finish_alone()?, &Choices::default())?;
/// assert_eq!(drift_words::why_none(&profile), "there is no reference to compare with");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn why_none(profile: &Profile) -> &'static str {
    match (&profile.settings.reference, &profile.examination) {
        (None, _) => "there is no reference to compare with",
        (Some(_), None) => "the rows have yet to be looked at once more",
        (Some(_), Some(_)) => "all rows are judged together, so that none are left to compare with",
    }
}

/// What the method is called, alone or in a list to choose from.
///
/// ```
/// use greenlight_readiness::{DriftMethod, drift_words};
/// assert_eq!(drift_words::method_title(DriftMethod::Psi), "Population stability index (PSI)");
/// ```
pub fn method_title(method: DriftMethod) -> &'static str {
    match method {
        DriftMethod::Psi => "Population stability index (PSI)",
        DriftMethod::KolmogorovSmirnov => "Kolmogorov–Smirnov statistic",
        DriftMethod::Wasserstein => "Wasserstein distance (in standard deviations)",
        DriftMethod::JensenShannon => "Jensen–Shannon distance",
        DriftMethod::ChiSquare => "Chi-square",
        DriftMethod::LInfinity => "Largest change of a share (L∞)",
        DriftMethod::EvidentlyDefaults => "Evidently’s defaults",
    }
}

fn method_name(method: DriftMethod, evidently: Result<Test, Undefined>) -> &'static str {
    match method {
        DriftMethod::Psi => "PSI",
        DriftMethod::KolmogorovSmirnov => "the Kolmogorov–Smirnov statistic",
        DriftMethod::Wasserstein => "the Wasserstein distance",
        DriftMethod::JensenShannon => "the Jensen–Shannon distance",
        DriftMethod::ChiSquare => "chi-square",
        DriftMethod::LInfinity => "the largest change of a share",
        DriftMethod::EvidentlyDefaults => match evidently {
            Ok(Test::KolmogorovSmirnov) => "the p-value of Kolmogorov–Smirnov",
            Ok(Test::ChiSquare) => "the p-value of chi-square",
            Ok(Test::Proportions) => "the p-value of the z-test",
            Ok(Test::Wasserstein) => "the Wasserstein distance",
            Ok(Test::JensenShannon) | Err(_) => "the Jensen–Shannon distance",
        },
    }
}

/// What a column is called in a sentence: by its part where it is the only one that plays it.
pub fn name(column: &ColumnDrift) -> String {
    match column.part {
        DriftPart::Score => "the score".to_owned(),
        DriftPart::Label => "the label".to_owned(),
        DriftPart::Prediction => "the prediction".to_owned(),
        DriftPart::Feature | DriftPart::Segment => format!("“{}”", column.column),
    }
}

/// Whether a column has drifted, and why, in a sentence; `told` says how well numbers are known that are not of counts.
pub fn sentence(column: &ColumnDrift, verdict: &DriftVerdict, told: Told) -> String {
    let (who, limit) = (
        format::capitalised(&name(column)),
        format::exact(verdict.limit),
    );
    let value = match verdict.value {
        Ok(value) => value,
        Err(why) => return format!("{who} cannot be judged: {why}."),
    };
    let method = method_name(verdict.method, column.evidently.map(|tested| tested.test));
    let shown = verdict.told_value(told).mark(format::significant(value, 3));
    if let (DriftMethod::EvidentlyDefaults, Ok(tested)) = (verdict.method, column.evidently) {
        let has = if tested.drifted() {
            "has drifted"
        } else {
            "has not drifted"
        };
        let at = if tested.test.is_p_value() {
            "drift is below"
        } else {
            "drift begins at"
        };
        return format!(
            "{who} {has} by Evidently’s defaults: {method} is {shown}, and {at} {limit}."
        );
    }
    let p_value = match verdict.p_value {
        Ok(p_value) => p_value,
        Err(_) => {
            return format!(
                "{who} cannot be judged: there are too few rows of each value to tell a difference from chance."
            );
        }
    };
    let by_chance = verdict.noise_floor.ok().filter(|floor| value <= *floor);
    match (verdict.is_above(), verdict.is_sure, by_chance) {
        (true, true, _) => format!(
            "{who} has drifted: {method} {shown} is above {limit}, and a difference this large is not chance ({}).",
            verdict.told_p_value(told).p_equals(p_value)
        ),
        (true, false, Some(floor)) => format!(
            "{who} has not surely drifted: {method} {shown} is above {limit}, but with so few rows chance alone reaches {}.",
            verdict
                .told_noise_floor(told)
                .mark(format::significant(floor, 3))
        ),
        (true, false, None) => format!(
            "{who} has not surely drifted: {method} {shown} is above {limit}, but among so many columns chance alone may do that ({}).",
            verdict.told_p_value(told).p_equals(p_value)
        ),
        (false, true, _) => format!(
            "{who} has moved a little: {method} {shown} is not above {limit}, though the difference is not chance ({}).",
            verdict.told_p_value(told).p_equals(p_value)
        ),
        (false, false, Some(floor)) => format!(
            "{who} has not drifted: {method} {shown} is no more than chance alone gives (up to {}).",
            verdict
                .told_noise_floor(told)
                .mark(format::significant(floor, 3))
        ),
        (false, false, None) => {
            format!("{who} has not drifted: {method} {shown} is not above {limit}.")
        }
    }
}

/// What has drifted, in a sentence: the headline of the view.
pub fn finding(drift: &Drift, settings: DriftSettings) -> String {
    let verdicts = drift.verdicts(settings);
    let judged = verdicts
        .iter()
        .filter(|verdict| verdict.drifted.is_some())
        .count();
    let columns = |count: usize| match count {
        1 => "1 column".to_owned(),
        count => format!("{} columns", format::count(count as u64)),
    };
    if judged == 0 {
        return match drift.columns.is_empty() {
            true => "No column can be compared with the reference.".to_owned(),
            false => format!(
                "None of {} can be judged: there is too little in them to compare.",
                columns(drift.columns.len())
            ),
        };
    }
    let mut drifted: Vec<(&ColumnDrift, &DriftVerdict)> = drift
        .columns
        .iter()
        .zip(&verdicts)
        .filter(|(_, verdict)| verdict.drifted == Some(true))
        .collect();
    let of = match judged {
        1 => "the only column that can be judged".to_owned(),
        judged => format!("{} columns", format::count(judged as u64)),
    };
    let is_evidently = settings.method == DriftMethod::EvidentlyDefaults;
    let by = if is_evidently {
        "By Evidently’s defaults "
    } else {
        ""
    };
    let whole = match is_evidently {
        false => "",
        true if has_data_set_drifted(drifted.len(), judged) => {
            "; so the whole data set counts as drifted"
        }
        true => "; the whole data set does not count as drifted",
    };
    let subject = match (drifted.len(), judged) {
        (0, 1) => format!("{by}{of} has not drifted"),
        (0, _) => format!("{by}none of {of} has drifted"),
        (1, 1) => format!("{by}{of} has drifted"),
        (count, judged) if count == judged => format!("{by}all {of} have drifted"),
        (1, _) => format!("{by}1 of {of} has drifted"),
        (count, _) => format!("{by}{} of {of} have drifted", format::count(count as u64)),
    };
    // Outputs first, but where not all can be named inputs, which tell why; of either the most; where distances and p-values stand side by side there is no most.
    if !is_evidently {
        let value = |verdict: &DriftVerdict| verdict.value.unwrap_or(0.0);
        let are_many = drifted.len() > MOST_NAMED;
        drifted.sort_by(|(a, x), (b, y)| {
            let inputs = a.part.is_input().cmp(&b.part.is_input());
            let inputs = if are_many { inputs.reverse() } else { inputs };
            inputs.then(value(y).total_cmp(&value(x)))
        });
    }
    let named: Vec<String> = drifted
        .iter()
        .take(MOST_NAMED)
        .map(|(column, _)| name(column))
        .collect();
    let named = match (named.as_slice(), drifted.len()) {
        ([], _) => String::new(),
        (names, all) if all > names.len() => format!(": {}, …", names.join(", ")),
        ([names @ .., last], _) if !names.is_empty() => {
            format!(": {} and {last}", names.join(", "))
        }
        (names, _) => format!(": {}", names.concat()),
    };
    format::capitalised(&format!("{subject}{named}{whole}."))
}

/// The rule in a sentence.
pub fn rule(settings: DriftSettings) -> String {
    let limit = format::exact(settings.limit);
    match settings.method {
        DriftMethod::EvidentlyDefaults => "Each column is judged alone, by the test and the limit that Evidently would choose for it; that cries wolf on few rows and on \
            many columns."
            .to_owned(),
        DriftMethod::ChiSquare if settings.limit == 0.0 => {
            "A column has drifted where the difference is more than chance, all columns taken together; of many rows very small ones are."
                .to_owned()
        }
        method => format!(
            "A column has drifted where {} is above {limit} and the difference is more than chance, all columns taken together.",
            method_name(method, Err(Undefined::NoRows))
        ),
    }
}

/// What the picture of all columns over time shows, and why it differs from what is said of each column.
///
/// ```
/// use greenlight_readiness::{WindowRule, drift_words::over_time};
/// assert!(over_time(WindowRule::Weeks).contains("each week alone"));
/// ```
pub fn over_time(rule: WindowRule) -> String {
    let unit = rule.unit();
    format!(
        "The table above says whether a column has drifted: it compares all current rows at once with the whole reference. This picture says when: it \
         compares each {unit} alone with the whole reference. So what follows the season, as a temperature does, is dark here even where nothing is \
         wrong: no single {unit} holds every season. A {unit} of few rows also passes the limit more easily by chance."
    )
}

/// Why Drift, the policy and Monitoring do not say the same of the score, in sentences; `None` where they agree, or fewer than two of them judge
/// it. Each asks another question.
pub fn answers_about_score(report: &Report) -> Option<String> {
    let demand = |operator, limit| monitoring_words::demand(operator, Metric::ScorePsi, limit);
    let (mut answers, mut are_good) = (Vec::new(), Vec::new());
    let drifted = report.drift.iter().find_map(|drift| drift.score.as_ref());
    if let Some((score, drifted)) = drifted.and_then(|score| Some((score, score.drifted?))) {
        are_good.push(!drifted);
        answers.push(format!("Drift asks whether it has moved. {}", score.reason));
    }
    let of_all = |asked: &&CriterionResult| {
        asked.metric == Metric::ScorePsi && asked.outcome != Outcome::NoEvidence
    };
    if let Some(asked) = report.criteria.iter().find(of_all) {
        let holds = asked.outcome != Outcome::Fail;
        are_good.push(holds);
        answers.push(format!(
            "The policy asks whether to act: all rows together have a PSI of {}, where {} is {}; that {}.",
            shown_beside_limit(asked),
            demand(asked.operator, asked.limit),
            match asked.severity {
                Severity::Must => "required",
                Severity::Should => "advised",
            },
            if holds { "holds" } else { "fails" },
        ));
    }
    let watched = |rule: &&RuleReport| rule.metric == Watched::Of(Metric::ScorePsi);
    for rule in report.monitoring.iter().filter(watched) {
        let alert = report.alerts.iter().find(|alert| alert.rule == rule.rule);
        let asked = demand(rule.operator, rule.limit);
        let found = match alert {
            Some(alert) => format!(
                "{} windows fail, and a few rows move more easily than all together",
                words::of(alert.count, alert.judged)
            ),
            None if rule.state == RuleOutcome::Silent => "none fails".to_owned(),
            None => continue,
        };
        are_good.push(alert.is_none());
        answers.push(format!(
            "Monitoring asks each window alone for {asked}: {found}."
        ));
    }
    let differ = are_good.contains(&true) && are_good.contains(&false);
    differ.then(|| {
        format!(
            "Different questions about the drift of the score have different answers. {}",
            answers.join(" ")
        )
    })
}

/// So many rows of a reference make chance as rare among whole numbers as among others.
const ENOUGH_FOR_WHOLE_NUMBERS: u64 = 1_000;

/// That chance alone may call a column drifted more often than is promised: whole numbers of which the small ones hold about a tenth of the
/// rows each, as counts of events do, in a small reference. `docs/drift.md` holds the measurements.
pub fn caution(column: &ColumnDrift, verdict: &DriftVerdict) -> Option<String> {
    let is_judged_so =
        verdict.drifted == Some(true) && verdict.method != DriftMethod::EvidentlyDefaults;
    let rows = column.reference.present();
    let is_doubtful = is_judged_so && rows < ENOUGH_FOR_WHOLE_NUMBERS && has_long_tail(column);
    is_doubtful.then(|| {
        format!(
            "Take it with caution: of whole numbers with a long tail, a reference of fewer than {} rows (here {}) calls some column drifted in up to \
             one file in four where nothing has changed.",
            format::count(ENOUGH_FOR_WHOLE_NUMBERS),
            format::count(rows),
        )
    })
}

/// Whether deciles fall on whole numbers that follow each other, and lie further apart above.
fn has_long_tail(column: &ColumnDrift) -> bool {
    let edge = |bin: &DriftBin| match bin {
        DriftBin::Numbers { below, .. } => *below,
        _ => None,
    };
    let edges: Vec<f64> = column.bins.iter().filter_map(edge).collect();
    let steps = || edges.iter().zip(edges.iter().skip(1));
    let neighbours = steps().filter(|(low, high)| low.fract() == 0.0 && *high - *low == 1.0);
    let last = steps().next_back().map_or(0.0, |(low, high)| high - low);
    neighbours.count() > 0 && last > 1.0
}

/// What else is to be said of a column: new values, missing ones, cells of another kind.
pub fn remarks(column: &ColumnDrift) -> Vec<String> {
    let mut remarks = Vec::new();
    let unseen = &column.unseen;
    if unseen.values > 0 {
        let more = match unseen.values - (unseen.examples.len() as u64).min(unseen.values) {
            0 => String::new(),
            more => format!(" and {} more", format::count(more)),
        };
        let values: Vec<String> = unseen
            .examples
            .iter()
            .map(|value| format!("“{value}”"))
            .collect();
        let rows = match unseen.rows {
            1 => "1 row has".to_owned(),
            rows => format!("{} rows have", format::count(rows)),
        };
        let what = if unseen.values == 1 {
            "a value"
        } else {
            "values"
        };
        remarks.push(format!(
            "{rows} {what} that the reference never has: {}{more}.",
            values.join(", ")
        ));
    }
    if let Ok(change) = column.missing_change()
        && change.abs() >= MISSING_TOLD
    {
        let share =
            |side: &crate::examination::SideCounts| side.missing as f64 / side.rows().max(1) as f64;
        remarks.push(format!(
            "{} of the values are missing, {} in the reference.",
            format::percent(share(&column.current)),
            format::percent(share(&column.reference)),
        ));
    }
    let (before, now) = column.strays;
    if now > 0 {
        remarks.push(format!(
            "{} cells hold something else than a number, {} in the reference: has the type changed?",
            format::count(now),
            format::count(before),
        ));
    }
    remarks
}

/// What lies in a bin.
pub fn bin(bin: &DriftBin) -> String {
    let number = |number: f64| format::significant(number, 4);
    match bin {
        DriftBin::Category(name) => name.clone(),
        DriftBin::Other(1) => "1 other".to_owned(),
        DriftBin::Other(others) => format!("{} others", format::count(*others)),
        DriftBin::Number(value) => canonical_number(*value),
        DriftBin::Unseen => "new".to_owned(),
        DriftBin::Numbers {
            at_least: Some(low),
            below: Some(high),
        } => format!("{} to {}", number(*low), number(*high)),
        DriftBin::Numbers {
            at_least: Some(low),
            below: None,
        } => format!("from {}", number(*low)),
        DriftBin::Numbers {
            at_least: None,
            below: Some(high),
        } => format!("below {}", number(*high)),
        DriftBin::Numbers {
            at_least: None,
            below: None,
        } => "all".to_owned(),
    }
}

/// What was found, where there is something to compare.
pub(crate) fn found(profile: &Profile) -> Result<&Drift, &'static str> {
    let drift = profile
        .examination
        .as_ref()
        .and_then(|found: &Examination| found.drift.as_ref());
    drift.ok_or_else(|| why_none(profile))
}

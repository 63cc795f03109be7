//! A report made shorter: what a link can carry, with what was done to it on its label.

mod drift;
mod examples;
mod round;
mod small;
mod stops;

use greenlight_readiness::examination::DriftPart;
use greenlight_readiness::{CriterionResult, Outcome, Profile, Verdict, Windows};

use crate::parts::Parts;
use crate::report::SharedReport;

/// Beyond so many digits a double is itself.
const ALL_DIGITS: u32 = 17;

impl SharedReport {
    /// The report with what `parts` keep, for a link: without ids and example values, without values and windows of few rows, with fewer
    /// thresholds, and with numbers of few digits. What is kept is judged as before: where rounding would change an outcome, more digits
    /// are kept.
    pub fn thinned(&self, parts: &Parts) -> Self {
        let mut thin = self.clone();
        leave_out(&mut thin, parts);
        examples::leave_out(&mut thin);
        small::withhold(&mut thin, parts.smallest);
        stops::thin(&mut thin, parts);
        leave_out_over_time(&mut thin, parts);
        let before = thin.outcomes();
        let rounded = (parts.digits..ALL_DIGITS).find_map(|digits| {
            let rounded = round::to_digits(&thin, digits)?;
            (rounded.outcomes() == before).then_some(rounded)
        });
        rounded.unwrap_or(thin).with_marks()
    }

    /// The verdict and what became of each criterion.
    pub fn outcomes(&self) -> (Verdict, Vec<(String, Outcome)>) {
        let report = self.judged();
        let outcome = |result: &CriterionResult| (result.name.clone(), result.outcome);
        let outcomes = report.criteria.iter().map(outcome).collect();
        (report.verdict, outcomes)
    }
}

/// Leaves out the parts that a person does not keep.
fn leave_out(report: &mut SharedReport, parts: &Parts) {
    let SharedReport {
        profile, thinned, ..
    } = report;
    if !parts.windows {
        thinned.without_windows |= has_windows(profile);
        profile.kept_windows = None;
    }
    let Some(examination) = &mut profile.examination else {
        return;
    };
    if !parts.windows {
        examination.windows = None;
        if let Some(estimate) = &mut examination.estimate {
            estimate.windows.clear();
        }
    }
    if !parts.segments {
        let is_there = !examination.segments.columns.is_empty() || examination.errors.is_some();
        thinned.without_segments |= is_there;
        examination.segments.columns.clear();
        examination.errors = None;
    }
    let Some(drift) = &mut examination.drift else {
        return;
    };
    if !parts.windows {
        drift.times.clear();
        for column in &mut drift.columns {
            column.windows.clear();
            column.reference_windows.clear();
        }
    }
    if !parts.features {
        let before = drift.columns.len();
        drift
            .columns
            .retain(|column| !matches!(column.part, DriftPart::Feature | DriftPart::Segment));
        thinned.without_features |= drift.columns.len() < before;
    }
}

/// Leaves out what only rules on the past of the reference rest on, and windows of columns that have hardly moved.
fn leave_out_over_time(report: &mut SharedReport, parts: &Parts) {
    let SharedReport {
        profile,
        policy,
        thinned,
        ..
    } = report;
    let mut windows: Vec<&mut Windows> = profile.kept_windows.iter_mut().collect();
    if let Some(examination) = &mut profile.examination {
        windows.extend(&mut examination.windows);
        if let Some(drift) = &mut examination.drift {
            thinned.columns_without_windows += drift::thin(drift, policy, parts.digits) as u64;
        }
    }
    for windows in windows {
        thinned.without_reference_windows |= !windows.reference.is_empty();
        windows.reference.clear();
    }
}

/// The double that so many significant digits say.
fn rounded(value: f64, digits: u32) -> f64 {
    let behind = digits.saturating_sub(1) as usize;
    format!("{value:.behind$e}").parse().unwrap_or(value)
}

fn has_windows(profile: &Profile) -> bool {
    let examined = profile.examination.as_ref();
    let windows = examined.and_then(|examination| examination.windows.as_ref());
    windows.or(profile.kept_windows.as_ref()).is_some()
}

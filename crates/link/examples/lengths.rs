//! How long links are, and what of a report takes how much of that: `cargo run --release -p greenlight-link --example lengths`.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a measurement"
)]

#[path = "../tests/files/mod.rs"]
mod files;

use greenlight_link::{Parts, SharedReport, encode};

fn main() {
    for (name, report) in &files::measured(100_000) {
        let whole = encode(report).unwrap().len();
        let began = std::time::Instant::now();
        let thin = report.thinned(&Parts::default());
        let took = began.elapsed();
        let length = encode(&thin).unwrap().len();
        println!(
            "    bare: {}",
            encode(&report.thinned(&files::least())).unwrap().len()
        );
        println!(
            "{name}: {whole} characters whole, {length} in a link ({took:.0?}), {:?}",
            thin.thinned.digits
        );
        for (part, without) in parts(&thin) {
            let saved = length as i64 - encode(&without).unwrap().len() as i64;
            if saved > 40 {
                println!("    {saved:6} {part}");
            }
        }
    }
}

/// The report without one part after the other.
fn parts(report: &SharedReport) -> Vec<(&'static str, SharedReport)> {
    let mut parts: Vec<(&'static str, SharedReport)> = Vec::new();
    let mut without = |part, change: &dyn Fn(&mut SharedReport)| {
        let mut report = report.clone();
        change(&mut report);
        parts.push((part, report));
    };
    without("policy", &|r| {
        r.policy.criteria.clear();
        r.policy.monitoring.clear();
    });
    without("sources", &|r| r.profile.sources.clear());
    without("roles", &|r| r.profile.roles = Default::default());
    without("thresholds", &|r| r.profile.thresholds = None);
    without("splits", &|r| r.profile.splits.clear());
    without("stops of overall and splits", &|r| {
        for rows in r
            .profile
            .splits
            .values_mut()
            .chain([&mut r.profile.overall])
        {
            if let Ok(Some(tradeoff)) = rows.scores.as_mut().map(|scores| scores.tradeoff.as_mut())
            {
                tradeoff.stops = Default::default();
            }
        }
    });
    without("histograms of scores", &|r| {
        for rows in r
            .profile
            .splits
            .values_mut()
            .chain([&mut r.profile.overall])
        {
            if let Ok(Some(tradeoff)) = rows.scores.as_mut().map(|scores| scores.tradeoff.as_mut())
            {
                tradeoff.histogram = None;
            }
        }
    });
    without("isotonic", &|r| {
        for rows in r
            .profile
            .splits
            .values_mut()
            .chain([&mut r.profile.overall])
        {
            if let Ok(scores) = rows.scores.as_mut() {
                scores.calibration.isotonic.clear();
            }
        }
    });
    without("per class", &|r| {
        for rows in r
            .profile
            .splits
            .values_mut()
            .chain([&mut r.profile.overall])
        {
            if let Ok(scores) = rows.scores.as_mut() {
                scores.per_class.clear();
            }
        }
    });
    without("row alerts", &|r| r.profile.row_alerts.clear());
    without("examination", &|r| r.profile.examination = None);
    let mut examined = |part, change: &dyn Fn(&mut greenlight_readiness::Examination)| {
        without(part, &|r| {
            if let Some(examination) = &mut r.profile.examination {
                change(examination);
            }
        });
    };
    examined("- windows", &|e| e.windows = None);
    examined("- stops of windows", &|e| {
        for window in e
            .windows
            .iter_mut()
            .flat_map(|w| w.windows.iter_mut().chain(&mut w.reference))
        {
            if let Ok(Some(tradeoff)) = window
                .statistics
                .scores
                .as_mut()
                .map(|scores| scores.tradeoff.as_mut())
            {
                tradeoff.stops = Default::default();
            }
        }
    });
    examined("- reference windows", &|e| {
        if let Some(windows) = &mut e.windows {
            windows.reference.clear();
        }
    });
    examined("- latency of windows", &|e| {
        for window in e
            .windows
            .iter_mut()
            .flat_map(|w| w.windows.iter_mut().chain(&mut w.reference))
        {
            window.statistics.latency = Err(greenlight_metrics::Undefined::NoLatencies.into());
        }
    });
    examined("- segments", &|e| e.segments.columns.clear());
    examined("- latency", &|e| e.latency = None);
    examined("- errors", &|e| e.errors = None);
    examined("- columns", &|e| e.columns.clear());
    examined("- missing labels", &|e| e.missing_labels.clear());
    examined("- estimate", &|e| e.estimate = None);
    examined("- repetition, variants, models", &|e| {
        e.repetition = None;
        e.variants = None;
        e.models = None;
    });
    examined("- drift", &|e| e.drift = None);
    examined("- drift by window", &|e| {
        for column in e.drift.iter_mut().flat_map(|drift| &mut drift.columns) {
            column.windows.clear();
            column.reference_windows.clear();
        }
    });
    examined("- drift in reference windows", &|e| {
        for column in e.drift.iter_mut().flat_map(|drift| &mut drift.columns) {
            column.reference_windows.clear();
        }
    });
    examined("- bins of drift", &|e| {
        for column in e.drift.iter_mut().flat_map(|drift| &mut drift.columns) {
            column.bins.clear();
        }
    });
    parts
}

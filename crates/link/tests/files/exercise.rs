//! What pages and terminals do with a report, all of it at once: none of it may panic, whatever was read.
#![allow(dead_code, reason = "each test uses some of it")]

use greenlight_link::{Parts, SharedReport};
use greenlight_readiness::calibration_words::CalibrationWords;
use greenlight_readiness::drift_words;
use greenlight_readiness::examination::Fairness;
use greenlight_readiness::latency_words::LatencyWords;
use greenlight_readiness::monitoring::{FalseAlarms, Replay};
use greenlight_readiness::monitoring_words;
use greenlight_readiness::segment_words::{GroupSearch, TreeWords, WeakWords};
use greenlight_readiness::{Metric, Profile, judge};

/// Judges a report, moves its threshold, looks at a part of its windows, and has everything said about it.
pub fn exercise(report: &SharedReport) {
    let judged = report.judged();
    let json = judged.to_json().unwrap();
    assert!(json.len() > 100);
    said(&report.profile, report);
    for threshold in [-1.0, 0.3, 0.5, f64::MAX] {
        if let Some(decided) = report.profile.decided_at(threshold, None) {
            judge(&decided, &report.policy).to_json().unwrap();
        }
    }
    if let Some(within) = report.profile.within(0..2) {
        judge(&within, &report.policy).to_json().unwrap();
        said(&within, report);
    }
    report.thinned(&Parts::default());
}

fn said(profile: &Profile, report: &SharedReport) {
    let policy = &report.policy;
    let replay = Replay::of(profile, policy);
    let _ = format!("{replay:?}");
    for (rule, found) in policy
        .monitoring
        .iter()
        .zip(FalseAlarms::of(profile, policy))
    {
        monitoring_words::false_alarms(rule, &found);
    }
    let _ = LatencyWords::of(profile).map(|words| format!("{words:?}").len());
    let _ = CalibrationWords::of(profile).map(|words| format!("{words:?}").len());
    for metric in Metric::ALL {
        if let Ok(course) = profile.over_time(*metric) {
            let _ = (course.worst(), course.best(), course.judged().count());
        }
    }
    if let Ok(GroupSearch::Found(errors)) = GroupSearch::of(profile) {
        WeakWords::of(&errors.weak, profile.told);
        TreeWords::of(&errors.tree);
    }
    let Some(examination) = &profile.examination else {
        return;
    };
    for column in &examination.segments.columns {
        let _ = Fairness::of(column, &profile.classes).is_ok();
    }
    if let Some(drift) = &examination.drift {
        drift_words::finding(drift, policy.drift);
        for column in &drift.columns {
            drift_words::remarks(column);
            column.bins.iter().map(drift_words::bin).for_each(drop);
            let _ = column.against(&column.over(0..3)).psi();
        }
    }
}

//! Rules over windows and rows, from files of predictions to alerts that stay raised.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

mod alerts;
mod drift;
mod false_alarms;
mod ranges;
mod windows;

use greenlight_readiness::monitoring::{
    FalseAlarms, MonitoringRule, Replay, RuleOutcome, Watched, row_rules,
};
use greenlight_readiness::monitoring_words;
use greenlight_readiness::{
    Choices, Metric, Operator, Policy, Profile, Report, SourceReader, WindowRule, judge,
};

fn profile(csv: &str, choices: &Choices, policy: &Policy) -> Profile {
    let mut reader = SourceReader::new("test.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    profile.watch(&source, choices, &row_rules(policy)).unwrap();
    profile
}

fn watching(rules: Vec<MonitoringRule>) -> Policy {
    Policy {
        monitoring: rules,
        ..Policy::balanced()
    }
}

fn of(metric: Metric, operator: Operator, limit: f64) -> MonitoringRule {
    MonitoringRule::new(metric.name(), Watched::Of(metric), operator, limit)
}

fn accuracy_of_at_least(limit: f64) -> MonitoringRule {
    of(Metric::Accuracy, Operator::AtLeast, limit)
}

fn daily() -> Choices {
    Choices {
        window: WindowRule::Days,
        ..Choices::default()
    }
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

/// A hundred rows a day from 3 March 2025 on, of which so many are right, from midnight to the last minute but a few.
fn days(right: &[usize]) -> String {
    let mut csv = "time,label,prediction\n".to_owned();
    for (day, &right) in right.iter().enumerate() {
        for row in 0..100 {
            let (minute, label) = (row * 14, row % 2);
            let prediction = if row < right { label } else { 1 - label };
            let minute = if row == 99 { 24 * 60 - 1 } else { minute };
            csv.push_str(&format!(
                "2025-03-{:02}T{:02}:{:02}:00Z,{label},{prediction}\n",
                day + 3,
                minute / 60,
                minute % 60,
            ));
        }
    }
    csv
}

fn state(report: &Report, rule: &str) -> (RuleOutcome, String) {
    let mut rules = report.monitoring.iter();
    let found = rules.find(|known| known.rule == rule).unwrap();
    (found.state, plain(&found.reason))
}

/// Scores of a reference, and of five days of which the fourth is another: 300 rows each, spread over the day.
fn scored() -> String {
    let mut csv = "split,time,label,score\n".to_owned();
    for day in 0..5_u32 {
        for row in 0..300_u32 {
            let at = row * 7_919 % 1_009;
            let score = f64::from(at) / 1_009.0;
            let moved = if day == 3 { score * score } else { score };
            let label = u32::from(score > 0.5);
            let (hour, minute) = (row * 1_439 / 299 / 60, row * 1_439 / 299 % 60);
            let time =
                |month: u32| format!("2025-{month:02}-{:02}T{hour:02}:{minute:02}:00Z", day + 3);
            csv.push_str(&format!("train,{},{label},{score}\n", time(2)));
            csv.push_str(&format!("production,{},{label},{moved}\n", time(3)));
        }
    }
    csv
}

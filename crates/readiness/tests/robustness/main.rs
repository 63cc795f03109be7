//! Perturbed copies beside clean rows, the weakest group, and criteria on a segment.

#![expect(clippy::unwrap_used, reason = "a test stops where its input is wrong")]

mod counting;
mod falls;
mod pairs;
mod segments;

use std::fmt::Write;

use greenlight_data::Role;
use greenlight_readiness::{
    Choices, Criterion, CriterionResult, Metric, Operator, Outcome, Policy, Profile, Scope,
    Severity, Source, SourceReader, judge,
};

fn read(csv: &str) -> Source {
    let mut reader = SourceReader::new("rows.csv");
    reader.feed(csv.as_bytes()).unwrap();
    reader.finish_alone().unwrap()
}

fn examined_by(csv: &str, choices: &Choices) -> Profile {
    let source = read(csv);
    let mut profile = Profile::of(&source, choices).unwrap();
    profile.examine(&source, choices).unwrap();
    profile
}

fn examined(csv: &str) -> Profile {
    examined_by(csv, &Choices::default())
}

/// What a single criterion comes to, and the verdict of a policy of it alone beside accuracy.
fn judged(profile: &Profile, metric: Metric, limit: f64) -> CriterionResult {
    of_scope(profile, metric, limit, Scope::Current)
}

fn of_scope(profile: &Profile, metric: Metric, limit: f64, scope: Scope) -> CriterionResult {
    let criterion = Criterion {
        scope,
        ..Criterion::new("it", metric, Operator::AtMost, limit, Severity::Should)
    };
    let policy = Policy {
        criteria: vec![criterion],
        required_evidence: Vec::new(),
        ..Policy::balanced()
    };
    judge(profile, &policy).criteria.remove(0)
}

fn plain(text: &str) -> String {
    text.replace('\u{202f}', " ")
}

/// Ids with a clean row and one for each perturbation, of which so many of each hundred are turned: from right to wrong, and
/// from wrong to right. One clean answer in ten is wrong.
fn copies(ids: usize, perturbations: &[(&str, usize, usize)]) -> String {
    let mut csv = "id,label,prediction,variant,latency_ms\n".to_owned();
    for id in 0..ids {
        let (label, of_hundred) = (id % 2, id * 37 % 100);
        let is_wrong = of_hundred < 10;
        let answer = if is_wrong { 1 - label } else { label };
        writeln!(csv, "p{id},{label},{answer},clean,5").unwrap();
        for (name, to_wrong, to_right) in perturbations {
            let turns = match is_wrong {
                true => of_hundred < *to_right,
                false => of_hundred - 10 < *to_wrong,
            };
            let answer = if turns { 1 - answer } else { answer };
            writeln!(csv, "p{id},{label},{answer},{name},5").unwrap();
        }
    }
    csv
}

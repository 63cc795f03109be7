//! What policies ask of drift, and that monitoring may ask for something else.

use greenlight_readiness::monitoring::RuleOutcome;
use greenlight_readiness::{Criterion, CriterionResult, Metric, Operator, Outcome, Severity};

use super::*;

fn judged(csv: &str, metric: Metric, limit: f64) -> CriterionResult {
    let criterion = Criterion::new("it", metric, Operator::AtMost, limit, Severity::Should);
    let policy = Policy {
        criteria: vec![criterion],
        required_evidence: Vec::new(),
        ..Policy::balanced()
    };
    judge(&examined_by(csv, &Choices::default()), &policy)
        .criteria
        .remove(0)
}

/// Scores of the current rows are drawn to a power.
fn scored(rows: u64, power: f64) -> String {
    let mut csv = "split,label,score\n".to_owned();
    for row in 0..2 * rows {
        let (split, power) = if row < rows {
            ("train", 1.0)
        } else {
            ("production", power)
        };
        let score = libm::pow(unit(row), power);
        writeln!(
            csv,
            "{split},{},{score}",
            u8::from(unit(row + 777_777) < 0.5)
        )
        .unwrap();
    }
    csv
}

#[test]
fn the_drift_of_the_score_fails_only_where_it_is_sure() {
    let moved = judged(&scored(500, 3.0), Metric::ScorePsi, 0.2);
    assert_eq!((moved.outcome, moved.rows), (Outcome::Fail, 500));
    assert!(
        moved.reason.contains("PSI against the reference is"),
        "{}",
        moved.reason
    );
    assert!(
        moved.reason.ends_with("; at most 0.2 is advised."),
        "{}",
        moved.reason
    );
    let same = judged(&scored(500, 1.0), Metric::ScorePsi, 0.2);
    assert_eq!(same.outcome, Outcome::Pass);
    // 30 rows a side: far above the limit, and no more than chance.
    let few = judged(&scored(40, 1.0), Metric::ScorePsi, 0.2);
    assert!(few.value.unwrap() > 0.2);
    assert_eq!(few.outcome, Outcome::NoEvidence);
    assert!(
        few.reason.contains("with so few rows chance alone reaches"),
        "{}",
        few.reason
    );
    let all = judged(&moved_csv(), Metric::DriftedColumnsShare, 0.5);
    assert_eq!((all.value, all.outcome), (Some(0.4), Outcome::Pass));
    assert_eq!(
        plain(&all.reason),
        "40.0 % of the columns have drifted (2 of 5); at most 50 % is advised."
    );
}

fn moved_csv() -> String {
    moved(2_000, 0.3)
}

#[test]
fn where_drift_policy_and_monitoring_differ_about_the_score_each_says_what_it_asks() {
    let csv = include_str!("../../../../static/samples/bicycles.csv");
    let report = judge(&examined_by(csv, &Choices::default()), &Policy::balanced());
    let plain = |said: &str| said.replace('\u{202f}', " ");
    assert_eq!(
        plain(&drift_words::answers_about_score(&report).unwrap()),
        "Different questions about the drift of the score have different answers. Drift asks whether it has moved. \
         The score has drifted: PSI 0.164 is above 0.1, and a difference this large is not chance (p < 0.001). \
         The policy asks whether to act: all rows together have a PSI of 0.164, where at most 0.2 is advised; that holds. \
         Monitoring asks each window alone for at most 0.2: 48 of 52 windows fail, and a few rows move more easily than all together."
    );
    for bits in 0..8_u8 {
        let [drifted, fails, raised] = [1, 2, 4].map(|bit| bits & bit > 0);
        let mut report = report.clone();
        let score = report.drift.as_mut().unwrap().score.as_mut().unwrap();
        score.drifted = Some(drifted);
        let of_score = |result: &&mut CriterionResult| result.metric == Metric::ScorePsi;
        let asked = report.criteria.iter_mut().find(of_score).unwrap();
        asked.outcome = if fails { Outcome::Fail } else { Outcome::Pass };
        if !raised {
            report.alerts.clear();
            for rule in &mut report.monitoring {
                rule.state = RuleOutcome::Silent;
            }
        }
        let said = drift_words::answers_about_score(&report);
        let agree = drifted == fails && fails == raised;
        assert_eq!(said.is_none(), agree, "{bits}");
        let said = said.map_or_else(String::new, |said| plain(&said));
        assert_eq!(
            said.contains("advised; that fails"),
            fails && !agree,
            "{said}"
        );
        assert_eq!(said.contains("48 of 52"), raised && !agree, "{said}");
        assert_eq!(said.contains("none fails"), !raised && !agree, "{said}");
    }
    // Of one that judges alone there is nothing to tell.
    let mut alone = report.clone();
    (alone.drift, alone.criteria) = (None, Vec::new());
    assert_eq!(drift_words::answers_about_score(&alone), None);
}

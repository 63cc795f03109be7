//! What presets ask for, and what a policy in the making is held to.

use super::*;

#[test]
fn errors_decide_where_they_are_measured() {
    let of = |error: usize| {
        rows(
            "label,prediction,latency_ms,error",
            &[
                ("1,1,9,0", 480),
                ("1,0,9,0", 20),
                ("0,0,9,0", 480),
                ("0,1,9,0", 20),
                (",,,1", error),
            ],
        )
    };
    let few = report(&of(2), &Policy::balanced());
    assert_eq!(named(&few, "error_rate").outcome, Outcome::Pass);
    assert_eq!(few.verdict, Verdict::Ready, "{:?}", few.reasons);
    let many = report(&of(40), &Policy::balanced());
    assert_eq!(named(&many, "error_rate").outcome, Outcome::Fail);
    assert_eq!(many.verdict, Verdict::NotReady);
}

#[test]
fn fraud_refuses_alarms_that_nobody_would_look_at() {
    // Catches 95 of 100 by flagging a third of everything.
    let csv = rows(
        "is_fraud,prediction,latency_ms",
        &[
            ("1,1,9", 95),
            ("1,0,9", 5),
            ("0,1,9", 3_000),
            ("0,0,9", 6_000),
        ],
    );
    let report = report(&csv, &Policy::fraud());
    assert_eq!(named(&report, "recall").outcome, Outcome::Pass);
    assert_eq!(named(&report, "precision").outcome, Outcome::Fail);
    assert_eq!(report.verdict, Verdict::NotReady);
    assert!(plain(&report.reasons[0]).contains("3.07 % of the alarms are real fraud"));
    assert!(named(&report, "precision").why.is_some());
}

#[test]
fn an_assistant_is_judged_by_what_people_accept() {
    let csv = rows(
        "label,prediction,latency_s,cost",
        &[
            ("pass,pass,4,0.02", 460),
            ("pass,fail,4,0.02", 20),
            ("fail,fail,4,0.02", 15),
            ("fail,pass,4,0.02", 5),
        ],
    );
    let report = report(&csv, &Policy::assistant());
    assert_eq!(named(&report, "accepted_share").value, Some(0.96));
    assert_eq!(named(&report, "judge_agreement").outcome, Outcome::Fail);
    assert_eq!(named(&report, "cost_per_accepted").outcome, Outcome::Pass);
    assert_eq!(named(&report, "latency_p95").value, Some(4_000.0));
    assert_eq!(report.verdict, Verdict::ReadyWithWarnings);
}

#[test]
fn a_policy_in_the_making_is_held_to_what_json_is_held_to() {
    let paths = |policy: &Policy| -> Vec<String> {
        let error = policy.check().unwrap_err();
        error.problems.into_iter().map(|one| one.path).collect()
    };
    assert_eq!(Policy::spam().check(), Ok(()));
    let mut policy = Policy::spam();
    policy.criteria[0].limit = 1.5;
    policy.criteria[1].name = "precision".to_owned();
    policy.criteria[2].limit = f64::NAN;
    policy.required_evidence.push("luck".to_owned());
    assert_eq!(
        paths(&policy),
        [
            "criteria[0].limit",
            "criteria[1].name",
            "criteria[2].limit",
            "required_evidence[2]"
        ]
    );
    policy.criteria.clear();
    policy.required_evidence.clear();
    assert_eq!(paths(&policy), ["criteria"]);
}

#[test]
fn presets_are_policies_that_read_back_and_say_why() {
    for name in PRESETS {
        let policy = Policy::preset(name).unwrap();
        assert_eq!(
            Policy::from_json(&policy.to_json().unwrap()).unwrap(),
            policy
        );
        assert!(!policy.description.is_empty());
        for criterion in &policy.criteria {
            assert!(criterion.why.is_some(), "{name}: {}", criterion.name);
        }
    }
}

//! Rules over single rows.

use greenlight_readiness::Operator;
use greenlight_readiness::monitoring::{MonitoringRule, Watched};

use super::*;

#[test]
fn rows_are_watched_where_the_policy_has_rules_over_them() {
    let csv = b"label,prediction,latency_ms\n1,1,90\n0,0,110\n1,1,95\n0,0,105\n";
    let session = after([open(), profiled(csv), examined(csv, None)]);
    assert_eq!((session.to_watch(), session.is_complete()), (None, true));

    let rule = |limit| {
        let mut policy = Policy::balanced();
        policy.name = "ours".into();
        policy.monitoring = vec![MonitoringRule::new(
            "slow",
            Watched::LatencyMs,
            Operator::AtMost,
            limit,
        )];
        Action::Policy(PolicyAction::Keep(policy))
    };
    let watched = |session: &Session| {
        let mut reader = SourceReader::new("a.csv");
        reader.feed(csv).unwrap();
        let source = reader.finish_alone().unwrap();
        let choices = Choices::default();
        let mut profile = Profile::of(&source, &choices).unwrap();
        let rules = session.to_watch().unwrap();
        profile.watch(&source, &choices, &rules).unwrap();
        Action::Answer(Answer::Watched {
            id: 1,
            alerts: profile.row_alerts,
        })
    };
    let session = session.reduce(rule(100.0));
    assert!(!session.is_complete());
    assert_eq!(session.report().unwrap().alerts, []);
    let answer = watched(&session);
    let session = session.reduce(answer.clone());
    assert_eq!((session.to_watch(), session.is_complete()), (None, true));
    let alert = &session.report().unwrap().alerts[0];
    assert_eq!((alert.first.value, alert.count), (110.0, 2));

    // With another limit they are watched again; what comes late changes nothing.
    let session = session.reduce(rule(108.0));
    assert_eq!(session.report().unwrap().alerts, []);
    let late = Rc::clone(&session).reduce(answer);
    assert_eq!(late.report().unwrap().alerts, []);
    let answer = watched(&late);
    let session = late.reduce(answer);
    assert_eq!(session.report().unwrap().alerts[0].count, 1);
    // Other data are watched anew.
    assert!(session.reduce(profiled(csv)).to_watch().is_some());
}

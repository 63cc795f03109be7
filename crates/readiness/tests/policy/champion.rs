//! A challenger held to a champion.

use greenlight_readiness::policy::{Champion, Margins, NoChampion, NotAReport};

use super::*;

#[test]
fn a_challenger_is_held_to_the_champion() {
    let latency = |csv: String, ms: u32| {
        csv.lines()
            .enumerate()
            .map(|(index, line)| match index {
                0 => format!("{line},latency_ms\n"),
                _ => format!("{line},{ms}\n"),
            })
            .collect::<String>()
    };
    let champion = report(
        &latency(matrix([4_500, 500, 500, 4_500]), 100),
        &Policy::balanced(),
    );
    let margins = Margins {
        share: 0.02,
        relative: 0.1,
    };
    let policy = Policy::no_worse_than(&champion, margins).unwrap();
    let limit = |name: &str| {
        policy
            .criteria
            .iter()
            .find(|c| c.name == name)
            .unwrap()
            .limit
    };
    assert_eq!(limit("accuracy_no_worse"), 0.88);
    assert_eq!(limit("recall_no_worse"), 0.88);
    assert_eq!(limit("latency_p95_no_worse"), 110.0);
    assert!(policy.description.contains("test.csv"));
    let same = report(&latency(matrix([4_500, 500, 500, 4_500]), 100), &policy);
    assert_eq!(same.verdict, Verdict::Ready, "{:?}", same.reasons);
    let worse = report(&latency(matrix([4_200, 800, 500, 4_500]), 100), &policy);
    assert_eq!(named(&worse, "recall_no_worse").outcome, Outcome::Fail);
    let slower = report(&latency(matrix([4_500, 500, 500, 4_500]), 111), &policy);
    assert_eq!(
        named(&slower, "latency_p95_no_worse").outcome,
        Outcome::Fail
    );
    let nothing = Margins {
        share: f64::NAN,
        relative: 0.0,
    };
    assert_eq!(
        Policy::no_worse_than(&champion, nothing),
        Err(NoChampion::Margin)
    );
}

#[test]
fn a_champion_is_read_from_the_json_of_its_report() {
    let csv = rows(
        "label,prediction,latency_s,split",
        &[
            ("1,1,0.2,test", 400),
            ("0,1,0.1,test", 50),
            ("0,0,0.1,train", 550),
        ],
    );
    let report = report(&csv, &Policy::balanced());
    let champion = Champion::from_json(&report.to_json().unwrap()).unwrap();
    assert_eq!(champion, Champion::of(&report));
    assert_eq!(champion.split.as_deref(), Some("test"));
    assert_eq!((champion.rows, champion.files.len()), (450, 1));
    assert!(champion.values.contains(&(Metric::LatencyP95, 200.0)));
    let older = "{\"schema\": \"greenlight.report/0\"}";
    assert_eq!(
        Champion::from_json(older),
        Err(NotAReport::OtherVersion("greenlight.report/0".to_owned()))
    );
    for other in ["", "[1]", "{\"schema\": 1}"] {
        let refused = Champion::from_json(other);
        assert!(matches!(refused, Err(NotAReport::OtherJson(_))), "{other}");
    }
}

//! Of which rows criteria ask.

use greenlight_readiness::Scope;
use greenlight_readiness::policy::EvidenceView;

use super::*;

#[test]
fn a_scope_names_the_rows() {
    let csv = rows(
        "split,label,prediction",
        &[
            ("train,1,1", 50),
            ("train,0,0", 50),
            ("test,1,1", 40),
            ("test,1,0", 10),
            ("test,0,0", 50),
            ("validation,1,0", 50),
            ("validation,0,0", 50),
        ],
    );
    let of = |scope| {
        let criterion = Criterion {
            scope,
            ..must(Metric::Accuracy, Operator::AtLeast, 0.1)
        };
        let result = judged(&csv, criterion);
        (result.scope, result.value, result.reason)
    };
    let split = |name: &str| Scope::Split(name.to_owned());
    for (scope, name, value) in [
        (Scope::Current, "test", 0.9),
        (Scope::Reference, "train", 1.0),
        (Scope::Overall, "overall", 0.8),
        (split("validation"), "validation", 0.5),
    ] {
        let is_current = scope == Scope::Current;
        let (scope, measured, reason) = of(scope);
        assert_eq!((scope.as_str(), measured), (name, Some(value)));
        assert_eq!(reason.contains(&format!(" on “{name}”;")), !is_current);
    }
    let region = Scope::Segment {
        column: "region".to_owned(),
        value: "north".to_owned(),
    };
    for (scope, part) in [
        (
            split("live"),
            "there is no split “live”, only test, train, validation",
        ),
        (region, "“region” is no segment, and no other column is"),
        (Scope::Model("v2".to_owned()), "models"),
    ] {
        let (_, value, reason) = of(scope);
        assert_eq!(value, None);
        assert!(reason.contains(part), "{reason}");
    }
    let criterion = Criterion {
        scope: Scope::Segment {
            column: "region".to_owned(),
            value: "north".to_owned(),
        },
        ..must(Metric::Accuracy, Operator::AtLeast, 0.1)
    };
    assert_eq!(
        judged(&matrix([50, 0, 0, 50]), criterion).view,
        EvidenceView::Segments
    );
    let criterion = Criterion {
        scope: Scope::Reference,
        ..must(Metric::Accuracy, Operator::AtLeast, 0.1)
    };
    let alone = judged(&matrix([50, 0, 0, 50]), criterion);
    assert_eq!(
        (alone.scope.as_str(), alone.outcome),
        ("reference", Outcome::NoEvidence)
    );
}

#[test]
fn a_segment_can_be_asked_for_once_it_was_looked_at() {
    let csv = rows(
        "label,prediction,region",
        &[
            ("1,1,north", 90),
            ("1,0,north", 10),
            ("1,0,south", 60),
            ("0,0,south", 60),
        ],
    );
    let mut reader = SourceReader::new("test.csv");
    reader.feed(csv.as_bytes()).unwrap();
    let source = reader.finish_alone().unwrap();
    let mut profile = Profile::of(&source, &Choices::default()).unwrap();
    let of = |column: &str, value: &str| Criterion {
        scope: Scope::Segment {
            column: column.to_owned(),
            value: value.to_owned(),
        },
        ..must(Metric::Accuracy, Operator::AtLeast, 0.8)
    };
    let judged = |profile: &Profile, criterion: Criterion| {
        judge(profile, &policy(vec![criterion])).criteria.remove(0)
    };
    let early = judged(&profile, of("region", "north"));
    assert_eq!(early.outcome, Outcome::NoEvidence);
    assert!(
        early.reason.contains("still being looked at"),
        "{}",
        early.reason
    );
    profile.examine(&source, &Choices::default()).unwrap();
    let north = judged(&profile, of("region", "north"));
    assert_eq!((north.value, north.rows), (Some(0.9), 100));
    assert_eq!(north.scope, "region = north");
    let south = judged(&profile, of("region", "south"));
    assert_eq!((south.value, south.outcome), (Some(0.5), Outcome::Fail));
    for (column, value, why) in [
        ("region", "west", "“region” is nowhere “west”"),
        ("country", "north", "“country” is no segment"),
    ] {
        let none = judged(&profile, of(column, value));
        assert_eq!(none.outcome, Outcome::NoEvidence);
        assert!(none.reason.contains(why), "{}", none.reason);
    }
}

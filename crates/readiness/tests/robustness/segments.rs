//! The weakest group, and criteria on one segment.

use greenlight_readiness::{Report, Verdict};

use super::*;

/// Rows of a region, of which so many are right.
fn regions(regions: &[(&str, usize, usize)]) -> String {
    let mut csv = "label,prediction,region,latency_ms\n".to_owned();
    for (region, right, rows) in regions {
        for row in 0..*rows {
            let label = row % 2;
            let answer = if row < *right { label } else { 1 - label };
            writeln!(csv, "{label},{answer},{region},5").unwrap();
        }
    }
    csv
}

#[test]
fn the_weakest_group_fails_only_where_that_is_sure() {
    let of = |csv: &str| judged(&examined(csv), Metric::WeakestSegmentGap, 0.1);
    let sure = of(&regions(&[("north", 170, 240), ("south", 2_280, 2_400)]));
    assert_eq!(sure.outcome, Outcome::Fail);
    assert_eq!(
        plain(&sure.reason),
        "The weakest of 2 groups is region = north: 70.8 % right of 240 rows, 22.0 points below all rows (92.8 %); at most \
         10.0 points is advised."
    );
    let small = of(&regions(&[("north", 26, 32), ("south", 2_280, 2_400)]));
    assert_eq!(small.outcome, Outcome::AtRisk, "{}", small.reason);
    assert!(small.rows_needed.is_some() && small.value.unwrap() > 0.1);
    let alike = of(&regions(&[("north", 220, 240), ("south", 2_280, 2_400)]));
    assert_eq!(alike.outcome, Outcome::Pass, "{}", alike.reason);
    // Fewer than 30 rows are no group, whatever they are.
    let tiny = of(&regions(&[("north", 0, 29), ("south", 2_280, 2_400)]));
    assert_eq!(tiny.outcome, Outcome::Pass);
    assert!(
        tiny.reason
            .contains("The only group with enough rows is region = south")
    );
    let none = of("label,prediction\n1,1\n0,0\n");
    assert!(
        none.reason.contains("no column is a segment"),
        "{}",
        none.reason
    );
}

#[test]
fn until_the_rows_are_looked_at_nothing_is_known_and_the_verdict_stands() {
    let csv = regions(&[("north", 228, 240), ("south", 2_280, 2_400)]);
    let source = read(&csv);
    let mut profile = Profile::of(&source, &Choices::default()).unwrap();
    let before = judge(&profile, &Policy::balanced());
    let gap = |report: &Report| {
        let mut criteria = report.criteria.iter();
        let found = criteria.find(|c| c.metric == Metric::WeakestSegmentGap);
        found.unwrap().clone()
    };
    assert_eq!(gap(&before).outcome, Outcome::NoEvidence);
    assert!(
        gap(&before)
            .reason
            .contains("the rows are still being looked at")
    );
    assert_eq!(before.verdict, Verdict::Ready, "{:?}", before.reasons);
    profile.examine(&source, &Choices::default()).unwrap();
    let after = judge(&profile, &Policy::balanced());
    assert_eq!(
        (gap(&after).outcome, after.verdict),
        (Outcome::Pass, Verdict::Ready)
    );
}

#[test]
fn a_criterion_may_ask_for_one_segment() {
    let csv = regions(&[("north", 170, 240), ("south", 2_280, 2_400)]);
    let profile = examined(&csv);
    let of = |column: &str, value: &str, metric| {
        let scope = Scope::Segment {
            column: column.to_owned(),
            value: value.to_owned(),
        };
        of_scope(&profile, metric, 0.5, scope)
    };
    let north = of("region", "north", Metric::Accuracy);
    assert_eq!((north.value, north.rows), (Some(170.0 / 240.0), 240));
    assert_eq!(north.scope, "region = north");
    assert!(
        north.reason.contains("on “region = north”"),
        "{}",
        north.reason
    );
    for (column, value, metric, part) in [
        (
            "plan",
            "a",
            Metric::Accuracy,
            "“plan” is no segment, only region",
        ),
        (
            "region",
            "nrth",
            Metric::Accuracy,
            "“region” is nowhere “nrth”, only south, north",
        ),
        (
            "region",
            "north",
            Metric::AccuracyGap,
            "there is no reference split",
        ),
        (
            "region",
            "north",
            Metric::FlipRate,
            "no column tells perturbed copies",
        ),
        (
            "region",
            "north",
            Metric::WeakestSegmentGap,
            "only of the rows that are judged",
        ),
    ] {
        let result = of(column, value, metric);
        assert_eq!(result.value, None);
        assert!(result.reason.contains(part), "{}", result.reason);
    }
    let mut many = "label,prediction,region\n".to_owned();
    for row in 0..4_000 {
        writeln!(many, "{0},{0},r{1}", row % 2, row * row % 401 % 90).unwrap();
    }
    let mut choices = Choices::default();
    choices.set_role(Role::Segment, ["region"]);
    let profile = examined_by(&many, &choices);
    let scope = |value: &str| Scope::Segment {
        column: "region".to_owned(),
        value: value.to_owned(),
    };
    let folded = of_scope(&profile, Metric::Accuracy, 0.5, scope("r999"));
    assert!(
        folded
            .reason
            .contains("is not among the 50 most frequent values")
    );
    let other = of_scope(&profile, Metric::Accuracy, 0.5, scope("other"));
    assert_eq!(other.value, Some(1.0));
}

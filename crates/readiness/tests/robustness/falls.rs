//! Falls, of perturbed copies and from train to test, fail only where they are sure.

use super::*;

#[test]
fn the_worst_fall_fails_only_where_that_is_sure() {
    let drop = Metric::PerturbationAccuracyDrop;
    for (ids, blur, limit, outcome) in [
        (1_000, (12, 0), 0.05, Outcome::Fail),
        (1_000, (6, 0), 0.05, Outcome::AtRisk),
        (60, (12, 0), 0.05, Outcome::AtRisk),
        (1_000, (4, 0), 0.05, Outcome::Pass),
    ] {
        let csv = copies(ids, &[("blur", blur.0, blur.1), ("noise", 1, 0)]);
        let result = judged(&examined(&csv), drop, limit);
        assert_eq!(result.outcome, outcome, "{}", result.reason);
        assert!(result.reason.contains("“blur”"), "{}", result.reason);
        assert_eq!(result.rows_needed.is_some(), outcome == Outcome::AtRisk);
    }
    let csv = copies(1_000, &[("blur", 12, 0), ("noise", 1, 0)]);
    let result = judged(&examined(&csv), drop, 0.05);
    assert_eq!(
        plain(&result.reason),
        "Under “blur”, the worst of 2 perturbations, 78.0 % of the answers are right, where 90.0 % are on “clean” rows \
         (12.0 points fewer, 1 000 pairs); a fall of at most 5.0 points is advised."
    );
    assert_eq!(
        (result.rows, result.view as u8),
        (1_000, Metric::FlipRate.view() as u8)
    );
    // What only a gain can be found of passes, and says so.
    let csv = copies(1_000, &[("sharpen", 0, 5)]);
    let gain = judged(&examined(&csv), drop, 0.05);
    assert_eq!((gain.outcome, gain.value), (Outcome::Pass, Some(-0.05)));
    assert!(
        plain(&gain.reason).contains("5.0 points better"),
        "{}",
        gain.reason
    );
}

/// Rows of train and test, of whose cases so many of so many are caught; all other rows are right.
fn recalls(train: (usize, usize), test: (usize, usize)) -> Profile {
    let mut csv = "split,is_fraud,prediction,latency_ms\n".to_owned();
    for (split, (caught, cases)) in [("train", train), ("test", test)] {
        for case in 0..cases {
            writeln!(csv, "{split},1,{},5", u8::from(case < caught)).unwrap();
        }
        csv.push_str(&format!("{split},0,0,5\n").repeat(30 * cases));
    }
    examined(&csv)
}

#[test]
fn a_recall_that_falls_from_80_to_37_percent_does_not_pass_as_stable() {
    let of = |policy: Policy, metric, train, test| {
        let report = judge(&recalls(train, test), &policy);
        let outcome = |metric| {
            let mut criteria = report.criteria.iter();
            criteria.find(|c| c.metric == metric).unwrap().outcome
        };
        (outcome(Metric::AccuracyGap), outcome(metric))
    };
    let (recall, f1) = (Metric::RecallGap, Metric::F1Gap);
    for (policy, metric) in [(Policy::fraud(), recall), (Policy::balanced(), f1)] {
        // 43 cases are few, but enough to show such a fall.
        let fallen = of(policy.clone(), metric, (80, 100), (16, 43));
        assert_eq!(fallen, (Outcome::Pass, Outcome::Fail), "{metric:?}");
        // What chance may do to so few is no warning.
        let few = of(policy.clone(), metric, (80, 100), (30, 43));
        assert_eq!(few, (Outcome::Pass, Outcome::NoEvidence), "{metric:?}");
        let many = of(policy, metric, (800, 1_000), (395, 500));
        assert_eq!(many, (Outcome::Pass, Outcome::Pass), "{metric:?}");
    }
}

#[test]
fn what_passes_is_not_asked_for_again_and_a_gain_is_no_fall() {
    let report = judge(&recalls((400, 500), (430, 500)), &Policy::fraud());
    let of = |metric| {
        let mut criteria = report.criteria.iter();
        criteria.find(|c| c.metric == metric).unwrap()
    };
    let chance = plain(&of(Metric::YoudensJ).reason);
    assert!(
        chance.ends_with("of the other rows; so it tells them apart."),
        "{chance}"
    );
    let fall = of(Metric::RecallGap);
    assert!(
        (fall.value.unwrap() + 0.06).abs() < 1e-12,
        "the sign in the report stays"
    );
    let (value, interval) = (
        greenlight_readiness::criteria::shown_beside_limit(fall),
        greenlight_readiness::criteria::shown_interval(fall),
    );
    assert_eq!(plain(&value), "none");
    assert_eq!(plain(&interval), "−10.6 to −1.3 points");
}

//! How groups are treated.

use greenlight_readiness::examination::Fairness;

use super::*;

#[test]
fn groups_that_are_treated_differently_are_told_apart() {
    let mut csv = "label,prediction,sex\n".to_owned();
    for (line, times) in [
        ("1,1,f", 40),
        ("0,1,f", 10),
        ("1,0,f", 10),
        ("0,0,f", 40),
        ("1,1,m", 40),
        ("0,1,m", 40),
        ("1,0,m", 0),
        ("0,0,m", 40),
        ("1,1,x", 3),
    ] {
        csv += &format!("{line}\n").repeat(times);
    }
    let profile = examined(&read(&csv), &roles(&["sex"], &[]));
    let column = &profile.examination.as_ref().unwrap().segments.columns[0];
    let fairness = Fairness::of(column, &profile.classes).unwrap();
    let values: Vec<&str> = fairness.groups.iter().map(|group| group.value).collect();
    assert_eq!(
        (values.as_slice(), fairness.too_small, fairness.largest),
        (&["m", "f"][..], 1, 0)
    );
    let selection = fairness.disparity.selection.unwrap();
    assert!((selection.difference - (80.0 / 120.0 - 0.5)).abs() < 1e-12);
    assert_eq!(selection.ratio, Ok(0.5 / (80.0 / 120.0)));
    assert_eq!(fairness.disparity.passes_four_fifths(), Ok(false));
    // True positive rates 0.8 and 1, false positive rates 0.2 and 0.5.
    assert!((fairness.disparity.equalized_odds_difference().unwrap() - 0.3).abs() < 1e-12);
    let rate = fairness.groups[1].rates.true_positive_rate.unwrap();
    assert_eq!((rate.value, rate.interval), (0.8, wilson(40, 50).unwrap()));

    let words = "label,prediction,sex\nant,ant,f\nbee,ant,f\ncat,cat,m\n";
    let three = examined(&read(words), &roles(&["sex"], &[]));
    let column = &three.examination.as_ref().unwrap().segments.columns[0];
    assert!(Fairness::of(column, &three.classes).is_err());
}

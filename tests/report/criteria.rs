//! Which criteria are judged, with two classes and with more.

use crate::inputs::repeated;
use crate::report;

fn names(csv: &str) -> Vec<String> {
    let criteria = report(csv).criteria;
    criteria
        .into_iter()
        .map(|criterion| criterion.name)
        .collect()
}

#[test]
fn with_more_than_two_classes_what_asks_the_same_is_asked_once() {
    let two = repeated("label,prediction", &[("1,1", 50), ("0,0", 50), ("0,1", 3)]);
    let three = repeated(
        "label,prediction",
        &[
            ("ant,ant", 50),
            ("bee,bee", 40),
            ("cat,cat", 30),
            ("cat,ant", 3),
        ],
    );
    assert!(names(&two).contains(&"accuracy_above_baseline".to_owned()));
    let of_three = names(&three);
    assert!(!of_three.contains(&"accuracy_above_baseline".to_owned()));
    assert!(of_three.contains(&"better_than_chance".to_owned()));
    assert_eq!(of_three.len() + 1, names(&two).len());
}

#[test]
fn with_more_than_two_classes_recall_and_precision_are_macro_averages() {
    let csv = repeated(
        "label,prediction",
        &[
            ("ant,ant", 50),
            ("bee,bee", 40),
            ("cat,cat", 30),
            ("cat,ant", 30),
        ],
    );
    let report = report(&csv);
    let value = |name: &str| {
        let mut criteria = report.criteria.iter();
        criteria
            .find(|criterion| criterion.name == name)
            .unwrap()
            .value
    };
    let average = &report.overall.macro_average;
    assert_eq!(
        (value("recall"), average.recall),
        (Some(2.5 / 3.0), Some(2.5 / 3.0))
    );
    assert_eq!(value("precision"), average.precision);
}

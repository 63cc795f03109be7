//! What the cards on the first screen tell is what the files hold.

use greenlight_readiness::{Evaluation, Verdict};

use crate::{report, root};

#[test]
fn each_card_tells_what_is_computed() {
    let flights = report("flights");
    assert_eq!(flights.verdict, Verdict::NotReady);
    assert_eq!(flights.pitfalls[0].name, "accuracy_paradox");
    let (accuracy, recall) = percents(flights.current());
    tells(&format!(
        "{accuracy} accurate, catches {recall} of cancellations"
    ));

    let bicycles = report("bicycles");
    assert_eq!(bicycles.verdict, Verdict::NotReady);
    let accuracy = |split: &str| percent(bicycles.splits[split].accuracy);
    tells(&format!(
        "{} accurate in 2011, {} in 2012",
        accuracy("validation"),
        accuracy("production")
    ));

    let biopsies = report("breast_cancer");
    assert_eq!(biopsies.verdict, Verdict::ReadyWithWarnings);
    let (accuracy, recall) = percents(biopsies.current());
    tells(&format!(
        "{accuracy} accurate, catches {recall} of malignant tumours"
    ));

    let digits = report("digits");
    assert_eq!(digits.verdict, Verdict::ReadyWithWarnings);
    tells(&format!(
        "Ten classes, {} read right",
        percent(digits.current().accuracy)
    ));

    let matrix = report("matrix");
    assert_eq!(
        (matrix.overall.rows, matrix.overall.accuracy),
        (200, Some(0.925))
    );
    tells("A confusion matrix, 92.5\u{202f}% accurate");
}

/// Accuracy and recall as the cards write them.
fn percents(evaluation: &Evaluation) -> (String, String) {
    (percent(evaluation.accuracy), percent(evaluation.recall))
}

fn percent(share: Option<f64>) -> String {
    format!("{:.0}\u{202f}%", 100.0 * share.unwrap())
}

/// Asserts that a card has this story.
fn tells(story: &str) {
    let screen = std::fs::read_to_string(root().join("src/components/samples.rs")).unwrap();
    let written = format!("story: \"{}\"", story.replace('\u{202f}', "\\u{202f}"));
    assert!(screen.contains(&written), "no card has {written}");
}

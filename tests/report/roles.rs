//! What class scores, errors and costs do to a report.

use greenlight_data::Role;
use greenlight_readiness::{Choices, DecisionRule, Profile, ProfileError, Report, SourceReader};

use crate::{report, report_in_chunks};

fn report_with(csv: &str, choices: &Choices) -> Report {
    report_in_chunks(csv.as_bytes(), &[csv.len()], choices)
}

fn with_role(role: Role, columns: &[&str]) -> Choices {
    let mut choices = Choices::default();
    choices.set_role(role, columns.iter().copied());
    choices
}

fn refused(csv: &str, choices: &Choices) -> ProfileError {
    let mut reader = SourceReader::new("refused.csv");
    reader.feed(csv.as_bytes()).unwrap();
    Profile::of(&reader.finish_alone().unwrap(), choices).unwrap_err()
}

const THREE: &str = "label,proba_ant,proba_bee,proba_cat
ant,0.7,0.2,0.1
bee,0.1,0.8,0.1
cat,0.4,0.4,0.2
cat,0.1,0.2,0.7
bee,0.5,0.3,0.2
";

#[test]
fn class_scores_decide_by_the_highest_and_ties_go_to_the_first_class() {
    let report = report(THREE);
    assert_eq!(report.settings.decision, Some(DecisionRule::Argmax));
    let matrix = vec![vec![1, 0, 0], vec![1, 1, 0], vec![1, 0, 1]];
    assert_eq!(report.overall.confusion_matrix, Some(matrix));
    assert_eq!(report.roles.class_scores["bee"], "proba_bee");
    assert!(report.overall.log_loss.is_some());
    // Ant against the rest: 0.7 for the one ant, above all others.
    assert_eq!(report.overall.per_class["ant"].roc_auc, Some(Some(1.0)));
    assert!(
        report
            .to_json()
            .unwrap()
            .contains("\"decision\": \"argmax\"")
    );
}

#[test]
fn a_prediction_column_decides_before_class_scores() {
    let (header, rows) = THREE.split_once('\n').unwrap();
    let csv = format!("{header},prediction\n{}", rows.replace('\n', ",bee\n"));
    let report = report(&csv);
    assert_eq!(report.settings.decision, Some(DecisionRule::Prediction));
    let matrix = vec![vec![0, 1, 0], vec![0, 2, 0], vec![0, 2, 0]];
    assert_eq!(report.overall.confusion_matrix, Some(matrix));
    // What the scores are worth does not depend on what decides.
    assert_eq!(report.overall.roc_auc, self::report(THREE).overall.roc_auc);
    assert_eq!(
        report.overall.expected_calibration_error,
        self::report(THREE).overall.expected_calibration_error
    );
}

const TWO: &str = "label,proba_no,proba_yes
yes,0.3,0.7
no,0.6,0.4
no,0.5,0.5
yes,0.8,0.2
";

#[test]
fn of_two_class_scores_the_positive_one_is_the_score() {
    let by_score = TWO.replace("proba_no", "other");
    let by_score = report_with(&by_score, &with_role(Role::Score, &["proba_yes"]));
    let by_class = report(TWO);
    assert_eq!(by_class.settings.decision, Some(DecisionRule::Argmax));
    assert_eq!(by_class.settings.threshold, None);
    assert_eq!(by_class.overall.roc_auc, by_score.overall.roc_auc);
    assert_eq!(by_class.overall.log_loss, by_score.overall.log_loss);
    assert_eq!(by_class.roles.score.as_deref(), Some("proba_yes"));
    // A tie goes to the first class, the negative one; the threshold 0.5 is inclusive.
    assert_eq!(
        by_class.overall.confusion_matrix,
        Some(vec![vec![2, 0], vec![1, 1]])
    );
    let moved = Choices {
        threshold: Some(0.5),
        ..Choices::default()
    };
    let moved = report_with(TWO, &moved);
    assert_eq!(moved.settings.decision, Some(DecisionRule::Threshold));
    assert_eq!(
        moved.overall.confusion_matrix,
        Some(vec![vec![1, 1], vec![1, 1]])
    );
}

#[test]
fn the_score_follows_the_positive_class() {
    let choices = Choices {
        positive: Some("no".to_owned()),
        ..Choices::default()
    };
    let report = report_with(TWO, &choices);
    assert_eq!(report.roles.score.as_deref(), Some("proba_no"));
    // Both columns say the same, so both classes are told apart as well.
    assert_eq!(report.overall.roc_auc, self::report(TWO).overall.roc_auc);
}

#[test]
fn without_a_positive_class_the_highest_still_decides() {
    let report = report(&TWO.replace("yes", "cat").replace("no", "dog"));
    assert_eq!(report.settings.positive, None);
    assert_eq!(report.settings.decision, Some(DecisionRule::Argmax));
    // Cat comes before dog, so the tie goes to it.
    assert_eq!(
        report.overall.confusion_matrix,
        Some(vec![vec![1, 1], vec![1, 1]])
    );
    assert_eq!(report.overall.roc_auc, None);
    assert_eq!(
        report.notes["/overall/roc_auc"],
        "it is not known which of the two classes is positive"
    );
}

#[test]
fn a_label_without_scores_is_named() {
    let report = report(&THREE.replace("cat,0.4", "dog,0.4"));
    assert_eq!(report.overall.classes, ["ant", "bee", "cat", "dog"]);
    assert_eq!(
        report.overall.confusion_matrix.as_ref().unwrap()[3],
        [1, 0, 0, 0]
    );
    for key in ["roc_auc", "average_precision", "log_loss", "brier_score"] {
        assert_eq!(
            report.notes[&format!("/overall/{key}")],
            "no column holds the scores of class “dog”"
        );
    }
}

#[test]
fn scores_that_are_no_probabilities_still_rank() {
    let report = report(&THREE.replace("0.7", "7"));
    assert!(report.overall.roc_auc.is_some());
    for key in ["log_loss", "brier_score", "expected_calibration_error"] {
        assert_eq!(
            report.notes[&format!("/overall/{key}")],
            "some scores lie outside 0 to 1"
        );
    }
    assert_eq!(
        report.notes["/roles/class_scores"],
        "the scores of 2 of 5 rows do not add up to 1; they are used as they are"
    );
    assert!(
        !self::report(THREE)
            .notes
            .contains_key("/roles/class_scores")
    );
}

#[test]
fn a_missing_class_score_rejects_its_row() {
    let report = report(&THREE.replace("0.4,0.4,0.2", "0.4,,0.2"));
    let rejected = &report.sources[0].rejected[0];
    assert_eq!(rejected.reason, "the score of class “bee” is missing");
    assert_eq!((rejected.rows, rejected.first_row), (1, 3));
}

#[test]
fn one_score_does_not_tell_three_classes_apart_and_the_report_says_so() {
    let csv = "label,prediction,confidence\nant,ant,0.9\nbee,bee,0.6\ncat,ant,0.4\n";
    let report = report_with(csv, &with_role(Role::Score, &["confidence"]));
    assert_eq!(report.overall.roc_auc, None);
    assert_eq!(
        report.notes["/roles/score"],
        "not used: one score does not tell 3 classes apart; give a column of scores for each class"
    );
}

#[test]
fn class_scores_chosen_by_hand_are_read_like_guessed_ones() {
    let columns = ["proba_ant", "proba_bee", "proba_cat"];
    let chosen = report_with(THREE, &with_role(Role::ClassScores, &columns));
    assert_eq!(chosen, report(THREE));
    // Columns that bear the classes' own names.
    let bare = THREE.replace("proba_", "");
    let bare = report_with(&bare, &with_role(Role::ClassScores, &["ant", "bee", "cat"]));
    assert_eq!(bare.overall, chosen.overall);
    // Yes and no in another spelling than the label's.
    let spelled = TWO
        .replace("yes,", "1,")
        .replace("no,0", "0,0")
        .replace("label,proba_0,", "label,proba_no,");
    let spelled = report_with(
        &spelled,
        &with_role(Role::ClassScores, &["proba_no", "proba_yes"]),
    );
    assert_eq!(spelled.overall.classes, ["0", "1"]);
    assert_eq!(spelled.roles.class_scores["1"], "proba_yes");
    assert_eq!(spelled.overall.roc_auc, report(TWO).overall.roc_auc);
}

#[test]
fn class_scores_that_cannot_be_are_refused_in_words() {
    let columns = ["ant", "Ant", "bee"];
    let twice = THREE.replace("proba_ant,proba_bee,proba_cat", "ant,Ant,bee");
    assert_eq!(
        refused(&twice, &with_role(Role::ClassScores, &columns)).to_string(),
        "“ant” and “Ant” both hold the scores of class “ant”: leave one out"
    );
    let other = THREE.replace("proba_", "proba_x");
    let columns = ["proba_xant", "proba_xbee"];
    assert_eq!(
        refused(&other, &with_role(Role::ClassScores, &columns)).to_string(),
        "the class scores are of xant, xbee, and label “label” holds ant, bee, cat: no class in \
         common. Name each column of scores after its class, or choose other columns"
    );
    let words = THREE.replace("0.7", "high").replace("0.1", "low");
    let columns = ["proba_ant", "proba_bee"];
    let error = refused(&words, &with_role(Role::ClassScores, &columns)).to_string();
    assert!(
        error.contains("“proba_ant” cannot be the score of a class: it holds words"),
        "{error}"
    );
}

const CALLS: &str = "label,prediction,error,cost,latency_ms
1,1,200,0.5,10
0,1,200,0.25,20
,,503,0.125,9000
0,0,200,,30
,,timeout,1,
1,1,ok,0.125,40
";

#[test]
fn calls_that_fail_count_in_rows_error_rate_and_cost_alone() {
    let report = report(CALLS);
    assert_eq!(report.sources[0].rejected, []);
    let overall = &report.overall;
    assert_eq!((overall.rows, overall.error_rate), (6, Some(2.0 / 6.0)));
    assert_eq!(overall.confusion_matrix, Some(vec![vec![1, 1], vec![0, 2]]));
    let latency = overall.latency.as_ref().unwrap();
    assert_eq!((latency.rows, latency.max), (4, 40.0));
    let cost = overall.cost.as_ref().unwrap();
    assert_eq!(cost.total, Some(2.0));
    assert_eq!(cost.per_prediction, Some(0.4));
    assert_eq!(cost.per_correct, Some(2.0 / 3.0));
}

#[test]
fn a_column_that_marks_the_wrong_answers_hides_none_of_them() {
    let csv = "label,prediction,error\n1,1,0\n0,1,1\n0,0,0\n1,0,1\n,1,0\n";
    let report = report(csv);
    assert_eq!(report.roles.error.as_deref(), Some("error"));
    assert_eq!(report.overall.accuracy, Some(0.5));
    assert_eq!(
        report.notes["/overall/error_rate"],
        "“error” marks exactly the wrong answers, not calls that failed"
    );
    // One right answer that it marks, or one marked row without an answer, and it speaks of calls.
    for call in ["1,1,1", ",,1", "0,1,0"] {
        let report = self::report(&format!("{csv}{call}\n"));
        assert!(report.overall.error_rate.is_some(), "{call}");
    }
}

#[test]
fn without_the_columns_there_is_no_error_rate_and_no_cost() {
    let report = report("label,prediction\n1,1\n0,0\n");
    assert_eq!(
        (report.overall.error_rate, &report.overall.cost),
        (None, &None)
    );
    assert_eq!(
        report.notes["/overall/error_rate"],
        "no column says which calls failed"
    );
    assert_eq!(
        report.notes["/overall/cost"],
        "no column says what a prediction costs"
    );
}

#[test]
fn what_nothing_right_costs_is_undefined() {
    let csv = "label,prediction,cost\n1,0,2\n0,1,-0.5\n1,0,oops\n0,1,1\n1,0,1\n0,1,1\n1,0,1\n0,1,1\n1,0,1\n0,1,1\n1,0,1\n";
    // A column with negative numbers is not taken for costs unless somebody says so.
    let report = report_with(csv, &with_role(Role::Cost, &["cost"]));
    let cost = report.overall.cost.as_ref().unwrap();
    assert_eq!((cost.total, cost.per_correct), (Some(9.5), None));
    assert_eq!(
        report.notes["/overall/cost/per_correct"],
        "no answer is right"
    );
    assert_eq!(
        report.sources[0].rejected[0].reason,
        "the cost is not a number"
    );
}

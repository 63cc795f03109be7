//! What a person settles about a table.

use greenlight_metrics::Constraint;

use super::*;

#[test]
fn another_policy_judges_the_same_profile_anew() {
    let session = after([open(), profiled(HALF_RIGHT)]);
    let judged = Rc::clone(&session).reduce(Action::Judge(Rc::new(Policy::spam())));
    assert_eq!(judged.report().unwrap().settings.policy, "spam");
    assert_eq!(
        judged.loaded.as_ref().unwrap().profile,
        session.loaded.as_ref().unwrap().profile
    );
}

#[test]
fn choices_hold_for_the_table_they_were_made_for() {
    let choices = Choices {
        positive: Some("0".into()),
        ..Choices::default()
    };
    let session = after([
        open(),
        profiled(HALF_RIGHT),
        Action::Choose(choices.clone()),
    ]);
    assert_eq!(session.choices(), choices);
    assert_eq!(session.reduce(open()).choices(), Choices::default());
}

#[test]
fn a_table_without_roles_can_be_settled_or_given_up() {
    let choices = Choices {
        positive: Some("yes".into()),
        ..Choices::default()
    };
    let table = TableSummary {
        name: "b.csv".into(),
        choices: choices.clone(),
        ..TableSummary::default()
    };
    let failed = Answer::Failed {
        id: 2,
        message: "which is the label?".into(),
        table: Some(table),
    };
    let session = after([open(), profiled(HALF_RIGHT), open(), Action::Answer(failed)]);
    assert_eq!(session.table().unwrap().name, "b.csv");
    assert_eq!(session.choices(), choices);
    let given_up = session.reduce(Action::DismissFailure);
    assert_eq!(given_up.table().unwrap().name, "a.csv");
    assert_eq!(given_up.choices(), Choices::default());
}

#[test]
fn a_column_that_was_given_away_can_be_had_back() {
    let roles = |label: &str, prediction: &str| {
        let column = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        RoleNames {
            label: column(label),
            prediction: column(prediction),
            ..RoleNames::default()
        }
    };
    let answered = |roles: RoleNames, choices: &Choices| {
        Action::Answer(Answer::Failed {
            id: 1,
            message: "what is the label?".into(),
            table: Some(TableSummary {
                roles,
                choices: choices.clone(),
                ..TableSummary::default()
            }),
        })
    };
    let mut choices = Choices::default();
    let session = after([open(), answered(roles("a", "b"), &choices)]);
    choices.give(greenlight_data::Role::Prediction, ["a"]);
    let asked = session.reduce(Action::Choose(choices.clone()));
    assert_eq!(asked.moves(), [], "the engine has yet to answer");
    let session = asked.reduce(answered(roles("", "a"), &choices));
    let moves = session.moves();
    assert_eq!(moves.len(), 1);
    assert!(moves[0].is_vacant);
    let before = session.before.as_ref().unwrap();
    assert_eq!(before.choices, Choices::default());
    // What is settled about one table says nothing of another.
    assert_eq!(session.reduce(open()).before, None);
}

#[test]
fn demands_are_part_of_what_is_settled_until_another_file_comes() {
    let demands = Demands {
        constraints: vec![Constraint::RecallAtLeast(0.8)],
        ..Demands::default()
    };
    let session = after([
        open(),
        profiled(SCORED),
        Action::Demand(demands.clone()),
        Action::CountCostsIn("euros".into()),
        Action::Decide(Some(0.5)),
        Action::Settle,
    ]);
    assert_eq!(session.choices().demands, demands);
    // They are asked of the engine, until something else is under way that brings their answer, or other data.
    assert_eq!(session.to_demand(), Some(demands));
    let choices = session.choices();
    assert!(
        !Rc::clone(&session)
            .reduce(Action::Choose(choices))
            .is_complete()
    );
    assert_eq!(Rc::clone(&session).reduce(open()).to_demand(), None);
    let other = session.reduce(open()).reduce(profiled(SCORED));
    assert_eq!(other.choices(), Choices::default());
    assert_eq!(&*other.currency, "euros");
}

//! The parts that columns play, in words.

use greenlight_data::Role;

/// What a control is called that gives a role to a column.
pub fn role_title(role: Role) -> &'static str {
    match role {
        Role::Label => "True class",
        Role::Prediction => "Predicted class",
        Role::Score => "Score of the positive class",
        Role::ClassScores => "Scores of each class",
        Role::Latency => "Latency",
        Role::Timestamp => "Time of the prediction",
        Role::Split => "Split",
        Role::Segment => "Segments",
        Role::Feature => "Features",
        Role::Id => "Id of the example",
        Role::Model => "Model or version",
        Role::Variant => "Variant",
        Role::Cost => "Cost",
        Role::Error => "Failed calls",
        Role::Feedback => "User feedback",
        Role::Count => "Count",
    }
}

/// What a column is that plays a role, after "it is".
pub fn role_noun(role: Role) -> &'static str {
    match role {
        Role::Label => "the label",
        Role::Prediction => "the prediction",
        Role::Score => "the score",
        Role::ClassScores => "a class score",
        Role::Latency => "the latency",
        Role::Timestamp => "the time",
        Role::Split => "the split",
        Role::Segment => "a segment",
        Role::Feature => "a feature",
        Role::Id => "the id",
        Role::Model => "the model",
        Role::Variant => "the variant",
        Role::Cost => "the cost",
        Role::Error => "the error",
        Role::Feedback => "the feedback",
        Role::Count => "the count",
    }
}

/// What a role is good for.
pub fn role_hint(role: Role) -> &'static str {
    match role {
        Role::Label => "What the answers are held against",
        Role::Prediction => "What the model answered",
        Role::Score => "Shows what other thresholds would do",
        Role::ClassScores => "One column of probabilities for each class",
        Role::Latency => "How long an answer took, for p95 and its limit",
        Role::Timestamp => "Puts the answers in order, to see change",
        Role::Split => "Tells training rows from those that are judged",
        Role::Segment => "Groups to look at one by one, such as regions",
        Role::Feature => "What the model was given",
        Role::Id => "Tells which rows are of one example",
        Role::Model => "Tells the answers of several models apart",
        Role::Variant => "Tells changed copies of an example from the plain one",
        Role::Cost => "Money, tokens or energy that an answer took",
        Role::Error => "Whether the call failed or timed out",
        Role::Feedback => "Whether a user found the answer right",
        Role::Count => "How many observations a row stands for",
    }
}

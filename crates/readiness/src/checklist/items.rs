//! The 28 items.

use super::Section::{self, Data, Infrastructure, Model, Monitoring};

/// Something that should hold of a system with a model in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// In files and handles.
    pub name: &'static str,
    /// The section it belongs to.
    pub section: Section,
    /// What should hold, as a sentence.
    pub title: &'static str,
    /// Why, and how one would show it.
    pub help: &'static str,
}

const fn item(
    name: &'static str,
    section: Section,
    title: &'static str,
    help: &'static str,
) -> Item {
    Item {
        name,
        section,
        title,
        help,
    }
}

/// All items, section by section.
pub const ITEMS: [Item; 28] = [
    item(
        "feature_expectations",
        Data,
        "What each feature may look like is written down and checked",
        "Types, ranges, missing shares: a check on them finds broken inputs before the model meets them.",
    ),
    item(
        "features_beneficial",
        Data,
        "Each feature earns its place",
        "Leave one out at a time and look at what it was worth; a feature that adds nothing can only break.",
    ),
    item(
        "feature_cost",
        Data,
        "No feature costs more than it is worth",
        "Time to compute, systems it depends on, people who keep it running.",
    ),
    item(
        "feature_rules",
        Data,
        "Features keep the rules of the house",
        "What must not be used (by law, by contract, by choice) is kept out by a check, not by memory.",
    ),
    item(
        "privacy",
        Data,
        "Personal data is protected all the way through",
        "Access, retention and deletion hold for training data and logs as they do for the source.",
    ),
    item(
        "new_features_quick",
        Data,
        "A new feature reaches production soon",
        "Weeks from idea to use are fine, half a year is not.",
    ),
    item(
        "feature_code_tested",
        Data,
        "The code that makes features is tested",
        "A wrong feature fails silently: the model just gets a little worse.",
    ),
    item(
        "spec_reviewed",
        Model,
        "Each model's code is reviewed and under version control",
        "It must be known exactly what was trained, by whom, with what.",
    ),
    item(
        "offline_online",
        Model,
        "The metric tuned for moves with what matters in use",
        "Small experiments in use show whether a better loss is a better product.",
    ),
    item(
        "hyperparameters",
        Model,
        "Hyperparameters were searched, not guessed",
        "A search with a budget, whose results are kept.",
    ),
    item(
        "staleness_known",
        Model,
        "How fast the model grows stale is known",
        "Compare models of last week, last month, last year on the same rows: that says how often to retrain.",
    ),
    item(
        "simpler_not_better",
        Model,
        "A simpler model was tried and is not as good",
        "A rule, or a linear model with few features, judged on the same rows; to beat the most frequent answer says little.",
    ),
    item(
        "slices",
        Model,
        "Quality holds in every important part of the data",
        "An average hides the country, the device or the customer for whom it does not work.",
    ),
    item(
        "inclusion",
        Model,
        "It was examined for unfair treatment of groups",
        "Compare errors and selection rates between groups that matter.",
    ),
    item(
        "reproducible",
        Infrastructure,
        "Training twice gives the same model",
        "Or it is known by how much two runs differ, and why.",
    ),
    item(
        "spec_tested",
        Infrastructure,
        "The model's code has unit tests",
        "On small random data: that it trains, that loss falls, that it can be restored.",
    ),
    item(
        "pipeline_tested",
        Infrastructure,
        "The whole pipeline is tested end to end",
        "From raw data to a served prediction, on every change.",
    ),
    item(
        "validated_before_serving",
        Infrastructure,
        "A model is judged before it serves",
        "Slow falls against a baseline and sudden ones against the last version both stop it.",
    ),
    item(
        "debuggable",
        Infrastructure,
        "A single prediction can be followed step by step",
        "For one row: which features, which values, which score, in training and in serving.",
    ),
    item(
        "canary",
        Infrastructure,
        "A new model meets a little traffic first",
        "It loads, answers, and its answers look right, before it gets all of it.",
    ),
    item(
        "rollback",
        Infrastructure,
        "The last model can be brought back fast and safely",
        "Tried for real, not only planned.",
    ),
    item(
        "dependencies_watched",
        Monitoring,
        "A change in what it depends on is noticed",
        "Teams that feed it data tell before they change it.",
    ),
    item(
        "data_invariants",
        Monitoring,
        "Inputs in use still look like those of training",
        "Drift, missing values and new categories raise an alert that is neither deaf nor hysterical.",
    ),
    item(
        "training_serving_skew",
        Monitoring,
        "Training and serving compute the same features",
        "Log what was served and compare it with what training would have computed for the same row.",
    ),
    item(
        "not_stale",
        Monitoring,
        "The model in use is not too old",
        "Its age is measured, with an alert at the age at which it is known to be stale.",
    ),
    item(
        "numerically_stable",
        Monitoring,
        "No impossible numbers in training or in use",
        "NaN, infinities, and weights or scores out of range raise an alert.",
    ),
    item(
        "computing_performance",
        Monitoring,
        "Speed and memory do not get worse unnoticed",
        "Sudden drops and slow leaks of latency, throughput and memory, in training and in use.",
    ),
    item(
        "served_quality",
        Monitoring,
        "Prediction quality in use is measured",
        "Against labels that come later, or people who look at a sample: window by window.",
    ),
];

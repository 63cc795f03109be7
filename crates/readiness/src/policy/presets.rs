//! The policies that come with Greenlight, each with the reasons for its limits.

use crate::monitoring::usual_rules;

use super::{Criterion, DEFAULT_MINIMUM_ROWS, DriftSettings, Metric, Operator, Policy, Severity};

/// The names of the policies that come with Greenlight, in the order in which they are offered.
pub const PRESETS: [&str; 5] = ["balanced", "fraud", "spam", "classification", "assistant"];

impl Policy {
    /// The preset of that name.
    pub fn preset(name: &str) -> Option<Self> {
        match name {
            "balanced" => Some(Self::balanced()),
            "fraud" => Some(Self::fraud()),
            "spam" => Some(Self::spam()),
            "classification" => Some(Self::classification()),
            "assistant" => Some(Self::assistant()),
            _ => None,
        }
    }

    /// Both kinds of error matter alike: precision and recall at least 80 %.
    pub fn balanced() -> Self {
        of(
            "balanced",
            "Both kinds of error matter alike.",
            &["better_than_chance"],
            [
                accuracy(Severity::Must),
                better_than_chance(),
                above_baseline(),
                recall().because("At least four cases in five are caught."),
                precision(0.80, Severity::Must).because("At least four alarms in five are real."),
                fall(Metric::F1Gap).because(
                    "Accuracy may hold while the rarer class is lost. Asked from 200 rows on that are positive or flagged; of \
                     fewer only a fall that the whole interval shows counts, since noise alone makes one of 10 points.",
                ),
            ],
            ANSWERS_AT_ONCE,
            ROBUST,
        )
    }

    /// A missed case costs most: recall at least 80 %. Accuracy only advises, since a good detector of rare cases may
    /// lie below the accuracy of never raising an alarm.
    pub fn fraud() -> Self {
        of(
            "fraud",
            "A missed case costs far more than a false alarm.",
            &["better_than_chance", "recall"],
            [
                recall().because("A missed case is money lost; four in five have to be caught."),
                better_than_chance(),
                precision(0.05, Severity::Must).because(
                    "Where fewer than one alarm in twenty is real, people stop looking at alarms; \
                     flagging everything would catch every case.",
                ),
                accuracy(Severity::Should).because(
                    "It only advises: where cases are rare, never raising an alarm is right nearly \
                     always.",
                ),
                fall(Metric::RecallGap).because(
                    "Where cases are rare, accuracy holds while most of them are lost. Asked from 200 cases on; of fewer only a \
                     fall that the whole interval shows counts, since noise alone makes one of 10 points.",
                ),
            ],
            ANSWERS_AT_ONCE,
            Robust {
                flip_rate: (
                    0.05,
                    "Where cases are rare, so should answers that turn be: at one in twenty, alarms come and go with noise \
                     more often than there are cases.",
                ),
                ..ROBUST
            },
        )
    }

    /// A false alarm costs most: precision at least 95 %.
    pub fn spam() -> Self {
        of(
            "spam",
            "A false alarm costs far more than a missed case.",
            &["better_than_chance", "precision"],
            [
                precision(0.95, Severity::Must).because(
                    "What is flagged is hidden from its reader: at most one in twenty wrongly.",
                ),
                accuracy(Severity::Must),
                better_than_chance(),
                above_baseline(),
            ],
            ANSWERS_AT_ONCE,
            ROBUST,
        )
    }

    /// Images or texts into classes: each class counts alike, however rare.
    pub fn classification() -> Self {
        of(
            "classification",
            "Images or texts are put into classes, and each class counts alike, however rare.",
            &["accuracy", "better_than_chance"],
            [
                accuracy(Severity::Must),
                better_than_chance(),
                above_baseline(),
                recall().because(
                    "The mean over the classes, so that a rare class that is never found shows.",
                ),
                precision(0.80, Severity::Must).because(
                    "The mean over the classes, so that a class that is named too often shows.",
                ),
            ],
            ANSWERS_AT_ONCE,
            ROBUST,
        )
    }

    /// An assistant built on a language model, by answers that people or a judge have graded: the label is a person's
    /// grade, the prediction a judge's.
    pub fn assistant() -> Self {
        let mut policy = of(
            "assistant",
            "Answers of a language model are accepted or not, by people or a judge, and people wait for them.",
            &["accepted_share"],
            [
                answers(Metric::AcceptedShare, Operator::AtLeast, 0.90, Severity::Must)
                    .because("People forgive one bad answer in ten, hardly more."),
                answers(Metric::JudgeAgreement, Operator::AtLeast, 0.60, Severity::Should)
                    .if_measured()
                    .because(
                        "0.6 is where agreement beyond chance is commonly called substantial; below it a judge \
                         cannot stand in for people.",
                    ),
                answers(Metric::RepeatConsistency, Operator::AtLeast, 0.90, Severity::Should)
                    .if_measured()
                    .because(
                        "Who asks twice should not get a good answer once and a bad one the next time.",
                    ),
                answers(Metric::CostPerAccepted, Operator::AtMost, 0.05, Severity::Should)
                    .if_measured()
                    .because(
                        "In the unit of the cost column: five cents, where that is dollars or euros. Set \
                         what an answer is worth to you.",
                    ),
            ],
            (
                10_000.0,
                "Ten seconds are as long as people keep their attention on a question.",
            ),
            Robust {
                flip_rate: (
                    0.20,
                    "The same question in other words may be answered in other words; more than one \
                     judgement in five that turns is a matter of luck.",
                ),
                ..ROBUST
            },
        );
        let of_answers = |metric| {
            !matches!(
                metric,
                Metric::AccuracyGap | Metric::WorstWindowAccuracy | Metric::AccuracyDrop
            )
        };
        policy.criteria.retain(|c| of_answers(c.metric));
        policy.monitoring = usual_rules(&policy.criteria);
        policy
    }
}

/// The limit of p95 latency where something waits for a single answer, and why.
const ANSWERS_AT_ONCE: (f64, &str) = (
    1_000.0,
    "Up to about a second people’s flow of thought is not broken.",
);

/// Limits of what is asked where the data tells segments or perturbed copies apart, and why.
struct Robust {
    weakest_segment_gap: (f64, &'static str),
    perturbation_accuracy_drop: (f64, &'static str),
    flip_rate: (f64, &'static str),
}

const ROBUST: Robust = Robust {
    weakest_segment_gap: (
        0.10,
        "An average hides the group for which it does not work; it fails only where that is sure, however many groups there are.",
    ),
    perturbation_accuracy_drop: (
        0.05,
        "Inputs in use are noisier than those it was judged by: a small change of them should cost no more right answers than a \
         change of data may.",
    ),
    flip_rate: (
        0.10,
        "Where a change that means nothing turns more than one answer in ten, the answer is a matter of luck.",
    ),
};

fn of<const N: usize>(
    name: &str,
    description: &str,
    required_evidence: &[&str],
    task: [Criterion; N],
    (latency, why): (f64, &str),
    robust: Robust,
) -> Policy {
    let robust = [
        (Metric::WeakestSegmentGap, robust.weakest_segment_gap),
        (
            Metric::PerturbationAccuracyDrop,
            robust.perturbation_accuracy_drop,
        ),
        (Metric::FlipRate, robust.flip_rate),
    ];
    let robust = robust.map(|(metric, (limit, why))| {
        let name = metric.name();
        let criterion = Criterion::new(name, metric, Operator::AtMost, limit, Severity::Should);
        criterion.if_measured().because(why)
    });
    let always = [
        Criterion::new(
            "accuracy_gap",
            Metric::AccuracyGap,
            Operator::AtMost,
            0.05,
            Severity::Should,
        )
        .because("A larger fall from the data it was built on says that it has learned by heart or that the world has moved."),
        Criterion::new(
            "score_psi",
            Metric::ScorePsi,
            Operator::AtMost,
            0.2,
            Severity::Should,
        )
        .if_measured()
        .because("Above 0.2 scores are commonly said to have moved a good deal; what they were chosen and calibrated on no longer holds."),
        Criterion::new(
            "latency_p95",
            Metric::LatencyP95,
            Operator::AtMost,
            latency,
            Severity::Must,
        )
        .because(why),
        Criterion::new(
            "error_rate",
            Metric::ErrorRate,
            Operator::AtMost,
            0.01,
            Severity::Must,
        )
        .if_measured()
        .because("At most one call in a hundred fails; files without a column of errors are not warned about."),
    ];
    let accuracy = task.iter().find(|c| c.metric == Metric::Accuracy);
    let over_time = over_time(accuracy.map_or(Severity::Should, |c| c.severity));
    let criteria = task.into_iter().chain(over_time).chain(always);
    let criteria: Vec<Criterion> = criteria.chain(robust).collect();
    Policy {
        name: name.to_owned(),
        description: description.to_owned(),
        minimum_rows: DEFAULT_MINIMUM_ROWS,
        drift: DriftSettings::default(),
        monitoring: usual_rules(&criteria),
        criteria,
        required_evidence: required_evidence
            .iter()
            .map(|&name| name.to_owned())
            .collect(),
    }
}

/// Accuracy from one window of time to the next: as strictly as it is asked of all rows.
fn over_time(severity: Severity) -> [Criterion; 2] {
    let worst = answers(
        Metric::WorstWindowAccuracy,
        Operator::AtLeast,
        0.90,
        severity,
    );
    let drop = answers(
        Metric::AccuracyDrop,
        Operator::AtMost,
        0.05,
        Severity::Should,
    );
    [
        Criterion {
            minimum_rows: Some(FEWEST_OF_A_WINDOW),
            ..worst.if_measured().because(
                "An average hides the week in which it failed. Asked of windows of 200 rows or more; of smaller ones only what \
                 the whole interval shows counts, since chance alone takes one of many below any limit.",
            )
        },
        Criterion {
            minimum_rows: Some(FEWEST_OF_A_DROP),
            ..drop.if_measured().because(
                "A larger fall says that the world has moved since the model was built. Asked of windows of 500 rows or more, \
                 for the worst of many windows is always somewhat below the first.",
            )
        },
    ]
}

/// With a true accuracy of 0.95 the worst of 30 windows of 200 rows lies below 0.90 in 2 % of files, of 100 rows in 29 %.
const FEWEST_OF_A_WINDOW: u64 = 200;
/// From so many rows on the worst of 30 windows seldom lies more than 5 points below the first by chance.
const FEWEST_OF_A_DROP: u64 = 500;

/// A criterion that is called as its metric is.
fn answers(metric: Metric, operator: Operator, limit: f64, severity: Severity) -> Criterion {
    Criterion::new(metric.name(), metric, operator, limit, severity)
}

fn accuracy(severity: Severity) -> Criterion {
    Criterion::new(
        "accuracy",
        Metric::Accuracy,
        Operator::AtLeast,
        0.90,
        severity,
    )
    .because("At least nine answers in ten are right.")
}

/// A fall from the reference of at most 10 points.
fn fall(metric: Metric) -> Criterion {
    let (name, operator) = (metric.name(), Operator::AtMost);
    Criterion {
        minimum_rows: Some(FEWEST_OF_A_FALL),
        ..Criterion::new(name, metric, operator, 0.10, Severity::Should)
    }
}

/// From so many rows on a healthy model is not warned of a fall: of 180 healthy files (`tests/pitfalls/healthy.py`) with 30
/// rows 64 were by recall and 28 by F1, with 100 still 1 and 3, with 200 none.
const FEWEST_OF_A_FALL: u64 = 200;

fn recall() -> Criterion {
    Criterion::new(
        "recall",
        Metric::Recall,
        Operator::AtLeast,
        0.80,
        Severity::Must,
    )
}

fn precision(limit: f64, severity: Severity) -> Criterion {
    Criterion::new(
        "precision",
        Metric::Precision,
        Operator::AtLeast,
        limit,
        severity,
    )
}

fn better_than_chance() -> Criterion {
    Criterion::new(
        "better_than_chance",
        Metric::YoudensJ,
        Operator::Above,
        0.0,
        Severity::Must,
    )
    .because("What does no better than drawing lots needs no model; it has to be shown with the whole interval.")
}

fn above_baseline() -> Criterion {
    Criterion::new(
        "accuracy_above_baseline",
        Metric::AccuracyAboveBaseline,
        Operator::Above,
        0.0,
        Severity::Should,
    )
    .because("Always giving the most frequent answer needs no model.")
}

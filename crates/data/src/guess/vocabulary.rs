//! What columns of predictions are called, in compact form; of several the first wins.

/// All names that are told as a whole.
pub(crate) const ALL: &[&[&str]] = &[
    LABEL,
    PREDICTION,
    HUMAN,
    JUDGE,
    SCORE,
    PROBABILITY,
    SPLIT,
    TIMESTAMP,
    ID,
    ROW_NUMBER,
    MODEL,
    VARIANT,
    COST,
    ERROR,
    FEEDBACK,
    COUNT,
    SEGMENT,
];

/// Names of the true class.
pub(crate) const LABEL: &[&str] = &[
    "ytrue",
    "groundtruth",
    "groundtruthlabel",
    "truelabel",
    "labeltrue",
    "trueclass",
    "actuallabel",
    "actualclass",
    "actual",
    "actuals",
    "goldlabel",
    "gold",
    "goldstandard",
    "label",
    "labels",
    "target",
    "targets",
    "truth",
    "true",
    "y",
    "ytest",
    "class",
    "outcome",
    "expected",
    "response",
    "isfraud",
    "fraud",
    "isspam",
    "spam",
    "churn",
    "churned",
    "ischurn",
    "defaulted",
    "isdefault",
    "converted",
    "clicked",
    "cancelled",
    "canceled",
    "diagnosis",
    "species",
    "sentiment",
];

/// Names of the predicted class.
pub(crate) const PREDICTION: &[&str] = &[
    "ypred",
    "yhat",
    "prediction",
    "predictedlabel",
    "predictedclass",
    "predlabel",
    "predclass",
    "labelpred",
    "classpred",
    "predictionlabel",
    "predictionclass",
    "predicted",
    "predictions",
    "pred",
    "preds",
    "predict",
    "ypredicted",
    "modelprediction",
    "modeloutput",
    "output",
    "decision",
    "classified",
    "classification",
    "verdict",
    "eval",
    "evaluation",
];

/// Names of a person's grade of an answer.
pub(crate) const HUMAN: &[&str] = &["human", "annotator", "annotation", "rater", "expert"];

/// Words that begin or end such names: `human_grade`, `label_human`.
pub(crate) const HUMAN_WORDS: &[&str] = &["human", "annotator", "rater", "expert"];

/// Names of a judge's grade of an answer, a language model's say.
pub(crate) const JUDGE: &[&str] = &[
    "judge",
    "judgeverdict",
    "judgegrade",
    "judgelabel",
    "judgerating",
    "judgescore",
    "llmjudge",
    "llmgrade",
    "llmverdict",
    "grader",
    "autograder",
    "autograde",
];

/// Words that begin or end such names.
pub(crate) const JUDGE_WORDS: &[&str] = &["judge", "grader", "autograder"];

/// Names of a judge's grade that predictions have too.
pub(crate) const VERDICT: &[&str] = &["verdict", "eval", "evaluation"];

/// Names of the positive class's score.
pub(crate) const SCORE: &[&str] = &[
    "yscore",
    "score",
    "scores",
    "yproba",
    "yprob",
    "ypredproba",
    "ypredprob",
    "predproba",
    "predprob",
    "predictproba",
    "predictedproba",
    "predictedprobability",
    "predictionprobability",
    "predictionscore",
    "predictedscore",
    "predscore",
    "modelscore",
    "proba",
    "probability",
    "prob",
    "probs",
    "proba1",
    "prob1",
    "score1",
    "positiveproba",
    "logit",
    "logits",
    "decisionfunction",
];

/// Names of the positive class's score that many other things have too; a score is a probability then.
pub(crate) const PROBABILITY: &[&str] = &[
    "p1",
    "phat",
    "p",
    "pd",
    "likelihood",
    "confidence",
    "conf",
    "judge",
    "llmjudge",
    "grader",
];

/// Words that end or begin the name of a score.
pub(crate) const SCORE_WORDS: &[&str] = &[
    "score",
    "prob",
    "proba",
    "probability",
    "likelihood",
    "confidence",
];

/// Names of the part of the data.
pub(crate) const SPLIT: &[&str] = &[
    "split",
    "datasplit",
    "splits",
    "dataset",
    "partition",
    "subset",
    "set",
    "fold",
    "phase",
    "stage",
    "sample",
    "period",
    "source",
];

/// What takes the time, before the word `time`.
pub(crate) const TIMED: &[&str] = &[
    "response",
    "inference",
    "processing",
    "execution",
    "exec",
    "serving",
    "request",
    "run",
    "predict",
    "prediction",
    "model",
    "compute",
];

/// Words that a predicted class adds to the name of the true one, before or after it.
pub(crate) const PREDICTED_WORDS: &[&str] = &["predicted", "pred", "prediction", "hat", "predict"];

/// Words that a true class adds to a name, before or after it.
pub(crate) const TRUE_WORDS: &[&str] = &["true", "actual", "truth", "gold", "real"];

pub(crate) const TIMESTAMP: &[&str] = &[
    "timestamp",
    "ts",
    "datetime",
    "eventtime",
    "eventtimestamp",
    "predictiontime",
    "predictedat",
    "createdat",
    "requesttime",
    "date",
    "time",
    "day",
    "eventdate",
];

pub(crate) const ID: &[&str] = &[
    "id",
    "exampleid",
    "sampleid",
    "predictionid",
    "requestid",
    "rowid",
    "recordid",
    "transactionid",
    "caseid",
    "messageid",
    "imageid",
    "documentid",
    "docid",
    "eventid",
    "itemid",
    "uuid",
    "guid",
    "filename",
    "questionid",
    "promptid",
    "queryid",
    "qid",
    "conversationid",
    "taskid",
];

/// Names of a column that merely numbers the rows.
pub(crate) const ROW_NUMBER: &[&str] = &["column1", "unnamed0", "index", "rownumber", "row"];

pub(crate) const MODEL: &[&str] = &[
    "model",
    "modelname",
    "modelversion",
    "modelid",
    "classifier",
    "runid",
    "run",
];

pub(crate) const VARIANT: &[&str] = &[
    "variant",
    "perturbation",
    "perturbed",
    "corruption",
    "augmentation",
    "noise",
];

pub(crate) const COST: &[&str] = &[
    "cost",
    "costusd",
    "costeur",
    "tokens",
    "totaltokens",
    "energy",
    "energywh",
    "energyj",
];

pub(crate) const ERROR: &[&str] = &[
    "error",
    "iserror",
    "errorcode",
    "errormessage",
    "failed",
    "failure",
    "timeout",
    "timedout",
    "exception",
];

pub(crate) const FEEDBACK: &[&str] = &[
    "feedback",
    "userfeedback",
    "thumbs",
    "thumbsup",
    "userrating",
];

pub(crate) const COUNT: &[&str] = &[
    "count",
    "n",
    "sampleweight",
    "samplecount",
    "rowcount",
    "numrows",
    "observations",
    "freq",
    "frequency",
    "counts",
    "cnt",
    "rows",
    "numobservations",
    "numpredictions",
    "npredictions",
    "nrows",
    "nobs",
    "caseweight",
    "frequencyweight",
    "freqweight",
];

/// Names of a count of rows that other things have too.
pub(crate) const WEIGHT: &[&str] = &["weight", "weights", "support", "total", "num", "number"];

pub(crate) const SEGMENT: &[&str] = &[
    "segment",
    "region",
    "country",
    "state",
    "city",
    "market",
    "locale",
    "language",
    "lang",
    "gender",
    "sex",
    "agegroup",
    "ageband",
    "device",
    "devicetype",
    "platform",
    "os",
    "browser",
    "channel",
    "cohort",
    "group",
    "tier",
    "plan",
    "customertype",
    "category",
    "productcategory",
    "merchantcategory",
    "carrier",
    "airline",
    "origin",
    "weekday",
    "dayofweek",
    "cardtype",
    "ethnicity",
    "race",
];

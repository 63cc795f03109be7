"""What `cargo xtask bench` compares with: the numbers of a report by pandas and scikit-learn, a function for each.

    python scikit_learn.py predictions.csv

Prints the numbers of each evaluation by the report's names, and how many seconds went into imports, reading and
computing. A report has more than these: intervals, best thresholds, criteria, the verdict.
"""

from time import perf_counter

started = perf_counter()

import json
import sys

import numpy
import pandas
from sklearn import metrics

imported = perf_counter()
rows = pandas.read_csv(sys.argv[1])
was_read = perf_counter()


def expected_calibration_error(label, score):
    """10 bins of equal width, right-closed but the first."""
    bins = numpy.digitize(score, numpy.linspace(0, 1, 11)[1:-1], right=True)
    gaps = numpy.bincount(bins, weights=label - score, minlength=10)
    return numpy.abs(gaps).sum() / len(score)


def latency(milliseconds):
    percentiles = numpy.percentile(milliseconds, [50, 90, 95, 99, 99.9])
    numbers = dict(zip(["p50", "p90", "p95", "p99", "p99_9"], percentiles))
    return {"mean": milliseconds.mean(), "max": milliseconds.max(), **numbers}


def averaged(label, prediction, average):
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        label, prediction, average=average
    )
    return {"precision": precision, "recall": recall, "f1": f1}


def per_class(label, prediction):
    numbers = metrics.precision_recall_fscore_support(label, prediction)
    names = ["precision", "recall", "f1", "support"]
    return {str(place): dict(zip(names, each)) for place, each in enumerate(zip(*numbers))}


def evaluation(rows):
    label, prediction = rows["cancelled"].to_numpy(), rows["prediction"].to_numpy()
    score = rows["score"].to_numpy()
    return {
        "rows": len(rows),
        "confusion_matrix": metrics.confusion_matrix(label, prediction).tolist(),
        "accuracy": metrics.accuracy_score(label, prediction),
        "balanced_accuracy": metrics.balanced_accuracy_score(label, prediction),
        **averaged(label, prediction, "binary"),
        **{each: averaged(label, prediction, each) for each in ["macro", "micro", "weighted"]},
        "per_class": per_class(label, prediction),
        "specificity": metrics.recall_score(label, prediction, pos_label=0),
        "f0_5": metrics.fbeta_score(label, prediction, beta=0.5),
        "f2": metrics.fbeta_score(label, prediction, beta=2),
        "jaccard": metrics.jaccard_score(label, prediction),
        "matthews_corrcoef": metrics.matthews_corrcoef(label, prediction),
        "cohen_kappa": metrics.cohen_kappa_score(label, prediction),
        "roc_auc": metrics.roc_auc_score(label, score),
        "average_precision": metrics.average_precision_score(label, score),
        "log_loss": metrics.log_loss(label, score),
        "brier_score": metrics.brier_score_loss(label, score),
        "expected_calibration_error": expected_calibration_error(label, score),
        "latency": latency(rows["latency_ms"].to_numpy()),
    }


numbers = {
    "overall": evaluation(rows),
    "splits": {split: evaluation(part) for split, part in rows.groupby("split")},
}
computed = perf_counter()
seconds = {
    "imports": imported - started,
    "reading": was_read - imported,
    "computing": computed - was_read,
}
print(json.dumps({"seconds": seconds, "numbers": numbers}, default=float))

"""Writes tests/reference/samples.json: what scikit-learn says of the samples.

    pip install -r requirements.txt
    python reference.py
"""

import json
import warnings
from pathlib import Path

import numpy
import pandas
from scipy.stats import binomtest, norm
from sklearn import metrics
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import label_binarize

ROOT = Path(__file__).parents[2]
# The class scores are rounded, so their sums are 1 but for the rounding; nothing is done about it.
warnings.filterwarnings("ignore", message=".*values do not sum to one")


def of_classes(label, prediction, average, weight=None, **options):
    """What label and prediction tell."""
    options = {"average": average, "sample_weight": weight, "zero_division": numpy.nan, **options}
    return {
        "precision": metrics.precision_score(label, prediction, **options),
        "recall": metrics.recall_score(label, prediction, **options),
        "f1": metrics.f1_score(label, prediction, **options),
    }


def of_answers(label, prediction, weight=None):
    return {
        "rows": int(len(label) if weight is None else weight.sum()),
        "accuracy": metrics.accuracy_score(label, prediction, sample_weight=weight),
        "balanced_accuracy": metrics.balanced_accuracy_score(label, prediction, sample_weight=weight),
        "matthews_corrcoef": metrics.matthews_corrcoef(label, prediction, sample_weight=weight),
        "cohen_kappa": metrics.cohen_kappa_score(label, prediction, sample_weight=weight),
    }


def calibration(happened, score):
    """What scores are worth as probabilities; None where the outcomes are all the same."""
    happened, score = numpy.asarray(happened, int), numpy.asarray(score)
    edges = numpy.linspace(0, 1, 11)
    # As calibration_curve bins them: right-closed but the first.
    which = numpy.searchsorted(edges[1:-1], score)
    share, mean = calibration_curve(happened, score, strategy="uniform", n_bins=10)
    filled = [int(bin) for bin in numpy.unique(which)]
    weights = [numpy.mean(which == bin) for bin in filled]
    isotonic = IsotonicRegression(out_of_bounds="nan").fit(score, happened)
    readings = isotonic.predict([0.1, 0.25, 0.5, 0.75, 0.9])
    quantile_share, quantile_mean = calibration_curve(happened, score, strategy="quantile", n_bins=10)
    mixed = len(set(happened)) == 2
    slope, intercept, slope_interval, intercept_interval = line(happened, score) if mixed else [None] * 4
    return {
        "expected_calibration_error": float(weights @ numpy.abs(share - mean)),
        "maximum_calibration_error": float(numpy.abs(share - mean).max()),
        "brier_skill_score": metrics.d2_brier_score(happened, score) if mixed else None,
        "slope": slope,
        "intercept": intercept,
        "intervals": {"slope": slope_interval, "intercept": intercept_interval},
        "bins": [
            [bin, int((which == bin).sum()), float(mean), float(share), *wilson(happened[which == bin])]
            for bin, mean, share in zip(filled, mean, share)
        ],
        "quantile": [[float(mean), float(share)] for mean, share in zip(quantile_mean, quantile_share)],
        "isotonic": [None if numpy.isnan(reading) else float(reading) for reading in readings],
    }


def wilson(happened):
    interval = binomtest(int(happened.sum()), len(happened)).proportion_ci(method="wilson")
    return [float(interval.low), float(interval.high)]


def line(happened, score):
    """Slope and intercept on the logits with their Wald intervals: scikit-learn's optimum, polished by Newton's
    method, for its solvers stop a little early."""
    clipped = numpy.clip(score, numpy.finfo(float).eps, 1 - numpy.finfo(float).eps)
    logits = numpy.log(clipped / (1 - clipped))
    fit = LogisticRegression(C=numpy.inf, tol=1e-10, max_iter=10_000).fit(logits.reshape(-1, 1), happened)
    design = numpy.column_stack([logits, numpy.ones(len(logits))])
    start = numpy.array([fit.coef_[0, 0], fit.intercept_[0]])
    beta = start.copy()
    for _ in range(50):
        p = 1 / (1 + numpy.exp(-design @ beta))
        information = design.T @ (design * (p * (1 - p))[:, None])
        beta += numpy.linalg.solve(information, design.T @ (happened - p))
    assert numpy.allclose(beta, start, rtol=1e-3, atol=1e-3), (beta, start)
    errors = norm.ppf(0.975) * numpy.sqrt(numpy.diag(numpy.linalg.inv(information)))
    intervals = [[float(at - error), float(at + error)] for at, error in zip(beta, errors)]
    return [*beta.tolist(), *intervals]


def binary(rows, label, prediction, positive, score=None, count=None):
    label, prediction = rows[label], rows[prediction]
    weight = None if count is None else rows[count]
    numbers = of_answers(label, prediction, weight)
    numbers |= of_classes(label, prediction, "binary", weight, pos_label=positive)
    if score is not None:
        label, score = (label == positive).astype(int), rows[score]
        numbers |= {
            "roc_auc": metrics.roc_auc_score(label, score),
            "average_precision": metrics.average_precision_score(label, score),
            "log_loss": metrics.log_loss(label, score),
            "brier_score": metrics.brier_score_loss(label, score),
            "calibration": calibration(label, score),
        }
    return numbers


def digits(rows):
    label, prediction = rows.label, rows.prediction
    scores = rows.filter(like="proba_").to_numpy()
    classes = range(10)
    each = label_binarize(label, classes=classes)
    return {
        **of_answers(label, prediction),
        "macro": of_classes(label, prediction, "macro"),
        "roc_auc": metrics.roc_auc_score(each, scores, average="macro"),
        "average_precision": metrics.average_precision_score(each, scores, average="macro"),
        "log_loss": metrics.log_loss(label, scores, labels=classes),
        "brier_score": metrics.brier_score_loss(label, scores, labels=classes, scale_by_half=False),
        # Of the top class: whether it is right, as often as its score says.
        "calibration": calibration(label == scores.argmax(axis=1), scores.max(axis=1)),
    }


SAMPLES = {
    "flights": lambda rows: binary(rows, "cancelled", "prediction", 1, "score"),
    "bicycles": lambda rows: binary(rows, "label", "prediction", 1, "score"),
    "breast_cancer": lambda rows: binary(rows, "label", "prediction", "malignant", "score"),
    "digits": digits,
    "matrix": lambda rows: binary(rows, "actual", "predicted", "Pos", count="count"),
}

reference = {}
for name, numbers in SAMPLES.items():
    rows = pandas.read_csv(ROOT / f"static/samples/{name}.csv")
    splits = rows.groupby("split") if "split" in rows else ()
    reference[name] = {
        "overall": numbers(rows),
        "splits": {split: numbers(part) for split, part in splits},
    }
target = ROOT / "tests/reference/samples.json"
target.write_text(json.dumps(reference, indent=1) + "\n")

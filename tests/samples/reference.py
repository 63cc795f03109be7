"""Writes tests/reference/samples.json: what scikit-learn says of the samples.

    pip install -r requirements.txt
    python reference.py
"""

import json
import warnings
from pathlib import Path

import numpy
import pandas
from sklearn import metrics
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
    }


SAMPLES = {
    "flights": lambda rows: binary(rows, "cancelled", "prediction", 1, "score"),
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

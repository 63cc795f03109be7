"""Writes tradeoff.json and tradeoff_large.json: what the trade-off of precision and recall, and calibration, are held
against.

    pip install scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
    python tradeoff.py

Counts come from scikit-learn's `confusion_matrix_at_thresholds`, the best thresholds, also under costs and constraints,
from a search through all of its thresholds, calibration from `calibration_curve`, `LogisticRegression` and
`IsotonicRegression`. The large cases are a formula each, which the test has too, and the counts and curves there are
those of scikit-learn at some places, and sums over all of them.
"""

import json
import math
from pathlib import Path

import numpy as np
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    average_precision_score,
    brier_score_loss,
    confusion_matrix_at_thresholds,
    precision_recall_curve,
    roc_auc_score,
    roc_curve,
)

HERE = Path(__file__).parent
rng = np.random.default_rng(20)


def case(name, y, scores):
    tn, fp, fn, tp, thresholds = confusion_matrix_at_thresholds(y, scores)
    cuts = [
        {"threshold": None if np.isinf(t) else float(t), "counts": [int(a), int(b), int(c), int(d)]}
        for a, b, c, d, t in zip(tn, fp, fn, tp, thresholds)
    ]
    if cuts[0]["threshold"] is not None:
        cuts.insert(0, {"threshold": None, "counts": [int((y == 0).sum()), 0, int((y == 1).sum()), 0]})
    return {
        "name": name,
        "y": y.tolist(),
        "scores": scores.tolist(),
        "cuts": cuts,
        "constraints": [constraint(cuts, *demand) for demand in DEMANDS],
        "best": best(y, scores),
        "calibration": calibration(y, scores),
    }


DEMANDS = [
    ("precision_at_least", 0.5),
    ("precision_at_least", 0.9),
    ("recall_at_least", 0.8),
    ("recall_at_least", 1.0),
    ("alerts_at_most", 10),
    ("alerts_at_most", 0),
]


def constraint(cuts, kind, limit):
    best = None
    for cut in cuts:
        tn, fp, fn, tp = cut["counts"]
        precision = tp / (tp + fp) if tp + fp else None
        recall = tp / (tp + fn)
        if kind == "precision_at_least":
            met, value = precision is not None and precision >= limit, recall
        elif kind == "recall_at_least":
            met, value = recall >= limit, precision
        else:
            met, value = tp + fp <= limit, recall
        if met and value is not None and (best is None or value > best["value"] + 1e-15):
            best = {"threshold": cut["threshold"], "value": value, "counts": cut["counts"]}
    return {"kind": kind, "limit": limit, "best": best}


COSTS = [
    {"tp": 0, "fp": 1, "fn": 500, "tn": 0},
    {"tp": 2, "fp": 5, "fn": 50, "tn": 0.5},
    {"tp": -20, "fp": 1, "fn": 0, "tn": -0.25},
    # Right answers cost more than errors.
    {"tp": 3, "fp": 1, "fn": 1, "tn": 2},
    # Only alerts cost.
    {"tp": 1, "fp": 1, "fn": 0, "tn": 0},
]


def best(y, scores):
    """The best of all thresholds by each objective and for each matrix of costs; of equally good ones the highest."""
    tn, fp, fn, tp, thresholds = counts_at_all(y, scores)
    p, n = int(y.sum()), int((y == 0).sum())

    def f_beta(squared):
        return (1 + squared) * tp / (squared * (tp + fn) + tp + fp)

    def found(values, sign=1):
        if np.isnan(values).all():
            return None
        at = int(np.nanargmax(sign * values))
        counts = [int(of[at]) for of in (tn, fp, fn, tp)]
        return {"threshold": finite(thresholds[at]), "value": float(values[at]), "counts": counts}

    spread = np.sqrt(float(p) * n) * np.sqrt((tp + fp).astype(float) * (tn + fn))
    with np.errstate(invalid="ignore"):
        correlation = np.where(spread > 0, (tp * tn - fp * fn) / spread, np.nan)
    objectives = {
        "f1": found(2 * tp / (2 * tp + fp + fn)),
        "f0_5": found(f_beta(0.25)),
        "f2": found(f_beta(4.0)),
        "accuracy": found((tp + tn) / (p + n)),
        # In whole numbers until the last division, so that ties are ties.
        "balanced_accuracy": found((tp * n + tn * p) / (2 * p * n)),
        "youden": found((tp * tn - fp * fn) / (p * n)),
        "matthews_corrcoef": found(correlation),
    }
    cost = [found(tp * c["tp"] + fp * c["fp"] + fn * c["fn"] + tn * c["tn"], sign=-1) for c in COSTS]
    return {"objectives": objectives, "costs": [{"costs": c, "best": b} for c, b in zip(COSTS, cost)]}


def counts_at_all(y, scores):
    """scikit-learn's, highest threshold first, with "flag nothing" before them."""
    tn, fp, fn, tp, thresholds = confusion_matrix_at_thresholds(y, scores)
    tn, fp, fn, tp = (of.astype(np.int64) for of in (tn, fp, fn, tp))
    if np.isfinite(thresholds[0]):
        nothing = [(y == 0).sum(), 0, (y == 1).sum(), 0, np.inf]
        parts = zip(nothing, (tn, fp, fn, tp, thresholds))
        tn, fp, fn, tp, thresholds = (np.concatenate([[first], rest]) for first, rest in parts)
    return tn, fp, fn, tp, thresholds


def finite(threshold):
    return None if np.isinf(threshold) else float(threshold)


LARGE = 1_000_000


def formula(steps, odds):
    """Scores and classes of a million rows by arithmetic that is exact or rounded once, the same in every language.

    A score is the square of a number between 0 and 1, cut down to a multiple of 1/steps where there are steps; a row is
    positive where a second number lies below odds times the score as it was."""
    row = np.arange(LARGE, dtype=np.uint64)
    first, second = unit(2 * row), unit(2 * row + 1)
    square = first * first
    y = (second < odds * square).astype(int)
    scores = np.floor(square * steps) / steps if steps else square
    return y, scores


def unit(number):
    """SplitMix64's output for this state, as a number from 0 to 1, 1 excluded."""
    mixed = number * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)).astype(float) / 2**53


def large(name, steps, odds):
    y, scores = formula(steps, odds)
    tn, fp, fn, tp, thresholds = counts_at_all(y, scores)
    cuts = [
        {"threshold": finite(t), "counts": [int(a), int(b), int(c), int(d)]}
        for a, b, c, d, t in zip(tn, fp, fn, tp, thresholds)
    ]
    precision, recall, _ = precision_recall_curve(y, scores)
    false_positive_rate, true_positive_rate, _ = roc_curve(y, scores, drop_intermediate=False)
    some = sorted({round(i * (len(cuts) - 1) / 40) for i in range(41)})
    return {
        "name": name,
        "steps": steps,
        "odds": odds,
        "candidates": len(cuts),
        "cuts": [cuts[i] for i in some],
        "constraints": [constraint(cuts, *demand) for demand in DEMANDS + [("alerts_at_most", 500)]],
        "best": best(y, scores),
        # Without the point of recall 0 that scikit-learn adds.
        "precision_recall_curve": [math.fsum(precision[:-1]), math.fsum(recall[:-1])],
        "roc_curve": [math.fsum(false_positive_rate), math.fsum(true_positive_rate)],
        "roc_auc": float(roc_auc_score(y, scores)),
        "average_precision": float(average_precision_score(y, scores)),
    }


def calibration(y, scores):
    share, mean = calibration_curve(y, scores, strategy="quantile", n_bins=10)
    clipped = np.clip(scores, np.finfo(float).eps, 1 - np.finfo(float).eps)
    logits = np.log(clipped / (1 - clipped)).reshape(-1, 1)
    distinct = np.unique(scores)
    line_exists = len(distinct) > 1
    uniform_share, uniform_mean = calibration_curve(y, scores, strategy="uniform", n_bins=10)
    brier = brier_score_loss(y, scores)
    prevalence = y.mean()
    isotonic = IsotonicRegression(out_of_bounds="nan").fit(scores, y)
    # Of a single score scikit-learn extends the fit to all numbers.
    between = np.linspace(0.0, 1.0, 41) if line_exists else distinct
    return {
        "quantile": [[float(m), float(s)] for m, s in zip(mean, share)],
        "line": logistic_regression(logits, y) if line_exists else None,
        "isotonic": list(zip(distinct.tolist(), isotonic.predict(distinct).tolist())),
        "isotonic_between": [
            [x, None if np.isnan(value) else value]
            for x, value in zip(between.tolist(), isotonic.predict(between).tolist())
        ],
        "maximum_calibration_error": float(np.abs(uniform_share - uniform_mean).max()),
        "brier_skill_score": float(1 - brier / (prevalence * (1 - prevalence))),
    }


def logistic_regression(x, y):
    """scikit-learn's optimum, polished by Newton's method, for its solvers stop a little early; with standard errors."""
    fit = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000).fit(x, y)
    design = np.column_stack([x, np.ones(len(y))])
    start = np.array([fit.coef_[0, 0], fit.intercept_[0]])
    beta = start.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ beta))
        information = design.T @ (design * (p * (1 - p))[:, None])
        beta += np.linalg.solve(information, design.T @ (y - p))
    assert np.allclose(beta, start, rtol=1e-3, atol=1e-3), (beta, start)
    return beta.tolist() + np.sqrt(np.diag(np.linalg.inv(information))).tolist()


def logistic(n, spread, offset, decimals=None):
    x = rng.normal(size=n)
    y = (rng.random(n) < 1 / (1 + np.exp(-(spread * x + offset)))).astype(int)
    scores = 1 / (1 + np.exp(-(1.3 * spread * x + offset + rng.normal(scale=0.5, size=n))))
    return y, np.round(scores, decimals) if decimals is not None else scores


cases = [
    case("smooth", *logistic(300, 1.5, -0.5)),
    case("many ties", *logistic(400, 1.0, 0.0, decimals=1)),
    case("rare positives", *logistic(1500, 2.0, -5.0, decimals=3)),
    case("constant score", np.array([0, 1, 0, 0, 1]), np.full(5, 0.3)),
    case("scores of 0 and 1", np.array([0, 1, 0, 1, 1, 0, 1, 0]), np.array([0.0, 1, 1, 0, 0.5, 0.5, 1, 0])),
]
versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__}


def write(name, cases):
    text = json.dumps({"versions": versions, "cases": cases}, allow_nan=False, separators=(",", ":"))
    (HERE / name).write_text(text.replace('{"name"', '\n{"name"') + "\n")


write("tradeoff.json", cases)
write(
    "tradeoff_large.json",
    [
        large("every score its own", None, 0.6),
        large("many ties", 1_000, 0.6),
        large("one positive in a thousand", None, 0.003),
        large("one score for all", 1, 0.6),
    ],
)

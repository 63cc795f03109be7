"""Writes tradeoff.json: what the trade-off of precision and recall, and calibration, are held against.

    pip install scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
    python tradeoff.py

Counts come from scikit-learn's `confusion_matrix_at_thresholds`, constraints from a search through all of
its thresholds, calibration from `calibration_curve`, `LogisticRegression` and `IsotonicRegression`.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, confusion_matrix_at_thresholds

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
text = json.dumps({"versions": versions, "cases": cases}, allow_nan=False, separators=(",", ":"))
(HERE / "tradeoff.json").write_text(text.replace('{"name"', '\n{"name"') + "\n")

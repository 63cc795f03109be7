"""Writes comparison.json: intervals of differences of independent proportions by statsmodels, and of other numbers written out from both intervals.

    pip install statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6
    python comparison.py

Levels are those of k numbers that are compared at once, 1 − 0.05/k. Same versions, same file.
"""

import json
import math
from pathlib import Path

import numpy as np
import scipy
import statsmodels
from scipy import stats
from scipy.special import expit, logit
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

PAIRS = [(56, 70, 48, 80), (9, 10, 3, 10), (0, 10, 0, 10), (10, 10, 0, 10), (10, 10, 10, 10), (1, 7, 300, 1000), (5, 2000, 9, 2100), (999_000, 1_000_000, 998_500, 1_000_000)]
NUMBERS = [1, 2, 7, 20]


def mover(one, two):
    """Zou and Donner (2008): the interval of a difference from the value and the ends of each side."""
    (p1, l1, u1), (p2, l2, u2) = one, two
    return [p1 - p2 - math.hypot(p1 - l1, u2 - p2), p1 - p2 + math.hypot(u1 - p1, p2 - l2)]


def roc_auc(value, low, z):
    """An interval that is symmetric on the logit scale and has this lower end at 95 %."""
    half = (logit(value) - logit(low)) * z / stats.norm.ppf(0.975)
    return value, expit(logit(value) - half), expit(logit(value) + half)


def f1(tp, fp, fn, alpha):
    low, high = proportion_confint(tp, tp + fp + fn, alpha, method="wilson")
    value, low, high = ((2 * j / (1 + j)) for j in (tp / (tp + fp + fn), low, high))
    return value, low, high


def latency(value, low, high, z):
    times = z / stats.norm.ppf(0.975)
    return value, value * (low / value) ** times, value * (high / value) ** times


proportions, others = [], []
for k in NUMBERS:
    alpha = 0.05 / k
    z = float(stats.norm.isf(alpha / 2))
    for k1, n1, k2, n2 in PAIRS:
        low, high = confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff", alpha=alpha)
        proportions.append({"after": [k1, n1], "before": [k2, n2], "k": k, "interval": [float(low), float(high)]})
    for name, after, before in [
        ("roc_auc", roc_auc(0.91, 0.88, z), roc_auc(0.87, 0.85, z)),
        ("f1", f1(300, 80, 70, alpha), f1(250, 90, 130, alpha)),
        ("latency_p95", latency(410.0, 380.0, 470.0, z), latency(350.0, 330.0, 365.0, z)),
    ]:
        others.append({"name": name, "k": k, "interval": [float(end) for end in mover(after, before)]})

content = {
    "versions": {"statsmodels": statsmodels.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
    "proportions": proportions,
    "others": others,
}
text = json.dumps(content, allow_nan=False, separators=(",", ":"))
(Path(__file__).parent / "comparison.json").write_text(text.replace('{"after"', '\n{"after"').replace('{"name"', '\n{"name"') + "\n")

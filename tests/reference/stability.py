"""Writes stability.json: trends, exact tests of pairs and of change points, by scipy and statsmodels.

    pip install scipy==1.17.1 numpy==2.4.6 statsmodels==0.15.0
    python stability.py

Same versions, same file.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar

random = np.random.default_rng(20)


def trend(name, x, y):
    slope, intercept, low, high = stats.theilslopes(y, x, 0.95)
    tau = stats.kendalltau(x, y)
    has_ties = len(set(y)) < len(y)
    # The rule of kendalltau(method="auto").
    pairs = len(y) * (len(y) - 1) // 2
    falling = sum(y[j] < y[i] for i in range(len(y)) for j in range(i + 1, len(y)))
    exact = not has_ties and (len(y) <= 33 or min(falling, pairs - falling) <= 1)
    return {
        "name": name,
        "points": [[float(a), float(b)] for a, b in zip(x, y)],
        "slope": slope,
        "intercept": intercept,
        "slope_interval": [low, high],
        "p_value": None if np.isnan(tau.pvalue) else tau.pvalue,
        "exact": bool(exact),
    }


def trends():
    for windows in [3, 4, 5, 8, 12, 20, 33, 34, 60]:
        x = np.arange(windows)
        yield trend(f"noise, {windows}", x, random.normal(0.9, 0.01, windows))
        yield trend(f"falls, {windows}", x, 0.9 - 0.004 * x + random.normal(0, 0.01, windows))
        yield trend(f"ties, {windows}", x, np.round(0.9 - 0.002 * x + random.normal(0, 0.02, windows), 2))
    gaps = np.sort(random.choice(60, 25, replace=False))
    yield trend("gaps", gaps, 0.8 + 0.003 * gaps + random.normal(0, 0.02, 25))
    yield trend("strictly up, 40", np.arange(40), np.arange(40) ** 1.5)
    swapped = np.arange(40.0)
    swapped[[10, 11]] = swapped[[11, 10]]
    yield trend("one pair down, 40", np.arange(40), swapped)
    yield trend("constant", np.arange(6), np.full(6, 0.5))
    yield trend("half up, half down", np.arange(4), np.array([2.0, 1.0, 4.0, 0.0]))


def discordant():
    cases = [(0, 0), (0, 1), (1, 0), (0, 6), (10, 2), (5, 5), (121, 59), (700, 812), (3, 400), (5000, 5200)]
    for lost, gained in cases:
        exact = mcnemar([[0, lost], [gained, 0]], exact=True).pvalue
        yield {"lost": lost, "gained": gained, "p_value": 1.0 if lost + gained == 0 else float(exact)}


def fair_tails():
    for throws in [1, 2, 7, 50, 1001, 100_000]:
        for k in sorted({0, throws // 3, int(throws / 2 - throws**0.5), throws // 2, throws - 1} & set(range(throws + 1))):
            yield {"k": k, "throws": throws, "share": float(stats.binom.cdf(k, throws, 0.5))}


content = {
    "versions": {"scipy": scipy.__version__, "numpy": np.__version__, "statsmodels": statsmodels.__version__},
    "trends": list(trends()),
    "mcnemar": list(discordant()),
    "fair_tails": list(fair_tails()),
}
text = json.dumps(content, allow_nan=False, separators=(",", ":"))
Path(__file__).with_name("stability.json").write_text(text.replace('{"name"', '\n{"name"') + "\n")

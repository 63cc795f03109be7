"""Writes amounts.json: the sums of amounts at every threshold, and the cheapest threshold where rows cost by their amounts.

    pip install numpy==2.4.6
    python amounts.py

Sums and costs are those of all rows one by one at each distinct score, in exact fractions, rounded at the very end. The
large case is a formula, which the test has too, with whole amounts that numpy adds up exactly.
"""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
rng = np.random.default_rng(7)

NOTHING = {"tp": 0, "fp": 0, "fn": 0, "tn": 0}
COSTS = [
    # A review costs 5, a missed case its amount.
    ({**NOTHING, "fp": 5}, {**NOTHING, "fn": 1}),
    # A case caught saves a part of its amount, a false alert annoys a customer the more the larger it is.
    ({**NOTHING, "tp": 2.5, "fp": 2.5}, {"tp": -0.8, "fp": 0.02, "fn": 0, "tn": 0}),
    # All eight count.
    ({"tp": 1, "fp": 4, "fn": 20, "tn": 0.5}, {"tp": 0.1, "fp": 0.25, "fn": 1.5, "tn": -0.001}),
    # The constants alone.
    ({**NOTHING, "fp": 1, "fn": 30}, NOTHING),
    # Only alerts cost: best to flag nothing.
    ({**NOTHING, "tp": 1, "fp": 1}, {**NOTHING, "fp": 1}),
]
CELLS = ["tp", "fp", "fn", "tn"]


def cell(positive, flagged):
    return {(1, 1): "tp", (0, 1): "fp", (1, 0): "fn", (0, 0): "tn"}[int(positive), int(flagged)]


def at(rows, threshold):
    counts, amounts = dict.fromkeys(CELLS, 0), dict.fromkeys(CELLS, Fraction(0))
    for score, positive, count, amount in rows:
        key = cell(positive, threshold is not None and score >= threshold)
        counts[key] += count
        amounts[key] += count * Fraction(amount)
    return counts, amounts


def total(costs, counts, amounts):
    fixed, factors = costs
    return sum(Fraction(fixed[c]) * counts[c] + Fraction(factors[c]) * amounts[c] for c in CELLS)


def case(name, rows):
    scores = sorted({score for score, _, count, _ in rows if count}, reverse=True)
    cuts = [(threshold, *at(rows, threshold)) for threshold in [None, *scores]]

    def best(costs):
        # `min` keeps the first of several: the one with the fewest alerts.
        threshold, counts, amounts = min(cuts, key=lambda cut: total(costs, *cut[1:]))
        value = float(total(costs, counts, amounts))
        return {"fixed": costs[0], "factors": costs[1], "threshold": threshold, "value": value, "counts": counts}

    return {
        "name": name,
        "rows": rows,
        "cuts": [{"threshold": t, "amounts": {c: float(a[c]) for c in CELLS}} for t, _, a in cuts],
        "best": [best(costs) for costs in COSTS],
    }


def fraud(n, amounts, decimals=6, counts=None):
    scores = np.round(rng.beta(1.2, 3.0, size=n), decimals)
    positive = rng.random(n) < scores**2
    counts = np.ones(n, dtype=int) if counts is None else counts
    return [
        [float(s), int(p), int(c), float(a)] for s, p, c, a in zip(scores, positive, counts, amounts, strict=True)
    ]


LARGE = 1_000_000


def unit(number):
    """SplitMix64's output for this state, as a number from 0 to 1, 1 excluded."""
    mixed = number * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)).astype(float) / 2**53


def large():
    row = np.arange(LARGE, dtype=np.uint64)
    first = unit(3 * row)
    scores, positive = first * first, unit(3 * row + 1) < 0.02 * first
    amounts = np.floor(10_000 * unit(3 * row + 2)).astype(np.int64)
    order = np.argsort(-scores, kind="stable")
    scores, positive, amounts = scores[order], positive[order], amounts[order]
    assert len(np.unique(scores)) == LARGE
    fixed, factors = {**NOTHING, "fp": 100}, {**NOTHING, "fn": 1}
    flagged = lambda of: np.concatenate([[0], np.cumsum(of)])
    tp, caught = flagged(positive), flagged(positive * amounts)
    fp = np.arange(LARGE + 1) - tp
    cost = fixed["fp"] * fp + factors["fn"] * (caught[-1] - caught)
    best = int(np.argmin(cost))
    return {
        "fixed": fixed,
        "factors": factors,
        "threshold": float(scores[best - 1]),
        "value": int(cost[best]),
        "counts": {"tp": int(tp[best]), "fp": int(fp[best]), "fn": int(tp[-1] - tp[best]), "tn": int(LARGE - tp[-1] - fp[best])},
    }


lognormal = lambda n: np.round(rng.lognormal(4.0, 1.5, size=n), 2)
cases = [
    case("amounts in cents", fraud(300, lognormal(300))),
    case("many ties", fraud(300, lognormal(300), decimals=1)),
    case("rows that stand for several or none", fraud(120, lognormal(120), 2, rng.integers(0, 5, size=120))),
    case("refunds are negative", fraud(200, np.round(rng.normal(20, 100, size=200), 2), 2)),
    case("amounts of every size", fraud(100, 10.0 ** rng.uniform(-6, 9, size=100), 1)),
    case("equal amounts", fraud(150, np.full(150, 10.0), 1)),
    case("no amount at all", fraud(40, np.zeros(40), 1)),
    case("one score", [[0.5, 1, 1, 12.5], [0.5, 0, 3, 0.1], [0.5, 1, 1, 0.2]]),
]
text = json.dumps(
    {"versions": {"numpy": np.__version__}, "cases": cases, "large": large()}, allow_nan=False, separators=(",", ":")
)
(HERE / "amounts.json").write_text(text.replace('{"name"', '\n{"name"') + "\n")

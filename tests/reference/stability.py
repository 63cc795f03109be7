"""Writes stability.json: trends and exact tests of pairs by scipy and statsmodels; and what pandas, scipy, statsmodels and scikit-learn say of
a file in which two models answer the same questions again and again, and worse after a while.

    pip install scipy==1.17.1 numpy==2.4.6 statsmodels==0.15.0 pandas==3.1.1 scikit-learn==1.9.1
    python stability.py

The file is drawn again in tests/report/stability.rs, by the same recipe. Same versions, same file.
"""

import io
import json
import math
from pathlib import Path

import numpy as np
import pandas
import scipy
import sklearn
import statsmodels
from scipy import stats
from sklearn.isotonic import IsotonicRegression
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


MASK = (1 << 64) - 1
START, STEP = 1_740_960_000_000, 1_500_000


def unit(row):
    """As `unit` in tests/report/inputs.rs."""
    mixed = ((row + 1) * 0x9E3779B97F4A7C15) & MASK
    mixed = ((mixed ^ (mixed >> 31)) * 0xBF58476D1CE4E5B9) & MASK
    return (mixed >> 44) / (1 << 20)


def csv(rows):
    lines = ["id,timestamp,model,split,label,score"]
    for row in range(rows):
        example, model = row // 2, row % 2
        question = int(unit(example) * rows / 6)
        label = int(unit(question + 2 * 10**6) < 0.4)
        reach = 0.75 if example < rows / 3 else 0.95
        score = 0.5 * (1 - reach) + 0.2 * label + (reach - 0.1 * model) * 0.8 * unit(row + 4 * 10**6)
        split = "reference" if example < rows / 6 else "production"
        lacks = split == "production" and unit(row + 6 * 10**6) < 0.2
        lines.append(f"q{question},{START + STEP * example},v{model + 1},{split},{'' if lacks else label},{score!r}")
    return "\n".join(lines) + "\n"


def wilson(share, n, z=float(stats.norm.ppf(0.975))):
    centre, root = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return [(centre - root) / (1 + z * z / n), (centre + root) / (1 + z * z / n)]


def newcombe_paired(one, two, n):
    """Method 10 of Newcombe (1998), of the first less the second."""
    p1, p2 = one.mean(), two.mean()
    both, neither = (one & two).sum(), (~one & ~two).sum()
    lost, gained = (one & ~two).sum(), (~one & two).sum()
    (l1, u1), (l2, u2) = wilson(p1, n), wilson(p2, n)
    determinant = both * neither - lost * gained
    if determinant > 0:
        determinant = max(determinant - n / 2, 0)
    phi = determinant / math.sqrt(p1 * n * (1 - p1) * n * p2 * n * (1 - p2) * n)
    down = math.sqrt((p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2)
    up = math.sqrt((u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2)
    return [p1 - p2 - down, p1 - p2 + up]


def repetition(rows):
    several = rows.groupby(["id", "model"]).filter(lambda answers: len(answers) > 1)
    several = several.sort_values(["id", "model", "timestamp"])
    by_id = several.groupby(["id", "model"])["flagged"]
    before = by_id.shift()
    pairs = several[before.notna()].assign(before=before.dropna().astype(int))
    flips = int((by_id.nunique() > 1).sum())
    table = pandas.crosstab(pairs["before"], pairs["flagged"])
    return {
        "repeated_ids": by_id.ngroups,
        "flip_rate": flips / by_id.ngroups,
        "flip_rate_interval": wilson(flips / by_id.ngroups, by_id.ngroups),
        "consecutive_flip_rate": float((pairs["before"] != pairs["flagged"]).mean()),
        "transitions": table.to_numpy().tolist(),
    }


def over_time(rows, reference):
    """Of whole days: the first and the last of production are cut."""
    day = (rows["timestamp"] // 86_400_000).astype(int)
    right = (rows["flagged"] == rows["label"]).groupby(day - day.min()).mean()
    right = right[1:-1]
    trend = stats.theilslopes(right.to_numpy(), right.index.to_numpy(), 0.95)
    worst = right.idxmin()
    start = pandas.to_datetime((worst + day.min()) * 86_400_000, unit="ms")
    return {
        "windows_judged": len(right),
        "accuracy_drop": (reference["flagged"] == reference["label"]).mean() - right.min(),
        "slope_per_window": trend[0],
        "slope_interval": [trend[2], trend[3]],
        "slope_p_value": stats.kendalltau(right.index, right).pvalue,
        "worst_window": {"accuracy": right.min(), "judged": len(right), "start": start.strftime("%Y-%m-%dT%H:%M:%SZ")},
    }


def comparison(rows):
    """Of the ids to which each model gave one answer alone."""
    answers = {model: of.drop_duplicates(["id", "flagged"]) for model, of in rows.groupby("model")}
    single = {model: of[~of["id"].duplicated(keep=False)] for model, of in answers.items()}
    pairs = single["v1"].merge(single["v2"], on="id", suffixes=("", "_new"), validate="one_to_one")
    both = set(answers["v1"]["id"]) & set(answers["v2"]["id"])
    one, two = pairs["flagged"] == pairs["label"], pairs["flagged_new"] == pairs["label"]
    table = [[int((one & two).sum()), int((one & ~two).sum())], [int((~one & two).sum()), int((~one & ~two).sum())]]
    low, high = newcombe_paired(one.to_numpy(), two.to_numpy(), len(pairs))
    flips = (pairs["flagged"] != pairs["flagged_new"]).mean()
    return {
        "pairs": len(pairs),
        "ambiguous_ids": len(both) - len(pairs),
        "flips": int((pairs["flagged"] != pairs["flagged_new"]).sum()),
        "flip_rate": flips,
        "flip_rate_interval": wilson(flips, len(pairs)),
        "champion_alone_right": table[0][1],
        "challenger_alone_right": table[1][0],
        "mcnemar_p_value": float(mcnemar(table, exact=True).pvalue),
        "accuracy_gain": two.mean() - one.mean(),
        "accuracy_gain_interval": [-high, -low],
    }


def estimate(rows, reference):
    """Confidence-based performance estimation, after the isotonic regression of the reference."""
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(reference["score"], reference["label"])
    p, flagged = isotonic.predict(rows["score"]), rows["flagged"].to_numpy() == 1
    tp, fp, fn, tn = (float(of.sum()) for of in (p[flagged], 1 - p[flagged], p[~flagged], 1 - p[~flagged]))
    labelled = rows[rows["label"].notna()]
    spread = math.sqrt((p * (1 - p)).sum()) / len(p)
    z = float(stats.norm.ppf(0.975))
    accuracy = (tp + tn) / len(p)
    return {
        "reference_rows": len(reference),
        "recalibrated": True,
        "overall": {
            "rows": len(rows),
            "unlabelled": len(rows) - len(labelled),
            "accuracy": {
                "expected": accuracy,
                "interval": [accuracy - z * spread, accuracy + z * spread],
                "realised": (labelled["flagged"] == labelled["label"]).mean(),
            },
            "precision": {"expected": tp / (tp + fp)},
            "recall": {"expected": tp / (tp + fn)},
            "specificity": {"expected": tn / (tn + fp)},
            "f1": {"expected": 2 * tp / (2 * tp + fp + fn)},
        },
    }


def whole_file(rows):
    frame = pandas.read_csv(io.StringIO(csv(rows)))
    frame["flagged"] = (frame["score"] >= 0.5).astype(int)
    reference = frame[frame["split"] == "reference"]
    production = frame[frame["split"] == "production"]
    judged = production[production["label"].notna()]
    return {
        "rows": rows,
        "stability": repetition(judged) | over_time(judged, reference),
        "comparisons": {"champion": "v1", "champion_by": "name", "challengers": {"v2": comparison(judged)}},
        "estimate": estimate(production, reference),
    }


content = {
    "versions": {
        "scipy": scipy.__version__,
        "numpy": np.__version__,
        "statsmodels": statsmodels.__version__,
        "pandas": pandas.__version__,
        "scikit-learn": sklearn.__version__,
    },
    "trends": list(trends()),
    "mcnemar": list(discordant()),
    "fair_tails": list(fair_tails()),
    "file": whole_file(6000),
}
text = json.dumps(content, allow_nan=False, default=float, separators=(",", ":"))
Path(__file__).with_name("stability.json").write_text(text.replace('{"name"', '\n{"name"') + "\n")

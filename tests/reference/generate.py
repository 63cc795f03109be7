"""Writes the reference results that the metrics are held against.

    pip install scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
    python generate.py

Every number comes from scikit-learn, scipy or numpy where they have it, else from the definition written
out the slow way, in exact fractions where ties decide. `null` means undefined. Same versions, same files.
"""

import json
import math
import warnings
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")
getcontext().prec = 50
HERE = Path(__file__).parent
VERSIONS = {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__}
Z_95 = float(stats.norm.ppf(0.975))


def write(name, **content):
    text = json.dumps({"versions": VERSIONS, **content}, allow_nan=False, separators=(",", ":"))
    assert len(text) < 200_000, (name, len(text))
    (HERE / name).write_text(text.replace('{"name"', '\n{"name"') + "\n")


def number(value):
    value = float(value)
    return value if math.isfinite(value) else None


# Binary counts -----------------------------------------------------------------------------------


def share(numerator, denominator):
    return None if denominator == 0 else float(Fraction(numerator) / Fraction(denominator))


def root_ratio(numerator, squared_denominator):
    if squared_denominator == 0:
        return None
    return float(Decimal(numerator) / Decimal(squared_denominator).sqrt())


def binary_by_definition(tp, fp, fn, tn):
    n, p, q, flagged, left = tp + fp + fn + tn, tp + fn, fp + tn, tp + fp, fn + tn
    chance = Fraction(p * flagged + q * left, n * n)
    precision, prevalence = share(tp, flagged), share(p, n)
    recalls = [r for r in (share(tp, p), share(tn, q)) if r is not None]
    return {
        "accuracy": share(tp + tn, n),
        "precision": precision,
        "recall": share(tp, p),
        "specificity": share(tn, q),
        "negative_predictive_value": share(tn, left),
        "false_positive_rate": share(fp, q),
        "false_negative_rate": share(fn, p),
        "f1": share(2 * tp, 2 * tp + fp + fn),
        "f0_5": share(Fraction(5, 4) * tp, Fraction(5, 4) * tp + Fraction(1, 4) * fn + fp),
        "f2": share(5 * tp, 5 * tp + 4 * fn + fp),
        "jaccard": share(tp, tp + fp + fn),
        "balanced_accuracy": sum(recalls) / len(recalls),
        "matthews_corrcoef": root_ratio(tp * tn - fp * fn, p * q * flagged * left),
        "cohen_kappa": share(Fraction(tp + tn, n) - chance, 1 - chance),
        "youdens_j": share(tp * tn - fp * fn, p * q),
        "prevalence": prevalence,
        "queue_rate": share(flagged, n),
        "lift": share(Fraction(tp * n), flagged * p) if flagged and p else None,
        "majority_baseline_accuracy": share(max(p, q), n),
    }


def binary_by_scikit_learn(tp, fp, fn, tn):
    y = np.array([1] * tp + [0] * fp + [1] * fn + [0] * tn)
    predicted = np.array([1] * (tp + fp) + [0] * (fn + tn))
    nan = {"zero_division": np.nan}
    return {
        "accuracy": number(metrics.accuracy_score(y, predicted)),
        "precision": number(metrics.precision_score(y, predicted, **nan)),
        "recall": number(metrics.recall_score(y, predicted, **nan)),
        "specificity": number(metrics.recall_score(y, predicted, pos_label=0, **nan)),
        "negative_predictive_value": number(metrics.precision_score(y, predicted, pos_label=0, **nan)),
        "f1": number(metrics.f1_score(y, predicted, **nan)),
        "f0_5": number(metrics.fbeta_score(y, predicted, beta=0.5, **nan)),
        "f2": number(metrics.fbeta_score(y, predicted, beta=2, **nan)),
        "balanced_accuracy": number(metrics.balanced_accuracy_score(y, predicted)),
        # These two have no NaN for a zero denominator: asked for only where it is not zero.
        "jaccard": number(metrics.jaccard_score(y, predicted)) if tp + fp + fn else None,
        "matthews_corrcoef": number(metrics.matthews_corrcoef(y, predicted))
        if min(tp + fn, fp + tn, tp + fp, fn + tn)
        else None,
    }


def binary_counts():
    rng = np.random.default_rng(1)
    cases = [(90, 5, 10, 95), (4, 2, 1, 3), (0, 0, 3, 7), (3, 7, 0, 0), (5, 0, 0, 0), (0, 0, 0, 9), (0, 4, 0, 5)]
    cases += [(0, 0, 4, 0), (0, 6, 0, 0), (0, 5, 5, 0), (5, 0, 0, 5), (1, 1, 1, 1), (0, 1, 2, 3), (1, 0, 999, 1500)]
    cases += [tuple(int(c) for c in rng.integers(0, 400, 4)) for _ in range(20)]
    out = []
    for case in cases:
        expected = binary_by_definition(*case)
        for name, value in binary_by_scikit_learn(*case).items():
            mine = expected[name]
            assert (mine is None) == (value is None), (case, name, mine, value)
            assert value is None or math.isclose(mine, value, rel_tol=1e-12, abs_tol=1e-12), (case, name)
        out.append({"name": str(case), "counts": case, "expected": expected})
    huge = [(10**12, 3, 5, 10**12), (1, 10**12, 10**12 - 7, 2), (10**12, 10**12 - 1, 10**12, 10**12 + 1)]
    out += [{"name": str(case), "counts": case, "expected": binary_by_definition(*case)} for case in huge]
    write("binary_counts.json", cases=out)


# Confusion matrices ------------------------------------------------------------------------------


def matrix_metrics(matrix):
    matrix = np.array(matrix)
    k = len(matrix)
    actual, predicted = (np.repeat(index.ravel(), matrix.ravel()) for index in np.indices(matrix.shape))
    one_class = len(set(actual.tolist())) < 2
    one_predicted = len(set(predicted.tolist())) < 2
    same = one_class and one_predicted and actual[0] == predicted[0]
    expected = {
        "accuracy": number(metrics.accuracy_score(actual, predicted)),
        "balanced_accuracy": number(metrics.balanced_accuracy_score(actual, predicted)),
        "matthews_corrcoef": None
        if one_class or one_predicted
        else number(metrics.matthews_corrcoef(actual, predicted)),
        "cohen_kappa": None if same else number(metrics.cohen_kappa_score(actual, predicted)),
        "majority_baseline_accuracy": number(matrix.sum(axis=1).max() / matrix.sum()),
    }
    for average in ("macro", "micro", "weighted"):
        values = metrics.precision_recall_fscore_support(
            actual, predicted, labels=range(k), average=average, zero_division=np.nan
        )
        expected[average] = dict(zip(("precision", "recall", "f1"), map(number, values[:3])))
    values = metrics.precision_recall_fscore_support(
        actual, predicted, labels=range(k), average=None, zero_division=np.nan
    )
    expected["per_class"] = [
        {"precision": number(p), "recall": number(r), "f1": number(f), "support": int(s)}
        for p, r, f, s in zip(*values)
    ]
    return expected


def confusion_matrices():
    rng = np.random.default_rng(2)
    cases = {
        "binary": [[90, 10], [5, 95]],
        "diagonal": [[4, 0, 0], [0, 3, 0], [0, 0, 2]],
        "a class without rows": [[7, 2, 1], [0, 0, 0], [3, 1, 9]],
        "a class never predicted": [[7, 0, 1], [4, 0, 2], [3, 0, 9]],
        "a class neither there nor predicted": [[7, 0, 1], [0, 0, 0], [3, 0, 9]],
        "one class": [[0, 0, 0], [2, 5, 1], [0, 0, 0]],
        "one predicted class": [[0, 4], [0, 6]],
        "one class, always right": [[0, 0], [0, 6]],
        "one class, always wrong": [[0, 0], [6, 0]],
        "never right": [[0, 3], [5, 0]],
    }
    for k in (3, 4, 5, 8, 12, 20):
        noise = rng.integers(0, 6, (k, k)) + np.diag(rng.integers(0, 60, k))
        cases[f"random {k}"] = noise.tolist()
        sparse = noise * (rng.random((k, k)) < 0.3)
        sparse[rng.integers(k)] = 0
        cases[f"sparse {k}"] = sparse.tolist()
    write(
        "confusion_matrices.json",
        cases=[{"name": n, "matrix": m, "expected": matrix_metrics(m)} for n, m in cases.items()],
    )


# Scores ------------------------------------------------------------------------------------------


def delong(y, s):
    """DeLong's interval on the logit scale from all pairs."""
    positives, negatives = s[y == 1], s[y == 0]
    wins = (positives[:, None] > negatives) + 0.5 * (positives[:, None] == negatives)
    area = wins.mean() if wins.size else 0.0
    if min(len(positives), len(negatives)) < 10 or area in (0.0, 1.0):
        return None
    v10, v01 = wins.mean(axis=1), wins.mean(axis=0)
    variance = v10.var(ddof=1) / len(v10) + v01.var(ddof=1) / len(v01)
    reach = Z_95 * math.sqrt(variance) / (area * (1 - area))
    logit = math.log(area / (1 - area))
    return [1 / (1 + math.exp(-(logit - reach))), 1 / (1 + math.exp(-(logit + reach)))]


def calibration_error(y, s):
    accuracy, confidence = calibration_curve(y, s, n_bins=10, strategy="uniform", pos_label=1)
    bins = np.searchsorted(np.linspace(0, 1, 11)[1:-1], s)
    weights = np.bincount(bins, minlength=10)
    weights = weights[weights > 0] / len(s)
    return number(np.sum(weights * np.abs(accuracy - confidence)))


COSTS = {"tp": "-1/2", "fp": "1/4", "fn": "5", "tn": "0"}


def objectives(tp, fp, fn, tn):
    """Exact values to compare by, None where undefined; greater is better."""
    n, p, q, flagged, left = tp + fp + fn + tn, tp + fn, fp + tn, tp + fp, fn + tn
    covariance, product = tp * tn - fp * fn, p * q * flagged * left
    disagreement = p * left + q * flagged
    costs = {name: Fraction(value) for name, value in COSTS.items()}

    def fraction(numerator, denominator):
        return Fraction(numerator) / Fraction(denominator) if denominator else None

    return {
        "f1": fraction(2 * tp, 2 * tp + fp + fn),
        "f_beta_2": fraction(5 * tp, 5 * tp + 4 * fn + fp),
        "youden": fraction(covariance, p * q),
        # Signed squares order as the coefficients do.
        "matthews_corrcoef": fraction(covariance * abs(covariance), product),
        "accuracy": fraction(tp + tn, n),
        "jaccard": fraction(tp, tp + fp + fn),
        "cohen_kappa": fraction(2 * covariance, disagreement),
        "cost": -(costs["tp"] * tp + costs["fp"] * fp + costs["fn"] * fn + costs["tn"] * tn),
    }


def best_thresholds(y, s):
    candidates = [None, *sorted(set(s.tolist()), reverse=True)]
    p, n = int(y.sum()), len(y)
    table = []
    for threshold in candidates:
        flagged = np.zeros(n, bool) if threshold is None else s >= threshold
        tp, fp = int((flagged & (y == 1)).sum()), int((flagged & (y == 0)).sum())
        table.append((threshold, [tp, fp, p - tp, n - p - fp]))
    if 0 < p < n:
        tns, fps, fns, tps, thresholds = metrics.confusion_matrix_at_thresholds(y, s)
        finite = dict(zip(thresholds.tolist(), zip(tps, fps, fns, tns)))
        assert all(list(map(int, finite[t])) == counts for t, counts in table[1:] if t in finite)
    best = {}
    for name in objectives(1, 1, 1, 1):
        found = None
        for index, (threshold, counts) in enumerate(table):
            value = objectives(*counts)[name]
            if value is not None and (found is None or value > found[0]):
                found = (value, index)
        if found is None:
            best[name] = None
            continue
        value, index = found
        if name == "matthews_corrcoef":
            root = Decimal(abs(value.numerator)) / Decimal(value.denominator)
            value = float(root.sqrt().copy_sign(value.numerator))
        below = candidates[index + 1] if index + 1 < len(candidates) else None
        value = -value if name == "cost" else value
        threshold, counts = table[index]
        best[name] = {"threshold": threshold, "below": below, "value": float(value), "counts": counts}
    return best


def score_metrics(y, s):
    both, unit = 0 < y.sum() < len(y), s.min() >= 0 and s.max() <= 1
    return {
        "roc_auc": number(metrics.roc_auc_score(y, s)) if both else None,
        "roc_auc_interval": delong(y, s),
        "average_precision": number(metrics.average_precision_score(y, s)) if y.sum() else None,
        "ks_statistic": number(stats.ks_2samp(s[y == 1], s[y == 0]).statistic) if both else None,
        "log_loss": number(metrics.log_loss(y, s, labels=[0, 1])) if unit else None,
        "brier_score": number(metrics.brier_score_loss(y, s, pos_label=1)) if unit else None,
        "expected_calibration_error": calibration_error(y, s) if unit else None,
    }


def scores():
    rng = np.random.default_rng(3)

    def drawn(n, positives, sharpness=1.5, digits=None):
        y = (np.arange(n) < positives).astype(int)
        s = 1 / (1 + np.exp(-rng.normal(sharpness * (y - 0.5), 1)))
        order = rng.permutation(n)
        return y[order], (s if digits is None else s.round(digits))[order]

    cases = {
        "anchors": (
            np.array([0, 0, 0, 0, 1, 1, 1, 1, 1, 0]),
            np.array([0.1, 0.4, 0.35, 0.8, 0.35, 0.8, 0.65, 0.9, 0.2, 0.05]),
        ),
        "random": drawn(300, 120),
        "no better than chance": drawn(200, 100, sharpness=0),
        "worse than chance": drawn(200, 100, sharpness=-1),
        "many ties": drawn(400, 150, digits=1),
        "rare positives": drawn(1000, 12, sharpness=3, digits=4),
        "nine positives": drawn(100, 9),
        "ten positives": drawn(100, 10),
        "constant": (np.array([0, 1] * 20), np.full(40, 0.3)),
        "perfect": (np.repeat([0, 1], 20), np.linspace(0, 1, 40)),
        "inverted": (np.repeat([1, 0], 20), np.linspace(0, 1, 40)),
        "only positives": (np.ones(15, int), np.linspace(0.05, 0.95, 15)),
        "only negatives": (np.zeros(15, int), np.linspace(0.05, 0.95, 15)),
        "one row": (np.array([1]), np.array([0.7])),
        "on the bins' edges": (
            rng.integers(0, 2, 44),
            np.repeat([*(np.arange(11) * 0.1), *(np.arange(11) / 10)], 2),
        ),
        "certain and wrong": (np.array([0, 1, 0, 1, 1]), np.array([0.0, 1.0, 1.0, 0.0, 1e-20])),
    }
    y, s = drawn(200, 80)
    cases["log odds"] = (y, np.log(s / (1 - s)))
    out = []
    for name, (y, s) in cases.items():
        s = np.minimum(s, 1.0) if "edges" in name else s
        expected = {**score_metrics(y, s), "best": best_thresholds(y, s)}
        out.append({"name": name, "y": y.tolist(), "scores": s.tolist(), "expected": expected})
    write("scores.json", costs={k: float(Fraction(v)) for k, v in COSTS.items()}, cases=out)


def class_scores():
    rng = np.random.default_rng(4)
    out = []
    for k, n, normalised in ((3, 150, True), (5, 120, True), (4, 90, False), (3, 60, True)):
        y = rng.integers(0, k, n)
        raw = np.exp(rng.normal(0, 1, (n, k)) + 1.5 * np.eye(k)[y])
        s = raw / raw.sum(axis=1, keepdims=True)
        if not normalised:
            s = s * 0.9
        one = np.eye(k)[y]
        clipped = np.clip(s, np.finfo(float).eps, 1 - np.finfo(float).eps)
        expected = {
            "roc_auc": number(np.mean([metrics.roc_auc_score(one[:, c], s[:, c]) for c in range(k)])),
            "average_precision": number(metrics.average_precision_score(one, s, average="macro")),
            "log_loss": number(-np.mean(np.log(clipped[np.arange(n), y]))),
            "brier_score": number(np.mean(np.sum((s - one) ** 2, axis=1))),
            "expected_calibration_error": calibration_error((s.argmax(axis=1) == y).astype(int), s.max(axis=1)),
        }
        if normalised:
            assert math.isclose(expected["roc_auc"], metrics.roc_auc_score(y, s, multi_class="ovr"))
            assert math.isclose(expected["log_loss"], metrics.log_loss(y, s))
            assert math.isclose(expected["brier_score"], metrics.brier_score_loss(y, s))
        out.append({"name": f"{k} classes, {n} rows", "y": y.tolist(), "scores": s.tolist(), "expected": expected})
    write("class_scores.json", cases=out)


# Intervals ---------------------------------------------------------------------------------------


def wilson(k, n):
    if n <= 10**6:
        low, high = stats.binomtest(k, n).proportion_ci(method="wilson")
        return float(low), float(high)
    z, k, n = Decimal(Z_95), Decimal(k), Decimal(n)
    centre, root = 2 * k + z * z, z * (z * z + 4 * k * (1 - k / n)).sqrt()
    return float((centre - root) / (2 * (n + z * z))), float((centre + root) / (2 * (n + z * z)))


def newcombe(k1, n1, k2, n2):
    (l1, u1), (l2, u2), p1, p2 = wilson(k1, n1), wilson(k2, n2), k1 / n1, k2 / n2
    low = p1 - p2 - math.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    return low, p1 - p2 + math.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)


def newcombe_paired(both, first, second, neither, z=Z_95):
    """Newcombe's method 10 for paired data (1998), in the counts that he writes it in."""
    n = both + first + second + neither
    one, two = both + first, both + second
    (l1, u1), (l2, u2) = ([float(end) for end in stats.binomtest(k, n).proportion_ci(2 * float(stats.norm.cdf(z)) - 1, "wilson")] for k in (one, two))
    product = one * (n - one) * two * (n - two)
    determinant = both * neither - first * second
    if determinant > 0:
        determinant = max(determinant - n / 2, 0)
    phi = determinant / math.sqrt(product) if product else 0.0
    p1, p2 = one / n, two / n
    down = math.sqrt((p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2)
    up = math.sqrt((u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2)
    return [max(p1 - p2 - down, -1.0), min(p1 - p2 + up, 1.0)]


def paired_coverage(p10, p01, p00, n):
    """How often that interval holds p10 − p01, with every outcome of n pairs weighed by its chance."""
    chances = stats.multinomial(n, [1 - p10 - p01 - p00, p10, p01, p00])
    held = 0.0
    for first in range(n + 1):
        for second in range(n + 1 - first):
            for neither in range(n + 1 - first - second):
                both = n - first - second - neither
                chance = chances.pmf([both, first, second, neither])
                if chance > 1e-9:
                    low, high = newcombe_paired(both, first, second, neither)
                    held += chance * (low <= p10 - p01 <= high)
    return held


def intervals():
    tables = [(160, 24, 4, 12), (50, 0, 0, 0), (0, 20, 0, 0), (0, 0, 20, 0), (0, 0, 0, 9), (90, 0, 0, 10), (30, 10, 12, 8), (3, 40, 30, 2)]
    tables += [(950, 30, 10, 10), (1, 1, 1, 1), (20, 5, 0, 5), (28, 1, 1, 0), (9_000, 400, 300, 300)]
    levels = [Z_95, float(stats.norm.isf(0.025 / 7))]
    paired = [{"counts": table, "z": z, "interval": newcombe_paired(*table, z)} for table in tables for z in levels]
    truths = [(0.02, 0.01, 0.08, 30), (0.1, 0.02, 0.1, 30), (0.15, 0.0, 0.1, 40), (0.2, 0.1, 0.05, 40)]
    coverage = [{"truth": truth, "share": paired_coverage(*truth)} for truth in truths]
    assert all(case["share"] >= 0.945 for case in coverage), coverage
    trials = [(8, 10), (0, 1), (1, 1), (0, 50), (50, 50), (1, 50), (49, 50), (500, 1000), (3, 10**6)]
    trials += [(1, 10**12), (10**12 - 1, 10**12), (4 * 10**11, 10**12)]
    pairs = [(56, 70, 48, 80), (9, 10, 3, 10), (0, 10, 0, 10), (10, 10, 0, 10), (10, 10, 10, 10), (1, 7, 300, 1000)]
    shares = [1e-300, 1e-20, 1e-9, 1e-4, 0.01, 0.022, 0.023, 0.025, 0.2, 0.4999, 0.5, 0.5001, 0.8, 0.95, 0.975, 0.9999]
    points = [-37.0, -20.0, -5.0, -2.5, -2.0, -1.999, -1.0, -1e-3, 0.0, 1e-3, 0.5, 1.0, 1.96, 2.0, 3.0, 6.0]
    write(
        "intervals.json",
        wilson=[{"k": k, "n": n, "interval": wilson(k, n)} for k, n in trials],
        newcombe_paired=paired,
        newcombe_paired_coverage=coverage,
        newcombe=[{"counts": pair, "interval": newcombe(*pair)} for pair in pairs],
        quantile=[{"p": p, "x": float(stats.norm.ppf(p))} for p in shares],
        cdf=[{"x": x, "p": float(stats.norm.cdf(x))} for x in points],
    )


# Latencies ---------------------------------------------------------------------------------------

PERCENTS = (50.0, 90.0, 95.0, 99.0, 99.9)


def interval_ranks(n, percent):
    """Ranks from 1 of the two order statistics; None where there is none."""
    outcomes = np.arange(n + 1)
    low = int(np.sum(stats.binom.cdf(outcomes, n, percent / 100) <= 0.025))
    high = int(np.argmax(stats.binom.sf(outcomes, n, percent / 100) <= 0.025)) + 1
    return low or None, high if high <= n else None


def latencies():
    rng = np.random.default_rng(5)
    out = []
    for name, rows in {
        "one": [12.5],
        "two": [30.0, 10.0],
        "three": [0.1, 0.7, 0.2],
        "many ties": rng.integers(1, 12, 300).astype(float).tolist(),
        "367": rng.lognormal(3, 1, 367).round(3).tolist(),
        "368": rng.lognormal(3, 1, 368).round(3).tolist(),
        "long tail": rng.lognormal(4, 1.5, 1500).tolist(),
    }.items():
        ascending = sorted(rows)
        ranks = {str(percent): interval_ranks(len(rows), percent) for percent in PERCENTS}
        value = lambda rank: None if rank is None else ascending[rank - 1]
        expected = {
            "mean": math.fsum(rows) / len(rows),
            "percentiles": {str(p): float(np.percentile(rows, p)) for p in (0.0, 12.5, *PERCENTS, 100.0)},
            "intervals": {percent: [value(low), value(high)] for percent, (low, high) in ranks.items()},
            "over_20": float(np.mean(np.array(rows) > 20.0)),
        }
        out.append({"name": name, "latencies": rows, "expected": expected})
    sizes = (1, 5, 6, 10, 35, 36, 71, 72, 100, 367, 368, 1000, 3687, 3688, 50_000, 1_000_000)
    ranks = [{"rows": n, "percent": p, "ranks": interval_ranks(n, p)} for n in sizes for p in PERCENTS]
    write("latencies.json", cases=out, ranks=ranks)


# Whole reports -----------------------------------------------------------------------------------
#
# The files are not kept: tests/report/golden.rs writes the same ones by the same recipe.


def unit(row):
    """Numbers from 0 to 1 that look as if drawn, the same every time and in every language."""
    whole = 2**64 - 1
    mixed = (row + 1) * 0x9E37_79B9_7F4A_7C15 & whole
    mixed = (mixed ^ (mixed >> 31)) * 0xBF58_476D_1CE4_E5B9 & whole
    return (mixed >> 44) / 2**20


def drawn(series, row):
    return unit(series * 1_000_003 + row)


STATUS = ("200", "0", "ok", "500", "timeout")


def recipe(case):
    """The rows of a case: label, prediction, score, class scores, count, status and cost of each."""
    classes, labels = len(case["classes"]), case["labels"]
    rows = []
    for row in range(case["rows"]):
        u = drawn(1, row)
        label = row if row < labels else min(int(u * u * labels), labels - 1)
        predicted = label if drawn(3, row) < 0.8 else int(drawn(4, row) * classes)
        score = 0.7 * drawn(2, row) + (0.3 if label == classes - 1 else 0.0)
        raw = [drawn(2, row * classes + c) + (0.6 if c == label else 0.0) for c in range(classes)]
        total = 0.0
        for one in raw:
            total += one
        scores = [one / total * case["scale"] for one in raw]
        if case["ties"]:
            score, scores = math.floor(score * 20) / 20, [math.floor(one * 20) / 20 for one in scores]
        count = int(drawn(6, row) * 6) if case["count"] else 1
        status = STATUS[int(drawn(7, row) * 5)] if case["calls"] else "0"
        cost = None if drawn(9, row) < 0.1 else drawn(8, row) / 1000
        rows.append((label, predicted, score, scores, count, status, cost))
    return rows


def overall(case):
    """Every number of the report's "overall" by its JSON Pointer."""
    rows = recipe(case)
    names, k = case["classes"], len(case["classes"])
    weights = np.array([row[4] for row in rows])
    failed = np.array([row[5] in ("500", "timeout") for row in rows])
    out = {"/rows": int(weights.sum())}
    if case["calls"]:
        costs = [row[6] for row, w in zip(rows, weights) for _ in range(w) if row[6] is not None]
        out["/error_rate"] = float(weights[failed].sum() / weights.sum())
        out["/cost/total"] = math.fsum(costs)
        out["/cost/per_prediction"] = math.fsum(costs) / len(costs)
    rows = [row for row, no in zip(rows, failed) if not no]
    w = weights[~failed]
    y = np.array([row[0] for row in rows])
    score, scores = np.array([row[2] for row in rows]), np.array([row[3] for row in rows])
    by_class = case["scores"] == "classes"
    if case["prediction"]:
        predicted = np.array([row[1] for row in rows])
    else:
        predicted = scores.argmax(axis=1) if by_class else (score >= 0.5).astype(int)
    matrix = metrics.confusion_matrix(y, predicted, labels=range(k), sample_weight=w)
    if k <= 10:
        out["/confusion_matrix"] = matrix.astype(int).tolist()
    if case["calls"]:
        out["/cost/per_correct"] = math.fsum(costs) / int(np.trace(matrix))
    for name, value in matrix_metrics(matrix.astype(int)).items():
        if name == "per_class":
            for each, values in zip(names, value):
                out.update({f"/per_class/{each}/{key}": v for key, v in values.items() if k <= 10})
        elif isinstance(value, dict):
            out.update({f"/{name}/{key}": v for key, v in value.items()})
        else:
            out[f"/{name}"] = value
    # The same with the counts as sample weights.
    for name, metric in {
        "accuracy": metrics.accuracy_score,
        "balanced_accuracy": metrics.balanced_accuracy_score,
        "matthews_corrcoef": metrics.matthews_corrcoef,
        "cohen_kappa": metrics.cohen_kappa_score,
    }.items():
        if out[f"/{name}"] is not None:
            assert math.isclose(metric(y, predicted, sample_weight=w), out[f"/{name}"], abs_tol=1e-12), name
    if k == 2:
        counts = matrix.astype(int)
        tn, fp, fn, tp = map(int, counts.ravel())
        expected = binary_by_definition(tp, fp, fn, tn)
        for key in ("precision", "recall", "specificity", "f1", "f0_5", "f2", "jaccard", "prevalence"):
            out[f"/{key}"] = number(expected[key])
    many = np.repeat(np.arange(len(y)), w)
    if k <= 2 and case["scores"]:
        s = scores[:, 1] if by_class else score
        for name, value in score_metrics(y[many] if k == 2 else np.ones(len(many), int), s[many]).items():
            if name in ("roc_auc", "average_precision", "log_loss", "brier_score", "expected_calibration_error"):
                out[f"/{name}"] = value if k == 2 else None
        if k == 2:
            weighted = {
                "roc_auc": metrics.roc_auc_score(y, s, sample_weight=w),
                "average_precision": metrics.average_precision_score(y, s, sample_weight=w),
                "log_loss": metrics.log_loss(y, s, sample_weight=w),
                "brier_score": metrics.brier_score_loss(y, s, sample_weight=w),
            }
            assert all(math.isclose(value, out[f"/{name}"]) for name, value in weighted.items())
    elif by_class:
        one, present = np.eye(k)[y], [c for c in range(k) if w[y == c].sum() > 0]
        areas = [metrics.roc_auc_score(one[:, c], scores[:, c], sample_weight=w) for c in present]
        precisions = [metrics.average_precision_score(one[:, c], scores[:, c], sample_weight=w) for c in present]
        for c, area, precision in zip(present, areas, precisions):
            out[f"/per_class/{names[c]}/roc_auc"] = float(area)
            if k <= 10:
                out[f"/per_class/{names[c]}/average_precision"] = float(precision)
        out["/roc_auc"], out["/average_precision"] = float(np.mean(areas)), float(np.mean(precisions))
        clipped = np.clip(scores, np.finfo(float).eps, 1 - np.finfo(float).eps)
        surprise, distance = -np.log(clipped[np.arange(len(y)), y]), np.sum((scores - one) ** 2, axis=1)
        out["/log_loss"] = float(np.average(surprise, weights=w))
        out["/brier_score"] = float(np.average(distance, weights=w))
        right = (scores.argmax(axis=1) == y).astype(int)
        out["/expected_calibration_error"] = calibration_error(right[many], scores.max(axis=1)[many])
        if len(present) == k and case["scale"] == 1 and not case["ties"]:
            area = metrics.roc_auc_score(y, scores, multi_class="ovr", average="macro", sample_weight=w)
            assert math.isclose(out["/roc_auc"], area)
            assert math.isclose(out["/log_loss"], metrics.log_loss(y, scores, sample_weight=w))
            assert math.isclose(out["/brier_score"], metrics.brier_score_loss(y, scores, sample_weight=w))
    return out


def reports():
    words, digits = ["ant", "bee", "cat"], [str(c) for c in range(10)]
    many = sorted(f"c{c}" for c in range(200))
    plain = {"ties": False, "count": False, "calls": False, "prediction": False, "scores": None, "scale": 1}
    cases = {
        "binary scores": {"classes": ["0", "1"], "rows": 400, "scores": "one"},
        "heavy ties": {"classes": ["0", "1"], "rows": 500, "scores": "one", "ties": True},
        "one class": {"classes": ["1"], "rows": 60, "scores": "one", "prediction": True},
        "counts": {"classes": ["0", "1"], "rows": 300, "scores": "one", "ties": True, "count": True},
        "predictions and counts": {"classes": words, "rows": 200, "prediction": True, "count": True},
        "binary class scores": {"classes": ["0", "1"], "rows": 300, "scores": "classes"},
        "binary class scores with counts": {"classes": ["0", "1"], "rows": 200, "scores": "classes", "count": True},
        "3 classes": {"classes": words, "rows": 300, "scores": "classes"},
        "3 classes with predictions": {"classes": words, "rows": 240, "scores": "classes", "prediction": True},
        "3 classes, ties": {"classes": words, "rows": 240, "scores": "classes", "ties": True, "count": True},
        "a class without rows": {"classes": [*words, "dog"], "labels": 3, "rows": 200, "scores": "classes"},
        "3 classes, scores that do not add up": {"classes": words, "rows": 150, "scores": "classes", "scale": 0.5},
        "10 classes": {"classes": digits, "rows": 500, "scores": "classes", "count": True},
        "200 classes": {"classes": many, "rows": 1000, "scores": "classes"},
        "calls that fail and cost": {"classes": ["0", "1"], "rows": 400, "prediction": True, "calls": True, "count": True},
        "calls of 3 classes": {"classes": words, "rows": 200, "scores": "classes", "calls": True},
    }
    cases = {name: {**plain, "labels": len(case["classes"]), **case} for name, case in cases.items()}
    write("reports.json", cases=[{"name": n, **case, "overall": overall(case)} for n, case in cases.items()])


if __name__ == "__main__":
    binary_counts()
    confusion_matrices()
    scores()
    class_scores()
    intervals()
    latencies()
    reports()

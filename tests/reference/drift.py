"""Writes drift.json and drift_report.json: measures of drift by scipy, in bins that are written out here.

    pip install scipy==1.17.1 numpy==2.4.6 scikit-learn==1.9.1
    python drift.py

Real data are held in the file, as different values with their rows; what is drawn by a formula is drawn again by the test, which
has it too: single columns in crates/metrics/tests/drift_reference.rs, a whole file in tests/report/drift.rs. Same versions, same files.
"""

import csv
import json
import math
import warnings
from pathlib import Path

import numpy as np
from scipy import stats
from scipy.spatial import distance
from sklearn import datasets

warnings.simplefilter("ignore")
HERE = Path(__file__).parent
MASK = (1 << 64) - 1


def unit(numbers):
    """SplitMix64's output for these states, as numbers from 0 to 1, 1 excluded."""
    mixed = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)) / 2.0**53


# What a uniform number becomes; only what any language rounds alike.
SHAPES = {
    "flat": lambda u: u,
    "skewed": lambda u: u * u * u * u * 1e6,
    "heavy": lambda u: 1 / (1 - u) - 1,
    "spiked": lambda u: np.where(u < 0.45, 0.0, np.where(u < 0.6, 7.5, u * 100)),
    "tied": lambda u: np.floor(u * 40),
    "few": lambda u: np.floor(u * 6),
    "constant": lambda u: np.full(len(u), 3.25),
    "far": lambda u: 1.7e9 + u,
}


def side(shape, rows, seed, scale, shift):
    values = unit(np.arange(rows, dtype=np.uint64) + np.uint64(seed))
    return SHAPES[shape](values) * scale + shift


def edges_of(reference):
    """`None` where each value is a bin."""
    values, counts = np.unique(reference, return_counts=True)
    if len(values) <= 20:
        return None, values
    edges = list(np.quantile(reference, np.arange(1, 10) / 10))
    for index, (value, count) in enumerate(zip(values, counts)):
        if count * 10 > len(reference):
            edges.append(value)
            if index + 1 < len(values):
                edges.append(values[index + 1])
    return np.unique([edge for edge in edges if edge > values[0]]), values


def binned(reference, current):
    edges, values = edges_of(reference)

    def count(numbers):
        if edges is not None:
            return np.bincount(np.searchsorted(edges, numbers, side="right"), minlength=len(edges) + 1)
        place = np.minimum(np.searchsorted(values, numbers), len(values) - 1)
        place = np.where(values[place] == numbers, place, len(values))
        return np.bincount(place, minlength=len(values) + 1)

    bounds = values if edges is None else edges
    return edges is not None, bounds, count(reference), count(current)


def of_counts(reference, current):
    reference, current = np.asarray(reference), np.asarray(current)
    n, m = int(reference.sum()), int(current.sum())
    kept = (reference + current) > 0
    found = dict.fromkeys(["psi", "jensen_shannon", "chi2", "chi2_p_value", "l_infinity"])
    found |= dict.fromkeys(["psi_noise_floor", "jensen_shannon_noise_floor"])
    if n == 0 or m == 0 or kept.sum() < 2:
        return found
    reference, current = reference[kept], current[kept]
    r, c = reference / n, current / m
    filled_r, filled_c = np.where(r == 0, 0.5 / n, r), np.where(c == 0, 0.5 / m, c)
    found["psi"] = float(np.sum((filled_c - filled_r) * np.log(filled_c / filled_r)))
    found["jensen_shannon"] = float(distance.jensenshannon(r, c, base=2))
    found["l_infinity"] = float(np.abs(c - r).max())
    table = np.array([reference, current])
    found["chi2"] = float(stats.chi2_contingency(table, correction=False).statistic)
    rare = table.sum(0) * (min(n, m) / (n + m)) < 5
    if rare.any():
        table = np.column_stack([table[:, ~rare], table[:, rare].sum(1)])
    if table.shape[1] > 1:
        found["chi2_p_value"] = float(stats.chi2_contingency(table, correction=False).pvalue)
    floor = (1 / n + 1 / m) * stats.chi2.ppf(0.95, kept.sum() - 1)
    found["psi_noise_floor"] = float(floor)
    found["jensen_shannon_noise_floor"] = float(math.sqrt(floor / (8 * math.log(2))))
    return found


def of_numbers(reference, current):
    ranged, bounds, r, c = binned(reference, current)
    n, m = len(reference), len(current)
    ks = stats.ks_2samp(reference, current, method="asymp").statistic
    spread = max(float(np.std(reference)), 0.001)
    return of_counts(r, c) | {
        "ranged": bool(ranged),
        "bounds": bounds.tolist(),
        "reference_counts": r.tolist(),
        "current_counts": c.tolist(),
        "ks_statistic": float(ks),
        "ks_p_value": float(stats.kstwobign.sf(math.sqrt(n * m / (n + m)) * ks)),
        "ks_noise_floor": 1.3581 * math.sqrt((n + m) / (n * m)),
        "wasserstein_normed": float(stats.wasserstein_distance(reference, current) / spread),
    }


def tally(values):
    values, rows = np.unique(values, return_counts=True)
    return [[float(value), int(count)] for value, count in zip(values[::-1], rows[::-1])]


def held(name, reference, current):
    reference, current = (np.asarray(v, dtype=float) for v in (reference, current))
    missing = [int(np.isnan(v).sum()) for v in (reference, current)]
    change = missing[1] / len(current) - missing[0] / len(reference)
    sides = [v[~np.isnan(v)] for v in (reference, current)]
    return {
        "name": name,
        "reference": tally(sides[0]),
        "current": tally(sides[1]),
        "missing": missing,
        "missing_change": change,
        "expected": of_numbers(*sides),
    }


def formula(name, *sides):
    """Sides as (shape, rows, seed, scale, shift)."""
    reference, current = (side(*s) for s in sides)
    return {"name": name, "formula": [list(s) for s in sides], "expected": of_numbers(reference, current)}


def flights():
    with open(HERE.parents[1] / "static/samples/flights.csv", newline="") as file:
        return list(csv.DictReader(file))


def real():
    cases = []
    cancer = datasets.load_breast_cancer()
    for column in (0, 13, 20, 27):
        values = cancer.data[:, column]
        half = len(values) // 2
        cases.append(held(f"breast cancer, {cancer.feature_names[column]}, halves", values[:half], values[half:]))
    wine = datasets.load_wine()
    values = wine.data[:, 12]
    cases.append(held("wine, proline, by class", values[wine.target == 0], values[wine.target > 0]))
    digits = datasets.load_digits()
    for pixel in (10, 20, 36, 60):
        cases.append(held(f"digits, pixel {pixel}, halves", digits.data[:900, pixel], digits.data[900:, pixel]))
    diabetes = datasets.load_diabetes(scaled=False).data
    cases.append(held("diabetes, bmi, a third", diabetes[:147, 2], diabetes[147:, 2]))
    cases.append(held("diabetes, sex", diabetes[:200, 1], diabetes[200:, 1]))
    rows = flights()
    for column in NUMBERS_OF_FLIGHTS:
        values = np.array([float(row[column]) if row[column] else math.nan for row in rows])
        for share in (2, 20):
            cut = len(values) // share
            cases.append(held(f"flights, {column}, the first of {share}", values[:cut], values[cut:][:4000]))
    nothing = math.nan
    cases += [
        held("with missing values", [1.5, nothing, 2.5, 3.0, nothing, 9.0], [nothing, 2.5, 2.75]),
        held("one value each, the same", [4.0] * 9, [4.0] * 3),
        held("one value each, others", [4.0] * 9, [5.0] * 30),
        held("minus zero", [-0.0, 0.0, 1.0, 1.0], [0.0, 1.0, -1.0]),
    ]
    return cases


NUMBERS_OF_FLIGHTS = ["distance", "wind_speed", "visib", "precip", "score", "latency_ms"]


def drawn():
    cases = [
        formula("fifty rows", ("flat", 50, 0, 1, 0), ("flat", 50, 10**6, 1, 0)),
        formula("fifty rows, shifted", ("skewed", 50, 1, 1, 0), ("skewed", 60, 2 * 10**6, 1.5, 0)),
        formula("unlike sizes", ("heavy", 200, 3, 1, 0), ("heavy", 30_000, 10**7, 1, 0)),
        formula("heavy tail, scaled", ("heavy", 5_000, 4, 1, 0), ("heavy", 5_000, 10**7, 1.2, 0)),
        formula("spikes", ("spiked", 10_000, 5, 1, 0), ("spiked", 8_000, 10**7, 1, 0)),
        formula("spikes that move", ("spiked", 10_000, 6, 1, 0), ("spiked", 8_000, 10**7, 1, 0.25)),
        formula("ties", ("tied", 3_000, 7, 1, 0), ("tied", 3_000, 10**7, 1, 1)),
        formula("few values", ("few", 1_000, 8, 1, 0), ("few", 1_000, 10**7, 1, 1)),
        formula("constant and not", ("constant", 500, 9, 1, 0), ("flat", 500, 10**7, 1, 3)),
        formula("not constant and constant", ("flat", 500, 9, 1, 3), ("constant", 500, 10**7, 1, 0)),
        formula("far from zero", ("far", 20_000, 10, 1, 0), ("far", 20_000, 10**7, 1, 0.125)),
        formula("a million, unchanged", ("skewed", 1_000_000, 11, 1, 0), ("skewed", 1_000_000, 10**8, 1, 0)),
        formula("a million, changed", ("heavy", 1_000_000, 12, 1, 0), ("heavy", 400_000, 10**8, 1.01, 0)),
        formula("a million with spikes", ("spiked", 1_000_000, 13, 1, 0), ("spiked", 1_000_000, 10**8, 1, 0)),
        formula("a million in ties", ("tied", 1_000_000, 14, 1, 0), ("tied", 1_000_000, 10**8, 1.0, 0)),
    ]
    return cases


def categories():
    rng = np.random.default_rng(7)
    pairs = {
        "alike": ([40, 30, 20, 10], [41, 29, 21, 9]),
        "unseen": ([400, 300, 0, 20], [380, 200, 50, 30]),
        "lost": ([400, 300, 25], [380, 200, 0]),
        "rare ones are pooled": ([900, 80, 3, 2, 1, 0, 1], [450, 60, 0, 4, 1, 2, 0]),
        "the pool alone is rare": ([900, 80, 1], [4, 10, 1]),
        "rare all": ([3, 1, 0], [1, 2, 1]),
        "one left": ([1000, 2], [1000, 1]),
        "one category": ([7], [9]),
        "empty on both sides": ([7, 0, 5], [9, 0, 2]),
        "no rows": ([7, 3], [0, 0]),
        "large counts": ([10**12, 3 * 10**12], [2 * 10**11, 7 * 10**11]),
        "fifty": (rng.integers(0, 400, 50).tolist(), rng.integers(0, 300, 50).tolist()),
    }
    for column in WORDS_OF_FLIGHTS:
        words = [row[column] for row in flights()]
        half = len(words) // 2
        known = sorted(set(words))
        count = lambda part: [part.count(word) for word in known]
        pairs[f"flights, {column}"] = (count(words[:half]), count(words[half:]))
    return [{"name": name, "reference": r, "current": c, "expected": of_counts(r, c)} for name, (r, c) in pairs.items()]


WORDS_OF_FLIGHTS = ["carrier", "origin", "dest"]


def false_discovery():
    rng = np.random.default_rng(11)
    lists = [[], [0.04], [0.06], [0.01, 0.02, 0.03, 0.04], [0.05] * 4, [0.0, 1.0, 0.5], [0.025, 0.05, 0.05, 0.2]]
    lists += [(rng.random(size) ** power).tolist() for size in (3, 20, 103) for power in (1, 2, 6)]
    return [
        {"p": p, "rejected": (stats.false_discovery_control(p) <= 0.05).tolist() if p else []}
        for p in lists
    ]


def tails():
    xs = [0.05, 0.2, 0.4, 0.79, 0.8, 0.81, 1.0, 1.3581, 2.0, 5.0, 15.0]
    quantiles = [[tail, degrees, float(stats.chi2.isf(tail, degrees))] for tail in (0.5, 0.05, 1e-6) for degrees in (1, 2, 5, 9, 50, 51)]
    return {
        "kolmogorov": [[x, float(stats.kstwobign.sf(x))] for x in xs],
        "chi_square_quantiles": quantiles,
    }


def drawn_for_report(row):
    """As `unit` in tests/report/inputs.rs."""
    mixed = ((row + 1) * 0x9E3779B97F4A7C15) & MASK
    mixed = ((mixed ^ (mixed >> 31)) * 0xBF58476D1CE4E5B9) & MASK
    return (mixed >> 44) / (1 << 20)


ROWS = 3000


def report_row(row):
    """A row of the file: of every third the reference's; of the others one number has moved and one word is new."""
    draw = lambda column: drawn_for_report(row + column * 10**6)
    is_current = row % 3 != 0
    return {
        "is_current": is_current,
        "label": int(draw(1) < (0.5 if is_current else 0.4)),
        "score": draw(0),
        "smooth": draw(2) * (1.25 if is_current else 1.0),
        "spiked": 0.0 if draw(3) < 0.5 else draw(4),
        "few": int(draw(5) * 7),
        "word": ["north", "south", None, "east", "new"][int(draw(6) * (5 if is_current else 4))],
        "town": f"town {int(draw(7) ** 2 * 80):02}",
        "same": 7,
    }


def report():
    rows = [report_row(row) for row in range(ROWS)]
    sides = [[row for row in rows if row["is_current"] == is_current] for is_current in (False, True)]
    columns = {}
    for name in ("score", "label", "smooth", "spiked", "few", "word", "town", "same"):
        reference, current = ([row[name] for row in side if row[name] is not None] for side in sides)
        if name in ("label", "word", "town"):
            values = reference + current
            # Of equally frequent ones the first by name; beyond fifty they are one.
            known = sorted(set(values), key=lambda value: (-values.count(value), value))
            counts = np.array([[side.count(value) for value in known] for side in (reference, current)])
            counts = np.column_stack([counts[:, :50], counts[:, 50:].sum(1)]) if len(known) > 50 else counts
            found = of_counts(*counts)
            found |= dict.fromkeys(["ks_statistic", "ks_p_value", "wasserstein_normed"])
        else:
            found = of_numbers(np.array(reference, dtype=float), np.array(current, dtype=float))
            counts = [found["reference_counts"], found["current_counts"]]
        missing = [sum(row[name] is None for row in side) / len(side) for side in sides]
        bins = int(np.sum(np.sum(counts, axis=0) > 0))
        columns[name] = found | {
            "missing_change": missing[1] - missing[0],
            "bins": bins if bins > 1 else None,
            "value": found["psi"],
            "noise_floor": found["psi_noise_floor"],
        }
    judged = [name for name in columns if columns[name]["chi2_p_value"] is not None]
    rejected = stats.false_discovery_control([columns[name]["chi2_p_value"] for name in judged]) <= 0.05
    for name, is_sure in zip(judged, rejected):
        columns[name]["drifted"] = bool(is_sure and columns[name]["psi"] > 0.1)
    keys = ["psi", "ks_statistic", "ks_p_value", "wasserstein_normed", "jensen_shannon", "chi2", "chi2_p_value"]
    keys += ["l_infinity", "missing_change", "bins", "value", "noise_floor", "drifted"]
    return {"rows": ROWS, "columns": {name: {key: found.get(key) for key in keys} for name, found in columns.items()}}


def main():
    (HERE / "drift_report.json").write_text(json.dumps(report(), indent=1) + "\n")
    cases = {
        "numbers": real(),
        "formulas": drawn(),
        "categories": categories(),
        "false_discovery": false_discovery(),
        "tails": tails(),
    }
    lines = json.dumps(cases, separators=(",", ":")).replace('{"name"', '\n{"name"')
    (HERE / "drift.json").write_text(lines + "\n")


main()

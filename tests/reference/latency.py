"""Writes latency.json: the trend of a share along ordered groups by statsmodels, and how many rows an upper end takes by scipy.

    pip install statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6
    python latency.py

Same versions, same file.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import statsmodels
from scipy.stats import binom
from statsmodels.stats.contingency_tables import Table


def trend(groups):
    """`groups` are counts of yes and no, one group after the other."""
    result = Table(np.array(groups, dtype=float), shift_zeros=False).test_ordinal_association(
        row_scores=np.arange(len(groups)), col_scores=np.array([1.0, 0.0])
    )
    return {"groups": groups, "z": float(result.zscore), "p_value": float(result.pvalue)}


draw = np.random.default_rng(20)
cases = [
    [[10, 90], [20, 80], [30, 70]],
    [[30, 70], [20, 80], [10, 90]],
    [[1, 0], [0, 1]],
    [[5, 95], [5, 95], [6, 94], [5, 95]],
    [[0, 40], [0, 55], [3, 42]],
    [[12, 0], [9, 3], [0, 1]],
    [[900_000, 100_000], [901_000, 99_000], [903_000, 97_000]],
]
for slope in [0.0, 0.004, 0.02, -0.03]:
    for size in [20, 400, 50_000]:
        rows = draw.integers(size // 2, size, 10)
        wrong = draw.binomial(rows, np.clip(0.3 + slope * np.arange(10), 0, 1))
        cases.append([[int(w), int(n - w)] for n, w in zip(rows, wrong)])


def rows_for_upper_end(percent):
    """The fewest rows n of which the highest value is below the percentile with a chance of at most 2.5 %."""
    n = 1
    while binom.cdf(0, n, 1 - percent / 100) > 0.025:
        n += 1
    return n


content = {
    "versions": {"statsmodels": statsmodels.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
    "trend": [trend(groups) for groups in cases],
    "rows_for_upper_end": [[percent, rows_for_upper_end(percent)] for percent in [50.0, 75.0, 90.0, 95.0, 99.0, 99.9, 99.99]],
}
lines = [f"{json.dumps(key)}:{json.dumps(value, allow_nan=False)}" for key, value in content.items()]
(Path(__file__).parent / "latency.json").write_text("{" + ",\n".join(lines) + "}\n")

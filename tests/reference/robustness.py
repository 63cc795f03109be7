"""Writes robustness.json: perturbed copies beside clean rows by pandas' merge, with intervals written out from their definitions.

    pip install scipy==1.17.1 numpy==2.4.6 pandas==3.1.1
    python robustness.py

The same file is drawn again in tests/report/robustness.rs, by the same recipe. Same versions, same file.
"""

import io
import json
import math
from pathlib import Path

import numpy as np
import pandas
import scipy
from scipy import stats

MASK = (1 << 64) - 1
VARIANTS = ["original", "blur", "noise", "crop", ""]


def unit(row):
    """As `unit` in tests/report/inputs.rs."""
    mixed = ((row + 1) * 0x9E3779B97F4A7C15) & MASK
    mixed = ((mixed ^ (mixed >> 31)) * 0xBF58476D1CE4E5B9) & MASK
    return (mixed >> 44) / (1 << 20)


def csv(rows):
    lines = ["id,split,label,score,region,variant"]
    for row in range(rows):
        example = int(unit(row) ** 2 * rows / 6)
        variant = VARIANTS[0] if row < rows // 5 and row % 7 else VARIANTS[int(unit(row + 10**6) * 5)]
        if row < rows // 5:
            example = row
        label = int(unit(example + 2 * 10**6) < 0.4)
        away = (unit(row + 3 * 10**6) - 0.5) * {"blur": 0.6, "noise": 0.2, "crop": 0.4}.get(variant, 0.0)
        score = 0.3 * label + 0.7 * unit(example + 4 * 10**6) + away
        split = "train" if example % 4 == 0 else "test"
        region = ["north", "south", "east"][int(unit(example + 5 * 10**6) ** 2 * 3)]
        lines.append(f"{example},{split},{label},{score!r},{region},{variant}")
    return "\n".join(lines) + "\n"


def wilson(share, n, z):
    centre, root = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (centre - root) / (1 + z * z / n), (centre + root) / (1 + z * z / n)


def newcombe_paired(one, two, n, z):
    """Method 10 of Newcombe (1998), of n pairs that need not be a whole number; one and two are arrays of rights."""
    p1, p2, both = one.mean(), two.mean(), (one & two).mean()
    neither, lost, gained = (~one & ~two).mean(), (one & ~two).mean(), (~one & two).mean()
    (l1, u1), (l2, u2) = wilson(p1, n, z), wilson(p2, n, z)
    determinant = both * n * neither * n - lost * n * gained * n
    if determinant > 0:
        determinant = max(determinant - n / 2, 0)
    phi = determinant / math.sqrt(p1 * n * (1 - p1) * n * p2 * n * (1 - p2) * n)
    down = math.sqrt((p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2)
    up = math.sqrt((u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2)
    return [p1 - p2 - down, p1 - p2 + up]


def perturbation(rows, clean, z=float(stats.norm.ppf(0.975))):
    pairs = rows.merge(clean, on="id", suffixes=("", "_clean"), validate="many_to_one")
    one, two = ((pairs[f"flagged{of}"] == pairs[f"label{of}"]).to_numpy() for of in ("_clean", ""))
    flips = pairs["flagged"] != pairs["flagged_clean"]
    copies = pairs.groupby("id").size()
    effective = copies.sum() ** 2 / (copies**2).sum()
    return {
        "rows": len(rows),
        "pairs": len(pairs),
        "accuracy_clean": one.mean(),
        "accuracy_perturbed": two.mean(),
        "accuracy_drop": one.mean() - two.mean(),
        "accuracy_drop_interval": newcombe_paired(one, two, effective, z),
        "flips": int(flips.sum()),
        "flip_rate": flips.mean(),
        "flip_rate_interval": list(wilson(flips.mean(), effective, z)),
        "right_to_wrong": int((one & ~two).sum()),
        "wrong_to_right": int((~one & two).sum()),
    }


rows = 4000
frame = pandas.read_csv(io.StringIO(csv(rows)), dtype={"variant": str}, keep_default_na=False)
frame = frame[frame["split"] == "test"]
frame["flagged"] = (frame["score"] >= 0.5).astype(int)
is_clean, has_variant = frame["variant"] == "original", frame["variant"] != ""
# The clean rows of an id are alike here, but for how often they stand there.
clean = frame[is_clean].drop_duplicates(["id", "flagged", "label"])[["id", "flagged", "label"]]
assert not clean["id"].duplicated().any()
perturbed = frame[~is_clean & has_variant]
by_variant = {name: perturbation(of, clean) for name, of in perturbed.groupby("variant")}
z = float(stats.norm.isf(0.025 / len(by_variant)))
worst = max(by_variant, key=lambda name: by_variant[name]["accuracy_drop"])
overall = perturbation(perturbed, clean)
right = (frame["flagged"] == frame["label"]).groupby(frame["region"]).agg(["mean", "size"])
content = {
    "versions": {"scipy": scipy.__version__, "numpy": np.__version__, "pandas": pandas.__version__},
    "rows": rows,
    "robustness": {
        "column": "variant",
        "clean": "original",
        "clean_by": "name",
        "clean_rows": int(is_clean.sum()),
        "perturbed_rows": len(perturbed),
        "rows_without_variant": int((~has_variant).sum()),
        "compared_by": "id",
        "examples_without_clean": int((~pandas.Series(perturbed["id"].unique()).isin(clean["id"])).sum()),
        "flip_rate": overall["flip_rate"],
        "accuracy_drop": overall["accuracy_drop"],
        "worst": {
            "perturbation": worst,
            "accuracy_drop": by_variant[worst]["accuracy_drop"],
            "interval": perturbation(perturbed[perturbed["variant"] == worst], clean, z)["accuracy_drop_interval"],
            "rows": by_variant[worst]["pairs"],
            "judged": len(by_variant),
        },
        "overall": overall,
        "perturbations": by_variant,
    },
    "weakest_segment_gap": float((frame["flagged"] == frame["label"]).mean() - right["mean"].min()),
    "weakest_segment": right["mean"].idxmin(),
}
text = json.dumps(content, allow_nan=False, default=float, indent=1)
Path(__file__).with_name("robustness.json").write_text(text + "\n")

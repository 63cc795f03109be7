"""Writes segments.json: the metrics of each segment by pandas' groupby and scikit-learn, and of fairness by their definitions.

    pip install scikit-learn==1.9.1 pandas==3.1.1
    python segments.py

The same file is drawn again in tests/report/segments.rs, by the same recipe. Same versions, same file.
"""

import io
import json
import warnings
from pathlib import Path

import numpy as np
import pandas
import sklearn
from sklearn import metrics

warnings.simplefilter("ignore")
MASK = (1 << 64) - 1


def unit(row):
    """As `unit` in tests/report/inputs.rs."""
    mixed = ((row + 1) * 0x9E3779B97F4A7C15) & MASK
    mixed = ((mixed ^ (mixed >> 31)) * 0xBF58476D1CE4E5B9) & MASK
    return (mixed >> 44) / (1 << 20)


def csv(rows):
    lines = ["label,score,region,plan,split,latency_ms"]
    for row in range(rows):
        score = unit(row)
        label = int(unit(row + 10**6) < score)
        region = ["north", "south", "", "east", "a/b"][int(unit(row + 2 * 10**6) * 5)]
        plan = int(unit(row + 3 * 10**6) ** 2 * 4)
        split = "train" if row % 3 == 0 else "test"
        latency = int(unit(row + 4 * 10**6) * 1000)
        lines.append(f"{label},{score!r},{region},{plan},{split},{latency}")
    return "\n".join(lines) + "\n"


def evaluation(rows):
    y, score = rows["label"], rows["score"]
    flagged = (score >= 0.5).astype(int)
    tn, fp, fn, tp = metrics.confusion_matrix(y, flagged, labels=[0, 1]).ravel()
    return {
        "rows": len(rows),
        "confusion_matrix": [[int(tn), int(fp)], [int(fn), int(tp)]],
        "accuracy": metrics.accuracy_score(y, flagged),
        "balanced_accuracy": metrics.balanced_accuracy_score(y, flagged),
        "precision": metrics.precision_score(y, flagged),
        "recall": metrics.recall_score(y, flagged),
        "f1": metrics.f1_score(y, flagged),
        "matthews_corrcoef": metrics.matthews_corrcoef(y, flagged),
        "cohen_kappa": metrics.cohen_kappa_score(y, flagged),
        "roc_auc": metrics.roc_auc_score(y, score),
        "average_precision": metrics.average_precision_score(y, score),
        "log_loss": metrics.log_loss(y, score),
        "brier_score": metrics.brier_score_loss(y, score),
        "latency": {"mean": rows["latency_ms"].mean(), "p95": float(np.percentile(rows["latency_ms"], 95))},
    }


rows = 3000
frame = pandas.read_csv(io.StringIO(csv(rows)), dtype={"region": str})
current = frame[frame["split"] == "test"]
segments = {
    column: {str(value): evaluation(group) for value, group in current.groupby(column)} for column in ["region", "plan"]
}
rates = current.assign(flagged=current["score"] >= 0.5).groupby("region")
selection = rates["flagged"].mean()
tpr = rates.apply(lambda group: group.loc[group["label"] == 1, "flagged"].mean())
fpr = rates.apply(lambda group: group.loc[group["label"] == 0, "flagged"].mean())
fairness = {
    "demographic_parity_difference": selection.max() - selection.min(),
    "demographic_parity_ratio": selection.min() / selection.max(),
    "equalized_odds_difference": max(tpr.max() - tpr.min(), fpr.max() - fpr.min()),
}
content = {
    "versions": {"scikit-learn": sklearn.__version__, "pandas": pandas.__version__},
    "rows": rows,
    "segments": segments,
    "fairness": fairness,
}
text = json.dumps(content, indent=1, allow_nan=False, default=float)
(Path(__file__).parent / "segments.json").write_text(text + "\n")

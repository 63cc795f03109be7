"""Writes static/samples/digits.csv: ten classes, with a probability for each.

    pip install -r requirements.txt
    python digits.py

The data are the 1,797 handwritten digits of 8 × 8 pixels that come with scikit-learn (E. Alpaydin and C. Kaynak, 1998,
CC BY 4.0). The model is a logistic regression on the pixels, scaled, learnt from the rows marked `train`.
Same versions, same file but for the latencies; see latency.py.
"""

import csv
import os
from pathlib import Path

# Before numpy is loaded: a single row gives several threads nothing to do but wait for each other.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from latency import predict_each

data = load_digits()
ids = range(len(data.target))
train, _ = train_test_split(ids, test_size=0.5, stratify=data.target, random_state=0)
train = sorted(train)

model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000))
model.fit(data.data[train], data.target[train])
answers = predict_each(
    lambda row: model.predict_proba(row)[0], [data.data[[index]] for index in ids]
)

in_train = set(train)
target = Path(__file__).parents[2] / "static/samples/digits.csv"
with open(target, "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(
        ["split", "label", "prediction", *(f"proba_{digit}" for digit in range(10)), "latency_ms"]
    )
    for index, (scores, latency) in zip(ids, answers):
        writer.writerow(
            [
                "train" if index in in_train else "test",
                data.target[index],
                scores.argmax(),
                # As many digits as sums of 1 need to be taken for such by scikit-learn.
                *(f"{score:.6g}" for score in scores),
                f"{latency:.3f}",
            ]
        )

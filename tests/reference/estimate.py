"""Writes estimate.json: what NannyML's confidence-based performance estimation says of real data, with scores as they are and after
scikit-learn's isotonic regression on the reference.

    pip install nannyml==0.13.1 statsmodels==0.15.0 scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6 pandas==3.1.1
    python estimate.py

NannyML rounds the counts under its curves to five digits, so its ROC AUC and average precision are good to about 1e-6; equal scores count one
by one in its average precision, so that is written out from its definition as well. Same versions, same file.
"""

import json
from pathlib import Path

import nannyml
import numpy as np
import sklearn
from nannyml.performance_estimation.confidence_based import metrics as cbpe
from sklearn import datasets, metrics
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def average_precision(scores, worth):
    """Σ (Rₙ − Rₙ₋₁) Pₙ over distinct scores."""
    total, above, flagged, found = worth.sum(), 0.0, 0, 0.0
    for score in np.unique(scores)[::-1]:
        here = worth[scores == score]
        above, flagged = above + here.sum(), flagged + len(here)
        found += here.sum() / total * above / flagged
    return found


def estimates(scores, flagged, worth):
    flagged = flagged.astype(int)
    return {
        "accuracy": cbpe.estimate_accuracy(flagged, worth),
        "precision": cbpe.estimate_precision(flagged, worth),
        "recall": cbpe.estimate_recall(flagged, worth),
        "specificity": cbpe.estimate_specificity(flagged, worth),
        "f1": cbpe.estimate_f1(flagged, worth),
        "roc_auc": cbpe.estimate_roc_auc(worth, scores),
        "average_precision": average_precision(scores, worth),
        "average_precision_one_by_one": cbpe.estimate_ap(worth, scores),
    }


def realised(y, scores, flagged):
    return {
        "accuracy": metrics.accuracy_score(y, flagged),
        "precision": metrics.precision_score(y, flagged),
        "recall": metrics.recall_score(y, flagged),
        "f1": metrics.f1_score(y, flagged),
        "roc_auc": metrics.roc_auc_score(y, scores),
    }


def case(name, model, x, y, digits):
    x_train, x_rest, y_train, y_rest = train_test_split(x, y, test_size=0.6, random_state=1, stratify=y)
    x_reference, x_current, reference_y, current_y = train_test_split(
        x_rest, y_rest, test_size=0.5, random_state=2, stratify=y_rest
    )
    model.fit(x_train, y_train)
    reference, current = (np.round(model.predict_proba(of)[:, 1], digits) for of in (x_reference, x_current))
    isotonic = IsotonicRegression(out_of_bounds="clip", increasing=True).fit(reference, reference_y)
    flagged = current >= 0.5
    return {
        "name": name,
        "reference_scores": reference.tolist(),
        "reference_y": reference_y.tolist(),
        "scores": current.tolist(),
        "y": current_y.tolist(),
        "as_given": estimates(current, flagged, current),
        "isotonic": estimates(current, flagged, np.clip(isotonic.predict(current), 0, 1)),
        "realised": realised(current_y, current, flagged),
    }


def cases():
    x, y = datasets.load_breast_cancer(return_X_y=True)
    yield case("breast cancer, naive Bayes", GaussianNB(), x[:, :10], y, 6)
    logistic = lambda: make_pipeline(StandardScaler(), LogisticRegression())
    yield case("breast cancer, logistic regression", logistic(), x[:, :3], y, 2)
    x, digit = datasets.load_digits(return_X_y=True)
    yield case("digits: is it an 8", logistic(), x, (digit == 8).astype(int), 4)
    yield case("digits: is it odd, naive Bayes", GaussianNB(), x, digit % 2, 5)


content = {
    "versions": {"nannyml": nannyml.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__},
    "cases": list(cases()),
}
text = json.dumps(content, allow_nan=False, default=float, separators=(",", ":"))
Path(__file__).with_name("estimate.json").write_text(text.replace('{"name"', '\n{"name"') + "\n")

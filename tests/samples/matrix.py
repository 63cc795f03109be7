"""Writes static/samples/matrix.csv: a confusion matrix as textbooks have it, made up and said to be so.

    python matrix.py

Of 100 positives 90 are found, of 100 negatives 5 are taken for positives. Each row stands for `count` answers.
"""

from pathlib import Path

target = Path(__file__).parents[2] / "static/samples/matrix.csv"
counts = {("Pos", "Pos"): 90, ("Pos", "Neg"): 10, ("Neg", "Pos"): 5, ("Neg", "Neg"): 95}
rows = [f"{actual},{predicted},{count}" for (actual, predicted), count in counts.items()]
target.write_text("\n".join(["actual,predicted,count", *rows, ""]))

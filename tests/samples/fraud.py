"""Writes static/samples/fraud.csv: the accuracy paradox in its plainest form, made up and said to be so.

    python fraud.py

Of 10,000 payments 200 are fraud. The model catches 24 of them and raises 24 false alarms: 98 % of its answers are right,
and it misses 88 % of the fraud. Same Python, same file.
"""

import random
from pathlib import Path

rows = ["1,1"] * 24 + ["1,0"] * 176 + ["0,1"] * 24 + ["0,0"] * 9776
random.seed(1)
random.shuffle(rows)
target = Path(__file__).parents[2] / "static/samples/fraud.csv"
target.write_text("\n".join(["is_fraud,prediction", *rows, ""]))

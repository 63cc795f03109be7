"""How the latencies of the samples are measured: each row is predicted on its own, on one thread, and the wall time of
that call is the latency. So a column of latencies differs from run to run and from machine to machine; nothing else does.
"""

import gc
from time import perf_counter_ns


def predict_each(predict, rows):
    """What `predict` says of each row, and how many milliseconds it took."""
    # The first calls also load code; a service has done that before it answers anyone.
    for row in rows[:100]:
        predict(row)
    # Thousands of waiting rows are no part of a service: the garbage collector is not to look through them meanwhile.
    gc.collect()
    gc.freeze()
    answers = []
    for row in rows:
        before = perf_counter_ns()
        answer = predict(row)
        answers.append((answer, (perf_counter_ns() - before) / 1e6))
    return answers

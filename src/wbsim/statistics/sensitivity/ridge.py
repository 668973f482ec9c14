"""Ridge regression whose shrinkage is found by generalised cross-validation (Golub, Heath & Wahba 1979)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

#: Shrinkage tried, as multiples of the mean square of a column times the number of rows.
_SHRINKAGE = np.geomspace(1e-5, 30.0, 16)


def ridge(columns: Values, output: Values, at: Values) -> Values:
    """Predictions at `at` (m, C) from `columns` (n, C): of `output` (n,), (m,), or of T outputs (n, T), (m, T).

    Columns are taken as they are, each with its own mean removed; each output has its own mean and shrinkage. Without
    columns the mean predicts.
    """
    y = output if output.ndim == 2 else output[:, None]
    mean = y.mean(axis=0)
    if not columns.shape[1]:
        found = np.broadcast_to(mean, (len(at), y.shape[1])).copy()
    else:
        found = mean + _shrunk(columns, y - mean, at)
    return found if output.ndim == 2 else found[:, 0]


def _shrunk(columns: Values, y: Values, at: Values) -> Values:
    middle = columns.mean(axis=0)
    x = columns - middle
    rows = len(x)
    values, vectors = np.linalg.eigh(x.T @ x)
    values = np.maximum(values, 0.0)
    onto = vectors.T @ (x.T @ y)
    scale = max(float(values.sum()) / len(values), 1e-300)
    total = np.sum(y**2, axis=0)
    score = []
    for shrinkage in _SHRINKAGE * scale:
        kept = 1.0 / (values + shrinkage)
        residual = total - 2.0 * kept @ onto**2 + (values * kept**2) @ onto**2
        freedom = rows - 1.0 - float(values @ kept)
        score.append(residual / freedom**2 if freedom > 0 else np.full(y.shape[1], np.inf))
    best = _SHRINKAGE[np.argmin(np.stack(score), axis=0)] * scale
    weights = onto / (values[:, None] + best[None, :])
    return np.asarray((at - middle) @ (vectors @ weights))

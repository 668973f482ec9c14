"""Rank correlation of many numbers with many effects at once (Spearman 1904)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Values = NDArray[np.float64]


def standard_ranks(values: Values) -> Values:
    """Ranks over worlds of `values` (rows, worlds), centred, each row of length 1; ties share their mean rank.

    The product of two such rows is Spearman's rho. A row that is the same in all worlds becomes zeros: it has no
    correlation with anything.
    """
    if values.shape[1] == 0:
        return np.zeros(values.shape)
    ranks = np.asarray(rankdata(values, axis=1), dtype=np.float64)
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    length = np.sqrt(np.sum(centred**2, axis=1, keepdims=True))
    return np.asarray(np.divide(centred, length, out=np.zeros(centred.shape), where=length > 0))


def restricted(ranks: Values, worlds: NDArray[np.bool_]) -> Values:
    """`ranks` (rows, worlds) of some worlds alone, centred and of length 1 again; zeros where nothing varies."""
    some = ranks[:, worlds]
    centred = some - some.mean(axis=1, keepdims=True)
    length = np.sqrt(np.sum(centred**2, axis=1, keepdims=True))
    return np.asarray(np.divide(centred, length, out=np.zeros(centred.shape), where=length > 1e-12))

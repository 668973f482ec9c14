"""Rank correlations of simulated worlds with what is observed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Floats = NDArray[np.float64]


def spearman(worlds: Floats, observed: Floats) -> Floats:
    """Spearman's rank correlation (W,) of each row of `worlds` (W, K) with `observed` (K,); ties share their mean rank.

    0 for a row whose values are all the same; ValueError where the observed ones are, or are fewer than three.
    """
    if observed.size < 3 or np.ptp(observed) == 0.0:
        raise ValueError("three or more observed values that are not all the same are needed")
    own = rankdata(worlds, axis=1)
    own -= own.mean(axis=1, keepdims=True)
    seen = rankdata(observed)
    seen -= seen.mean()
    size = np.sqrt(np.sum(own**2, axis=1) * np.sum(seen**2))
    return np.asarray(np.where(size > 0.0, own @ seen / np.maximum(size, 1e-12), 0.0))

"""Sums along short axes, as compiled loops: slices are added in order, so that no number depends on the other axes."""

from __future__ import annotations

import numpy as np
from numba import njit

from wbsim.kernels import OPTIONS


@njit(**OPTIONS)
def add_slices(x, out):  # type: ignore[no-untyped-def]
    """Fill `out` (A, B) with the sum of `x` (A, n, B) over n, from the first slice on."""
    before, count, after = x.shape
    for a in range(before):
        if after == 1:
            whole = x[a, 0, 0]
            for n in range(1, count):
                whole = whole + x[a, n, 0]
            out[a, 0] = whole
        else:
            for b in range(after):
                out[a, b] = x[a, 0, b]
            for n in range(1, count):
                for b in range(after):
                    out[a, b] += x[a, n, b]


@njit(**OPTIONS)
def weigh_communities(means, share, out):  # type: ignore[no-untyped-def]
    """Fill `out` (R, S, K) with mean attitudes over a state's citizens, of those of its communities.

    `means` (R, S, 16, C) in float32, of which the first K rows are read; `share` (S, C) of the citizens.
    """
    worlds, states, rows = out.shape
    for r in range(worlds):
        for i in range(states):
            for k in range(rows):
                whole = np.float64(means[r, i, k, 0]) * share[i, 0]
                for c in range(1, share.shape[1]):
                    whole += np.float64(means[r, i, k, c]) * share[i, c]
                out[r, i, k] = whole

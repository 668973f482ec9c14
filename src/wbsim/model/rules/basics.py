"""Functions that several rules share."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.model.rules.sums import add_slices

Floats = NDArray[np.float64]

#: 1 for a state and another, 0 for a state and itself, (6, 6).
OTHERS: Floats = 1.0 - np.eye(6)
OTHERS.setflags(write=False)


def sigmoid(x: Floats) -> Floats:
    """Logistic function of any array, without overflow."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.minimum(np.maximum(x, -40.0), 40.0))))


def logit(p: Floats) -> Floats:
    """Inverse of the logistic function, with p kept 1e-9 inside (0, 1)."""
    p = np.clip(p, 1e-9, 1.0 - 1e-9)
    return np.asarray(np.log(p / (1.0 - p)))


def keep(half_life: Floats) -> Floats:
    """Share that is left after a month of something with this half-life in months."""
    return np.asarray(np.exp2(-1.0 / np.maximum(half_life, 1e-6)))


def others_mean(x: Floats, axis: int = 1) -> Floats:
    """Mean over the other five states along an axis of length 6: (sum - own) / 5."""
    return np.asarray((total(x, axis, keepdims=True) - x) / 5.0)


def total(x: Floats, axis: int, keepdims: bool = False) -> Floats:
    """Sum along a short axis by adding its slices in order, so that the bytes do not depend on the other axes."""
    axis %= x.ndim
    if x.ndim > 1 and x.dtype == np.float64 and x.flags.c_contiguous:
        shape = x.shape
        after = math.prod(shape[axis + 1 :])
        out = np.empty(
            (*shape[:axis], 1, *shape[axis + 1 :]) if keepdims else shape[:axis] + shape[axis + 1 :]
        )
        add_slices(x.reshape(-1, shape[axis], after), out.reshape(-1, after))
        return out
    before = (slice(None),) * axis
    first: slice | int = slice(0, 1) if keepdims else 0
    out = x[(*before, first)]
    for n in range(1, x.shape[axis]):
        out = out + x[(*before, slice(n, n + 1) if keepdims else n)]
    return np.asarray(out)


def largest(x: Floats, axis: int) -> Floats:
    """Maximum along a short axis, slice by slice: NumPy's own is slow where the axis is the last."""
    before: tuple[Any, ...] = (slice(None),) * (axis % x.ndim)
    out = x[(*before, 0)]
    for n in range(1, x.shape[axis]):
        out = np.maximum(out, x[(*before, n)])
    return np.asarray(out)

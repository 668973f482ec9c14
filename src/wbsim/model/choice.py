"""Choices among items by citizens who weigh them with noise (Plackett-Luce)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def first_choice(utilities: Floats) -> Floats:
    """Chance (R, K, N) that each of K items with `utilities` (R, K, N) is put first, with Gumbel noise."""
    weight = _weights(utilities)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def second_choice(utilities: Floats) -> Floats:
    """Chance (R, K, N) that each of K >= 2 items is put second (Plackett-Luce): summed over who is first."""
    weight, first = _weights(utilities), first_choice(utilities)
    second = np.zeros_like(weight)
    items = weight.shape[1]
    for winner in range(items):
        others = [item for item in range(items) if item != winner]
        # The rest is summed afresh: one minus the winner's chance loses its digits where the winner is sure.
        rest = weight[:, others].sum(axis=1, keepdims=True)
        second[:, others] += first[:, winner : winner + 1] * weight[:, others] / rest
    return second


def _weights(utilities: Floats) -> Floats:
    """Exponentials (R, K, N) with the largest utility at 1, the smallest kept above zero."""
    shifted = utilities - utilities.max(axis=1, keepdims=True)
    return np.asarray(np.exp(np.maximum(shifted, -600.0)))

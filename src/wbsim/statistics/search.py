"""A search among many numbers that is not fooled by how many were tried.

The largest of hundreds of correlations is large by chance alone. How large is found by permuting the worlds of an
effect, which breaks every true relation and keeps how the numbers hang together (Westfall & Young 1993): what lies
beyond the 95 % point of the largest absolute correlation is a false alarm in at most one of twenty searches.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Values = NDArray[np.float64]

#: Chance that a search in which nothing is related finds something (5 %: the customary level), and permutations.
ALARM, PERMUTATIONS = 0.05, 999
#: Share of searches in which a correlation of a stated size is to be found (80 %: the customary power).
POWER = 0.8
#: Worlds and permutations that are worked on at once; more worlds change the scaled threshold no further.
_NULL_WORLDS, _AT_ONCE = 1000, 250
_DIGITS, _SINGLE_DIGITS = 12, 6


@dataclass(frozen=True, slots=True)
class Search:
    """T effects and P numbers: `rho` (T, P); the largest absolute value by chance `null` (T, permutations), sorted."""

    rho: Values
    null: Values

    @property
    def thresholds(self) -> Values:
        """Absolute correlation beyond which a number stands out, (T,)."""
        place = math.ceil((1.0 - ALARM) * (self.null.shape[1] + 1)) - 1
        return np.asarray(self.null[:, place])

    def chance_of(self, effect: int, rho: float) -> float:
        """Share of searches without any relation whose largest absolute correlation reaches `rho`, above 0."""
        null = self.null[effect]
        reached = null.size - int(np.searchsorted(null, abs(rho), side="left"))
        return float((1 + reached) / (null.size + 1))


def search(numbers: Values, effects: Values, seed: int) -> Search:
    """Search for the effects (T, worlds) among the numbers (P, worlds), both as standard ranks over the same worlds.

    `seed` decides the permutations, which all effects share. Effects with the same ranks, ties included, share the
    whole distribution. Beyond 1,000 worlds the distribution is found with 1,000 of them and scaled by the root of
    worlds minus one, on which it then hardly depends any more.
    """
    # Rounded, so that the order in which a machine adds up does not show.
    rho = np.asarray(np.round(np.clip(effects @ numbers.T, -1.0, 1.0), _DIGITS), dtype=np.float64)
    worlds = numbers.shape[1]
    ordered = np.sort(effects, axis=1)
    # What differs by rounding only is the same.
    _, first, which = np.unique(np.round(ordered, 9), axis=0, return_index=True, return_inverse=True)
    some, generator = min(worlds, _NULL_WORLDS), np.random.default_rng([seed, worlds, len(numbers)])
    sample = _standard(numbers[:, :some]).astype(np.float32)
    places = np.linspace(0, worlds - 1, some).round().astype(np.int64)
    targets = _standard(ordered[first][:, places]).astype(np.float32)
    scale = math.sqrt((some - 1) / (worlds - 1)) if worlds > 1 else 1.0
    null = np.empty((len(first), PERMUTATIONS))
    for start in range(0, PERMUTATIONS, _AT_ONCE):
        count = min(_AT_ONCE, PERMUTATIONS - start)
        orders = generator.permuted(np.tile(np.arange(some), (count, 1)), axis=1)
        for row, target in enumerate(targets):
            products = sample @ target[orders].T
            null[row, start : start + count] = scale * np.abs(products).max(axis=0, initial=0.0)
    ordered_null = np.sort(np.round(null, _SINGLE_DIGITS), axis=1)
    return Search(rho, np.asarray(ordered_null[which.reshape(-1)], dtype=np.float64))


def _standard(rows: Values) -> Values:
    centred = rows - rows.mean(axis=1, keepdims=True)
    length = np.sqrt(np.sum(centred**2, axis=1, keepdims=True))
    return np.asarray(np.divide(centred, length, out=np.zeros(centred.shape), where=length > 1e-12))


def detectable(threshold: float, worlds: int) -> float:
    """Correlation that stands out in four searches of five, with this threshold at this number of worlds (2 or more).

    The error of a rank correlation is about one over the root of worlds minus one.
    """
    return min(1.0, threshold + float(ndtri(POWER)) / math.sqrt(worlds - 1))


def worlds_needed(threshold: float, worlds: int, rho: float) -> int:
    """Worlds at which a correlation of `rho` stands out in four searches of five; the threshold was found at `worlds`.

    The threshold shrinks with the root of worlds minus one.
    """
    scaled = threshold * math.sqrt(worlds - 1) + float(ndtri(POWER))
    return math.ceil((scaled / rho) ** 2) + 1

"""Random walks in time, seen in some months: steps as standard normal coordinates, and what lies between and after.

A walk is nothing at its start and gains a variance of one a year, in both directions of time: W(t) - W(s) ~
N(0, |t - s| / 12), t and s in months. Between two months at which it is known it is a Brownian bridge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Months of a year, in which a walk gains a variance of one.
_YEAR = 12.0


@dataclass(frozen=True, slots=True)
class Walk:
    """The walk of an `answer`, over all publics (None) or in one, as K figures load on it.

    `nodes` (N,): the months in which it was seen, ascending; it starts at the first. `month` and `weight` (K,) of the
    figures; 0 where a figure has no part in it.
    """

    answer: int
    public: int | None
    nodes: Floats
    month: Floats
    weight: Floats

    @classmethod
    def of(cls, answer: int, public: int | None, month: Floats, weight: Floats) -> Walk:
        """The walk seen in the months of all figures with a weight."""
        return cls(answer, public, np.unique(month[weight != 0.0]), month, weight)

    def loadings(self) -> Floats:
        """Loadings (K, N - 1) of the figures on independent standard normal steps from node to node."""
        passed = self.month[:, None] >= self.nodes[None, 1:]
        return np.asarray(self.weight[:, None] * passed * np.sqrt(np.diff(self.nodes) / _YEAR))

    def values(self, steps: Floats) -> Floats:
        """The walk (M, N) at its nodes, from its steps (M, N - 1)."""
        moved = np.cumsum(steps * np.sqrt(np.diff(self.nodes) / _YEAR), axis=1)
        return np.concatenate([np.zeros((len(steps), 1)), moved], axis=1)


def value_at(month: float, nodes: Floats, values: Floats, normal: Floats) -> Floats:
    """The walk (M,) in a month, given its `values` (M, N) at `nodes` (N,), from standard normal numbers (M,).

    Before the first and after the last node it goes on from there; between two it is a bridge.
    """
    after = int(np.searchsorted(nodes, month))
    if after < len(nodes) and nodes[after] == month:
        return values[:, after]
    if after in (0, len(nodes)):
        near = min(after, len(nodes) - 1)
        return np.asarray(values[:, near] + np.sqrt(abs(month - nodes[near]) / _YEAR) * normal)
    left, right = nodes[after - 1], nodes[after]
    share = (month - left) / (right - left)
    mean = (1.0 - share) * values[:, after - 1] + share * values[:, after]
    return np.asarray(mean + np.sqrt((month - left) * (1.0 - share) / _YEAR) * normal)

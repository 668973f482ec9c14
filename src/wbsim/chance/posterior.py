"""Points in the space of the calibrated parameters, and which of them each world takes.

A point has one standard normal coordinate for each calibrated number: the number itself is its prior's quantile at
the coordinate's probability, so that a point drawn from independent standard normals is a draw from the prior.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from wbsim.chance.counter import WHOLE, Chance, Stream
from wbsim.tables.parameters import PARAMETERS, elements
from wbsim.tables.record import FitBlock

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def coordinates(*blocks: FitBlock) -> tuple[str, ...]:
    """Keys of the calibrated numbers of some blocks, of all without any, in the order of the table.

    Trust of a state in itself is no number of the model.
    """
    chosen = [p for p in PARAMETERS.values() if p.block is not None and (not blocks or p.block in blocks)]
    return tuple(key for p in chosen for key in elements(p) if not _itself(key))


def _itself(key: str) -> bool:
    pair = key.partition(".")[2].split(">")
    return len(pair) == 2 and pair[0] == pair[1]


@dataclass(frozen=True)
class Points:
    """Coordinates `z` (M, P) of M points, a column for each of `keys`; world k takes point k."""

    keys: tuple[str, ...]
    z: Floats
    _column: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_column", {key: n for n, key in enumerate(self.keys)})

    def rows(self, chance: Chance) -> Integers:
        """The point of each world, (R,)."""
        return np.arange(chance.first, chance.first + chance.count)

    def probabilities(self, key: str, rows: Integers) -> Floats | None:
        """Probability (R,) at which each world's prior of `key` is read; None for a number that has no coordinate."""
        column = self._column.get(key)
        return None if column is None else np.asarray(ndtr(self.z[rows, column]))


def beside(*points: Points) -> Points:
    """Points of several blocks with all their keys, as many as the shortest has."""
    count = min(len(each.z) for each in points)
    keys = tuple(key for each in points for key in each.keys)
    return Points(keys, np.concatenate([each.z[:count] for each in points], axis=1))


@dataclass(frozen=True)
class Posterior(Points):
    """Draws of a fitted distribution; world k takes row permutation(seed)[k mod M]."""

    def rows(self, chance: Chance) -> Integers:
        """The draw of each world, (R,): all are used equally often, in an order that the seed alone decides."""
        count = len(self.z)
        order = np.argsort(chance.shared(Stream.POSTERIOR, WHOLE, count)[0], kind="stable")
        return np.asarray(order[super().rows(chance) % count])

"""Worlds split at the thirds of a number, and what an effect is in the lowest and the highest of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cuts:
    """The lowest third lies below `low`, the highest above `high`, in the number's unit."""

    low: float
    high: float

    def lowest(self, values: Values) -> Worlds:
        """Which worlds, shape (worlds,), lie in the lowest third."""
        return values < self.low

    def highest(self, values: Values) -> Worlds:
        """Which worlds, shape (worlds,), lie in the highest third."""
        return values > self.high


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean over some worlds and its Monte Carlo standard error (None with fewer than two), in the effect's unit."""

    worlds: int
    mean: float | None
    mcse: float | None


def cuts(values: Values) -> Cuts | None:
    """Where `values` (worlds,) split into thirds, rounded so that the cuts can be quoted; None where they can't split.

    Three digits, or as many more as keep the middle third a third: what is printed is exactly what was counted with.
    """
    if values.size < 3:
        return None
    low, high = (float(each) for each in np.quantile(values, (1 / 3, 2 / 3)))
    if not high > low:
        return None
    digits = 3
    while digits < 15 and max(abs(_rounded(x, digits) - x) for x in (low, high)) > 0.02 * (high - low):
        digits += 1
    return Cuts(_rounded(low, digits), _rounded(high, digits))


def _rounded(number: float, digits: int) -> float:
    return float(f"{number:.{digits}g}")


def mean_of(effect: Values, worlds: Worlds) -> Mean:
    """Mean of `effect` (worlds,) over those of `worlds`."""
    some = effect[worlds]
    error = float(np.std(some, ddof=1) / math.sqrt(some.size)) if some.size > 1 else None
    return Mean(int(some.size), float(some.mean()) if some.size else None, error)

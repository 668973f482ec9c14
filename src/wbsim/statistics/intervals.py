"""Monte Carlo confidence intervals of quantiles and of shares: what simulating only so many worlds leaves open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, ndtri

#: Confidence of Monte Carlo intervals. They are named 95 % so that they aren't taken for the 90 % interval over worlds.
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Ends of an interval, in the unit of what it is of."""

    low: float
    high: float


def wilson(successes: float, trials: int, confidence: float = CONFIDENCE) -> Interval | None:
    """Score interval of a share, `successes` of `trials` worlds (Wilson 1927); None without worlds.

    A tie that counts half makes `successes` a half number; the interval is then a little too wide, because half
    points vary less than whole ones.
    """
    if trials == 0:
        return None
    z = float(ndtri(0.5 + confidence / 2))
    share, spread = successes / trials, z * z / trials
    centre = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * np.sqrt(share * (1 - share) / trials + spread / (4 * trials))
    return Interval(max(0.0, float(centre - half)), min(1.0, float(centre + half)))


def quantile_ranks(worlds: int, quantile: float, confidence: float = CONFIDENCE) -> tuple[int, int] | None:
    """Ranks (from 1) of the sorted worlds between which a quantile lies with `confidence` at least.

    The number of worlds below a quantile is binomial, whatever the distribution (David & Nagaraja 2003, 7.1). None
    where there are too few worlds: then no two of them hold the quantile so surely.
    """
    if worlds == 0:
        return None
    tail = (1 - confidence) / 2
    below = bdtr(np.arange(worlds, dtype=np.float64), worlds, quantile)
    low = int(np.searchsorted(below, tail))
    high = int(np.searchsorted(below, 1 - tail)) + 1
    return (low, high) if low >= 1 and high <= worlds else None


def quantile_interval(
    values: NDArray[np.float64], quantile: float, confidence: float = CONFIDENCE
) -> Interval | None:
    """Confidence interval of a quantile of the distribution that `values`, shape (worlds,), were drawn from."""
    ranks = quantile_ranks(values.size, quantile, confidence)
    if ranks is None:
        return None
    ordered = np.sort(values)
    return Interval(float(ordered[ranks[0] - 1]), float(ordered[ranks[1] - 1]))

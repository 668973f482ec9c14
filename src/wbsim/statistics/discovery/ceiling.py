"""How much of being a case anything drawn can explain at most: the rest is chance.

Worlds are simulated again with the same draws and another course of events. Let p be a world's probability of being a
case given its draws. No region of the drawn numbers that holds the share m of worlds can have a density above
mean(p) + sd(p) sqrt((1 - m) / m): the covariance of p with an indicator is at most the product of their standard
deviations (Cauchy-Schwarz); nor can it hold more cases than there are. sd(p) comes from how far
worlds agree over courses (one-way analysis of variance).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Worlds = NDArray[np.bool_]

#: Resamples of worlds for the intervals.
RESAMPLES = 999


@dataclass(frozen=True, slots=True)
class Share:
    """An estimate with its 95 % bootstrap interval over worlds."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ceiling:
    """`drawn`: share of the variance of being a case that the draws decide, 0 to 1; what is left is chance.

    `courses` courses of events in each of `worlds` worlds. `spread`: standard deviation over worlds of the probability.
    """

    worlds: int
    courses: int
    base: float
    spread: Share
    drawn: Share

    def density(self, mass: float) -> Share | None:
        """The most that the density of a box with this share of worlds can be; None for an empty box or all worlds."""
        if not 0.0 < mass < 1.0:
            return None
        widened = math.sqrt((1.0 - mass) / mass)
        bounds = [
            min(1.0, self.base / mass, self.base + widened * each)
            for each in (self.spread.value, self.spread.low, self.spread.high)
        ]
        return Share(*bounds)


def ceiling(cases: Worlds, seed: int) -> Ceiling | None:
    """From `cases` (courses, worlds); None with fewer than two courses or two worlds, or where all are the same."""
    courses, worlds = cases.shape
    if courses < 2 or worlds < 2 or cases.all() or not cases.any():
        return None
    hits = cases.sum(axis=0).astype(np.float64)
    base, variance = _variance(hits, courses)
    generator = np.random.default_rng([seed, courses, worlds])
    spreads, parts = np.empty(RESAMPLES), np.empty(RESAMPLES)
    for number in range(RESAMPLES):
        again, varied = _variance(hits[generator.integers(0, worlds, worlds)], courses)
        spreads[number] = math.sqrt(varied)
        parts[number] = varied / (again * (1.0 - again)) if 0.0 < again < 1.0 else 0.0
    spread_low, spread_high = np.quantile(spreads, (0.025, 0.975)).tolist()
    low, high = np.quantile(np.minimum(parts, 1.0), (0.025, 0.975)).tolist()
    part = min(1.0, variance / (base * (1.0 - base)))
    return Ceiling(
        worlds,
        courses,
        base,
        Share(math.sqrt(variance), spread_low, spread_high),
        Share(part, low, high),
    )


def _variance(hits: NDArray[np.float64], courses: int) -> tuple[float, float]:
    """Mean, and variance over worlds of the probability, unbiased before it is kept from falling below nil."""
    shares = hits / courses
    base = float(shares.mean())
    within = float(np.mean(shares * (1.0 - shares))) * courses / (courses - 1)
    between = float(shares.var(ddof=1)) - within / courses
    return base, max(0.0, between)

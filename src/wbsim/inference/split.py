"""Is there a second peak? The same inference from two halves of the prior, compared with what one peak would give.

A direction d of the parameters is split at its median: members of one half have d'z > 0, of the other d'z < 0.
Halves of a normal prior have means of +-sqrt(2 / pi) and variance 1 - 2 / pi along d. Were the posterior one normal
peak of covariance P, the same data would bring the means to a known distance; a larger one means that the halves
ended on different peaks (or that the problem is far from normal, which is as good a reason not to trust one normal).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Runs inference from prior members (N, D), and gives posterior members (n, D).
Infer = Callable[[Floats, np.random.Generator], Floats]

HALF_MEAN = float(np.sqrt(2.0 / np.pi))
HALF_VARIANCE = 1.0 - 2.0 / np.pi
#: Distance beyond the expected one, in posterior sd, that is called a second peak.
APART = 0.5


@dataclass(frozen=True, slots=True)
class SplitCheck:
    """Along a direction, in posterior sd of the whole run: the `gap` between the halves' means, the gap `expected`
    of one normal peak, and the Monte Carlo `error` of the gap."""

    direction: Floats
    gap: float
    expected: float
    error: float

    @property
    def excess(self) -> float:
        """Gap beyond the expected one, posterior sd."""
        return self.gap - self.expected

    @property
    def two_peaks(self) -> bool:
        """Whether the halves ended further apart than one peak and chance explain."""
        return self.excess > APART + 4.0 * self.error


def split_prior(direction: Floats, count: int, generator: np.random.Generator) -> tuple[Floats, Floats]:
    """`count` members (count, D) of the upper and of the lower half of N(0, I) along `direction` (D,)."""
    unit = direction / np.linalg.norm(direction)
    halves = []
    for side in (1.0, -1.0):
        members = generator.standard_normal((count, unit.size))
        along = members @ unit
        halves.append(members + np.outer(side * np.abs(along) - along, unit))
    return halves[0], halves[1]


def expected_gap(direction: Floats, posterior_covariance: Floats) -> Floats:
    """Difference (D,) of the halves' posterior means under one normal peak of covariance (D, D) and an N(0, I) prior.

    Each half's prior has precision S^-1 with variance 1 - 2 / pi along the direction; data add P^-1 - I.
    """
    unit = direction / np.linalg.norm(direction)
    prior_precision = np.eye(unit.size) + (1.0 / HALF_VARIANCE - 1.0) * np.outer(unit, unit)
    precision = np.linalg.inv(posterior_covariance) - np.eye(unit.size) + prior_precision
    return np.asarray(np.linalg.solve(precision, prior_precision @ (2.0 * HALF_MEAN * unit)))


def check_split(
    infer: Infer, whole: Floats, direction: Floats, count: int, generator: np.random.Generator
) -> SplitCheck:
    """Infer from both halves along `direction` (D,) with `count` members each; `whole` (M, D) is the run to check."""
    upper, lower = (infer(members, generator) for members in split_prior(direction, count, generator))
    covariance = np.atleast_2d(np.cov(whole.T))
    unit = direction / np.linalg.norm(direction)
    sd = float(np.sqrt(unit @ covariance @ unit))
    ends = upper @ unit, lower @ unit
    error = np.sqrt(sum(np.var(end, ddof=1) / end.size for end in ends)) / sd
    gap = float(np.mean(ends[0]) - np.mean(ends[1])) / sd
    return SplitCheck(unit, gap, float(expected_gap(unit, covariance) @ unit) / sd, float(error))

"""Stochastic dominance: whether everyone who prefers more would choose the same, seen on the marginals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.bootstrap import LEAST_WORLDS, oriented, resampled_means
from wbsim.statistics.paired import Better, Values

#: Places at which distributions are compared in the test: quantiles of both together.
PLACES = 32
#: A dominance is rejected if sampling alone would break it so much in fewer samples than this share.
LEVEL = 0.05
Verdict = Literal["dominates", "dominated", "neither", "undecided", "no difference"]


@dataclass(frozen=True, slots=True)
class Order:
    """One order of dominance of a policy over the baseline.

    `violation`: the epsilon of almost dominance (Leshno & Levy 2002), the part of the area between the two
    distributions where the policy is behind: 0 is exact dominance in this sample, 0.05 almost. `p_dominates`:
    p-value of the hypothesis that the policy dominates, `p_dominated`: that the baseline does (Barrett & Donald 2003,
    with worlds drawn again in pairs: Linton, Maasoumi & Whang 2005). A small one rejects. None with fewer than ten
    worlds. `verdict` is "dominates" if only the reverse is rejected, "dominated" if only the first is, "neither" if
    both are (the distributions cross), "undecided" if none is.
    """

    violation: float
    p_dominates: float | None
    p_dominated: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Dominance:
    """First order (preferred by all who prefer more) and second order (by all who also dislike risk)."""

    first: Order
    second: Order


def dominance(
    policy: Values, baseline: Values, better: Better, drawn: NDArray[np.float64]
) -> Dominance | None:
    """Dominance of the distribution of `policy` over that of `baseline`, both (worlds,); None without worlds.

    `drawn` are samples of worlds, see `bootstrap.weights`.
    """
    if policy.size == 0:
        return None
    mine, other = oriented(policy, better), oriented(baseline, better)
    first, second = violations(mine, other)
    if first is None or second is None:
        same = Order(0.0, None, None, "no difference")
        return Dominance(same, same)
    if policy.size < LEAST_WORLDS:
        return Dominance(Order(first, None, None, "undecided"), Order(second, None, None, "undecided"))
    tests = [_p_values(kind(mine, other), drawn) for kind in (_below, _shortfall)]
    return Dominance(_order(first, *tests[0]), _order(second, *tests[1]))


def violations(mine: Values, other: Values) -> tuple[float, float] | tuple[None, None]:
    """Epsilon of first and of second order almost dominance of `mine` over `other`, both (worlds,), higher better.

    First: area where F_mine > F_other, by the area between both. Second: the part of it where the integral of
    F_mine - F_other is positive. (None, None) where the distributions are the same.
    """
    places = np.sort(np.concatenate([mine, other]))
    widths = np.diff(places)
    ahead = (
        np.searchsorted(np.sort(mine), places[:-1], "right")
        - np.searchsorted(np.sort(other), places[:-1], "right")
    ) / mine.size
    area = float(np.sum(np.abs(ahead) * widths))
    if area == 0.0:
        return None, None
    pieces = ahead * widths
    behind = pieces > 0
    total = np.maximum(np.concatenate([[0.0], np.cumsum(pieces)]), 0.0)
    return float(pieces[behind].sum()) / area, float(np.diff(total)[behind].sum()) / area


def _places(mine: Values, other: Values) -> Values:
    return np.unique(np.quantile(np.concatenate([mine, other]), np.linspace(0, 1, PLACES), method="nearest"))


def _below(mine: Values, other: Values) -> NDArray[np.float64]:
    """For each world and place, whether `mine` is not above the place, less whether `other` is: (worlds, places)."""
    at = _places(mine, other)
    return (mine[:, None] <= at).astype(np.float64) - (other[:, None] <= at)


def _shortfall(mine: Values, other: Values) -> NDArray[np.float64]:
    """For each world and place, how far `mine` is below the place, less how far `other` is: (worlds, places)."""
    at = _places(mine, other)
    return np.maximum(at - mine[:, None], 0.0) - np.maximum(at - other[:, None], 0.0)


def _p_values(columns: NDArray[np.float64], drawn: NDArray[np.float64]) -> tuple[float, float]:
    """P-values of "never positive" and of "never negative" for the means of `columns` over all possible worlds."""
    means = columns.mean(axis=0)
    noise = resampled_means(columns, drawn) - means
    # Rounding leaves differences of sums that should be nil a little off: they are no violation.
    rounding = 1e-12 * float(np.abs(columns).max())
    found = []
    for sign in (1.0, -1.0):
        largest = float((sign * means).max())
        beyond = np.sum((sign * noise).max(axis=1) >= largest)
        found.append(1.0 if largest <= rounding else float((1 + beyond) / (1 + len(noise))))
    return found[0], found[1]


def _order(violation: float, p_dominates: float, p_dominated: float) -> Order:
    verdicts: dict[tuple[bool, bool], Verdict] = {
        (False, True): "dominates",
        (True, False): "dominated",
        (True, True): "neither",
        (False, False): "undecided",
    }
    verdict = verdicts[p_dominates <= LEVEL, p_dominated <= LEVEL]
    return Order(violation, p_dominates, p_dominated, verdict)

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


def dominance(values: Values, better: Better, drawn: NDArray[np.float64]) -> tuple[Dominance, ...] | None:
    """Dominance of each policy's distribution over the baseline's, of (scenarios, worlds); None without worlds.

    `drawn` are samples of worlds, see `bootstrap.weights`.
    """
    good = oriented(values, better)
    worlds = good.shape[1]
    if worlds == 0:
        return None
    if worlds < LEAST_WORLDS:
        return tuple(_dominance(violations(mine, good[0]), None) for mine in good[1:])
    columns = [kind(mine, good[0]) for mine in good[1:] for kind in (_below, _shortfall)]
    # All at once: a product of one large matrix is several times as fast as of many narrow ones.
    sampled = resampled_means(np.concatenate(columns, axis=1), drawn) if columns else drawn
    ends = np.cumsum([each.shape[1] for each in columns])[:-1]
    tests = (
        [_p_values(each, part) for each, part in zip(columns, np.split(sampled, ends, axis=1), strict=True)]
        if columns
        else []
    )
    return tuple(
        _dominance(violations(mine, good[0]), (tests[2 * number], tests[2 * number + 1]))
        for number, mine in enumerate(good[1:])
    )


def _dominance(
    violation: tuple[float, float] | None, tests: tuple[tuple[float, float], tuple[float, float]] | None
) -> Dominance:
    if violation is None:
        same = Order(0.0, None, None, "no difference")
        return Dominance(same, same)
    if tests is None:
        return Dominance(*(Order(each, None, None, "undecided") for each in violation))
    return Dominance(*(_order(each, *test) for each, test in zip(violation, tests, strict=True)))


def violations(mine: Values, other: Values) -> tuple[float, float] | None:
    """Epsilon of first and of second order almost dominance of `mine` over `other`, both (worlds,), higher better.

    First: area where F_mine > F_other, by the area between both. Second: the part of it where the integral of
    F_mine - F_other is positive. None where the distributions are the same.
    """
    places = np.sort(np.concatenate([mine, other]))
    widths = np.diff(places)
    ahead = (
        np.searchsorted(np.sort(mine), places[:-1], "right")
        - np.searchsorted(np.sort(other), places[:-1], "right")
    ) / mine.size
    area = float(np.sum(np.abs(ahead) * widths))
    if area == 0.0:
        return None
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


def _p_values(columns: NDArray[np.float64], sampled: NDArray[np.float64]) -> tuple[float, float]:
    """P-values of "never positive" and of "never negative" for the means of `columns` over all possible worlds.

    `columns` are (worlds, places), `sampled` their means in each sample (resamples, places).
    """
    means = columns.mean(axis=0)
    noise = sampled - means
    # Rounding leaves differences of sums that should be nil a little off: they are no violation.
    rounding = 1e-12 * float(np.abs(columns).max())
    found = []
    for turned, shaken in ((means, noise.max(axis=1)), (-means, -noise.min(axis=1))):
        largest = float(turned.max())
        beyond = int(np.sum(shaken >= largest - rounding))
        found.append(1.0 if largest <= rounding else (1 + beyond) / (1 + len(noise)))
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

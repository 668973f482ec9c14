"""Several goals at once, without weights: which scenarios are not beaten on all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.bootstrap import oriented
from wbsim.statistics.intervals import Interval, wilson
from wbsim.statistics.paired import Better


@dataclass(frozen=True, slots=True)
class Front:
    """One scenario: share of worlds in which it is on the Pareto front, its Monte Carlo interval, and whether it is
    on the front of the means over worlds."""

    share: float
    monte_carlo: Interval
    of_means: bool


def undominated(good: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which scenarios are on the front, shape (scenarios, ...), of (scenarios, ..., goals) where higher is better.

    A scenario is dominated by another that is at least as good on every goal and better on one. Scenarios that are
    the same on every goal don't dominate each other.
    """
    front = np.ones(good.shape[:-1], bool)
    for rival in range(len(good)):
        as_good = (good[rival] >= good).all(axis=-1)
        front &= ~(as_good & (good[rival] > good).any(axis=-1))
    return front


def pareto(values: NDArray[np.float64], better: Sequence[Better]) -> tuple[Front, ...] | None:
    """The front over goals, of `values` (goals, scenarios, worlds), `better` for each goal; None without worlds."""
    worlds = values.shape[2]
    if worlds == 0:
        return None
    good = np.stack([oriented(goal, turn) for goal, turn in zip(values, better, strict=True)], axis=-1)
    counts = undominated(good).sum(axis=1).tolist()
    of_means = undominated(good.mean(axis=1)).tolist()
    found = []
    for count, on_front in zip(counts, of_means, strict=True):
        interval = wilson(count, worlds)
        assert interval is not None
        found.append(Front(count / worlds, interval, on_front))
    return tuple(found)

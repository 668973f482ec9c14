"""When a simulation has enough worlds: a stopping rule on the Monte Carlo error, guarded against stopping by luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri

from wbsim.statistics.paired import Values, monte_carlo_error

#: Worlds simulated before the rule is first asked. Assumed: a standard deviation from 100 worlds has an error of 7 %
#: where differences are normal.
LEAST_WORLDS = 100
#: Growth from one look to the next: few looks, so that there are few chances to stop by luck. Assumed.
GROWTH = 1.5
#: Looks in a row at which the error must be small enough. Assumed.
LOOKS = 2
#: Confidence of the upper limit of the standard error that must be below the goal.
CONFIDENCE = 0.95
#: Worlds that must differ at all, if any does: a mean of a few rare events has no error worth the name. Assumed.
LEAST_DIFFERING = 10


@dataclass(frozen=True, slots=True)
class Precision:
    """Monte Carlo standard error of a mean paired difference so far, and whether it is surely below the goal."""

    mcse: float | None
    enough: bool


def looks(limit: int) -> tuple[int, ...]:
    """Numbers of worlds at which the rule is asked, the last of which is `limit`."""
    found: list[int] = []
    worlds = LEAST_WORLDS
    while worlds < limit:
        found.append(worlds)
        worlds = int(np.ceil(GROWTH * worlds))
    return (*found, limit)


def precision(difference: Values, goal: float) -> Precision:
    """Precision of the mean of `difference`, shape (worlds,), against a goal for its standard error.

    The upper confidence limit of the error (chi-square, Law 2015, 4.5) must be below the goal, with at least
    `LEAST_WORLDS` worlds, and `LEAST_DIFFERING` of them different from nil, or none at all.
    """
    error = monte_carlo_error(difference)
    if error is None or difference.size < LEAST_WORLDS:
        return Precision(error, False)
    differing = int(np.count_nonzero(difference))
    if 0 < differing < LEAST_DIFFERING:
        return Precision(error, False)
    freedom = difference.size - 1
    upper = error * np.sqrt(freedom / float(chdtri(freedom, CONFIDENCE)))
    return Precision(error, bool(upper < goal))

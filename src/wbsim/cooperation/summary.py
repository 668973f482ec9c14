"""The checks as plain data."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wbsim.calibration.cross_validate import plain
from wbsim.calibration.validate import quantiles
from wbsim.cooperation.check import Check, Growth, Predicted, Rank
from wbsim.cooperation.worlds import YEARS
from wbsim.tables.places import DYAD_NAMES, STATE_CODES

Floats = NDArray[np.float64]
Plain = dict[str, object]

#: What would count as failing, by kind of check.
RANK_FAILS = "the median over worlds is 0 or less"
PREDICTION_FAILS = "fewer than three in five lie in their 90 % intervals, or the baseline's CRPS is lower"
GROWTH_FAILS = "the index rises in no more than half of the worlds"
#: What the growth cannot show.
GROWTH_CAVEAT = (
    "the six cannot be separated, so that only the direction is checked, and the prior of what a war outside does to "
    "effort (effort_war) was set with a look at it"
)


def summary(found: Check) -> Plain:
    """Everything that is printed, and the values behind it."""
    return {
        "worlds": found.plan.worlds,
        "citizens": found.plan.citizens,
        "seed": found.plan.seed,
        "ranks": [_rank(rank) for rank in found.ranks],
        "left_out": None if found.left_out is None else _predicted(found.left_out),
        "later": None if found.later is None else _predicted(found.later),
        "growth": _growth(found.growth),
        "states": {code: quantiles(found.worlds.states[:, n]) for n, code in enumerate(STATE_CODES)},
        "dyads": {name: quantiles(found.worlds.dyads[:, n]) for n, name in enumerate(DYAD_NAMES)},
    }


def _rank(rank: Rank) -> Plain:
    return {
        "name": rank.name,
        "model": rank.model,
        "observed": rank.observed,
        "n": rank.count,
        **quantiles(rank.values),
        "fails_if": RANK_FAILS,
        "holds": rank.holds,
        "caveat": rank.caveat,
    }


def _predicted(found: Predicted) -> Plain:
    return {
        **plain(found.model),
        "baseline": {"name": found.baseline, **plain(found.simple)},
        "fails_if": PREDICTION_FAILS,
        "holds": found.holds,
        "rows": [
            {
                "id": each.id,
                "state": each.state,
                "year": each.year,
                "observed": each.value,
                **quantiles(found.draws[:, number]),
                "baseline": float(found.mean[number]),
            }
            for number, each in enumerate(found.scores)
        ],
    }


def _growth(growth: Growth) -> Plain:
    return {
        "years": [YEARS[0], YEARS[-1]],
        "rises": growth.rises,
        **quantiles(growth.ratio),
        "officers": {str(year): number for year, number in growth.officers.items()},
        "fails_if": GROWTH_FAILS,
        "holds": growth.holds,
        "caveat": GROWTH_CAVEAT,
    }

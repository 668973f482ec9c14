"""Shapley effects: an output's variance shared out fairly among inputs that may hang together (Owen 2014; Song,
Nelson & Staum 2016), with the share that is chance beside them.

The worth of a coalition of groups is the variance that knowing them explains, Var E[Y | X_S], as a share of the
variance of one world; the share of a group is its Shapley value. Where every world was followed through two courses of
chance, parameters alone explain the covariance of the two: what is left is chance, and what no coalition resolved is
told apart from it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.sensitivity.jackknife import jackknife
from wbsim.statistics.sensitivity.neighbours import MOST_INPUTS, explained_by
from wbsim.statistics.sensitivity.regression import Predicted
from wbsim.statistics.shapley import coalitions_of, sampled_orders, shapley, shapley_sampled

Values = NDArray[np.float64]
#: The worth of a coalition, whose bits say which groups are in it.
Worth = Callable[[int], float | Values]

#: Groups up to which every coalition is valued; beyond, orders are drawn (in pairs).
MOST_EXACT, ORDERS = 8, 100


@dataclass(frozen=True, slots=True)
class Shared:
    """Shares of the variance of one world: of groups `effects` (G,), `chance` (None with one course) and `unresolved`.

    Effects, unresolved and chance add up to 1; without a second course `unresolved` holds chance as well. `*_error`:
    standard errors of a finite number of worlds. Small shares may come out below 0.
    """

    effects: Values
    effects_error: Values
    chance: float | None
    chance_error: float | None
    unresolved: float
    unresolved_error: float
    estimator: str


def shapley_of(worth: Worth, groups: int, seed: int) -> Values:
    """Shapley values (G, ...) of the game `worth`: exact up to 8 groups, else over 100 random orders in opposite pairs.

    A worth may be an array (one number a world): then so is each share.
    """
    if groups <= MOST_EXACT:
        return shapley(np.array([worth(coalition) for coalition in range(1 << groups)]))
    orders = sampled_orders(groups, ORDERS, seed)
    values = {coalition: np.array(worth(coalition)) for coalition in coalitions_of(orders)}
    return shapley_sampled(values, orders)[0]


def shapley_effects(
    inputs: Values, courses: Values, groups: Sequence[Sequence[int]], seed: int
) -> Shared | None:
    """Shares of groups of `inputs` (P, worlds) in the variance of `courses` (C, worlds), the output in C courses.

    C is 1 or 2: the same parameters under other chance. Up to six inputs are judged by nearest neighbours, more by
    prediction. None where the output doesn't vary; ValueError for values that aren't finite.
    """
    if not (np.isfinite(inputs).all() and np.isfinite(courses).all()):
        raise ValueError("values must be finite: leave out the worlds that failed")
    if not float(np.ptp(courses)) > 0.0 or not float(courses.var(axis=1).mean()) > 0.0:
        return None
    if sum(len(members) for members in groups) <= MOST_INPUTS:
        return _by_neighbours(inputs, courses, groups, seed)
    return _by_prediction(inputs, courses, groups, seed)


def _by_neighbours(inputs: Values, courses: Values, groups: Sequence[Sequence[int]], seed: int) -> Shared:
    """Errors by jackknife: what is close to what changes when worlds are left out, not when they are repeated."""

    def estimate(kept: NDArray[np.bool_]) -> Values:
        some = courses[:, kept]
        effects = shapley_of(_near(inputs[:, kept], some, groups), len(groups), seed)
        parameters = parameter_share(some)
        whole = 1.0 if parameters is None else parameters
        return np.array([*effects, 1.0 - whole, whole - effects.sum()])

    worlds = courses.shape[1]
    point, error = estimate(np.ones(worlds, bool)), jackknife(estimate, worlds)
    return _shared(point, error, len(courses) > 1, "nearest neighbours")


def _by_prediction(inputs: Values, courses: Values, groups: Sequence[Sequence[int]], seed: int) -> Shared:
    """Every part is a ratio of means over worlds, so its error is that of its linearised contributions."""
    found = Predicted(inputs, courses.mean(axis=0), groups)
    effects = shapley_of(found.reduction, len(groups), seed)
    deviations = courses - courses.mean(axis=1, keepdims=True)
    spread = np.mean(deviations**2, axis=0)
    together = deviations[0] * deviations[-1] if len(courses) > 1 else spread
    parts = np.vstack([effects, spread - together, together - effects.sum(axis=0)])
    point = parts.mean(axis=1) / spread.mean()
    error = np.std(parts - point[:, None] * spread, axis=1, ddof=1) / (spread.mean() * math.sqrt(spread.size))
    return _shared(point, error, len(courses) > 1, "prediction of worlds left out")


def _shared(point: Values, error: Values, separate: bool, estimator: str) -> Shared:
    return Shared(
        point[:-2],
        error[:-2],
        float(point[-2]) if separate else None,
        float(error[-2]) if separate else None,
        float(point[-1]),
        float(error[-1]),
        estimator,
    )


def parameter_share(courses: Values) -> float | None:
    """Share of one world's variance that parameters explain: the correlation of two courses of chance; None for one.

    Covariance over the mean of both variances (intraclass correlation, Fisher 1925); 0 where nothing varies.
    """
    if len(courses) < 2:
        return None
    one, other = courses[0], courses[1]
    variance = 0.5 * (np.var(one, ddof=1) + np.var(other, ddof=1))
    if not variance > 0.0:
        return 0.0
    return float(np.mean((one - one.mean()) * (other - other.mean())) * one.size / (one.size - 1) / variance)


def _near(inputs: Values, courses: Values, groups: Sequence[Sequence[int]]) -> Worth:
    """The variance explained is of the mean of courses, as a share of one course's."""
    mean = courses.mean(axis=0)
    scale = float(np.var(mean, ddof=1) / np.var(courses, axis=1, ddof=1).mean())
    return lambda coalition: scale * explained_by(inputs, mean, groups, coalition)

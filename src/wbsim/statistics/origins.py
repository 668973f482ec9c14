"""Which groups of inputs an effect's variance comes from: Shapley effects of groups, from inputs drawn twice.

An effect is a function f(x) of groups of inputs x = (x_1, ..., x_n). With a second, independent draw x' of all of them,
let f_k be the effect where the first k groups of an order come from x' and the others from x; f_0 and f_n are those of
x and x'. The part of group k is the mean over worlds of

    ½ (f_k − f_(k−1)) (f_n − f_0).

The parts of all groups sum to ½ (f_n − f_0)², whose mean is the variance. Each is the average of what the group adds in
the order and in its reverse: ½ (f_0 − f_S)² has as its mean the variance that redrawing the groups S makes (Jansen
1999), and the same runs serve the reverse, seen from x' (Owen 2014; Song, Nelson & Staum 2016; Goda 2021). So an
interaction of two groups is halved between them, as Shapley values have it. Of one of three or more the first and the
last in the order get half each; worlds with different orders average over who stands there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Order = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """`variance` of the effect in its squared unit; `shares` (groups,) of it, which sum to 1, and their errors `mcse`.

    Estimates: a share of nil may come out a little below 0. The errors are Monte Carlo standard errors (jackknife).
    """

    variance: float
    shares: Values
    mcse: Values


def rotations(groups: int) -> tuple[Order, ...]:
    """The orders 0, 1, 2, ...; 1, 2, ..., 0; and so on: every group stands in every place once."""
    return tuple((*range(start, groups), *range(start)) for start in range(groups))


def contributions(steps: Values, order: Order) -> Values:
    """What each group contributes in each world, (groups, worlds), from `steps` (groups + 1, worlds).

    Row k of `steps` is the effect with the first k groups of `order` drawn again. ValueError for another number of
    rows, or for an order that does not hold every group once.
    """
    steps = np.asarray(steps, dtype=float)
    if sorted(order) != list(range(len(order))) or len(steps) != len(order) + 1:
        raise ValueError(
            f"{len(steps)} steps do not fit the order {order}: every group once, and one row more"
        )
    parts = np.empty((len(order), steps.shape[1]))
    parts[list(order)] = 0.5 * np.diff(steps, axis=0) * (steps[-1] - steps[0])
    return parts


def parts(contributed: Values) -> Parts | None:
    """Shares of the groups from their contributions (groups, worlds); None where nothing differs, or with one world."""
    contributed = np.asarray(contributed, dtype=float)
    worlds = contributed.shape[1]
    totals = contributed.sum(axis=1)
    whole = float(totals.sum())
    if worlds < 2 or not whole > 0.0:
        return None
    left = totals[:, None] - contributed
    kept = left.sum(axis=0)
    if not (kept > 0.0).all():  # One world alone differs: leaving it out leaves nothing to share.
        return Parts(whole / worlds, totals / whole, np.full(len(totals), np.inf))
    without = left / kept
    spread = (worlds - 1) / worlds * np.sum((without - without.mean(axis=1, keepdims=True)) ** 2, axis=1)
    return Parts(whole / worlds, totals / whole, np.sqrt(spread))

"""What an effect is by the structure that a world drew, and how much of its variance lies between structures.

Worlds fall into groups by what they drew. Groups hold different worlds, so that their means are independent.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.paired import Better, Difference, Values, difference, gains, monte_carlo_error
from wbsim.statistics.sensitivity.jackknife import jackknife

Groups = NDArray[np.int64]
Verdict = Literal["matters", "does not matter", "unsure"]

#: Monte Carlo errors beyond which the means of two groups are told apart: three and not two, because each policy has
#: about fifty such comparisons, of which two errors would let two or three pass by accident.
APART = 3.0
#: A group of fewer worlds than this has no error worth the name (assumed).
LEAST_WORLDS = 10
#: Parts of the worlds that are left out in turn for the error of a share.
_PARTS = 20


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """Paired difference over the `worlds` of one group; `better` and `worse` count worlds, ties in neither."""

    worlds: int
    better: int
    worse: int
    difference: Difference


@dataclass(frozen=True, slots=True)
class Contrast:
    """The two groups, by number, whose mean differences lie furthest apart, `high` minus `low` in the outcome's unit.

    `mcse` is the Monte Carlo error of `apart`, from the errors of two independent means.
    """

    low: int
    high: int
    apart: float
    mcse: float


@dataclass(frozen=True, slots=True)
class Between:
    """Variance of an effect between groups of worlds, without bias, so that one near nil may come out below zero.

    `within` is the mean variance inside groups, both in the squared unit. `share` is the part between groups of the
    whole, not below 0; `mcse` its Monte Carlo error, before a share below 0 is raised to 0.
    """

    variance: float
    within: float
    share: float
    mcse: float


def effects_by_group(
    policy: Values, baseline: Values, groups: Groups, count: int, better: Better, margin: float
) -> tuple[GroupEffect, ...]:
    """The effect in each of `count` groups; all arrays (worlds,), `groups` with numbers from 0 to count - 1."""
    found = []
    for number in range(count):
        inside = groups == number
        gain = gains(policy[inside], baseline[inside], better)
        found.append(
            GroupEffect(
                int(inside.sum()),
                int((gain > 0).sum()),
                int((gain < 0).sum()),
                difference(policy[inside], baseline[inside], better, margin),
            )
        )
    return tuple(found)


def contrasts(effect: Values, groups: Groups, count: int) -> tuple[Contrast, ...]:
    """Every two of `count` groups with `LEAST_WORLDS` worlds or more, compared by their mean of `effect` (worlds,)."""
    known = {}
    for number in range(count):
        inside = effect[groups == number]
        error = monte_carlo_error(inside)
        if error is not None and inside.size >= LEAST_WORLDS:
            known[number] = (float(np.mean(inside)), error)
    found = []
    for pair in itertools.combinations(known, 2):
        low, high = sorted(pair, key=lambda number: known[number][0])
        apart = known[high][0] - known[low][0]
        found.append(Contrast(low, high, apart, float(np.hypot(known[low][1], known[high][1]))))
    return tuple(found)


def verdict(found: tuple[Contrast, ...], count: int, margin: float) -> Verdict:
    """Whether it matters which of `count` groups a world is in.

    It does where the means of some two groups differ by more than `margin` and by more than `APART` errors. It does
    not where every two, with `APART` errors on top, lie within the margin. Otherwise, also where a group has too few
    worlds, so many worlds cannot tell.
    """
    if any(each.apart > max(margin, APART * each.mcse) for each in found):
        return "matters"
    every = count * (count - 1) // 2
    close = all(each.apart + APART * each.mcse <= margin for each in found)
    return "does not matter" if len(found) == every and close else "unsure"


def between_groups(effect: Values, groups: Groups) -> Between | None:
    """How much of the variance of `effect` (worlds,) lies between `groups` (worlds,), any whole numbers.

    The spread of the groups' means is too large by what chance adds to each mean; that is taken off, with each group's
    own variance (one-way analysis of variance, allowing groups to vary differently; Searle, Casella & McCulloch 1992,
    chapter 3). A group of one world is given the variance of the others. None where nothing varies, where all worlds
    are in one group, or where no group has two worlds.
    """
    parts = _parts(effect, groups)
    if parts is None:
        return None
    variance, within = parts

    def share(kept: NDArray[np.bool_]) -> Values:
        found = _parts(effect[kept], groups[kept])
        return np.array([0.0 if found is None else found[0] / (found[0] + found[1])])

    if variance + within <= 0.0:
        return None
    error = float(jackknife(share, effect.size, _PARTS)[0])
    return Between(variance, within, max(0.0, variance) / (max(0.0, variance) + within), error)


def _parts(effect: Values, groups: Groups) -> tuple[float, float] | None:
    """Variance between groups without bias, and the mean variance within them."""
    _, place, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    several = sizes > 1
    if len(sizes) < 2 or not several.any() or float(np.ptp(effect)) == 0.0:
        return None
    means = np.bincount(place, effect) / sizes
    squares = np.bincount(place, (effect - means[place]) ** 2)
    pooled = squares.sum() / (sizes[several] - 1).sum()
    own = np.where(several, squares / np.maximum(sizes - 1, 1), pooled)
    weights = sizes / effect.size
    spread = np.sum(weights * (means - weights @ means) ** 2)
    by_chance = np.sum((1.0 - weights) * own) / effect.size
    return float(spread - by_chance), float(weights @ own)

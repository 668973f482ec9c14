"""PRIM, the patient rule induction method: peel a box away slice by slice, choose, simplify, paste.

Friedman & Fisher 1999 (Statistics and Computing 9: 123-143); for scenario discovery Bryant & Lempert 2010
(Technological Forecasting and Social Change 77: 34-49). Only the order of an input's values counts, so any monotone
transform of an input gives the same worlds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.discovery.box import Box, Restriction
from wbsim.statistics.discovery.choose import reduce
from wbsim.statistics.discovery.figures import Figures, figures_of
from wbsim.statistics.discovery.paste import paste
from wbsim.statistics.discovery.seeds import seeds

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]

#: Share of a box's worlds that a peel or a paste takes (5 %: Friedman & Fisher's patience), the smallest share of
#: worlds that a box may hold, and the fewest worlds (assumed: below 20 a density has an error beyond 10 points).
PEEL, SMALLEST_SHARE, FEWEST_HELD = 0.05, 0.05, 20
#: Inputs that a box may restrict: more than three no reader holds in mind (Bryant & Lempert 2010).
MOST_DIMENSIONS = 3


@dataclass(frozen=True, slots=True)
class Patience:
    """How boxes are peeled: the share that a peel takes, the smallest box, and the inputs that it may restrict."""

    peel: float = PEEL
    smallest_share: float = SMALLEST_SHARE
    fewest_held: int = FEWEST_HELD
    dimensions: int = MOST_DIMENSIONS

    def smallest(self, worlds: int) -> int:
        """Fewest worlds that a box may hold of so many."""
        return max(self.fewest_held, int(np.ceil(self.smallest_share * worlds)))


@dataclass(frozen=True, slots=True)
class Step:
    """A box of the peeling trajectory, with its figures in the searched worlds."""

    box: Box
    figures: Figures


@dataclass(frozen=True, slots=True)
class Peeled:
    """A search's trajectory, from all worlds to the smallest box, and the box that was chosen.

    `chosen` restricts nothing where no box holds more cases than the base rate gives. `step` is the place in the
    trajectory that it was made from.
    """

    trajectory: tuple[Step, ...]
    chosen: Box
    figures: Figures
    step: int


def prim(values: Values, cases: Worlds, categorical: Worlds, patience: Patience | None = None) -> Peeled:
    """One box of `cases` (worlds,) in `values` (inputs, worlds); `categorical` (inputs,) says which are codes.

    Peeled from all worlds, and from the best boxes in one input alone (see `seeds`). The rule: each box of each
    trajectory is reduced to at most three inputs (see `choose.reduce`); of all these, the one whose worlds correlate
    most with the cases is chosen (phi), of equals the earlier; then it is pasted. The trajectory that it came from is
    handed back.
    """
    patience = patience or Patience()
    starts = seeds(values, cases, categorical, patience.smallest(cases.size))
    trajectories = [peel(values, cases, categorical, patience)]
    trajectories += [
        (trajectories[0][0], *peel(values, cases, categorical, patience, start, patience.dimensions))
        for start in starts
    ]
    best: tuple[float, int, int, Box] = (-np.inf, 0, 0, Box())
    for number, trajectory in enumerate(trajectories):
        for step, each in enumerate(trajectory):
            box = reduce(each.box, values, cases, patience.dimensions)
            reached = figures_of(box.inside(values), cases).correlation
            if reached > best[0]:
                best = (reached, number, step, box)
    _, number, step, box = best
    if box.restrictions:
        box = paste(box, values, cases, patience.peel)
    return Peeled(trajectories[number], box, figures_of(box.inside(values), cases), step)


def peel(
    values: Values,
    cases: Worlds,
    categorical: Worlds,
    patience: Patience,
    start: Box | None = None,
    most: int | None = None,
) -> tuple[Step, ...]:
    """The peeling trajectory: at each step the slice goes whose loss raises the density most per lost world.

    From the box `start`, by default all worlds. With `most`, no box restricts more inputs than that.
    """
    smallest = patience.smallest(cases.size)
    box = start or Box()
    inside = box.inside(values)
    steps = [Step(box, figures_of(inside, cases))]
    while not cases[inside].all():
        allowed = np.arange(len(values))
        if most is not None and len(box.places) >= most:
            allowed = np.array(box.places)
        some = values[np.ix_(allowed, inside)]
        found = _best(some, cases[inside], categorical[allowed], patience.peel, smallest)
        if found is None:
            break
        found = replace(found, place=int(allowed[found.place]))
        box = box.put(_tightened(box.of(found.place), found))
        inside &= found.holds(values[found.place])
        steps.append(Step(box, figures_of(inside, cases)))
    return tuple(steps)


def _tightened(now: Restriction, more: Restriction) -> Restriction:
    return Restriction(
        now.place,
        now.low if more.low is None else more.low,
        now.high if more.high is None else more.high,
        now.kept if more.kept is None else more.kept,
    )


def _best(
    values: Values, cases: Worlds, categorical: Worlds, share: float, smallest: int
) -> Restriction | None:
    """The peel with the largest rise of density per lost world; None where none leaves the smallest box."""
    candidates = _numbers(values, cases, np.flatnonzero(~categorical), share)
    for place in np.flatnonzero(categorical):
        candidates += _categories(values[place], cases, int(place))
    density, worlds = float(cases.mean()), cases.size
    best, best_rise = list[Restriction](), -np.inf
    for restriction, held, hit in candidates:
        if held < smallest or held == worlds:
            continue
        rise = round((hit / held - density) / (worlds - held), 12)
        if rise > best_rise:
            best, best_rise = [], rise
        if rise == best_rise:
            best.append(restriction)
    # Of equals the one that takes the earliest world, so that a falling transform changes nothing either.
    return min(best, key=lambda each: int(np.argmin(each.holds(values[each.place]))), default=None)


_Candidate = tuple[Restriction, int, int]


def _numbers(values: Values, cases: Worlds, places: NDArray[np.int64], share: float) -> list[_Candidate]:
    """A slice from below and one from above for each number, at values that occur; ties go or stay together."""
    if places.size == 0:
        return []
    some = values[places]
    found = list[_Candidate]()
    taken = max(1, int(share * cases.size))
    for sign in (1.0, -1.0):
        rows = sign * some
        bounds = _bounds(rows, taken)
        held = rows >= bounds[:, None]
        counts, hits = held.sum(axis=1), held[:, cases].sum(axis=1)
        for place, bound, count, hit in zip(places, bounds, counts, hits, strict=True):
            restriction = (
                Restriction(int(place), low=float(bound))
                if sign > 0
                else Restriction(int(place), high=float(-bound))
            )
            found.append((restriction, int(count), int(hit)))
    return found


def _bounds(rows: Values, taken: int) -> Values:
    """The value of each row that stays when the `taken` lowest go; with more ties at the bottom, the next higher."""
    taken = min(taken, rows.shape[1] - 1)
    bounds = np.partition(rows, taken, axis=1)[:, taken]
    lowest = rows.min(axis=1)
    for row in np.flatnonzero(bounds == lowest):
        above = rows[row][rows[row] > lowest[row]]
        bounds[row] = above.min(initial=np.inf)
    return np.asarray(bounds)


def _categories(row: Values, cases: Worlds, place: int) -> list[_Candidate]:
    """Each category that occurs, peeled away by itself."""
    codes = np.unique(row)
    found = list[_Candidate]()
    for code in codes if codes.size > 1 else []:
        held = row != code
        kept = tuple(int(other) for other in codes if other != code)
        found.append((Restriction(place, kept=kept), int(held.sum()), int(cases[held].sum())))
    return found

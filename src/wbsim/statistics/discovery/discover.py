"""A whole discovery: screened, searched, searched again in resamples, and re-tested on worlds that no search saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.counted import Counted, counted
from wbsim.statistics.discovery.box import Box, quotable
from wbsim.statistics.discovery.choose import quasi_p
from wbsim.statistics.discovery.figures import Figures, figures_of
from wbsim.statistics.discovery.inputs import Inputs
from wbsim.statistics.discovery.prim import Patience, Step, prim
from wbsim.statistics.discovery.reproduce import RESAMPLES, Reproducibility, reproduce
from wbsim.statistics.discovery.retest import Retest, retest
from wbsim.statistics.discovery.screen import MOST_KEPT, Screened, screen
from wbsim.statistics.discovery.tree import tree

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]
Method = Literal["prim", "tree"]

METHODS: tuple[Method, ...] = ("prim", "tree")
#: Cases, and other worlds, that a search takes at least (assumed: with fewer, the smallest box would be most of them).
FEWEST_EACH = 20
#: Boxes that a method finds at most (assumed: what an adviser can be told).
MOST_BOXES = 3


@dataclass(frozen=True, slots=True)
class Search:
    """How to search: methods, most boxes of each, most inputs kept, resamples, and the patience of PRIM."""

    methods: tuple[Method, ...] = METHODS
    boxes: int = MOST_BOXES
    kept: int = MOST_KEPT
    resamples: int = RESAMPLES
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class Found:
    """A box: its figures in the searched worlds, the quasi-p-value of each restriction, and the re-test.

    `number` counts from 1 within the method. PRIM's second and third box are searched, and counted, without the worlds
    of earlier ones; coverage is always of all cases. Places are those of the inputs that were handed to `discover`.
    """

    method: Method
    number: int
    box: Box
    searched: Figures
    quasi_p: tuple[float, ...]
    retest: Retest


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found. `base` and `fresh_base` count the cases among searched and fresh worlds.

    `trajectory` is that of PRIM's first box; its boxes hold places of inputs as they were handed over; `step` is where
    the box was taken from. `reproducibility.restricted` is of `screened.kept`, in that order. Both None without PRIM.
    """

    base: Counted
    fresh_base: Counted
    screened: Screened
    found: tuple[Found, ...]
    trajectory: tuple[Step, ...]
    step: int | None
    reproducibility: Reproducibility | None

    @property
    def holding(self) -> tuple[Found, ...]:
        """Boxes that held in the fresh worlds."""
        return tuple(each for each in self.found if each.retest.holds)


def halves(worlds: int) -> Worlds:
    """Which worlds, (worlds,), are searched where there are no fresh ones: every other, from the first on."""
    return np.asarray(np.arange(worlds) % 2 == 0)


def discover(
    inputs: Inputs,
    cases: Worlds,
    *,
    seed: int,
    fresh: tuple[Inputs, Worlds] | None = None,
    search: Search | None = None,
) -> Discovery:
    """Search boxes that hold many of the `cases` (worlds,), and re-test them.

    `fresh` are the same inputs in other worlds, with their cases. Without it one half of the worlds is searched and the
    other is fresh. ValueError where shapes don't fit or a kind of world is rarer than `FEWEST_EACH` in the searched
    worlds; InputError where a tree is asked for without scikit-learn.
    """
    search = search or Search()
    _check(inputs, cases, fresh)
    if fresh is None:
        half = halves(cases.size)
        fresh = inputs.worlds(~half), cases[~half]
        inputs, cases = inputs.worlds(half), cases[half]
    few = min(int(cases.sum()), int((~cases).sum()))
    if few < FEWEST_EACH:
        raise ValueError(f"{few} worlds of the rarer kind are searched; it takes {FEWEST_EACH}")
    screened = screen(inputs, cases, seed, search.kept)
    kept = inputs.rows(screened.kept)
    boxes = list[tuple[Method, Box, tuple[Box, ...]]]()
    trajectory: tuple[Step, ...] = ()
    step = again = None
    if "prim" in search.methods:
        covering, trajectory, step = _covering(kept, cases, search)
        boxes += [("prim", box, tuple(covering[:number])) for number, box in enumerate(covering)]
        again = reproduce(kept.values, cases, kept.categorical, seed, search.patience, search.resamples)
    if "tree" in search.methods:
        grown = tree(kept.values, cases, kept.categorical, seed, search.boxes, search.patience)
        boxes += [("tree", quotable(box, kept.values), ()) for box in grown]
    found = _tested(boxes, kept, cases, screened.kept, fresh)
    moved = tuple(Step(each.box.moved(screened.kept), each.figures) for each in trajectory)
    return Discovery(counted(cases), counted(fresh[1]), screened, found, moved, step, again)


def _check(inputs: Inputs, cases: Worlds, fresh: tuple[Inputs, Worlds] | None) -> None:
    pairs = [(inputs, cases)] + ([] if fresh is None else [fresh])
    for some, which in pairs:
        if which.dtype != np.bool_ or which.shape != some.values.shape[1:]:
            raise ValueError(f"cases must be true or false for each of {some.values.shape[1]} worlds")
    if fresh is not None and fresh[0].inputs != inputs.inputs:
        raise ValueError("fresh worlds must have the same inputs")


def _covering(kept: Inputs, cases: Worlds, search: Search) -> tuple[list[Box], tuple[Step, ...], int | None]:
    """PRIM's boxes, each searched in the worlds that earlier ones leave, and the first one's trajectory."""
    left = np.ones(cases.size, dtype=bool)
    boxes, first = list[Box](), None
    while len(boxes) < search.boxes:
        rest = cases[left]
        if min(int(rest.sum()), int((~rest).sum())) < FEWEST_EACH:
            break
        peeled = prim(kept.values[:, left], rest, kept.categorical, search.patience)
        first = first or peeled
        if not peeled.chosen.restrictions:
            break
        boxes.append(quotable(peeled.chosen, kept.values))
        left &= ~boxes[-1].inside(kept.values)
    if first is None:
        return boxes, (), None
    return boxes, first.trajectory, first.step if first.chosen.restrictions else None


def _tested(
    boxes: Sequence[tuple[Method, Box, tuple[Box, ...]]],
    kept: Inputs,
    cases: Worlds,
    places: Sequence[int],
    fresh: tuple[Inputs, Worlds],
) -> tuple[Found, ...]:
    found, numbers = list[Found](), dict[Method, int]()
    for method, box, earlier in boxes:
        left = np.ones(cases.size, dtype=bool)
        for other in earlier:
            left &= ~other.inside(kept.values)
        inside = box.inside(kept.values) & left
        numbers[method] = numbers.get(method, 0) + 1
        moved = box.moved(places)
        again = retest(
            moved, fresh[0].values, fresh[1], len(boxes), [other.moved(places) for other in earlier]
        )
        chances = dict(zip(box.places, quasi_p(box, kept.values[:, left], cases[left]), strict=True))
        order = {int(places[place]): chance for place, chance in chances.items()}
        found.append(
            Found(
                method, numbers[method], moved, figures_of(inside, cases),
                tuple(order[place] for place in moved.places), again,
            )
        )  # fmt: skip
    return tuple(found)

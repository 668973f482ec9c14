"""Boxes counted again in worlds that no search has seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.counted import Counted, counted
from wbsim.statistics.discovery.box import Box
from wbsim.statistics.intervals import Interval, wilson

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]

#: Chance that any of the boxes that are tested together is claimed though none holds more cases (5 %: customary).
ALARM = 0.05


@dataclass(frozen=True, slots=True)
class Retest:
    """A box in fresh worlds. All intervals in `Counted` are 95 % Wilson intervals, the Monte Carlo error.

    `inside` (the density) and `elsewhere`: share of cases among the worlds of the box, and among those outside it;
    for a box found after others, worlds of earlier boxes are left aside. `coverage`: share of all cases that the box
    holds; `mass`: share of worlds. `least` and `most`: interval of inside minus elsewhere (Newcombe 1998), at 95 % for
    all boxes that were tested together (Bonferroni); None without worlds. `holds`: it lies above zero.
    """

    inside: Counted
    elsewhere: Counted
    coverage: Counted
    mass: Counted
    least: float | None
    most: float | None
    holds: bool


def retest(box: Box, values: Values, cases: Worlds, tested: int, earlier: Sequence[Box] = ()) -> Retest:
    """Count `box` in the fresh worlds `values` (inputs, worlds), one of `tested` boxes."""
    left = np.ones(cases.size, dtype=bool)
    for other in earlier:
        left &= ~other.inside(values)
    held = box.inside(values) & left
    inside, elsewhere = counted(cases, held), counted(cases, left & ~held)
    between = _between(inside, elsewhere, 1.0 - ALARM / max(1, tested))
    return Retest(
        inside,
        elsewhere,
        counted(held, cases),
        counted(held),
        None if between is None else between.low,
        None if between is None else between.high,
        between is not None and between.low > 0.0,
    )


def _between(first: Counted, second: Counted, confidence: float) -> Interval | None:
    """Interval of one share minus another in separate worlds (Newcombe 1998, method 10), with any confidence."""
    a, b = (wilson(each.hit, each.worlds, confidence) for each in (first, second))
    if a is None or b is None or first.share is None or second.share is None:
        return None
    apart = first.share - second.share
    return Interval(
        apart - math.hypot(first.share - a.low, b.high - second.share),
        apart + math.hypot(a.high - first.share, second.share - b.low),
    )

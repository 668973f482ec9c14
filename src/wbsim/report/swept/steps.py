"""What changes along a key: from its first value to its last, or from the worst to the best of a list."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.report.swept.curve import Curve, Step, step_of
from wbsim.report.swept.material import Material


@dataclass(frozen=True, slots=True)
class Change:
    """What a scenario's figure differs by between two stops of a key, given by their numbers.

    `pairs`: how many pairs of stops these were chosen from. `told`: the difference is told from its error.
    `flat_from`: the first stop beyond which no further change is; None where there is none but the last. `peak`: a
    stop in between that lies beyond both ends, told from both. `same`: every world is the same at every stop.
    """

    key: str
    scenario: str
    start: int
    end: int
    curve: Curve
    step: Step
    pairs: int
    told: bool
    flat_from: int | None
    peak: int | None
    same: bool


def change_along(material: Material, key: str, scenario: str) -> Change | None:
    """What changes along `key`; None where fewer than two of its stops have figures."""
    axis, curve = material.axis(key), material.curve(key, scenario)
    known = np.flatnonzero(np.isfinite(curve.mean))
    if len(known) < 2:
        return None
    if axis.ordered:
        start, end, pairs = int(known[0]), int(known[-1]), 1
    else:
        order = known[np.argsort(curve.mean[known], kind="stable")]
        start, end, pairs = int(order[0]), int(order[-1]), len(known) * (len(known) - 1) // 2
    step = _step(material, key, scenario, start, end)
    told = step.told_apart(pairs)
    flat = _flat_from(material, key, scenario, known) if axis.ordered and told else None
    peak = _peak(material, key, scenario, curve, known) if axis.ordered else None
    same = all(
        (other := _step(material, key, scenario, start, int(n))).low == other.high == 0.0 for n in known
    )
    return Change(key, scenario, start, end, curve, step, pairs, told, flat, peak, same)


def _step(material: Material, key: str, scenario: str, start: int, end: int) -> Step:
    stops = material.stops(key)
    return step_of(material.values(scenario), stops[start], stops[end], drawn=material.drawn)


def _flat_from(material: Material, key: str, scenario: str, known: NDArray[np.int64]) -> int | None:
    """The first stop after which no later one is told from it; None if that is just the last."""
    for place, number in enumerate(known[:-1]):
        later = (_step(material, key, scenario, int(number), int(n)) for n in known[place + 1 :])
        if not any(each.told_apart() for each in later):
            return int(number)
    return None


def _peak(material: Material, key: str, scenario: str, curve: Curve, known: NDArray[np.int64]) -> int | None:
    """The highest or lowest stop, where it lies in between and is told from both ends."""
    ends = int(known[0]), int(known[-1])
    for number in (int(known[curve.mean[known].argmax()]), int(known[curve.mean[known].argmin()])):
        if number in ends:
            continue
        if all(_step(material, key, scenario, end, number).told_apart(len(known)) for end in ends):
            return number
    return None

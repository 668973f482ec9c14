"""Pasting: widen a box's bounds again where that raises its density."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.discovery.box import Box, Restriction

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]


def paste(box: Box, values: Values, cases: Worlds, share: float) -> Box:
    """`box` widened at one bound after the other, each time by `share` of its worlds, while the density rises.

    Of all bounds the one whose slice raises the density most goes first (Friedman & Fisher 1999, section 8.3).
    """
    inside = box.inside(values)
    density = round(float(cases[inside].mean()), 12) if inside.any() else 0.0
    while True:
        best, first = None, 0
        for wider in _wider(box, values, int(inside.sum()), share):
            held = wider.inside(values)
            reached = round(float(cases[held].mean()), 12)
            # Of equals the one that takes the earliest world in.
            earliest = int(np.argmax(held & ~inside))
            if held.sum() > inside.sum() and (
                reached > density or (best and reached == density and earliest < first)
            ):
                best, density, first = wider, reached, earliest
        if best is None:
            return box
        box, inside = best, best.inside(values)


def _wider(box: Box, values: Values, held: int, share: float) -> list[Box]:
    taken = max(1, int(np.ceil(share * held)))
    found = []
    for each in box.restrictions:
        row = values[each.place][box.put(Restriction(each.place)).inside(values)]
        if each.low is not None:
            allowed = row if each.high is None else row[row <= each.high]
            found.append(box.put(replace(each, low=_next(allowed, each.low, taken))))
        if each.high is not None:
            allowed = row if each.low is None else row[row >= each.low]
            bound = _next(-allowed, -each.high, taken)
            found.append(box.put(replace(each, high=None if bound is None else -bound)))
        if each.kept is not None:
            codes = np.unique(values[each.place]).astype(int).tolist()
            for code in sorted(set(codes) - set(each.kept)):
                kept = tuple(sorted((*each.kept, code)))
                found.append(box.put(replace(each, kept=None if set(codes) <= set(kept) else kept)))
    return found


def _next(row: Values, low: float, taken: int) -> float | None:
    """The lower bound that lets `taken` more worlds in; None where that is all of them."""
    outside = np.sort(row[row < low])[::-1]
    return float(outside[taken - 1]) if outside.size > taken else None

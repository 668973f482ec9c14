"""Restrictions that a box can do without, and how likely each is mere luck."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc

from wbsim.statistics.discovery.box import Box, Restriction, box_of
from wbsim.statistics.discovery.figures import phi

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]

#: Quasi-p-value beyond which a restriction is taken for luck and lifted (5 %: Bryant & Lempert 2010).
LUCK = 0.05


def reduce(box: Box, values: Values, cases: Worlds, dimensions: int) -> Box:
    """`box` without what it can do without: at most so many inputs, no bound that costs correlation, none that is luck.

    First inputs go whole, each time the one that costs the least correlation with the cases, down to `dimensions`; then
    single bounds whose loss costs none; then bounds whose quasi-p-value is above 5 %, the highest first.
    """
    parts = list(box.parts())
    violated = _violated(parts, values)
    while len(places := sorted({part.place for part in parts})) > dimensions:
        owners = np.array([part.place for part in parts])
        gone = np.array([owners == place for place in places])
        stay = ~gone[int(np.argmax(_without(violated, gone, cases)))]
        parts, violated = [part for part, stays in zip(parts, stay, strict=True) if stays], violated[stay]
    while parts:
        without = _without(violated, np.eye(len(parts), dtype=bool), cases)
        best = int(np.argmax(without))
        if without[best] < _without(violated, np.zeros((1, len(parts)), dtype=bool), cases)[0]:
            break
        del parts[best]
        violated = np.delete(violated, best, axis=0)
    while parts:
        chances = [
            _luck(parts[:number] + parts[number + 1 :], parts, values, cases) for number in range(len(parts))
        ]
        worst = int(np.argmax(chances))
        if chances[worst] <= LUCK:
            break
        del parts[worst]
    return box_of(parts)


def quasi_p(box: Box, values: Values, cases: Worlds) -> tuple[float, ...]:
    """For each restricted input: how likely as many cases or more were among the box's worlds, if it did nothing.

    The binomial chance with the density of the box without that restriction (Bryant & Lempert 2010). "Quasi", because
    the restriction was chosen to make it small: it flags luck, and proves nothing.
    """
    parts = box.parts()
    return tuple(
        _luck([part for part in parts if part.place != place], parts, values, cases) for place in box.places
    )


def _luck(wider: Sequence[Restriction], parts: Sequence[Restriction], values: Values, cases: Worlds) -> float:
    """Chance of as many cases in the box of `parts`, at the density of the `wider` one."""
    around, inside = box_of(wider).inside(values), box_of(parts).inside(values)
    hit = int((inside & cases).sum())
    return float(bdtrc(hit - 1, int(inside.sum()), float(cases[around].mean()))) if hit > 0 else 1.0


def _violated(parts: list[Restriction], values: Values) -> Worlds:
    """Which worlds each bound shuts out, (parts, worlds)."""
    return np.array([~part.holds(values[part.place]) for part in parts]).reshape(len(parts), values.shape[1])


def _without(violated: Worlds, gone: Worlds, cases: Worlds) -> Values:
    """Correlation with the cases of the box without each set of bounds: `gone` (sets, parts) says which; (sets,)."""
    total = violated.sum(axis=0)
    held = total - gone.astype(np.int64) @ violated.astype(np.int64) == 0
    hits, worlds = held[:, cases].sum(axis=1), held.sum(axis=1)
    return phi(worlds, hits, int(cases.sum()), cases.size)

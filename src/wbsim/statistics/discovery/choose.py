"""Restrictions that a box can do without, and how likely each is mere luck."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc

from wbsim.statistics.discovery.box import Box, Restriction, box_of
from wbsim.statistics.discovery.figures import excess

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]

#: Quasi-p-value beyond which a restriction is taken for luck and lifted (5 %: Bryant & Lempert 2010).
LUCK = 0.05


def reduce(box: Box, values: Values, cases: Worlds, dimensions: int) -> Box:
    """`box` without what it can do without: at most so many inputs, no bound that costs excess, none that is luck.

    First inputs go whole, each time the one that costs the least excess, down to `dimensions`; then single bounds
    whose loss costs none; then inputs whose quasi-p-value is above 5 %, the highest first.
    """
    parts = list(box.parts())
    while len(places := sorted({part.place for part in parts})) > dimensions:
        without = [_without(parts, values, cases, place=place) for place in places]
        gone = places[int(np.argmax(without))]
        parts = [part for part in parts if part.place != gone]
    while parts:
        now = _excess(_violated(parts, values).sum(axis=0) == 0, cases)
        without = [_without(parts, values, cases, part=number) for number in range(len(parts))]
        best = int(np.argmax(without))
        if without[best] < now:
            break
        del parts[best]
    box = box_of(parts)
    while box.restrictions:
        chances = quasi_p(box, values, cases)
        worst = int(np.argmax(chances))
        if chances[worst] <= LUCK:
            break
        box = box.put(Restriction(box.restrictions[worst].place))
    return box


def quasi_p(box: Box, values: Values, cases: Worlds) -> tuple[float, ...]:
    """For each restriction: how likely as many cases or more were among the box's worlds, if it did nothing.

    The binomial chance with the density of the box without that restriction (Bryant & Lempert 2010). "Quasi", because
    the restriction was chosen to make it small: it flags luck, and proves nothing.
    """
    inside = box.inside(values)
    held, hit = int(inside.sum()), int((inside & cases).sum())
    chances = []
    for each in box.restrictions:
        wider = box.put(Restriction(each.place)).inside(values)
        density = float(cases[wider].mean()) if wider.any() else 0.0
        chances.append(float(bdtrc(hit - 1, held, density)) if hit > 0 else 1.0)
    return tuple(chances)


def _violated(parts: list[Restriction], values: Values) -> Worlds:
    return np.array([~part.holds(values[part.place]) for part in parts]).reshape(len(parts), values.shape[1])


def _without(
    parts: list[Restriction],
    values: Values,
    cases: Worlds,
    *,
    place: int | None = None,
    part: int | None = None,
) -> float:
    """Excess of the box without an input, or without one bound."""
    violated = _violated(parts, values)
    stays = [
        number
        for number, each in enumerate(parts)
        if (each.place != place if part is None else number != part)
    ]
    return _excess(violated[stays].sum(axis=0) == 0, cases)


def _excess(inside: Worlds, cases: Worlds) -> float:
    return round(excess(int((inside & cases).sum()), int(inside.sum()), int(cases.sum()), cases.size), 12)

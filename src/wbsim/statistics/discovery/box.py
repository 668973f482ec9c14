"""A box: worlds in which a few inputs lie within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Restriction:
    """Bounds of the input at `place`: at least `low`, at most `high` (None: unbounded), or one of the `kept` codes."""

    place: int
    low: float | None = None
    high: float | None = None
    kept: tuple[int, ...] | None = None

    @property
    def empty(self) -> bool:
        """Whether it restricts nothing."""
        return self.low is None and self.high is None and self.kept is None

    def holds(self, row: Values) -> Worlds:
        """In which worlds the input's values `row` (worlds,) fulfil it."""
        inside = np.ones(row.shape, dtype=bool)
        if self.low is not None:
            inside &= row >= self.low
        if self.high is not None:
            inside &= row <= self.high
        if self.kept is not None:
            inside &= np.isin(row, np.asarray(self.kept, dtype=np.float64))
        return inside

    def parts(self) -> tuple[Restriction, ...]:
        """Each bound by itself."""
        some = (Restriction(self.place, low=self.low), Restriction(self.place, high=self.high),
                Restriction(self.place, kept=self.kept))  # fmt: skip
        return tuple(each for each in some if not each.empty)


@dataclass(frozen=True, slots=True)
class Box:
    """Restrictions, one an input, in the order of inputs; without any it holds all worlds."""

    restrictions: tuple[Restriction, ...] = ()

    @property
    def places(self) -> tuple[int, ...]:
        """Inputs that are restricted."""
        return tuple(each.place for each in self.restrictions)

    def inside(self, values: Values) -> Worlds:
        """Which worlds of `values` (inputs, worlds) it holds."""
        held = np.ones(values.shape[1], dtype=bool)
        for each in self.restrictions:
            held &= each.holds(values[each.place])
        return held

    def of(self, place: int) -> Restriction:
        """The restriction of one input, empty where there is none."""
        return next((each for each in self.restrictions if each.place == place), Restriction(place))

    def put(self, changed: Restriction) -> Box:
        """The box with another restriction for an input; an empty one lifts it."""
        others = [each for each in self.restrictions if each.place != changed.place]
        more = [] if changed.empty else [changed]
        return Box(tuple(sorted([*others, *more], key=lambda each: each.place)))

    def parts(self) -> tuple[Restriction, ...]:
        """Every bound by itself."""
        return tuple(part for each in self.restrictions for part in each.parts())

    def moved(self, places: Sequence[int]) -> Box:
        """The box for a longer list of inputs, in which input k of this one stands at `places[k]`."""
        moved = [replace(each, place=int(places[each.place])) for each in self.restrictions]
        return Box(tuple(sorted(moved, key=lambda each: each.place)))


def box_of(parts: Sequence[Restriction]) -> Box:
    """The box of bounds that stand by themselves; the tighter holds where two bound the same side."""
    box = Box()
    for part in parts:
        now = box.of(part.place)
        lows = [each for each in (now.low, part.low) if each is not None]
        highs = [each for each in (now.high, part.high) if each is not None]
        kept = now.kept if part.kept is None else part.kept
        if now.kept is not None and part.kept is not None:
            kept = tuple(code for code in now.kept if code in part.kept)
        box = box.put(Restriction(part.place, max(lows, default=None), min(highs, default=None), kept))
    return box


def quotable(box: Box, values: Values) -> Box:
    """The box with bounds of as few digits as hold the very same of the worlds `values` (inputs, worlds).

    A bound lies between the last value outside and the first inside, so what is printed is what was counted with.
    """
    changed = box
    for each in box.restrictions:
        row = values[each.place]
        low, high = each.low, each.high
        if low is not None:
            low = _between(row[row < low].max(initial=-np.inf), row[row >= low].min(initial=np.inf), low)
        if high is not None:
            # The same from the other side.
            high = -_between(
                (-row[row > high]).max(initial=-np.inf), (-row[row <= high]).min(initial=np.inf), -high
            )
        changed = changed.put(replace(each, low=low, high=high))
    return changed


def _between(outside: float, inside: float, bound: float) -> float:
    """The shortest number above `outside` and at most `inside`, of two digits or more; `bound` where there is none."""
    target = inside if np.isfinite(inside) else bound
    for digits in range(2, 17):
        rounded = float(f"{target:.{digits}g}")
        if outside < rounded <= target:
            return rounded
        lower = float(f"{target - abs(target) * 0.5 * 10.0 ** (1 - digits):.{digits}g}")
        if outside < lower <= target:
            return lower
    return bound

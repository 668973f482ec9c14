"""One varied key as an axis: where its values stand, how they are called, and which points of the design they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.sweeps.design import SAMPLED, Design
from wbsim.sweeps.value import LEAVE, NEVER, Value, value_text
from wbsim.tables.calendar import month_number, month_text

#: More different values than this are gathered in bins of about as many points each (assumed: what a curve can show).
MOST_STOPS = 16
#: Bins at most, and points that a bin should have at least (assumed: their mean must mean something).
MOST_BINS, BIN_POINTS = 8, 6
#: Numbers above zero that span this factor, most of them small, stand on a logarithmic axis (assumed).
LOG_FROM = 50.0
#: The name of the axis along which all keys of a list change together.
POINT = "point"

#: A month as text.
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on an axis: its position, its name, and the numbers of the points there."""

    at: float
    label: str
    points: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class KeyAxis:
    """The stops of one key, in order. `ordered`: positions are numbers or months, else places of a list.

    `binned`: a stop gathers several values. `rest` are points that leave the key as the scenario has it
    (one-at-a-time: the common point). `months`: positions are months, as `month_number` counts them.
    """

    key: str
    stops: tuple[Stop, ...]
    ordered: bool = False
    months: bool = False
    log: bool = False
    binned: bool = False
    rest: NDArray[np.int64] | None = None

    @property
    def at(self) -> NDArray[np.float64]:
        """Positions (stops,)."""
        return np.array([stop.at for stop in self.stops])

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the stops."""
        return tuple(stop.label for stop in self.stops)


def moving_keys(design: Design) -> tuple[str, ...]:
    """The keys that take two values or more."""
    columns = zip(*design.points, strict=True)
    return tuple(key for key, values in zip(design.keys, columns, strict=True) if len(set(values)) > 1)


def axis_of(design: Design, key: str) -> KeyAxis:
    """The axis of `key`, or of the points in their order for POINT. KeyError if the design does not vary it."""
    if key == POINT:
        numbers = range(len(design.points))
        return KeyAxis(POINT, tuple(Stop(n, str(n), np.array([n])) for n in numbers))
    if key not in design.keys:
        raise KeyError(f"{key!r} is not varied; varied are {', '.join(design.keys)}")
    place = design.keys.index(key)
    values = [point[place] for point in design.points]
    rest = [n for n, value in enumerate(values) if value == LEAVE]
    if design.kind == "one-at-a-time":  # other keys' points leave this one alone, and are not about it
        rest = [n for n in rest if all(value == LEAVE for value in design.points[n])]
    there = [n for n, value in enumerate(values) if value != LEAVE]
    base = np.array(rest) if rest else None
    positions = _positions([values[n] for n in there])
    if positions is None:
        return KeyAxis(key, _listed(values, there), rest=base)
    months = isinstance(values[there[0]], str)
    different = np.unique(positions)
    binned = len(different) > MOST_STOPS and design.kind in SAMPLED
    stops = _bins(positions, there, months) if binned else _each(values, positions, there)
    low, high = float(different[0]), float(different[-1])
    # Evenly spread numbers that begin near zero span a large factor as well, and belong on a plain axis.
    skewed = float(np.median(different)) < 0.25 * (low + high)
    log = not months and low > 0.0 and high >= LOG_FROM * low and skewed
    return KeyAxis(key, stops, True, months, log, binned, base)


def places_of(design: Design, key: str) -> NDArray[np.float64]:
    """The position of every point (points,) along `key`: its number or month, or the place of its value in the list.

    Points that share a place of a list are moved a little to either side, always by as much.
    """
    place = design.keys.index(key)
    values = [point[place] for point in design.points]
    found = _positions(values)
    if found is not None:
        return found
    different = list(dict.fromkeys(values))
    beside = (np.arange(len(values)) * 0.618) % 1.0 - 0.5
    places: NDArray[np.float64] = np.array([different.index(value) for value in values]) + 0.5 * beside
    return places


def _positions(values: Sequence[Value]) -> NDArray[np.float64] | None:
    """Numbers and months as numbers; None where values have no order (choices, sets, never)."""
    if values and all(isinstance(value, int | float) for value in values):
        return np.array(values, dtype=np.float64)
    if values and all(isinstance(value, str) and MONTH.fullmatch(value) for value in values):
        return np.array([month_number(str(value)) for value in values], dtype=np.float64)
    return None


def _listed(values: Sequence[Value], there: Sequence[int]) -> tuple[Stop, ...]:
    different = list(dict.fromkeys(values[n] for n in there))
    if NEVER in different:  # months first, in their order
        different.sort(key=lambda value: (value == NEVER, str(value)))
    return tuple(
        Stop(place, value_text(value), np.array([n for n in there if values[n] == value]))
        for place, value in enumerate(different)
    )


def _each(values: Sequence[Value], positions: NDArray[np.float64], there: Sequence[int]) -> tuple[Stop, ...]:
    numbers = np.array(there)
    stops = []
    for at in np.unique(positions):
        points = numbers[positions == at]
        stops.append(Stop(float(at), value_text(values[points[0]]), points))
    return tuple(stops)


def _bins(positions: NDArray[np.float64], there: Sequence[int], months: bool) -> tuple[Stop, ...]:
    """Bins with about as many points each; equal values are never parted."""
    count = min(MOST_BINS, max(2, len(positions) // BIN_POINTS))
    edges = np.quantile(positions, np.linspace(0.0, 1.0, count + 1)[1:-1])
    bins, numbers = np.searchsorted(edges, positions, side="right"), np.array(there)
    stops = []
    for each in np.unique(bins):
        inside = positions[bins == each]
        ends = [month_text(int(end)) if months else f"{end:.3g}" for end in (inside.min(), inside.max())]
        label = "\N{EN DASH}".join(dict.fromkeys(ends))
        stops.append(Stop(float(inside.mean()), label, numbers[bins == each]))
    return tuple(stops)

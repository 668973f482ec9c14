"""The values that one key takes: a list, a range, or the distribution of a parameter's prior."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wbsim.sweeps.key import Key
from wbsim.sweeps.value import Value
from wbsim.tables.calendar import month_number, month_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Scale = Literal["linear", "log"]

#: Probabilities at which priors are read stay this far from 0 and 1, where some have no finite value.
EDGE = 2.0**-31


@dataclass(frozen=True, slots=True)
class Listed:
    """Values one by one, each as good as the others in sampled designs."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """All numbers from `low` to `high`, both included; months as `month_number` counts them."""

    low: float
    high: float
    scale: Scale = "linear"


@dataclass(frozen=True, slots=True)
class FromPrior:
    """The parameter's prior, truncated to its range and with the element's centre."""


Spread = Listed | Range | FromPrior


@dataclass(frozen=True, slots=True)
class Varied:
    """A key and the values it takes."""

    key: Key
    spread: Spread


def values_at(varied: Varied, u: Floats) -> list[Value]:
    """The values at points `u` (n,) of the unit interval: equal shares of it for each of what can be counted."""
    spread = varied.spread
    if isinstance(spread, Listed):
        last = len(spread.values) - 1
        return [spread.values[min(int(place * (last + 1)), last)] for place in u.tolist()]
    if isinstance(spread, FromPrior):
        return _from_prior(varied.key, u)
    numbers = [_number(varied.key, spread, place) for place in u.tolist()]
    return [month_text(int(n)) for n in numbers] if varied.key.kind == "month" else [*numbers]


def _number(key: Key, spread: Range, u: float) -> float | int:
    low, high = spread.low, spread.high
    whole = key.kind in ("whole", "month")
    if whole:  # each whole number has the same share, the ends as well
        low, high = low - 0.5, high + 0.5
    if spread.scale == "log":
        number = math.exp(math.log(low) + u * (math.log(high) - math.log(low)))
    else:
        number = low + u * (high - low)
    if not whole:
        return min(max(number, spread.low), spread.high)
    return as_lever(key, min(max(math.floor(number + 0.5), spread.low), spread.high))


def as_lever(key: Key, number: float) -> float | int:
    """A whole number in the type that scenarios hold it in: a lever that allows fractions holds floats."""
    return float(number) if key.lever is not None and key.lever.kind == "number" else int(number)


def month_range(low: str, high: str) -> Range:
    """All months from `low` to `high`."""
    return Range(month_number(low), month_number(high))


def _from_prior(key: Key, u: Floats) -> list[Value]:
    import numpy as np

    from wbsim.chance.priors import quantile

    parameter = key.parameter
    assert parameter is not None
    element = key.element or 0  # without an element, all have the same centre: `read_spec` sees to it
    centre = parameter.centres[element] if parameter.centres else None
    inner = np.clip(u, EDGE, 1.0 - EDGE)
    values: list[Value] = quantile(parameter.prior, parameter.low, parameter.high, inner, centre).tolist()
    return values

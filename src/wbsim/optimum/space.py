"""The levers that are searched: a number from 0 to 1 for each key, turned into its value.

Every kind of lever takes equal shares of the unit interval for its values (`wbsim.sweeps.spread.values_at`), so that
one crossover and one mutation serve numbers, whole numbers, months, choices and sets alike. Candidates are told apart
by their values, not by these numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError
from wbsim.scenario.schema import Scenario
from wbsim.sweeps.check_points import check_points
from wbsim.sweeps.design import Design
from wbsim.sweeps.spread import Varied, values_at
from wbsim.sweeps.value import LEAVE, Value
from wbsim.tables.record import MechanismRecord

Floats = NDArray[np.float64]
Point = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Space:
    """Keys with their values, and the scenario whose rules candidates must keep."""

    varied: tuple[Varied, ...]
    scenario: Scenario
    mechanisms: Mapping[str, MechanismRecord]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, in the order of a point's values."""
        return tuple(each.key.name for each in self.varied)

    @property
    def own(self) -> Point:
        """The scenario's own levers, as written in its file."""
        return (LEAVE,) * len(self.varied)

    def points(self, unit: Floats) -> list[Point]:
        """The candidates at `unit` (n, keys); numbers are rounded to six digits, so that files and tables hold them."""
        columns = [values_at(each, unit[:, place]) for place, each in enumerate(self.varied)]
        return [tuple(_short(value) for value in row) for row in zip(*columns, strict=True)]

    def allowed(self, point: Point) -> bool:
        """Whether the scenario keeps its rules with these levers: what breaks one is never simulated."""
        try:
            check_points(self.design([point]), [self.scenario], self.mechanisms)
        except InputError:
            return False
        return True

    def design(self, points: Sequence[Point]) -> Design:
        """The candidates as a design."""
        return Design("list", self.keys, tuple(points))


def _short(value: Value) -> Value:
    return float(f"{value:.6g}") if isinstance(value, float) else value

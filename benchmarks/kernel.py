"""The citizens' kernel alone: exactly the call that the model makes in a month, replayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Self
from unittest.mock import patch

import numpy as np

from wbsim import kernels
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.model.geography import geography
from wbsim.model.region import Region
from wbsim.model.traits import traits
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run


class Call(NamedTuple):
    """The arguments of `update_citizens`."""

    citizens: kernels.Citizens
    people: kernels.People
    habits: kernels.Habits
    forcings: kernels.Forcings
    congruent: bool
    first: int
    moment: np.uint64
    k0: np.uint64
    k1: np.uint64

    def copy(self) -> Self:
        """The same with arrays of its own."""
        return self._make(_own(value) for value in self)


@dataclass(frozen=True, slots=True)
class Month:
    """The kernel's call in one month of `worlds` worlds with N `citizens` a state."""

    call: Call
    worlds: int
    citizens: int

    @property
    def updates(self) -> int:
        """Attitude updates of the month; trust in the own state, which no rule reads, is counted though not moved."""
        return int(self.call.citizens.attitudes.shape[1] * self.worlds * self.citizens * kernels.ROWS)

    def run(self) -> None:
        kernels.update_citizens(*self.call)


def region(worlds: int, citizens: int, seed: int = 1) -> Region:
    """The status quo at its reference month."""
    scenario = with_run(load("status-quo"), citizens=citizens)
    chance = Chance(seed, 0, worlds)
    people = traits(citizens, chance, geography())
    return Region(scenario, chance, draw_parameters(scenario.assumptions, chance), people)


def record_month(worlds: int, citizens: int, months: int = 16) -> Month:
    """Simulate `months` months and record the kernel's call in the last one (the 16th is in the spring of 2022)."""
    subject = region(worlds, citizens)
    real, calls = kernels.update_citizens, []

    def record(*values: Any) -> None:
        calls.append(Call(*values).copy())
        real(*values)

    for _ in range(months - 1):
        subject.step()
    with patch.object(kernels, "update_citizens", record):
        subject.step()
    subject.forget()
    (call,) = calls
    return Month(call, worlds, citizens)


def _own(value: Any) -> Any:
    if isinstance(value, tuple):
        return type(value)(*map(_own, value))
    return value.copy() if isinstance(value, np.ndarray) else value

"""The citizens' kernel alone: exactly the calls that the model makes in a month, replayed."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Any
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

Call = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Month:
    """The kernel's six calls (one a state) in one month of `worlds` worlds with `citizens` a state."""

    calls: tuple[Call, ...]
    worlds: int
    citizens: int

    @property
    def updates(self) -> int:
        """Attitude updates of the month."""
        return int(len(self.calls) * self.worlds * self.citizens * kernels.ROWS)

    def run(self) -> None:
        for call in self.calls:
            kernels.update_citizens(*call.values())


def region(worlds: int, citizens: int, seed: int = 1) -> Region:
    """The status quo at its reference month."""
    scenario = with_run(load("status-quo"), citizens=citizens)
    chance = Chance(seed, 0, worlds)
    people = traits(citizens, chance, geography())
    return Region(scenario, chance, draw_parameters(scenario.assumptions, chance), people)


def record_month(worlds: int, citizens: int, months: int = 16) -> Month:
    """Simulate `months` months and record the kernel's calls in the last one (the 16th is in the spring of 2022)."""
    subject = region(worlds, citizens)
    names = list(inspect.signature(kernels.update_citizens.py_func).parameters)
    real, calls = kernels.update_citizens, []

    def record(*values: object) -> None:
        calls.append(dict(zip(names, values, strict=True)))
        real(*values)

    for _ in range(months - 1):
        subject.step()
    with patch.object(kernels, "update_citizens", record):
        subject.step()
    held = tuple({name: _own(value) for name, value in call.items()} for call in calls)
    subject.forget()
    return Month(held, worlds, citizens)


def _own(value: object) -> object:
    return value.copy() if isinstance(value, np.ndarray) else value

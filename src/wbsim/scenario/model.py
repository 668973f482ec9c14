"""A model as a plugin may register it, to be swept like wbsim's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.record import Outcome

#: The name of wbsim's own model.
OWN = "wbsim"


@dataclass(frozen=True, slots=True)
class Model:
    """A model that takes scenarios and gives worlds.

    `simulate(scenarios, seed, first, count, registry)` returns a block for each of the scenarios, which share their
    assumptions: `regional` (count, months, outcomes), `states` and `dyads` (count, years, ..., values; they may hold
    nothing), and `failed`, the error of each failed world by its number. It is a function, or "module:name" of one.
    `outcomes` are the records of what is measured, by name and in the order of the values; only their `summary` and
    `better` matter here. `months`: how many months from 2021-01 on are simulated, None for those of the scenario.
    `block` worlds are best simulated at once; `together` worlds of all scenarios are best kept as one chunk. Neither
    changes a result.
    """

    name: str
    simulate: Callable[..., Any] | str = field(repr=False)
    outcomes: Mapping[str, Outcome] = field(repr=False)
    months: int | None = None
    block: int = 64
    together: int = 256


MODEL = Model(OWN, "wbsim.model.simulate:simulate", OUTCOMES)

"""The uncertain numbers that the worlds of a table had, drawn once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.experiment import Table
from wbsim.scenario.posterior import learnt
from wbsim.tables.parameters import PARAMETERS, elements
from wbsim.tables.record import Parameter, Prior

if TYPE_CHECKING:
    from wbsim.scenario.schema import Assumptions

Values = NDArray[np.float64]

#: Where a number's values came from: a prior of the table, the fitted posterior, or a distribution of the scenario's.
Origin = Literal["prior", "posterior", "scenario"]


@dataclass(frozen=True, slots=True)
class Number:
    """One uncertain number: `key` is its parameter's name, or name and element. `learnt`: how much data narrowed it.

    `learnt` is 0 (nothing) to 1 (everything), None for a number that was not drawn from a posterior. `law`: the
    distribution of the scenario's that it was drawn from, None for any other.
    """

    key: str
    parameter: Parameter
    origin: Origin
    learnt: float | None

    law: Prior | None = None

    @property
    def sign_imposed(self) -> bool:
        """Whether the direction of its effect cannot turn, under the scenario's own `law` where there is one."""
        record = self.parameter
        return record.sign_imposed if self.law is None else record.sign_imposed_by(self.law)

    @property
    def element(self) -> str:
        """Which element of the parameter it is; empty for a parameter that is one number."""
        return self.key.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Numbers that differ between worlds, and their `values` (numbers, sound worlds)."""

    numbers: tuple[Number, ...]
    values: Values


def drawn(table: Table, seed: int) -> Drawn | None:
    """Every number that differs between the sound worlds of `table`, which `seed` gave their draws.

    None where the scenarios want a posterior and none is at hand, so that the draws are not known.
    """
    from wbsim.chance.counter import Chance
    from wbsim.chance.draws import draw_parameters

    assumptions = table.scenarios[0].assumptions
    if assumptions.fitted and assumptions.posterior is None:
        return None
    draws = draw_parameters(assumptions, Chance(seed, table.first, table.figures.shape[2]))
    narrowed = learnt(assumptions.posterior) if assumptions.fitted and assumptions.posterior else {}
    numbers, rows = list[Number](), list[Values]()
    for parameter in PARAMETERS.values():
        columns = draws[parameter.name].reshape(table.figures.shape[2], -1)[table.sound].T
        for key, values in zip(elements(parameter), columns, strict=True):
            # Trust of a state in itself is no number of the model.
            if not _of_itself(key) and values.size and float(np.ptp(values)) > 0.0:
                numbers.append(_number(key, parameter, assumptions, narrowed))
                rows.append(values)
    return Drawn(tuple(numbers), np.array(rows).reshape(len(rows), int(table.sound.sum())))


def _of_itself(key: str) -> bool:
    pair = key.partition(".")[2].split(">")
    return len(pair) == 2 and pair[0] == pair[1]


def _number(
    key: str, parameter: Parameter, assumptions: Assumptions, narrowed: Mapping[str, float]
) -> Number:
    assumed = assumptions.of(parameter.name, key.partition(".")[2] or None)
    if not isinstance(assumed, str):
        return Number(key, parameter, "scenario", None, assumed)
    if assumed == "posterior" and key in narrowed:
        return Number(key, parameter, "posterior", narrowed[key])
    return Number(key, parameter, "prior", None)

"""One value of every uncertain parameter for each world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import NO_MONTH, Chance, Stream
from wbsim.chance.priors import quantile
from wbsim.errors import InputError
from wbsim.scenario.schema import Assumptions
from wbsim.tables.parameters import AXES, PARAMETERS
from wbsim.tables.record import Parameter, Prior

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Draws:
    """Parameter values by name: (R,), or (R, n) with an axis; (R, 6, 6) for directed pairs, (R, 6, 10) for threats."""

    values: Mapping[str, Floats]

    def __getitem__(self, name: str) -> Floats:
        return self.values[name]

    def world(self, number: int) -> dict[str, object]:
        """All values of one world as plain numbers and lists."""
        return {name: values[number].tolist() for name, values in self.values.items()}


def draw_parameters(assumptions: Assumptions, chance: Chance) -> Draws:
    """Draw every parameter of the table through the quantile function of its prior, or of what is assumed instead.

    The uniform behind a value depends on seed, world, the parameter's name and the element alone, so that fixing one
    parameter leaves every other draw as it is.
    """
    return Draws({name: _draw(parameter, assumptions, chance) for name, parameter in PARAMETERS.items()})


def _draw(parameter: Parameter, assumptions: Assumptions, chance: Chance) -> Floats:
    names = AXES[parameter.axis] if parameter.axis else ("",)
    agent = np.array([crc32(parameter.name.encode())])
    u = chance.uniform(Stream.PARAMETERS, NO_MONTH, agent, len(names))[:, 0, :]
    columns = []
    for number, element in enumerate(names):
        assumed = assumptions.of(parameter.name, element or None)
        if assumed == "posterior":
            raise InputError("no posterior is at hand: choose source = 'prior'")
        if isinstance(assumed, Prior):
            prior, centre = assumed, None
        else:
            prior, centre = parameter.prior, parameter.centres[number] if parameter.centres else None
        columns.append(quantile(prior, parameter.low, parameter.high, u[:, number].copy(), centre))
    if parameter.axis is None:
        return columns[0]
    values = np.stack(columns, axis=1)
    if parameter.axis == "directed-pair":
        return values.reshape(-1, 6, 6)
    if parameter.axis == "state-threat":
        return values.reshape(-1, 6, 10)
    return values

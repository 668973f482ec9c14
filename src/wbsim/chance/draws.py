"""One value of every uncertain parameter, and one choice of every structural alternative, for each world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import NO_MONTH, Chance, Stream
from wbsim.chance.fitted import posterior_of
from wbsim.chance.posterior import Points
from wbsim.chance.priors import quantile
from wbsim.errors import InputError
from wbsim.scenario.schema import Assumptions, Redraw
from wbsim.tables.parameters import AXES, PARAMETERS, elements
from wbsim.tables.record import Parameter, Prior
from wbsim.tables.structures import STRUCTURE, STRUCTURES

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Draws:
    """Parameter values by name: (R,), or (R, n) with an axis; (R, 6, 6) for directed pairs, (R, 6, 10) for threats.

    A structural alternative's values (R,) are positions of its choices in the table, from 0 on.
    """

    values: Mapping[str, Floats]

    def __getitem__(self, name: str) -> Floats:
        return self.values[name]

    def world(self, number: int) -> dict[str, object]:
        """All values of one world as plain numbers and lists."""
        return {name: values[number].tolist() for name, values in self.values.items()}


def draw_parameters(assumptions: Assumptions, chance: Chance, points: Points | None = None) -> Draws:
    """Draw every parameter of the table through the quantile function of its prior, or of what is assumed instead.

    Every structural alternative is drawn by its weights. The uniform behind a value depends on seed, world, the name
    and the element alone, so that fixing one leaves every other draw as it is. Numbers that come from the posterior
    take their probabilities from `points`, by default the posterior's that the assumptions name; a number that is not
    calibrated has its prior for posterior. Groups that the assumptions have redrawn come from another seed, each
    world's from the same world of it.
    """
    if points is None and assumptions.fitted and assumptions.posterior is not None:
        points = posterior_of(assumptions.posterior)
    source = _sources(assumptions.redrawn, chance, points)
    values = {
        name: _draw(parameter, assumptions, points, source(parameter.grade))
        for name, parameter in PARAMETERS.items()
    }
    return Draws(values | draw_structures(assumptions, chance))


def draw_structures(assumptions: Assumptions, chance: Chance) -> dict[str, Floats]:
    """Positions (R,) of the choices that each world draws, by the name of the structural alternative."""
    source = _sources(assumptions.redrawn, chance, None)(STRUCTURE)
    return {name: _choose(assumptions.structures[name], source.uniform(name)[:, 0]) for name in STRUCTURES}


def _choose(weights: tuple[float, ...], u: Floats) -> Floats:
    cumulated = np.cumsum(weights)
    # Divided by its own last element, so that rounding can never let a uniform fall beyond the last choice.
    return np.searchsorted(cumulated / cumulated[-1], u, side="right").astype(np.float64)


@dataclass(frozen=True)
class _Source:
    """Where the draws of a group come from: the run's chance, or `again` in the worlds of the mask `redrawn` (R,).

    `rows` (R,) are the points that worlds take, None without any.
    """

    chance: Chance
    rows: Integers | None
    again: Chance | None = None
    redrawn: Flags | None = None

    def uniform(self, name: str, width: int = 1) -> Floats:
        """Uniforms (R, width) behind the numbers called `name`."""
        agent = np.array([crc32(name.encode())])
        own = self.chance.uniform(Stream.PARAMETERS, NO_MONTH, agent, width)[:, 0, :]
        if self.again is None or self.redrawn is None:
            return own
        other = self.again.uniform(Stream.PARAMETERS, NO_MONTH, agent, width)[:, 0, :]
        return np.where(self.redrawn[:, None], other, own)


def _sources(redrawn: Redraw | None, chance: Chance, points: Points | None) -> Callable[[str], _Source]:
    """The source of each group of numbers, by the group's name."""
    rows = None if points is None else points.rows(chance)
    if redrawn is None:
        own = _Source(chance, rows)
        return lambda _: own
    again = Chance(redrawn.seed, chance.first, chance.count)
    others = None if points is None else points.rows(again)
    order = (chance.first + np.arange(chance.count)) % len(redrawn.orders)

    def source(group: str) -> _Source:
        mask = np.array(redrawn.takes(group))[order]
        mixed = None if rows is None or others is None else np.where(mask, others, rows)
        return _Source(chance, mixed, again, mask)

    return source


def _draw(parameter: Parameter, assumptions: Assumptions, points: Points | None, source: _Source) -> Floats:
    names = AXES[parameter.axis] if parameter.axis else ("",)
    u = source.uniform(parameter.name, len(names))
    columns = []
    for number, (element, key) in enumerate(zip(names, elements(parameter), strict=True)):
        assumed = assumptions.of(parameter.name, element or None)
        chances = u[:, number].copy()
        if assumed == "posterior":
            if points is None or source.rows is None:
                raise InputError("no posterior is at hand: choose source = 'prior'")
            fitted = points.probabilities(key, source.rows)
            chances = chances if fitted is None else fitted
        if isinstance(assumed, Prior):
            prior, centre = assumed, None
        else:
            prior, centre = parameter.prior, parameter.centres[number] if parameter.centres else None
        columns.append(quantile(prior, parameter.low, parameter.high, chances, centre))
    if parameter.axis is None:
        return columns[0]
    values = np.stack(columns, axis=1)
    if parameter.axis == "directed-pair":
        return values.reshape(-1, 6, 6)
    if parameter.axis == "state-threat":
        return values.reshape(-1, 6, 10)
    return values

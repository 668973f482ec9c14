"""A model so small that what a sweep itself costs can be seen: 12 months, 10 outcomes, a few operations a world."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from wbsim.chance.counter import NO_MONTH, Chance, Stream
from wbsim.scenario.model import Model
from wbsim.tables.outcomes import OUTCOMES

MONTHS = 12
RECORDS = {
    name: replace(OUTCOMES[name], summary=("mean", "sum", "last")[number % 3])
    for number, name in enumerate(tuple(OUTCOMES)[:10])
}


@dataclass(frozen=True)
class Block:
    """What the model returns for one scenario."""

    regional: np.ndarray
    states: np.ndarray
    dyads: np.ndarray
    failed: dict[int, str] = field(default_factory=dict)


def simulate(scenarios, seed, first, count, registry=None):
    """A random walk whose slope is the number of meetings a year; three worlds at every point go wrong."""
    chance = Chance(seed, first, count)
    steps = chance.uniform(Stream.PARAMETERS, NO_MONTH, np.array([1]), MONTHS)[:, 0]
    walk = np.cumsum(steps - 0.5, axis=1, dtype=np.float64)[:, :, None] * np.linspace(1.0, 2.0, len(RECORDS))
    nothing = np.empty((count, 0, 0, 0), np.float32)
    return [
        Block((walk + _slope(scenario)).astype(np.float32), nothing, nothing) for scenario in scenarios
    ]


def _slope(scenario) -> float:
    return sum(float(policy.levers.get("meetings_per_year", 0.0)) for policy in scenario.policies)


TINY = Model("tiny", simulate, RECORDS, months=MONTHS, block=1000, together=8192)

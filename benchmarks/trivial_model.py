"""One trivial model for all tools: a random walk of 12 months, read off as 10 outcomes.

For wbsim it is a plugin that registers a model; for the others it is one run of one world.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from wbsim.chance.counter import NO_MONTH, Chance, Stream
from wbsim.scenario.model import Model
from wbsim.tables.outcomes import OUTCOMES

MONTHS, COUNT = 12, 10
RECORDS = {name: replace(OUTCOMES[name], summary="last") for name in tuple(OUTCOMES)[:COUNT]}
SCALES = np.linspace(1.0, 2.0, COUNT)


@dataclass(frozen=True)
class Block:
    """Worlds of one scenario."""

    regional: np.ndarray
    states: np.ndarray
    dyads: np.ndarray
    failed: dict[int, str] = field(default_factory=dict)


def simulate(scenarios, seed, first, count, registry=None):
    """All worlds as one array."""
    steps = Chance(seed, first, count).uniform(Stream.PARAMETERS, NO_MONTH, np.array([1]), MONTHS)[:, 0]
    walk = np.cumsum(steps - 0.5, axis=1)[:, :, None] * SCALES
    nothing = np.empty((count, 0, 0, 0), np.float32)
    return [Block((walk + shift(each)).astype(np.float32), nothing, nothing) for each in scenarios]


def shift(scenario) -> float:
    """What the levers change."""
    return sum(float(policy.levers.get("transparency", 0.0)) for policy in scenario.policies)


def one_run(transparency: float, seed: int) -> list[float]:
    """One world as a plain function."""
    walk = np.cumsum(np.random.default_rng(seed).random(MONTHS) - 0.5)
    return (walk[-1] * SCALES + transparency).tolist()


TRIVIAL = Model("trivial", simulate, RECORDS, months=MONTHS, block=1000, together=8192)

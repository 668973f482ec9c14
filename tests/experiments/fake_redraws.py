"""A stand-in whose effect is made of known numbers: one parameter of each grade, and chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tests.experiments.fake_model import COOPERATION, FakeBlock, simulate
from wbsim.chance.counter import WHOLE, Chance
from wbsim.chance.draws import draw_parameters
from wbsim.scenario.schema import Assumptions, Scenario
from wbsim.tables.parameters import PARAMETERS

#: A parameter of each grade, without an axis: (name, weight of its standard score in the effect).
WEIGHTS = {
    "region": ("trust_base", 1.0),
    "elsewhere": ("iisg_lag", 0.0),
    "analogy": ("kin_solidarity", 2.0),
    "assumed": ("election_boost", 3.0),
}
PRIOR = Assumptions(source="prior")
_STREAM = 1001
assert all(PARAMETERS[name].grade == grade for grade, (name, _) in WEIGHTS.items())


@lru_cache
def _moments() -> dict[str, tuple[float, float]]:
    """Mean and standard deviation of each parameter under its prior."""
    many = draw_parameters(PRIOR, Chance(0, 0, 4000))
    return {name: (float(many[name].mean()), float(many[name].std())) for name, _ in WEIGHTS.values()}


def scores(each: Scenario, seed: int, first: int, count: int) -> dict[str, NDArray[np.float64]]:
    """Standard scores (worlds,) of the parameters and of chance, as a scenario's settings have them drawn."""
    draws = draw_parameters(each.assumptions, Chance(seed, first, count))
    found = {}
    for grade, (name, _) in WEIGHTS.items():
        mean, spread = _moments()[name]
        found[grade] = (draws[name] - mean) / spread
    course = seed if each.run.chance_seed is None else each.run.chance_seed
    found["chance"] = Chance(course, first, count).normal(_STREAM, 0, WHOLE)[:, 0, 0]
    return found


def _made(
    scenarios: Sequence[Scenario],
    seed: int,
    first: int,
    count: int,
    effect: Callable[[dict[str, NDArray[np.float64]]], NDArray[np.float64]],
) -> tuple[FakeBlock, ...]:
    blocks = simulate(scenarios, seed, first, count)
    for block, each in zip(blocks, scenarios, strict=True):
        block.regional[:, :, COOPERATION] = 0.0
        if each.policies:
            values = effect(scores(each, seed, first, count))
            block.regional[:, :, COOPERATION] = values[:, None].astype(np.float32)
    return blocks


def additive(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Effects on cooperation of variance 1 (region), 4 (analogy), 9 (assumed) and 6 (chance)."""
    return _made(
        scenarios,
        seed,
        first,
        count,
        lambda x: sum((w * x[g] for g, (_, w) in WEIGHTS.items()), np.sqrt(6) * x["chance"]),
    )


def chance_alone(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """An effect that no parameter has to do with."""
    return _made(scenarios, seed, first, count, lambda x: x["chance"])


def without_chance(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """An effect that chance has nothing to do with."""
    return _made(scenarios, seed, first, count, lambda x: x["region"] + x["assumed"] * x["analogy"])

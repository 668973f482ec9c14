"""A stand-in for the model in which policies change cooperation by what two parameters and chance say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tests.experiments.fake_model import COOPERATION, FakeBlock
from tests.experiments.fake_model import simulate as without_effects
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.scenario.schema import Scenario

#: The number that matters, half as much a second one, and the standard deviation of chance.
STRONG, WEAK, CHANCE = "loss_weight", "news_reaction", 0.05


def simulate(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Under a policy: 0.2 (log of STRONG - its mean) + 0.1 (log of WEAK - its mean) + chance."""
    blocks = without_effects(scenarios, seed, first, count, registry)
    found = []
    for block, each in zip(blocks, scenarios, strict=True):
        regional = block.regional.copy()
        draws = draw_parameters(each.assumptions, Chance(seed, first, count))
        course = each.run.chance_seed or seed
        luck = [np.random.default_rng([course, first + world]).normal() for world in range(count)]
        effect = 0.2 * (np.log(draws[STRONG]) - np.log(2.0)) + 0.1 * (np.log(draws[WEAK]) - np.log(0.12))
        effect += CHANCE * np.array(luck)
        if each.policies:
            regional[:, :, COOPERATION] += effect[:, None].astype(np.float32) - np.float32(0.1)
        found.append(replace(block, regional=regional))
    return tuple(found)


def one_world_in_four_fails(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Every fourth world fails under every policy."""
    return _failing(simulate(scenarios, seed, first, count, registry), scenarios, first, count, 4)


def one_world_in_forty_fails(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Every fortieth world fails under every policy."""
    return _failing(simulate(scenarios, seed, first, count, registry), scenarios, first, count, 40)


def _failing(
    blocks: Sequence[FakeBlock], scenarios: Sequence[Scenario], first: int, count: int, every: int
) -> tuple[FakeBlock, ...]:
    failed = {world: "an error" for world in range(first, first + count) if world % every == 1}
    return tuple(
        replace(block, failed=failed) if each.policies else block
        for block, each in zip(blocks, scenarios, strict=True)
    )

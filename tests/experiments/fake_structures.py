"""A stand-in for the model in which a forum does what the structure that a world drew lets it do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tests.experiments import fake_model
from tests.experiments.fake_model import COOPERATION, FakeBlock
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_structures
from wbsim.scenario.schema import Scenario

#: First month in which policies act, and the standard deviation of an effect between worlds of one structure.
START, NOISE = 24, 0.02
#: What a forum adds to cooperation by the choice of its channel: none, grows, secretariat.
ADDED = np.array([0.0, 0.1, 0.04])


def simulate(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Noise of (seed, world); a forum adds ADDED with NOISE to cooperation, and nothing at all without a channel."""
    blocks = []
    for each in scenarios:
        (block,) = fake_model.simulate([each.model_copy(update={"policies": ()})], seed, first, count)
        channel = draw_structures(each.assumptions, Chance(seed, first, count))["forum_channel"].astype(int)
        noise = [np.random.default_rng([seed, first + n, 7]).normal(0.0, NOISE) for n in range(count)]
        if any(policy.mechanism == "forum" for policy in each.policies):
            moved = np.where(channel > 0, ADDED[channel] + np.array(noise), 0.0)
            block.regional[:, START:, COOPERATION] += moved[:, None].astype(np.float32)
        blocks.append(replace(block, scenario=each.name))
    return tuple(blocks)


def chance_alone(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """As `simulate`, but a forum adds 0.05 with a noise of 0.2 whatever structure a world drew."""
    blocks = []
    for each in scenarios:
        (block,) = fake_model.simulate([each.model_copy(update={"policies": ()})], seed, first, count)
        if each.policies:
            noise = [np.random.default_rng([seed, first + n, 7]).normal(0.05, 0.2) for n in range(count)]
            block.regional[:, START:, COOPERATION] += np.array(noise, np.float32)[:, None]
        blocks.append(replace(block, scenario=each.name))
    return tuple(blocks)


def world_3_is_not_finite(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """As `simulate`, but world 3 fails under the forum."""
    blocks = []
    for block in simulate(scenarios, seed, first, count, registry):
        fails = block.scenario == "forum" and first <= 3 < first + count
        if fails:
            block.regional[3 - first] = np.nan
        blocks.append(replace(block, failed={3: "cooperation is not finite"} if fails else {}))
    return tuple(blocks)

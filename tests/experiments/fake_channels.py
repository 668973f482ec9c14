"""A stand-in for the model whose channels and assumptions do what the tests say they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tests.experiments import fake_model
from tests.experiments.fake_model import COOPERATION, FakeBlock
from wbsim.scenario.schema import Policy, Scenario

#: First month in which policies act.
START = 24


def added(policies: Sequence[Policy]) -> float:
    """What policies add to cooperation: a game that is worked out by hand in the tests.

    A forum costs 0.01. Dialogue adds 0.04. Commitments add 0.02, and 0.06 more where they are observed
    (transparency). Priorities add 0.08 where there is result-based IISG, whose incentive adds 0.05.
    """
    whole = 0.0
    mechanisms = {policy.mechanism for policy in policies}
    for policy in policies:
        on = lambda channel, policy=policy: channel not in policy.without  # noqa: E731
        if policy.mechanism == "forum":
            whole += -0.01 + 0.04 * on("dialogue") + 0.02 * on("commitments")
            whole += 0.06 * (on("commitments") and on("transparency"))
            whole += 0.08 * (on("priorities") and "iisg-results" in mechanisms)
        elif policy.mechanism == "iisg-results":
            whole += 0.05 * on("incentive")
    return whole


def simulate(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Noise of (seed, world); cooperation as `added` says, times a number of each world that is 1 on average."""
    blocks = []
    for each in scenarios:
        plain = each.model_copy(update={"policies": ()})
        (block,) = fake_model.simulate([plain], seed, first, count)
        scale = np.array([1.0 + 0.5 * (-1) ** (first + n) for n in range(count)], np.float32)
        block.regional[:, START:, COOPERATION] += np.float32(added(each.policies)) * scale[:, None]
        blocks.append(replace(block, scenario=each.name))
    return tuple(blocks)


def world_2_fails_without_dialogue(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """As `simulate`, but world 2 of every forum without dialogue is not finite."""
    blocks = []
    for each, block in zip(scenarios, simulate(scenarios, seed, first, count), strict=True):
        off = any("dialogue" in policy.without for policy in each.policies)
        fails = off and first <= 2 < first + count
        if fails:
            block.regional[2 - first] = np.nan
        blocks.append(replace(block, failed={2: "cooperation is not finite"} if fails else {}))
    return tuple(blocks)


def hangs_on_assumptions(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Forums add 0.1 to cooperation; with two types of trust they take 0.2; under the prior 0.02; IISG adds 0.05.

    The effect is larger by a tenth of a standard normal number of (seed of chance, world), the same for all policies
    that add something.
    """
    blocks = []
    for each in scenarios:
        (block,) = fake_model.simulate([each.model_copy(update={"policies": ()})], seed, first, count)
        course = each.run.seed if each.run.chance_seed is None else each.run.chance_seed
        size = 0.0
        for policy in each.policies:
            forum = 0.02 if each.assumptions.source == "prior" else 0.1
            if each.assumptions.variants["trust_rule"] == "two-types":
                forum = -0.2
            size += forum if policy.mechanism == "forum" else 0.05
        chance = [np.random.default_rng([course, first + n, 7]).normal(0.0, 0.01) for n in range(count)]
        moved = np.array([size + (draw if each.policies else 0.0) for draw in chance], np.float32)
        block.regional[:, START:, COOPERATION] += moved[:, None]
        blocks.append(replace(block, scenario=each.name))
    return tuple(blocks)


def interrupted_in_extra_runs(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """The user presses Ctrl-C once extra runs have begun."""
    if scenarios[0].name.startswith("run-"):
        raise KeyboardInterrupt
    return simulate(scenarios, seed, first, count)

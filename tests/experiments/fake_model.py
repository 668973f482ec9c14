"""Stand-ins for the model: quick, exactly paired, and able to go wrong in every way that a model can."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError, Problem
from wbsim.results.layout import Layout, months_between
from wbsim.scenario.schema import Assumptions, Policy, RunSettings, Scenario
from wbsim.tables.calendar import month_number
from wbsim.tables.outcomes import OUTCOME_INDEX

Array = NDArray[np.float32]
COOPERATION = OUTCOME_INDEX["cooperation"]


@dataclass(frozen=True)
class FakeBlock:
    """One scenario's worlds, as the model returns them."""

    scenario: str
    first: int
    count: int
    months: tuple[str, ...]
    regional: Array
    years: tuple[int, ...]
    states: Array
    dyads: Array
    failed: Mapping[int, str] = field(default_factory=dict)


def scenario(name: str = "status-quo", *mechanisms: str, **settings: Any) -> Scenario:
    """A short scenario of two projected years, whose policies start in 2023-01."""
    run = RunSettings(**{"years": 2, "worlds": 10, "citizens": 100, **settings.pop("run", {})})
    policies = tuple(Policy(mechanism=mechanism, start="2023-01") for mechanism in mechanisms)
    return Scenario(**{"name": name, "run": run, "policies": policies, **settings})


def gloomy() -> Assumptions:
    """Assumptions that differ from the default ones."""
    return Assumptions(variants={**Assumptions().variants, "trust_rule": "two-types"})


def simulate(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Noise that depends on (seed, world) alone, plus 0.1 for each policy from its start on."""
    return tuple(_block(each, seed, first, count) for each in scenarios)


def _block(each: Scenario, seed: int, first: int, count: int) -> FakeBlock:
    months = months_between(each.run.start, each.horizon)
    layout = Layout((each.name,), first, count, months, (each.horizon,))
    worlds = [np.random.default_rng([seed, first + number]) for number in range(count)]
    regional, states, dyads = (
        np.stack([rng.random(layout.shape(name, 1)[2:], np.float32) for rng in worlds])
        for name in ("regional", "states", "dyads")
    )
    numbers = np.array([month_number(month) for month in months])
    for policy in each.policies:
        active = numbers >= month_number(policy.start)
        if policy.end is not None:
            active &= numbers < month_number(policy.end)
        regional[:, active] += np.float32(0.1)
    if each.assumptions.variants["trust_rule"] == "two-types":
        regional -= np.float32(0.5)
    return FakeBlock(each.name, first, count, months, regional, layout.years, states, dyads)


def world_3_is_not_finite(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """World 3 fails under the scenario called forum, and says so."""
    blocks = []
    for block in simulate(scenarios, seed, first, count, registry):
        failed = {}
        if block.scenario == "forum" and first <= 3 < first + count:
            block.regional[3 - first] = np.nan
            failed[3] = "cooperation is not finite from 2023-02 on"
        blocks.append(FakeBlock(**{**block.__dict__, "failed": failed}))
    return tuple(blocks)


def world_5_raises(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Any block that holds world 5 under the scenario called forum raises."""
    if first <= 5 < first + count and any(each.name == "forum" for each in scenarios):
        raise ZeroDivisionError("an error in world 5")
    return simulate(scenarios, seed, first, count, registry)


def all_worlds_fail(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """No world finishes."""
    raise ArithmeticError("no world finishes")


def refuses_the_input(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """The user's input turns out to be wrong only here."""
    raise InputError(Problem("the plugin's mechanism has no staff", key="policy.mechanism"))


def killed_at_world_4(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """The process is killed while it holds world 4, as the system does when memory runs out."""
    if first <= 4 < first + count:
        os.kill(os.getpid(), signal.SIGKILL)
    return simulate(scenarios, seed, first, count, registry)


def slow_early_blocks(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Early worlds take longest, so that blocks are finished in another order than they were given."""
    time.sleep(0.3 if first == 0 else 0.0)
    return simulate(scenarios, seed, first, count, registry)


def endless(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Never finishes."""
    time.sleep(3600)
    return simulate(scenarios, seed, first, count, registry)


def fails_with_its_threads(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Tells how many threads libraries may use, the only way that a failed world can."""
    from wbsim.experiments.worker import ENVIRONMENT

    raise RuntimeError(f"threads: {[os.environ.get(name) for name in ENVIRONMENT]}")


def says_nothing_of_a_missing_value(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """Cooperation is missing in world 2 under the scenario called forum, and the model doesn't notice."""
    blocks = simulate(scenarios, seed, first, count, registry)
    for block in blocks:
        if block.scenario == "forum" and first <= 2 < first + count:
            block.regional[2 - first, -1, COOPERATION] = np.nan
    return blocks


def the_surveys_decide(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """As `simulate`, but for cooperation under the prior, of which policies take 0.1 instead."""
    blocks = simulate(scenarios, seed, first, count, registry)
    for block, each in zip(blocks, scenarios, strict=True):
        if each.assumptions.source == "prior":
            block.regional[:, 24:, COOPERATION] -= np.float32(0.2 * len(each.policies))
    return blocks


def chance_decides(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """As `simulate`, but policies change cooperation by noise alone, which under the prior has the other sign."""
    blocks = simulate(scenarios, seed, first, count, registry)
    for block, each in zip(blocks, scenarios, strict=True):
        sign = -0.1 if each.assumptions.source == "prior" else 0.1
        for number in range(count if each.policies else 0):
            noise = sign * np.random.default_rng([seed, first + number, 2]).normal()
            block.regional[number, 24:, COOPERATION] += np.float32(noise - 0.1)
    return blocks


def noisy(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """As `simulate`, but policies change cooperation by noise with a standard deviation of 0.1 a world."""
    blocks = simulate(scenarios, seed, first, count, registry)
    for block, each in zip(blocks, scenarios, strict=True):
        if each.policies:
            for number in range(count):
                noise = 0.1 * np.random.default_rng([seed, first + number, 1]).normal()
                block.regional[number, :, COOPERATION] += np.float32(noise)
    return blocks

"""Stand-in worlds in which a policy fails where one parameter is low."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tests.experiments import fake_model
from tests.experiments.fake_model import COOPERATION, FakeBlock
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.scenario.schema import Assumptions, Scenario
from wbsim.tables.parameters import PARAMETERS

PRIOR = Assumptions(source="prior", posterior=None)


def driver() -> str:
    """A parameter that is one number and differs between worlds."""
    draws = draw_parameters(PRIOR, Chance(1, 0, 50))
    return next(name for name in PARAMETERS if draws[name].size == 50 and np.ptp(draws[name]) > 0)


def fails_where_low(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """The forum lowers cooperation in the worlds with the driver in its lowest third, but for chance in one of ten."""
    blocks = fake_model.simulate(scenarios, seed, first, count, registry)
    values = draw_parameters(PRIOR, Chance(seed, first, count))[driver()].reshape(count)
    cut = np.quantile(draw_parameters(PRIOR, Chance(seed, 0, 2000))[driver()], 1 / 3)
    for block, each in zip(blocks, scenarios, strict=True):
        course = each.run.chance_seed or 0
        for number in range(count if each.policies else 0):
            chance = np.random.default_rng([seed, first + number, course, 9]).random() < 0.1
            if (values[number] < cut) != chance:
                block.regional[number, :, COOPERATION] -= np.float32(0.5)
    return blocks


def fails_where_low_but_world_3(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """As `fails_where_low`, but world 3 fails under the forum."""
    blocks = []
    for block in fails_where_low(scenarios, seed, first, count, registry):
        failed = {}
        if block.scenario == "forum" and first <= 3 < first + count:
            block.regional[3 - first] = np.nan
            failed = {3: "cooperation is not finite"}
        blocks.append(FakeBlock(**{**block.__dict__, "failed": failed}))
    return tuple(blocks)

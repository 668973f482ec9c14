"""The posterior of the residuals of effort, given scores of the states' international cooperation.

The reference month is solved at points of the prior of the residuals, with everything else that is calibrated from its
posterior. Scores say nothing of the other blocks here: what they would say of rents or of the veto cap is averaged
over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.calibration.crew import Crew, spans
from wbsim.calibration.hindcast import with_posterior
from wbsim.calibration.measurement import Sample, slopes
from wbsim.calibration.stages import Stages
from wbsim.chance.counter import Chance
from wbsim.chance.draws import Draws, draw_parameters
from wbsim.chance.posterior import Points, coordinates
from wbsim.model.geography import geography
from wbsim.model.region import Region
from wbsim.model.rules.basics import logit
from wbsim.model.traits import traits
from wbsim.scenario.schema import Scenario
from wbsim.tables.places import DOMAIN_NAMES

Floats = NDArray[np.float64]

#: Points solved as one array, and the fewest citizens a state: the reference month does not depend on them.
BLOCK, CITIZENS = 256, 40
#: The domain that the scores are about: they are part of an index of organised crime.
SCORED = DOMAIN_NAMES.index("organised-crime")


@dataclass(frozen=True)
class _Block:
    scenario: Scenario
    points: Points
    seed: int
    first: int
    count: int


def cooperation_keys() -> tuple[str, ...]:
    """Keys of the residuals that scores inform."""
    return coordinates("cooperation")


def gather(
    base: Scenario,
    others: Points,
    count: int,
    seed: int,
    crew: Crew,
    stages: Stages,
    progress: Callable[[int], None] | None = None,
) -> Sample:
    """`count` points of the prior of the residuals and what the model gives for them.

    Point k has for the rest row k of `others`, which is begun again where it ends.
    """
    keys, generator = cooperation_keys(), np.random.default_rng(seed)
    z, slope = generator.standard_normal((count, len(keys))), slopes(count, generator)
    points = Points(
        (*keys, *others.keys), np.concatenate([z, others.z[np.arange(count) % len(others.z)]], axis=1)
    )
    solved = stages.keep("cooperation", points.z, lambda: solve(base, points, seed, crew, progress))
    return Sample(keys, z, solved[:, :6], solved[:, 6], slope)


def solve(
    base: Scenario, points: Points, seed: int, crew: Crew, progress: Callable[[int], None] | None = None
) -> Floats:
    """Log-odds of the six states' effort in the reference month, and what passes (sd), side by side: (M, 7)."""
    blocks = [_Block(base, points, seed, first, count) for first, count in spans(len(points.z), BLOCK)]
    return np.concatenate(list(crew.map(_solve, blocks, lambda block: block.count, progress)))


def _solve(block: _Block) -> Floats:
    chance = Chance(block.seed, block.first, block.count)
    scenario = with_posterior(block.scenario)
    run = scenario.run.model_copy(update={"citizens": CITIZENS})
    scenario = scenario.model_copy(update={"run": run})
    draws = draw_parameters(scenario.assumptions, chance, block.points)
    region = Region(scenario, chance, draws, traits(CITIZENS, chance, geography()))
    odds = log_odds(region.reference.effort)
    region.forget()
    return np.concatenate([odds, passing(draws)[:, None]], axis=1)


def log_odds(effort: Floats) -> Floats:
    """Log-odds (R, 6) of effort (R, 6, D) in the domain that the scores are about."""
    return np.asarray(logit(effort[:, :, SCORED]))


def passing(draws: Draws) -> Floats:
    """Standard deviation (R,) by which a government's priorities move its log-odds of effort for a while (G1).

    Effort follows priorities with a half-life of its own and so takes h_c / (h_c + h_e) of their variance.
    """
    lasting, adjusting = draws["priority_half_life"], draws["effort_half_life"]
    return np.asarray(draws["priority_spread"] * np.sqrt(lasting / (lasting + adjusting)))

"""Hindcasts: what simulated citizens would have answered, at given points of the calibrated parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.calibration.crew import Crew, spans
from wbsim.calibration.targets import simulated_logit
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.chance.posterior import Points
from wbsim.instruments.figure import Figure
from wbsim.instruments.question import Question
from wbsim.model.geography import geography
from wbsim.model.interviews import Interviews
from wbsim.model.region import Region
from wbsim.model.traits import traits
from wbsim.scenario.schema import Scenario

Floats = NDArray[np.float64]

#: Points simulated as one array.
BLOCK = 128


@dataclass(frozen=True)
class Survey:
    """What is asked in a hindcast: `figures` of `questions`, in `scenario`, whose citizens and variants count."""

    scenario: Scenario
    figures: tuple[Figure, ...]
    questions: Mapping[str, Question]


@dataclass(frozen=True)
class _Block:
    survey: Survey
    points: Points
    seed: int
    first: int
    count: int


def hindcast(
    survey: Survey, points: Points, seed: int, crew: Crew, progress: Callable[[int], None] | None = None
) -> Floats:
    """Logits (M, K) of the share that each figure is about, at each of M points; NaN rows where a world failed.

    Numbers that have no coordinate are drawn from the scenario's assumptions. Point k is world k under `seed`.
    """
    blocks = [_Block(survey, points, seed, first, count) for first, count in spans(len(points.z), BLOCK)]
    return np.concatenate(list(crew.map(_simulate, blocks, lambda block: block.count, progress)))


def _simulate(block: _Block) -> Floats:
    chance = Chance(block.seed, block.first, block.count)
    scenario = with_posterior(block.survey.scenario)
    draws = draw_parameters(scenario.assumptions, chance, block.points)
    people = traits(scenario.run.citizens, chance, geography())
    region = Region(scenario, chance, draws, people)
    interviews = Interviews(block.survey.figures, block.survey.questions, chance)
    interviews.hold(region)
    while region.month < interviews.last:
        region.step()
        interviews.hold(region)
    region.forget()
    return simulated_logit(interviews.values)


def with_posterior(scenario: Scenario) -> Scenario:
    """The same scenario with every number from the given points that has a coordinate there."""
    assumptions = scenario.assumptions.model_copy(update={"source": "posterior"})
    return scenario.model_copy(update={"assumptions": assumptions})

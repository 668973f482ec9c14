"""Worlds of the status quo, and what they say of cooperation by state, dyad and year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.calibration.cooperation import log_odds
from wbsim.calibration.crew import Crew, spans
from wbsim.calibration.hindcast import with_posterior
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.chance.fitted import Fitted
from wbsim.chance.posterior import Points
from wbsim.model.geography import geography
from wbsim.model.region import Region
from wbsim.model.traits import traits
from wbsim.scenario.load import load
from wbsim.scenario.schema import Scenario
from wbsim.tables.calendar import HISTORY_END, HISTORY_START
from wbsim.tables.outcomes import OUTCOME_INDEX

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Worlds simulated as one array.
BLOCK = 128
#: Years that are simulated: those of the fitted history.
YEARS = tuple(range(int(HISTORY_START[:4]), int(HISTORY_END[:4]) + 1))
#: Years whose beginning is seen: the first is the reference month.
BEGINNINGS = (*YEARS, YEARS[-1] + 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """`worlds` of the posterior with `citizens` a state under `seed`."""

    worlds: int = 1000
    seed: int = 1
    citizens: int = 200


@dataclass(frozen=True)
class Worlds:
    """W worlds. `rows` (W,) of the posterior that they took.

    `dyads` (W, 15) and `states` (W, 6): cooperation in the reference month over that of the joint ideals, of each dyad
    and of each state with the other five; `odds` (W, 3, 6): log-odds of effort against organised crime at each of
    `BEGINNINGS`; `index` (W, 2): mean of each of `YEARS`.
    """

    rows: Integers
    dyads: Floats
    states: Floats
    odds: Floats
    index: Floats


@dataclass(frozen=True)
class _Block:
    scenario: Scenario
    points: Points
    seed: int
    first: int
    count: int


def simulate(fitted: Fitted, plan: Plan, crew: Crew, progress: Callable[[int], None] | None = None) -> Worlds:
    """The status quo until the end of the fitted history, with its dated events.

    World k has the posterior's row that it has in every run under this seed.
    """
    rows = fitted.posterior.rows(Chance(plan.seed, 0, plan.worlds))
    points = Points(fitted.keys, fitted.z[rows].astype(float))
    base = load("status-quo")
    run = base.run.model_copy(update={"citizens": plan.citizens, "years": 1})
    scenario = with_posterior(base.model_copy(update={"run": run}))
    blocks = [_Block(scenario, points, plan.seed, first, count) for first, count in spans(plan.worlds, BLOCK)]
    found = np.concatenate(list(crew.map(_simulate, blocks, lambda block: block.count, progress)))
    seen = 6 * len(BEGINNINGS)
    dyads, states, odds, index = np.split(found, (15, 21, 21 + seen), axis=1)
    return Worlds(rows, dyads, states, odds.reshape(len(found), len(BEGINNINGS), 6), index)


def _simulate(block: _Block) -> Floats:
    """Dyads, states, log-odds at the beginning of years and yearly means of the index, side by side."""
    chance = Chance(block.seed, block.first, block.count)
    draws = draw_parameters(block.scenario.assumptions, chance, block.points)
    citizens = block.scenario.run.citizens
    region = Region(block.scenario, chance, draws, traits(citizens, chance, geography()))
    start, place = region.reference, region.geography
    dyads = start.joint[:, place.first, place.second] / start.ideal_joint[:, place.first, place.second]
    states = start.joint.sum(axis=2) / start.ideal_joint.sum(axis=2)
    odds, index = [log_odds(region.governments.effort)], []
    for _ in YEARS:
        months = []
        for _ in range(12):
            region.step()
            months.append(region.outcomes[:, OUTCOME_INDEX["cooperation"]].copy())
        index.append(np.mean(months, axis=0))
        odds.append(log_odds(region.governments.effort))
    region.forget()
    return np.concatenate([dyads, states, *odds, np.stack(index, axis=1)], axis=1)

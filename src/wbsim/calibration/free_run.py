"""Free runs: how many crises the model makes by chance, at given points of the parameters of events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.calibration.crew import Crew, spans
from wbsim.calibration.hindcast import with_posterior
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.chance.posterior import Points
from wbsim.instruments.rate import Rate
from wbsim.model.geography import geography
from wbsim.model.region import Region, Switches
from wbsim.model.traits import traits
from wbsim.scenario.schema import Scenario
from wbsim.tables.places import DYAD_NAMES, STATE_INDEX

Floats = NDArray[np.float64]

#: Points simulated as one array, and the fewest citizens a state: crises hardly depend on them.
BLOCK, CITIZENS = 256, 40
#: Months before counting starts, in which crises, records and lulls find their ordinary state.
WARM_UP = 24


@dataclass(frozen=True)
class _Block:
    scenario: Scenario
    rates: tuple[Rate, ...]
    points: Points
    seed: int
    first: int
    count: int


def free_run(
    scenario: Scenario,
    rates: Sequence[Rate],
    points: Points,
    seed: int,
    crew: Crew,
    progress: Callable[[int], None] | None = None,
) -> Floats:
    """Simulated counts (M, rates) in as many years as each rate's window has, without the dated events of the data."""
    blocks = [
        _Block(scenario, tuple(rates), points, seed, first, count)
        for first, count in spans(len(points.z), BLOCK)
    ]
    return np.concatenate(list(crew.map(_simulate, blocks, lambda block: block.count, progress)))


def _simulate(block: _Block) -> Floats:
    chance = Chance(block.seed, block.first, block.count)
    scenario = with_posterior(block.scenario)
    run = scenario.run.model_copy(update={"citizens": CITIZENS})
    scenario = scenario.model_copy(update={"run": run})
    draws = draw_parameters(scenario.assumptions, chance, block.points)
    people = traits(CITIZENS, chance, geography())
    region = Region(scenario, chance, draws, people, switches=Switches(history=False))
    counts = np.zeros((block.count, len(block.rates)))
    months = [window_months(rate) for rate in block.rates]
    for month in range(WARM_UP + max(months)):
        before, inside = region.environment.severity, region.environment.internal
        region.step()
        for number, rate in enumerate(block.rates):
            if WARM_UP <= month < WARM_UP + months[number]:
                counts[:, number] += _new(rate, region, before, inside)
    region.forget()
    return counts


def window_months(rate: Rate) -> int:
    """Months of the window that a rate was counted in."""
    first, last = (int(year) for year in rate.window.split("-"))
    return 12 * (last - first + 1)


def _new(rate: Rate, region: Region, before: Floats, inside: Floats) -> Floats:
    """Crises (R,) of a rate's subject that broke out or climbed this month to its severity or more."""
    if rate.subject in STATE_INDEX:
        columns, now, then = [STATE_INDEX[rate.subject]], region.environment.internal, inside
    else:
        columns = [DYAD_NAMES.index(name) for name in rate.dyads]
        now, then = region.environment.severity, before
    new = (now > then) & (now >= rate.minimum_severity)
    return np.asarray(new[:, columns].sum(axis=1), dtype=float)

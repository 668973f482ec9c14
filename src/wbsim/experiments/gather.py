"""Extra runs in the worlds of a comparison, of which only the figures at the horizon are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.blocks import block_size
from wbsim.experiments.execute import Plan, Progress, Settings, count_worlds, plan, work_of
from wbsim.experiments.pool import run_tasks, usable_cores
from wbsim.experiments.sets import AssumptionSet
from wbsim.experiments.work import Simulate
from wbsim.results.chunk import Failure
from wbsim.tables.outcomes import OUTCOME_NAMES

if TYPE_CHECKING:
    from wbsim.scenario.schema import Scenario

Values = NDArray[np.float64]

#: Worlds of extra runs, unless the user says otherwise: a fifth of a comparison's, because there are many runs.
WORLDS_EACH = 200
#: Scenarios simulated together: their months before the first policy are shared, and memory stays small.
TOGETHER = 4


@dataclass(frozen=True, slots=True)
class Gathered:
    """Figures (worlds, outcomes) of each run in the order of the plan's, and the worlds that failed in any."""

    figures: tuple[Values, ...]
    failures: tuple[Failure, ...]
    first: int

    @property
    def sound(self) -> NDArray[np.bool_]:
        """Which worlds, shape (worlds,), finished in every run."""
        mask = np.ones(len(self.figures[0]), bool)
        mask[sorted({failure.world - self.first for failure in self.failures})] = False
        return mask


def plan_extra(groups: Sequence[tuple[Scenario, ...]], main: Plan, worlds: int) -> Plan:
    """The plan of extra runs: `groups` of scenarios that share assumptions and chance, in the first `worlds` worlds.

    Measured over the same months as `main`, from the same seed: world k is the comparison's.
    """
    sets = [
        AssumptionSet("", group[start : start + TOGETHER])
        for group in groups
        for start in range(0, len(group), TOGETHER)
    ]
    workers = main.settings.workers or usable_cores()
    # Sets are shared out among the workers, too: blocks as large as they can be cost least.
    block = min(main.settings.block, worlds, block_size(worlds * len(sets), workers))
    settings = Settings(worlds, main.settings.seed, main.settings.first, main.settings.workers, block)
    measured = replace(main.measured, ends=main.measured.ends[:1])
    return replace(plan(sets, settings), measured=measured)


def gather(planned: Plan, progress: Progress | None = None, simulate: Simulate | None = None) -> Gathered:
    """Simulate what was planned. Raises InputError for what the user wrote, WorkerLostError when a worker dies."""
    settings = planned.settings
    figures = [
        np.full((len(group.scenarios), settings.worlds, len(OUTCOME_NAMES)), np.nan) for group in planned.sets
    ]
    failures: list[Failure] = []
    chunks = run_tasks(
        planned.tasks, work_of(planned, simulate), planned.workers, count_worlds(planned, progress)
    )
    try:
        for task, chunk in zip(planned.tasks, chunks, strict=True):
            start = task.span.first - settings.first
            figures[task.group][:, start : start + chunk.count] = chunk.summary[:, :, 0]
            failures.extend(chunk.failures)
    finally:
        chunks.close()
    return Gathered(tuple(each for group in figures for each in group), tuple(failures), settings.first)

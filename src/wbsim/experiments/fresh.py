"""Worlds that no search has seen, and other courses of chance in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.blocks import block_size
from wbsim.experiments.execute import Plan, Progress, Settings, execute, plan
from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.gather import gather
from wbsim.experiments.pool import usable_cores
from wbsim.experiments.sets import AssumptionSet
from wbsim.experiments.work import Simulate
from wbsim.scenario import limits
from wbsim.tables.outcomes import OUTCOME_INDEX

Values = NDArray[np.float64]

#: Between the seeds of two courses of chance: another step than that of the robustness runs, to share none with them.
_OTHER_COURSE = 7_000_003


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of worlds, by how many workers."""

    first: int
    worlds: int
    workers: int | None = None


def plan_fresh(experiment: Experiment, table: Table, names: Sequence[str], extent: Extent) -> Plan:
    """The plan to simulate scenarios of `table`, its baseline always among them, in other worlds of its seed.

    Measured over the same months as `experiment`. InputError for settings out of range.
    """
    scenarios = tuple(each for each in table.scenarios if each.name in names or each.name == table.baseline)
    planned = plan([AssumptionSet(table.label, scenarios)], _settings(experiment, extent))
    return replace(planned, measured=experiment.measured)


def run_fresh(
    planned: Plan, folder: Path, progress: Progress | None, simulate: Simulate | None
) -> Experiment:
    """Simulate it, with a store in `folder`."""
    return execute(planned, folder, progress=progress, simulate=simulate)


def plan_replicates(
    experiment: Experiment, table: Table, names: Sequence[str], extent: Extent, replicates: int
) -> Plan:
    """The plan of `replicates` more courses of chance: scenarios `names`, same draws of parameters."""
    groups = []
    for number in range(1, replicates + 1):
        changed = []
        for name in names:
            scenario = next(each for each in table.scenarios if each.name == name)
            own = experiment.seed if scenario.run.chance_seed is None else scenario.run.chance_seed
            other = (own + number * _OTHER_COURSE) % (int(limits.SEED.high) + 1)
            run = scenario.run.model_copy(update={"chance_seed": other})
            changed.append(scenario.model_copy(update={"run": run}))
        groups.append(AssumptionSet(f"course {number}", tuple(changed)))
    planned = plan(groups, _settings(experiment, extent))
    return replace(planned, measured=replace(experiment.measured, ends=experiment.measured.ends[:1]))


def run_replicates(
    planned: Plan, outcome: str, progress: Progress | None, simulate: Simulate | None
) -> tuple[Values, NDArray[np.bool_]]:
    """Figures of one outcome (courses, scenarios, worlds), and which worlds (worlds,) finished in all courses."""
    found = gather(planned, progress, simulate)
    count = len(planned.sets[0].scenarios)
    values = np.array([each[:, OUTCOME_INDEX[outcome]] for each in found.figures])
    return values.reshape(len(planned.sets), count, -1), found.sound


def _settings(experiment: Experiment, extent: Extent) -> Settings:
    workers = max(1, extent.workers or usable_cores())
    block = block_size(extent.worlds, workers)
    return Settings(extent.worlds, experiment.seed, extent.first, extent.workers, block)

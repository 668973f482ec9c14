"""Scenarios at every point of a design, in the same worlds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.execute import Progress, Settings, count_worlds, plan, work_of
from wbsim.experiments.pool import run_tasks
from wbsim.experiments.sets import AssumptionSet
from wbsim.results.chunk import Failure
from wbsim.scenario.schema import Scenario
from wbsim.sweeps.apply import apply
from wbsim.sweeps.design import Design
from wbsim.tables.outcomes import OUTCOME_NAMES


@dataclass(frozen=True, slots=True)
class Evaluated:
    """`figures` (points, scenarios, worlds, outcomes) at the horizon; NaN where a world failed."""

    design: Design
    scenarios: tuple[str, ...]
    outcomes: tuple[str, ...]
    first: int
    figures: NDArray[np.float64]
    failures: tuple[Failure, ...]


def evaluate(
    scenarios: Sequence[Scenario],
    design: Design,
    settings: Settings,
    *,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Evaluated:
    """Simulate `scenarios` at every point of `design`. Nothing is kept: `folder` is not used."""
    del folder
    names = tuple(each.name for each in scenarios)
    sets = [
        AssumptionSet(f"point {number}", tuple(apply(each, design.keys, point) for each in scenarios))
        for number, point in enumerate(design.points)
    ]
    planned = plan(sets, settings)
    figures = np.full((len(sets), len(names), settings.worlds, len(OUTCOME_NAMES)), np.nan)
    failures: list[Failure] = []
    chunks = run_tasks(planned.tasks, work_of(planned), planned.workers, count_worlds(planned, progress))
    try:
        for task, chunk in zip(planned.tasks, chunks, strict=True):
            start = chunk.first - settings.first
            figures[task.group, :, start : start + chunk.count] = chunk.summary[:, :, 0]
            for each in chunk.failures:
                figures[task.group, names.index(each.scenario), each.world - settings.first] = np.nan
            failures.extend(chunk.failures)
    finally:
        chunks.close()
    return Evaluated(design, names, OUTCOME_NAMES, settings.first, figures, tuple(failures))

"""Results of a comparison or a run looked at again: every value hashed, and some worlds simulated anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError
from wbsim.experiments.blocks import Span
from wbsim.experiments.comparison import Results
from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.reopen import reopen
from wbsim.experiments.work import Task, Work
from wbsim.results.check import HASHED
from wbsim.results.verified import Verified
from wbsim.store.labelled import open_group


def verify_results(
    folder: Path,
    rerun: int = 0,
    progress: Callable[[int, int], None] | None = None,
    plugins: Sequence[str | Path] = (),
) -> Verified:
    """Hash every value in the results folder `folder` again, and simulate `rerun` of its worlds anew.

    The worlds are spread over all, the same ones each time. InputError if the folder holds no results.
    """
    try:
        found: Results = reopen(folder, plugins=plugins)
    except InputError as error:
        damaged = [problem.message for problem in error.problems if problem.message.startswith("is damaged")]
        if not damaged:
            raise
        return Verified((), 0, tuple(damaged))
    experiment = found.experiment
    checked = tuple(
        f"{table.label}: {experiment.worlds:,} worlds hash to {table.results_sha256}"
        for table in experiment.tables
    )
    chosen = sorted({experiment.worlds * number // rerun for number in range(rerun)}) if rerun else []
    problems, count = list[str](), 0
    for place in chosen:
        problems += _differences(experiment, found.request.plugins, place)
        count += 1
        if progress is not None:
            progress(count, len(chosen))
    return Verified(checked, count, tuple(problems))


def _differences(experiment: Experiment, plugins: tuple[str, ...], place: int) -> Iterator[str]:
    """What is different, in words, when the world at `place` is simulated again under every table."""
    world = experiment.first + place
    for number, table in enumerate(experiment.tables):
        work = Work(
            tuple(each.scenarios for each in experiment.tables),
            experiment.seed,
            experiment.months,
            experiment.measured,
            plugins,
        )
        chunk = work.ready()(Task(number, Span(world, 1)))
        stored = _stored(table, place)
        for name in HASHED:
            same = [
                np.array_equal(chunk.array(name)[s, 0], stored[name][s], equal_nan=True)
                for s in range(len(table.scenarios))
            ]
            for scenario, alike in zip(table.scenarios, same, strict=True):
                if not alike:
                    yield f"world {world} under {scenario.name} has other {name} values now"


def _stored(table: Table, place: int) -> dict[str, NDArray[np.float32]]:
    group: Any = open_group(table.store)
    return {name: np.asarray(group[name][:, place]) for name in HASHED}

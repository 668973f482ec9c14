"""Everything simulated, streamed into stores; what stays in memory is one figure per world, scenario and
outcome."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from wbsim.errors import InputError, Problem
from wbsim.experiments.blocks import DEFAULT_BLOCK, spans
from wbsim.experiments.collection import Collection
from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.pool import run_tasks, usable_cores
from wbsim.experiments.sets import AssumptionSet
from wbsim.experiments.until import Stopping, Until
from wbsim.experiments.windows import Windows, windows
from wbsim.experiments.work import MODEL, Simulate, Task, Work, model_reference
from wbsim.results.chunk import Chunk
from wbsim.results.disk import check_room
from wbsim.results.hash import combine
from wbsim.results.layout import Layout, months_between
from wbsim.results.open import STORE_NAME
from wbsim.scenario import limits

#: Called as worlds finish, in any order: how many of how many, each counted once for every set.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to simulate: `worlds` from number `first` on, and by how many `workers` in blocks of which size.

    Workers and blocks change speed and memory, never a result. None for `workers`: one for each usable core.
    """

    worlds: int
    seed: int
    first: int = 0
    workers: int | None = None
    block: int = DEFAULT_BLOCK

    def check(self) -> None:
        """InputError with everything that is out of range."""
        bounds = {
            "worlds": (self.worlds, int(limits.WORLDS.low), int(limits.WORLDS.high)),
            "seed": (self.seed, int(limits.SEED.low), int(limits.SEED.high)),
            "first-world": (self.first, 0, 2**32 - 1 - self.worlds),
            "workers": (1 if self.workers is None else self.workers, 1, 1024),
            "block": (self.block, 1, 65_536),
        }
        problems = [
            Problem(f"must be a whole number from {low} to {high}; it is {value}", key=key)
            for key, (value, low, high) in bounds.items()
            if not low <= value <= high
        ]
        if problems:
            raise InputError(problems)


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be simulated, known before anything heavy starts; with `until`, at most that."""

    sets: tuple[AssumptionSet, ...]
    settings: Settings
    months: tuple[str, ...]
    measured: Windows
    tasks: tuple[Task, ...]
    until: Until | None = None

    @property
    def workers(self) -> int:
        """Processes that will simulate: no more than there are blocks."""
        return min(self.settings.workers or usable_cores(), len(self.tasks))

    @property
    def scenario_worlds(self) -> int:
        """Worlds times scenarios, the baseline counted in each set."""
        return self.settings.worlds * sum(len(group.scenarios) for group in self.sets)

    @property
    def size(self) -> int:
        """Bytes that the results take on disk, before compression."""
        return sum(
            self.settings.worlds * self.layout(number).bytes_per_world for number in range(len(self.sets))
        )

    def layout(self, number: int) -> Layout:
        """Axes of the store of set `number`."""
        names = tuple(scenario.name for scenario in self.sets[number].scenarios)
        return Layout(names, self.settings.first, self.settings.worlds, self.months, self.measured.ends)


def plan(sets: Sequence[AssumptionSet], settings: Settings, until: Until | None = None) -> Plan:
    """The plan to simulate `sets`; InputError for settings out of range.

    With `until`, worlds come in rounds, all sets in each, so that the goals can be looked at between them.
    """
    settings.check()
    scenarios = [scenario for group in sets for scenario in group.scenarios]
    ends = (0, *(until.looks(settings.worlds) if until else (settings.worlds,)))
    tasks = tuple(
        Task(number, span)
        for start, end in pairwise(ends)
        for number in range(len(sets))
        for span in spans(settings.first + start, end - start, settings.block)
    )
    months = months_between(scenarios[0].run.start, scenarios[0].horizon)
    return Plan(tuple(sets), settings, months, windows(scenarios), tasks, until)


def execute(
    planned: Plan,
    folder: Path,
    *,
    progress: Progress | None = None,
    simulate: Simulate | None = None,
) -> Experiment:
    """Simulate what was planned, with one store for each set in `folder`.

    `simulate` replaces the model (with several workers it must be a function of an importable module). Raises
    InputError for what the user wrote (the room on disk among it), and WorkerLostError when a worker dies.
    """
    check_room(planned.size, folder)
    started = time.monotonic()
    work = work_of(planned, simulate)
    chunks = run_tasks(planned.tasks, work, planned.workers, count_worlds(planned, progress))
    try:
        tables, stopping = _collect(planned, chunks, folder)
    finally:
        chunks.close()
    return Experiment(
        tables,
        planned.settings.seed,
        planned.settings.first,
        tables[0].figures.shape[2],
        planned.months,
        planned.measured,
        time.monotonic() - started,
        combine(table.results_sha256 for table in tables),
        stopping,
    )


def work_of(planned: Plan, simulate: Simulate | None = None) -> Work:
    """What the processes that carry out `planned` need to know."""
    return Work(
        tuple(group.scenarios for group in planned.sets),
        planned.settings.seed,
        planned.months,
        planned.measured,
        tuple(sorted({file for group in planned.sets for each in group.scenarios for file in each.plugins})),
        MODEL if simulate is None else model_reference(simulate),
    )


def count_worlds(planned: Plan, progress: Progress | None) -> Callable[[Task], None]:
    """A function that is told of finished tasks, and tells `progress` how many worlds are done."""
    total = planned.settings.worlds * len(planned.sets)
    done = 0

    def count(task: Task) -> None:
        nonlocal done
        done += task.span.count
        if progress is not None:
            progress(done, total)

    return count


def _collect(
    planned: Plan, chunks: Iterator[Chunk], folder: Path
) -> tuple[tuple[Table, ...], Stopping | None]:
    """Take the chunks as they come, in order, and write, hash and measure them, until there are enough."""
    until, limit = planned.until, planned.settings.worlds
    collections = [
        Collection(group, planned.layout(number), folder / STORE_NAME.format(number=number + 1))
        for number, group in enumerate(planned.sets)
    ]
    for task in planned.tasks:
        collections[task.group].add(next(chunks))
        if until is not None and until.satisfied(collections, limit):
            break
    stopping = None if until is None else until.outcome(collections, limit)
    return tuple(each.table() for each in collections), stopping

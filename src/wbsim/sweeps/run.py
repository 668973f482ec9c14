"""A sweep carried out: what is missing is simulated, kept as it comes, and assembled when all is there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wbsim.experiments.pool import run_tasks_as_they_come, usable_cores
from wbsim.store.chunks import Chunks
from wbsim.store.lock import locked
from wbsim.sweeps.assemble import Assembled, DamagedChunkError, assemble
from wbsim.sweeps.cases import Cases, cases_of
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.publish import publish
from wbsim.sweeps.tasks import complete_worlds, missing, pieces_of, tasks_of
from wbsim.sweeps.work import SweepChunk, SweepTask, SweepWork, lost_chunk, work_of

#: Told as chunks come in: how many worlds of all cases are done, of how many.
Progress = Callable[[int, int], None]
#: What carries out chunks: processes here, or a cluster. Results come as they are finished.
Execute = Callable[[Sequence[SweepTask], SweepWork], Iterator[SweepChunk]]


@dataclass(frozen=True, slots=True)
class SweepRun:
    """How a run of a sweep ended: its results, whether time ended it, and worlds of all cases simulated by this run.

    `lost` holds the reasons of chunks that no worker could finish; the next run tries them again.
    """

    results: Assembled
    stopped: bool
    simulated: int
    lost: tuple[str, ...]
    seconds: float


def here(workers: int | None) -> Execute:
    """Chunks are simulated by `workers` processes of this machine, one for each usable core by default."""
    count = workers or usable_cores()

    def execute(tasks: Sequence[SweepTask], work: SweepWork) -> Iterator[SweepChunk]:
        return run_tasks_as_they_come(tasks, work, min(count, len(tasks)), lost_chunk)

    return execute


def run_sweep(
    plan: SweepPlan,
    folder: Path,
    *,
    workers: int | None = None,
    execute: Execute | None = None,
    budget: float | None = None,
    progress: Progress | None = None,
) -> SweepRun:
    """Simulate what is missing of `plan` in `folder`, and assemble its results there.

    `budget`: seconds after which no more chunks are waited for; the results then hold the worlds that every point has.
    InputError if another process is at work on the folder; DiskError if it cannot be written.
    """
    started = time.monotonic()
    workers = workers or usable_cores()
    with locked(folder):
        chunks = Chunks(folder)
        chunks.tidy()
        cases = cases_of(plan)
        simulated, lost = 0, list[str]()
        deadline = None if budget is None else started + budget
        while True:
            done = _simulate(plan, cases, chunks, execute or here(workers), workers, deadline, progress)
            simulated += done.simulated
            lost = done.lost
            chunks.write_manifest()
            try:
                results = publish(plan, assemble(plan, cases, chunks, folder))
            except DamagedChunkError as error:
                chunks.drop(error.name)
                continue
            return SweepRun(results, done.stopped, simulated, tuple(lost), time.monotonic() - started)


@dataclass(slots=True)
class _Done:
    simulated: int = 0
    stopped: bool = False
    lost: list[str] = field(default_factory=list)


def _simulate(
    plan: SweepPlan,
    cases: Cases,
    chunks: Chunks,
    execute: Execute,
    workers: int,
    deadline: float | None,
    progress: Progress | None,
) -> _Done:
    tasks = tasks_of(plan, cases, chunks.kept, workers, early=deadline is not None)
    done = _Done()
    if not tasks:
        return done
    total = len(cases.keys) * plan.worlds
    ready = total - sum(len(task.keys) * task.span.count for task in tasks)
    finished = execute(tasks, work_of(plan))
    try:
        for chunk in finished:
            if chunk.lost:
                done.lost.append(chunk.lost)
            else:
                chunks.add(chunk.entry, chunk.parts)
                done.simulated += len(chunk.entry.cases) * chunk.entry.count
            if progress is not None:
                progress(ready + done.simulated, total)
            if deadline is not None and time.monotonic() >= deadline:
                done.stopped = True
                break
    finally:
        if hasattr(finished, "close"):
            finished.close()
    return done


def worlds_done(plan: SweepPlan, cases: Cases, chunks: Chunks) -> tuple[int, int]:
    """Worlds of all cases that are there, and that there will be."""
    total = len(cases.keys) * plan.worlds
    gaps = (missing(pieces, plan.first, plan.worlds) for pieces in pieces_of(cases, chunks.kept))
    return total - sum(span.count for spans in gaps for span in spans), total


def common_worlds(plan: SweepPlan, cases: Cases, chunks: Chunks) -> int:
    """How many worlds every case that has any has, from the first on."""
    counts = [complete_worlds(pieces, plan.first, plan.worlds) for pieces in pieces_of(cases, chunks.kept)]
    return min((count for count in counts if count), default=0)

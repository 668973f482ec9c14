"""Tasks spread over worker processes, and their chunks handed back in order."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wbsim.errors import InputError, WbsimError
from wbsim.experiments.work import Task, Work, find_model, perform
from wbsim.experiments.worker import ENVIRONMENT, PROGRAM, Answer, interrupts_held
from wbsim.scenario.plugin import load_plugins

if TYPE_CHECKING:
    from wbsim.results.chunk import Chunk

#: Tasks given to a worker at once: one to work on, one so that it needn't wait for the next.
_AHEAD = 2
#: Finished chunks that may wait for an earlier one, for each worker; bounds memory.
_WAITING = 4
#: Seconds a worker gets to end before it is killed.
_PATIENCE = 2.0

Done = Callable[[Task], None]


class WorkerLostError(WbsimError):
    """A worker process ended, or failed outside the model, before it handed back its block."""


def usable_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_tasks(tasks: Sequence[Task], work: Work, workers: int, on_done: Done) -> Generator[Chunk, None, None]:
    """Chunks of `tasks` in their order, simulated by `workers` processes (1: in this one).

    `on_done` is called as each task is finished, in any order. Raises InputError for what the user wrote, and
    WorkerLostError when a process dies. Whatever ends the iteration, no worker outlives it.
    """
    if workers == 1:
        simulate, registry = find_model(work.model), load_plugins(work.plugins)
        for task in tasks:
            chunk = perform(task, work, simulate, registry)
            on_done(task)
            yield chunk
        return
    team = _Team(work, min(workers, len(tasks)))
    try:
        yield from team.results(tasks, on_done)
    finally:
        team.end()


@dataclass(slots=True)
class _Worker:
    """A process, and the numbers of the tasks it was given and hasn't handed back."""

    process: subprocess.Popen[bytes]
    given: list[int] = field(default_factory=list)


class _Team:
    """Running workers; a thread for each passes what it writes into one queue, None when it ends."""

    def __init__(self, work: Work, count: int) -> None:
        self._answers: queue.SimpleQueue[tuple[int, Answer | None]] = queue.SimpleQueue()
        self._workers: list[_Worker] = []
        try:
            for number in range(count):
                self._workers.append(_Worker(_start(work)))
                threading.Thread(target=self._listen, args=(number,), daemon=True).start()
        except BaseException:
            self.end()
            raise

    def _listen(self, number: int) -> None:
        source = self._workers[number].process.stdout
        assert source is not None
        with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError, ValueError):
            while True:
                self._answers.put((number, pickle.load(source)))
        self._answers.put((number, None))

    def results(self, tasks: Sequence[Task], on_done: Done) -> Iterator[Chunk]:
        """Chunks in the order of `tasks`; at most a few wait in memory for an earlier one."""
        finished: dict[int, Chunk] = {}
        given = handed = 0
        window = _WAITING * len(self._workers)
        while handed < len(tasks):
            while given < min(len(tasks), handed + window) and (free := self._free()) is not None:
                self._give(free, given, tasks)
                given += 1
            if handed in finished:
                yield finished.pop(handed)
                handed += 1
                continue
            number, answer = self._next()
            worker = self._workers[number]
            if answer is None:
                raise WorkerLostError(_obituary(worker, tasks))
            worker.given.remove(answer.number)
            finished[answer.number] = _chunk_of(answer, tasks)
            on_done(tasks[answer.number])

    def _free(self) -> _Worker | None:
        """The worker with the fewest tasks, if it can take one more."""
        worker = min(self._workers, key=lambda worker: len(worker.given))
        return worker if len(worker.given) < _AHEAD else None

    def _give(self, worker: _Worker, number: int, tasks: Sequence[Task]) -> None:
        worker.given.append(number)
        assert worker.process.stdin is not None
        with contextlib.suppress(OSError):  # A dead worker is noticed by the thread that reads from it.
            pickle.dump((number, tasks[number]), worker.process.stdin)
            worker.process.stdin.flush()

    def _next(self) -> tuple[int, Answer | None]:
        """The next answer; waits in short steps, because on some systems Ctrl-C can't end a long wait."""
        while True:
            with contextlib.suppress(queue.Empty):
                return self._answers.get(timeout=0.5)

    def end(self) -> None:
        """End every worker, politely first."""
        for worker in self._workers:
            with contextlib.suppress(OSError):
                worker.process.terminate()
        for worker in self._workers:
            try:
                worker.process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()
            for pipe in (worker.process.stdin, worker.process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError, ValueError):
                        pipe.close()


def _chunk_of(answer: Answer, tasks: Sequence[Task]) -> Chunk:
    if answer.problems:
        raise InputError(answer.problems)
    if answer.chunk is None:
        span, reason = tasks[answer.number].span, answer.error.strip().splitlines()[-1]
        raise WorkerLostError(f"a worker process failed on {span}, outside of any one world: {reason}")
    return answer.chunk


def _start(work: Work) -> subprocess.Popen[bytes]:
    with interrupts_held():
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ENVIRONMENT},
        )
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        pickle.dump(sys.path, process.stdin)
        pickle.dump(work, process.stdin)
        process.stdin.flush()
    return process


def _obituary(worker: _Worker, tasks: Sequence[Task]) -> str:
    code = worker.process.wait()
    how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
    blocks = ", ".join(str(tasks[number].span) for number in worker.given) or "no block"
    return (
        f"a worker process {how} while it held {blocks}. The system may have run out of memory: "
        "use fewer --workers, or look for the reason in what it printed above"
    )

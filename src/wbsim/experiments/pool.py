"""Tasks spread over worker processes, and their results handed back: in order, or as they come."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from wbsim.errors import InputError, WbsimError
from wbsim.experiments.worker import ENVIRONMENT, PROGRAM, Answer, interrupts_held

Task = TypeVar("Task")
Result = TypeVar("Result")
Task_contra = TypeVar("Task_contra", contravariant=True)
Result_co = TypeVar("Result_co", covariant=True)

#: Tasks given to a worker at once: one to work on, one so that it needn't wait for the next.
_AHEAD = 2
#: Finished chunks that may wait for an earlier one, for each worker; bounds memory.
_WAITING = 4
#: Seconds a worker gets to end before it is killed.
_PATIENCE = 2.0

#: Times that a task may take a worker with it before it counts as lost.
_LIVES = 3


class Work(Protocol[Task_contra, Result_co]):
    """What a process needs to know to do tasks; it is sent to each worker once."""

    def ready(self) -> Callable[[Task_contra], Result_co]:
        """What does a task, with everything loaded that it needs."""


class WorkerLostError(WbsimError):
    """A worker process ended, or failed outside the model, before it handed back its task."""


def usable_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_tasks(
    tasks: Sequence[Task], work: Work[Task, Result], workers: int, on_done: Callable[[Task], None]
) -> Generator[Result, None, None]:
    """Results of `tasks` in their order, from `workers` processes (1: this one).

    `on_done` is called as each task is finished, in any order. Raises InputError for what the user wrote, and
    WorkerLostError when a process dies. Whatever ends the iteration, no worker outlives it.
    """
    if workers == 1:
        perform = work.ready()
        for task in tasks:
            result = perform(task)
            on_done(task)
            yield result
        return
    team = _Team[Task, Result](work, min(workers, len(tasks)))
    try:
        yield from _in_order(team, tasks, on_done)
    finally:
        team.end()


def run_tasks_as_they_come(
    tasks: Sequence[Task], work: Work[Task, Result], workers: int, lost: Callable[[Task, str], Result]
) -> Generator[Result, None, None]:
    """Results of `tasks` as they are finished, from `workers` processes (1: this one).

    A worker that dies is replaced, and its task given out anew; a task that has taken three workers with it, or that
    fails outside of its own care, has `lost` of it and of the reason for a result. InputError for what the user wrote.
    """
    if workers == 1:
        perform = work.ready()
        for task in tasks:
            yield perform(task)
        return
    team = _Team[Task, Result](work, min(workers, max(1, len(tasks))), lost)
    try:
        for _, result in team.results(tasks, lambda number: True):
            yield result
    finally:
        team.end()


def _in_order(
    team: _Team[Task, Result], tasks: Sequence[Task], on_done: Callable[[Task], None]
) -> Iterator[Result]:
    """Results in the order of `tasks`; at most a few wait in memory for an earlier one."""
    finished: dict[int, Result] = {}
    handed = _Counter()
    window = _WAITING * team.size
    for number, result in team.results(tasks, lambda number: number < handed.value + window):
        finished[number] = result
        on_done(tasks[number])
        while handed.value in finished:
            yield finished.pop(handed.value)
            handed.value += 1


@dataclass(slots=True)
class _Counter:
    value: int = 0


@dataclass(slots=True)
class _Worker:
    """A process, and the numbers of the tasks it was given and hasn't handed back."""

    process: subprocess.Popen[bytes]
    given: list[int] = field(default_factory=list)


class _Team(Generic[Task, Result]):
    """Running workers; a thread for each passes what it writes into one queue, None when it ends.

    With `lost`, workers that die are replaced; without, the first death is a WorkerLostError.
    """

    def __init__(
        self, work: Work[Task, Result], count: int, lost: Callable[[Task, str], Result] | None = None
    ) -> None:
        self._answers: queue.SimpleQueue[tuple[int, Answer | None]] = queue.SimpleQueue()
        self._workers: list[_Worker] = []
        self._work, self._lost = work, lost
        self._deaths: dict[int, int] = {}
        self.size = count
        try:
            for number in range(count):
                self._workers.append(_Worker(_start(work)))
                self._hear(number)
        except BaseException:
            self.end()
            raise

    def _hear(self, number: int) -> None:
        threading.Thread(target=self._listen, args=(number, self._workers[number]), daemon=True).start()

    def _listen(self, number: int, worker: _Worker) -> None:
        source = worker.process.stdout
        assert source is not None
        with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError, ValueError):
            while True:
                self._answers.put((number, pickle.load(source)))
        self._answers.put((number, None))

    def results(self, tasks: Sequence[Task], may_give: Callable[[int], bool]) -> Iterator[tuple[int, Result]]:
        """(number, result) of every task, as they are finished; task n is given out once `may_give(n)`."""
        waiting = deque(range(len(tasks)))
        open_tasks = len(tasks)
        while open_tasks:
            while waiting and may_give(waiting[0]) and (free := self._free()) is not None:
                self._give(free, waiting.popleft(), tasks)
            number, answer = self._next()
            for done, result in self._taken(number, answer, tasks, waiting):
                open_tasks -= 1
                yield done, result

    def _taken(
        self, number: int, answer: Answer | None, tasks: Sequence[Task], waiting: deque[int]
    ) -> Iterator[tuple[int, Result]]:
        """What an answer of worker `number` brings: a result, or the end of the worker."""
        worker = self._workers[number]
        if answer is not None:
            worker.given.remove(answer.number)
            yield answer.number, self._result_of(answer, tasks)
            return
        words = _obituary(worker, tasks)
        if self._lost is None:
            raise WorkerLostError(words)
        # The first of its tasks was being worked on; the others merely waited.
        for place, task in enumerate(reversed(worker.given)):
            if place == len(worker.given) - 1:
                self._deaths[task] = self._deaths.get(task, 0) + 1
            if self._deaths.get(task, 0) >= _LIVES:
                yield task, self._lost(tasks[task], words)
            else:
                waiting.appendleft(task)
        self._close(worker)
        self._workers[number] = _Worker(_start(self._work))
        self._hear(number)

    def _result_of(self, answer: Answer, tasks: Sequence[Task]) -> Result:
        if answer.problems:
            raise InputError(answer.problems)
        if answer.error:
            task = tasks[answer.number]
            if self._lost is not None:
                return self._lost(task, answer.error)
            reason = answer.error.strip().splitlines()[-1]
            raise WorkerLostError(f"a worker process failed on {task}, outside of any one world: {reason}")
        result: Result = answer.result
        return result

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
            self._close(worker)

    def _close(self, worker: _Worker) -> None:
        for pipe in (worker.process.stdin, worker.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError, ValueError):
                    pipe.close()


def _start(work: Work[Any, Any]) -> subprocess.Popen[bytes]:
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


def _obituary(worker: _Worker, tasks: Sequence[Any]) -> str:
    code = worker.process.wait()
    how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
    blocks = ", ".join(str(tasks[number]) for number in worker.given) or "no block"
    return (
        f"a worker process {how} while it held {blocks}. The system may have run out of memory: "
        "use fewer --workers, or look for the reason in what it printed above"
    )

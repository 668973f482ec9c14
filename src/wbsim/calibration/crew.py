"""Worker processes for the many short simulations of a calibration."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self, TypeVar

from wbsim.experiments.pool import WorkerLostError, usable_cores
from wbsim.experiments.worker import ENVIRONMENT, interrupts_held

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Tasks handed out beyond those at work, for each worker: bounds what waits in memory.
_AHEAD = 2


class Crew:
    """`workers` processes (by default one for each usable core), started when they are first needed.

    With one worker everything runs in this process. Results come in the order of the tasks, so that they do not
    depend on the number of workers.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or usable_cores()
        self._pool: ProcessPoolExecutor | None = None
        self._environment: dict[str, str | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            for name, value in self._environment.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value

    def map(
        self,
        work: Callable[[Task], Result],
        tasks: Sequence[Task],
        size: Callable[[Task], int],
        progress: Callable[[int], None] | None = None,
    ) -> Iterator[Result]:
        """`work` of every task, in order; `progress` hears the size of each task that is done.

        WorkerLostError when a process dies.
        """
        report = progress or (lambda _: None)
        if self.workers == 1:
            for task in tasks:
                yield work(task)
                report(size(task))
            return
        waiting: list[tuple[Task, Future[Result]]] = []
        rest = iter(tasks)
        for task in rest:
            waiting.append((task, self._submit(work, task)))
            if len(waiting) >= _AHEAD * self.workers:
                break
        while waiting:
            task, future = waiting.pop(0)
            result = _result(future)
            report(size(task))
            following = next(rest, None)
            if following is not None:
                waiting.append((following, self._submit(work, following)))
            yield result

    def _submit(self, work: Callable[[Task], Result], task: Task) -> Future[Result]:
        """Hand out a task, for which the pool may start a process."""
        with interrupts_held():
            return self._started().submit(work, task)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Importing Mesa changes the process-wide start method, hence a context of our own. Workers are started
            # when there is work and inherit the environment: one thread each.
            self._environment = {name: os.environ.get(name) for name in ENVIRONMENT}
            os.environ.update(ENVIRONMENT)
            self._pool = ProcessPoolExecutor(self.workers, multiprocessing.get_context("spawn"), _begin)
        return self._pool


def _begin() -> None:
    """Ctrl-C reaches the whole group: the parent decides what ends. A worker whose parent was killed ends by itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _result(future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        raise WorkerLostError(
            "a worker process was killed. The system may have run out of memory: use fewer --workers, or look for the "
            "reason in what it printed above"
        ) from None


def spans(count: int, block: int) -> list[tuple[int, int]]:
    """First and number of each block of `count` things."""
    return [(first, min(block, count - first)) for first in range(0, count, block)]

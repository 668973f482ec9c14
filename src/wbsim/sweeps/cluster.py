"""Chunks carried out by a Dask cluster: the same chunks, the same bytes, on other machines."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wbsim.errors import InputError, Problem, WbsimError
from wbsim.experiments.worker import ENVIRONMENT
from wbsim.sweeps.run import Execute
from wbsim.sweeps.work import SweepChunk, SweepTask, SweepWork, lost_chunk

if TYPE_CHECKING:
    from collections.abc import Callable

EXTRA = 'pip install "wbsim[cluster]"'
#: Chunks under way for each thread of the cluster: bounds what waits in memory.
_AHEAD = 3
#: Seconds to find a cluster at its address.
_PATIENCE = "20s"


@contextlib.contextmanager
def on_cluster(address: str) -> Iterator[Execute]:
    """What carries out chunks on the Dask cluster at `address` ("tcp://HOST:PORT", or "local:N" for N processes here).

    Every machine of it needs wbsim in the same version, and plugins under the same path. A worker that dies is the
    cluster's to replace; a chunk that has taken several with it counts as lost. InputError if there is no cluster at
    the address, or the extra `cluster` is not installed.
    """
    local = re.fullmatch(r"local:([1-9][0-9]{0,3})", address)
    if local is None and not re.fullmatch(r"[a-z]+://\S+", address):
        raise InputError(
            Problem(
                f'must be the address of a Dask scheduler, such as tcp://HOST:8786, or local:N; it is "{address}"',
                key="--cluster",
            )
        )
    try:
        import distributed
    except ImportError:
        raise InputError(
            Problem("Dask distributed is not installed", key="--cluster", suggestion=f"install it: {EXTRA}")
        ) from None
    with contextlib.ExitStack() as stack:
        if local is not None:
            cluster: Any = stack.enter_context(
                distributed.LocalCluster(
                    n_workers=int(local.group(1)),
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address=None,
                    env=dict(ENVIRONMENT),
                )
            )
            client = stack.enter_context(distributed.Client(cluster))
        else:
            client = stack.enter_context(_client(address))
        yield lambda tasks, work: _execute(client, tasks, work)


def _client(address: str) -> Any:
    import distributed

    try:
        return distributed.Client(address, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(
            Problem(
                f"no Dask scheduler answers at {address}: {error}",
                key="--cluster",
                suggestion="start one with `dask scheduler`, and workers with `dask worker ADDRESS --nthreads 1`",
            )
        ) from error


def _execute(client: Any, tasks: Sequence[SweepTask], work: SweepWork) -> Iterator[SweepChunk]:
    """Chunks as the cluster finishes them; at most a few for each of its threads are under way."""
    from distributed import as_completed
    from distributed.scheduler import KilledWorker

    threads = max(1, sum(client.nthreads().values()))
    waiting = iter(tasks)
    given: dict[Any, SweepTask] = {}

    def give() -> Any | None:
        task = next(waiting, None)
        if task is None:
            return None
        future = client.submit(_perform, work, task, pure=False)
        given[future] = task
        return future

    first = [future for _ in range(_AHEAD * threads) if (future := give()) is not None]
    finished = as_completed(first)
    try:
        for future in finished:
            task = given.pop(future)
            error = future.exception()
            if error is None:
                found = future.result()
                if isinstance(found, tuple):
                    raise InputError(found)
                yield found
            elif isinstance(error, KilledWorker):
                yield lost_chunk(task, f"workers of the cluster died over it: {error}")
            else:
                yield lost_chunk(task, f"{type(error).__name__}: {error}")
            if (more := give()) is not None:
                finished.add(more)
    except distributed_errors() as error:
        raise WbsimError(f"the cluster is gone: {error}") from error
    finally:
        client.cancel(list(given))


def distributed_errors() -> tuple[type[BaseException], ...]:
    """What Dask raises when scheduler or connection are lost."""
    from distributed import CancelledError
    from distributed.comm.core import CommClosedError

    return (CommClosedError, CancelledError)


def _perform(work: SweepWork, task: SweepTask) -> SweepChunk | tuple[Problem, ...]:
    """A chunk, simulated on a worker of the cluster; the problems of what the user wrote, if it cannot be."""
    try:
        return _ready(work)(task)
    except InputError as error:
        return error.problems


@lru_cache(maxsize=2)
def _ready(work: SweepWork) -> Callable[[SweepTask], SweepChunk]:
    """What simulates, with model and plugins loaded once a process."""
    return work.ready()

"""A worker process: reads tasks from its standard input, writes finished blocks to its standard output.

Started as a program of its own, not by `multiprocessing`: it never runs the user's script a second time,
doesn't depend on the start method (which importing Mesa changes), and inherits no threads or locks. What it
prints goes to standard error. It ends by itself, in the middle of a block if need be, when the process that
started it is gone.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from wbsim.errors import InputError, Problem

if TYPE_CHECKING:
    from wbsim.experiments.pool import Work

#: Run by `python -c`: the search path comes first, so that the worker finds the very package that started it.
#: A parent that was interrupted while it started the worker leaves it nothing to read: then it ends, too.
PROGRAM = """
import pickle, sys
try:
    sys.path[:] = pickle.load(sys.stdin.buffer)
except (EOFError, pickle.UnpicklingError):
    sys.exit()
from wbsim.experiments.worker import main
main()
"""
#: One thread each: the worker processes are the parallelism.
ENVIRONMENT = dict.fromkeys(
    (
        "NUMBA_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "BLIS_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
    ),
    "1",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished task, or what went wrong: the problems of an InputError, or the text of any other error."""

    number: int
    result: Any = None
    problems: tuple[Problem, ...] = ()
    error: str = ""


@contextlib.contextmanager
def interrupts_held() -> Iterator[None]:
    """Processes started meanwhile never see Ctrl-C, not even before they can ignore it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def main() -> None:
    """Serve tasks until standard input ends."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches the whole group; the parent decides what ends.
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    incoming: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
    try:
        work: Work[Any, Any] = pickle.load(sys.stdin.buffer)
    except (EOFError, pickle.UnpicklingError):
        return
    threading.Thread(target=_listen, args=(sys.stdin.buffer, incoming), daemon=True).start()
    perform: Callable[[Any], Any] | InputError | str
    try:
        perform = work.ready()
    except InputError as error:
        perform = error
    except Exception:
        perform = traceback.format_exc()
    while True:
        number, task = incoming.get()
        answer = Answer(number)
        try:
            if isinstance(perform, InputError):
                raise perform
            answer = (
                Answer(number, error=perform) if isinstance(perform, str) else Answer(number, perform(task))
            )
        except InputError as error:
            answer = Answer(number, problems=error.problems)
        except Exception:
            answer = Answer(number, error=traceback.format_exc())
        pickle.dump(answer, results, protocol=pickle.HIGHEST_PROTOCOL)
        results.flush()


def _listen(source: BinaryIO, incoming: queue.SimpleQueue[tuple[int, Any]]) -> None:
    """Queue what arrives; when the other end is gone nobody waits for a result any more, so end at once."""
    try:
        while True:
            incoming.put(pickle.load(source))
    except (EOFError, OSError, pickle.UnpicklingError):
        os._exit(0)

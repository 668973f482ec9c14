"""The whole model, in one process and in two at once.

Processes are programs of their own that wait for orders, so that starting and compiling never count: `python
whole.py CITIZENS YEARS` reads numbers of worlds from its standard input, simulates the status quo in one
block of that many, and answers with the seconds it took: wall, processor, and processor inside the citizens'
kernel.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

#: One thread each: the processes are the parallelism.
_THREADS = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of one simulation: wall time, processor time, and the part of that inside the citizens' kernel."""

    wall: float
    processor: float
    kernel: float


class Workers:
    """Processes that simulate blocks of worlds on demand."""

    def __init__(self, count: int, citizens: int, years: int) -> None:
        command = [sys.executable, str(Path(__file__).resolve()), str(citizens), str(years)]
        environment = {**os.environ, **dict.fromkeys(_THREADS, "1")}
        self._processes = [
            subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
            )
            for _ in range(count)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            if process.stdin:
                process.stdin.close()
            process.wait()

    def run(self, worlds: int, at_once: int) -> tuple[Spent, ...]:
        """Simulate a block of `worlds` in each of the first `at_once` processes, all at the same time."""
        chosen = self._processes[:at_once]
        for process in chosen:
            assert process.stdin is not None
            print(worlds, file=process.stdin, flush=True)
        found = []
        for process in chosen:
            assert process.stdout is not None
            found.append(Spent(*map(float, process.stdout.readline().split())))
        return tuple(found)


def serve(citizens: int, years: int) -> None:
    """Simulate blocks until standard input ends."""
    from wbsim import kernels
    from wbsim.model.simulate import simulate
    from wbsim.scenario.load import load
    from wbsim.scenario.override import with_run

    scenario = with_run(load("status-quo"), citizens=citizens, years=years)
    real, inside = kernels.update_citizens, 0.0

    def clocked(*values: Any) -> None:
        nonlocal inside
        start = time.process_time()
        real(*values)
        inside += time.process_time() - start

    kernels.update_citizens = clocked
    simulate([scenario], 1, 0, 1)
    for line in sys.stdin:
        inside, wall, processor = 0.0, time.perf_counter(), time.process_time()
        simulate([scenario], 1, 0, int(line))
        print(time.perf_counter() - wall, time.process_time() - processor, inside, flush=True)


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))

"""How long somebody waits who changes a lever: 64 and 16 worlds of two policies, and a start from nothing.

`python interactive.py SCENARIO` is a process that waits for orders, a number of worlds a line, and answers when it has
simulated so many of ten projected years with 1,000 citizens a state. Each of two such processes has one of the two
policies: a world has the same draws and chance in both, whichever process it runs in. The years before the policy
(2021 and 2022) are kept from a first call with the same worlds, as a page would keep them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from whole import _THREADS

_ENVIRONMENT = {**os.environ, **dict.fromkeys(_THREADS, "1")}


POLICIES = ("forum", "iisg-results")


def serve(name: str) -> None:
    """Simulate what standard input asks for."""
    from wbsim.model.simulate import Hindcast, simulate
    from wbsim.scenario.load import load
    from wbsim.scenario.override import with_run

    scenario = with_run(load(name), citizens=1000, years=10)
    kept: dict[int, Hindcast] = {}
    for line in sys.stdin:
        worlds = int(line)
        simulate([scenario], 1, 0, worlds, hindcast=kept.setdefault(worlds, Hindcast()))
        print("done", flush=True)


class Pair:
    """A process for each of the first `count` policies."""

    def __init__(self, environment: dict[str, str] = _ENVIRONMENT, count: int = 2) -> None:
        command = [sys.executable, str(Path(__file__).resolve())]
        self._processes = [
            subprocess.Popen(
                [*command, policy], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
            )
            for policy in POLICIES[:count]
        ]

    def seconds(self, worlds: int) -> float:
        """Wall seconds until `worlds` worlds of every policy are there."""
        start = time.perf_counter()
        for process in self._processes:
            assert process.stdin is not None
            print(worlds, file=process.stdin, flush=True)
        for process in self._processes:
            assert process.stdout is not None
            if process.stdout.readline() != "done\n":
                raise RuntimeError("a process of the benchmark ended before it had simulated its worlds")
        return time.perf_counter() - start

    def end(self) -> None:
        """End both."""
        for process in self._processes:
            if process.stdin:
                process.stdin.close()
            process.wait()


def from_nothing(cache: str | None = None) -> float:
    """Seconds from the start of two processes to the first 16 worlds; `cache` is a folder for compiled code."""
    start = time.perf_counter()
    pair = Pair(_ENVIRONMENT | ({"NUMBA_CACHE_DIR": cache} if cache else {}))
    pair.seconds(16)
    pair.end()
    return time.perf_counter() - start


def compilation() -> float:
    """Seconds of one process to its first two worlds with an empty cache of compiled code."""
    with tempfile.TemporaryDirectory() as cache:
        start = time.perf_counter()
        pair = Pair(_ENVIRONMENT | {"NUMBA_CACHE_DIR": cache}, count=1)
        pair.seconds(2)
        pair.end()
        return time.perf_counter() - start


def waits(rounds: int) -> dict[str, float]:
    """Seconds, two policies: 64 and 16 worlds by warm processes, 16 from nothing, the first run that compiles."""
    pair = Pair()
    for worlds in (16, 64):
        pair.seconds(worlds)
    found: dict[str, list[float]] = {"64": [], "16": [], "start": []}
    for _ in range(rounds):
        found["64"].append(pair.seconds(64))
        found["16"].append(pair.seconds(16))
        found["start"].append(from_nothing())
    pair.end()
    return {name: median(values) for name, values in found.items()} | {"compile": compilation()}


if __name__ == "__main__":
    serve(sys.argv[1])

"""Repeated timings: medians, and the spread that says how noisy the machine was.

Processor time, not wall time: what is timed here runs in one thread, and another program on the same core
should not count.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of repeated runs of one thing."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    def per(self, count: float, unit: float = 1.0) -> dict[str, float]:
        """Median, lowest and highest of the time per one of `count`, in units of `unit` seconds."""
        each = [seconds / count / unit for seconds in self.seconds]
        return {"median": median(each), "lowest": min(each), "highest": max(each)}


def timed(run: Callable[[], object]) -> float:
    """Seconds of processor time that `run` takes in this process."""
    start = time.process_time()
    run()
    return time.process_time() - start


def interleaved(runs: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, Timing]:
    """Time every one of `runs` once a round, so that a slow moment of the machine hits all of them alike.

    Each runs once before the first round: compiled code, warm caches.
    """
    for run in runs.values():
        run()
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(repeats):
        for name, run in runs.items():
            seconds[name].append(timed(run))
    return {name: Timing(tuple(values)) for name, values in seconds.items()}


def ratio(top: Timing, bottom: Timing) -> float:
    """Median over the rounds of one timing divided by the other of the same round."""
    return median(a / b for a, b in zip(top.seconds, bottom.seconds, strict=True))

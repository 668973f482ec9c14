"""What a sweep costs beyond its model: `wbsim sweep` as a process, its store on disk, beside other tools.

Part of `run.py`; `python benchmarks/sweeps.py` prints this part alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import rivals
import trivial_model

from wbsim.scenario.load import load

ROOT = Path(__file__).parents[1]
PLUGIN = Path(__file__).with_name("trivial_model.py")
#: Grids of two levers: 10 x 10 points of 1,000 worlds, and 100 x 100 points of 10.
SHAPES = {"100 points x 1,000 worlds": (10, 1000), "10,000 points x 10 worlds": (100, 10)}


def sweep(side: int, worlds: int, *, workers: int = 1, more: tuple[str, ...] = ()) -> float:
    """Wall seconds of `wbsim sweep` over a grid of `side` x `side` points."""
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        command = [
            *(sys.executable, "-m", "wbsim", "sweep", "forum", "--plugin", str(PLUGIN), "--model", "trivial"),
            *("--vary", f"forum.transparency={values(1, side)}", "--vary", f"forum.cost={values(100, side)}"),
            *("--worlds", str(worlds), "--workers", str(workers), "--out", str(Path(folder) / "sweep")),
            *("--quiet", "--json", "--yes", "--no-report", *more),
        ]
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - started


def values(high: int, count: int) -> str:
    """So many values from 0 up."""
    return "0" if count == 1 else f"0:{high}:{count}"


def model_alone(side: int, worlds: int) -> float:
    """Seconds that the model itself takes for as many worlds, called as the sweep calls it."""
    forum = load("forum")
    together = max(1, trivial_model.TRIVIAL.together // worlds)
    started = time.perf_counter()
    for start in range(0, side * side, together):
        trivial_model.simulate([forum] * min(together, side * side - start), 1, 0, worlds)
    return time.perf_counter() - started


def overheads(rounds: int) -> dict[str, dict[str, float]]:
    """Microseconds a world beyond model and start of the process, for each shape: median, lowest, highest."""
    found: dict[str, list[float]] = {name: [] for name in SHAPES}
    for _ in range(rounds):
        start = sweep(1, 1)
        for name, (side, worlds) in SHAPES.items():
            spent = sweep(side, worlds) - start - model_alone(side, worlds)
            found[name].append(1e6 * spent / (side * side * worlds))
    return {
        name: {"median": median(each), "lowest": min(each), "highest": max(each)}
        for name, each in found.items()
    }


def two_workers(rounds: int) -> dict[str, float]:
    """How many times as fast two workers are, on wbsim's own model: time beyond a sweep of hardly any worlds."""
    ratios = []
    for _ in range(rounds):
        one, two = (_own(workers, 256) - _own(workers, 1) for workers in (1, 2))
        ratios.append(one / two)
    return {"median": median(ratios), "lowest": min(ratios), "highest": max(ratios)}


def _own(workers: int, worlds: int) -> float:
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        command = [
            *(sys.executable, "-m", "wbsim", "sweep", "forum", "--vary", "forum.transparency=0:1:8"),
            *("--worlds", str(worlds), "--workers", str(workers), "--out", str(Path(folder) / "sweep")),
            *("--quiet", "--json", "--no-report"),
        ]
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - started


def memory(worlds: int) -> float:
    """Peak megabytes of the largest process of a sweep of one point in so many worlds (resident, two workers)."""
    program = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        command = [
            *(sys.executable, "-m", "wbsim", "sweep", "forum", "--plugin", str(PLUGIN), "--model", "trivial"),
            *("--vary", "forum.transparency=0.5", "--worlds", str(worlds), "--workers", "2"),
            *("--out", str(Path(folder) / "sweep"), "--quiet", "--json", "--yes", "--no-report"),
        ]
        done = subprocess.run(
            [sys.executable, "-c", program, *command], check=True, capture_output=True, text=True
        )
    return int(done.stdout) / (1024 if sys.platform != "darwin" else 1024**2)


def measure(rounds: int, runs: int) -> dict[str, Any]:
    """Everything, as plain data: `rounds` times, the other tools with so many `runs`."""
    others = [rivals.measured(runs) for _ in range(rounds)]
    return {
        "microseconds_beyond_the_model": overheads(rounds),
        "other_tools": {
            name: None if others[0][name] is None else median(each[name] for each in others)
            for name in others[0]
        },
        "two_workers": two_workers(rounds),
        "peak_megabytes_by_worlds": {str(worlds): memory(worlds) for worlds in (10_000, 100_000, 1_000_000)},
    }


if __name__ == "__main__":
    print(json.dumps(measure(rounds=3, runs=2000), indent=2))

"""Measure speed and memory side by side, and write results.json, docs/speed.md and docs/speed.png.

`python benchmarks/run.py` takes a few minutes, `--quick` less than one. Only ratios within one run mean much
on a machine that does other things too; everything is repeated in rounds, and medians are kept.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import bound
import interactive
import page
import sweeps
from clock import interleaved, ratio
from compare_means import agreement
from kernel import record_month
from memory import peak
from objects import State, inputs
from vectors import Vectors
from whole import Workers

import wbsim
from wbsim.kernels import ROWS

BLOCKS = (16, 32, 64, 128)
CITIZENS, HISTORY_YEARS, STATES = 1000, 2, 6
BEST_KNOWN = 64
#: Months of one state of one world a timing, so that a timing is long enough to be read.
_NUMPY_MONTHS = 100


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: projected years, rounds, months of the yardstick, and worlds of the comparison."""

    years: int
    rounds: int
    kernel_rounds: int
    memory_worlds: tuple[int, ...]
    memory_years: int
    runs: int


FULL = Effort(years=10, rounds=3, kernel_rounds=15, memory_worlds=(200, 1000), memory_years=2, runs=2000)
QUICK = Effort(years=1, rounds=2, kernel_rounds=5, memory_worlds=(64,), memory_years=1, runs=200)


def whole_model(effort: Effort) -> dict[str, Any]:
    """Wall milliseconds a world in one process and in two, by block size."""
    found: dict[int, dict[str, list[float]]] = {
        block: {"one": [], "two": [], "processor": [], "speedup": [], "undisturbed": [], "outside": []}
        for block in BLOCKS
    }
    with Workers(2, CITIZENS, effort.years) as workers:
        workers.run(BLOCKS[0], 2)
        for _ in range(effort.rounds):
            for block in BLOCKS:
                (alone,) = workers.run(block, 1)
                both = workers.run(block, 2)
                slower = max(spent.wall for spent in both)
                found[block]["one"].append(1e3 * alone.wall / block)
                found[block]["two"].append(1e3 * slower / (2 * block))
                found[block]["speedup"].append(2.0 * alone.wall / slower)
                # By processor time: what two lose to each other's memory, whatever else the machine does.
                most = max(spent.processor for spent in both)
                found[block]["undisturbed"].append(2.0 * alone.processor / most)
                found[block]["outside"].append(1.0 - alone.kernel / alone.processor)
                found[block]["processor"].append(1e3 * alone.processor / block)
    blocks = {
        str(block): {name: median(values) for name, values in rows.items()} for block, rows in found.items()
    }
    best = min(blocks, key=lambda block: blocks[block]["two"])
    return {
        "months": 12 * (HISTORY_YEARS + effort.years),
        "updates_per_world": 12 * (HISTORY_YEARS + effort.years) * STATES * CITIZENS * ROWS,
        "blocks": blocks,
        "best_block": int(best),
        "ms_per_world": blocks[best]["two"],
        "two_core_speedup": blocks[best]["speedup"],
        "two_core_speedup_processor": blocks[best]["undisturbed"],
        "outside_kernel_share": blocks[best]["outside"],
    }


def scaling(effort: Effort) -> dict[str, float]:
    """By what factor time grows when the worlds, the citizens or the months of a run are four times as many.

    Worlds in blocks of 16, 4 being as long as linear growth; what a block or a process pays once makes it less.
    """
    found: dict[str, list[float]] = {"worlds": [], "citizens": [], "months": []}
    with (
        Workers(1, 4 * CITIZENS, 1) as many,
        Workers(1, CITIZENS, 1) as usual,
        Workers(1, CITIZENS, 10) as long,
    ):
        for each in (many, usual, long):
            each.run(16, 1)
        for _ in range(effort.rounds):
            base = sum(usual.run(16, 1)[0].processor for _ in range(2))
            found["worlds"].append(sum(usual.run(16, 1)[0].processor for _ in range(8)) / base)
            found["citizens"].append(2.0 * many.run(16, 1)[0].processor / base)
            found["months"].append(2.0 * long.run(16, 1)[0].processor / base)
    return {name: median(values) for name, values in found.items()}


def citizens_alone(effort: Effort) -> dict[str, Any]:
    """The kernel, the loops of its bound, and the objects, in nanoseconds an attitude update."""
    month = record_month(BEST_KNOWN, CITIZENS)
    state = State(inputs(month.call, 1, 0), seed=1)
    months = 4

    def objects() -> None:
        for _ in range(months):
            state.step()

    vectors = Vectors(inputs(month.call, 1, 0), seed=1)

    def numpy_loop() -> None:
        for _ in range(_NUMPY_MONTHS):
            vectors.step()

    runs: dict[str, Callable[[], object]] = {
        "kernel": month.run,
        **bound.loops(month),
        "numpy": numpy_loop,
        "objects": objects,
    }
    timings = interleaved(runs, effort.kernel_rounds)
    loops = [timings[name] for name in ("memory", "random numbers", "sigmoids")]
    whole = type(loops[0])(tuple(map(sum, zip(*(loop.seconds for loop in loops), strict=True))))
    updates = dict.fromkeys(runs, month.updates) | {
        "objects": months * CITIZENS * ROWS,
        "numpy": _NUMPY_MONTHS * CITIZENS * ROWS,
    }
    small = record_month(4, CITIZENS)
    same = agreement(small, worlds=4, months=12)
    same_numpy = agreement(small, worlds=4, months=12, make=Vectors)
    return {
        "nanoseconds": {name: timings[name].per(updates[name], 1e-9) for name in runs},
        "sigmoids_per_citizen_month": bound.SIGMOIDS,
        "kernel_over_bound": ratio(timings["kernel"], whole),
        "ratio_object_mesa": ratio(timings["objects"], timings["kernel"])
        * updates["kernel"]
        / updates["objects"],
        "ratio_numpy_loop": ratio(timings["numpy"], timings["kernel"]) * updates["kernel"] / updates["numpy"],
        "same_means": asdict(same) | {"holds": same.holds},
        "same_means_numpy": asdict(same_numpy) | {"holds": same_numpy.holds},
    }


def measure(effort: Effort) -> dict[str, Any]:
    """Everything, as plain data."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    print("citizens: kernel, bound, objects ...", flush=True)
    alone = citizens_alone(effort)
    print(_means_text("objects", alone["same_means"]), flush=True)
    print(_means_text("NumPy", alone["same_means_numpy"]), flush=True)
    print("whole model in one process and in two ...", flush=True)
    whole = whole_model(effort)
    print("memory of a comparison ...", flush=True)
    memory = {str(n): peak(n, effort.memory_years, CITIZENS) for n in effort.memory_worlds}
    print("waiting for a result ...", flush=True)
    waits = interactive.waits(effort.rounds)
    print("sweeps of a trivial model, beside other tools ...", flush=True)
    costs = sweeps.measure(effort.rounds, effort.runs)
    print("time and size of the work ...", flush=True)
    growth = scaling(effort)
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("numpy", "numba", "mesa")},
            "wbsim": wbsim.__version__,
        },
        "taken": datetime.now(UTC).date().isoformat(),
        "load_before": load,
        "effort": asdict(effort),
        "ms_per_world": whole["ms_per_world"],
        "kernel_over_bound": alone["kernel_over_bound"],
        "ratio_object_mesa": alone["ratio_object_mesa"],
        "ratio_numpy_loop": alone["ratio_numpy_loop"],
        "outside_kernel_share": whole["outside_kernel_share"],
        "two_core_speedup": whole["two_core_speedup"],
        "two_core_speedup_processor": whole["two_core_speedup_processor"],
        "interactive_seconds": waits["64"],
        "interactive": waits,
        "sweeps": costs,
        "scaling": growth,
        "citizens": alone,
        "whole": whole,
        "memory_megabytes": memory,
    }


def _means_text(name: str, same: dict[str, Any]) -> str:
    verdict = "the same population" if same["holds"] else "NOT the same population"
    return (
        f"{name} and kernel after {same['months']} months: {verdict}; {same['count']} mean attitudes, mean "
        f"squared "
        f"difference {same['mean_square']:.2f} (1 by chance), largest {same['largest']:.1f} standard errors"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer months, worlds and rounds")
    parser.add_argument(
        "--out", type=Path, help="folder for all three files, in place of benchmarks/ and docs/"
    )
    options = parser.parse_args()
    here = Path(__file__).resolve().parent
    data, docs = (options.out, options.out) if options.out else (here, here.parent / "docs")
    for folder in (data, docs):
        folder.mkdir(parents=True, exist_ok=True)
    results = measure(QUICK if options.quick else FULL)
    (data / "results.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    page.write(results, docs / "speed.md")
    page.draw(results, docs / "speed.png")
    print(page.table(results))
    print(f"written: {data / 'results.json'}, {docs / 'speed.md'}, {docs / 'speed.png'}")


if __name__ == "__main__":
    main()

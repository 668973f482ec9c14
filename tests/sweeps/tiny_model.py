"""Models so small that what a sweep itself does and costs can be seen: 12 months, 10 outcomes, a few operations.

A plugin: `wbsim sweep ... --plugin tests/sweeps/tiny_model.py --model tiny`.
"""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np

from wbsim.chance.counter import NO_MONTH, Chance, Stream
from wbsim.scenario.model import Model
from wbsim.tables.outcomes import OUTCOMES

MONTHS = 12
RECORDS = {
    name: replace(OUTCOMES[name], summary=("mean", "sum", "last")[number % 3])
    for number, name in enumerate(tuple(OUTCOMES)[:10])
}
#: Names a file that exists once the model `deadly` has killed its process.
MARK = "WBSIM_TEST_MARK"


@dataclass(frozen=True)
class Block:
    """What the model returns for one scenario."""

    regional: np.ndarray
    states: np.ndarray
    dyads: np.ndarray
    failed: dict[int, str] = field(default_factory=dict)


def simulate(scenarios, seed, first, count, registry=None):
    """Random walks that start at the number of meetings a year."""
    steps = Chance(seed, first, count).uniform(Stream.PARAMETERS, NO_MONTH, np.array([1]), MONTHS)[:, 0]
    walk = np.cumsum(steps - 0.5, axis=1, dtype=np.float64)[:, :, None] * np.linspace(1.0, 2.0, len(RECORDS))
    nothing = np.empty((count, 0, 0, 0), np.float32)
    return [Block((walk + meetings(scenario)).astype(np.float32), nothing, nothing) for scenario in scenarios]


def meetings(scenario) -> float:
    """Meetings a year, 0 without a forum."""
    return sum(float(policy.levers.get("meetings_per_year", 0.0)) for policy in scenario.policies)


def slow(scenarios, seed, first, count, registry=None):
    """The same after a while, so that it can be killed in the middle."""
    time.sleep(0.02)
    return simulate(scenarios, seed, first, count)


def failing(scenarios, seed, first, count, registry=None):
    """World 3 raises wherever there are 12 meetings; world 5 has no number in its first month."""
    if any(meetings(scenario) == 12 for scenario in scenarios) and first <= 3 < first + count:
        raise ZeroDivisionError("world 3 divides by nothing")
    blocks = simulate(scenarios, seed, first, count)
    if first <= 5 < first + count:
        for block in blocks:
            block.regional[5 - first] = np.nan
            block.failed[5] = "no finite value in 2021-01"
    return blocks


def deadly(scenarios, seed, first, count, registry=None):
    """The process that comes to world 3 dies, once or (without a file to mark it by) every time."""
    mark = Path(os.environ[MARK]) if MARK in os.environ else None
    if first <= 3 < first + count and (mark is None or not mark.exists()):
        if mark is not None:
            mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return simulate(scenarios, seed, first, count)


def misshapen(scenarios, seed, first, count, registry=None):
    """Months too few."""
    return [
        replace(block, regional=block.regional[:, 1:]) for block in simulate(scenarios, seed, first, count)
    ]


_model = partial(Model, outcomes=RECORDS, months=MONTHS)
TINY = _model("tiny", simulate, block=1000, together=8192)
SLOW = _model("slow", slow, block=10, together=10)
FAILING = _model("failing", failing, block=8, together=32)
DEADLY = _model("deadly", deadly, block=4, together=4)
MISSHAPEN = _model("misshapen", misshapen, block=8, together=32)

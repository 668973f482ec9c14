"""Which numbers stand out for one effect of the forum, in few worlds and in many."""

from __future__ import annotations

from reproduce.run import Facts, Run, Settings
from reproduce.runs.common import compared
from wbsim.experiments.drivers import find_drivers


def _drivers(settings: Settings) -> Facts:
    found = {}
    for worlds in (settings["few"], settings["worlds"]):
        comparison = compared(("status-quo", "forum"), worlds, settings["citizens"])
        drivers = find_drivers(comparison.table(), comparison.experiment.seed)
        if drivers.note:
            raise ValueError(drivers.note)
        found[str(worlds)] = drivers.resolved()
    return {**settings, "found": found}


DRIVERS = Run(
    "drivers",
    _drivers,
    {"worlds": 1000, "few": 300, "citizens": 80, "outcome": "war_worry"},
    60,
    ("statistics", "experiments/drivers.py", "experiments/drawn.py"),
)

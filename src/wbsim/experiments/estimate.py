"""What a run will probably cost, said before it starts."""

from __future__ import annotations

import os
from importlib import util
from pathlib import Path

from wbsim.experiments.execute import Plan
from wbsim.tables.places import STATE_CODES

#: Milliseconds of one core, as measured once on a plain machine: for each month of each scenario of a block,
#: for a world of it, and for a citizen of a world. Good enough to tell seconds from hours.
BLOCK_MS, WORLD_MS, CITIZEN_MS = 2.0, 0.04, 1.6e-5
#: Seconds until the first block begins; until the report is written; and to compile the model once.
START, REPORT, COMPILE = 4.0, 5.0, 25.0


def estimated_seconds(planned: Plan) -> float:
    """Wall seconds that `planned` probably takes, with the report, and with compilation where it is needed."""
    return START + REPORT + simulation_seconds(planned) + (0.0 if is_compiled() else COMPILE)


def simulation_seconds(planned: Plan) -> float:
    """Wall seconds that its worlds alone probably take."""
    citizens = len(STATE_CODES) * planned.sets[0].scenarios[0].run.citizens
    months = len(planned.months)
    scenarios_of = [len(group.scenarios) for group in planned.sets]
    blocks = sum(scenarios_of[task.group] for task in planned.tasks)
    work = months * (BLOCK_MS * blocks + (WORLD_MS + CITIZEN_MS * citizens) * planned.scenario_worlds)
    return work / 1000 / planned.workers


def is_compiled() -> bool:
    """Whether a compiled model newer than its source lies in one of Numba's caches.

    A guess from the names and times of files: it imports nothing, and a wrong one changes only what is said.
    """
    found = util.find_spec("wbsim.kernels")
    if found is None or found.origin is None:
        return True
    source = Path(found.origin)
    places = [source.parent / "__pycache__", Path("~/.cache/numba").expanduser()]
    if cache := os.environ.get("NUMBA_CACHE_DIR"):
        places = [Path(cache)]
    changed = source.stat().st_mtime
    return any(
        index.stat().st_mtime >= changed for place in places for index in place.glob("**/kernels.*.nbi")
    )


def can_keep_compiled() -> bool:
    """Whether Numba finds a place to keep the compiled model; imports the kernels, which a run needs anyway."""
    from wbsim.kernels import CACHED

    return CACHED

"""What a run will probably cost, said before it starts."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

from wbsim.experiments.execute import Plan

#: Milliseconds of one core for one world of one scenario, and for each citizen and month of it: orders of
#: magnitude on ordinary hardware, good enough to tell seconds from hours.
_WORLD_MS, _CITIZEN_MONTH_MS = 1.0, 1.0e-5
#: Seconds until the first block begins, in this process and with worker processes; and to compile the model
#: once.
_START, _START_WORKERS, _COMPILE = 2.0, 4.0, 40.0


def estimated_seconds(planned: Plan) -> float:
    """Wall seconds that `planned` probably takes, compilation included where it is needed."""
    run = planned.sets[0].scenarios[0].run
    states = 6
    per_world = _WORLD_MS + _CITIZEN_MONTH_MS * states * run.citizens * len(planned.months)
    start = _START if planned.workers == 1 else _START_WORKERS
    return (
        start
        + planned.scenario_worlds * per_world / 1000 / planned.workers
        + (0 if is_compiled() else _COMPILE)
    )


def is_compiled() -> bool:
    """Whether a compiled model newer than its source lies in a cache; a guess that never costs an import."""
    model = Path(str(resources.files("wbsim"))) / "model"
    source = model / "kernels.py"
    if not source.is_file():
        return True
    places = [model / "__pycache__"]
    if cache := os.environ.get("NUMBA_CACHE_DIR"):
        places = [Path(cache)]
    changed = source.stat().st_mtime
    return any(
        index.stat().st_mtime >= changed
        for place in places
        for index in place.glob("**/*update_citizens*.nbi")
    )

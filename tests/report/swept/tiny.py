"""Sweeps of a model so small that their pages are made in a second; what each point gives is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wbsim.results.folder import Place
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run
from wbsim.scenario.plugin import load_plugins
from wbsim.sweeps.design import Design, Value
from wbsim.sweeps.folder import begin
from wbsim.sweeps.models import model_of
from wbsim.sweeps.opened import Sweep, open_sweep
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.run import run_sweep

MODEL_FILE = '''
from types import SimpleNamespace
import numpy as np
from wbsim.chance.counter import NO_MONTH, Chance, Stream
from wbsim.scenario.model import Model
from wbsim.tables.outcomes import OUTCOMES

RECORDS = {name: OUTCOMES[name] for name in ("cooperation", "war_worry")}


def simulate(scenarios, seed, first, count, registry=None):
    """Cooperation: chance, plus 0.01 for each of 5 meetings, times dialogue. Worry: less one under a forum."""
    chance = Chance(seed, first, count).uniform(Stream.PARAMETERS, NO_MONTH, np.array([1]), 2)[:, 0]
    nothing = np.empty((count, 0, 0, 0), np.float32)
    found = []
    for scenario in scenarios:
        levers = {name: value for policy in scenario.policies for name, value in policy.levers.items()}
        meetings = float(levers.get("meetings_per_year", 0.0))
        gain = 0.01 * min(meetings, 5.0) * float(levers.get("dialogue", 1.0)) * (1 + 0.2 * (chance[:, 1] - 0.5))
        if meetings == FAILS_AT:
            gain = gain + np.where(np.arange(first, first + count) < FAILED, np.nan, 0.0)
        worry = 30 + 10 * chance[:, 1] - bool(levers)
        month = np.stack([0.1 + 0.1 * chance[:, 0] + gain, worry], axis=-1)
        found.append(SimpleNamespace(
            regional=np.repeat(month[:, None], 12, axis=1).astype(np.float32), states=nothing, dyads=nothing, failed={}
        ))
    return found


FAILS_AT, FAILED = -1.0, 0
TINY = Model("tiny", simulate, RECORDS, months=12, block=1000, together=8192)
'''

#: One key at five values: cooperation rises up to five meetings a year, and no further.
MEETINGS = tuple((float(n),) for n in (1, 3, 5, 8, 12))


def sweep_of(
    folder: Path,
    keys: tuple[str, ...],
    points: tuple[tuple[Value, ...], ...],
    kind: str = "grid",
    *,
    scenarios: tuple[str, ...] = ("status-quo", "forum"),
    worlds: int = 40,
    fails: tuple[float, int] = (-1.0, 0),
    **changes: Any,
) -> Sweep:
    """A finished sweep in `folder`; `fails` are the meetings a year at which worlds fail, and how many do."""
    folder.mkdir(parents=True)
    file = folder / "tiny_plugin.py"
    file.write_text(
        MODEL_FILE.replace("FAILS_AT, FAILED = -1.0, 0", f"FAILS_AT, FAILED = {fails[0]}, {fails[1]}")
    )
    registry = load_plugins([file])
    loaded = tuple(with_run(load(name), years=1) for name in scenarios)
    loaded = tuple(each.model_copy(update=changes) if n else each for n, each in enumerate(loaded))
    plan = SweepPlan(
        "tiny",
        loaded,
        Design(kind, keys, points),
        worlds,
        1,
        model=model_of("tiny", registry),
        plugins=registry.files,
        baseline=scenarios[0] if len(scenarios) > 1 else None,
        command="wbsim sweep <tiny>",
    )
    place = begin(plan, Place(folder, folder / "sweep"))
    run_sweep(plan, place, workers=1)
    return open_sweep(place, plugins=registry.files)

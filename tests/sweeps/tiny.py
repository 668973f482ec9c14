"""Sweeps of the tiny models, for tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from wbsim.results.folder import Place
from wbsim.scenario.load import load
from wbsim.scenario.plugin import load_plugins
from wbsim.sweeps.design import Design
from wbsim.sweeps.folder import begin
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.run import SweepRun, run_sweep

PLUGIN = Path(__file__).with_name("tiny_model.py")
MODELS = load_plugins([PLUGIN]).models
FORUM, STATUS_QUO = (load(name, plugins=[PLUGIN]) for name in ("forum", "status-quo"))


def plan(model: str = "tiny", points: int = 4, worlds: int = 20, **changes) -> SweepPlan:
    """The forum at `points` numbers of meetings a year from 1 to 12, beside the status quo."""
    meetings = np.linspace(1, 12, points).tolist()
    design = Design("grid", ("forum.meetings_per_year",), tuple((value,) for value in meetings))
    whole = SweepPlan(
        name="tiny",
        scenarios=(FORUM, STATUS_QUO),
        design=design,
        worlds=worlds,
        seed=9,
        model=MODELS[model],
        plugins=(str(PLUGIN),),
        baseline="status-quo",
        command="wbsim sweep forum",
    )
    return replace(whole, **changes)


def run(made: SweepPlan, folder: Path, **how) -> SweepRun:
    """Begin the sweep in `folder` and carry it out, in this process unless told otherwise."""
    begin(made, Place(folder.parent, folder))
    return run_sweep(made, folder, **{"workers": 1, **how})

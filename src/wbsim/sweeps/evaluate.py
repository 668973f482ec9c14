"""Figures of scenarios at the points of a design, for whatever searches, screens or explains."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError, Problem
from wbsim.experiments.execute import Settings
from wbsim.results.folder import discard, place_for
from wbsim.scenario.model import MODEL, Model
from wbsim.scenario.schema import Scenario
from wbsim.sweeps.arrays import open_arrays
from wbsim.sweeps.assemble import FailedWorld
from wbsim.sweeps.design import Design
from wbsim.sweeps.folder import begin, is_sweep, read_plan, same_sweep
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.run import Progress, run_sweep


@dataclass(frozen=True, slots=True)
class Evaluated:
    """`figures` (points, scenarios, worlds, outcomes) at the horizon, NaN where a world failed; `first` is the first
    world's number. `failures` lists the worlds that failed; `results_sha256` is the hash of all values."""

    design: Design
    scenarios: tuple[str, ...]
    outcomes: tuple[str, ...]
    first: int
    figures: NDArray[np.float64]
    failures: tuple[FailedWorld, ...]
    results_sha256: str


def evaluate(
    scenarios: Sequence[Scenario],
    design: Design,
    settings: Settings,
    *,
    folder: Path | None = None,
    progress: Progress | None = None,
    model: Model = MODEL,
) -> Evaluated:
    """Simulate `scenarios` at every point of `design`, in the same worlds.

    World k has the same draws of parameters and the same chance everywhere; only what the design sets differs. With a
    `folder` everything is kept there, and what it already holds of the same evaluation is not simulated again; without,
    a temporary one is used. InputError for what the user wrote, and if `folder` holds another evaluation.
    """
    settings.check()
    plugins = tuple(sorted({file for each in scenarios for file in each.plugins}))
    plan = SweepPlan(
        "evaluation",
        tuple(scenarios),
        design,
        settings.worlds,
        settings.seed,
        settings.first,
        "horizon",
        model,
        plugins,
    )
    if folder is not None:
        return _in(_begun(plan, folder), plan, settings, progress)
    temporary = Path(tempfile.mkdtemp(prefix="wbsim-"))
    try:
        return _in(_begun(plan, temporary / "evaluation"), plan, settings, progress)
    finally:
        discard(temporary)


def _begun(plan: SweepPlan, folder: Path) -> Path:
    """The folder of this very evaluation, begun now or before."""
    if not is_sweep(folder):
        return begin(plan, place_for(folder))
    if not same_sweep(read_plan(folder), plan):
        raise InputError(
            Problem("holds another evaluation", file=str(folder), suggestion="name another folder")
        )
    return folder


def _in(folder: Path, plan: SweepPlan, settings: Settings, progress: Progress | None) -> Evaluated:
    done = run_sweep(plan, folder, workers=settings.workers, progress=progress)
    figures: NDArray[np.float64] = np.array(open_arrays(done.results.folder)["figures"][:])
    return Evaluated(
        plan.design,
        tuple(scenario.name for scenario in plan.scenarios),
        tuple(plan.model.outcomes),
        plan.first,
        figures,
        done.results.failed,
        done.results.results_sha256,
    )

"""Figures of scenarios at the points of a design, for whatever searches, screens or explains."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

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
from wbsim.sweeps.folder import begin, is_sweep, read_plan, same_sweep, write_plan
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
    with Evaluator(scenarios, settings, folder=folder, model=model) as evaluator:
        return evaluator.at(design, progress, only=True)


class Evaluator:
    """Evaluates one design after another in one folder, and simulates nothing there twice.

    Arguments as for `evaluate`; used in a `with` statement, which removes a temporary folder.
    """

    def __init__(
        self,
        scenarios: Sequence[Scenario],
        settings: Settings,
        *,
        folder: Path | None = None,
        model: Model = MODEL,
    ) -> None:
        settings.check()
        self._scenarios, self._settings, self._model = tuple(scenarios), settings, model
        self._temporary = None if folder is not None else Path(tempfile.mkdtemp(prefix="wbsim-"))
        self._folder = folder if folder is not None else Path(str(self._temporary)) / "evaluation"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._temporary is not None:
            discard(self._temporary)

    def at(self, design: Design, progress: Progress | None = None, *, only: bool = False) -> Evaluated:
        """Figures at the points of `design`. With `only` the folder may hold no other evaluation (InputError)."""
        plan = self._plan(design)
        if not is_sweep(self._folder):
            begin(plan, place_for(self._folder))
        elif not same_sweep(read_plan(self._folder, plugins=plan.plugins), plan):
            if only:
                problem = "holds another evaluation"
                raise InputError(Problem(problem, file=str(self._folder), suggestion="name another folder"))
            write_plan(plan, self._folder)
        return _in(self._folder, plan, self._settings, progress)

    def _plan(self, design: Design) -> SweepPlan:
        settings = self._settings
        return SweepPlan(
            "evaluation",
            self._scenarios,
            design,
            settings.worlds,
            settings.seed,
            settings.first,
            "horizon",
            self._model,
            tuple(sorted({file for each in self._scenarios for file in each.plugins})),
        )


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

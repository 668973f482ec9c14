"""What running experiments costs beside the model: a trivial model in Mesa, the EMA Workbench, AgentPy and wbsim.

The model squares its one parameter. wbsim's blocks are zeros of the outcomes of 36 months, which are measured,
hashed and written to disk as for a real model, while the others keep one number a run in memory. One process each.
A tool that is not installed is reported as such; none of them is needed by wbsim.
"""

from __future__ import annotations

import contextlib
import io
import logging
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

RUNS, WORLDS = 500, 2000


def wbsim_seconds() -> float:
    """Seconds a world of wbsim's own machinery, under one scenario."""
    from wbsim.experiments.execute import Settings, execute, plan
    from wbsim.experiments.sets import AssumptionSet
    from wbsim.scenario.load import load
    from wbsim.scenario.override import with_run

    scenario = with_run(load("status-quo"), years=1)
    planned = plan((AssumptionSet("", (scenario,)),), Settings(WORLDS, 1, workers=1))
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        execute(planned, Path(folder), simulate=nothing)
        return (time.perf_counter() - start) / WORLDS


def nothing(scenarios: Any, seed: int, first: int, count: int, registry: Any = None) -> Any:
    """Blocks in which nothing ever happens."""
    from wbsim.model.simulate import Block
    from wbsim.tables.calendar import HISTORY_START, month_number, month_text
    from wbsim.tables.outcomes import DYAD_OUTCOMES, OUTCOME_NAMES, STATE_OUTCOMES

    start = month_number(HISTORY_START)
    number = month_number(scenarios[0].horizon) + 1 - start
    months, years = tuple(month_text(start + m) for m in range(number)), range(number // 12)
    return tuple(
        Block(
            scenario=scenario.name,
            first=first,
            count=count,
            months=months,
            regional=np.zeros((count, number, len(OUTCOME_NAMES)), np.float32),
            years=tuple(2021 + year for year in years),
            states=np.zeros((count, len(years), 6, len(STATE_OUTCOMES)), np.float32),
            dyads=np.zeros((count, len(years), 15, len(DYAD_OUTCOMES)), np.float32),
        )
        for scenario in scenarios
    )


def mesa_seconds() -> float:
    """Seconds a run of Mesa's batch_run."""
    import mesa

    class Square(mesa.Model):
        def __init__(self, x: float = 0.0, **given: Any) -> None:
            super().__init__(**given)
            self.x = x
            self.datacollector = mesa.DataCollector(model_reporters={"y": "y"})

        def step(self) -> None:
            self.y = self.x**2
            self.datacollector.collect(self)
            self.running = False

    values = np.linspace(0.0, 1.0, RUNS).tolist()
    start = time.perf_counter()
    mesa.batch_run(Square, {"x": values}, number_processes=1, max_steps=1, display_progress=False)
    return (time.perf_counter() - start) / RUNS


def ema_seconds() -> float:
    """Seconds a run of the EMA Workbench's perform_experiments."""
    from ema_workbench import Model, RealParameter, ScalarOutcome, SequentialEvaluator

    def square(x: float) -> dict[str, float]:
        return {"y": x**2}

    model = Model("square", function=square)
    model.uncertainties = [RealParameter("x", 0.0, 1.0)]
    model.outcomes = [ScalarOutcome("y")]
    # The workbench shows its progress on standard error, whatever its logging is told.
    with contextlib.redirect_stderr(io.StringIO()), SequentialEvaluator(model) as evaluator:
        start = time.perf_counter()
        evaluator.perform_experiments(scenarios=RUNS)
    return (time.perf_counter() - start) / RUNS


def agentpy_seconds() -> float:
    """Seconds a run of an AgentPy Experiment."""
    import agentpy

    class Square(agentpy.Model):  # type: ignore[misc]
        def step(self) -> None:
            self.report("y", self.p.x**2)
            self.stop()

    sample = agentpy.Sample({"x": agentpy.Range(0.0, 1.0)}, n=RUNS)
    experiment = agentpy.Experiment(Square, sample)
    start = time.perf_counter()
    experiment.run(display=False)
    return (time.perf_counter() - start) / RUNS


TOOLS: dict[str, Callable[[], float]] = {
    "wbsim": wbsim_seconds,
    "Mesa batch_run": mesa_seconds,
    "EMA Workbench": ema_seconds,
    "AgentPy": agentpy_seconds,
}


def overheads(rounds: int) -> dict[str, float | None]:
    """Microseconds a run, medians of `rounds` in which each tool runs once; None for one that is not installed."""
    logging.disable(logging.CRITICAL)
    found: dict[str, list[float]] = {name: [] for name in TOOLS}
    missing = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(rounds + 1):
            for name, measure in TOOLS.items():
                try:
                    found[name].append(1e6 * measure())
                except ModuleNotFoundError:
                    missing.add(name)
    logging.disable(logging.NOTSET)
    # The first round pays for imports and caches.
    return {name: None if name in missing else median(values[1:]) for name, values in found.items()}

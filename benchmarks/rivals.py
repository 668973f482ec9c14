"""What other tools take to run the trivial model, microseconds a run, one process; None where one is not installed."""

from __future__ import annotations

import contextlib
import io
import logging
import time
from collections.abc import Callable

from trivial_model import COUNT, one_run

NAMES = [f"outcome{number}" for number in range(COUNT)]


def plain(runs: int) -> float:
    """The model alone, called in a loop: what the others add to."""
    started = time.perf_counter()
    for number in range(runs):
        one_run(number / runs, number)
    return 1e6 * (time.perf_counter() - started) / runs


def mesa(runs: int) -> float:
    """Mesa's `batch_run`, one model a run, its outcomes collected once at the end."""
    import mesa as library

    class Trivial(library.Model):
        def __init__(self, transparency: float = 0.0, number: int = 0, rng: int | None = None) -> None:
            super().__init__()
            self.transparency, self.number = transparency, number
            self.running = True
            self.values = [0.0] * COUNT
            self.datacollector = library.DataCollector(
                {name: (lambda model, place=place: model.values[place]) for place, name in enumerate(NAMES)}
            )

        def step(self) -> None:
            self.values = one_run(self.transparency, self.number)
            self.datacollector.collect(self)
            self.running = False

    parameters = {"transparency": [0.5], "number": list(range(runs))}
    started = time.perf_counter()
    rows = library.batch_run(Trivial, parameters, max_steps=1, number_processes=1, display_progress=False)
    assert len(rows) >= runs
    return 1e6 * (time.perf_counter() - started) / runs


def ema(runs: int) -> float:
    """EMA Workbench's `perform_experiments`, sequential."""
    import ema_workbench as library

    logging.getLogger("EMA").setLevel(logging.ERROR)

    def function(transparency: float = 0.0, number: int = 0) -> dict[str, float]:
        return dict(zip(NAMES, one_run(transparency, int(number)), strict=True))

    model = library.Model("trivial", function=function)
    model.uncertainties = [
        library.RealParameter("transparency", 0.0, 1.0),
        library.IntegerParameter("number", 0, 2**30),
    ]
    model.outcomes = [library.ScalarOutcome(name) for name in NAMES]
    started = time.perf_counter()
    with contextlib.redirect_stderr(io.StringIO()), library.SequentialEvaluator(model) as evaluator:
        evaluator.perform_experiments(scenarios=runs)
    return 1e6 * (time.perf_counter() - started) / runs


def agentpy(runs: int) -> float:
    """AgentPy's `Experiment`, in this process."""
    import agentpy as library

    class Trivial(library.Model):
        def step(self) -> None:
            for name, value in zip(NAMES, one_run(self.p.transparency, self.p.number), strict=True):
                self.report(name, value)
            self.stop()

    sample = library.Sample({"transparency": 0.5, "number": library.Values(*range(runs))})
    started = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        library.Experiment(Trivial, sample).run()
    return 1e6 * (time.perf_counter() - started) / runs


RIVALS: dict[str, Callable[[int], float]] = {
    "Mesa batch_run": mesa,
    "EMA Workbench": ema,
    "AgentPy": agentpy,
}


def measured(runs: int) -> dict[str, float | None]:
    """Microseconds a run beyond the model itself, by tool."""
    found: dict[str, float | None] = {}
    alone = plain(runs)
    for name, run in RIVALS.items():
        try:
            run(max(2, runs // 20))  # what is loaded once
            found[name] = run(runs) - alone
        except ImportError:
            found[name] = None
    return found

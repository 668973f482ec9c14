"""The Python interface: `wbsim.run`, `wbsim.compare`, `wbsim.sweep`, and results opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wbsim.experiments.compare import Overrides, carry_out, prepare_comparison, prepare_run
from wbsim.experiments.comparison import Comparison, Run
from wbsim.experiments.reopen import reopen
from wbsim.results.folder import place_for
from wbsim.results.open import open_results
from wbsim.scenario.load import load
from wbsim.scenario.schema import Scenario
from wbsim.sweeps.call import sweep
from wbsim.sweeps.opened import open_sweep

if TYPE_CHECKING:
    from wbsim.experiments.execute import Progress
    from wbsim.experiments.work import Simulate

__all__ = ["compare", "open_results", "open_sweep", "reopen", "run", "sweep"]


def run(
    scenario: Scenario | str | Path,
    *,
    worlds: int | None = None,
    seed: int | None = None,
    first_world: int = 0,
    workers: int | None = None,
    assumptions: str | Path | None = None,
    posterior: str | Path | None = None,
    out: str | Path | None = None,
    block: int | None = None,
    progress: Progress | None = None,
    simulate: Simulate | None = None,
) -> Run:
    """Simulate one scenario (or the one of that name or path) in `worlds` worlds.

    `worlds` and `seed` are the scenario's own by default; `assumptions` is a file, or the name of a bundled one,
    that replaces its assumptions, `posterior` the folder of one to draw from in place of the bundled. Results go to
    the folder `out`, which must not exist; without it only to a temporary folder that goes with the returned object.
    `workers` and `block` change speed and memory only. `simulate` replaces the model. Raises InputError with
    everything that is wrong with what was asked.
    """
    overrides = Overrides(
        worlds, seed, first_world, workers, block, assumptions=assumptions, posterior=posterior
    )
    place = None if out is None else place_for(out)
    prepared = prepare_run(_loaded(scenario), overrides)
    return carry_out(prepared, Run, place, progress=progress, simulate=simulate)


def compare(
    *scenarios: Scenario | str | Path,
    baseline: str | None = None,
    worlds: int | None = None,
    seed: int | None = None,
    first_world: int = 0,
    workers: int | None = None,
    assumptions: str | Path | None = None,
    posterior: str | Path | None = None,
    under: Sequence[str] = (),
    until: Mapping[str, float] | None = None,
    channels: bool = False,
    robustness: bool = False,
    worlds_each: int | None = None,
    out: str | Path | None = None,
    block: int | None = None,
    progress: Progress | None = None,
    simulate: Simulate | None = None,
) -> Comparison:
    """Simulate scenarios (or those of these names or paths) in the same worlds, and compare them with the
    baseline.

    The baseline is the scenario of that name; by default the one called status-quo, else the first. Every policy
    runs under the baseline's assumptions or under those of `assumptions`, a file or the name of a bundled one;
    scenarios with assumptions or events of their own get a table of their own, the baseline re-run under theirs.
    `under` lays results side by side: under "prior", "posterior", structural variants as "NAME=CHOICE", or
    alternatives to the posterior as "posterior=NAME". `until` maps outcomes to Monte Carlo errors in their units: then
    worlds are simulated in rounds until the standard error of the mean paired difference is surely below that for
    every policy, at most `worlds`. `channels` and `robustness` ask for extra runs, each in `worlds_each` worlds (by
    default the comparison's, at most 200): see `Comparison.channels` and `Comparison.robustness`. The other arguments
    are those of `run`, `worlds` and `seed` the baseline's own by default. Raises InputError with
    everything that is wrong.
    """
    overrides = Overrides(
        worlds,
        seed,
        first_world,
        workers,
        block,
        baseline=baseline,
        assumptions=assumptions,
        posterior=posterior,
        under=tuple(under),
        until=until or {},
        channels=channels,
        robustness=robustness,
        worlds_each=worlds_each,
    )
    place = None if out is None else place_for(out)
    prepared = prepare_comparison([_loaded(scenario) for scenario in scenarios], overrides)
    return carry_out(prepared, Comparison, place, progress=progress, simulate=simulate)


def _loaded(scenario: Scenario | str | Path) -> Scenario:
    return scenario if isinstance(scenario, Scenario) else load(scenario)

"""The Python interface: what `wbsim.NAME` is for each NAME below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wbsim.errors import InputError, Problem
from wbsim.experiments.compare import Overrides, carry_out, prepare_comparison, prepare_run
from wbsim.experiments.comparison import Comparison, Run
from wbsim.experiments.reopen import reopen
from wbsim.paths import user_path
from wbsim.results.folder import place_for
from wbsim.results.open import open_results
from wbsim.scenario.load import load
from wbsim.scenario.schema import Scenario
from wbsim.sweeps.call import sweep
from wbsim.sweeps.opened import open_sweep

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results
    from wbsim.experiments.discovery_results import DiscoveryResults
    from wbsim.experiments.execute import Progress
    from wbsim.experiments.work import Simulate
    from wbsim.optimum.study import Optimum
    from wbsim.report.sensitivity_keep import Sensitivity

__all__ = [
    "compare",
    "discover",
    "open_results",
    "open_sweep",
    "optimise",
    "reopen",
    "run",
    "sensitivity",
    "sweep",
]


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
    variance_worlds: int | None = None,
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
    `under` lays results side by side: under "prior", "posterior", structural variants or alternatives as "NAME=CHOICE",
    or alternatives to the posterior as "posterior=NAME". `until` maps outcomes to Monte Carlo errors in their units:
    then worlds are simulated in rounds until the standard error of the mean paired difference is surely below that for
    every policy, at most `worlds`. `channels` and `robustness` ask for extra runs, each in `worlds_each` worlds (by
    default the comparison's, at most 200): see `Comparison.channels` and `Comparison.robustness`. In
    `variance_worlds` worlds groups of inputs are drawn again, to tell where the variance of effects comes from (by
    default `worlds`, at most 64; 0: not at all): see `Comparison.variance_from`. The other arguments
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
        variance_worlds=variance_worlds,
    )
    place = None if out is None else place_for(out)
    prepared = prepare_comparison([_loaded(scenario) for scenario in scenarios], overrides)
    return carry_out(prepared, Comparison, place, progress=progress, simulate=simulate)


def sensitivity(
    *scenarios: Scenario | str | Path,
    methods: Sequence[str] = ("pawn", "shapley", "information"),
    outcomes: Sequence[str] | None = None,
    of: str = "difference",
    baseline: str | None = None,
    keys: Sequence[str] = (),
    worlds: int = 500,
    worlds_each: int = 4,
    points: int | None = None,
    respondents: int = 1000,
    seed: int | None = None,
    workers: int | None = None,
    out: str | Path | None = None,
    progress: Progress | None = None,
) -> Sensitivity:
    """Which assumptions drive an outcome, what is chance, and what would be worth knowing before the choice.

    One scenario alone is compared with the status quo. `methods`: "morris" and "sobol" simulate designs on the prior
    (`points` trajectories or base points, `worlds_each` worlds at each), "pawn", "shapley" and "information" one
    comparison in `worlds` worlds and two courses of chance. `of` is "difference" (to the baseline, paired) or "level".
    `keys` are the parameters that are judged, all by default. Files go to the new folder `out`; without it nothing is
    kept. Raises InputError with everything that is wrong, WbsimError where too many worlds failed.
    """
    from datetime import UTC, datetime

    from wbsim.experiments.sensitivity.study import Asked, prepare
    from wbsim.experiments.sensitivity.study import carry_out as study_through
    from wbsim.report.sensitivity_keep import Sensitivity, keep
    from wbsim.tables.outcomes import HEADLINE_OUTCOMES

    asked = Asked(
        tuple(methods),  # type: ignore[arg-type]
        HEADLINE_OUTCOMES if outcomes is None else tuple(outcomes),
        of,  # type: ignore[arg-type]
        baseline,
        worlds,
        worlds_each,
        points,
        seed,
        workers,
        tuple(keys),
        respondents,
    )
    place, started = None if out is None else place_for(out), datetime.now(UTC)
    study = prepare([_loaded(scenario) for scenario in scenarios], asked)
    found = study_through(study, progress)
    return Sensitivity(study, found) if place is None else keep(study, found, place, started)


def discover(
    *scenarios: Scenario | Results | str | Path,
    target: str = "harm",
    outcome: str = "cooperation",
    policy: str | None = None,
    against: str | None = None,
    threshold: float | None = None,
    method: str = "both",
    fresh_worlds: int | None = None,
    replicates: int = 0,
    circumstances: bool = False,
    worlds: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    simulate: Simulate | None = None,
) -> DiscoveryResults:
    """Find where a policy fails or the ranking flips, in boxes that are counted again in fresh worlds.

    `scenarios` are compared first as by `compare`; or it is one finished comparison, or a results folder. A case is a
    world in which `policy` does harm, brings "no-gain" (both beside `against`, by default the baseline), has "regret"
    beside the best, in which the ranking of the two is a "flip" of what it is on average, or whose outcome is beyond
    a "level": by `threshold`, in the outcome's unit, by default its margin. `method` is "prim", "tree" or "both".
    `fresh_worlds` (by default as many as are searched; 0 to search one half) are simulated anew for the re-test, and
    with `replicates` again under so many other courses of chance. Raises InputError with everything that is wrong,
    and where there are fewer than 20 cases, or others.
    """
    from wbsim.experiments.comparison import Results
    from wbsim.experiments.discover import check_question, discover_in
    from wbsim.experiments.discovery import Question, methods_of
    from wbsim.results.open import RECORD_NAME

    question = Question(
        target, outcome, policy, against, threshold, methods_of(method), fresh_worlds, replicates, circumstances,
        workers,
    )  # fmt: skip
    question.check()
    results = next((each for each in scenarios if isinstance(each, Results)), None)
    if results is None and len(scenarios) == 1 and not isinstance(scenarios[0], Scenario | Results):
        folder = user_path(scenarios[0])
        results = reopen(folder) if (folder / RECORD_NAME).is_file() else None
    if results is None:
        loaded = [_loaded(each) for each in scenarios if not isinstance(each, Results)]
        prepared = prepare_comparison(loaded, Overrides(worlds, seed, 0, workers))
        check_question(question, prepared)
        results = carry_out(prepared, Comparison, progress=progress, simulate=simulate)
    elif len(scenarios) > 1 or worlds is not None or seed is not None:
        raise InputError(
            Problem(
                "a finished comparison is asked as it is: other scenarios, worlds or a seed can't go with it"
            )
        )
    return discover_in(results, question, progress=progress, simulate=simulate)


def optimise(
    scenario: Scenario | str | Path,
    *,
    vary: Mapping[str, str] | Sequence[str],
    goals: Sequence[str] = ("cooperation", "public_trust", "crises_severe", "money"),
    robust: str = "mean",
    baseline: str | None = None,
    worlds: int = 64,
    population: int = 24,
    generations: int = 10,
    members: int = 10,
    fresh_worlds: int | None = None,
    robustness: bool = False,
    seed: int | None = None,
    workers: int | None = None,
    out: str | Path | None = None,
    progress: Progress | None = None,
) -> Optimum:
    """Search a policy's levers for several goals at once, and count what was found again in fresh worlds.

    `vary` maps levers to values as `wbsim optimise --vary` takes them ("forum.quorum": "2:6"). The other arguments are
    the options of that command. Evaluations are kept in the folder `out`, so that the same search goes on there;
    without it nothing is kept. Raises InputError with everything that is wrong, WbsimError where too many worlds
    failed.
    """
    from wbsim.optimum.study import Asked, carry_out, prepare
    from wbsim.paths import user_path

    texts = [f"{key}={values}" for key, values in vary.items()] if isinstance(vary, Mapping) else vary
    asked = Asked(
        tuple(texts),
        tuple(goals),
        baseline,
        worlds,
        population,
        generations,
        members,
        fresh_worlds,
        robust,
        robustness,
        seed,
        workers,
    )
    study = prepare(_loaded(scenario), asked)
    return carry_out(study, None if out is None else user_path(out).absolute(), progress)


def _loaded(scenario: Scenario | str | Path) -> Scenario:
    return scenario if isinstance(scenario, Scenario) else load(scenario)

"""The ways in: scenarios compared in the same worlds, or one scenario run by itself."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from wbsim.errors import InputError, Problem
from wbsim.experiments.blocks import block_size
from wbsim.experiments.comparison import Results
from wbsim.experiments.execute import Plan, Progress, Settings, execute, plan
from wbsim.experiments.experiment import Experiment
from wbsim.experiments.extras import ExtraPlans, Extras, part, plan_extras, run_extras, worlds_of
from wbsim.experiments.keep import keep
from wbsim.experiments.pool import usable_cores
from wbsim.experiments.redraws import worlds_of_split
from wbsim.experiments.request import Request, sources
from wbsim.experiments.sets import AssumptionSet, check_comparable, choose_baseline, sort_into_sets
from wbsim.experiments.under import drawing_from, side_by_side, under
from wbsim.experiments.until import Until, check_until
from wbsim.experiments.work import Simulate
from wbsim.results.folder import Place, discard, draft
from wbsim.scenario.override import with_run
from wbsim.scenario.schema import Scenario

Kind = TypeVar("Kind", bound=Results)


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a command or a call sets in place of the scenarios' own settings; None leaves them.

    `worlds` and `seed` are the baseline's by default. `folder` is where names of scenarios were looked up
    first. `posterior` is drawn from in place of the scenarios' own. Each of `under` ("prior", "posterior", or a
    structural variant as "NAME=CHOICE") is a set of assumptions that everything is run under. `until` holds by
    outcome the Monte Carlo error that is small enough; then `worlds` is the most that is simulated. `channels` and
    `robustness` ask for extra runs, each in `worlds_each` worlds. `variance_worlds`: in how many worlds the variance of
    effects is split by where it comes from; 0: not at all, None: as many as fit the comparison.
    """

    worlds: int | None = None
    seed: int | None = None
    first: int = 0
    workers: int | None = None
    block: int | None = None
    years: int | None = None
    citizens: int | None = None
    baseline: str | None = None
    assumptions: str | Path | None = None
    folder: str | Path | None = None
    posterior: str | Path | None = None
    under: tuple[str, ...] = ()
    until: Mapping[str, float] = field(default_factory=dict)
    channels: bool = False
    robustness: bool = False
    worlds_each: int | None = None
    variance_worlds: int | None = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A checked request and its plan: everything is known, nothing has been simulated."""

    request: Request
    plan: Plan
    extras: ExtraPlans = field(default_factory=ExtraPlans)


def prepare_comparison(scenarios: Sequence[Scenario], overrides: Overrides) -> Prepared:
    """Check that `scenarios` can be compared, and plan it. InputError with everything that is wrong."""
    names = sources(scenarios)
    scenarios = [_overridden(each, overrides) for each in scenarios]
    baseline = choose_baseline(scenarios, overrides.baseline)
    check_comparable(scenarios, baseline)
    if overrides.assumptions is not None:
        scenarios = under(scenarios, overrides.assumptions)
    scenarios = drawing_from(scenarios, overrides.posterior)
    baseline = choose_baseline(scenarios, baseline.name)
    sets = sort_into_sets(scenarios, baseline)
    if overrides.assumptions is not None:
        sets = tuple(
            replace(group, label=f"assumptions of {Path(overrides.assumptions).name}") for group in sets
        )
    if overrides.under:
        sets = side_by_side(sets, overrides.under)
    return _prepare("compare", names, sets, overrides)


def prepare_run(scenario: Scenario, overrides: Overrides) -> Prepared:
    """Plan to run one scenario. Raises InputError with everything that is wrong."""
    names = sources([scenario])
    scenario = _overridden(scenario, overrides)
    if overrides.assumptions is not None:
        (scenario,) = under([scenario], overrides.assumptions)
    (scenario,) = drawing_from([scenario], overrides.posterior)
    label = Path(overrides.assumptions).name if overrides.assumptions is not None else scenario.name
    return _prepare("run", names, (AssumptionSet(f"assumptions of {label}", (scenario,)),), overrides)


def _overridden(scenario: Scenario, overrides: Overrides) -> Scenario:
    return with_run(
        scenario,
        years=overrides.years,
        worlds=overrides.worlds,
        seed=overrides.seed,
        citizens=overrides.citizens,
    )


def _prepare(
    kind: str, names: tuple[str, ...], sets: tuple[AssumptionSet, ...], overrides: Overrides
) -> Prepared:
    baseline = sets[0].scenarios[0]
    worlds = baseline.run.worlds if overrides.worlds is None else overrides.worlds
    workers = max(1, overrides.workers or usable_cores())
    settings = Settings(
        worlds,
        baseline.run.seed if overrides.seed is None else overrides.seed,
        overrides.first,
        overrides.workers,
        block_size(worlds, workers) if overrides.block is None else overrides.block,
    )
    sets = tuple(
        replace(group, scenarios=tuple(_as_simulated(each, settings) for each in group.scenarios))
        for group in sets
    )
    request = Request(
        "compare" if kind == "compare" else "run",
        names,
        settings.worlds,
        settings.seed,
        settings.first,
        baseline.name if kind == "compare" and overrides.baseline is not None else None,
        None if overrides.assumptions is None else str(overrides.assumptions),
        None if overrides.folder is None else str(overrides.folder),
        tuple(sorted({file for group in sets for each in group.scenarios for file in each.plugins})),
        overrides.years,
        overrides.citizens,
        None if overrides.posterior is None else str(overrides.posterior),
        overrides.under,
        overrides.channels,
        overrides.robustness,
        overrides.worlds_each,
        overrides.variance_worlds if kind == "compare" else 0,
    )
    planned = plan(sets, settings, _until(sets, overrides))
    extras = plan_extras(
        planned,
        channels=overrides.channels,
        robustness=overrides.robustness,
        worlds_each=overrides.worlds_each,
        variance_worlds=request.variance_worlds,
        plugins=request.plugins,
    )
    return Prepared(request, planned, extras)


def _until(sets: tuple[AssumptionSet, ...], overrides: Overrides) -> Until | None:
    until = check_until(overrides.until)
    if until is not None and any(len(group.scenarios) < 2 for group in sets):
        alone = next(group.scenarios[0].name for group in sets if len(group.scenarios) < 2)
        raise InputError(
            Problem(
                f'"{alone}" is compared with nothing, so there is no difference whose error could be looked at',
                key="--until",
                suggestion="name a second scenario, or leave --until away",
            )
        )
    return until


def _as_simulated(scenario: Scenario, settings: Settings) -> Scenario:
    """`scenario` with the worlds and the seed that are really used, so that records of it are true."""
    used = {"worlds": settings.worlds, "seed": settings.seed}
    return scenario.model_copy(update={"run": scenario.run.model_copy(update=used)})


def carry_out(
    prepared: Prepared,
    kind: type[Kind],
    place: Place | None = None,
    *,
    progress: Progress | None = None,
    simulate: Simulate | None = None,
) -> Kind:
    """Simulate what was prepared; `kind` is Comparison or Run.

    With a `place` the results are kept there, else in a temporary folder that goes with the object. Raises
    what `execute` raises; nothing is left behind then.
    """
    if place is None:
        temporary = Path(tempfile.mkdtemp(prefix="wbsim-"))
        try:
            experiment, extras = _run(prepared, temporary, progress, simulate)
        except BaseException:
            discard(temporary)
            raise
        return kind(experiment, _as_done(prepared, experiment), temporary=temporary, extras=extras)
    started = datetime.now(UTC)
    with draft(place) as folder:
        experiment, extras = _run(prepared, folder, progress, simulate)
        request = _as_done(prepared, experiment)
        kept, final = keep(
            experiment, request, prepared.plan, extras, folder=folder, place=place, started=started
        )
    return kind(kept, request, final, extras=extras)


def _as_done(prepared: Prepared, experiment: Experiment) -> Request:
    """The request for the worlds that were simulated in the end: its command gives the same results."""
    request, split = replace(prepared.request, worlds=experiment.worlds), prepared.extras.variance_from
    if split is None or split.plan.settings.worlds == worlds_of_split(experiment.worlds):
        return request
    return replace(request, variance_worlds=split.plan.settings.worlds)


def _run(
    prepared: Prepared, folder: Path, progress: Progress | None, simulate: Simulate | None
) -> tuple[Experiment, Extras]:
    """The comparison, then its extra runs; `progress` is told of both together."""
    extra = sum(worlds_of(each.plan) for each in prepared.extras.asked)
    own = worlds_of(prepared.plan)
    experiment = execute(prepared.plan, folder, progress=part(progress, 0, own + extra), simulate=simulate)
    return experiment, run_extras(prepared.extras, part(progress, own, own + extra), simulate)

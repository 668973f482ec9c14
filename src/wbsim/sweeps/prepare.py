"""What a command or a call asks of a sweep, checked and made into a plan."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wbsim.errors import InputError, Problem
from wbsim.experiments.execute import Settings
from wbsim.experiments.request import source, sources
from wbsim.experiments.sets import (
    STATUS_QUO,
    AssumptionSet,
    check_comparable,
    choose_baseline,
    sort_into_sets,
)
from wbsim.experiments.under import drawing_from, under
from wbsim.scenario.issue import names, nearest
from wbsim.scenario.load import load
from wbsim.scenario.model import OWN, Model
from wbsim.scenario.override import with_run
from wbsim.scenario.plugin import Registry, load_plugins
from wbsim.scenario.schema import Scenario
from wbsim.sweeps.design import Design, Sampling
from wbsim.sweeps.keep import KEEPS, Keep
from wbsim.sweeps.models import model_of
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.read_design import is_sweep_file, load_sweep
from wbsim.sweeps.read_vary import planned_design, read_vary
from wbsim.sweeps.sweep_file import SweepFile


@dataclass(frozen=True, slots=True)
class SweepOptions:
    """What was asked for; None and empty leave it to the sweep file, or to the scenarios.

    `names` are scenarios, or one sweep file. `vary` holds `KEY=SPEC` texts. The rest is as in `SweepFile` and
    `Overrides`.
    """

    names: tuple[str, ...]
    vary: tuple[str, ...] = ()
    design: str | None = None
    points: int | None = None
    levels: int | None = None
    design_seed: int | None = None
    worlds: int | None = None
    first: int = 0
    seed: int | None = None
    keep: str | None = None
    baseline: str | None = None
    outcomes: tuple[str, ...] = ()
    years: int | None = None
    citizens: int | None = None
    assumptions: str | None = None
    posterior: str | None = None
    folder: str | None = None
    plugins: tuple[str, ...] = field(default=())
    model: str = OWN


@dataclass(frozen=True, slots=True)
class PreparedSweep:
    """A plan, and what the user should know of it before it starts."""

    plan: SweepPlan
    notices: tuple[str, ...]


def prepare_sweep(options: SweepOptions) -> PreparedSweep:
    """The plan of a sweep. InputError with everything that is wrong."""
    registry = load_plugins(options.plugins)
    model = model_of(options.model, registry)
    if not options.names:
        raise InputError(
            Problem("no scenario and no sweep file was given", suggestion="name what is to be swept")
        )
    if len(options.names) == 1 and is_sweep_file(options.names[0], options.folder):
        return _of_file(options, registry, model)
    return _of_scenarios(options, registry, model)


def prepare_scenarios(scenarios: Sequence[Scenario], options: SweepOptions) -> PreparedSweep:
    """The plan of a sweep of scenarios that are loaded already; `options` names none. InputError as above.

    The plan has no command where the scenarios are not what their files say: no command would give the same.
    """
    if not scenarios:
        raise InputError(Problem("no scenario was given", suggestion="name what is to be swept"))
    files = tuple(dict.fromkeys(file for each in scenarios for file in each.plugins))
    registry = load_plugins((*options.plugins, *files))
    run = scenarios[0].run
    written = [_as_written(each, run.years, run.citizens, registry) for each in scenarios]
    if all(each == (run.years, run.citizens) for each in written):
        return _varied(options, registry, model_of(options.model, registry), scenarios)
    settings = replace(options, years=run.years, citizens=run.citizens)
    prepared = _varied(settings, registry, model_of(options.model, registry), scenarios)
    if None not in written:
        return prepared
    return replace(prepared, plan=replace(prepared.plan, command=""))


def _as_written(scenario: Scenario, years: int, citizens: int, registry: Registry) -> tuple[int, int] | None:
    """Years and citizens that the file of `scenario` has; None if it is another even with `years` and `citizens`."""
    try:
        found = load(source(scenario), None, registry)
        same = with_run(found, years=years, citizens=citizens)
    except InputError:
        return None
    kept = {"worlds": same.run.worlds, "seed": same.run.seed}
    given = scenario.model_copy(update={"run": scenario.run.model_copy(update=kept)})
    return (found.run.years, found.run.citizens) if same.resolved() == given.resolved() else None


def _of_file(options: SweepOptions, registry: Registry, model: Model) -> PreparedSweep:
    file = load_sweep(options.names[0], options.folder, registry)
    given = {
        "--vary": options.vary,
        "--design": options.design,
        "--points": options.points,
        "--levels": options.levels,
        "--design-seed": options.design_seed,
        "--years": options.years,
        "--citizens": options.citizens,
        "--assumptions": options.assumptions,
        "--posterior": options.posterior,
    }
    problems = [
        Problem(
            "cannot be given beside a sweep file, which says it itself",
            key=name,
            suggestion="change the file, or a copy of it",
        )
        for name, value in given.items()
        if value
    ]
    if problems:
        raise InputError(problems)
    return _planned(options, registry, model, file.scenarios, file.design, file, file.notices)


def _of_scenarios(options: SweepOptions, registry: Registry, model: Model) -> PreparedSweep:
    return _varied(options, registry, model, _loaded(options, registry))


def _varied(
    options: SweepOptions, registry: Registry, model: Model, scenarios: Sequence[Scenario]
) -> PreparedSweep:
    if not options.vary:
        raise InputError(
            Problem(
                "nothing is varied",
                key="--vary",
                suggestion="such as --vary forum.meetings_per_year=1:12:4; `wbsim mechanisms` and `wbsim params` list "
                "keys; or name a sweep file",
            )
        )
    vary = read_vary(options.vary, scenarios, registry.mechanisms)
    default = Sampling()
    sampling = Sampling(
        options.points,
        default.levels if options.levels is None else options.levels,
        default.second_order,
        default.seed if options.design_seed is None else options.design_seed,
    )
    design, notices = planned_design(vary, options.design or "grid", scenarios, sampling, registry.mechanisms)
    return _planned(options, registry, model, scenarios, design, None, notices)


def _loaded(options: SweepOptions, registry: Registry) -> tuple[Scenario, ...]:
    """All scenarios with what the command puts over them; one InputError with the problems of all."""
    loaded, problems = list[Scenario](), list[Problem]()
    for name in options.names:
        try:
            scenario = load(name, options.folder, registry)
            loaded.append(with_run(scenario, years=options.years, citizens=options.citizens))
        except InputError as error:
            problems.extend(problem for problem in error.problems if problem not in problems)
    if problems:
        raise InputError(problems)
    scenarios: Sequence[Scenario] = loaded
    if options.assumptions is not None:
        scenarios = under(scenarios, options.assumptions)
    return drawing_from(scenarios, options.posterior)


def _planned(
    options: SweepOptions,
    registry: Registry,
    model: Model,
    scenarios: Sequence[Scenario],
    design: Design,
    file: SweepFile | None,
    notices: Sequence[str],
) -> PreparedSweep:
    check_comparable(scenarios, scenarios[0])
    _check_same_assumptions(scenarios)
    first = scenarios[0].run
    written_seed = None if file is None else file.world_seed
    written_worlds = None if file is None else file.worlds
    seed = next(value for value in (options.seed, written_seed, first.seed) if value is not None)
    worlds = next(value for value in (options.worlds, written_worlds, first.worlds) if value is not None)
    Settings(worlds, seed, options.first).check()
    used = {"worlds": worlds, "seed": seed}
    scenarios = [each.model_copy(update={"run": each.run.model_copy(update=used)}) for each in scenarios]
    plan = SweepPlan(
        name=file.name if file is not None else "-".join(each.name for each in scenarios)[:64],
        scenarios=tuple(scenarios),
        design=design,
        worlds=worlds,
        seed=seed,
        first=options.first,
        keep=_keep(options, file),
        model=model,
        plugins=registry.files,
        baseline=_baseline(scenarios, options.baseline or (None if file is None else file.baseline)),
        shown=_shown(options.outcomes or (() if file is None else file.outcomes), model),
    )
    return PreparedSweep(replace(plan, command=command(options, plan)), tuple(notices))


def command(options: SweepOptions, plan: SweepPlan) -> str:
    """The command line that gives the same results."""
    is_file = bool(options.names) and is_sweep_file(options.names[0], options.folder)
    named = options.names if is_file else sources(plan.scenarios)
    parts = ["wbsim", "sweep", *named]
    for each in options.vary:
        parts += ["--vary", each]
    values: dict[str, object] = {
        "--design": options.design,
        "--points": options.points,
        "--levels": options.levels,
        "--design-seed": options.design_seed,
        "--baseline": options.baseline,
        "--assumptions": options.assumptions,
        "--posterior": options.posterior,
        "--scenarios": options.folder,
        "--years": options.years,
        "--citizens": options.citizens,
        "--keep": options.keep,
        "--model": None if options.model == OWN else options.model,
        "--seed": plan.seed,
        "--first-world": plan.first or None,
        "--worlds": plan.worlds,
    }
    for name, value in values.items():
        parts += [] if value is None else [name, str(value)]
    for outcome in options.outcomes:
        parts += ["--outcome", outcome]
    for file in plan.plugins:
        parts += ["--plugin", file]
    return shlex.join(parts)


def _check_same_assumptions(scenarios: Sequence[Scenario]) -> None:
    sets: tuple[AssumptionSet, ...] = sort_into_sets(scenarios, scenarios[0])
    other = [group.scenarios[-1].name for group in sets[1:]]
    if other:
        raise InputError(
            Problem(
                f"{names(other)} has assumptions or events other than {scenarios[0].name}; at a design point all "
                "scenarios must share them, or differences would not be the policies'",
                key="--assumptions",
                suggestion="put them all under one file with --assumptions, or sweep them apart",
            )
        )


def _baseline(scenarios: Sequence[Scenario], name: str | None) -> str | None:
    """What others are compared with: named, else the status quo, else the first of several, else nothing."""
    if name is None and len(scenarios) == 1 and scenarios[0].name != STATUS_QUO:
        return None
    return choose_baseline(scenarios, name).name


def _keep(options: SweepOptions, file: SweepFile | None) -> Keep:
    written = options.keep or (file.keep if file is not None else "monthly")
    if written not in KEEPS:
        raise InputError(
            Problem(
                f'must be one of {names(KEEPS)}; it is "{written}"',
                key="--keep",
                suggestion=nearest(written, KEEPS),
            )
        )
    return next(each for each in KEEPS if each == written)


def _shown(outcomes: Sequence[str], model: Model) -> tuple[str, ...]:
    problems = [
        Problem(
            f'there is no outcome "{each}"',
            key="--outcome",
            suggestion=nearest(each, model.outcomes) or "`wbsim outcomes` lists them",
        )
        for each in outcomes
        if each not in model.outcomes
    ]
    if problems:
        raise InputError(problems)
    return tuple(dict.fromkeys(outcomes))


def folder_name(plan: SweepPlan) -> str:
    """A name for the folder of a sweep: its own, in characters that any file system takes."""
    return re.sub(r"[^A-Za-z0-9._+-]+", "-", plan.name).strip("-.") or "sweep"


def seconds_of(plan: SweepPlan, workers: int) -> float | None:
    """Wall seconds that a sweep probably takes; None for models other than wbsim's own."""
    from wbsim.experiments.estimate import BLOCK_MS, CITIZEN_MS, START, WORLD_MS
    from wbsim.tables.places import STATE_CODES

    if plan.model.name != OWN:
        return None
    citizens = len(STATE_CODES) * plan.scenarios[0].run.citizens
    blocks = plan.scenario_worlds / min(plan.model.block, plan.worlds)
    work = len(plan.months) * (BLOCK_MS * blocks + (WORLD_MS + CITIZEN_MS * citizens) * plan.scenario_worlds)
    return START + work / 1000 / workers


def room_for(folder: Path, plan: SweepPlan) -> None:
    """InputError if the disk of `folder` lacks room for what `plan` keeps."""
    from wbsim.results.disk import check_room

    check_room(plan.size, folder)


def memory_of(workers: int) -> int:
    """Bytes of memory that a sweep takes over all processes, roughly: it doesn't grow with its worlds."""
    return 250_000_000 + workers * 330_000_000

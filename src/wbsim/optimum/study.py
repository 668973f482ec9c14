"""A whole search: what was asked, what it will cost, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError, Problem, WbsimError
from wbsim.experiments.execute import Settings
from wbsim.experiments.sets import STATUS_QUO, check_comparable
from wbsim.experiments.under import change_of
from wbsim.optimum.confirm import Member, choose, confirm
from wbsim.optimum.goal import DEFAULT, Goal, Robust, check_robust, read_goals, worth
from wbsim.optimum.search import Archive, check_library, search
from wbsim.optimum.space import Point, Space
from wbsim.scenario.load import load
from wbsim.scenario.model import MODEL, Model
from wbsim.scenario.plugin import load_plugins
from wbsim.scenario.schema import Scenario
from wbsim.statistics.pareto import undominated
from wbsim.sweeps.evaluate import Evaluated, Evaluator
from wbsim.sweeps.read_vary import read_vary
from wbsim.sweeps.summary import MOST_MISSING
from wbsim.tables.variants import VARIANTS

Floats = NDArray[np.float64]

#: Defaults (assumed: minutes on two cores for the bundled model).
WORLDS, POPULATION, GENERATIONS, MEMBERS = 64, 24, 10, 10
MOST_MEMBERS = 30
#: Told how many candidates are judged, of how many at most.
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for. `vary`: KEY=lo:hi and the like. `fresh`: worlds of the re-evaluation, None for twice
    `worlds`. `robustness`: also evaluate the found set under the prior and other structural variants."""

    vary: tuple[str, ...]
    goals: tuple[str, ...] = DEFAULT
    baseline: str | None = None
    worlds: int = WORLDS
    population: int = POPULATION
    generations: int = GENERATIONS
    members: int = MEMBERS
    fresh: int | None = None
    robust: str = "mean"
    robustness: bool = False
    seed: int | None = None
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """A checked search: everything is known, nothing has been simulated. `scenarios`: the policy's and the baseline."""

    asked: Asked
    scenarios: tuple[Scenario, Scenario]
    space: Space
    goals: tuple[Goal, ...]
    robust: Robust
    settings: Settings
    fresh: Settings
    model: Model

    @property
    def candidates(self) -> int:
        """How many candidates are judged at most."""
        return 1 + self.asked.population * self.asked.generations

    @property
    def runs(self) -> int:
        """Worlds of scenarios that are simulated at most."""
        again = 1 + len(variants(self.asked.robustness)) * (self.asked.members + 2)
        return (self.candidates + 1) * self.settings.worlds + (
            self.asked.members + 1 + again
        ) * self.fresh.worlds


@dataclass(frozen=True, slots=True)
class Held:
    """The found set under other assumptions: which members no other beats there, by their place."""

    name: str
    on_front: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Optimum:
    """What came of a search: the own levers first, then the found set, each with its levers; `sound` fresh worlds.

    `judged` candidates were simulated, `refused` broke a rule, `unsound` had too many failed worlds. `held`: under
    other assumptions.
    """

    study: Study
    points: tuple[Point, ...]
    members: tuple[Member, ...]
    judged: int
    refused: int
    unsound: int
    sound: int
    held: tuple[Held, ...]


def prepare(scenario: Scenario, asked: Asked, model: Model = MODEL) -> Study:
    """Check what was asked, and plan it. InputError with everything that is wrong."""
    check_library()
    registry = load_plugins(scenario.plugins)
    baseline = _baseline(scenario, asked.baseline)
    check_comparable((baseline, scenario), baseline)
    if (scenario.assumptions.resolved(), scenario.events) != (
        baseline.assumptions.resolved(),
        baseline.events,
    ):
        baseline = baseline.model_copy(
            update={"assumptions": scenario.assumptions, "events": scenario.events}
        )
    problems = _out_of_range(asked)
    if problems:
        raise InputError(problems)
    varied = read_vary(asked.vary, [scenario], registry.mechanisms).varied
    _check_levers([each.key.part for each in varied], [each.key.name for each in varied])
    seed = scenario.run.seed if asked.seed is None else asked.seed
    fresh = 2 * asked.worlds if asked.fresh is None else asked.fresh
    settings = Settings(asked.worlds, seed, 0, asked.workers)
    again = Settings(fresh, seed, asked.worlds, asked.workers)
    settings.check()
    again.check()
    return Study(
        asked,
        (scenario, baseline),
        Space(varied, scenario, registry.mechanisms),
        read_goals(asked.goals, model.outcomes),
        check_robust(asked.robust),
        settings,
        again,
        model,
    )


def identity(study: Study) -> dict[str, object]:
    """What makes a search this one and no other, as plain data: nothing of how it is carried out."""
    return {
        "scenarios": [each.resolved() for each in study.scenarios],
        "keys": list(study.space.keys),
        "spreads": [repr(each.spread) for each in study.space.varied],
        "goals": [[goal.name, goal.better] for goal in study.goals],
        "robust": study.robust,
        "worlds": [study.settings.worlds, study.fresh.worlds],
        "seed": study.settings.seed,
        "search": [study.asked.population, study.asked.generations, study.asked.members],
        "robustness": study.asked.robustness,
    }


def carry_out(study: Study, folder: Path | None = None, told: Told | None = None) -> Optimum:
    """Search, then evaluate what was found in fresh worlds, and under other assumptions where that was asked for.

    With a `folder` every evaluation is kept there: a search that was killed goes on, and gives the same. InputError and
    DiskError as for `evaluate`; WbsimError if too many fresh worlds failed to say anything.
    """
    asked, space = study.asked, study.space
    where = None if folder is None else folder / "searched"
    with Evaluator(study.scenarios, study.settings, folder=where, model=study.model) as evaluator:
        judged = 0

        def judge(points: Sequence[Point]) -> Floats:
            nonlocal judged
            found = evaluator.at(space.design(points))
            judged += len(points)
            if told is not None:
                told(min(judged, study.candidates), study.candidates)
            return _worths(study, found)

        archive = search(
            space,
            len(study.goals),
            judge,
            population=asked.population,
            generations=asked.generations,
            seed=study.settings.seed,
        )
    points = _found(archive, space, asked.members)
    gains, sound = _fresh_gains(study, study.scenarios, points, folder)
    searched = np.array([archive.judged[point] for point in points])
    members = confirm(searched, gains, study.goals, study.robust, study.settings.seed)
    return Optimum(
        study,
        tuple(points),
        members,
        len(archive.judged),
        len(archive.refused),
        sum(not np.isfinite(goals).all() for goals in archive.judged.values()),
        sound,
        tuple(_held(study, points, name, folder) for name in variants(asked.robustness)),
    )


def variants(wanted: bool) -> tuple[str, ...]:
    """The other assumptions that a found set is evaluated under: the prior, and each other choice of each variant."""
    if not wanted:
        return ()
    others = [f"{name}={choice}" for name, variant in VARIANTS.items() for choice in variant.choices[1:]]
    return ("prior", *others)


def _found(archive: Archive, space: Space, most: int) -> list[Point]:
    """The own levers, then the front of the search, thinned to `most`. WbsimError if the own could not be judged."""
    if not np.isfinite(archive.judged.get(space.own, np.array([np.nan]))).all():
        raise WbsimError(
            f"more than {100 * MOST_MISSING:.0f} % of the worlds of the scenario itself failed: nothing can be "
            "compared with it; `wbsim run` shows how they fail"
        )
    front = [point for point in archive.front if point != space.own]
    if not front:
        return [space.own]
    chosen = choose(np.array([archive.judged[point] for point in front]), most)
    return [space.own, *(front[place] for place in chosen)]


def _worths(study: Study, found: Evaluated) -> Floats:
    """Worth (points, goals) of the worlds that finished; NaN where too many did not."""
    gains = _gains(study, found)
    rows = []
    for row in gains:
        sound = np.isfinite(row).all(axis=0)
        enough = sound.mean() >= 1.0 - MOST_MISSING
        rows.append(worth(row[:, sound], study.robust) if enough else np.full(len(study.goals), np.nan))
    return np.array(rows)


def _gains(study: Study, found: Evaluated) -> Floats:
    """Paired gains (points, goals, worlds) over the baseline."""
    columns = []
    for goal in study.goals:
        values = found.figures[..., found.outcomes.index(goal.name)]
        columns.append(goal.gains(values[:, 0], values[:, 1]))
    return np.stack(columns, axis=1)


def _fresh_gains(
    study: Study,
    scenarios: Sequence[Scenario],
    points: Sequence[Point],
    folder: Path | None,
    name: str = "fresh",
) -> tuple[Floats, int]:
    """Gains (points, goals, worlds) in the fresh worlds that finished at every point. WbsimError if too few did."""
    where = None if folder is None else folder / name
    with Evaluator(scenarios, study.fresh, folder=where, model=study.model) as evaluator:
        gains = _gains(study, evaluator.at(study.space.design(points)))
    sound = np.isfinite(gains).all(axis=(0, 1))
    if sound.mean() < 1.0 - MOST_MISSING:
        raise WbsimError(
            f"{int((~sound).sum())} of {sound.size} fresh worlds failed under some member of the found set, which is "
            f"more than {100 * MOST_MISSING:.0f} %: `wbsim run` with its levers shows how"
        )
    return gains[..., sound], int(sound.sum())


def _held(study: Study, points: Sequence[Point], written: str, folder: Path | None) -> Held:
    change = change_of(written, study.scenarios[0].assumptions)
    scenarios = [
        each.model_copy(update={"assumptions": each.assumptions.model_copy(update=change)})
        for each in study.scenarios
    ]
    place = "under-" + written.replace("=", "-")
    gains, _ = _fresh_gains(study, scenarios, points, folder, place)
    return Held(written, tuple(undominated(worth(gains, study.robust)).tolist()))


def _baseline(scenario: Scenario, name: str | None) -> Scenario:
    found = load(name or STATUS_QUO, plugins=scenario.plugins)
    return found.model_copy(update={"run": scenario.run}) if name is None else found


def _check_levers(parts: Sequence[str], names: Sequence[str]) -> None:
    problems = [
        Problem(
            "is no lever: a policy cannot choose it",
            key=f"--vary {name}",
            suggestion="`wbsim sensitivity` tells how much it matters, `wbsim sweep` what it does",
        )
        for part, name in zip(parts, names, strict=True)
        if part in ("parameter", "variant", "structure", "source", "citizens")
    ]
    if not names:
        problems.append(
            Problem("nothing to search among", key="--vary", suggestion="such as forum.quorum=2:6")
        )
    if problems:
        raise InputError(problems)


def _out_of_range(asked: Asked) -> list[Problem]:
    ranges = {
        "--worlds": (asked.worlds, 2, 1_000_000),
        "--population": (asked.population, 4, 10_000),
        "--generations": (asked.generations, 1, 10_000),
        "--members": (asked.members, 1, MOST_MEMBERS),
        "--fresh-worlds": (2 if asked.fresh is None else asked.fresh, 2, 1_000_000),
    }
    return [
        Problem(f"must be a whole number from {low} to {high:,}; it is {value}", key=key)
        for key, (value, low, high) in ranges.items()
        if not low <= value <= high
    ]

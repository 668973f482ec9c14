"""Scenario discovery in a finished comparison: cases, inputs, fresh worlds, and what was found."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError, Problem
from wbsim.experiments.discovery_inputs import inputs_of
from wbsim.experiments.drivers import NO_DRAWS
from wbsim.experiments.execute import Plan, Progress
from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.extras import part, worlds_of
from wbsim.experiments.fresh import (
    Extent,
    plan_fresh,
    plan_replicates,
    run_fresh,
    run_replicates,
)
from wbsim.experiments.target import Target, choose_target, turned, values_of
from wbsim.experiments.work import Simulate
from wbsim.results.folder import discard
from wbsim.statistics.discovery.ceiling import Ceiling, ceiling
from wbsim.statistics.discovery.discover import (
    FEWEST_EACH,
    METHODS,
    Discovery,
    Method,
    Search,
    discover,
    halves,
)
from wbsim.statistics.discovery.inputs import Inputs

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]

#: Courses of chance more than this say little more (assumed).
MOST_REPLICATES = 100


def methods_of(word: str) -> tuple[Method, ...]:
    """The methods that "prim", "tree" or "both" stands for; InputError for another word."""
    known: dict[str, tuple[Method, ...]] = {"both": METHODS, "prim": ("prim",), "tree": ("tree",)}
    if word not in known:
        raise InputError(Problem(f'"{word}" is none of {", ".join(known)}', key="--method"))
    return known[word]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; see `target` for the first five. `fresh`: worlds of the re-test, None for as many as searched.

    With `fresh` 0 one half of the worlds is searched and the other half is the re-test. `replicates`: courses of chance
    more in each world of the re-test. `circumstances`: also search what happened under the baseline.
    """

    sort: str = "harm"
    outcome: str = "cooperation"
    policy: str | None = None
    against: str | None = None
    threshold: float | None = None
    methods: tuple[Method, ...] = METHODS
    fresh: int | None = None
    replicates: int = 0
    circumstances: bool = False
    workers: int | None = None

    def target(self, groups: Sequence[Sequence[str]]) -> tuple[int, Target]:
        """What counts as a case among these groups of scenarios, and in which group; see `choose_target`."""
        return choose_target(
            groups,
            sort=self.sort,
            outcome=self.outcome,
            policy=self.policy,
            against=self.against,
            threshold=self.threshold,
        )

    def check(self) -> None:
        """InputError for numbers out of range."""
        problems = []
        if self.fresh is not None and self.fresh < 0:
            problems.append(Problem(f"must be 0 or more; it is {self.fresh}", key="--fresh-worlds"))
        if not 0 <= self.replicates <= MOST_REPLICATES:
            problems.append(
                Problem(f"must be from 0 to {MOST_REPLICATES}; it is {self.replicates}", key="--replicates")
            )
        unknown = [each for each in self.methods if each not in METHODS]
        if unknown or not self.methods:
            problems.append(
                Problem(f"{unknown or 'nothing'} is none of {', '.join(METHODS)}", key="--method")
            )
        if "tree" in self.methods and not unknown:
            problems += _missing_library()
        if problems:
            raise InputError(problems)


@dataclass(frozen=True, slots=True)
class Cases:
    """Inputs of some worlds, which of these are cases, and their `numbers`: all (worlds,)."""

    inputs: Inputs
    cases: Worlds
    numbers: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Discovered:
    """A discovery with all that tells of it. `searched` and `fresh` are its worlds.

    `first` and `worlds`, `fresh_first` and `fresh_worlds`: stretches of world numbers, the same where one half was
    searched (`halved`). `failed`: worlds that did not finish and count nowhere. `ceiling` is None without replicates,
    or where all worlds are alike.
    """

    target: Target
    assumptions: str
    baseline: str
    seed: int
    horizon: str
    first: int
    worlds: int
    fresh_first: int
    fresh_worlds: int
    halved: bool
    failed: int
    replicates: int
    circumstances: bool
    searched: Cases
    fresh: Cases
    discovery: Discovery
    ceiling: Ceiling | None


@dataclass(frozen=True, slots=True)
class DiscoveryPlan:
    """What a discovery will simulate, known before it starts: `fresh` and `replicates` are None where not asked."""

    question: Question
    number: int
    target: Target
    fresh: Plan | None
    replicates: Plan | None

    @property
    def plans(self) -> tuple[Plan, ...]:
        """All that is simulated."""
        return tuple(each for each in (self.fresh, self.replicates) if each is not None)


def plan_discovery(experiment: Experiment, question: Question) -> DiscoveryPlan:
    """Check the question against a finished comparison. InputError with advice where cases are too few."""
    question.check()
    number, target = question.target([[each.name for each in table.scenarios] for table in experiment.tables])
    table = experiment.tables[number]
    target = turned(target, table)
    _check_cases(table, target, halved=question.fresh == 0)
    worlds = table.figures.shape[2]
    count = worlds if question.fresh is None else question.fresh
    extent = Extent(table.first + worlds, count, question.workers)
    fresh = plan_fresh(experiment, table, target.scenarios, extent) if count else None
    if count == 0:
        extent = Extent(table.first, worlds, question.workers)
    more = question.replicates
    return DiscoveryPlan(
        question,
        number,
        target,
        fresh,
        plan_replicates(experiment, table, target.scenarios, extent, more) if more else None,
    )


def carry_out_discovery(
    experiment: Experiment,
    planned: DiscoveryPlan,
    *,
    progress: Progress | None = None,
    simulate: Simulate | None = None,
) -> Discovered:
    """Simulate the fresh worlds, search, and re-test. Raises what `execute` raises; leaves nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="wbsim-"))
    try:
        return _carry_out(experiment, planned, folder, progress, simulate)
    finally:
        discard(folder)


def _carry_out(
    experiment: Experiment,
    planned: DiscoveryPlan,
    folder: Path,
    progress: Progress | None,
    simulate: Simulate | None,
) -> Discovered:
    table, target = experiment.tables[planned.number], planned.target
    total = sum(worlds_of(each) for each in planned.plans)
    parts = [(experiment, table)]
    if planned.fresh is not None:
        more = run_fresh(planned.fresh, folder, part(progress, 0, total), simulate)
        parts.append((more, more.tables[0]))
    inputs = inputs_of(parts, happened=planned.question.circumstances)
    if inputs is None:
        raise InputError(Problem(NO_DRAWS, key="posterior", suggestion="name its folder with --posterior"))
    cases = [target.cases(values_of(each, target)) for _, each in parts]
    searched, fresh = _split(inputs, cases, [each.first + np.flatnonzero(each.sound) for _, each in parts])
    found = discover(
        searched.inputs, searched.cases, seed=experiment.seed, fresh=(fresh.inputs, fresh.cases),
        search=Search(methods=planned.question.methods),
    )  # fmt: skip
    bound = None
    if planned.replicates is not None:
        begun = 0 if planned.fresh is None else worlds_of(planned.fresh)
        courses = run_replicates(planned.replicates, target.outcome, part(progress, begun, total), simulate)
        bound = _ceiling(target, parts[-1][1], cases[-1], courses, experiment.seed, halved=len(parts) == 1)
    tested = parts[-1][1]
    return Discovered(
        target, table.label, table.baseline, experiment.seed, experiment.horizon,
        table.first, table.figures.shape[2], tested.first, tested.figures.shape[2], len(parts) == 1,
        sum(int((~each.sound).sum()) for _, each in parts), planned.question.replicates,
        planned.question.circumstances, searched, fresh, found, bound,
    )  # fmt: skip


def _split(
    inputs: tuple[Inputs, ...], cases: list[Worlds], numbers: list[NDArray[np.int64]]
) -> tuple[Cases, Cases]:
    """Searched and fresh worlds: the two parts, or both halves of the only one."""
    if len(inputs) == 2:
        first, second = (Cases(*each) for each in zip(inputs, cases, numbers, strict=True))
        return first, second
    half = halves(cases[0].size)
    first, second = (
        Cases(inputs[0].worlds(some), cases[0][some], numbers[0][some]) for some in (half, ~half)
    )
    return first, second


def _ceiling(
    target: Target,
    table: Table,
    cases: Worlds,
    courses: tuple[Values, Worlds],
    seed: int,
    *,
    halved: bool,
) -> Ceiling | None:
    """From the worlds of the re-test that finished in every course, the comparison's own among them."""
    values, finished = courses
    sound = table.sound
    tested = np.zeros(sound.size, dtype=bool)
    places = np.flatnonzero(sound)
    tested[places[~halves(places.size)] if halved else places] = True
    own = np.zeros(sound.size, dtype=bool)
    own[places] = cases
    used = tested & finished
    others = [target.cases(course[:, used]) for course in values]
    return ceiling(np.array([own[used], *others]), seed)


def _check_cases(table: Table, target: Target, *, halved: bool) -> None:
    """InputError where the searched worlds hold too few cases, or too few others."""
    values = values_of(table, target)
    cases = target.cases(values) if values.shape[1] else np.zeros(0, dtype=bool)
    searched = cases[halves(cases.size)] if halved else cases
    hit, others = int(searched.sum()), int((~searched).sum())
    if min(hit, others) >= FEWEST_EACH:
        return
    rare = min(hit, others)
    what = (
        f"{hit} of {searched.size} searched worlds are cases and {others} are not; a search takes at least "
        f"{FEWEST_EACH} of each"
    )
    raise InputError(
        Problem(what, key="--target", suggestion=_advice(target, values, rare, searched.size, cases.size))
    )


def _advice(target: Target, values: Values, rare: int, searched: int, worlds: int) -> str:
    if rare > 0:
        needed = -(-int(np.ceil(1.3 * FEWEST_EACH * worlds / rare)) // 100) * 100
        text = f"simulate about {needed:,} worlds with --worlds"
    else:
        text = "ask about another outcome or --target"
    if searched >= 2 * FEWEST_EACH:
        bound = target.threshold_for(values, 0.25)
        if (target.sort == "level" or bound >= 0) and abs(bound - target.threshold) > 1e-12:
            text += f"; at --threshold {bound:.3g} about a quarter of the worlds would be cases"
    return text


def _missing_library() -> list[Problem]:
    from importlib.util import find_spec

    if find_spec("sklearn") is not None:
        return []
    return [
        Problem(
            "a classification tree needs scikit-learn, which is not installed",
            key="--method",
            suggestion='pip install "wbsim[analysis]", or use --method prim',
        )
    ]

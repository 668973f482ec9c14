"""A whole study: what was asked, what it will cost, and everything that was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wbsim.errors import InputError, Problem
from wbsim.experiments.blocks import block_size
from wbsim.experiments.estimate import simulation_seconds
from wbsim.experiments.execute import Plan, Progress, Settings
from wbsim.experiments.pool import usable_cores
from wbsim.experiments.sensitivity.analysis import (
    DEFAULT_METHODS,
    DESIGNED,
    METHODS,
    Analysis,
    Method,
    Of,
)
from wbsim.experiments.sensitivity.designed import Designed, analyse, design_morris, design_sobol
from wbsim.experiments.sensitivity.given import (
    FEWEST,
    analyse_pawn,
    analyse_shapley,
    plan_given,
    simulate_given,
)
from wbsim.experiments.sensitivity.information import analyse_information
from wbsim.experiments.sensitivity.numbers import (
    Factor,
    by_parameter,
    by_subject,
    chosen,
    on_the_prior,
    uncertain,
)
from wbsim.experiments.sets import STATUS_QUO, check_comparable, choose_baseline, sort_into_sets
from wbsim.experiments.work import MODEL, Simulate
from wbsim.scenario.issue import names, nearest
from wbsim.scenario.load import load
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

if TYPE_CHECKING:
    from wbsim.scenario.schema import Scenario

#: Worlds of the comparison that given-data methods use, and at each point of a design (assumed: a first look within a
#: few minutes); trajectories of Morris (10: Campolongo, Cariboni & Saltelli 2007), base points of Sobol.
WORLDS, WORLDS_EACH, TRAJECTORIES, BASE = 500, 4, 10, 64
#: Fewer trajectories or base points than this have no interval that means anything (assumed).
FEWEST_POINTS = 4
#: Survey respondents that can be stated.
MOST_RESPONDENTS = 100_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a study is asked to do; None leaves a default. `keys` name factors; none: all numbers, grouped."""

    methods: tuple[Method, ...] = DEFAULT_METHODS
    outcomes: tuple[str, ...] = HEADLINE_OUTCOMES
    of: Of = "difference"
    baseline: str | None = None
    worlds: int = WORLDS
    worlds_each: int = WORLDS_EACH
    points: int | None = None
    seed: int | None = None
    workers: int | None = None
    keys: tuple[str, ...] = ()
    respondents: int = 1000


@dataclass(frozen=True, slots=True)
class Study:
    """A checked study and its plans: everything is known, nothing has been simulated."""

    asked: Asked
    scenarios: tuple[Scenario, ...]
    seed: int
    given: Plan | None
    designs: tuple[Designed, ...]
    factors: Mapping[str, tuple[Factor, ...]]

    @property
    def seconds(self) -> float:
        """Wall seconds that simulating probably takes."""
        return sum(simulation_seconds(each) for each in self.plans)

    @property
    def plans(self) -> tuple[Plan, ...]:
        """Everything that will be simulated."""
        return (*(() if self.given is None else (self.given,)), *(each.plan for each in self.designs))


def prepare(scenarios: Sequence[Scenario], asked: Asked) -> Study:
    """Check what was asked, and plan it. A single scenario is compared with the status quo.

    InputError with everything that is wrong.
    """
    if len(scenarios) == 1 and scenarios[0].name != STATUS_QUO and (_compares(asked)):
        scenarios = [_status_quo(scenarios[0]), *scenarios]
    problems = _problems(asked, len(scenarios))
    baseline = choose_baseline(scenarios, asked.baseline)
    check_comparable(scenarios, baseline)
    sets = sort_into_sets(scenarios, baseline)
    if len(sets) > 1:
        problems.append(
            Problem(
                f'"{sets[1].scenarios[1].name}" has assumptions or events of its own, so differences would mix '
                "policies with assumptions",
                suggestion="study it apart, with the baseline under the same assumptions",
            )
        )
    if problems:
        raise InputError(problems)
    ordered = sets[0].scenarios
    seed = baseline.run.seed if asked.seed is None else asked.seed
    prior = uncertain(on_the_prior(baseline.assumptions))
    every = uncertain(baseline.assumptions)
    named = chosen(asked.keys, every)
    factors = {
        "morris": named or by_parameter(prior),
        "sobol": named or by_subject([each.key for each in prior]),
        "shapley": named or by_subject([each.key for each in every]),
    }
    return Study(
        replace(asked, baseline=baseline.name),
        ordered,
        seed,
        _plan_given(ordered, asked, seed),
        _plan_designs(ordered, asked, seed, factors),
        factors,
    )


def carry_out(
    study: Study, progress: Progress | None = None, simulate: Simulate | None = None
) -> tuple[Analysis, ...]:
    """Simulate what was planned and judge it; `simulate` replaces the model of the given-data methods.

    Raises what simulating raises, and MissingError or WbsimError where too much failed to say anything.
    """
    asked = study.asked
    found: list[Analysis] = []
    total = sum(_size(each) for each in study.plans)
    done = 0
    if study.given is not None:
        given = simulate_given(study.given, _part(progress, done, total), simulate)
        done += _size(study.given)
        own = (
            given.only([key for factor in study.factors["shapley"] for key in factor.keys])
            if asked.keys
            else given
        )
        if "pawn" in asked.methods:
            found += analyse_pawn(own, asked.outcomes, asked.of)
        if "shapley" in asked.methods:
            found += analyse_shapley(own, study.factors["shapley"], asked.outcomes, asked.of)
        if "information" in asked.methods:
            found += analyse_information(own, asked.outcomes, asked.respondents, asked.workers)
    for each in study.designs:
        found += analyse(each, asked.outcomes, asked.of, None, _part(progress, done, total))
        done += _size(each.plan)
    return tuple(found)


def plain(study: Study, found: Sequence[Analysis]) -> dict[str, Any]:
    """The study as plain data that JSON can hold: what was asked, the groups, and everything found; no NaN."""
    asked = study.asked
    return {
        "scenarios": [each.name for each in study.scenarios],
        "baseline": asked.baseline,
        "of": asked.of,
        "seed": study.seed,
        "worlds": asked.worlds if study.given is not None else None,
        "model": MODEL,
        "groups": {
            method: [{"name": each.name, "label": each.label, "keys": list(each.keys)} for each in factors]
            for method, factors in study.factors.items()
            if method in asked.methods
        },
        "resolved": [each.resolved() for each in study.scenarios],
        "analyses": [each.plain() for each in found],
    }


def _compares(asked: Asked) -> bool:
    return asked.of == "difference" or "information" in asked.methods


def _status_quo(scenario: Scenario) -> Scenario:
    """The status quo under the assumptions and over the time of `scenario`."""
    change = {"run": scenario.run, "assumptions": scenario.assumptions, "events": scenario.events}
    return load(STATUS_QUO).model_copy(update=change)


def _problems(asked: Asked, scenarios: int) -> list[Problem]:
    problems = []
    for kind, known, written in (
        ("--method", METHODS, asked.methods),
        ("--outcome", OUTCOMES, asked.outcomes),
    ):
        for name in written:
            if name not in known:
                message = f'"{name}" is not known; there are {names(list(known))}'
                problems.append(Problem(message, key=kind, suggestion=nearest(name, list(known))))
    if asked.of not in ("difference", "level"):
        problems.append(Problem(f'must be "difference" or "level"; it is "{asked.of}"', key="--of"))
    if scenarios < 2 and _compares(asked):
        problems.append(
            Problem("there is nothing to compare with", suggestion="name a policy, or use --of level")
        )
    given = any(method not in DESIGNED for method in asked.methods)
    ranges = {
        "--worlds": (asked.worlds, FEWEST if given else 1),
        "--worlds-each": (asked.worlds_each, 1),
        "--respondents": (asked.respondents, 1),
        "--points": (FEWEST_POINTS if asked.points is None else asked.points, FEWEST_POINTS),
    }
    for key, (value, low) in ranges.items():
        high = MOST_RESPONDENTS if key == "--respondents" else 1_000_000
        if not low <= value <= high:
            problems.append(Problem(f"must be a whole number from {low} to {high:,}; it is {value}", key=key))
    points = asked.points or BASE
    if "sobol" in asked.methods and points & (points - 1):
        message = f"must be a power of two for sobol; it is {points}"
        problems.append(Problem(message, key="--points", suggestion=f"use {1 << points.bit_length()}"))
    if "sobol" in asked.methods and len(asked.keys) == 1:
        problems.append(Problem("sobol needs two factors or more", key="--keys", suggestion="name another"))
    return problems


def _plan_given(scenarios: tuple[Scenario, ...], asked: Asked, seed: int) -> Plan | None:
    if all(method in DESIGNED for method in asked.methods):
        return None
    workers = asked.workers or usable_cores()
    block = block_size(asked.worlds, workers)
    return plan_given(scenarios, Settings(asked.worlds, seed, 0, asked.workers, block))


def _plan_designs(
    scenarios: tuple[Scenario, ...], asked: Asked, seed: int, factors: Mapping[str, tuple[Factor, ...]]
) -> tuple[Designed, ...]:
    settings = Settings(asked.worlds_each, seed, 0, asked.workers)
    settings.check()
    designs = []
    if "morris" in asked.methods:
        designs.append(design_morris(scenarios, factors["morris"], asked.points or TRAJECTORIES, settings))
    if "sobol" in asked.methods:
        designs.append(design_sobol(scenarios, factors["sobol"], asked.points or BASE, settings))
    return tuple(designs)


def _size(planned: Plan) -> int:
    return planned.settings.worlds * len(planned.sets)


def _part(progress: Progress | None, before: int, total: int) -> Progress | None:
    if progress is None:
        return None
    tell = progress
    return lambda done, _: tell(before + done, total)

"""Assumptions that a command puts under every scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from wbsim.errors import InputError, Problem
from wbsim.experiments.sets import AssumptionSet
from wbsim.scenario.issue import nearest
from wbsim.scenario.load import load_assumptions, with_assumptions
from wbsim.scenario.posterior import find_posterior
from wbsim.scenario.schema import Assumptions, Scenario
from wbsim.tables.variants import VARIANTS

SOURCES = ("prior", "posterior")


def under(scenarios: Sequence[Scenario], assumptions: str | Path) -> tuple[Scenario, ...]:
    """`scenarios`, all under the assumptions and dated events of a file. InputError for its faults."""
    plugins = tuple(sorted({file for scenario in scenarios for file in scenario.plugins}))
    file = load_assumptions(assumptions, plugins)
    return tuple(with_assumptions(scenario, file, plugins) for scenario in scenarios)


def drawing_from(scenarios: Sequence[Scenario], posterior: str | Path | None) -> tuple[Scenario, ...]:
    """`scenarios`, all of them drawing from the posterior at a path; None leaves them. InputError for its faults."""
    if posterior is None:
        return tuple(scenarios)
    change = {"source": "posterior", "posterior": find_posterior(posterior)}
    return tuple(_changed(scenario, change) for scenario in scenarios)


def side_by_side(sets: Sequence[AssumptionSet], under: Sequence[str]) -> tuple[AssumptionSet, ...]:
    """The one set of `sets` under each of `under`, laid side by side.

    Each is "prior", "posterior" or a structural variant as "NAME=CHOICE". InputError with everything that is wrong.
    """
    problems = [problem for each in under for problem in _wrong(each)]
    problems += [
        Problem(f'"{each}" is given twice', key="--under", suggestion="leave one of them out")
        for each in dict.fromkeys(each for each in under if list(under).count(each) > 1)
    ]
    if len(sets) > 1:
        problems.append(
            Problem(
                "the scenarios have assumptions or events of their own already",
                key="--under",
                suggestion="compare them apart, or put them all under one file with --assumptions",
            )
        )
    if problems:
        raise InputError(problems)
    return tuple(
        replace(
            sets[0],
            label=each,
            scenarios=tuple(_changed(s, _change(each, s.assumptions)) for s in sets[0].scenarios),
        )
        for each in under
    )


def _wrong(written: str) -> list[Problem]:
    name, mark, choice = written.partition("=")
    allowed = f'"prior", "posterior", or a variant such as "{next(iter(VARIANTS))}=..."'
    if not mark:
        known = (
            ()
            if name in SOURCES
            else (
                Problem(
                    f'must be {allowed}; it is "{written}"', key="--under", suggestion=nearest(name, SOURCES)
                ),
            )
        )
        return list(known)
    if name not in VARIANTS:
        hint = nearest(name, tuple(VARIANTS))
        return [
            Problem(
                f'there is no structural variant "{name}"; there are {", ".join(VARIANTS)}',
                key="--under",
                suggestion=hint,
            )
        ]
    choices = VARIANTS[name].choices
    if choice not in choices:
        return [
            Problem(
                f'"{name}" has the choices {", ".join(choices)}; "{choice}" is none',
                key="--under",
                suggestion=nearest(choice, choices),
            )
        ]
    return []


def _change(written: str, assumptions: Assumptions) -> dict[str, object]:
    name, mark, choice = written.partition("=")
    if mark:
        return {"variants": {**assumptions.variants, name: choice}}
    if name == "prior":
        return {"source": "prior"}
    return {"source": "posterior", "posterior": assumptions.posterior or find_posterior()}


def _changed(scenario: Scenario, change: dict[str, object]) -> Scenario:
    return scenario.model_copy(update={"assumptions": scenario.assumptions.model_copy(update=change)})

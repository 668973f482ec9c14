"""Assumptions that a command puts under every scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from wbsim.errors import InputError, Problem
from wbsim.experiments.sets import AssumptionSet
from wbsim.scenario.alternatives import alternatives
from wbsim.scenario.issue import nearest
from wbsim.scenario.load import load_assumptions, with_assumptions
from wbsim.scenario.posterior import find_posterior
from wbsim.scenario.schema import Assumptions, Scenario
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS

SOURCES = ("prior", "posterior")
#: Choices of structural variants and alternatives by name.
_CHOICES = {name: record.choices for name, record in (VARIANTS | STRUCTURES).items()}


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

    Each is "prior", "posterior", a structural variant or alternative as "NAME=CHOICE", or an alternative to the
    posterior in use as "posterior=NAME". InputError with everything that is wrong.
    """
    others = _others(sets, under)
    problems = [problem for each in under for problem in _wrong(each, others)]
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
            scenarios=tuple(_changed(s, change_of(each, s.assumptions)) for s in sets[0].scenarios),
        )
        for each in under
    )


def _others(sets: Sequence[AssumptionSet], under: Sequence[str]) -> tuple[str, ...]:
    """Names of the alternatives to the posterior in use; looked for only where one is asked for."""
    if not any(each.startswith("posterior=") for each in under):
        return ()
    return tuple(alternatives(sets[0].scenarios[0].assumptions.posterior or find_posterior()))


def _wrong(written: str, others: Sequence[str] = ()) -> list[Problem]:
    name, mark, choice = written.partition("=")
    allowed = (
        f'"prior", "posterior", a structural variant or alternative such as "{next(iter(VARIANTS))}=..." or '
        f'"{next(iter(STRUCTURES))}=...", or an alternative posterior as "posterior=NAME"'
    )
    if mark and name == "posterior":
        return _wrong_posterior(choice, others)
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
    if name not in _CHOICES:
        hint = nearest(name, tuple(_CHOICES))
        return [
            Problem(
                f'there is no structural variant or alternative "{name}"; there are {", ".join(_CHOICES)}',
                key="--under",
                suggestion=hint,
            )
        ]
    choices = _CHOICES[name]
    if choice not in choices:
        return [
            Problem(
                f'"{name}" has the choices {", ".join(choices)}; "{choice}" is none',
                key="--under",
                suggestion=nearest(choice, choices),
            )
        ]
    return []


def _wrong_posterior(choice: str, others: Sequence[str]) -> list[Problem]:
    if choice in others:
        return []
    if not others:
        return [
            Problem(
                f'no alternatives lie beside the posterior in use, so there is no "{choice}"',
                key="--under",
                suggestion="`wbsim calibrate` makes them",
            )
        ]
    return [
        Problem(
            f'no alternative to the posterior is called "{choice}"; there are {", ".join(others)}',
            key="--under",
            suggestion=nearest(choice, tuple(others)),
        )
    ]


def change_of(written: str, assumptions: Assumptions) -> dict[str, object]:
    """What "prior", "posterior", "NAME=CHOICE" or "posterior=NAME" changes of `assumptions`; it must be known."""
    name, mark, choice = written.partition("=")
    if mark and name == "posterior":
        found = alternatives(assumptions.posterior or find_posterior())
        return {"source": "posterior", "posterior": found[choice]}
    if mark and name in STRUCTURES:
        return {"structures": {**assumptions.structures, name: STRUCTURES[name].only(choice)}}
    if mark:
        return {"variants": {**assumptions.variants, name: choice}}
    if name == "prior":
        return {"source": "prior"}
    return {"source": "posterior", "posterior": assumptions.posterior or find_posterior()}


def _changed(scenario: Scenario, change: dict[str, object]) -> Scenario:
    return scenario.model_copy(update={"assumptions": scenario.assumptions.model_copy(update=change)})

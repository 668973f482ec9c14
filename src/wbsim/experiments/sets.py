"""Scenarios sorted into tables: each table holds policies under one set of assumptions and events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wbsim.errors import InputError, Problem

if TYPE_CHECKING:
    from wbsim.scenario.schema import Scenario

#: The scenario that is the baseline when none is named.
STATUS_QUO = "status-quo"
#: Settings that every compared scenario must share, with the words for them.
SHARED_SETTINGS = {"start": "start month", "years": "number of years", "citizens": "number of citizens"}


@dataclass(frozen=True, slots=True)
class AssumptionSet:
    """Scenarios under one set of assumptions and events; the baseline comes first. `label` says whose they
    are."""

    label: str
    scenarios: tuple[Scenario, ...]


def choose_baseline(scenarios: Sequence[Scenario], name: str | None = None) -> Scenario:
    """The scenario called `name`; without one, the one called status-quo, else the first. InputError if
    unknown."""
    if not scenarios:
        raise InputError(Problem("no scenario was given", suggestion="name at least one scenario"))
    by_name = {scenario.name: scenario for scenario in scenarios}
    if name is None:
        return by_name.get(STATUS_QUO, scenarios[0])
    if name not in by_name:
        raise InputError(
            Problem(
                f'no compared scenario is called "{name}"; the baseline is one of {", ".join(by_name)}',
                key="baseline",
                suggestion="name one of the scenarios, or add it to the comparison",
            )
        )
    return by_name[name]


def check_comparable(scenarios: Sequence[Scenario], baseline: Scenario) -> None:
    """InputError, with every problem found, when names are used twice or run settings differ from the
    baseline's."""
    problems = [
        Problem(
            f'{count} scenarios are called "{name}"; names must be unique',
            key="name",
            suggestion="give each scenario a name of its own",
        )
        for name, count in Counter(scenario.name for scenario in scenarios).items()
        if count > 1
    ]
    for scenario in scenarios:
        for setting, words in SHARED_SETTINGS.items():
            value, expected = getattr(scenario.run, setting), getattr(baseline.run, setting)
            if value != expected:
                problems.append(
                    Problem(
                        f'the {words} of "{scenario.name}" is {value}; it must be {expected}, '
                        f'as in the baseline "{baseline.name}"',
                        file=str(scenario.origin) if scenario.origin else None,
                        key=f"run.{setting}",
                        suggestion="worlds can be compared only when they run over the same time and people",
                    )
                )
    if problems:
        raise InputError(problems)


def sort_into_sets(scenarios: Sequence[Scenario], baseline: Scenario) -> tuple[AssumptionSet, ...]:
    """One set for each different pair of assumptions and events, the baseline's own first.

    The baseline is re-run under each of them, so that a difference is always the policy's, never the
    assumptions'.
    """
    groups: list[list[Scenario]] = [[baseline]]
    for scenario in scenarios:
        if scenario.name == baseline.name:
            continue
        home = next((group for group in groups if _same_assumptions(group[0], scenario)), None)
        if home is None:
            moved = baseline.model_copy(
                update={"assumptions": scenario.assumptions, "events": scenario.events}
            )
            groups.append([moved, scenario])
        else:
            home.append(scenario)
    return tuple(
        AssumptionSet(f"assumptions of {(group[1] if number else group[0]).name}", tuple(group))
        for number, group in enumerate(groups)
    )


def _same_assumptions(one: Scenario, other: Scenario) -> bool:
    # As they are resolved: the same posterior may have been named by two paths.
    return one.assumptions.resolved() == other.assumptions.resolved() and one.events == other.events

"""Settings of a run given apart from the file, on the command line or in Python, and checked alike."""

from __future__ import annotations

from wbsim.errors import InputError, Problem
from wbsim.scenario.issue import Issue, key_text
from wbsim.scenario.read_scenario import read_run
from wbsim.scenario.reader import Reader
from wbsim.scenario.schema import Scenario
from wbsim.tables.calendar import month_number


def with_run(
    scenario: Scenario,
    *,
    years: int | None = None,
    worlds: int | None = None,
    seed: int | None = None,
    citizens: int | None = None,
) -> Scenario:
    """`scenario` with other run settings; None leaves one as it is.

    Raises InputError for settings out of range, and where a shorter run leaves a policy, event or path
    outside.
    """
    given: dict[str, object] = {"years": years, "worlds": worlds, "seed": seed, "citizens": citizens}
    changes = {name: value for name, value in given.items() if value is not None}
    issues = list[Issue]()
    reader = Reader(changes, (), issues)
    read_run(reader)
    if issues:
        raise InputError(
            Problem(issue.message, key=key_text(issue.path), suggestion=issue.suggestion) for issue in issues
        )
    changed = scenario.model_copy(update={"run": scenario.run.model_copy(update=changes)})
    late = _outside(changed)
    if late:
        raise InputError(
            Problem(
                f'with {changed.run.years} years the run of "{scenario.name}" ends in {changed.horizon}, '
                f"before {what}",
                key="years",
                suggestion="give more years",
            )
            for what in late
        )
    return changed


def _outside(scenario: Scenario) -> list[str]:
    """What begins after the horizon, in words."""
    starts = [(policy.start, f'the policy "{policy.mechanism}"') for policy in scenario.policies]
    starts += [(event.month, f'the event "{event.kind}"') for event in scenario.events]
    starts += [(step.since, f'a step of "{step.name}"') for step in scenario.assumptions.paths]
    horizon = month_number(scenario.horizon)
    return [f"{what} in {month}" for month, what in starts if month_number(month) > horizon]

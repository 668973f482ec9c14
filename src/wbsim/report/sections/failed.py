"""Worlds that failed: each with its error and the command that replays it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wbsim.report.shown import Shown

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

#: Failed worlds that the page lists; the rest is counted.
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Failed:
    """A world that failed: under which scenario and assumptions, the last line of its error, and its replay."""

    world: int
    scenario: str
    label: str
    error: str
    replay: str


@dataclass(frozen=True, slots=True)
class FailedWorlds:
    """The first failures, and how many more there are."""

    heading: str
    failed: tuple[Failed, ...]
    more: int


def build(results: Results) -> FailedWorlds | None:
    """The failures of `results`; None where every world finished."""
    found = _all(results)
    if not found:
        return None
    count = results.experiment.failed_worlds
    heading = f"Which worlds failed? {count:,} of {results.experiment.worlds:,}"
    return FailedWorlds(heading, found[:_LISTED], len(found) - len(found[:_LISTED]))


def shown(results: Results) -> tuple[Shown, ...]:
    """Every failure."""
    rows = tuple((each.world, each.scenario, each.label, each.error, each.replay) for each in _all(results))
    columns = ("world", "scenario", "assumptions", "error", "replay")
    return (
        (Shown("failed", "Failed worlds, which left the figures of all scenarios", columns, rows),)
        if rows
        else ()
    )


def _all(results: Results) -> tuple[Failed, ...]:
    return tuple(
        Failed(
            failure.world,
            failure.scenario,
            table.label,
            failure.error.strip().splitlines()[-1] if failure.error.strip() else "no message",
            results.request.command(failure.world),
        )
        for table in results.experiment.tables
        for failure in table.failures
    )

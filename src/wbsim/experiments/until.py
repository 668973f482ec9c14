"""Simulate until a Monte Carlo error is small enough: the goals, and whether they are met."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Protocol

from wbsim.errors import InputError, Problem
from wbsim.scenario.issue import nearest
from wbsim.tables.outcomes import OUTCOMES

if TYPE_CHECKING:
    from wbsim.experiments.experiment import Table

_OPTION = "--until"


@dataclass(frozen=True, slots=True)
class Goal:
    """How precisely the mean paired difference of one outcome is known in the end.

    `error` is the Monte Carlo standard error that was asked for, in the outcome's unit; `mcse` the largest of any
    policy, None with fewer than two sound worlds, `policy` and `assumptions` whose that is. `reached` says that
    every policy's error is surely below `error`.
    """

    outcome: str
    error: float
    mcse: float | None
    policy: str
    assumptions: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Stopping:
    """How a simulation ended: after `worlds` worlds of at most `limit`, and how precise it is then."""

    worlds: int
    limit: int
    goals: tuple[Goal, ...]

    @property
    def reached(self) -> bool:
        """Whether every goal was reached."""
        return all(goal.reached for goal in self.goals)


class Growing(Protocol):
    """Worlds of one set of assumptions that are still coming in."""

    taken: int

    @property
    def so_far(self) -> Table: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Until:
    """Goals: the Monte Carlo standard error of the mean paired difference, by outcome, in its unit."""

    goals: tuple[tuple[str, float], ...]

    def looks(self, limit: int) -> tuple[int, ...]:
        """Numbers of worlds after which the goals are looked at, `limit` the last."""
        from wbsim.statistics.stopping import looks

        return looks(limit)

    def satisfied(self, sets: Collection[Growing], limit: int) -> bool:
        """Whether to stop: a look is due, and the goals are reached at it and at the look before.

        What was seen at the look before follows from the first worlds, so nothing has to be remembered.
        """
        from wbsim.statistics.stopping import LOOKS

        worlds = {each.taken for each in sets}
        places = self.looks(limit)
        if len(worlds) != 1 or not worlds <= set(places[:-1]):
            return False
        seen = places[: places.index(worlds.pop()) + 1]
        return len(seen) >= LOOKS and all(
            goal.reached for number in seen[-LOOKS:] for goal in self._goals(sets, number)
        )

    def outcome(self, sets: Collection[Growing], limit: int) -> Stopping:
        """What was reached with all worlds so far."""
        worlds = min(each.taken for each in sets)
        return Stopping(worlds, limit, self._goals(sets, worlds))

    def _goals(self, sets: Collection[Growing], worlds: int) -> tuple[Goal, ...]:
        tables = [each.so_far for each in sets]
        return tuple(_goal(tables, name, error, worlds) for name, error in self.goals)


def judge(tables: Sequence[Table], worlds: int, limit: int, goals: Iterable[tuple[str, float]]) -> Stopping:
    """How precise the first `worlds` worlds of `tables` are, by goal; `limit` is the most that were allowed."""
    return Stopping(worlds, limit, tuple(_goal(tables, name, error, worlds) for name, error in goals))


def _goal(tables: Sequence[Table], outcome: str, error: float, worlds: int) -> Goal:
    from wbsim.statistics.stopping import precision
    from wbsim.tables.outcomes import OUTCOME_INDEX

    found: list[tuple[float, str, str, bool, float | None]] = []
    for table in tables:
        values = table.figures[:, 0, :worlds, OUTCOME_INDEX[outcome]][:, table.sound[:worlds]]
        for number, policy in enumerate(table.policies, start=1):
            figures = precision(values[number] - values[0], error)
            size = float("inf") if figures.mcse is None else figures.mcse
            found.append((size, policy, table.label, figures.enough, figures.mcse))
    worst = max(found, key=lambda each: each[0])
    return Goal(outcome, error, worst[4], worst[1], worst[2], all(each[3] for each in found))


def read_until(written: Sequence[str]) -> dict[str, float]:
    """Goals as a command's words "OUTCOME=ERROR" give them. InputError with everything that is wrong."""
    problems: list[Problem] = []
    goals: dict[str, float] = {}
    for each in written:
        name, mark, number = each.partition("=")
        error = _number(number)
        if not mark or error is None:
            problems.append(
                Problem(
                    f'must be OUTCOME=ERROR, the error a number; it is "{each}"',
                    key=_OPTION,
                    suggestion=f"for example {next(iter(OUTCOMES))}=0.001",
                )
            )
        elif name in goals:
            problems.append(
                Problem(f'"{name}" is given twice', key=_OPTION, suggestion="leave one of them out")
            )
        if mark:
            problems += _wrong(name, 1.0 if error is None else error)
            goals[name] = 1.0 if error is None else error
    if problems:
        raise InputError(list(dict.fromkeys(problems)))
    return goals


def check_until(goals: Mapping[str, float]) -> Until | None:
    """`goals` by outcome, checked; None where there are none. InputError with everything that is wrong."""
    problems = [problem for name, error in goals.items() for problem in _wrong(name, error)]
    if problems:
        raise InputError(problems)
    return Until(tuple((name, float(error)) for name, error in goals.items())) if goals else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _wrong(name: str, error: object) -> list[Problem]:
    problems = []
    if name not in OUTCOMES:
        problems.append(
            Problem(
                f'no outcome is called "{name}"; `wbsim compare --json` and docs/outcomes.md list them all',
                key=_OPTION,
                suggestion=nearest(name, tuple(OUTCOMES)),
            )
        )
    if isinstance(error, bool) or not isinstance(error, int | float) or not isfinite(error) or error <= 0:
        problems.append(
            Problem(
                f"the error of {name} must be a number above 0, in the outcome's unit; it is {error}",
                key=_OPTION,
                suggestion="give the largest Monte Carlo standard error that you can accept",
            )
        )
    return problems

"""The scenarios that a sweep file names: found, loaded, and given the run settings of the sweep."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wbsim.errors import InputError, Problem
from wbsim.paths import exists, user_path
from wbsim.scenario.issue import Issue, show
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run
from wbsim.scenario.plugin import Registry
from wbsim.scenario.reader import Reader
from wbsim.scenario.resolve import Found, is_path
from wbsim.scenario.schema import Scenario
from wbsim.scenario.text import UnreadableError

#: More scenarios than this are refused unread.
MAX_SCENARIOS = 64


@dataclass(frozen=True, slots=True)
class Swept:
    """The scenarios that could be loaded; `complete`: all that were named."""

    scenarios: tuple[Scenario, ...]
    complete: bool


def read_scenarios(
    reader: Reader,
    found: Found,
    folder: str | Path | None,
    registry: Registry,
    years: int | None,
    citizens: int | None,
    issues: list[Issue],
    problems: list[Problem],
) -> Swept:
    """The list `scenarios` of a sweep file at `found`; None for `years` or `citizens`: as each scenario has it.

    What is wrong with the list goes to `issues`, what is wrong within a scenario's own file to `problems`.
    """
    named = reader.take("scenarios")
    if named is None:
        reader.missing("scenarios", "names or paths of scenarios", 'such as ["forum", "status-quo"]')
        return Swept((), False)
    if not isinstance(named, list) or not 1 <= len(named) <= MAX_SCENARIOS:
        message = f'must be a list of 1 to {MAX_SCENARIOS} names or paths such as ["forum", "status-quo"]'
        reader.wrong("scenarios", f"{message}; it is {show(named)}")
        return Swept((), False)
    scenarios: list[Scenario] = []
    for number, name in enumerate(named):
        path = (*reader.path, "scenarios", number)
        try:
            scenario = _load(name, found, folder, registry)
            scenarios.append(with_run(scenario, years=years, citizens=citizens))
        except InputError as error:
            for problem in error.problems:
                if problem.file is None or isinstance(error, UnreadableError):
                    issues.append(Issue(path, _said(problem), problem.suggestion))
                else:
                    problems.append(problem)
            continue
        if scenario.name in [each.name for each in scenarios[:-1]]:
            scenarios.pop()
            issues.append(Issue(path, f'a second scenario called "{scenario.name}"', "name each once"))
    return Swept(tuple(scenarios), len(scenarios) == len(named))


def _said(problem: Problem) -> str:
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    return problem.message if problem.file is None else f"{place}: {problem.message}"


def _load(name: object, found: Found, folder: str | Path | None, registry: Registry) -> Scenario:
    if not isinstance(name, str) or not name:
        raise InputError(f"must be a name or a path in quotes; it is {show(name)}")
    path = user_path(name)
    beside = path if path.is_absolute() or found.folder is None else found.folder / path
    if is_path(name):
        return load(beside, None, registry)
    try:
        return load(name, folder, registry)
    except UnreadableError as error:
        if exists(beside.parent / f"{beside.name}.toml"):
            problem = error.problems[0]
            hint = f'write "./{name}.toml"'
            raise UnreadableError(Problem(problem.message, problem.file, suggestion=hint)) from None
        raise

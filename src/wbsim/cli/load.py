"""Scenarios that a command names, loaded with what it sets over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wbsim.scenario.schema import Scenario


def load_all(names: Sequence[str], folder: Path | None, plugins: list[Path] | None) -> list[Scenario]:
    """All scenarios, or one InputError with the problems of all."""
    from wbsim.errors import InputError, Problem
    from wbsim.scenario.load import load
    from wbsim.scenario.plugin import load_plugins

    registry = load_plugins(plugins or ())
    loaded: list[Scenario] = []
    problems: list[Problem] = []
    for name in names:
        try:
            loaded.append(load(name, folder, registry))
        except InputError as error:
            problems.extend(problem for problem in error.problems if problem not in problems)
    if problems:
        raise InputError(problems)
    return loaded


def with_settings(
    scenarios: list[Scenario], years: int | None, citizens: int | None, posterior: Path | None
) -> list[Scenario]:
    """`scenarios` with other years, citizens or posterior; None leaves them. InputError for what is out of range."""
    from wbsim.experiments.under import drawing_from
    from wbsim.scenario.override import with_run

    return list(
        drawing_from([with_run(each, years=years, citizens=citizens) for each in scenarios], posterior)
    )

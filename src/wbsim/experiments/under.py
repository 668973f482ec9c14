"""Assumptions that a command puts under every scenario."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wbsim.scenario.load import load_assumptions, with_assumptions
from wbsim.scenario.schema import Scenario


def under(scenarios: Sequence[Scenario], assumptions: str | Path) -> tuple[Scenario, ...]:
    """`scenarios`, all under the assumptions and dated events of a file. InputError for its faults."""
    plugins = tuple(sorted({file for scenario in scenarios for file in scenario.plugins}))
    file = load_assumptions(assumptions, plugins)
    return tuple(with_assumptions(scenario, file, plugins) for scenario in scenarios)

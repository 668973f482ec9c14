"""The paper's four scenarios under prior and posterior: how often policies do better, gain and harm."""

from __future__ import annotations

from typing import Any

from reproduce.run import Facts, Run, Settings
from reproduce.runs.common import COMPARISON, compared, defined, origins
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.experiment import Table
from wbsim.experiments.summary import ranking
from wbsim.scenario.bundled import PAPER
from wbsim.statistics.paired import level
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

SIDES = ("prior", "posterior")


def _shares(settings: Settings) -> Facts:
    comparison = compared(PAPER, settings["worlds"], under=SIDES)
    summary = comparison.summary()
    sets = summary.get("sets", [summary])
    return {
        "worlds": settings["worlds"],
        "sides": [each["assumptions"] for each in sets],
        "effects": [each["outcomes"] for each in sets],
        "levels": [_levels(table) for table in comparison.experiment.tables],
        "compared": {name: summary["rankings_compared"][name] for name in HEADLINE_OUTCOMES},
        "rankings": {
            name: [list(ranking(table, name)) for table in comparison.experiment.tables]
            for name in HEADLINE_OUTCOMES
        },
        "gaps": _gaps(comparison),
        "origins": origins(comparison),
    }


def _levels(table: Table) -> dict[str, dict[str, float | None]]:
    """Mean of each outcome over worlds, by scenario."""
    names = [scenario.name for scenario in table.scenarios]
    return {
        name: {outcome: level(defined(table.values(name, outcome))).mean for outcome in OUTCOMES}
        for name in names
    }


def _gaps(comparison: Comparison) -> list[dict[str, Any]]:
    """By set and pair of policies: the mean gap on each headline outcome and its Monte Carlo error."""
    return [
        {
            f"{one}|{two}": {outcome: _gap(table, one, two, outcome) for outcome in HEADLINE_OUTCOMES}
            for place, one in enumerate(names)
            for two in names[place + 1 :]
        }
        for table in comparison.experiment.tables
        for names in [[scenario.name for scenario in table.scenarios]]
    ]


def _gap(table: Table, one: str, two: str, outcome: str) -> dict[str, float | None]:
    gap = level(defined(table.values(one, outcome) - table.values(two, outcome)))
    return {"mean": gap.mean, "mcse": gap.mcse}


SHARES = Run("shares", _shares, {"worlds": 1000}, 240, COMPARISON)

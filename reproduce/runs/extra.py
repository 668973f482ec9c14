"""The paper's four scenarios with their effects divided among channels, and under every other setting."""

from __future__ import annotations

from typing import Any

import wbsim
from reproduce.run import Facts, Run, Settings
from reproduce.runs.common import SEED, bundled
from wbsim.scenario.bundled import PAPER
from wbsim.tables.outcomes import HEADLINE_OUTCOMES


def _extra(settings: Settings) -> Facts:
    worlds, each = settings["worlds"], min(settings["worlds"], settings["worlds_each"])
    comparison = wbsim.compare(
        *bundled(PAPER, settings["citizens"]),
        worlds=worlds,
        seed=SEED,
        channels=True,
        robustness=True,
        worlds_each=each,
    )
    if comparison.channels is None or comparison.robustness is None:
        raise ValueError("the comparison made no extra runs")
    channels, robustness = comparison.channels.plain(), comparison.robustness.plain()
    return {
        "worlds": worlds,
        "worlds_each": each,
        "citizens": settings["citizens"],
        "channels": {**channels, "divisions": [_short(division) for division in channels["divisions"]]},
        "robustness": robustness,
    }


def _short(division: dict[str, Any]) -> dict[str, Any]:
    return {**division, "outcomes": {name: division["outcomes"][name] for name in HEADLINE_OUTCOMES}}


EXTRA = Run(
    "extra",
    _extra,
    {"worlds": 200, "worlds_each": 200, "citizens": 200},
    240,
    ("statistics", "experiments/channels.py", "experiments/robustness.py"),
)

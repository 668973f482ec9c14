"""Levers of the forum searched for four goals at once."""

from __future__ import annotations

import wbsim
from reproduce.run import Facts, Run, Settings
from reproduce.runs.common import SEED, bundled
from reproduce.runs.pictures import as_text
from wbsim.report.draw_optimum import goals_figure
from wbsim.report.optimum_plain import plain


def _optimise(settings: Settings) -> Facts:
    (forum,) = bundled(("forum",), settings["citizens"])
    found = wbsim.optimise(
        forum,
        vary=settings["vary"],
        goals=settings["goals"],
        worlds=settings["worlds"],
        population=settings["population"],
        generations=settings["generations"],
        fresh_worlds=2 * settings["worlds"],
        robustness=True,
        seed=SEED,
    )
    return {**settings, **plain(found), "picture": as_text(goals_figure(found))}


OPTIMISE = Run(
    "optimise",
    _optimise,
    {
        "worlds": 64,
        "citizens": 100,
        "population": 24,
        "generations": 8,
        "goals": ["cooperation", "public_trust", "crises_severe", "money"],
        "vary": [
            "forum.meetings_per_year=1:12",
            "forum.transparency=0:1",
            "forum.quorum=2:6",
            "forum.kosovo_seat=equal,asterisk",
            "forum.rule=consensus,all-but-one,qualified-majority",
        ],
    },
    240,
    ("optimum", "statistics/paired.py"),
)

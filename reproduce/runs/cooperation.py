"""Cooperation against what is observed of it, in worlds of the bundled posterior."""

from __future__ import annotations

from reproduce.run import Facts, Run, Settings
from wbsim.calibration.crew import Crew
from wbsim.chance.fitted import read
from wbsim.cooperation.check import check
from wbsim.cooperation.summary import summary
from wbsim.cooperation.worlds import Plan
from wbsim.instruments.load import load_scores
from wbsim.scenario.posterior import find_posterior


def _cooperation(settings: Settings) -> Facts:
    file = find_posterior()
    plan = Plan(settings["worlds"], settings["seed"], settings["citizens"])
    with Crew(None) as crew:
        return summary(check(read(file.path, file.sha256), load_scores(), plan, crew))


COOPERATION = Run(
    "cooperation",
    _cooperation,
    {"worlds": 2000, "seed": 1, "citizens": 200},
    60,
    ("calibration", "cooperation", "inference", "instruments"),
    ("calibration/scores.csv", "calibration/analogues.csv"),
)

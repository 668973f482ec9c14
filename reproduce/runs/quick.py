"""How far a rough calibration of the same figures lies from the bundled one."""

from __future__ import annotations

import json

from reproduce.run import Facts, Run, Settings
from wbsim.calibration.crew import Crew
from wbsim.calibration.diagnostics import diagnostics
from wbsim.calibration.fit import calibrate
from wbsim.calibration.read import read_inputs
from wbsim.calibration.settings import SMALL
from wbsim.scenario.resolve import resolve_calibration


def _quick(settings: Settings) -> Facts:
    with Crew(None) as crew:
        found = diagnostics(calibrate(read_inputs(), SMALL, settings["seed"], crew))
    bundled = json.loads(resolve_calibration("diagnostics.json").resource.read_text(encoding="utf-8"))
    old = {row["key"]: row["mean"] for row in bundled["parameters"]}
    return {"most": max(abs(row["mean"] - old[row["key"]]) for row in found["parameters"])}


QUICK = Run(
    "quick",
    _quick,
    {"seed": 1},
    60,
    ("calibration", "inference", "instruments"),
    ("calibration/figures.csv", "calibration/questions.toml", "calibration/rates.csv"),
)

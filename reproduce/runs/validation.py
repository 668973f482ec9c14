"""Figures that were never fitted, predicted by the bundled posterior."""

from __future__ import annotations

from pathlib import Path

from reproduce.run import Facts, Run, Settings
from wbsim.calibration.crew import Crew
from wbsim.calibration.evidence import evidence, known
from wbsim.calibration.predict import Plan
from wbsim.calibration.validate import validate
from wbsim.calibration.validation_text import gain_sentences
from wbsim.chance.fitted import read
from wbsim.scenario.posterior import find_posterior


def _validation(settings: Settings) -> Facts:
    file = find_posterior()
    before = known(Path(file.path).parent)
    found = evidence(None, None, before)
    plan = Plan(settings["worlds"], settings["seed"], settings["citizens"])
    with Crew(None) as crew:
        result = validate(read(file.path, file.sha256), found, before, plan, crew)
    summary = result.summary()
    del summary["rows"]
    return {**summary, "best_baseline": result.best_baseline, "sentences": gain_sentences(result)}


VALIDATION = Run(
    "validation",
    _validation,
    {"worlds": 2000, "seed": 1, "citizens": 1000},
    90,
    ("calibration", "inference", "instruments"),
    ("calibration/figures.csv", "calibration/questions.toml"),
)

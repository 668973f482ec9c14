"""Repeated questions: sizes of wave effects and drifts, and each wave left out."""

from __future__ import annotations

from reproduce.run import Facts, Run, Settings
from wbsim.calibration.waves import waves
from wbsim.calibration.waves_text import sentences, summary
from wbsim.instruments.load import load_catalogue, load_figures, load_series
from wbsim.instruments.series import of_figures, together


def _waves(settings: Settings) -> Facts:
    figures, catalogue = load_figures(), load_catalogue()
    questions = {each.question: q for each in figures if (q := catalogue.question(each.question)) is not None}
    found = waves(together(load_series(), of_figures(figures, questions)), seed=settings["seed"])
    return {**summary(found), "sentences": sentences(found)}


WAVES = Run(
    "waves",
    _waves,
    {"seed": 1},
    1,
    ("calibration", "inference", "instruments"),
    ("calibration/figures.csv", "calibration/questions.toml", "calibration/series.csv"),
)

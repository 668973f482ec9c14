"""A calibration of twelve figures in seconds: the whole chain, too small to find anything."""

from __future__ import annotations

from pathlib import Path

from wbsim.calibration.crew import Crew
from wbsim.calibration.fit import Calibration, Inputs, calibrate
from wbsim.calibration.settings import Settings
from wbsim.instruments.figure import fitted
from wbsim.instruments.load import load_catalogue, load_figures, load_rates, load_scores
from wbsim.instruments.score import to_predict

TINY = Settings(
    prior=64, members=90, steps=2, late=2, refits=1, wave=40, citizens=40, few=40, particles=200, draws=60,
    free=64, scores=256, halves=30, chains=20, generations=60,
)  # fmt: skip
#: Two waves of one question, a pick-one question whose parts add up to 100, two levels, and figures of one survey.
CHOSEN = ("E187", "E189", "E001", "E002")


def tiny_inputs() -> Inputs:
    """Twelve bundled figures, the event rates of two groups of dyads and one state, and no score to fit."""
    figures = fitted(load_figures())
    first = [each for each in figures if each.id in CHOSEN]
    levels = [each for each in figures if each.question.startswith("asb-") and each not in first][:4]
    rest = [each for each in figures if each not in first and each not in levels][:4]
    rates = tuple(rate for rate in load_rates() if rate.subject in ("serbia-kosovo", "calm", "BIH"))
    return Inputs(
        load_catalogue(),
        (*first, *levels, *rest),
        rates,
        {"figures": "twelve of the bundled"},
        scores=to_predict(load_scores()),
    )


def tiny(folder: Path | None = None, workers: int = 1, seed: int = 1, **changes: object) -> Calibration:
    """What the chain finds."""
    with Crew(workers) as crew:
        return calibrate(tiny_inputs(), TINY, seed, crew, folder=folder, **changes)  # type: ignore[arg-type]

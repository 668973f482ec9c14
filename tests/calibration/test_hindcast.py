"""What simulated citizens would have answered, point by point."""

from __future__ import annotations

import numpy as np
import pytest

from tests.calibration.prior_draws import figure
from wbsim.calibration import hindcast as module
from wbsim.calibration.crew import Crew
from wbsim.calibration.fit import bare
from wbsim.calibration.hindcast import Survey, hindcast, with_posterior
from wbsim.calibration.space import space
from wbsim.calibration.targets import simulated_logit
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.instruments.load import load_catalogue
from wbsim.model.geography import geography
from wbsim.model.questionnaire import answers
from wbsim.model.region import Region
from wbsim.model.traits import traits
from wbsim.scenario.override import with_run

SPACE = space()
Z = np.random.default_rng(3).standard_normal((20, len(SPACE.keys)))
FIGURES = (
    figure(id="before", months=("2020-06",)),
    figure(id="early", months=("2021-03",)),
    figure(id="either", months=("2021-02", "2021-05"), survey="Two months", question="safe-in-home"),
)
CASE = with_run(bare(), citizens=40)
QUESTIONS = {each.question: load_catalogue().questions[each.question] for each in FIGURES}
SURVEY = Survey(CASE, FIGURES, QUESTIONS)


def asked(workers: int = 1, z: np.ndarray = Z, survey: Survey = SURVEY, seed: int = 7) -> np.ndarray:
    with Crew(workers) as crew:
        return hindcast(survey, SPACE.points(z), seed, crew)


@pytest.fixture(scope="module")
def logits() -> np.ndarray:
    return asked()


def test_before_the_first_month_the_reference_answers(logits: np.ndarray) -> None:
    chance = Chance(7, 0, len(Z))
    draws = draw_parameters(with_posterior(CASE).assumptions, chance, SPACE.points(Z))
    region = Region(CASE, chance, draws, traits(40, chance, geography()))
    expected = answers(region, FIGURES[:1], QUESTIONS)["before"]
    np.testing.assert_array_equal(logits[:, 0], simulated_logit(expected))
    assert logits.shape == (20, 3) and np.isfinite(logits).all()


@pytest.mark.parametrize("block", [6, 20])
def test_blocks_and_workers_change_nothing(
    logits: np.ndarray, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BLOCK", block)
    np.testing.assert_array_equal(asked(2 if block == 6 else 1), logits)


def test_the_seed_is_the_chance_and_the_point_the_parameters(logits: np.ndarray) -> None:
    other = asked(seed=8)
    assert not (other == logits).all(axis=1).any()
    turned = Z[::-1].copy()
    turned[10] = Z[10]
    again = asked(z=turned)
    np.testing.assert_array_equal(again[10], logits[10])
    assert not np.array_equal(again[0], logits[0])


def test_a_level_moves_the_answers_and_a_number_that_is_fixed_does_not() -> None:
    low, high = np.zeros_like(Z), np.zeros_like(Z)
    column = SPACE.keys.index("support_base")
    low[:, column], high[:, column] = -1.0, 1.0
    change = asked(z=high) - asked(z=low)
    # Two prior sd of 0.3, flattened a little because citizens differ.
    assert 0.35 < change[:, 0].mean() < 0.65
    assert np.abs(change[:, 2]).max() < 0.2
    base = CASE.model_copy(
        update={"assumptions": CASE.assumptions.model_copy(update={"parameters": {"support_base": "prior"}})}
    )
    fixed = Survey(base, FIGURES, QUESTIONS)
    np.testing.assert_array_equal(asked(z=high, survey=fixed)[:, 0], asked(z=low, survey=fixed)[:, 0])


def test_progress_is_told_by_the_number_of_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", 8)
    told: list[int] = []
    with Crew(1) as crew:
        hindcast(Survey(CASE, FIGURES[:1], QUESTIONS), SPACE.points(Z), 1, crew, told.append)
    assert told == [8, 8, 4]

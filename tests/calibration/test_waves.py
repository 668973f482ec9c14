"""Repeated questions of the bundled files: which there are, what they suggest, and how they are predicted."""

from __future__ import annotations

import pytest

from tests.calibration.prior_draws import figure
from wbsim.calibration.settings import ERRORS
from wbsim.calibration.waves import FACTORS, Waves, arrays, waves
from wbsim.calibration.waves_text import sentences, summary
from wbsim.inference.repeated import log_marginal
from wbsim.instruments.load import load_catalogue, load_figures, load_series
from wbsim.instruments.series import Wave, of_figures, repeated, together

QUESTIONS = {f.question: q for f in load_figures() if (q := load_catalogue().question(f.question))}
ALL = together(load_series(), of_figures(load_figures(), QUESTIONS))


@pytest.fixture(scope="module")
def found() -> Waves:
    return waves(ALL)


def test_no_wave_of_the_validation_year_is_among_them_and_none_twice() -> None:
    assert all(wave.month < 12 * 2023 for wave in ALL)
    keys = [(wave.series, wave.population, wave.month) for wave in repeated(ALL)]
    assert len(set(keys)) == len(keys)
    # The regional figures of 2020 to 2022 are both in the series and fitted: each counts once.
    region = [
        w for w in repeated(ALL) if w.series == "regional-cooperation-contributes" and w.population == "WB6"
    ]
    assert len(region) == 6


def test_the_sizes_in_use_lie_where_the_waves_allow(found: Waves) -> None:
    for name, (low, high) in found.best.ranges.items():
        assert low <= getattr(ERRORS, name) <= high, name
    assert log_marginal(arrays(found.waves), ERRORS) > found.best.log_marginal - 2.0


def test_left_out_waves_are_covered_and_no_worse_than_a_random_walk(found: Waves) -> None:
    for each in found.left_out.values():
        assert 0.85 <= each.scores["model"].coverage_90.value <= 0.95
        assert each.gain < each.gain_error
    smallest = found.smallest
    assert smallest is not None and smallest.factor in FACTORS and smallest.factor <= 1.0


def test_what_is_said_is_what_was_found(found: Waves) -> None:
    plain = summary(found)
    assert plain["waves"] == len(found.waves)
    for way, each in found.left_out.items():
        assert plain["left_out"][way]["n"] == len(each.waves) == len(plain["left_out"][way]["rows"])
        inside = sum(r["q05"] <= r["observed"] <= r["q95"] for r in plain["left_out"][way]["rows"])
        assert any(f"{inside} of {len(each.waves)} waves" in line for line in sentences(found))


def test_a_figure_is_a_wave_at_the_middle_of_its_months() -> None:
    (wave,) = of_figures([figure(months=("2022-05", "2022-06", "2022-07"), split="paper")], QUESTIONS)
    assert wave.month == 12 * 2022 + 5 and wave.series == "regional-cooperation-contributes"


def test_without_a_repeated_question_there_is_nothing_to_leave_out() -> None:
    one = Wave("a", "s", "ALB", 24000.0, 50.0, "", 0.5, 1000, False, "x", "y")
    with pytest.raises(ValueError, match="two waves or more"):
        waves([one])

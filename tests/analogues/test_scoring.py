"""Scores of numbers, intervals, and times that were cut off."""

from __future__ import annotations

import numpy as np
import pytest

from tests.analogues.fake import attendance, first_item
from wbsim.analogues.scoring import covered, covered_part, crps, seen, spread

GENERATOR = np.random.default_rng(1)
TIMES = np.exp(2.0 + 0.5 * GENERATOR.standard_normal(20_000))


def test_a_number_is_scored_as_elsewhere() -> None:
    assert crps(attendance(3, 10), np.array([0.3, 0.3, 0.3])) == pytest.approx(0.0)
    assert crps(attendance(3, 10), np.array([0.5, 0.5, 0.5])) == pytest.approx(0.2)


def test_a_forecast_inside_an_interval_is_faultless() -> None:
    inside = np.full(100, 8.0)
    assert crps(first_item(6, 10), inside) == pytest.approx(0.0)
    assert crps(first_item(6, 10), np.full(100, 20.0)) == pytest.approx(np.log(20.0 / 10.5))
    assert crps(first_item(6, 10), np.full(100, 2.0)) == pytest.approx(np.log(5.5 / 2.0))


def test_beyond_where_a_time_was_cut_off_every_forecast_is_as_good() -> None:
    for months in (24.0, 48.0, 400.0):
        assert crps(first_item(24, None), np.full(100, months)) == pytest.approx(0.0)
    assert crps(first_item(24, None), np.full(100, 6.0)) > 1.0


def test_an_honest_forecast_scores_best_on_intervals() -> None:
    """The mean score over what comes out by its own chance is lower than that of one that is shifted or too sure."""
    truths = np.exp(2.0 + 0.5 * np.random.default_rng(2).standard_normal(400))
    rivals = {"honest": TIMES, "late": TIMES * 1.5, "sure": np.exp(2.0 + 0.2 * (np.log(TIMES) - 2.0) / 0.5)}
    means = {
        name: np.mean([crps(first_item(5 * (t // 5), 5 * (t // 5) + 5), draws[:2000]) for t in truths])
        for name, draws in rivals.items()
    }
    assert min(means, key=means.__getitem__) == "honest"


def test_coverage_asks_whether_an_interval_reaches_in() -> None:
    low, high = np.quantile(TIMES, (0.05, 0.95))
    assert covered(first_item(round(high) + 3, round(high) + 9), TIMES, 0.9) is False
    assert covered(first_item(round(low), round(high)), TIMES, 0.5)
    assert covered(first_item(3, None), TIMES, 0.9)
    assert not covered(first_item(300, None), TIMES, 0.9)


def test_a_count_is_covered_by_the_part_of_its_chance_that_is_inside() -> None:
    """One trial out of one with a chance of .8: its stretch is .2 to 1, of which .2 to .95 is inside."""
    one = (np.random.default_rng(3).uniform(size=100_000) < 0.8).astype(float)
    assert covered(attendance(1, 1), one, 0.9)
    assert covered_part(attendance(1, 1), one, 0.9) == pytest.approx(0.75 / 0.8, abs=0.01)
    mean = 0.8 * covered_part(attendance(1, 1), one, 0.9) + 0.2 * covered_part(attendance(0, 1), one, 0.9)
    assert mean == pytest.approx(0.9, abs=0.01), "exact on average, where a plain interval always covers"


def test_what_was_seen_has_the_unit_of_the_draws() -> None:
    assert seen(attendance(3, 12)).low == 0.25
    assert seen(first_item(24, None)).high == np.inf
    assert spread(first_item(5, 6), TIMES) == pytest.approx(0.5, abs=0.02), "times spread as logarithms"
    assert spread(attendance(1, 1), np.ones(10)) == 0.01

"""A search is not fooled by how many numbers were tried, and finds what is there."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from wbsim.statistics.ranks import standard_ranks
from wbsim.statistics.search import PERMUTATIONS, Search, detectable, search, worlds_needed

WORLDS, NUMBERS, EFFECTS = 60, 50, 2000


def numbers(seed: int = 1, worlds: int = WORLDS) -> np.ndarray:
    return standard_ranks(np.random.default_rng(seed).standard_normal((NUMBERS, worlds)))


def alarms(effects: np.ndarray) -> float:
    """Share of effects for which something stands out."""
    found = search(numbers(), standard_ranks(effects), seed=4)
    return float(np.mean(np.abs(found.rho).max(axis=1) > found.thresholds))


def test_noise_raises_an_alarm_in_one_search_of_twenty():
    noise = np.random.default_rng(2).standard_normal((EFFECTS, WORLDS))
    # Error of the share: 0.005 from 2,000 searches, 0.007 from 999 permutations; four of both together.
    assert alarms(noise) == pytest.approx(0.05, abs=0.034)
    # Without the guard, at the customary level of each number, nearly all searches would.
    found = search(numbers(), standard_ranks(noise), seed=4)
    assert np.mean(np.abs(found.rho).max(axis=1) > 1.96 / np.sqrt(WORLDS - 1)) > 0.85


def test_so_does_noise_with_many_ties():
    rare = np.random.default_rng(3).permuted(np.tile(np.arange(WORLDS) < 8, (EFFECTS, 1)), axis=1)
    assert alarms(rare.astype(float)) == pytest.approx(0.05, abs=0.034)


def test_a_threshold_found_with_some_of_many_worlds_holds_for_all():
    many = numbers(5, worlds=2500)
    noise = np.random.default_rng(6).standard_normal((EFFECTS, 2500))
    found = search(many, standard_ranks(noise), seed=4)
    assert np.mean(np.abs(found.rho).max(axis=1) > found.thresholds) == pytest.approx(0.05, abs=0.034)


def test_a_planted_number_is_found_with_its_sign():
    x = np.random.default_rng(7).standard_normal((NUMBERS, 200))
    noise = np.random.default_rng(8).standard_normal(200)
    found = search(standard_ranks(x), standard_ranks((noise - 0.6 * x[17])[None, :]), seed=1)
    assert int(np.argmax(np.abs(found.rho[0]))) == 17
    assert found.rho[0, 17] < -found.thresholds[0]
    assert found.chance_of(0, float(found.rho[0, 17])) == pytest.approx(1 / (PERMUTATIONS + 1))


def test_the_same_seed_gives_the_same_and_effects_with_the_same_ranks_share_their_threshold():
    noise = np.random.default_rng(2).standard_normal((3, WORLDS))
    first, again = (search(numbers(), standard_ranks(noise), seed=9) for _ in range(2))
    assert np.array_equal(first.null, again.null)
    assert len(set(first.thresholds)) == 1
    assert not np.array_equal(first.null, search(numbers(), standard_ranks(noise), seed=10).null)


def test_the_threshold_is_the_950th_of_999_and_chances_count_what_reaches_it():
    found = Search(np.zeros((1, 1)), np.arange(1, 1000.0)[None, :] / 1000)
    assert found.thresholds.tolist() == [0.95]
    # 950, 951, ..., 999 reach it: 50 of 999, and the search itself.
    assert found.chance_of(0, -0.95) == 51 / 1000
    assert found.chance_of(0, 2.0) == 1 / 1000


def test_worlds_needed_are_those_at_which_four_searches_of_five_find_a_correlation():
    power = float(ndtri(0.8))
    assert detectable(0.12, 901) == pytest.approx(0.12 + power / 30)
    # At 901 worlds the threshold is 3.6 errors: (3.6 + 0.8416) / 0.1 squared is 1972.8.
    assert worlds_needed(0.12, 901, 0.1) == 1974
    assert detectable(0.9, 5) == 1.0


def test_a_correlation_of_that_size_is_found_about_as_often_as_said():
    """Over seeded repetitions at 400 worlds, a normal number with the detectable correlation."""
    rng = np.random.default_rng(11)
    others = rng.standard_normal((NUMBERS, 400))
    threshold = float(
        search(standard_ranks(others), standard_ranks(rng.standard_normal((1, 400))), 1).thresholds[0]
    )
    # Pearson's correlation that gives this rank correlation under normality (Pearson 1907).
    r = 2 * np.sin(np.pi * detectable(threshold, 400) / 6)
    x = rng.standard_normal((500, 400))
    y = r * x + np.sqrt(1 - r**2) * rng.standard_normal((500, 400))
    hit = np.mean(np.abs(np.sum(standard_ranks(x) * standard_ranks(y), axis=1)) > threshold)
    assert hit == pytest.approx(0.8, abs=0.06)

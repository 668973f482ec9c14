"""Variance explained in worlds that were not used to find out."""

from __future__ import annotations

import numpy as np
import pytest

from wbsim.statistics.explained import explained
from wbsim.statistics.ranks import standard_ranks
from wbsim.statistics.search import search

WORLDS = 400


def share(effect: np.ndarray, x: np.ndarray) -> tuple[float, float]:
    ranks, ranked = standard_ranks(x), standard_ranks(effect[None, :])
    found = explained(ranks, ranked[0], effect, float(search(ranks, ranked, 1).thresholds[0]))
    assert found is not None
    return found.share, found.mcse


@pytest.fixture
def x() -> np.ndarray:
    return np.random.default_rng(1).standard_normal((60, WORLDS))


def test_it_is_the_planted_share_of_the_variance(x: np.ndarray):
    noise = np.random.default_rng(2).standard_normal(WORLDS)
    # Two numbers with variance 1 and 0.5 beside noise of 1.5: half of the variance.
    found, error = share(x[3] - np.sqrt(0.5) * x[9] + np.sqrt(1.5) * noise, x)
    assert found == pytest.approx(0.5, abs=0.1)
    assert 0.01 < error < 0.06


def test_noise_explains_nothing_however_many_numbers_are_tried(x: np.ndarray):
    shares = [share(np.random.default_rng(seed).standard_normal(WORLDS), x)[0] for seed in range(10, 40)]
    assert np.mean(shares) < 0.01


def test_a_curve_is_seen_where_its_trend_is(x: np.ndarray):
    assert share(np.exp(x[5]), x)[0] > 0.7
    assert share(3.0 * x[5] + 1.0, x)[0] > 0.97


def test_without_variance_or_worlds_there_is_no_share():
    ranks = standard_ranks(np.random.default_rng(1).standard_normal((4, 40)))
    assert explained(ranks, ranks[0], np.full(40, 0.1), 0.3) is None
    assert explained(ranks[:, :5], ranks[0, :5], np.arange(5.0), 0.3) is None

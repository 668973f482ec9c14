from __future__ import annotations

import numpy as np
import pytest

from wbsim.statistics.discovery.ceiling import ceiling


def courses(probability: np.ndarray, count: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random((count, probability.size)) < probability


def test_where_draws_decide_alone_a_box_can_reach_everything():
    p = (np.arange(1000) < 300).astype(float)

    found = ceiling(courses(p, 3, 1), seed=1)

    assert found is not None and found.drawn.value == pytest.approx(1.0, abs=1e-3)
    assert found.density(0.3).value == pytest.approx(1.0, abs=1e-3)


def test_where_chance_decides_alone_no_box_can_do_better_than_the_base_rate():
    found = ceiling(courses(np.full(4000, 0.3), 4, 2), seed=2)

    assert found is not None
    assert found.drawn.low == 0.0 and found.drawn.value < 0.03 and found.drawn.high < 0.06
    assert found.density(0.5).value < 0.38


def test_the_share_between_is_estimated_without_bias():
    # Probabilities 0.2 and 0.8, half each: variance 0.09 of 0.25.
    estimates = [
        ceiling(courses(np.tile([0.2, 0.8], 500), 3, seed), seed=1).drawn.value for seed in range(20)
    ]

    assert np.mean(estimates) == pytest.approx(0.36, abs=0.02)


def test_the_bound_is_never_below_what_a_box_can_truly_reach():
    p = np.random.default_rng(3).beta(0.5, 1.0, 20_000)
    found = ceiling(courses(p, 5, 3), seed=3)
    assert found is not None

    ordered = np.sort(p)[::-1]
    for mass in (0.05, 0.2, 0.5, 0.8):
        best = ordered[: int(mass * p.size)].mean()
        assert found.density(mass).value > best - 0.01
    assert found.density(0.0) is None and found.density(1.0) is None


def test_nothing_is_said_of_one_course_or_of_worlds_that_are_all_alike():
    assert ceiling(np.ones((3, 50), bool), seed=1) is None
    assert ceiling(np.zeros((1, 50), bool), seed=1) is None

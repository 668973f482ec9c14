"""Shapley effects: the linear Gaussian model with correlation in closed form, and chance told apart."""

from __future__ import annotations

import numpy as np
import pytest

from wbsim.statistics.sensitivity.effects import parameter_share, shapley_effects, shapley_of

RHO, SPREAD = 0.6, 1.5


def closed_form() -> np.ndarray:
    """X1 independent, (X2, X3) correlated with RHO, of standard deviation 1 and SPREAD; Y = X1 + X2 + X3.

    Owen & Prieur 2017, and Iooss & Prieur 2019 (section 3.2).
    """
    variance = 1.0 + 1.0 + SPREAD**2 + 2.0 * RHO * SPREAD
    shared = RHO * SPREAD + 0.5 * RHO**2 * (SPREAD**2 - 1.0)
    # Σ2 = σ2² (1 - ρ²/2) + ρ σ2 σ3 + σ3² ρ²/2, and alike for 3.
    two = 1.0 - 0.5 * RHO**2 + RHO * SPREAD + 0.5 * RHO**2 * SPREAD**2
    three = SPREAD**2 * (1.0 - 0.5 * RHO**2) + RHO * SPREAD + 0.5 * RHO**2
    assert two == pytest.approx(1.0 + shared)
    return np.array([1.0, two, three]) / variance


def linear(worlds: int, noise: float, seed: int, courses: int = 2) -> tuple[np.ndarray, np.ndarray, float]:
    rng = np.random.default_rng(seed)
    covariance = np.array([[1.0, 0, 0], [0, 1.0, RHO * SPREAD], [0, RHO * SPREAD, SPREAD**2]])
    x = rng.multivariate_normal(np.zeros(3), covariance, worlds).T
    y = x.sum(axis=0) + noise * rng.normal(size=(courses, worlds))
    return x, y, float(noise**2 / (noise**2 + covariance.sum()))


def test_the_closed_form_is_the_shapley_value_of_explained_variance():
    covariance = np.array([[1.0, 0, 0], [0, 1.0, RHO * SPREAD], [0, RHO * SPREAD, SPREAD**2]])
    of = covariance.sum(axis=1)

    def worth(coalition: int) -> float:
        rows = [row for row in range(3) if coalition >> row & 1]
        if not rows:
            return 0.0
        return float(of[rows] @ np.linalg.solve(covariance[np.ix_(rows, rows)], of[rows]) / covariance.sum())

    assert shapley_of(worth, 3, 1) == pytest.approx(closed_form())


def test_nearest_neighbours_find_it_with_correlated_inputs():
    x, y, _ = linear(5000, 0.0, 1, courses=1)
    found = shapley_effects(x, y, [[0], [1], [2]], 1)

    assert found is not None and found.estimator == "nearest neighbours"
    assert found.chance is None
    assert np.allclose(found.effects, closed_form(), atol=0.03)


def test_chance_is_told_apart_by_a_second_course():
    x, y, chance = linear(4000, 1.5, 2)
    found = shapley_effects(x, y, [[0], [1], [2]], 1)

    assert found is not None and found.chance is not None
    assert found.chance == pytest.approx(chance, abs=0.03)
    assert np.allclose(found.effects, (1.0 - chance) * closed_form(), atol=0.04)
    assert found.effects.sum() + found.chance + found.unresolved == pytest.approx(1.0)
    assert abs(found.unresolved) < 0.06


def test_many_inputs_are_judged_by_prediction():
    """Two hundred inputs that do nothing beside the three: neighbours would be lost, predictions are not."""
    x, y, chance = linear(1000, 1.0, 3)
    idle = np.random.default_rng(4).normal(size=(200, 1000))
    groups = [[0, *range(3, 103)], [1], [2], list(range(103, 203))]

    found = shapley_effects(np.vstack([x, idle]), y, groups, 1)

    assert found is not None and found.estimator == "prediction of worlds left out"
    assert np.allclose(found.effects[:3], (1.0 - chance) * closed_form(), atol=0.06)
    assert abs(found.effects[3]) < 0.03
    assert (found.effects_error < 0.06).all()


def test_a_pair_that_acts_only_together_is_shared():
    rng = np.random.default_rng(5)
    x = rng.normal(size=(8, 1500))
    y = np.stack([x[0] + x[1] + x[0] * x[1]] * 2)

    found = shapley_effects(x, y, [[n] for n in range(8)], 1)

    assert found is not None
    assert np.allclose(found.effects[:2], 0.5, atol=0.06)  # 1/3 alone, 1/3 together
    assert found.chance == pytest.approx(0.0)


def test_more_groups_than_eight_are_sampled():
    weights = np.arange(1.0, 11.0)
    found = shapley_of(lambda c: float(sum(w for n, w in enumerate(weights) if c >> n & 1)), 10, 1)

    assert found == pytest.approx(weights)


def test_an_output_that_does_not_vary_has_no_effects():
    x, _, _ = linear(50, 0.0, 6)
    assert shapley_effects(x, np.ones((2, 50)), [[0], [1], [2]], 1) is None


def test_values_that_are_missing_are_refused():
    x, y, _ = linear(50, 0.0, 7)
    y[0, 3] = np.nan
    with pytest.raises(ValueError, match="finite"):
        shapley_effects(x, y, [[0], [1], [2]], 1)


def test_two_courses_share_what_parameters_explain():
    _, y, chance = linear(20_000, 2.0, 8)

    assert parameter_share(y) == pytest.approx(1.0 - chance, abs=0.02)
    assert parameter_share(y[:1]) is None


def test_errors_hold_the_truth_about_nine_times_in_ten():
    held = []
    for seed in range(40):
        x, y, chance = linear(400, 1.0, seed)
        idle = np.random.default_rng(seed).normal(size=(5, 400))
        found = shapley_effects(np.vstack([x, idle]), y, [[0], [1], [2], list(range(3, 8))], 1)
        assert found is not None and found.chance is not None and found.chance_error is not None
        truth = (1.0 - chance) * closed_form()
        held += list(np.abs(found.effects[:3] - truth) < 1.645 * found.effects_error[:3])
        held.append(abs(found.chance - chance) < 1.645 * found.chance_error)

    assert 0.75 < np.mean(held) < 0.99

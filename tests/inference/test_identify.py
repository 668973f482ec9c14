import numpy as np
import pytest

from wbsim.inference.identify import correlated_pairs, leading_combinations


def ridge(count=20_000):
    """z0 + z1 is known within 0.1, z0 - z1 as before; z2 as before; z3 fixed."""
    generator = np.random.default_rng(1)
    along, across = generator.standard_normal(count), 0.1 * generator.standard_normal(count)
    columns = [(along + across) / np.sqrt(2), (across - along) / np.sqrt(2), generator.standard_normal(count)]
    return np.stack([*columns, np.zeros(count)], axis=1)


def test_a_ridge_shows_as_a_pair():
    (pair,) = correlated_pairs(ridge())

    assert (pair.first, pair.second) == (0, 1)
    assert pair.correlation == pytest.approx(-(1 - 0.01) / (1 + 0.01), abs=0.005)


def test_the_identified_combination_is_the_sum():
    first, second, *_ = leading_combinations(ridge()[:, :3], count=3)

    assert np.abs(first.weights) == pytest.approx([np.sqrt(0.5), np.sqrt(0.5), 0.0], abs=0.01)
    assert first.weights[0] * first.weights[1] > 0
    assert first.contraction == pytest.approx(0.9, abs=0.005)
    assert second.contraction == pytest.approx(0.0, abs=0.03)


def test_a_prior_of_its_own_is_the_yardstick():
    draws = np.random.default_rng(2).standard_normal((20_000, 2)) * np.array([1.0, 2.0])
    first, second = leading_combinations(draws, prior_covariance=np.diag([1.0, 16.0]), count=2)

    assert first.weights == pytest.approx([0.0, 0.25], abs=0.02)  # prior variance of v'z is one
    assert first.contraction == pytest.approx(0.5, abs=0.02)
    assert second.contraction == pytest.approx(0.0, abs=0.03)

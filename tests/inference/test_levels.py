"""Levels integrated out and sampled back, against the algebra of one big normal distribution."""

import numpy as np
import pytest

from tests.inference.plain import plain
from wbsim.inference.levels import condition, marginal_covariance, sample_nuisance
from wbsim.inference.observation import Spread, observation_error

GENERATOR = np.random.default_rng(11)
SENSITIVITY = GENERATOR.standard_normal((5, 2))
FIGURES = plain(
    [0.2, 0.4, 0.5, 0.6, 0.7],
    survey=[0, 0, 1, 1, 1],
    answer=[0, 1, 1, 2, 3],
    publics=[0, 1, None, None, 2],
    month=[0, 0, 6, 6, 6],
    size=800.0,
)
ERROR = observation_error(FIGURES, Spread(wave=0.05, drift=0.2, drift_own=0.3))
LOADINGS = np.concatenate([SENSITIVITY, ERROR.intercepts, ERROR.houses, ERROR.drifts], axis=1)


def brute_force(residual, loadings, noise):
    """Condition the joint normal of (u, r) on r by the textbook formula."""
    covariance_r = loadings @ loadings.T + noise
    gain = loadings.T @ np.linalg.inv(covariance_r)
    return gain @ residual, np.eye(loadings.shape[1]) - gain @ loadings


def test_the_marginal_covariance_is_that_of_the_joint_normal():
    assert marginal_covariance(ERROR, SENSITIVITY) == pytest.approx(ERROR.own() + LOADINGS @ LOADINGS.T)


def test_conditioning_matches_brute_force():
    residuals = np.random.default_rng(2).standard_normal((3, 5))
    given = condition(residuals, LOADINGS, ERROR.own())

    for row, mean in zip(residuals, given.mean, strict=True):
        expected, covariance = brute_force(row, LOADINGS, ERROR.own())
        assert mean == pytest.approx(expected)
        assert given.covariance() == pytest.approx(covariance)


def test_a_sensitivity_for_each_draw_gives_what_each_gives_alone():
    generator = np.random.default_rng(4)
    residuals, many = generator.standard_normal((3, 5)), generator.standard_normal((3, 5, 2))
    given = condition(residuals, many, ERROR.own())

    for place in range(3):
        alone = condition(residuals[place : place + 1], many[place], ERROR.own())
        assert given.mean[place] == pytest.approx(alone.mean[0])
        assert given.covariance()[place] == pytest.approx(alone.covariance())
        assert marginal_covariance(ERROR, many)[place] == pytest.approx(
            marginal_covariance(ERROR, many[place])
        )


@pytest.mark.parametrize("batch", [False, True])
def test_draws_have_the_mean_and_covariance_of_the_conditional(batch):
    residual = np.array([0.5, -0.2, 0.1, 0.3, -0.6])
    count = 40_000
    sensitivity = np.broadcast_to(SENSITIVITY, (count, 5, 2)) if batch else SENSITIVITY
    drawn = sample_nuisance(
        np.broadcast_to(residual, (count, 5)), ERROR, sensitivity, np.random.default_rng(7)
    )
    together = np.concatenate([drawn.levels, drawn.intercepts, drawn.houses, drawn.drifts], axis=1)
    mean, covariance = brute_force(residual, LOADINGS, ERROR.own())

    sd = np.sqrt(np.diag(covariance))
    assert (drawn.levels.shape, drawn.intercepts.shape) == ((count, 2), (count, 4))
    # Two surveys and five waves; the one answer that was asked twice drifts, over all publics and in one.
    assert (drawn.houses.shape, drawn.drifts.shape) == ((count, 7), (count, 2))
    assert np.all(np.abs(together.mean(axis=0) - mean) < 4.5 * sd / np.sqrt(count))
    assert np.all(np.abs(np.cov(together.T) - covariance) < 4.5 * np.sqrt(2 / count) * np.outer(sd, sd))


def test_draws_from_the_joint_are_recovered_in_distribution():
    """u and r drawn together, then u drawn again given r: both have a standard normal distribution."""
    generator, count = np.random.default_rng(8), 40_000
    u = generator.standard_normal((count, LOADINGS.shape[1]))
    noise = generator.standard_normal((count, 5)) @ np.linalg.cholesky(ERROR.own()).T
    again = condition(u @ LOADINGS.T + noise, LOADINGS, ERROR.own()).sample(generator)

    assert np.all(np.abs(again.mean(axis=0)) < 4.5 / np.sqrt(count))
    assert np.all(np.abs(np.cov(again.T) - np.eye(u.shape[1])) < 4.5 * np.sqrt(2 / count))

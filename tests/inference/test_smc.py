"""Tempered SMC where the posterior and the evidence are known."""

import numpy as np
import pytest

from tests.inference.toy import make_toy
from wbsim.inference.likelihood import gaussian_likelihood, log_density
from wbsim.inference.smc import Settings, next_step, sample, systematic


def linear_problem(dimension, figures, seed, scale=1.0):
    """A linear-Gaussian problem: its log-likelihood, exact posterior mean and covariance, and log evidence."""
    generator = np.random.default_rng(seed)
    matrix = scale * generator.standard_normal((figures, dimension))
    observed = matrix @ generator.standard_normal(dimension) + generator.standard_normal(figures)
    likelihood = gaussian_likelihood(observed, np.eye(figures))
    covariance = np.linalg.inv(np.eye(dimension) + matrix.T @ matrix)
    evidence = log_density(observed[None], np.eye(figures) + matrix @ matrix.T)[0]
    return (lambda z: likelihood(z @ matrix.T)), covariance @ matrix.T @ observed, covariance, evidence


@pytest.mark.parametrize(("dimension", "figures"), [(1, 3), (5, 3), (15, 40)])
def test_a_linear_gaussian_posterior_and_its_evidence_are_matched(dimension, figures):
    log_likelihood, mean, covariance, evidence = linear_problem(dimension, figures, seed=dimension)
    found = sample(log_likelihood, dimension, np.random.default_rng(1), Settings(particles=4000))

    sd = np.sqrt(np.diag(covariance))
    # Four standard errors of 4,000 draws, with a tenth for the correlation that stages may leave.
    error = 1.1 * sd / np.sqrt(4000)
    assert np.all(np.abs(found.draws.mean(axis=0) - mean) < 4 * error)
    assert np.all(
        np.abs(np.cov(found.draws.T).reshape(covariance.shape) - covariance)
        < 1.1 * 4 * np.sqrt(2 / 4000) * np.outer(sd, sd)
    )
    # Each stage adds a relative variance of about 1 / M at an efficiency of a half.
    assert abs(found.log_evidence - evidence) < 4 * np.sqrt(2 * len(found.stages) / 4000)
    assert found.capped == ()


def test_without_data_the_prior_comes_back_with_evidence_one():
    found = sample(lambda z: np.zeros(len(z)), 4, np.random.default_rng(2), Settings(particles=2000))

    assert found.log_evidence == pytest.approx(0.0)
    assert len(found.stages) == 1
    assert np.all(np.abs(found.draws.mean(axis=0)) < 4 / np.sqrt(2000))


def test_two_separate_peaks_keep_their_weights():
    """A likelihood of two narrow normal peaks, 3 to 1, at the same distance from the prior's mean."""

    def two_peaks(z):
        return np.logaddexp(np.log(0.75) - 50 * (z[:, 0] - 1) ** 2, np.log(0.25) - 50 * (z[:, 0] + 1) ** 2)

    found = sample(two_peaks, 3, np.random.default_rng(3), Settings(particles=4000))

    share = np.mean(found.draws[:, 0] > 0)
    # Weights are settled by resampling over the stages, each adding about one multinomial draw.
    assert abs(share - 0.75) < 4 * np.sqrt(len(found.stages) * 0.75 * 0.25 / 4000)


def test_a_curved_ridge_is_sampled_all_along():
    """x y = 1 within 0.1 under a normal prior, against a fine grid."""

    def ridge(z):
        return -0.5 * ((z[:, 0] * z[:, 1] - 1) / 0.1) ** 2

    axis = np.linspace(-5, 5, 2001)
    x, y = np.meshgrid(axis, axis)
    density = np.exp(-0.5 * (x**2 + y**2) - 0.5 * ((x * y - 1) / 0.1) ** 2)
    size = np.sum(density * np.abs(x)) / np.sum(density)
    sd = np.sqrt(np.sum(density * x**2) / np.sum(density) - size**2)
    found = sample(ridge, 2, np.random.default_rng(4), Settings(particles=4000))

    assert abs(np.mean(np.abs(found.draws[:, 0])) - size) < 4 * 1.2 * sd / np.sqrt(4000)


def test_the_same_generator_gives_the_same_draws():
    log_likelihood, *_ = linear_problem(3, 5, seed=9)
    first, second = (
        sample(log_likelihood, 3, np.random.default_rng(5), Settings(particles=500)) for _ in range(2)
    )

    assert np.array_equal(first.draws, second.draws)
    assert first.stages == second.stages


def test_moves_go_on_until_particles_have_forgotten():
    toy = make_toy(10)
    generator = np.random.default_rng(6)
    observed = toy.observe(generator.standard_normal(10), generator)
    likelihood = gaussian_likelihood(observed, toy.covariance(toy.share(np.zeros((1, 10)))[0]))
    found = sample(lambda z: likelihood(toy.logits(z)), 10, generator, Settings(particles=1000, rounds=2))

    assert found.draws.shape == (2000, 10)
    for stage in found.stages:
        assert stage.reached
        assert stage.correlation < 0.1
        assert stage.distinct >= 0.98
    # Between temperatures the effective sample size falls to just the share asked for.
    assert [stage.efficiency for stage in found.stages[:-2]] == pytest.approx(
        [0.5] * (len(found.stages) - 2), rel=1e-3
    )
    temperatures = [stage.temperature for stage in found.stages]
    assert temperatures == sorted(temperatures)
    assert temperatures[-2:] == [1.0, 1.0]


def test_a_cap_that_is_hit_is_recorded():
    log_likelihood, *_ = linear_problem(10, 40, seed=1, scale=3.0)
    found = sample(
        log_likelihood, 10, np.random.default_rng(1), Settings(particles=300, most=4, correlation=0.001)
    )

    assert len(found.capped) == len(found.stages)
    assert all(stage.moves == 4 for stage in found.stages)


def test_impossible_and_undefined_points_are_avoided():
    def upper_half(z):
        return np.where(z[:, 0] > 0, 0.0, np.where(z[:, 0] > -1, -np.inf, np.nan))

    found = sample(upper_half, 2, np.random.default_rng(7), Settings(particles=2000))

    assert np.all(found.draws[:, 0] > 0)
    assert abs(found.log_evidence - np.log(0.5)) < 4 / np.sqrt(2000)
    assert abs(found.draws[:, 0].mean() - np.sqrt(2 / np.pi)) < 4 * 0.61 / np.sqrt(2000)
    with pytest.raises(ValueError, match="finite at no particle"):
        sample(lambda z: np.full(len(z), -np.inf), 2, np.random.default_rng(7))


def test_systematic_resampling_copies_each_in_proportion():
    weights = np.array([0.05, 0.5, 0.0, 0.45])
    counts = np.bincount(systematic(np.repeat(weights, 25) / 25, np.random.default_rng(8)) // 25, minlength=4)

    assert np.all(np.abs(counts - 100 * weights) <= 1)
    assert counts[2] == 0


def test_the_temperature_rises_at_once_where_the_data_say_little():
    assert next_step(np.linspace(0, 0.1, 100), 0.0, 0.5) == 1.0
    assert next_step(np.linspace(0, 0.1, 100), 0.75, 0.5) == 0.25

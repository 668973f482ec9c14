import numpy as np
import pytest

from tests.inference.test_smc import linear_problem
from wbsim.inference.ensemble_sampler import Settings, _three_places, sample_chains


@pytest.mark.parametrize("dimension", [1, 5])
def test_a_linear_gaussian_posterior_is_matched(dimension):
    log_likelihood, mean, covariance, _ = linear_problem(dimension, 6, seed=dimension + 40)
    start = np.random.default_rng(1).standard_normal((60, dimension))
    found = sample_chains(
        log_likelihood, start, np.random.default_rng(2), Settings(generations=4000, burn=1000)
    )

    sd = np.sqrt(np.diag(covariance))
    sizes = found.convergence.bulk
    assert np.all(found.convergence.r_hat < 1.01)
    assert np.all(sizes > 2000)
    assert found.flat.shape == (40 * 3000, dimension)
    assert np.all(np.abs(found.flat.mean(axis=0) - mean) < 4 * sd / np.sqrt(sizes))
    covariances = np.cov(found.flat.T).reshape(covariance.shape)
    # Squares are forgotten about as fast as values.
    assert np.all(np.abs(covariances - covariance) < 5 * np.sqrt(2 / sizes.min()) * np.outer(sd, sd))


def test_the_three_archived_states_differ_and_any_can_be_chosen():
    places = _three_places(4, 50_000, np.random.default_rng(3))

    assert np.all((places[0] != places[1]) & (places[0] != places[2]) & (places[1] != places[2]))
    for row in places:
        assert np.bincount(row, minlength=4) / 50_000 == pytest.approx([0.25] * 4, abs=0.01)


def test_the_same_generator_gives_the_same_chains():
    log_likelihood, *_ = linear_problem(2, 3, seed=1)
    start = np.random.default_rng(1).standard_normal((40, 2))
    first, second = (
        sample_chains(log_likelihood, start, np.random.default_rng(2), Settings(generations=60, burn=20))
        for _ in range(2)
    )

    assert np.array_equal(first.draws, second.draws)


def test_too_few_or_impossible_starts_are_refused():
    with pytest.raises(ValueError, match="40 starting points or more"):
        sample_chains(lambda z: np.zeros(len(z)), np.zeros((10, 2)), np.random.default_rng(1))
    with pytest.raises(ValueError, match="zero likelihood"):
        sample_chains(lambda z: np.full(len(z), np.nan), np.zeros((40, 2)), np.random.default_rng(1))

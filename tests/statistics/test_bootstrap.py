import numpy as np
import pytest
from scipy.stats import bootstrap

from wbsim.statistics.bootstrap import MOST_GROUPS, oriented, resampled_means, weights


def test_each_sample_draws_as_many_worlds_as_there_are_and_the_seed_decides_which():
    drawn = weights(7, seed=3, resamples=50)

    assert drawn.shape == (50, 7)
    assert (drawn.sum(axis=1) == 7).all()
    np.testing.assert_array_equal(drawn, weights(7, seed=3, resamples=50))
    assert (drawn != weights(7, seed=4, resamples=50)).any()


def test_means_of_samples_by_hand():
    columns = np.array([[1.0, 10.0], [2.0, 20.0], [6.0, 0.0]])
    drawn = np.array([[1.0, 1.0, 1.0], [0.0, 3.0, 0.0], [2.0, 0.0, 1.0]])

    np.testing.assert_allclose(resampled_means(columns, drawn), [[3, 10], [2, 20], [8 / 3, 20 / 3]])


def test_many_worlds_are_drawn_in_groups_whose_means_vary_as_worlds_do():
    worlds = 3 * MOST_GROUPS + 7
    values = np.random.default_rng(1).exponential(size=(worlds, 1))
    drawn = weights(worlds, seed=1, resamples=2000)

    assert drawn.shape[1] == MOST_GROUPS
    spread = resampled_means(values, drawn).std()
    assert spread == pytest.approx(values.std() / np.sqrt(worlds), rel=0.08)
    ones = resampled_means(np.ones((worlds, 1)), drawn)
    np.testing.assert_allclose(ones, 1.0)


def test_samples_vary_as_those_of_scipys_paired_bootstrap():
    rng = np.random.default_rng(2)
    first = rng.gamma(1.0, size=200)
    second = first + rng.normal(size=200)
    mine = resampled_means((second - first)[:, None], weights(200, seed=2, resamples=4000))[:, 0]
    known = bootstrap(
        (second, first),
        lambda a, b, axis: np.mean(a - b, axis=axis),
        paired=True,
        vectorized=True,
        n_resamples=4000,
        random_state=np.random.default_rng(3),
    )

    assert mine.std() == pytest.approx(known.standard_error, rel=0.05)
    for level in (0.05, 0.5, 0.95):
        gap = np.quantile(mine, level) - np.quantile(known.bootstrap_distribution, level)
        assert abs(gap) < 0.1 * known.standard_error


def test_oriented_values_are_better_the_higher():
    np.testing.assert_array_equal(oriented(np.array([1.0, -2.0]), "lower"), [-1.0, 2.0])

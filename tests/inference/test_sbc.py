"""Simulation-based calibration finds inference that is right, too sure, and off."""

import numpy as np
import pytest
from scipy.stats import binom

from wbsim.inference.sbc import (
    Recovered,
    band,
    band_level,
    calibrate,
    chi_square_p,
    leaves_band,
    recover,
    summarise,
)


def normal_replicate(shift=0.0, scale=1.0):
    """y = z + e with unit variances: the posterior is N(y / 2, 1 / 2), shifted and scaled where it is wrong."""

    def replicate(generator):
        truth = generator.standard_normal(3)
        data = truth + generator.standard_normal(3)
        draws = data / 2 + shift + scale * np.sqrt(0.5) * generator.standard_normal((500, 3))
        return truth, draws

    return replicate


def test_a_right_posterior_passes():
    found = calibrate(normal_replicate(), 300, np.random.default_rng(1))

    assert found.ranks.shape == (300, 3)
    assert abs(found.coverage_90.value - 0.9) < 4 * found.coverage_90.error
    assert abs(found.coverage_50.value - 0.5) < 4 * found.coverage_50.error
    assert found.coverage_90.error == pytest.approx(np.sqrt(0.09 / 900), rel=0.25)
    assert found.sd_of_z == pytest.approx(1.0, abs=4 / np.sqrt(2 * 900))
    assert not found.outside_band.any()
    assert found.chi_square_p.min() > 0.001


@pytest.mark.parametrize(("shift", "scale"), [(0.0, 0.6), (0.0, 1.7), (0.4, 1.0)])
def test_a_wrong_posterior_does_not(shift, scale):
    found = calibrate(normal_replicate(shift, scale), 300, np.random.default_rng(2))

    assert found.outside_band.all()
    assert found.chi_square_p.max() < 0.01


def test_coverage_shows_overconfidence_as_computed():
    found = calibrate(normal_replicate(scale=0.6), 300, np.random.default_rng(3))

    # P(|N(0, 1)| < 0.6 * 1.645) = 0.676
    assert abs(found.coverage_90.value - 0.676) < 4 * found.coverage_90.error
    assert found.sd_of_z == pytest.approx(1 / 0.6, rel=0.1)


def test_the_band_holds_uniform_ranks_as_often_as_it_says():
    generator = np.random.default_rng(4)
    level = band_level(50, 99, 0.95, generator)
    outside = [leaves_band(generator.integers(0, 100, 50), 99, level) for _ in range(2000)]

    assert level < 0.05  # narrower tails than a pointwise band
    assert abs(np.mean(outside) - 0.05) < 4 * np.sqrt(2 * 0.05 * 0.95 / 2000)


def test_the_band_is_where_its_level_says():
    low, high = band(100, 9, 0.01)

    assert low[4] == binom.ppf(0.005, 100, 0.5) / 100
    assert high[4] == binom.ppf(0.995, 100, 0.5) / 100
    assert np.all(low <= high)


def test_chi_square_by_hand():
    # Ten in each half but for one: ranks 0 to 1 in two bins of 12 and 8, chi-square 0.4 + 0.4.
    assert chi_square_p(np.array([0] * 12 + [1] * 8), out_of=1, bins=2) == pytest.approx(0.3711, abs=1e-4)


def test_ranks_count_draws_below_the_truth():
    found = recover(
        lambda generator: (np.array([2.5]), np.arange(10.0)[:, None]), np.random.default_rng(1), out_of=10
    )

    assert found.rank.tolist() == [3]
    assert (found.inside_50.tolist(), found.inside_90.tolist()) == ([True], [True])


def test_the_same_generator_gives_the_same_result():
    first, second = (calibrate(normal_replicate(), 5, np.random.default_rng(7)) for _ in range(2))

    assert np.array_equal(first.ranks, second.ranks)


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(ValueError, match="do not hold 99"):
        recover(lambda generator: (np.zeros(1), np.zeros((10, 1))), np.random.default_rng(1))
    one = Recovered(np.zeros(1, int), 9, np.zeros(1), np.ones(1, bool), np.ones(1, bool))
    with pytest.raises(ValueError, match="two replicates"):
        summarise([one], np.random.default_rng(1))

"""Two halves of the prior: one peak gives the gap that algebra says, two peaks a larger one."""

import numpy as np
import pytest

from wbsim.inference.esmda import assimilate
from wbsim.inference.split import HALF_MEAN, HALF_VARIANCE, check_split, expected_gap, split_prior


def smoother(forward, observed, sd):
    def infer(members, generator):
        covariance = sd**2 * np.eye(len(observed))
        return assimilate(
            lambda z, step: forward(z), members, np.array(observed), covariance, generator
        ).members

    return infer


def test_halves_have_the_moments_of_half_normals():
    direction = np.array([3.0, 4.0])
    upper, lower = split_prior(direction, 40_000, np.random.default_rng(1))
    along, across = upper @ [0.6, 0.8], upper @ [-0.8, 0.6]

    assert along.min() > 0 > (lower @ [0.6, 0.8]).max()
    assert along.mean() == pytest.approx(HALF_MEAN, abs=4 * 0.6 / 200)
    assert along.var() == pytest.approx(HALF_VARIANCE, abs=0.015)
    assert (across.mean(), across.var()) == pytest.approx((0.0, 1.0), abs=0.03)


def test_the_expected_gap_of_one_observation_by_hand():
    # y = z + e, var e = v: posterior variance v / (1 + v); each half keeps a share v / (v + S) of its prior mean.
    v = 0.5
    found = expected_gap(np.array([1.0]), np.array([[v / (1 + v)]]))

    assert found == pytest.approx([2 * HALF_MEAN * v / (v + HALF_VARIANCE)])


@pytest.mark.parametrize("direction", [[1.0, 0.0], [1.0, -1.0]])
def test_one_peak_gives_the_gap_expected(direction):
    matrix = np.array([[1.0, 0.5], [0.3, -1.0], [0.2, 1.0]])
    infer = smoother(lambda z: z @ matrix.T, [0.5, -0.3, 0.4], 0.7)
    generator = np.random.default_rng(2)
    whole = infer(generator.standard_normal((4000, 2)), generator)
    found = check_split(infer, whole, np.array(direction), 4000, generator)

    assert found.gap == pytest.approx(found.expected, abs=6 * found.error)
    assert not found.two_peaks


def test_two_peaks_are_found():
    """Only the square of the first coordinate is seen: +1.5 and -1.5 fit equally well."""
    infer = smoother(lambda z: np.stack([z[:, 0] ** 2, z[:, 1]], axis=1), [2.25, 0.0], 0.1)
    generator = np.random.default_rng(3)
    whole = infer(generator.standard_normal((2000, 2)), generator)
    found = check_split(infer, whole, np.array([1.0, 0.0]), 2000, generator)

    assert found.two_peaks
    assert found.excess > 1

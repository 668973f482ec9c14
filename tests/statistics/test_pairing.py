import numpy as np
import pytest

from wbsim.statistics.pairing import pairing


def test_variances_by_hand():
    found = pairing(np.array([1.0, 3.0, 5.0]), np.array([0.0, 3.0, 3.0]))

    # Variances 4 and 3; differences 1, 0, 2 with variance 1.
    assert found is not None
    assert (found.paired, found.independent, found.ratio) == (1.0, 7.0, pytest.approx(1 / 7))


def test_constant_values_have_no_ratio_and_a_copy_has_the_ratio_nil():
    flat = pairing(np.ones(3), np.zeros(3))
    copy = pairing(np.arange(3.0), np.arange(3.0))

    assert flat is not None and copy is not None
    assert flat.ratio is None
    assert copy.ratio == 0.0


def test_independent_worlds_gain_nothing():
    first, second = np.random.default_rng(1).normal(size=(2, 4000))
    found = pairing(first, second)

    assert found is not None
    assert found.ratio == pytest.approx(1.0, abs=0.05)


def test_one_world_has_no_variance():
    assert pairing(np.ones(1), np.ones(1)) is None
    assert pairing(np.ones(0), np.ones(0)) is None

"""PAWN: order of Ishigami's inputs, the dummy threshold, one slice by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tests.statistics.sensitivity.known import ishigami
from wbsim.statistics.sensitivity.pawn import pawn, slices_for, threshold


def sample(worlds: int, numbers: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).random((numbers, worlds))


def test_the_index_is_the_median_distance_over_slices():
    # Two slices of four worlds: each holds one half of the output, half a distribution away from the whole.
    assert pawn(np.arange(8.0)[None, :], np.arange(8.0), 2) == pytest.approx([0.5])


def test_the_index_is_that_of_scipy():
    from scipy.stats import ks_2samp

    x = sample(500, 3, 1)
    y = ishigami(x.T)
    slices = np.array_split(np.argsort(x[1]), 10)

    expected = np.median([ks_2samp(y[each], y).statistic for each in slices])
    assert pawn(x, y)[1] == pytest.approx(expected, abs=1e-6)


def test_ties_in_the_output_are_no_distance():
    x = sample(400, 2, 2)
    assert pawn(x, np.where(x[0] > 2.0, 1.0, 0.0)).tolist() == [0.0, 0.0]


def test_ishigami_stands_out_and_a_dummy_does_not():
    x = sample(2000, 6, 3)
    found = pawn(x, ishigami(x[:3].T))
    limit = threshold(x, 1)

    assert found[1] > found[0] > limit
    assert found[2] > limit  # no first-order effect at all, yet its distribution moves
    assert (found[3:] < limit).all()


def test_false_alarms_are_as_rare_as_said():
    x = sample(200, 40, 4)
    limit = threshold(x, 1)
    rng = np.random.default_rng(5)

    alarms = [pawn(x, rng.normal(size=200)).max() > limit for _ in range(200)]
    assert 0.0 < np.mean(alarms) < 0.12


def test_few_worlds_have_fewer_slices():
    assert [slices_for(count) for count in (10, 40, 80, 1000)] == [2, 5, 10, 10]


def test_values_that_are_missing_are_refused():
    x = sample(50, 2, 6)
    x[0, 3] = np.nan
    with pytest.raises(ValueError, match="finite"):
        pawn(x, np.arange(50.0))

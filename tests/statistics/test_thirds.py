"""Worlds split into thirds at ends that can be quoted."""

from __future__ import annotations

import numpy as np
import pytest

from wbsim.statistics.thirds import Cuts, Mean, cuts, mean_of


def test_ends_are_the_rounded_thirds():
    # Quantiles of 0.00123, 1.00123, ..., 6.00123 at one and two thirds: 2.00123 and 4.00123.
    assert cuts(np.arange(7.0) + 0.00123) == Cuts(2.0, 4.0)


def test_narrow_ranges_keep_as_many_digits_as_they_need():
    found = cuts(1000.0 + np.linspace(0.0, 0.3, 31))
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(1000.1, abs=0.002), pytest.approx(1000.2, abs=0.002))
    assert found.low < found.high


def test_what_takes_one_value_in_most_worlds_has_no_thirds():
    assert cuts(np.array([0.0, 1, 1, 1, 1, 2])) is None
    assert cuts(np.array([1.0, 2.0])) is None


def test_means_are_of_the_worlds_below_and_above():
    values, effect = np.arange(6.0), np.array([1.0, 3, 0, 0, 10, 10])
    ends = Cuts(2.0, 3.0)
    # 1 and 3: mean 2, standard deviation root 2, over root 2 worlds: 1.
    assert mean_of(effect, ends.lowest(values)) == Mean(2, 2.0, pytest.approx(1.0))
    assert mean_of(effect, ends.highest(values)) == Mean(2, 10.0, 0.0)
    assert mean_of(effect, values > 4.0) == Mean(1, 10.0, None)
    assert mean_of(effect, values > 9.0) == Mean(0, None, None)

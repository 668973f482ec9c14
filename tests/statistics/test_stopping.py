import numpy as np
import pytest

from wbsim.statistics.stopping import LEAST_WORLDS, looks, precision


def test_looks_grow_by_half_and_end_with_the_limit():
    assert looks(1000) == (100, 150, 225, 338, 507, 761, 1000)
    assert looks(150) == (100, 150)
    assert looks(100) == looks(100)[-1:] == (100,)
    assert looks(7) == (7,)


def test_the_error_must_surely_be_below_the_goal():
    values = np.random.default_rng(1).normal(size=LEAST_WORLDS)
    error = values.std(ddof=1) / 10
    upper = error * np.sqrt(99 / 77.046)  # 5 % quantile of chi-square with 99 degrees of freedom

    assert precision(values, upper * 1.001).enough
    assert not precision(values, upper * 0.999).enough
    assert precision(values, 1.0).mcse == pytest.approx(error)


def test_few_worlds_are_never_enough():
    assert not precision(np.zeros(LEAST_WORLDS - 1), 1.0).enough
    assert precision(np.zeros(1), 1.0).mcse is None


def test_a_few_rare_events_are_no_measure_of_the_error_but_none_at_all_is():
    rare = np.zeros(200)
    rare[:9] = 1.0

    assert not precision(rare, 1.0).enough
    assert precision(np.zeros(200), 1.0).enough
    rare[9] = 1.0
    assert precision(rare, 1.0).enough

import numpy as np
import pytest
from scipy.stats import bootstrap

from wbsim.statistics.cost import per_money


def test_a_ratio_of_means_by_hand():
    found = per_money(np.array([1.0, 3.0]), np.array([40.0, 60.0]), least=5.0)

    # 2 for EUR 50 m: 4 for EUR 100 m. Difference - 0.04 x money: -0.6 and 0.6, error of the mean 0.6; by 50 m: 1.2.
    assert found is not None
    assert (found.extra_money, found.per_100m, found.mcse) == (50.0, pytest.approx(4.0), pytest.approx(1.2))


def test_where_extra_money_is_about_nil_a_reason_is_given_and_nothing_divided():
    for money, reason in ((0.0, "about nil"), (4.9, "about nil"), (-4.9, "about nil"), (-5.0, "costs less")):
        found = per_money(np.ones(3), np.full(3, money), least=5.0)
        assert found is not None
        assert (found.per_100m, found.mcse) == (None, None)
        assert reason in found.reason


def test_extra_money_that_could_be_nil_in_other_worlds_is_not_divided_by():
    found = per_money(np.ones(4), np.array([0.0, 0.0, 0.0, 40.0]), least=5.0)  # mean 10, error 10

    assert found is not None
    assert found.per_100m is None and "not clearly above nil" in found.reason


def test_one_world_has_a_ratio_without_an_error_and_none_has_nothing():
    one = per_money(np.array([1.0]), np.array([10.0]), least=5.0)

    assert one is not None
    assert (one.per_100m, one.mcse) == (10.0, None)
    assert per_money(np.array([]), np.array([]), least=5.0) is None


def test_the_error_is_that_of_a_paired_bootstrap():
    rng = np.random.default_rng(1)
    money = rng.gamma(20.0, 2.0, 300)
    change = 0.01 * money + rng.normal(0, 0.1, 300)
    found = per_money(change, money, least=5.0)
    known = bootstrap(
        (change, money),
        lambda a, b, axis: 100 * np.mean(a, axis=axis) / np.mean(b, axis=axis),
        paired=True,
        vectorized=True,
        n_resamples=4000,
        method="percentile",
        random_state=np.random.default_rng(2),
    )

    assert found is not None
    assert found.mcse == pytest.approx(known.standard_error, rel=0.06)

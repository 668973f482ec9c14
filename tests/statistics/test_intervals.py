import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from wbsim.statistics.intervals import Interval, quantile_interval, quantile_ranks, wilson


def test_wilson_at_one_in_ten_by_hand():
    # z = 1.96: z2 = 3.8415; centre (0.1 + 0.19207) / 1.38415 = 0.21102; half 1.95996 / 1.38415 x
    # sqrt(0.1 x 0.9 / 10 + 3.8415 / 400) = 1.41601 x sqrt(0.009 + 0.00960) = 0.19314.
    interval = wilson(1, 10)

    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((0.01788, 0.40416), abs=2e-5)


@given(trials=st.integers(1, 3000), part=st.floats(0, 1))
def test_wilson_is_that_of_scipy_and_stays_between_nought_and_one(trials: int, part: float):
    successes = round(part * trials)
    interval = wilson(successes, trials)
    known = binomtest(successes, trials).proportion_ci(0.95, method="wilson")

    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((known.low, known.high), abs=1e-9)
    assert 0 <= interval.low <= successes / trials <= interval.high <= 1


def test_without_worlds_no_share_is_known():
    assert wilson(0, 0) is None


def test_the_median_of_ten_lies_between_the_second_and_the_ninth():
    # P(2 <= Bin(10, 1/2) <= 8) = 1 - 2 x 11 / 1024 = 0.979; between the third and the eighth only 0.891.
    assert quantile_ranks(10, 0.5) == (2, 9)
    assert quantile_interval(np.arange(10.0)[::-1], 0.5) == Interval(1.0, 8.0)


def test_too_few_worlds_do_not_hold_a_quantile():
    assert quantile_ranks(5, 0.5) is None  # even the first and the last of five miss the median in 1 of 16
    assert quantile_ranks(6, 0.5) == (1, 6)
    assert quantile_ranks(71, 0.05) is None  # 0.95 ** 71 > 0.025
    assert quantile_interval(np.array([]), 0.5) is None


@given(worlds=st.integers(1, 400), quantile=st.sampled_from([0.05, 0.25, 0.5, 0.95]))
def test_ranks_cover_as_surely_as_they_say_and_no_narrower_ones_do(worlds: int, quantile: float):
    ranks = quantile_ranks(worlds, quantile)
    if ranks is None:
        return
    low, high = ranks

    assert binom.cdf(low - 1, worlds, quantile) <= 0.025 < binom.cdf(low, worlds, quantile)
    assert binom.sf(high - 1, worlds, quantile) <= 0.025 < binom.sf(high - 2, worlds, quantile)

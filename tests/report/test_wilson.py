import numpy as np
import pytest
from scipy.stats import binomtest

from wbsim.report.wilson import wilson


@pytest.mark.parametrize(("hits", "worlds"), [(0, 1), (1, 1), (0, 40), (3, 40), (40, 40), (977, 1000)])
def test_it_is_the_interval_that_scipy_gives(hits: int, worlds: int):
    low, high = wilson(np.array([hits]), worlds)
    other = binomtest(hits, worlds).proportion_ci(0.9, "wilson")

    assert (low[0], high[0]) == pytest.approx((other.low, other.high), abs=1e-12)


def test_without_worlds_there_is_none():
    with pytest.raises(ValueError, match="a world at least"):
        wilson(np.array([0]), 0)

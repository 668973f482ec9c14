import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wbsim.statistics.paired import Values
from wbsim.statistics.regret import Cautious, cautious, regret, regrets, satisficing

VALUES = np.array([[1.0, 4.0, 2.0, 8.0], [2.0, 3.0, 2.0, 5.0]])


def test_regret_by_hand():
    np.testing.assert_array_equal(regrets(VALUES, "higher"), [[1, 0, 0, 0], [0, 1, 0, 3]])
    np.testing.assert_array_equal(regrets(VALUES, "lower"), [[0, 1, 0, 3], [1, 0, 0, 0]])
    found = regret(VALUES, "higher")

    assert found is not None
    assert (found[0].mean, found[1].mean) == (0.25, 1.0)
    assert found[1].q90 == pytest.approx(1 + 0.7 * 2)  # sorted 0, 0, 1, 3; place 2.7
    assert found[0].mcse == pytest.approx(0.5 / 2)  # sd of 1, 0, 0, 0 is 0.5


@given(arrays(np.float64, (3, 6), elements=st.floats(-1e6, 1e6)))
def test_someone_has_no_regret_in_each_world(values: Values):
    found = regrets(values, "higher")

    assert (found >= 0).all()
    assert (found.min(axis=0) == 0).all()


def test_the_default_threshold_is_the_baselines_median_and_meeting_it_is_enough():
    found = satisficing(VALUES, "higher")

    assert found is not None
    assert [each.threshold for each in found] == [3.0, 3.0]
    assert [each.share for each in found] == [0.5, 0.5]  # 4 and 8; 3 and 5
    lower = satisficing(VALUES, "lower", threshold=2.0)
    assert lower is not None
    assert [each.share for each in lower] == [0.5, 0.5]  # 1 and 2; 2 and 2


def test_the_bad_end_is_the_low_one_or_the_high_one():
    values = np.array([np.arange(101.0)])

    assert cautious(values, "higher") == (Cautious(5.0, 95.0, 50.0),)
    assert cautious(values, "lower", alpha=0.75) == (Cautious(95.0, 5.0, 0.75 * 95 + 0.25 * 5),)


def test_one_world_and_none():
    one = regret(VALUES[:, :1], "higher")
    assert one is not None
    assert (one[0].mean, one[0].q90, one[0].mcse) == (1.0, 1.0, None)
    nothing = VALUES[:, :0]
    assert regret(nothing, "higher") is satisficing(nothing, "higher") is cautious(nothing, "higher") is None
    assert regrets(nothing, "higher").shape == (2, 0)

import numpy as np
import pytest

from wbsim.inference.history import bands, implausibility, match_history, with_observation_error


def test_bands_are_quantiles_and_failed_members_are_counted_not_used():
    outputs = np.vstack([np.arange(101.0), np.arange(101.0) * 2]).T
    outputs = np.vstack([outputs, [np.nan, 1.0]])
    found = bands(outputs)

    assert (found.low.tolist(), found.median.tolist(), found.high.tolist()) == ([5, 10], [50, 100], [95, 190])
    assert found.failed == 1
    assert found.outside(np.array([4.9, 100.0])).tolist() == [True, False]


def test_without_members_there_is_no_band():
    with pytest.raises(ValueError, match="all 2 members failed"):
        bands(np.full((2, 3), np.nan))


def test_implausibility_is_distance_in_standard_deviations():
    assert implausibility(np.array([[1.0, 4.0]]), np.array([3.0, 3.0]), np.array([4.0, 0.25])).tolist() == [
        [1.0, 2.0]
    ]
    with pytest.raises(ValueError, match="positive"):
        implausibility(np.ones((1, 1)), np.ones(1), np.zeros(1))


def test_one_bad_figure_does_not_rule_a_point_out_but_two_do():
    expected = np.array([[9.0, 0.0, 0.0, 1.0], [9.0, 4.0, 0.0, 1.0], [9.0, 4.0, 3.5, 1.0]])
    second = match_history(expected, np.zeros(4), np.ones(4))
    third = match_history(expected, np.zeros(4), np.ones(4), rank=3)

    assert (second.largest[0], second.second[0], second.third[0]) == (9.0, 1.0, 0.0)
    assert second.ruled_out.tolist() == [False, True, True]
    assert third.ruled_out.tolist() == [False, False, True]
    assert second.kept == pytest.approx(1 / 3)


def test_a_failed_member_is_ruled_out_and_counted():
    expected = np.array([[0.0, 0.0, 0.0], [np.nan, 0.0, 0.0]])
    found = match_history(expected, np.zeros(3), np.ones(3))

    assert found.ruled_out.tolist() == [False, True]
    assert found.failed == 1
    assert np.isnan(found.second[1])


def test_a_rank_that_is_none_is_refused():
    with pytest.raises(ValueError, match="rank must be"):
        match_history(np.zeros((1, 3)), np.zeros(3), np.ones(3), rank=4)


def test_observation_error_has_the_covariance_asked_for():
    covariance = np.array([[1.0, 0.6], [0.6, 2.0]])
    noisy = with_observation_error(np.zeros((40_000, 2)), covariance, np.random.default_rng(5))

    assert np.all(np.abs(np.cov(noisy.T) - covariance) < 4 * np.sqrt(2 / 40_000) * 2)

"""Scores against integrals done by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wbsim.inference.scores import (
    covered,
    crps,
    crps_error,
    fair_crps,
    interval,
    mean_of,
    normal_covered,
    normal_crps,
    randomised_pit,
    randomised_rank,
    score,
    score_normal,
)


def test_crps_by_hand():
    ensemble, observed = np.array([[0.0], [2.0], [4.0]]), np.array([1.0])

    # E|X - y| = (1 + 1 + 3) / 3; pairs differ by 2, 2, 4.
    assert crps(ensemble, observed) == pytest.approx([5 / 3 - 8 / 9])
    assert fair_crps(ensemble, observed) == pytest.approx([5 / 3 - 8 / 6])
    assert crps(ensemble[:1], observed) == pytest.approx([1.0])


@given(st.integers(0, 5000), st.integers(2, 12))
def test_fast_crps_is_the_double_sum(seed, count):
    generator = np.random.default_rng(seed)
    ensemble, observed = generator.integers(0, 5, (count, 3)).astype(float), generator.standard_normal(3)
    pairs = np.abs(ensemble[:, None] - ensemble[None]).sum(axis=(0, 1)) / 2
    distance = np.abs(ensemble - observed).mean(axis=0)

    assert crps(ensemble, observed) == pytest.approx(distance - pairs / count**2)
    assert fair_crps(ensemble, observed) == pytest.approx(distance - pairs / (count * (count - 1)))
    assert np.all(crps(ensemble, observed) > -1e-12)


def test_normal_crps_is_the_integral_of_squared_differences():
    from scipy.special import ndtr

    grid = np.linspace(-30, 30, 600_001)
    integrand = (ndtr((grid - 1.0) / 2.0) - (grid >= 2.5)) ** 2

    assert normal_crps(np.array([1.0]), np.array([2.0]), np.array([2.5])) == pytest.approx(
        [np.sum(integrand) * 1e-4], abs=1e-4
    )


def test_the_fair_score_of_small_ensembles_has_no_bias_and_the_plain_one_has():
    draws = np.random.default_rng(1).standard_normal((5, 40_000))
    observed = np.full(40_000, 0.5)
    truth = normal_crps(np.zeros(1), np.ones(1), np.array([0.5]))[0]
    fair, plain = fair_crps(draws, observed), crps(draws, observed)

    assert abs(fair.mean() - truth) < 4 * fair.std() / 200
    assert plain.mean() - truth == pytest.approx(1 / np.sqrt(np.pi) / 5, abs=4 * plain.std() / 200)


def test_the_error_of_a_crps_is_what_repetition_shows():
    generator = np.random.default_rng(2)
    observed = np.array([0.7])
    repeated = [fair_crps(generator.standard_normal((200, 1)), observed)[0] for _ in range(2000)]
    claimed = np.mean([crps_error(generator.standard_normal((200, 1)), observed)[0] for _ in range(200)])

    assert claimed == pytest.approx(np.std(repeated), rel=0.1)


def test_central_intervals_and_what_they_cover():
    ensemble = np.arange(101.0)[:, None] * np.ones(3)

    assert [end[0] for end in interval(ensemble, 0.9)] == pytest.approx([5, 95])
    assert covered(ensemble, np.array([5.0, 50.0, 96.0]), 0.9).tolist() == [True, True, False]
    assert covered(ensemble, np.array([5.0, 50.0, 75.0]), 0.5).tolist() == [False, True, True]
    zero, one = np.zeros(2), np.ones(2)
    assert normal_covered(zero, one, np.array([1.6, 1.7]), 0.9).tolist() == [True, False]


def test_ranks_are_uniform_when_forecasts_are_right_with_ties_too():
    generator = np.random.default_rng(3)
    together = generator.integers(0, 3, (10, 20_000)).astype(float)  # rounded figures: many ties
    ranks = randomised_rank(together[1:], together[0], generator)

    counts = np.bincount(ranks, minlength=10)
    assert np.all(np.abs(counts - 2000) < 4.5 * np.sqrt(2000 * 0.9))
    pit = randomised_pit(together[1:], together[0], generator)
    assert abs(pit.mean() - 0.5) < 4 * np.sqrt(1 / 12 / 20_000)
    assert 0 < pit.min() < pit.max() < 1


def test_a_right_forecast_has_the_coverage_it_promises():
    generator = np.random.default_rng(4)
    mean = generator.standard_normal(2000)
    observed = mean + generator.standard_normal(2000)
    ensemble = score(mean + generator.standard_normal((400, 2000)), observed)
    normal = score_normal(mean, np.ones(2000), observed)

    for found in (ensemble, normal):
        assert found.figures == 2000
        assert abs(found.coverage_90.value - 0.9) < 4 * np.sqrt(0.09 / 2000)
        assert abs(found.coverage_50.value - 0.5) < 4 * np.sqrt(0.25 / 2000)
        assert abs(found.crps.value - 1 / np.sqrt(np.pi)) < 4 * found.crps.error + 0.01
        assert found.median_width_90 == pytest.approx(3.29, abs=0.1)
        assert abs(found.absolute_error.value - np.sqrt(2 / np.pi)) < 4 * found.absolute_error.error + 0.01


def test_what_cannot_be_scored_is_refused():
    with pytest.raises(ValueError, match="no figure"):
        mean_of(np.array([]))
    with pytest.raises(ValueError, match="finite"):
        score(np.array([[np.nan], [1.0]]), np.zeros(1))
    with pytest.raises(ValueError, match="positive"):
        score_normal(np.zeros(1), np.zeros(1), np.zeros(1))
    assert mean_of(np.ones(1)).error is None

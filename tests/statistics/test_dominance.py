import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wbsim.statistics.bootstrap import weights
from wbsim.statistics.dominance import Dominance, dominance, violations
from wbsim.statistics.paired import Values


def compared(policy: Values, baseline: Values, better: str = "higher", seed: int = 1) -> Dominance:
    found = dominance(np.stack([baseline, policy]), better, weights(len(policy), seed))  # type: ignore[arg-type]
    assert found is not None
    return found[0]


def test_a_shift_dominates_exactly():
    assert violations(np.array([2.0, 3.0, 4.0]), np.array([1.0, 2.0, 3.0])) == (0.0, 0.0)


def test_violations_by_hand():
    # Policy 0 and 4, baseline 1 and 2. F differs by +1/2 on [0, 1] (behind), 0 on [1, 2), -1/2 on [2, 4].
    # Area 1/2 + 1 = 3/2, of which behind 1/2: epsilon 1/3. The integral is positive from 0 to 1 throughout: 1/3, too.
    assert violations(np.array([0.0, 4.0]), np.array([1.0, 2.0])) == pytest.approx((1 / 3, 1 / 3))
    # The other way round the policy is ahead first: the integral never gets above nil but at the end, from 3 to 4.
    assert violations(np.array([1.0, 2.0]), np.array([0.0, 4.0])) == pytest.approx((2 / 3, 1 / 3))


def test_less_risk_around_the_same_mean_dominates_in_the_second_order_only():
    first_and_second = violations(np.array([1.0, 3.0]), np.array([0.0, 4.0]))

    assert first_and_second == pytest.approx((0.5, 0.0))


@given(
    arrays(np.float64, 6, elements=st.integers(0, 5).map(float)),
    arrays(np.float64, 6, elements=st.integers(0, 5).map(float)),
)
def test_violations_of_both_directions_make_the_whole_area(mine: Values, other: Values):
    there, back = violations(mine, other), violations(other, mine)
    if there is None or back is None:
        assert there is back is None
        assert sorted(mine) == sorted(other)
        return

    assert there[0] + back[0] == pytest.approx(1.0)
    assert 0 <= there[1] <= there[0] + 1e-12
    # The area between both is that between their quantiles.
    gaps = np.sort(other) - np.sort(mine)
    assert there[0] == pytest.approx(np.maximum(gaps, 0).sum() / np.abs(gaps).sum())


def test_verdicts_of_clear_cases():
    noise = np.random.default_rng(1).normal(size=300)

    better = compared(noise + 0.5, noise)
    assert (better.first.verdict, better.second.verdict) == ("dominates", "dominates")
    assert (better.first.violation, better.first.p_dominates) == (0.0, 1.0)
    worse = compared(noise + 0.5, noise, "lower")
    assert (worse.first.verdict, worse.second.verdict) == ("dominated", "dominated")
    calmer = compared(0.3 * noise, noise - noise.mean())
    assert calmer.first.verdict == "neither"
    assert calmer.second.verdict == "dominates"


def test_a_copy_makes_no_difference_even_where_worlds_are_shuffled():
    values = np.random.default_rng(1).normal(size=40)

    assert compared(values, values).first.verdict == "no difference"
    assert compared(values[::-1], values).second.verdict == "no difference"
    assert compared(values, values).first.p_dominates is None


def test_constant_values_that_differ_are_told_apart_and_few_worlds_are_not():
    assert compared(np.ones(20), np.zeros(20)).first.verdict == "dominates"
    assert compared(np.ones(9), np.zeros(9)).first.verdict == "undecided"
    assert dominance(np.ones((2, 0)), "higher", np.zeros((9, 0))) is None
    assert dominance(np.ones((1, 20)), "higher", weights(20, 1)) == ()


def test_equal_distributions_are_rejected_no_more_often_than_the_level():
    rng = np.random.default_rng(2)
    rejected = 0
    for repetition in range(200):
        shared = rng.normal(size=80)
        found = compared(shared + rng.normal(size=80), shared + rng.normal(size=80), seed=repetition)
        assert found.first.p_dominates is not None
        rejected += found.first.p_dominates <= 0.05

    assert rejected <= 20  # 10 expected, and 20 in one of a thousand runs

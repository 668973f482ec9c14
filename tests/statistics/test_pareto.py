import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wbsim.statistics.intervals import wilson
from wbsim.statistics.paired import Values
from wbsim.statistics.pareto import pareto, undominated


def test_a_scenario_is_beaten_by_one_that_is_as_good_everywhere_and_better_once():
    points = np.array([[1.0, 1.0], [2.0, 1.0], [0.0, 5.0], [2.0, 1.0]])

    assert undominated(points).tolist() == [False, True, True, True]  # copies don't beat each other


def test_the_front_by_hand_with_a_goal_of_which_less_is_better():
    trust = np.array([[1.0, 1.0], [2.0, 0.0]])
    money = np.array([[0.0, 0.0], [5.0, 5.0]])
    found = pareto(np.stack([trust, money]), ["higher", "lower"])

    # World 1: more trust for more money, none is beaten. World 2: the policy has less trust for more money.
    assert found is not None
    assert [front.share for front in found] == [1.0, 0.5]
    assert [front.of_means for front in found] == [True, False]  # trust 1 and 1, money 0 and 5
    assert found[1].monte_carlo == wilson(1, 2)


@given(arrays(np.float64, (4, 5, 3), elements=st.integers(0, 2).map(float)))
def test_every_world_has_a_front_and_the_best_on_one_goal_alone_is_on_it(good: Values):
    front = undominated(good)

    assert front.any(axis=0).all()
    for world in range(5):
        first = np.flatnonzero(good[:, world, 0] == good[:, world, 0].max())
        assert len(first) > 1 or front[first[0], world]


def test_without_worlds_there_is_no_front():
    assert pareto(np.zeros((5, 2, 0)), ["higher"] * 5) is None


def test_identical_scenarios_are_all_on_the_front():
    found = pareto(np.ones((5, 3, 4)), ["lower"] * 5)

    assert found is not None
    assert [front.share for front in found] == pytest.approx([1.0] * 3)

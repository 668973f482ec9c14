"""What counts as a case: counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from wbsim.errors import InputError
from wbsim.experiments.target import Target, choose_target

GROUPS = [["status-quo", "forum", "both"]]


def target(sort: str, *, outcome: str = "cooperation", threshold: float | None = 0.1, policy: str | None = "forum",
           against: str | None = None) -> Target:  # fmt: skip
    return choose_target(
        GROUPS, sort=sort, outcome=outcome, policy=policy, against=against, threshold=threshold
    )[1]


#: The baseline, and the forum, in four worlds.
PAIR = np.array([[1.0, 1.0, 1.0, 1.0], [0.8, 0.95, 1.05, 1.5]])[::-1]


def test_harm_is_worse_by_more_than_the_threshold():
    assert target("harm").scenarios == ("forum", "status-quo")
    assert target("harm").cases(PAIR).tolist() == [True, False, False, False]


def test_no_gain_is_all_that_is_not_better_by_more_than_the_threshold():
    assert target("no-gain").cases(PAIR).tolist() == [True, True, True, False]


def test_lower_is_better_turns_harm_round():
    assert target("harm", outcome="war_worry").cases(PAIR).tolist() == [False, False, False, True]


def test_regret_is_beside_the_best_of_all_in_the_same_world():
    values = np.array([[1.0, 1.0, 1.0], [1.5, 0.95, 0.5], [1.0, 2.0, 0.5]])

    assert target("regret").scenarios == ("status-quo", "forum", "both")
    assert target("regret").cases(values).tolist() == [False, True, True]


@pytest.mark.parametrize(("outcome", "cases"), [("cooperation", [True, False]), ("war_worry", [False, True])])
def test_a_level_is_beyond_on_the_bad_side(outcome: str, cases: list[bool]):
    assert target("level", outcome=outcome, threshold=2.0).cases(np.array([[1.0, 3.0]])).tolist() == cases


@pytest.mark.parametrize("sort", ["harm", "no-gain", "regret", "level"])
@pytest.mark.parametrize("outcome", ["cooperation", "war_worry"])
def test_the_threshold_for_a_share_gives_that_share(sort: str, outcome: str):
    one = target(sort, outcome=outcome)
    values = np.random.default_rng(1).normal(size=(len(one.scenarios), 1000))

    there = target(sort, outcome=outcome, threshold=abs(one.threshold_for(values, 0.25)))

    if one.threshold_for(values, 0.25) >= 0:
        assert there.cases(values).mean() == pytest.approx(0.25, abs=0.01)


def test_the_margin_is_the_threshold_where_none_is_given():
    assert target("harm", threshold=None).threshold == 0.02


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(InputError) as caught:
        target("harms", outcome="coperation", threshold=-1.0, policy="forun")

    assert {problem.key for problem in caught.value.problems} == {
        "--target", "--outcome", "--threshold", "--policy",
    }  # fmt: skip
    assert 'did you mean "cooperation"?' in str(caught.value) and 'did you mean "forum"?' in str(caught.value)


def test_a_policy_must_be_named_where_there_are_several_and_not_beside_itself():
    with pytest.raises(InputError, match="several policies are compared: forum, both"):
        target("harm", policy=None)
    with pytest.raises(InputError, match="compared with itself"):
        target("harm", against="forum")
    with pytest.raises(InputError, match="a level needs a number"):
        target("level", threshold=None)

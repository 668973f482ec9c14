from __future__ import annotations

import pytest

from wbsim.errors import InputError
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run


def test_settings_are_replaced_and_the_rest_stays() -> None:
    changed = with_run(load("forum"), worlds=7, seed=3)
    assert (changed.run.worlds, changed.run.seed, changed.run.years) == (7, 3, 10)
    assert changed.policies == load("forum").policies


def test_all_bad_settings_are_named_at_once() -> None:
    with pytest.raises(InputError) as caught:
        with_run(load("forum"), worlds=-1, citizens=5)
    assert [str(problem) for problem in caught.value.problems] == [
        "worlds: must be between 1 and 10000000 worlds; it is -1",
        "citizens: must be between 40 and 60000 citizens of each state; it is 5",
    ]


def test_a_run_may_not_end_before_its_policies_start(tmp_path: object) -> None:
    scenario = load("forum")
    (policy,) = scenario.policies
    late = scenario.model_copy(update={"policies": (policy.model_copy(update={"start": "2030-01"}),)})
    assert with_run(late, years=8).horizon == "2030-12"
    with pytest.raises(InputError, match=r'ends in 2029-12, before the policy "forum" in 2030-01'):
        with_run(late, years=7)

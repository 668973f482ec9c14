"""Changes of the model that can be taken back on their own."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from reproduce.ladder.withdrawals import RUNGS, TOGETHER, WITHDRAWALS, Withdrawal, fixed
from tests.model.small import region, run
from wbsim.model.mechanisms import agreement, iisg
from wbsim.model.rules import effort, forum, line
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run
from wbsim.scenario.schema import Scenario
from wbsim.tables.outcomes import OUTCOME_INDEX

PATCHED = (agreement, iisg, effort, forum, line)
EVERY = [pytest.param(each, id=each.change) for each in RUNGS]


@pytest.fixture(autouse=True)
def rules_of_today() -> Iterator[None]:
    kept = [dict(vars(module)) for module in PATCHED]
    yield
    for module, before in zip(PATCHED, kept, strict=True):
        vars(module).update(before)


def both() -> Scenario:
    """Both policies, with a line that counts, so that few worlds show what changes it."""
    scenario = with_run(load("both"), citizens=40, years=6)
    assumptions = scenario.assumptions.model_copy(update={"parameters": {"line_effect": fixed(2.0)}})
    return scenario.model_copy(update={"assumptions": assumptions})


def shown(scenario: Scenario) -> np.ndarray:
    return run(region(scenario, worlds=24), 72)


def test_every_change_says_what_it_is_and_rests_on() -> None:
    assert len({each.change for each in WITHDRAWALS}) == len(WITHDRAWALS)
    assert all(each.before.strip() and each.evidence.strip() for each in WITHDRAWALS)


def test_what_is_taken_back_together_is_every_change_once() -> None:
    rules, priors = TOGETHER
    parameters = {key for each in WITHDRAWALS for key in each.parameters}
    assert set(rules.parameters) | set(priors.parameters) == parameters
    assert set(rules.structures) == {key for each in WITHDRAWALS for key in each.structures}
    assert (*WITHDRAWALS, *TOGETHER) == RUNGS


@pytest.mark.slow
@pytest.mark.parametrize("change", EVERY)
def test_taking_back_a_change_changes_what_both_policies_do(change: Withdrawal) -> None:
    today = shown(both())
    if change.patch is not None:
        change.patch()
    np.testing.assert_raises(
        AssertionError, np.testing.assert_array_equal, today, shown(change.applied(both()))
    )


def test_a_line_that_needs_nobody_calms_without_meetings() -> None:
    (change,) = (each for each in WITHDRAWALS if each.change.startswith("The crisis line needs"))
    contact = np.array([[0.01, 0.0]])
    fresh = line.service(1.0, contact, np.zeros((1, 2)), np.ones((1, 2)))
    assert change.patch is not None
    change.patch()
    forever = line.service(1.0, contact, np.zeros((1, 2)), np.ones((1, 2)))
    assert fresh.tolist() == [[0.01, 0.0]] and forever.tolist() == [[1.0, 0.0]]


def test_what_a_scenario_can_take_back_is_taken_back_in_all_policies() -> None:
    (change,) = (each for each in WITHDRAWALS if each.change.startswith("Meetings cost"))
    forum_levers = next(p.levers for p in change.applied(both()).policies if p.mechanism == "forum")
    assert (forum_levers["meeting_cost"], forum_levers["meeting_staff"]) == (0.0, 0.0)
    money = OUTCOME_INDEX["money"]
    assert shown(change.applied(both()))[..., money].mean() < shown(both())[..., money].mean()

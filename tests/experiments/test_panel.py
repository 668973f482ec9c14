"""The decision panel of a comparison: complete, the same each time, and standing where there is little to say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import gloomy, scenario
from wbsim.errors import InputError
from wbsim.experiments.experiment import Table
from wbsim.experiments.panel import GOALS, Panel, panel
from wbsim.results.chunk import Failure
from wbsim.tables.outcomes import OUTCOME_INDEX, OUTCOME_NAMES, OUTCOMES

STATUS_QUO, FORUM, IISG = scenario(), scenario("forum", "forum"), scenario("iisg", "iisg-results")
BOTH = scenario("both", "iisg-results", "forum")


def compared(*scenarios: Any, **settings: Any) -> wbsim.Comparison:
    settings = {"worlds": 12, "workers": 1, "simulate": fake_model.simulate, **settings}
    return wbsim.compare(*(scenarios or (STATUS_QUO, FORUM)), **settings)


def table(*changes: float, worlds: int = 200, failures: tuple[Failure, ...] = ()) -> Table:
    """Baseline of noise, a forum, IISG and both, whose cooperation and money differ by `changes` on average."""
    rng = np.random.default_rng(3)
    figures = np.broadcast_to(
        rng.normal(size=(worlds, len(OUTCOME_NAMES))), (4, 1, worlds, len(OUTCOME_NAMES))
    ).copy()
    for number, change in enumerate(changes, start=1):
        figures[number, 0, :, OUTCOME_INDEX["cooperation"]] += change + 0.01 * rng.normal(size=worlds)
        figures[number, 0, :, OUTCOME_INDEX["money"]] += 100 * change
    return Table("assumed", (STATUS_QUO, FORUM, IISG, BOTH), figures, 0, failures, "", Path())


def numbers_of(value: Any) -> Iterator[Any]:
    """Every value at the end of nested mappings and lists."""
    if isinstance(value, dict):
        for each in value.values():
            yield from numbers_of(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from numbers_of(each)
    else:
        yield value


def sound(found: Panel) -> bool:
    """All numbers are finite, and plain enough for JSON."""
    json.dumps(asdict(found), allow_nan=False)
    return all(np.isfinite(each) for each in numbers_of(asdict(found)) if isinstance(each, float))


def test_a_panel_has_every_outcome_scenario_and_policy():
    found = panel(table(0.5, 0.2, 0.9))

    assert list(found.outcomes) == list(OUTCOMES)
    assert (found.worlds, found.policies) == (200, ("forum", "iisg", "both"))
    for outcome in found.outcomes.values():
        assert list(outcome.scenarios) == ["status-quo", "forum", "iisg", "both"]
        assert list(outcome.policies) == ["forum", "iisg", "both"]
    assert sound(found)


def test_the_best_is_found_and_what_both_do_beyond_their_sum():
    cooperation = panel(table(0.5, 0.2, 0.9), ["cooperation"]).outcomes["cooperation"]

    assert [standing.may_be_best for standing in cooperation.scenarios.values()] == [
        False,
        False,
        False,
        True,
    ]
    assert cooperation.scenarios["both"].best == 1.0
    (beyond,) = cooperation.interactions
    assert (beyond.whole, beyond.parts) == ("both", ("forum", "iisg"))
    assert beyond.figures.mean == pytest.approx(0.2, abs=0.005)
    # 0.5 for EUR 50 m is 1 for EUR 100 m.
    cost = cooperation.policies["forum"].per_money
    assert cost is not None and cost.per_100m == pytest.approx(1.0, abs=0.01)


def test_goals_hold_money_and_staff_and_every_ring_of_security():
    assert len(GOALS) >= 5 and {"money", "staff"} <= set(GOALS)
    rings = {record.ring for record in OUTCOMES.values()}
    assert {OUTCOMES[goal].ring for goal in GOALS} == rings


def test_the_same_worlds_give_the_same_panel():
    assert panel(table(0.1, 0.2, 0.3)) == panel(table(0.1, 0.2, 0.3))


def test_a_copy_of_the_baseline_makes_exactly_no_difference():
    found = compared(STATUS_QUO, scenario("copy")).panel()

    for outcome in found.outcomes.values():
        policy = outcome.policies["copy"]
        assert policy.effect is not None and policy.effect.no_difference
        assert (policy.effect.mean, policy.effect.mcse, policy.effect.q05, policy.effect.q95) == (0.0,) * 4
        assert policy.dominance is not None and policy.dominance.first.verdict == "no difference"
        assert policy.per_money is None or policy.per_money.per_100m is None
        standing = outcome.scenarios["copy"]
        assert (standing.best, standing.may_be_best) == (0.5, True)
        assert standing.regret is not None and standing.regret.mean == 0.0
    assert {front.share for front in found.fronts.values() if front} == {1.0}
    assert sound(found)


def test_one_world_has_no_errors_and_no_lead():
    found = compared(worlds=1).panel()

    policy = found.outcomes["cooperation"].policies["forum"]
    assert policy.effect is not None
    assert (policy.effect.mcse, policy.effect.median_mc, policy.pairing) == (None, None, None)
    assert found.outcomes["cooperation"].scenarios["forum"].may_be_best is None
    assert sound(found)


def test_without_a_sound_world_everything_is_undefined():
    found = compared(simulate=fake_model.all_worlds_fail).panel()

    assert found.worlds == 0
    assert set(found.fronts.values()) == {None}
    standing = found.outcomes["cooperation"].scenarios["forum"]
    assert (standing.best, standing.regret, standing.satisficing, standing.cautious) == (None,) * 4
    policy = found.outcomes["cooperation"].policies["forum"]
    assert (policy.effect, policy.dominance, policy.per_money, policy.pairing) == (None,) * 4
    assert sound(found)


def test_failed_worlds_count_in_nothing():
    broken = table(0.5, 0.2, 0.9, failures=(Failure(7, "forum", "an error"),))
    broken.figures[1, 0, 7] = np.nan
    found = panel(broken, ["cooperation"])

    assert found.worlds == 199
    assert sound(found)


def test_one_scenario_alone_has_a_panel_without_policies():
    whole = table(0.5, 0.2, 0.9)
    found = panel(Table("alone", (STATUS_QUO,), whole.figures[:1], 0, (), "", Path()), ["cooperation"])

    assert found.outcomes["cooperation"].policies == {}
    assert found.outcomes["cooperation"].scenarios["status-quo"].may_be_best is True


def test_a_comparison_names_what_it_does_not_know():
    comparison = compared(STATUS_QUO, FORUM, scenario("gloomy", "forum", assumptions=gloomy()))

    assert comparison.panel(["money"], assumptions=2).policies == ("gloomy",)
    for wrong in ({"outcomes": ["cooperaton"]}, {"window": 1}, {"assumptions": 3}):
        with pytest.raises(InputError):
            comparison.panel(**wrong)  # type: ignore[arg-type]


def test_the_object_for_scripts_holds_the_panel_of_each_set():
    comparison = compared(STATUS_QUO, FORUM, scenario("gloomy", "forum", assumptions=gloomy()))
    summary = json.loads(json.dumps(comparison.summary(), allow_nan=False))

    assert summary["panel"] == json.loads(json.dumps(asdict(comparison.panel())))
    assert [each["panel"]["policies"] for each in summary["sets"]] == [["forum"], ["gloomy"]]
